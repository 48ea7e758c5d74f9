"""Neither ministry alone: every combination of who signs what, and of what is changed afterwards."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from srok.ground.kernel.canonical import canonical_bytes, sha256_hex
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public
from srok.trust.credentials.terms import OfficeSignature
from srok.trust.credentials.tests import cast
from srok.trust.credentials.tests.cast import CARD

TBS = public.card_claims(CARD)
ORDER = cast.order(TBS)


def code(act: Callable[..., object], *args: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args)
    return refused.value.code


def signatures(order: bytes = ORDER) -> list[OfficeSignature]:
    mfa = public.sign_as_office("mfa", order, cast.chanthou())
    moi = public.sign_as_office("moi", order, cast.vuthy())
    return [mfa, moi]


def test_both_ministries_give_a_card_that_reads_back(keys: Path) -> None:
    card = public.sign_card(ORDER, signatures(), TBS)
    assert card.kid == "card-2025-1"
    assert public.read_qr(card.qr_text).number == CARD.number


def test_signing_again_gives_the_same_card(keys: Path) -> None:
    assert public.sign_card(ORDER, signatures(), TBS) == public.sign_card(ORDER, signatures()[::-1], TBS)


def test_every_set_of_signatures_but_one_of_each_ministry_is_refused(keys: Path) -> None:
    mfa, moi = signatures()
    for count in range(5):
        for chosen in itertools.product([mfa, moi], repeat=count):
            if sorted(found.ministry for found in chosen) == ["mfa", "moi"]:
                continue
            assert code(public.sign_card, ORDER, list(chosen), TBS) == "credentials.one_ministry"


def test_one_person_for_both_ministries_is_refused(keys: Path) -> None:
    mfa = public.sign_as_office("mfa", ORDER, cast.chanthou())
    both = replace(cast.vuthy(), actor="chanthou")
    moi = public.sign_as_office("moi", ORDER, both)
    assert code(public.sign_card, ORDER, [mfa, moi], TBS) == "credentials.same_actor"
    # Another name on the same signature does not make two people: the name stands in what was signed.
    assert code(public.sign_card, ORDER, [mfa, replace(moi, actor="vuthy")], TBS) == "credentials.order_signature"


@pytest.mark.parametrize("which", [0, 1])
def test_a_signature_over_other_bytes_is_refused(keys: Path, which: int) -> None:
    found = signatures()
    found[which] = signatures(cast.order(TBS, number="999999999"))[which]
    assert code(public.sign_card, ORDER, found, TBS) == "credentials.order_signature"


def test_changed_card_bytes_are_refused(keys: Path) -> None:
    other = public.card_claims(replace(CARD, sex="M"))
    assert code(public.sign_card, ORDER, signatures(), other) == "credentials.order_changed"


def test_the_bytes_of_another_number_are_refused(keys: Path) -> None:
    other = public.card_claims(replace(CARD, number="987654321"))
    order = cast.order(other, number=CARD.number)
    assert code(public.sign_card, order, signatures(order), other) == "credentials.order_number"


def test_bytes_that_are_no_card_are_refused(keys: Path) -> None:
    order = cast.order(b"anything")
    assert code(public.sign_card, order, signatures(order), b"anything") == "credentials.unreadable"


@pytest.mark.parametrize(
    ("ministry", "ctx", "expected"),
    [
        ("mfa", cast.vuthy(), "credentials.other_ministry"),
        ("moi", cast.chanthou(), "credentials.other_ministry"),
        ("nec", cast.context("sokha", "nec.roll", "order_signer"), "credentials.other_ministry"),
        ("mfa", cast.context("dara", "mfa.was", "consular_officer"), "credentials.not_a_signer"),
        ("moi", cast.context("kunthea", "moi.gdi", "approver"), "credentials.not_a_signer"),
        ("moi", cast.context("rith", "", "order_signer"), "credentials.other_ministry"),
    ],
)
def test_who_may_sign_for_whom(keys: Path, ministry: str, ctx: Context, expected: str) -> None:
    assert code(public.sign_as_office, ministry, ORDER, ctx) == expected


def test_whoever_can_write_every_table_but_lacks_one_office_key_gets_no_card_signed(keys: Path) -> None:
    """No table is read on the way to a signature: with one key, whatever else is handed in, nothing is
    signed.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from srok.trust.credentials import rules

    own = Ed25519PrivateKey.generate()
    mfa, moi = signatures()
    for lacking, held in (("moi", mfa), ("mfa", moi)):
        kids = {mfa.kid, moi.kid, "moi-2025-2", "mfa-2025-2", "card-2025-1"}
        for actor, kid in itertools.product(("vuthy", "chanthou", "rith"), kids):
            forged = own.sign(rules.statement(ORDER, lacking, actor))
            tries = [forged, held.signature, bytes(64), b""]
            for signature in tries:
                other = replace(held, ministry=lacking, actor=actor, kid=kid, signature=signature)
                with pytest.raises(Refusal):
                    public.sign_card(ORDER, [held, other], TBS)


def test_every_changed_byte_of_an_order_is_refused(keys: Path) -> None:
    found = signatures()
    for at in range(len(ORDER)):
        changed = ORDER[:at] + bytes([ORDER[at] ^ 1]) + ORDER[at + 1 :]
        assert code(public.sign_card, changed, found, TBS) == "credentials.order_signature"


@pytest.mark.parametrize(
    "order",
    [
        b"", b"{", b"[]", b"null", b'{"number":"1","tbs_sha256":"x","tbs_sha256":"y"}', ORDER + b" ",
        canonical_bytes({"number": "123456789"}), canonical_bytes({"number": 1, "tbs_sha256": sha256_hex(TBS)}),
        b"[" * 5000,
    ],
)  # fmt: skip
def test_an_order_that_is_not_canonical_is_not_signed(keys: Path, order: bytes) -> None:
    assert code(public.sign_as_office, "mfa", order, cast.chanthou()) == "credentials.order_unreadable"
