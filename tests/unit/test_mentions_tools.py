"""Tools that no lexicon lists: found where form and use agree, never by one of them alone."""

from __future__ import annotations

import pytest

from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Cleaned, Doc, Metadata, Source, Span


def tools(text: str) -> set[str]:
    doc = Doc(Source("s", "", text, Metadata()), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    return {m.text for m in find_mentions(doc, load_lexicon()) if m.unlisted and m.type == "product"}


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("清和医院去年上线了东软的QIS系统，挂号和缴费都搬到了手机上。", "QIS系统"),
        ("后来，公司引进了QPS。", "QPS"),
        ("他们三年前还在用Excel排产。", "Excel"),
        ("渚青航运计划明年接入SAP系统。", "SAP系统"),  # a listed firm, whose system is meant
        ("“田管家”已被丰穗农场用来记录每块地的施肥。", "“田管家”"),
        ("报名、签到都在“小鹅通”里完成。", "“小鹅通”"),
        ("青梭科技开发了一套路由调度系统“织网”。", "“织网”"),  # a word, called a system
        ("护士站给每张床装上了“安枕”监测垫。", "“安枕”"),
    ],
)
def test_form_and_use_together_make_a_tool(text: str, tool: str) -> None:
    assert tool.strip("“”") in tools(text)


@pytest.mark.parametrize(
    "text",
    [
        "他用“心”做事，公司靠的是“笨办法”。",
        "公司引入B轮投资，估值达到十亿元。",
        "Q3的GMV增长了三成，CEO很满意。",
        "他说“老店”里的人情味最要紧。",
        "采购VIP客户的名单不难。",
    ],
)
def test_one_of_them_alone_makes_none(text: str) -> None:
    assert tools(text) == set()
