"""What a statement is good for: a fact that an answer may rest on, or something that can only be discussed.

A marked answer needs a sentence of an original that says it plainly. The card's own kind and certainty are one witness, the
words of the sentence the other: where they disagree the answer can be disputed, and the statement is no marked item.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias, get_args

from casekit.casebook.records import Statement
from casekit.cues import CuePattern, cue_form
from casekit.language import say
from casekit.reading.cue import CueFinder
from casekit.types import Doc

__all__ = [
    "NATURES",
    "Nature",
    "deciding_word",
    "measure_of",
    "nature_label",
    "nature_of",
    "plain_measure",
    "says",
    "told_without_reserve",
    "worst",
]

Nature: TypeAlias = Literal["fact", "target", "estimate", "hearsay", "retelling", "doubtful"]
NATURES: Final[tuple[str, ...]] = get_args(Nature)

_HEARSAY: Final = CueFinder("hearsay", "cue")
_PLANS: Final = CueFinder("plans", "cue")
_EXPECTED: Final = CueFinder("expectations", "cue")
_ESTIMATES: Final = CueFinder("estimates", "cue")
_SURVEYS: Final = CueFinder("surveys", "cue")
_DOUBTS: Final = CuePattern("%{doubts}|%{attempts}")
_RETOLD: Final = CuePattern("%{retold-by}")
_FINDERS: Final[Mapping[str, tuple[CueFinder, ...]]] = {
    "hearsay": (_HEARSAY,),
    "target": (_PLANS,),
    "estimate": (_EXPECTED, _ESTIMATES, _SURVEYS),
}


def deciding_word(nature: str, text: str) -> str:
    """The word of a sentence that makes it hearsay, a target or an estimate, as printed; empty where it has none.

    Args:
        nature: "hearsay", "target" or "estimate".
        text: The sentence, in any script.
    """
    folded = cue_form(text)
    for finder in _FINDERS[nature]:
        if found := finder.search(folded):
            return text[found.start() : found.end()].strip()
    return ""


def says(text: str) -> Nature:
    """What the words of a sentence alone make of it."""
    for nature in ("hearsay", "target", "estimate"):
        if deciding_word(nature, text):
            return nature
    return "doubtful" if _DOUBTS.search(cue_form(text)) else "fact"


def told_without_reserve(nature: str, text: str) -> str:
    """A statement as somebody would write it who overlooks what it is: without the words in front that say so, and without the
    remark behind it, as far as it is still a sentence.

    "据说考核已经调整。" → "考核已经调整"; "田禾估算，效能提升三成；“效能”没有定义。" → "效能提升三成".
    """
    parts = re.split(r"[；;]\s*", text)
    if (len(parts) > 1 and all(says(part) == "fact" for part in parts[1:])) or says(parts[0]) == nature:
        text = parts[0]
    text = re.sub(r"[（(][^（()）]*[)）](?=[。.]?$)", "", text.strip()).rstrip("。. ")
    head, comma, rest = text.partition(say("，", ","))
    word = deciding_word(nature, head) if nature in _FINDERS else ""
    if comma and word and head.endswith(word):
        text = rest.strip()
    elif word and text.startswith(word):
        text = text[len(word) :].lstrip("，, ")
    return text.replace("“", "‘").replace("”", "’")


def nature_of(one: Statement, docs: Mapping[str, Doc]) -> Nature:
    """What a statement of a card may be used for, by what the card says of it, its speaker and the rank of its sources."""
    ranks = {docs[e.source].cleaned.metadata.rank for e in one.evidence if e.source in docs}
    if (ranks and "original" not in ranks) or _RETOLD.search(cue_form(one.by or "")):
        return "retelling"
    told = f"{one.text} {one.by or ''}"
    if one.certainty == "hearsay" or deciding_word("hearsay", told):
        return "hearsay"
    if one.kind == "target":
        return "target"
    if one.kind in ("estimate", "survey") or one.certainty == "expected":
        return "estimate"
    return "doubtful" if _DOUBTS.search(cue_form(told)) else "fact"


def nature_label(nature: str) -> str:
    """What screens call it."""
    return {
        "fact": say("原文直接陈述", "plainly stated"),
        "target": say("目标", "a target"),
        "estimate": say("估计、预期或调查", "an estimate, expectation or survey"),
        "hearsay": say("传闻", "hearsay"),
        "retelling": say("转述", "retold"),
        "doubtful": say("说法有保留", "said with reserve"),
    }[nature]


def plain_measure(metric: str) -> str:
    """The name of a measure without words that tell what kind of figure it is (用户数目标 → 用户数)."""
    folded = cue_form(metric)
    taken = sorted({(m.start(), m.end()) for finders in _FINDERS.values() for f in finders for m in f.finditer(folded)})
    made, at = "", 0
    for start, end in taken:
        if start >= at:
            made, at = made + metric[at:start], end
    return (made + metric[at:]).strip(" 的：:（）()")


def measure_of(one: Statement) -> str:
    """What a figure measures, without words that tell what kind of figure it is, in the language in force."""
    plain = plain_measure(one.metric or "")
    return say(plain, (one.metric_en or plain) if plain else "")


def worst(natures: Sequence[Nature]) -> Nature:
    """The nature of what rests on several statements: that of the weakest."""
    order = ("retelling", "hearsay", "doubtful", "estimate", "target", "fact")
    return min(natures, key=order.index, default="fact")
