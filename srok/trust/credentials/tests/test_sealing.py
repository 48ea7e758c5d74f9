"""The centre's sealing key: everybody seals to it, nobody but the centre opens; old keys still open."""

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public
from srok.trust.credentials.tests import cast

SECRET, INFO = b"Sophea, her papers and her portrait", b"srok.parcel/v1\0header"
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def sealed(key: public.SealingKey) -> bytes:
    """As a stranger with the published bytes seals: first ML-KEM-768, then X25519."""
    kem, dh = (
        MLKEM768PublicKey.from_public_bytes(key.public[:1184]),
        X25519PublicKey.from_public_bytes(key.public[1184:]),
    )
    return SUITE.encrypt(SECRET, hpke.MLKEM768X25519PublicKey(kem, dh), INFO)


def refused(kid: str, data: bytes, info: bytes = INFO) -> str:
    with pytest.raises(Refusal) as told:
        public.open_sealed(kid, data, info)
    return told.value.code


def test_what_a_stranger_seals_the_centre_opens(keys: Path) -> None:
    key = public.sealing_key()
    assert key.kid == "parcels-2025-1" and len(key.public) == 1_216
    assert public.open_sealed(key.kid, sealed(key), INFO) == SECRET


def test_one_bit_or_another_info_opens_nothing(keys: Path) -> None:
    key, data = public.sealing_key(), sealed(public.sealing_key())
    assert refused(key.kid, data, INFO + b"x") == "credentials.unopenable"
    for at in range(0, len(data), 37):
        assert refused(key.kid, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]) == "credentials.unopenable"
    for cut in (0, 1, 1_119, 1_120, 1_136, len(data) - 1):
        assert refused(key.kid, data[:cut]) == "credentials.unopenable"


def test_an_old_key_still_opens_and_the_new_one_is_sealed_to(keys: Path) -> None:
    old = public.sealing_key()
    data = sealed(old)
    public.create_keys(replace(cast.context("service:keys", "moi.gdi"), on=date(2026, 1, 2)))
    assert public.sealing_key().kid == "parcels-2026-1"
    assert [key.kid for key in public.sealing_keys()] == ["parcels-2025-1", "parcels-2026-1"]
    assert public.open_sealed(old.kid, data, INFO) == SECRET
    assert refused("parcels-2026-1", data) == "credentials.unopenable"


@pytest.mark.parametrize("kid", ["", "parcels-2031-1", "../card/card-2025-1", "card-2025-1"])
def test_no_key_of_that_name(keys: Path, kid: str) -> None:
    assert refused(kid, b"x") == "credentials.no_key"


def test_the_private_pair_is_its_holders_and_a_key_others_can_read_is_not_used(keys: Path) -> None:
    path = keys / "parcels" / "parcels-2025-1.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    data = sealed(public.sealing_key())
    path.chmod(0o640)
    assert refused("parcels-2025-1", data) == "credentials.key_open"


def test_before_any_key_nothing_is_sealed(keys_folder: Path) -> None:
    with pytest.raises(Refusal) as told:
        public.sealing_key()
    assert told.value.code == "credentials.no_key"


def test_warrants_and_receipts_are_signed_by_keys_of_their_own(keys: Path) -> None:
    kid, signature = public.sign_warrant(b"warrant")
    assert kid == "warrant-2025-1" and public.warrant_is_genuine(b"warrant", kid, signature)
    assert not public.warrant_is_genuine(b"warranT", kid, signature)
    kid, signature = public.sign_receipts(b"warrant")
    assert kid == "receipt-2025-1" and set(public.receipt_keys()) == {kid}
    assert not public.warrant_is_genuine(b"warrant", kid, signature)
    public.create_keys(replace(cast.context("service:keys", "moi.gdi"), on=date(2026, 1, 2)))
    assert public.sign_receipts(b"x")[0] == public.sign_receipts(b"x", {"other-1"})[0] == "receipt-2026-1"
    assert public.sign_receipts(b"x", {"receipt-2025-1"})[0] == "receipt-2025-1"
