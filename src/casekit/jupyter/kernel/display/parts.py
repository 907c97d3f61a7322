"""The pieces that every display is made of: one style, addresses that can be copied, tables. Everything is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from casekit.language import say
from casekit.marking import marked_pieces, places_of_words
from casekit.types import Address

__all__ = ["address", "badge", "framed", "head", "marked", "more", "note", "pairs", "paragraphs", "table"]

# JupyterLab's variables where there are any; elsewhere (exported pages, the page server) the colours of the text around
# it and washes that show on light and on dark alike. No script, no font, no picture from anywhere. Marks in a source that
# turn the reading direction end with the piece that holds them.
_STYLE: Final = """
.casekit-out{font-family:var(--jp-content-font-family,system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif);
 font-size:var(--jp-content-font-size1,14px);line-height:1.65;color:var(--jp-content-font-color1,inherit);max-width:62em;
 overflow-wrap:anywhere}
.casekit-out p{margin:.35em 0}
.casekit-out b,.casekit-out small,.casekit-out code{unicode-bidi:isolate}
.casekit-out small,.casekit-out .ck-dim{color:inherit;color:color-mix(in srgb,currentColor 80%,transparent);font-size:.86em}
.casekit-out small .ck-dim,.casekit-out .ck-dim small{color:inherit;font-size:1em}
.casekit-out code.ck-at{user-select:all;font-family:var(--jp-code-font-family,monospace);font-size:.86em;padding:.05em .4em;
 border-radius:3px;background:var(--jp-layout-color2,rgba(128,128,128,.14));color:var(--jp-content-font-color1,inherit);
 white-space:nowrap;border:0}
.casekit-out mark{background:rgba(255,196,0,.32);color:inherit;padding:0 .06em;border-radius:2px}
.casekit-out .ck-hit,.casekit-out .ck-card{border:1px solid var(--jp-border-color2,rgba(128,128,128,.35));border-radius:6px;
 padding:.55em .9em;margin:.5em 0}
.casekit-out blockquote{margin:.4em 0;padding:.1em 0 .1em .9em;border-left:3px solid var(--jp-brand-color1,#1976d2);
 white-space:pre-line}
.casekit-out .ck-text{white-space:pre-wrap}
.casekit-out .ck-badge{display:inline-block;font-size:.8em;line-height:1.5;padding:0 .55em;border-radius:999px;
 border:1px solid currentColor;border-color:var(--ck,currentColor);white-space:nowrap;
 background:color-mix(in srgb,var(--ck,currentColor) 14%,transparent)}
.casekit-out .ck-ok{--ck:var(--jp-success-color1,#2e7d32)}
.casekit-out .ck-bad{--ck:var(--jp-error-color1,#c62828)}
.casekit-out .ck-warn{--ck:var(--jp-warn-color1,#ef6c00)}
.casekit-out .ck-info{--ck:var(--jp-info-color1,#00838f)}
.casekit-out .ck-note{border-left:3px solid var(--jp-warn-color1,#f57c00);padding:.1em 0 .1em .8em}
.casekit-out del,.casekit-out .ck-cut{opacity:.78;text-decoration:line-through}
.casekit-out ins{background:rgba(46,160,67,.25);text-decoration:none}
.casekit-out .ck-doubt{text-decoration:underline wavy}
.casekit-out .ck-wide{overflow-x:auto}
.casekit-out table{border-collapse:collapse;margin:.4em 0;font-size:.95em;table-layout:auto}
.casekit-out caption{text-align:left;font-weight:600;padding:.2em 0}
.casekit-out th,.casekit-out td{text-align:left!important;vertical-align:top;padding:.28em .75em .28em 0;
 border-bottom:1px solid var(--jp-border-color2,rgba(128,128,128,.3));white-space:normal;max-width:38em}
.casekit-out td:first-child{min-width:4.6em}
.casekit-out td.ck-num{text-align:right!important;font-variant-numeric:tabular-nums}
.casekit-out ol,.casekit-out ul{margin:.3em 0;padding-left:1.6em}
.casekit-out ol.refs{list-style:none;padding:0}
.casekit-out ol.refs li{display:flex;gap:.6em;margin:.3em 0}
.casekit-out ol.refs .n{min-width:1.9em}
.casekit-out ol.refs .n:empty{display:none}
.casekit-out h1{font-weight:600;font-size:1.35em;margin:.5em 0 .3em}
.casekit-out h2{font-weight:600;font-size:1.08em;margin:.9em 0 .2em}
.casekit-out sup{font-size:.72em;line-height:0;opacity:.9}
.casekit-out th{white-space:nowrap!important;font-weight:600}
.casekit-out pre{white-space:pre-wrap;font-family:var(--jp-code-font-family,monospace);font-size:.86em;margin:.3em 0}
.casekit-out details>summary{cursor:pointer}
@media (forced-colors:active){.casekit-out mark{outline:1px solid}}
"""
STYLE: Final = "<style>" + re.sub(r"\s*\n\s*", " ", _STYLE).strip() + "</style>"


def framed(body: str, *, role: str = "") -> str:
    """A display: the style, and the body in the one element that it is for."""
    told = f' role="{escape(role)}"' if role else ""
    return f'{STYLE}<div class="casekit-out"{told}>{body}</div>'


def address(source: str, start: int | None = None, end: int | None = None) -> str:
    """An address; one click selects all of it, ready to be copied."""
    shown = source if start is None or end is None else str(Address(source, start, end))
    return f'<code class="ck-at" title="{say("出处：点一下全选，可复制", "address: one click selects it")}">{escape(shown)}</code>'


def head(title: str, *rest: str) -> str:
    """A line above: the title in bold (escaped), then pieces of HTML."""
    return f'<p class="ck-head"><b>{escape(title)}</b>{"".join(f" {piece}" for piece in rest if piece)}</p>'


def note(text: str) -> str:
    """A line that people should not miss; nothing for an empty text."""
    return f'<p class="ck-note">{escape(text)}</p>' if text else ""


def badge(text: str, kind: str = "info") -> str:
    """A small label; `kind` is ok, bad, warn or info. The word says it all: colour is never the only sign."""
    return f'<span class="ck-badge ck-{kind}">{escape(text)}</span>'


def paragraphs(text: str) -> str:
    """Text with its line breaks."""
    return escape(text).replace("\n", "<br>")


def marked(text: str, words: Iterable[str]) -> str:
    """Text with every occurrence of the words marked, overlapping ones as one; single characters are too common to help."""
    pieces = marked_pieces(text, places_of_words(text, words))
    return "".join(f"<mark>{paragraphs(piece)}</mark>" if hit else paragraphs(piece) for piece, hit in pieces)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str = "", most: int = 200) -> str:
    """A table; the cells are HTML already, heads and caption are text. Beyond `most` rows only their number is told."""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[:most])
    return (
        f'<div class="ck-wide"><table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
        + more(len(rows), most)
    )


def more(total: int, shown: int) -> str:
    """How many are not shown, where some are not."""
    if total <= shown:
        return ""
    left = total - shown
    return f'<p class="ck-dim">{escape(say(f"另有 {left} 条没有列出", f"{left} more are not shown"))}</p>'


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Names (text) and values (HTML), those without a value left out."""
    chosen = [(name, value) for name, value in rows if value]
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{value}</td></tr>' for name, value in chosen)
    return f'<div class="ck-wide"><table><tbody>{body}</tbody></table></div>' if chosen else ""
