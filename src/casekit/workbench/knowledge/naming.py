"""What a name means: the entity, whether it is of the sort that was asked for, what is called nearly so; who names it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Mention

if TYPE_CHECKING:
    from casekit.index import Generation
    from casekit.lexicon import Lexicon
    from casekit.search import Answer
    from casekit.workbench.held import Built

__all__ = ["NAME_FILTERS", "NameFilter", "entity_id", "named_as", "names_in", "near_names", "passages_naming"]

# Of two characters out of three the ratio is 0.67, of one out of two 0.5: a slip in a short name is proposed, another name is not.
_NEAR = 0.6
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class NameFilter:
    """A filter by names of one sort: what it is called, what its names are, and the types that count as such."""

    name: str
    zh: str
    en: str
    types: tuple[str, ...]


NAME_FILTERS: Final = (
    NameFilter("company", "公司或机构", "a company or body", ("company", "brand", "org")),
    NameFilter("tool", "工具", "a tool", ("product",)),
    NameFilter("tactic", "打法", "a tactic", ("tactic",)),
    NameFilter("person", "人", "a person", ("person",)),
    NameFilter("framework", "框架", "a framework", ("framework",)),
)
"""The filters that keep to a sort of name; `naming` takes a name of any."""


def entity_id(name: str, lexicon: Lexicon, generation: Generation) -> str:
    """The id of the entity that `name` (any form of it, or an id) means.

    Raises:
        SettingError: If nothing in the lexicon or the corpus is called that; what is called nearly so is proposed.
    """
    found = _meant(name, lexicon, generation)
    if not found:
        raise SettingError(_unknown(name, lexicon, generation))
    return next(iter(found))


def _meant(name: str, lexicon: Lexicon, generation: Generation) -> dict[str, set[str]]:
    """The entities that a name may mean, the likeliest first, each with its types."""
    if name in lexicon.entities:
        return {name: {lexicon.entities[name].type}}
    known = {entity.id: {str(entity.type)} for entity in lexicon.find(name)}
    if known:
        return known
    from casekit.fold import fold_text

    wanted = fold_text(name)
    for one in generation.records.mentions():
        if name == one.entity or wanted in (fold_text(one.name), fold_text(one.text)):
            return {one.entity: {one.type}}
    return {}


def named_as(built: Built, name: str, sort: NameFilter) -> str:
    """The id of the entity of this sort that `name` means.

    Raises:
        SettingError: If nothing is called so, or only things of another sort, for which the right filter is proposed.
    """
    meant = _meant(name, built.lexicon, built.generation)
    if not meant:
        raise SettingError(_unknown(name, built.lexicon, built.generation))
    for entity, types in meant.items():
        if types & set(sort.types):
            return entity
    # The corpus may name it as something else than the lexicon does.
    found: set[str] = set()
    for one in built.records.mentions():
        if one.entity in meant:
            found.add(one.type)
            if one.type in sort.types:
                return one.entity
    raise SettingError(_of_another_sort(name, sort, {*found, *next(iter(meant.values()))}))


def _of_another_sort(name: str, sort: NameFilter, types: set[str]) -> str:
    from casekit.graph.layout import type_name

    right = next((one for one in NAME_FILTERS if types & set(one.types)), None)
    flag = f"--{right.name if right is not None else 'naming'} {_quoted(name)}"
    zh = right.zh if right is not None else type_name(min(types))
    en = right.en if right is not None else f"of type {min(types)}"
    return say(f"{name} 是{zh}，不是{sort.zh}；请用 {flag}", f"{name} is {en}, not {sort.en}; use {flag}")


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _unknown(name: str, lexicon: Lexicon, generation: Generation) -> str:
    near = near_names(name, lexicon, generation)
    if near:
        listed = say("、", ", ").join(near)
        return say(
            f"词典和语料里都没有叫 {name!r} 的名称；相近的有：{listed}",
            f"nothing is called {name!r} in lexicon or corpus; nearly so: {listed}",
        )
    return say(
        f"词典和语料里都没有叫 {name!r} 的名称；casekit mentions 列出全部",
        f"nothing is called {name!r} in lexicon or corpus; casekit mentions lists all names",
    )


def near_names(name: str, lexicon: Lexicon, generation: Generation) -> list[str]:
    """Names of the corpus and the lexicon that are nearly `name` in any script, the nearest first."""
    from casekit.fold import match_key

    forms: dict[str, str] = {}
    for shown, form in _forms(lexicon, generation):
        forms.setdefault(match_key(form), shown)
    wanted = match_key(name)
    if not wanted:
        return []
    begun = [
        key
        for key in forms
        if len(wanted) > 1 and (key.startswith(wanted) or (len(key) > 1 and wanted.startswith(key)))
    ]
    near = difflib.get_close_matches(wanted, forms, n=2 * _MOST_NEAR, cutoff=_NEAR)
    ordered = [*near, *sorted(begun, key=lambda key: abs(len(key) - len(wanted)))]
    return list(dict.fromkeys(forms[key] for key in ordered))[:_MOST_NEAR]


def _forms(lexicon: Lexicon, generation: Generation) -> Iterable[tuple[str, str]]:
    """(name as shown, one of its forms): of what the corpus names first, then of what the lexicon lists."""
    from casekit.lexicon.table import surfaces

    seen = dict.fromkeys((one.name, one.text) for one in generation.records.mentions())
    for name, text in seen:
        yield name, name
        yield name, text
    for entity in lexicon.entities.values():
        for form in surfaces(entity):
            yield entity.name, form


def passages_naming(built: Built, names: Iterable[str]) -> set[int] | None:
    """Ids of passages that name every one of `names`; None when no name is given."""
    chosen: set[int] | None = None
    for name in names:
        wanted = entity_id(name, built.lexicon, built.generation)
        found = built.records.pids_naming(wanted)
        chosen = found if chosen is None else chosen & found
    return chosen


def names_in(built: Built, answer: Answer) -> dict[str, dict[str, int]]:
    """How many of the hits name each entity, by type, most frequent first: of originals, where one of them is among the hits."""
    counts: dict[str, Counter[str]] = {}
    aside = built.standing.not_originals
    own = [hit for hit in answer.hits if hit.passage.source not in aside]
    for hit in own or answer.hits:
        seen = set()
        span = hit.passage.span
        for one in built.records.found_within(Mention, hit.passage.source, span.start, span.end):
            seen.add((one.type, one.name))
        for kind, name in seen:
            counts.setdefault(kind, Counter())[name] += 1
    return {kind: dict(counter.most_common()) for kind, counter in sorted(counts.items())}
