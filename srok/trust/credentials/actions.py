"""Acts of the credentials: making keys, and the three kinds of signature."""

from collections.abc import Collection, Sequence

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import claims, cose, fitting, keyring, keys, qr, rules, sealing
from srok.trust.credentials.terms import (
    MAX_QR_CHARACTERS,
    ORDER_PURPOSES,
    CardToSign,
    OfficeSignature,
    PublicKey,
    Purpose,
    SealingKey,
    SignedCard,
)


@transaction.atomic
def create_keys(ctx: Context) -> tuple[PublicKey | SealingKey, ...]:
    """Make the keys of the year of `ctx.on` that are missing, publish them and trust the offices' ones.

    Returns the keys it made; again it makes none. A key on file is never overwritten, and an office key that
    was laid into a folder by other means is never trusted by this. A key signs only once it is trusted and
    published: stopped anywhere, the older keys go on signing, and the next call finishes what was begun.
    """
    store, year = keys.store(), str(ctx.on.year)
    with keyring.alone():
        first_time = not any(keyring.anchors().values())
        missing = [purpose for purpose in Purpose if _kid(purpose, ctx) not in store.kids(purpose)]
        made = [_prepared(purpose, _kid(purpose, ctx)) for purpose in missing]
        offices = [*made, *(_on_file() if first_time else [])]
        keyring.trust([key for key in offices if key.purpose in ORDER_PURPOSES.values()])
        keyring.publish([*_on_file(), *made])
        for key in made:
            store.activate(key.purpose, key.kid)
        seal_kid = f"{sealing.FOLDER}-{ctx.on.year:04d}-1"
        sealing_key = sealing.create(seal_kid)
    told = {kid for fact in journal.facts_about(year) for kid in _kids_of(fact)}
    untold = [kid for kid in (*(_kid(purpose, ctx) for purpose in Purpose), seal_kid) if kid not in told]
    if untold:
        journal.record(ctx, "credentials.keys_created", year, {"kids": untold})
    return (*made, sealing_key) if sealing_key else tuple(made)


def _kid(purpose: Purpose, ctx: Context) -> str:
    return f"{purpose}-{ctx.on.year:04d}-1"


def _prepared(purpose: Purpose, kid: str) -> PublicKey:
    """A key that does not sign yet: the one begun earlier where it is the one trusted or published, else a new one."""
    trusted = keyring.anchors().get(str(purpose), {}).get(kid)
    published = keyring.find(purpose, kid)
    known = trusted or (published.raw if published else None)
    return PublicKey(kid, purpose, keys.store().prepare(purpose, kid, known))


def _kids_of(fact: journal.FactRow) -> list[str]:
    kids = fact.facts.get("kids") if fact.kind == "credentials.keys_created" else None
    return kids if isinstance(kids, list) else []


def sign_as_office(ministry: str, data: bytes, ctx: Context) -> OfficeSignature:
    """Sign an order (its canonical bytes) with the key of the officer's own ministry, in the officer's name.

    Raises `credentials.other_ministry`, `credentials.not_a_signer`, `credentials.order_unreadable`,
    `credentials.no_key`.
    """
    rules.check_signer(ministry, ctx)
    rules.read_order(data)
    purpose = ORDER_PURPOSES[ministry]
    kid = keys.newest(purpose)
    signature = keys.sign(purpose, kid, rules.statement(data, ministry, ctx.actor))
    return OfficeSignature(ministry=ministry, kid=kid, signature=signature, actor=ctx.actor)


def card_claims(card: CardToSign) -> bytes:
    """The bytes that the card key will sign, for the caller to store before any signature (house rule 9).

    They fit a QR of version 24 level M: the portrait shrinks, then goes, then the address; the name never.
    Raises `credentials.bad_claims`, `credentials.portrait_not_webp`, `credentials.portrait_too_large`,
    `credentials.too_long`.
    """
    return fitting.fitted(card)


def sign_card(order: bytes, signatures: Sequence[OfficeSignature], tbs: bytes) -> SignedCard:
    """Sign the card of an order that both ministries signed, and of no other (house.md section 2).

    Signing again gives the same text. Raises what `rules.check_order` raises, `credentials.order_number`
    where the bytes are those of another card, and `credentials.too_long`.
    """
    number = rules.check_order(order, signatures, tbs, keyring.anchors())
    kid = keys.newest(Purpose.CARD)
    if claims.read(tbs, kid).number != number:
        raise Refusal("credentials.order_number")
    protected = cose.protected_header(kid)
    signature = keys.sign(Purpose.CARD, kid, cose.signed_bytes(protected, tbs))
    text = qr.pack(cose.envelope(protected, tbs, signature))
    if len(text) > MAX_QR_CHARACTERS:
        raise Refusal("credentials.too_long", field="name")
    return SignedCard(qr_text=text, kid=kid)


def sign_answer(data: bytes) -> tuple[str, bytes]:
    """Sign the statement of an answer's receipt; returns the kid and 64 bytes.

    Raises `credentials.no_key`.
    """
    kid = keys.newest(Purpose.ANSWER)
    return kid, keys.sign(Purpose.ANSWER, kid, data)


def sign_warrant(data: bytes) -> tuple[str, bytes]:
    """Sign the warrant of a kit; returns the kid and 64 bytes. Raises `credentials.no_key`."""
    kid = keys.newest(Purpose.WARRANT)
    return kid, keys.sign(Purpose.WARRANT, kid, data)


def sign_receipts(data: bytes, known: Collection[str] = ()) -> tuple[str, bytes]:
    """Sign what the centre has received from a kit; returns the kid and 64 bytes. Raises `credentials.no_key`.

    With the newest key of those that the kit knows by its warrant (`known`): a kit that left before the new year's key
    was made takes receipts too. Where it knows none of ours, with the newest.
    """
    told = [kid for kid in keys.store().kids(Purpose.RECEIPT) if kid in known]
    kid = told[-1] if told else keys.newest(Purpose.RECEIPT)
    return kid, keys.sign(Purpose.RECEIPT, kid, data)


def _on_file() -> list[PublicKey]:
    store = keys.store()
    return [PublicKey(kid, purpose, store.public(purpose, kid)) for purpose in Purpose for kid in store.kids(purpose)]
