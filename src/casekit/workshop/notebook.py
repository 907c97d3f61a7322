"""Notebooks as plain records: cells with tags that say whom they are for and what part of the workshop they are.

Tags are what JupyterLab shows and edits in its property inspector, so a trainer can add cells of his own:
`casekit-participant` or `casekit-facilitator` (a cell without either is the facilitator's), `casekit-part-<part>`, and for
exercises `casekit-<id>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["PARTS", "Cell", "Notebook", "Part", "load_notebook", "read_notebook"]

Part = Literal[
    "title", "about", "preparation", "objectives", "agenda", "setup", "reading", "evidence", "decision", "outcome", "questions",
    "likely", "exercise", "answer", "key", "board", "debrief", "closing", "references",
]  # fmt: skip
PARTS: Final[tuple[str, ...]] = (
    "title", "about", "preparation", "objectives", "agenda", "setup", "reading", "evidence", "decision", "outcome", "questions",
    "likely", "exercise", "answer", "key", "board", "debrief", "closing", "references",
)  # fmt: skip
_PARTICIPANT, _FACILITATOR, _PART = "casekit-participant", "casekit-facilitator", "casekit-part-"
# Tags by which other tools and people mark what is not for participants.
_SOLUTIONS: Final = frozenset(
    {"solution", "answer", "key", "instructor", "teacher", "hide", "remove-cell", "remove_cell"}
)
_EXERCISE: Final = re.compile(r"casekit-(q\d+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `slide` is nbconvert's slide type ("slide", "subslide", "fragment", "skip" or none).

    `evidence` are the citations that the cell shows: {"mark", "source", "start", "end", "fingerprint"} each. `more` holds
    the metadata that other programs put there; `attachments` is nbformat's.
    """

    kind: Literal["markdown", "code", "raw"]
    source: str
    tags: tuple[str, ...] = ()
    slide: str = ""
    id: str = ""
    evidence: tuple[Mapping[str, Any], ...] = ()
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def for_participants(self) -> bool:
        """Whether participants get the cell: only where it says so, and nothing says otherwise."""
        kept = {_FACILITATOR, *_SOLUTIONS} & {tag.lower() for tag in self.tags}
        graded = self.more.get("nbgrader")
        solution = isinstance(graded, Mapping) and bool(graded.get("solution"))
        return _PARTICIPANT in self.tags and not kept and not solution and self.kind != "raw"

    @property
    def untagged(self) -> bool:
        """Whether nothing says whom the cell is for."""
        return not {_PARTICIPANT, _FACILITATOR} & set(self.tags)

    @property
    def part(self) -> str:
        """The part of the workshop that it belongs to, or nothing."""
        return next((tag.removeprefix(_PART) for tag in self.tags if tag.startswith(_PART)), "")

    @property
    def exercise(self) -> str:
        """The id of the exercise that it belongs to, or nothing."""
        return next((found[1] for tag in self.tags if (found := _EXERCISE.fullmatch(tag))), "")

    def to_json(self) -> dict[str, Any]:
        """The nbformat 4.5 form, without outputs."""
        metadata: dict[str, Any] = dict(self.more)
        if self.tags:
            metadata["tags"] = list(self.tags)
        if self.slide:
            metadata["slideshow"] = {"slide_type": self.slide}
        if self.evidence:
            metadata["casekit"] = {"evidence": [dict(one) for one in self.evidence]}
        made: dict[str, Any] = {"cell_type": self.kind, "id": self.id, "metadata": metadata}
        made["source"] = self.source.splitlines(keepends=True)
        if self.kind == "code":
            made |= {"execution_count": None, "outputs": []}
        if self.attachments:
            made["attachments"] = {name: dict(data) for name, data in self.attachments.items()}
        return made

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Cell:
        """From the nbformat form; outputs are left behind."""
        more = dict(data.get("metadata", {}))
        tags = tuple(str(tag) for tag in more.pop("tags", []))
        slide = str(more.pop("slideshow", {}).get("slide_type") or "")
        evidence = tuple(more.pop("casekit", {}).get("evidence", []))
        source = data.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        kind = data["cell_type"]
        return cls(
            kind,
            text,
            tags,
            "" if slide == "-" else slide,
            data.get("id", ""),
            evidence,
            data.get("attachments", {}),
            more,
        )


@dataclass(frozen=True, slots=True)
class Notebook:
    """Cells, and what the notebook says of itself (`info`: the workshop's settings, in the metadata under "casekit")."""

    cells: tuple[Cell, ...]
    info: Mapping[str, Any]

    def of_part(self, *parts: str) -> tuple[Cell, ...]:
        """The cells of these parts, in their order."""
        return tuple(cell for cell in self.cells if cell.part in parts)

    def to_json(self) -> str:
        """The .ipynb file's text: nbformat 4.5, keys sorted, no outputs; equal notebooks give equal bytes."""
        data = {
            "cells": [cell.to_json() for cell in self.cells],
            "metadata": {
                "casekit": dict(self.info),
                "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_notebook(text: str) -> Notebook:
    """A notebook from the text of its file.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: If it is none.
    """
    data = json.loads(text)
    if data.get("nbformat") != 4:
        raise ValueError(say("要 nbformat 4", "nbformat 4 wanted"))
    info = data["metadata"].get("casekit", {})
    return Notebook(tuple(Cell.of_json(cell) for cell in data["cells"]), info)


def load_notebook(path: str | Path) -> Notebook:
    """A workshop's master notebook.

    Raises:
        SettingError: If the file cannot be read or is no workshop notebook.
    """
    path = Path(path)
    try:
        made = read_notebook(path.read_text("utf-8-sig"))
        info = made.info
    except OSError as error:
        raise SettingError(
            say(f"无法读取 {path}：{error.strerror or error}", f"cannot read {path}: {error.strerror or error}")
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(say(f"{path} 不是笔记本：{error}", f"{path} is no notebook: {error}")) from error
    if not isinstance(info, dict) or info.get("edition") != "master":
        raise SettingError(
            say(
                f"{path} 不是研讨课母版（casekit workshop new 写出的笔记本）",
                f"{path} is no workshop master (a notebook that casekit workshop new wrote)",
            )
        )
    return made
