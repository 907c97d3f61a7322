"""Documents as Word files: pandoc writes them, Chinese styles come from a reference document made here.

pandoc is a program of its own (GPL), brought by the package pypandoc_binary. It is handed pandoc's own syntax tree as JSON,
never Markdown, so text cannot turn into markup on the way.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

from casekit.errors import SourceError
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
from casekit.export.extras import missing_extra
from casekit.language import current, say

__all__ = ["reference_docx", "syntax_tree", "to_docx"]

Node: TypeAlias = dict[str, Any]
# Which version of its JSON pandoc is told to expect: https://hackage.haskell.org/package/pandoc-types (1.23 since pandoc 3.0).
_API = [1, 23]
_NO_ATTRIBUTES: list[Any] = ["", [], []]
# Any fixed moment: the same document gives the same bytes (https://reproducible-builds.org/specs/source-date-epoch/).
_EPOCH = "1577836800"


def to_docx(document: Document) -> bytes:
    """The document as a .docx file, the same bytes for the same document.

    Raises:
        MissingExtraError: If pandoc is not installed.
        SourceError: If pandoc fails.
    """
    try:
        pandoc: str = import_module("pypandoc").get_pandoc_path()
    except (ImportError, OSError) as error:
        raise missing_extra("Word", "pypandoc_binary") from error
    with tempfile.TemporaryDirectory(prefix="casekit-") as folder:
        styles, made = Path(folder) / "reference.docx", Path(folder) / "out.docx"
        styles.write_bytes(reference_docx())
        done = subprocess.run(
            [pandoc, "--from=json", "--to=docx", f"--reference-doc={styles}", f"--output={made}"],
            input=json.dumps(syntax_tree(document)).encode(),
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
            check=False,
        )
        if done.returncode or not made.is_file():
            told = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
            raise SourceError(
                say(f"pandoc 没有写成 Word 文件：{told}", f"pandoc could not write the Word file: {told}")
            )
        return made.read_bytes()


def reference_docx() -> bytes:
    """The document whose styles pandoc takes: A4, 宋体 for text, 黑体 for headings, page numbers; the same bytes each time."""
    folder = files("casekit") / "data" / "export" / "word"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (folder / part).read_text("utf-8"))
    return out.getvalue()


_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/footer1.xml": "footer.xml",
}


def syntax_tree(document: Document) -> Node:
    """The document as pandoc's syntax tree (what `pandoc -t json` prints)."""
    meta: Node = {"title": _meta(document.title), "lang": _meta("zh-CN" if current() == "zh" else "en")}
    if document.subtitle:
        meta["subtitle"] = _meta(document.subtitle)
    blocks = _outline(document) if document.outline else []
    return {
        "pandoc-api-version": _API,
        "meta": meta,
        "blocks": [*blocks, *(node for block, after in _with_next(document.blocks) for node in _block(block, after))],
    }


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": _text(text)}


def _text(text: str) -> list[Node]:
    """Text as nodes: spaces stay apart so that lines can break there, line feeds are line breaks."""
    nodes: list[Node] = []
    for i, line in enumerate(text.split("\n")):
        if i:
            nodes.append({"t": "LineBreak"})
        for j, word in enumerate(line.split(" ")):
            if j:
                nodes.append({"t": "Space"})
            if word:
                nodes.append({"t": "Str", "c": word})
    return nodes


def _runs(some: Sequence[Run]) -> list[Node]:
    nodes: list[Node] = []
    for run in some:
        inner = _text(run.text)
        if run.target:
            inner = [{"t": "Link", "c": [_NO_ATTRIBUTES, inner, [f"#{run.target}", ""]]}]
        if run.style == "strong":
            inner = [{"t": "Strong", "c": inner}]
        elif run.style == "code":
            inner = [{"t": "Code", "c": [_NO_ATTRIBUTES, run.text]}]
        elif run.style == "muted":
            inner = [{"t": "Span", "c": [["", [], [["custom-style", "Muted"]]], inner]}]
        nodes += inner
    return nodes


def _styled(style: str, blocks: list[Node], anchor: str = "") -> Node:
    return {"t": "Div", "c": [[anchor, [], [["custom-style", style]]], blocks]}


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Each block with the one behind it."""
    yield from zip_longest(blocks, blocks[1:])


def _block(block: Block, after: Block | None = None) -> list[Node]:
    match block:
        case Heading(level, text, anchor):
            return [{"t": "Header", "c": [min(level, 6), [anchor, [], []], _text(text)]}]
        case Paragraph(some) if isinstance(after, Quote):  # stays on the page of what it introduces
            return [_styled("Case Lead", [{"t": "Para", "c": _runs(some)}])]
        case Paragraph(some):
            return [{"t": "Para", "c": _runs(some)}]
        case Quote(paragraphs, source):
            told: list[Node] = [{"t": "Para", "c": _text(paragraph)} for paragraph in paragraphs]
            cited = [{"t": "Para", "c": [{"t": "Str", "c": "——"}, {"t": "Space"}, *_runs(source)]}]
            return [_styled("Case Quote", told), *([_styled("Case Quote Source", cited)] if source else [])]
        case Items(items):
            return [{"t": "BulletList", "c": [[node for part in item for node in _item(part)] for item in items]}]
        case Terms(rows):
            cells = [[_cell(_styled_plain("Table Head", _text(name))), _cell(_compact(_runs(v)))] for name, v in rows]
            return [_table("", [], cells, (0.18, 0.82))]
        case Grid(title, head, rows):
            share = (0.16, *[0.84 / (len(head) - 1)] * (len(head) - 1))
            body = [
                [
                    _cell(_styled_plain("Table Head", _text(c)) if not i else _compact(_text(c)))
                    for i, c in enumerate(row)
                ]
                for row in rows
            ]
            return [_table(title, [_cell(_styled_plain("Table Head", _text(c))) for c in head], body, share)]
        case Entries(entries):
            return [_styled("Case Reference", [_entry(e.mark, e.text, e.remark)], e.anchor) for e in entries]
        case Break():
            # fixed text, the only raw markup that is ever handed on
            return [{"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}]


def _item(block: Block) -> list[Node]:
    """Blocks of a list item: its paragraphs without space between them."""
    if isinstance(block, Paragraph):
        return [{"t": "Plain", "c": _runs(block.runs)}]
    return _block(block)


def _entry(mark: str, text: str, remark: str) -> Node:
    inner = [*_text(mark), *([{"t": "Space"}] if mark else []), *_text(text)]
    if remark:
        inner += [{"t": "LineBreak"}, *_runs((Run(remark, "muted"),))]
    return {"t": "Para", "c": inner}


def _compact(inner: list[Node]) -> Node:
    return {"t": "Plain", "c": inner}


def _styled_plain(style: str, inner: list[Node]) -> Node:
    return _styled(style, [{"t": "Para", "c": inner}])


def _cell(content: Node) -> list[Any]:
    return [_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [content]]


def _table(title: str, head: list[Any], rows: list[list[Any]], share: Sequence[float]) -> Node:
    caption: list[Node] = [{"t": "Plain", "c": _text(title)}] if title else []
    widths = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": round(part, 4)}] for part in share]
    top = [[_NO_ATTRIBUTES, head]] if head else []
    body = [[_NO_ATTRIBUTES, 0, [], [[_NO_ATTRIBUTES, row] for row in rows]]]
    return {
        "t": "Table",
        "c": [_NO_ATTRIBUTES, [None, caption], widths, [_NO_ATTRIBUTES, top], body, [_NO_ATTRIBUTES, []]],
    }


def _outline(document: Document) -> list[Node]:
    """A list of the chapters that leads to them (Word's own table of contents is empty until somebody updates it)."""
    chapters = [b for b in document.blocks if isinstance(b, Heading) and b.level == 1 and b.anchor]
    entries = [[{"t": "Plain", "c": _runs((Run(chapter.text, target=chapter.anchor),))}] for chapter in chapters]
    if not entries:
        return []
    title = {"t": "Para", "c": _text(say("目录", "Contents"))}
    return [
        _styled("TOC Heading", [title]),
        {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], entries]},
    ]
