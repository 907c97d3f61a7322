"""What was said: subtitles (.srt, .vtt) and transcripts of recordings (.txt), each piece with its time.

Subtitles are joined to paragraphs, since a sentence runs over several of them; a speaker who is named is a heading. A
transcript is plain text and stays as it is: its times are marks, no text of the body.

References:
    W3C, WebVTT: The Web Video Text Tracks Format, 2019, clauses 3 and 4.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casekit.errors import SourceError
from casekit.language import say
from casekit.locators import time_mark
from casekit.readers.encoding import decode_text
from casekit.readers.layer import collapse_space
from casekit.readers.model import ReadResult
from casekit.types import Block, Metadata, Span

__all__ = ["read", "suffixes", "transcript_blocks"]

suffixes = frozenset({".srt", ".vtt"})
max_bytes = 24 * 2**20

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*\Z")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?\s++([^<>]+)>")
_TAG = re.compile(r"<[^<>\n]*>|\{\\[^{}\n]*\}")
_SPEAKER = re.compile(r"[>\-–—\s]*\[?([^\s:：，。！？,.!?\[\]<>]{1,12}(?: \d{1,3}| [A-Z][a-z]+)?)\]?\s*[:：]\s*(?=\S)")
_STOPS = tuple("。！？!?…；;”」』")
_PAUSE_S = 2.0
"""A silence that ends a paragraph: speakers pause about a second between sentences."""
_PARAGRAPH_CHARS, _MOST_CHARS = 120, 400
"""A paragraph ends with a sentence from the first length on, and anywhere at the second."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """One subtitle: when it stands, who speaks (where the file says so) and what is said."""

    start: float
    end: float
    speaker: str
    text: str


def read(data: bytes, *, name: str) -> ReadResult:
    """The subtitles of a film or recording as paragraphs.

    Raises:
        SourceError: If the file is in no readable encoding, or holds no subtitle.
    """
    decoded = decode_text(data, name=name)
    cues = _without_repeats(list(_cues(decoded.text)))
    if not cues:
        raise SourceError(say(f"{name}：没有字幕（没有一行时间码）", f"{name}: no subtitles (not one line of times)"))
    text, blocks = _paragraphs(cues)
    return ReadResult(text, blocks, Metadata(), decoded.encoding, decoded.warnings, "subtitles", decoded.receipt)


def _seconds(hours: str | None, minutes: str, seconds: str, rest: str | None) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{rest or 0}")


def _cues(text: str) -> Iterator[_Cue]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = [i for i, line in enumerate(lines) if _CUE.match(line)]
    for at, after in pairwise([*starts, len(lines)]):
        found = _CUE.match(lines[at])
        assert found is not None
        end = next((i for i in range(at + 1, after) if not lines[i].strip()), after)
        raw = "\n".join(lines[at + 1 : end])
        voice = _VOICE.search(raw)
        shown = html.unescape(_TAG.sub("", raw))
        said = collapse_space(shown)
        speaker = voice[1].strip() if voice else ""
        if not speaker and (named := _SPEAKER.match(said)):
            speaker, said = named[1], said[named.end() :]
        if said:
            yield _Cue(_seconds(*found.group(1, 2, 3, 4)), _seconds(*found.group(5, 6, 7, 8)), speaker, said)


def _without_repeats(cues: Sequence[_Cue]) -> list[_Cue]:
    """Captions that roll up repeat what stood before: only what is new is kept."""
    kept: list[_Cue] = []
    before = ""
    for cue in cues:
        text = cue.text
        if len(before) >= 2 and text.startswith(f"{before} "):
            text = text[len(before) :].strip()
        before = cue.text
        if text:
            kept.append(_Cue(cue.start, cue.end, cue.speaker, text))
    return kept


def _paragraphs(cues: Sequence[_Cue]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    line = ""
    speaker = ""
    for number, cue in enumerate(cues):
        before = cues[number - 1] if number else None
        new_speaker = bool(cue.speaker) and cue.speaker != speaker
        if before is not None and (new_speaker or _ends(line, before, cue)):
            parts.append(line)
            length += len(line) + 1
            line = ""
        path = ("speech", time_mark(cue.start))
        if new_speaker:
            speaker = cue.speaker
            blocks.append(Block(Span(length, length + len(speaker)), "h", 3, tag_path=path))
            parts.append(speaker)
            length += len(speaker) + 1
        joint = "" if not line or line.endswith((*_STOPS, "，", "、", "：")) else " "
        start = length + len(line) + len(joint)
        line = f"{line}{joint}{cue.text}"
        blocks.append(Block(Span(start, start + len(cue.text)), tag_path=path))
    return "\n".join([*parts, line]), tuple(blocks)


def _ends(line: str, before: _Cue, cue: _Cue) -> bool:
    """Whether the paragraph ends before this subtitle."""
    full = len(line) >= _PARAGRAPH_CHARS and line.endswith(_STOPS)
    return full or len(line) >= _MOST_CHARS or cue.start - before.end >= _PAUSE_S


# ---- transcripts -----------------------------------------------------------------------------------------------------
_NAME = r"[^\s:：，。！？,!?;；()（）\[\]\d][^\n:：，。！？!?;；()（）\[\]]{0,19}?"
_HEAD = re.compile(
    rf"[ \t]*+(?P<before>{_NAME})?[ \t]*+[\[【(（]?(?P<time>{_TIME})[\]】)）]?(?![\d:-])[ \t]*+(?P<after>{_NAME})?[ \t]*+(?:[:：][ \t]*|\Z)"
)
_INLINE = re.compile(rf"[ \t]*[\[【(（](?P<time>{_TIME})[\]】)）][ \t]*")
_LINE = re.compile(r"[^\r\n]+")
_DATE = re.compile(r"\d{4}\s*[-/年.]\s*\d{1,2}")
_LEAST_HEADS = 3
_SHARE = 0.25
"""Of the lines that are not empty: speaker, text and a blank line in turn give a half, long turns of several lines a third."""
_FIRST_S = 120.0
"""A recording's first words stand near its beginning; no day's agenda begins within two minutes of midnight."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a turn: where its line stands, where what is said begins on it (its end, if on the next line), its time."""

    start: int
    said: int
    end: int
    seconds: float


def transcript_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text that is a transcript with times, none for any other text.

    Lines that are a speaker and a time alone are headings; on lines that go on after them, what is said is the block.
    Times must rise from near the beginning, so that agendas and articles with clock times are none.
    """
    heads: dict[int, _Head] = {}
    lines = [found for found in _LINE.finditer(text) if found.group().strip()]
    for line in lines:
        head = _head(line.group(), line.start())
        if head is not None:
            heads[line.start()] = head
    times = [head.seconds for head in heads.values()]
    rising = all(one <= other for one, other in pairwise(times))
    if len(heads) < max(_LEAST_HEADS, _SHARE * len(lines)) or not rising or times[0] > _FIRST_S:
        return ()
    blocks: list[Block] = []
    mark = time_mark(0)
    for line in lines:
        head = heads.get(line.start())
        shown = line.group()
        start, end = line.start() + len(shown) - len(shown.lstrip()), line.start() + len(shown.rstrip())
        if head is not None:
            mark = time_mark(head.seconds)
        if head is not None and head.said >= end:
            blocks.append(Block(Span(start, end), "h", 3, tag_path=("speech", mark)))
        else:
            blocks.append(Block(Span(head.said if head is not None else start, end), tag_path=("speech", mark)))
    return tuple(blocks)


def _head(line: str, at: int) -> _Head | None:
    if _DATE.search(line):
        return None
    found = _INLINE.match(line) or _HEAD.match(line)
    if found is None or ("before" in found.groupdict() and not _names_or_ends(found, line)):
        return None
    hours, minutes, seconds, rest = re.fullmatch(_TIME, found["time"]).group(1, 2, 3, 4)  # type: ignore[union-attr]  # it is one
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    end = at + len(line.rstrip())
    return _Head(at, min(at + found.end(), end), end, _seconds(hours, minutes, seconds, rest))


def _names_or_ends(found: re.Match[str], line: str) -> bool:
    """Whether the time stands beside a speaker, or alone: a sentence that begins with a clock time is no head."""
    return bool(found["before"] or found["after"]) or found.end() >= len(line.rstrip())
