"""Markdown drafts: what readers of the rendered page see, footnotes and callouts, and the writer's marks in comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from casekit.check.entries import bare_reference_spans, is_reference
from casekit.check.marks import MarkWords, read_mark
from casekit.check.records import Block, Note
from casekit.cues import CuePattern, cue_form
from casekit.readers.markdown import markdown_blocks, markup_spans, struck_spans
from casekit.types import Block as LayerBlock
from casekit.types import Span

__all__ = ["MarkdownParts", "Marked", "read_markdown"]

_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NOTE: Final = re.compile(r"[ ]{0,3}\[\^([^\]\[]+)\]:[ \t]*")
_NOTE_MARK: Final = re.compile(r"\[\^([^\]\[]+)\](?!:)")
_INLINE_NOTE: Final = re.compile(r"\^\[((?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]")
_CODE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_FENCED: Final = re.compile(r"^[ ]{0,3}(`{3,}|~{3,}).*?(?:^[ ]{0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
# Comments of HTML and of Obsidian (%%…%%); neither is shown.
_COMMENT: Final = re.compile(r"<!--(.*?)-->|(?<![%\d])%%(?!%)((?:(?!\n[ \t]*\n).)*?)%%", re.DOTALL)
_STRUCK_TAG: Final = re.compile(r"<(del|s|strike)(?:\s[^<>]*)?>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CONTAINER: Final = re.compile(r"[ ]{0,3}:{3,}")  # ::: note, of Pandoc and its kin
_CALLOUT: Final = CuePattern(r"\[!\w+\]|(?:%{notice-labels/label}|%{notice-labels/box})\s*[:：]", re.IGNORECASE)
_CALLOUT_MARK: Final = re.compile(r"\[!(\w+)\][+-]?[ \t]*")
_QUOTING_CALLOUTS: Final = frozenset({"quote", "cite"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark of the writer's: where it stands, what it says, where a digest goes, and whether it has a line of its own."""

    at: int
    words: MarkWords
    seat: int
    alone: bool


@dataclass(slots=True)
class MarkdownParts:
    """The parts of a text in Markdown that a draft is made of; offsets count from `offset` on."""

    blocks: list[Block] = field(default_factory=list)
    skipped: list[Span] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)

    def moved(self, by: int) -> MarkdownParts:
        """The same for a text that stands `by` characters further on."""
        return MarkdownParts(
            [Block(_moved(b.span, by), b.paragraph, b.quote) for b in self.blocks],
            [_moved(span, by) for span in self.skipped],
            [Note(note.at + by, note.text) for note in self.notes],
            [Marked(m.at + by, m.words, m.seat + by, m.alone) for m in self.marks],
        )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def read_markdown(text: str) -> MarkdownParts:
    """The parts of a text in Markdown."""
    comments = _comments(text)
    layer = list(_layer(text, comments))
    parts = MarkdownParts(skipped=list(comments))
    defined = _add_blocks(text, layer, parts)
    starts = {block.span.start for block in parts.blocks}
    shown = [block for block in layer if block.span.start in starts]
    parts.skipped += markup_spans(text, layer)
    parts.skipped += struck_spans(text, layer)
    for block in shown:
        piece, at = block.span.slice(text), block.span.start
        parts.skipped += [_moved(Span(*m.span()), at) for p in (_CODE, _STRUCK_TAG) for m in p.finditer(piece)]
    _add_notes(text, defined, parts)
    for comment in comments:
        _add_comment(text, comment, parts)
    return parts


def _comments(text: str) -> list[Span]:
    code = [Span(*m.span()) for p in (_FENCED, _CODE) for m in p.finditer(text)]
    found = [Span(*m.span()) for m in _COMMENT.finditer(text)]
    return [span for span in found if not any(c.start <= span.start < c.end for c in code)]


def _layer(text: str, comments: Sequence[Span]) -> Iterator[LayerBlock]:
    """The blocks of the page: no front matter, no comment that fills its block, no fence of a container."""
    front = _FRONT.match(text)
    begin = front.end() if front else 0
    starts = [comment.start for comment in comments]  # in order, none within another
    for block in markdown_blocks(text):
        before = bisect_right(starts, block.span.start)
        inside = before > 0 and block.span.end <= comments[before - 1].end
        if block.span.start >= begin and not inside and not _CONTAINER.match(block.span.slice(text)):
            yield block


def _add_blocks(text: str, layer: Sequence[LayerBlock], parts: MarkdownParts) -> dict[str, tuple[str, int]]:
    """Adds what is checked; gives the footnotes that are defined, each with the end of its text."""
    defined: dict[str, tuple[str, int]] = {}
    paragraph = 0
    before: LayerBlock | None = None
    quoting = False
    for block in layer:
        piece = block.span.slice(text)
        if note := _NOTE.match(piece):
            defined[note[1]] = piece[note.end() :], block.span.end
            before = None
            if not _refers_only(piece[note.end() :]):
                paragraph += 1
                parts.blocks.append(Block(block.span, paragraph))
                parts.skipped += [
                    _moved(s, block.span.start + note.end()) for s in bare_reference_spans(piece[note.end() :])
                ]
            continue
        if block.kind in ("h", "pre") or is_reference(piece):
            before = None
            continue
        titled = _CALLOUT_MARK.match(piece) if block.kind == "quote" else None
        if not _goes_on(text, before, block):
            paragraph += 1
            quoting = block.kind == "quote" and _CALLOUT.match(cue_form(piece)) is None
        if titled is not None:
            # the first line of a callout is its title; what a callout for quotations holds is a quotation
            parts.skipped.append(Span(block.span.start, block.span.start + titled.end()))
            parts.blocks.append(Block(block.span, paragraph))
            paragraph += 1
            quoting = titled[1].lower() in _QUOTING_CALLOUTS
        else:
            parts.blocks.append(Block(block.span, paragraph, quoting))
        before = block
    return defined


def _goes_on(text: str, before: LayerBlock | None, block: LayerBlock) -> bool:
    """Whether a block is one more line of the paragraph before it."""
    if before is None or before.kind != block.kind or block.kind not in ("p", "quote"):
        return False
    gap = text[before.span.end : block.span.start].replace("\r", "")
    broken = text[before.span.start : block.span.start].rstrip("\r\n").endswith("  ")
    return not re.search(r"\n[ \t>]*\n", gap) and not broken


def _refers_only(note: str) -> bool:
    return is_reference(note) or read_mark(note) is not None


def _add_notes(text: str, defined: dict[str, tuple[str, int]], parts: MarkdownParts) -> None:
    for m in _NOTE_MARK.finditer(text):
        if m[1] in defined:
            _add_note(m.start(), *defined[m[1]], parts)
    for m in _INLINE_NOTE.finditer(text):
        if _refers_only(m[1]):
            parts.skipped.append(Span(*m.span()))
        _add_note(m.start(), m[1], m.end(1), parts)


def _add_note(at: int, note: str, seat: int, parts: MarkdownParts) -> None:
    words = read_mark(note)
    if words is None:
        parts.notes.append(Note(at, note))
    else:
        parts.marks.append(Marked(at, words, seat, False))


def _add_comment(text: str, comment: Span, parts: MarkdownParts) -> None:
    opening = 4 if text.startswith("<!--", comment.start) else 2
    inner = text[comment.start + opening : comment.end - (3 if opening == 4 else 2)]
    words = read_mark(inner)
    if words is None:
        return
    line_start = max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1
    line_end = re.compile(r"[\r\n]|\Z").search(text, comment.end)
    assert line_end is not None
    rest = text[line_start : comment.start] + text[comment.end : line_end.start()]
    seat = comment.start + opening + len(inner.rstrip())
    parts.marks.append(Marked(comment.start, words, seat, not rest.strip(" \t>")))
