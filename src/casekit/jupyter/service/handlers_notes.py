"""The routes for personal notes and saved searches."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.jupyter.service.replies import Answerer, bad, wanted
from casekit.language import say
from casekit.workbench import Workbench
from casekit.workbench.notes.records import Placed

__all__ = ["NOTE_ROUTES"]


def _shown(one: Placed) -> dict[str, Any]:
    note = one.note
    return {
        "id": note.id,
        "source": note.source,
        "start": one.start,
        "end": one.end,
        "text": note.text,
        "tags": list(note.tags),
        "created": note.created,
        "updated": note.updated,
        "quote": one.quote,
        "title": one.title,
        "state": one.state,
    }


def _tags(data: dict[str, Any]) -> list[str]:
    tags = wanted(data, "tags", list, [])
    if not all(isinstance(tag, str) for tag in tags):
        raise bad(say("tags 应是文字的列表", "tags must be a list of texts"))
    return tags


class NotesHandler(Answerer):
    """All notes."""

    @web.authenticated
    async def get(self) -> None:
        """Notes by words, tag and source, and all tags."""
        query, tag, source = self.text("q"), self.text("tag"), self.text("source")

        def find(bench: Workbench) -> dict[str, Any]:
            notes = bench.notes
            return {
                "notes": [_shown(one) for one in notes.find(query, tag=tag, source=source)],
                "tags": [{"tag": name, "count": count} for name, count in notes.tags().items()],
                "message": "；".join(notes.problems()),
            }

        self.answer(await self.ask(find))

    @web.authenticated
    async def post(self) -> None:
        """Write a note."""
        data = self.body()
        source, start, end = wanted(data, "source", str), wanted(data, "start", int), wanted(data, "end", int)
        text, tags, note_id = wanted(data, "text", str, ""), _tags(data), wanted(data, "id", str, "")

        def add(bench: Workbench) -> dict[str, Any]:
            return _shown(bench.notes.add(source, start, end, text, tags, note_id=note_id or None))

        made = await self.ask(add)
        self.set_status(201)
        self.answer(made)


class NoteHandler(Answerer):
    """One note."""

    @web.authenticated
    async def put(self, note_id: str) -> None:
        """Change a note's text or tags."""
        data = self.body()
        text = wanted(data, "text", str) if "text" in data else None
        tags = _tags(data) if "tags" in data else None

        def change(bench: Workbench) -> dict[str, Any]:
            return _shown(bench.notes.change(note_id, text=text, tags=tags))

        self.answer(await self.ask(change))

    @web.authenticated
    async def delete(self, note_id: str) -> None:
        """Delete a note; the answer holds what brings it back."""

        def remove(bench: Workbench) -> dict[str, Any]:
            return _shown(bench.notes.placed(bench.notes.remove(note_id)))

        self.answer(await self.ask(remove))


class SearchesHandler(Answerer):
    """All saved searches."""

    @web.authenticated
    async def get(self) -> None:
        """The saved searches."""

        def find(bench: Workbench) -> list[Any]:
            return [_saved(one) for one in bench.notes.searches.all()]

        self.answer({"searches": await self.ask(find)})

    @web.authenticated
    async def post(self) -> None:
        """Keep a search."""
        data = self.body()
        name, query = wanted(data, "name", str, ""), wanted(data, "query", str, "")
        filters, search_id = wanted(data, "filters", dict, {}), wanted(data, "id", str, "")
        mode, way = wanted(data, "mode", str, "passages"), wanted(data, "way", str, "phrase")
        near = wanted(data, "near", int, 10)

        def save(bench: Workbench) -> dict[str, Any]:
            searches = bench.notes.searches
            made = searches.save(name, query, filters, mode=mode, way=way, near=near, search_id=search_id or None)
            return _saved(made)

        made = await self.ask(save)
        self.set_status(201)
        self.answer(made)


class SearchHandler(Answerer):
    """One saved search."""

    @web.authenticated
    async def delete(self, search_id: str) -> None:
        """Forget a saved search."""

        def remove(bench: Workbench) -> None:
            bench.notes.searches.remove(search_id)

        await self.ask(remove)
        self.answer({})


def _saved(one: Any) -> dict[str, Any]:
    how = {"mode": one.mode, "way": one.way, "near": one.near}
    return {"id": one.id, "name": one.name, "query": one.query, "filters": dict(one.filters), **how}


_ID = r"([^/]+)"
NOTE_ROUTES: list[tuple[str, type[JupyterHandler]]] = [
    ("notes", NotesHandler),
    (f"notes/{_ID}", NoteHandler),
    ("searches", SearchesHandler),
    (f"searches/{_ID}", SearchHandler),
]
