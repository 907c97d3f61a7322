"""Fingerprints and quotation keys: frozen, and blind to everything but letters and digits."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest
from hypothesis import given
from tests.strategies import raw_texts

from casekit.fold import fingerprint, match_key, to_traditional

# Golden values: written by the first release; a change here breaks every fingerprint in every case card.
GOLDEN = {
    "": "fp1:0:e3b0c44298fc1c14",  # the SHA-256 of nothing
    "abc": "fp1:3:ba7816bf8f01cfea",  # the SHA-256 of "abc", as in FIPS 180-2, appendix B.1
}


@pytest.mark.parametrize(("quote", "value"), GOLDEN.items())
def test_fingerprint_is_the_one_in_the_standard(quote: str, value: str) -> None:
    assert fingerprint(quote) == value


def test_the_frozen_table_is_untouched() -> None:
    table = (files("casekit") / "data" / "fold" / "quote_v1.txt").read_bytes()
    assert hashlib.sha256(table).hexdigest() == "702ec0ae14f6eb7802579e136b2a42edf8a62eef38e4c99e5d4cf313aadfefac"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("「零售業」，隨著２０２０年！", "“零售业”，随着2020年"),
        ("麵 包 裡\n的藉口", "面包里的借口"),
        ("Jack & Jones", "ＪＡＣＫ＆ＪＯＮＥＳ"),
        ("規畫", "规划"),
    ],
)
def test_script_width_case_and_marks_do_not_count(left: str, right: str) -> None:
    assert fingerprint(left) == fingerprint(right)


def test_words_do_count() -> None:
    assert match_key("品質") != match_key("质量")
    assert fingerprint("增长15%") != fingerprint("增长16%")


@given(raw_texts(), raw_texts())
def test_key_of_a_text_is_the_keys_of_its_parts(left: str, right: str) -> None:
    assert match_key(left + right) == match_key(left) + match_key(right)


@given(raw_texts())
def test_key_of_a_key_is_itself(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    assert all(c.isalnum() for c in key)


def test_every_character_that_conversion_makes_has_the_key_it_came_from() -> None:
    text = "干后里面只台发复历钟松系于云卷借了征周准症着朱筑冲丑划"
    assert match_key(to_traditional(text)) == match_key(text)
