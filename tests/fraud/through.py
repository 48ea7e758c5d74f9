"""Fraud through the application by two colluding officers: every entry is in order, so what reveals it, and how likely?

Each kind is simulated on synthetic worlds with the outsider's audit where entries are touched, and with stated
assumptions where people must look. They are ours, no measurement; `Assumed` holds them, and the table prints them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from srok_audit import poisson_tail
from tests.fraud.chance import Chance
from tests.fraud.kinds import fresh, late_row
from tests.fraud.synthetic import COMMUNES, POSTED, UNTIL, Row, World


@dataclass(frozen=True)
class Assumed:
    """What people do, for the simulation."""

    own_row: float = 0.20  # of voters who look at their own row, receipt or the list of removals
    poster: float = 0.10  # of stations where somebody compares the printed root with the log
    sample: int = 300  # rows visited by a list-to-people audit
    nation: int = 10_000  # rows of the list that is sampled
    touched: int = 100  # rows of the fraud, where it is one of many rows
    witness: float = 0.10  # of witnesses who collude too (4 witnesses, 3 must sign)
    demanding: float = 0.50  # of checks of a card whose verifier demands that it stands in the log
    shown: int = 5  # times a secret card is shown to a verifier


ASSUMED = Assumed()


@dataclass(frozen=True)
class Through:
    """One kind through the application: what is done, what public evidence says, which other audit helps."""

    name: str
    done: str
    evidence: str
    public: Callable[[Chance], bool] | None
    audit: str
    other: Callable[[Chance], bool] | None
    invisible: str


def somebody(chance: Chance, share: float, n: int) -> bool:
    """Whether at least one of `n` people does what this share of people do."""
    return any(chance.happens(share) for _ in range(n))


def sampled(chance: Chance) -> bool:
    """Whether a sample of rows meets one of the touched rows (drawn without replacement)."""
    left, bad = ASSUMED.nation, ASSUMED.touched
    for _ in range(ASSUMED.sample):
        if chance.below(left) < bad:
            return True
        left -= 1
    return False


def alarms(plant: Callable[[World, Chance], None]) -> Callable[[Chance], bool]:
    """Whether the outsider's audit finds anything in a world so treated."""

    def public(chance: Chance) -> bool:
        made = fresh(chance.below(8))
        plant(made, chance)
        return bool(made.codes())

    return public


def ghost(made: World, chance: Chance) -> None:
    """A ghost is registered at the desk like anybody, among the others of the day."""
    first = next(place for place, one in enumerate(made.register) if one["t"] == "row.add")
    old = made.register[first]
    row = Row(chance.bytes(16).hex(), COMMUNES[0], "", "")
    made.register[first] = {**old, "c": made.commit_row(row), "case": chance.bytes(16).hex()}


def back_dated(made: World, chance: Chance) -> None:
    """A row is added on some day between the end of the window and the final list, with a day of the window."""
    on = date.fromisoformat(UNTIL) + timedelta(days=1 + chance.below(66))
    if on.isoformat() > POSTED:
        late_row(made, UNTIL)
    else:
        ghost(made, chance)


def removal(made: World, chance: Chance) -> None:
    """A removal with a false notice and false evidence: another row than the right one."""
    one = chance.choice([entry for entry in made.register if entry["t"] == "row.remove" and "claim" not in entry])
    one["reason"], one["evid"] = "moved", chance.bytes(32).hex()


def masses(n: int, days: int) -> Callable[[Chance], bool]:
    """Whether the audit tells `n` revocations spread over so many days, against one a day before."""

    def public(chance: Chance) -> bool:
        on = [chance.below(days) for _ in range(n)]
        return any(poisson_tail(on.count(day), 1.0) < 1e-7 for day in range(days))

    return public


def two_histories(chance: Chance) -> bool:
    """Two histories need two quorums of 3 of 4 witnesses: at least two must sign both. Otherwise it comes out."""
    return sum(chance.happens(ASSUMED.witness) for _ in range(4)) < 2


THROUGH = (
    Through("ghost voter", "registered in the window by two officers with a false person", "one more addition",
            alarms(ghost), "list-to-people audit (100 ghosts in 10,000 rows, 300 visited)", sampled,
            "who the person is"),
    Through("silent deletion", "removed with a false reason, evidence and notice",
            "the removal and its reason; the posted list of removals", alarms(removal),
            "10 voters removed: one of them looks at the own row or keeps a receipt",
            lambda chance: somebody(chance, ASSUMED.own_row, 10), "that the evidence is false"),
    Through("double addition", "a person registered again under a second identity", "one more addition",
            alarms(ghost), "duplicate search by an independent party over the rows; people-to-list audit", sampled,
            "that two rows are one person"),
    Through("change outside the window", "entered after the window with a day of the window",
            "an entry older than the posted list behind it: after the posting always, before it never",
            alarms(back_dated), "a watcher who kept yesterday's checkpoint", None, "between window and posting"),
    Through("back-dating", "as above: the day of an entry is what the officer's desk says",
            "as above", alarms(back_dated), "as above", None, "between window and posting"),
    Through("station swap", "voters put into another station before the list is made",
            "nothing: list, root and manifest agree", None, "10 voters moved: one looks at the own row",
            lambda chance: somebody(chance, ASSUMED.own_row, 10), "the reason of an assignment"),
    Through("list unlike the poster", "another list is printed for 5 stations than the log holds",
            "the root printed on the poster, compared with the log at some stations",
            lambda chance: somebody(chance, ASSUMED.poster, 5), "voters missing at the station", None,
            "at stations where nobody compares"),
    Through("secret card", "a card printed around the log", "nothing: there is no entry", None,
            "verifiers that demand inclusion (5 checks)",
            lambda chance: somebody(chance, ASSUMED.demanding, ASSUMED.shown), "a card that is never shown"),
    Through("rewritten history", "both logs signed anew with the log's keys",
            "witnesses and kept checkpoints (3 of 4 witnesses must sign)", two_histories, "any older checkpoint", None,
            "only if two witnesses or more collude and nobody kept a checkpoint"),
    Through("split view", "two histories signed for different people", "as above", two_histories, "as above", None,
            "as above"),
    Through("forged receipt", "a receipt for a row that is not in the log",
            "the receipt does not verify: paths and openings cannot be made up", lambda chance: True, "none needed",
            None, "nothing"),
    Through("removed without notice", "a false day of notice is entered", "nothing: the notice stands there",
            alarms(removal), "10 people asked whether they were told",
            lambda chance: somebody(chance, ASSUMED.own_row, 10), "whether the notice was delivered"),
    Through("batch without approvals", "both approve each other's change set", "size, reason and legal reference",
            lambda chance: False, "list-to-people audit of the rows of the batch", sampled, "that the two collude"),
    Through("two active rows", "a person moved without ending the old row", "one more addition", alarms(ghost),
            "duplicate search over handles (`openlog check` and rule R1 inside)", sampled, "to the outsider"),
    Through("mass suspension before polling, 60 on one day", "60 cards revoked with reasons, on one day",
            "counts a day", masses(60, 1), "holders who look", lambda chance: somebody(chance, ASSUMED.own_row, 60),
            "whether the reasons are true"),
    Through("mass suspension before polling, 60 over 30 days", "the same, two a day", "counts a day",
            masses(60, 30), "holders who look", lambda chance: somebody(chance, ASSUMED.own_row, 60),
            "a slow campaign, to the log alone"),
)  # fmt: skip


def wilson(found: int, n: int) -> tuple[float, float]:
    """The 95 % interval of Wilson for `found` of `n`."""
    z, share = 1.959964, found / n
    middle, spread = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))


def chance_of(look: Callable[[Chance], bool] | None, name: str, trials: int) -> str:
    """How often a look reveals the kind, with its interval, in per cent; `-` where there is nothing to look at."""
    if look is None:
        return "-"
    found = sum(look(Chance("through", name, seed)) for seed in range(trials))
    low, high = wilson(found, trials)
    return f"{100 * found / trials:.1f} % ({100 * low:.1f} to {100 * high:.1f})"
