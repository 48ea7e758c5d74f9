"""Kinds of fraud, each planted around the application: into the tables alone, or into public files.

A kind says where it is planted and which codes reveal it. Colluding officers inside the application: `through.py`.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

import srok_verify
from srok.ground.journal.terms import FoldedLeaf, LedgerRow, OpenedLeaf
from srok.trust.openlog import checking
from tests.fraud import folder
from tests.fraud.chance import Chance
from tests.fraud.folder import REGISTER, Entry, Log
from tests.fraud.synthetic import COMMUNES, POLLING, POSTED, Row, World, station_root, world

Plant = Callable[[World, Chance], None]
TABLES, FILES, PROOFS = "tables", "files", "proofs"
WANTED = {
    "ghost voter", "silent deletion", "double addition", "change outside the window", "back-dating", "station swap",
    "list unlike the poster", "secret card", "rewritten history", "split view", "forged receipt",
    "removed without notice", "batch without approvals", "two active rows", "mass suspension before polling",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of fraud: its name in words, where it is planted, how, and the codes that reveal it."""

    name: str
    where: str
    plant: Plant
    codes: frozenset[str]


KINDS: list[Kind] = []


def kind(name: str, where: str, *codes: str) -> Callable[[Plant], Plant]:
    """Register a kind."""

    def keep(plant: Plant) -> Plant:
        KINDS.append(Kind(name, where, plant, frozenset(codes)))
        return plant

    return keep


def revealed(one: Kind, made: World) -> set[str]:
    """The codes that the checker of this kind's place finds."""
    if one.where == TABLES:
        return set(compare(made))
    if one.where == PROOFS:
        return set(proofs(made))
    return set(made.codes())


@lru_cache(maxsize=16)
def _kept(seed: object) -> bytes:
    return pickle.dumps(world(seed))


def fresh(seed: object) -> World:
    """A clean world of its own; one that was just made is copied."""
    made: World = pickle.loads(_kept(seed))
    return made


def trial(one: Kind, seed: object) -> bool:
    """Plant a kind in a fresh world; True when one of its codes is found."""
    made = fresh(seed)
    one.plant(made, Chance("plant", one.name, seed))
    return bool(revealed(one, made) & one.codes)


def clean(seed: object) -> Counter[str]:
    """Everything that is found in a clean world: false alarms."""
    made = world(seed)
    found = made.codes()
    found.update(compare(made))
    found.update(proofs(made))
    return found


# --- what `srok openlog check` compares, over the synthetic tables ---------------------------------------------------


def compare(made: World) -> Iterator[str]:
    """The codes of `checking.judge` and its neighbours over the tables and entries of a world."""
    leaves: dict[str, list[FoldedLeaf]] = {}
    for index, entry in enumerate(made.register):
        opening = made.openings.get(str(entry.get("c")))
        if opening is not None:
            row = str(opening[3]["row"])
            leaves.setdefault(row, []).append(folded(index, entry, row, opening))
    rows = [LedgerRow("voter row", row.row, row.content(), row.row) for row in made.tables.values()]
    rows += extra_rows(made)
    for row in rows:
        code = checking.judge(row, leaves.get(row.subject, ()))
        if code:
            yield code
    yield from ("openlog.row_twice" for _ in checking.twice(rows, Counter()))
    yield from ("openlog.leaf_without_row" for row in leaves if row not in {one.subject for one in rows})


def extra_rows(made: World) -> list[LedgerRow]:
    """Rows of the tables that a planted fraud put there beside the others."""
    return list(getattr(made, "planted", []))


def folded(index: int, entry: Entry, row: str, opening: tuple[bytes, str, int, dict[str, object]]) -> FoldedLeaf:
    """An entry as the journal would open it."""
    opened = OpenedLeaf(*opening)
    sound = folder.commit(*opening).hex() == entry["c"]
    on = date.fromisoformat(str(entry["at"]))
    return FoldedLeaf(UUID(int=index), row, "register", str(entry["t"]), on, True, entry, None, opened, sound)


def pick(made: World, chance: Chance) -> Row:
    """An active row of the tables."""
    return chance.choice([row for row in made.tables.values() if row.state == "entered"])


@kind("ghost voter", TABLES, "openlog.row_without_leaf")
def ghost(made: World, chance: Chance) -> None:
    """A row is written into the table by hand."""
    row = Row(chance.bytes(16).hex(), chance.choice(COMMUNES), "", "")
    made.tables[row.row] = row


@kind("silent deletion", TABLES, "openlog.leaf_without_row")
def deleted(made: World, chance: Chance) -> None:
    """A row is deleted from the table by hand."""
    del made.tables[pick(made, chance).row]


@kind("silent removal", TABLES, "openlog.row_differs")
def struck(made: World, chance: Chance) -> None:
    """A row's state is changed by hand."""
    pick(made, chance).state = "removed"


@kind("silent move", TABLES, "openlog.row_differs")
def moved(made: World, chance: Chance) -> None:
    """A row's commune is changed by hand."""
    row = pick(made, chance)
    row.commune = chance.choice([one for one in COMMUNES if one != row.commune])


@kind("double addition", TABLES, "openlog.row_twice", "openlog.row_without_leaf")
def doubled(made: World, chance: Chance) -> None:
    """A row stands twice in the table."""
    row = pick(made, chance)
    made.planted = [LedgerRow("voter row", row.row, row.content(), row.row)]  # type: ignore[attr-defined]


@kind("two active rows", TABLES, "openlog.row_differs")
def revived(made: World, chance: Chance) -> None:
    """A removed row is made active again by hand: its person has two."""
    row = chance.choice([one for one in made.tables.values() if one.state == "removed"])
    row.state = "entered"


@kind("secret card", TABLES, "openlog.row_without_leaf")
def secret_card(made: World, chance: Chance) -> None:
    """A card is written into the table by hand."""
    card = chance.bytes(16).hex()
    made.planted = [LedgerRow("card", card, {"card": card, "state": "issued"}, card)]  # type: ignore[attr-defined]


# --- public files ----------------------------------------------------------------------------------------------------


def entries_of(made: World, name: str, log: str = "register") -> list[int]:
    """The places of a type's entries."""
    entries = made.register if log == "register" else made.election
    return [index for index, entry in enumerate(entries) if entry["t"] == name]


def late_row(made: World, on: str, **more: object) -> Entry:
    """A further addition at the end of the log."""
    row = made.new_row(COMMUNES[0])
    entry = made.entry("row.add", on, commune=row.commune, c=row.made, evid=made.chance.bytes(32).hex(), **more)
    made.put(entry)
    return entry


@kind("change outside the window", FILES, "R3.outside_window")
def outside(made: World, chance: Chance) -> None:
    """A row is added on a day outside the window."""
    late_row(made, (date.fromisoformat("2025-08-01") + timedelta(days=chance.below(30))).isoformat())


@kind("back-dating", FILES, "L9.after_list", "R11.unfounded")
def back_dated(made: World, chance: Chance) -> None:
    """A row added after the posting carries a day of the window."""
    late_row(made, (date.fromisoformat("2025-05-01") + timedelta(days=chance.below(26))).isoformat())


def repost(
    made: World, chance: Chance, change: Callable[[dict[str, list[str]]], None], name: str = "list.final"
) -> None:
    """Post another file for a commune's list: the entry names the new content."""
    import json

    index = chance.choice(entries_of(made, name))
    entry = made.register[index]
    shown = json.loads(made.posted[str(entry["doc"]["sha256"])])  # type: ignore[index]
    change(shown["stations"])
    entry["doc"] = made.post(shown)


@kind("station swap", FILES, "R12.root", "R12.manifest")
def swapped(made: World, chance: Chance) -> None:
    """Two voters are exchanged between the posted stations."""

    def change(stations: dict[str, list[str]]) -> None:
        one, other = sorted(stations)
        first, second = chance.below(len(stations[one])), chance.below(len(stations[other]))
        stations[one][first], stations[other][second] = stations[other][second], stations[one][first]

    repost(made, chance, change)


@kind("list unlike the poster", FILES, "R12.root", "R12.rows")
def unlike(made: World, chance: Chance) -> None:
    """The poster leaves out a voter of the list."""

    def change(stations: dict[str, list[str]]) -> None:
        texts = stations[chance.choice(sorted(stations))]
        texts.pop(chance.below(len(texts)))

    repost(made, chance, change)


@kind("voter only on the poster", FILES, "R12.rows", "R13.sum")
def poster_ghost(made: World, chance: Chance) -> None:
    """Poster, root and count show a voter whom no entry added."""
    index = chance.choice(entries_of(made, "list.final"))
    entry = made.register[index]
    station = entry["stations"][0]  # type: ignore[index]
    shown = dict(made.stations[str(entry["commune"])])
    shown[station["station"]] = sorted([*shown[station["station"]], chance.bytes(32).hex()])
    station["root"], station["rows"] = station_root(shown[station["station"]]), len(shown[station["station"]])
    entry["rows"] = int(str(entry["rows"])) + 1
    entry["doc"] = made.post({"v": 1, "stations": shown})


@kind("manifest with another list", FILES, "R12.manifest")
def manifest(made: World, chance: Chance) -> None:
    """A station's manifest carries another root."""
    made.election[chance.choice(entries_of(made, "manifest.station", "election"))]["root"] = chance.bytes(32).hex()


@kind("removed without notice", FILES, "R4.no_notice")
def unnoticed(made: World, chance: Chance) -> None:
    """A removal's notice is later than the act, or too near the final list."""
    entry = made.register[chance.choice(entries_of(made, "row.remove"))]
    entry["notice"] = chance.choice(("2025-07-30", "2025-08-20"))


@kind("removed without reason", FILES, "R4.no_reason", "L4.field")
def unreasoned(made: World, chance: Chance) -> None:
    """A removal has an empty reason."""
    made.register[chance.choice(entries_of(made, "row.remove"))]["reason"] = ""


def again(made: World, old: Entry, prev: object) -> None:
    """A further removal, by a claim that was allowed."""
    case = next(str(one["claim"]) for one in made.register if "claim" in one)
    shared = {"commune": old["commune"], "prev": prev, "reason": "objection", "notice": "2025-07-01", "claim": case}
    made.put(made.entry("row.remove", "2025-07-20", c=made.chance.bytes(32).hex(), evid="ab" * 32, **shared))


@kind("removed twice", FILES, "R5.removed_before")
def twice_removed(made: World, chance: Chance) -> None:
    """A removal follows a removal."""
    index = chance.choice(entries_of(made, "row.remove"))
    again(made, made.register[index], index)


@kind("removed what never was", FILES, "R5.no_such_row")
def never_was(made: World, chance: Chance) -> None:
    """A removal follows an entry that is no row."""
    index = chance.choice(entries_of(made, "card.ordered"))
    again(made, {"commune": COMMUNES[0]}, index)


@kind("changed silently (two entries follow one)", FILES, "R5.not_last")
def forked_row(made: World, chance: Chance) -> None:
    """Two entries follow the same entry of a row."""
    index = chance.choice(entries_of(made, "row.correct"))
    old = made.register[index]
    again(made, old, old["prev"])


@kind("entered twice in the log", FILES, "R5.twice")
def twice_logged(made: World, chance: Chance) -> None:
    """The same commitment is entered a second time."""
    old = made.register[chance.choice(entries_of(made, "row.add"))]
    made.put(made.entry("row.add", str(old["at"]), commune=old["commune"], c=old["c"]))


@kind("batch without approvals", FILES, "R7.approvals")
def unapproved(made: World, chance: Chance) -> None:
    """A change set has one approval, or the same twice."""
    entry = made.register[chance.choice(entries_of(made, "batch"))]
    entry["approvals"] = entry["approvals"][:1] * (1 + chance.below(2))  # type: ignore[index]


@kind("own batch approved", FILES, "R6.same_hands")
def own_batch(made: World, chance: Chance) -> None:
    """Who made the change set approves it."""
    entry = made.register[chance.choice(entries_of(made, "batch"))]
    entry["approvals"] = [*entry["by"], entry["approvals"][0]]  # type: ignore[index,misc]


@kind("more rows than the batch says", FILES, "R7.count")
def hidden_in_batch(made: World, chance: Chance) -> None:
    """A correction hides in a change set."""
    case = made.register[chance.choice(entries_of(made, "batch"))]["case"]
    free = [index for index in entries_of(made, "row.correct") if "batch" not in made.register[index]]
    made.register[chance.choice(free)]["batch"] = case


@kind("claim never decided", FILES, "R10.undecided")
def undecided(made: World, chance: Chance) -> None:
    """A claim is filed and nothing follows."""
    claim = made.entry("claim.filed", "2025-07-03", commune=COMMUNES[1], c=made.chance.bytes(32).hex())
    place = entries_of(made, "list.final")[0]
    made.register.insert(place, claim)
    shift(made, place)


def shift(made: World, place: int) -> None:
    """Mend `prev` behind an inserted entry."""
    for entry in made.register:
        if isinstance(entry.get("prev"), int) and int(str(entry["prev"])) >= place:
            entry["prev"] = int(str(entry["prev"])) + 1


@kind("changed after the provisional list", FILES, "R11.unfounded", "R3.outside_window")
def after_provisional(made: World, chance: Chance) -> None:
    """The row change that an allowed claim explained names another, rejected one."""
    rejected = next(
        made.register[int(str(one["prev"]))]["case"]
        for one in made.register
        if one["t"] == "objection.decided" and one["allowed"] == 0
    )
    chance.choice([one for one in made.register if "claim" in one and one["t"].startswith("row.")])["claim"] = rejected  # type: ignore[attr-defined]


@kind("hidden voters beyond the cap", FILES, "R14.protected")
def protected(made: World, chance: Chance) -> None:
    """A list declares too many protected rows."""
    entry = made.register[chance.choice(entries_of(made, "list.final"))]
    entry["protected"], entry["posted"] = 5, int(str(entry["rows"])) - 5


@kind("card handed over that was never issued", FILES, "C1.more")
def unissued(made: World, chance: Chance) -> None:
    """A card is handed over before any was issued."""
    first = entries_of(made, "card.issued")[0]
    entry = made.entry("card.handed_over", "2025-05-02", c=chance.bytes(32).hex())
    made.register.insert(first, entry)
    shift(made, first)


@kind("mass suspension before polling", FILES, "M1.mass")
def mass(made: World, chance: Chance) -> None:
    """Many cards are revoked on one day before polling."""
    on = (date.fromisoformat("2025-08-20") + timedelta(days=chance.below(15))).isoformat()
    for _ in range(25 + chance.below(30)):
        made.put(made.entry("card.revoked", on, c=chance.bytes(32).hex()))


@kind("a name in an entry", FILES, "L8.personal")
def name_inside(made: World, chance: Chance) -> None:
    """Personal data in an entry: Khmer, Latin, a number, a telephone, a birth date."""
    entry = made.register[chance.choice(entries_of(made, "batch"))]
    entry["note"] = chance.choice(("សុខ សុភា", "Sok Sophea", "SOK<<SOPHEA", "012345678", "+85512345678", "1985-03-02"))


@kind("time of day of a person", FILES, "L9.time_of_day", "L4.field")
def with_time(made: World, chance: Chance) -> None:
    """A person's entry carries the minute."""
    made.register[chance.choice(entries_of(made, "card.issued"))]["at"] = "2025-05-12T03:04Z"


@kind("unknown entry", FILES, "L4.unknown_type")
def unknown(made: World, chance: Chance) -> None:
    """An entry of a type nobody described."""
    made.put(made.entry("row.adjust", f"{POSTED}T03:00Z"), chance.choice(("register", "election")))


# --- polling day -----------------------------------------------------------------------------------------------------


def form_of(made: World, chance: Chance) -> Entry:
    """A station's form."""
    return made.election[chance.choice(entries_of(made, "form.results", "election"))]


@kind("station announced late", FILES, "P1.late_manifest")
def late_station(made: World, chance: Chance) -> None:
    """A further station appears after the first opening."""
    place = entries_of(made, "station.open", "election")[0] + 1
    old = made.election[entries_of(made, "manifest.station", "election")[0]]
    made.election.insert(place, {**old, "station": "99999901"})


@kind("form of a secret station", FILES, "P1.unknown_station")
def secret_station(made: World, chance: Chance) -> None:
    """A form comes from a station nobody announced."""
    made.put({**form_of(made, chance), "station": "99999901"}, "election")


@kind("opened or closed too early", FILES, "P2.hours")
def early(made: World, chance: Chance) -> None:
    """A station opens before 07:00 or closes before 15:00."""
    name, at = chance.choice((("station.open", f"{POLLING}T23:50Z"), ("station.close", f"{POLLING}T07:30Z")))
    at = "2025-09-06T23:50Z" if name == "station.open" else at
    made.election[chance.choice(entries_of(made, name, "election"))]["at"] = at


@kind("turnout falls", FILES, "P4.fell")
def fallen(made: World, chance: Chance) -> None:
    """A turnout is lowered."""
    index = chance.choice(entries_of(made, "station.close", "election"))
    earlier = [one for one in made.election if one["t"] == "station.turnout"
               and one["station"] == made.election[index]["station"]]  # fmt: skip
    earlier[0]["voted"] = int(str(made.election[index]["voted"])) + 1 + chance.below(20)


@kind("counted before closing", FILES, "P5.before_close")
def counted_early(made: World, chance: Chance) -> None:
    """A form is older than the closing."""
    form_of(made, chance)["at"] = f"{POLLING}T07:{chance.below(60):02d}Z"


@kind("two forms of a station", FILES, "P6.second_form")
def second_form(made: World, chance: Chance) -> None:
    """A second form supersedes nothing."""
    made.put(dict(form_of(made, chance)), "election")


@kind("votes moved in a form", FILES, "P11.total")
def moved_votes(made: World, chance: Chance) -> None:
    """Votes change party in a form that still reconciles; the totals stay."""
    forms = [one for one in made.election if one["t"] == "form.results" and one["counts"]["valid"]]  # type: ignore[index]
    votes = chance.choice(forms)["counts"]["parties"]  # type: ignore[index]
    rich, poor = max(votes, key=votes.get), min(votes, key=votes.get)  # type: ignore[arg-type]
    n = 1 + chance.below(votes[rich])
    votes[rich], votes[poor] = votes[rich] - n, votes[poor] + n


@kind("stuffed ballots in a form", FILES, "P7.sums")
def stuffed(made: World, chance: Chance) -> None:
    """A form has more papers in the box than voters."""
    counts = form_of(made, chance)["counts"]
    more = 1 + chance.below(40)
    for name in ("box", "valid"):
        counts[name] += more  # type: ignore[index]
    counts["parties"]["A"] += more  # type: ignore[index]


@kind("form entered by one person", FILES, "P8.one_person")
def one_person(made: World, chance: Chance) -> None:
    """The same person entered a form twice."""
    entry = form_of(made, chance)
    entry["entered"] = [entry["entered"][0]] * 2  # type: ignore[index]


@kind("form without scan", FILES, "P9.no_scan")
def no_scan(made: World, chance: Chance) -> None:
    """A form has no scan."""
    del form_of(made, chance)["scan"]


@kind("missing form", FILES, "P10.missing")
def missing_form(made: World, chance: Chance) -> None:
    """A station's form never comes."""
    made.election.pop(chance.choice(entries_of(made, "form.results", "election")))


@kind("changed total", FILES, "P11.total")
def changed_total(made: World, chance: Chance) -> None:
    """A published total is another."""
    entry = made.election[chance.choice(entries_of(made, "form.tabulation", "election"))]
    party = chance.choice(sorted(entry["votes"]))  # type: ignore[call-overload]
    entry["votes"][party] += 1 + chance.below(9)  # type: ignore[index]


@kind("a seat moved", FILES, "A1.seats", "A4.tie")
def moved_seat(made: World, chance: Chance) -> None:
    """A seat goes to another party than the votes give."""
    seats: dict[str, int] = made.election[entries_of(made, "allocation", "election")[0]]["seats"]  # type: ignore[assignment]
    rich = max(seats, key=lambda party: seats[party])
    poor = min(seats, key=lambda party: seats[party])
    seats[rich], seats[poor] = seats[rich] - 1, seats[poor] + 1


@kind("the audit's stations chosen by hand", FILES, "A6.draw")
def chosen(made: World, chance: Chance) -> None:
    """Another station is audited than the seed says."""
    entry = made.election[entries_of(made, "audit.draw", "election")[0]]
    names = sorted({str(one["station"]) for one in made.election if one["t"] == "manifest.station"})
    drawn: list[str] = entry["stations"]  # type: ignore[assignment]
    drawn[0] = chance.choice([name for name in names if name != drawn[0]])


@kind("a discrepancy vanishes", FILES, "A7.vanished")
def vanished(made: World, chance: Chance) -> None:
    """A later result of the audit forgets what it had found."""
    made.election[entries_of(made, "audit.result", "election")[-1]]["discrepancies"] = []


# --- checkpoints and receipts ----------------------------------------------------------------------------------------


def proofs(made: World) -> Iterator[str]:
    """An outsider's older checkpoint, a second view and a receipt against the log as it is shown now."""
    shown = Log(REGISTER, [folder.canonical(entry) for entry in made.register])
    kept: tuple[int, bytes] = getattr(made, "kept", None) or (len(shown.entries) // 2, b"")
    before: bytes = kept[1] or folder.root(shown.leaves(kept[0]))
    now = folder.root(shown.leaves())
    path = folder.growth(kept[0], shown.leaves())
    try:
        srok_verify.check_consistency(kept[0], len(shown.entries), (before, now), path)
    except srok_verify.Refused:
        yield "L1.rewritten"
    if getattr(made, "second_view", now) != now:
        yield "L1.split"
    index = next(iter(entries_of(made, "row.add")))
    row = made.openings[str(made.register[index]["c"])]
    extra = {"v": 1, "entry": made.register[index], "label": row[1], "version": row[2], "row": row[3],
             "opening": row[0].hex(), "key": folder.KC.hex()} | getattr(made, "forged", {})  # fmt: skip
    receipt = srok_verify.Receipt(b"c2sp.org/tlog-proof@v1\nindex 0\n\n")
    receipt.extra, receipt.index, receipt.path = extra, index, folder.path_of(index, shown.leaves())
    note = srok_verify.Checkpoint(
        (folder.checkpoint_text(REGISTER, len(shown.entries), now) + "\n— x AAAAAAAA\n").encode()
    )
    try:
        receipt.check(note, None, folder.KC)
    except srok_verify.Refused as refused:
        yield f"R15.{refused.args[0]}"


@kind("rewritten history", PROOFS, "L1.rewritten")
def rewritten(made: World, chance: Chance) -> None:
    """An old entry is changed and everything is signed anew; somebody kept an older checkpoint."""
    old = Log(REGISTER, [folder.canonical(entry) for entry in made.register])
    size = len(old.entries) // 2 + chance.below(len(old.entries) // 2)
    made.kept = (size, folder.root(old.leaves(size)))  # type: ignore[attr-defined]
    made.register[chance.below(size)]["case"] = chance.bytes(16).hex()


@kind("split view", PROOFS, "L1.split")
def split(made: World, chance: Chance) -> None:
    """Two histories of one size are shown to different people, who compare."""
    other = [folder.canonical(entry) for entry in made.register]
    other[chance.below(len(other))] = folder.canonical({"t": "other", "n": chance.below(1000)})
    made.second_view = folder.root(Log(REGISTER, other).leaves())  # type: ignore[attr-defined]


@kind("forged receipt", PROOFS, "R15.opening_differs", "R15.wrong_path")
def forged(made: World, chance: Chance) -> None:
    """A receipt with another row, another opening, or another entry."""
    other = made.new_row(chance.choice(COMMUNES))
    made.forged = chance.choice(  # type: ignore[attr-defined]
        ({"row": other.content()}, {"opening": chance.bytes(32).hex()}, {"entry": {"t": "row.add", "c": other.made}})
    )


def named(name: str) -> Kind:
    """The kind of this name."""
    return next(one for one in KINDS if one.name == name)
