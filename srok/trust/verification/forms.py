"""Forms of the verification."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, wording
from srok.ground.kernel.refusal import Refusal
from srok.trust.verification import pictures
from srok.trust.verification.terms import ASKERS, PURPOSES
from srok.trust.verification.wording import PURPOSES as WORDS_OF_PURPOSES

# A QR in alphanumeric mode knows none of these; they come from copying over several lines.
_LINE_ENDS = dict.fromkeys(map(ord, "\r\n\t\u200b\ufeff"), None)


class CardText(forms.Form):
    """The text of a card's QR, typed in, scanned, or read from a picture."""

    qr_text = forms.CharField(
        label=_("Text of the QR"), required=False, max_length=6_000, strip=False,
        help_text=_("What a scanner reads from the QR on the back of the card. Copy all of it."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off", "translate": "no"}),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Or a picture of the QR"), required=False,
        help_text=_("JPEG or PNG, up to 10 MB. The picture is read and forgotten at once."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Join the two ways into `qr_text`; one of them is needed."""
        cleaned = super().clean() or {}
        text = (cleaned.get("qr_text") or "").translate(_LINE_ENDS).strip()
        upload = cleaned.get("picture")
        if not text and upload is not None and "picture" not in self.errors:
            text = self._read(upload)
        if not text and not self.errors:
            self.add_error("qr_text", wording.sentence("verification.nothing_asked"))
        cleaned["qr_text"] = text
        return cleaned

    def _read(self, upload: Any) -> str:
        try:
            return pictures.qr_text(upload.read(pictures.MAX_BYTES + 1))
        except Refusal as refusal:
            self.add_error("picture", wording.of(refusal))
            return ""


class CheckForm(CardText):
    """The public check."""


class AskForm(CommandForm, CardText):
    """A question of a relying party; `roles` are those of the officer who asks."""

    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)
    field_order = ["purpose", "qr_text", "picture", "command_id"]

    def __init__(self, *args: Any, roles: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {purpose: party for party in PURPOSES if ASKERS[party] & roles for purpose in PURPOSES[party]}
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, WORDS_OF_PURPOSES[code]) for code in self.parties]
