"""Words of the cases: states, acts and the closed lists of what may be claimed, shown and settled (ពាក្យសុំ)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from srok.ground.accounts.terms import Ministry, Role


class State(StrEnum):
    """Where an application stands."""

    LODGED = "lodged"  # បានទទួលពាក្យ
    WAITING_PAPERS = "waiting_papers"  # រង់ចាំឯកសារ
    EXAMINED = "examined"  # បានពិនិត្យ
    WAITING_CENTRAL = "waiting_central"  # រង់ចាំអគ្គនាយកដ្ឋាន
    DECIDED = "decided"  # បានសម្រេច
    APPROVED = "approved"  # បានអនុម័ត
    REFUSED = "refused"  # បានបដិសេធ
    APPEALED = "appealed"  # បានប្ដឹងតវ៉ា
    WITHDRAWN = "withdrawn"  # បានដកពាក្យ
    CLOSED = "closed"  # បានបិទសំណុំរឿង


OPEN = frozenset(
    {
        State.LODGED, State.WAITING_PAPERS, State.EXAMINED, State.WAITING_CENTRAL, State.DECIDED,
        State.APPROVED, State.APPEALED,
    }
)  # fmt: skip
FINAL = frozenset(State) - OPEN


class Act(StrEnum):
    """What is done to an application."""

    LODGE = "lodge"  # ដាក់ពាក្យ
    ASK_FOR_PAPERS = "ask_for_papers"  # ស្នើសុំឯកសារបន្ថែម
    ADD_PAPERS = "add_papers"  # បន្ថែមឯកសារ
    EXAMINE = "examine"  # ពិនិត្យ
    RETURN_TO_EXAMINER = "return_to_examiner"  # ប្រគល់ឱ្យពិនិត្យឡើងវិញ
    ROUTE_CENTRAL = "route_central"  # បញ្ជូនទៅអគ្គនាយកដ្ឋាន
    DECIDE = "decide"  # សម្រេច
    APPROVE = "approve"  # អនុម័ត
    CONFIRM_REFUSAL = "confirm_refusal"  # អនុម័តការបដិសេធ
    SEND_BACK = "send_back"  # មិនយល់ព្រម បង្វិលសម្រេចឡើងវិញ
    APPEAL = "appeal"  # ប្ដឹងតវ៉ា
    WITHDRAW = "withdraw"  # ដកពាក្យ
    CLOSE = "close"  # បិទសំណុំរឿង


_S, _A = State, Act

# The one table of states and acts (house rule 5); None is "no case yet". The database holds the same states.
FLOW: Mapping[tuple[State | None, Act], State] = MappingProxyType(
    {
        (None, _A.LODGE): _S.LODGED,
        (_S.LODGED, _A.ADD_PAPERS): _S.LODGED,
        (_S.LODGED, _A.ASK_FOR_PAPERS): _S.WAITING_PAPERS,
        (_S.LODGED, _A.EXAMINE): _S.EXAMINED,
        (_S.WAITING_PAPERS, _A.ADD_PAPERS): _S.LODGED,
        (_S.EXAMINED, _A.RETURN_TO_EXAMINER): _S.LODGED,
        (_S.EXAMINED, _A.ASK_FOR_PAPERS): _S.WAITING_PAPERS,
        (_S.EXAMINED, _A.ROUTE_CENTRAL): _S.WAITING_CENTRAL,
        (_S.EXAMINED, _A.DECIDE): _S.DECIDED,
        (_S.WAITING_CENTRAL, _A.DECIDE): _S.DECIDED,
        (_S.DECIDED, _A.SEND_BACK): _S.EXAMINED,
        (_S.DECIDED, _A.APPROVE): _S.APPROVED,
        (_S.DECIDED, _A.CONFIRM_REFUSAL): _S.REFUSED,
        (_S.REFUSED, _A.APPEAL): _S.APPEALED,
        (_S.APPEALED, _A.ADD_PAPERS): _S.APPEALED,
        (_S.APPEALED, _A.EXAMINE): _S.EXAMINED,
        (_S.APPEALED, _A.DECIDE): _S.DECIDED,
        (_S.APPROVED, _A.CLOSE): _S.CLOSED,
        **{
            (state, _A.WITHDRAW): _S.WITHDRAWN
            for state in (_S.LODGED, _S.WAITING_PAPERS, _S.EXAMINED, _S.WAITING_CENTRAL, _S.DECIDED, _S.APPEALED)
        },
    }
)

# Who does what (house rule 6): the role and the ministry that gives it. `close` is a reaction: no officer does it.
HANDS: Mapping[Act, frozenset[tuple[Role, Ministry]]] = MappingProxyType(
    {
        _A.LODGE: frozenset({(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
        _A.ADD_PAPERS: frozenset({(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
        _A.WITHDRAW: frozenset({(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
        _A.APPEAL: frozenset({(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
        _A.EXAMINE: frozenset({(Role.EXAMINER, Ministry.FOREIGN_AFFAIRS)}),
        _A.ASK_FOR_PAPERS: frozenset(
            {(Role.EXAMINER, Ministry.FOREIGN_AFFAIRS), (Role.IDENTIFICATION_OFFICER, Ministry.INTERIOR)}
        ),
        _A.RETURN_TO_EXAMINER: frozenset({(Role.IDENTIFICATION_OFFICER, Ministry.INTERIOR)}),
        _A.ROUTE_CENTRAL: frozenset({(Role.IDENTIFICATION_OFFICER, Ministry.INTERIOR)}),
        _A.DECIDE: frozenset({(Role.IDENTIFICATION_OFFICER, Ministry.INTERIOR)}),
        _A.APPROVE: frozenset({(Role.APPROVER, Ministry.INTERIOR)}),
        _A.CONFIRM_REFUSAL: frozenset({(Role.APPROVER, Ministry.INTERIOR)}),
        _A.SEND_BACK: frozenset({(Role.APPROVER, Ministry.INTERIOR)}),
        _A.CLOSE: frozenset(),
    }
)


class Basis(StrEnum):
    """What the applicant says the right rests on."""

    LISTED = "listed"  # មានឈ្មោះក្នុងបញ្ជីអត្តសញ្ញាណកម្ម
    DESCENT = "descent"  # កូនឪពុក ឬម្ដាយជាខ្មែរ
    RENEWAL = "renewal"  # ប្ដូរប័ណ្ណ
    ROYAL_DECREE = "royal_decree"  # ព្រះរាជក្រឹត្យ
    SOIL = "soil"  # កើតក្នុងប្រទេសកម្ពុជាពីឪពុកម្ដាយបរទេស
    UNKNOWN = "unknown"  # មិនដឹង


class PersonStatus(StrEnum):
    """Whether a clause of sub-decree 60 (2007) article 3 stands in the way today."""

    NONE = "none"
    MONK = "monk"  # ព្រះសង្ឃ
    SERVING_SENTENCE = "serving_sentence"  # កំពុងអនុវត្តទោស
    REEDUCATION = "reeducation"  # ក្នុងមណ្ឌលអប់រំកែប្រែ
    MENTAL_HEALTH = "mental_health"  # a rights-sensitive clause: a person decides, never the rule


class Sex(StrEnum):
    """Sex as the card prints it."""

    FEMALE = "F"  # ស្រី
    MALE = "M"  # ប្រុស
    UNSPECIFIED = "X"


class NameOrder(StrEnum):
    """In which order the foreign papers write the name (law.md ID-NAME-ORDER)."""

    FAMILY_FIRST = "family_first"
    GIVEN_FIRST = "given_first"


class AddressOption(StrEnum):
    """Which address of record the applicant chooses (law.md ID-ADDR-ABROAD)."""

    RELATIVE = "relative"  # អាសយដ្ឋានសាច់ញាតិ
    LAST_RESIDENCE = "last_residence"  # ទីលំនៅចុងក្រោយ
    BIRTHPLACE = "birthplace"  # ទីកន្លែងកំណើត
    POST = "post"  # បេសកកម្មការទូត


class Relation(StrEnum):
    """How the relative named by the applicant is related."""

    SIBLING = "sibling"  # បងប្អូនបង្កើត
    HALF_SIBLING = "half_sibling"  # បងប្អូនរួមឪពុក ឬម្ដាយ
    GRANDPARENT = "grandparent"  # ជីដូនជីតា
    AUNT_OR_UNCLE = "aunt_or_uncle"  # មីងមា
    COUSIN = "cousin"  # បងប្អូនជីដូនមួយ
    CHILD = "child"  # កូន
    SPOUSE = "spouse"  # ប្ដីប្រពន្ធ
    OTHER = "other"  # ផ្សេងៗ


class PaperKind(StrEnum):
    """Papers an applicant may show. Papers of an asylum claim are never asked for."""

    BIRTH_CERTIFICATE = "birth_certificate"  # សំបុត្រកំណើត
    FAMILY_BOOK = "family_book"  # សៀវភៅគ្រួសារ
    RESIDENCE_BOOK = "residence_book"  # សៀវភៅស្នាក់នៅ
    IDENTITY_CARD = "identity_card"  # អត្តសញ្ញាណប័ណ្ណ
    PASSPORT = "passport"  # លិខិតឆ្លងដែន
    JUDGMENT = "judgment"  # សាលក្រម
    ROYAL_DECREE = "royal_decree"  # ព្រះរាជក្រឹត្យ
    VOTER_CARD_1993 = "voter_card_1993"  # ប័ណ្ណបោះឆ្នោត ១៩៩៣
    I94 = "i94"
    UNHCR_PAPER = "unhcr_paper"
    US_NATURALISATION = "us_naturalisation"
    CA_CITIZENSHIP = "ca_citizenship"
    CA_IMM1000 = "ca_imm1000"
    QUEBEC_ACT = "quebec_act"
    BAPTISM = "baptism"
    SCHOOL_RECORD = "school_record"
    CAMP_CARD = "camp_card"  # ប័ណ្ណជំរំជនភៀសខ្លួន
    WITNESS_STATEMENT = "witness_statement"  # លិខិតបញ្ជាក់របស់សាក្សី
    MARRIAGE_CERTIFICATE = "marriage_certificate"  # សំបុត្រអាពាហ៍ពិពាហ៍


class Seen(StrEnum):
    """How an officer saw a paper (law.md ID-PAPER-SEEN)."""

    ORIGINAL = "original"  # ច្បាប់ដើម
    CERTIFIED_COPY = "certified_copy"  # ច្បាប់ចម្លងមានបញ្ជាក់
    PLAIN_COPY = "plain_copy"  # ច្បាប់ចម្លងធម្មតា
    ATTESTED = "attested"  # មន្ត្រីពីររូបបានឃើញ ដោយគ្មានរូបភាព


class SearchRole(StrEnum):
    """As whom a candidate was searched."""

    SELF = "self"
    MOTHER = "mother"
    FATHER = "father"
    SIBLING = "sibling"


class SettledAs(StrEnum):
    """What an officer decided that a candidate is."""

    SAME_PERSON = "same_person"  # បុគ្គលតែមួយ
    MOTHER = "mother"  # ម្ដាយ
    FATHER = "father"  # ឪពុក
    SIBLING = "sibling"  # បងប្អូន
    SOMEONE_ELSE = "someone_else"  # អ្នកផ្សេង


# What a candidate found in a role may be settled as: one searched as mother cannot become the applicant.
MAY_SETTLE: Mapping[SearchRole, frozenset[SettledAs]] = MappingProxyType(
    {
        SearchRole.SELF: frozenset({SettledAs.SAME_PERSON, SettledAs.SIBLING, SettledAs.SOMEONE_ELSE}),
        SearchRole.MOTHER: frozenset({SettledAs.MOTHER, SettledAs.SOMEONE_ELSE}),
        SearchRole.FATHER: frozenset({SettledAs.FATHER, SettledAs.SOMEONE_ELSE}),
        SearchRole.SIBLING: frozenset({SettledAs.SIBLING, SettledAs.SOMEONE_ELSE}),
    }
)


class Outcome(StrEnum):
    """What an identification officer decides."""

    APPROVE = "approve"
    REFUSE = "refuse"
    CENTRAL = "central"


class Opinion(StrEnum):
    """What the examiner of Foreign Affairs advises; Interior approves nothing against it."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"


class Path(StrEnum):
    """The way by which nationality is proven (never granted)."""

    LISTED = "listed"
    RENEWAL = "renewal"
    DOCUMENT = "document"
    PARENT = "parent"
    SIBLING = "sibling"
    ROYAL_DECREE = "royal_decree"
    SOIL = "soil"
    NONE = "none"


class Route(StrEnum):
    """Whose desk the application belongs to by law."""

    NORMAL = "normal"
    CENTRAL = "central"


# Facts of the journal that must carry a public leaf: cases are not in the public log, their cards and persons are.
COVERED: frozenset[str] = frozenset()
