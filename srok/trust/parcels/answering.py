"""Receipts: what the centre holds of each kit, signed, so that the kit may let go of it."""

from pathlib import Path

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.parcels import bundles, reads, rules
from srok.trust.parcels.files import in_place_of
from srok.trust.parcels.models import Arrival, Kit
from srok.trust.parcels.terms import Bundle, Receipted, Standing


def receipts(out: Path, ctx: Context, kit: str | None = None) -> int:
    """Write the signed bundles of this kit, or of every kit that the office sees; return how many.

    Raises `parcels.unknown_kit_named`, `faces.unwritable_file`, `credentials.no_key`.
    """
    names = [reads.kit_for(kit, ctx).kit] if kit else [one.kit for one in reads.kits(ctx)]
    content = b"".join(bundle_of(name, ctx) for name in names)
    try:
        with in_place_of(out) as opened:
            opened.write(content)
    except OSError as error:
        raise Refusal("faces.unwritable_file", name=out.name) from error
    return len(names)


def bundle_of(name: str, ctx: Context) -> bytes:
    """The signed bundle of one kit, as it stands in a file.

    It lists what is kept and verified, whatever became of it: the kit needs those bytes no more.
    """
    row = Kit.objects.get(pk=name)
    held = Arrival.objects.filter(kit=name).exclude(code__in=rules.UNVERIFIED).order_by("seq", "id")
    bundle = Bundle(
        kit=name, made_at=ctx.at, revoked=row.state == Standing.REVOKED,
        events=tuple(
            Receipted(one.seq, bytes.fromhex(one.digest), one.state, one.subject, one.code) for one in held
        ),
        gaps=tuple((gap.from_, gap.until) for gap in reads.gaps([name])),
    )  # fmt: skip
    data = bundles.to_bytes(bundle)
    warrant = reads.warrant_of(name)
    known = warrant.receipt_keys if warrant else ()
    kid, signature = credentials.sign_receipts(bundles.signed_bytes(data), known)
    return bundles.to_file(data, kid, signature)
