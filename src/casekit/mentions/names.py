"""What Chinese names of people look like."""

from __future__ import annotations

from typing import Final

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.mentions.words import is_word
from casekit.segment.dictionary import parts_of_speech

__all__ = ["BEHIND_VERBS", "SURNAMES", "person_at"]

SURNAMES = CueLetters("surnames/single")
_DOUBLE = CueWords("surnames/double")
_NEVER = CueLetters("given-names/never")
# tags of what no name of a person begins as: 普遍, 通常, 成功
_ADVERBS: Final = frozenset({"a", "ad", "an", "c", "d"})
_PARTICLES = CueLetters("given-names/particles")
BEHIND_VERBS = CueLetters("function-characters/behind-verbs")
_SAYS = CuePattern(r"%{speech-verbs/verb}|%{speech-verbs/loose}")
_AFTER = CuePattern(r"[,.。、:;!?()\[\]《》 \n/]|\Z|%{given-names/after}|%{speech-verbs/verb}|%{speech-verbs/loose}")


def person_at(text: str, at: int, *, firm: bool = False) -> int:
    """The end of the person's name that starts at `at` in folded text, or `at` when none does.

    Args:
        text: Folded text without quotation marks.
        at: Where a name may start, such as right after a role.
        firm: Whether what follows need not look like the end of a name (the place itself proves that one stands here).
    """
    first = 2 if text[at : at + 2] in _DOUBLE else 1 if text[at : at + 1] in SURNAMES else 0
    if not first:
        return at
    never = _NEVER.now()
    for given in (2, 1):
        end = at + first + given
        name = text[at + first : end]
        if len(name) < given or any(not "\u3400" <= c <= "\u9fff" for c in name):
            continue
        # 路遥之|表示: the one particle that given names end in
        if any(
            c in never
            for c in (name[:-1] if given > 1 and name[-1] in _PARTICLES.now() and _SAYS.match(text, end) else name)
        ):
            continue
        if (
            given > 1
            and text[end : end + 1] in BEHIND_VERBS.now()
            and parts_of_speech().get(name[-1], "").startswith("v")
        ):
            continue  # 汪蕙选|的是
        if firm or _AFTER.match(text, end):
            return at if _cuts_words(text, at, end) else end
    return at


def _cuts_words(text: str, at: int, end: int) -> bool:
    """Whether what may be a name begins as an adverb and ends within the word behind it: 班主任|普遍采|用, of 普遍 and 采用."""
    if parts_of_speech().get(text[at : at + 2], "") not in _ADVERBS:
        return False
    return end - at > 2 and end < len(text) and is_word(text[end - 1 : end + 1])
