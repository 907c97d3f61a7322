"""The network as a file: which part of it, in which format, written where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from casekit import graph as net
from casekit.errors import SettingError, SourceError
from casekit.graph import Graph
from casekit.language import say
from casekit.types import Span
from casekit.writing import write_atomically

__all__ = ["FORMATS", "PICTURES", "Format", "check_format", "chosen_part", "most_drawn", "rendered", "written"]

Format = Literal["json", "graphml", "gexf", "html", "svg", "png"]
FORMATS: Final[tuple[Format, ...]] = ("json", "graphml", "gexf", "html", "svg", "png")
PICTURES: Final = frozenset({"html", "svg", "png"})
# More nodes than this make a picture that nobody can read, and a layout costs the square of them (400: half a second;
# 1,400: ten).
PICTURE_NODES: Final = 400


def chosen_part(graph: Graph, node: str, *, most: int | None, figures: bool) -> Graph:
    """Of a graph the nodes with the most links, at most so many (and as many figures), `node` always among them."""
    leaves = {key for key in graph if graph.nodes[key]["type"] == net.FIGURE}
    if figures and most is None:
        return graph
    others = graph.subgraph(
        key for key in graph if key == node or (key not in leaves and not _only_achieves(graph, key))
    )
    if most is None:
        return others
    kept = sorted(others, key=lambda key: (-others.degree(key), -others.nodes[key]["mentions"], key))[:most]
    chosen = set(kept)
    own = (key for key in sorted(leaves) if any(end in chosen for end in graph.predecessors(key)))
    return graph.subgraph([*kept, *list(own)[: most if figures else 0]])


def _only_achieves(graph: Graph, key: str) -> bool:
    """Whether a node has no links but to figures."""
    ends = {*graph.successors(key), *graph.predecessors(key)}
    return bool(ends) and all(graph.nodes[end]["type"] == net.FIGURE for end in ends)


def check_format(format: str) -> None:
    """Refuse what is no format.

    Raises:
        SettingError: If there is none of that name.
    """
    if format not in FORMATS:
        listed = ", ".join(FORMATS)
        raise SettingError(say(f"没有格式 {format!r}；可用：{listed}", f"no format {format!r}; known: {listed}"))


def most_drawn(format: str, most: int | None) -> int | None:
    """At most how many nodes go into a file of a format, where `most` were asked for: a picture has its own limit."""
    return PICTURE_NODES if most is None and format in PICTURES else most


def rendered(graph: Graph, format: Format, quote: Callable[[str, Span], str]) -> str | bytes:
    """A graph in a format: text, or bytes for png; `quote` gives what stands at a source's range."""
    if format == "png":
        return net.to_png(graph)
    if format == "html":
        return net.to_html(graph, lambda at: quote(at.source, at.span))
    plain = {"json": net.to_json, "graphml": net.to_graphml, "gexf": net.to_gexf, "svg": net.to_svg}
    return plain[format](graph)


def written(path: Path, data: str | bytes) -> Path:
    """Write a file; returns its path.

    Raises:
        SourceError: If it cannot be written.
    """
    try:
        if path.is_dir() or not path.parent.is_dir():
            raise FileNotFoundError(say("不是可写的文件位置", "no place for a file"))
        write_atomically(path, data, durable=False)
    except OSError as error:
        raise SourceError(say(f"无法写入 {path}：{error}", f"cannot write {path}: {error}")) from error
    return path
