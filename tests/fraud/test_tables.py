"""`srok openlog check` on real tables: the walk of a card and a voter row agrees; each change by hand is named."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import override_settings
from typer.testing import CliRunner

import srok_verify
from srok.ground.accounts.public import service_context
from srok.ground.journal import public as journal
from srok.ground.journal.models import Fact, Opening, WaitingLeaf
from srok.ground.kernel.ids import new_id
from srok.identity.cards.models import Card
from srok.identity.register.models import Person, PersonVersion
from srok.trust.openlog import checking, public
from srok.trust.openlog.folder import Folder
from srok.vote.roll import public as roll
from srok.vote.roll.models import VoterRow
from tests.roll import world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = world.AT_DESK + timedelta(days=60)


@pytest.fixture
def house(db: None, tmp_path: Path) -> Iterator[Path]:
    """Two holders, both on a list; everything sequenced that is due."""
    told = {"SROK_KEYS": tmp_path / "keys", "SROK_CLOCK_STARTS_AT": world.AT_DESK.isoformat(),
            "SROK_OPENLOG": tmp_path / "openlog"}  # fmt: skip
    with override_settings(**told):
        world.settle()
        for case, birth in (("AAAA-BBBB-CCCC", "1960-05-03"), ("DDDD-EEEE-FFFF", "1971-02-01")):
            found = world.holder(case, birth)
            command = roll.RegisterVoter(found.qr_text, world.COMMUNE, "in_person", present=True)
            roll.register_voter(command, ctx=world.acting("malis"))
        journal.drain()
        yield tmp_path


def sequence() -> None:
    """Give what is due its place, 60 days later."""
    public.sequence(service_context("openlog", "moi.gdi", at=LATER, trace=new_id(LATER)))


def codes() -> set[str]:
    return {one.code for one in checking.compare().differences}


def unguarded(statement: str, *words: object) -> None:
    """What somebody does who may write every table: the triggers of the journal are taken away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for name, _ in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(statement, words)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


def test_tables_and_log_agree_before_and_after_sequencing(house: Path):
    first = checking.compare()
    assert first.differences == [] and first.rows == 6 and first.leaves == 10
    sequence()
    assert public.head(public.Log.REGISTER).size >= 8
    assert checking.compare().differences == []


def ghost() -> None:
    old = VoterRow.objects.order_by("id")[0]
    VoterRow.objects.create(
        id=new_id(LATER), reference="GHST-GHST-GHST", handle=new_id(LATER), commune=old.commune, state=old.state,
        list_year=old.list_year, channel=old.channel, card_read=old.card_read, residence_declared=True,
        actor=old.actor, entered_at=old.entered_at, entered_on=old.entered_on, fact=old.fact, trace=new_id(LATER),
    )  # fmt: skip


def secret_card() -> None:
    card = Card.objects.order_by("id")[0]
    card.pk, card.number, card.status_index = new_id(LATER), "900000099", 77
    card.case_ref, card.subject = "XXXX-XXXX-XXXX", new_id(LATER)
    card.save(force_insert=True)


PLANTED: dict[str, tuple[Callable[[], object], str]] = {
    "ghost voter": (ghost, "openlog.row_without_leaf"),
    "silent deletion": (lambda: VoterRow.objects.order_by("id")[:1].get().delete(), "openlog.leaf_without_row"),
    "silent move": (lambda: VoterRow.objects.update(commune=world.OTHER), "openlog.row_differs"),
    "another person": (lambda: VoterRow.objects.filter(pk=VoterRow.objects.first().pk).update(handle=new_id(LATER)),
                       "openlog.row_differs"),
    "secret card": (secret_card, "openlog.row_without_leaf"),
    "card revived": (lambda: Card.objects.update(state="issued"), "openlog.row_differs"),
    "another number": (lambda: Card.objects.filter(pk=Card.objects.first().pk).update(number="900000098"),
                       "openlog.row_differs"),
    "another name": (lambda: PersonVersion.objects.update(given_latin="RITH"), "openlog.row_differs"),
    "another birth": (lambda: PersonVersion.objects.update(birth="1950-01-01"), "openlog.row_differs"),
    "ghost person": (lambda: PersonVersion.objects.create(
        person=Person.objects.create(subject=new_id(LATER), register_no="7099999999"), version=1,
        valid_from=LATER.date(), recorded_at=LATER, sex="F", birth="1980"), "openlog.row_without_leaf"),
    "entry changed": (lambda: unguarded("UPDATE openlog_logentry SET data = %s WHERE \"index\" = 0", b"{}"),
                      "openlog.entry_differs"),
    "leaf changed": (lambda: unguarded("UPDATE journal_waitingleaf SET commitment = %s", "ab" * 32),
                     "openlog.wrong_opening"),
    "opening swapped": (lambda: unguarded("UPDATE journal_opening SET sealed = %s", b"x" * 90),
                        "openlog.wrong_opening"),
    "entry taken away": (lambda: unguarded("DELETE FROM openlog_logentry WHERE \"index\" = 1"), "openlog.leaf_lost"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_change_by_hand_is_named(house: Path, name: str):
    sequence()
    plant, code = PLANTED[name]
    plant()
    assert code in codes()


def test_an_act_without_entry_is_named(house: Path):
    leaf = WaitingLeaf.objects.filter(type="row.add").order_by("pk")[0]
    unguarded("DELETE FROM journal_opening WHERE leaf_id = %s", key(leaf.pk))
    unguarded("DELETE FROM journal_waitingleaf WHERE fact_id = %s", key(leaf.pk))
    assert codes() == {"openlog.fact_without_leaf", "openlog.row_without_leaf"}
    assert Fact.objects.filter(pk=leaf.pk).exists()


def key(fact: UUID) -> object:
    return fact if connection.vendor == "postgresql" else fact.hex


def test_a_person_whose_opening_was_destroyed_is_counted_and_no_difference(house: Path):
    sequence()
    journal.destroy_opening(Opening.objects.filter(leaf__type="row.add").order_by("pk")[0].pk)
    found = checking.compare()
    assert found.same and found.erased == 1


def test_the_verb_says_both_languages(house: Path):
    from srok.trust.openlog.cli import app

    done = CliRunner().invoke(app, ["check", "--json"])
    assert done.exit_code == 0 and json.loads(done.stdout)["same"] is True
    ghost()
    done = CliRunner().invoke(app, ["check"])
    assert done.exit_code == 1
    assert "row GHST-GHST-GHST" in done.stdout and "គ្មានធាតុណានៃកំណត់ហេតុ" in done.stdout


def test_what_the_application_publishes_passes_the_outsiders_checks(house: Path):
    """The three outsiders' programs on a folder of ours: no false alarm."""
    sequence()
    out = house / "published"
    ctx = service_context("openlog", "moi.gdi", at=LATER, trace=new_id(LATER))
    public.publish_all(Folder(out), ctx)
    assert (out / "verify" / "index.html").is_file()
    root = Path(srok_verify.__file__).parent
    for program in ("srok_verify.py", "srok_audit.py"):
        done = subprocess.run([sys.executable, str(root / program), str(out), "--json"], capture_output=True, text=True,
                              check=False)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout)["ok"] is True


def checked(qr: Path, out: Path, *words: object) -> tuple[int, dict]:
    from srok.trust.verification.cli import app

    given = ["check", str(qr), "--at", "2025-07-11", "--log", str(out), *map(str, words), "--json"]
    done = CliRunner().invoke(app, given)
    return done.exit_code, json.loads(done.stdout)


def test_a_verifier_may_demand_that_a_card_stands_in_the_log(house: Path):
    import typer

    from srok.trust.openlog import cli_desk

    desk = typer.Typer()
    cli_desk.add_to(desk)
    card, other = Card.objects.order_by("id")
    qr, out, paper, ordered = (house / name for name in ("qr.txt", "published", "a.tlog-proof", "b.tlog-proof"))
    qr.write_text(card.qr_text)
    sequence()
    ctx = service_context("openlog", "moi.gdi", at=LATER, trace=new_id(LATER))
    with override_settings(SROK_OPENLOG=out):
        public.publish_all(Folder(out), ctx)
        for one, kind, path in ((card, "card.handed_over", paper), (card, "card.ordered", ordered)):
            done = CliRunner().invoke(desk, ["receipt", str(one.pk), "--type", kind, "--out", str(path)])
            assert done.exit_code == 0, done.output
    status, said = checked(qr, out, "--receipt", paper)
    assert (status, said["valid"], said["log"]["state"]) == (0, True, "holds")
    status, said = checked(qr, out)
    assert (status, said["reasons"]) == (1, ["verification.not_in_log"])
    status, said = checked(qr, out, "--receipt", ordered)
    assert (status, said["reasons"]) == (1, ["verification.receipt_of_other_card"])
    qr.write_text(other.qr_text)
    assert checked(qr, out, "--receipt", paper)[1]["reasons"] == ["verification.receipt_of_other_card"]
    paper.write_bytes(paper.read_bytes().replace(b"index ", b"index 1"))
    assert checked(qr, out, "--receipt", paper)[1]["reasons"] == ["openlog.bad_proof"]
    assert checked(qr, out, "--receipt", qr)[1]["reasons"] == ["openlog.bad_receipt"]
    assert checked(qr, house / "nowhere", "--receipt", ordered)[1]["reasons"][0].startswith("openlog.")
