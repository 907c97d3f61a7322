"""The lexicon in memory: entities by id and by name, and the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casekit.errors import CasekitError
from casekit.lexicon.names import name_key, name_keys, traditional
from casekit.types import Entity

__all__ = ["Glossary", "Lexicon", "LexiconError", "surfaces"]


class LexiconError(CasekitError, ValueError):
    """A lexicon file that cannot be used; the message names file, line and entry."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """General words of the field: English to Chinese, and Chinese near-synonyms.

    `english` maps a stemmed English term (words joined by one space) to Chinese terms; `near` maps a Chinese word to
    words that mean nearly the same.
    """

    english: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def surfaces(entity: Entity) -> tuple[str, ...]:
    """Every form in which `entity` is named (name, English, traditional where given, aliases), without repeats."""
    forms = (entity.name, entity.name_en, entity.name_hant, *entity.aliases)
    return tuple(dict.fromkeys(form for form in forms if form))


class Lexicon:
    """Entities by id; names fold when looked up. Immutable."""

    def __init__(
        self, entities: Iterable[Entity], glossary: Glossary | None = None, rejected: Iterable[str] = ()
    ) -> None:
        self.entities: dict[str, Entity] = {entity.id: entity for entity in entities}
        self.glossary = glossary or Glossary()
        self.rejected: frozenset[str] = frozenset(rejected)
        """Keys of names that somebody rejected: neither listed, found by pattern, nor offered again."""

    def __len__(self) -> int:
        return len(self.entities)

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self.entities

    def names(self, *, hant: bool = True) -> tuple[str, ...]:
        """All surface forms (simplified, traditional, English, aliases), sorted; `hant` adds generated traditional."""
        forms = {form for entity in self.entities.values() for form in surfaces(entity)}
        if hant:
            forms.update(traditional("\n".join(sorted(forms))).split("\n"))
        return tuple(sorted(forms))

    @cached_property
    def by_key(self) -> dict[str, tuple[str, ...]]:
        """Folded name to the ids it may mean; where it is unambiguous for one of them, that one comes first."""
        owners: list[tuple[str, str]] = [(f, e.id) for e in self.entities.values() for f in surfaces(e)]
        found: dict[str, list[str]] = {}
        for key, (_, owner) in zip(name_keys(form for form, _ in owners), owners, strict=True):
            ids = found.setdefault(key, [])
            if owner not in ids:
                ids.append(owner)
        out: dict[str, tuple[str, ...]] = {}
        for key, ids in found.items():
            if len(ids) > 1:
                ids.sort(key=lambda i, key=key: key in self.ambiguous_keys.get(i, ()))  # type: ignore[misc]
            if key not in self.rejected:
                out[key] = tuple(ids)
        return out

    @cached_property
    def ambiguous_keys(self) -> dict[str, frozenset[str]]:
        """Entity id to the folded names that count only in context; a title listed only in 《》 is one without them."""
        out: dict[str, frozenset[str]] = {}
        for e in self.entities.values():
            forms = [*e.ambiguous, *(f for f in surfaces(e) if f[0] == "《" and f[1:-1] not in e.aliases)]
            if forms:
                out[e.id] = frozenset(name_keys(forms))
        return out

    @cached_property
    def heads(self) -> dict[str, tuple[int, ...]]:
        """First two characters of a folded name to the lengths of the names that start so, longest first."""
        found: dict[str, set[int]] = {}
        for key in self.by_key:
            if len(key) > 1:
                found.setdefault(key[:2], set()).add(len(key))
        return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}

    def lookup(self, name: str) -> Entity | None:
        """The entity called `name` in any script, case or width; None when nobody is."""
        ids = self.by_key.get(name_key(name))
        return self.entities[ids[0]] if ids else None

    def find(self, name: str) -> tuple[Entity, ...]:
        """All entities that `name` may mean, the likeliest first."""
        return tuple(self.entities[i] for i in self.by_key.get(name_key(name), ()))
