"""The file of whose figures are, by a person's word, `corpus/subjects.yaml`: subjects that the text leaves open or that were misread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casekit.keptrows import load_rows, save_rows
from casekit.types import Evidence, Span

__all__ = ["Given", "load_given", "save_given", "subjects_path"]

_HEADER = "# Whose figures are, as people say: casekit fact assign, undo, assigned\n"


@dataclass(frozen=True, slots=True)
class Given:
    """The subject that a person gave a figure.

    `evidence` is the sentence that the figure was read from, `span` where the figure stood when the sentence stood there,
    `text` the figure's own characters, `subject` the name of whoever it is of.
    """

    evidence: Evidence
    span: Span
    text: str
    subject: str
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        """What the file holds, and what `--json` prints."""
        return {
            "source": self.evidence.source,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "subject": self.subject,
            **({} if self.note is None else {"note": self.note}),
            "sentence": [self.evidence.start, self.evidence.end],
            "fingerprint": self.evidence.fingerprint,
        }

    @classmethod
    def of_json(cls, row: Any) -> Given:
        """The reverse of `to_json`.

        Raises:
            ValueError: If a field is missing or not of its kind.
        """
        sentence = row.get("sentence") if isinstance(row, dict) else None
        if not (isinstance(sentence, list) and len(sentence) == 2):
            raise ValueError("sentence: [start, end]")
        evidence = Evidence.of_json({**row, "start": sentence[0], "end": sentence[1]})
        start, end, text, subject, note = (row.get(name) for name in ("start", "end", "text", "subject", "note"))
        if type(start) is not int or type(end) is not int or not evidence.start <= start < end:
            raise ValueError(f"start, end: {start!r}, {end!r}")
        if not (isinstance(text, str) and text) or not (isinstance(subject, str) and subject.strip()):
            raise ValueError("text, subject")
        if note is not None and not isinstance(note, str):
            raise ValueError("note")
        return cls(evidence, Span(start, end), text, subject, note)


def subjects_path(corpus: Path) -> Path:
    """Where the subjects given lie."""
    return corpus / "subjects.yaml"


def load_given(path: Path) -> list[Given]:
    """The subjects given, oldest first; none where there is no such file.

    Raises:
        SettingError: If it is no list of them; the message names the entry.
    """
    return load_rows(path, Given.of_json)


def save_given(path: Path, given: Iterable[Given]) -> None:
    """Write the subjects given.

    Raises:
        WorkspaceError: If the file cannot be written; it is as it was.
        SettingError: If YAML cannot hold what they say; then too.
    """
    wanted = list(given)
    save_rows(path, [one.to_json() for one in wanted], load_given, wanted, header=_HEADER)
