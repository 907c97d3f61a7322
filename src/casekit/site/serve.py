"""The site on this machine's own address, for this machine alone."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["HOST", "SiteServer", "open_server"]

HOST = "127.0.0.1"


class SiteServer(ThreadingHTTPServer):
    """Serves one folder on the loopback address until it is shut down."""

    daemon_threads = True

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self.server_address[1]}/"


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self._for_us():
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._for_us():
            super().do_HEAD()

    def _for_us(self) -> bool:
        """Whether the request names this machine: another site's name pointed at it (DNS rebinding) is refused."""
        name = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host") or ""
        if name in (HOST, "localhost"):
            return True
        self.send_error(HTTPStatus.FORBIDDEN)
        return False

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the page says all there is."""


def open_server(folder: str | Path, port: int = 0) -> SiteServer:
    """A server for a built site, bound but not yet running; port 0 takes a free one.

    Raises:
        SettingError: If the folder holds no site, or the port cannot be used.
    """
    folder = Path(folder)
    if not (folder / "index.html").is_file():
        raise SettingError(
            say(
                f"{folder} 里没有网站；请先运行 casekit site build -o {folder}",
                f"{folder} holds no site; run casekit site build -o {folder} first",
            )
        )
    try:
        return SiteServer((HOST, port), partial(_Handler, directory=str(folder.absolute())))
    except (OSError, OverflowError) as error:
        raise SettingError(
            say(f"端口 {port} 用不了：{error}；换一个或用 0", f"port {port} cannot be used: {error}; try another or 0")
        ) from error
