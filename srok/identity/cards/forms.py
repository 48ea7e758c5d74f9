"""Forms of the card desk. Each becomes one command; the version its reader saw goes with it."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import VersionedForm
from srok.identity.cards.terms import Checked, Present, RevokeReason
from srok.identity.cards.wording import SENTENCES

WAYS = [(way.value, SENTENCES[f"cards.checked_{way}"]) for way in Checked]
PRESENT = [(who.value, SENTENCES[f"cards.present_{who}"]) for who in Present]
REASONS = [(reason.value, SENTENCES[reason]) for reason in RevokeReason if reason is not RevokeReason.REPLACED]


class FindForm(forms.Form):
    """A card by its number; sent by POST, so that no number stands in an address."""

    number = forms.RegexField(
        r"^[0-9០-៩]{9}$",
        label=_("Card number"),
        help_text=_("The nine digits printed on the card."),
        error_messages={"invalid": _("A card number has exactly nine digits.")},
    )


class ActForm(VersionedForm):
    """A plain act on a card: send, count in, issue."""


class SignForm(VersionedForm):
    """The officer states that the proof sheet was read before signing."""

    read = forms.BooleanField(
        label=_("I have read every line of the proof sheet above. This is what shall be printed."),
        error_messages={"required": _("Read the proof sheet and tick the box before you sign.")},
    )


class HandOverForm(VersionedForm):
    """Who was at the counter, and how the officer made sure."""

    checked = forms.ChoiceField(
        choices=WAYS,
        widget=forms.RadioSelect,
        label=_("How did you make sure that this is the holder?"),
        help_text=_("Look at the person, then at the portrait on this page."),
        error_messages={"required": _("Say how you made sure that this is the holder.")},
    )
    present = forms.ChoiceField(
        choices=PRESENT,
        widget=forms.RadioSelect,
        label=_("Who was present?"),
        help_text=_("The holder must be here: nobody collects a card for another person."),
        error_messages={"required": _("Say who was present.")},
    )
    second_officer = forms.ChoiceField(
        label=_("Second officer"),
        help_text=_("Only for a check by two officers: a colleague of this office who saw the holder."),
        required=False,
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = [("", _("Nobody: I compared the portrait"))]
        cast(forms.ChoiceField, self.fields["second_officer"]).choices = [*nobody, *colleagues]

    def clean(self) -> dict[str, Any]:
        """A check by two officers names the second one."""
        given = super().clean() or {}
        if given.get("checked") == Checked.TWO_OFFICERS and not given.get("second_officer"):
            self.add_error("second_officer", _("Name the second officer who saw the holder."))
        return given


class EndForm(VersionedForm):
    """Why a card ends before its date."""

    reason = forms.ChoiceField(
        choices=REASONS,
        widget=forms.RadioSelect,
        label=_("Why does this card end?"),
        help_text=_("The card stops being valid at once, everywhere. This cannot be undone."),
        error_messages={"required": _("Choose why the card ends.")},
    )
    reported = forms.BooleanField(
        label=_("The holder reported the loss to this office, in person or in writing."),
        help_text=_("Needed for a card that ends as lost or stolen. The holder gets a letter and may object."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A card ends as lost on its holder's report only."""
        given = super().clean() or {}
        if given.get("reason") == RevokeReason.LOST and not given.get("reported"):
            self.add_error("reported", SENTENCES["cards.holder_not_reported"])
        return given
