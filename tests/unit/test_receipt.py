"""The receipt: every character accounted for, everything left out named."""

from pathlib import Path

import pytest
from tests.samples import make_workspace

from casekit.clean import clean_text
from casekit.receipt import Receipt, Tally, receipt_of_json, receipt_to_json, tallies, with_body
from casekit.workbench import Workbench
from casekit.workbench.corpus.receipts import receipt_told, short_told

_TEXT = "首页\n晨光百货开店\n2021-03-05 10:20  来源：晨报\n晨光百货今年开了三家门店，会员数达到五百万人。\n版权所有 不得转载"


def test_kept_and_cut_characters_together_are_the_visible_ones() -> None:
    receipt = with_body(Receipt(), _TEXT, clean_text(_TEXT))
    assert receipt.visible == len("".join(_TEXT.split()))
    assert receipt.kept + sum(one.count for one in receipt.cut) == receipt.visible
    assert receipt.has_body
    assert receipt.cut


def test_a_receipt_survives_the_way_through_json() -> None:
    whole = Receipt(
        9, 5, (Tally("nav", 4),), tallies({"picture": 2}), "gb18030", ("unreadable",), ("columns",), "请登录"
    )
    assert receipt_of_json(receipt_to_json(whole)) == whole


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """A workbench on an empty corpus."""
    return Workbench(make_workspace(tmp_path / "ws").root)


def _page(folder: Path, name: str, inner: str) -> Path:
    path = folder / name
    path.write_text(f"<html><head><title>页</title></head><body>{inner}</body></html>", "utf8")
    return path


_MENU = "".join(f"<li><a href='/{i}'>栏目{i}的名称</a></li>" for i in range(60))


@pytest.mark.parametrize(
    "inner",
    [
        "<p>该内容已被发布者删除</p>",
        "<p>当前环境异常，完成验证后即可继续访问。</p>",
        f"<ul class='nav'>{_MENU}</ul><div class='main'><p>请先登录后查看全文，登录后可以继续阅读。</p></div>",
    ],
)
def test_a_notice_is_refused_with_the_way_out_and_taken_anyway(bench: Workbench, tmp_path: Path, inner: str) -> None:
    page = _page(tmp_path, "n.html", inner)
    refused = bench.add([page]).refused
    assert [one.notice for one in refused] == [True]
    assert "--anyway" in refused[0].reason
    assert bench.add([page], anyway=True).added
    assert bench.receipt("n").notice


def test_the_receipt_of_a_source_follows_the_rulings_of_people(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(_TEXT, "utf8")
    first = bench.add([path]).added[0].receipt
    assert first is not None
    assert first == bench.receipt("a")
    assert first.encoding == "utf-8"
    start = _TEXT.index("晨光百货今年")
    bench.cut("a", start, start + 4)
    after = bench.show("a").receipt
    assert after.kept == first.kept - 4
    assert Tally("manual", 4) in after.cut


def test_a_receipt_is_told_in_one_line_and_whole() -> None:
    nothing = Receipt(visible=10, skipped=(Tally("frame", 2),), repaired=("unreadable",))
    assert short_told(nothing) == "可见 10 字，没有找到正文；未读：框架（内容不在文件里） 2；有字符读不出"
    assert ("未读", "框架（内容不在文件里） 2") in receipt_told(nothing)
