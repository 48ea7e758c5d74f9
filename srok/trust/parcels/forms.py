"""Forms of the parcels."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, VersionedForm

REASON = {"required": _("Write the reason in 3 to 300 characters.")}


class FileForm(CommandForm):
    """A file that was carried here."""

    file = forms.FileField(error_messages={"required": _("Choose the file.")})

    def __init__(self, *args: Any, label: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = label
        self.fields["file"].help_text = hint

    def clean_file(self) -> bytes:
        """The bytes of the file; no larger than a request may be."""
        given = self.cleaned_data["file"]
        if given.size > settings.SROK_MAX_BODY:
            raise forms.ValidationError(_("The file is too large for this page."))
        content: bytes = given.read()
        return content


class DecideForm(VersionedForm):
    """An officer's decision about an event that was kept apart."""

    act = forms.ChoiceField(
        label=_("What should become of it?"), widget=forms.RadioSelect,
        choices=[("release", _("Let it through: open it now")), ("set_aside", _("Set it aside"))],
        error_messages={"required": _("Choose what should become of it.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), min_length=3, max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON
    )

    def __init__(self, *args: Any, hopeless: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hopeless:
            self.fields["act"].choices = [("set_aside", _("Set it aside"))]  # type: ignore[attr-defined]
            self.fields["act"].initial = "set_aside"


class ReleaseKitForm(CommandForm):
    """Let through everything of a kit that was kept apart for one cause, up to a day."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=80)
    until = forms.DateField(
        label=_("Everything that was done up to and on this day"),
        widget=forms.DateInput(attrs={"type": "date"}), error_messages={"required": _("Give the last day.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), min_length=3, max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON
    )


class LostForm(CommandForm):
    """Say that numbers of a kit will not come."""

    first = forms.IntegerField(label=_("First number"), min_value=1)
    last = forms.IntegerField(label=_("Last number"), min_value=1)
    reason = forms.CharField(
        label=_("Reason"), min_length=3, max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON
    )
