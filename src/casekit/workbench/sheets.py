"""Sheets of a workbook whose addresses lead to a sheet of their words, references and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.errors import CasekitError, SettingError
from casekit.language import say
from casekit.tables import Sheet
from casekit.workbench.knowledge.quoting import quotation

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["linked", "places_sheet"]


def linked(held: Held, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with a click on each cell of addresses, and behind them the sheet of places."""
    cells = {value: first for sheet in sheets for value, first in _addresses(sheet)}
    if not cells:
        return list(sheets)
    places, rows = places_sheet(held, dict.fromkeys(cells.values()))
    links = {text: f"#'{places.name}'!A{rows[first]}" for text, first in cells.items()}
    return [*(Sheet(one.name, one.columns, one.rows, {**links, **one.links}, one.at) for one in sheets), places]


def _addresses(sheet: Sheet) -> Iterable[tuple[str, Address]]:
    """Cells that are addresses, parted by "; ", each with its first."""
    for row in sheet.rows:
        for value in row:
            if isinstance(value, str) and ":" in value and "-" in value:
                try:
                    yield value, Address.parse(value.split("; ")[0])
                except CasekitError:
                    continue


def places_sheet(held: Held, places: Iterable[Address]) -> tuple[Sheet, Mapping[Address, int]]:
    """A row a place: address, words, reference, page or paragraph, web page, file; and the number of each place's row."""
    rows: list[list[Any]] = []
    at: dict[tuple[int, int], str] = {}
    numbers: dict[Address, int] = {}
    for n, place in enumerate(sorted(set(places))):
        words, reference, locator, web, file = _told(held, place)
        rows.append([str(place), words, reference, locator, web, file])
        numbers[place] = n + 2
        at |= {(n, x): target for x, target in ((4, web), (5, file)) if target}
    columns = [say(*names) for names in _COLUMNS]
    return Sheet(say("出处", "places"), columns, rows, at=at), numbers


_COLUMNS = (
    ("出处", "address"),
    ("原文", "words"),
    ("著录", "reference"),
    ("位置", "locator"),
    ("网页", "web page"),
    ("文件", "file"),
)


def _told(held: Held, place: Address) -> tuple[str, str, str, str | None, str | None]:
    try:
        url = held.catalogue[place.source].metadata.url or ""
        web = url if url.startswith(("http://", "https://")) else None
        found = quotation(held, place.source, place.start, place.end, style="gbt7714-2025", script=None)
    except SettingError:  # words that are no body text have no reference
        return held.documents[place.source].text[place.start : place.end], "", "", web, None
    except CasekitError as error:
        return str(error), "", "", None, None
    return found.quote, found.reference, found.locator, web, found.link
