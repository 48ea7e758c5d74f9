"""Papers against a published folder: kept and broken promises, forks, and folders that were changed."""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from srok.ground.accounts.terms import Role
from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import desk, judging, public
from srok.trust.openlog.desk import Given, GiveReceipt
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.models import HeldLeaf
from srok.trust.openlog.tests import acts


def given(fact: UUID) -> Given:
    ctx = acts.context(acts.later(3))
    clerk = replace(ctx, roles=frozenset({Role.COMMUNE_CLERK}), trace=new_id(ctx.at))
    return desk.give_receipt(GiveReceipt(str(fact)), ctx=clerk)


def batch(day: int = 0, count: int = 20) -> list[UUID]:
    return acts.rows(count, acts.later(day))


def published(home: Path, day: int) -> Path:
    """Everything that is due on a day, sequenced and published into the home's folder."""
    journal.drain()
    ctx = acts.context(acts.later(day))
    public.sequence(ctx)
    public.publish_all(Folder(home / "openlog"), ctx)
    return home / "openlog"


def test_a_receipt_and_its_slip_hold_in_the_folder_and_after_it_grew(home: Path):
    facts = batch()
    folder = published(home, 1)
    paper = given(facts[4])
    batch(1, 40)
    grown = published(home, 2)
    for data in (paper.data, paper.qr_text.encode(), b"\n" + paper.qr_text.encode() + b"\r\n"):
        found = judging.judge(grown, data)
        assert (found.valid, found.index, found.opened) == (True, paper.index, paper.opened)
        assert found.entry["c"] == paper.commitment and found.origin == "srok.example/register"
    assert judging.judge(folder / "register", paper.data).valid, "one log's folder does as well"


def test_a_promise_is_kept_open_or_broken(home: Path):
    batch()
    [late] = acts.rows(1, acts.later(2), commune="010101")
    folder = published(home, 1)
    paper = given(late)
    assert paper.promise is not None
    for data in (paper.data, paper.qr_text.encode()):
        found = judging.judge(folder, data)
        assert (found.state, found.valid, found.index) == ("open", True, None)
    days = (paper.promise.latest - acts.DAY).days
    # The sequencer keeps its promises by itself; here somebody took the leaf out of its waiting room.
    taken_away = HeldLeaf.objects.get(fact=late)
    HeldLeaf.objects.filter(fact=late).delete()
    batch(days + 2)
    broken = judging.judge(published(home, days + 3), paper.data)
    assert (broken.state, broken.valid) == ("broken", False)
    taken_away.save(force_insert=True)
    kept = judging.judge(published(home, days + 4), paper.data)
    assert kept.state == "kept" and kept.valid and kept.index is not None


def test_a_receipt_of_a_fork_is_evidence(home: Path):
    """Another history under the same key: what a split view would show to one holder."""
    import srok.trust.openlog.tests.logs as logs
    from srok.trust.credentials import public as credentials
    from srok.trust.openlog import entries, receipts
    from srok.trust.openlog.proofs import Proof

    facts = batch()
    folder = published(home, 1)
    honest = receipts.read_receipt(given(facts[0]).data)
    fork = logs.TinyLog(leaves=20)
    fork.entries[3] = entries.write_entry(honest.entry)
    keys = credentials.log_keys("register")
    assert keys is not None
    text = fork.checkpoint().text()
    key = public.verifier_keys(public.Log.REGISTER)[0]
    from srok.trust.openlog import notes

    note = notes.Note(text, (notes.sign(key, text, keys.sign_ed25519),))
    forged = Proof(3, tuple(fork.path(3)), note, honest.proof.extra).data()
    with pytest.raises(Refusal, match=r"openlog\.other_history"):
        judging.judge(folder, forged)


def test_a_slip_with_another_row_index_or_log_is_refused(home: Path):
    facts = batch()
    folder = published(home, 1)
    text = given(facts[4]).qr_text
    other = given(facts[5])
    for changed, code in (
        (text.replace('"n":1', '"n":2'), "opening_differs"),
        (text.replace('"i":', '"i":9'), "not_in_this_log"),
        (text.replace('"k":"register"', '"k":"nothing"'), "no_log"),
        (text.replace('"v":1', '"v":2'), "bad_receipt"),
        ("{}", "bad_receipt"), ("[]", "bad_receipt"), ("hello", "bad_receipt"), ("{" * 900, "bad_receipt"),
        (other.qr_text.replace(f'"i":{other.index}', f'"i":{(other.index + 1) % 20}'), "opening_differs"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=rf"openlog\.{code}"):
            judging.judge(folder, changed.encode())


def test_a_changed_folder_is_told(home: Path, tmp_path: Path):
    facts = batch(0, 300)
    folder = published(home, 1)
    paper = given(facts[4])
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    for path in copy.glob("register/tile/0/*.p/*"):
        path.write_bytes(bytes(32) + path.read_bytes()[32:])
    with pytest.raises(Refusal, match=r"openlog\.(other_history|bad_proof)"):
        judging.judge(copy, paper.data)
    shutil.rmtree(copy / "register" / "tile")
    with pytest.raises(Refusal, match=r"openlog\.torn_tile"):
        judging.judge(copy, paper.data)
    (copy / "register" / "checkpoint").unlink()
    with pytest.raises(Refusal, match=r"openlog\.(no_log|not_signed)"):
        judging.judge(copy, paper.data)
    with pytest.raises(Refusal, match=r"openlog\.no_log"):
        judging.judge(tmp_path / "nowhere", paper.data)
