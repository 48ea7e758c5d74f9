"""A whole synthetic roll year and polling day as entries, posted files and tables, seeded by hash. No real person.

One nation of three communes. 2025: window 1 to 26 May, provisional list 28 June, final list 31 July; a polling day on
7 September, so that one world has both.
"""

import hashlib
import pickle
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

import srok_audit
import srok_verify
from tests.fraud.chance import Chance
from tests.fraud.folder import Entry, canonical, commit

COMMUNES = ("010203", "021401", "021402")
FROM, UNTIL, POSTED, FINAL, POLLING = "2025-05-01", "2025-05-26", "2025-06-28", "2025-07-31", "2025-09-07"
PARTIES = ("A", "B", "C", "D")


READ: list = []
"""The register that was audited last, and its audit."""


def nothing(sha256: str) -> None:
    """No posted file."""


class Remembering(srok_audit.Audit):
    """An audit that does not read a sound entry anew in each of a thousand worlds."""

    known: ClassVar[dict[tuple[str, bytes], dict]] = {}

    def parse(self, log: str, index: int, raw: bytes) -> dict | None:
        """As in the audit; an entry that raised nothing is remembered by its bytes."""
        found = self.known.get((log, raw))
        if found is None:
            before = len(self.findings)
            found = super().parse(log, index, raw)
            if found is not None and len(self.findings) == before:
                if len(self.known) > 20_000:
                    self.known.clear()
                self.known[log, raw] = found
        return found


@dataclass
class Row:
    """A voter row as the tables hold it."""

    row: str
    commune: str
    made: str
    entry: str
    version: int = 1
    state: str = "entered"

    def content(self) -> dict[str, object]:
        """What the commitment is made over."""
        return {"row": self.row, "commune": self.commune, "state": self.state, "version": self.version}


@dataclass
class World:
    """Both logs as entries, what is posted, what the tables say, and the openings."""

    seed: object
    chance: Chance
    register: list[Entry] = field(default_factory=list)
    election: list[Entry] = field(default_factory=list)
    posted: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, Row] = field(default_factory=dict)
    openings: dict[str, tuple[bytes, str, int, dict[str, object]]] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, int] = field(default_factory=dict)
    stations: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    waiting: list[tuple[str, list[tuple[str, Entry]]]] = field(default_factory=list)

    def officer(self, n: int) -> str:
        """The pseudonym of an officer."""
        return hashlib.sha256(f"officer {n}".encode()).hexdigest()[:16]

    def entry(self, kind: str, at: str, **more: object) -> Entry:
        """An entry with the members that all share."""
        by = [self.officer(self.chance.below(6))]
        return {"v": 1, "t": kind, "at": at, "case": self.chance.bytes(16).hex(), "by": by, **more}

    def put(self, entry: Entry, log: str = "register") -> int:
        """Append to a log; the index."""
        entries = self.register if log == "register" else self.election
        entries.append(entry)
        return len(entries) - 1

    def post(self, value: object) -> dict[str, object]:
        """Post a file by its content; how an entry names it."""
        raw = value if isinstance(value, bytes) else canonical(value)
        sha256 = hashlib.sha256(raw).hexdigest()
        self.posted[sha256] = raw
        return {"sha256": sha256, "bytes": len(raw), "mime": "application/json"}

    def commit_row(self, row: Row) -> str:
        """A fresh commitment to a row as it stands."""
        opening = self.chance.bytes(32)
        made = commit(opening, "voter row", row.version, row.content()).hex()
        self.openings[made] = (opening, "voter row", row.version, row.content())
        row.made = made
        return made

    def new_row(self, commune: str) -> Row:
        """A row that no log knows yet."""
        row = Row(row=self.chance.bytes(16).hex(), commune=commune, made="", entry="")
        self.commit_row(row)
        return row

    def audit(self) -> srok_audit.Audit:
        """What an outsider finds in the entries and posted files."""
        audit = self.audit_register()
        for index, entry in enumerate(self.election):
            audit.feed("election", index, canonical(entry))
        audit.finish()
        return audit

    def audit_register(self) -> srok_audit.Audit:
        """The audit of the register alone; the same register as just before is not read twice."""
        if not (READ and READ[0] == self.register):
            audit = Remembering()
            audit.posted = self.posted.get
            for index, entry in enumerate(self.register):
                audit.feed("register", index, canonical(entry))
            audit.posted = nothing
            READ[:] = [pickle.loads(pickle.dumps(self.register)), pickle.dumps(audit)]
        found: srok_audit.Audit = pickle.loads(READ[1])
        found.posted = self.posted.get
        return found

    def codes(self) -> Counter[str]:
        """The codes of the findings (remarks apart)."""
        return Counter(one.code for one in self.audit().findings if one.code not in srok_audit.REMARKS)


def station_root(made: list[str]) -> str:
    """The root of a station's list."""
    leaves = [srok_verify.leaf_hash(leaf) for leaf in sorted(bytes.fromhex(text) for text in made)]
    return srok_verify.tree_hash(leaves).hex()


def world(seed: object, rows: int = 40) -> World:
    """A clean year and a clean polling day."""
    made = World(seed, Chance("world", seed))
    made.put(made.entry("period.open", "2025-04-20T01:00Z", year=2025, posted=POSTED, final=FINAL, notice_days=10,
                        **{"from": FROM, "until": UNTIL}))  # fmt: skip
    for commune in COMMUNES:
        additions(made, commune, rows)
    cards(made)
    flush(made, "2025-05-25")
    for commune in COMMUNES:
        changes(made, commune)
        flush(made, UNTIL)
        change_set(made, commune)
        flush(made, UNTIL)
    flush(made, POSTED)
    for commune in COMMUNES:
        listed(made, commune, "list.provisional", f"{POSTED}T02:00Z")
    flush(made, "2025-07-01")
    claims(made)
    flush(made, FINAL)
    for commune in COMMUNES:
        listed(made, commune, "list.final", f"{FINAL}T02:00Z")
    polling(made)
    return made


def in_batches(made: World, entries: list[tuple[Row, Entry]]) -> None:
    """Person entries wait in batches of at least 20, oldest days first, until the day of the newest in each."""
    entries = sorted(entries, key=lambda pair: str(pair[1]["at"]))
    while entries:
        size = 20 if len(entries) >= 40 else len(entries)
        batch = made.chance.shuffled(entries[:size])
        made.waiting.append((max(str(entry["at"]) for _, entry in batch), [(row.row, entry) for row, entry in batch]))
        entries = entries[size:]


def flush(made: World, until: str) -> None:
    """Append what waited, up to this day, in the order of days."""
    due = sorted((one for one in made.waiting if one[0] <= until), key=lambda one: one[0])
    made.waiting = [one for one in made.waiting if one[0] > until]
    for _, batch in due:
        for row, entry in batch:
            made.indexes[row] = made.put(entry)


def day(made: World) -> str:
    """A day inside the window."""
    return (date.fromisoformat(FROM) + timedelta(days=made.chance.below(20))).isoformat()


def additions(made: World, commune: str, rows: int) -> None:
    """People who register at the commune's desk."""
    entries = []
    for _ in range(rows):
        row = made.new_row(commune)
        made.tables[row.row] = row
        entry = made.entry("row.add", day(made), commune=commune, c=row.made, auth="lemna.51",
                           evid=made.chance.bytes(32).hex())  # fmt: skip
        entries.append((row, entry))
    in_batches(made, entries)


def changes(made: World, commune: str) -> None:
    """Corrections, a move and removals with notice at the end of the window."""
    here = [row for row in made.tables.values() if row.commune == commune and row.state == "entered"]
    chosen = made.chance.sample(here, 24)
    entries: list[tuple[Row, Entry]] = []
    for place, row in enumerate(chosen):
        prev = made.indexes[row.row]
        shared = {"commune": commune, "prev": prev, "evid": made.chance.bytes(32).hex(), "auth": "lemna.53"}
        row.version += 1
        if place < 6:
            row.state = "removed"
            reason = made.chance.choice(("death", "moved", "duplicate"))
            entry = made.entry(
                "row.remove", UNTIL, c=made.commit_row(row), reason=reason, notice="2025-05-20", **shared
            )
        else:
            entry = made.entry("row.correct", UNTIL, c=made.commit_row(row), **shared)
        entries.append((row, entry))
    in_batches(made, entries)


def change_set(made: World, commune: str) -> None:
    """A change set of corrections with two approvals: the batch first, its rows with the commune's next batch."""
    touched = [row for row in made.tables.values() if row.commune == commune and row.state == "entered"]
    rows = made.chance.sample(touched, 20)
    case = made.chance.bytes(16).hex()
    approvals = [made.officer(7), made.officer(8)]
    head = made.entry("batch", "2025-05-26T09:00Z", n=len(rows), reason="village.renamed", approvals=approvals)
    made.put(head | {"case": case, "by": [made.officer(6)]})
    entries = []
    for row in rows:
        row.version += 1
        entry = made.entry("row.correct", UNTIL, commune=commune, prev=made.indexes[row.row],
                           c=made.commit_row(row), batch=case, evid=made.chance.bytes(32).hex())  # fmt: skip
        entries.append((row, entry))
    in_batches(made, entries)


def living(made: World, commune: str) -> list[Row]:
    """The active rows of a commune."""
    return [row for row in made.tables.values() if row.commune == commune and row.state == "entered"]


def listed(made: World, commune: str, kind: str, at: str) -> None:
    """Post a list: two stations, their rows and roots, and the file by its content."""
    rows = sorted(living(made, commune), key=lambda row: row.row)
    half = (len(rows) + 1) // 2
    stations = {f"{commune}01": [row.made for row in rows[:half]], f"{commune}02": [row.made for row in rows[half:]]}
    shown = {name: sorted(texts) for name, texts in stations.items()}
    told = [{"station": name, "rows": len(texts), "root": station_root(texts)} for name, texts in stations.items()]
    doc = made.post({"v": 1, "commune": commune, "kind": kind, "stations": shown})
    made.stations[commune] = shown
    made.put(made.entry(kind, at, commune=commune, year=2025, stations=told, rows=len(rows), protected=0,
                        posted=len(rows), open=[], doc=doc))  # fmt: skip


def claims(made: World) -> None:
    """One allowed claim (a row is added), one allowed objection (a row goes), one rejected, in each commune."""
    for commune in COMMUNES:
        row = made.new_row(commune)
        made.tables[row.row] = row
        case = claim(made, commune, "claim", 1)
        entry = made.entry("row.add", "2025-07-05", c=row.made, claim=case, evid=made.chance.bytes(32).hex(),
                           commune=commune)  # fmt: skip
        made.indexes[row.row] = made.put(entry)
        case = claim(made, commune, "objection", 1)
        gone = made.chance.choice(living(made, commune))
        gone.state, gone.version = "removed", gone.version + 1
        made.indexes[gone.row] = made.put(
            made.entry("row.remove", "2025-07-09", reason="objection", evid=made.chance.bytes(32).hex(), claim=case,
                       notice="2025-07-05", prev=made.indexes[gone.row], c=made.commit_row(gone), commune=commune)
        )  # fmt: skip
        claim(made, commune, "objection", 0)


def claim(made: World, commune: str, kind: str, allowed: int) -> str:
    """File and decide a claim or an objection; its case."""
    entry = made.entry(f"{kind}.filed", "2025-07-03", commune=commune, c=made.chance.bytes(32).hex())
    filed = made.put(entry)
    made.put(made.entry(f"{kind}.decided", "2025-07-04", commune=commune, c=made.chance.bytes(32).hex(), prev=filed,
                        allowed=allowed))  # fmt: skip
    return str(entry["case"])


def cards(made: World) -> None:
    """Cards ordered, issued, handed over; a few revoked: counts and commitments, without office."""
    days: defaultdict[str, list[Entry]] = defaultdict(list)
    for n in range(60):
        start = date.fromisoformat("2025-05-02") + timedelta(days=made.chance.below(60))
        card = made.chance.bytes(16).hex()
        steps = ["card.ordered", "card.issued", "card.handed_over"] + (["card.revoked"] if n % 12 == 0 else [])
        for k, kind in enumerate(steps):
            on = (start + timedelta(days=4 * k)).isoformat()
            days[on].append(made.entry(kind, on, c=made.chance.bytes(32).hex()))
        made.cards[card] = steps[-1]
    for on in sorted(days):
        made.waiting.append((on, [("", entry) for entry in made.chance.shuffled(days[on])]))


def polling(made: World) -> None:
    """Polling day: manifests, openings, turnout, closing, forms, totals, audit, seats."""
    made.put(made.entry("calendar", "2025-08-01T02:00Z", polling_on=POLLING, opens="07:00", closes="15:00"), "election")
    finals = {str(one["commune"]): one for one in made.register if one["t"] == "list.final"}
    stations = [(commune, one) for commune in COMMUNES for one in finals[commune]["stations"]]
    for commune, one in stations:
        n = one["rows"] + 20
        made.put(made.entry("manifest.station", "2025-09-05T03:00Z", commune=commune, station=one["station"],
                            registered=one["rows"], root=one["root"], boxes=1, seals=[made.chance.bytes(4).hex()],
                            ballots={"from": 1, "to": n, "n": n}), "election")  # fmt: skip
    for _, one in stations:
        made.put(
            made.entry("station.open", f"{POLLING}T00:{made.chance.below(10):02d}Z", station=one["station"]), "election"
        )
    voted = dict.fromkeys((one["station"] for _, one in stations), 0)
    for hour in (2, 5):
        for _, one in stations:
            voted[one["station"]] += made.chance.below(one["rows"] // 3 + 1)
            told = made.entry("station.turnout", f"{POLLING}T{hour:02d}:00Z", station=one["station"])
            made.put(told | {"voted": voted[one["station"]]}, "election")
    for _, one in stations:
        told = made.entry("station.close", f"{POLLING}T08:{made.chance.below(20):02d}Z", station=one["station"])
        made.put(told | {"voted": voted[one["station"]]}, "election")
    for _, one in stations:
        made.put(form(made, one, voted[one["station"]]), "election")
    after(made)


def form(made: World, one: dict[str, object], voted: int) -> Entry:
    """A station's form that reconciles."""
    valid = voted - made.chance.below(voted // 10 + 1)
    votes, left = {}, valid
    for party in PARTIES[:-1]:
        votes[party] = made.chance.below(left + 1)
        left -= votes[party]
    votes[PARTIES[-1]] = left
    received = int(str(one["rows"])) + 20
    spoiled = made.chance.below(3)
    counts = {
        "received": received, "unused": received - voted - spoiled, "issued": voted + spoiled, "spoiled": spoiled,
        "checked_in": voted, "box": voted, "valid": valid, "invalid": voted - valid, "parties": votes,
    }  # fmt: skip
    scan = made.post(b"scan " + made.chance.bytes(16))
    return made.entry("form.results", f"{POLLING}T{10 + made.chance.below(4)}:00Z", station=one["station"], version=1,
                      counts=counts, scan=scan, entered=[made.officer(10), made.officer(11)])  # fmt: skip


def totals(made: World, unit: str) -> Counter[str]:
    """Votes by party over the current forms of a unit."""
    votes: Counter[str] = Counter()
    current = {str(one["station"]): one for one in made.election if one["t"] == "form.results"}
    for station, one in current.items():
        if station.startswith(unit):
            votes.update(one["counts"]["parties"])
    return votes


def after(made: World) -> None:
    """Totals, seats and the audit of the forms."""
    n = sum(1 for one in made.election if one["t"] == "form.results")
    cited = {"size": len(made.election), "root": made.chance.bytes(32).hex()}
    for unit in ("", *COMMUNES):
        made.put(made.entry("form.tabulation", "2025-09-08T03:00Z", unit=unit, votes=dict(totals(made, unit)),
                            forms=n if not unit else 2, checkpoint=cited), "election")  # fmt: skip
    votes = dict(totals(made, ""))
    won, tied = srok_audit.highest_averages(votes, 11)
    lots = sorted(tied)[: 11 - sum(won.values())]
    for party in lots:
        won[party] += 1
    made.put(made.entry("allocation", "2025-09-09T03:00Z", unit="", votes=votes, seats=won, n=11, ties=sorted(tied),
                        lots=lots), "election")  # fmt: skip
    seed = str(10**19 + made.chance.below(10**18))[1:]
    stations = [str(one["station"]) for one in made.election if one["t"] == "manifest.station"]
    made.put(made.entry("audit.seed", "2025-09-10T03:00Z", seed=f"dice-{'-'.join(seed[:6])}"), "election")
    drawn = srok_audit.draw(f"dice-{'-'.join(seed[:6])}", stations, 3)
    made.put(made.entry("audit.draw", "2025-09-10T04:00Z", stations=drawn), "election")
    for station in sorted(set(drawn)):
        for found in (["spoiled.1"], ["spoiled.1", "invalid.2"]):
            made.put(made.entry("audit.result", "2025-09-11T03:00Z", station=station, discrepancies=found), "election")
