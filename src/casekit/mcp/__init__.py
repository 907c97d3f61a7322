"""casekit for assistants that speak the Model Context Protocol: searching and quoting with addresses, nothing written."""

from __future__ import annotations

from casekit.mcp.server import TOOLS, make_server, serve

__all__ = ["TOOLS", "make_server", "serve"]
