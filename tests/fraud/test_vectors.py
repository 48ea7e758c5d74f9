"""The three verifiers and aics-tlog agree on random proofs; a receipt changed in one bit is refused by all (small)."""

import json

import pytest

from tests.contracts import oracles
from tests.fraud import vectors

pytestmark = pytest.mark.slow

N = 400
node = pytest.mark.skipif(vectors.NODE is None, reason="Node is not installed")


def test_library_and_file_agree_and_see_every_change():
    for place, made in enumerate(vectors.proofs(N, "small")):
        assert vectors.by_file(made) is vectors.by_library(made) is (place % 2 == 0), made


@node
def test_the_browsers_verifier_agrees():
    lines = [json.dumps(made) for made in vectors.proofs(N, "small")]
    assert vectors.by_browser(lines) == "10" * (N // 2)


@pytest.mark.oracle
@oracles.needed
def test_aics_tlog_agrees():
    lines = [json.dumps(made) for made in vectors.proofs(N, "small")]
    assert vectors.by_oracle(lines) == "10" * (N // 2)


def test_a_receipt_changed_in_one_bit_is_refused():
    for judge in (vectors.receipt_by_file(), vectors.receipt_by_library()):
        assert judge(vectors.receipt())
        assert not any(judge(raw) for raw in vectors.flips(150, "small"))


@node
def test_a_receipt_changed_in_one_bit_is_refused_in_the_browser():
    lines = vectors.receipt_lines([vectors.receipt(), *vectors.flips(150, "small")])
    assert vectors.by_browser(lines) == "1" + "0" * 150
