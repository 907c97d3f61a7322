"""Codes and codings out as a REFI-QDA project (.qdpx), and projects of other programs in, every code at its characters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.errors import CasekitError, SourceError
from casekit.evidence import MOVE_LETTERS, follow_span
from casekit.exchange.refi import (
    Positions,
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaSelection,
    QdaText,
    guid_of,
    lf_text,
    read_qdpx,
    write_qdpx,
)
from casekit.fold import Folded, fingerprint, fold_text, key_spans, match_key
from casekit.language import say
from casekit.passages import quote_of
from casekit.tables import save_bytes
from casekit.types import Address, Span
from casekit.workbench.coding.codes import new_id
from casekit.workbench.coding.records import Code, Coding, checked_colour, checked_text
from casekit.workbench.coding.tree import Tree
from casekit.workbench.notes.files import locked, writable
from casekit.workbench.notes.placing import beginning
from casekit.workbench.notes.records import now
from casekit.workbench.outside.report import Exchanged

if TYPE_CHECKING:
    from casekit.workbench.coding import Codes
    from casekit.workbench.coding.records import Coded
    from casekit.workbench.held import Held

__all__ = ["export_codes", "import_codes"]

_MOST_BYTES = 400_000_000
_NAME_CHARS = 200
_SURROUNDINGS = 10  # characters on each side that make a short passage certain


# ---- out -----------------------------------------------------------------------------------------------------------
def export_codes(
    held: Held, codes: Codes, path: Path, sources: Sequence[str] = (), *, positions: Positions = "code-points"
) -> Exchanged:
    """Write the codebook, the sources that are coded (or these), and their codings; those whose words are lost are told.

    Raises:
        UnknownSourceError: If there is no such source.
        SourceError: If the file cannot be written.
    """
    wanted = [held.catalogue[one].id for one in sources]
    found = [one for one in codes.retrieve() if not wanted or one.source in wanted]
    tree = codes.tree
    lost = [one for one in found if one.state == "lost" or one.coding.code not in tree.codes]
    kept = [one for one in found if one not in lost]
    chosen = wanted or sorted({one.source for one in kept})
    texts = tuple(_text(held, source, [one for one in kept if one.source == source]) for source in chosen)
    project = QdaProject(held.workspace.root.name, _codes_of(tree), texts, "casekit")
    save_bytes(path, write_qdpx(project, positions=positions))
    told = say("原文里找不到它的话了", "its words are gone")
    return Exchanged(
        str(path),
        tuple(f"{one.path} {one.address}" for one in kept),
        refused=tuple((f"{one.path} {one.address}", told) for one in lost),
    )


def _codes_of(tree: Tree) -> tuple[QdaCode, ...]:
    def guid(code_id: str) -> str:
        return guid_of("code", code_id) if code_id else ""

    return tuple(
        QdaCode(guid(one.id), one.name, guid(one.parent), one.colour, one.definition, one.memo)
        for one in (tree.codes[code_id] for code_id in tree.below("")[1:])
    )


def _text(held: Held, source: str, coded: Iterable[Coded]) -> QdaText:
    text = held.documents[source].text
    to_lf = _to_lf(text)
    by_place: dict[Address, list[Coded]] = {}
    for one in coded:
        by_place.setdefault(one.address, []).append(one)
    selections = [
        QdaSelection(
            guid_of("selection", str(place)),
            to_lf[place.start],
            to_lf[place.end],
            tuple(
                QdaCoding(
                    guid_of("coding", one.coding.id),
                    guid_of("code", one.coding.code),
                    one.coder,
                    one.coding.memo,
                    one.coding.created,
                )
                for one in several
            ),
        )
        for place, several in sorted(by_place.items())
    ]
    lf = lf_text(text)
    own = hashlib.sha256(lf.encode("utf8", "surrogatepass")).hexdigest()
    return QdaText(guid_of("text", f"{source}:{own}"), source, lf, tuple(selections))


def _to_lf(text: str) -> list[int]:
    """Code point → its number in the text with line feeds alone; of the end, too."""
    found, at = [], 0
    for i, c in enumerate(text):
        found.append(at)
        at += not (c == "\r" and text[i + 1 : i + 2] == "\n")
    return [*found, at]


def _from_lf(text: str) -> list[int]:
    """The reverse: a number in the text with line feeds alone → code point."""
    found = [i for i, c in enumerate(text) if not (c == "\n" and i and text[i - 1] == "\r")]
    return [*found, len(text)]


# ---- in ------------------------------------------------------------------------------------------------------------
def import_codes(held: Held, codes: Codes, path: Path, *, coder: str = "") -> Exchanged:
    """Take a project's codes and codings; texts are known again by what they say, and what has no words here is refused by name.

    Args:
        held: What is open.
        codes: The codes of the workspace.
        path: A .qdpx file.
        coder: Whose codings they are where the project names nobody.

    Raises:
        SourceError: If the file cannot be read or is no such project.
        BusyError: If another process holds the codes.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SourceError(say(f"{path} 太大，没有读", f"{path} is too large; not read"))
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(say(f"读不了 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}")) from error
    project = read_qdpx(data, name=path.name)
    with locked(codes.folder):
        taking = _Taking(held, codes, project, coder)
        taking.take_codes()
        for text in project.texts:
            taking.take_text(text)
        taking.write(path.name)
    return Exchanged(str(path), tuple(taking.done), tuple(taking.unchanged), tuple(taking.kept), tuple(taking.refused))


class _Taking:
    """One project while it is taken in; nothing is written before all of it was looked at."""

    def __init__(self, held: Held, codes: Codes, project: QdaProject, coder: str) -> None:
        self.held = held
        self.project = project
        self.coder = coder
        self.files = codes.files
        now_held = codes.changing()
        self.codes: dict[str, Code] = dict(now_held.codes)
        self.codings = {source: list(some) for source, some in codes.files.read().codings.items()}
        self.ids: dict[str, str] = {}  # GUID of a code → its id here
        self.named = {(one.parent, one.name): one.id for one in reversed(self.codes.values())}
        self.known = {coding.id for some in self.codings.values() for coding in some}
        self.keys = {coding.key: coding for some in self.codings.values() for coding in reversed(some)}
        self.changed: set[str] = set()
        self.done: list[str] = []
        self.unchanged: list[str] = []
        self.kept: list[str] = []
        self.refused: list[tuple[str, str]] = list(project.refused)
        self.sources = list(_sources(held))

    # ---- codes --------------------------------------------------------------------------------------------------
    def take_codes(self) -> None:
        """The codebook: codes that are here (by GUID, or by name and place in the hierarchy) stay as they are."""
        mine = {guid_of("code", one): one for one in self.codes}
        for one in self.project.codes:
            parent = self.ids.get(one.parent, "")
            there = mine.get(one.guid) or self._named(one.name, parent)
            if there is None:
                there = self._added(one, parent)
            else:
                self._compared(self.codes[there], one)
            self.ids[one.guid] = there

    def _named(self, name: str, parent: str) -> str | None:
        return self.named.get((parent, " ".join(writable(name).split())))

    def _added(self, one: QdaCode, parent: str) -> str:
        at = now()
        code_id = one.guid if one.guid not in self.codes else new_id("c")
        try:
            colour = checked_colour(one.colour)
        except CasekitError:  # some programs write a colour's transparency, too
            colour = ""
        made = Code(
            code_id, self._free(one.name, parent, code_id), parent, colour, self._text(one.name, one.definition),
            self._text(one.name, one.memo), at, at,
        )  # fmt: skip
        self.codes[code_id] = made
        self.named.setdefault((made.parent, made.name), code_id)
        return code_id

    def _free(self, name: str, parent: str, code_id: str) -> str:
        """A name that nothing under the same code has."""
        kept = " ".join(writable(name).split())[:_NAME_CHARS] or code_id
        return f"{kept[: _NAME_CHARS // 2]} {code_id}" if self._named(kept, parent) else kept

    def _text(self, name: str, text: str) -> str:
        """A definition or memo; one that is too long is told and left out."""
        try:
            return checked_text(text)
        except CasekitError as error:
            self.refused.append((name, str(error)))
            return ""

    def _compared(self, old: Code, new: QdaCode) -> None:
        filled = replace(
            old,
            definition=old.definition or self._text(old.name, new.definition),
            memo=old.memo or self._text(old.name, new.memo),
        )
        if filled != old:
            self.codes[old.id] = replace(filled, updated=now())
        if any(
            theirs and theirs != ours for theirs, ours in ((new.definition, filled.definition), (new.memo, filled.memo))
        ):
            self.kept.append(old.name)

    # ---- texts --------------------------------------------------------------------------------------------------
    def take_text(self, text: QdaText) -> None:
        """The codings on a text, at their characters in the source of the corpus that holds them."""
        spans = [Span(one.start, one.end) for one in text.selections]
        if not spans:
            return
        source, places = self._source(text, spans)
        for selection, place in zip(text.selections, places, strict=True):
            words = " ".join(text.text[selection.start : min(selection.end, selection.start + 200)].split())
            name = f"{text.name} {selection.start}-{selection.end}"
            if source is None:
                told = say(f"语料里没有这篇文字：“{words[:20]}”", f"the corpus does not hold this text: “{words[:20]}”")
                self.refused.append((name, told))
            elif place is None:
                told = say(
                    f"{source} 里找不到唯一的一处“{words[:20]}”", f"{source} has no single place with “{words[:20]}”"
                )
                self.refused.append((name, told))
            else:
                for one in selection.codings:
                    self._take(one, source, place, name)

    def _source(self, text: QdaText, spans: Sequence[Span]) -> tuple[str | None, Sequence[Span | None]]:
        """Which source a text is, and the places of its selections there: the same text, else the one that holds most of them."""
        for one in self.sources:
            if one.lf == text.text:
                at = _from_lf(one.text)
                return one.id, [Span(at[span.start], at[span.end]) for span in spans]
        found: list[tuple[int, bool, str, Sequence[Span | None]]] = []
        name = fold_text(text.name.removesuffix(".txt"))
        for one in self.sources:
            places = [one.followed(text.text, span) for span in spans]
            n = sum(place is not None for place in places)
            if n:
                found.append((n, name in one.names, one.id, places))
        found.sort(key=lambda row: row[:3], reverse=True)
        if not found or (len(found) > 1 and found[0][:2] == found[1][:2]):  # none, or no telling which
            return None, [None] * len(spans)
        return found[0][2], found[0][3]

    def _take(self, one: QdaCoding, source: str, place: Span, name: str) -> None:
        doc = self.held.documents[source]
        quote = quote_of(doc.text, place, doc.cleaned.kept) or place.slice(doc.text)
        at = now()
        mine = self.codings.setdefault(source, [])
        made = Coding(
            one.guid if one.guid and one.guid not in self.known else new_id("q"), self.ids[one.code], source, place.start,
            place.end, fingerprint(quote), " ".join((one.coder or self.coder).split()), self._text(name, one.memo),
            one.created or at, at, beginning(quote),
        )  # fmt: skip
        told = f"{self.codes[made.code].name} {Address.of(source, place)}"
        same = self.keys.get(made.key)
        if same is not None:
            self.unchanged.append(told)
            if made.memo and made.memo != same.memo:
                self.kept.append(told)
            return
        mine.append(made)
        self.known.add(made.id)
        self.keys[made.key] = made
        self.changed.add(source)
        self.done.append(told)

    def write(self, name: str) -> None:
        """Write what was taken, as one change."""
        old = self.files.read().codes
        codes = list(self.codes.values()) if dict(self.codes) != dict(old) else None
        changed = {source: self.codings[source] for source in sorted(self.changed)}
        if codes is None and not changed:
            return
        self.files.write(say(f"收进 {name}", f"take in {name}"), codes=codes, codings=changed)


def _sources(held: Held) -> Iterator[_Here]:
    for record in held.catalogue:
        if record.file is not None:
            try:
                yield _Here(record.id, record.metadata.title, held.documents[record.id].text)
            except CasekitError:
                continue  # it cannot be read: nothing stands in it


class _Here:
    """A source of the corpus, in which passages of other texts are looked for."""

    def __init__(self, source: str, title: str | None, text: str) -> None:
        self.id = source
        self.names = {fold_text(source), fold_text(title or source)}
        self.text = text
        self.lf = lf_text(text)
        self._key: Folded | None = None

    def followed(self, old: str, span: Span) -> Span | None:
        """Where a passage stands here; one of few letters only together with what stands around it."""
        piece = span.slice(old)
        letters = match_key(piece)
        if len(letters) < MOVE_LETTERS:
            before, after = (
                old[max(0, span.start - _SURROUNDINGS) : span.start],
                old[span.end : span.end + _SURROUNDINGS],
            )
            wanted = before + piece + after
            at = _only(wanted, self.text) if len(match_key(wanted)) >= MOVE_LETTERS else None
            return None if at is None else Span(at + len(before), at + len(before) + len(piece))
        if piece in self.text:
            return follow_span(old, span, self.text)
        if self._key is None:
            self._key = key_spans(self.text)
        at = _only(letters, self._key.text)
        return None if at is None else self._key.span(at, at + len(letters))


def _only(piece: str, text: str) -> int | None:
    at = text.find(piece)
    return at if at >= 0 and text.find(piece, at + 1) < 0 else None
