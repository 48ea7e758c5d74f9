"""Forms of a capture: the read-back, the second officer's approval, sending back, giving up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import VersionedForm
from srok.identity.cases.capture_terms import Confirmed, SentBack, Where
from srok.identity.cases.forms import reasons, words


class ReadBackForm(VersionedForm):
    """The applicant confirms what was read back."""

    read = forms.BooleanField(label=_("Everything above was read to the applicant, who says that it is right."))
    how = forms.ChoiceField(
        choices=words("confirmed", Confirmed), label=_("How the applicant confirms it"), widget=forms.RadioSelect,
        initial=Confirmed.SIGNATURE.value,
    )  # fmt: skip
    witness_1 = forms.CharField(label=_("First witness of the mark"), required=False, max_length=120)
    witness_2 = forms.CharField(label=_("Second witness of the mark"), required=False, max_length=120)
    guardian = forms.CharField(
        label=_("Guardian: name and how related"), required=False, max_length=240,
        help_text=_("Only where a guardian confirms for the applicant."),
    )  # fmt: skip


class ApproveCaptureForm(VersionedForm):
    """The second officer's approval."""

    compared = forms.BooleanField(
        label=_("I have seen the applicant, and compared portrait, papers and every line with what stands here.")
    )
    statement = forms.CharField(
        label=_("Why it was taken elsewhere"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your own statement: the applicant could not come to the post or to the mission's place."),
    )  # fmt: skip

    def __init__(self, *args: Any, where: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if where != Where.ELSEWHERE:
            del self.fields["statement"]


class SendBackCaptureForm(VersionedForm):
    """The second officer sends it back."""

    reasons = forms.MultipleChoiceField(
        choices=reasons(SentBack), label=_("What is to be corrected"), widget=forms.CheckboxSelectMultiple
    )
