"""The routes for own codes: the codebook, coded passages, codes applied and taken off."""

from __future__ import annotations

from typing import Any, Final

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.jupyter.service.replies import Answerer, wanted
from casekit.language import say
from casekit.workbench import Workbench

__all__ = ["CODE_ROUTES"]


_TEXTS: Final = ("name", "under", "definition", "memo", "colour")


def _texts(data: dict[str, Any]) -> dict[str, str]:
    """What a request says of a code."""
    return {name: wanted(data, name, str) for name in _TEXTS if name in data}


def _last(bench: Workbench) -> dict[str, str] | None:
    """The last change of codes that can be taken back."""
    last = bench.codes.last()
    return None if last is None else {"id": last[0], "what": last[1]}


class CodesHandler(Answerer):
    """The codebook."""

    @web.authenticated
    async def get(self) -> None:
        """Its codes, who coded, and what cannot be read."""

        def listed(bench: Workbench) -> dict[str, Any]:
            codes = bench.codes
            colour = codes.tree.colour
            return {
                "codes": [{**one.to_json(), "colour": colour(one.code.id)} for one in codes.codebook()],
                "coders": [{"coder": name, "count": count} for name, count in codes.coders().items()],
                "coder": codes.coder,
                "message": say("；", "; ").join(codes.problems()),
                "last": _last(bench),
            }

        self.answer(await self.ask(listed))

    @web.authenticated
    async def post(self) -> None:
        """Make a code; the answer names the change, so that it can be taken back."""
        data = self.body()
        name, told = wanted(data, "name", str), _texts(data)

        def add(bench: Workbench) -> dict[str, Any]:
            made = bench.codes.add(**{**told, "name": name})
            return {"id": made.id, "last": _last(bench)}

        made = await self.ask(add)
        self.set_status(201)
        self.answer(made)


class CodeHandler(Answerer):
    """One code of the codebook."""

    @web.authenticated
    async def put(self, code_id: str) -> None:
        """Give it another name, place, definition, memo or colour."""
        told = _texts(self.body())

        def change(bench: Workbench) -> dict[str, Any]:
            bench.codes.change(code_id, **told)
            return {"last": _last(bench)}

        self.answer(await self.ask(change))

    @web.authenticated
    async def delete(self, code_id: str) -> None:
        """Drop it, with the codes below it and all their codings."""

        def remove(bench: Workbench) -> dict[str, Any]:
            gone = bench.codes.remove(code_id, everything=True)
            return {"codings": len(gone), "last": _last(bench)}

        self.answer(await self.ask(remove))


class MergeHandler(Answerer):
    """A code merged into another."""

    @web.authenticated
    async def post(self, code_id: str) -> None:
        """Give all that bears it to another code, and drop it."""
        into = wanted(self.body(), "into", str)

        def merge(bench: Workbench) -> dict[str, Any]:
            bench.codes.merge(code_id, into)
            return {"last": _last(bench)}

        self.answer(await self.ask(merge))


class UndoHandler(Answerer):
    """The last change of codes or codings taken back."""

    @web.authenticated
    async def post(self) -> None:
        """Take back the change with this id, if it is the last."""
        change = wanted(self.body(), "id", str)
        self.answer({"undone": await self.ask(lambda bench: bench.codes.undo(change))})


class CodingsHandler(Answerer):
    """Passages by code."""

    @web.authenticated
    async def get(self) -> None:
        """Those with a code (all where none is named), of a coder, with some words."""
        code, query, source = self.text("code"), self.text("q"), self.text("source")
        coder = self.get_query_argument("coder", None)

        def found(bench: Workbench) -> dict[str, Any]:
            kept = bench.codes.retrieve(
                [code] if code else [], coder=coder, text=query, sources=[source] if source else []
            )
            return {"codings": [one.to_json() for one in kept]}

        self.answer(await self.ask(found))

    @web.authenticated
    async def post(self) -> None:
        """Apply a code; one that the codebook lacks is made, at the top."""
        data = self.body()
        source, start, end = wanted(data, "source", str), wanted(data, "start", int), wanted(data, "end", int)
        code, memo = wanted(data, "code", str), wanted(data, "memo", str, "")
        coder = wanted(data, "coder", str) if "coder" in data else None

        def apply(bench: Workbench) -> dict[str, Any]:
            return bench.codes.apply(code, source, start, end, memo=memo, coder=coder, make=True).to_json()

        made = await self.ask(apply)
        self.set_status(201)
        self.answer(made)


class CodingHandler(Answerer):
    """One coding."""

    @web.authenticated
    async def delete(self, coding_id: str) -> None:
        """Take it off."""

        def remove(bench: Workbench) -> None:
            bench.codes.drop(coding_id)

        await self.ask(remove)
        self.answer({})


CODE_ROUTES: list[tuple[str, type[JupyterHandler]]] = [
    ("codes", CodesHandler),
    ("codes/undo", UndoHandler),
    (r"codes/([^/]+)/merge", MergeHandler),
    (r"codes/([^/]+)", CodeHandler),
    ("codings", CodingsHandler),
    (r"codings/([^/]+)", CodingHandler),
]
