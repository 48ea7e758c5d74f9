"""Keys on file: made once, never overwritten, each in its holder's folder; the anchors outside the database."""

import json
import os
import stat
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from srok.ground.journal import public as journal
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import keyring, public
from srok.trust.credentials import keys as seam
from srok.trust.credentials.terms import Purpose
from srok.trust.credentials.tests import cast

CTX = cast.context("service:keys", "moi.gdi")
FILES = [
    "answers/answer-2025-1.pem", "card/card-2025-1.pem", "offices/mfa/mfa-2025-1.pem", "offices/moi/moi-2025-1.pem",
    "warrants/warrant-2025-1.pem", "receipts/receipt-2025-1.pem", "log/log-2025-1.pem",
]  # fmt: skip
PUBLIC_FILES = ["card/anchors.json", "published.json", "sealing.json"]
KIDS = [f"{purpose}-2025-1" for purpose in Purpose]


def on_disk(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_keys_are_made_once(keys_folder: Path, db: None) -> None:
    made = public.create_keys(CTX)
    assert {key.kid for key in made} == {*KIDS, "parcels-2025-1"}
    before = on_disk(keys_folder)
    assert sorted(before) == sorted([*FILES, *PUBLIC_FILES, "parcels/parcels-2025-1.pem"])
    assert public.create_keys(CTX) == ()
    assert on_disk(keys_folder) == before


def test_making_keys_is_a_fact_without_secrets(keys_folder: Path, db: None) -> None:
    public.create_keys(CTX)
    (fact,) = journal.facts_about("2025")
    assert fact.kind == "credentials.keys_created"
    assert fact.facts["kids"] == [*KIDS, "parcels-2025-1"]


def test_private_keys_are_for_their_holder_only(keys: Path) -> None:
    for name in [*FILES, "parcels/parcels-2025-1.pem"]:
        path = keys / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_that_others_can_read_is_not_used(keys: Path) -> None:
    (keys / FILES[1]).chmod(0o640)
    with pytest.raises(Refusal) as refused:
        seam.sign(Purpose.CARD, "card-2025-1", b"x")
    assert refused.value.code == "credentials.key_open"


def test_the_next_year_adds_keys_and_keeps_the_old_ones(keys: Path) -> None:
    later = replace(CTX, on=date(2026, 1, 2))
    assert {key.kid for key in public.create_keys(later)} >= {"card-2026-1"}
    assert seam.newest(Purpose.CARD) == "card-2026-1"
    kids = [key.kid for key in keyring.published() if key.purpose is Purpose.CARD]
    assert kids == ["card-2025-1", "card-2026-1"]
    assert set(keyring.anchors()["moi"]) == {"moi-2025-1", "moi-2026-1"}


def test_a_missing_key_is_made_again_but_an_office_key_is_not_trusted_twice(keys: Path) -> None:
    """Who can delete files gets a new office key, and with it no signature: the old one stays the trusted
    one.
    """
    (keys / FILES[2]).unlink()
    before = keyring.anchors()
    public.create_keys(CTX)
    assert keyring.anchors() == before
    assert seam.store().public(Purpose.MFA_ORDER, "mfa-2025-1") != before["mfa"]["mfa-2025-1"]


def test_a_key_laid_into_an_office_folder_is_not_trusted(keys: Path) -> None:
    seam.store().prepare(Purpose.MFA_ORDER, "mfa-2025-2")
    seam.store().activate(Purpose.MFA_ORDER, "mfa-2025-2")
    public.create_keys(CTX)
    assert set(keyring.anchors()["mfa"]) == {"mfa-2025-1"}
    tbs = public.card_claims(cast.CARD)
    order = cast.order(tbs)
    both = [public.sign_as_office("mfa", order, cast.chanthou()), public.sign_as_office("moi", order, cast.vuthy())]
    with pytest.raises(Refusal) as refused:
        public.sign_card(order, both, tbs)
    assert refused.value.code == "credentials.unknown_office_key"


def test_the_store_never_overwrites(keys: Path) -> None:
    before = on_disk(keys)
    for purpose in Purpose:
        seam.store().prepare(purpose, seam.newest(purpose))
        with pytest.raises(Refusal) as refused:
            seam.store().activate(purpose, seam.newest(purpose))
        assert refused.value.code == "credentials.key_exists"
    assert on_disk(keys) == before


@pytest.mark.parametrize("kid", ["", "card-2025-9", "../moi/moi-2025-1", "card", "card-2025-1.pem", "/etc/passwd"])
def test_no_key_of_that_name(keys: Path, kid: str) -> None:
    with pytest.raises(Refusal) as refused:
        seam.sign(Purpose.CARD, kid, b"x")
    assert refused.value.code == "credentials.no_key"


def test_a_file_that_is_no_ed25519_key_is_not_used(keys: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    path = keys / "card" / "card-2025-2.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    os.chmod(path, 0o600)
    with pytest.raises(Refusal) as refused:
        seam.sign(Purpose.CARD, "card-2025-2", b"x")
    assert refused.value.code == "credentials.no_key"


def test_before_any_key_nothing_is_signed_or_believed(keys_folder: Path) -> None:
    for act in (lambda: public.sign_answer(b"x"), lambda: seam.newest(Purpose.CARD)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "credentials.no_key"
    assert public.published_keys().jwks == {"keys": []}


def test_answers_are_signed_and_checked(keys: Path) -> None:
    kid, signature = public.sign_answer(b"statement")
    assert public.answer_is_genuine(b"statement", kid, signature)
    assert not public.answer_is_genuine(b"statemenT", kid, signature)
    assert not public.answer_is_genuine(b"statement", "card-2025-1", signature)
    assert not public.answer_is_genuine(b"statement", "answer-2030-1", signature)


def test_both_publications_hold_the_same_keys_and_no_secret(keys: Path) -> None:
    found = public.published_keys()
    rows: Any = found.jwks["keys"]
    cose = {key[2].decode(): key for key in cbor2.loads(found.cose_key_set)}
    assert [row["kid"] for row in rows] == sorted(KIDS)
    for row in rows:
        assert set(row) == {"kty", "crv", "alg", "use", "kid", "x", "purpose"}
        assert cose[row["kid"]] == {1: 1, 2: row["kid"].encode(), 3: -8, -1: 6, -2: urlsafe_b64decode(row["x"] + "=")}
    kid, signature = public.sign_answer(b"statement")
    Ed25519PublicKey.from_public_bytes(cose[kid][-2]).verify(signature, b"statement")


def test_published_files_hold_no_private_part(keys: Path) -> None:
    for name in ("published.json", "card/anchors.json"):
        text = (keys / name).read_text()
        assert all("d" not in row for row in json.loads(text)["keys"])
        for purpose in Purpose:
            raw = (keys / seam.FOLDERS[purpose] / f"{seam.newest(purpose)}.pem").read_bytes()
            assert raw.splitlines()[1][-20:] not in text.encode()


def test_a_stranger_to_the_seam_makes_nothing_genuine(keys: Path) -> None:
    own = Ed25519PrivateKey.generate()
    assert not public.answer_is_genuine(b"statement", "answer-2025-1", own.sign(b"statement"))
