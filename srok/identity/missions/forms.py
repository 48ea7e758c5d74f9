"""Forms of the missions: booking by the public, the officer's acts of the day, the plan of a day."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, VersionedForm, wording
from srok.ground.kernel.ids import read_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import slots, store
from srok.identity.missions.commands import Reach
from srok.identity.missions.shown import AWAYS, LANES, OUTCOMES, TURNS, Choices, people_choices
from srok.identity.missions.terms import LONGEST_NAME, MOST_PEOPLE, Place, Plan

CHOOSE_TIME = _("Choose a time.")


class PeopleForm(forms.Form):
    """How many come together; asked by address, so that the page of times can be kept."""

    people = forms.TypedChoiceField(
        label=_("How many of you come together?"),
        help_text=_("Everybody who wants a card counts. Up to eight stay together; with more, take two tickets."),
        choices=people_choices,
        coerce=int,
    )


class TicketForm(forms.Form):
    """The reference of a ticket, typed or scanned."""

    ticket = forms.CharField(
        label=_("Reference on your ticket"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the reference that stands on the ticket.")},
    )

    def clean_ticket(self) -> str:
        """The reference in its normal form."""
        try:
            return read_reference(store.scanned(self.cleaned_data["ticket"]))
        except Refusal as refusal:
            raise forms.ValidationError(wording.of(refusal)) from refusal


class SlotForm(CommandForm):
    """One of the times that are offered."""

    slot = forms.ChoiceField(
        label=_("When do you come?"), widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_TIME, "invalid_choice": CHOOSE_TIME},
    )  # fmt: skip

    def __init__(self, *args: Any, offers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slot"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offers

    @property
    def starts_at(self) -> datetime:
        """The chosen instant; only after `is_valid()`."""
        return datetime.fromisoformat(self.cleaned_data["slot"])


class AboutForm(CommandForm):
    """What somebody may leave with a booking, and need not."""

    lane = forms.ChoiceField(
        label=_("Should somebody among you be taken first?"),
        help_text=_("Whoever is old, ill, pregnant, has a disability or comes with a small child is taken early."),
        choices=LANES,
        required=False,
    )
    called_as = forms.CharField(
        label=_("A short name to be called by"),
        help_text=_("Only the officers of that day see it, and it is erased in the evening. Your number is enough."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reach = forms.CharField(
        label=_("E-mail or telephone, if we may tell you of a change"),
        help_text=_("Kept sealed, used for this alone, and erased when the day is over."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def reach_in(self, language: str) -> Reach:
        """How to tell them, in the language of the page they booked on."""
        address = self.cleaned_data["reach"].strip()
        if not address:
            return Reach()
        return Reach("email" if "@" in address else "sms", address, language)


class BookForm(AboutForm, SlotForm):
    """A booking: a time, and what may be left with it."""

    field_order = ["slot", "lane", "called_as", "reach"]


class ArriveForm(CommandForm):
    """A ticket at the door."""

    ticket = forms.CharField(
        label=_("Ticket"),
        help_text=_("Scan the code, or type the reference."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        error_messages={"required": _("Type the reference that stands on the ticket.")},
    )
    lane = forms.ChoiceField(label=_("To be taken first"), choices=LANES, required=False)


class WalkInForm(CommandForm):
    """Somebody without a ticket."""

    people = forms.TypedChoiceField(label=_("How many people"), choices=people_choices, coerce=int)
    lane = forms.ChoiceField(label=_("To be taken first"), choices=LANES, required=False)
    called_as = forms.CharField(label=_("A short name to be called by"), max_length=LONGEST_NAME, required=False)


class OnTicketForm(CommandForm):
    """An act on one ticket of the line, by a button beside it."""

    ticket = forms.CharField(max_length=20, widget=forms.HiddenInput)
    desk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    people = forms.IntegerField(required=False, min_value=0, max_value=MOST_PEOPLE)
    turn = forms.ChoiceField(label=_("Why before the others?"), choices=TURNS, required=False)
    away = forms.ChoiceField(label=_("Why not today?"), choices=AWAYS, required=False)


class CallForm(CommandForm):
    """The next one, please."""

    desk = forms.IntegerField(min_value=1, max_value=slots.MOST_DESKS, widget=forms.HiddenInput)


class ConflictForm(CommandForm):
    """What an officer found."""

    outcome = forms.ChoiceField(
        label=_("What did you find?"), choices=OUTCOMES, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you found.")},
    )  # fmt: skip


class EveryPlan(forms.Form):
    """The plan of a day: hours, desks, minutes a case, what is kept back."""

    opens = forms.TimeField(label=_("Opens at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Closes at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    pause_from = forms.TimeField(
        label=_("Pause from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    pause_until = forms.TimeField(
        label=_("Pause until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    desks = forms.IntegerField(label=_("Desks"), min_value=1, max_value=slots.MOST_DESKS)
    minutes = forms.IntegerField(label=_("Minutes for one person at a desk"), min_value=1, max_value=240)
    slot_minutes = forms.IntegerField(label=_("Length of a slot, in minutes"), min_value=10, max_value=240)
    walk_in_percent = forms.IntegerField(
        label=_("Kept for people who come without a ticket, in percent"), min_value=0, max_value=100
    )
    lane_percent = forms.IntegerField(
        label=_("At most for those who are taken first, in percent"), min_value=0, max_value=100
    )
    grace_minutes = forms.IntegerField(label=_("On time until so many minutes after"), min_value=0, max_value=120)

    def plan(self) -> Plan:
        """The plan; only after `is_valid()`."""
        given = self.cleaned_data
        pause = (given["pause_from"], given["pause_until"]) if given["pause_from"] and given["pause_until"] else None
        return Plan(
            given["opens"], given["closes"], given["desks"], given["minutes"], given["slot_minutes"],
            given["walk_in_percent"], given["lane_percent"], given["grace_minutes"], pause,
        )  # fmt: skip


class PlanForm(EveryPlan, CommandForm):
    """A new day, at the post or at a mission place."""

    on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    place_km = forms.CharField(label=_("Mission place in Khmer"), max_length=120, required=False)
    place_en = forms.CharField(label=_("Mission place in Latin letters"), max_length=120, required=False)
    host_state = forms.CharField(label=_("State in which it lies"), max_length=40, required=False)
    timezone = forms.ChoiceField(
        label=_("Time zone, where it is not the post's"),
        choices=[("", ""), *((name, name) for name in sorted(available_timezones()) if "/" in name)],
        required=False,
    )
    field_order = ["on", "place_km", "place_en", "host_state", "timezone", "opens", "closes"]

    def clean(self) -> dict[str, Any]:
        """A mission place has its name in both scripts."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("place_km")) != bool(given.get("place_en")):
            self.add_error("place_en" if given.get("place_km") else "place_km", _("Give the name in both scripts."))
        return given

    def place(self) -> Place:
        """Where; only after `is_valid()`."""
        given = self.cleaned_data
        return Place(given["place_km"], given["place_en"], given["host_state"], given["timezone"])


class ChangeForm(EveryPlan, VersionedForm):
    """Another plan for a day. `accepted` are the tickets that were shown."""

    accepted = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    @property
    def seen(self) -> frozenset[str]:
        """The tickets that the officer was shown; only after `is_valid()`."""
        return frozenset(self.cleaned_data["accepted"].split())


class CloseForm(VersionedForm):
    """Closing a day."""

    accepted = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
