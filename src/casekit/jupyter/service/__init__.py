"""The panel's server: a jupyter_server extension that answers what the panel and the reader ask of a workspace.

Everything below `{base_url}casekit/api/` is JSON, needs the server's own login, and goes through `Workbench`. The workspace is
the setting `CasekitService.workspace`, else the nearest folder with a casekit.toml at or above the server's root folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

__all__ = ["_jupyter_server_extension_points", "_load_jupyter_server_extension"]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """What jupyter_server loads."""
    return [{"module": "casekit.jupyter.service"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the routes to a server."""
    from casekit.jupyter.service.extension import load

    load(server)
