"""Words of the accounts: ministries, offices, roles (មន្ត្រី, ការិយាល័យ, តួនាទី)."""

from dataclasses import dataclass
from enum import StrEnum


class Ministry(StrEnum):
    """Who an office belongs to: the part of its code before the dot."""

    FOREIGN_AFFAIRS = "mfa"  # ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ
    INTERIOR = "moi"  # ក្រសួងមហាផ្ទៃ
    LAND = "mlmupc"  # ក្រសួងរៀបចំដែនដី នគរូបនីយកម្ម និងសំណង់
    ELECTION_COMMITTEE = "nec"  # គណៈកម្មាធិការជាតិរៀបចំការបោះឆ្នោត
    COMMUNE = "commune"  # រដ្ឋបាលឃុំ សង្កាត់


class Role(StrEnum):
    """What an officer may do; a page, an operation and an act declare which of these they need."""

    CONSULAR_OFFICER = "consular_officer"  # មន្ត្រីកុងស៊ុល
    MISSION_HEAD = "mission_head"  # ប្រធានបេសកកម្មកុងស៊ុលចល័ត
    EXAMINER = "examiner"  # មន្ត្រីពិនិត្យ
    IDENTIFICATION_OFFICER = "identification_officer"  # មន្ត្រីអត្តសញ្ញាណកម្ម
    APPROVER = "approver"  # មន្ត្រីអនុម័ត
    ORDER_SIGNER = "order_signer"  # មន្ត្រីចុះហត្ថលេខាលើបញ្ជា
    CARD_OFFICER = "card_officer"  # មន្ត្រីកាត
    COMMUNE_CLERK = "commune_clerk"  # ស្មៀនឃុំ សង្កាត់
    BORDER_OFFICER = "border_officer"  # មន្ត្រីច្រកព្រំដែន
    LAND_OFFICER = "land_officer"  # មន្ត្រីសុរិយោដី
    ROLL_OFFICER = "roll_officer"  # មន្ត្រីបញ្ជីបោះឆ្នោត


# Which ministry may give which role: neither ministry can make itself the other (house rule 6).
MAY_HOLD: dict[Role, frozenset[Ministry]] = {
    Role.CONSULAR_OFFICER: frozenset({Ministry.FOREIGN_AFFAIRS}),
    Role.MISSION_HEAD: frozenset({Ministry.FOREIGN_AFFAIRS}),
    Role.EXAMINER: frozenset({Ministry.FOREIGN_AFFAIRS}),
    Role.IDENTIFICATION_OFFICER: frozenset({Ministry.INTERIOR}),
    Role.APPROVER: frozenset({Ministry.INTERIOR}),
    Role.ORDER_SIGNER: frozenset({Ministry.FOREIGN_AFFAIRS, Ministry.INTERIOR}),
    Role.CARD_OFFICER: frozenset({Ministry.FOREIGN_AFFAIRS, Ministry.INTERIOR}),
    Role.COMMUNE_CLERK: frozenset({Ministry.COMMUNE}),
    Role.BORDER_OFFICER: frozenset({Ministry.INTERIOR}),
    Role.LAND_OFFICER: frozenset({Ministry.LAND}),
    Role.ROLL_OFFICER: frozenset({Ministry.ELECTION_COMMITTEE}),
}


def ministry_of(office_code: str) -> Ministry:
    """The ministry of an office code such as `mfa.was`; raises `ValueError` for an unknown one."""
    return Ministry(office_code.split(".", 1)[0])


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """An office: its code, names, time zone (IANA), and post code where it is a post abroad."""

    code: str
    name_km: str
    name_en: str
    timezone: str
    post: str


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """An officer who has not left: user name, names in both scripts, roles."""

    username: str
    name_km: str
    name_latin: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenOffice:
    """Command: open an office."""

    code: str
    name_km: str
    name_en: str
    timezone: str = "Asia/Phnom_Penh"
    post: str = ""


@dataclass(frozen=True, slots=True)
class AppointOfficer:
    """Command: appoint an officer to an office with roles. `password` empty means no sign-in by password."""

    username: str
    name_km: str
    name_latin: str
    office: str
    roles: tuple[str, ...]
    password: str = ""


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
