#!/usr/bin/env python3
"""Check the outsider's rules of Srok's public logs from public files alone (needs `srok_verify.py` beside it).

    python srok_audit.py DIR [--policy FILE] [--old CHECKPOINT...] [--receipt FILE...] [--json]
    python srok_audit.py --watch DIR|URL --state FILE [--every SECONDS]

DIR holds the logs `register` and `election` (or one of them), `index.json`, and `posted/SHA256` for every posted list
and form by content. The rules L, R, P and A and the entries are described in docs/openlog.md. The report says in Khmer
and English what was checked, what could not be and why, and what was found. Exit 0 clean, 1 findings, 2 unreadable.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from math import exp
from pathlib import Path

import srok_verify as verify

HOLD_DAYS, NOTICE_DAYS, MIN_BATCH, LISTED, ZONE = 7, 10, 20, 1000, timedelta(hours=7)
PROTECTED_SHARE, IMPORT_SHARE = 200, 200  # one in so many: 0.5 %

RULES = {
    "L1": ("every checkpoint shown is a state of this one history", "ចំណុចត្រួតពិនិត្យទាំងអស់ជាសភាពនៃប្រវត្តិតែមួយ"),
    "L3": ("all tiles and entries give the signed root", "បន្ទះ និងធាតុទាំងអស់ផ្ដល់ឫសដែលបានចុះហត្ថលេខា"),
    "L4": ("each entry is canonical and of a known type", "ធាតុនីមួយៗសរសេរតាមទម្រង់ និងមានប្រភេទដែលស្គាល់"),
    "L6": ("a quorum of witnesses has cosigned", "សាក្សីគ្រប់ចំនួនបានចុះហត្ថលេខារួម"),
    "L8": ("no entry holds personal data", "គ្មានធាតុណាផ្ទុកទិន្នន័យផ្ទាល់ខ្លួន"),
    "L9": ("entries about people carry a date only and come in time", "ធាតុអំពីមនុស្សមានតែកាលបរិច្ឆេទ ហើយចូលទាន់ពេល"),
    "R3": ("rows change only inside the window", "ជួរផ្លាស់ប្ដូរតែក្នុងរយៈពេលកំណត់"),
    "R4": ("a removal has reason, evidence and timely notice", "ការលុបឈ្មោះមានមូលហេតុ ភស្តុតាង និងការជូនដំណឹងទាន់ពេល"),
    "R5": ("each row is one chain; nothing is removed twice", "ជួរនីមួយៗជាខ្សែតែមួយ គ្មានអ្វីត្រូវលុបពីរដង"),
    "R6": ("who acts does not approve", "អ្នកធ្វើមិនមែនជាអ្នកអនុម័ត"),
    "R7": ("a batch has two approvals and the rows it says", "ការកែជាបណ្ដុំមានការអនុម័តពីរ និងចំនួនជួរដូចបានប្រកាស"),
    "R8": ("no import changes more than 0.5 % of rows", "គ្មានការនាំចូលណាប្ដូរលើសពី ០,៥ % នៃជួរ"),
    "R10": ("each claim is decided or listed as open", "បណ្ដឹងនីមួយៗបានសម្រេច ឬរាយថានៅបើក"),
    "R11": ("final list = provisional list + allowed claims - allowed objections",
            "បញ្ជីផ្លូវការ = បញ្ជីបណ្ដោះអាសន្ន + បណ្ដឹងដែលអនុញ្ញាត - ការជំទាស់ដែលអនុញ្ញាត"),
    "R12": ("each active row stands on the list of one station", "ជួរសកម្មនីមួយៗមាននៅក្នុងបញ្ជីការិយាល័យតែមួយ"),
    "R13": ("sums of stations and communes agree with the rows", "ផលបូកការិយាល័យ និងឃុំ ស្របនឹងជួរ"),
    "R14": ("posted and protected rows add up", "ជួរបិទផ្សាយ និងជួរដែលការពារ បូកគ្រប់ចំនួន"),
    "R15": ("each receipt shown verifies and is the row's last word", "បង្កាន់ដៃនីមួយៗត្រឹមត្រូវ និងជាសភាពចុងក្រោយនៃជួរ"),
    "C1": ("cards: handed over <= issued <= ordered", "ប័ណ្ណ៖ បានប្រគល់ <= បានបោះពុម្ព <= បានបញ្ជា"),
    "M1": ("no mass of removals or revocations on a day", "គ្មានការលុប ឬដកហូតច្រើនខុសធម្មតាក្នុងមួយថ្ងៃ"),
    "P1": ("all stations are announced before any opens", "ការិយាល័យទាំងអស់ត្រូវប្រកាសមុនការបើកដំបូង"),
    "P2": ("stations open and close by the law's hours", "ការិយាល័យបើក និងបិទតាមម៉ោងច្បាប់"),
    "P4": ("turnout never falls", "ចំនួនអ្នកបោះឆ្នោតមិនដែលថយចុះ"),
    "P5": ("no count before closing", "គ្មានការរាប់មុនពេលបិទ"),
    "P6": ("one current form for each station", "ការិយាល័យមួយមានទម្រង់លទ្ធផលជាធរមានតែមួយ"),
    "P7": ("papers, voters and votes of a form reconcile", "ចំនួនសន្លឹក អ្នកបោះឆ្នោត និងសំឡេងស្របគ្នា"),
    "P8": ("two different people entered each form", "មនុស្សពីរនាក់ផ្សេងគ្នាបានបញ្ចូលទម្រង់នីមួយៗ"),
    "P9": ("each form's scan is public", "រូបស្កេននៃទម្រង់នីមួយៗជាសាធារណៈ"),
    "P10": ("each station has a form or an annulment", "ការិយាល័យនីមួយៗមានទម្រង់លទ្ធផល ឬសេចក្ដីសម្រេចមោឃៈ"),
    "P11": ("totals are the sums of current forms", "លទ្ធផលសរុបជាផលបូកនៃទម្រង់ជាធរមាន"),
    "P12": ("a published result cites its checkpoint", "លទ្ធផលដែលផ្សាយយោងចំណុចត្រួតពិនិត្យរបស់វា"),
    "A1": ("seats follow from the votes, by exact integers", "អាសនៈកើតពីសំឡេង ដោយចំនួនគត់ពិតប្រាកដ"),
    "A4": ("a tie is stated and decided by a recorded lot", "សំឡេងស្មើត្រូវប្រកាស និងសម្រេចដោយការចាប់ឆ្នោតមានកំណត់ត្រា"),
    "A6": ("the audit's draw follows from a seed drawn after all forms", "ការចាប់សំណាកកើតពីគ្រាប់លេខដែលចាប់ក្រោយទម្រង់ទាំងអស់"),
    "A7": ("discrepancies never disappear", "ភាពខុសគ្នាដែលរកឃើញមិនដែលបាត់"),
}  # fmt: skip
HIDDEN = {
    "R1": ("one row a person", "មនុស្សម្នាក់មួយជួរ"),
    "R2": ("who is listed may vote", "អ្នកក្នុងបញ្ជីមានសិទ្ធិបោះឆ្នោត"),
    "R9": ("a match never changes a row by itself", "ការផ្គូផ្គងមិនប្ដូរជួរដោយខ្លួនឯង"),
    "R16": ("each death leads to a proposal", "មរណភាពនីមួយៗនាំឱ្យមានសំណើ"),
    "R17": ("the duplicate search gives the logged counts", "ការស្វែងរកជួរស្ទួនផ្ដល់ចំនួនដូចកំណត់ហេតុ"),
    "P3": ("each voter checked in once", "អ្នកបោះឆ្នោតម្នាក់ចុះវត្តមានម្ដង"),
    "A8": ("the measured risk of the audit", "ហានិភ័យដែលវាស់ក្នុងសវនកម្ម"),
}
INSIDE = ("it concerns people, whom the log hides: audits of people and tables answer it",
          "វាទាក់ទងនឹងមនុស្ស ដែលកំណត់ហេតុលាក់៖ សវនកម្មមនុស្ស និងតារាង ទើបឆ្លើយបាន")  # fmt: skip
NOTHING = ("the log holds nothing of the kind yet", "កំណត់ហេតុមិនទាន់មានធាតុប្រភេទនេះទេ")
NO_PERIOD = ("no period.open says when the window is", "គ្មានធាតុ period.open ប្រាប់រយៈពេលទេ")
NO_POSTED = ("the posted file is not beside the log", "គ្មានឯកសារបិទផ្សាយនៅជាមួយកំណត់ហេតុទេ")
NO_OLD = ("no older or other checkpoint was given", "គ្មានចំណុចត្រួតពិនិត្យចាស់ ឬផ្សេងសម្រាប់ប្រៀបធៀបទេ")
NO_QUORUM = ("the policy asks for no witness", "គោលការណ៍មិនទាមទារសាក្សី")
SAYS = {
    "L1.rewritten": ("An older checkpoint is no state of this history.", "ចំណុចត្រួតពិនិត្យចាស់មិនមែនជាសភាពនៃប្រវត្តិនេះ។"),
    "L1.split": ("Two checkpoints of one size have different roots.", "ចំណុចត្រួតពិនិត្យពីរទំហំដូចគ្នា តែឫសខុសគ្នា។"),
    "L1.shrunk": ("A larger checkpoint was signed before.", "ធ្លាប់មានចំណុចត្រួតពិនិត្យធំជាងនេះ។"),
    "L3.broken": ("Signatures, tiles or entries do not fit together.", "ហត្ថលេខា បន្ទះ ឬធាតុមិនស៊ីគ្នា។"),
    "L3.partial": ("A partial tile is not the beginning of the full one.", "បន្ទះមិនពេញមិនមែនជាផ្នែកដើមនៃបន្ទះពេញ។"),
    "L4.not_canonical": ("An entry is not canonical JSON.", "ធាតុមួយមិនមែនជា JSON តាមទម្រង់។"),
    "L4.unknown_type": ("An entry is of no known type.", "ធាតុមួយមានប្រភេទមិនស្គាល់។"),
    "L4.field": ("A member of an entry is missing or of a wrong form.", "សមាជិកនៃធាតុមួយបាត់ ឬខុសទម្រង់។"),
    "L6.no_quorum": ("Too few witnesses have cosigned.", "សាក្សីចុះហត្ថលេខារួមមិនគ្រប់ចំនួន។"),
    "L8.personal": ("An entry holds what looks like personal data.", "ធាតុមួយផ្ទុកអ្វីដែលមើលទៅដូចទិន្នន័យផ្ទាល់ខ្លួន។"),
    "L9.time_of_day": ("An entry about a person carries a time of day.", "ធាតុអំពីមនុស្សមានម៉ោង។"),
    "L9.late": ("An entry stands in the log after its latest day.", "ធាតុមួយចូលកំណត់ហេតុហួសថ្ងៃកំណត់។"),
    "L9.after_list": ("An entry dated before a posted list stands behind it.", "ធាតុចុះថ្ងៃមុនបញ្ជីបិទផ្សាយ តែឈរក្រោយវា។"),
    "L9.small_batch": ("A commune's batch is smaller than 20.", "បណ្ដុំនៃឃុំមួយតូចជាង ២០។"),
    "R3.outside_window": ("A row was changed outside the window.", "ជួរមួយត្រូវបានប្ដូរក្រៅរយៈពេលកំណត់។"),
    "R4.no_reason": ("A removal has no reason or no evidence.", "ការលុបឈ្មោះគ្មានមូលហេតុ ឬភស្តុតាង។"),
    "R4.no_notice": ("A person was removed without timely notice.", "មនុស្សម្នាក់ត្រូវបានលុបដោយគ្មានការជូនដំណឹងទាន់ពេល។"),
    "R5.no_such_row": ("An entry changes a row that never was.", "ធាតុមួយប្ដូរជួរដែលមិនធ្លាប់មាន។"),
    "R5.not_last": ("An entry changes a row that had changed already.", "ធាតុមួយប្ដូរជួរដែលបានប្ដូររួចហើយ។"),
    "R5.removed_before": ("A row is removed a second time.", "ជួរមួយត្រូវបានលុបជាលើកទីពីរ។"),
    "R5.twice": ("The same commitment is entered twice.", "តម្លៃដដែលត្រូវបានបញ្ចូលពីរដង។"),
    "R5.other_commune": ("A row is changed by another commune.", "ជួរមួយត្រូវបានប្ដូរដោយឃុំផ្សេង។"),
    "R6.same_hands": ("Somebody approved an own act.", "មានអ្នកអនុម័តទង្វើរបស់ខ្លួន។"),
    "R7.approvals": ("A batch has fewer than two approvals.", "ការកែជាបណ្ដុំមានការអនុម័តតិចជាងពីរ។"),
    "R7.count": ("A batch has other rows than it says.", "ការកែជាបណ្ដុំមានជួរខុសពីចំនួនប្រកាស។"),
    "R7.no_batch": ("Rows name a batch that is not in the log.", "ជួរយោងបណ្ដុំដែលគ្មានក្នុងកំណត់ហេតុ។"),
    "R8.too_many": ("An import changes more than 0.5 % of rows.", "ការនាំចូលប្ដូរលើសពី ០,៥ % នៃជួរ។"),
    "R10.undecided": ("A claim has no decision and is not listed as open.", "បណ្ដឹងមួយគ្មានសេចក្ដីសម្រេច ហើយមិនរាយថានៅបើក។"),
    "R10.unknown": ("A decision names no filed claim.", "សេចក្ដីសម្រេចមិនយោងបណ្ដឹងណា។"),
    "R11.unfounded": ("A row changed after the provisional list without an allowed claim.",
                      "ជួរប្ដូរក្រោយបញ្ជីបណ្ដោះអាសន្នដោយគ្មានបណ្ដឹងអនុញ្ញាត។"),
    "R12.root": ("A station's posted rows do not give its root.", "ជួរបិទផ្សាយនៃការិយាល័យមិនផ្ដល់ឫសរបស់វា។"),
    "R12.rows": ("The posted rows are not the active rows of the log.", "ជួរបិទផ្សាយមិនមែនជាជួរសកម្មក្នុងកំណត់ហេតុ។"),
    "R12.manifest": ("A station's manifest has another list than the final one.", "បញ្ជីក្នុងប័ណ្ណការិយាល័យខុសពីបញ្ជីផ្លូវការ។"),
    "R13.sum": ("The numbers of a list do not add up.", "ចំនួនក្នុងបញ្ជីបូកមិនត្រូវ។"),
    "R14.protected": ("There are more protected rows than the law allows.", "ជួរដែលការពារលើសពីច្បាប់អនុញ្ញាត។"),
    "R15.receipt": ("A receipt does not verify.", "បង្កាន់ដៃមួយផ្ទៀងផ្ទាត់មិនត្រូវ។"),
    "R15.superseded": ("A later entry changed the row of a receipt.", "ធាតុក្រោយបានប្ដូរជួរនៃបង្កាន់ដៃ។"),
    "C1.more": ("More cards came out than went in.", "ប័ណ្ណចេញច្រើនជាងចូល។"),
    "M1.mass": ("Unusually many people lost a card or a row on one day.", "មនុស្សច្រើនខុសធម្មតាបាត់ប័ណ្ណ ឬជួរក្នុងថ្ងៃតែមួយ។"),
    "P1.late_manifest": ("A station was announced after the first opening.", "ការិយាល័យមួយប្រកាសក្រោយការបើកដំបូង។"),
    "P1.unknown_station": ("Something is reported of a station nobody announced.", "មានរបាយការណ៍ពីការិយាល័យដែលមិនបានប្រកាស។"),
    "P2.hours": ("A station opened or closed too early.", "ការិយាល័យបើក ឬបិទមុនម៉ោង។"),
    "P4.fell": ("A station's turnout fell.", "ចំនួនអ្នកបោះឆ្នោតនៅការិយាល័យមួយថយចុះ។"),
    "P5.before_close": ("A form was counted before its station closed.", "ទម្រង់ត្រូវបានរាប់មុនការិយាល័យបិទ។"),
    "P6.second_form": ("A station has a second form that supersedes nothing.", "ការិយាល័យមានទម្រង់ទីពីរដោយមិនជំនួសអ្វី។"),
    "P7.sums": ("A form does not reconcile.", "ចំនួនក្នុងទម្រង់មិនស្របគ្នា។"),
    "P8.one_person": ("A form was not entered by two people.", "ទម្រង់មិនបានបញ្ចូលដោយមនុស្សពីរនាក់។"),
    "P9.no_scan": ("A form has no public scan.", "ទម្រង់គ្មានរូបស្កេនសាធារណៈ។"),
    "P10.missing": ("A station has no form and no annulment.", "ការិយាល័យគ្មានទម្រង់ និងគ្មានសេចក្ដីសម្រេចមោឃៈ។"),
    "P11.total": ("A total is not the sum of current forms.", "លទ្ធផលសរុបមិនមែនជាផលបូកនៃទម្រង់ជាធរមាន។"),
    "P12.no_checkpoint": ("A result cites no checkpoint before it.", "លទ្ធផលមិនយោងចំណុចត្រួតពិនិត្យមុនវា។"),
    "A1.seats": ("The seats do not follow from the votes.", "អាសនៈមិនកើតពីសំឡេង។"),
    "A4.tie": ("A tie was decided without a recorded lot.", "សំឡេងស្មើត្រូវសម្រេចដោយគ្មានការចាប់ឆ្នោតមានកំណត់ត្រា។"),
    "A6.early": ("The seed was drawn before all forms stood.", "គ្រាប់លេខចាប់មុនទម្រង់គ្រប់ចំនួន។"),
    "A6.draw": ("The drawn stations do not follow from the seed.", "ការិយាល័យដែលចាប់បានមិនកើតពីគ្រាប់លេខ។"),
    "A7.vanished": ("A discrepancy of the audit has disappeared.", "ភាពខុសគ្នានៃសវនកម្មបានបាត់។"),
}  # fmt: skip
REMARKS = {"L9.small_batch", "R15.superseded"}

NATIONAL = {
    "card.ordered",
    "card.issued",
    "card.handed_over",
    "card.revoked",
    "card.destroyed",
    "person.add",
    "person.correct",
    "person.remove",
}
LOCAL = {
    "row.add",
    "row.move",
    "row.correct",
    "row.remove",
    "claim.filed",
    "claim.decided",
    "objection.filed",
    "objection.decided",
}
PERSON = NATIONAL | LOCAL
TYPES = {
    "register": PERSON
    | {
        "period.open",
        "period.close",
        "person.import",
        "list.provisional",
        "list.final",
        "dedup.run",
        "law.changed",
        "batch",
    }
    | {"alarm", "key.rotate"},
    "election": {
        "calendar",
        "manifest.station",
        "station.open",
        "station.turnout",
        "station.close",
        "form.results",
        "form.tabulation",
        "incident",
        "complaint",
        "decision",
        "recount",
        "audit.seed",
        "audit.draw",
        "audit.result",
        "allocation",
        "release",
        "role.grant",
        "role.revoke",
        "alarm",
        "key.rotate",
    },
}
# What an entry must carry; a national one may carry nothing else.
MEMBERS = dict.fromkeys(LOCAL, {"c", "commune"}) | {
    "row.remove": {"c", "commune", "reason", "evid", "notice"},
    "batch": {"n", "reason", "approvals"},
    "alarm": {"code"},
}
SHARED = {"v", "t", "at", "case", "by"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ")
HEX = {length: re.compile(rf"[0-9a-f]{{{length}}}") for length in (16, 32, 64)}
# Khmer or other letters; 9 to 12 digits alone (card, register and telephone numbers); MRZ; names; births.
PERSONAL = re.compile(
    rb'[\x80-\xff]|\\u|<<|(?<![0-9A-Za-z])\+?[0-9]{9,12}(?![0-9A-Za-z])|"[A-Z][A-Za-z]+[ ,]+[A-Z][A-Za-z]+"'
    rb'|"1[0-9]{3}-[01][0-9]-[0-3][0-9]|"(?:birth|name|phone|family|given|sex|born)[a-z_]*":'
)


def no_fraction(text: str) -> float:
    """Refuses a number with a fraction or an exponent."""
    raise ValueError(text[:20])


DECODER = json.JSONDecoder(parse_float=no_fraction, parse_constant=no_fraction)
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Finding:
    """One thing that does not hold: its code, the log and index, and plain facts."""

    def __init__(self, code: str, log: str = "", index: int | None = None, **facts: object):
        self.code, self.log, self.index, self.facts = code, log, index, facts

    def told(self) -> dict:
        """As JSON, with the sentence in both languages."""
        en, km = SAYS[self.code]
        return {"code": self.code, "rule": self.code.partition(".")[0], "log": self.log, "index": self.index,
                "facts": self.facts, "message_en": en, "message_km": km}  # fmt: skip


class Audit:
    """Reads both logs entry by entry, in order, and knows at the end what does not hold.

    `posted(sha256)` gives the bytes of a posted file or None. Memory grows with the number of living rows.
    """

    def __init__(self, posted: Callable[[str], bytes | None] = lambda sha256: None):
        self.posted = posted
        self.findings: list[Finding] = []
        self.totals: Counter[str] = Counter()
        self.checked: Counter[str] = Counter()
        self.missing: dict[str, tuple[str, str]] = {}
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.register, self.election = Register(self), Election(self)

    def find(self, code: str, log: str, index: int | None, **facts: object) -> None:
        """Note what does not hold; of one kind the first thousand are kept, all are counted."""
        self.totals[code] += 1
        if self.totals[code] <= LISTED:
            self.findings.append(Finding(code, log, index, **facts))

    def need(self, holds: object, code: str, log: str, index: int | None, **facts: object) -> bool:
        """Count one look at a rule, and note it where it does not hold."""
        self.checked[code.partition(".")[0]] += 1
        if not holds:
            self.find(code, log, index, **facts)
        return bool(holds)

    def feed(self, log: str, index: int, raw: bytes) -> None:
        """Take the next entry of a log."""
        entry = self.parse(log, index, raw)
        if entry is None:
            return
        self.counts[log, entry["t"], commune_of(entry)] += 1
        room = self.register if log == "register" else self.election
        try:
            room.take(index, entry)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            self.find("L4.field", log, index, type=entry["t"], what=repr(error)[:80])

    def parse(self, log: str, index: int, raw: bytes) -> dict | None:
        """The entry, if it is canonical, of a known type, well formed and without personal data."""
        seen = PERSONAL.search(raw)
        self.need(not seen, "L8.personal", log, index)
        try:
            entry = DECODER.decode(raw.decode())
            same = isinstance(entry, dict) and ENCODER.encode(entry).encode() == raw
        except (ValueError, RecursionError):
            same = False
        if not self.need(same, "L4.not_canonical", log, index):
            return None
        if not self.need(entry.get("t") in TYPES.get(log, ()), "L4.unknown_type", log, index, type=entry.get("t")):
            return None
        if entry["t"] in PERSON:
            self.need(DAY.fullmatch(str(entry.get("at"))), "L9.time_of_day", log, index)
        good = entry.get("v") == 1 and is_time(entry.get("at")) and fits(entry)
        return entry if self.need(good, "L4.field", log, index, type=entry["t"]) else None

    def finish(self) -> None:
        """Everything that only the end of the logs can tell."""
        for log, room in (("register", self.register), ("election", self.election)):
            try:
                room.finish()
            except (KeyError, TypeError, ValueError) as error:
                self.find("L4.field", log, None, what=repr(error)[:80])

    def report(self) -> dict:
        """What was checked, what could not be and why, and what was found."""
        found = [finding.told() for finding in self.findings]
        bad = [one for one in found if one["code"] not in REMARKS]
        unseen = {rule: self.missing.get(rule, NOTHING) for rule in RULES if not self.checked[rule]}
        unseen |= {rule: why for rule, why in self.missing.items() if rule in RULES}
        return {
            "ok": not bad,
            "checked": [told(rule, RULES[rule], times=self.checked[rule]) for rule in RULES if self.checked[rule]],
            "not_checked": [told(rule, RULES[rule], *why) for rule, why in unseen.items()]
            + [told(rule, names, *INSIDE) for rule, names in HIDDEN.items()],
            "totals": dict(self.totals),
            "findings": bad,
            "remarks": [one for one in found if one["code"] in REMARKS],
        }


def told(rule: str, names: tuple[str, str], why_en: str = "", why_km: str = "", times: int | None = None) -> dict:
    """A rule in both languages, with how often it was looked at or why it could not be."""
    said: dict = {"rule": rule, "rule_en": names[0], "rule_km": names[1]}
    return said | ({"times": times} if times is not None else {"why_en": why_en, "why_km": why_km})


def commune_of(entry: dict) -> str:
    """The commune of an entry, or an empty text (cards, the resident list, the nation)."""
    return str(entry.get("commune", ""))


def is_time(at: object) -> bool:
    """Whether this is a civil date, or an instant in whole UTC minutes, that exists."""
    try:
        if DAY.fullmatch(str(at)):
            return bool(date.fromisoformat(str(at)))
        return bool(MINUTE.fullmatch(str(at)) and datetime.fromisoformat(str(at)))
    except ValueError:
        return False


def fits(entry: dict) -> bool:
    """Whether the members of an entry are there and have their form."""
    members = entry.keys() - SHARED
    good = entry.keys() >= SHARED and entry.keys() >= MEMBERS.get(entry["t"], set())
    good &= members == {"c"} if entry["t"] in NATIONAL else True
    good &= entry["t"] in PERSON or MINUTE.fullmatch(str(entry["at"])) is not None
    by = entry.get("by")
    good &= isinstance(by, list) and all(HEX[16].fullmatch(str(one)) for one in by)
    good &= HEX[32].fullmatch(str(entry.get("case"))) is not None
    good &= all(name not in entry or HEX[64].fullmatch(str(entry[name])) is not None for name in ("c", "evid"))
    prev = entry.get("prev", 0)
    return good and type(prev) is int and prev >= 0


def day_of(at: str) -> date:
    """The civil day in Cambodia of a date or an instant."""
    if len(at) == 10:
        return date.fromisoformat(at)
    return (datetime.fromisoformat(at) + ZONE).date()


class Register:
    """The register log: rows of voters, lists, claims, batches and counts of cards."""

    def __init__(self, audit: Audit):
        self.audit = audit
        self.living: dict[int, str] = {}  # index of a row's last entry -> commune
        self.made: dict[str, dict[int, str]] = defaultdict(dict)  # commune -> index of a living row -> commitment
        self.ended: set[int] = set()
        self.dead: set[int] = set()
        self.known: set[str] = set()
        self.periods: dict[str, dict] = {}
        self.batches: dict[str, tuple[int, int]] = {}
        self.in_batches: Counter[str] = Counter()
        self.claims: dict[str, tuple[int, str]] = {}  # case -> index, commune
        self.cases: dict[int, str] = {}
        self.decided: dict[str, int] = {}
        self.by_claim: list[tuple[int, str, str]] = []
        self.posted_on: dict[str, date] = {}
        self.since: dict[str, list[tuple[int, dict]]] = defaultdict(list)
        self.open_lists: set[str] = set()
        self.finals: dict[str, dict] = {}
        self.latest = date.min
        self.cards: dict[str, Counter[date]] = defaultdict(Counter)
        self.losses: Counter[date] = Counter()
        self.run = ("", 0, 0)
        self.tally: Counter[str] = Counter()

    def need(self, holds: object, code: str, index: int | None, **facts: object) -> bool:
        """One look at a rule of this log."""
        return self.audit.need(holds, code, "register", index, **facts)

    def take(self, index: int, entry: dict) -> None:
        """The next entry."""
        kind, on = entry["t"], day_of(entry["at"])
        commune = commune_of(entry)
        self.check_run(index, commune if kind in LOCAL else "", kind)
        if kind in NATIONAL:
            self.need(on + timedelta(days=HOLD_DAYS) >= self.latest, "L9.late", index, on=str(on))
        if kind not in LOCAL:
            # Communes may be held back for months; they say nothing of how far the log has come.
            self.latest = max(self.latest, on)
        if kind.startswith("row."):
            self.row(index, entry, commune, on)
        elif kind.startswith("card."):
            self.cards[kind][on] += 1
            self.losses[on] += kind == "card.revoked"
        elif kind in ("list.provisional", "list.final"):
            self.listed(index, entry, commune, on)
        elif kind.endswith((".filed", ".decided")):
            self.claim(index, entry, commune)
        elif kind == "batch":
            self.batch(index, entry)
        elif kind == "period.open":
            self.periods[commune] = entry

    def check_run(self, index: int, commune: str, kind: str) -> None:
        """Batches of a commune under 20 are released only with its list."""
        last, start, length = self.run
        if commune == last:
            self.run = (last, start, length + 1)
            return
        if last and length < MIN_BATCH and not kind.startswith("list."):
            self.tally["small"] += 1
            if self.tally["small"] <= 20:
                self.audit.find("L9.small_batch", "register", start, n=length)
        self.run = (commune, index, 1)

    def row(self, index: int, entry: dict, commune: str, on: date) -> None:
        """A voter row's entry: its chain, its window, its reasons."""
        kind, prev = entry["t"], entry.get("prev")
        self.window(index, entry, commune, on)
        self.need(on >= self.posted_on.get(commune, date.min), "L9.after_list", index, on=str(on))
        if kind == "row.add":
            self.need(prev is None or prev in self.dead, "R5.not_last", index, prev=prev)
        elif self.follow(index, entry, commune):
            self.ended.add(prev)
            del self.made[self.living.pop(prev)][prev]
        if kind == "row.remove":
            self.removal(index, entry, commune, on)
        else:
            self.enter(index, entry["c"], commune)
        if entry.get("batch"):
            self.in_batches[entry["batch"]] += 1
        if commune in self.open_lists:
            self.since[commune].append((index, entry))

    def enter(self, index: int, made: str, commune: str) -> None:
        """A row lives from here on, under this commitment."""
        self.enter_once(index, made)
        self.living[index] = commune
        self.made[commune][index] = made

    def enter_once(self, index: int, made: str) -> None:
        """Each entry has a commitment of its own."""
        self.need(made not in self.known, "R5.twice", index)
        self.known.add(made)

    def follow(self, index: int, entry: dict, commune: str) -> bool:
        """Whether `prev` is the last entry of a living row; that entry is then used up."""
        prev = entry.get("prev")
        if prev in self.dead:
            return self.need(False, "R5.removed_before", index, prev=prev)
        if not self.need(prev not in self.ended, "R5.not_last", index, prev=prev):
            return False
        if not self.need(prev in self.living, "R5.no_such_row", index, prev=prev):
            return False
        moved = entry["t"] == "row.move"
        self.need(moved or self.living[prev] == commune, "R5.other_commune", index, prev=prev)
        return True

    def removal(self, index: int, entry: dict, commune: str, on: date) -> None:
        """A removal: reason, evidence, and notice so many days before the final list."""
        self.dead.add(index)
        self.losses[on] += commune in self.posted_on
        self.enter_once(index, entry["c"])
        self.need(entry["reason"] and entry["evid"], "R4.no_reason", index)
        period = self.periods.get(commune) or self.periods.get("")
        days = timedelta(days=int((period or {}).get("notice_days", NOTICE_DAYS)))
        notice = entry.get("notice")
        timely = is_time(notice) and date.fromisoformat(notice) <= on
        if timely and period:
            timely = date.fromisoformat(notice) + days <= date.fromisoformat(period["final"])
        self.need(timely, "R4.no_notice", index, notice=notice)

    def window(self, index: int, entry: dict, commune: str, on: date) -> None:
        """Changes lie in the window, except by decided claims, courts and deaths."""
        period = self.periods.get(commune) or self.periods.get("")
        if period is None:
            self.audit.missing["R3"] = NO_PERIOD
            return
        inside = period["from"] <= str(on) <= period["until"]
        by_law = str(entry.get("auth", "")).startswith("court.") or entry.get("reason") == "death"
        if not inside and "claim" in entry:
            self.by_claim.append((index, entry["claim"], str(on)))
            return
        self.need(inside or by_law, "R3.outside_window", index, on=str(on))

    def batch(self, index: int, entry: dict) -> None:
        """A change set: two approvals by others, and later as many rows as it says."""
        approvals = entry.get("approvals", [])
        self.need(len(set(approvals)) >= 2, "R7.approvals", index)
        self.need(not set(approvals) & set(entry.get("by", [])), "R6.same_hands", index)
        self.batches[entry["case"]] = (index, int(entry["n"]))
        if entry.get("reason") == "import":
            limit = max(1, len(self.living) // IMPORT_SHARE)
            self.need(int(entry["n"]) <= limit, "R8.too_many", index, n=entry["n"], limit=limit)

    def claim(self, index: int, entry: dict, commune: str) -> None:
        """Claims and objections by their case, and their decisions, which follow them by `prev`."""
        if entry["t"].endswith(".filed"):
            self.claims[entry["case"]] = (index, commune)
            self.cases[index] = entry["case"]
        elif self.need(entry.get("prev") in self.cases, "R10.unknown", index, prev=entry.get("prev")):
            self.decided[self.cases[entry["prev"]]] = int(entry["allowed"])

    def listed(self, index: int, entry: dict, commune: str, on: date) -> None:
        """A posted list: sums, stations, roots, and what may have changed since the provisional one."""
        rows = set(self.made[commune].values())
        stations = entry["stations"]
        total = sum(int(one["rows"]) for one in stations)
        self.need(total == int(entry["rows"]) == len(rows), "R13.sum", index, listed=entry["rows"], living=len(rows))
        self.need(len({one["station"] for one in stations}) == len(stations), "R13.sum", index)
        protected = int(entry.get("protected", 0))
        self.need(protected <= max(1, total // PROTECTED_SHARE), "R14.protected", index, protected=protected)
        self.need(int(entry.get("posted", total - protected)) + protected == total, "R13.sum", index)
        self.poster(index, entry, rows)
        self.posted_on[commune] = on
        if entry["t"] == "list.provisional":
            self.open_lists.add(commune)
            self.since[commune] = []
            return
        self.finals[commune] = entry
        for changed, one in self.since.pop(commune, []):
            allowed = self.decided.get(str(one.get("claim"))) == 1
            lawful = str(one.get("auth", "")).startswith("court.") or one.get("reason") == "death"
            self.need(allowed or lawful, "R11.unfounded", changed)
        self.open_lists.discard(commune)
        still_open = set(entry.get("open", []))
        for case, (filed, where) in self.claims.items():
            if where == commune:
                self.need(case in self.decided or case in still_open, "R10.undecided", filed)

    def poster(self, index: int, entry: dict, rows: set[str]) -> None:
        """The posted file gives each station's root, and exactly the living rows."""
        raw = self.audit.posted(str(entry.get("doc", {}).get("sha256", "")))
        if raw is None:
            self.audit.missing["R12"] = NO_POSTED
            return
        lists = json.loads(raw)["stations"]
        for one in entry["stations"]:
            made = sorted(bytes.fromhex(text) for text in lists.get(one["station"], []))
            root = verify.tree_hash([verify.leaf_hash(leaf) for leaf in made]).hex()
            self.need(root == one["root"] and len(made) == one["rows"], "R12.root", index, station=one["station"])
        shown = [text for texts in lists.values() for text in texts]
        self.need(len(shown) == len(set(shown)) and set(shown) == rows, "R12.rows", index)

    def finish(self) -> None:
        """Batches complete, cards in their order, no mass of losses."""
        for index, case, on in self.by_claim:
            self.need(self.decided.get(case) == 1, "R3.outside_window", index, on=on)
        for name, (index, n) in self.batches.items():
            self.need(self.in_batches[name] == n, "R7.count", index, said=n, rows=self.in_batches[name])
        for name in self.in_batches.keys() - self.batches.keys():
            self.need(False, "R7.no_batch", None, batch=name)
        self.card_order()
        self.masses()

    def card_order(self) -> None:
        """On no day may more cards have been handed over than issued, or issued than ordered.

        The last days are left out: their entries may still wait for a batch.
        """
        for earlier, later in (("card.ordered", "card.issued"), ("card.issued", "card.handed_over")):
            had = out = 0
            days = sorted({*self.cards[earlier], *self.cards[later]})
            for day in days:
                had, out = had + self.cards[earlier][day], out + self.cards[later][day]
                if day + timedelta(days=HOLD_DAYS) <= self.latest:
                    self.need(out <= had, "C1.more", None, on=str(day), kind=later, n=out, of=had)

    def masses(self) -> None:
        """Losses a day against the mean of all days before: a Poisson tail under 1 in 10^7 is told."""
        days = sorted(self.losses)
        for place, day in enumerate(days):
            before = sum(self.losses[one] for one in days[:place])
            span = max(7, (day - days[0]).days)
            rare = poisson_tail(self.losses[day], max(before / span, 1.0)) < 1e-7
            self.need(not rare, "M1.mass", None, on=str(day), n=self.losses[day])


def poisson_tail(n: int, mean: float) -> float:
    """P(X >= n) of a Poisson distribution."""
    term, below = exp(-mean), 0.0
    for k in range(n):
        below += term
        term *= mean / (k + 1)
    return max(0.0, 1.0 - below)


class Election:
    """The election log: stations, forms, totals, seats and the audit."""

    def __init__(self, audit: Audit):
        self.audit = audit
        self.calendar: dict = {}
        self.stations: dict[str, dict] = {}
        self.opened = False
        self.voted: dict[str, int] = {}
        self.closed: dict[str, str] = {}
        self.forms: dict[str, tuple[int, dict]] = {}
        self.annulled: set[str] = set()
        self.recounts: set[str] = set()
        self.seed: tuple[int, str] | None = None
        self.found: dict[str, list[str]] = {}
        self.last_form = -1

    def need(self, holds: object, code: str, index: int | None, **facts: object) -> bool:
        """One look at a rule of this log."""
        return self.audit.need(holds, code, "election", index, **facts)

    def take(self, index: int, entry: dict) -> None:
        """The next entry."""
        handler = {
            "calendar": self.plan, "manifest.station": self.manifest, "station.open": self.open,
            "station.turnout": self.turnout, "station.close": self.close, "form.results": self.form,
            "form.tabulation": self.total, "decision": self.decision, "recount": self.recount,
            "audit.seed": self.seeded, "audit.draw": self.drawn, "audit.result": self.result,
            "allocation": self.seats,
        }.get(entry["t"])  # fmt: skip
        if handler:
            handler(index, entry)

    def plan(self, index: int, entry: dict) -> None:
        """The calendar of the election."""
        self.calendar = entry

    def known(self, index: int, entry: dict) -> bool:
        """Whether the station was announced."""
        return self.need(entry["station"] in self.stations, "P1.unknown_station", index, station=entry["station"])

    def manifest(self, index: int, entry: dict) -> None:
        """A station is announced, once, before any opens, with the final list's root."""
        self.need(not self.opened and entry["station"] not in self.stations, "P1.late_manifest", index)
        self.stations[entry["station"]] = entry
        final = self.audit.register.finals.get(commune_of(entry))
        if final:
            listed = {one["station"]: (one["rows"], one["root"]) for one in final["stations"]}
            same = listed.get(entry["station"]) == (entry["registered"], entry["root"])
            self.need(same, "R12.manifest", index, station=entry["station"])

    def clock(self, entry: dict) -> str:
        """The time of day in Cambodia."""
        return (datetime.fromisoformat(entry["at"]) + ZONE).strftime("%H:%M")

    def open(self, index: int, entry: dict) -> None:
        """An opening, not before the hour."""
        self.opened = True
        self.known(index, entry)
        on_day = str(day_of(entry["at"])) == self.calendar.get("polling_on", str(day_of(entry["at"])))
        self.need(on_day and self.clock(entry) >= self.calendar.get("opens", "07:00"), "P2.hours", index)

    def turnout(self, index: int, entry: dict) -> None:
        """A count of check-ins, never smaller than the last, never above the list."""
        station, voted = entry["station"], int(entry["voted"])
        self.known(index, entry)
        self.need(voted >= self.voted.get(station, 0), "P4.fell", index, station=station)
        self.voted[station] = voted

    def close(self, index: int, entry: dict) -> None:
        """A closing, not before the hour."""
        self.turnout(index, entry)
        self.closed[entry["station"]] = entry["at"]
        self.need(self.clock(entry) >= self.calendar.get("closes", "15:00"), "P2.hours", index)

    def form(self, index: int, entry: dict) -> None:
        """A station's form: after closing, by two people, reconciled, scanned; a later one supersedes with a reason."""
        station = entry["station"]
        self.known(index, entry)
        self.last_form = index
        self.need(station in self.closed and entry["at"] >= self.closed[station], "P5.before_close", index)
        self.need(len(set(entry.get("entered", []))) >= 2, "P8.one_person", index)
        scan = str(entry.get("scan", {}).get("sha256", ""))
        shown = self.audit.posted(scan)
        self.need(HEX[64].fullmatch(scan), "P9.no_scan", index)
        if shown is None:
            self.audit.missing["P9"] = NO_POSTED
        current = self.forms.get(station)
        good = current is None or (entry.get("supersedes") == current[0] and entry.get("reason"))
        self.need(good, "P6.second_form", index, station=station)
        if good:
            self.forms[station] = (index, entry)
        self.reconcile(index, entry)

    def reconcile(self, index: int, entry: dict) -> None:
        """R = U + I; I = N + P; B = V + X; V = sum of parties; N = C = voted; B <= C; serials (elections.md 2)."""
        c, station = entry["counts"], self.stations.get(entry["station"], {})
        parties = sum(c["parties"].values())
        holds = c["received"] == c["unused"] + c["issued"] and c["issued"] == c["checked_in"] + c["spoiled"]
        holds &= c["box"] == c["valid"] + c["invalid"] and c["valid"] == parties
        holds &= c["checked_in"] == self.voted.get(entry["station"], c["checked_in"])
        holds &= c["box"] <= c["checked_in"] or bool(entry.get("decision"))
        holds &= c["checked_in"] <= station.get("registered", c["checked_in"]) + c.get("additions", 0)
        holds &= c["received"] == station.get("ballots", {}).get("n", c["received"])
        holds &= all(isinstance(n, int) and n >= 0 for n in c["parties"].values())
        holds &= c["box"] == c["checked_in"] or bool(entry.get("explained") or entry.get("decision"))
        self.need(holds, "P7.sums", index, station=entry["station"])

    def decision(self, index: int, entry: dict) -> None:
        """A decision; one that annuls a station says so."""
        if entry.get("annul"):
            self.annulled.add(entry["station"])

    def recount(self, index: int, entry: dict) -> None:
        """A station is counted again."""
        self.recounts.add(entry["station"])

    def total(self, index: int, entry: dict) -> None:
        """A total is the sum of the current forms of its unit, and cites a checkpoint."""
        votes: Counter[str] = Counter()
        n = 0
        for station, (_, form) in self.forms.items():
            if self.stations.get(station, {}).get("commune", "").startswith(entry["unit"]):
                votes.update(form["counts"]["parties"])
                n += 1
        same = +votes == +Counter(entry["votes"]) and n == entry["forms"]
        self.need(same, "P11.total", index, unit=entry["unit"])
        cited = entry.get("checkpoint", {})
        good = isinstance(cited.get("size"), int) and self.last_form < cited["size"] <= index
        self.need(good and HEX[64].fullmatch(str(cited.get("root"))), "P12.no_checkpoint", index)

    def seats(self, index: int, entry: dict) -> None:
        """Highest averages by exact integers; a tie for the last seats is stated, and decided by a recorded lot."""
        votes, n = entry["votes"], int(entry["n"])
        won, tied = highest_averages(votes, n)
        seats = {party: int(got) for party, got in entry["seats"].items()}
        if not tied:
            self.need(+Counter(seats) == +Counter(won), "A1.seats", index, unit=entry.get("unit"))
            return
        self.need(set(entry.get("ties", [])) == tied and entry.get("lots"), "A4.tie", index)
        extra = {party: seats.get(party, 0) - won.get(party, 0) for party in votes}
        drawn = set(entry.get("lots", []))
        good = sum(seats.values()) == n and all(more == (party in drawn) for party, more in extra.items())
        good &= drawn <= tied
        self.need(good, "A1.seats", index, unit=entry.get("unit"))

    def seeded(self, index: int, entry: dict) -> None:
        """The seed is drawn when every station has its form."""
        complete = all(one in self.forms or one in self.annulled for one in self.stations)
        self.need(complete, "A6.early", index)
        self.seed = (index, str(entry["seed"]))

    def drawn(self, index: int, entry: dict) -> None:
        """The stations follow from the seed: anybody can draw them again."""
        seed = self.seed[1] if self.seed else ""
        self.need(
            seed and entry["stations"] == draw(seed, list(self.stations), len(entry["stations"])), "A6.draw", index
        )

    def result(self, index: int, entry: dict) -> None:
        """What the audit found at a station; a later result keeps every earlier discrepancy."""
        station, found = entry["station"], list(entry["discrepancies"])
        earlier = self.found.get(station, [])
        self.need(found[: len(earlier)] == earlier, "A7.vanished", index, station=station)
        self.found[station] = found

    def finish(self) -> None:
        """Each announced station has a form or an annulment, once results were published."""
        if not self.stations:
            return
        night_over = self.last_form >= 0
        for station in self.stations if night_over else ():
            self.need(station in self.forms or station in self.annulled, "P10.missing", None, station=station)
        for station, (index, _) in self.forms.items():
            frozen = not self.seed or index < self.seed[0] or station in self.recounts
            self.need(frozen, "A6.early", index, station=station)


def highest_averages(votes: dict[str, int], seats: int) -> tuple[dict[str, int], set[str]]:
    """Seats of each party one at a time to the largest votes / (seats + 1); the parties tied for the last ones.

    Averages are compared by cross-multiplication of integers. Tied seats that cannot all be given are left open.
    """
    won = dict.fromkeys(votes, 0)
    left = seats
    while left > 0 and votes:
        best = max(votes, key=lambda party: Average(votes[party], won[party] + 1))
        equal = [p for p in votes if votes[p] * (won[best] + 1) == votes[best] * (won[p] + 1)]
        if len(equal) > left:
            return won, set(equal)
        for party in equal:
            won[party] += 1
        left -= len(equal)
    return won, set()


class Average:
    """A fraction that compares exactly."""

    def __init__(self, top: int, bottom: int):
        self.top, self.bottom = top, bottom

    def __lt__(self, other: "Average") -> bool:
        return self.top * other.bottom < other.top * self.bottom

    def __gt__(self, other: "Average") -> bool:
        return other < self


def draw(seed: str, stations: list[str], n: int) -> list[str]:
    """`n` stations with replacement: the k-th is at SHA-256(seed "," k) mod their number, in the order of codes."""
    codes = sorted(stations)
    numbers = (int(hashlib.sha256(f"{seed},{k}".encode()).hexdigest(), 16) for k in range(n))
    return [codes[number % len(codes)] for number in numbers] if codes else []


# --- reading folders ------------------------------------------------------------------------------------------------


class Place:
    """A published folder or address: `fetch(path)` gives the bytes of a file in it, or None."""

    def __init__(self, where: str):
        self.where = where
        self.web = re.match(r"https?://", where) is not None
        self.top = Path(where)

    def fetch(self, path: str) -> bytes | None:
        """The file's bytes; None where there is none. A web server that does not answer within 20 s has none."""
        if not self.web:
            target = self.top / path
            return target.read_bytes() if target.is_file() else None
        import urllib.request

        try:
            with urllib.request.urlopen(f"{self.where.rstrip('/')}/{path}", timeout=20) as answer:
                return answer.read(verify.MAX_FILE + 1)
        except OSError:
            return None


def index_of(place: Place) -> dict:
    """`index.json` of a published folder, or of the folder above a single log's."""
    raw = place.fetch("index.json") or (None if place.web else Place(str(place.top.parent)).fetch("index.json"))
    told_ = json.loads(raw) if raw else {}
    return told_ if isinstance(told_, dict) else {}


def policy_of(given: Path | None, index: dict) -> verify.Policy:
    """The policy of a file, or what `index.json` says: its `policy`, or its keys without any witness."""
    if given:
        return verify.Policy(verify.read(given))
    keys = [f"log {key}" for log in index.get("logs", []) for key in log["keys"]]
    return verify.Policy((str(index.get("policy") or "") or "\n".join([*keys, "quorum none\n"])).encode())


def posted_in(top: Path) -> Callable[[str], bytes | None]:
    """Posted files by content: `posted/SHA256` beside the logs. One whose content is another is none."""

    def posted(sha256: str) -> bytes | None:
        if not HEX[64].fullmatch(sha256):
            return None
        for folder in (top, top.parent):
            path = folder / "posted" / sha256
            if path.is_file() and hashlib.sha256(raw := path.read_bytes()).hexdigest() == sha256:
                return raw
        return None

    return posted


def accept(audit: Audit, policy: verify.Policy, note: bytes, log: str) -> verify.Checkpoint:
    """A checkpoint by its policy; one that lacks its quorum is noted and read on. Raises `verify.Refused`."""
    if policy.quorum == "none":
        audit.missing["L6"] = NO_QUORUM
        return policy.accept(note)
    try:
        signed = policy.accept(note)
        audit.need(True, "L6.no_quorum", log, None)
    except verify.Refused as refused:
        if refused.args[0] != "quorum_missing":
            raise
        audit.need(False, "L6.no_quorum", log, None)
        signed = without_quorum(policy).accept(note)
    return signed


def without_quorum(policy: verify.Policy) -> verify.Policy:
    """The same keys, asking for no witness: what the log itself has signed is evidence."""
    alone = verify.Policy(b"quorum none\n")
    alone.logs, alone.witnesses = policy.logs, policy.witnesses
    return alone


def audit_log(audit: Audit, folder: Path, policy: verify.Policy, old: list[verify.Checkpoint]) -> str | None:
    """One log's folder: signatures, tiles, entries, older checkpoints; its origin, or None where none can be read."""
    log = folder.name
    try:
        signed = accept(audit, policy, verify.read(folder / "checkpoint"), log)
        log = signed.origin.rpartition("/")[2]
        mine = [one for one in old if one.origin == signed.origin]

        def look(first: int, entries: list[bytes]) -> None:
            for offset, raw in enumerate(entries):
                audit.feed(log, first + offset, raw)

        roots = verify.check_tree(folder, signed, look, [one.size for one in mine])
        audit.need(True, "L3.broken", log, None)
    except verify.Refused as refused:
        audit.need(False, "L3.broken", log, None, why=f"verify.{refused.args[0]}", where=str(refused.args[1])[-60:])
        return None
    compare(audit, log, signed, mine, roots)
    partials(audit, folder, log)
    return signed.origin


def compare(audit: Audit, log: str, signed: verify.Checkpoint, old: list, roots: dict[int, bytes]) -> None:
    """Older and other checkpoints against this history."""
    for one in old:
        if one.size > signed.size:
            audit.need(False, "L1.shrunk", log, None, was=one.size, now=signed.size)
        elif one.size == signed.size:
            audit.need(one.root == signed.root, "L1.split", log, None, size=one.size)
        else:
            audit.need(roots[one.size] == one.root, "L1.rewritten", log, None, size=one.size)


def partials(audit: Audit, folder: Path, log: str) -> None:
    """Partial tiles and bundles that are still there are the beginning of their full ones (L3)."""
    for path in folder.glob("tile/**/*.p/*"):
        full = path.parent.with_suffix("")
        if full.is_file():
            same = full.read_bytes().startswith(path.read_bytes())
            audit.need(same, "L3.partial", log, None, tile=str(path.relative_to(folder)))


def audit_receipt(audit: Audit, path: Path, policy: verify.Policy, key: str) -> None:
    """A receipt: its checkpoint, path and opening; and whether a later entry changed its row (R15)."""
    try:
        receipt = verify.Receipt(verify.read(path))
        signed = policy.accept(receipt.note)
        receipt.check(signed, None, bytes.fromhex(key))
    except (verify.Refused, ValueError, KeyError, TypeError, AttributeError) as problem:
        code = problem.args[0] if isinstance(problem, verify.Refused) else "malformed_receipt"
        audit.need(False, "R15.receipt", "", None, file=path.name, why=f"verify.{code}")
        return
    log = signed.origin.rpartition("/")[2]
    audit.need(True, "R15.receipt", log, receipt.index)
    if log == "register" and receipt.index in audit.register.ended:
        audit.find("R15.superseded", log, receipt.index, file=path.name)


def audit_folder(given: argparse.Namespace) -> dict:
    """Everything of a published folder. Raises `verify.Refused` where policy, keys or every log are unreadable."""
    place = Place(given.dir)
    index = index_of(place)
    policy = policy_of(given.policy, index)
    audit = Audit(posted_in(place.top))
    alone = without_quorum(policy)
    old = [alone.accept(verify.read(path)) for path in given.old]
    if not old:
        audit.missing["L1"] = NO_OLD
    folders = [path.parent for path in (*place.top.glob("checkpoint"), *place.top.glob("*/checkpoint"))]
    verify.need(folders, "unreadable_file", place.top)
    for folder in sorted(folders, key=lambda one: one.name != "register"):
        audit_log(audit, folder, policy, old)
    audit.finish()
    for path in given.receipt:
        audit_receipt(audit, path, policy, str(index.get("commitment_key", "")))
    counts = [
        {"log": log, "type": kind, "commune": commune, "n": n} for (log, kind, commune), n in audit.counts.items()
    ]
    return {**audit.report(), "counts": sorted(counts, key=lambda one: sorted(one.items(), key=str))}


# --- watching for weeks ---------------------------------------------------------------------------------------------

ALARMS = {
    "unreadable": ("The log cannot be read.", "អានកំណត់ហេតុមិនបាន។"),
    "not_signed": ("The checkpoint is not signed as the policy asks.", "ចំណុចត្រួតពិនិត្យមិនមានហត្ថលេខាតាមគោលការណ៍។"),
    "shrunk": ("The log has become smaller.", "កំណត់ហេតុបានតូចជាងមុន។"),
    "forked": ("The log shows another history than before.", "កំណត់ហេតុបង្ហាញប្រវត្តិខុសពីមុន។"),
    "stale": ("No new checkpoint for too long (L5).", "គ្មានចំណុចត្រួតពិនិត្យថ្មីយូរពេក (L5)។"),
    "late_quorum": ("Witnesses are late (L6).", "សាក្សីយឺតពេល (L6)។"),
    "bad_entry": ("An entry breaks rule L4, L8 or L9.", "ធាតុមួយខុសក្បួន L4, L8 ឬ L9។"),
    "odd_rate": ("Unusually many entries of a kind on one day.", "ធាតុប្រភេទមួយច្រើនខុសធម្មតាក្នុងមួយថ្ងៃ។"),
}
EMPTY = {"size": 0, "peaks": [], "root": verify.tree_hash([]).hex(), "seen_at": 0, "time": 0, "quorum_at": 0}


class Watch:
    """Remembers checkpoints, reads only what is new, and says what is wrong. `state` is plain JSON.

    The state keeps, for each log, the hashes of the complete subtrees of what was read (`peaks`), so that growth is
    proven by reading the new entries alone, and counts by day and type.
    """

    def __init__(self, state: dict, policy: verify.Policy, stale: int = 600, late: int = 300):
        self.state, self.policy, self.stale, self.late = state, policy, stale, late
        self.alarms: list[dict] = []

    def alarm(self, code: str, log: str, now: int, **facts: object) -> None:
        """Say a thing once until it is over."""
        en, km = ALARMS[code]
        said = {"code": f"watch.{code}", "log": log, "at": now, "facts": facts, "message_en": en, "message_km": km}
        self.alarms.append(said)

    def look(self, place: Place, logs: Iterable[str], now: int) -> list[dict]:
        """One round over the logs at Unix time `now`; the alarms of this round."""
        self.alarms = []
        for log in logs:
            known = self.state.setdefault(log, {**EMPTY, "seen_at": now, "counts": {}, "told": []})
            try:
                self.round(place, log, known, now)
            except verify.Refused as refused:
                code = "not_signed" if refused.args[0] in ("bad_signature", "not_signed") else "unreadable"
                self.alarm(code, log, now, why=f"verify.{refused.args[0]}", where=str(refused.args[1])[-60:])
        return self.alarms

    def round(self, place: Place, log: str, known: dict, now: int) -> None:
        """One log: growth, age, quorum."""
        note = place.fetch(f"{log}/checkpoint")
        verify.need(note, "unreadable_file", log)
        signed = without_quorum(self.policy).accept(note)
        if signed.size < known["size"]:
            return self.alarm("shrunk", log, now, was=known["size"], size=signed.size)
        if signed.size == known["size"] and signed.root.hex() != known["root"]:
            return self.alarm("forked", log, now, size=signed.size)
        if signed.size > known["size"] and not self.grow(place, log, known, signed, now):
            return self.alarm("forked", log, now, was=known["size"], size=signed.size)
        self.ages(log, known, signed, now)
        return None

    def ages(self, log: str, known: dict, signed: verify.Checkpoint, now: int) -> None:
        """Stale: no state or cosignature newer than `stale`. Late: the quorum is behind the state seen for `late`."""
        times = [time for time in signed.cosigned.values() if time <= now + 60]
        if signed.size != known.get("last_size"):
            known.update(last_size=signed.size, seen_at=now)
        newest = max([known["seen_at"], *times])
        if now - newest > self.stale:
            self.alarm("stale", log, now, seconds=now - newest)
        quorum = self.policy.quorum == "none" or self.policy.holds(self.policy.quorum, signed.cosigned)
        if not quorum and now - known["seen_at"] > self.late:
            self.alarm("late_quorum", log, now, size=signed.size, cosigned=sorted(signed.cosigned))

    def grow(self, place: Place, log: str, known: dict, signed: verify.Checkpoint, now: int) -> bool:
        """Read the new entries only; True when they lead from what was known to the signed root."""
        peaks = [(height, bytes.fromhex(text)) for height, text in known["peaks"]]
        counts = {day: dict(kinds) for day, kinds in known["counts"].items()}
        reader = Audit()
        for index, raw in new_entries(place, log, known["size"], signed.size):
            push(peaks, verify.leaf_hash(raw))
            entry = reader.parse(log, index, raw)
            if entry is not None:
                day = counts.setdefault(str(day_of(entry["at"])), {})
                day[entry["t"]] = day.get(entry["t"], 0) + 1
        if top(peaks) != signed.root:
            return False
        for finding in reader.findings[:20]:
            self.alarm("bad_entry", log, now, why=finding.code, index=finding.index)
        known.update(size=signed.size, root=signed.root.hex(), counts=counts)
        known["peaks"] = [[height, one.hex()] for height, one in peaks]
        self.rates(log, known, now)
        return True

    def rates(self, log: str, known: dict, now: int) -> None:
        """Days with far more of a type than the days before them, each told once."""
        days = sorted(known["counts"])
        for kind in sorted({kind for kinds in known["counts"].values() for kind in kinds}):
            before = 0
            for place, day in enumerate(days):
                n = known["counts"][day].get(kind, 0)
                odd = place >= 7 and poisson_tail(n, max(before / place, 1.0) * 2) < 1e-7
                if odd and [day, kind] not in known["told"]:
                    known["told"].append([day, kind])
                    self.alarm("odd_rate", log, now, on=day, type=kind, n=n, mean=before // place)
                before += n


def push(peaks: list[tuple[int, bytes]], leaf: bytes) -> None:
    """Add a leaf to the complete subtrees of a growing tree (heights falling)."""
    height = 0
    while peaks and peaks[-1][0] == height:
        leaf = verify.node_hash(peaks.pop()[1], leaf)
        height += 1
    peaks.append((height, leaf))


def top(peaks: list[tuple[int, bytes]]) -> bytes:
    """The root over complete subtrees."""
    if not peaks:
        return verify.tree_hash([])
    made = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        made = verify.node_hash(left, made)
    return made


def new_entries(place: Place, log: str, start: int, end: int) -> Iterable[tuple[int, bytes]]:
    """The entries [start, end) of a log, bundle by bundle."""
    for number in range(start // verify.WIDTH, -(-end // verify.WIDTH)):
        width = min(verify.WIDTH, end - number * verify.WIDTH)
        name, rest = f"{number % 1000:03d}", number // 1000
        while rest:
            name, rest = f"x{rest % 1000:03d}/{name}", rest // 1000
        full = f"{log}/tile/entries/{name}"
        raw = (place.fetch(f"{full}.p/{width}") if width < verify.WIDTH else None) or place.fetch(full)
        verify.need(raw, "torn_tile", full)
        at, index = 0, number * verify.WIDTH
        while at < len(raw) and index < end:
            length = int.from_bytes(raw[at : at + 2], "big")
            verify.need(len(raw) >= at + 2 + length, "torn_tile", full)
            if index >= start:
                yield index, raw[at + 2 : at + 2 + length]
            at, index = at + 2 + length, index + 1
        verify.need(index == number * verify.WIDTH + width, "torn_tile", full)


def keep(path: Path, state: dict) -> None:
    """Write the state so that a crash leaves the old or the new one, whole."""
    import os

    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as opened:
        json.dump(state, opened, sort_keys=True)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(path)


def watch(given: argparse.Namespace, clock: Callable[[], int], sleep: Callable[[float], None]) -> int:
    """Look again and again (`--every` seconds; 0 looks once). Returns 1 when the last round had an alarm."""
    place = Place(given.dir)
    policy = policy_of(given.policy, index_of(place))
    state = json.loads(given.state.read_bytes()) if given.state.is_file() else {}
    watcher = Watch(state, policy, given.stale)
    logs = sorted({key.name.rpartition("/")[2] for key in policy.logs})
    while True:
        alarms = watcher.look(place, logs, clock())
        keep(given.state, state)
        for alarm in alarms:
            print(json.dumps(alarm, ensure_ascii=False), flush=True)
        if not given.every:
            return 1 if alarms else 0
        sleep(given.every)


# --- the command ----------------------------------------------------------------------------------------------------


def show(report: dict) -> None:
    """The report for people, Khmer under English."""
    print(f"Checked / បានពិនិត្យ: {len(report['checked'])}")
    for one in report["checked"]:
        print(f"  {one['rule']:4} {one['rule_en']} ({one['times']})\n       {one['rule_km']}")
    print(f"Could not check / ពិនិត្យមិនបាន: {len(report['not_checked'])}")
    for one in report["not_checked"]:
        print(f"  {one['rule']:4} {one['rule_en']}: {one['why_en']}\n       {one['rule_km']}៖ {one['why_km']}")
    for name, title in (("findings", "Found / រកឃើញ"), ("remarks", "Remarks / កំណត់សម្គាល់")):
        print(f"{title}: {len(report[name])}")
        for one in report[name]:
            facts = " ".join(f"{key}={value}" for key, value in one["facts"].items())
            where = f"{one['log']} {one['index'] if one['index'] is not None else ''}".strip()
            print(f"  {one['code']} [{where}] {one['message_en']} {facts}\n       {one['message_km']}")


def arguments() -> argparse.Namespace:
    """The words of the command."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("dir", metavar="DIR|URL")
    words.add_argument("--policy", type=Path, help="trusted keys and quorum (default: what index.json says)")
    words.add_argument("--old", type=Path, nargs="*", default=[], help="checkpoints kept earlier or got elsewhere")
    words.add_argument("--receipt", type=Path, nargs="*", default=[])
    words.add_argument("--watch", action="store_true", help="keep looking, and say what goes wrong")
    words.add_argument("--state", type=Path, default=Path("srok-watch.json"), help="what the watch remembers")
    words.add_argument("--every", type=float, default=60, help="seconds between looks; 0 looks once")
    words.add_argument("--stale", type=int, default=600, help="seconds without a new checkpoint that are too long")
    words.add_argument("--json", action="store_true")
    return words.parse_args()


def main() -> int:
    """Audit, or watch."""
    import time

    given = arguments()
    try:
        if given.watch:
            return watch(given, lambda: int(time.time_ns() // 10**9), time.sleep)
        report = audit_folder(given)
    except (verify.Refused, OSError, ValueError, KeyError) as problem:
        code, where = problem.args if isinstance(problem, verify.Refused) else ("unreadable_file", repr(problem))
        en, km = verify.SAYS[code]
        print(json.dumps({"ok": False, "code": f"verify.{code}", "where": where, "message_en": en, "message_km": km},
                         ensure_ascii=False))  # fmt: skip
        return 2
    if given.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        show(report)
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
