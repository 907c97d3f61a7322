"""The routes for what belongs to the workspace and not to a browser: the basket, and how far each source was read."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.address import Address
from casekit.jupyter.service.replies import Answerer, bad, wanted
from casekit.language import say
from casekit.workbench import Workbench
from casekit.workbench.notes.basket import Chosen

__all__ = ["STATE_ROUTES"]


class ChosenHandler(Answerer):
    """The passages set aside."""

    @web.authenticated
    async def get(self) -> None:
        """The basket, in its order."""
        self.answer(await self.ask(lambda bench: _shown(bench.basket.items())))

    @web.authenticated
    async def post(self) -> None:
        """Change the basket: `add` passages (`at` a place), `remove` addresses, `order` them; returns it as it is then."""
        data = self.body()
        added = [_passage(one) for one in wanted(data, "add", list, [])]
        gone = [_place(one) for one in wanted(data, "remove", list, [])]
        order = [_place(one) for one in wanted(data, "order", list, [])]
        at = wanted(data, "at", int) if data.get("at") is not None else None

        def change(bench: Workbench) -> dict[str, Any]:
            basket = bench.basket
            if gone:
                basket.remove(gone)
            if added:
                basket.add(added, at=at)
            if order:
                basket.order(order)
            return _shown(basket.items())

        self.answer(await self.ask(change))


class ReadingHandler(Answerer):
    """How far sources were read."""

    @web.authenticated
    async def get(self) -> None:
        """The place where each source was last read."""
        self.answer({"places": await self.ask(lambda bench: bench.bookmarks.places())})

    @web.authenticated
    async def post(self) -> None:
        """Remember a place."""
        data = self.body()
        source, start = wanted(data, "source", str), wanted(data, "start", int)
        self.answer({"places": await self.ask(lambda bench: bench.bookmarks.put(source, start))})


def _shown(items: list[Chosen]) -> dict[str, Any]:
    return {
        "items": [
            {
                "source": one.source,
                "start": one.start,
                "end": one.end,
                "title": one.title,
                "text": one.text,
                "date": one.date,
                **({"seen": one.seen} if one.seen is not None else {}),
            }
            for one in items
        ]
    }


def _row(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise bad(say("应是带 source、start、end 的对象", "wanted objects with source, start and end"))
    return data


def _place(data: object) -> Address:
    row = _row(data)
    return Address(wanted(row, "source", str), wanted(row, "start", int), wanted(row, "end", int))


def _passage(data: object) -> Chosen:
    row, place = _row(data), _place(data)
    text = {name: wanted(row, name, str, "") if row.get(name) is not None else "" for name in ("title", "text", "date")}
    seen = wanted(row, "seen", str) if row.get("seen") is not None else None
    return Chosen(place.source, place.start, place.end, text["title"], text["text"], text["date"] or None, seen)


STATE_ROUTES: list[tuple[str, type[JupyterHandler]]] = [("chosen", ChosenHandler), ("reading", ReadingHandler)]
