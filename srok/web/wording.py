"""The sentences of the program itself."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "web.not_in_kit": _(
        "This is done at the centre, not in a mission's kit. Nothing was changed. The kit takes in applications, "
        "has them approved by a second officer, and sends them sealed."
    ),
    "web.kit_this_machine_only": _(
        "A kit is served to this laptop alone (127.0.0.1). Start it without another address."
    ),
}
