"""The form at the counter: the same columns, the same rules and the same words as the folder of a mission."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.public import CommandForm, wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_reference
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import rows
from srok.identity.cases.cells import LONGEST
from srok.identity.cases.claims import Claim, Contact
from srok.identity.cases.commands import LodgeApplication, ShownPaper
from srok.identity.cases.folder import MAX_BYTES
from srok.identity.cases.forms import PAPERS_AT_ONCE, add_paper_fields, check_papers, words
from srok.identity.cases.in_words import language
from srok.identity.cases.rows import COMMUNE_DIGITS, Places, Row
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
                          "portrait")),
    (_("The claim"), ("basis", "status", "previous_card")),
    (_("Father"), tuple(f"father_{part}" for part in rows.NAME)),
    (_("Mother"), tuple(f"mother_{part}" for part in rows.NAME)),
    (_("A relative on the resident list"), ("relative_relation", *(f"relative_{part}" for part in rows.NAME),
                                            "relative_birth_date")),
    (_("Address of record"), ("address_option", "address_code", "address_consent")),
    (_("Papers"), tuple(f"{part}_{number}" for number in range(PAPERS_AT_ONCE) for part in ("kind", "seen", "file"))),
    (_("How we may reach the applicant"), ("language", "channel", "email", "phone", "postal", "pickup_post",
                                           "may_contact")),
    (_("Signature"), ("signed_by",)),
)  # fmt: skip
SHORT = frozenset({"birth_date", "lodged_on", "birthplace", "address_code", "previous_card", "pickup_post"})


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
    portrait = forms.FileField(label=_("Portrait"), help_text=_("JPEG or PNG, at least 480 by 600 pixels."))
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
    signed_by = forms.ChoiceField(
        choices=[(w, SENTENCES[f"cases.signed_{w}"]) for w in rows.SIGNED], label=_("How it was signed"),
        widget=forms.RadioSelect, initial="signature",
    )  # fmt: skip

    def __init__(self, *args: Any, ctx: Context, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ctx, self.places = ctx, places
        self.row: Row | None = None
        for part, label in NAMES.items():
            self.fields[part] = forms.CharField(label=label)
            for who, whose in KIN.items():
                self.fields[f"{who}_{part}"] = _optional(format_lazy("{}: {}", whose, label))
        add_paper_fields(self)
        if not self.is_bound:
            self.initial.setdefault("lodged_on", ctx.on.isoformat())

    def clean(self) -> dict[str, Any]:
        """Read the form as a row; each fault stands at its field."""
        given = super().clean() or {}
        check_papers(self, given)
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
        cells["reference"] = cells["reference"].strip() or new_reference()
        return cells | {"papers": "", "portrait": "portrait"}

    def _place(self, field: str | None, said: str) -> None:
        if field in self.fields and not self.errors.get(str(field)):
            self.add_error(field, said)
        elif field not in self.fields:
            self.add_error(None, said)

    def _check_pictures(self, given: dict[str, Any]) -> None:
        """A bad photo is told at once, in words; so is a scan that cannot be opened."""
        if given.get("portrait"):
            for code in biometrics.quality(read_upload(given["portrait"])).problems:
                self.add_error("portrait", wording.sentence(code))
        for number in range(PAPERS_AT_ONCE):
            problem = biometrics.readable(read_upload(given[f"file_{number}"])) if given.get(f"file_{number}") else None
            if problem:
                self.add_error(f"file_{number}", wording.sentence(problem))

    def ask_for_pictures_again(self) -> None:
        """A browser keeps no chosen file: say so at each picture that came with a form that has to be mended."""
        for name in self.files:
            if name in self.fields and name not in self.errors:
                self[name].help_text = _("Choose this picture again: it is not kept when something has to be mended.")

    def command(self) -> LodgeApplication:
        """The application; only after `is_valid()`."""
        assert self.row is not None
        claim: Claim = self.row.claim
        contact: Contact = self.row.contact
        return LodgeApplication(
            self.row.reference,
            self.row.lodged_on,
            claim,
            contact,
            read_upload(self.cleaned_data["portrait"]),
            shown_papers(self.cleaned_data),
        )


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
