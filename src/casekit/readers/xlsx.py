"""Spreadsheets (.xlsx, .xlsm): each visible sheet a heading and its rows, one line a row with tabs between cells.

Cells read as they are shown: dates, percentages and units by their formats, formulas by the value that the program saved.
Hidden sheets, rows and columns are no visible text: they are left out and said. Each row carries its sheet, its number and
the letters of its columns, so that any figure has its cell.

References:
    ECMA-376 part 1, clause 18 (SpreadsheetML).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casekit.errors import SourceError
from casekit.language import say
from casekit.locators import cells_mark
from casekit.readers.container import open_zip, parse_xml, read_part
from casekit.readers.fields import choose_metadata
from casekit.readers.layer import CELL, LayerBuilder
from casekit.readers.model import ReadResult
from casekit.readers.numberformat import BUILT_IN, shown_number
from casekit.readers.ooxml import Related, core_claims, main_part, related_parts, transitional
from casekit.receipt import Receipt, tallies

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

__all__ = ["column_letters", "column_number", "read", "suffixes"]

suffixes = frozenset({".xlsx", ".xlsm"})
max_bytes = 64 * 2**20
_MAX_CHARS = 12_000_000

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_UNFORMATTED = "General"


def column_letters(number: int) -> str:
    """The letters of a column, counted from 1.

    Examples:
        >>> column_letters(2), column_letters(28)
        ('B', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The reverse of `column_letters`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True, slots=True)
class _Book:
    """What cells need of the rest of the book."""

    texts: Sequence[str]
    formats: Sequence[str]
    date_1904: bool


@dataclass(slots=True)
class _Sheet:
    """The visible cells of a sheet by row and column number, and what stands beside them."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    merged: bool = False


def read(data: bytes, *, name: str) -> ReadResult:
    """The visible sheets of a book, with metadata from its properties.

    Raises:
        SourceError: If the file is damaged, encrypted, no spreadsheet, too long, or without text.
    """
    archive = open_zip(data, name=name)
    path = main_part(archive, "xl/workbook.xml", name=name)
    raw = read_part(archive, path, name=name)
    root = parse_xml(transitional(raw), name=name) if raw is not None else None
    if root is None or root.tag != f"{_S}workbook":
        raise SourceError(
            say(
                f"{name}：不是 Excel 工作簿（里面没有工作表目录）",
                f"{name}: not a spreadsheet (it has no workbook part)",
            )
        )
    related = related_parts(archive, path, name=name)
    book = _book(archive, root, related, name)
    builder, skipped, hidden, merged = LayerBuilder(), Counter[str](), [], False
    for sheet in root.iter(f"{_S}sheet"):
        title, part = sheet.get("name") or "", related.get(sheet.get(_ID) or "")
        if sheet.get("state") in ("hidden", "veryHidden"):
            hidden.append(title)
            continue
        if part is None or part.kind not in ("worksheet", "chartsheet"):
            continue
        found = _sheet(archive, part.path, book, name)
        skipped += found.skipped
        merged = merged or found.merged
        _lay(builder, title, found)
        if builder.length > _MAX_CHARS:
            raise SourceError(
                say(
                    f"{name}：表格太长（超过 {_MAX_CHARS} 字），没有收录；请拆开",
                    f"{name}: too long (over {_MAX_CHARS} characters), not added; split it",
                )
            )
    skipped["sheet"] += len(hidden)
    if not any(block.kind == "td" for block in builder.blocks):
        raise SourceError(say(f"{name}：看得见的工作表里没有内容", f"{name}: the visible sheets hold nothing"))
    metadata, conflicts = choose_metadata(list(core_claims(archive, name=name)), name=name)
    receipt = Receipt(skipped=tallies(skipped), order=("cells",) if merged else ())
    warnings = (*_hidden_told(name, hidden, skipped), *conflicts)
    return ReadResult(builder.text, tuple(builder.blocks), metadata, None, warnings, "xlsx", receipt)


def _hidden_told(name: str, hidden: Sequence[str], skipped: Counter[str]) -> Iterator[str]:
    if hidden:
        yield say(
            f"{name}：隐藏的工作表没有收录：{'、'.join(hidden)}；要收录请在 Excel 里取消隐藏后再添加",
            f"{name}: hidden sheets are left out: {', '.join(hidden)}; unhide them and add the file again to have them",
        )
    if skipped["formula"]:
        yield say(
            f"{name}：有 {skipped['formula']} 个公式没有存下结果，没有收录；请在 Excel 里打开、保存一次再添加",
            f"{name}: {skipped['formula']} formulas have no saved result and are left out; open and save the file in a "
            "spreadsheet program, and add it again",
        )


def _lay(builder: LayerBuilder, title: str, sheet: _Sheet) -> None:
    """The sheet's name as a heading, then its rows, from the first to the last column that holds anything."""
    columns = sorted({column for row in sheet.rows.values() for column in row})
    if not columns:
        return
    builder.add(title, "h", level=2, path=("xlsx",))
    for number, row in sorted(sheet.rows.items()):
        last = max(row)
        held = [column for column in columns if column <= last]
        mark = cells_mark(title, number, [column_letters(column) for column in held])
        builder.add(CELL.join(row.get(column, "") for column in held), "td", path=("xlsx", mark))


# ---- the book --------------------------------------------------------------------------------------------------------
def _book(archive: zipfile.ZipFile, root: _Element, related: Mapping[str, Related], name: str) -> _Book:
    by_kind = {one.kind: one.path for one in related.values()}
    settings = root.find(f"{_S}workbookPr")
    return _Book(
        texts=_shared(archive, by_kind.get("sharedStrings", "xl/sharedStrings.xml"), name),
        formats=_formats(archive, by_kind.get("styles", "xl/styles.xml"), name),
        date_1904=settings is not None and settings.get("date1904") in ("1", "true"),
    )


def _shared(archive: zipfile.ZipFile, path: str, name: str) -> list[str]:
    raw = read_part(archive, path, name=name)
    return [] if raw is None else [_rich(item) for item in parse_xml(transitional(raw), name=name).iter(f"{_S}si")]


def _rich(item: _Element) -> str:
    """The text of a string item without the readings that stand above it."""
    parts = []
    for child in item:
        if child.tag == f"{_S}t":
            parts.append(child.text or "")
        elif child.tag == f"{_S}r":
            parts += [piece.text or "" for piece in child.iter(f"{_S}t")]
    return "".join(parts)


def _formats(archive: zipfile.ZipFile, path: str, name: str) -> list[str]:
    """Format codes by number of cell style."""
    raw = read_part(archive, path, name=name)
    if raw is None:
        return []
    root = parse_xml(transitional(raw), name=name)
    own = {one.get("numFmtId") or "": one.get("formatCode") or "" for one in root.iter(f"{_S}numFmt")}
    styles = root.find(f"{_S}cellXfs")
    codes = []
    for style in styles if styles is not None else ():
        number = style.get("numFmtId") or "0"
        codes.append(own.get(number) or (BUILT_IN.get(int(number), _UNFORMATTED) if number.isdigit() else _UNFORMATTED))
    return codes


# ---- a sheet ---------------------------------------------------------------------------------------------------------
def _sheet(archive: zipfile.ZipFile, path: str, book: _Book, name: str) -> _Sheet:
    """The cells, read element by element: a long sheet never stands in memory as a tree.

    Raises:
        SourceError: If the part is damaged or too large.
    """
    from lxml import etree

    found = _Sheet()
    raw = read_part(archive, path, name=name)
    if raw is None:
        return found
    hidden: set[int] = set()
    tags = [f"{_S}{tag}" for tag in ("col", "row", "mergeCell", "drawing", "legacyDrawing")]
    events = etree.iterparse(
        io.BytesIO(transitional(raw)), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    at = 0
    try:
        for _, element in events:
            tag = element.tag.rpartition("}")[2]
            if tag == "col" and element.get("hidden") in ("1", "true"):
                first, last = _count(element.get("min")), _count(element.get("max"))
                hidden.update(range(first, min(last, first + 16384) + 1))
            elif tag == "row":
                at = _row(element, at, hidden, book, found)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif tag == "mergeCell":
                found.merged = True
            elif tag == "drawing":
                _drawn(archive, path, element.get(_ID) or "", found, name)
            elif tag == "legacyDrawing":
                found.skipped["comment"] += 1
    except etree.XMLSyntaxError:
        raise SourceError(
            say(
                f"{name}：工作表损坏，打不开；请在原来的软件里另存一次",
                f"{name}: a sheet is damaged; save the file again in its own program",
            )
        ) from None
    return found


def _count(value: str | None) -> int:
    return int(value) if value is not None and value.isdigit() and len(value) < 8 else 0


def _row(element: _Element, before: int, hidden: set[int], book: _Book, found: _Sheet) -> int:
    """Take the cells of a row; returns its number."""
    number = _count(element.get("r")) or before + 1
    concealed = element.get("hidden") in ("1", "true")
    column = 0
    for cell in element.iter(f"{_S}c"):
        place = _CELL.match(cell.get("r") or "")
        column = column_number(place[1]) if place else column + 1
        shown = _shown(cell, book, found)
        if not shown.strip():
            continue
        if concealed or column in hidden:
            found.skipped["hidden"] += 1
            continue
        found.rows.setdefault(number, {})[column] = shown
    return number


def _shown(cell: _Element, book: _Book, found: _Sheet) -> str:
    kind = cell.get("t") or "n"
    inline = cell.find(f"{_S}is")
    if kind == "inlineStr":
        return _rich(inline) if inline is not None else ""
    value = cell.find(f"{_S}v")
    stored = (value.text or "") if value is not None else ""
    if not stored:
        found.skipped["formula"] += cell.find(f"{_S}f") is not None and kind != "str"
        return ""
    if kind == "s":
        return book.texts[int(stored)] if stored.isdigit() and int(stored) < len(book.texts) else ""
    if kind == "b":
        return "TRUE" if stored == "1" else "FALSE"
    if kind == "d":
        return stored.removesuffix("T00:00:00").replace("T", " ")
    if kind in ("str", "e"):
        return stored
    style = _count(cell.get("s"))
    code = book.formats[style] if style < len(book.formats) else _UNFORMATTED
    return shown_number(stored, code, date_1904=book.date_1904)


def _drawn(archive: zipfile.ZipFile, sheet: str, identity: str, found: _Sheet, name: str) -> None:
    """Count the pictures and charts of a drawing."""
    drawing = related_parts(archive, sheet, name=name).get(identity)
    if drawing is None:
        return
    for one in related_parts(archive, drawing.path, name=name).values():
        kind = {"image": "picture", "chart": "chart", "chartEx": "chart"}.get(one.kind)
        if kind is not None:
            found.skipped[kind] += 1
