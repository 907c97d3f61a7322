"""Slides: one HTML file with reveal.js inside, no request to anywhere, no script but ours.

reveal.js (MIT, data/workshop/reveal/LICENSE) is copied into the file. A content security policy lets run only the two
scripts whose hashes it names, so that nothing that stands on a slide can.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from casekit.language import current, say
from casekit.workshop.markup import plain_of_md
from casekit.workshop.notebook import Cell, Notebook

__all__ = ["markdown_html", "slides_html"]

DATA = Path(__file__).resolve().parent.parent / "data" / "workshop"
_START: Final = (
    "Reveal.initialize({hash:true,width:1280,height:720,margin:0.05,center:false,slideNumber:'c/t',transition:'none',"
    "controlsTutorial:false,navigationMode:'linear'});"
)
_HEAD: Final = re.compile(r"^(#{1,6}) (.*)$", re.MULTILINE)
# A slide of more is unreadable at the back of a room: 30 characters of Chinese fill a line, 12 lines a slide.
_CHARS, _LINES = 420, 13


@cache
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    # html off: what looks like a tag is shown as text
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


def markdown_html(text: str) -> str:
    """Markdown as HTML without raw tags, pictures or active links."""
    return str(_renderer().render(text))


def slides_html(participant: Notebook) -> str:
    """The slides of the participants' edition, so that no key can get in: its cells with a slide type.

    Args:
        participant: The participants' edition.
    """
    sections: list[list[str]] = []
    for cell in participant.cells:
        if cell.kind != "markdown" or cell.slide in ("", "skip", "notes"):
            continue
        for i, page in enumerate(_pages(cell.source)):
            body = markdown_html(page) + (_pictures(cell) if i == 0 else "")
            small = " class=small" if len(page) > _CHARS or page.count("\n") > _LINES else ""
            section = f"<section{small}>{body}</section>"
            if cell.slide == "slide" and i == 0:
                sections.append([section])
            elif sections:
                sections[-1].append(section)
            else:
                sections.append([section])
    title = next((m[2] for cell in participant.cells if (m := _HEAD.search(cell.source))), "")
    plain = plain_of_md(title)
    flat = "".join(one[0] if len(one) == 1 else f"<section>{''.join(one)}</section>" for one in sections)
    return _page(plain, flat)


def _pages(source: str) -> list[str]:
    """A long exercise on several slides: the heading is repeated, tables and lists stay whole."""
    if len(source) <= _CHARS and source.count("\n") <= _LINES:
        return [source]
    blocks = source.split("\n\n")
    head = blocks[0] if _HEAD.match(blocks[0]) else ""
    pages: list[list[str]] = [[]]
    for block in blocks[1 if head else 0 :]:
        size = sum(map(len, pages[-1]))
        lines = sum(one.count("\n") + 1 for one in pages[-1])
        if pages[-1] and (size + len(block) > _CHARS or lines + block.count("\n") + 1 > _LINES):
            pages.append([])
        pages[-1].append(block)
    more = say("（续）", " (continued)")
    return ["\n\n".join([f"{head}{more if i else ''}", *page] if head else page) for i, page in enumerate(pages)]


def _pictures(cell: Cell) -> str:
    made = [
        f'<img alt="" src="data:{html.escape(mime)};base64,{html.escape(data)}">'
        for files in cell.attachments.values()
        for mime, data in files.items()
        if mime in ("image/png", "image/jpeg")
    ]
    return "".join(made)


def _page(title: str, sections: str) -> str:
    library = (DATA / "reveal" / "reveal.js").read_text("utf-8").replace("</script", "<\\/script")
    styles = (DATA / "reveal" / "reveal.css").read_text("utf-8") + (DATA / "slides.css").read_text("utf-8")
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in (library, _START))
    policy = f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if current() == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{styles}</style>\n</head>\n<body>\n"
        f'<div class="reveal"><div class="slides">{sections}</div></div>\n'
        f"<script>{library}</script>\n<script>{_START}</script>\n</body>\n</html>\n"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
