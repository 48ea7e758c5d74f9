"""Forms of the desks. Each becomes one command; the version its reader saw goes with it."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import VersionedForm
from srok.ground.notices.public import ServiceWay
from srok.identity.cases.assess import Assessment
from srok.identity.cases.commands import BackReason, SettleReason
from srok.identity.cases.terms import Opinion, Outcome, PaperKind, Seen, SettledAs
from srok.identity.cases.wording import SENTENCES

Choices = list[tuple[str, Promise]]
PAPERS_AT_ONCE = 3


def words(kind: str, found: Iterable[StrEnum]) -> Choices:
    """The choices of a closed list with their labels (`cases.KIND_VALUE`)."""
    return [(one.value, SENTENCES[f"cases.{kind}_{one.value}"]) for one in found]


def reasons(codes: Iterable[str]) -> Choices:
    """Reason codes with their sentences."""
    return [(str(code), SENTENCES[str(code)]) for code in codes]


BACK = reasons(BackReason)


class TrackForm(forms.Form):
    """The number on the receipt."""

    reference = forms.CharField(
        label=_("Reference on your receipt"),
        help_text=_("Three groups of four letters and digits. Small letters and missing dashes do not matter."),
        max_length=40,
    )


class PlainForm(VersionedForm):
    """An act that needs no further word."""


class SettleForm(VersionedForm):
    """Who a candidate is, and on what ground."""

    candidate = forms.UUIDField(widget=forms.HiddenInput)
    as_ = forms.ChoiceField(choices=words("as", SettledAs), label=_("Who is this?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(choices=reasons(SettleReason), label=_("On what ground?"))


class SettleRestForm(VersionedForm):
    """Everybody else is someone else."""

    reason = forms.ChoiceField(
        choices=reasons(SettleReason), label=_("On what ground?"), initial=SettleReason.CONFLICT.value
    )


class FromAssessment(VersionedForm):
    """A form whose choices follow from the assessment of the case."""

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        self.offer()

    def offer(self) -> None:
        """Fill in the choices."""

    def choose(self, field: str, choices: Choices) -> None:
        """Give a field its choices; one without any is left out."""
        if not choices:
            del self.fields[field]
            return
        chosen = self.fields[field]
        assert isinstance(chosen, forms.MultipleChoiceField | forms.ChoiceField)
        chosen.choices = choices

    def given(self, field: str) -> tuple[str, ...]:
        """What was ticked, or nothing where nothing was offered."""
        return tuple(self.cleaned_data.get(field, ()))


class AskForm(FromAssessment):
    """What the applicant is asked for: only what the rules find missing."""

    missing = forms.MultipleChoiceField(
        label=_("What is asked for"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the law asks for can be chosen. The days do not count while papers are awaited."),
    )  # fmt: skip

    def offer(self) -> None:
        codes = [item.code for item in self.assessment.missing]
        self.choose("missing", reasons(codes))
        if codes and not self.is_bound:
            self.initial.setdefault("missing", codes)


class ReasonsForm(FromAssessment):
    """Reasons that the facts of the case and the law give."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons, if it is unfavourable"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def offer(self) -> None:
        self.choose("reasons", reasons(dict.fromkeys((*self.assessment.refusals, *self.assessment.arguable))))
        if "reasons" in self.fields and not self.is_bound:
            self.initial.setdefault("reasons", list(self.assessment.refusals))


class ExamineForm(ReasonsForm):
    """The opinion of Foreign Affairs."""

    opinion = forms.ChoiceField(choices=words("opinion", Opinion), label=_("Your opinion"), widget=forms.RadioSelect)
    field_order = ("opinion", "reasons")


class DecideForm(ReasonsForm):
    """Interior's first hand."""

    outcome = forms.ChoiceField(choices=words("outcome", Outcome), label=_("Your decision"), widget=forms.RadioSelect)
    central_answer = forms.CharField(
        label=_("Number of the central unit's answer"), max_length=60, required=False,
        help_text=_("Only for a claim that rests on a royal decree."),
    )  # fmt: skip
    field_order = ("outcome", "reasons", "central_answer")

    def offer(self) -> None:
        super().offer()
        central = self.assessment.route == "central"
        offered = [one for one in Outcome if central or one is not Outcome.CENTRAL]
        self.choose("outcome", words("outcome", offered))
        if not central:
            del self.fields["central_answer"]


class ApproveForm(VersionedForm):
    """Interior's second hand."""

    agree = forms.ChoiceField(
        choices=[("yes", _("I agree with the decision")), ("no", _("I do not agree: send it back"))],
        label=_("Your approval"), widget=forms.RadioSelect,
    )  # fmt: skip
    reasons = forms.MultipleChoiceField(
        choices=BACK, label=_("Reasons, if you send it back"), widget=forms.CheckboxSelectMultiple, required=False
    )


class ReturnForm(VersionedForm):
    """Interior asks Foreign Affairs to look again."""

    reasons = forms.MultipleChoiceField(choices=BACK, label=_("Why"), widget=forms.CheckboxSelectMultiple)


class AppealForm(VersionedForm):
    """The applicant's objection."""

    grounds = forms.CharField(
        label=_("What the applicant objects to, in their own words"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class WithdrawForm(VersionedForm):
    """The applicant withdraws."""

    sure = forms.BooleanField(label=_("The applicant asked for this in person or in writing."))


class ServeForm(VersionedForm):
    """How a letter reached the applicant."""

    notice = forms.UUIDField(widget=forms.HiddenInput)
    how = forms.ChoiceField(choices=words("served", ServiceWay), label=_("How did the letter reach the applicant?"))


class PapersForm(VersionedForm):
    """Papers the applicant brought: a kind, how it was seen, an image unless it was attested."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_paper_fields(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_papers(self, given)
        return given


def add_paper_fields(form: forms.Form) -> None:
    """Room for a few papers: the first is asked for, the others may stay empty."""
    kinds: Choices = [("", _("Choose"))]
    for number in range(PAPERS_AT_ONCE):
        form.fields[f"kind_{number}"] = forms.ChoiceField(
            choices=[*kinds, *words("paper", PaperKind)], label=_("Paper"), required=False
        )
        form.fields[f"seen_{number}"] = forms.ChoiceField(
            choices=words("seen", Seen), label=_("How you saw it"), required=False
        )
        form.fields[f"file_{number}"] = forms.FileField(
            label=_("Image"), required=False, help_text=_("JPEG or PNG, at most 20 megabytes.")
        )


def check_papers(form: forms.Form, given: dict[str, Any], *, kept: Collection[str] = ()) -> None:
    """A paper has an image, unless two officers attested it; an image has a kind. `kept`: images held already."""
    for number in range(PAPERS_AT_ONCE):
        kind, seen, file = (given.get(f"{part}_{number}") for part in ("kind", "seen", "file"))
        file = file or f"paper_{number}" in kept
        if kind and not file and seen != Seen.ATTESTED:
            form.add_error(f"file_{number}", _("Add the image, or say that two officers attested the paper."))
        if file and not kind:
            form.add_error(f"kind_{number}", _("Say what paper this is."))
