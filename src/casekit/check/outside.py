"""What the writer answers for himself: words and figures from outside the corpus, acknowledged in `casebook/outside.yaml`.

    - text: “我们先把冷链做扎实。”
      reference: 作者 2025 年 6 月对店长的访谈

An entry holds as long as the draft has those very words; a changed quotation or figure is checked like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from casekit.check.records import Finding
from casekit.check.spelling import fast_key
from casekit.errors import SourceError
from casekit.language import say

__all__ = ["OUTSIDE_NAME", "Outside", "acknowledge", "load_outside"]


OUTSIDE_NAME: Final = "outside.yaml"
"""Its name in the casebook; it is no card."""
_FIELDS: Final = ("text", "reference")


@dataclass(frozen=True, slots=True)
class Outside:
    """Words of a draft with where they are from; for a figure, the sentence that it stands in."""

    text: str
    reference: str


def load_outside(path: Path) -> tuple[Outside, ...]:
    """The entries of an outside.yaml; none where there is no such file.

    Raises:
        SourceError: If the file is no list of entries with `text` and `reference`.
    """
    import yaml

    if not path.exists():
        return ()
    try:
        rows: Any = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(say(f"{path}：读不出来（{error}）", f"{path}: cannot be read ({error})")) from error
    out = []
    for number, row in enumerate(rows or (), 1):
        if not isinstance(row, dict) or not all(isinstance(row.get(k), str) and row[k].strip() for k in _FIELDS):
            message = say(
                f"{path} 第 {number} 条：要有 text（稿中的原话）和 reference（出处）",
                f"{path}, entry {number}: wants text (the draft's own words) and reference (where they are from)",
            )
            raise SourceError(message)
        out.append(Outside(row["text"], row["reference"]))
    return tuple(out)


def acknowledge(findings: Sequence[Finding], outside: Sequence[Outside]) -> list[Finding]:
    """The findings, with those that the writer answers for himself acknowledged.

    A quotation is one where an entry has its very words, a figure where an entry has its sentence or stands for it.
    """
    entries = [(fast_key(one.text), one.reference) for one in outside]
    return [_acknowledged(finding, entries) for finding in findings]


def _acknowledged(finding: Finding, entries: Sequence[tuple[str, str]]) -> Finding:
    if finding.status == "ok":
        return finding
    own = fast_key(finding.text)
    sentence = fast_key(finding.sentence or "")
    for key, reference in entries:
        held = key == own if finding.kind == "quote" else bool(sentence) and own in key and key in sentence
        if held:
            message = say(f"作者已注明，这里不核对：{reference}", f"acknowledged, not checked here: {reference}")
            return replace(finding, status="acknowledged", difference=None, message=message)
    return finding
