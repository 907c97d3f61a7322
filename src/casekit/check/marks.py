"""What the writer answers for himself, marked in the draft: a comment, a footnote or a tag of a cell.

    店长说：“我们的账先给员工看。”<!-- 语料外：作者 2025 年 6 月对店长的访谈 #3f9a1c2d -->

The eight digits are a digest of the quoted words (for a figure: of its sentence). With them the mark holds; when the words
change, it holds no longer, and they are checked like any other. `--seal` (casekit.check.sealing) writes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from casekit.check.records import Draft, Finding, Mark, View
from casekit.cues import CuePattern, cue_form
from casekit.fold import fingerprint
from casekit.language import say
from casekit.segment import split_sentences
from casekit.types import Span

__all__ = ["MarkWords", "answered", "digest", "needed", "read_mark", "scope_of"]

_OPENING: Final = CuePattern(r"\s*(?:casekit\s*[:：]?\s*)?(?:%{outside-marks})\s*[:：]\s*", re.IGNORECASE)
_DIGEST: Final = re.compile(r"\s*#([0-9a-f]{8})(?![0-9a-z])")
_ANSWERED_BY_OTHERS: Final = frozenset({"ok", "acknowledged"})


@dataclass(frozen=True, slots=True)
class MarkWords:
    """What a mark says: where the words are from, and the digests of what it stands for."""

    reference: str
    digests: frozenset[str]


def read_mark(text: str) -> MarkWords | None:
    """The mark that a comment, note or tag is; None where it is another one.

    Examples:
        >>> read_mark("语料外：作者的访谈 #3f9a1c2d")
        MarkWords(reference='作者的访谈', digests=frozenset({'3f9a1c2d'}))
        >>> read_mark("这里再想想") is None
        True
    """
    opening = _OPENING.match(cue_form(text))
    if opening is None:
        return None
    said = text[opening.end() :]
    reference = " ".join(_DIGEST.sub("", said).split())
    return MarkWords(reference, frozenset(_DIGEST.findall(said))) if reference else None


def digest(finding: Finding) -> str:
    """Eight digits for a quotation's words or a figure's sentence: letters and digits count, script and marks do not."""
    words = finding.text if finding.kind == "quote" else finding.sentence or finding.text
    return fingerprint(words).rsplit(":", 1)[-1][:8]


def scope_of(view: View, at: int, *, alone: bool = False) -> Span | None:
    """The range of the draft that a mark at offset `at` stands for: the sentence before it.

    Args:
        view: The checked characters of the draft.
        at: Where the mark begins, in the draft's text.
        alone: Whether it has a line of its own: then it stands for the whole paragraph before it. One that opens a paragraph
            stands for the sentence behind it.
    """
    here = view.locate(at)
    if alone:
        last = len(view.text[:here].rstrip())
        found = Span(view.text.rfind("\n", 0, last) + 1, last)
    else:
        line = view.text.rfind("\n", 0, here) + 1
        stop = view.text.find("\n", here)
        whole = Span(line, stop if stop >= 0 else len(view.text))
        before = len(view.text[:here].rstrip()) - 1
        found = _sentence(view.text, whole, before if before >= line else here)
    return view.origin(found) if len(found) else None


def _sentence(text: str, line: Span, at: int) -> Span:
    for span in split_sentences(line.slice(text)):
        if line.start + span.start <= at < line.start + span.end:
            return Span(line.start + span.start, line.start + span.end)
    return line


def answered(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, with those that a mark of the draft answers for acknowledged.

    A mark without a digest, or with the digest of other words, changes no verdict; the message then says what is wrong with it.
    """
    return [_answered(finding, draft.marks) for finding in findings]


def needed(draft: Draft, findings: Sequence[Finding], mark: Mark) -> list[str]:
    """The digests that a mark must carry to stand for all that is open where it stands, in order of place."""
    own = [f for f in findings if f.status != "ok" and _covers(mark, f) and _unanswered(f, draft.marks, mark)]
    return list(dict.fromkeys(digest(finding) for finding in own))


def _unanswered(finding: Finding, marks: Sequence[Mark], but: Mark) -> bool:
    """Whether no other mark stands for it already."""
    return not any(digest(finding) in m.digests for m in marks if m is not but and _covers(m, finding))


def _covers(mark: Mark, finding: Finding) -> bool:
    return mark.scope.start < finding.end and finding.start < mark.scope.end


def _answered(finding: Finding, marks: Sequence[Mark]) -> Finding:
    if finding.status in _ANSWERED_BY_OTHERS:
        return finding
    own = [mark for mark in marks if _covers(mark, finding)]
    if not own:
        return finding
    wanted = digest(finding)
    held = next((mark for mark in own if wanted in mark.digests), None)
    if held is not None:
        message = say(f"作者已注明，这里不核对：{held.reference}", f"acknowledged, not checked here: {held.reference}")
        return replace(finding, status="acknowledged", difference=None, message=message)
    if any(mark.digests for mark in own):
        told = say(
            f"；旁边的“语料外”标注是为别的字句写的，不再算数（认定无误就改写成 #{wanted}）",
            f"; the mark beside it was made for other words and no longer holds (if these are right, write #{wanted})",
        )
    else:
        told = say(
            f"；旁边的“语料外”标注还没有指纹，认定无误就在末尾写上 #{wanted}，或用 check --seal",
            f"; the mark beside it has no digest yet: if these words are right, add #{wanted} to it, or use check --seal",
        )
    return replace(finding, message=finding.message + told)
