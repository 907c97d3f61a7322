"""A copy of a Word draft with each finding as a comment at its place."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from casekit.check.records import Finding
from casekit.check.telling import told_lines
from casekit.check.word import Line, WordFile, word_file
from casekit.check.wordruns import Piece, W
from casekit.errors import CasekitError, SourceError
from casekit.language import say
from casekit.types import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["annotate_docx"]

_AUTHOR: Final = "casekit"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def annotate_docx(
    path_in: Path | str,
    path_out: Path | str,
    findings: Sequence[Finding],
    *,
    all_findings: bool = False,
    titles: Mapping[str, str] | None = None,
) -> int:
    """Write a copy of a Word file with comments that say what the report says; the original stays as it is.

    The writer's own comments stay. What is wrong in a text box or a note, where Word takes no comment, is said at its anchor.

    Args:
        path_in: The draft that was checked.
        path_out: The copy; written anew.
        findings: The findings of `check_draft` on it.
        all_findings: Whether what is right gets a comment, too.
        titles: Source id to title, for reading; ids are shown where it lacks one.

    Returns:
        How many comments were written.

    Raises:
        SourceError: If the file cannot be read or written, or is no Word file.
        CasekitError: If python-docx is not installed.
    """
    try:
        import docx
        from docx.text.run import Run
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
        data = path_in.read_bytes()
        document = docx.Document(str(path_in))
    except Exception as error:
        raise SourceError(
            say(f"{path_in}：打不开这个 Word 文件（{error}）", f"{path_in}: cannot open this Word file ({error})")
        ) from error
    body: Any = document.element.body
    file = word_file(data, name=path_in.name, body=body)
    lines = _placed(file)
    written = 0
    for finding in sorted(findings, key=lambda f: f.start, reverse=True):
        if finding.wrong or all_findings:
            runs = _runs_of(file, lines, Span(finding.start, finding.end))
            if runs:
                document.add_comment(
                    runs=[Run(cast("Any", run), document) for run in (runs[0], runs[-1])],
                    text="\n".join(told_lines(finding, titles or {})),
                    author=_AUTHOR,
                    initials="ck",
                )
                written += 1
    try:
        document.save(str(path_out))
    except OSError as error:
        raise SourceError(
            say(f"{path_out}：写不进去（{error.strerror}）", f"{path_out}: cannot be written ({error.strerror})")
        ) from error
    return written


def _placed(file: WordFile) -> list[tuple[int, Line]]:
    """The lines of the draft, each with the offset where it begins."""
    placed, at = [], 0
    for line in file.lines():
        placed.append((at, line))
        at += sum(len(piece.text) for piece in file.pieces(line)) + 1
    return placed


def _runs_of(file: WordFile, lines: Sequence[tuple[int, Line]], span: Span) -> list[_Element]:
    """The runs that hold exactly the characters of `span`, cut at its ends where needed; of notes and boxes their anchor."""
    runs: list[_Element] = []
    first = bisect_right(lines, span.start, key=lambda placed: placed[0]) - 1
    for begin, line in lines[max(0, first) :]:
        if begin >= span.end:
            break
        if line.kind != "paragraph":
            runs += [line.anchor] if line.anchor is not None and line.anchor not in runs else []
            continue
        for at in (span.start - begin, span.end - begin):
            _cut(file.pieces(line), at)
        for piece in file.pieces(line):
            start = begin + piece.start
            run = piece.run
            if piece.text and span.start <= start and start + len(piece.text) <= span.end and run is not None:
                runs += [run] if not runs or runs[-1] is not run else []
    return runs


def _cut(pieces: Sequence[Piece], at: int) -> None:
    """Part the run that holds character `at` of a line, so that a new run begins with it."""
    piece = next((p for p in pieces if p.text and p.start <= at < p.start + len(p.text)), None)
    if piece is None:
        return
    run = piece.run
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
    return next((piece for piece in pieces if piece.text and piece.run is run), None)
