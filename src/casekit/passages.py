"""Passages: pieces of a body, about 200 characters, that end where sentences end and never reach across a heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casekit.cues import CuePattern, CueWords, cue_form
from casekit.errors import SettingError
from casekit.fold.tape import LINE_BREAK, tape_of
from casekit.language import say
from casekit.segment.sentences import split_sentences
from casekit.types import Cleaned, Heading, Passage, Span

__all__ = ["clipped", "quote_of", "split_passages"]

RAW_CHARS = 600  # the contract of `search --json`: no passage is longer, injected characters included
_LEAST_CHARS, _MOST_CHARS = 20, 350
# A passage may be this much longer than asked for before its sentence is split at a clause: a sentence of 300 characters
# still reads as one thing, and embedding models for 512 tokens hold it.
_STRETCH = 1.5
# What a border costs, in squares of a whole passage's length (a passage 30 % off the asked length costs 0.09). Chosen so that
# a paragraph's end wins over a sentence's end unless the length suffers by more than a third, and a question is parted from
# its answer only where both do not fit.
_INSIDE_PARAGRAPH = 0.1
_AFTER_QUESTION = 0.6
_INSIDE_SENTENCE = 0.3
_BLANKS, _LINE_END = re.compile(r"\s+"), re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_CLAUSE = re.compile("[，,、；;：:—…]+[”’」』）)】》\"']*")
_CAPTION = CuePattern(
    r"[▲△▼▽↑↓◆■]|%{captions/label}(?:\s*\d+)?\s*[:/|]|[(]?图[/:)]|.{0,60}[(]%{captions/end}.{0,20}[)]$"
)
_SPEAKER = re.compile(r"(?:[QA问答問]|[\w·. ]{1,16}?)\s*[：:]|[“「\"]")
_LABEL = re.compile(r"([\w·. ]{1,16}?)\s*[：:]")
_ASKER = CueWords("talk-labels/asker")
_ENDS_ASKING = re.compile(r"[？?][”」』\"]?\s*$")
_STOPS = "。！？!?.…：:；;”」』"


@dataclass(frozen=True, slots=True)
class _Piece:
    """The least unit: a sentence, or a clause of a very long one. `chars` counts its kept characters but white space."""

    span: Span
    chars: int
    cost_before: float
    apart: bool = False
    """Whether a passage must begin here (a caption next to a speaker)."""


def quote_of(text: str, span: Span, kept: Sequence[Span]) -> str:
    """The characters of `span` with cut ones left out, in the original script; line breaks become one "\\n" each.

    Args:
        text: The source's stored text.
        span: A range of it.
        kept: The body's kept ranges, sorted and disjoint.

    Examples:
        >>> text = "聯(lián)商網說"
        >>> quote_of(text, Span(0, 10), [Span(0, 1), Span(7, 10)])
        '聯商網說'
    """
    joined = tape_of(text, clipped(kept, span)).text
    return _BLANKS.sub(lambda m: "\n" if _LINE_END.search(m[0]) else m[0], joined).strip()


def split_passages(source_id: str, text: str, cleaned: Cleaned, *, size_chars: int = 200) -> list[Passage]:
    """The body in passages of about `size_chars` kept characters, in order.

    Each passage begins and ends with a kept character other than white space. Together they hold every kept character
    but headings and white space, once. Short paragraphs under one heading share a passage, long ones are parted at
    sentence ends, sentences that no passage could hold at clauses. A question stays with its answer, and a caption away
    from what a speaker says, where that is possible. Of all ways to part the text, the one with the least sum of squared
    relative differences from `size_chars` plus the borders' costs is taken, so the result depends on nothing else.

    Args:
        source_id: The source's id, copied into the passages.
        text: The source's stored text.
        cleaned: The body; its headings give each passage its heading path.
        size_chars: Kept characters of a passage, white space not counted, in [20, 350].
    Raises:
        SettingError: If `size_chars` is outside its range.
    """
    if not _LEAST_CHARS <= size_chars <= _MOST_CHARS:
        raise SettingError(
            say(
                f"段落长度是 {size_chars} 字，应在 {_LEAST_CHARS} 到 {_MOST_CHARS} 之间",
                f"Passage size is {size_chars} characters; it must lie between {_LEAST_CHARS} and {_MOST_CHARS}",
            )
        )
    passages = []
    for path, kept in _sections(text, cleaned):
        pieces = _pieces(text, kept, round(size_chars * _STRETCH))
        for first, last in _best_cuts(pieces, size_chars):
            span = Span(pieces[first].span.start, pieces[last - 1].span.end)
            passages.append(Passage(source_id, span, path))
    return passages


def clipped(kept: Sequence[Span], span: Span) -> list[Span]:
    """The parts of the kept ranges that lie within a span."""
    first = bisect_right(kept, span.start, key=lambda k: k.end)
    last = bisect_left(kept, span.end, key=lambda k: k.start)
    return [Span(max(k.start, span.start), min(k.end, span.end)) for k in kept[first:last]]


def _sections(text: str, cleaned: Cleaned) -> Iterator[tuple[tuple[str, ...], list[Span]]]:
    """The kept ranges between headings, each with the headings above."""
    above: list[Heading] = []
    at = 0
    for heading in (*sorted(cleaned.headings, key=lambda h: h.span), None):
        end = heading.span.start if heading else len(text)
        body = clipped(cleaned.kept, Span(at, max(at, end)))
        if body:
            yield tuple(quote_of(text, h.span, cleaned.kept) for h in above), body
        if heading:
            above = [*(h for h in above if h.level < heading.level), heading]
            at = max(at, heading.span.end)


def _pieces(text: str, kept: Sequence[Span], most_chars: int) -> list[_Piece]:
    """The sentences of a section, over-long ones in clauses, with what a border before each would cost."""
    pieces: list[_Piece] = []
    line: list[Span] = []
    before = ""  # the paragraph before this one
    lines: list[tuple[list[Span], str]] = []
    for sentence in split_sentences(text, kept):
        if line and LINE_BREAK.search(text, line[-1].end, sentence.start):
            lines.append((line, quote_of(text, Span(line[0].start, line[-1].end), kept)))
            line = []
        line.append(sentence)
    if line:
        lines.append((line, quote_of(text, Span(line[0].start, line[-1].end), kept)))
    askers = _askers([paragraph for _, paragraph in lines])
    for line, paragraph in lines:
        asked = bool(before) and _asks(before, askers) and not _asks(paragraph, askers)
        cost = _AFTER_QUESTION if asked else 0.0
        apart = bool(before) and _clash(before, paragraph)
        for i, sentence in enumerate(line):
            for j, (span, chars) in enumerate(_clauses(text, kept, sentence, most_chars)):
                if j:
                    pieces.append(_Piece(span, chars, _INSIDE_SENTENCE))
                elif i:
                    pieces.append(_Piece(span, chars, _INSIDE_PARAGRAPH))
                else:
                    pieces.append(_Piece(span, chars, cost, apart))
        before = paragraph
    return pieces


def _askers(paragraphs: Sequence[str]) -> frozenset[str]:
    """Who asks in an interview: speakers called so, and those of whose two turns or more at least half end in "？"."""
    turns: dict[str, list[bool]] = {}
    for paragraph in paragraphs:
        label = _LABEL.match(paragraph)
        if label:
            turns.setdefault(label[1], []).append(bool(_ENDS_ASKING.search(paragraph)))
    return frozenset(
        name
        for name, asks in turns.items()
        if cue_form(name) in _ASKER or (len(asks) > 1 and 2 * sum(asks) >= len(asks))
    )


def _asks(paragraph: str, askers: frozenset[str]) -> bool:
    label = _LABEL.match(paragraph)
    return bool(_ENDS_ASKING.search(paragraph)) or (label is not None and label[1] in askers)


def _clash(one: str, other: str) -> bool:
    """Whether one paragraph is a caption and the other what a speaker says."""
    return any(_is_caption(a) and not _is_caption(b) and _SPEAKER.match(b) for a, b in ((one, other), (other, one)))


def _is_caption(paragraph: str) -> bool:
    # 40: longer lines that begin with 图： are paragraphs about a picture; a line without a stop, a list or a comma that is
    # shorter than that and no speaker's is a caption or a label.
    if len(paragraph) > 40:
        return False
    plain = paragraph[-1] not in _STOPS and not re.search("[，,、；;：:]", paragraph) and not _SPEAKER.match(paragraph)
    return plain or bool(_CAPTION.match(cue_form(paragraph)))


def _clauses(text: str, kept: Sequence[Span], sentence: Span, most_chars: int) -> list[tuple[Span, int]]:
    """The sentence, or its clauses where it is longer than `most_chars` kept or RAW_CHARS raw characters."""
    places = [i for part in clipped(kept, sentence) for i in range(part.start, part.end) if not text[i].isspace()]
    if len(places) <= most_chars and len(sentence) <= RAW_CHARS:
        return [(sentence, len(places))]
    joined = "".join(text[i] for i in places)
    borders = [match.end() for match in _CLAUSE.finditer(joined)]
    parts: list[tuple[int, int]] = []
    start = 0
    while start < len(places):
        # As few parts as possible, of like length, each ending at a clause's end where there is one in its later half.
        room = _room(places, start, most_chars)
        rest = len(places) - start
        if rest > room:
            goal = start + min(room, -(-rest // -(-rest // room)))
            near = [b for b in borders if start + room // 2 <= b <= start + room]
            end = min(near, key=lambda b: (abs(b - goal), b)) if near else start + room
        else:
            end = len(places)
        parts.append((start, end))
        start = end
    return [(Span(places[a], places[b - 1] + 1), b - a) for a, b in parts]


def _room(places: Sequence[int], start: int, most_chars: int) -> int:
    """How many characters from `start` on fit into one passage."""
    raw = bisect_left(places, places[start] + RAW_CHARS, start) - start
    return max(1, min(most_chars, raw))


def _best_cuts(pieces: Sequence[_Piece], size_chars: int) -> list[tuple[int, int]]:
    """The ranges of pieces that make the passages: least cost, by dynamic programming over the last border."""
    costs = [0.0]
    came_from = [0]
    for last in range(1, len(pieces) + 1):
        best, origin = float("inf"), last - 1
        chars = 0
        for first in range(last - 1, -1, -1):
            chars += pieces[first].chars
            long = chars > size_chars * _STRETCH or pieces[last - 1].span.end - pieces[first].span.start > RAW_CHARS
            if first < last - 1 and (long or pieces[first + 1].apart):
                break
            off = (chars - size_chars) / size_chars
            cost = costs[first] + off * off + (pieces[first].cost_before if first else 0.0)
            if cost < best:
                best, origin = cost, first
        costs.append(best)
        came_from.append(origin)
    borders = [len(pieces)]
    while borders[-1]:
        borders.append(came_from[borders[-1]])
    return list(pairwise(reversed(borders)))
