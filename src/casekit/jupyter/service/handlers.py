"""The routes for looking: the verbs that look something up, as they are told, and the panel's own pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.claims import claim_label
from casekit.errors import CasekitError, NotBuiltError
from casekit.jupyter.service.desk import Desk, NoWorkspaceError
from casekit.jupyter.service.handlers_codes import CODE_ROUTES
from casekit.jupyter.service.handlers_notes import NOTE_ROUTES
from casekit.jupyter.service.handlers_start import START_ROUTES
from casekit.jupyter.service.handlers_state import STATE_ROUTES
from casekit.jupyter.service.handlers_writing import WRITING_ROUTES
from casekit.jupyter.service.replies import Answerer, SupersededError, fields
from casekit.language import current, say
from casekit.verbs import Asked
from casekit.verbs.asking import filters_of
from casekit.verbs.routes import ROUTES, RouteOf
from casekit.workbench import Workbench
from casekit.workbench.panel.panel import Found

__all__ = ["answered", "routes"]

Shown: TypeAlias = "Callable[[Workbench, Asked], Any]"

_MOST_HITS = 100
_MOST_PLACES = 200
_STYLE_NAMES = {
    "gbt7714-2025": ("GB/T 7714—2025 顺序编码", "GB/T 7714-2025, numeric"),
    "gbt7714-2025-author-date": ("GB/T 7714—2025 著者-出版年", "GB/T 7714-2025, author-date"),
    "gbt7714-2015": ("GB/T 7714—2015 顺序编码", "GB/T 7714-2015, numeric"),
    "gbt7714-2015-author-date": ("GB/T 7714—2015 著者-出版年", "GB/T 7714-2015, author-date"),
    "apa": ("APA 第七版", "APA, 7th edition"),
}


def routes() -> list[tuple[str, type[JupyterHandler]]]:
    """Paths below `{base_url}casekit/api/` with their handlers; whatever is left is answered with 404."""
    verbs = [(path, _handler(route)) for path, route in ROUTES.items()]
    return [
        *_LOOKING,
        *verbs,
        *WRITING_ROUTES,
        *NOTE_ROUTES,
        *CODE_ROUTES,
        *STATE_ROUTES,
        *START_ROUTES,
        (r".*", Nowhere),
    ]


class Nowhere(Answerer):
    """A path that is none of ours."""

    @web.authenticated
    def get(self) -> None:
        """No such path."""
        raise web.HTTPError(404, reason="Not Found")

    post = put = delete = get


# ---- state ---------------------------------------------------------------------------------------------------------
class State(Answerer):
    """What there is to search."""

    @web.authenticated
    async def get(self) -> None:
        """The workspace and its index, or what to do next."""
        state = await self.work(lambda: _state(self.desk))
        self.answer(state)
        if state["built"]:
            self.desk.warm_up()


def _state(desk: Desk) -> dict[str, Any]:
    from casekit.export import PRINTED_STYLES

    state: dict[str, Any] = {
        "workspace": None,
        "built": False,
        "unbuilt": 0,
        "sources": 0,
        "passages": 0,
        "script": "",
        "language": current(),
        "styles": [{"id": style, "name": say(*_STYLE_NAMES.get(style, (style, style)))} for style in PRINTED_STYLES],
        "message": "",
    }
    try:
        with desk.bench() as bench:
            state |= _state_of(desk, bench)
    except NoWorkspaceError as error:
        state["message"] = str(error)
    state["language"] = current()
    state["styles"] = [{"id": s, "name": say(*_STYLE_NAMES.get(s, (s, s)))} for s in PRINTED_STYLES]
    return state


def _state_of(desk: Desk, bench: Workbench) -> dict[str, Any]:
    imported = {record.id: record.sha256 for record in bench.imported()}
    root = bench.workspace.root
    state: dict[str, Any] = {
        "workspace": {"name": root.name, "folder": desk.relative(root)},
        "sources": len(imported),
        "unbuilt": len(imported),
        "script": bench.workspace.settings.script,
    }
    try:
        generation = bench.generation
        built = generation.records.checksums()
        state |= {"built": True, "passages": generation.manifest.passages}
        state["unbuilt"] = sum(built.get(source) != sha256 for source, sha256 in imported.items())
    except NotBuiltError:
        if not imported:
            return state | {"message": say(*_EMPTY)}
        return state | {"message": say(*_NOT_BUILT)}
    except CasekitError as error:
        return state | {"message": str(error)}
    if state["unbuilt"]:
        n = state["unbuilt"]
        told = say(
            f"有 {n} 个来源还没有进索引；点“建立索引”，或运行 casekit build",
            f"{n} sources are not indexed yet; press “Build the index”, or run casekit build",
        )
        state["message"] = told
    return state


_EMPTY = (
    "语料还是空的；先添加文章：在开始页拖进来，或运行 casekit add 文件",
    "The corpus is empty; add articles first: drag them onto the start page, or run casekit add FILES",
)
_NOT_BUILT = (
    "还没有索引；点“建立索引”，或运行 casekit build",
    "There is no index yet; press “Build the index”, or run casekit build",
)


# ---- verbs ---------------------------------------------------------------------------------------------------------
class Verbs(Answerer):
    """A verb that looks something up: what its route asks, as its own telling reads it."""

    route: RouteOf
    shown: Shown | None = None

    @web.authenticated
    async def get(self) -> None:
        """What the verb answers, in the shape of the panel."""
        asked = self.asked(self.route)
        client = self.text("client")
        number = self.desk.newest(client) if client else 0

        def give(bench: Workbench) -> Any:
            # While this waited for its turn, the next letter may have been typed.
            if self.gone or self.desk.is_stale(client, number):
                raise SupersededError(say("已有更新的查询", "a newer query has come"))
            shown = self.shown
            return answered(self.route, bench, asked) if shown is None else shown(bench, asked)

        self.answer(await self.ask(give))


def answered(route: RouteOf, bench: Workbench, asked: Asked) -> Any:
    """What a route answers: what `--json` prints, or what the panel shows of it."""
    shown = _SHOWN.get(route.path)
    return shown(bench, asked) if shown is not None else route.act.json(bench, asked, route.act.do(bench, asked))


def _at_most(k: int) -> int:
    """As many hits as a panel can show."""
    return min(max(1, k), _MOST_HITS)


def _search(bench: Workbench, asked: Asked) -> Found:
    return bench.panel.search(asked["query"], _at_most(asked["k"]), **filters_of(asked))


def _like(bench: Workbench, asked: Asked) -> Found:
    place = asked.place
    return bench.panel.like(place.source, place.start, place.end, _at_most(asked["k"]))


def _quote(bench: Workbench, asked: Asked) -> dict[str, Any]:
    made = asked.act.do(bench, asked)
    warning = None
    if made.percent > made.budget:
        warning = say(
            f"这一处占原文的 {made.percent:g}%，超过工作区的上限 {made.budget:g}%",
            f"this is {made.percent:g} % of the source, more than the workspace's {made.budget:g} %",
        )
    return {
        "text": made.text,
        "quote": made.quote,
        "reference": made.reference,
        "locator": made.locator,
        "converted": made.converted is not None,
        "warning": warning,
    }


def _ask(bench: Workbench, asked: Asked) -> dict[str, Any]:
    told = asked.act.json(bench, asked, asked.act.do(bench, asked))
    cases = [one for case in told["cases"] for one in case["sentences"]]
    for one in _titled(bench, [*told["answers"], *cases]):
        if one["fact"] is not None:
            one["fact"]["claim"] = claim_label(one["fact"]["kind"], one["fact"]["certainty"])
    return {name: told[name] for name in ("query", "answerable", "reason", "expansion", "factual", "answers", "cases")}


def _find(bench: Workbench, asked: Asked) -> dict[str, Any]:
    found = asked.act.do(bench, asked)
    told = asked.act.json(bench, asked, found[:_MOST_PLACES])
    return {"count": len(found), "sources": len({one.source for one in found}), "places": _titled(bench, told)}


def _titled(bench: Workbench, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the title and the date of their source."""
    records = {record.id: record.metadata for record in bench.imported()} if rows else {}
    for row in rows:
        known = records.get(row["source"])
        row["title"] = (known.title if known is not None else None) or row["source"]
        row["date"] = known.date if known is not None else None
    return rows


_SHOWN: Final[Mapping[str, Shown]] = {
    "search": _search,
    "like": _like,
    "quote": _quote,
}
"""What the panel shows otherwise than `--json` prints it: with facets, titles, notes and what is highlighted."""


def _handler(route: RouteOf, shown: Shown | None = None) -> type[Verbs]:
    """The handler of a route; `shown` is what the panel shows of it, where that has a path of its own."""
    given = {} if shown is None else {"shown": staticmethod(shown)}
    return type("Verb", (Verbs,), {"__doc__": route.act.en, "route": route, **given})


# ---- names to complete ---------------------------------------------------------------------------------------------
class Suggest(Answerer):
    """Names to complete."""

    @web.authenticated
    async def get(self) -> None:
        """Things whose name holds what is typed."""
        typed = self.text("q")[:100]

        def find(bench: Workbench) -> list[Any]:
            return [fields(one) for one in bench.panel.suggest(typed)]

        self.answer({"entities": await self.ask(find)})


# ---- reading -------------------------------------------------------------------------------------------------------
class Source(Answerer):
    """The reader's text."""

    @web.authenticated
    async def get(self) -> None:
        """A source in blocks and pieces."""
        source, script, style = self.text("id"), self.text("script"), self.text("style", "gbt7714-2025")

        def read(bench: Workbench) -> dict[str, Any]:
            reading = bench.read(source, script=script)
            reference = _reference(bench, source, style)
            data = fields(reading)
            data["metadata"] = [{"label": label, "value": value} for label, value in reading.metadata]
            return {**data, "reference": reference}

        self.answer(await self.ask(read))


def _reference(bench: Workbench, source: str, style: str) -> str:
    from casekit.errors import SourceError

    try:
        return bench.reference(source, style=style)
    except SourceError as error:  # a record that cannot be cited can still be read
        return str(error)


_LOOKING: list[tuple[str, type[JupyterHandler]]] = [
    ("state", State),
    ("suggest", Suggest),
    ("source", Source),
    ("reply", _handler(ROUTES["verbs/ask"], _ask)),
    ("places", _handler(ROUTES["verbs/find"], _find)),
]
