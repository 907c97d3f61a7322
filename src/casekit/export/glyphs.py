"""Which characters of a document would be an empty box: no installed font has them, or only a font of rare characters does."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final

from casekit.export.document import Block, Document, Entries, Grid, Heading, Items, Paragraph, Quote, Terms, plain
from casekit.language import say

__all__ = ["glyph_warnings", "missing_glyphs", "text_of"]

_RARE_FROM: Final = 0x20000  # Han beyond the first plane: what office programs' usual fonts leave out
_MOST_TOLD: Final = 20


def glyph_warnings(document: Document, format: str, *, font: str | None = None) -> list[str]:
    """What to say of characters that would not be seen: in a PDF those no font here has, in office files those that need one."""
    text = text_of(document)
    if format == "pdf":
        told = missing_glyphs(text, font)
        what = say(
            "这些字没有字体，PDF 里显示不出来（请安装含它们的字体）：",
            "no font here has these, the PDF cannot show them: ",
        )
    elif format in ("docx", "pptx"):
        told = sorted({c for c in text if ord(c) >= _RARE_FROM and c.isalpha()})
        what = say(
            "这些字在没有扩展字库的电脑上会显示成方框（如 SimSun-ExtB）：",
            "these are boxes on computers without a font of rare characters (such as SimSun-ExtB): ",
        )
    else:
        return []
    if not told:
        return []
    more = say(f" 等 {len(told)} 个", f" and {len(told) - _MOST_TOLD} more") if len(told) > _MOST_TOLD else ""
    return [what + " ".join(f"{c} (U+{ord(c):04X})" for c in told[:_MOST_TOLD]) + more]


def text_of(document: Document) -> str:
    """All that is printed of a document."""
    return "\n".join([document.title, document.subtitle, *(_text(block) for block in document.blocks)])


def _text(block: Block) -> str:
    match block:
        case Heading(_, text):
            return text
        case Paragraph(some):
            return plain(some)
        case Quote(paragraphs, source):
            return "\n".join([*paragraphs, plain(source)])
        case Items(items):
            return "\n".join(_text(part) for item in items for part in item)
        case Terms(rows):
            return "\n".join(f"{name} {plain(value)}" for name, value in rows)
        case Grid(title, head, rows):
            return "\n".join([title, *head, *(cell for row in rows for cell in row)])
        case Entries(entries):
            return "\n".join(f"{one.text} {one.remark}" for one in entries)
    return ""


def missing_glyphs(text: str, font: str | None = None) -> list[str]:
    """The characters that none of the fonts of this machine has (typst takes any font for what the chosen one lacks).

    Args:
        text: What is printed.
        font: A font file or a folder of them beside those installed.
    """
    wanted = {ord(c) for c in text if c.isprintable() and not c.isspace()}
    try:
        typst: Any = import_module("typst")
    except ImportError:
        return []
    paths = [Path(font)] if font is not None and Path(font).exists() else []
    folders = [path if path.is_dir() else path.parent for path in paths]
    files = dict.fromkeys(Path(one.path) for one in typst.Fonts(font_paths=folders).fonts() if one.path)
    for file in files:
        wanted = {code for code in wanted if not _has(characters_of(str(file)), code)}
        if not wanted:
            return []
    return sorted(chr(code) for code in wanted if code > 0x7F)


def _has(ranges: Sequence[tuple[int, int]], code: int) -> bool:
    from bisect import bisect_right

    at = bisect_right(ranges, (code, 0x110000)) - 1
    return at >= 0 and ranges[at][0] <= code <= ranges[at][1]


@lru_cache(maxsize=512)
def characters_of(path: str) -> tuple[tuple[int, int], ...]:
    """The ranges of characters that a font file has, sorted; none where it cannot be read.

    References:
        OpenType 1.9.1, table `cmap`, formats 4 and 12.
    """
    try:
        with Path(path).open("rb") as file:
            found = [span for start in _fonts(file) for span in _of_font(file, start)]
    except (OSError, struct.error, IndexError):
        return ()
    return tuple(sorted(_joined(found)))


def _fonts(file: BinaryIO) -> list[int]:
    """Where the fonts of a file begin: one, or those of a collection."""
    if file.read(4) != b"ttcf":
        return [0]
    file.seek(8)
    (count,) = struct.unpack(">I", file.read(4))
    return list(struct.unpack(f">{count}I", file.read(4 * count)))[:1]  # the others share its characters, or nearly


def _of_font(file: BinaryIO, start: int) -> list[tuple[int, int]]:
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    for _ in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", file.read(16))
        if tag == b"cmap":
            file.seek(offset)
            return _of_table(file.read(length))
    return []


def _of_table(table: bytes) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">H", table, 2)
    found: list[tuple[int, int]] = []
    for i in range(count):
        platform, _, offset = struct.unpack_from(">HHI", table, 4 + 8 * i)
        (form,) = struct.unpack_from(">H", table, offset)
        if platform in (0, 3) and form == 12:
            (groups,) = struct.unpack_from(">I", table, offset + 12)
            found += [struct.unpack_from(">II", table, offset + 16 + 12 * g) for g in range(groups)]
        elif platform in (0, 3) and form == 4:
            (twice,) = struct.unpack_from(">H", table, offset + 6)
            ends = struct.unpack_from(f">{twice // 2}H", table, offset + 14)
            starts = struct.unpack_from(f">{twice // 2}H", table, offset + 16 + twice)
            found += [(first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF]
    return found


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined
