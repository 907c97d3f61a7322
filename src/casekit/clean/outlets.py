"""Whether what stands where a paper or site is named can be its name: 本文首发于去年夏天 names a time."""

from __future__ import annotations

import re

from casekit.clean.dates import MONTH
from casekit.cues import CuePattern

__all__ = ["is_outlet_name"]

# A value is a time only if it consists of such words throughout:
# 21世纪经济报道, 今日头条 and 南方周末 are papers.
_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
_TITLE_MARKS = ("《", "「", "“", '"')
_TIMES = r"(?:早在|早于)?(?:%{time-words/word}(?:%{time-words/rest}|[\s,、/.\-~])*)+"
_TIME = CuePattern(_TIMES)
# A time and then more of the sentence: 去年夏天的一次分享, 三年前我的博客.
_TIMED = CuePattern(_TIMES + "?%{time-words/goes-on}")
_MOMENT = CuePattern(".+%{time-words/moment}")
_VAGUE = CuePattern("%{vague-origins/whole}|%{vague-origins/begin}.*")
# Forums and short-message sites print where a post was written from: 发布于 上海.
_PLACE = CuePattern("(?:中国)?(?:%{places/province}|%{places/city}|%{places/country})[省市]?")
_ENGLISH = CuePattern(rf"(?:in|on|at)?\s*(?:(?:%{{english-time-words}}|\d{{1,4}}(?:st|nd|rd|th)?|{MONTH})[\s,.\-]*)+")


def is_outlet_name(form: str) -> bool:
    """Whether a value (in cue form) can name a paper, site or account: no time, place of writing, adverb or vague word."""
    if form[:1] in _TITLE_MARKS:
        return True  # 首发于《今天》 names a magazine
    bare = _EDGES.sub("", form)
    if not bare or bare.isdigit():
        return False
    if any("\u4e00" <= c <= "\u9fff" for c in bare):
        patterns = (_TIME, _MOMENT, _VAGUE, _PLACE)
        return not (any(pattern.fullmatch(bare) for pattern in patterns) or _TIMED.match(bare))
    return _ENGLISH.fullmatch(bare) is None
