"""Markdown as a document of `casekit.export`, and from there Word and PDF.

Only the structure is read (headings, paragraphs, lists, tables, quotations, code); raw HTML, links and pictures become the
text that they show, so that nothing in a notebook can make a writer of documents fetch or run anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from casekit.export.document import Block, Document, Grid, Heading, Items, Paragraph, Quote, Run, plain, runs

__all__ = ["paper"]


def paper(markdown: str) -> Document:
    """The document that a Markdown text describes; its first heading of level 1 is the title."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    blocks = list(_blocks(_Reader(parser.parse(markdown))))
    title = next((one.text for one in blocks if isinstance(one, Heading) and one.level == 1), "")
    body = tuple(one for one in blocks if not (isinstance(one, Heading) and one.level == 1 and one.text == title))
    return Document(title, body)


class _Reader:
    """Tokens one after the other."""

    def __init__(self, tokens: Sequence[Any]) -> None:
        self._tokens, self._at = tokens, 0

    def next(self) -> Any:
        """The next token, None at the end."""
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else None


def _blocks(reader: _Reader, end: str = "") -> Iterator[Block]:
    while (token := reader.next()) is not None and token.type != end:
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]), plain(_inline(reader.next())))
        elif token.type == "paragraph_open":
            if made := _inline(reader.next()):
                yield Paragraph(made)
        elif token.type in ("fence", "code_block"):
            yield Paragraph(runs(Run(token.content.rstrip("\n"), "code")))
        elif token.type == "blockquote_open":
            inner = [_text(block) for block in _blocks(reader, "blockquote_close")]
            yield Quote(tuple(text for text in inner if text))
        elif token.type == "bullet_list_open":
            yield _list(reader, token.type)
        elif token.type == "ordered_list_open":
            for item in _list(
                reader, token.type
            ).items:  # a document has no numbered lists: paragraphs with their number
                yield from item
        elif token.type == "table_open":
            yield _table(reader)


def _list(reader: _Reader, opened: str) -> Items:
    items: list[tuple[Block, ...]] = []
    while (token := reader.next()) is not None and token.type != opened.replace("_open", "_close"):
        if token.type == "list_item_open":
            blocks = tuple(_blocks(reader, "list_item_close"))
            if opened.startswith("ordered") and blocks and isinstance(blocks[0], Paragraph):
                number = f"{token.info or len(items) + 1}. "
                blocks = (Paragraph((Run(number), *blocks[0].runs)), *blocks[1:])
            if blocks:
                items.append(blocks if isinstance(blocks[0], Paragraph) else (Paragraph(()), *blocks))
    return Items(tuple(items))


def _table(reader: _Reader) -> Grid:
    rows: list[list[str]] = []
    while (token := reader.next()) is not None and token.type != "table_close":
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(plain(_inline(token)))
    head, *rest = rows or [[]]
    return Grid("", tuple(head), tuple(tuple(row) for row in rest))


def _inline(token: Any) -> tuple[Run, ...]:
    made: list[Run] = []
    strong = 0
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            strong += 1 if child.type == "strong_open" else -1
        elif child.type in ("softbreak", "hardbreak"):
            made.append(Run("\n"))
        elif child.type == "code_inline":
            made.append(Run(child.content, "code"))
        elif child.content:
            made.append(Run(child.content, "strong" if strong else "plain"))
    return runs(*made)


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return plain(block.runs)
    return block.text if isinstance(block, Heading) else ""
