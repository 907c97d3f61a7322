"""The file of what people rejected, `corpus/rejected.yaml`: figures and relations that were found and do not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from casekit.keptrows import load_rows, save_rows
from casekit.types import Evidence, Span

__all__ = ["RejectedKind", "Rejection", "load_rejections", "rejections_path", "save_rejections"]

RejectedKind = Literal["fact", "relation"]
_HEADER = "# Figures and relations that people rejected.\n# casekit fact|relation reject, undo, rejected\n"
_WORDS = ("relation", "subject", "object", "note")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that does not hold: a figure, or what one sentence says of two things.

    `evidence` is the sentence that it was read from, `span` where the record stood when the sentence stood there (of a
    relation the sentence itself), `text` the figure's own characters (of a relation the role or figure, "" where it has
    none). `subject`, `relation` and `object` say what was read.
    """

    kind: RejectedKind
    evidence: Evidence
    span: Span
    text: str
    subject: str | None = None
    relation: str | None = None
    object: str | None = None
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        """What the file holds, and what `--json` prints."""
        return {
            "kind": self.kind,
            "source": self.evidence.source,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            **{name: value for name in _WORDS if (value := getattr(self, name)) is not None},
            "sentence": [self.evidence.start, self.evidence.end],
            "fingerprint": self.evidence.fingerprint,
        }

    @classmethod
    def of_json(cls, row: Any) -> Rejection:
        """The reverse of `to_json`.

        Raises:
            ValueError: If a field is missing or not of its kind.
        """
        if not isinstance(row, dict) or row.get("kind") not in ("fact", "relation"):
            raise ValueError("kind: fact | relation")
        at, sentence = (row.get("start"), row.get("end")), row.get("sentence")
        if not (isinstance(sentence, list) and len(sentence) == 2):
            raise ValueError("sentence: [start, end]")
        evidence = Evidence.of_json({**row, "start": sentence[0], "end": sentence[1]})
        if type(at[0]) is not int or type(at[1]) is not int or not evidence.start <= at[0] < at[1]:
            raise ValueError(f"start, end: {at[0]!r}, {at[1]!r}")
        words = {name: row.get(name) for name in ("text", *_WORDS)}
        if any(value is not None and not isinstance(value, str) for value in words.values()):
            raise ValueError(", ".join(words))
        return cls(row["kind"], evidence, Span(at[0], at[1]), words.pop("text") or "", **words)


def rejections_path(corpus: Path) -> Path:
    """Where the rejections lie."""
    return corpus / "rejected.yaml"


def load_rejections(path: Path) -> list[Rejection]:
    """The rejections, oldest first; none where there is no such file.

    Raises:
        SettingError: If it is no list of them; the message names the entry.
    """
    return load_rows(path, Rejection.of_json)


def save_rejections(path: Path, rejections: Iterable[Rejection]) -> None:
    """Write the rejections.

    Raises:
        WorkspaceError: If the file cannot be written; it is as it was.
        SettingError: If YAML cannot hold what they say; then too.
    """
    wanted = list(rejections)
    save_rows(path, [one.to_json() for one in wanted], load_rejections, wanted, header=_HEADER)
