"""The nearest faces are those of brute force in double precision, whatever was added and removed before."""

from uuid import UUID

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srok.identity.biometrics.gallery import Vectors, distance, vector
from srok.identity.biometrics.terms import Candidate
from srok.identity.biometrics.tests.engines import template


def brute_force(held: dict[UUID, bytes], asked: bytes, most: int, without: UUID | None = None) -> list[Candidate]:
    """The peer: every distance in double, sorted."""
    query = vector(asked).astype(numpy.float64)
    found = []
    for key, one in held.items():
        apart = vector(one).astype(numpy.float64) - query
        found.append((float(numpy.sqrt((apart * apart).sum())), key))
    return [Candidate(key, far) for far, key in sorted(found) if key != without][:most]


ACTS = st.lists(st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 40), st.integers(0, 12)), max_size=120)


@settings(max_examples=80, deadline=None)
@given(ACTS, st.integers(0, 15), st.integers(0, 50))
def test_any_history_answers_like_brute_force(acts, most, asked):
    vectors, held = Vectors(), {}
    for act, number, face in acts:
        key = UUID(int=number)
        if act == "add":
            vectors.add(key, template(face))
            held[key] = template(face)
        else:
            vectors.remove(key)
            held.pop(key, None)
    assert len(vectors) == len(held)
    assert vectors.nearest(template(asked % 14), most) == brute_force(held, template(asked % 14), most)
    assert vectors.nearest(template(asked % 14), most, without=UUID(int=asked)) == brute_force(
        held, template(asked % 14), most, UUID(int=asked)
    )


def test_faces_nearer_than_the_rounding_of_single_precision_keep_their_order():
    """Distances that float32 cannot tell apart are told apart in double."""
    base = numpy.full(128, 0.7, dtype=numpy.float64)
    held, vectors = {}, Vectors()
    for number in range(200):
        row = base.copy()
        row[number % 128] += (200 - number) * 2.0**-22
        held[UUID(int=number)] = row.astype("<f4").tobytes()
        vectors.add(UUID(int=number), held[UUID(int=number)])
    asked = base.astype("<f4").tobytes()
    assert vectors.nearest(asked, 60) == brute_force(held, asked, 60)


def test_large_numbers_among_small_ones_change_nothing():
    held, vectors = {}, Vectors()
    for number in range(300):
        row = vector(template(number)) * (1000.0 if number == 7 else 1.0)
        held[UUID(int=number)] = row.astype("<f4").tobytes()
        vectors.add(UUID(int=number), held[UUID(int=number)])
    for asked in (3, 7, 299):
        assert vectors.nearest(template(asked), 5) == brute_force(held, template(asked), 5)


def test_a_batch_is_the_same_as_one_at_a_time():
    vectors = Vectors()
    for number in range(3000):
        vectors.add(UUID(int=number), template(number))
    asked = [template(number, near=number, by=0.2) for number in (5, 77, 2999)]
    assert vectors.nearest_of_each(asked, 4) == [vectors.nearest(one, 4) for one in asked]
    assert [found[0].key.int for found in vectors.nearest_of_each(asked, 1)] == [5, 77, 2999]


def test_an_empty_gallery_has_nobody():
    vectors = Vectors()
    vectors.remove(UUID(int=1))
    assert vectors.nearest(template(1), 5) == []
    vectors.add(UUID(int=1), template(1))
    assert vectors.nearest(template(1), 0) == []
    assert (UUID(int=1) in vectors, len(vectors)) == (True, 1)


@pytest.mark.parametrize("bad", [b"", b"\0" * 511, b"\0" * 516, numpy.full(128, numpy.nan, "<f4").tobytes()])
def test_what_is_no_template_is_refused(bad):
    with pytest.raises(ValueError):
        Vectors().add(UUID(int=1), bad)


def test_distance_is_euclidean():
    row = numpy.zeros(128, dtype="<f4")
    row[0], row[1] = 3.0, 4.0
    assert distance(numpy.zeros(128, dtype="<f4").tobytes(), row.tobytes()) == 5.0
