"""Quotations: the source's own characters unless asked otherwise, and places that others can open."""

from __future__ import annotations

from pathlib import Path

import pytest

from casekit.errors import SettingError
from casekit.workbench import Workbench

TEXT = "# 小店日記\n\n這家店把會員請進小程序,店員每天回覆問題。\n\n第二段談到庫存,數字都在帳上。\n"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench.init(tmp_path / "ws")
    path = tmp_path / "diary.md"
    path.write_text(TEXT, "utf8")
    made.add([path])
    return made


def test_a_quotation_is_the_slice(bench: Workbench) -> None:
    start = TEXT.index("第二段")
    found = bench.quote("diary", start, start + 7)
    assert found.text == found.quote == TEXT[start : start + 7]
    assert found.converted is None
    assert found.locator == "第2段"


def test_another_script_is_marked_as_converted(bench: Workbench) -> None:
    start = TEXT.index("會員")
    found = bench.quote("diary", start, start + 2, script="zh-Hans")
    assert (found.quote, found.converted, found.text) == ("会员", "zh-Hans", "會員")
    same = bench.quote("diary", start, start + 2, script="zh-Hant")
    assert (same.quote, same.converted) == ("會員", None)


def test_annotation_and_link_name_the_same_place(bench: Workbench) -> None:
    start = TEXT.index("店員")
    found = bench.quote("diary", start, start + 2)
    position, quote = found.annotation["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == "店員"
    assert TEXT[: position["start"]].endswith(quote["prefix"])
    assert found.link is not None
    assert found.link.endswith(f"#char={start},{start + 2}")


def test_what_was_cut_cannot_be_quoted(bench: Workbench) -> None:
    bench.cut("diary", 9, 14)
    with pytest.raises(SettingError, match="casekit show diary"):
        bench.quote("diary", 9, 14)


def test_a_quotation_tells_its_share_of_the_source(bench: Workbench) -> None:
    start = TEXT.index("第二段")
    end = TEXT.index("上。") + 2
    found = bench.quote("diary", start, end)
    # 13 of the 32 letters of the two paragraphs, counted by hand
    assert found.percent == pytest.approx(100 * 13 / 32, abs=0.01)
    assert found.budget == 10
