"""Whether a string is an ordinary word: jieba's dictionary, read when first asked."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

__all__ = ["in_dictionary", "is_ordinary", "is_word"]

# A word that the dictionary's makers counted at least this often is no proper name that we could discover; rarer entries
# often are names themselves. Chosen by reading entries at 3, 5 and 10 by eye.
MIN_COUNT = 5
# Its tags for names of people and firms: such an entry is no ordinary word.
_NAMES = frozenset({"nr", "nrt", "nrfg", "nt", "nz"})


@cache
def _words() -> dict[str, bool]:
    """Every word of the dictionary, and whether it is an ordinary one."""
    found = find_spec("jieba")
    if found is None or found.origin is None:
        return {}
    lines = (Path(found.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {row[0]: int(row[1]) >= MIN_COUNT and row[2] not in _NAMES for row in rows}


def is_word(text: str) -> bool:
    """Whether the dictionary knows `text` (simplified) as an ordinary word of at least `MIN_COUNT` occurrences."""
    return _words().get(text, False)


def in_dictionary(text: str) -> bool:
    """Whether the dictionary has `text` at all, names and rare words included."""
    return text in _words()


def is_ordinary(text: str) -> bool:
    """Whether `text` is an ordinary word or falls into ordinary words of at least two characters (线下商超, 头部企业)."""
    if is_word(text):
        return True
    reached = {0}
    for end in range(2, len(text) + 1):
        if any(start in reached and is_word(text[start:end]) for start in range(max(0, end - 5), end - 1)):
            reached.add(end)
    return len(text) in reached
