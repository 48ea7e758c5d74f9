"""A picture at the commune desk: whatever its header claims, the answer is words."""

import pytest

from srok.ground.kernel.refusal import Refusal
from srok.trust.verification.tests.test_pictures import claiming
from srok.vote.roll import scan


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000, 65_000])
def test_a_bomb_is_a_picture_that_cannot_be_read(side: int) -> None:
    with pytest.raises(Refusal, match="roll.unreadable_picture"):
        scan.qr_text_of(claiming(side, side))
