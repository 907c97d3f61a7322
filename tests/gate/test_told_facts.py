"""The gate on what the example workspace asserts: nothing from a caveat, a negation, a bracketed outlet or another firm's.

Counted with cue lists of its own kind (the caveats of retellings, words of denial) over all figures and relations that are plainly
asserted, with and without the originals. What no list sees was read by eye; the cases that were wrong stand below by name.
"""

from __future__ import annotations

import re

import pytest
from tests.gate.test_retellings import _example
from tests.shared_builds import once
from tests.small_cases import SHARED

from casekit.cues import CuePattern, cue_form
from casekit.types import Address, Fact, Relation, Span
from casekit.workbench import Workbench
from casekit.workbench.knowledge.rows import facts_of, relations_of

DENIED = CuePattern("%{negation/cue}")
CAVEAT = CuePattern("%{caveats}")
OUTLETS = ("界面新闻", "蓝洞商业", "锌财经", "人民网", "简书", "联商")
BRACKETED = re.compile(f"[（(]\\s*(?:{'|'.join(OUTLETS)})[^（）()]{{0,12}}[）)]")
FIRMS = ("company", "brand")
# Read by eye: subject, relation or measure, and what stood there asserted though the sentence says it of nobody or of others.
READ_WRONG = {
    ("马化腾", "role_at", "腾讯智慧零售战略合作部"),
    ("微信官方", "proposed", "产业互联网"),
    ("企业微信团队", "applies_tactic", "数字化转型"),
    ("步步高", "uses_tool", "小程序商城"),
    ("王者荣耀", None, "两篇"),
    ("企业微信", None, "4个人"),
    ("先选服饰", None, "几十家"),
    ("腾讯", "achieved", "9%"),
    ("迪信通", "achieved", "81%"),
    ("沃尔玛", "achieved", "30%"),
    ("沃尔玛", "achieved", "5%"),
    ("蓝洞商业", "achieved", "1%-3%"),
    ("锌财经", None, "2018年"),
    ("企业微信团队", "uses_tool", "CRM"),
    ("腾讯智慧零售", "applies_tactic", "智慧零售"),
    ("腾讯", "proposed", "新基础设施工程"),
}

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data (../shared) is not here"),
]


@pytest.fixture(scope="module", params=["retellings", "retold"])
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """The example workspace as the gate on retellings builds it: without the originals, and with them."""
    with_articles = request.param == "retold"
    folder = once(tmp_path_factory, request.param, lambda f: _example(f / "ws", articles=with_articles))
    return Workbench.open(folder / "ws")


def _sentence(bench: Workbench, source: str, span: Span) -> str:
    return bench.network.quote(source, bench.network.sentence(source, span))


def _without_names(bench: Workbench, source: str, span: Span, but: tuple[str, str]) -> str:
    """The sentence without what it names, which may hold a word of denial (数据无法融合); the names `but` stay."""
    text = cue_form(_sentence(bench, source, span))
    for one in bench.held.built().records.mentions(source):
        if span.start <= one.span.start < span.end and one.name not in but:
            text = text.replace(cue_form(one.text), "")
    return text


def _figures(bench: Workbench) -> list[Fact]:
    return [one for one in facts_of(bench.held.built()) if one.certainty == "stated" and one.kind != "date"]


def _asserted(bench: Workbench) -> list[Relation]:
    return [one for one in relations_of(bench.held.built()) if one.polarity == "asserted"]


def test_nothing_is_taken_from_a_caveat_of_ours(bench: Workbench) -> None:
    aside = bench.held.built().standing.not_originals
    places = [Address.of(one.source, one.span) for one in _figures(bench)]
    places += [place for one in _asserted(bench) for place in one.evidence]
    told = [_sentence(bench, place.source, place.span) for place in places if place.source in aside]
    assert [text for text in told if CAVEAT.search(cue_form(text))] == []


def test_no_outlet_did_what_it_reports(bench: Workbench) -> None:
    subjects = {one.subject for one in facts_of(bench.held.built())} | {one.subject for one in _asserted(bench)}
    assert [name for name in subjects if name and any(outlet in name for outlet in OUTLETS)] == []
    texts = [(one.text, _sentence(bench, one.source, one.span)) for one in _figures(bench)]
    assert [text for text, sentence in texts if (m := BRACKETED.search(sentence)) and text in m[0]] == []


def test_what_is_denied_is_not_asserted(bench: Workbench) -> None:
    wrong = []
    for one in _asserted(bench):
        if one.object is None:
            continue
        for place in one.evidence:
            text = _without_names(bench, place.source, place.span, (one.subject, one.object))
            names = [cue_form(name) for name in (one.subject, one.object)]
            (at, first), (end, _) = sorted((text.find(name), len(name)) for name in names)
            between = text[at + first : end] if at >= 0 else ""
            if "," not in between and DENIED.search(between):
                wrong.append((one.subject, one.relation, one.object, text))
    assert wrong == []


def test_no_figure_is_of_a_firm_that_its_surroundings_do_not_name_while_they_name_another(bench: Workbench) -> None:
    built = bench.held.built()
    known = {one.entity for one in built.records.mentions() if one.type in FIRMS}
    wrong = []
    for one in _figures(bench):
        if one.subject_entity not in known:
            continue
        row = built.source(one.source)
        start = row.text.rfind("\n\n", 0, one.span.start) + 1
        near = [m for m in built.records.mentions(one.source) if start <= m.span.start < one.span.end + 60]
        firms = {m.entity for m in near if m.type in FIRMS}
        own = {m.entity for m in near}
        if firms and one.subject_entity not in own and firms != {one.subject_entity}:
            wrong.append((one.subject, one.text, _sentence(bench, one.source, one.span)))
    assert wrong == []


def test_what_was_read_as_wrong_stays_away(bench: Workbench) -> None:
    told = [one for one in facts_of(bench.held.built()) if one.certainty == "stated"]
    said: set[tuple[str | None, str | None, str | None]] = {(one.subject, None, one.text) for one in told}
    said |= {(one.subject, one.relation, one.object or one.object_text) for one in _asserted(bench)}
    assert said & READ_WRONG == set()
