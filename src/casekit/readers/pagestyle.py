"""What a page's own style hides: rules of its style sheets and of its elements that make text unreadable.

Forums put noise between the words of a post that copies with them and shows nowhere: in elements of no size or no display.
Only plain selectors (a class, an id) outside of media queries are followed; a page seen on paper or on a telephone is another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PageStyle", "page_style"]

_MAX_SHEET_CHARS = 400_000
"""Style sheets beyond this are frameworks, whose classes are not what hides a forum's noise."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = re.compile(
    r"(?<![^{}])([^{}]++)\{([^{}]*+)\}"
)  # begins behind a brace: a sheet without any is looked through once
_SIMPLE = re.compile(r"(?:[a-z]+)?([.#])([\w-]+)\Z")
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNREADABLE = re.compile(
    r"(?:^|[;\s])font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|\Z)"
    r"|(?:^|[;\s])color\s*:\s*transparent|(?:left|text-indent)\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
_JAMMERS = frozenset({"jammer"})
"""The class that forums of the Discuz family give to noise; the sheet that hides it lies outside of saved pages."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Classes and ids whose text the page's style sheets hide."""

    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def hides(self, element: HtmlElement) -> bool:
        """Whether the text of an element cannot be seen: by a rule of the page for it, or set in no size."""
        own = element.get("style")
        if own is not None and _UNREADABLE.search(own):
            return True
        names = (element.get("class") or "").split()
        if not names and not self.ids:
            return False
        hidden = any(name in self.classes or name in _JAMMERS for name in names) or element.get("id") in self.ids
        return hidden and not (own is not None and re.search(r"display\s*:\s*(?!none)\w", own) is not None)


def page_style(root: HtmlElement) -> PageStyle:
    """What the style sheets inside a page hide."""
    classes: set[str] = set()
    ids: set[str] = set()
    shown: set[str] = set()
    for sheet in root.iter("style"):
        text = sheet.text_content()
        if len(text) > _MAX_SHEET_CHARS or "print" in (sheet.get("media") or ""):
            continue
        for found in _RULE.finditer(_without_queries(_COMMENT.sub("", text))):
            hides = _NONE.search(found[2]) or _UNREADABLE.search(found[2])
            displays = not hides and re.search(r"display\s*:", found[2]) is not None
            for selector in found[1].split(","):
                simple = _SIMPLE.match(selector.strip())
                if simple and hides:
                    (classes if simple[1] == "." else ids).add(simple[2])
                elif displays:
                    shown |= set(re.findall(r"[.#]([\w-]+)", selector))
    return PageStyle(frozenset(classes - shown), frozenset(ids - shown))


def _without_queries(sheet: str) -> str:
    """The sheet without its `@media` and other nested rules."""
    parts: list[str] = []
    at = 0
    for found in re.finditer(r"@[a-z-]++[^@{};]*+\{", sheet):
        if found.start() < at:
            continue
        parts.append(sheet[at : found.start()])
        depth, end = 1, found.end()
        while depth and end < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        at = end
    return "".join([*parts, sheet[at:]])
