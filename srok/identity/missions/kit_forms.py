"""Forms about kits at the centre: seals, and the end of one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import VersionedForm, wording
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import kit_rules
from srok.identity.missions.kit_rules import Reason
from srok.identity.missions.wording_kit import KIT

REASONS = [(one.value, KIT[f"missions.kit_reason_{one}"]) for one in Reason if one is not Reason.NOT_BUILT]


class SealsForm(VersionedForm):
    """The numbers on the seals, one in each line."""

    seals = forms.CharField(
        label=_("Numbers on the seals"),
        help_text=_("One number in each line, as it stands on the seal: laptop, stick, bag."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=800,
        error_messages={"required": _("Give the number of each seal, at least one.")},
    )

    def clean_seals(self) -> tuple[str, ...]:
        """The numbers, each once."""
        try:
            return kit_rules.seal_numbers(self.cleaned_data["seals"].split())
        except Refusal as refusal:
            raise forms.ValidationError(wording.of(refusal)) from refusal


class RevokeForm(VersionedForm):
    """Why a kit ends, and that somebody means it."""

    reason = forms.ChoiceField(
        choices=REASONS, widget=forms.RadioSelect, label=_("Why does this kit end?"),
        error_messages={"required": _("Choose why the kit ends.")},
    )  # fmt: skip
    sure = forms.BooleanField(
        label=_("End it now. What arrives from this kit from now on is kept apart; this cannot be undone."),
        error_messages={"required": _("Tick the box: ending a kit cannot be undone.")},
    )
