"""Slides: one HTML file with reveal.js inside, no request to anywhere, no script but ours.

reveal.js (MIT, data/workshop/reveal/LICENSE) is copied into the file. A content security policy lets run only the two
scripts whose hashes it names, so that nothing that stands on a slide can.
"""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from casekit.language import current
from casekit.workshop.deck import Slide, deck_of
from casekit.workshop.markup import table
from casekit.workshop.notebook import Notebook

__all__ = ["markdown_html", "slides_html"]

DATA = Path(__file__).resolve().parent.parent / "data" / "workshop"
_START: Final = (
    "Reveal.initialize({hash:true,width:1280,height:720,margin:0.05,center:false,slideNumber:'c/t',transition:'none',"
    "controlsTutorial:false,navigationMode:'linear'});"
)


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
    deck = deck_of(participant)
    stacks: list[list[str]] = []
    for slide in deck:
        section = f"<section>{_body(slide)}</section>"
        if slide.first or not stacks:
            stacks.append([section])
        else:
            stacks[-1].append(section)
    flat = "".join(one[0] if len(one) == 1 else f"<section>{''.join(one)}</section>" for one in stacks)
    return _page(deck[0].title if deck else "", flat)


def _body(slide: Slide) -> str:
    """A slide as HTML: neighbouring items make one list, rows one table."""
    made = [f"<h2>{html.escape(slide.title)}</h2>"]
    for kind, group in groupby(slide.blocks, key=lambda one: one.kind):
        blocks = list(group)
        if kind == "row":
            head, *rest = (block.cells for block in blocks)
            made.append(markdown_html(table(head, rest)))
        elif kind == "bullet":
            made.append(markdown_html("\n".join(f"- {one.source}" for one in blocks)))
        elif kind == "number":
            made.append(markdown_html("\n".join(one.source for one in blocks)))
        else:
            made += [markdown_html(one.source) for one in blocks]
    made += [f'<img alt="" src="data:{html.escape(m)};base64,{html.escape(d)}">' for m, d in slide.pictures]
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
