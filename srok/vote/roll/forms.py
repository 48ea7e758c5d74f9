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
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        max_length=4000,
        error_messages={"required": _("Scan the QR of the card, or choose a picture of it.")},
    )
    picture = forms.FileField(
        label=_("Or a picture of the QR"),
        help_text=_("JPEG or PNG. The picture is read and not kept."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.files.get("picture"):
            self.fields["qr_text"].required = False

    def clean_picture(self) -> Any:
        """A picture of a size that a camera makes."""
        picture: Any = self.cleaned_data["picture"]
        if picture is not None and (picture.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The picture is too large. Photograph the QR alone and try again."))
        return picture


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
