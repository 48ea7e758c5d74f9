"""Bases of forms: each carries the id of its command, and the version of what its reader saw."""

from typing import Any
from uuid import UUID

from django import forms

from srok.ground.faces import clock
from srok.ground.kernel.ids import new_id


class CommandForm(forms.Form):
    """A form that becomes one command. Sent twice (a double click, a lost answer), it acts once."""

    command_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("command_id", new_id(clock.instant()))

    @property
    def trace(self) -> UUID:
        """The id of the command; only after `is_valid()`."""
        found: UUID = self.cleaned_data["command_id"]
        return found


class VersionedForm(CommandForm):
    """A form about something that others may change meanwhile (house rule 7)."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
