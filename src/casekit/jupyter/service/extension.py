"""The extension's setting and its routes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_server.utils import url_path_join
from traitlets import Unicode
from traitlets.config import LoggingConfigurable

from casekit.jupyter.service.desk import Desk
from casekit.jupyter.service.handlers import routes

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

__all__ = ["CasekitService", "load"]


class CasekitService(LoggingConfigurable):
    """Settings of the panel's server."""

    workspace = Unicode(
        "",
        help="The workspace's folder; by default the nearest one with a casekit.toml at or above the server's root.",
    ).tag(config=True)


def load(server: ServerApp) -> None:
    """Add the routes to a server; the workspace is opened at the first request."""
    service = CasekitService(parent=server)
    root = Path(os.path.realpath(Path(server.root_dir).expanduser()))
    # a relative one is meant from the server's root
    workspace = root / Path(service.workspace).expanduser() if service.workspace else None
    desk = Desk(root, workspace=workspace, log=server.log)
    base = url_path_join(server.web_app.settings["base_url"], "casekit", "api")
    server.web_app.settings["casekit_desk"] = desk
    server.web_app.add_handlers(  # type: ignore[no-untyped-call]
        ".*$", [(f"{base}/{path}", handler, {"desk": desk}) for path, handler in routes()]
    )
