"""Forms of the commune desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm
from srok.vote.roll.scan import MAX_BYTES


class ReadForm(forms.Form):
    """The card, as text from a scanner or as a picture of its QR."""

    qr_text = forms.CharField(
        label=_("Text of the card's QR"),
        help_text=_("Put the cursor here and scan the QR on the back of the card. Nothing needs to be typed."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        required=False,
        max_length=4000,
    )
    picture = forms.FileField(
        label=_("Or a picture of the QR"),
        help_text=_("JPEG or PNG. The picture is read and not kept."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed, and a picture of a size that a camera makes."""
        given = super().clean() or {}
        picture = given.get("picture")
        if not given.get("qr_text") and picture is None:
            self.add_error("qr_text", _("Scan the QR of the card, or choose a picture of it."))
        if picture is not None and picture.size > MAX_BYTES:
            self.add_error("picture", _("The picture is too large. Photograph the QR alone and try again."))
        return given


class EnterForm(CommandForm):
    """The clerk's two statements before an entry."""

    qr_text = forms.CharField(widget=forms.HiddenInput, max_length=4000)
    present = forms.BooleanField(
        label=_("The holder of this card stands at this desk. I have compared the face with the portrait."),
        error_messages={"required": _("Only the holder can be entered, in person. Compare the face, tick the box.")},
    )
    residence = forms.BooleanField(
        label=_("The holder declares to live in this commune."),
        help_text=_("The declaration is posted with the list and open to objection, like every other."),
        error_messages={"required": _("Ask the holder to declare the residence, then tick the box.")},
    )
