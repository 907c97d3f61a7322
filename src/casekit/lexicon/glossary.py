"""The bilingual glossary: English terms with their inflections, Chinese near-synonyms.

store, shop, outlet = 门店, 店铺
店员, 营业员 ~ 导购, 导购员
每天, 每日, 天天 ~
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from casekit.language import say
from casekit.lexicon.table import Glossary, LexiconError

__all__ = ["english_words", "join_glossaries", "merge_glossaries", "parse_glossary", "stem"]

_WORD = re.compile(r"[a-z0-9]+(?:['’&+.-][a-z0-9]+)*")
_COMMA = re.compile(r"\s*[,，]\s*")


def stem(word: str) -> str:
    """A rough stem, the same for the regular inflections of one English word (stores, store; planned, plans, plan)."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        cut = word.removesuffix(ending)
        if cut != word and len(cut) >= 3 and re.search("[aeiouy]", cut):
            word = cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def english_words(text: str) -> list[tuple[str, int, int]]:
    """The English words of a lower-case text with their places."""
    return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def parse_glossary(text: str, name: str) -> Glossary:
    """The glossary of a file.

    Raises:
        LexiconError: On a line that is neither `English = 中文` nor `中文 ~ 中文`, nor `中文, 中文 ~` (each for each).
    """
    english: dict[str, tuple[str, ...]] = {}
    near: dict[str, tuple[str, ...]] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        table = near if "~" in line else english
        left, mark, right = line.partition("~" if "~" in line else "=")
        keys, values = (tuple(filter(None, _COMMA.split(side.strip()))) for side in (left, right))
        if table is near and len(keys) > 1:
            values = values or keys
        if not (mark and keys and values):
            raise LexiconError(
                say(
                    f"词库 {name} 第 {number} 行：应写成 English = 中文、中文 ~ 近义词，或 词，词 ~（互为近义）",
                    f"Lexicon {name} line {number}: should read English = 中文, 中文 ~ near-synonyms, or 词, 词 ~ (each for each)",
                )
            )
        for key in keys:
            entry = " ".join(stem(w) for w, _, _ in english_words(key.lower())) if table is english else key
            table[entry] = tuple(dict.fromkeys((*table.get(entry, ()), *(v for v in values if v != key))))
    return Glossary(english, near)


def join_glossaries(one: Glossary, other: Glossary) -> Glossary:
    """Both glossaries; where both have a term, it has what either says."""

    def joined(a: Mapping[str, tuple[str, ...]], b: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {key: tuple(dict.fromkeys((*a.get(key, ()), *b.get(key, ())))) for key in (*a, *b)}

    return Glossary(joined(one.english, other.english), joined(one.near, other.near))


def merge_glossaries(base: Glossary, more: Glossary) -> Glossary:
    """Both glossaries; where both have a term, that of `more` wins."""
    return Glossary({**base.english, **more.english}, {**base.near, **more.near})
