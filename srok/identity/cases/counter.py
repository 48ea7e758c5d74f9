"""The form at the counter: the same columns, the same rules and the same words as the folder of a mission."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as fresh
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import rows, spelling
from srok.identity.cases.addresses import places_of
from srok.identity.cases.capture_commands import CaptureApplication
from srok.identity.cases.capture_store import field_of
from srok.identity.cases.capture_terms import PORTRAIT, AsIs, Waiver, Where
from srok.identity.cases.cells import LONGEST
from srok.identity.cases.commands import ShownPaper
from srok.identity.cases.filled import cells_for, check_portrait
from srok.identity.cases.folder import MAX_BYTES
from srok.identity.cases.forms import PAPERS_AT_ONCE, add_paper_fields, check_papers, reasons, words
from srok.identity.cases.in_words import language
from srok.identity.cases.rows import COMMUNE_DIGITS, Row
from srok.identity.cases.terms import (
    AddressOption,
    Basis,
    NameOrder,
    PaperKind,
    PersonStatus,
    Relation,
    Seen,
    Sex,
)
from srok.identity.cases.wording import SENTENCES

NAMES = {
    "family_km": _("Family name in Khmer"), "given_km": _("Given name in Khmer"),
    "family_latin": _("Family name in Latin letters"), "given_latin": _("Given name in Latin letters"),
}  # fmt: skip
KIN = {"father": _("Father"), "mother": _("Mother"), "relative": _("Relative")}
# The groups of the page, in its order: heading, columns.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Receipt"), ("reference", "lodged_on")),
    (_("The applicant"), (*rows.NAME, "name_order", "other_names", "sex", "birth_date", "birthplace", "birthplace_text",
                          "portrait", "as_is")),
    (_("The claim"), ("basis", "status", "previous_card")),
    (_("Father"), tuple(f"father_{part}" for part in rows.NAME)),
    (_("Mother"), tuple(f"mother_{part}" for part in rows.NAME)),
    (_("A relative on the resident list"), ("relative_relation", *(f"relative_{part}" for part in rows.NAME),
                                            "relative_birth_date")),
    (_("Address of record"), ("address_option", "address_code", "address_consent")),
    (_("Papers"), tuple(f"{part}_{number}" for number in range(PAPERS_AT_ONCE) for part in ("kind", "seen", "file"))),
    (_("How we may reach the applicant"), ("language", "channel", "email", "phone", "postal", "pickup_post",
                                           "may_contact")),
    (_("How it was taken"), ("where", "place", "finger_waiver")),
)  # fmt: skip
SHORT = frozenset({"birth_date", "lodged_on", "birthplace", "address_code", "previous_card", "pickup_post"})

# Everything that a form keeps as text.
KEPT = (
    *(name for _heading, names in GROUPS for name in names if name != PORTRAIT and not name.startswith("file_")),
    "ticket",
)  # fmt: skip
# Fields that hold a place, and how many digits the code of a place has at least that may stand there.
PLACES = {"birthplace": 2, "address_code": COMMUNE_DIGITS}
SHOWN = 8


def _choices(found: list[gazetteer.Place]) -> str:
    """The first few places with their codes, for somebody who has to choose one."""
    said = [f"{one.code} {gazetteer.describe(one.code, language())}" for one in found[:SHOWN]]
    return "; ".join([*said, "…"] if len(found) > SHOWN else said)


def _optional(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST)


def _choice(kind: str, found: Any, label: Any, *, first: str = "") -> forms.ChoiceField:
    """A closed list that starts with the word of the default, or with none: then one has to be chosen."""
    choices: list[Any] = [] if first else [("", _("Choose"))]
    return forms.ChoiceField(choices=[*choices, *words(kind, found)], label=label, initial=first or None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts from: its capture, what was typed already, what the applicant's page said, kept pictures."""

    capture: UUID
    version: int | None = None
    cells: Mapping[str, str] = fresh(default_factory=dict)
    prefill: Mapping[str, str] = fresh(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def initial(self) -> dict[str, Any]:
        """The values that the form shows."""
        found: dict[str, Any] = dict(self.cells)
        found["may_contact"] = [one for one in self.cells.get("may_contact", "").split(";") if one]
        return found | {"capture": self.capture, "seen_version": self.version}


class CounterForm(CommandForm):
    """A new application. What is typed goes through `rows.parse`, as a row of a folder does."""

    reference = _optional(_("Reference on the receipt"), _("Leave it empty and a new one is made."))
    lodged_on = forms.CharField(label=_("Day of application"))
    name_order = _choice("order", NameOrder, _("How the foreign papers write the name"), first=NameOrder.FAMILY_FIRST)
    other_names = _optional(_("Other names used"), _("Part them by a semicolon: a married name, an older spelling."))
    sex = _choice("sex", Sex, _("Sex"))
    birth_date = forms.CharField(
        label=_("Birth date"), help_text=_("The year, year and month, or the full date; Khmer or Latin digits.")
    )
    birthplace = _optional(
        _("Birthplace in Cambodia"), _("The name of the village or commune, a comma, the district; or the code.")
    )
    birthplace_text = _optional(_("Birthplace in words"), _("For a place abroad, or an old name."))
    portrait = forms.FileField(
        label=_("Portrait"), help_text=_("JPEG or PNG, at least 480 by 600 pixels."), required=False
    )
    as_is = forms.ChoiceField(
        choices=[("", _("No: take it again until it is good")), *reasons(AsIs)], required=False,
        label=_("Take the portrait as it is?"),
        help_text=_("Only where no better one is possible. The examiner sees the reason."),
    )  # fmt: skip
    basis = _choice("basis", Basis, _("What the claim rests on"))
    status = _choice("status", PersonStatus, _("Does one of these apply today?"), first=PersonStatus.NONE)
    previous_card = _optional(_("Number of an earlier card"))
    relative_relation = forms.ChoiceField(
        choices=[("", _("Not given")), *words("relation", Relation)], label=_("Relation"), required=False
    )
    relative_birth_date = _optional(_("Birth date of the relative"))
    address_option = _choice("option", AddressOption, _("Which address"), first=AddressOption.POST)
    address_code = _optional(_("Commune or village"), _("Its name, a comma, the district; or the code."))
    address_consent = forms.ChoiceField(
        choices=[("", _("Not given")), *((w, SENTENCES[f"cases.consent_{w}"]) for w in ("yes", "no"))],
        label=_("Consent of the head of that family"), required=False,
    )  # fmt: skip
    language = forms.ChoiceField(
        choices=[(w, SENTENCES[f"cases.language_{w}"]) for w in rows.LANGUAGES], label=_("Language")
    )
    channel = forms.ChoiceField(choices=[(w, SENTENCES[f"cases.channel_{w}"]) for w in rows.CHANNELS], label=_("How"))
    email = _optional(_("E-mail address"))
    phone = _optional(_("Telephone number"))
    postal = _optional(_("Postal address"))
    pickup_post = _optional(_("Where the card is collected"), _("The code of a post; empty means this one."))
    may_contact = forms.MultipleChoiceField(
        choices=[("mother", SENTENCES["cases.role_mother"]), ("father", SENTENCES["cases.role_father"]),
                 *words("relation", Relation)],
        widget=forms.CheckboxSelectMultiple, required=False, label=_("Whom we may ask in Cambodia"),
        help_text=_("Nobody is asked unless it is ticked here."),
    )  # fmt: skip
    where = forms.ChoiceField(
        choices=words("where", Where), label=_("Where it was taken"), widget=forms.RadioSelect,
        initial=Where.POST.value, required=False,
    )  # fmt: skip
    place = _optional(_("Which place, if elsewhere"), _("The second officer has to say why it was taken there."))
    finger_waiver = forms.ChoiceField(
        choices=[("", _("None is left out")), *reasons(Waiver)], required=False,
        label=_("Why no fingerprint is taken"),
    )  # fmt: skip
    capture = forms.UUIDField(widget=forms.HiddenInput)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, ctx: Context, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, initial=draft.initial(), **kwargs)
        self.ctx, self.draft, self.places = ctx, draft, places_of(ctx)
        self.row: Row | None = None
        for part, label in NAMES.items():
            self.fields[part] = forms.CharField(label=label)
            for who, whose in KIN.items():
                self.fields[f"{who}_{part}"] = _optional(format_lazy("{}: {}", whose, label))
        add_paper_fields(self)
        if not self.is_bound:
            self.initial.setdefault("lodged_on", ctx.on.isoformat())
        self._mark_own_page()
        self.mark_kept(draft.kept)

    def _mark_own_page(self) -> None:
        """Say at every field what came from the applicant's own page."""
        for name, text in self.draft.prefill.items():
            if name in self.fields and text and self._shown(name) == text:
                self.fields[name].help_text = _("From the applicant's own page: ask, and correct it where it is wrong.")

    def mark_kept(self, kept: frozenset[str]) -> None:
        """Say at every picture that it is kept; a portrait that is kept need not be chosen again."""
        for part in kept:
            self[field_of(part)].help_text = _("This picture is kept. Choose another one to replace it.")
        self.fields[PORTRAIT].required = PORTRAIT not in kept

    def _shown(self, name: str) -> str:
        value = self.data.getlist(name) if self.is_bound else self.initial.get(name, "")  # type: ignore[attr-defined]
        return ";".join(value) if isinstance(value, list) else str(value)

    def clean(self) -> dict[str, Any]:
        """Read the form as a row; each fault stands at its field."""
        given = super().clean() or {}
        check_papers(self, given, kept=self.draft.kept)
        self._find_places(given)
        parsed = rows.parse(self._cells(given), self.places, today=self.ctx.on)
        for error in parsed.errors:
            self._place(error.field, wording.of(error))
        self._check_pictures(given)
        self.row = parsed.row
        return given

    def _find_places(self, given: dict[str, Any]) -> None:
        """A place may be named instead of coded; what names none or several is told, with the codes to choose from."""
        for field, least in PLACES.items():
            text = str(given.get(field) or "").strip()
            if not text or any(sign.isdigit() for sign in text):
                continue
            found = [one for one in gazetteer.named(text) if len(one.code) >= least]
            given[field] = found[0].code if len(found) == 1 else ""
            if not found:
                self.add_error(field, wording.sentence("cases.no_such_place"))
            elif len(found) > 1:
                self.add_error(field, wording.sentence("cases.several_places", {"places": _choices(found)}))

    def _cells(self, given: dict[str, Any]) -> dict[str, str]:
        cells = {name: str(given.get(name) or "") for name in rows.COLUMNS}
        cells["may_contact"] = ";".join(given.get("may_contact") or [])
        return cells_for(cells, cells["reference"].strip() or new_reference())

    def suggest_spellings(self) -> None:
        """Without a script the page offers the usual spellings where a name lacks one of its scripts."""
        for name in self.errors:
            other = spelling.other_script(name) if name.endswith(("_km", "_latin")) else ""
            found = spelling.suggestions(other, str(self.data.get(other) or "")) if other in self.fields else []
            if found and not self.data.get(name):
                self[name].help_text = format_lazy("{} {}", _("Usually written:"), ", ".join(found))

    def _place(self, field: str | None, said: str) -> None:
        if field in self.fields and not self.errors.get(str(field)):
            self.add_error(field, said)
        elif field not in self.fields:
            self.add_error(None, said)

    def _check_pictures(self, given: dict[str, Any]) -> None:
        """A bad photo is told at once, in words; so is a scan that cannot be opened."""
        if given.get("portrait"):
            try:
                check_portrait(read_upload(given["portrait"]), str(given.get("as_is") or ""))
            except Refusal:
                for code in biometrics.quality(read_upload(given["portrait"])).problems:
                    self.add_error("portrait", wording.sentence(code))
        for number in range(PAPERS_AT_ONCE):
            problem = biometrics.readable(read_upload(given[f"file_{number}"])) if given.get(f"file_{number}") else None
            if problem:
                self.add_error(f"file_{number}", wording.sentence(problem))

    def command(self) -> CaptureApplication:
        """The filled form; only after `is_valid()`."""
        assert self.row is not None
        # Papers for which the form has no room (they came with a folder) stay as they are.
        more = {name: text for name, text in self.draft.cells.items() if name not in self.fields}
        return CaptureApplication(
            self.cleaned_data["capture"], more | cells_of(self.cleaned_data), files_of(self.cleaned_data),
            self.draft.prefill, self.cleaned_data.get("seen_version"),
        )  # fmt: skip


def cells_of(given: Mapping[str, Any]) -> dict[str, str]:
    """What was typed and chosen, as text by field name: what a draft keeps and a capture seals."""
    found = {}
    for name in KEPT:
        value = given.get(name)
        found[name] = ";".join(value) if isinstance(value, list | tuple) else str(value or "")
    return {name: text for name, text in found.items() if text}


def files_of(given: Mapping[str, Any]) -> dict[str, bytes]:
    """The pictures that came with a form, by the name of the part that keeps them."""
    fields = {PORTRAIT: PORTRAIT} | {f"file_{number}": f"paper_{number}" for number in range(PAPERS_AT_ONCE)}
    return {part: read_upload(given[name]) for name, part in fields.items() if given.get(name)}


def shown_papers(given: dict[str, Any]) -> tuple[ShownPaper, ...]:
    """The papers of a form with `kind_N`, `seen_N`, `file_N`."""
    found = []
    for number in range(PAPERS_AT_ONCE):
        if given.get(f"kind_{number}"):
            file = given.get(f"file_{number}")
            seen = Seen(given[f"seen_{number}"])
            found.append(ShownPaper(PaperKind(given[f"kind_{number}"]), seen, read_upload(file) if file else None))
    return tuple(found)


def read_upload(file: Any) -> bytes:
    """The bytes of an uploaded file, from its beginning; never more than a little over the bound."""
    file.seek(0)
    data: bytes = file.read(MAX_BYTES + 1)
    return data
