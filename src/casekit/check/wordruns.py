"""The visible text of Word paragraphs in pieces: what is deleted, hidden or struck out is left out, what is inserted stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NOTE_KINDS", "Piece", "W", "WordText", "read_styles"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
NoteKind = Literal["footnote", "endnote"]
NOTE_KINDS: Final[tuple[NoteKind, ...]] = ("footnote", "endnote")
_BOX: Final = f"{W}txbxContent"
_SKIPPED: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt")
) | {f"{_MC}Fallback"}
_OFF: Final = frozenset({"0", "false", "off"})
_UNSEEN: Final = ("vanish", "strike", "dstrike")
_SPACES: Final = frozenset(f"{W}{name}" for name in ("br", "cr", "tab", "ptab"))
_MOST_BASES: Final = 20  # styles are based on styles; a longer chain goes in a circle


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one child of a run; `start` counts from the line's beginning. A note's mark has no text."""

    element: _Element
    start: int
    text: str
    note: str | None = None

    @property
    def run(self) -> _Element | None:
        """The run that holds it."""
        return next((up for up in self.element.iterancestors(f"{W}r")), None)

    @property
    def note_kind(self) -> NoteKind | None:
        """What kind of note its mark is of."""
        return next((kind for kind in NOTE_KINDS if (self.note or "").startswith(kind)), None)


@dataclass(frozen=True, slots=True)
class WordText:
    """How the text of a file is read; `unseen` are styles whose text is hidden or struck out."""

    unseen: frozenset[str] = frozenset()

    def whole(self, holder: _Element) -> str:
        """The text of all paragraphs of a note or comment on one line."""
        return "".join(piece.text for p in holder.iter(f"{W}p") for piece in self.pieces([p])).strip()

    def joined(self, holder: _Element) -> Iterator[tuple[_Element, ...]]:
        """The paragraphs of a body, cell, box or note in order, those of tables and content controls too.

        Paragraphs whose end mark is deleted come together with the next one.
        """
        waiting: tuple[_Element, ...] = ()
        for paragraph in self._paragraphs(holder):
            follows = not waiting or waiting[-1].getparent() is paragraph.getparent()
            if not follows:
                yield waiting
                waiting = ()
            waiting = (*waiting, paragraph)
            if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None:
                yield waiting
                waiting = ()
        if waiting:
            yield waiting

    def _paragraphs(self, holder: _Element) -> Iterator[_Element]:
        stack = list(reversed(holder))
        while stack:
            element = stack.pop()
            if element.tag == f"{W}p":
                yield element
            elif element.tag not in _SKIPPED and not _is_deleted(element):
                stack.extend(reversed(element))

    def pieces(self, paragraphs: Sequence[_Element]) -> list[Piece]:
        """The visible text of a line, piece by piece, without that of its text boxes."""
        pieces: list[Piece] = []
        at = 0
        for element in self._seen(paragraphs):
            text, note = _shown(element), None
            if element.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                note = str(element.tag).rsplit("}", 1)[-1][: -len("Reference")] + ":" + (element.get(f"{W}id") or "")
            if text or note:
                pieces.append(Piece(element, at, text, note))
                at += len(text)
        return pieces

    def boxes(self, paragraphs: Sequence[_Element]) -> Iterator[tuple[_Element, _Element | None]]:
        """The text boxes that are anchored in a line, each with the run that holds it."""
        for element in self._seen(paragraphs):
            if element.tag == _BOX:
                yield element, next((up for up in element.iterancestors(f"{W}r")), None)

    def _seen(self, paragraphs: Sequence[_Element]) -> Iterator[_Element]:
        for paragraph in paragraphs:
            hidden = self._has_unseen_style(paragraph.find(f"{W}pPr/{W}pStyle"))  # once: it may have very many runs
            stack = list(reversed(paragraph))
            while stack:
                element = stack.pop()
                if element.tag in _SKIPPED or (element.tag == f"{W}r" and self._is_unseen(element, hidden=hidden)):
                    continue
                yield element
                if element.tag != _BOX:
                    stack.extend(reversed(element))

    def _is_unseen(self, run: _Element, *, hidden: bool) -> bool:
        """Whether a run's text is not seen; `hidden` tells that its paragraph's style hides what says nothing else."""
        own = {name: switch for name in _UNSEEN if (switch := run.find(f"{W}rPr/{W}{name}")) is not None}
        if any(switch.get(f"{W}val") not in _OFF for switch in own.values()):
            return True
        return not own and (hidden or self._has_unseen_style(run.find(f"{W}rPr/{W}rStyle")))

    def _has_unseen_style(self, style: _Element | None) -> bool:
        return style is not None and style.get(f"{W}val") in self.unseen


def _shown(element: _Element) -> str:
    tag = element.tag
    if tag == f"{W}t":
        return (element.text or "").replace("\n", " ")
    if tag in _SPACES:
        return " "
    return "-" if tag == f"{W}noBreakHyphen" else ""


def _is_deleted(element: _Element) -> bool:
    """Whether a row or cell of a table is marked as deleted."""
    return element.find(f"{W}trPr/{W}del") is not None or element.find(f"{W}tcPr/{W}cellDel") is not None


def read_styles(root: _Element | None, telling: Sequence[re.Pattern[str]]) -> tuple[dict[str, str], frozenset[str]]:
    """Style id to name, and the styles whose text is not seen.

    A style whose name none of `telling` knows goes by the one that it is based on.
    """
    if root is None:
        return {}, frozenset()
    names: dict[str, str] = {}
    base: dict[str, str] = {}
    hiding: dict[str, bool] = {}
    for style in root.iter(f"{W}style"):
        identity = style.get(f"{W}styleId") or ""
        label, parent = style.find(f"{W}name"), style.find(f"{W}basedOn")
        names[identity] = (label.get(f"{W}val") or "").strip() if label is not None else ""
        if parent is not None:
            base[identity] = parent.get(f"{W}val") or ""
        switches = [s for name in _UNSEEN if (s := style.find(f"{W}rPr/{W}{name}")) is not None]
        if switches:
            hiding[identity] = any(switch.get(f"{W}val") not in _OFF for switch in switches)
    labels, unseen = {}, set()
    for identity, own in names.items():
        chain = list(_chain(identity, base))
        known = (names.get(one, "") for one in chain)
        labels[identity] = next((name for name in known if any(p.search(name) for p in telling)), own)
        if next((hiding[one] for one in chain if one in hiding), False):
            unseen.add(identity)
    return labels, frozenset(unseen)


def _chain(identity: str, base: dict[str, str]) -> Iterator[str]:
    for _ in range(_MOST_BASES):
        if not identity:
            return
        yield identity
        identity = base.get(identity, "")
