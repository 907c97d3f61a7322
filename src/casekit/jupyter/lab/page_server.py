"""Voilà with casekit's one notebook, behind the gate. Needs the extra `page`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop
from tornado.web import RequestHandler
from traitlets.config import Config
from voila.app import Voila  # type: ignore[import-untyped]
from voila.request_info_handler import RequestInfoSocketHandler  # type: ignore[import-untyped]
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler  # type: ignore[import-untyped]
from voila.static_file_handler import AllowListFileHandler  # type: ignore[import-untyped]
from voila.tornado.handler import TornadoVoilaHandler  # type: ignore[import-untyped]

from casekit.jupyter.lab.gate import Gate, guarded
from casekit.jupyter.lab.ports import LOOPBACK
from casekit.jupyter.lab.settings import kernel_settings
from casekit.language import say

__all__ = ["PageServer", "make_server"]

# The widgets' manager and anywidget; nothing else that happens to be installed is loaded into the page.
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget")
_PING_MS = (
    30_000  # Jupyter's own interval; its default timeout is longer, which Tornado complains of and shortens to this
)
_IDLE_S = 1800  # a page that nobody has looked at for half an hour gives its kernel back


class PageServer(Voila):  # type: ignore[misc]  # Voilà has no annotations
    """Voilà for one notebook: every route behind the gate, no route to files, no settings from elsewhere."""

    gate: Gate
    voila_data: Path

    def load_config_file(self, *names: Any, **options: Any) -> None:
        """Read none: neither the user's Voilà settings nor a file that lies in the working folder."""

    @property
    def data_dir(self) -> str:
        """Where Voilà's own themes lie (its default takes the first folder of that name, which holds our template)."""
        return str(self.voila_data)

    def init_handlers(self) -> list[Any]:
        """Voilà's routes without files and login, all behind the gate; only the root shows the notebook."""
        made = []
        for pattern, handler, *rest in super().init_handlers():
            if issubclass(handler, AllowListFileHandler | RequestInfoSocketHandler):
                continue
            if issubclass(handler, TornadoVoilaHandler):
                pattern = r"/()"
            if issubclass(handler, VoilaShutdownKernelHandler):
                handler = _Goodbye
            made.append((pattern, guarded(handler, self.gate), *rest))
        made.append((r"/.*", guarded(_Nothing, self.gate)))
        return made

    def serve(self, ready: Callable[[], None]) -> None:
        """Serve until the loop is stopped; `ready` is called once it listens."""
        IOLoop.current().add_callback(ready)
        self.start()

    def end(self) -> None:
        """Stop serving, from a signal handler."""
        self.ioloop.add_callback_from_signal(self.ioloop.stop)


class _Goodbye(VoilaShutdownKernelHandler):  # type: ignore[misc]  # Voilà has no annotations
    """A page that is left gives its kernel back.

    Its farewell cannot carry Jupyter's own mark against forged requests, so Voilà's handler refuses it and kernels pile up.
    Here the gate's cookie does that work: SameSite=Lax keeps it out of what other sites send.
    """

    def check_xsrf_cookie(self) -> None:
        """Leave it to the gate."""

    async def post(self, kernel_id: str) -> None:
        """End the kernel; a page may say goodbye twice."""
        if kernel_id in self.kernel_manager:
            await super().post(kernel_id)
        else:
            self.set_status(204)
            self.finish()


class _Nothing(RequestHandler):
    def prepare(self) -> None:
        """Say that there is no such page."""
        self.send_error(404)


def make_server(notebook: Path, *, port: int, token: str, voila_data: Path) -> PageServer:
    """The server of one notebook, which lies in a folder of its own.

    Args:
        notebook: The notebook; its `metadata.title` is the page's.
        port: Free on the loopback address.
        token: Without it nothing is answered.
        voila_data: share/jupyter/voila of the environment.
    """
    told = {
        "lang": say("zh-CN", "en"),
        "loading": say("正在打开…", "Opening…"),
        "noscript": say("这一页需要 JavaScript。", "This page needs JavaScript."),
    }
    voila = {
        "template": "casekit",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "theme": "light",
        "strip_sources": True,
        "show_tracebacks": False,
        "preheat_kernel": True,
        "default_pool_size": 1,
        "file_allowlist": [],
        "extension_allowlist": list(EXTENSIONS),
        "resources": {"casekit": told},
    }
    config = Config(
        {
            "Voila": {
                "notebook_path": str(notebook),
                "ip": LOOPBACK,
                "port": port,
                "port_retries": 0,
                "open_browser": False,
                "tornado_settings": {"ws_ping_timeout": _PING_MS},
                "log_level": "ERROR",  # it warns of every notebook that nobody signed
            },
            "VoilaConfiguration": voila,
            "VoilaExecutor": {
                "cell_error_instruction": say(
                    "这一部分没能显示；请关掉 casekit page 再开，仍不行请在终端运行 casekit verify",
                    "This part could not be shown; start casekit page again, and if that does not help run casekit verify",
                )
            },
            "KernelManager": kernel_settings(),
            "MappingKernelManager": {"cull_idle_timeout": _IDLE_S, "cull_interval": 120, "cull_connected": False},
        }
    )
    server = PageServer(config=config)
    server.gate = Gate(token, port)
    server.voila_data = voila_data
    server.initialize([])
    return server
