"""JupyterLab started in a workspace, in this process, until Ctrl-C."""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote, urlencode

from casekit.embed import cache_folder
from casekit.errors import CasekitError, SettingError
from casekit.jupyter.lab.exporting import export_settings
from casekit.jupyter.lab.lean import without_address_grammars
from casekit.jupyter.lab.ports import LOOPBACK, choose_port
from casekit.jupyter.lab.settings import Prepared, kernel_settings, prepare_folder
from casekit.language import current, say
from casekit.workspace import Workspace

__all__ = ["Launch", "MissingPackageError", "new_token", "plan_lab", "run_lab"]

# Of Jupyter's server: the panel's, the pairing of notebooks with text; not Voilà's preview, which loads fonts from elsewhere.
EXTENSIONS = {"casekit.jupyter.service": True, "jupyterlab_jupytext": True, "voila.server_extension": False}
_FIRST_PORT = 8888  # where Jupyter's users look


class MissingPackageError(CasekitError, ImportError):
    """A package that this needs is not installed."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How JupyterLab is started: nothing of it depends on the machine's Jupyter settings."""

    workspace: Workspace
    port: int
    token: str
    opened: str = ""  # path of a file within the workspace, "/" between folders
    open_browser: bool = False
    expose: bool = False  # window.jupyterapp, for tests that drive Lab

    @property
    def path(self) -> str:
        """Lab's own path of what is opened."""
        return f"/lab/tree/{quote(self.opened)}" if self.opened else "/lab"

    @property
    def url(self) -> str:
        """Where a browser opens it, with the token."""
        return f"http://{LOOPBACK}:{self.port}{self.path}?{urlencode({'token': self.token})}"

    def arguments(self, made: Prepared) -> list[str]:
        """JupyterLab's command line. These win over every configuration file."""
        named = {
            "ServerApp.ip": LOOPBACK,
            "ServerApp.port": self.port,
            "ServerApp.port_retries": 0,
            "ServerApp.root_dir": self.workspace.root,
            "ServerApp.open_browser": self.open_browser,
            "ServerApp.use_redirect_file": True,  # no token on the browser's command line
            "ServerApp.allow_root": True,  # on loopback, with a token: as root in a container it is as safe as elsewhere
            "ServerApp.base_url": "/",
            "ServerApp.certfile": "",
            "ServerApp.keyfile": "",
            "ServerApp.log_level": _log_level(),
            "LabApp.log_level": _log_level(),
            "IdentityProvider.token": self.token,
            "PasswordIdentityProvider.hashed_password": "",
            "LabApp.default_url": self.path,
            "LabApp.app_settings_dir": made.settings,
            "LabApp.workspaces_dir": _layouts(self.workspace),
            "LabApp.extension_manager": "readonly",
            "LabApp.news_url": None,
            "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
            "LabApp.expose_app_in_browser": self.expose,
            "MultiKernelManager.default_kernel_name": "python3",
        }
        several: list[tuple[str, object]] = [
            ("LabApp.extra_labextensions_path", made.labextensions),
            *(("ServerApp.jpserver_extensions", f"{name}={on}") for name, on in EXTENSIONS.items()),
            *(
                (f"{kind}.{name}", one)
                for kind, options in {"KernelManager": kernel_settings(), **export_settings()}.items()
                for name, value in options.items()
                for one in (value if isinstance(value, list) else [value])
            ),
        ]
        return [f"--{name}={value}" for name, value in (*named.items(), *several)]


def plan_lab(
    workspace: Workspace, file: str | Path | None = None, *, port: int | None = None, open_browser: bool = True
) -> Launch:
    """How to start JupyterLab in a workspace, opened at `file` if one is named.

    Raises:
        MissingPackageError: If JupyterLab is not installed.
        SettingError: If the file is not in the workspace, or the port cannot be used.
    """
    from importlib.util import find_spec

    if find_spec("jupyterlab") is None:
        raise MissingPackageError(
            say(
                "没有安装 JupyterLab；请运行 pip install jupyterlab",
                "JupyterLab is missing; run pip install jupyterlab",
            )
        )
    return Launch(
        workspace,
        port=choose_port(port, first=_FIRST_PORT),
        token=new_token(),
        opened=_within(workspace, Path(file)) if file is not None else "",
        open_browser=open_browser,
        expose=bool(os.environ.get("CASEKIT_EXPOSE_LAB")),
    )


def new_token() -> str:
    """A secret that no setting mistakes for a number."""
    return "k" + secrets.token_hex(24)


def _log_level() -> str:
    """What Jupyter itself tells on the terminal: errors; everything for who looks for a fault."""
    return "INFO" if os.environ.get("CASEKIT_DEBUG") else "ERROR"


def _within(workspace: Workspace, file: Path) -> str:
    """The path of a file from the workspace's folder; a relative one is looked for here, then in the workspace."""
    for path in (file.absolute(), workspace.root / file):
        if path.exists():
            found = Path(os.path.normpath(path))
            break
    else:
        raise SettingError(say(f"没有 {file} 这个文件", f"there is no file {file}"))
    for root in (workspace.root, workspace.root.resolve()):
        for one in (found, found.resolve()):
            if one.is_relative_to(root):
                told = one.relative_to(root).as_posix()
                return "" if told == "." else told
    raise SettingError(
        say(
            f"{file} 不在工作区 {workspace.root} 里；JupyterLab 只打开工作区里的文件",
            f"{file} is not in the workspace {workspace.root}; JupyterLab opens files of the workspace only",
        )
    )


def _layouts(workspace: Workspace) -> Path:
    """Where Lab keeps the open tabs of this workspace: one place each, so that no tab of another folder is missed."""
    name = hashlib.sha256(str(workspace.root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return cache_folder() / "lab" / name / "layouts"


def run_lab(launch: Launch, *, ready: Callable[[Launch], None]) -> None:
    """Serve until Ctrl-C; `ready` is called once the server listens.

    Raises:
        SettingError: If the server cannot start.
    """
    without_address_grammars()
    from jupyterlab.commands import get_app_dir  # type: ignore[import-untyped]
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory(prefix="casekit-lab-", ignore_cleanup_errors=True) as folder:
        made = prepare_folder(Path(folder), language=current(), inherited=Path(get_app_dir()) / "settings")
        os.environ["JUPYTER_PATH"] = os.pathsep.join(
            [str(made.jupyter_path), *filter(None, [os.environ.get("JUPYTER_PATH")])]
        )
        os.environ["CASEKIT_LANG"] = current()
        # terminals opened in Lab find the casekit that serves it
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        app = LabApp.initialize_server(argv=launch.arguments(made))
        serve(app, ready=lambda: ready(launch))


def serve(app: Any, *, ready: Callable[[], None]) -> None:
    """Run an initialised Jupyter server until Ctrl-C or SIGTERM, and end its kernels."""

    def stop(number: int, frame: FrameType | None) -> None:
        app.stop(from_signal=True)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    app.io_loop.add_callback(ready)
    try:
        app.start()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
