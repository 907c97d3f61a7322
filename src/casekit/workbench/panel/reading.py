"""A source as a reader shows it: its whole text in blocks and pieces, with what was cut and why, and what was found.

All addresses are code points of the stored text. Text is handed out in pieces with their addresses, so that nobody has to
count characters; joined, the pieces are the stored text, character for character (but for script, where that is asked for).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from casekit.casebook.labels import claim_label
from casekit.claims import whose
from casekit.clean import reason_of
from casekit.errors import NotBuiltError, SettingError
from casekit.fold import detect_script, to_simplified, to_traditional
from casekit.language import say
from casekit.types import Cleaned, DateCertainty, Doc, Fact, Mention, Rank
from casekit.workbench.corpus.receipts import receipt_of, short_told
from casekit.workbench.knowledge.voices import rank_told
from casekit.workbench.panel.blocks import TextBlock, text_blocks
from casekit.workbench.panel.facets import entity_label

if TYPE_CHECKING:
    from casekit.catalogue import Record
    from casekit.lexicon import Lexicon
    from casekit.workbench.coding import Codes
    from casekit.workbench.coding.records import Coded
    from casekit.workbench.held import Held
    from casekit.workbench.notes.notebook import Notes

__all__ = ["Ground", "Mark", "ReadBlock", "ReadPiece", "Reading", "Removed", "read"]

_CERTAINTIES: dict[DateCertainty, tuple[str, str]] = {
    "stated": ("", ""),
    "upper-bound": ("（不晚于）", " (at the latest)"),
    "inferred": ("（推断）", " (inferred)"),
    "unknown": ("", ""),
}
_SCRIPTS = {
    "zh-Hans": ("简体", "simplified Chinese"),
    "zh-Hant": ("繁体", "traditional Chinese"),
    "en": ("英文", "English"),
    "mixed": ("简繁混排", "simplified and traditional"),
}

# What the cleaner calls a source; a word that somebody wrote by hand stays as it is.
_SOURCE_KINDS = {
    "news": "新闻",
    "interview": "访谈",
    "commentary": "评论",
    "advertorial": "软文",
    "vendor": "厂商文章",
    "forum post": "论坛帖",
    "forum re-post": "论坛转贴",
    "reader's note": "读者笔记",
    "research": "研究",
}


@dataclass(frozen=True, slots=True)
class Removed:
    """What cut a piece out of the body, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at a piece: a mention (kind: type of the thing, id: the thing), a figure (kind of figure), a note or a code.

    A code's `kind` is its colour, its `label` its path and who coded, its `id` that of the coding.
    """

    type: Literal["mention", "figure", "note", "code"]
    kind: str
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """A stretch of the text in which nothing changes; `text` differs in length from its address only where converted."""

    start: int
    end: int
    text: str
    cut: Removed | None
    doubt: str | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A paragraph, heading, list item, table row …; `level` is 1-6 for headings, else 0."""

    kind: str
    level: int
    pieces: tuple[ReadPiece, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A place of an original on which a sentence of a retelling rests, the sentence at start-end; `told` names the place.

    `here` is whether the original is in this workspace, so that the place can be opened.
    """

    start: int
    end: int
    source: str
    source_start: int
    source_end: int
    told: str
    here: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A source for reading. `metadata` holds (label, value); `script` is the one shown, `converted` whether that changed it.

    `rank` and `retells` say what it is beside other sources; a retelling has the `grounds` of its sentences.
    """

    id: str
    title: str
    metadata: tuple[tuple[str, str], ...]
    chars: int
    script: str
    converted: bool
    blocks: tuple[ReadBlock, ...]
    rank: Rank = "original"
    retells: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class _Range:
    """Something that holds for a range of the text."""

    start: int
    end: int
    what: Removed | str | Mark


def read(held: Held, notes: Notes, codes: Codes, source_id: str, *, script: str = "") -> Reading:
    """The source for reading; see `Workbench.read`."""
    if script not in ("", "zh-Hans", "zh-Hant"):
        raise SettingError(
            say(f"script 是 {script!r}，应为空、zh-Hans 或 zh-Hant", f"script is {script!r}; wanted zh-Hans or zh-Hant")
        )
    doc = held.documents[source_id]
    record = held.catalogue[source_id]
    text, cleaned = doc.text, doc.cleaned
    layer = held.store.layer(record.file or "", record.layer)
    receipt = receipt_of(held.store, record, doc)
    ranges = [
        *_ledger(cleaned),
        *_found(held, source_id, len(text)),
        *_noted(notes, source_id),
        *_coded(codes, source_id, len(text)),
    ]
    grounds = _grounds(held, doc) if record.metadata.rank == "retelling" else ()
    made = text_blocks(text, layer.blocks if layer else (), cleaned.headings)
    blocks = _pieces(text, made, ranges, {one.end for one in grounds})
    own = cleaned.metadata.script or detect_script(text)
    converted = False
    if script and own not in (script, "en"):
        blocks, converted = _converted(blocks, script)
    return Reading(
        id=source_id,
        title=record.metadata.title or source_id,
        metadata=(*_metadata(record, own), (say("阅读回执", "Receipt"), short_told(receipt))),
        chars=len(text),
        script=script if converted else own,
        converted=converted,
        blocks=tuple(blocks),
        rank=record.metadata.rank,
        retells=record.metadata.retells,
        grounds=grounds,
    )


def _grounds(held: Held, doc: Doc) -> tuple[Ground, ...]:
    from casekit.workbench.knowledge.resting import grounds_of

    here = {record.id for record in held.catalogue if record.file is not None}
    return tuple(
        Ground(span.start, span.end, at.source, at.start, at.end, str(at), at.source in here)
        for span, places in grounds_of(held, doc)
        for at in places
    )


# ---- what holds where ----------------------------------------------------------------------------------------------
def _ledger(cleaned: Cleaned) -> list[_Range]:
    cuts = [_Range(c.span.start, c.span.end, Removed(c.rule, reason_of(c.rule))) for c in cleaned.cuts]
    return cuts + [_Range(d.span.start, d.span.end, reason_of(d.rule)) for d in cleaned.doubts]


def _found(held: Held, source_id: str, chars: int) -> list[_Range]:
    try:
        built = held.built()
        records = built.records
        mentions, facts = records.mentions(source_id), records.facts(source_id)
        current = records.checksum(source_id) == built.catalogue[source_id].sha256
    except NotBuiltError:
        return []
    if not current:  # the addresses are those of another text
        return []
    marks = [_Range(one.span.start, one.span.end, _mention(one, built.lexicon)) for one in mentions]
    marks += [_Range(f.span.start, f.span.end, Mark("figure", f.kind, _figure(f), "")) for f in facts]
    return [one for one in marks if 0 <= one.start < one.end <= chars]


def _mention(one: Mention, lexicon: Lexicon) -> Mark:
    return Mark("mention", one.type, entity_label(one.entity, lexicon, one.name), one.entity)


def _figure(fact: Fact) -> str:
    about = "·".join(part for part in (whose(fact.subject, assigned=fact.assigned), fact.metric) if part)
    notes = [claim_label(fact.kind, fact.certainty)]
    when = fact.period or (fact.date_iso if fact.kind != "date" else "") or ""
    notes += [when] if when else []
    joint = say("；", "; ")
    return say(f"{about}（{joint.join(notes)}）", f"{about} ({joint.join(notes)})") if about else joint.join(notes)


def _noted(notes: Notes, source_id: str) -> list[_Range]:
    return [
        _Range(one.start, one.end, Mark("note", one.state, one.note.text or "、".join(one.note.tags), one.note.id))
        for one in notes.of(source_id)
        if one.state != "lost"
    ]


def _coded(codes: Codes, source_id: str, chars: int) -> list[_Range]:
    def label(one: Coded) -> str:
        return say(f"{one.path}（{one.coder}）", f"{one.path} ({one.coder})") if one.coder else one.path

    return [
        _Range(one.start, one.end, Mark("code", one.colour, label(one), one.coding.id))
        for one in codes.overlapping(source_id, 0, chars)
    ]


# ---- pieces --------------------------------------------------------------------------------------------------------
def _pieces(
    text: str, blocks: Sequence[TextBlock], ranges: Iterable[_Range], cuts: Collection[int] = ()
) -> list[ReadBlock]:
    """The blocks cut at `cuts` and wherever one of the ranges begins or ends; a sweep, so the time is that of sorting."""
    begins: dict[int, list[_Range]] = {}
    borders = {0, len(text), *cuts}
    for one in ranges:
        begins.setdefault(one.start, []).append(one)
        borders |= {one.start, one.end}
    for block in blocks:
        borders |= {block.start, block.end}
    ordered = sorted(borders)
    active: list[_Range] = []
    made: list[ReadBlock] = []
    at = 0
    for block in blocks:
        pieces = []
        while at < len(ordered) - 1 and ordered[at] < block.end:
            start, end = ordered[at], ordered[at + 1]
            active = [one for one in active if one.end > start] + begins.get(start, [])
            pieces.append(_piece(text, start, end, active))
            at += 1
        made.append(ReadBlock(block.kind, block.level, tuple(pieces)))
    return made


def _piece(text: str, start: int, end: int, active: Sequence[_Range]) -> ReadPiece:
    cut = next((one.what for one in active if isinstance(one.what, Removed)), None)
    doubt = next((one.what for one in active if isinstance(one.what, str)), None)
    marks = tuple(one.what for one in active if isinstance(one.what, Mark))
    return ReadPiece(start, end, text[start:end], cut, doubt, marks)


# ---- scripts -------------------------------------------------------------------------------------------------------
def _converted(blocks: Sequence[ReadBlock], script: str) -> tuple[list[ReadBlock], bool]:
    """The pieces in another script.

    A block's kept characters are converted as one, since a character's other form depends on its word, and then dealt out
    to the pieces again. Where the length changes, each piece is converted by itself.
    """
    convert = to_simplified if script == "zh-Hans" else to_traditional
    made, changed = [], False
    for block in blocks:
        whole = "".join(piece.text for piece in block.pieces if piece.cut is None)
        other = convert(whole)
        dealt = len(other) == len(whole)
        at = 0
        pieces = []
        for piece in block.pieces:
            if dealt and piece.cut is None:
                text = other[at : at + len(piece.text)]
                at += len(piece.text)
            else:
                text = convert(piece.text)
            changed = changed or text != piece.text
            pieces.append(ReadPiece(piece.start, piece.end, text, piece.cut, piece.doubt, piece.marks))
        made.append(ReadBlock(block.kind, block.level, tuple(pieces)))
    return made, changed


# ---- metadata ------------------------------------------------------------------------------------------------------
def _kind(kind: str | None) -> str:
    return say(_SOURCE_KINDS.get(kind, kind), kind) if kind else ""


def _metadata(record: Record, script: str) -> list[tuple[str, str]]:
    known = record.metadata
    date = f"{known.date}{say(*_CERTAINTIES[known.date_certainty])}" if known.date else ""
    rows = [
        (say("作者", "Author"), say("、", ", ").join(known.authors)),
        (say("发布者", "Publisher"), known.publisher),
        (say("转载自", "Republished from"), known.republished_from),
        (say("发帖人", "Posted by"), known.posted_by),
        (say("日期", "Date"), date),
        (say("类型", "Kind"), _kind(known.source_kind)),
        (say("利益关系", "Interest"), known.interest),
        (say("性质", "Rank"), rank_told(known)),
        (say("字体", "Script"), say(*_SCRIPTS[script]) if script in _SCRIPTS else script),
        (say("网址", "Address"), known.url),
        (say("编号", "Id"), record.id),
    ]
    return [(label, value) for label, value in rows if value]


assert set(_CERTAINTIES) == set(get_args(DateCertainty))
