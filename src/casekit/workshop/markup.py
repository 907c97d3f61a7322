"""Text into Markdown and Python as data: nothing that stands in a source or a card can become markup or code."""

from __future__ import annotations

import html
import json
import re
from typing import Final

from casekit.types import Address

__all__ = ["address", "clean", "literal", "md", "plain_of_md", "table"]

# Every character that CommonMark, GFM or the autolinks of JupyterLab give a meaning to inside a line. Those that JupyterLab's
# own search for formulas, code and table borders looks at become character references, which can never open or close
# anything (CommonMark 0.31, section 2.5); the others take a backslash, which people read more easily.
_ESCAPES: Final = {ord(c): f"\\{c}" for c in "*_[]~"} | {ord(c): f"&#{ord(c)};" for c in "`{}|@"}
_TAGS: Final = {ord("<"): "&lt;", ord(">"): "&gt;"}
# Not needed for CommonMark once the brackets are escaped; but a picture or link should not look like one to anybody.
_LINK: Final = re.compile(r"!(?=\[)|(?<=\])\(")
_REFERENCE: Final = re.compile(r"&(?=#|[A-Za-z])")
# MathJax reads the finished page, so `$` and `\(` must stand in an element that it passes over, and code is one.
_MATH: Final = re.compile(r"[\\$]+")
_LINKS: Final = re.compile(r"(?<=:)//|(?<=[Ww]{3})\.")
_START: Final = re.compile(r"^(?:\d{1,9}(?=[.)])|(?=[-+#=]))")
_BACKSLASH: Final = re.compile(r"\\(?=[^\w\s])")
# Control characters, lone surrogates, marks that turn the reading direction, and non-characters.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """One line: white space runs become one space, characters that cannot be seen are left out."""
    return _UNSEEN.sub("", " ".join(text.split())).strip()


def md(text: str) -> str:
    """Any text as one line of Markdown that shows just this text, in JupyterLab as anywhere else."""
    shown = clean(text)
    parts: list[str] = []
    at = 0
    for match in _MATH.finditer(shown):
        parts += [_escaped(shown[at : match.start()]), f"`{match[0]}`"]
        at = match.end()
    parts.append(_escaped(shown[at:]))
    made = "".join(parts)
    start = _START.match(made)  # what would begin a list, a heading or an underline
    return f"{made[: start.end()]}\\{made[start.end() :]}" if start else made


def _escaped(text: str) -> str:
    made = _LINK.sub(lambda m: f"\0{m[0]}", _REFERENCE.sub("&amp;", text)).translate(_ESCAPES | _TAGS | {0: "\\"})
    return _LINKS.sub(lambda m: "".join(f"&#{ord(c)};" for c in m[0]), made)


def address(at: Address) -> str:
    """An address as inline code (it never holds a back tick)."""
    return f"`{at}`"


def plain_of_md(text: str) -> str:
    """The characters of Markdown without its marks, near enough to compare letters and digits."""
    return _BACKSLASH.sub("", html.unescape(text).replace("`", ""))


def literal(text: str) -> str:
    """A Python string literal in ASCII on one line, whatever the text holds."""
    return json.dumps(text) if text.isascii() and text.isprintable() else ascii(text)


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A pipe table of cells that are Markdown already (made by `md` or by hand, without bare pipes)."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
