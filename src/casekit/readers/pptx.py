"""Slides (.pptx, .pptm): each slide a heading and its lines, tables and charts by rows, the speaker's notes behind it.

The order is that of the show; on a slide the title comes first, then the shapes from top to bottom and left to right. Every
line carries its slide's number as the show counts them, hidden slides included. Hidden slides are left out and said; dates,
footers and numbers that the master repeats are furniture.

References:
    ECMA-376 part 1, clauses 19 (PresentationML) and 21 (DrawingML).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casekit.errors import SourceError
from casekit.language import say
from casekit.locators import notes_mark, slide_mark
from casekit.readers.container import open_zip, parse_xml, read_part
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.layer import CELL, NOTE_MARK, LayerBuilder, is_note_mark, marked, shown_raised, unmarked
from casekit.readers.model import ReadResult
from casekit.readers.ooxml import core_claims, main_part, related_parts, transitional
from casekit.readers.slidechart import chart_rows
from casekit.receipt import Receipt, tallies

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

__all__ = ["read", "suffixes"]

suffixes = frozenset({".pptx", ".pptm"})
max_bytes = 256 * 2**20
"""Pictures make decks large; what holds text has its own limit (container.MAX_PART_BYTES)."""

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")
_ROW_EMU = 180_000
"""Shapes whose tops lie within half a centimetre stand in one row (914,400 EMU are an inch)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of one shape with where it stands: (top, left) in EMU."""

    top: int
    left: int
    lines: tuple[tuple[str, str], ...]
    """Text and kind of block ("p", "td", "h")."""
    furniture: bool = False


@dataclass(slots=True)
class _Slide:
    """What stands on a slide."""

    pieces: list[_Piece] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def read(data: bytes, *, name: str) -> ReadResult:
    """The slides of a deck in order, with metadata from its properties and its first title.

    Raises:
        SourceError: If the file is damaged, encrypted, no deck, or without text.
    """
    archive = open_zip(data, name=name)
    path = main_part(archive, "ppt/presentation.xml", name=name)
    raw = read_part(archive, path, name=name)
    root = parse_xml(transitional(raw), name=name) if raw is not None else None
    if root is None or root.tag != f"{_P}presentation":
        raise SourceError(
            say(
                f"{name}：不是 PowerPoint 演示文稿（里面没有幻灯片目录）",
                f"{name}: not a deck (it has no presentation part)",
            )
        )
    related = related_parts(archive, path, name=name)
    builder, skipped, hidden, title = LayerBuilder(), Counter[str](), [], ""
    for number, one in enumerate(root.iter(f"{_P}sldId"), 1):
        part = related.get(one.get(f"{_R}id") or "")
        found = _slide(archive, part.path, name) if part is not None else None
        if part is None or found is None:
            hidden.append(number)
            continue
        skipped += found.skipped
        title = title or (found.titles[0] if number == 1 and found.titles else "")
        _lay(builder, number, found)
        skipped["speaker-note"] += _notes(builder, archive, part.path, number, name)
    del skipped["speaker-note"]  # they are read, not skipped
    skipped["slide"] += len(hidden)
    if not builder.blocks:
        raise SourceError(
            say(
                f"{name}：幻灯片上没有文字（可能只有图片）；请导出为 PDF 再用文字识别（OCR）添加",
                f"{name}: no text on the slides (perhaps only pictures); export it as PDF and add that with text recognition (OCR)",
            )
        )
    claims = [*core_claims(archive, name=name), *([Claim("title", title, "first slide", 65)] if title else [])]
    metadata, conflicts = choose_metadata(claims, name=name)
    receipt = Receipt(skipped=tallies(skipped), order=("shapes",))
    return ReadResult(
        builder.text, tuple(builder.blocks), metadata, None, (*_hidden_told(name, hidden), *conflicts), "pptx", receipt
    )


def _hidden_told(name: str, hidden: Sequence[int]) -> tuple[str, ...]:
    if not hidden:
        return ()
    shown = say("、", ", ").join(map(str, hidden))
    return (
        say(
            f"{name}：隐藏的幻灯片没有收录：第 {shown} 张；要收录请取消隐藏后再添加",
            f"{name}: hidden slides are left out: {shown}; unhide them and add the file again to have them",
        ),
    )


def _lay(builder: LayerBuilder, number: int, slide: _Slide) -> None:
    mark = slide_mark(number)
    for title in slide.titles:
        builder.add(title, "h", level=2, path=("pptx", mark))
    for piece in _in_order(slide.pieces):
        path = ("pptx", mark, "furniture") if piece.furniture else ("pptx", mark)
        for text, kind in piece.lines:
            builder.add(text, kind, path=path)


def _in_order(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """From top to bottom; what begins about as high, from left to right."""
    row: list[_Piece] = []
    for piece in sorted(pieces, key=lambda one: one.top):
        if row and piece.top - row[0].top > _ROW_EMU:
            yield from sorted(row, key=lambda one: one.left)
            row = []
        row.append(piece)
    yield from sorted(row, key=lambda one: one.left)


def _notes(builder: LayerBuilder, archive: zipfile.ZipFile, slide: str, number: int, name: str) -> int:
    """Lay the speaker's notes; returns how many lines they have."""
    part = next((one for one in related_parts(archive, slide, name=name).values() if one.kind == "notesSlide"), None)
    raw = read_part(archive, part.path, name=name) if part is not None else None
    if raw is None:
        return 0
    count = 0
    for shape in parse_xml(transitional(raw), name=name).iter(f"{_P}sp"):
        if _placeholder(shape)[0] == "body":
            for text in _paragraphs(shape):
                builder.add(text, path=("pptx", notes_mark(number)))
                count += 1
    return count


# ---- a slide ---------------------------------------------------------------------------------------------------------
def _slide(archive: zipfile.ZipFile, path: str, name: str) -> _Slide | None:
    """What stands on a slide; None if it is hidden."""
    raw = read_part(archive, path, name=name)
    if raw is None:
        return _Slide()
    root = parse_xml(transitional(raw), name=name)
    if root.get("show") in ("0", "false"):
        return None
    return _Walk(archive, path, name).slide(root)


class _Walk:
    """Goes through the shapes of one slide."""

    def __init__(self, archive: zipfile.ZipFile, path: str, name: str) -> None:
        self.archive, self.name = archive, name
        self.related = related_parts(archive, path, name=name)
        self.found = _Slide()
        self._layout: dict[tuple[str, str], tuple[int, int]] | None = None

    def slide(self, root: _Element) -> _Slide:
        """The slide's pieces."""
        tree = root.find(f"{_P}cSld/{_P}spTree")
        if tree is not None:
            self._group(tree, (0, 0), depth=0)
        return self.found

    def _group(self, tree: _Element, base: tuple[int, int], depth: int) -> None:
        for shape in tree:
            tag = shape.tag if isinstance(shape.tag, str) else ""
            properties = next((e for e in shape.iter(f"{_P}cNvPr")), None)
            if properties is not None and properties.get("hidden") in ("1", "true"):
                self.found.skipped["hidden"] += 1
            elif tag == f"{_P}sp":
                self._shape(shape, base)
            elif tag == f"{_P}grpSp" and depth < 20:
                self._group(shape, _inner(shape, base), depth + 1)
            elif tag == f"{_P}graphicFrame":
                self._frame(shape, base)
            elif tag == f"{_P}pic":
                media = any(e.tag in (f"{_A}videoFile", f"{_A}audioFile") for e in shape.iter())
                self.found.skipped["media" if media else "picture"] += 1
            elif tag == f"{_MC}AlternateContent":
                choice = shape.find(f"{_MC}Fallback")
                choice = choice if choice is not None and len(choice) else shape.find(f"{_MC}Choice")
                if choice is not None and depth < 20:
                    self._group(choice, base, depth + 1)

    def _shape(self, shape: _Element, base: tuple[int, int]) -> None:
        kind, index = _placeholder(shape)
        lines = list(_paragraphs(shape))
        if not lines:
            return
        if kind in _TITLES:
            self.found.titles.append(" ".join(map(unmarked, lines)))
            return
        top, left = _place(shape.find(f"{_P}spPr/{_A}xfrm"), base) or self._inherited(kind, index) or base
        self.found.pieces.append(_Piece(top, left, tuple((line, "p") for line in lines), kind in _FURNITURE))

    def _frame(self, frame: _Element, base: tuple[int, int]) -> None:
        top, left = _place(frame.find(f"{_P}xfrm"), base) or base
        lines: list[tuple[str, str]] = []
        for row in frame.iter(f"{_A}tr"):
            cells = (" ".join(_paragraphs(cell)) for cell in row.iterfind(f"{_A}tc"))
            lines.append((CELL.join(cells), "td"))
        for chart in frame.iter(f"{_C}chart"):
            part = self.related.get(chart.get(f"{_R}id") or "")
            raw = read_part(self.archive, part.path, name=self.name) if part is not None else None
            rows = chart_rows(parse_xml(transitional(raw), name=self.name)) if raw is not None else []
            self.found.skipped["chart"] += not rows
            lines += [(text, "td" if CELL in text else "p") for text in rows]
        for diagram in frame.iter(f"{_DGM}relIds"):
            lines += [(line, "p") for line in self._diagram(diagram)]
        if not lines and next(frame.iter(f"{_P}oleObj"), None) is not None:
            self.found.skipped["object"] += 1
        if lines:
            self.found.pieces.append(_Piece(top, left, tuple(lines)))

    def _diagram(self, diagram: _Element) -> Iterator[str]:
        """The texts of a SmartArt drawing in the order of its points."""
        part = self.related.get(diagram.get(f"{_R}dm") or "")
        raw = read_part(self.archive, part.path, name=self.name) if part is not None else None
        if raw is None:
            self.found.skipped["drawing"] += 1
            return
        for point in parse_xml(transitional(raw), name=self.name).iter(f"{_DGM}pt"):
            if point.get("type") in (None, "node", "asst"):
                yield from _paragraphs(point)

    def _inherited(self, kind: str, index: str) -> tuple[int, int] | None:
        """Where the slide's layout puts a placeholder that has no place of its own."""
        if self._layout is None:
            self._layout = {}
            part = next((one for one in self.related.values() if one.kind == "slideLayout"), None)
            raw = read_part(self.archive, part.path, name=self.name) if part is not None else None
            for shape in parse_xml(transitional(raw), name=self.name).iter(f"{_P}sp") if raw is not None else ():
                place = _place(shape.find(f"{_P}spPr/{_A}xfrm"), (0, 0))
                if place is not None:
                    its = _placeholder(shape)
                    self._layout[its] = place
                    self._layout.setdefault(("", its[1]), place)
        return self._layout.get((kind, index)) or self._layout.get(("", index))


def _placeholder(shape: _Element) -> tuple[str, str]:
    """Type and index of the placeholder that a shape fills; ("", "") for a shape that fills none."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return ("", "") if found is None else (found.get("type") or "obj", found.get("idx") or "0")


def _place(frame: _Element | None, base: tuple[int, int]) -> tuple[int, int] | None:
    offset = frame.find(f"{_A}off") if frame is not None else None
    if offset is None:
        return None
    return base[0] + _whole(offset.get("y")), base[1] + _whole(offset.get("x"))


def _inner(group: _Element, base: tuple[int, int]) -> tuple[int, int]:
    """What the places inside a group are counted from (its scale aside: only the order matters)."""
    frame = group.find(f"{_P}grpSpPr/{_A}xfrm")
    place = _place(frame, base)
    inner = frame.find(f"{_A}chOff") if frame is not None else None
    if place is None or inner is None:
        return base
    return place[0] - _whole(inner.get("y")), place[1] - _whole(inner.get("x"))


def _as_raised(run: _Element, shown: str, before: Sequence[str]) -> str:
    """The text of a run; set above the line, figures are the mark of a note (left out of figures) or a power."""
    style = run.find(f"{_A}rPr")
    if style is None or _whole(style.get("baseline")) <= 0:
        return shown
    return marked(shown, NOTE_MARK) if is_note_mark(shown, before[-1] if before else "") else shown_raised(shown)


def _whole(value: str | None) -> int:
    try:
        return int(value or 0)
    except ValueError:
        return 0


def _paragraphs(shape: _Element) -> Iterator[str]:
    """The paragraphs that show a character; a line break inside one is a blank, which wide characters swallow."""
    for paragraph in shape.iter(f"{_A}p"):
        parts = []
        for run in paragraph:
            if run.tag == f"{_A}br":
                parts.append("\n")
            elif run.tag in (f"{_A}r", f"{_A}fld"):
                shown = "".join(text.text or "" for text in run.iterfind(f"{_A}t"))
                parts.append(_as_raised(run, shown, parts))
        shown = "".join(parts).replace("\v", "\n")
        if shown.strip():
            yield shown
