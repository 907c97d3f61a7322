"""What is tried of many that are alike: the same at every run, and nothing that is asked for is left out."""

from __future__ import annotations

import pytest
from tests import sampled
from tests.sampled import few, pairs
from tests.sampled import sampled as chosen_of


def test_a_sample_is_steady_in_order_and_holds_what_is_always_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "EVERYTHING", False)
    found = chosen_of("abcdefgh", 3, always="g")
    assert found == chosen_of("abcdefgh", 3, always="g") == sorted(found)
    assert len(found) == 3
    assert "g" in found
    assert few(1, 9) == 1


@pytest.mark.parametrize(("ones", "others"), [("abc", "12345"), ("abcde", "12"), ("ab", "12")])
def test_each_of_either_stands_in_a_pair(ones: str, others: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "EVERYTHING", False)
    found = pairs(ones, others)
    assert {one for one, _ in found} == set(ones)
    assert {other for _, other in found} == set(others)
    assert len(found) == max(len(ones), len(others))
    monkeypatch.setattr(sampled, "EVERYTHING", True)
    assert len(pairs(ones, others)) == len(ones) * len(others)
    assert chosen_of(ones, 1) == list(ones)
