"""The index that the site's own search reads in the browser.

Search runs in the page, on plain text: a word is found wherever its characters stand, in either script, with no server and
also when the page is opened from a folder. (Pagefind 1.5.2, tried on the same pages, cuts text and query into words of its own
and found 门店 on 6 of the 12 pages that hold it, 导购 on 3 of 8.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from casekit.language import say
from casekit.site.views import CaseView, TableView

__all__ = ["Unit", "case_units", "index_script", "markdown_units", "table_units"]

# A script may hold any text but these: the first two end it in HTML, the others end a line in old JavaScript.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that search finds: page, anchor, heading, text; `names` are found, too, but not shown.

    `weight` is the page's share of its score: cases come before texts about them, tables and references after.
    """

    page: str
    title: str
    anchor: str
    heading: str
    text: str
    names: str = ""
    weight: float = 1.0


def case_units(view: CaseView) -> Iterator[Unit]:
    """A case page's head and its statements; our own words and what is quoted."""
    facets = "；".join(f"{f.title}：{'、'.join(value[0] for value in f.values)}" for f in view.facets)
    head = "　".join(part for part in (view.summary, view.note, facets) if part)
    names = " ".join((*view.other_names, *view.aliases, view.id))
    yield Unit(view.file, view.title, "", view.kind, head, names)
    for section in view.sections:
        for item in section.items:
            told = "　".join(part for part in (item.text, item.figure, item.more) if part)
            quoted = "".join(f"「{' '.join(quote.lines)}」" for quote in item.quotes)
            yield Unit(view.file, view.title, item.anchor, section.title, told + quoted)


def table_units(view: TableView) -> Iterator[Unit]:
    """The rows of a comparison, by their names."""
    for row_id, name, cells in view.rows:
        named = [column[2] for column, cell in zip(view.columns, cells, strict=True) if cell[1] != "not-reported"]
        if named:
            yield Unit(view.file, view.title, row_id, name, "、".join(named), weight=0.4)


def markdown_units(page: str, title: str, tokens: Iterable[object]) -> Iterator[Unit]:
    """The paragraphs of a rendered Markdown text; `tokens` are markdown-it's."""
    heading, in_heading = "", False
    for token in tokens:
        kind = getattr(token, "type", "")
        if kind in ("heading_open", "heading_close"):
            in_heading = kind == "heading_open"
        elif kind == "inline":
            text = "".join(
                t.content for t in getattr(token, "children", None) or () if t.type in ("text", "code_inline")
            )
            if in_heading:
                heading = text
            elif text:
                yield Unit(page, title, "", heading, text, weight=0.8)


def index_script(units: Iterable[Unit]) -> str:
    """The index as a script (a script loads from a folder, too, where JSON would not).

    It also holds the table from traditional to simplified characters (OpenCC's, see casekit/data/fold), so that a query in
    one script finds text in the other.
    """
    keys, values = (files("casekit") / "data" / "fold" / "characters.txt").read_text("utf-8").split("\n")[:2]
    pages: dict[str, int] = {}
    titles: list[tuple[str, str, str, float]] = []
    rows = []
    for unit in units:
        if unit.page not in pages:
            pages[unit.page] = len(titles)
            titles.append((unit.page, unit.title, unit.names, unit.weight))
        rows.append([pages[unit.page], unit.anchor, unit.heading, re.sub(r"\s+", " ", unit.text).strip()])
    data = {
        "pages": titles,
        "rows": rows,
        "from": keys,
        "to": values,
        "words": {
            "none": say("没有找到。换一个词试试。", "Nothing found. Try another word."),
            "near": say("没有完全相同的字句，下面是最接近的。", "No page holds these words; the nearest follow."),
            "count": say("共 {n} 页", "{n} pages"),
            "more": say("本页还有 {n} 处", "{n} more on this page"),
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return "window.CASEKIT=" + re.sub("[<>&\u2028\u2029]", lambda m: _UNSAFE[m[0]], text) + ";\n"
