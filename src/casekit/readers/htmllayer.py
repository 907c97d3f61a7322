"""The visible text of an element tree, in blocks: see `casekit.readers.html`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from casekit.readers.equations import linear_mathml
from casekit.readers.htmltree import parse_html
from casekit.readers.layer import CELL, HIDDEN, NOTE_MARK, STRUCK, LayerBuilder, is_note_mark, marked, shown_raised
from casekit.readers.pagestyle import PageStyle, page_style
from casekit.readers.pagethings import drawn_lines, thing_of
from casekit.types import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PageLayer", "html_layer", "page_layer"]

_SKIP = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "noframes",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "svg",
        "select",
        "datalist",
        "map",
        "area",
        "param",
        "source",
        "track",
        "meta",
        "link",
        "title",
        "base",
    ]
)
_BLOCK = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "caption",
        "colgroup",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
        "xmp",
        "textarea",
    ]
)
_KINDS = {
    **{f"h{n}": "h" for n in range(1, 7)},
    "li": "li", "dd": "li", "dt": "li", "td": "td", "th": "td", "caption": "caption", "figcaption": "caption", "pre": "pre", "listing": "pre",
    "xmp": "pre", "blockquote": "quote",
}  # fmt: skip
_STRUCK = frozenset(("s", "del", "strike"))
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CELL_CHARS = 300
"""A table with a longer cell is page layout (old portals put whole articles into one), not data: data cells are phrases."""
_CELL_LINES = 4


def _name(element: HtmlElement) -> str:
    """Element name in lower case without a namespace prefix; empty for comments and the like."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(tag, str) else ""


def _signature(element: HtmlElement, name: str) -> str:
    identity = element.get("id")
    classes = (element.get("class") or "").split()[:6]
    roles = [value for value in (element.get("role"), element.get("itemprop")) if value]
    return (
        name
        + (f"#{identity}" if identity else "")
        + "".join(f".{c}" for c in classes)
        + "".join(f"@{r.split()[0]}" for r in roles if r.split())
    )


def _hidden(element: HtmlElement, name: str) -> bool:
    if element.get("hidden") is not None or (name == "dialog" and element.get("open") is None):
        return True
    style = element.get("style")
    # `visibility: hidden` does not count: pages hide the article that way until a script shows it (WeChat does)
    return style is not None and _NONE.search(style) is not None


def _text_chars(element: HtmlElement) -> int:
    skipped = {"script", "style", "template", "noscript"}
    total = 0
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag not in skipped and inner.text:
            total += len("".join(inner.text.split()))
        if inner is not element and inner.tail:
            total += len("".join(inner.tail.split()))
    return total


def _is_data_table(table: HtmlElement) -> bool:
    """Whether rows should be lines: cells hold phrases, not page columns."""
    columns = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if _name(cell) in ("td", "th")]
        columns = max(columns, len(cells))
        for cell in cells:
            if len(cell.text_content().strip()) > _CELL_CHARS:
                return False
            lines = sum(_name(inner) in _BLOCK or _name(inner) == "br" for inner in cell.iterdescendants())
            if lines > _CELL_LINES or any(_name(inner) == "table" for inner in cell.iterdescendants()):
                return False
    return columns > 1


def _is_layout(item: HtmlElement) -> bool:
    """Whether a list item is a page column in disguise: block elements and more text than an item holds."""
    blocks = sum(_name(inner) in ("p", "div", "section", "table", "ul") for inner in item.iterdescendants())
    return blocks > 2 and _text_chars(item) > _CELL_CHARS


class _Walk:
    """One pass over the tree, without recursion (real pages nest hundreds deep)."""

    def __init__(self, style: PageStyle, total: int) -> None:
        self.style = style
        self.total = total
        self.skipped: Counter[str] = Counter()
        self.builder = LayerBuilder()
        self.line: list[str] = []
        self.link_chars = 0
        self.links = 0
        self.row = 0
        self.inside: list[str] = []
        """What the text here is beside text: struck out, mark of a note."""
        self.beside: list[HtmlElement] = []
        self.path: list[str] = []
        self.kinds: list[tuple[str, int]] = [("p", 0)]
        self.marks: list[int] = []
        self.cached: tuple[str, ...] = ()

    def say(self, text: str | None) -> None:
        if text:
            self.line.append(marked(text, self.inside[-1]) if self.inside else text)
            if self.links:
                self.link_chars += len("".join(text.split()))

    def flush(self) -> None:
        if self.row:
            self.line.append(" ")
            return
        if self.line:
            kind, level = self.kinds[-1]
            path = tuple(self.path)
            if path == self.cached:
                path = self.cached  # neighbours share one tuple: pages have thousands of blocks
            self.cached = path
            whole = "".join(self.line)
            if kind == "pre":
                for piece in whole.splitlines():
                    self.builder.add(piece, kind, path=path, pre=True)
            else:
                self.builder.add(whole, kind, level=level, link_chars=self.link_chars, path=path)
            self.line.clear()
        self.link_chars = 0


class PageLayer(NamedTuple):
    """The visible text of a tree, its blocks, and what it holds beside text, by kind."""

    text: str
    blocks: tuple[Block, ...]
    skipped: Mapping[str, int]


def html_layer(root: HtmlElement) -> tuple[str, tuple[Block, ...]]:
    """The visible text of a tree and its blocks: `page_layer` without what is no text."""
    return page_layer(root)[:2]


def page_layer(root: HtmlElement) -> PageLayer:
    """The visible text of a tree and its blocks.

    A block's `tag_path` has one entry for each block element around it, "name#id.class.class@role", followed by "[n]" for
    the n-th of several siblings with the same name and classes.
    """
    total = max(1, _text_chars(root))
    walk = _Walk(page_style(root), total)
    data_tables: set[HtmlElement] = set()
    frames: set[HtmlElement] = set()
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    twins: list[dict[str, int]] = [{}]
    while stack:
        element, leaving = stack.pop()
        name = _name(element)
        if leaving:
            _leave(walk, element, "div" if element in frames else name, data_tables, twins)
            if element is not root:
                walk.say(element.tail)
            continue
        if name in ("iframe", "frame") and (framed := _framed(element)) is not None:
            walk.flush()
            frames.add(element)
            stack.append((element, True))
            _enter(walk, element, "div", data_tables, twins)
            stack.append((framed, False))
            continue
        if not name or _passed_over(walk, element, name):
            if element is not root:
                walk.say(element.tail)
            continue
        if (thing := thing_of(element, name)) is not None and name != "template":
            walk.skipped[thing] += 1
        if name == "br":
            walk.flush()
            walk.say(element.tail)
            continue
        _enter(walk, element, name, data_tables, twins)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    walk.flush()
    return PageLayer(walk.builder.text, tuple(walk.builder.blocks), walk.skipped)


def _passed_over(walk: _Walk, element: HtmlElement, name: str) -> bool:
    """Whether an element's own text is no line of the page; what it is instead is written out or counted."""
    if _hidden(element, name):
        chars = _text_chars(element)
        if chars < 0.5 * walk.total:
            walk.skipped["hidden"] += chars > 0
            return True
    if name == "math":
        walk.say(linear_mathml(element))
        return True
    if name not in _SKIP or _is_shadow(element, name):
        return False
    lines = drawn_lines(element) if name == "svg" else []
    if len(lines) == 1:
        walk.say(f" {lines[0]} ")
    elif lines:
        walk.flush()
        for line in lines:
            walk.say(line)
            walk.flush()
    elif (thing := thing_of(element, name)) is not None:
        walk.skipped[thing] += 1
    return True


def _is_shadow(element: HtmlElement, name: str) -> bool:
    """Whether a template is shown as it stands: the declarative root of a component's content."""
    return name == "template" and (element.get("shadowrootmode") or element.get("shadowroot")) is not None


def _framed(element: HtmlElement) -> HtmlElement | None:
    """The body of a page that stands inside a frame's own mark-up, without its tail; None where there is none."""
    source = element.get("srcdoc")
    if not source or not source.strip():
        return None
    page = parse_html(source)
    body = page.find("body")
    return body if body is not None else page


def _beside(element: HtmlElement, name: str, before: str) -> str | None:
    """What an inline element makes of its text: struck out, a note's mark; None for ordinary text."""
    if name in _STRUCK or (name in ("span", "font") and _LINE_THROUGH.search(element.get("style") or "")):
        return STRUCK
    if name != "sup":
        return None
    linked = any((link.get("href") or "").startswith("#") for link in element.iter("a"))
    return NOTE_MARK if is_note_mark(element.text_content(), "" if linked else before) else None


def _has_parentheses(reading: HtmlElement) -> bool:
    ruby = reading.getparent()
    return ruby is not None and any(_name(sibling) == "rp" for sibling in ruby)


def _enter(
    walk: _Walk, element: HtmlElement, name: str, data_tables: set[HtmlElement], twins: list[dict[str, int]]
) -> None:
    style_hides = walk.style.hides(element) and _text_chars(element) < 0.5 * walk.total
    if style_hides:
        if name in _BLOCK:
            walk.flush()
        walk.inside.append(HIDDEN)
        walk.beside.append(element)
    if name in _BLOCK:
        if not (walk.row and name in ("td", "th")):
            walk.flush()
        if name == "table" and not walk.row and _is_data_table(element):
            data_tables.add(element)
        signature = _signature(element, name)
        seen = twins[-1]
        seen[signature] = seen.get(signature, 0) + 1
        walk.path.append(f"{signature}[{seen[signature]}]" if seen[signature] > 1 else signature)
        twins.append({})
        walk.marks.append(len(walk.kinds))
        kind = _KINDS.get(name)
        if (kind == "td" and not walk.row) or (name == "li" and _is_layout(element)):
            kind = "p"  # a cell or "item" of page layout
        if kind:
            walk.kinds.append((kind, int(name[1]) if kind == "h" else 0))
        if name == "tr" and any(table in data_tables for table in element.iterancestors("table")):
            walk.row += 1
    elif name == "a" and element.get("href"):
        walk.links += 1
    elif not style_hides and (what := _beside(element, name, walk.line[-1] if walk.line else "")):
        walk.inside.append(what)
        walk.beside.append(element)
    elif name == "sup" and not len(element):
        walk.say(shown_raised(element.text or ""))
        return
    elif name == "rt" and not _has_parentheses(element):
        walk.line.append("(")  # a reading shown above the character; written as <rp> would show it
    walk.say(element.text)


def _leave(
    walk: _Walk, element: HtmlElement, name: str, data_tables: set[HtmlElement], twins: list[dict[str, int]]
) -> None:
    if name in _BLOCK:
        if name == "tr" and walk.row:
            walk.row -= 1
            walk.kinds.append(("td", 0))
            walk.flush()
            walk.kinds.pop()
        elif name in ("td", "th") and walk.row:
            walk.line.append(CELL)
        else:
            walk.flush()
        walk.path.pop()
        twins.pop()
        del walk.kinds[walk.marks.pop() :]
    elif name == "a" and element.get("href"):
        walk.links -= 1
    elif name == "rt" and not _has_parentheses(element):
        walk.line.append(")")
    if walk.beside and walk.beside[-1] is element:
        walk.beside.pop()
        walk.inside.pop()
