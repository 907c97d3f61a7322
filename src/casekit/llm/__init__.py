"""A language model behind a web address, asked once because the user named it: bounded in time and size, believed in nothing."""

from __future__ import annotations

from casekit.llm.client import KEY_NAME, Message, Server, ServerError, complete

__all__ = ["KEY_NAME", "Message", "Server", "ServerError", "complete"]
