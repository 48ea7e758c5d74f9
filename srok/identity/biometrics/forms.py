"""Forms of the biometrics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, wording
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.finger_terms import EXCEPTIONS, Finger, Found
from srok.identity.biometrics.wording import FINGERS, FOUND


class TryForm(forms.Form):
    """A photo to be checked; nothing is kept, so it is no command."""

    portrait = forms.FileField(label=_("Portrait"), help_text=_("JPEG or PNG, at least 480 by 600 pixels."))


class CaptureForm(CommandForm):
    """Take one finger."""

    finger = forms.ChoiceField(label=_("Finger"), choices=[(one.value, FINGERS[one]) for one in Finger])


class NoteForm(CommandForm):
    """Say why there is no print of one finger."""

    finger = forms.ChoiceField(choices=[(one.value, FINGERS[one]) for one in Finger], widget=forms.HiddenInput)
    found = forms.TypedChoiceField(
        label=_("Why there is no print"), coerce=Found,
        choices=[("", _("Choose why")), *((one.value, FOUND[one]) for one in Found if one in EXCEPTIONS)],
    )  # fmt: skip


class WaiveForm(CommandForm):
    """Take no fingers of somebody old, by rule."""

    birth = forms.CharField(
        label=_("Birth date"), max_length=20,
        help_text=_("The year, year and month, or the full date. It decides the rule and is not kept here."),
    )  # fmt: skip

    def clean_birth(self) -> PartialDate:
        """The birth date, as far as it is known."""
        text: Any = self.cleaned_data["birth"]
        try:
            return PartialDate.parse(text)
        except Refusal as refusal:
            raise forms.ValidationError(wording.of(refusal)) from refusal
