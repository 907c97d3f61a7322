"""The routes that write: notebook cells of passages, the list of references, the basket's file, a source's rank."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.jupyter.service.basket import FORMS, BasketForm, prepare, write
from casekit.jupyter.service.basket import Basket as MadeBasket
from casekit.jupyter.service.cells import CELL_FORMS, CellForm, Item, cells_of
from casekit.jupyter.service.references import cited_in, reference_cell
from casekit.jupyter.service.replies import Answerer, bad, wanted
from casekit.jupyter.service.unchanged import ensure_unchanged
from casekit.language import say
from casekit.verbs import Asked
from casekit.verbs.found import LEXICON
from casekit.verbs.rejecting import FACT
from casekit.verbs.shared import WRITES
from casekit.workbench import Workbench

__all__ = ["WRITING_ROUTES"]

_MOST_ITEMS = 500


def _items(data: dict[str, Any]) -> list[Item]:
    given = wanted(data, "items", list)
    if not given or len(given) > _MOST_ITEMS:
        raise bad(say(f"items 应有 1 到 {_MOST_ITEMS} 处", f"items must name 1 to {_MOST_ITEMS} places"))
    items = []
    for one in given:
        if not isinstance(one, dict):
            raise bad(say("items 里应是 source、start、end", "items must hold source, start and end"))
        place = wanted(one, "source", str), wanted(one, "start", int), wanted(one, "end", int)
        items.append(Item(*place, seen=wanted(one, "seen", str, "") or ""))
    return items


def _form(data: dict[str, Any], known: tuple[str, ...]) -> Any:
    form = wanted(data, "form", str, known[0])
    if form not in known:
        raise bad(say(f"form 应为 {'、'.join(known)} 之一", f"form must be one of {', '.join(known)}"))
    return form


class Cells(Answerer):
    """Notebook cells of passages."""

    @web.authenticated
    async def post(self) -> None:
        """Cells of passages, as evidence cards, quotations or code."""
        data = self.body()
        items, style = _items(data), wanted(data, "style", str, "") or "gbt7714-2025"
        form: CellForm = _form(data, CELL_FORMS)

        def make(bench: Workbench) -> list[dict[str, Any]]:
            ensure_unchanged(bench, items)
            return cells_of(bench, items, form, style)

        self.answer({"cells": await self.ask(make)})


class ReferenceList(Answerer):
    """The list of references of a notebook."""

    @web.authenticated
    async def post(self) -> None:
        """A cell that lists what the given cells cite."""
        data = self.body()
        cells, style = wanted(data, "cells", list), wanted(data, "style", str, "") or "gbt7714-2025"
        sources = cited_in([cell for cell in cells if isinstance(cell, dict)])

        def make(bench: Workbench) -> dict[str, Any]:
            return reference_cell(bench, sources, style)

        self.answer(await self.ask(make))


class Basket(Answerer):
    """Chosen passages as a file."""

    @web.authenticated
    async def post(self) -> None:
        """A cited notebook, Word or Markdown file of the chosen passages, in notebooks/."""
        data = self.body()
        items, style = _items(data), wanted(data, "style", str, "") or "gbt7714-2025"
        title = wanted(data, "title", str, "")
        form: BasketForm = _form(data, FORMS)

        def ready(bench: Workbench) -> MadeBasket:
            ensure_unchanged(bench, items)
            return prepare(bench, items, form, title, style)

        basket = await self.ask(ready)
        # pandoc takes a second, and others may search meanwhile
        made = await self.work(lambda: self.desk.relative(write(basket)))
        self.set_status(201)
        self.answer({"path": made})


class SourceRank(Answerer):
    """What a source is beside others."""

    @web.authenticated
    async def post(self) -> None:
        """Set whether a source is an original, a retelling of others or a commentary; it counts from the next build."""
        data = self.body()
        source, rank, retells = (
            wanted(data, "id", str),
            wanted(data, "rank", str),
            wanted(data, "retells", list, []) or [],
        )
        if not all(isinstance(one, str) for one in retells):
            raise bad(say("retells 应是来源编号的列表", "retells must be a list of source ids"))

        def change(bench: Workbench) -> dict[str, Any]:
            for one in retells:
                bench.catalogue[one]
            told = {"rank": rank, "retells": retells} if retells and rank != "original" else {"rank": rank}
            record, _ = bench.edit(source, told, clear=() if "retells" in told else ("retells",))
            return {"id": source, "rank": record.metadata.rank, "retells": list(record.metadata.retells)}

        self.answer(await self.ask(change))


class Decide(Answerer):
    """Names that await a decision."""

    @web.authenticated
    async def post(self) -> None:
        """Accept, reject or merge names, or undo what was decided of them: the verb `lexicon`; counts from the next build."""
        data = self.body()
        verdict, names = wanted(data, "verdict", str), wanted(data, "names", list)
        into, kind = wanted(data, "into", str, "") or None, wanted(data, "type", str, "") or None
        act = LEXICON.act(verdict)
        if act is None or act.tool != WRITES:
            raise bad(say(f"没有 {verdict!r} 这种裁定", f"no such verdict: {verdict!r}"))
        if not names or not all(isinstance(one, str) and one.strip() for one in names):
            raise bad(say("names 应是名称的列表", "names must be a list of names"))
        asked = Asked(act, {"names": names, "type": kind, "into": into})

        def decide(bench: Workbench) -> Any:
            return act.json(bench, asked, act.do(bench, asked))

        self.answer(await self.ask(decide))


class RuledFigures(Answerer):
    """Figures that a person rules on."""

    @web.authenticated
    async def post(self) -> None:
        """Say whose figures are, or that they are none, or take that back: the verb `fact`; counts at once."""
        data = self.body()
        act = FACT.act(wanted(data, "act", str))
        places, subject = wanted(data, "places", list), wanted(data, "subject", str, "")
        if act is None or act.tool != WRITES:
            raise bad(say(f"没有 {data['act']!r} 这种裁定", f"no such ruling: {data['act']!r}"))
        if not places or not all(isinstance(one, str) for one in places):
            raise bad(say("places 应是地址的列表", "places must be a list of addresses"))
        asked = Asked(act, {"places": places, "subject": subject, "note": None})

        def rule(bench: Workbench) -> Any:
            return act.json(bench, asked, act.do(bench, asked))

        self.answer(await self.ask(rule))


WRITING_ROUTES: list[tuple[str, type[JupyterHandler]]] = [
    ("cells", Cells),
    ("references", ReferenceList),
    ("basket", Basket),
    ("rank", SourceRank),
    ("decide", Decide),
    ("figures", RuledFigures),
]
