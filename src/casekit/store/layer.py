"""The text layer of a source: its text as the reader made it, and the file beside the original that keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from casekit.asjson import blocks_of_json, blocks_to_json, from_json, to_json
from casekit.receipt import Receipt, receipt_of_json, receipt_to_json
from casekit.types import Block, Metadata

__all__ = ["Layer", "layer_json", "layer_of_json"]


@dataclass(frozen=True, slots=True)
class Layer:
    """The text layer of a source as its reader made it.

    `made` is the key of the readers that made it; None for one that was stored before keys were. `receipt` is what the
    reader said that it met and left out; None for one that was stored before readers said so.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    declared: Metadata | None = None
    made: str | None = None
    receipt: Receipt | None = None


def layer_json(layer: Layer) -> bytes:
    """A text layer as its file holds it."""
    body = {
        "text": layer.text,
        "declared": None if layer.declared is None else to_json(layer.declared),
        "blocks": blocks_to_json(layer.blocks),
        "made": layer.made,
        "receipt": None if layer.receipt is None else receipt_to_json(layer.receipt),
    }
    return json.dumps(body, ensure_ascii=False).encode("utf8")


def layer_of_json(raw: bytes) -> Layer:
    """A text layer out of its file.

    Raises:
        ValueError, KeyError, TypeError, RecursionError: If it is none.
    """
    body = json.loads(raw.decode("utf8"))
    declared = from_json(Metadata, body["declared"]) if body["declared"] else None
    said = body.get("receipt")
    receipt = receipt_of_json(said) if said else None
    return Layer(body["text"], blocks_of_json(body["blocks"]), declared, body.get("made"), receipt)
