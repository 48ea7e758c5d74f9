"""Words of the credentials: purposes of keys, signatures, what the QR of a card says (លិខិតបញ្ជាក់អត្តសញ្ញាណ)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName


class Purpose(StrEnum):
    """What a key may sign; one key never serves two purposes (design/cards.md section 5)."""

    MFA_ORDER = "mfa"  # បញ្ជារបស់ក្រសួងការបរទេស
    MOI_ORDER = "moi"  # បញ្ជារបស់ក្រសួងមហាផ្ទៃ
    CARD = "card"  # QR លើអត្តសញ្ញាណប័ណ្ណ
    ANSWER = "answer"  # បង្កាន់ដៃចម្លើយ
    WARRANT = "warrant"  # លិខិតបេសកកម្មរបស់ឧបករណ៍ចល័ត
    RECEIPT = "receipt"  # បង្កាន់ដៃទទួលកញ្ចប់
    LOG = "log"  # កំណត់ហេតុសាធារណៈ


# The two ministries that must both sign an order, by the key each of them holds (house rule 6).
ORDER_PURPOSES: Final = {"mfa": Purpose.MFA_ORDER, "moi": Purpose.MOI_ORDER}

# Members of an order that bind it to one card: its number, and the SHA-256 (hex) of the bytes the card key
# will sign.
ORDER_NUMBER: Final = "number"
ORDER_DIGEST: Final = "tbs_sha256"
# Who approved the case: stands inside the signed order, so that no table can name somebody else.
ORDER_APPROVER: Final = "approved_by"

# The issuer is a URI (Claim 169, 1.2.2 section 3.2); `.example` until the ministries name their own domain.
ISSUER: Final = "https://srok.example"
STATUS_LIST: Final = f"{ISSUER}/s/1"
COUNTRY: Final = "KHM"

# Version 24 at level M holds 1,326 alphanumeric characters (ISO/IEC 18004 table 7): the most a card has room
# for.
MAX_QR_CHARACTERS: Final = 1_326
MAX_PORTRAIT_BYTES: Final = 500
MAX_STATUS_INDEX: Final = 2**31 - 1

# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CardToSign:
    """What the QR of a card will say.

    `address` is short (a commune or a province), `portrait` is WebP or None.
    """

    number: str
    generation: str
    name: PersonName
    birth: PartialDate
    sex: str
    address: str
    issued: date
    expires: date
    status_index: int
    portrait: bytes | None = None


@dataclass(frozen=True, slots=True)
class SignedClaims:
    """What a genuine QR says.

    `expires` is the last valid day; `portrait` is WebP, or None where none had room.
    """

    number: str
    generation: str
    name_km: str
    name_latin: str
    birth: PartialDate
    sex: str
    address: str
    nationality: str
    issued: date
    expires: date
    status_index: int
    portrait: bytes | None
    kid: str


@dataclass(frozen=True, slots=True)
class OfficeSignature:
    """One ministry's signature over an order, by one officer."""

    ministry: str
    kid: str
    signature: bytes
    actor: str


@dataclass(frozen=True, slots=True)
class SignedCard:
    """The QR text of a card, and the key that signed it."""

    qr_text: str
    kid: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A published Ed25519 key: 32 raw bytes.

    Published keys stay published until their last document expires.
    """

    kid: str
    purpose: Purpose
    raw: bytes


# What parcels are sealed with, as it stands in each of them (RFC 9180; ML-KEM-768: FIPS 203).
SEALING_SUITE: Final = "mlkem768-x25519/hkdf-sha256/aes-256-gcm"


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A published key to seal to: ML-KEM-768 (1,184 bytes), then X25519 (32 bytes)."""

    kid: str
    public: bytes


@dataclass(frozen=True, slots=True)
class PublishedKeys:
    """Both publications of the same keys: RFC 7517 (JWKS) and RFC 9052 section 7 (COSE_KeySet, CBOR)."""

    jwks: dict[str, object]
    cose_key_set: bytes
