"""The gate on case cards: unchanged they agree with their evidence; one thing told otherwise is noticed.

Each change puts one thing of a card's statement otherwise: another number, unit, firm, year, qualifier, direction, kind, or
hearsay told as fact and the other way round.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.gate.test_retellings import _example
from tests.shared_builds import once
from tests.small_cases import SHARED

from casekit.casebook import Statement, verify_cards
from casekit.casebook.records import SECTIONS, Facets
from casekit.workbench import Workbench
from casekit.workbench.knowledge.cards import held_to_evidence

CHANGES, NOTICED = 120, 0.9
OTHERS = ("永辉超市", "美团", "星巴克", "海底捞", "华为")
WAYS = (("提升", "下降"), ("提高", "降低"), ("增长", "下降"), ("增加", "减少"), ("扩大", "缩小"), ("上升", "下降"))
HEDGES = re.compile("目标是?|计划|期望|预计|估算，?|估计，?|可能|希望|预期")
YEAR = re.compile(r"((?:19|20)\d)(\d)年")
DIGITS = re.compile(r"\d+(?:\.\d+)?")

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data (../shared) is not here"),
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return Workbench.open(once(tmp_path_factory, "retold", lambda f: _example(f / "ws", articles=True)) / "ws")


def test_unchanged_cards_agree_with_their_evidence(bench: Workbench) -> None:
    found = bench.cases.check()
    assert len(found) >= 300
    assert [f"{one.card} {one.field} {one.message}" for one in found if one.status != "ok"] == []


def test_what_is_told_otherwise_is_noticed(bench: Workbench) -> None:
    asked: list[tuple[str, str]] = []
    cards = []
    for card in bench.cases.list():
        for section in ("background", "challenge", "actions", "results"):
            for statement in card.section(section):
                for what, other in _changes(statement, OTHERS[len(asked) % len(OTHERS)]):
                    kept: dict[str, Any] = dict.fromkeys(SECTIONS, ()) | {
                        section: (other,),
                        "people": (),
                        "facets": Facets(),
                    }
                    cards.append(replace(card, id=f"c{len(asked)}", **kept))
                    asked.append((what, f"{section}[0]"))
    verdicts = held_to_evidence(bench.held, cards, verify_cards(cards, bench.held.documents.readable()))
    noticed = {(one.card, one.field.split(".evidence")[0]) for one in verdicts if one.status == "differs"}
    hits, all_of = Counter[str](), Counter[str]()
    for number, (what, field) in enumerate(asked):
        all_of[what] += 1
        hits[what] += (f"c{number}", field) in noticed
    print({what: f"{hits[what]}/{n}" for what, n in all_of.items()})
    assert len(asked) >= CHANGES
    assert hits.total() >= NOTICED * all_of.total()


def _changes(statement: Statement, other: str) -> Iterator[tuple[str, Statement]]:
    if statement.basis != "source" or not statement.evidence:
        return
    text, figure = statement.text, statement.figure
    if figure and (found := DIGITS.search(figure)) and found[0] in text:
        digits = str(int(found[0][0]) % 9 + 1) + found[0][1:]
        yield (
            "number",
            replace(statement, text=text.replace(found[0], digits, 1), figure=figure.replace(found[0], digits, 1)),
        )
    if figure and figure in text and "%" in figure:
        yield "unit", replace(statement, text=text.replace("%", "个百分点"))
    elif re.search(r"\d万", text):
        yield "unit", replace(statement, text=re.sub(r"(\d)万", r"\1亿", text))
    if YEAR.search(text):
        yield "year", replace(statement, text=YEAR.sub(lambda m: f"{m[1]}{(int(m[2]) + 4) % 10}年", text, count=1))
    if figure and (dropped := re.match(r"超过?|至少|最高", figure)) and dropped[0] in text:
        yield "qualifier", replace(statement, text=text.replace(dropped[0], "", 1), figure=figure[dropped.end() :])
    elif figure and figure in text and figure[0].isdigit() and "多" not in figure:
        yield "qualifier", replace(statement, text=text.replace(figure, f"超{figure}"))
    if "据说" in text:
        yield "certainty", replace(statement, text=re.sub("据说，?", "", text), certainty="stated")
    elif figure:
        yield "certainty", replace(statement, text=f"据说{text}", certainty="hearsay")
    if figure and statement.kind in ("target", "estimate"):
        yield "kind", replace(statement, text=HEDGES.sub("", text), kind="achieved", certainty="stated")
    elif figure and statement.kind == "achieved":
        yield "kind", replace(statement, text=f"目标是：{text}", kind="target")
    way = next(((a, b) for a, b in WAYS if a in text), None)
    if way is not None:
        yield "direction", replace(statement, text=text.replace(*way, 1))
    firm = next(
        (name for name in ("沃尔玛", "步步高", "香飘飘", "绫致", "味全", "迪信通", "优衣库", "腾讯") if name in text),
        "",
    )
    if firm and other[:2] not in text:
        yield "firm", replace(statement, text=text.replace(firm, other, 1))
