"""Codes and codings as records, and as the items of YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.types import Address
from casekit.workbench.notes.files import NoteFile, writable
from casekit.workbench.notes.records import State

__all__ = [
    "Code",
    "Coded",
    "Coding",
    "Listed",
    "UnknownCodeError",
    "checked_colour",
    "checked_name",
    "checked_text",
    "code_item",
    "codes_of",
    "coding_item",
    "codings_of",
    "fields_kept",
]

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_NAME, _LONGEST = 200, 20_000


class UnknownCodeError(SettingError, KeyError):
    """A name that no code has, or more than one."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook.

    Attributes:
        id: What codings refer to; it stays when the code is renamed or moved.
        name: What people call it.
        parent: The id of the code that it is under; "" at the top.
        colour: `#rrggbb`, or "".
        definition: When the code applies and when it does not.
        memo: What its coders noted about it.
        created, updated: ISO 8601, UTC.
    """

    id: str
    name: str
    parent: str = ""
    colour: str = ""
    definition: str = ""
    memo: str = ""
    created: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a passage by a coder ("" where nobody is named)."""

    id: str
    code: str
    source: str
    start: int
    end: int
    fingerprint: str
    coder: str = ""
    memo: str = ""
    created: str = ""
    updated: str = ""
    begins: str = ""

    @property
    def key(self) -> tuple[str, str, str, int, int]:
        """What no two codings share: code, coder and address."""
        return self.code, self.coder, self.source, self.start, self.end


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding with the place that its words have now; where they are lost, start and end are the old ones.

    `path` is the code with those above it, parted by "/"; `quote` the passage without cut characters; `state` ok, moved, lost.
    """

    coding: Coding
    path: str
    colour: str
    state: State
    start: int
    end: int
    quote: str
    title: str

    @property
    def source(self) -> str:
        """The id of the source."""
        return self.coding.source

    @property
    def coder(self) -> str:
        """Who coded it."""
        return self.coding.coder

    @property
    def address(self) -> Address:
        """Where it stands now."""
        return Address(self.coding.source, self.start, self.end)

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        one = self.coding
        return {
            "id": one.id, "code": self.path, "code_id": one.code, **self.address.to_json(), "state": self.state,
            "quote": self.quote, "title": self.title, "coder": one.coder, "memo": one.memo, "colour": self.colour,
            "created": one.created, "updated": one.updated,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A code with its path, its depth in the codebook, and how many codings and sources it has (those under it not counted)."""

    code: Code
    path: str
    depth: int
    codings: int
    sources: int

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        one = self.code
        return {
            "id": one.id, "code": self.path, "name": one.name, "parent": one.parent or None, "depth": self.depth,
            "colour": one.colour, "definition": one.definition, "memo": one.memo, "codings": self.codings,
            "sources": self.sources,
        }  # fmt: skip


# ---- from files and back --------------------------------------------------------------------------------------------
def codes_of(file: NoteFile) -> list[Code]:
    """The codes that a codebook holds, in its order.

    Raises:
        SourceError: If one cannot be read, two share an id or a name under one parent, or they run in a circle.
    """
    found: dict[str, Code] = {}
    named: set[tuple[str, str]] = set()
    for number, item in enumerate(file.items, 1):
        where = say(f"读不懂 {file.path.name} 第 {number} 条", f"cannot read {file.path.name}, item {number}")
        told = {name: _text(item, name) for name in Code.__slots__}
        one = Code(**{**told, "name": told["name"].strip()})
        if not _ID.fullmatch(one.id) or not one.name:
            raise SourceError(say(f"{where}：要有 id 和 name", f"{where}: id and name are wanted"))
        if one.id in found or (one.parent, one.name) in named:
            raise SourceError(say(f"{where}：{one.name} 出现了两次", f"{where}: {one.name} is there twice"))
        found[one.id] = one
        named.add((one.parent, one.name))
    for one in found.values():
        seen, at = {one.id}, one.parent
        while at:
            if at not in found or at in seen:
                raise SourceError(
                    say(
                        f"读不懂 {file.path.name}：{one.name} 的 parent {at} 没有这个编码，或绕成了圈",
                        f"cannot read {file.path.name}: the parent {at} of {one.name} is no code, or runs in a circle",
                    )
                )
            seen.add(at)
            at = found[at].parent
    return list(found.values())


def codings_of(file: NoteFile) -> list[Coding]:
    """The codings that a file holds.

    Raises:
        SourceError: If one cannot be read; the line names file and item.
    """
    source = file.fields.get("source")
    found: list[Coding] = []
    for number, item in enumerate(file.items, 1):
        where = say(f"读不懂 {file.path.name} 第 {number} 条", f"cannot read {file.path.name}, item {number}")
        start, end = item.get("start"), item.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            raise SourceError(
                say(f"{where}：start、end 应是前小后大的整数", f"{where}: start and end must be integers")
            )
        names = ("id", "code", "fingerprint", "coder", "memo", "created", "updated", "begins")
        told = {name: _text(item, name) for name in names}
        if not isinstance(source, str) or not source or not told["code"]:
            raise SourceError(say(f"{where}：要有 source 和 code", f"{where}: source and code are wanted"))
        made = told["id"] or f"{file.path.stem}-{start}-{end}-{number}"
        found.append(Coding(source=source, start=start, end=end, **{**told, "id": made}))
    return found


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def code_item(one: Code) -> dict[str, Any]:
    """The code as its file holds it."""
    row = {name: getattr(one, name) for name in Code.__slots__}
    return {name: value for name, value in row.items() if value or name in ("id", "name", "definition")}


def coding_item(one: Coding) -> dict[str, Any]:
    """The coding as its file holds it."""
    order = ("id", "code", "start", "end", "begins", "coder", "memo", "created", "updated", "fingerprint")
    row = {name: getattr(one, name) for name in order}
    return {name: value for name, value in row.items() if value != "" or name == "code"}


def fields_kept(row: dict[str, Any], before: Mapping[str, Any] | None, known: Iterable[str]) -> dict[str, Any]:
    """The row with those fields of the item that casekit does not know."""
    return {**row, **{name: value for name, value in (before or {}).items() if name not in set(known)}}


# ---- what people give -----------------------------------------------------------------------------------------------
def checked_name(name: str) -> str:
    """A name as it is kept.

    Raises:
        SettingError: If it is empty or too long.
    """
    kept = " ".join(writable(name).split())
    if not kept or len(kept) > _LONGEST_NAME:
        raise SettingError(
            say(f"编码的名称要有 1 到 {_LONGEST_NAME} 字", f"a code's name has 1 to {_LONGEST_NAME} characters")
        )
    return kept


def checked_text(text: str) -> str:
    """A definition or memo as it is kept.

    Raises:
        SettingError: If it is too long.
    """
    kept = writable(text).strip(" \t\n")
    if len(kept) > _LONGEST:
        raise SettingError(say(f"至多 {_LONGEST} 字", f"at most {_LONGEST} characters"))
    return kept


def checked_colour(colour: str) -> str:
    """A colour as it is kept.

    Raises:
        SettingError: If it is none.
    """
    if colour and not _COLOUR.fullmatch(colour):
        raise SettingError(
            say(f"颜色写成 #rrggbb，例如 #3b7dd8，不是 {colour!r}", f"write a colour as #rrggbb, not {colour!r}")
        )
    return colour.lower()
