"""Openings destroyed: after it, nobody can find the person behind an entry any more, and every proof still verifies.

Two officers, never one: who asks for it does not carry it out (house rule 6). The sealed row goes with its opening. In
backups both lie sealed under the key of the openings until the backup's own end (docs/operators/running.md).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from srok.ground.accounts.terms import Role
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.models import OpeningOrder

ASKERS: Final = frozenset({Role.IDENTIFICATION_OFFICER, Role.CARD_OFFICER})
DESTROYERS: Final = frozenset({Role.APPROVER})


class DestroyReason(StrEnum):
    """Why an opening is destroyed; there is no other reason."""

    RETENTION_OVER = "retention_over"  # ផុតរយៈពេលរក្សាទុក
    COURT_ORDER = "court_order"  # ដីកាតុលាការ
    WITHDRAWN = "withdrawn"  # សាមីខ្លួនបានដកពាក្យសុំមុនប្រគល់ប័ណ្ណ
    BY_MISTAKE = "by_mistake"  # បញ្ចូលដោយច្រឡំ


@dataclass(frozen=True, slots=True)
class AskDestruction:
    """Command: have the opening of this leaf destroyed, named by its fact or its commitment."""

    reference: str
    reason: DestroyReason


@dataclass(frozen=True, slots=True)
class DestroyOpening:
    """Command: destroy the opening that another officer asked to have destroyed."""

    reference: str


@transaction.atomic
def ask_destruction(command: AskDestruction, *, ctx: Context) -> UUID:
    """Ask that an opening be destroyed; returns the leaf's fact.

    Raises `openlog.not_your_duty`, `openlog.unknown_leaf`, `openlog.opening_gone`, `openlog.asked_already`.
    """
    if not ctx.roles & ASKERS:
        raise Refusal("openlog.not_your_duty")
    leaf = _leaf(command.reference)
    if not leaf.has_opening:
        raise Refusal("openlog.opening_gone")
    row = OpeningOrder(fact=leaf.fact, reason=command.reason, asked_by=ctx.actor, asked_at=ctx.at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("openlog.asked_already") from error
    journal.record(ctx, "openlog.opening_destruction_asked", str(leaf.fact), {"reason": command.reason.value})
    return leaf.fact


@transaction.atomic
def destroy_opening(command: DestroyOpening, *, ctx: Context) -> UUID:
    """Destroy an opening with its sealed row, for ever; returns the leaf's fact.

    Raises `openlog.not_your_duty`, `openlog.unknown_leaf`, `openlog.not_asked`, `openlog.same_hands`,
    `openlog.opening_gone`.
    """
    if not ctx.roles & DESTROYERS:
        raise Refusal("openlog.not_your_duty")
    leaf = _leaf(command.reference)
    order = OpeningOrder.objects.select_for_update().filter(pk=leaf.fact).first()
    if order is None:
        raise Refusal("openlog.not_asked")
    if order.asked_by == ctx.actor:
        raise Refusal("openlog.same_hands")
    if not journal.destroy_opening(leaf.fact):
        raise Refusal("openlog.opening_gone")
    OpeningOrder.objects.filter(pk=leaf.fact).update(destroyed_by=ctx.actor, destroyed_at=ctx.at)
    journal.record(ctx, "openlog.opening_destroyed", str(leaf.fact), {"reason": order.reason})
    return leaf.fact


def _leaf(reference: str) -> journal.LeafFacts:
    """One leaf, and no doubt which: a subject with several is not named well enough."""
    found = [leaf for leaf in journal.leaves_named(reference.strip()) if leaf.commitment]
    if len(found) != 1:
        raise Refusal("openlog.unknown_leaf")
    return found[0]
