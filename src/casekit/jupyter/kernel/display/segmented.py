"""Words: how a text is cut, what was taught."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from casekit.jupyter.kernel.display.parts import table
from casekit.language import say

if TYPE_CHECKING:
    from casekit.lessons import Lesson
    from casekit.segment import Token

__all__ = ["lesson", "lessons", "token", "tokens"]

_KINDS = {
    "add": ("多认识一个词", "a word"),
    "join": ("总是一个词", "always one word"),
    "split": ("从来不是一个词", "never one word"),
}


def token(one: Token) -> str:
    """A word with its part of speech."""
    return tokens([one])


def tokens(found: Sequence[Token]) -> str:
    """A text cut into words, each with its part of speech below it."""
    cells = "".join(
        f'<span style="display:inline-block;text-align:center;margin:.1em .3em">{escape(one.text)}<br>'
        f"<small>{escape(one.tag) or '&nbsp;'}</small></span>"
        for one in found
    )
    return f"<p>{cells}</p>"


def lesson(one: Lesson) -> str:
    """A lesson on a line."""
    return lessons([one])


def lessons(found: Sequence[Lesson]) -> str:
    """What was taught, one lesson a row."""
    rows = [[escape(one.word), escape(say(*_KINDS[one.kind])), escape(" ".join(one.parts) or one.tag)] for one in found]
    return table([say("词", "word"), say("教法", "lesson"), say("分成／词性", "parts or tag")], rows)
