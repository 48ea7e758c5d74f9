"""The law's sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "law.nothing_in_force": _("No value of “{key}” was in force on {on}."),
    "law.unknown_key": _("There is no legal value named “{key}”."),
    "law.unknown_rule": _("There is no rule or reason code named “{rule}”."),
    "law.unknown_reason": _("There is no reason code named “{reason}”."),
    "law.wrong_kind": _("The legal value “{key}” is not of the kind asked for."),
}
