"""What is written where."""

from datetime import date

import pytest

from srok.ground.kernel.dates import PartialDate
from srok.ground.paper.rules import breakable, card_texts, date_en
from srok.ground.paper.tests.samples import face


@pytest.mark.parametrize(
    ("birth", "printed"),
    [
        (PartialDate(1960), "១៩៦០"),
        (PartialDate(1960, 5), "០៥.១៩៦០"),
        (PartialDate(1960, 5, 3), "០៣.០៥.១៩៦០"),
    ],
)
def test_partial_birth_dates_print_only_what_is_known(birth, printed):
    assert card_texts(face(birth=birth))["birth"] == printed


def test_card_texts():
    texts = card_texts(face(height_cm=169, address_km=("ភូមិមួយ",)))
    assert texts["name_km"] == "សុខ សុភា"
    assert texts["name_latin"] == "SOK SOPHEA"
    assert texts["sex"] == "ស្រី"
    assert texts["height"] == "១៦៩ ស.ម"
    assert (texts["address_1"], texts["address_2"]) == ("ភូមិមួយ", "")
    assert (texts["valid_from"], texts["valid_until"]) == ("០៣.០៣.២០២៥", "០២.០៣.២០៣៥")


def test_long_latin_words_may_break_and_short_ones_not():
    assert breakable("SOVANNARITH") == "SOVANNARITH"
    assert "\u200b" in breakable("SOVANNARITHIREAKSMEY")


def test_english_dates():
    assert date_en(date(2025, 5, 12)) == "12 May 2025"
