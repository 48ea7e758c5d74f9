"""A post with its officers, the centre's keys, kits that live in memory, and one that lives in a folder."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.test.utils import override_settings

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice, Role
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.trust.credentials import public as credentials
from srok.trust.parcels import envelope, public
from srok.trust.parcels.terms import Content, Event, Prepared, PrepareKit, Warrant, WarrantOfficer

START = datetime(2025, 3, 8, 1, 0, tzinfo=UTC)
ON = START.date()
DESK = "srok.trust.parcels.tests.desk.apps.Desk"
CONSULAR, HEAD = str(Role.CONSULAR_OFFICER), str(Role.MISSION_HEAD)
DARA = WarrantOfficer("dara", "ដារ៉ា", "DARA", (CONSULAR,))
SREYMOM = WarrantOfficer("sreymom", "ស្រីមុំ", "SREYMOM", (CONSULAR, HEAD))


def ctx(
    actor: str = "sreymom", *, at: datetime = START, office: str = "mfa.was", roles: tuple[str, ...] = ()
) -> Context:
    """An act at the centre or in the kit, by one of the few."""
    held = {"sreymom": SREYMOM.roles, "dara": DARA.roles, "chanthou": (str(Role.EXAMINER),)}
    return Context(actor, office, frozenset(roles or held.get(actor, ())), at, at.date(), new_id(at))


def chanthou(at: datetime = START) -> Context:
    return ctx("chanthou", at=at, office="mfa.consular")


def service(at: datetime = START) -> Context:
    return accounts.service_context("parcels", "mfa.consular", at=at, trace=new_id(at))


def settle() -> None:
    """The centre's keys, the post and its officers."""
    credentials.create_keys(service(START - timedelta(days=30)))
    for code, post, zone in (("mfa.was", "WAS", "America/New_York"), ("mfa.consular", "", "Asia/Phnom_Penh")):
        accounts.open_office(OpenOffice(code, "ការិយាល័យ", code, timezone=zone, post=post), ctx=service())
    for one, office in ((DARA, "mfa.was"), (SREYMOM, "mfa.was")):
        command = AppointOfficer(one.username, one.name_km, one.name_latin, office, one.roles)
        accounts.appoint(command, ctx=service())


def prepared(references: int = 5, *, days: int = 2, contact_days: int = 14) -> Prepared:
    """A kit of Washington, prepared for the days from START on."""
    command = PrepareKit("WAS", ON, ON + timedelta(days=days), (DARA, SREYMOM), references, contact_days)
    return public.prepare(command, ctx())


@dataclass
class KitInMemory:
    """A kit as the centre sees it: it seals, signs, numbers and chains, and keeps nothing else."""

    warrant: Warrant
    key: Ed25519PrivateKey
    events: list[Event] = field(default_factory=list)
    at: datetime = START

    @classmethod
    def of(cls, made: Prepared) -> "KitInMemory":
        key = load_pem_private_key(made.private_key, None)
        assert isinstance(key, Ed25519PrivateKey)
        return cls(made.warrant, key)

    def copy(self) -> "KitInMemory":
        """The same kit restored from an earlier copy: it will write other events under the same numbers."""
        return replace(self, events=list(self.events))

    def act(self, kind: str, subject: str, body: Mapping[str, Any] | None = None, **changes: Any) -> Event:
        """Write one event; `changes` are fields of its content."""
        previous = self.at
        self.at += timedelta(minutes=1)
        last = self.events[-1] if self.events else None
        header = envelope.next_header(last, self.warrant.kit, self.warrant.seal_kid)
        given: dict[str, Any] = {
            "kind": kind, "id": new_id(self.at), "actor": "dara", "happened_at": self.at, "on": ON,
            "subject": subject, "body": body or {}, "previous_at": previous if last else None,
            "contact_at": self.warrant.prepared_at,
        }  # fmt: skip
        event = envelope.seal(header, Content(**{**given, **changes}), self.warrant.seal_key, self.key.sign)
        self.events.append(event)
        return event

    def open_file(self, number: int = 0, holder: str = "", **changes: Any) -> Event:
        reference = self.warrant.references[number]
        return self.act("desk.open", reference, {"holder": holder or f"{self.warrant.kit}:{number}"}, **changes)

    def add_page(self, number: int, page: int) -> Event:
        return self.act("desk.add", self.warrant.references[number], {"page": page})


def kit(**given: Any) -> KitInMemory:
    return KitInMemory.of(prepared(**given))


def file_of(*events: Event) -> bytes:
    return b"".join(event.raw for event in events)


def imported(*content: bytes, at: datetime = START + timedelta(days=1)) -> public.ImportReport:
    """Import these files at the centre, a day after the mission began."""
    return public.import_files(list(content), ctx=service(at))


def told(report: public.ImportReport) -> dict[str, Any]:
    """The report in its stable form, without what is empty."""
    return {name: value for name, value in report.json().items() if value}


@contextmanager
def at_home(made: Prepared, home: Path) -> Iterator[Path]:
    """This program in the kit's folder: what `prepare` handed out, and nothing else."""
    for name, data in made.files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(data)
    with override_settings(SROK_HOME=home, SROK_KEYS=home / "keys"):
        yield home


def command_id(number: int) -> UUID:
    return UUID(int=number)
