"""Documents as Markdown (CommonMark with pipe tables): every character of text is escaped that could be read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    plain,
)

__all__ = ["escape_markdown", "to_markdown"]

# Characters that mark something up anywhere in a line, in CommonMark or in the dialects that people paste into (tables,
# strike-through, maths, footnotes, attributes, citations). An entity (&lt;) is escaped by its ampersand.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>|~$&^@#]")
# What makes a block of a line that starts with it: headings, lists, quotations, rules, fences, definitions.
_AT_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$)))|^(?=[+\-=:])")


def escape_markdown(text: str) -> str:
    """The text so that it reads the same after rendering, on one line (line breaks become spaces)."""
    flat = " ".join(text.split())
    return _AT_START.sub(lambda m: m[0] + "\\", _ANYWHERE.sub(lambda m: "\\" + m[0], flat))


def to_markdown(document: Document) -> str:
    """The document as Markdown; the title is the only heading of level 1."""
    lines = [f"# {escape_markdown('x' + document.title)[1:]}", ""]
    if document.subtitle:
        lines += [escape_markdown(document.subtitle), ""]
    for block in document.blocks:
        lines += _block(block)
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from ("#" * min(level + 1, 6) + " " + escape_markdown("x" + text)[1:], "")
        case Paragraph(some):
            yield from (_inline(some), "")
        case Quote(paragraphs, source):
            for i, paragraph in enumerate(paragraphs):
                yield from ([">"] if i else [])
                yield "> " + escape_markdown(paragraph)
            if source:
                yield from (">", "> —— " + _inline(source))
            yield ""
        case Items(items):
            for item in items:
                inner = [line for part in item for line in _block(part)]
                while inner and not inner[-1]:
                    inner.pop()
                yield "- " + inner[0]
                yield from ("  " + line if line else "" for line in inner[1:])
            yield ""
        case Terms(rows):
            yield from (f"- **{escape_markdown(name)}** {_inline(value)}" for name, value in rows)
            yield ""
        case Grid(title, head, rows):
            if title:
                yield from (f"**{escape_markdown(title)}**", "")
            yield from (_row(head), "|" + " --- |" * len(head))
            for row in rows:
                yield _row(row)
            yield ""
        case Entries(entries):
            for entry in entries:
                remark = f"  \n{_inline((Run(entry.remark, 'muted'),))}" if entry.remark else ""
                mark = escape_markdown(entry.mark) + " " if entry.mark else ""
                yield from (mark + escape_markdown(entry.text) + remark, "")
        case Break():
            return


def _inline(some: Sequence[Run]) -> str:
    """Runs on one line; what stands at its start is guarded as a whole."""
    if not plain(some).strip():
        return ""
    parts = []
    for place, run in enumerate(some):
        # the guard for line starts would also mark characters inside the line: only the first run needs it
        text = escape_markdown(run.text) if not place else escape_markdown("x" + run.text)[1:]
        before = " " if run.text[:1].isspace() and place else ""
        after = " " if run.text[-1:].isspace() and len(run.text) > 1 else ""
        text = text.strip()
        if run.style == "code" and text:
            parts.append(before + _code(run.text) + after)
        elif run.style == "strong" and text:
            # asterisks next to Chinese punctuation mark nothing up unless a space stands on their other side
            parts.append(f"{' ' if place else ''}**{text}**{' ' if place + 1 < len(some) else ''}")
        else:
            parts.append(before + text + after)
    return "".join(parts).strip()


def _code(text: str) -> str:
    flat = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join("<br>".join(escape_markdown(line) for line in cell.split("\n")) for cell in cells) + " |"
