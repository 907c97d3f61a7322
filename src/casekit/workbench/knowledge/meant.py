"""您是不是要找: known names that sound like what was typed, or differ from it by one character."""

from __future__ import annotations

import re
import weakref
from typing import TYPE_CHECKING, Final

from casekit.fold import fold_text
from casekit.lexical.terms import terms_of
from casekit.lexicon.table import surfaces
from casekit.search.sounds import LEAST, LONGEST, Sounds, syllables

if TYPE_CHECKING:
    from casekit.index import Generation
    from casekit.workbench.held import Built

__all__ = ["meant"]

_MOST: Final = 3  # names that are proposed
# Log weight in the dictionary above which a word is an ordinary one; it lists rare spellings of names, too (沃尔马: below).
_USUAL: Final = -12.5
_GLUE: Final = ("u", "p", "c", "y")  # tags of 的, 在, 和, 吗: words of no name
_LATIN: Final = re.compile(r"[a-z]+(?:[ '][a-z]+)*")
_LEAST_LATIN: Final = 5  # letters; shorter ones sound like too much
_TYPES: Final = frozenset({"company", "brand", "person", "product", "org"})
_KNOWN: weakref.WeakKeyDictionary[Generation, tuple[object, Sounds]] = weakref.WeakKeyDictionary()


def meant(built: Built, text: str) -> tuple[str, ...]:
    """Known names that somebody may have meant by what stands in a text: of the same sound in Chinese, or typed as pinyin.

    A name that the text itself has is not proposed, nor one that the corpus does not have, nor one for a word of the
    dictionary or of the corpus or for parts of several words.
    """
    known = _sounds(built)
    folded = fold_text(text)
    begins, ends = _borders(folded)
    found: dict[str, None] = {}
    for start in sorted(begins):
        for size in range(min(LONGEST, len(folded) - start), LEAST - 1, -1):
            window = folded[start : start + size]
            if start + size not in ends or window in known.names or not _may_be_name(window):
                continue
            if (alike := known.by_syllables.get(syllables(window))) and not _stands(built, window):
                found.update(dict.fromkeys(alike))
    for m in _LATIN.finditer(folded):
        letters = m[0].replace(" ", "").replace("'", "")
        if len(letters) >= _LEAST_LATIN and m[0] not in known.names:
            found.update(dict.fromkeys(known.by_letters.get(letters, ())))
    return tuple(name for name in found if fold_text(name) not in folded)[:_MOST]


def _borders(text: str) -> tuple[set[int], set[int]]:
    """Where a name may begin or end: at the borders of words, and none holds 的 or 在, so that 店的复购率 has no 的复."""
    from casekit.segment.dictionary import parts_of_speech, split_words

    tags = parts_of_speech()
    begins, ends = set[int](), set[int]()
    at = 0
    for word in split_words(text, {}):
        if not tags.get(word, "").startswith(_GLUE):
            begins.add(at)
            ends.add(at + len(word))
        at += len(word)
    return begins, ends


def _may_be_name(window: str) -> bool:
    """Whether it is Chinese, and no ordinary word."""
    from casekit.segment.dictionary import weights

    return all(ord(c) >= 0x3400 for c in window) and weights().get(window, -99.0) < _USUAL


def _stands(built: Built, window: str) -> bool:
    """Whether a passage has every pair of its characters: then it is written as somebody there writes it."""
    return len(built.generation.lexical.without().holding(terms_of(window), 1)) > 0


def _sounds(built: Built) -> Sounds:
    lexicon = built.lexicon
    held = _KNOWN.get(built.generation)
    if held is None or held[0] is not lexicon:
        found = [(entity, name) for entity, kind, name, _, _ in built.records.names() if kind in _TYPES]
        listed = (lexicon.entities.get(entity) for entity in dict.fromkeys(entity for entity, _ in found))
        names = [form for one in listed if one is not None for form in surfaces(one)] + [name for _, name in found]
        held = _KNOWN[built.generation] = (lexicon, Sounds(dict.fromkeys(names)))
    return held[1]
