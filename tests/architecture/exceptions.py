"""The named exceptions to the house rules, each with its reason. Keep it short: an entry is a debt or a fact."""

# Doors of a room besides `public` and `terms`.
DOORS: dict[str, frozenset[str]] = {
    # cli starts without Django; clock is where time enters; the other two say codes and dates without a page
    "faces": frozenset({"cli", "clock", "dates_in_words", "wording"}),
    # the arithmetic of the law on a LawAsOf handed in: as pure as its terms, and open to every room's rules
    "law": frozenset({"rules"}),
    "register": frozenset({"for_roll"}),
    "matching": frozenset({"for_roll"}),
}

# Doors besides `terms` that a higher room's `terms` and `rules` may open: pure ones only.
PURE_DOORS: frozenset[str] = frozenset({"srok.ground.law.rules"})

# The one module per room that may speak SQL itself (house rule 13).
SQL_MODULES: dict[str, str] = {
    "journal": "drain",  # the advisory lock of the one sequencer
    "parcels": "durable",  # what is acknowledged is synced, whatever the settings say (house rule 13)
    "register": "swap",  # an import is swapped in once, in sets (house rule 13)
    "openlog": "rows",  # entries by the thousand, and the lock of the one writer
    "matching": "indexing",  # a million keys are put in by many rows at once
    "web": "reads",  # whether the database answers at all
}

# Strings that look like a code and are none.
NOT_CODES: dict[str, str] = {
    "journal.opening": "purpose of a seal",
    "biometrics.portrait": "purpose of a seal",
    "cases.person": "purpose of a seal",
    "cases.grounds": "purpose of a seal",
    "cases.paper": "purpose of a seal",
    "cases.content": "label of a fingerprint",
    "matching.asked": "purpose of a seal",
    "notices.contact": "purpose of a seal",
    "missions.called_as": "purpose of a seal",
    "cases.person_key": "purpose of a keyed hash",
    "cases.sound": "purpose of a keyed hash",
    "verification.answer": "purpose of a signature",
    "law.changed": "type of an entry of the public log",
}

# Files over 300 lines.
LONG_FILES: dict[str, str] = {}

# Functions over 40 lines: "path::function".
LONG_FUNCTIONS: dict[str, str] = {}

# Functions with more than five parameters: "path::function".
WIDE_FUNCTIONS: dict[str, str] = {
    "srok/ground/kernel/mrz.py::td1": "the six fields of the zone itself, in the order they are printed",
}

# Routes that declare no `srok_needs` because they are not ours.
FOREIGN_ROUTES: dict[str, str] = {
    "api/": "ninja's root of the API: answers 404",
    "api/openapi.json": "the description of the API, public by intent",
}
