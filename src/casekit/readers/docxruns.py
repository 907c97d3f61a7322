"""The text of a Word paragraph, run by run: readings behind their characters, symbols, equations in one line, what is struck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casekit.readers.layer import NOTE_MARK, STRUCK, is_note_mark, marked, shown_raised

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Runs", "W", "is_hidden", "linear_equation", "paragraph_runs", "row_cells", "shown_sign", "table_rows"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = frozenset((*(W + tag for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")), f"{_MC}Fallback"))
_OFF = ("0", "false", "off")
# The fonts Symbol and Wingdings keep their signs in the private area; these are the ones that carry meaning in a text.
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xAD: "↑", 0xAF: "↓",
    0xB0: "°", 0xD7: "·", 0xB7: "•", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x44: "Δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ",
    0x53: "Σ", 0x57: "Ω", 0x25: "%", 0x2B: "+", 0x2D: "-", 0x3D: "=", 0x3C: "<", 0x3E: ">",
}  # fmt: skip
_WINGDINGS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x6E: "■", 0x6C: "●", 0xA7: "▪", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE8: "➔"}  # fmt: skip
_UNKNOWN_SIGN = "□"


@dataclass(slots=True)
class Runs:
    """A paragraph: its text in pieces (struck ones marked), how much of it is links, the text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    link_chars: int = 0
    boxes: list[_Element] = field(default_factory=list)
    goes_on: bool = False
    """Whether its end mark is deleted, so that it runs into the next paragraph."""


def _is_on(run: _Element, *names: str) -> bool:
    for name in names:
        switch = run.find(f"{W}rPr/{W}{name}")
        if switch is not None and switch.get(f"{W}val") not in _OFF:
            return True
    return False


def is_hidden(run: _Element) -> bool:
    """Whether Word does not show a run."""
    return _is_on(run, "vanish", "webHidden")


def paragraph_runs(paragraph: _Element) -> Runs:
    """What a paragraph shows, in reading order."""
    runs = Runs(goes_on=paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None)
    stack: list[tuple[_Element | str, bool, bool]] = [(paragraph, False, False)]
    while stack:
        element, linked, struck = stack.pop()
        if isinstance(element, str):
            runs.pieces.append(element)
            continue
        tag = element.tag
        if tag in _UNSEEN or (tag == f"{W}r" and is_hidden(element)):
            continue
        if tag == f"{W}txbxContent":
            runs.boxes.append(element)
            continue
        if tag == f"{W}ruby":
            stack.extend((part, linked, struck) for part in reversed(_ruby(element)))
            continue
        if tag == f"{_M}oMath":
            runs.pieces.append(linear_equation(element))
            continue
        struck = struck or (tag == f"{W}r" and _is_on(element, "strike", "dstrike"))
        if tag == f"{W}r" and _is_note_mark(element, runs.pieces[-1] if runs.pieces else ""):
            runs.pieces.append(marked("".join(map(_shown, element)), NOTE_MARK))
            continue
        if tag == f"{W}r" and _is_raised(element):
            raised = shown_raised("".join(map(_shown, element)))
            runs.pieces.append(marked(raised, STRUCK) if struck and raised.strip() else raised)
            continue
        if shown := _shown(element):
            runs.pieces.append(marked(shown, STRUCK) if struck and shown.strip() else shown)
            runs.link_chars += len("".join(shown.split())) if linked else 0
        stack.extend((child, linked or tag == f"{W}hyperlink", struck) for child in reversed(element))
    return runs


def _is_note_mark(run: _Element, before: str) -> bool:
    """Whether a run is the raised mark of a note and no power or square (behind a letter or figure of Latin script)."""
    return _is_raised(run) and is_note_mark("".join(map(_shown, run)), before)


def _is_raised(run: _Element) -> bool:
    raised = run.find(f"{W}rPr/{W}vertAlign")
    return raised is not None and raised.get(f"{W}val") == "superscript"


def _shown(element: _Element) -> str:
    tag = element.tag
    if tag == f"{W}t":
        return element.text or ""
    if tag in (f"{W}br", f"{W}cr"):
        return "\n" if element.get(f"{W}type") in (None, "textWrapping") else ""
    if tag in (f"{W}tab", f"{W}ptab"):
        return " "
    if tag == f"{W}noBreakHyphen":
        return "\u2011"
    return (shown_sign(element) or _UNKNOWN_SIGN) if tag == f"{W}sym" else ""


def shown_sign(element: _Element) -> str | None:
    """The character that looks like a symbol (w:sym); None where none is known."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return None
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code) if 0x20 <= code < 0xD800 else None
    font = (element.get(f"{W}font") or "").lower()
    signs = _SYMBOL if font == "symbol" else _WINGDINGS if font.startswith("wingdings") else {}
    return signs.get(code - 0xF000)


def _ruby(ruby: _Element) -> list[_Element | str]:
    """Base and reading in the order in which they are read: 销(xiāo)."""
    base, reading = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
    parts: list[_Element | str] = [base] if base is not None else []
    if base is not None and reading is not None:
        shown = "".join(map(str, base.itertext())).strip()
        said = "".join(map(str, reading.itertext())).split()
        if len(said) == len(shown) > 1:  # one reading over a word: each syllable behind its character
            return [f"{char}({syllable})" for char, syllable in zip(shown, said, strict=True)]
    if reading is not None and "".join(map(str, reading.itertext())).strip():
        parts += ["(", reading, ")"]
    return parts


# ---- tables ------------------------------------------------------------------------------------------------------
def table_rows(table: _Element) -> Iterator[_Element]:
    """The rows of a table, those inside content controls too, those of tables in its cells and deleted ones not."""
    for row in _within(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def row_cells(row: _Element) -> Iterator[str]:
    """What each cell of a row shows, on one line; a text box stands once, behind its paragraph."""
    for cell in _within(row, f"{W}tc"):
        yield " ".join(" ".join(_cell_lines(cell)).split())


def _within(element: _Element, wanted: str) -> Iterator[_Element]:
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _within(child, wanted)


def _cell_lines(holder: _Element) -> Iterator[str]:
    for child in holder:
        if child.tag == f"{W}p":
            runs = paragraph_runs(child)
            yield "".join(runs.pieces)
            for box in runs.boxes:
                yield from _cell_lines(box)
        elif child.tag == f"{W}tbl":
            for row in table_rows(child):
                yield from row_cells(row)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _cell_lines(child)


# ---- equations ---------------------------------------------------------------------------------------------------
def linear_equation(element: _Element) -> str:
    """An equation on one line, as one would type it: (a+b)/c, x^2, a_1, √(x)."""
    name = str(element.tag).removeprefix(_M)
    if name == "t":
        return element.text or ""
    if name.endswith("Pr"):
        return ""
    parts = [(str(child.tag).removeprefix(_M), linear_equation(child)) for child in element]
    part = dict(parts)
    if name == "f":
        return f"{_grouped(part.get('num', ''))}/{_grouped(part.get('den', ''))}"
    if name in ("sSup", "sSub", "sSubSup"):
        low = f"_{_grouped(part['sub'])}" if "sub" in part else ""
        return part.get("e", "") + low + (f"^{_grouped(part['sup'])}" if "sup" in part else "")
    if name == "rad":
        return f"{part.get('deg', '')}√({part.get('e', '')})"
    if name == "d":
        return f"({', '.join(text for inner, text in parts if inner == 'e')})"
    if name == "nary":
        sign = element.find(f"{_M}naryPr/{_M}chr")
        shown = sign.get(f"{_M}val") if sign is not None else "∫"
        return f"{shown}_{_grouped(part.get('sub', ''))}^{_grouped(part.get('sup', ''))} {part.get('e', '')}"
    return "".join(text for _, text in parts)


def _grouped(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"
