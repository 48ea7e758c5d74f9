"""The shaping oracle: good Khmer passes whole, broken Khmer is refused by name (law.md TX-DOTTED)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import labels
from srok.ground.paper.public import shaping_problem
from srok.ground.paper.rules import breakable
from srok.ground.paper.shaping import refuse_unprintable

GOOD = [
    "ហ៊ុន", "ស្ត្រី", "ព្រះរាជាណាចក្រកម្ពុជា", "កណ្ដាល", "ឥន្ទ្រីយ៍", "លក្ស្មី", "ច័ន្ទ", "គ្រឿង", "ខ្ញុំ", "ឫទ្ធី", "អ៊ឹម", "ញ៉ាញ់",
    "១២.០៥.១៩៧២", "Éléonore Nguyễn O’Brien-Şen", "ផ្ទះលេខ 12, ផ្លូវ ២៧១", "លេខ «៤» — ថ្ងៃ", "",
]  # fmt: skip
BROKEN = [
    ("ហុ៊ន", "U+17CA"), ("ក្", "U+17D2"), ("្ក", "U+17D2"), ("ា", "U+17B6"), ("សុខ ៉ា", "U+17C9"), ("ក្ ខ", "U+17D2"),
    ("◌", "U+25CC"), ("សុខ 中", "U+4E2D"), ("a\u202eb", "U+202E"), ("a\nb", "U+000A"), ("☃", "U+2603"),
]  # fmt: skip
CONSONANTS = [chr(c) for c in range(0x1780, 0x17A3) if c not in (0x179D, 0x179E)]


@pytest.mark.parametrize("text", GOOD)
def test_good_text_has_no_problem(text):
    assert shaping_problem(text) is None


@pytest.mark.parametrize(("text", "character"), BROKEN)
def test_broken_text_names_the_character(text, character):
    problem = shaping_problem(text)
    assert problem is not None
    assert problem.startswith(character)


def test_every_fixed_label_prints():
    for table in (labels.STATE, labels.CARD, labels.LETTER, labels.SHEET):
        refuse_unprintable(table.items())


def test_refusal_says_where():
    with pytest.raises(Refusal) as refused:
        refuse_unprintable([("name_km", "សុខ"), ("address_1", "ហុ៊ន")])
    assert refused.value.code == "paper.unprintable"
    assert refused.value.field == "address_1"
    assert refused.value.facts == {"text_at": "address_1", "character": "U+17CA KHMER SIGN TRIISAP"}


@given(st.lists(st.sampled_from(CONSONANTS), min_size=1, max_size=12), st.data())
def test_breaks_never_split_a_syllable(letters, data):
    """A break before a subscript would print a dotted circle: whatever is broken, still prints."""
    text = letters[0]
    for letter in letters[1:]:
        text += data.draw(st.sampled_from(["", "\u17d2", "ា", " "])).replace("\u17d2", _joiner(text)) + letter
    assert shaping_problem(breakable(text)) == shaping_problem(text) is None
    assert breakable(text).replace("\u200b", "") == text


def _joiner(text: str) -> str:
    """A coeng where one may stand: after a consonant that does not itself hang under another."""
    return "\u17d2" if text[-1] in CONSONANTS and text[-2:-1] != "\u17d2" else ""
