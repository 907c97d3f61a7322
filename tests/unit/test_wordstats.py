"""What counts of words tell, on counts small enough to reckon by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.wordstats import collocates, dispersion, keyness, new_words


def test_keyness_is_the_log_likelihood_ratio() -> None:
    # 12 of 100 against 3 of 400: expected 3 and 12, G² = 2 (12 ln 4 + 3 ln 1/4)
    [key] = keyness({"茶": 12, "的": 88}, {"茶": 3, "的": 397})
    assert (key.word, key.count, key.elsewhere) == ("茶", 12, 3)
    assert key.g2 == pytest.approx(2 * (12 * math.log(4) + 3 * math.log(0.25)))
    assert key.log_ratio == pytest.approx(4)  # 0.12 is 16 times 0.0075


def test_a_word_that_stands_nowhere_else_has_a_ratio_too() -> None:
    [key] = keyness({"茶": 4, "的": 4}, {"的": 8})
    assert key.elsewhere == 0
    assert key.log_ratio == pytest.approx(math.log2((4 / 8) / (0.5 / 8)))


@given(
    st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(1, 50)),
    st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(1, 50)),
)
def test_keys_stand_at_a_higher_rate_and_never_on_both_sides(own: dict[str, int], rest: dict[str, int]) -> None:
    keys, others = keyness(own, rest), keyness(rest, own)
    assert not {key.word for key in keys} & {key.word for key in others}
    assert all(key.g2 >= 0 and key.log_ratio > 0 for key in keys if key.elsewhere)


CLAUSES = (("导购", "加", "顾客"), ("导购", "问", "顾客"), ("店长", "问", "导购"), ("顾客", "付款"))


def test_collocates_are_ranked_by_log_dice() -> None:
    found = {one.word: one for one in collocates(CLAUSES, "导购", window=2)}
    assert (found["顾客"].together, found["顾客"].count) == (2, 3)
    assert found["顾客"].log_dice == pytest.approx(14 + math.log2(2 * 2 / (3 + 3)))
    assert "付款" not in found  # another sentence
    assert "顾客" not in {one.word for one in collocates(CLAUSES, "导购", window=1)}


def test_a_place_near_two_of_the_word_counts_once() -> None:
    [one] = collocates([("会员", "日", "会员")], "会员", window=1)
    assert (one.word, one.together) == ("日", 1)


def test_dispersion_is_dp() -> None:
    assert dispersion([1, 3], [100, 300]) == 0
    assert dispersion([4, 0], [100, 300]) == pytest.approx(0.75)
    assert dispersion([0, 0], [1, 1]) == 0
    with pytest.raises(ValueError, match="same parts"):
        dispersion([1], [1, 2])


def test_neighbours_that_go_together_and_stand_free_are_a_new_word() -> None:
    others = [(a, b) for a in "天地玄黄宇宙洪荒" for b in "日月盈昃辰宿列张"]
    clauses = [(f"前{i}", "千店", "千面", f"后{i}") for i in range(5)] + others
    may = {word: True for clause in clauses for word in clause}
    [found] = new_words(clauses, may=may)
    assert (found.word, found.parts, found.count) == ("千店千面", ("千店", "千面"), 5)
    assert found.freedom == pytest.approx(math.log2(5))


def test_a_string_that_always_stands_in_a_longer_one_is_none() -> None:
    clauses = [(f"前{i}", "千店", "千面", "法") for i in range(5)]
    may = {word: True for clause in clauses for word in clause}
    assert {one.word for one in new_words(clauses, may=may, least_pmi=0)} == {"千店千面法"}


def test_what_may_be_no_part_parts() -> None:
    clauses = [(f"前{i}", "店", "的", f"后{i}") for i in range(5)]
    assert new_words(clauses, may={"店": True, "的": False}, least_pmi=0) == []
