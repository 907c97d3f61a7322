"""casekit for assistants that speak the Model Context Protocol: searching and quoting with addresses; what they would add, they propose."""

from __future__ import annotations

from casekit.mcp.server import PATH, TOOLS, http_app, make_server, serve, serve_http

__all__ = ["PATH", "TOOLS", "http_app", "make_server", "serve", "serve_http"]
