"""Arguments, options, reasons and JSON rows that several verbs share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.telling import FILES, WRITES, Argument, Option, Reason

if TYPE_CHECKING:
    from casekit.types import Address, Span

__all__ = [
    "CERTAINTIES",
    "COMPARE_BY",
    "ENTITY",
    "FILES",
    "ID",
    "IDS",
    "KINDS",
    "LOOKS",
    "MOST",
    "ONE_SOURCE",
    "PLACE",
    "SERVES",
    "STYLE",
    "WRITES",
    "K",
    "addresses",
    "as_it_is",
    "place_json",
    "printed_styles",
    "styles",
]

# ---- why a door is closed -------------------------------------------------------------------------------------------
LOOKS: Final[Reason] = ("这是看给人的，助手用不着", "this is for people to look at; assistants have no use for it")
SERVES: Final[Reason] = (
    "它会占住内核，直到被打断；请在终端里运行",
    "it would hold the kernel until it is interrupted; run it in a terminal",
)


# ---- arguments and options ------------------------------------------------------------------------------------------
def styles() -> tuple[str, ...]:
    """The reference styles, formats of reference managers among them."""
    from casekit.cite import STYLES

    return tuple(STYLES)


def printed_styles() -> tuple[str, ...]:
    """The reference styles of printed documents."""
    from casekit.export import PRINTED_STYLES

    return tuple(PRINTED_STYLES)


CERTAINTIES: Final = ("stated", "hearsay", "expected")
KINDS: Final = ("achieved", "target", "estimate", "size", "survey", "date")
COMPARE_BY: Final = ("facets", "tools", "tactics", "frameworks", "metrics")

ID: Final = Argument("id", "source", "来源编号", "source id", "ID")
IDS: Final = Argument("ids", "source", "来源编号", "source ids", "ID", most=None)
PLACE: Final = Argument("place", "place", "来源编号，或 编号：起点-终点", "source id, or ID:START-END", "ID")

K: Final = Option("-k", "number", "要几段，默认 10", "how many passages (10)", default=10, metavar="N")
MOST: Final = Option(
    "-n",
    "number",
    "屏幕上列几条，默认 30",
    "how many to show (30)",
    default=30,
    metavar="N",
    closed={"mcp": LOOKS},
)
STYLE: Final = Option(
    "--style",
    "style",
    "著录格式，默认 gbt7714-2025",
    "reference style (gbt7714-2025)",
    default="gbt7714-2025",
    choices=styles,
    metavar="STYLE",
)
ONE_SOURCE: Final = Option("--source", "source", "只看这个来源", "only this source", metavar="ID")
ENTITY: Final = Option(
    "--entity", "name", "只看这个名称（任何叫法或编号）", "only this name (any form, or id)", metavar="NAME"
)


# ---- JSON -----------------------------------------------------------------------------------------------------------
def as_it_is(bench: Any, asked: Any, found: Any) -> Any:
    """An object that is JSON already."""
    return found


def place_json(source: str, span: Span) -> dict[str, Any]:
    """A place as a JSON row."""
    return {"source": source, "start": span.start, "end": span.end}


def addresses(evidence: Iterable[Address]) -> list[dict[str, Any]]:
    """Places as JSON rows, sorted, each once."""
    return [place.to_json() for place in sorted(set(evidence))]
