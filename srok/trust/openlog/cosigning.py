"""The witnesses of our own logs: asked at each checkpoint, remembered, and missed aloud (L6).

The file `SROK_OPENLOG_POLICY` names them (c2sp.org/tlog-policy; its `log` lines are replaced by our own keys). Without
it there are none, and the published policy says `quorum none`.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.journal.terms import Leaf
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, policy, reads, signing, tiles, tree, witnessing
from srok.trust.openlog.checkpoints import parse_checkpoint
from srok.trust.openlog.folder import fetcher
from srok.trust.openlog.models import Quorum, WitnessStanding
from srok.trust.openlog.notes import Note, SignatureLine
from srok.trust.openlog.policy import NONE, LogLine, Policy
from srok.trust.openlog.signing import Cosign
from srok.trust.openlog.terms import ORIGINS, Log
from srok.trust.openlog.witnessing import Asked, Post, Prove, Round

# L6: so long may a checkpoint be without its quorum before the alarm is logged.
LATE_SECONDS: Final = 300
# While the quorum is missing, the witnesses are asked again this often.
AGAIN_SECONDS: Final = 30


def policy_path() -> Path:
    """Where the policy of this installation lies (`SROK_OPENLOG_POLICY`): beside the folder of the published logs."""
    return Path(settings.SROK_OPENLOG_POLICY)


def own_policy() -> Policy:
    """The policy of this installation, with the keys of our own logs; raises `openlog.bad_policy`."""
    try:
        found = policy.read_policy(policy_path().read_bytes())
    except FileNotFoundError:
        found = Policy(quorum=NONE)
    if any(not name.isprintable() for name in (*found.witnesses, *found.groups)):
        raise Refusal("openlog.bad_policy", line=0, part="utf-8")
    found.logs = [LogLine(key, "") for log in Log for key in reads.verifier_keys(log)]
    return found


def policy_bytes() -> bytes:
    """The policy as it is published beside the logs, for anybody's verifier."""
    return policy.write_policy(own_policy())


def cosigner(ctx: Context, post: Post | None = None) -> Cosign | None:
    """What `publish` asks for cosignatures; None where the policy names no witness. Raises `openlog.bad_policy`."""
    trusted = own_policy()
    if not trusted.witnesses:
        return None

    def cosign(log: Log, note: Note) -> Sequence[SignatureLine]:
        found = _ask(trusted, log, note, post)
        note_round(log, found, ctx, trusted)
        return [one.line for one in found.asked if one.line is not None]

    return cosign


def lacks_quorum(note: Note) -> bool:
    """Whether a checkpoint of ours is without its quorum, for example signed before its witnesses were named."""
    trusted = own_policy()
    try:
        return not trusted.holds(policy.check_signatures(trusted, note).cosigned)
    except Refusal:
        return True


def watch(ctx: Context, post: Post | None = None) -> int:
    """Ask again where a quorum is missing, and log the alarm after five minutes; return how many alarms were logged.

    Called in every round of the background work.
    """
    trusted = own_policy()
    alarms = 0
    for row in Quorum.objects.filter(late_since__isnull=False).order_by("log"):
        log = Log(row.log)
        if not trusted.witnesses:
            Quorum.objects.filter(pk=log).update(late_since=None, alarmed=False)
        elif not _ask_again(trusted, log, ctx, post):
            alarms += _alarm(log, ctx)
    return alarms


@transaction.atomic
def note_round(log: Log, found: Round, ctx: Context, trusted: Policy) -> None:
    """Remember how each witness stands, and whether the quorum is met; its return after an alarm is logged too."""
    size = parse_checkpoint(found.note.text).size
    for one in found.asked:
        _note_witness(log, one, trusted.witnesses[one.name].key.id.hex(), size, ctx)
    row = Quorum.objects.select_for_update().get_or_create(pk=log)[0]
    if not found.met:
        row.late_since = row.late_since or ctx.at
    else:
        if row.alarmed:
            _record(log, "quorum_met", size, len(found.agreed), ctx)
        row.late_since, row.alarmed, row.met_at = None, False, ctx.at
        row.size, row.note = size, found.note.data()
    row.save()


def best_note(log: Log, index: int) -> Note | None:
    """The checkpoint to prove an entry with: the newest with a quorum that holds it, else the newest at all."""
    row = Quorum.objects.filter(pk=log, size__gt=index).first()
    if row is not None:
        return notes.parse(bytes(row.note))
    head = reads.head(log)
    return notes.parse(head.note) if head.note and head.signed_size > index else None


def prover(log: Log, size: int) -> Prove:
    """Consistency proofs to this size, from the published tiles; raises `openlog.torn_tile`."""
    read = tiles.reader(size, fetcher(reads.published_folder(log)))
    return lambda old: tree.consistency_proof(old, size, read)


def _ask(trusted: Policy, log: Log, note: Note, post: Post | None) -> Round:
    rows = WitnessStanding.objects.filter(log=log).values_list("name", "key", "size")
    keys = {shown_name(name): (name, line.key.id.hex()) for name, line in trusted.witnesses.items()}
    sizes = {keys[shown][0]: size for shown, key, size in rows if shown in keys and keys[shown][1] == key}
    return witnessing.ask_all(trusted, note, sizes, prover(log, parse_checkpoint(note.text).size), post)


def _ask_again(trusted: Policy, log: Log, ctx: Context, post: Post | None) -> bool:
    """Ask once more for the newest checkpoint, not more than every half minute; whether the quorum is met now."""
    asked = WitnessStanding.objects.filter(log=log).order_by("-asked_at").values_list("asked_at", flat=True).first()
    head = reads.head(log)
    if not head.note or (asked is not None and timedelta(0) <= ctx.at - asked < timedelta(seconds=AGAIN_SECONDS)):
        return False
    found = _ask(trusted, log, notes.parse(head.note), post)
    note_round(log, found, ctx, trusted)
    if found.agreed:
        _republish(log, found.note)
    return found.met


def _republish(log: Log, note: Note) -> None:
    """Put the checkpoint with its new cosignatures in place, unless another was signed meanwhile."""
    folder = reads.published_folder(log)
    try:
        with folder.alone():
            signing.keep_cosigned(log, note)
            kept = reads.head(log).note
            if kept == note.data():
                folder.put([("checkpoint", kept)])
    except Refusal as refusal:
        if refusal.code != "openlog.busy":
            raise


@transaction.atomic
def _alarm(log: Log, ctx: Context) -> int:
    row = Quorum.objects.select_for_update().get(pk=log)
    late = row.late_since is not None and ctx.at - row.late_since >= timedelta(seconds=LATE_SECONDS)
    if not late or row.alarmed:
        return 0
    row.alarmed = True
    row.save(update_fields=["alarmed"])
    _record(log, "quorum_late", reads.head(log).signed_size, _agreed(log), ctx)
    return 1


def _record(log: Log, what: str, size: int, agreed: int, ctx: Context) -> None:
    """One journal fact, with its entry in the log itself: everybody sees that witnesses were missing, or are back."""
    public: dict[str, str | int] = {"code": f"witness.{what}", "size": size, "cosigned": agreed}
    leaf = Leaf(log=log, type="alarm", label="openlog.alarm", public=public)
    journal.record(ctx, f"openlog.{what}", ORIGINS[log], {"size": size, "cosigned": agreed}, leaf=leaf)


def _agreed(log: Log) -> int:
    return WitnessStanding.objects.filter(log=log, cosigned_size=reads.head(log).signed_size).count()


def _note_witness(log: Log, one: Asked, key: str, size: int, ctx: Context) -> None:
    name = shown_name(one.name)
    row = WitnessStanding.objects.filter(log=log, name=name).first()
    if row is None or row.key != key:
        WitnessStanding.objects.filter(log=log, name=name).delete()
        row = WitnessStanding(log=log, name=name, key=key, since=ctx.at)
    if row.standing != one.standing:
        row.standing, row.since = one.standing, ctx.at
    row.asked_at, row.size = ctx.at, one.size
    if one.line is not None:
        row.cosigned_size, row.cosigned_at = size, ctx.at
    row.save()


def shown_name(name: str) -> str:
    """A witness's name as text: what is no UTF-8 in it is escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")[:255]


def standings(log: Log) -> Iterable[WitnessStanding]:
    """The witnesses of the policy as they stood when last asked."""
    names = {shown_name(name) for name in own_policy().witnesses}
    return [row for row in WitnessStanding.objects.filter(log=log).order_by("name") if row.name in names]
