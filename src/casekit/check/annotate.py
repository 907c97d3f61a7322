"""A copy of a Word draft with each finding as a comment at its place."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.check.records import Finding
from casekit.check.report import status_label
from casekit.check.word import Piece, W, paragraph_pieces, paragraphs_of
from casekit.errors import CasekitError, SourceError
from casekit.language import say
from casekit.types import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["annotate_docx"]

_AUTHOR: Final = "casekit"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def annotate_docx(
    path_in: Path | str, path_out: Path | str, findings: Sequence[Finding], *, all_findings: bool = False
) -> int:
    """Write a copy of a Word file with comments; the original stays as it is.

    Args:
        path_in: The draft that was checked.
        path_out: The copy; written anew.
        findings: The findings of `check_draft` on it.
        all_findings: Whether what is right gets a comment, too.

    Returns:
        How many comments were written.

    Raises:
        SourceError: If the file cannot be read or written, or is no Word file.
        CasekitError: If python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise CasekitError(
            say(
                "写 Word 批注需要 python-docx：pip install python-docx",
                "Word comments need python-docx: pip install python-docx",
            )
        ) from error
    path_in, path_out = Path(path_in), Path(path_out)
    if path_out.exists() and path_out.samefile(path_in):
        raise SourceError(
            say(f"{path_out}：批注另存一份，请换个文件名", f"{path_out}: comments go into a copy; choose another name")
        )
    try:
        document = docx.Document(str(path_in))
    except Exception as error:
        raise SourceError(
            say(f"{path_in}：打不开这个 Word 文件（{error}）", f"{path_in}: cannot open this Word file ({error})")
        ) from error
    body: Any = document.element.body
    paragraphs = list(paragraphs_of(body))
    starts = _starts(paragraphs)
    written = 0
    for finding in sorted(findings, key=lambda f: f.start, reverse=True):
        if finding.wrong or all_findings:
            runs = _runs_of(paragraphs, starts, Span(finding.start, finding.end))
            if runs:
                written += _comment(document, runs, finding)
    try:
        document.save(str(path_out))
    except OSError as error:
        raise SourceError(
            say(f"{path_out}：写不进去（{error.strerror}）", f"{path_out}: cannot be written ({error.strerror})")
        ) from error
    return written


def _starts(paragraphs: Sequence[_Element]) -> list[int]:
    starts, at = [], 0
    for paragraph in paragraphs:
        starts.append(at)
        at += sum(len(piece.text) for piece in paragraph_pieces(paragraph)) + 1
    return starts


def _comment(document: Any, runs: Sequence[_Element], finding: Finding) -> int:
    from docx.text.run import Run

    first, last = (Run(element, document) for element in (runs[0], runs[-1]))  # type: ignore[arg-type]
    text = f"[{status_label(finding.status)}] {finding.message}"
    if finding.source is not None:
        text += f" ({finding.address})"
    document.add_comment(runs=[first, last], text=text, author=_AUTHOR, initials="ck")
    return 1


def _runs_of(paragraphs: Sequence[_Element], starts: Sequence[int], span: Span) -> list[_Element]:
    """The runs that hold exactly the characters of `span`, cut at its ends where needed."""
    runs: list[_Element] = []
    first = bisect_right(starts, span.start) - 1
    for n in range(max(0, first), len(paragraphs)):
        if starts[n] >= span.end:
            break
        for at in (span.start - starts[n], span.end - starts[n]):
            _cut(paragraphs[n], at)
        for piece in paragraph_pieces(paragraphs[n]):
            start = starts[n] + piece.start
            if piece.text and span.start <= start and start + len(piece.text) <= span.end:
                run = _run_of(piece.element)
                if run is not None and (not runs or runs[-1] is not run):
                    runs.append(run)
    return runs


def _run_of(element: _Element) -> _Element | None:
    return next((up for up in element.iterancestors(f"{W}r")), None)


def _cut(paragraph: _Element, at: int) -> None:
    """Part the run that holds character `at` of a paragraph, so that a new run begins with it."""
    pieces = paragraph_pieces(paragraph)
    piece = next((p for p in pieces if p.text and p.start <= at < p.start + len(p.text)), None)
    if piece is None:
        return
    run = _run_of(piece.element)
    if run is None or (piece.start == at and _first_in(run, pieces) is piece):
        return
    second = copy.deepcopy(run)
    children = list(run)
    place = children.index(piece.element) if piece.element in children else -1
    if place < 0:
        return
    offset = at - piece.start
    for child in children[place + (1 if offset else 0) :]:
        run.remove(child)
    copies = list(second)
    for child in copies[:place]:
        if child.tag != f"{W}rPr":
            second.remove(child)
    if offset:
        piece.element.text, copies[place].text = piece.text[:offset], piece.text[offset:]
        for element in (piece.element, copies[place]):
            element.set(_SPACE, "preserve")
    run.addnext(second)


def _first_in(run: _Element, pieces: Sequence[Piece]) -> Piece | None:
    return next((piece for piece in pieces if piece.text and _run_of(piece.element) is run), None)
