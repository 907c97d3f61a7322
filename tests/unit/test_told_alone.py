"""What retellings alone say: marked, counted for nobody, no second voice beside an original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from casekit.check.records import doc_of
from casekit.facts import find_facts
from casekit.graph import build_graph, centrality, links, nodes, relation_table, to_json
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Address, Fact, Mention, Rank, Relation, Span
from casekit.workbench.corpus.standing import Standing, Voice
from casekit.workbench.corpus.told import Told
from casekit.workbench.knowledge.outcomes import outcomes_of
from casekit.workbench.knowledge.retold import together, without_repeats
from casekit.workbench.knowledge.voices import mark_told, marked
from casekit.workbench.panel.facets import Chosen, HitFacts, count_facets

STANDING = Standing({"digest": Voice("retelling"), "note": Voice("commentary")}, {}, {})
TOLD = STANDING.not_originals


def bearing(sources: Iterable[str]) -> Rank:
    return STANDING.bearing(sources)


def fact(source: str, start: int, text: str, value: float, **more: str) -> Fact:
    values = {"subject": "晨露", "subject_entity": "chenlu", "metric": "门店", "unit": "家", "kind": "achieved"} | more
    return Fact(source, Span(start, start + len(text)), text, value_min=value, value_max=value, **values)  # type: ignore[arg-type]  # of the test


def use(*sources: str, start: int = 0, subject: str = "晨露") -> Relation:
    places = tuple(Address(source, start, start + 9) for source in sources)
    return Relation(subject, subject, "uses_tool", "小程序", "mini", None, "asserted", "use-verb", places)


def test_the_best_source_says_how_far_a_statement_is_borne_out() -> None:
    assert bearing(["digest", "first"]) == "original"
    assert bearing(["digest", "note"]) == "retelling"
    assert bearing(["note"]) == "commentary"
    assert bearing([]) == "original"


def test_a_mark_stands_on_what_no_original_says_alone() -> None:
    assert [mark_told(rank) for rank in ("original", "retelling", "commentary")] == ["", "转述", "评论"]
    assert marked("已实现·明说", "retelling") == "已实现·明说 [转述]"
    assert marked("已实现·明说", "original") == "已实现·明说"


def test_a_retelling_repeats_neither_an_original_nor_another_retelling() -> None:
    facts = [
        fact("first", 0, "300家", 300),
        fact("digest", 5, "三百家", 300, metric="分店"),  # the same of the same one, in other words
        fact("digest", 20, "20家", 20),
        fact("digest", 40, "20家", 20),
        fact("digest", 60, "20家", 20, kind="target"),  # aimed at is another thing
        fact("first", 80, "300家", 300),  # an original may say it twice
    ]
    kept = [(one.source, one.span.start) for one in without_repeats(facts, TOLD)]
    assert kept == [("first", 0), ("digest", 20), ("digest", 60), ("first", 80)]


def test_names_that_only_a_retelling_puts_together_are_marked_and_originals_alone_counted() -> None:
    def named(source: str, start: int, entity: str) -> Mention:
        return Mention(source, Span(start, start + 2), entity, "company", entity, entity)

    mentions = [named(s, at, e) for s, at, e in (("first", 0, "a"), ("first", 3, "b"), ("digest", 0, "a"))]
    mentions += [named("digest", 3, "b"), named("digest", 6, "c")]
    windows = [Address("first", 0, 9), Address("digest", 0, 9)]
    found = together(mentions, windows, retellings=TOLD, least=1)
    assert found.edges["a", "b"]["weight"] == 1
    assert "standing" not in found.edges["a", "b"]
    assert found.edges["a", "c"]["standing"] == "retelling"


def test_the_network_counts_originals_and_marks_the_rest() -> None:
    both = use("first", "digest")
    mentions = [Mention(source, Span(0, 2), "晨露", "company", "晨露", "晨露") for source in ("first", "digest")]
    mentions.append(Mention("digest", Span(4, 6), "夜雨", "company", "夜雨", "夜雨"))
    graph = build_graph([both, use("digest", start=20, subject="夜雨")], mentions, bearing=bearing)
    assert [(x.subject, x.standing, x.weight) for x in links(graph)] == [
        ("夜雨", "retelling", 1),
        ("晨露", "original", 1),
    ]
    counted = {n.name: (n.mentions, n.sources, n.standing) for n in nodes(graph)}
    assert counted["晨露"] == (1, ("first",), "original")
    assert counted["夜雨"] == (1, ("digest",), "retelling")
    assert '"standing": "retelling"' in to_json(graph)
    assert {rank.name for rank in centrality(graph)} == {"晨露", "夜雨", "小程序"}
    rows = relation_table([both], bearing=bearing)
    assert list(rows.loc[0, ["sources", "standing"]]) == [1, "original"]


def test_what_originals_report_comes_first_among_outcomes() -> None:
    text = "晨露使用小程序，门店达到300家。"
    own, other = use("first"), use("digest", subject="夜雨")
    figures = [fact("first", text.index("300"), "300家", 300, metric="订单")]  # how many stores one has is no outcome
    figures += [
        fact("digest", 12 + n, f"{n}家", n, subject="夜雨", subject_entity="夜雨", metric="订单") for n in range(3)
    ]
    relations = [replace(own, subject_id="chenlu"), other]
    found = outcomes_of("mini", relations, [], figures, lambda source: (text, [Span(0, len(text))]), aside=TOLD)
    assert found[0].company == "晨露"


def test_facets_count_originals_and_tell_retellings_apart() -> None:
    from casekit.lexicon import Lexicon

    found = [HitFacts({"company": ("a",)}, (("achieved", "stated"),)), HitFacts({"company": ("a", "b")}, told=True)]
    facets = {one.facet: one for one in count_facets(Lexicon({}), found, Chosen(), {"a": "甲", "b": "乙"})}
    assert [(v.label, v.count, v.retold) for v in facets["company"].values] == [("甲", 1, 1), ("乙", 0, 1)]
    assert [(v.value, v.count) for v in facets["certainty"].values] == [("stated", 1)]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("沃尔玛的扫码购有2000万用户。", ["扫码购"]),
        ("沃尔玛很早上线。它的用户有2000万。", ["沃尔玛"]),
        ("沃尔玛很早上线。大家都在谈论。会议开了一天。用户有2000万。", [None]),
        ("沃尔玛：大家都在谈论。会议开过了。沃尔玛的用户有2000万。", ["沃尔玛"]),
        ("沃尔玛与一家连锁（未具名）合作，沃尔玛渠道占5%。", [None]),
        ("沃尔玛的门店有400家，但这不是成绩。", []),
    ],
)
def test_a_retellings_figure_is_of_whom_its_surroundings_name(text: str, subjects: list[str | None]) -> None:
    doc, lexicon = doc_of("digest", text), load_lexicon()
    mentions = find_mentions(doc, lexicon)
    told = Told.of(doc, mentions, Voice("retelling")).facts(find_facts(doc, mentions))
    assert [one.subject for one in told if one.text in ("2000万", "5%", "400家")] == subjects
