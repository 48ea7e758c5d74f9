"""One person in two open cases, approved at one moment by two approvers: one is admitted, the other case goes back."""

import pytest

from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.names import canonical_name
from srok.identity.cards.models import Card
from srok.identity.cases.tests import world
from tests.safety import chain
from tests.safety.test_at_once import at_once, pytestmark

__all__ = ["pytestmark"]
SPELLINGS = (("ហោ", "ពេជ្រ", "HO", "PICH"), ("ហោ", "ពេជ", "HOR", "PECH"))


@pytest.mark.parametrize("round_", range(3))
def test_two_approvals_at_one_moment_admit_one_person(round_: int) -> None:
    both = [new_reference(), new_reference()]
    for reference, spelling in zip(both, SPELLINGS, strict=True):
        birth = f"19{61 + 7 * round_}-05-0{3 + round_}"
        chain.lodging(canonical_name(*spelling), reference, birth=birth)()
        world.settle_as(reference, chain.MOTHER)
        world.examined(reference)
        world.decided(reference)
    said = at_once(chain.approving(both[0]), chain.approving(both[1]))
    assert said == ["cases.new_candidates", "ok"]
    assert Card.objects.filter(case_ref__in=both).count() == 1
