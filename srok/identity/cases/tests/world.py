"""The small world of these tests: two ministries, a post, a village, a list of a hundred people with Sophea's kin."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.gazetteer import public as gazetteer
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import public as cases
from srok.identity.cases.tests.people import LODGED_ON, claim
from srok.identity.register import public as register
from srok.identity.register.terms import COLUMNS
from srok.trust.credentials import public as credentials

PASSWORD = "only for tests"
STARTED = datetime(2025, 1, 20, 15, tzinfo=UTC)
OFFICES = (
    OpenOffice("mfa.consular", "នាយកដ្ឋានកុងស៊ុល", "Consular Department"),
    OpenOffice("mfa.was", "ស្ថានទូតវ៉ាស៊ីនតោន", "Royal Embassy, Washington", "America/New_York", "WAS"),
    OpenOffice("mfa.sel", "ស្ថានទូតសេអ៊ូល", "Royal Embassy, Seoul", "Asia/Seoul", "SEL"),
    OpenOffice("moi.gdi", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម", "General Department of Identification"),
    OpenOffice("commune.120101", "ឃុំ", "Commune"),
)
OFFICERS = {
    "dara": ("mfa.was", ("consular_officer",)),
    "sreymom": ("mfa.was", ("consular_officer", "mission_head")),
    "seoul": ("mfa.sel", ("consular_officer",)),
    "chanthou": ("mfa.consular", ("examiner", "order_signer")),
    "nimol": ("mfa.consular", ("examiner",)),
    "vuthy": ("moi.gdi", ("identification_officer", "order_signer")),
    "kunthea": ("moi.gdi", ("approver",)),
    "both": ("moi.gdi", ("identification_officer", "approver")),
    "sokha": ("moi.gdi", ("identification_officer",)),
    "phalla": ("moi.gdi", ("approver",)),
    "malis": ("commune.120101", ("commune_clerk",)),
}
PLACES = (
    ("12", "ភ្នំពេញ", "Phnom Penh"), ("1201", "ចំការមន", "Chamkar Mon"),
    ("120101", "ទន្លេបាសាក់", "Tonle Basak"), ("12010101", "ភូមិ១", "Phum Muoy"),
)  # fmt: skip
FATHER = ("សុខ", "វណ្ណា", "SOK", "VANNA")
MOTHER = ("កែវ", "បុប្ផា", "KEO", "BOPHA")
# register_no, name, sex, birth, card (number, issued, expires) or None
BAPTISM = cases.PaperKind.BAPTISM
LISTED = (
    ("1000000001", MOTHER, "F", "1938-05-02", None),
    ("1000000002", ("សុខ", "សុភី", "SOK", "SOPHY"), "F", "1962-08-11", None),
    ("1000000003", ("ហេង", "ម៉ាលា", "HENG", "MALA"), "F", "1971-03-04", ("900000011", "2012-02-01", "2022-01-31")),
    ("1000000004", ("ហេង", "ដារ៉ុង", "HENG", "DARONG"), "M", "1975-06-05", ("900000012", "2020-02-01", "2030-01-31")),
    ("1000000005", ("ចាន់", "ពិសី", "CHAN", "PISEY"), "F", "1968-12-24", None),
)  # fmt: skip


def settle(home: Path) -> None:
    """Open offices, appoint the cast, make keys, load the places and the list, and index it."""
    clerk = Context("setup", "moi.gdi", frozenset(), STARTED, STARTED.date(), new_id(STARTED))
    for office in OFFICES:
        accounts.open_office(office, ctx=clerk.for_command(new_id(STARTED)))
    for name, (code, roles) in OFFICERS.items():
        command = AppointOfficer(name, f"មន្ត្រី {name}", name.title(), code, roles, PASSWORD)
        accounts.appoint(command, ctx=clerk.for_command(new_id(STARTED)))
    credentials.create_keys(clerk.for_command(new_id(STARTED)))
    places = home / "places.csv"
    places.write_text("\n".join(["code,name_km,name_latin", *(",".join(row) for row in PLACES)]), "utf-8")
    gazetteer.import_file(places, clerk.for_command(new_id(STARTED)))
    register.import_file(write_list(home / "list.csv"), clerk.for_command(new_id(STARTED)))
    journal.drain()


def forget_places(home: Path) -> None:
    """An import drops what the process holds of the gazetteer: the next test starts from its own database."""
    clerk = Context("setup", "moi.gdi", frozenset(), STARTED, STARTED.date(), new_id(STARTED))
    gazetteer.import_file(home / "places.csv", clerk)


def write_list(path: Path) -> Path:
    """The synthetic neighbours and the named few, as a resident list."""
    register.generate(120, 7, path, villages=("12010101",))
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*COLUMNS, "synthetic"), lineterminator="\n")
        for number, name, sex, birth, card in LISTED:
            writer.writerow(_listed(number, name, sex, birth, card))
    return path


def _listed(number: str, name: tuple[str, ...], sex: str, birth: str, card: tuple[str, ...] | None) -> dict[str, str]:
    parts = ("family_km", "given_km", "family_latin", "given_latin")
    row = {"register_no": number, "sex": sex, "birth_date": birth, "birthplace": "120101", "residence": "12010101"}
    row |= dict(zip(parts, name, strict=True)) | {"household": number}
    if number == "1000000002":
        row |= {f"father_{part}": value for part, value in zip(parts, FATHER, strict=True)}
        row |= {f"mother_{part}": value for part, value in zip(parts, MOTHER, strict=True)}
    if card:
        keys = ("card_number", "card_issued", "card_expires")
        row |= dict(zip(keys, card, strict=True)) | {"card_generation": "new_model"}
    return row


def acting(name: str, days: int = 0) -> Context:
    """The context of a fresh command of this officer, some days after the start."""
    at = STARTED + timedelta(days=days)
    return accounts.context_for(name, at=at, trace=new_id(at))


def lodged(portrait: bytes, **more: object) -> str:
    """An application of Sophea (or of whom the test says), lodged by Dara; its reference."""
    papers = more.pop("papers", ())
    reference = new_reference()
    command = cases.LodgeApplication(
        reference, LODGED_ON, claim(**more), cases.Contact(pickup_post="WAS"), portrait, papers,  # type: ignore[arg-type]
    )  # fmt: skip
    return cases.lodge(command, ctx=acting("dara")).reference


def settle_as(reference: str, wanted: dict[str, str]) -> None:
    """Search, settle the person with each register number as said, and everybody else as someone else."""
    chanthou = acting("chanthou", 1)
    found = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=chanthou)
    for candidate in found:
        if candidate.register_no in wanted and candidate.role in cases.SearchRole:
            as_ = cases.SettledAs(wanted[candidate.register_no])
            if as_.value in (candidate.role.value, "same_person"):
                settle_one(reference, candidate.id, as_)
    cases.settle_rest(cases.SettleRest(reference, cases.SettleReason.CONFLICT), ctx=acting("chanthou", 1))


def settle_one(reference: str, candidate: UUID, as_: cases.SettledAs) -> None:
    """Settle one candidate."""
    command = cases.SettleCandidate(reference, candidate, as_, cases.SettleReason.PAPERS)
    cases.settle(command, ctx=acting("chanthou", 1))


def examined(reference: str, opinion: str = "favourable", reasons: tuple[str, ...] = ()) -> None:
    """Chanthou's opinion."""
    command = cases.ExamineApplication(reference, cases.Opinion(opinion), reasons)
    cases.examine(command, ctx=acting("chanthou", 2))


def decided(reference: str, outcome: str = "approve", reasons: tuple[str, ...] = ()) -> None:
    """Vuthy's decision."""
    cases.decide(cases.DecideApplication(reference, cases.Outcome(outcome), reasons), ctx=acting("vuthy", 3))


def approved(reference: str) -> cases.CaseFacts:
    """Kunthea agrees."""
    return cases.approve(cases.ApproveDecision(reference, agree=True), ctx=acting("kunthea", 4))


def shown(kind: cases.PaperKind, scan: bytes, seen: str = "original") -> cases.ShownPaper:
    return cases.ShownPaper(kind, cases.Seen(seen), scan)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def ready(portrait: bytes, scan: bytes) -> str:
    """Sophea, whose mother is on the list, with a baptism record: examined favourably."""
    reference = lodged(portrait, papers=(shown(BAPTISM, scan),))
    settle_as(reference, {"1000000001": "mother"})
    examined(reference)
    return reference
