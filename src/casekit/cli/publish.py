"""What is said of files and sites that were written."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, emit, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Published, Served
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


def _exported(bench: Workbench, asked: Asked, made: Published) -> None:
    if made.path is None:
        sys.stdout.write(made.text)
    else:
        tell(say(f"已写入 {made.path}", f"written to {made.path}"))


def _warnings(bench: Workbench, asked: Asked, made: Any) -> None:
    for warning in made.warnings:
        tell(warning)


def _built(bench: Workbench, asked: Asked, report: Any) -> None:
    tell(
        say(
            f"已建成 {report.pages} 页，{report.cases} 个案例：{report.folder / 'index.html'}",
            f"built {report.pages} pages, {report.cases} cases: {report.folder / 'index.html'}",
        )
    )


def _serve(bench: Workbench, asked: Asked, served: Served, as_json: bool) -> None:
    from casekit.site import build_site

    if served.folder is not None:
        _run_server(served.folder, served.port, as_json)
        return
    assert served.content is not None  # one of the two
    with tempfile.TemporaryDirectory(prefix="casekit-site-") as folder:
        for warning in build_site(served.content, folder).warnings:
            tell(warning)
        _run_server(Path(folder), served.port, as_json)


def _run_server(folder: Path, port: int, as_json: bool) -> None:
    from casekit.site import open_server

    with open_server(folder, port) as server:
        if as_json:
            emit({"url": server.url})
            sys.stdout.flush()
        tell(say(f"{server.url}（只有本机能看；Ctrl-C 结束）", f"{server.url} (this machine only; Ctrl-C ends it)"))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def _nothing(bench: Workbench, asked: Asked, served: Served) -> None:
    """A server shows itself."""


SCREENS = {
    "export": Screen(_exported, _warnings),
    "site build": Screen(_built, _warnings),
    "site serve": Screen(_nothing, serve=_serve),
}
