"""The journal's sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "journal.replayed": _("This was already done. Nothing was done twice."),
    "journal.stale": _("Somebody else has changed this meanwhile. Look at the page as it is now, then decide again."),
}
