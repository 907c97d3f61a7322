"""A project read from a .qdpx file, whoever wrote it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from casekit.errors import SourceError
from casekit.exchange.refi.counting import counting_of, lf_places
from casekit.exchange.refi.records import GUID, QdaCode, QdaCoding, QdaProject, QdaSelection, QdaText, guid_of, lf_text
from casekit.language import say
from casekit.readers.container import open_zip, parse_xml, read_part

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_qdpx"]

_DEEPEST: Final = 64
_MOST_CHARS: Final = 12_000_000
"""Of a text; a long book has two million."""
_MOST_SELECTED: Final = 200
"""How many times its own length the selections of a text may hold, together; ten codes on every line make ten."""


def read_qdpx(data: bytes, *, name: str) -> QdaProject:
    """A project with its codes and texts; what it has beside these (pictures, sound, paths outside) is in `refused`.

    Raises:
        SourceError: If it is no such file, is damaged, or is no ordinary archive or XML.
    """
    archive = open_zip(data, name=name)
    parts = {entry.filename.replace("\\", "/").lower(): entry.filename for entry in archive.infolist()}
    project = next((parts[one] for one in parts if one.rpartition("/")[2] == "project.qde"), None)
    raw = read_part(archive, project, name=name) if project is not None else None
    if raw is None:
        raise SourceError(
            say(
                f"{name}：不是 REFI-QDA 项目（里面没有 project.qde）",
                f"{name}: no REFI-QDA project (no project.qde inside)",
            )
        )
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise SourceError(
            say(
                f"{name}：project.qde 里有 DOCTYPE，REFI-QDA 没有这种写法，没有读",
                f"{name}: its project.qde has a DOCTYPE, which REFI-QDA does not know; not read",
            )
        )
    root = parse_xml(raw, name=name)
    return _Reading(root, archive, parts, name).project()


class _Reading:
    """One project while it is read."""

    def __init__(self, root: _Element, archive: zipfile.ZipFile, parts: Mapping[str, str], name: str) -> None:
        self.root = root
        self.archive = archive
        self.parts = parts
        self.name = name
        self.origin = root.get("origin") or ""
        self.refused: list[tuple[str, str]] = []
        self.taken: set[str] = set()  # parts of the archive that were read as a text
        self.users = {_guid(one): one.get("name") or one.get("id") or "" for one in _all(root, "Users", "User")}
        self.notes = {_guid(one): self._note(one) for one in _all(root, "Notes", "Note")}

    def project(self) -> QdaProject:
        codes = tuple(code for one in _all(self.root, "CodeBook", "Codes", "Code") for code in self._codes(one, "", 0))
        known = {one.guid for one in codes}
        texts: list[QdaText] = []
        for one in _all(self.root, "Sources"):
            for source in one:
                tag = _tag(source)
                body = source if tag == "TextSource" else next(iter(_all(source, "Representation")), None)
                named = source.get("name") or _guid(source) or tag
                if not tag.endswith("Source"):
                    continue
                if body is None:
                    if any(_tag(inner) == "Coding" for inner in source.iter()):
                        told = say("不是文字来源，上面的编码没有收", "no text: its codings were not taken")
                        self.refused.append((named, told))
                    continue
                try:
                    texts.append(self._text(body, named, known))
                except SourceError as error:
                    self.refused.append((named, str(error)))
        name = self.root.get("name") or self.name
        return QdaProject(name, codes, tuple(texts), self.origin, tuple(self.refused))

    def _codes(self, element: _Element, parent: str, depth: int) -> Iterator[QdaCode]:
        if depth > _DEEPEST:
            raise SourceError(
                say(f"{self.name}：编码套了 {_DEEPEST} 层以上", f"{self.name}: codes more than {_DEEPEST} deep")
            )
        guid = _guid(element)
        name = " ".join((element.get("name") or "").split())
        if not guid or not name:
            told = say("没有 guid 或名称的编码", "a code without guid or name")
            self.refused.append((name or guid or "Code", told))
            return
        yield QdaCode(
            guid=guid,
            name=name,
            parent=parent,
            colour=(element.get("color") or "").lower(),
            definition=_said(element, "Description"),
            memo=self._memo(element),
        )
        for child in _all(element, "Code"):
            yield from self._codes(child, guid, depth + 1)

    def _note(self, element: _Element) -> str:
        said = _said(element, "PlainTextContent")
        if said:
            return said
        try:
            return self._plain(element)
        except SourceError:
            return _said(element, "Description")

    def _memo(self, element: _Element) -> str:
        refs = dict.fromkeys(_target(one) for one in _all(element, "NoteRef"))
        return "\n\n".join(text for ref in refs if (text := self.notes.get(ref, "")))

    def _plain(self, element: _Element) -> str:
        """The plain text of a source.

        Raises:
            SourceError: If it has none in this file.
        """
        inline = next(iter(_all(element, "PlainTextContent")), None)
        if inline is not None:
            return "".join(map(str, inline.itertext()))
        path = element.get("plainTextPath") or ""
        if not path.startswith("internal://"):
            raise SourceError(
                say(
                    f"没有随文件带来的纯文本（{path or 'plainTextPath 为空'}）",
                    f"no plain text comes with the file ({path or 'plainTextPath is empty'})",
                )
            )
        wanted = path.removeprefix("internal://").lstrip("/").lower()
        part = self.parts.get(f"sources/{wanted}") or self.parts.get(wanted)
        if part in self.taken:  # a small file could hold ten thousand texts that are all the same large one
            raise SourceError(say(f"{path} 已是另一篇的文字", f"{path} is the text of another source"))
        raw = read_part(self.archive, part, name=self.name) if part is not None else None
        if raw is None or part is None:
            raise SourceError(say(f"压缩包里没有 {path}", f"{path} is not in the archive"))
        self.taken.add(part)
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            return raw.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError:
            raise SourceError(say(f"{path} 不是 UTF-8", f"{path} is no UTF-8")) from None

    # ---- selections ---------------------------------------------------------------------------------------------
    def _text(self, element: _Element, name: str, codes: set[str]) -> QdaText:
        raw = self._plain(element)
        if len(raw) > _MOST_CHARS:
            raise SourceError(say(f"超过 {_MOST_CHARS} 字", f"more than {_MOST_CHARS} characters"))
        found: list[tuple[_Element, int, int]] = []
        for one in _all(element, "PlainTextSelection"):
            try:
                found.append((one, int(one.get("startPosition") or ""), int(one.get("endPosition") or "")))
            except ValueError:
                told = say("startPosition、endPosition 不是整数", "startPosition and endPosition are no integers")
                self.refused.append((f"{name} {one.get('name') or _guid(one)}", told))
        counting = counting_of(raw, [(one.get("name") or "", start, end) for one, start, end in found], self.origin)
        at = counting.places(raw)
        text, lf = lf_text(raw), lf_places(raw)
        selections: list[QdaSelection] = []
        left = _MOST_SELECTED * len(text)
        for one, start, end in found:
            codings = tuple(self._codings(one, name, codes))
            if not 0 <= start < end < len(at):
                told = say(f"{start}-{end} 不在这篇文字里", f"{start}-{end} is no range of this text")
                self.refused.append((f"{name} {one.get('name') or ''}".strip(), told))
            elif codings and (left := left - (end - start)) < 0:
                told = say("选取的范围重叠太多", "its selections overlap too much")
                self.refused.append((name, told))
                break
            elif codings:
                first, last = lf[at[start]], lf[at[end]]
                selections.append(QdaSelection(_guid(one), first, last, codings, one.get("name") or ""))
        whole = tuple(self._codings(element, name, codes))
        if whole and text:
            selections.append(QdaSelection(guid_of("whole", _guid(element)), 0, len(text), whole))
        return QdaText(_guid(element), name, text, tuple(selections))

    def _codings(self, element: _Element, name: str, codes: set[str]) -> Iterator[QdaCoding]:
        memo = "\n\n".join(text for text in (_said(element, "Description"), self._memo(element)) if text)
        for one in _all(element, "Coding"):
            code = next((_target(ref) for ref in _all(one, "CodeRef")), "")
            if code not in codes:
                told = say(f"没有编码 {code}", f"there is no code {code}")
                self.refused.append((f"{name} {element.get('name') or ''}".strip(), told))
                continue
            own = self._memo(one)
            yield QdaCoding(
                guid=_guid(one),
                code=code,
                coder=self.users.get(_user(one) or _user(element), ""),
                memo="\n\n".join(dict.fromkeys(text for text in (memo, own) if text))
                if _tag(element) != "TextSource"
                else own,
                created=one.get("creationDateTime") or element.get("creationDateTime") or "",
            )


# ---- XML ------------------------------------------------------------------------------------------------------------
def _tag(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: _Element, *path: str) -> list[_Element]:
    """The elements on a path of names, whatever version their name space says."""
    found = [element]
    for name in path:
        found = [child for one in found for child in one if _tag(child) == name]
    return found


def _said(element: _Element, name: str) -> str:
    return "\n\n".join("".join(map(str, one.itertext())).strip() for one in _all(element, name))


def _guid(element: _Element) -> str:
    return _normal(element.get("guid"))


def _target(element: _Element) -> str:
    return _normal(element.get("targetGUID"))


def _user(element: _Element) -> str:
    return _normal(element.get("creatingUser"))


def _normal(guid: str | None) -> str:
    found = GUID.fullmatch((guid or "").strip())
    return found[1].lower() if found else ""
