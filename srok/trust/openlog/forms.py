"""The form of the search by receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, wording
from srok.trust.openlog.proofs import MAX_BYTES


class ReceiptForm(forms.Form):
    """A receipt, a promise or the text of a slip's QR, pasted or sent as a file."""

    text = forms.CharField(
        label=_("Text of the receipt or of its QR"), required=False, max_length=MAX_BYTES, strip=False,
        help_text=_("What a scanner reads from the QR of the slip, or everything in the file of the receipt."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off", "translate": "no"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or the file of the receipt"), required=False,
        help_text=_("The file that the desk gave you. It is read and forgotten at once."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Join the two ways into `data` (bytes); one of them is needed."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        data = self._read(upload) if upload is not None else _pasted(cleaned.get("text") or "")
        if not data.strip() and not self.errors:
            self.add_error("text", wording.sentence("openlog.nothing_given"))
        cleaned["data"] = data
        return cleaned

    def _read(self, upload: Any) -> bytes:
        if upload.size > MAX_BYTES:
            self.add_error("file", wording.sentence("openlog.file_too_large"))
            return b""
        found: bytes = upload.read(MAX_BYTES)
        return found


class DeskForm(CommandForm):
    """What a holder at the desk asks for: the receipt of an act, on paper or as a file."""

    reference = forms.CharField(
        label=_("Reference of the entry"), max_length=80,
        help_text=_("The public commitment or the identifier on the holder's paper, or the reference of the case."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    take = forms.ChoiceField(
        label=_("What the holder takes along"), widget=forms.RadioSelect, initial="slip",
        choices=[("slip", _("The printed slip")), ("file", _("The file, for checking on a computer"))],
    )  # fmt: skip


def _pasted(text: str) -> bytes:
    """A pasted text: browsers send line ends as CR LF, and some copying loses the last one."""
    plain = text.replace("\r\n", "\n").lstrip("\ufeff\n ")
    return (plain.rstrip("\n ") + "\n").encode("utf-8", "replace") if plain.strip() else b""
