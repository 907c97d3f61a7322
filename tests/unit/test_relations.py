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
from casekit.types import Cleaned, Doc, Entity, EntityType, Mention, Metadata, Relation, Source, Span

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


@pytest.mark.parametrize("script", ["simplified", "traditional"])
@pytest.mark.parametrize("case", cases(), ids=lambda c: c.text[:24])
def test_sentence_states_just_these_relations(case: Case, script: str) -> None:
    found = stated(case.text, traditional=script == "traditional")
    assert sorted(map(shown, found)) == sorted(case.wanted)


def test_table_is_large_enough_to_mean_something() -> None:
    table = cases()
    assert len(table) >= 60
    every = " ".join(line for case in table for line in case.wanted)
    for kind in ("uses_tool applies_tactic supported_by has_part part_of role_at invested_by partner_of proposed").split():
        assert f" {kind} " in every
    assert {" !", " ?", " ~"} <= {line[-2:] for case in table for line in case.wanted}
