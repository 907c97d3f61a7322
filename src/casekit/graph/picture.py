"""The network as a picture: SVG drawn here, PNG with Pillow and a font that has Chinese characters."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SettingError
from casekit.graph.build import FIGURE, Graph, Link, links, nodes
from casekit.graph.layout import COLOURS, place_nodes, relation_name, type_name
from casekit.language import say

if TYPE_CHECKING:
    from PIL import ImageFont

__all__ = ["find_font", "to_png", "to_svg"]

_SANS: Final = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB','WenQuanYi Micro Hei',sans-serif"
_DASHES: Final = {"planned": "6 4", "hearsay": "2 4", "negated": "1 5"}
# Stems of font files that hold Chinese, the better readable on screens first.
_FONTS: Final = (
    "NotoSansCJK", "NotoSansSC", "NotoSansTC", "SourceHanSans", "PingFang", "msyh", "Hiragino Sans GB", "STHeiti", "simhei",
    "wqy-microhei", "wqy-zenhei", "NotoSerifCJK", "SourceHanSerif", "Songti", "simsun", "Deng", "DroidSansFallback", "uming", "ukai", "Arial Unicode",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Spot:
    x: float
    y: float
    radius: float
    name: str
    type: str


def _spots(graph: Graph, seed: int, figures: bool) -> tuple[int, int, dict[str, _Spot]]:
    """Width, height, and the nodes that have a link, with their places."""
    shown = graph if figures else graph.subgraph(k for k in graph if graph.nodes[k]["type"] != FIGURE)
    linked = shown.subgraph(k for k in shown if shown.degree(k))
    layout = place_nodes(linked, seed=seed)
    spots = {
        n.id: _Spot(*layout.places[n.id], round(5 + 2.2 * linked.degree(n.id) ** 0.5, 1), n.name, n.type)
        for n in nodes(linked)
    }
    return layout.width, layout.height + _LEGEND, spots


_LEGEND: Final = 40


def _shown(graph: Graph, spots: dict[str, _Spot]) -> list[Link]:
    return [x for x in links(graph) if x.subject in spots and x.object in spots]


def to_svg(graph: Graph, *, seed: int = 0, figures: bool = False) -> str:
    """The network as an SVG picture with labels; links have their names as tooltips, dashes tell plan, hearsay and denial.

    Args:
        graph: The network.
        seed: Of the layout.
        figures: Whether figures are drawn, too.
    """
    width, height, spots = _spots(graph, seed, figures)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        f"<title>{escape(say('案例网络', 'Case network'))}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<g font-family="{escape(_SANS)}" font-size="13">',
    ]
    for link in _shown(graph, spots):
        a, b = spots[link.subject], spots[link.object]
        dash = _DASHES.get(link.polarity)
        colour = "#c0392b" if link.polarity == "negated" else "#9aa3ad"
        style = f' stroke-dasharray="{dash}"' if dash else ""
        label = f"{a.name} {relation_name(link.relation)} {b.name}"
        lines.append(
            f'<line x1="{a.x}" y1="{a.y}" x2="{b.x}" y2="{b.y}" stroke="{colour}" stroke-width="1.2"{style}><title>{escape(_plain(label))}</title></line>'
        )
    lines += [f'<circle cx="{s.x}" cy="{s.y}" r="{s.radius}" fill="{COLOURS[s.type]}"/>' for s in spots.values()]
    for spot in spots.values():
        y = round(spot.y - spot.radius - 4, 1)
        lines.append(
            f'<text x="{spot.x}" y="{y}" text-anchor="middle" paint-order="stroke" stroke="#fff" stroke-width="3" fill="#1c1f23">{escape(_plain(spot.name))}</text>'
        )
    for x, kind in _legend(spots, width):
        lines.append(f'<circle cx="{x}" cy="{height - 18}" r="6" fill="{COLOURS[kind]}"/>')
        lines.append(f'<text x="{x + 11}" y="{height - 13}" fill="#1c1f23">{escape(type_name(kind))}</text>')
    return "\n".join([*lines, "</g>", "</svg>"]) + "\n"


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _legend(spots: dict[str, _Spot], width: int) -> Iterator[tuple[int, str]]:
    kinds = [k for k in COLOURS if any(s.type == k for s in spots.values())]
    step = min(110, (width - 60) // max(1, len(kinds)))
    for i, kind in enumerate(kinds):
        yield 30 + i * step, kind


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    return [home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def find_font(folders: Sequence[Path] | None = None) -> Path | None:
    """A font file of this computer that has Chinese characters, or None.

    Args:
        folders: Where to look; the system's font folders where None.
    """
    files = _font_files(tuple(_folders() if folders is None else folders))
    for stem in _FONTS:
        for file in files:
            if file.stem.lower().startswith(stem.lower()) and _has_chinese(file):
                return file
    return None


@lru_cache(maxsize=4)
def _font_files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(
        sorted(f for d in folders if d.is_dir() for f in d.rglob("*") if f.suffix.lower() in {".ttf", ".ttc", ".otf"})
    )


def _has_chinese(file: Path) -> bool:
    font = _load(file, 16)
    if font is None:
        return False
    nothing = bytes(font.getmask("\U0010fffd"))
    return all(bytes(font.getmask(c)) not in (nothing, b"") for c in "永体體")


def _load(file: Path, size: int) -> ImageFont.FreeTypeFont | None:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(str(file), size)
    except OSError:
        return None


def to_png(
    graph: Graph,
    *,
    width: int | None = None,
    seed: int = 0,
    figures: bool = False,
    font: Path | None = None,
) -> bytes:
    """The network as a PNG picture (the same drawing as the SVG).

    Args:
        graph: The network.
        width: Pixels; two for each of the drawing's units where None, at most 6000.
        seed: Of the layout.
        figures: Whether figures are drawn, too.
        font: A font file with Chinese characters; one of the system's where None.
    Raises:
        SettingError: If Pillow is missing, or no font with Chinese characters is there: boxes instead of names help nobody.
    """
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise SettingError(
            say(
                "画 PNG 需要 Pillow：pip install pillow；也可以改用 SVG 或 HTML。",
                "PNG pictures need Pillow: pip install pillow. SVG and HTML work without it.",
            )
        ) from error
    file = font or find_font()
    letters = _load(file, 15) if file is not None else None
    if letters is None or (font is not None and not _has_chinese(font)):
        where = f"（{font}）" if font else ""
        raise SettingError(
            say(
                f"没有可用的中文字体{where}，画出来只会是方框。请安装 Noto Sans CJK（Debian/Ubuntu：apt install fonts-noto-cjk），或用 font= 指定字体文件；SVG 和 HTML 不需要它。",
                f"No font with Chinese characters{f' ({font})' if font else ''}: the labels would be empty boxes. Install Noto Sans CJK (Debian/Ubuntu: apt install fonts-noto-cjk) or name a font file with font=; SVG and HTML don't need one.",
            )
        )
    wide, high, spots = _spots(graph, seed, figures)
    scale = (width or min(2 * wide, 6000)) / wide
    image = Image.new("RGB", (round(wide * scale), round(high * scale)), "#ffffff")
    draw = ImageDraw.Draw(image)
    big = _load(file, max(6, round(13 * scale))) if file is not None else None
    for link in _shown(graph, spots):
        a, b = spots[link.subject], spots[link.object]
        colour = "#c0392b" if link.polarity == "negated" else "#9aa3ad"
        ends = [(a.x * scale, a.y * scale), (b.x * scale, b.y * scale)]
        for piece in _dashes(ends, _DASHES.get(link.polarity), scale):
            draw.line(piece, fill=colour, width=max(1, round(scale)))
    for spot in spots.values():
        r = spot.radius
        box = [(spot.x - r) * scale, (spot.y - r) * scale, (spot.x + r) * scale, (spot.y + r) * scale]
        draw.ellipse(box, fill=COLOURS[spot.type])
    style: dict[str, Any] = {"font": big, "fill": "#1c1f23", "stroke_fill": "#ffffff"}
    for spot in spots.values():
        at = (spot.x * scale, (spot.y - spot.radius - 4) * scale)
        draw.text(at, _plain(spot.name), anchor="ms", stroke_width=2, **style)
    for x, kind in _legend(spots, wide):
        y = high - 18
        draw.ellipse([(x - 6) * scale, (y - 6) * scale, (x + 6) * scale, (y + 6) * scale], fill=COLOURS[kind])
        draw.text(((x + 11) * scale, (y + 5) * scale), type_name(kind), anchor="ls", **style)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _dashes(ends: list[tuple[float, float]], pattern: str | None, scale: float) -> Iterator[list[tuple[float, float]]]:
    if pattern is None:
        yield ends
        return
    on, off = (float(x) * scale for x in pattern.split())
    (x1, y1), (x2, y2) = ends
    length = max(1e-6, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    at = 0.0
    while at < length:
        stop = min(length, at + on)
        yield [(x1 + (x2 - x1) * t / length, y1 + (y2 - y1) * t / length) for t in (at, stop)]
        at = stop + off
