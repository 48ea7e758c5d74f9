"""Counts under ten are merged upward, and nothing that is shown gives one away."""

from hypothesis import given
from hypothesis import strategies as st

from srok.trust.openlog.merging import LEAST, Count, merged


def above(key: str) -> str | None:
    """A commune's district, a district's province, the nation."""
    return key[:-2] if len(key) > 2 else "" if key else None


def test_a_small_commune_stands_with_its_neighbours():
    assert merged({"010201": 3, "010202": 8, "010203": 40}, above) == [Count("010203", 40), Count("0102*", 11, 2)]


def test_one_small_commune_takes_the_smallest_neighbour_along():
    found = merged({"010201": 3, "010202": 15, "010203": 40}, above)
    assert found == [Count("010203", 40), Count("0102*", 18, 2)]


def test_a_lonely_small_commune_goes_up_to_the_province_and_the_nation():
    assert merged({"010201": 3, "010301": 9}, above) == [Count("01*", 12, 2)]
    assert merged({"010201": 3, "020301": 9}, above) == [Count("*", 12, 2)]
    assert merged({"010201": 3, "020301": 50, "030101": 60}, above) == [Count("030101", 60), Count("*", 53, 2)]
    assert merged({"010201": 3, "020301": 4}, above) == []
    assert merged({"010201": 3}, above) == []
    assert merged({"010101": 2, "010102": 8, "010201": 1}, above) == [Count("*", 11, 3)]
    assert merged({}, above) == [] == merged({"010201": 0}, above)


def test_large_counts_stand_alone():
    assert merged({"010201": 10, "010202": 4_000}, above) == [Count("010201", 10), Count("010202", 4_000)]


@given(
    st.dictionaries(
        st.builds("{:02d}{:02d}{:02d}".format, st.integers(1, 3), st.integers(1, 3), st.integers(1, 4)),
        st.integers(0, 60),
    )
)
def test_no_small_count_can_be_read_or_computed(counts: dict[str, int]):
    found = merged(counts, above)
    assert all(one.count >= LEAST for one in found)
    assert all(one.merged != 1 for one in found), "a rest of one unit is that unit"
    alone = {one.key: one.count for one in found if not one.is_rest}
    assert all(counts[key] == count for key, count in alone.items())
    hidden = sum(counts.values()) - sum(one.count for one in found)
    units = sum(count > 0 for count in counts.values())
    assert hidden == 0 or (sum(counts.values()) < LEAST and not found) or units == 1
