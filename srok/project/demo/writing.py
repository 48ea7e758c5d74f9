"""Everything a reader would want to see, as files: cards, QR texts, letters, receipts, answers, the summary."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from srok.ground.accounts import public as accounts
from srok.ground.kernel.ids import new_id, new_reference
from srok.ground.paper import public as paper
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.project.demo.asking import Asked
from srok.project.demo.chain import APPROVER, Walk
from srok.project.demo.desk import VoterOutcome
from srok.project.demo.outcome import RowOutcome, summary
from srok.project.demo.people import acting
from srok.project.demo.stated import morning, noon
from srok.trust.openlog import public as openlog
from srok.vote.roll import public as roll

READ_ME = """What the demo made (everything in it is invented):

summary.json        who got what, and why (docs/formats/summary.md)
cards/*.pdf         both sides of each card        qr/*.txt      what its QR says (srok verification check FILE)
letters/*.pdf       refusals with reason, source and how to object, in Khmer and English
answers/*.json      what border, land office and election committee were told, signed
log/                both public logs as anybody would mirror them: python srok_verify.py DIR/log/register
roll/*.pdf          receipts of the voter list      sheets.pdf    numbered receipts for a counter
"""


@dataclass(frozen=True, slots=True)
class Results:
    """What came of the walk: a row an application, the answers, the voters by reference, the clerk of each commune."""

    outcomes: list[RowOutcome]
    asked: list[Asked]
    voters: Mapping[str, VoterOutcome]
    clerks: Mapping[str, str]


def write(walk: Walk, out: Path, results: Results) -> None:
    """Write the folder; what an earlier demo wrote there is overwritten, nothing else is touched."""
    out.mkdir(parents=True, exist_ok=True)
    paths: dict[str, dict[str, str]] = {}
    for row in walk.console.track("write", results.outcomes):
        if row.card is not None:
            paths[row.reference] = _card(out, row.card)
        if row.outcome == "refused":
            letter = cases.letter(row.reference, ctx=acting(APPROVER, noon(walk.dates.approved)))
            _put(out / "letters" / f"{row.reference}.pdf", letter)
        _receipt(walk, out, row, results)
    for one in results.asked:
        name = f"{one.case_ref}-{one.answer.party}.json"
        _put(out / "answers" / name, one.answer.signed.statement + b"\n")
    sheets = paper.reference_sheets_pdf([new_reference() for _ in range(10)], "វ៉ាស៊ីនតោន", "Washington")
    _put(out / "sheets.pdf", sheets)
    _put(out / "summary.json", _json(summary(results.outcomes, paths)))
    _put(out / "README.txt", READ_ME.encode())
    _log(out / "log", walk)


def _log(out: Path, walk: Walk) -> None:
    """Publish what is due of both public logs, and lay a mirror of them beside the rest."""
    ctx = accounts.service_context("openlog", "moi.gdi", at=walk.dates.pages_from, trace=new_id(walk.dates.pages_from))
    openlog.work(ctx, least_seconds=0)
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(settings.SROK_OPENLOG, out, ignore=shutil.ignore_patterns(".*"))


def _receipt(walk: Walk, out: Path, row: RowOutcome, results: Results) -> None:
    voter = results.voters.get(row.reference)
    if voter is not None and voter.receipt is not None:
        ctx = acting(results.clerks[voter.commune], morning(walk.dates.desk or voter.receipt.entered_on))
        _put(out / "roll" / f"{row.reference}.pdf", roll.receipt_pdf(voter.receipt, ctx))


def _card(out: Path, card: cards.CardFacts) -> dict[str, str]:
    pdf, qr = f"cards/{card.case_ref}.pdf", f"qr/{card.case_ref}.txt"
    _put(out / pdf, cards.card_pdf(card.id))
    _put(out / qr, card.qr_text.encode("ascii"))
    return {"pdf": pdf, "qr": qr}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
