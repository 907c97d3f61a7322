"""Match tool to tactic: pairs that the cards bear out, wrong options from the neighbourhood in the network."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from casekit.casebook.records import LINKED_FACETS, SECTIONS, Case
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.material import Material, Pack, Ref
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, marks_of, shuffled

__all__ = ["make_match", "near"]

_PAIRS = {1: 3, 2: 4, 3: 5}
_WRONG = {1: 2, 2: 3, 3: 4}
Links = dict[str, dict[str, tuple[Ref, ...]]]


def make_match(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Tactics of the cases, each to be given the tool that the evidence names with it."""
    links = _links(material, pack)
    linked = _all_links(material)
    chosen = _choose(links, rng, _PAIRS[level])
    if len(chosen) < 2:
        return Why(
            "match",
            say("卡片和关系里写明工具的打法不足两个", "fewer than two tactics whose tool the cards or relations name"),
        )
    right = dict.fromkeys(chosen.values())
    taken = {tool for tactic in chosen for tool in linked.get(tactic, ())} | set(right)
    names = {match_key(material.name(one)) for one in (*chosen, *taken)}
    wrong = [
        tool
        for tool in _tools(material, list(chosen), rng, level)
        if tool not in taken and not any(n in match_key(material.name(tool)) or match_key(material.name(tool)) in n for n in names)
    ][: _WRONG[level]]  # fmt: skip
    offered = shuffled(rng, [*right, *wrong])
    options = letters([material.name(tool) for tool in offered])
    letter = {tool: option.letter for tool, option in zip(offered, options, strict=True)}
    tactics = shuffled(rng, list(chosen))
    # at level 1 the evidence stands beside the tactic, later it must be found
    items = tuple(
        Item(str(i), material.name(tactic), links[tactic][chosen[tactic]] if level == 1 else ())
        for i, tactic in enumerate(tactics, 1)
    )
    answer = {item.label: letter[chosen[tactic]] for item, tactic in zip(items, tactics, strict=True)}
    refs = {item.label: links[tactic][chosen[tactic]] for item, tactic in zip(items, tactics, strict=True)}
    return Task(
        kind="match",
        title=kind_name("match"),
        prompt=(
            say(
                "资料写到，下面每个打法靠其中一件工具落地。填工具的字母；同一件工具可以用多次，也有用不上的。",
                "The sources name one of these tools with each tactic. Give its letter; a tool may serve more than once, "
                "some serve none.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer=answer,
        key=tuple(
            Line(say(f"第 {label} 项 {answer[label]}", f"item {label}: {answer[label]}"), refs[label])
            for label in answer
        ),
        misconceptions=(
            say(
                "凭常识配对：工具能做的事，不等于这家企业用它做了。",
                "Matching by general knowledge: what a tool can do is not what this company did with it.",
            ),
        ),
        hints={label: say(f"看 {marks_of(found)}", f"see {marks_of(found)}") for label, found in refs.items()},
        columns=(say("打法", "Tactic"), say("证据", "Evidence") if level == 1 else ""),
    )


def _links(material: Material, pack: Pack) -> Links:
    """Tactic → tool → evidence: of the taught cases, then (where these give fewer than two) of all and of relations."""
    found: Links = {}
    for card in material.cards:
        _of_card(card, material, pack, found)
    if len(found) >= 2:
        return found
    for card in material.others:
        _of_card(card, material, pack, found)
    for one in material.relations:
        if one.relation == "supported_by" and one.polarity == "asserted" and one.subject_id and one.object_id:
            places = tuple(ref for source, span in one.evidence if (ref := pack.place(source, span)) is not None)
            if places and material.type_of(one.object_id) == "product":
                found.setdefault(one.subject_id, {}).setdefault(one.object_id, places)
    return found


def _of_card(card: Case, material: Material, pack: Pack, found: Links) -> None:
    for section in SECTIONS[:4]:
        for i, one in enumerate(card.section(section)):
            tactics = [name for name in one.about if material.type_of(name) == "tactic"]
            tools = [name for name in one.about if material.type_of(name) == "product"]
            if one.basis != "source" or not tactics or not tools:
                continue
            refs = pack.refs(card, f"{section}[{i}]", one.evidence)
            for tactic in tactics:
                for tool in tools:
                    mine = found.setdefault(tactic, {})
                    mine[tool] = tuple(dict.fromkeys((*mine.get(tool, ()), *refs)))


def _choose(links: Links, rng: random.Random, most: int) -> dict[str, str]:
    """A tool for each of up to `most` tactics, such that every tactic has exactly one right tool among all of them."""
    chosen: dict[str, str] = {}
    for tactic in shuffled(rng, sorted(links)):
        for tool in shuffled(rng, sorted(links[tactic])):
            trial = {*chosen.values(), tool}
            alone = trial & links[tactic].keys() == {tool}
            if alone and all(trial & links[other].keys() == {own} for other, own in chosen.items()):
                chosen[tactic] = tool
                break
        if len(chosen) == most:
            break
    return chosen if len(set(chosen.values())) > 1 else {}


def _all_links(material: Material) -> dict[str, set[str]]:
    """Everything that anything ties to a tactic, whatever the polarity: none of it may serve as a wrong option."""
    found: dict[str, set[str]] = {}

    def tie(a: str | None, b: str | None) -> None:
        if a and b:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)

    for one in material.relations:
        tie(one.subject_id, one.object_id)
    for entity in material.lexicon.entities.values():
        for _, other in entity.relations:
            tie(entity.id, other)
    for card in (*material.cards, *material.others):
        for section in SECTIONS[:4]:
            for statement in card.section(section):
                for a in statement.about:
                    for b in statement.about:
                        tie(a, b)
        facets = [value for name in LINKED_FACETS for value in card.facets.get(name) if value.entity]
        for a_facet in facets:
            for b_facet in facets:
                if any(
                    x.source == y.source and x.span.overlaps(y.span) for x in a_facet.evidence for y in b_facet.evidence
                ):
                    tie(a_facet.entity, b_facet.entity)
    return found


def _tools(material: Material, tactics: Sequence[str], rng: random.Random, level: int) -> list[str]:
    """Tools as wrong options: at level 3 the nearest in the network first, at level 1 the farthest."""
    distance = near(material, tactics)
    seen = [name for name in distance if material.type_of(name) == "product"]
    order = sorted(shuffled(rng, sorted(seen)), key=lambda name: distance[name], reverse=level == 1)
    listed = [e.id for e in material.lexicon.entities.values() if e.type == "product" and e.id not in distance]
    return [*order, *shuffled(rng, sorted(listed))]


def near(material: Material, starts: Sequence[str]) -> Mapping[str, int]:
    """Steps from the nearest of `starts` to every entity that the network of relations and cards reaches."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for one in material.relations:
        if one.polarity != "negated" and one.subject_id and one.object_id:
            graph.add_edge(one.subject_id, one.object_id)
    for card in (*material.cards, *material.others):
        own = card.entity or f"case:{card.id}"
        for name in LINKED_FACETS:
            for value in card.facets.get(name):
                if value.entity:
                    graph.add_edge(own, value.entity)
    known = [start for start in starts if start in graph]
    return dict(nx.multi_source_dijkstra_path_length(graph, set(known))) if known else {}
