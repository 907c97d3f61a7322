"""Which figures are results. All sentences are our own; what is expected follows from what each plainly says."""

from __future__ import annotations

import pytest

from casekit.facts import find_facts
from casekit.lexicon import Lexicon
from casekit.relations import find_relations
from casekit.types import Cleaned, Doc, Mention, Metadata, Source, Span

NAME = "松果便利"


def results(text: str) -> list[str | None]:
    doc = Doc(Source("s", "", text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    at = text.index(NAME)
    mentions = [Mention("s", Span(at, at + len(NAME)), NAME, "company", NAME, NAME)]
    found = find_relations(doc, mentions, find_facts(doc, mentions), Lexicon([]))
    return [r.object_text for r in found if r.relation == "achieved"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("松果便利的销售额增长了18%。", ["18%"]),
        ("松果便利的销售额同比下降了18%。", []),
        ("松果便利的營收同比下滑18%。", []),
        ("松果便利的营收同比-14.7%。", []),
        ("松果便利的损耗成本降低了18%。", ["18%"]),
        ("松果便利去年亏损达到2.3亿元。", []),
        ("松果便利以35亿元完成了对白鹿咖啡的收购。", []),
        ("松果便利获得白鹿咖啡22%的股权。", []),
        ("松果便利的估值达到35亿元。", []),
        ("松果便利的改造前日均销售额达到15万元。", []),
        ("松果便利改造前日均销售额达到15万元，改造后增长到80万元。", ["80万元"]),
        ("松果便利的改造投入了5000万元。", []),
        ("松果便利的门店由120家增至300家。", ["300家"]),
        ("松果便利福利，加微信即可获得88元，扫码领取。", []),
    ],
)
def test_only_gains_are_achieved(text: str, expected: list[str]) -> None:
    assert results(text) == expected
