"""Documents as one HTML page that needs nothing else: styles inside, no script, no request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from casekit.export.document import (
    Block,
    Break,
    Document,
    Entries,
    Grid,
    Heading,
    Items,
    Paragraph,
    Quote,
    Run,
    Terms,
)
from casekit.language import current, say

__all__ = ["blocks_html", "runs_html", "to_html"]

_TAGS = {"plain": "", "strong": "strong", "muted": "small", "code": "code"}
# Even if something slipped through: no script runs, nothing is fetched.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def to_html(document: Document) -> str:
    """The document as a page; everything is escaped."""
    css = (files("casekit") / "data" / "export" / "document.css").read_text("utf-8")
    outline = _outline(document) if document.outline else ""
    subtitle = f'<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if current() == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(document.title)}</h1>\n{subtitle}{outline}{blocks_html(document.blocks)}\n</main>\n</body>\n</html>\n"
    )


def blocks_html(blocks: Sequence[Block]) -> str:
    """Blocks as HTML elements; headings start at h2."""
    return "\n".join(part for block in blocks for part in _block(block))


def runs_html(some: Sequence[Run]) -> str:
    """Runs as HTML."""
    return "".join(map(_run, some))


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    if run.target:
        text = f'<a href="#{escape(run.target)}">{text}</a>'
    tag = _TAGS[run.style]
    return f"<{tag}>{text}</{tag}>" if tag else text


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text, anchor):
            place = f' id="{escape(anchor)}"' if anchor else ""
            tag = f"h{min(level + 1, 6)}"
            yield f"<{tag}{place}>{escape(text)}</{tag}>"
        case Paragraph(some):
            yield f"<p>{runs_html(some)}</p>"
        case Quote(paragraphs, source):
            told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
            cited = f"<footer>—— {runs_html(source)}</footer>" if source else ""
            yield f"<blockquote>{told}{cited}</blockquote>"
        case Items(items):
            yield "<ul>"
            for item in items:
                yield "<li>" + "".join(part for inner in item for part in _block(inner)) + "</li>"
            yield "</ul>"
        case Terms(rows):
            yield "<dl>"
            for name, value in rows:
                yield f"<div><dt>{escape(name)}</dt><dd>{runs_html(value)}</dd></div>"
            yield "</dl>"
        case Grid(title, head, rows):
            yield from _grid(title, head, rows)
        case Entries(entries):
            yield '<div class="references">'
            for entry in entries:
                mark = f"<span>{escape(entry.mark)}</span> " if entry.mark else ""
                remark = f"<br><small>{escape(entry.remark)}</small>" if entry.remark else ""
                yield f'<p id="{escape(entry.anchor)}">{mark}{escape(entry.text)}{remark}</p>'
            yield "</div>"
        case Break():
            yield '<hr class="page">'


def _grid(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    yield f'<div class="table"><table>{caption}<thead><tr><td></td>'
    yield "".join(f'<th scope="col">{escape(name)}</th>' for name in head[1:]) + "</tr></thead><tbody>"
    for row in rows:
        cells = "".join("<td>" + escape(cell).replace("\n", "<br>") + "</td>" for cell in row[1:])
        yield f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _outline(document: Document) -> str:
    entries = "".join(
        f'<li><a href="#{escape(block.anchor)}">{escape(block.text)}</a></li>'
        for block in document.blocks
        if isinstance(block, Heading) and block.level == 1 and block.anchor
    )
    return f"<nav><p>{escape(say('目录', 'Contents'))}</p><ol>{entries}</ol></nav>\n" if entries else ""
