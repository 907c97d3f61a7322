"""A framework laid over cases: for each of its parts, which cases have evidence and which are blank."""

from __future__ import annotations

from collections.abc import Sequence

from casekit.casebook.labels import name_of
from casekit.casebook.matrix import Cell, CellState, Matrix
from casekit.casebook.records import LINKED_FACETS, Case, Facet, Statement
from casekit.errors import SettingError
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.types import Entity, Evidence, Mention, Relation

__all__ = ["framework_parts", "lens"]


def framework_parts(
    framework: str, lexicon: Lexicon, relations: Sequence[Relation] = ()
) -> tuple[Entity, tuple[Entity, ...]]:
    """A framework of the lexicon and its parts, in the lexicon's order, then those that only `relations` name.

    Args:
        framework: Id or name in any script.
        lexicon: Where it is looked up; its parts say `part_of`.
        relations: Relations found in a corpus; has_part and part_of count.
    Raises:
        SettingError: If the lexicon has nothing of that name, or it has no parts.
    """
    whole = lexicon.entities.get(framework) or lexicon.lookup(framework)
    if whole is None:
        raise SettingError(say(f"词库里没有 {framework!r}", f"the lexicon has no {framework!r}"))
    ids = [e.id for e in lexicon.entities.values() if ("part_of", whole.id) in e.relations]
    for one in relations:
        if one.polarity == "negated":
            continue
        if one.relation == "has_part" and one.subject_id == whole.id and one.object_id:
            ids.append(one.object_id)
        if one.relation == "part_of" and one.object_id == whole.id and one.subject_id:
            ids.append(one.subject_id)
    parts = tuple(lexicon.entities[i] for i in dict.fromkeys(ids) if i in lexicon.entities and i != whole.id)
    if not parts:
        named = ", ".join(_with_parts(lexicon))
        raise SettingError(
            say(
                f"{whole.name} 在词库里没有组成部分；可用的框架：{named}",
                f"{whole.name} has no parts in the lexicon; frameworks with parts: {named}",
            )
        )
    return whole, parts


def _with_parts(lexicon: Lexicon) -> list[str]:
    wholes = {target for e in lexicon.entities.values() for kind, target in e.relations if kind == "part_of"}
    return sorted(w for w in wholes if w in lexicon and lexicon.entities[w].type == "framework")


def lens(
    framework: Entity,
    parts: Sequence[Entity],
    cards: Sequence[Case],
    *,
    relations: Sequence[Relation] = (),
    mentions: Sequence[Mention] = (),
) -> Matrix:
    """The framework and its parts by case.

    A cell is "reported" where the card names the part among its tools, tactics or frameworks, where a statement of it
    that is about the part rests on a source, where a relation of the corpus ties the case's entity to the part, or where
    the part is named inside a place that the card cites. Everything else is blank: likeness of words is no evidence.

    Args:
        framework: The whole; its row comes first.
        parts: Its parts, one row each.
        cards: The cases, one column each.
        relations: Relations of the corpus (negated ones don't count).
        mentions: Mentions of the corpus.
    """
    rows = (framework, *parts)
    cells = tuple(tuple(_cell(entity, card, relations, mentions) for card in cards) for entity in rows)
    return Matrix(
        say(f"框架：{framework.name}", f"Framework: {framework.name_en or framework.name}"),
        tuple(say(entity.name, entity.name_en or entity.name) for entity in rows),
        tuple(name_of(card.name) for card in cards),
        cells,
        tuple(entity.id for entity in rows),
        tuple(card.id for card in cards),
    )


def _cell(entity: Entity, card: Case, relations: Sequence[Relation], mentions: Sequence[Mention]) -> Cell:
    told: list[str] = []
    found: list[Evidence] = []
    states: set[str] = set()
    items: list[Facet | Statement] = [
        *(one for name in ("actions", "results", "challenge", "background") for one in card.section(name)),
        *(value for name in LINKED_FACETS for value in card.facets.get(name)),
    ]
    named = [m for m in mentions if m.entity == entity.id]
    for item in items:
        tagged = entity.id in item.about if isinstance(item, Statement) else item.entity == entity.id
        inside = tuple(
            one
            for one in item.evidence
            if any(one.source == m.source and one.start <= m.span.start and m.span.end <= one.end for m in named)
        )
        if tagged or inside:
            told.append(item.text)
            found += item.evidence if tagged else inside
            states.add(item.basis)
    for one in relations:
        if card.entity and one.polarity != "negated" and {one.subject_id, one.object_id} == {card.entity, entity.id}:
            told.append(say(f"语料中的关系：{one.relation}", f"relation in the corpus: {one.relation}"))
            states.add("source")
            # a relation knows the place; its fingerprint is made when somebody turns it into a statement
            found += [Evidence(place, "") for place in one.evidence]
    if not told:
        return Cell(say("无依据", "no evidence"), "not-reported")
    state: CellState = "reported" if "source" in states else "background" if "background" in states else "ours"
    return Cell(told[0], state, tuple(dict.fromkeys(found)))
