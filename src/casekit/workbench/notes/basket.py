"""The basket: passages set aside, in notebooks/notes/basket.yaml, so that every window and every kernel sees the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from casekit.address import Address
from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.workbench.notes.files import BASKET_NAME, locked, read_file, writable, write_file

__all__ = ["Basket", "Chosen"]

_MOST: Final = 500
_LONGEST: Final = 400  # of what people see of a passage: its words stand in the source


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage set aside: its address, and what people see of it. `seen` are the characters that stood there then."""

    source: str
    start: int
    end: int
    title: str = ""
    text: str = ""
    date: str | None = None
    seen: str | None = None

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address(self.source, self.start, self.end)


class Basket:
    """The basket of a workspace, in the order that people gave it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def items(self) -> list[Chosen]:
        """The passages, in order.

        Raises:
            SourceError: If the file cannot be read.
        """
        file = read_file(self.folder / BASKET_NAME, "basket")
        return [_chosen(item, number) for number, item in enumerate(file.items, 1)]

    def add(self, items: Iterable[Chosen], *, at: int | None = None) -> list[Chosen]:
        """Put passages in, at a place or at the end; what is there stays where it is, with the words that it has now.

        Raises:
            SettingError: If there would be too many.
            SourceError: If the file cannot be read.
            BusyError: If another process holds it.
        """
        given = list(dict.fromkeys(items))

        def added(old: list[Chosen]) -> list[Chosen]:
            newer = {one.address: one for one in given}
            kept = [newer.get(one.address, one) for one in old]
            known = {one.address for one in old}
            new = [one for one in newer.values() if one.address not in known]
            place = len(kept) if at is None else max(0, min(at, len(kept)))
            return [*kept[:place], *new, *kept[place:]]

        return self._changed(added)

    def remove(self, places: Iterable[Address]) -> list[Chosen]:
        """Take passages out; returns what is left."""
        gone = set(places)
        return self._changed(lambda old: [one for one in old if one.address not in gone])

    def order(self, places: Sequence[Address]) -> list[Chosen]:
        """Put the passages into this order; those that are not named come last, as they stood."""
        rank = {place: number for number, place in enumerate(places)}
        return self._changed(lambda old: sorted(old, key=lambda one: rank.get(one.address, len(rank))))

    def clear(self) -> list[Chosen]:
        """Take everything out."""
        return self._changed(lambda old: [])

    def _changed(self, change: Callable[[list[Chosen]], list[Chosen]]) -> list[Chosen]:
        with locked(self.folder):
            file = read_file(self.folder / BASKET_NAME, "basket")
            old = [_chosen(item, number) for number, item in enumerate(file.items, 1)]
            new = change(old)
            if len(new) > _MOST:
                raise SettingError(say(f"资料篮至多 {_MOST} 段", f"a basket holds at most {_MOST} passages"))
            if new != old:
                write_file(replace(file, items=tuple(map(_item, new))), "basket")
        return new


def _item(one: Chosen) -> dict[str, Any]:
    told = {"title": one.title, "text": one.text, "date": one.date, "seen": one.seen}
    shown = {name: writable(value)[:_LONGEST] for name, value in told.items() if value}
    return {"source": one.source, "start": one.start, "end": one.end, **shown}


def _chosen(item: Mapping[str, Any], number: int) -> Chosen:
    try:
        place = Address(str(item["source"]), int(item["start"]), int(item["end"]))
    except (KeyError, TypeError, ValueError, SettingError) as error:
        raise SourceError(
            say(
                f"读不懂 {BASKET_NAME} 第 {number} 条：应有 source、start、end",
                f"cannot read {BASKET_NAME}, item {number}: wanted source, start, end",
            )
        ) from error
    text = {name: str(item.get(name) or "") for name in ("title", "text", "date", "seen")}
    return Chosen(
        place.source, place.start, place.end, text["title"], text["text"], text["date"] or None, text["seen"] or None
    )
