"""A kit sends over a bad line: it goes on at any byte, the centre takes everything once, receipts come back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client, override_settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import public, sending, uploads
from srok.trust.parcels.models import Arrival, OutgoingBytes, Upload
from srok.trust.parcels.terms import Prepared
from srok.trust.parcels.tests import world

CLOCK = (world.START + timedelta(days=1)).isoformat()


@dataclass
class Line:
    """The centre behind a line that breaks at the questions of these numbers, before or after it has heard."""

    home: Path
    breaks: set[int] = field(default_factory=set)
    deaf: bool = True
    asked: list[str] = field(default_factory=list)
    client: Client = field(default_factory=Client)

    def __call__(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(method)
        breaks = len(self.asked) in self.breaks
        if breaks and self.deaf:
            raise ConnectionResetError
        with override_settings(
            SROK_KEYS=self.home / "keys", SROK_HOME=self.home / "centre", SROK_CLOCK_STARTS_AT=CLOCK
        ):
            kind = headers.get("Content-Type", "application/octet-stream")
            given = {name: value for name, value in headers.items() if name != "Content-Type"}
            answer = self.client.generic(method, path, body, content_type=kind, headers=given)
        if breaks:
            raise TimeoutError
        return answer.status_code, answer.content


@pytest.fixture
def made(centre: Path) -> Prepared:
    return world.prepared(references=9)


@pytest.fixture
def kit(made: Prepared, centre: Path) -> Iterator[Path]:
    with world.at_home(made, centre / "kit") as home:
        yield home


def lodge(count: int, size: int = 10, first: int = 1) -> None:
    for number in range(first, first + count):
        ctx = world.ctx("dara", at=world.START + timedelta(minutes=number))
        with transaction.atomic():
            reference = public.next_reference(ctx)
            public.use_reference(reference, ctx)
            public.append("desk.open", reference, {"holder": str(number), "scan": bytes(size)}, ctx=ctx)


def send(line: Line) -> sending.Sent:
    return sending.send(line, ctx=world.ctx("dara", at=world.START + timedelta(days=1)))


def test_everything_leaves_and_its_receipts_come_back(kit: Path, centre: Path) -> None:
    lodge(3, size=700_000)
    sent = send(Line(centre))
    assert (sent.confirmed.receipted, sent.confirmed.pending) == (3, 0)
    assert [report["opened"] for report in sent.reports] == [3]
    assert not OutgoingBytes.objects.exists()
    assert Arrival.objects.filter(state="opened").count() == 3
    assert not list((centre / "centre" / "uploads").iterdir())
    assert not (kit / "kit" / "outgoing.parcel").exists()
    assert send(Line(centre)).bytes == 0


@pytest.mark.parametrize("deaf", [True, False])
@pytest.mark.parametrize("at", range(1, 8))
def test_a_line_that_breaks_anywhere_changes_nothing(kit: Path, centre: Path, at: int, deaf: bool) -> None:
    lodge(2, size=900_000)
    line = Line(centre, {at}, deaf=deaf)
    assert send(line).confirmed.receipted == 2
    assert Arrival.objects.count() == 2


def test_a_line_that_stays_broken_says_so_and_the_next_call_goes_on(kit: Path, centre: Path) -> None:
    lodge(2, size=900_000)
    with pytest.raises(Refusal) as told:
        send(Line(centre, set(range(3, 99))))
    assert told.value.code == "parcels.not_sent"
    (begun,) = Upload.objects.all()
    with override_settings(SROK_HOME=centre / "centre"):
        come = uploads.upload(begun.pk).offset
    assert come == sending.PIECE
    # Meanwhile another act: the file on its way stays the same file, and the rest follows in a second one.
    lodge(1, first=7)
    sent = send(Line(centre))
    assert sent.confirmed.pending == 0 and len(sent.reports) == 2
    assert Upload.objects.count() == 2 and Arrival.objects.count() == 3
    assert sum(row.length for row in Upload.objects.all()) == sent.bytes + come


@pytest.mark.parametrize("url", ["", "ftp://x", "http://srok.example", "srok.example", "https://"])
def test_only_over_an_encrypted_line(url: str) -> None:
    with pytest.raises(Refusal) as told:
        sending.Https(url)
    assert told.value.code == "parcels.https_only"
    sending.Https("https://srok.example/x")
    sending.Https("http://127.0.0.1:8000")


def test_a_line_that_nobody_answers_is_no_fault(kit: Path) -> None:
    lodge(1)
    with pytest.raises(Refusal) as told:
        sending.send(sending.Https("http://127.0.0.1:9"), ctx=world.ctx("dara"))
    assert told.value.code == "parcels.not_sent"


@pytest.fixture
def answers(centre: Path) -> Iterator[Line]:
    yield Line(centre)


def asked(line: Line, by: world.KitInMemory, content: bytes, **changes: object) -> tuple[int, dict[str, object]]:
    digest = sha256(content).hexdigest()
    signature = by.key.sign(uploads.signed_bytes(by.warrant.kit, len(content), digest)).hex()
    said = {"kit": by.warrant.kit, "length": len(content), "sha256": digest, "signature": signature, **changes}
    headers = {"Content-Type": "application/json"}
    status, answer = line("POST", "/api/parcels/uploads", json.dumps(said).encode(), headers)
    return status, json.loads(answer)


def piece(line: Line, upload: object, offset: int, body: bytes) -> tuple[int, dict[str, object]]:
    status, answer = line("PATCH", f"/api/parcels/uploads/{upload}", body, {"Upload-Offset": str(offset)})
    return status, json.loads(answer)


def test_a_stranger_begins_no_upload(answers: Line) -> None:
    kit, other = world.kit(), world.kit()
    content = kit.open_file(0).raw
    stranger = world.KitInMemory(kit.warrant, other.key)
    assert asked(answers, stranger, content)[0] == 403
    assert asked(answers, kit, content, length=len(content) + 1)[0] == 403
    assert asked(answers, kit, content, kit="WAS-2025-9")[0] == 403
    assert asked(answers, kit, content, signature="00" * 64)[0] == 403
    assert asked(answers, kit, content, sha256="x")[0] == 422
    assert not Upload.objects.exists()


def test_pieces_at_the_wrong_place_too_long_or_of_another_file(answers: Line) -> None:
    kit = world.kit()
    content = kit.open_file(0).raw
    _, begun = asked(answers, kit, content)
    assert (begun["offset"], begun["done"]) == (0, False)
    upload = begun["id"]
    assert piece(answers, upload, 5, b"x")[0] == 409
    assert piece(answers, upload, 0, content + b"x")[0] == 413
    assert piece(answers, upload, 0, bytes(uploads.MOST_PIECE + 1))[0] == 413
    assert piece(answers, UUID(int=5), 0, b"x")[0] == 404
    assert answers("GET", f"/api/parcels/uploads/{UUID(int=5)}/receipts", b"", {})[0] == 404
    wrong = bytes([content[0]]) + bytes([content[1] ^ 1]) + content[2:]
    status, answer = piece(answers, upload, 0, wrong)
    assert (status, answer["error"]["code"]) == (422, "parcels.upload_changed")  # type: ignore[index]
    assert not Arrival.objects.exists()
    assert asked(answers, kit, content)[1]["offset"] == 0
    assert piece(answers, upload, 0, content)[1]["done"] is True
    assert piece(answers, upload, 0, content)[1]["done"] is True
    assert Arrival.objects.count() == 1


def test_an_upload_of_too_much_or_too_often_is_refused(answers: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = world.kit()
    monkeypatch.setattr(uploads, "MOST_AN_HOUR", 2)
    for number in range(3):
        status, _ = asked(answers, kit, bytes([number]))
    assert status == 429
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    assert asked(answers, kit, bytes(11))[0] == 413


@pytest.mark.parametrize("size", [1, 7, 1_000, 4_096])
def test_in_pieces_of_any_length(answers: Line, size: int) -> None:
    kit = world.kit()
    content = kit.open_file(0).raw[: 60 * size]
    upload = asked(answers, kit, content)[1]["id"]
    for at in range(0, len(content), size):
        status, answer = piece(answers, upload, at, content[at : at + size])
        assert (status, answer["offset"]) == (200, min(at + size, len(content)))
    assert Upload.objects.get().done_at is not None


def test_a_kit_hears_nothing_of_other_kits(kit: Path, centre: Path, made: Prepared) -> None:
    with override_settings(SROK_KEYS=centre / "keys", SROK_HOME=centre / "centre"):
        other = world.kit()
        world.imported(world.file_of(other.add_page(0, 1), other.open_file(1, holder="1")))
    lodge(1)
    (report,) = send(Line(centre)).reports
    (conflict,) = report["conflicts"]
    assert (conflict["kit"], conflict["with"]) == (made.kit, "")
    assert other.warrant.kit not in json.dumps(report) and other.warrant.references[1] not in json.dumps(report)


def test_a_revoked_kit_may_still_send_and_it_is_kept_apart(kit: Path, centre: Path, made: Prepared) -> None:
    lodge(1)
    public.revoke(made.kit, "stolen", world.ctx())
    sent = send(Line(centre))
    assert sent.reports[0]["quarantined"] == [{"kit": made.kit, "seq": 1, "code": "parcels.kit_revoked"}]
    assert sent.confirmed.receipted == 1
    with pytest.raises(Refusal) as told:
        public.check_capture(world.ctx("dara", at=world.START + timedelta(minutes=30)))
    assert told.value.code == "parcels.revoked_here"
