"""Sealing at rest: AES-256-GCM under a key derived for one purpose. The key is handed in, never looked up.

A sealed value is `version (1 byte) || nonce (12) || ciphertext and tag`. Sealing with the id of the row as
`aad` ties the value to its row: moved to another row it cannot be opened.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION: Final = b"\x01"
_NONCE: Final = 12
_TAG: Final = 16


def seal(key: bytes, purpose: str, plaintext: bytes, aad: bytes = b"") -> bytes:
    """Encrypt and authenticate `plaintext` for one purpose under a fresh random nonce.

    `key` is the master key (at least 32 bytes; else ValueError); values of two purposes never share a key.
    """
    nonce = secrets.token_bytes(_NONCE)
    return _VERSION + nonce + _cipher(key, purpose).encrypt(nonce, plaintext, aad)


def unseal(key: bytes, purpose: str, sealed: bytes, aad: bytes = b"") -> bytes:
    """Open what `seal` made with the same key, purpose and aad.

    Raises Refusal `kernel.unsealable` when any of them, or a single bit of the sealed value, differs.
    """
    from cryptography.exceptions import InvalidTag

    if len(sealed) < 1 + _NONCE + _TAG or sealed[:1] != _VERSION:
        raise Refusal("kernel.unsealable")
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return _cipher(key, purpose).decrypt(nonce, body, aad)
    except InvalidTag as problem:
        raise Refusal("kernel.unsealable") from problem


def _cipher(key: bytes, purpose: str) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if len(key) < 32:
        raise ValueError("a sealing key has at least 32 bytes")
    info = b"srok/seal/1/" + purpose.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key))
