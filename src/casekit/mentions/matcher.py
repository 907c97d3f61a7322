"""All places where a name of the lexicon stands in an article, before context decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from casekit.fold import fold_text
from casekit.lexicon import Lexicon, name_key
from casekit.lexicon.table import surfaces
from casekit.mentions.article import Article, without_marks
from casekit.types import Entity

__all__ = ["Form", "Matcher", "fold_names", "matcher_of", "whole"]

# An acronym of at most this many letters is a name only in capitals (AI, CRM, VUCA): shorter strings are too often
# parts of ordinary words, and longer ones (SHEIN, COSTCO) are written in any case. Chosen by reasoning.
ACRONYM_LETTERS = 4
_ADDRESS = re.compile(r"(?:://|www\.|@)[^\s\u3400-\u9fff]*\Z")
_OPENING, _CLOSING = "“「『\"'‘〝", "”」』\"'’〞"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entity: whether it needs context, capitals, or the quotation marks around it."""

    entity: Entity
    listed: str
    ambiguous: bool
    capitals: bool
    quoted: bool


def fold_names(names: Iterable[str]) -> list[str]:
    """`name_form` of many names at once."""
    listed = list(names)
    lines = fold_text("\n".join(name.replace("\n", " ") for name in listed)).split("\n")
    return [without_marks(line).strip() for line in lines]


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def whole(name: str) -> re.Pattern[str]:
    """A pattern for `name` (folded) that does not match inside a Latin word."""
    before = "(?<![a-z0-9])" if _is_word(name[0]) else ""
    after = "(?![a-z0-9])" if _is_word(name[-1]) else ""
    return re.compile(before + re.escape(name) + after)


class Matcher:
    """Names in folded form with what they may mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        owners = [(entity, form) for entity in lexicon.entities.values() for form in surfaces(entity)]
        blocks = [(entity, block) for entity in lexicon.entities.values() for block in entity.blocks]
        folded = fold_names([form for _, form in owners] + [block for _, block in blocks])
        self.lexicon = lexicon
        self.forms: dict[str, tuple[Form, ...]] = {}
        self.blocks: dict[str, list[str]] = {}
        found: dict[str, dict[str, Form]] = {}
        for (entity, listed), name in zip(owners, folded, strict=False):
            if len(name) < 2 or name_key(listed) in lexicon.rejected:
                continue
            form = Form(
                entity=entity,
                listed=listed,
                # Where the Chinese name is an ordinary word, so is its English rendering (connection, conversion).
                ambiguous=listed in entity.ambiguous
                or (listed.isascii() and listed.islower() and entity.name in entity.ambiguous),
                capitals=listed.isascii()
                and listed.isupper()
                and sum(map(str.isalpha, listed)) <= ACRONYM_LETTERS
                and listed.isalpha(),
                quoted=listed[0] in _OPENING
                and listed[-1] in _CLOSING
                and not any(c in _OPENING for c in listed[1:-1]),
            )
            known = found.setdefault(name, {}).get(entity.id)
            if known is None or (known.ambiguous and not form.ambiguous) or form.quoted:
                found[name][entity.id] = form
        for name, by_id in found.items():
            self.forms[name] = tuple(sorted(by_id.values(), key=lambda f: f.ambiguous))
        for (entity, _), name in zip(blocks, folded[len(owners) :], strict=True):
            self.blocks.setdefault(entity.id, []).append(name)
        heads: dict[str, set[int]] = {}
        for name in self.forms:
            heads.setdefault(name[:2], set()).add(len(name))
        self.heads = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in heads.items()}

    def places(self, article: Article) -> Iterator[tuple[int, int, tuple[Form, ...]]]:
        """Every place where some name stands, with all that it may mean; nested and overlapping ones included."""
        bare, heads, forms = article.bare, self.heads, self.forms
        for at in [i for i in range(len(bare) - 1) if bare[i : i + 2] in heads]:
            for size in heads[bare[at : at + 2]]:
                name = bare[at : at + size]
                if name in forms and len(name) == size and _bordered(bare, at, at + size):
                    yield at, at + size, forms[name]

    def blocked(self, article: Article, entity_id: str, start: int, end: int) -> bool:
        """Whether bare[start:end] is part of a longer string in which the entity is not meant."""
        bare = article.bare
        for block in self.blocks.get(entity_id, ()):
            width = len(block)
            at = bare.find(block, max(0, end - width), start + width)
            if 0 <= at <= start and end <= at + width:
                return True
        return False


def _bordered(bare: str, start: int, end: int) -> bool:
    if start and _is_word(bare[start]) and _is_word(bare[start - 1]):
        return False
    if end < len(bare) and _is_word(bare[end - 1]) and _is_word(bare[end]):
        return False
    return not (bare[start].isascii() and _ADDRESS.search(bare, max(0, start - 60), start))


_matchers: WeakKeyDictionary[Lexicon, Matcher] = WeakKeyDictionary()


def matcher_of(lexicon: Lexicon) -> Matcher:
    """The matcher of a lexicon, made once."""
    known = _matchers.get(lexicon)
    if known is None:
        known = _matchers[lexicon] = Matcher(lexicon)
    return known
