"""What comes back from a model, read as data: sentences with the addresses they name, or that it declines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from casekit.language import say
from casekit.llm import ServerError

__all__ = ["Said", "read_answer"]

_MOST_SENTENCES: Final = 60
_MOST_PLACES: Final = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a model with the addresses that it names."""

    text: str
    at: tuple[str, ...]


def read_answer(content: str) -> list[Said] | None:
    """The sentences of an answer; None where the model declines.

    Raises:
        ServerError: If it is not the JSON that was asked for.
    """
    data = _object(content)
    if data is None or not isinstance(data.get("sentences"), list):
        raise ServerError(
            say(
                "模型没有按要求回答（要一个 JSON，一句一个地址）；换一个模型试试",
                "the model did not answer as asked (one JSON, a sentence an address): try another model",
            )
        )
    said = [_said(row) for row in data["sentences"][:_MOST_SENTENCES]]
    if not said or data.get("declined") is True:
        return None
    return said


def _object(content: str) -> dict[str, Any] | None:
    """The outermost JSON object of a text; models put fences and words around it."""
    first, last = content.find("{"), content.rfind("}")
    if not 0 <= first < last:
        return None
    try:
        data = json.loads(content[first : last + 1])
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _said(row: Any) -> Said:
    if isinstance(row, str):
        return Said(row, ())
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Said("", ())
    at = row.get("at")
    at = [at] if isinstance(at, str) else at if isinstance(at, list) else []
    return Said(row["text"], tuple(one.strip() for one in at[:_MOST_PLACES] if isinstance(one, str) and one.strip()))
