"""What a drafted card takes from a text as trade, place and decision. Invented firms; expectations by hand."""

from __future__ import annotations

import pytest

from casekit.casebook.described import described
from casekit.fold import to_traditional
from casekit.types import Cleaned, Doc, Metadata, Source, Span


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
        ("有人问，海角便利是一家什么公司？", []),
        ("海角便利的会员增长很快。", []),
        ("白鹿书店是一家书店。", []),
    ],
)
def test_only_what_is_said_outright_is_taken(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected
    assert said(to_traditional(text), "海角便利", to_traditional("海角便利")) == expected
