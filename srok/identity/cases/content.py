"""The fingerprint of an application's whole input: equal where the same words and pictures come again."""

from srok.ground.kernel.canonical import sha256_hex
from srok.identity.cases import bodies, claims, store
from srok.identity.cases.commands import LodgeApplication


def content_of(command: LodgeApplication) -> str:
    """Everything the application says and shows, as a keyed fingerprint; the clerk's own note is no part of it."""
    plain = claims.to_plain(command.claim) | {"note": ""}
    shown = [
        [one.kind.value, one.seen.value, sha256_hex(one.data) if one.data is not None else ""] for one in command.papers
    ]
    reach = [bodies.contact_plain(command.contact)[name] for name in bodies.CONTACT]
    said = [command.lodged_on, plain, reach, sha256_hex(command.portrait), shown]
    return store.fingerprint("cases.content", said)
