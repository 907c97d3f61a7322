"""Advertisements and links to neighbouring articles as lines of their own. All pages are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casekit.clean import clean_text
from casekit.fold.characters import table
from casekit.types import Block, Metadata, Span

TITLE = "童享家的会员经营之道"
FIRST = "这家儿童用品商在全国开了三百家门店，每家店都配有育儿顾问，顾客可以直接向她们提问。"
SECOND = "店长说，会员的续费率在去年达到了七成，比前年高出一成，原因在于顾问的服务更细致了。"
HEADING = "顾问如何留住会员"
ADS = [
    "加微信 vx99321 领取红包!!!",
    "澳门葡京在线赌场 首存送200%",
    "【点击此处领取666元优惠券】www.lucky-gift-shop.com",
    "微信扫码加群,免费看剧!QQ群:876543210",
    "兼职日赚三百，加V信：abc13579",
]


def traditional(text: str) -> str:
    """The characters that the folding table sends to these simplified ones, put back (only those used here)."""
    back = {table("characters.txt").get(ord(t), t): t for t in "門問費務會員營經領紅優惠紅場飛劇賭線賺"}
    return "".join(back.get(c, c) for c in text)


def page(noise: str) -> str:
    return f"{TITLE}\n{FIRST}\n{noise}\n{SECOND}\n\n{HEADING}\n\n{FIRST}{SECOND}\n{SECOND}\n"


def kept(text: str) -> str:
    return "".join(span.slice(text) for span in clean_text(text).kept)


@pytest.mark.parametrize("script", [str, traditional])
@pytest.mark.parametrize("ad", ADS)
def test_advert_is_no_title(ad: str, script: Callable[[str], str]) -> None:
    text = script(f"{ad}\n{page('')}")
    cleaned = clean_text(text)
    assert cleaned.metadata.title == script(TITLE)
    assert script(ad) in [one.span.slice(text) for one in cleaned.cuts]


def test_advert_marked_or_declared_as_title_is_none() -> None:
    text = f"{ADS[0]}\n{page('')}"
    mark = Block(Span(0, len(ADS[0])), "h", 1)
    assert clean_text(text, blocks=(mark,), declared=Metadata(title=ADS[0])).metadata.title == TITLE


@pytest.mark.parametrize("script", [str, traditional])
@pytest.mark.parametrize("ad", [*ADS, "上一篇:某店开业 下一篇:某店关门", "上一篇:某店开业\n下一篇:某店关门"])
def test_advert_or_step_between_paragraphs_goes_and_nothing_else(ad: str, script: Callable[[str], str]) -> None:
    text = script(page(ad))
    cleaned = clean_text(text)
    assert "".join(kept(text).split()) == script(FIRST + SECOND + HEADING + FIRST + SECOND + SECOND)
    assert [one.span.slice(text) for one in cleaned.headings] == [script(HEADING)]


def test_last_paragraph_behind_an_advert_stays() -> None:
    text = page("") + f"{ADS[3]}\n{SECOND}\n"
    assert kept(text).rstrip().endswith(SECOND)
    assert ADS[3] not in kept(text)


@pytest.mark.parametrize("line", ["客服微信:kefu24680", "加微信kefu24680，领取优惠券。"])
def test_contact_without_an_offer_or_in_a_sentence_is_doubted_and_no_heading(line: str) -> None:
    text = page("").replace(f"\n{HEADING}\n", f"\n{line}\n")
    cleaned = clean_text(text)
    assert line in [one.span.slice(text) for one in cleaned.doubts]
    assert line in kept(text)
    assert line not in [one.span.slice(text) for one in cleaned.headings]


@pytest.mark.parametrize(
    "line",
    [
        "店员在收银台贴出一行字：“加微信 dian24680 领取红包”，三个月里多了两万名会员。",
        "加微信领红包的老办法为什么失灵",
        "澳门葡京娱乐城的员工培训",
        "顾客扫码进群，每周三免费领一次试用装，群里只有顾问说话。",
    ],
)
def test_articles_that_tell_of_offers_keep_them(line: str) -> None:
    text = page(line)
    assert line in kept(text)
    assert not [one for one in clean_text(text).doubts if one.rule == "ad"]
