"""The routes of the start page: what is in the corpus, adding to it, building, settings."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from casekit.errors import CasekitError, NotBuiltError
from casekit.jupyter.kernel.citations import source_text
from casekit.jupyter.service.desk import Desk
from casekit.jupyter.service.replies import Answerer, bad, wanted
from casekit.language import say
from casekit.workbench import AddReport, Workbench

__all__ = ["START_ROUTES"]

_EXAMPLES: Final = 3
_TRIED: Final = 24  # questions tried until three are answered
_SHOWN: Final = 200  # sources listed
_NOTEBOOKS: Final = 24


class StartHandler(Answerer):
    """What the start page shows."""

    @web.authenticated
    async def get(self) -> None:
        """The sources, and questions that the corpus answers."""
        self.answer(await self.ask(lambda bench: _start(bench, self.desk)))


def _notebooks(bench: Workbench) -> list[Path]:
    """The notebooks of the workspace's folder, in the order of their names."""
    return sorted((bench.workspace.root / "notebooks").glob("*.ipynb"))[:_NOTEBOOKS]


def _title(path: Path) -> str:
    """The first heading of a notebook; the file's name where it has none."""
    try:
        cells = json.loads(path.read_text("utf-8-sig"))["cells"]
        texts = [source_text(cell) for cell in cells if cell.get("cell_type") == "markdown"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        texts = []
    heads = (line.lstrip("# ").strip() for text in texts for line in text.splitlines() if line.startswith("# "))
    return next((head for head in heads if head), path.stem)


def _start(bench: Workbench, desk: Desk) -> dict[str, Any]:
    records = bench.imported()
    rows = [
        {"id": one.id, "title": one.metadata.title or one.id, "date": one.metadata.date, "chars": one.chars}
        for one in records
    ]
    try:
        examples = _examples(bench)
    except NotBuiltError:
        examples = []
    return {
        "sources": rows[:_SHOWN],
        "count": len(rows),
        "examples": examples,
        "cases": len(bench.cases.list()),
        "formats": _formats(),
        "notebooks": [{"path": desk.relative(path), "title": _title(path)} for path in _notebooks(bench)],
    }  # fmt: skip


def _formats() -> list[str]:
    from casekit.readers import SUFFIXES

    return sorted(SUFFIXES)


def _examples(bench: Workbench) -> list[str]:
    """Questions of the corpus's own figures, of different subjects, each tried: it is answered."""
    found: list[str] = []
    seen: set[str] = set()
    for row in bench.propose_questions(_TRIED):
        subject = str(row["query"]).partition(say("的", " of "))[0]
        if subject in seen or len(found) == _EXAMPLES:
            continue
        if bench.search(row["query"], 3).answerable:
            found.append(row["query"])
            seen.add(subject)
    for record in bench.imported():
        if len(found) == _EXAMPLES:
            break
        title = record.metadata.title
        if title and title not in found and bench.search(title[:80], 1).answerable:
            found.append(title[:80])
    return found


class AddHandler(Answerer):
    """Files and links taken into the corpus."""

    @web.authenticated
    async def post(self) -> None:
        """A file's bytes with its `name`, or `{"url"}`; what became of it, with its receipt."""
        name = self.text("name")
        if name:
            body = self.request.body
            plain = PurePosixPath(name.replace("\\", "/")).name
            if not plain or plain.startswith("."):
                raise bad(say(f"{name!r} 不能作文件名", f"{name!r} cannot be the name of a file"))
            self.answer(await self.ask(lambda bench: _added_bytes(bench, plain, body)))
            return
        url = wanted(self.body(), "url", str).strip()
        if not url.lower().startswith(("http://", "https://")):
            raise bad(say("链接应以 http:// 或 https:// 开头", "a link begins with http:// or https://"))
        self.answer(await self.ask(lambda bench: _told(bench.add([url]))))


def _added_bytes(bench: Workbench, name: str, data: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="casekit-add-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return _told(bench.add([path]))


def _told(report: AddReport) -> dict[str, Any]:
    from casekit.workbench.corpus.receipts import short_told

    added = [
        {
            "id": one.record.id,
            "title": one.record.metadata.title or one.record.id,
            "status": one.status,
            "warnings": list(one.warnings),
            "receipt": short_told(one.receipt) if one.receipt is not None else "",
        }
        for one in report.added
    ]
    refused = [{"name": one.path.name, "reason": one.reason} for one in report.refused]
    return {"added": added, "refused": refused, "skipped": [path.name for path in report.skipped]}


class BuildHandler(Answerer):
    """The index built in the background."""

    @web.authenticated
    async def get(self) -> None:
        """How far it is."""
        self.answer(self.desk.building.state())

    @web.authenticated
    async def post(self) -> None:
        """Begin, or stop with `{"cancel": true}`."""
        data = self.body()
        if wanted(data, "cancel", bool, False):
            self.answer(self.desk.building.cancel())
            return
        folder = await self.ask(lambda bench: bench.workspace.root)
        self.answer(self.desk.building.start(folder))


class CaseHandler(Answerer):
    """A case card drafted."""

    @web.authenticated
    async def post(self) -> None:
        """Draft the card of a company; returns its file, as the file browser names it."""
        name = wanted(self.body(), "name", str).strip()
        path = await self.ask(lambda bench: bench.cases.new(name)[1])
        self.set_status(201)
        self.answer({"path": self.desk.relative(path)})


class SettingsHandler(Answerer):
    """The settings that a form changes."""

    @web.authenticated
    async def get(self) -> None:
        """Language, model, script to read in, who codes."""
        self.answer(await self.ask(_settings))

    @web.authenticated
    async def post(self) -> None:
        """Change some of them."""
        data = self.body()
        names = {"language": "language", "model": "model.name", "script": "reading.script", "coder": "coding.coder"}
        changes = {key: wanted(data, name, str) for name, key in names.items() if name in data}

        def change(bench: Workbench) -> dict[str, Any]:
            from casekit.workbench.configuring import change_settings

            change_settings(bench.workspace, changes)
            return {"changed": sorted(changes)}

        self.answer(await self.ask(change))


def _settings(bench: Workbench) -> dict[str, Any]:
    known = bench.workspace.settings
    try:
        made_with = bench.generation.manifest.settings.get("model")
    except CasekitError:
        made_with = None
    return {
        "language": known.language,
        "model": known.model,
        "script": known.script,
        "coder": known.coder,
        "rebuild": made_with is not None and made_with != known.model,
    }


START_ROUTES: list[tuple[str, type[JupyterHandler]]] = [
    ("start", StartHandler),
    ("add", AddHandler),
    ("build", BuildHandler),
    ("case", CaseHandler),
    ("settings", SettingsHandler),
]
