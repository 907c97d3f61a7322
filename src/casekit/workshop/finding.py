"""What a check says of a workshop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a workshop: `wrong` must be mended, `note` is information, `ok` counts what is in order."""

    level: Literal["ok", "note", "wrong"]
    topic: Literal["parts", "agenda", "exercises", "items", "questions", "slides", "citations", "leaks", "code", "run"]
    message: str
