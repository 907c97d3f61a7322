"""Figures of a company that only the title makes known: they don't fall to listed partners. All companies are invented but
the partners."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.facts import find_facts, find_figures
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Cleaned, Doc, Metadata, Source, Span

CHENGHU = (
    "澄湖超市的数字化之路\n\n2019年，澄湖超市与腾讯合作推出小程序。上线三个月，会员数达到120万人，到家订单占比提升到15%。\n\n"
    "腾讯派出顾问驻店。门店数增加到320家，营业额增长12%。\n\n企业微信帮助导购联系顾客，复购率提高了8个百分点。\n"
)
BAILU = (
    "白鹭面馆：一碗面的会员生意\n\n白鹭面馆从一家小店做起。\n\n京东到家为其配送。日均订单达到3000单，客单价28元。\n\n"
    "沃尔玛也做过类似的尝试。沃尔玛中国有400家门店。\n"
)
QINGHE = (
    "青禾便利如何用小程序留住顾客\n\n便利店生意不好做。青禾便利在南方有800家门店，去年接入微信支付。会员复购率提高到35%。\n\n"
    "美团带来了新订单。全年外卖订单增长40%，营业额达到6亿元。\n"
)


def subjects(text: str, *, cleaned: bool = False) -> dict[str, tuple[str | None, str | None]]:
    body = clean_text(text) if cleaned else Cleaned((Span(0, len(text)),), (), (), (), Metadata())
    doc = Doc(Source("a", "0" * 64, text), body)
    mentions = find_mentions(doc, load_lexicon())
    found = find_facts(doc, mentions) if cleaned else find_figures(text, mentions)
    return {fact.text: (fact.subject, fact.subject_entity) for fact in found if fact.kind != "date"}


@pytest.mark.parametrize("cleaned", [False, True])
@pytest.mark.parametrize(
    ("text", "name", "figures"),
    [
        (CHENGHU, "澄湖超市", ("120万人", "15%", "320家", "12%", "8个百分点")),
        (BAILU, "白鹭面馆", ("3000单", "28元")),
        (QINGHE, "青禾便利", ("800家", "35%", "40%", "6亿元")),
    ],
)
def test_the_company_of_the_title_keeps_its_figures(
    text: str, name: str, figures: tuple[str, ...], cleaned: bool
) -> None:
    found = subjects(text, cleaned=cleaned)
    assert {figure: found[figure][0] for figure in figures} == dict.fromkeys(figures, name)
    assert {found[figure][1] for figure in figures} <= {None, name}  # nobody that the lexicon knows


def test_a_listed_company_that_is_told_about_keeps_its_own() -> None:
    assert subjects(BAILU)["400家"] == ("沃尔玛", "walmart")
    assert subjects("澄湖超市与邻居\n\n澄湖超市很忙。\n\n步步高有586家门店，营收128亿元。\n")["586家"] == (
        "步步高",
        "bubugao",
    )


@pytest.mark.parametrize(
    "text",
    [
        "会员制超市为什么火了\n\n腾讯投入50亿元。会员制超市的货架上东西不多。\n",  # a kind of company
        "社区超市的春天\n\n腾讯投入50亿元。一家社区超市开在街角。\n",
        "数字化转型如何落地\n\n腾讯投入50亿元。数字化转型不容易。\n",  # no company
        "澄湖超市的数字化之路\n\n腾讯投入50亿元。\n",  # named nowhere else
        "腾讯智慧零售的账本\n\n腾讯投入50亿元。\n",  # listed
    ],
)
def test_other_titles_change_nothing(text: str) -> None:
    assert subjects(text)["50亿元"] == ("腾讯", "tencent")
