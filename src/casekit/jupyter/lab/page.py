"""The page of search and network: a workspace for people without JupyterLab."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

from casekit.jupyter.lab.launch import MissingPackageError, new_token
from casekit.jupyter.lab.lean import without_address_grammars
from casekit.jupyter.lab.opening import opened_by_file
from casekit.jupyter.lab.ports import LOOPBACK, choose_port
from casekit.jupyter.lab.settings import write_kernel
from casekit.jupyter.lab.showing import WORKSPACE_VARIABLE, page_title
from casekit.language import current, say
from casekit.workspace import Workspace

__all__ = ["PagePlan", "plan_page", "run_page"]

_FIRST_PORT = 8866  # Voilà's own
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What is served where."""

    workspace: Workspace
    port: int
    token: str
    open_browser: bool

    @property
    def url(self) -> str:
        """Where a browser opens it, with the token."""
        return f"http://{LOOPBACK}:{self.port}/?{urlencode({'token': self.token})}"


def plan_page(workspace: Workspace, *, port: int | None = None, open_browser: bool = True) -> PagePlan:
    """How to serve the page of a workspace.

    Raises:
        MissingPackageError: If Voilà is not installed.
        SettingError: If the port cannot be used.
    """
    from importlib.util import find_spec

    if find_spec("voila") is None:
        raise MissingPackageError(
            say(
                "这一页需要 Voilà；请运行 pip install 'casekit[page]'",
                "the page needs Voilà; run pip install 'casekit[page]'",
            )
        )
    return PagePlan(workspace, port=choose_port(port, first=_FIRST_PORT), token=new_token(), open_browser=open_browser)


def run_page(plan: PagePlan, *, ready: Callable[[PagePlan], None]) -> None:
    """Serve until Ctrl-C; `ready` is called once the server listens."""
    with tempfile.TemporaryDirectory(prefix="casekit-page-", ignore_cleanup_errors=True) as folder:
        notebook = _prepare(Path(folder), plan.workspace)
        without_address_grammars()
        from casekit.jupyter.lab.page_server import make_server

        server = make_server(notebook, port=plan.port, token=plan.token, voila_data=_voila_data(Path(folder)))

        shown = ExitStack()

        def tell() -> None:
            ready(plan)
            if plan.open_browser:
                shown.enter_context(opened_by_file(plan.url, number=plan.port))

        def stop(number: int, frame: FrameType | None) -> None:
            server.end()

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with shown:
                server.serve(tell)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _prepare(folder: Path, workspace: Workspace) -> Path:
    """Lay out what Voilà reads; returns the notebook, alone in its folder."""
    share = folder / "share" / "jupyter"
    write_kernel(share / "kernels" / "python3", log_level="CRITICAL")  # they are ended while they warm up
    shutil.copytree(_HERE / "template", share / "voila" / "templates" / "casekit")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(share), *filter(None, [os.environ.get("JUPYTER_PATH")])])
    os.environ[WORKSPACE_VARIABLE] = str(workspace.root)
    os.environ["CASEKIT_LANG"] = current()
    data = json.loads((_HERE / "page.ipynb").read_text("utf8"))
    data["metadata"]["title"] = page_title(workspace.root.name)
    notebook = folder / "page" / "page.ipynb"
    notebook.parent.mkdir()
    notebook.write_text(json.dumps(data), "utf8")
    return notebook


def _voila_data(ours: Path) -> Path:
    from jupyter_core.paths import jupyter_path

    for path in map(Path, jupyter_path("voila")):
        if path.is_dir() and not path.is_relative_to(ours):
            return path.resolve()
    raise MissingPackageError(
        say(
            "Voilà 的模板不在；请重新安装：pip install --force-reinstall voila",
            "Voilà's templates are missing; run pip install --force-reinstall voila",
        )
    )
