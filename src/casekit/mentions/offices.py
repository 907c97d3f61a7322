"""Strings that stand where names stand and are none: posts (创始人兼), and departments of a house not told (信息科)."""

from __future__ import annotations

from casekit.cues import CuePattern
from casekit.mentions.words import is_ordinary

__all__ = ["is_office"]

_POST = "(?:%{posts/leader}|%{posts/office}|%{posts})"
_ENDS_IN_POST = CuePattern(f"{_POST}%{{career-moves/as-well}}?")
_POSTS = CuePattern(f"{_POST}%{{career-moves/as-well}}")
_DEPARTMENT = CuePattern(r"%{name-borders/department-ends}\Z")
_STEM = 2  # characters of a department's stem at least, so that 万科 is none


def is_office(text: str) -> bool:
    """Whether folded `text` is a post, begins with one that is held beside another, or is a common word with a department's end."""
    if _ENDS_IN_POST.fullmatch(text) is not None or _POSTS.match(text) is not None:
        return True
    end = _DEPARTMENT.search(text, _STEM)
    return end is not None and is_ordinary(text[: end.start()])
