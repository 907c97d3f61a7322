"""Small pieces of HTML and SVG; every text in them is escaped here, and nowhere else."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final

from casekit.jupyter.widgets.looks import OUTLINES

__all__ = ["FONT", "INK", "PAPER", "QUIET", "RULE", "card", "draw", "line", "mark", "plain", "table", "words"]

# JupyterLab's colours where they are known, so that the dark theme is followed; plain ones elsewhere.
INK: Final = "var(--jp-content-font-color1, #1c1f23)"
QUIET: Final = "var(--jp-content-font-color2, #565d66)"
PAPER: Final = "var(--jp-layout-color0, #ffffff)"
_SHORT: Final = 6
RULE: Final = "var(--jp-border-color2, #d5d9de)"
FONT: Final = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',"
    "'WenQuanYi Micro Hei',sans-serif"
)


def plain(text: object) -> str:
    """Any text on one line, ready to stand in HTML: escaped, without characters that cannot be seen."""
    one = " ".join(str(text).split())
    return html.escape("".join(c for c in one if c.isprintable()))


def card(title: str, note: str, *body: str) -> str:
    """A block with a title, a quiet line under it, and the rest; `body` is HTML already."""
    quiet = f'<div style="color:{QUIET};font-size:12px;margin:2px 0 8px">{plain(note)}</div>' if note else ""
    return (
        f'<div class="casekit-fallback" style="font-family:{FONT};color:{INK};font-size:13px;line-height:1.5;'
        f'max-width:100%;overflow-x:auto"><div style="font-weight:600;font-size:14px">{plain(title)}</div>'
        f"{quiet}{''.join(body)}</div>"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, most: int, more: str, cells: bool = False) -> str:
    """A table of at most `most` rows; `more` is said below where there are others (with {n} of them).

    Args:
        head: Titles of the columns.
        rows: Texts; HTML already where `cells`.
        most: At most so many rows.
        more: What stands below a table that was cut off.
        cells: Whether the rows are HTML.
    """
    listed = list(rows)
    edge = f"border-bottom:1px solid {RULE};padding:4px 8px;text-align:left;vertical-align:top"
    parts = ['<table style="border-collapse:collapse;font-size:13px;margin-top:8px"><thead><tr>']
    parts += [f'<th scope="col" style="{edge};font-weight:600">{plain(title)}</th>' for title in head]
    parts.append("</tr></thead><tbody>")
    # a column of short words is not squeezed until each stands on its side
    short = [all(len(row[i]) <= _SHORT for row in listed[:most]) for i in range(len(head))] if not cells else []
    looks = [f"{edge};white-space:nowrap" if one else edge for one in short] or [edge] * len(head)
    for row in listed[:most]:
        shown = ((look, x if cells else plain(x)) for look, x in zip(looks, row, strict=True))
        parts.append("<tr>" + "".join(f'<td style="{look}">{x}</td>' for look, x in shown) + "</tr>")
    parts.append("</tbody></table>")
    if len(listed) > most:
        told = more.format(n=len(listed) - most)
        parts.append(f'<div style="color:{QUIET};font-size:12px;margin-top:4px">{plain(told)}</div>')
    return "".join(parts)


def draw(width: float, height: float, title: str, parts: Iterable[str], *, tallest: int | None = None) -> str:
    """An SVG picture `width` x `height` that shrinks with its place but never grows; `title` tells it in words.

    `tallest` shrinks it to so many pixels: for pictures that are still read when they are small.
    """
    limit = f"max-height:{tallest}px;" if tallest is not None else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'role="img" aria-label="{plain(title)}" '
        f'style="max-width:100%;height:auto;{limit}font-family:{FONT};background:{PAPER}">'
        f"<title>{plain(title)}</title>{''.join(parts)}</svg>"
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, *, dash: str = "", width: float = 1.0) -> str:
    """A line."""
    dashes = f";stroke-dasharray:{dash}" if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" style="stroke:{colour};stroke-width:{width}{dashes}"/>'


def words(
    x: float, y: float, text: str, *, size: float = 12, colour: str = INK, anchor: str = "start", halo: bool = False
) -> str:
    """A text; `halo` keeps it readable on lines."""
    glow = f";paint-order:stroke;stroke:{PAPER};stroke-width:3px" if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="font-size:{size}px;fill:{colour}{glow}">'
        f"{plain(text)}</text>"
    )


def mark(shape: str, x: float, y: float, radius: float, colour: str, *, hollow: bool = False, title: str = "") -> str:
    """A sign of a shape of `looks.OUTLINES`, or a round one; `hollow` draws its outline alone."""
    told = f"<title>{plain(title)}</title>" if title else ""
    fill = PAPER if hollow or shape == "ring" else colour
    style = f'style="fill:{fill};stroke:{colour if hollow or shape == "ring" else PAPER};stroke-width:{1.8 if hollow or shape == "ring" else 0.8}"'
    corners = OUTLINES.get(shape)
    if corners is None:
        size = radius * (0.7 if shape == "dot" else 1.0)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {style}>{told}</circle>'
    points = " ".join(f"{x + radius * dx:.1f},{y + radius * dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {style}>{told}</polygon>'
