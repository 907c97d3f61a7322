"""What a drafted card takes from a text as trade, place and decision. Invented firms; expectations by hand."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.casebook.described import described
from casekit.casebook.draft import new_card
from casekit.fold import to_traditional
from casekit.types import Cleaned, Doc, Fact, Metadata, Source, Span


def said(text: str, *names: str) -> list[tuple[str, str]]:
    doc = Doc(Source("a", "", text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    return [(one.facet, one.text) for one in described(names or ("海角便利",), {"a": doc})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海角便利是一家社区连锁便利店。", [("industry", "社区连锁便利店")]),
        ("海角便利是国内领先的茶饮品牌之一。", [("industry", "茶饮品牌")]),
        ("海角便利总部位于成都，门店不多。", [("place", "成都")]),
        ("去年，海角便利决定自建会员系统。", [("decision", "决定自建会员系统")]),
        ("海角便利总行设在厦门。", [("place", "厦门")]),
        ("海角便利是成都的一家连锁便利店。", [("industry", "连锁便利店"), ("place", "成都")]),
        ("海角便利是江川市的连锁便利店。", [("industry", "连锁便利店"), ("place", "江川市")]),
        ("去年，海角便利面临客流下滑的难题，决定把导购的业绩归属改掉。", [("decision", "决定把导购的业绩归属改掉")]),
        ("海角便利开了新店。公司决定自建会员系统。", [("decision", "决定自建会员系统")]),
        ("员工谈到海角便利。公司决定自建会员系统。", []),
        ("有人问，海角便利是一家什么公司？", []),
        ("海角便利的会员增长很快。", []),
        ("白鹿书店是一家书店。", []),
    ],
)
def test_only_what_is_said_outright_is_taken(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected
    assert said(to_traditional(text), "海角便利", to_traditional("海角便利")) == expected


def test_a_draft_takes_no_duration_for_a_size_and_no_beginning_of_a_change_for_a_result() -> None:
    text = "海角便利有门店300家。海角便利的库存周转天数由75天降到48天。"

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    doc = Doc(Source("a", "", text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    own: dict[str, Any] = {"subject": "海角便利", "unit": "天", "metric": "库存周转天数"}
    facts = [
        Fact(
            "a", span("300家"), "300家", "海角便利", metric="门店", value_min=300, value_max=300, unit="家", kind="size"
        ),
        Fact("a", span("75天"), "75天", value_min=75, value_max=75, kind="size", qualifier="从", **own),
        Fact("a", span("48天"), "48天", value_min=48, value_max=48, kind="size", change="to", value_from=75, **own),
    ]
    card = new_card("海角便利", facts=facts, docs={"a": doc})
    assert [value.text for value in card.facets.company_size] == ["门店 300家"]
    assert [one.figure for one in card.background if one.figure] == ["300家", "48天"]
