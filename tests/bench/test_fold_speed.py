"""How fast text is folded and cut: made-up text in both scripts, no network. Run with `make bench`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial

import pytest
from tests.timing import loops

from casekit.fold import fold_spans, fold_text, key_spans, to_traditional
from casekit.passages import split_passages
from casekit.segment import Segmenter, split_sentences
from casekit.types import Cleaned, Metadata, Span

pytestmark = pytest.mark.bench

SENTENCES = (
    "小店把会员请进小程序，店员用企业微信回答问题，顾客扫一扫就能付款。",
    "“这个月卖得好吗？”她问，店长说销售额是去年同月的 115%。",
    "程序员写的软件让网络订单直接进入仓库，信息不再丢失。",
)
SIMPLIFIED = "\n".join(f"{sentence}第{i}段。" for i in range(750) for sentence in SENTENCES)
TRADITIONAL = to_traditional(SIMPLIFIED).replace("網絡", "網路").replace("軟件", "軟體")


def turns_a_megabyte(action: Callable[[str], object], text: str) -> float:
    """The best of three runs, in turns of a loop of plain Python (tests/timing.py) a megabyte of UTF-8.

    A turn takes 15 to 25 ms. No text is read twice: what was read before is remembered.
    """
    size = len(text.encode("utf-8")) / 1e6
    return min(loops(partial(action, f"{text}{number}")) for number in range(3)) / size


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize("action", [fold_text, fold_spans, key_spans], ids=lambda action: str(action.__name__))
def test_folding_a_megabyte_costs_a_second(
    action: Callable[[str], object], text: str, record_property: Callable[[str, object], None]
) -> None:
    turns = turns_a_megabyte(action, text)
    record_property("turns_a_megabyte", round(turns, 1))
    assert turns < 45, turns  # 5 to 17 on a machine with eight programs on each core


def test_sentences_and_passages_of_a_megabyte_cost_two_seconds(
    record_property: Callable[[str, object], None],
) -> None:
    def kept(text: str) -> Cleaned:
        return Cleaned((Span(0, len(text)),), (), (), (), Metadata())

    turns = {
        "sentences": turns_a_megabyte(split_sentences, SIMPLIFIED),
        "passages": turns_a_megabyte(lambda text: split_passages("s", text, kept(text)), SIMPLIFIED),
    }
    for name, found in turns.items():
        record_property(name, round(found, 1))
    assert max(turns.values()) < 90, turns  # 8 and 45 on a machine with eight programs on each core


def test_words_of_a_megabyte_cost_five_seconds(record_property: Callable[[str, object], None]) -> None:
    # jieba alone: 0.5 MB/s; rjieba 10.
    segmenter = Segmenter(["企业微信"])
    segmenter.cut("先装入词典")
    turns = turns_a_megabyte(segmenter.cut, SIMPLIFIED)
    record_property("turns_a_megabyte", round(turns, 1))
    assert turns < 220, turns  # 22 with rjieba on a machine with eight programs on each core


def test_first_fold_of_a_process_is_quick(record_property: Callable[[str, object], None]) -> None:
    # Floor: a search process waits for it; 0.15 s asked, 0.02 s measured beyond the import of numpy.
    code = (
        "import time, numpy; start = time.process_time()\n"
        "from casekit.fold import fold_text; fold_text('網際網路的軟體，「好」')\n"
        "print(time.process_time() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    seconds = float(done.stdout)
    record_property("seconds", seconds)
    assert seconds < 0.15
