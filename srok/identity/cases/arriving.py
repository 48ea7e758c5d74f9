"""An application that arrived in a kit's parcel: it runs `lodge` with the instant it was taken, or becomes a branch."""

from dataclasses import replace

from srok.ground.kernel.ids import read_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import bodies, branching, store
from srok.identity.cases.branch_terms import BranchWhy
from srok.identity.cases.commands import LodgeApplication
from srok.identity.cases.content import content_of
from srok.identity.cases.lodging import lodge
from srok.identity.cases.models import Case
from srok.identity.cases.terms import OPEN
from srok.trust.parcels.terms import Arrived, Outcome


def lodge_arrived(arrived: Arrived) -> Outcome:
    """Lodge what was approved in a kit. Nothing is merged: what cannot stand by itself is kept whole as a branch.

    The same application again is the case that stands already. Raises `cases.unreadable_body`,
    `cases.subject_differs`, `cases.own_capture` (a kit whose program was changed) and what `lodge` refuses: the
    event is kept then, sealed, under that code.
    """
    command = _command(arrived)
    command = replace(command, content=content_of(command))
    reference = read_reference(command.reference)
    standing = Case.objects.filter(reference=reference).first()
    if standing is not None:
        if standing.content == command.content:
            return Outcome.opened(reference)
        return _kept(command, standing.reference, BranchWhy.REFERENCE_TAKEN, arrived)
    same = Case.objects.filter(person_key=store.person_key(command.claim), state__in=sorted(OPEN)).first()
    if same is not None:
        return _kept(command, same.reference, BranchWhy.SAME_PERSON, arrived)
    lodge(command, ctx=arrived.ctx)
    return Outcome.opened(reference)


def _command(arrived: Arrived) -> LodgeApplication:
    """The application of the event, with the hands that the event itself proves."""
    command = bodies.read_body(arrived.body)
    if command.reference != arrived.subject:
        raise Refusal("cases.subject_differs")
    if command.taken is None or not command.taken.captured_by:
        raise Refusal("cases.unreadable_body")
    if command.taken.captured_by == arrived.ctx.actor:
        raise Refusal("cases.own_capture", act="cases.capture_approve")
    taken = replace(command.taken, approved_by=arrived.ctx.actor, kit=arrived.kit, event=arrived.seq)
    return replace(command, taken=taken)


def _kept(command: LodgeApplication, beside: str, why: BranchWhy, arrived: Arrived) -> Outcome:
    branching.keep(command, beside, why, ctx=arrived.ctx)
    return Outcome.conflict(command.reference, beside)
