"""Whether a figure says that something rose or fell, and by how much or to what."""

from __future__ import annotations

import re
from typing import Final, Literal

from casekit.cues import CuePattern
from casekit.facts.quantities import Figure

__all__ = ["TURNS", "Direction", "direction_of"]

Direction = Literal["", "up", "down"]
# What may stand between a word for rising or falling and its figure
_GAP: Final = re.compile(
    r"(?:了|幅度?|率|速|[+\-]|约|近|超过?|逾|将近|接近|大约|不到|不足|整整|\s)*(?P<to>至|到了?|为|成|达到?|to\s)?"
    r"(?:了|约|近|超过?|逾|将近|接近|大约|不到|不足|整整|by\s|nearly\s|about\s|around\s|over\s|more than\s|almost\s|[¥$€£]|rmb|us|hk|nt|新台币|人民币|港币|\s)*"
)
# 2019年增加 is no 年增 of the year before
TURNS: Final = CuePattern(
    r"(?:(?!年)|(?<!\d))(?:(?P<up>(?=[^a-z])(?:%{directions/up}|%{directions/up-short})|(?<![a-z])(?:%{directions/up}|%{directions/en-up})(?![a-z]))"
    "|(?P<down>(?=[^a-z])(?:%{directions/down}|%{directions/down-short})|(?<![a-z])(?:%{directions/down}|%{directions/en-down})(?![a-z])))"
)


def direction_of(text: str, start: int, figure: Figure) -> tuple[Direction, Literal["", "by", "to"]]:
    """Which way the figure moved, by the word for rising or falling right before it or by its sign; and whether it tells by how
    much (增长11%) or what came out (增至300家)."""
    sign = text[max(0, figure.start - 1) : figure.start + 1].lstrip()[:1]
    if figure.kind in ("share", "points") and sign in ("+", "-"):
        return ("up" if sign == "+" else "down"), "by"
    last = None
    for m in TURNS.finditer(text, start, figure.start):
        last = m
    if last is None or (gap := _GAP.fullmatch(text, last.end(), figure.start)) is None:
        return "", ""
    to = gap["to"] or last[0][-1] in "至到"
    return ("up" if last["up"] else "down"), "to" if to else "by"
