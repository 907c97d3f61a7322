"""An ASGI application on a port of this machine: behind a token, within bounds, ended without cutting anybody off."""

from __future__ import annotations

from casekit.hosting.gate import MOST_BYTES, Gate
from casekit.hosting.running import TOKEN_NAME, Hosted, plan, run

__all__ = ["MOST_BYTES", "TOKEN_NAME", "Gate", "Hosted", "plan", "run"]
