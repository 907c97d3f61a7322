"""What people ruled over the cleaner, and how it stands in a file: `overrides.json`, in the corpus and in the trash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from casekit.types import Span

__all__ = ["Override", "load_rulings", "rulings_json"]


@dataclass(frozen=True, slots=True)
class Override:
    """A person's ruling over the cleaner: this range is cut, or kept.

    `sha256` names the file whose text was ruled on: a ruling never applies to another (None, as older versions of casekit
    wrote: to whatever text the source has). `layer` names the text layer, where the file was read more than once and gave
    another text (`layer_mark`; None: whatever text the file gives).
    """

    action: Literal["cut", "keep"]
    span: Span
    at: str
    sha256: str | None = None
    layer: str | None = None

    def is_about(self, sha256: str | None) -> bool:
        """Whether it applies to the file of that checksum (None: to any)."""
        return self.sha256 is None or sha256 is None or self.sha256 == sha256


def rulings_json(everything: Mapping[str, Sequence[Override]]) -> str:
    """The rulings by source id, as their file holds them."""
    rows = {source_id: [_row(ruling) for ruling in rulings] for source_id, rulings in everything.items()}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def load_rulings(path: Path) -> dict[str, list[Override]]:
    """The rulings of a file, oldest first, by source id.

    Raises:
        OSError: If it cannot be read.
        ValueError, KeyError, TypeError, AttributeError, RecursionError: If it is no such file.
    """
    rows = json.loads(path.read_text("utf-8-sig"))
    return {source_id: [_override(r) for r in rulings] for source_id, rulings in rows.items()}


def _row(ruling: Override) -> dict[str, Any]:
    row = {"action": ruling.action, "start": ruling.span.start, "end": ruling.span.end, "at": ruling.at}
    about = {"sha256": ruling.sha256, "layer": ruling.layer}
    return {**row, **{name: value for name, value in about.items() if value is not None}}


def _override(row: dict[str, Any]) -> Override:
    sha256, layer = row.get("sha256"), row.get("layer")
    if row["action"] not in ("cut", "keep") or not 0 <= int(row["start"]) < int(row["end"]):
        raise ValueError(str(row))
    if not all(mark is None or isinstance(mark, str) for mark in (sha256, layer)):
        raise ValueError(str(row))
    return Override(row["action"], Span(int(row["start"]), int(row["end"])), str(row.get("at", "")), sha256, layer)
