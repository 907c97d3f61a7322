"""Relations: a table of invented sentences with what they state, in both scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.fold import to_traditional
from casekit.lexicon import Lexicon
from casekit.relations import find_relations, merge_relations
from casekit.types import Address, Cleaned, Doc, Entity, EntityType, Fact, Mention, Metadata, Relation, Source, Span

LETTERS: dict[str, EntityType] = {
    "C": "company",
    "O": "org",
    "P": "person",
    "T": "product",
    "A": "tactic",
    "F": "framework",
}
MARK = re.compile(r"\[([COPTAF]) ([^\]=]+)(?:=([^\]]+))?\]")
SIGNS = {"asserted": "", "negated": " !", "planned": " ?", "hearsay": " ~"}
EMPTY = Lexicon([])


@dataclass(frozen=True)
class Case:
    text: str
    wanted: tuple[str, ...]


def cases() -> list[Case]:
    """The table: values are what a reader of the sentence would say; nothing was computed."""
    found: list[Case] = []
    for block in re.split(r"\n\s*\n", (Path(__file__).parent / "relations_cases.txt").read_text("utf-8")):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            text = "\n\n".join("".join(x for x in lines if x[0] != ">").split("¶"))
            found.append(Case(text, tuple(x[2:] for x in lines if x[0] == ">")))
    return found


def marked(text: str, *, traditional: bool = False, source: str = "s") -> tuple[Doc, list[Mention]]:
    """A document and its mentions out of text with names in brackets."""
    pieces: list[str] = []
    mentions: list[Mention] = []
    length = at = 0
    for m in MARK.finditer(text):
        before, shown = text[at : m.start()], m[2]
        if traditional:
            before, shown = to_traditional(before), to_traditional(shown)
        name = m[3] or m[2]
        length += len(before)
        span = Span(length, length + len(shown))
        mentions.append(Mention(source, span, shown, LETTERS[m[1]], name, name))
        pieces += (before, shown)
        length += len(shown)
        at = m.end()
    rest = text[at:]
    pieces.append(to_traditional(rest) if traditional else rest)
    whole = "".join(pieces)
    cleaned = Cleaned((Span(0, len(whole)),), (), (), (), Metadata())
    return Doc(Source(source, "0" * 64, whole), cleaned), mentions


def stated(text: str, *, traditional: bool = False, lexicon: Lexicon = EMPTY) -> list[Relation]:
    doc, mentions = marked(text, traditional=traditional)
    return find_relations(doc, mentions, [], lexicon)


def shown(relation: Relation) -> str:
    role = f" ={relation.object_text}" if relation.object_text else ""
    return f"{relation.subject} {relation.relation} {relation.object}{role}{SIGNS[relation.polarity]}"


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.text[:24])
def test_sentence_states_just_these_relations_in_either_script(case: Case) -> None:
    for traditional in (False, True):
        found = stated(case.text, traditional=traditional)
        assert sorted(map(shown, found)) == sorted(case.wanted), f"traditional: {traditional}"


def test_table_is_large_enough_to_mean_something() -> None:
    table = cases()
    assert len(table) >= 60
    every = " ".join(line for case in table for line in case.wanted)
    for kind in [
        "uses_tool",
        "applies_tactic",
        "supported_by",
        "has_part",
        "part_of",
        "role_at",
        "invested_by",
        "partner_of",
        "proposed",
    ]:
        assert f" {kind} " in every
    assert {" !", " ?", " ~"} <= {line[-2:] for case in table for line in case.wanted}


def lexicon() -> Lexicon:
    """Background of invented things: an employer, a maker, a framework with parts."""
    return Lexicon(
        [
            Entity("lan", "company", "蓝鲸科技"),
            Entity("tang", "person", "唐小满", relations=(("works_at", "lan"),)),
            Entity("yun", "product", "云掌柜", relations=(("made_by", "lan"),)),
            Entity("whole", "framework", "三色管理法"),
            Entity("red", "framework", "红灯", relations=(("part_of", "whole"),)),
            Entity("green", "framework", "绿灯", relations=(("part_of", "whole"),)),
        ]
    )


def with_ids(text: str) -> list[str]:
    """Relations of a text whose mentions carry the ids of `lexicon`."""
    known = {e.name: e.id for e in lexicon().entities.values()}
    doc, mentions = marked(text)
    own = [Mention(m.source, m.span, m.text, m.type, known.get(m.entity, m.entity), m.name) for m in mentions]
    return [f"{r.subject} {r.relation} {r.object} {r.rule}" for r in find_relations(doc, own, [], lexicon())]


def test_listed_employer_counts_only_where_the_sentence_names_both() -> None:
    assert with_ids("[P 唐小满]谈起[C 蓝鲸科技]时笑了。") == ["唐小满 role_at 蓝鲸科技 known-employer"]
    assert with_ids("[P 唐小满]笑了。") == []


def test_listed_parts_count_where_two_stand_together_or_the_whole_is_named() -> None:
    together = "先亮[F 红灯],再亮[F 绿灯]。"
    assert with_ids(together) == ["三色管理法 has_part 红灯 known-part", "三色管理法 has_part 绿灯 known-part"]
    assert with_ids("前面亮着[F 红灯]。") == []
    assert with_ids("[F 三色管理法]很简单。仓库里亮着[F 红灯]。") == ["三色管理法 has_part 红灯 known-part"]


def test_maker_that_the_text_merely_goes_on_about_is_no_user() -> None:
    assert with_ids("[C 蓝鲸科技]来自杭州。去年上线了[T 云掌柜]。") == []
    assert with_ids("[C 白鹿咖啡]来自杭州。去年上线了[T 云掌柜]。") == ["白鹿咖啡 uses_tool 云掌柜 use-verb"]


def test_heading_with_one_company_is_what_its_section_speaks_of() -> None:
    text = "一、[C 白鹿咖啡]的故事\n\n创业第一年就推行[A 会员日]。\n\n二、[C 松果便利]\n\n后来才开通[T 趣团]。"
    assert [shown(r) for r in stated(text)] == ["白鹿咖啡 applies_tactic 会员日", "松果便利 uses_tool 趣团"]


def test_we_in_an_interview_is_the_speakers_company() -> None:
    text = "记者:会合作吗?\n\n[P 石磊]:我们正在使用[T 云掌柜]。\n\n[C 白鹿咖啡]总经理[P 石磊]"
    assert "白鹿咖啡 uses_tool 云掌柜" in [shown(r) for r in stated(text)]


def test_figures_are_achieved_by_their_subject_and_shown_in_their_sentence() -> None:
    doc, mentions = marked("[C 松果便利]不大。去年[C 松果便利]新增会员六万人。明年目标是十万人。")
    first, second = doc.text.index("六万"), doc.text.index("十万")
    facts = [
        Fact("s", Span(first, first + 2), "六万", "松果便利", "松果便利", kind="achieved"),
        Fact("s", Span(second, second + 2), "十万", "松果便利", "松果便利", kind="target"),
        Fact("s", Span(0, 2), "松果", None, None, kind="achieved"),
    ]
    found = [r for r in find_relations(doc, mentions, facts, EMPTY) if r.relation == "achieved"]
    assert [(r.subject, r.object, r.object_text, r.polarity) for r in found] == [
        ("松果便利", None, "六万", "asserted"),
        ("松果便利", None, "十万", "planned"),
    ]
    assert found[0].evidence[0].slice(doc.text) == "去年松果便利新增会员六万人。"


def test_evidence_is_the_whole_sentence_at_its_place_in_the_source() -> None:
    doc, mentions = marked("天气很好。[C 松果便利]接入[T 云掌柜]。没有别的了。")
    (relation,) = find_relations(doc, mentions, [], EMPTY)
    assert [(at.source, at.slice(doc.text)) for at in relation.evidence] == [("s", "松果便利接入云掌柜。")]


def test_injected_characters_do_not_hide_a_relation() -> None:
    text = "松果便利接(jiē)入云掌柜。"
    kept = (Span(0, 5), Span(10, len(text)))
    mentions = [
        Mention("s", Span(0, 4), "松果便利", "company", "松果便利", "松果便利"),
        Mention("s", Span(11, 14), "云掌柜", "product", "云掌柜", "云掌柜"),
    ]
    doc = Doc(Source("s", "0" * 64, text), Cleaned(kept, (), (), (), Metadata()))
    (relation,) = find_relations(doc, mentions, [], EMPTY)
    assert (relation.subject, relation.relation, relation.object) == ("松果便利", "uses_tool", "云掌柜")
    assert relation.evidence == (Address("s", 0, len(text)),)


def one(subject: str, other: str, relation: str = "uses_tool", source: str = "s", at: int = 0) -> Relation:
    return Relation(subject, subject, relation, other, other, None, "asserted", "r", (Address(source, at, at + 5),))


def test_merging_keeps_all_evidence_and_takes_partners_as_the_same_both_ways() -> None:
    merged = merge_relations(
        [one("甲", "乙", "partner_of", "s1"), one("乙", "甲", "partner_of", "s2"), one("甲", "乙", "partner_of", "s1")]
    )
    assert [(r.subject, r.object, [at.source for at in r.evidence]) for r in merged] == [("甲", "乙", ["s1", "s2"])]
    assert len(merge_relations([one("甲", "乙"), one("乙", "甲")])) == 2


def test_merging_twice_changes_nothing_and_order_of_the_rest_does_not_matter() -> None:
    some = [one("甲", "乙"), one("甲", "丙"), one("丁", "乙"), one("甲", "乙", source="t", at=3)]
    merged = merge_relations(some)
    assert merge_relations(merged) == merged
    assert merge_relations(reversed(some)) == merged


WORDS = ["[C 甲厂]", "[C 乙店]", "[O 部门]", "[P 张三]", "[T 工具]", "[A 打法]", "[F 框架]", "使用", "通过", "推出", "投资",
         "与", "合作", "、", ",", "。", ":", "“", "”", "董事长", "包括", "由", "组成", "没有", "计划", "据说", "的", "\n\n", "他们", "6万", "(", ")"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_any_text_gives_relations_whose_evidence_holds_their_names_or_a_sentence(text: str) -> None:
    doc, mentions = marked(text)
    found = find_relations(doc, mentions, [], EMPTY)
    names = {m.name for m in mentions}
    for relation in found:
        assert relation.subject in names
        assert relation.object in names
        assert relation.subject != relation.object
        assert relation.evidence == tuple(sorted(set(relation.evidence)))
        for at in relation.evidence:
            assert at.source == "s"
            assert 0 <= at.start < at.end <= len(doc.text)
            assert "\n" not in at.slice(doc.text)
    assert found == find_relations(doc, list(reversed(mentions)), [], EMPTY)
