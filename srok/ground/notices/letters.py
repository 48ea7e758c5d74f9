"""Letters and short messages composed from codes: words from `wording`, sources from `law`, paper from `paper`."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import OfficeFacts
from srok.ground.faces.public import wording
from srok.ground.kernel.text import to_khmer_digits
from srok.ground.law import public as law
from srok.ground.law.terms import Source
from srok.ground.notices.models import Notice
from srok.ground.notices.rules import OBJECTIONABLE
from srok.ground.notices.terms import Kind
from srok.ground.paper.terms import Letter, LetterReason

Facts = Mapping[str, object]
MINISTRIES = {
    "mfa": ("ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ", "Ministry of Foreign Affairs and International Cooperation"),
    "moi": ("ក្រសួងមហាផ្ទៃ", "Ministry of Interior"),
    "nec": ("គណៈកម្មាធិការជាតិរៀបចំការបោះឆ្នោត", "National Election Committee"),
}
CAPITAL = ("រាជធានីភ្នំពេញ", "Phnom Penh")


def compose(notice: Notice, addressee: Sequence[str]) -> Letter:
    """The letter of a notice, in Khmer and English, to the name and address handed in.

    Raises `accounts.unknown_office` when the office that made it is not known.
    """
    office = accounts.office(notice.office)
    km, en = _facts(notice, "km"), _facts(notice, "en")
    body = [f"notices.body_{notice.kind}"]
    if notice.kind == Kind.PAPERS_NEEDED:
        body.append("notices.next_papers_needed")
    at_home = office.timezone == "Asia/Phnom_Penh"
    return Letter(
        reference=notice.reference,
        on=notice.made_on,
        place_km=CAPITAL[0] if at_home else "",
        place_en=CAPITAL[1] if at_home else "",
        office_km=_head(office, 0),
        office_en=_head(office, 1),
        addressee=tuple(addressee) or _unnamed(notice),
        subject_km=wording.sentence(f"notices.subject_{notice.kind}", km, "km"),
        subject_en=wording.sentence(f"notices.subject_{notice.kind}", en, "en"),
        paragraphs_km=tuple(wording.sentence(code, km, "km") for code in body),
        paragraphs_en=tuple(wording.sentence(code, en, "en") for code in body),
        reasons=tuple(_reason(code, notice, km, en) for code in notice.reasons),
        appeal_km=_appeal(notice, km, "km"),
        appeal_en=_appeal(notice, en, "en"),
        signatory_km=office.name_km,
        signatory_en=office.name_en,
        specimen=getattr(settings, "SROK_DEMO", False),
    )


def message(notice: Notice, language: str) -> str:
    """The short message of a notice for e-mail or SMS: the reference and what to do, no name and no reason."""
    return wording.sentence(f"notices.message_{notice.kind}", _facts(notice, language), language)


def _facts(notice: Notice, language: str) -> Facts:
    """What the sentences may name, in the words and digits of the language."""
    facts: dict[str, object] = {**notice.facts, "reference": notice.reference, "made_on": notice.made_on.isoformat()}
    facts["days"] = law.as_of(notice.made_on).number("appeal.days")
    post = accounts.office_of_post(str(notice.facts.get("post", "")))
    facts["post"] = "notices.your_post" if post is None else post.name_km if language == "km" else post.name_en
    if language == "km":
        return {name: to_khmer_digits(str(fact)) if isinstance(fact, int) else fact for name, fact in facts.items()}
    return facts


def _reason(code: str, notice: Notice, km: Facts, en: Facts) -> LetterReason:
    """A numbered reason with its source in law; what is merely asked for, and law does not know, has no source."""
    said_km, said_en = wording.sentence(code, km, "km"), wording.sentence(code, en, "en")
    known = law.as_of(notice.made_on).reasons.get(code)
    if known is None:
        return LetterReason(said_km, said_en, None, None)
    return LetterReason(said_km, said_en, _cited(known.source, "km"), _cited(known.source, "en"))


def _cited(source: Source, language: str) -> str:
    if source.rule_of_service:
        return wording.sentence("notices.rule_of_service", None, language)
    return source.cite(language)


def _appeal(notice: Notice, facts: Facts, language: str) -> tuple[str, ...]:
    """How to object and until when: the last day once the notice is served, the number of days before."""
    if notice.kind not in OBJECTIONABLE:
        return ()
    on = notice.served_on or notice.made_on
    as_of = law.as_of(on)
    days = str(as_of.number("appeal.days"))
    told: dict[str, object] = {
        **facts,
        "days": to_khmer_digits(days) if language == "km" else days,
        "source": _cited(as_of.source("appeal.days"), language),
    }
    when = "notices.object_within"
    if notice.served_on and notice.object_until:
        when = "notices.object_until"
        told |= {"served_on": notice.served_on.isoformat(), "until": notice.object_until.isoformat()}
    codes = (when, "notices.object_where", "notices.object_second", "notices.object_source")
    return tuple(wording.sentence(code, told, language) for code in codes)


def _head(office: OfficeFacts, index: int) -> tuple[str, ...]:
    ministry = MINISTRIES.get(office.code.partition(".")[0])
    name = (office.name_km, office.name_en)[index]
    return (ministry[index], name) if ministry else (name,)


def _unnamed(notice: Notice) -> tuple[str, str]:
    """Addressee of a letter printed where no name is at hand: the holder of the receipt."""
    facts = {"reference": notice.reference}
    return wording.sentence("notices.holder", facts, "km"), wording.sentence("notices.holder", facts, "en")
