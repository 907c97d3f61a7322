"""What the lexicon knows of its entities, in the shape that the rules ask for; worked out once for a lexicon."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from casekit.lexicon import Lexicon
from casekit.reading import LETTERS
from casekit.relations.record import Party

__all__ = ["Background", "background_of"]

_IDEAS: Final = frozenset({"framework", "tactic", "product"})


@dataclass(frozen=True, slots=True)
class Background:
    """`makers`: tool to its makers and their departments; `employers`: person to employer; `wholes`: part to whole."""

    makers: dict[str, frozenset[str]]
    employers: dict[str, Party]
    wholes: dict[str, Party]


_KNOWN: Final[WeakKeyDictionary[Lexicon, Background]] = WeakKeyDictionary()


def background_of(lexicon: Lexicon) -> Background:
    """The background of a lexicon."""
    found = _KNOWN.get(lexicon)
    if found is None:
        found = _KNOWN[lexicon] = _make(lexicon)
    return found


def _make(lexicon: Lexicon) -> Background:
    entities = lexicon.entities
    departments: dict[str, set[str]] = defaultdict(set)
    employers: dict[str, Party] = {}
    wholes: dict[str, Party] = {}
    makers: dict[str, frozenset[str]] = {}
    for entity in entities.values():
        for kind, other in entity.relations:
            if other not in entities:
                continue
            target = Party(other, entities[other].name, LETTERS[entities[other].type])
            if kind in {"part_of", "owned_by"} and entity.type in {"org", "company"}:
                departments[other].add(entity.id)
            if kind in {"works_at", "runs"} and entity.type == "person":
                employers.setdefault(entity.id, target)
            if kind == "part_of" and entity.type in _IDEAS and entities[other].type in _IDEAS:
                wholes.setdefault(entity.id, target)
    for entity in entities.values():
        made = [other for kind, other in entity.relations if kind in {"made_by", "owned_by"}]
        if made:
            makers[entity.id] = frozenset(x for m in made for x in (m, *departments.get(m, ())))
    return Background(makers, employers, wholes)
