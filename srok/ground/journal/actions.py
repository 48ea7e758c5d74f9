"""Writes of the journal: `record` inside an act, and nothing else."""

import hmac
import secrets
from datetime import timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction

from srok.ground.journal.models import Fact, Opening, WaitingLeaf
from srok.ground.journal.rules import sealed_row
from srok.ground.journal.terms import LATEST_INCLUSION_DAYS, Facts, Leaf, LeafPromise
from srok.ground.kernel.canonical import commitment
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import seal

SCALARS = (str, int, bool, type(None))


@cache
def covered_kinds() -> frozenset[str]:
    """Kinds of fact that must carry a leaf: each room lists its own in `terms.COVERED`."""
    kinds: set[str] = set()
    for config in apps.get_app_configs():
        if config.name.startswith("srok.") and find_spec(f"{config.name}.terms"):
            kinds.update(getattr(import_module(f"{config.name}.terms"), "COVERED", ()))
    return frozenset(kinds)


def record(ctx: Context, kind: str, subject: str, facts: Facts, *, leaf: Leaf | None = None) -> UUID:
    """Write one fact (and its public leaf) in the caller's transaction; return the fact's id.

    Raises `Refusal("journal.replayed")` when this command already wrote this fact, `ValueError` when the
    act is on a covered table and brings no leaf, or when a fact holds anything but codes and references.
    """
    if not transaction.get_connection().in_atomic_block:
        raise ValueError(f"{kind}: a fact is written in the transaction of its act")
    _check(kind, facts, leaf)
    fact = Fact(id=new_id(ctx.at), kind=kind, subject=subject, facts=dict(facts), actor=ctx.actor,
                office=ctx.office, at=ctx.at, on=ctx.on, happened_at=ctx.happened_at, trace=ctx.trace)  # fmt: skip
    try:
        with transaction.atomic():
            fact.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("journal.replayed", kind=kind) from error
    if leaf is not None:
        _keep_leaf(fact, leaf, ctx)
    return fact.id


def promise(fact_id: UUID) -> LeafPromise:
    """What a receipt says of the leaf of this fact; raises `WaitingLeaf.DoesNotExist` where there is none."""
    leaf = WaitingLeaf.objects.select_related("fact").get(pk=fact_id)
    return LeafPromise(leaf.commitment, leaf.type, leaf.fact.on + timedelta(days=LATEST_INCLUSION_DAYS))


def destroy_opening(fact_id: UUID) -> bool:
    """Destroy the sealed opening and row of a leaf for ever, in the caller's transaction; False where none is left.

    The leaf and its entry stay: every proof still verifies, and nobody can find the person behind it any more.
    """
    return bool(Opening.objects.filter(pk=fact_id).delete()[0])


def _check(kind: str, facts: Facts, leaf: Leaf | None) -> None:
    for key, value in facts.items():
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, SCALARS) for item in items):
            raise ValueError(f"{kind}: fact {key} must be text, a whole number, a truth value or a list of text")
    if leaf is None and kind in covered_kinds():
        raise ValueError(f"{kind}: an act on a covered table must bring its leaf")


def _keep_leaf(fact: Fact, leaf: Leaf, ctx: Context) -> None:
    opening = secrets.token_bytes(32)
    digest = commitment(settings.SROK_COMMITMENT_KEY, opening, leaf.label, leaf.version, leaf.row)
    entry: dict[str, object] = {
        "v": 1, "t": leaf.type, "at": ctx.on.isoformat(), "case": secrets.token_hex(16),
        "by": [_pseudonym(ctx)], "c": digest.hex(), **leaf.counts,
    }  # fmt: skip
    if leaf.org is not None:
        entry["org"] = leaf.org
    row = WaitingLeaf(fact=fact, log=leaf.log, type=leaf.type, commitment=digest.hex(), entry=entry, prev=leaf.prev)
    row.save(force_insert=True)
    sealed = seal(settings.SROK_OPENING_KEY, "journal.opening", sealed_row(leaf, opening), aad=fact.id.bytes)
    Opening(leaf=row, sealed=sealed).save(force_insert=True)


def _pseudonym(ctx: Context) -> str:
    """A stable name for an officer that outsiders cannot resolve (transparency.md section 2, `by`)."""
    text = f"{ctx.office}\0{ctx.actor}".encode()
    return hmac.digest(settings.SROK_PSEUDONYM_KEY, b"journal.actor\0" + text, "sha256").hex()[:16]
