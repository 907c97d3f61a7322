"""How firmly something is said: one verdict for figures, relations and the draft checker; all sentences are our own."""

from __future__ import annotations

from itertools import combinations

import pytest
from tests.unit.check_samples import doc_of, figures_in

from casekit.check import Checker, MemoryCorpus
from casekit.cues import PACKAGE_CUES, Cues, in_force
from casekit.facts import find_facts
from casekit.fold import to_traditional
from casekit.lexicon import Lexicon
from casekit.reading import read_text, stance_at
from casekit.relations import find_relations
from casekit.types import Doc, EntityType, Fact, Mention, Relation, Span

NAMES: dict[str, EntityType] = {"青禾超市": "company", "云掌柜": "product"}


def found(text: str) -> tuple[Doc, list[Fact], list[Relation]]:
    mentions = []
    for name, kind in NAMES.items():
        for form in dict.fromkeys((name, to_traditional(name))):
            at = text.find(form)
            while at >= 0:
                mentions.append(Mention("s", Span(at, at + len(form)), form, kind, name, name))
                at = text.find(form, at + 1)
    doc = doc_of("s", text)
    facts = find_facts(doc, mentions)
    return doc, facts, find_relations(doc, mentions, facts, Lexicon([]))


def verdicts(text: str) -> tuple[str, str, str]:
    """What is said of 300万: the figure's certainty, the polarity of uses_tool and of achieved ("" where there is none)."""
    _, facts, relations = found(text)
    (figure,) = [f for f in facts if f.text.startswith(("300", "3 m"))]
    of = {r.relation: r.polarity for r in relations}
    return figure.certainty, of.get("uses_tool", ""), of.get("achieved", "")


HEARSAY = [
    "据报道,青禾超市使用云掌柜,会员达到300万。",
    "据传，青禾超市使用云掌柜，会员达到300万。",
    "据传（见其公告。尚无回应），青禾超市使用云掌柜，会员达到300万。",
    "据传（截至2019年。），青禾超市使用云掌柜，会员达到300万。",
    "据传《零售。之变》一文写道，青禾超市使用云掌柜，青禾超市的会员达到300万。",
    "据说《门店。会员。人》里讲，青禾超市接入云掌柜，青禾超市的会员达到300万。",
    "據傳，青禾超市使用雲掌櫃，會員達到300萬。",
    "據說（資料未公開。），青禾超市使用雲掌櫃，會員達到300萬。",
    "据“知情人士”透露，青禾超市使用云掌柜，会员达到300万。",
    "（据传）青禾超市使用云掌柜，会员达到300万。",
    "知情人士说：“青禾超市使用云掌柜。青禾超市的会员达到300万。”",
    "坊间盛传：「青禾超市使用云掌柜。青禾超市的会员达到300万。」",
    "有消息称，“青禾超市使用云掌柜。据我们所知，青禾超市的会员达到300万。”",
    "青禾超市使用云掌柜，会员达到300万，据知情人士透露。",
    "青禾超市据说使用云掌柜，会员达到300万。",
    "接近青禾超市管理层的人士说，青禾超市使用云掌柜，会员达到300万。",
    "青禾超市 reportedly uses 云掌柜, whose members reached 3 million.",
    "According to people familiar with the matter, 青禾超市 uses 云掌柜 and its members reached 300万.",
]


@pytest.mark.parametrize("text", HEARSAY)
def test_hearsay_is_hearsay_for_figures_and_relations_alike(text: str) -> None:
    certainty, uses, achieved = verdicts(text)
    assert (certainty, uses) == ("hearsay", "hearsay")
    assert achieved in ("hearsay", "")  # "" where the figure has no known subject


def test_the_sentence_that_had_two_certainties_has_one() -> None:
    assert verdicts(HEARSAY[0]) == ("hearsay", "hearsay", "hearsay")


STATED = [
    "青禾超市使用云掌柜，会员达到300万。",
    "据传这家店要关。青禾超市使用云掌柜，会员达到300万。",
    "青禾超市（据传明年上市）使用云掌柜，会员达到300万。",
    "读过《据说》之后，青禾超市使用云掌柜，会员达到300万。",
    "“据说要下雨。”店员这样闲聊。青禾超市使用云掌柜，会员达到300万。",
    "青禾超市使用云掌柜，顾客没听说过的会员日让会员达到300万。",
    "如果说去年是试水，那么今年青禾超市使用云掌柜，会员达到300万。",
]


@pytest.mark.parametrize("text", STATED)
def test_talk_beside_it_makes_no_hearsay_of_what_is_stated(text: str) -> None:
    assert verdicts(text) == ("stated", "asserted", "asserted")


@pytest.mark.parametrize(
    ("text", "certainty", "uses", "achieved"),
    [
        ("青禾超市计划引入云掌柜，会员达到300万。", "expected", "planned", "planned"),
        ("青禾超市将引入云掌柜，会员有望达到300万。", "expected", "planned", ""),
        ("据说青禾超市计划引入云掌柜，会员达到300万。", "hearsay", "hearsay", "hearsay"),
        ("青禾超市没有使用云掌柜，会员达到300万。", "stated", "negated", "asserted"),
        ("如果青禾超市使用云掌柜，会员可达到300万。", "expected", "", ""),
        ("青禾超市如果使用云掌柜，会员能达到300万。", "expected", "", ""),
        ("青禾超市是否使用云掌柜尚不清楚，会员达到300万。", "stated", "", "asserted"),
        ("青禾超市使用云掌柜了吗？会员达到300万了吗？", "expected", "", ""),
        ("为什么青禾超市的会员达到300万？", "stated", "", "asserted"),
        ("原计划推迟，青禾超市已经接入云掌柜，会员已经达到300万。", "stated", "asserted", "asserted"),
        ("青禾超市不得不使用云掌柜，会员达到300万。", "stated", "asserted", "asserted"),
        ("青禾超市若使用云掌柜，会员能达到300万。", "expected", "", ""),
        ("青禾超市在若干门店使用云掌柜，会员达到300万。", "stated", "asserted", "asserted"),
    ],
)
def test_plans_conditions_questions_and_denials(text: str, certainty: str, uses: str, achieved: str) -> None:
    assert verdicts(text) == (certainty, uses, achieved)


def test_both_scripts_get_the_same_verdict() -> None:
    for text in [*HEARSAY[:14], *STATED]:
        assert verdicts(text)[:2] == verdicts(to_traditional(text))[:2], text


@pytest.mark.parametrize("text", [t for t in HEARSAY if "青禾超市的会员达到300万" in t or "，会员达到300万" in t])
def test_the_checker_says_that_hearsay_was_told_as_a_fact(text: str) -> None:
    doc, _, _ = found(text)
    (finding,) = figures_in(Checker(MemoryCorpus([doc])), "青禾超市的会员达到300万。")
    assert finding.status == "kind-changed", finding.message
    (told,) = figures_in(Checker(MemoryCorpus([doc])), "据说青禾超市的会员达到300万。")
    assert not told.wrong, told.message


def test_the_checker_lets_a_stated_figure_be_stated() -> None:
    doc, _, _ = found(STATED[0])
    (finding,) = figures_in(Checker(MemoryCorpus([doc])), "青禾超市的会员达到300万。")
    assert finding.status == "ok", finding.message


@pytest.mark.parametrize(
    ("text", "at", "verdict"),
    [
        ("据说门店有30家。", "30家", "hearsay"),
        ("公司计划开30家店。", "30家", "planned"),
        ("公司预计开30家店。", "30家", "expected"),
        ("店长没有使用扫码。", "使用扫码", "negated"),
        ("店长会不会使用扫码？", "使用扫码", "asked"),
        ("只要使用扫码，就能省时间。", "使用扫码", "conditional"),
        ("店长使用扫码。", "使用扫码", "stated"),
    ],
)
def test_a_document_tells_the_stance_of_a_place(text: str, at: str, verdict: str) -> None:
    start = text.index(at)
    assert stance_at(read_text(text), Span(start, start + len(at))).verdict == verdict


def test_a_workspaces_own_cue_counts_for_figures_and_relations() -> None:
    text = "巷子里都在嘀咕，青禾超市使用云掌柜，会员达到300万。"
    assert verdicts(text) == ("stated", "asserted", "asserted")
    with in_force(Cues({"hearsay": "[cue]\n巷子里都在嘀咕\n".encode()})):
        assert verdicts(text) == ("hearsay", "hearsay", "hearsay")
    with in_force(Cues({"hearsay": "[cue]\n-据传\n".encode()})):
        assert verdicts(HEARSAY[1]) == ("stated", "asserted", "asserted")


STANCE = ("hearsay", "plans", "expectations", "estimates", "done", "negation", "questions", "conditions", "so-called")


def test_a_word_has_one_meaning() -> None:
    lists = {
        name: {
            e.text
            for s in PACKAGE_CUES.sections(name)
            if s != "not"
            for e in PACKAGE_CUES.entries(f"{name}/{s}" if s else name)
        }
        for name in STANCE
    }
    for one, other in combinations(STANCE, 2):
        assert not lists[one] & lists[other], (one, other)
