"""Match tool to tactic: pairs that the cards bear out, wrong options from the neighbourhood in the network."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from casekit.casebook.records import LINKED_FACETS, SECTIONS, Case
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, marks_of, shuffled

__all__ = ["make_match", "near"]

_PAIRS = {1: 3, 2: 4, 3: 5}
_WRONG = {1: 2, 2: 3, 3: 4}
# With fewer pairs from the taught cases, others fill up: two can be guessed.
_ENOUGH = 3
# A tactic and a tool whose names share so many letters are matched by reading the names ("小程序直播", "小程序商城").
_SHARED_LETTERS = 3
Asked = tuple[str, str]
"""A tactic and the id of the case that it is asked of ("" where only the corpus names it)."""
Links = dict[Asked, dict[str, list[Callable[[], tuple[Ref, ...]]]]]
"""Tool by tactic, with what numbers the evidence: only what is asked gets numbers."""


def make_match(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Tactics of the cases, each to be given the tool that the evidence names with it."""
    linked = _all_links(material)
    chosen, refs = _pairs(material, pack, rng, _PAIRS[level])
    if len(chosen) < 2:
        return Why(
            "match",
            say("卡片和关系里写明工具的打法不足两个", "fewer than two tactics whose tool the cards or relations name"),
        )
    tactics = [tactic for tactic, _ in chosen]
    right = dict.fromkeys(chosen.values())
    taken = {tool for tactic in tactics for tool in (*linked.get(tactic, ()), *_beside(material, tactic))} | set(right)
    names = {match_key(material.name(one)) for one in (*tactics, *taken)}
    wrong = [
        tool
        for tool in _tools(material, tactics, rng, level)
        if tool not in taken and not any(n in match_key(material.name(tool)) or match_key(material.name(tool)) in n for n in names)
    ][: _WRONG[level]]  # fmt: skip
    offered = shuffled(rng, [*right, *wrong])
    options = letters([material.name(tool) for tool in offered])
    letter = {tool: option.letter for tool, option in zip(offered, options, strict=True)}
    order = rng.sample(list(chosen), len(chosen))
    # at level 1 the evidence stands beside the tactic, later it must be found
    items = tuple(
        Item(str(i), _told(material, asked), refs[asked] if level == 1 else ()) for i, asked in enumerate(order, 1)
    )
    answer = {item.label: letter[chosen[asked]] for item, asked in zip(items, order, strict=True)}
    cited = {item.label: refs[asked] for item, asked in zip(items, order, strict=True)}
    return Task(
        kind="match",
        title=kind_name("match"),
        prompt=(
            say(
                "资料讲到下面每个打法时，写明了用的是其中一件工具。填工具的字母；同一件工具可以用多次，也有用不上的。",
                "Where the sources tell of each of these tactics, they name one of the tools with it. Give its letter; a tool "
                "may serve more than once, some serve none.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer=answer,
        key=tuple(
            Line(
                say(
                    f"第 {item.label} 项 {answer[item.label]}：{item.text}，{material.name(chosen[asked])}",
                    f"item {item.label}: {answer[item.label]}, {item.text}, {material.name(chosen[asked])}",
                )
                + ("" if asked[1] else say("；机器找出，用前核对", "; found by machine, check it first")),
                cited[item.label],
            )
            for item, asked in zip(items, order, strict=True)
        ),
        misconceptions=(
            say(
                "凭常识配对：工具能做的事，不等于这家企业用它做了。",
                "Matching by general knowledge: what a tool can do is not what this company did with it.",
            ),
        ),
        hints={label: say(f"看 {marks_of(found)}", f"see {marks_of(found)}") for label, found in cited.items()},
        columns=(say("打法", "Tactic"), say("证据", "Evidence") if level == 1 else ""),
    )


def _told(material: Material, asked: Asked) -> str:
    tactic, case = asked
    card = next((one for one in (*material.cards, *material.others) if one.id == case), None)
    name = material.name(tactic)
    return say(f"{case_name(card)}：{name}", f"{case_name(card)}: {name}") if card else name


def _pairs(
    material: Material, pack: Pack, rng: random.Random, most: int
) -> tuple[dict[Asked, str], dict[Asked, tuple[Ref, ...]]]:
    """The tool of each tactic that is asked, and the numbered evidence: the taught cases first, others to fill up."""
    links: Links = {}
    for card in material.cards:
        _of_card(card, material, pack, links)
    chosen = _choose(material, links, rng, most, {})
    if len(chosen) < _ENOUGH:
        more: Links = {}
        for card in material.others:
            _of_card(card, material, pack, more)
        links = {**more, **links}
        chosen = _choose(material, links, rng, _ENOUGH, chosen)
    if len(set(chosen.values())) < 2:  # what a machine found is the last resort, since nobody has looked at it
        more = {}
        _of_relations(material, pack, more)
        links = {**more, **links}
        chosen = _choose(material, links, rng, _ENOUGH, chosen)
    if len(set(chosen.values())) < 2:
        return {}, {}
    return chosen, {
        asked: tuple(dict.fromkeys(ref for number in links[asked][tool] for ref in number()))
        for asked, tool in chosen.items()
    }


def _of_card(card: Case, material: Material, pack: Pack, found: Links) -> None:
    for section in SECTIONS[:4]:
        for i, one in enumerate(card.section(section)):
            tactics = [name for name in one.about if material.type_of(name) == "tactic"]
            tools = [name for name in one.about if material.type_of(name) == "product"]
            field = f"{section}[{i}]"
            if one.basis != "source" or not one.evidence or not tactics or not tools:
                continue
            for tactic in tactics:
                for tool in tools:
                    number = _numbering(pack, card, field)
                    found.setdefault((tactic, card.id), {}).setdefault(tool, []).append(number)


def _numbering(pack: Pack, card: Case, field: str) -> Callable[[], tuple[Ref, ...]]:
    section, _, rest = field.partition("[")
    statement = card.section(section)[int(rest[:-1])]
    return lambda: pack.refs(card, field, statement.evidence)


def _of_relations(material: Material, pack: Pack, found: Links) -> None:
    for one in material.relations:
        if one.relation != "supported_by" or one.polarity != "asserted" or not one.subject_id or not one.object_id:
            continue
        if material.type_of(one.object_id) != "product":
            continue
        places = tuple(ref for at in one.evidence if (ref := pack.place(at.source, at.span)) is not None)
        if places:
            tools = found.setdefault((one.subject_id, ""), {})
            tools.setdefault(one.object_id, []).append(lambda places=places: places)  # type: ignore[misc]  # bound now


def _names(material: Material, tactic: str, tool: str) -> bool:
    """Whether the name of one gives the other away."""
    own, others = _keys(material, tactic), _keys(material, tool)
    return any(_alike(a, b) for a in own for b in others if a and b)


def _alike(a: str, b: str) -> bool:
    least = min(len(a), len(b), _SHARED_LETTERS if max(a) >= "\u2e80" else 2 * _SHARED_LETTERS)
    return any(a[i : i + least] in b for i in range(len(a) - least + 1))


def _keys(material: Material, entity: str) -> set[str]:
    known = material.lexicon.entities.get(entity)
    return {match_key(name) for name in (material.name(entity), *(known.aliases if known else ()))}


def _beside(material: Material, tactic: str) -> set[str]:
    """The tools of every case that used the tactic: whether one of them served it, too, can be argued."""
    found: set[str] = set()
    for card in (*material.cards, *material.others):
        about = [name for section in SECTIONS[:4] for one in card.section(section) for name in one.about]
        linked = [value.entity for name in LINKED_FACETS for value in card.facets.get(name) if value.entity]
        if tactic in about or tactic in linked:
            found |= {name for name in (*about, *linked) if material.type_of(name) == "product"}
    return found


def _choose(
    material: Material, links: Links, rng: random.Random, most: int, start: Mapping[Asked, str]
) -> dict[Asked, str]:
    """A tool for each of up to `most` tactics, such that every tactic has exactly one right tool among all of them."""
    tied: dict[str, set[str]] = {}
    for (tactic, _), tools in links.items():
        tied.setdefault(tactic, set()).update(tools)
    chosen = dict(start)
    order = sorted(links)
    for asked in rng.sample(order, len(order)):
        if len(chosen) >= most:
            break
        if any(asked[0] == other for other, _ in chosen):
            continue
        for tool in shuffled(rng, sorted(links[asked])):
            if _names(material, asked[0], tool):
                continue
            trial = {*chosen.values(), tool}
            if trial & tied[asked[0]] == {tool} and all(
                trial & tied.get(other, {own}) == {own} for (other, _), own in chosen.items()
            ):
                chosen[asked] = tool
                break
    return chosen


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
