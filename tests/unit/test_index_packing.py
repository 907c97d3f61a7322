"""What the records keep packed comes back as it was, whatever characters it has; what is damaged is told in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.errors import IndexDamagedError
from casekit.index import packing

texts = st.text(st.characters(), max_size=80)


@given(texts, texts)
def test_texts_come_back_as_they_were(folded: str, quote: str) -> None:
    assert packing.text_unpacked(packing.text_packed(folded)) == folded
    assert packing.fold_unpacked(packing.fold_packed(folded, quote), quote) == folded


def test_a_folded_passage_costs_little_beside_its_quotation() -> None:
    quote = "澄湖书店在三座城市开出了四十家门店，店长每周看一次报表，会员能在小程序里预约座位。" * 3
    packed = packing.fold_packed("澄湖书店的会员\n" + quote.replace("，", ","), quote)
    assert len(packed) < 0.2 * len(quote.encode())


@given(st.lists(st.tuples(*[st.integers(0, 1 << 20)] * 4), max_size=12), st.integers(0, 1 << 30))
def test_sentences_come_back_as_they_were(sentences: list[packing.Sentence], start: int) -> None:
    shifted = [(a + start, b + start, first, last) for a, b, first, last in sentences]
    assert packing.sentences_unpacked(packing.sentences_packed(shifted, start), start) == shifted


def test_what_is_damaged_is_told_in_a_line() -> None:
    with pytest.raises(IndexDamagedError, match="--full"):
        packing.text_unpacked(packing.text_packed("四十家门店")[:-3] + b"abc")
    with pytest.raises(IndexDamagedError, match="--full"):
        packing.fold_unpacked(b"\xff\xff", "四十家门店")
