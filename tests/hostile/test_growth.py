"""Time grows with the text in every stage, whatever stands in it.

Here what was once slow is measured small; `python -m tests.hostile.growth` measures every pattern in every stage at 10,000,
100,000 and 1,000,000 characters.
"""

from __future__ import annotations

import pytest
from tests.hostile.growth import ratio_of
from tests.hostile.pathological import PATTERNS
from tests.hostile.stages import STAGES

from casekit.clean import clean_text
from casekit.readers import read_bytes

_SLOW_ONCE = (
    ("sentences", "empty brackets"),
    ("sentences", "open quotation marks"),
    ("names", "speaker opens a quotation"),
    ("names", "nested quotation marks"),
    ("reading", "nested quotation marks"),
    ("clean", "labels, one a line"),
    ("clean", "blanks"),
    ("facts", "figures with commas"),
    ("facts", "digits"),
    ("facts", "zeros and points"),
    ("passages", "blanks"),
    ("txt", "indented"),
    ("spoken", "open voices"),
    ("head", "one Latin word"),
    ("head", "open comments of styles"),
    ("head", "rules at a sign"),
    ("head", "pipes"),
    ("md", "addresses of links"),
    ("check plain", "open quotation marks"),
    ("check plain", "nested quotation marks"),
    ("check", "labels, one a line"),
)
"""Stages and patterns that took the square of the length before they were mended."""


@pytest.mark.parametrize(("stage", "pattern"), _SLOW_ONCE)
def test_what_was_slow_once_takes_ten_times_as_long_for_ten_times_the_text(stage: str, pattern: str) -> None:
    # mended ones measure 1 to 11, quadratic ones 60 to 100; times below 30 ms count as 30 ms
    ratio = ratio_of(STAGES[stage], PATTERNS[pattern], 1500, rounds=1)
    if ratio >= 25:  # a crowded machine once doubled one of two numbers
        ratio = ratio_of(STAGES[stage], PATTERNS[pattern], 1500, rounds=4)
    assert ratio < 25


def test_a_page_with_a_hundred_thousand_attributes_is_read_in_time() -> None:
    def page(chars: int) -> str:
        return "<p " + " ".join(f"a{n}=b" for n in range(chars // 8)) + ">店里会员多了。</p>"

    assert ratio_of(STAGES["html"], page, 20_000) < 25


def test_a_rule_of_bullets_across_a_page_is_no_depth() -> None:
    page = f"<html><body><h1>店</h1><p>{'•' * 4000}</p><p>晨露茶饮开了新店，会员多了三成。</p></body></html>"
    read = read_bytes(page.encode(), name="a.html")
    cleaned = clean_text(read.text, blocks=read.blocks, declared=read.metadata)
    assert any("晨露茶饮" in span.slice(read.text) for span in cleaned.kept)
