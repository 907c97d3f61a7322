"""The language of a workshop while something of it is made or answered, whatever the setting is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["speaking"]


@contextmanager
def speaking(language: object) -> Iterator[None]:
    """Speak "zh" or "en" inside; anything else changes nothing."""
    before = os.environ.get("CASEKIT_LANG")
    if language in ("zh", "en"):
        os.environ["CASEKIT_LANG"] = str(language)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("CASEKIT_LANG", None)
        else:
            os.environ["CASEKIT_LANG"] = before
