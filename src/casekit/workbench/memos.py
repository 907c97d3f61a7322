"""Notes on things: on cases, companies and other names, edges of the network, sources, codes; linked to one another and back.

A memo is about one thing; in its text `[[…]]` links to others. What links to a thing are its back-links; notes on passages may
link, too. Memos lie in notebooks/notes/memos.yaml, for people to read and edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from casekit.casebook import load_cards
from casekit.errors import CasekitError, SettingError, SourceError
from casekit.fold import fold_text
from casekit.language import say
from casekit.types import Address
from casekit.workbench.coding import Codes
from casekit.workbench.coding.codes import new_id
from casekit.workbench.knowledge.handmade import canonical_name
from casekit.workbench.knowledge.relationfile import RELATIONS
from casekit.workbench.notes.files import MEMOS_NAME, NoteFile, locked, read_file, text_of, write_file
from casekit.workbench.notes.notebook import Notes
from casekit.workbench.notes.records import UnknownNoteError, checked_note, now
from casekit.workbench.notes.undoing import WayBack

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Link", "Linked", "Memo", "Memos"]

_LINK: Final = re.compile(r"\[\[([^\[\]\n|]{1,200})(?:\|[^\[\]\n]*)?\]\]")
_KINDS: Final = ("name", "case", "edge", "source", "code", "memo", "at")


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a thing. `about` is its kind and what it is, parted by ":": `name:绫致`, `case:lingzhi`, `edge:绫致 uses_tool 企业微信`."""

    id: str
    about: str
    text: str
    tags: tuple[str, ...] = ()
    created: str = ""
    updated: str = ""

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "id": self.id, "about": self.about, "text": self.text, "tags": list(self.tags), "created": self.created,
            "updated": self.updated,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A link that stands in a memo (or in a note on a passage): where it stands, and what to; `to` is "" for what nobody knows.

    `by` is the id of the memo or note, `about` what that is about, `written` what stands between the brackets.
    """

    by: str
    about: str
    written: str
    to: str

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {"by": self.by, "about": self.about, "written": self.written, "to": self.to or None}


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing with the memos about it, what these link to, and what links to it (back-links)."""

    about: str
    memos: tuple[Memo, ...]
    links: tuple[Link, ...]
    backlinks: tuple[Link, ...]

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "about": self.about,
            "memos": [one.to_json() for one in self.memos],
            "links": [one.to_json() for one in self.links],
            "backlinks": [one.to_json() for one in self.backlinks],
        }


class Memos:
    """The memos of a workspace.

    Example:
        >>> wb.memos.add("绫致", "门店的事见 [[case:lingzhi]]。")   # doctest: +SKIP
        >>> wb.memos.linked("case:lingzhi").backlinks               # doctest: +SKIP
    """

    def __init__(self, held: Held) -> None:
        self._held = held
        self._notes = Notes(held)
        self.path = self._notes.folder / MEMOS_NAME
        self._back = WayBack(self._notes.folder, held.workspace.root / "index" / "memos-undo.json")

    # ---- asked --------------------------------------------------------------------------------------------------
    def all(self) -> list[Memo]:
        """Every memo, in the order of the file.

        Raises:
            SourceError: If the file cannot be read.
        """
        return [_memo_of(item, number) for number, item in enumerate(read_file(self.path, "memos").items, 1)]

    def find(self, about: str = "", text: str = "") -> list[Memo]:
        """The memos about a thing (or all), those that hold every word of `text`, in either script.

        Raises:
            SettingError: If nothing is called so.
            SourceError: If the file cannot be read.
        """
        key = self.key(about) if about else ""
        words = fold_text(text).split()
        return [
            one
            for one in self.all()
            if key in ("", one.about) and all(word in fold_text("\n".join((one.text, *one.tags))) for word in words)
        ]

    def linked(self, about: str) -> Linked:
        """The memos about a thing, what they link to, and what links to it; two passages that share a character count as one.

        Raises:
            SettingError: If nothing is called so.
            SourceError: If the file cannot be read.
        """
        key = self.key(about)
        memos = tuple(one for one in self.all() if one.about == key)
        links = list(self.links())
        out = tuple(one for one in links if one.about == key)
        back = tuple(one for one in links if one.about != key and _same(one.to, key))
        return Linked(key, memos, out, back)

    def links(self) -> Iterator[Link]:
        """Every link of every memo and of every note on a passage."""
        known: dict[str, str] = {}
        written = [(one.id, one.about, one.text) for one in self.all()]
        written += [(one.id, f"at:{Address(one.source, one.start, one.end)}", one.text) for one in self._notes.all()]
        for by, about, text in written:
            for found in dict.fromkeys(match[1].strip() for match in _LINK.finditer(text)):
                if found not in known:
                    try:
                        known[found] = self.key(found)
                    except CasekitError:
                        known[found] = ""
                yield Link(by, about, found, known[found])

    def key(self, ref: str) -> str:
        """What a person means: `KIND:…` (case, name, source, code, memo), `A relation B`, an address, or any name alone.

        A name alone is a name that lexicon or corpus know, else a case card, a source, a code or a memo.

        Raises:
            SettingError: If nothing is called so.
        """
        ref = " ".join(ref.split())
        kind, _, rest = ref.partition(":")
        if kind in _KINDS and rest.strip():
            found = self._of_kind(kind, rest.strip())
            if found:
                return found
        for tried in ("at", "edge", "name", "case", "source", "code", "memo"):
            if found := self._of_kind(tried, ref):
                return found
        raise SettingError(
            say(
                f"没有叫 {ref} 的名称、案例、来源、编码或备忘；关系写成“甲 uses_tool 乙”",
                f"no name, case, source, code or memo is called {ref}; write an edge as “A uses_tool B”",
            )
        )

    def _of_kind(self, kind: str, ref: str) -> str:
        held = self._held
        if kind == "at":
            try:
                at = Address.parse(ref)
            except SettingError:
                return ""
            return f"at:{at}" if at.source in held.catalogue else ""
        if kind == "edge":
            return self._edge(ref.split(" "))
        if kind == "name":
            name = self._name(ref)
            return f"name:{name}" if name else ""
        if kind == "case":
            for card in load_cards(held.workspace.root / "casebook"):
                if ref in (card.id, card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases):
                    return f"case:{card.id}"
            return ""
        if kind == "source":
            return f"source:{ref}" if ref in held.catalogue else ""
        if kind == "code":
            try:
                return f"code:{Codes(held).tree.one(ref).id}"
            except CasekitError:
                return ""
        return f"memo:{ref}" if any(one.id == ref for one in self.all()) else ""

    def _edge(self, words: Sequence[str]) -> str:
        middle = next((i for i, word in enumerate(words) if word in RELATIONS), 0)
        if not middle or middle == len(words) - 1:
            return ""
        first, last = (self._name(" ".join(part)) for part in (words[:middle], words[middle + 1 :]))
        return f"edge:{first} {words[middle]} {last}" if first and last else ""

    def _name(self, ref: str) -> str:
        """The canonical form of a name that lexicon or corpus know; "" for what neither knows."""
        name = canonical_name(self._held, ref)
        if name != ref or self._held.lexicon.lookup(name) is not None:
            return name
        try:
            return name if any(one.name == name for one in self._held.built().records.mentions()) else ""
        except CasekitError:
            return ""  # nothing is built yet

    # ---- changed ------------------------------------------------------------------------------------------------
    def add(self, about: str, text: str, tags: Sequence[str] = ()) -> Memo:
        """Write a memo about a thing.

        Raises:
            SettingError: If nothing is called so, or the memo is empty.
            SourceError: If the file cannot be read.
            BusyError: If another process holds the notes.
        """
        text, kept = checked_note(text, tags)
        key = self.key(about)
        if key.startswith("at:"):
            raise SettingError(
                say(
                    "段落的笔记在面板里写（n），或用 wb.notes.add",
                    "write notes on passages in the panel (n), or with wb.notes.add",
                )
            )
        at = now()
        made = Memo(new_id("m"), key, text, tuple(kept), at, at)
        with locked(self.path.parent):
            file = read_file(self.path, "memos")
            self._write(say("写备忘", "a memo written"), replace(file, items=(*file.items, _item_of(made, {}))))
        return made

    def change(self, memo_id: str, *, text: str | None = None, tags: Sequence[str] | None = None) -> Memo:
        """Give a memo another text or other tags.

        Raises:
            UnknownNoteError: If there is no such memo.
            SettingError: If it would be empty.
        """
        with locked(self.path.parent):
            number, old = self._one(memo_id)
            new_text, kept = checked_note(old.text if text is None else text, old.tags if tags is None else tags)
            new = replace(old, text=new_text, tags=tuple(kept), updated=now())
            file = read_file(self.path, "memos")
            items = [*file.items]
            items[number] = _item_of(new, items[number])
            self._write(say("改备忘", "a memo changed"), replace(file, items=tuple(items)))
        return new

    def remove(self, memo_id: str) -> Memo:
        """Delete a memo; returns it.

        Raises:
            UnknownNoteError: If there is no such memo.
        """
        with locked(self.path.parent):
            number, old = self._one(memo_id)
            file = read_file(self.path, "memos")
            left = (*file.items[:number], *file.items[number + 1 :])
            self._write(say("删备忘", "a memo removed"), replace(file, items=left))
        return old

    def undo(self) -> str:
        """Take the last change of memos back; returns what it was.

        Raises:
            SettingError: If there is none, or somebody has changed the file since.
        """
        with locked(self.path.parent):
            return self._back.undo()

    def _write(self, told: str, file: NoteFile) -> None:
        self._back.remember(told, {file.path: text_of(file, "memos")})
        write_file(file, "memos")

    def _one(self, memo_id: str) -> tuple[int, Memo]:
        for number, one in enumerate(self.all()):
            if one.id == memo_id:
                return number, one
        raise UnknownNoteError(say(f"没有编号为 {memo_id} 的备忘", f"no memo with id {memo_id}"))


def _same(one: str, other: str) -> bool:
    if one.startswith("at:") and other.startswith("at:"):
        return Address.parse(one[3:]).overlaps(Address.parse(other[3:]))
    return one == other


def _memo_of(item: Mapping[str, Any], number: int) -> Memo:
    about, text, tags = item.get("about"), item.get("text"), item.get("tags") or []
    if not isinstance(about, str) or about.partition(":")[0] not in _KINDS or not isinstance(tags, list):
        raise SourceError(
            say(
                f"读不懂 {MEMOS_NAME} 第 {number} 条：about 应写成 name:… 或 case:… 等",
                f"cannot read {MEMOS_NAME}, item {number}: about is written as name:…, case:… and so on",
            )
        )
    told = {name: "" if item.get(name) is None else str(item.get(name)) for name in ("id", "created", "updated")}
    memo_id = told["id"] or f"m-{number}"
    return Memo(memo_id, about, str(text or "").strip(), tuple(map(str, tags)), told["created"], told["updated"])


def _item_of(memo: Memo, before: Mapping[str, Any]) -> dict[str, Any]:
    own = memo.to_json()
    return {**own, **{name: value for name, value in before.items() if name not in own}}
