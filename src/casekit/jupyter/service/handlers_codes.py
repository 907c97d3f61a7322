"""The routes for own codes: the codebook, coded passages, codes applied and taken off."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.jupyter.service.replies import Answerer, wanted
from casekit.language import say
from casekit.workbench import Workbench

__all__ = ["CODE_ROUTES"]


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
            }

        self.answer(await self.ask(listed))


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
    ("codings", CodingsHandler),
    (r"codings/([^/]+)", CodingHandler),
]
