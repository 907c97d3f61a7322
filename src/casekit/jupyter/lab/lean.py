"""Jupyter's server without what it imports and never asks for: that would be more than half of the time until it is there."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["without_address_grammars"]


def without_address_grammars() -> None:
    """Let jsonschema go without its grammars of internationalised addresses (RFC 3987), built at every import where they are installed.

    No schema of notebooks or of Jupyter's events names these formats, and where the package that holds the grammars is absent
    jsonschema goes without of its own accord. Of 2.2 CPU seconds for the import of JupyterLab 1.3 are left out.
    """
    modules: dict[str, Any] = sys.modules  # None in the place of a module: its import is an ImportError
    modules.setdefault("rfc3987_syntax", None)
