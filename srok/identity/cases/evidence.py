"""What papers prove, by how they were seen (law.md ID-EVID, ID-PAPER-SEEN, ID-FILIATION). Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from srok.ground.law.terms import LawAsOf
from srok.identity.cases.terms import PaperKind, Seen

# A plain copy counts half: two of them, or one and a better paper, make one proof. Rule of the service.
WHOLE = 2
POINTS = {Seen.ORIGINAL: 2, Seen.CERTIFIED_COPY: 2, Seen.ATTESTED: 2, Seen.PLAIN_COPY: 1}


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """One paper as the rules see it: what it is and how it was seen."""

    kind: PaperKind
    seen: Seen


def primary(papers: Iterable[PaperSeen], law: LawAsOf, *, born_in_cambodia: bool) -> PaperKind | None:
    """A paper that proves the claim by itself, seen by an officer in more than a plain copy; else None.

    A birth certificate is one only where it registers a birth in Cambodia: a foreign one proves whose child
    somebody is, not that the parent is Khmer.
    """
    kinds = law.words("evidence.primary")
    for paper in papers:
        if paper.kind in kinds and POINTS[paper.seen] >= WHOLE and paper.kind is not PaperKind.ROYAL_DECREE:
            if paper.kind is PaperKind.BIRTH_CERTIFICATE and not born_in_cambodia:
                continue
            return paper.kind
    return None


def proves_filiation(papers: Collection[PaperSeen], law: LawAsOf) -> bool:
    """True with papers that name parents or siblings worth one proof, or with enough witnesses."""
    kinds = law.words("evidence.filiation")
    points = sum(POINTS[paper.seen] for paper in papers if paper.kind in kinds)
    return points >= WHOLE or witnesses(papers) >= law.number("witness.needed")


def proves_identity(papers: Iterable[PaperSeen], law: LawAsOf) -> bool:
    """True with at least one paper that bears the person's own name."""
    kinds = law.words("evidence.identity")
    return any(paper.kind in kinds for paper in papers)


def witnesses(papers: Iterable[PaperSeen]) -> int:
    """How many statements of witnesses were seen in more than a plain copy."""
    return sum(paper.kind is PaperKind.WITNESS_STATEMENT and POINTS[paper.seen] >= WHOLE for paper in papers)


def has(papers: Iterable[PaperSeen], kind: PaperKind) -> bool:
    """True when this kind was seen in more than a plain copy."""
    return any(paper.kind is kind and POINTS[paper.seen] >= WHOLE for paper in papers)
