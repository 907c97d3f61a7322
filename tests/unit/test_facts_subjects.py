"""Whom a figure is about, by the grammar of its sentence; where that does not tell, nobody. Firms are invented but the tools."""

from __future__ import annotations

import pytest

from casekit.facts import find_figures
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Cleaned, Doc, Metadata, Source, Span


def subjects(text: str) -> dict[str, str | None]:
    """Each figure's subject, by the lexicon that comes with casekit."""
    doc = Doc(Source("a", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    return {f.text: f.subject for f in find_figures(text, find_mentions(doc, load_lexicon())) if f.kind != "date"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # tools, channels and sales days are not what a firm's figures are about
        ("夕阳百货接入微信支付后，客单价为120元。", {"120元": "夕阳百货"}),
        ("小红书上的夕阳百货账号有20万粉丝，门店数增至320家。", {"20万": "夕阳百货", "320家": "夕阳百货"}),
        ("抖音直播间里，夕阳百货的单场销售额为500万元。", {"500万元": "夕阳百货"}),
        ("夕阳百货双11销售额为3亿元。", {"3亿元": "夕阳百货"}),
        ("盒马小程序GMV突破8亿元，退货率压到6%以下。", {"8亿元": "盒马", "6%": "盒马"}),
        ("在企业微信的帮助下，禾岫茶集的社群复购率达到38%。", {"38%": "禾岫茶集"}),
        # those who serve, invest or report
        ("腾讯云为永辉超市搭建的中台上线后，缺货率下降了17%。", {"17%": "永辉"}),
        ("高瓴合伙人表示，盒马的库存周转保持在20天，净现金119亿元。", {"119亿元": "盒马"}),
        # set against somebody, one each, one of two
        ("盒马的生鲜损耗率只有3%，远低于大润发的8%。", {"3%": "盒马", "8%": "大润发"}),
        ("盒马、永辉超市和大润发的毛利率分别为18%、22%和25%。", {"18%": "盒马", "22%": "永辉", "25%": "大润发"}),
        ("盒马与大润发都在南方开店。前者有400家门店，后者的客单价为78元。", {"400家": "盒马", "78元": "大润发"}),
        # words that point back
        ("盒马去年关店60家。该公司同时新开12家仓储店。", {"60家": "盒马", "12家": "盒马"}),
        ("盒马上半年客流回升。其外送业务收入5.8亿元。", {"5.8亿元": "盒马"}),
        # somebody else is spoken of: nobody
        ("盒马的门店很多。消费者的满意度达到92%。", {"92%": None}),
        ("盒马的门店很多。超过一百家使用企业微信的公司实现了增长，复购率为30%。", {"一百家": None, "30%": None}),
        ("盒马也来了。全国便利店门店数达到32万家。", {"32万家": None}),
    ],
)
def test_the_subject_is_whom_the_clause_speaks_of(text: str, expected: dict[str, str | None]) -> None:
    found = subjects(text)
    assert {figure: found[figure] for figure in expected} == expected


def test_nothing_is_carried_into_another_paragraph_but_the_title_and_the_heading() -> None:
    assert subjects("一周观察\n\n盒马去年关店60家。\n\n客单价为78元。")["78元"] is None
    assert subjects("盒马的账本\n\n去年开始改变。\n\n客单价为78元。")["78元"] == "盒马"


def test_two_firms_that_may_both_be_meant_are_nobody() -> None:
    assert subjects("盒马与大润发都在南方开店。双方的客单价为78元。")["78元"] is None
