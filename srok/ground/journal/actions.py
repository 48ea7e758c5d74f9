"""Writes of the journal: `record` inside an act, and nothing else."""

import hmac
import secrets
from datetime import UTC, date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction

from srok.ground.journal.models import Fact, Opening, WaitingLeaf
from srok.ground.journal.rules import sealed_row
from srok.ground.journal.terms import (
    LEAF_TYPES,
    About,
    Facts,
    Leaf,
    LeafPromise,
    day_of_leaf,
    latest_inclusion,
)
from srok.ground.kernel.canonical import commitment
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import seal

SCALARS = (str, int, bool, type(None))
# What the log itself writes into every entry.
OWN_MEMBERS = frozenset({"v", "t", "at", "case", "by", "prev"})


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


def promise(fact_id: UUID, *, posted: date | None = None) -> LeafPromise:
    """What a receipt says of the leaf of this fact; raises `WaitingLeaf.DoesNotExist` where there is none.

    A row of a commune may be held until that period's list is posted: the caller says when that is.
    """
    leaf = WaitingLeaf.objects.select_related("fact").get(pk=fact_id)
    day = day_of_leaf(leaf.fact.on, leaf.fact.at)
    latest = latest_inclusion(LEAF_TYPES[leaf.type].about, day, posted)
    return LeafPromise(leaf.commitment, leaf.type, latest)


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


def _check_leaf(leaf: Leaf) -> None:
    kind = LEAF_TYPES.get(leaf.type)
    if kind is None or leaf.log not in kind.logs:
        raise ValueError(f"{leaf.type}: no type of entry of the log {leaf.log} (journal.terms.LEAF_TYPES)")
    given = set(leaf.public) | ({"c"} if leaf.row is not None else set())
    if not kind.members <= given or "c" in leaf.public or set(leaf.public) & OWN_MEMBERS:
        raise ValueError(f"{leaf.type}: an entry needs {sorted(kind.members)} and nothing of the log's own")


def _keep_leaf(fact: Fact, leaf: Leaf, ctx: Context) -> None:
    _check_leaf(leaf)
    case = secrets.token_hex(16)
    of_people = LEAF_TYPES[leaf.type].about is not About.NOBODY
    entry: dict[str, object] = {
        "v": 1, "t": leaf.type, "at": ctx.on.isoformat() if of_people else _minute(ctx), "case": case,
        "by": [_pseudonym(ctx, case if of_people else "")], **leaf.public,
    }  # fmt: skip
    row = WaitingLeaf(fact=fact, log=leaf.log, type=leaf.type, commitment="", entry=entry, prev=leaf.prev)
    if leaf.row is None:
        row.save(force_insert=True)
        return
    opening = secrets.token_bytes(32)
    digest = commitment(settings.SROK_COMMITMENT_KEY, opening, leaf.label, leaf.version, leaf.row)
    row.commitment = entry["c"] = digest.hex()
    row.save(force_insert=True)
    sealed = seal(settings.SROK_OPENING_KEY, "journal.opening", sealed_row(leaf, opening), aad=fact.id.bytes)
    Opening(leaf=row, sealed=sealed).save(force_insert=True)


def _minute(ctx: Context) -> str:
    """The minute of the act in UTC: entries about stations, lists and elections are about nobody."""
    return (ctx.happened_at or ctx.at).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _pseudonym(ctx: Context, case: str) -> str:
    """A name for an officer that outsiders cannot resolve (transparency.md section 2, `by`).

    About a person it is another one in each entry (`case` goes in), or all the acts of one desk could be picked out
    of a national batch; about nobody it is stable, so that anyone sees whether two people did what two must do.
    """
    text = f"{ctx.office}\0{ctx.actor}\0{case}".encode()
    return hmac.digest(settings.SROK_PSEUDONYM_KEY, b"journal.actor\0" + text, "sha256").hex()[:16]
