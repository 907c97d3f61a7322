"""The codes of a workspace: the codebook made and changed, codings applied and taken off; what was done last taken back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from casekit.address import Address
from casekit.errors import SettingError
from casekit.fold import fingerprint
from casekit.language import say
from casekit.passages import quote_of
from casekit.workbench.coding.records import (
    Code,
    Coded,
    Coding,
    UnknownCodeError,
    checked_colour,
    checked_name,
    checked_text,
)
from casekit.workbench.coding.retrieval import Retrieval
from casekit.workbench.coding.tree import Tree
from casekit.workbench.corpus.documents import check_span
from casekit.workbench.notes.files import locked
from casekit.workbench.notes.placing import beginning
from casekit.workbench.notes.records import now

__all__ = ["Codes", "new_id"]

_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999")
"""Colours that people with any colour vision can tell apart (Okabe and Ito 2008), without yellow and black."""


def new_id(letter: str) -> str:
    """An id that nothing has yet: the time, and what chance adds."""
    return f"{letter}{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


class Codes(Retrieval):
    """The codes of a workspace; any number of threads may ask and write.

    Example:
        >>> wb.codes.add("导购", definition="店员与顾客一对一往来")   # doctest: +SKIP
        >>> wb.codes.apply("导购", "chenlu", 11, 24)                   # doctest: +SKIP
        >>> [one.quote for one in wb.codes.retrieve(["导购"])]         # doctest: +SKIP
    """

    # ---- the codebook changed -----------------------------------------------------------------------------------
    def add(
        self, name: str, *, under: str = "", colour: str = "", definition: str = "", memo: str = "", id: str = ""
    ) -> Code:
        """A new code, at the top or under another; without a colour it takes that of the other, or the next of a row.

        Raises:
            SettingError: If the name is taken there, or something is no good.
            UnknownCodeError: If there is no such code to put it under.
        """
        with locked(self.files.folder):
            tree = self.changing()
            parent = tree.one(under).id if under else ""
            name = checked_name(name)
            tree.ensure_free(name, parent)
            at = now()
            made = Code(
                id=id or new_id("c"),
                name=name,
                parent=parent,
                colour=checked_colour(colour)
                or (tree.colour(parent) if parent else _COLOURS[len(tree.children("")) % len(_COLOURS)]),
                definition=checked_text(definition),
                memo=checked_text(memo),
                created=at,
                updated=at,
            )
            self.files.write(say(f"新编码 {name}", f"new code {name}"), codes=[*tree.codes.values(), made])
        return made

    def change(
        self,
        code: str,
        *,
        name: str | None = None,
        under: str | None = None,
        definition: str | None = None,
        memo: str | None = None,
        colour: str | None = None,
    ) -> Code:
        """Give a code another name, place, definition, memo or colour, in one step; its codings stay.

        Args:
            code: By name, path or id.
            name: Its new name.
            under: The code to put it under, with all below it; "" is the top.
            definition, memo, colour: The new ones. What is None stays.

        Raises:
            UnknownCodeError: If there is no such code.
            SettingError: If the name is taken there, it would be below itself, or something is no good.
        """
        with locked(self.files.folder):
            tree = self.changing()
            old = tree.one(code)
            parent = old.parent if under is None else tree.one(under).id if under else ""
            if parent != old.parent and parent in tree.below(old.id):
                raise SettingError(say(f"{old.name} 不能放到自己下面", f"{old.name} cannot be under itself"))
            new = replace(
                old,
                name=old.name if name is None else checked_name(name),
                parent=parent,
                definition=old.definition if definition is None else checked_text(definition),
                memo=old.memo if memo is None else checked_text(memo),
                colour=old.colour if colour is None else checked_colour(colour),
            )
            if (new.name, new.parent) != (old.name, old.parent):
                tree.ensure_free(new.name, new.parent)
            if new == old:
                return old
            new = replace(new, updated=now())
            codes = [new if one.id == old.id else one for one in tree.codes.values()]
            self.files.write(_told(old, new), codes=codes)
        return new

    def edit(
        self, code: str, *, definition: str | None = None, memo: str | None = None, colour: str | None = None
    ) -> Code:
        """Give a code another definition, memo or colour; see `change`."""
        return self.change(code, definition=definition, memo=memo, colour=colour)

    def rename(self, code: str, name: str) -> Code:
        """Give a code another name; its codings stay. See `change`."""
        return self.change(code, name=name)

    def move(self, code: str, under: str = "") -> Code:
        """Put a code, with all below it, under another one, or ("") at the top; see `change`."""
        return self.change(code, under=under)

    def merge(self, code: str, into: str) -> Code:
        """Give all that bears a code (and the codes under it) to another one, and drop it.

        Where the same coder gave both to the same passage, one coding stays, with both memos.

        Raises:
            UnknownCodeError: If there is no such code.
            SettingError: If the two are one, or the other is below it.
        """
        with locked(self.files.folder):
            tree = self.changing()
            old, other = tree.one(code), tree.one(into)
            if other.id in tree.below(old.id):
                raise SettingError(
                    say("不能并入自己或自己下面的编码", "a code cannot be merged into itself or what is below it")
                )
            for child in tree.children(old.id):
                tree.ensure_free(child.name, other.id)
            at = now()
            memo = "\n\n".join(text for text in (other.memo, old.definition, old.memo) if text)
            codes = [
                replace(one, parent=other.id, updated=at) if one.parent == old.id
                else replace(one, memo=memo, updated=at) if one.id == other.id
                else one
                for one in tree.codes.values() if one.id != old.id
            ]  # fmt: skip
            changed = {
                source: _joined(replace(one, code=other.id) if one.code == old.id else one for one in codings)
                for source, codings in self.files.read().codings.items()
                if any(one.code == old.id for one in codings)
            }
            told = say(f"{old.name} 并入 {other.name}", f"merge {old.name} into {other.name}")
            self.files.write(told, codes=codes, codings=changed, codes_last=True)
        return next(one for one in codes if one.id == other.id)

    def remove(self, code: str, *, everything: bool = False) -> list[Coding]:
        """Drop a code; with `everything` also the codes below it and all their codings, which it returns.

        Raises:
            UnknownCodeError: If there is no such code.
            SettingError: If something hangs on it, and not `everything` was said.
        """
        with locked(self.files.folder):
            tree = self.changing()
            old = tree.one(code)
            ids = tree.below(old.id)
            held = self.files.read().codings
            gone = [one for codings in held.values() for one in codings if one.code in ids]
            if (gone or len(ids) > 1) and not everything:
                raise SettingError(
                    say(
                        f"{old.name} 下面有 {len(ids) - 1} 个编码、{len(gone)} 处编码的段落；确要一起删，加 --all（code undo 可收回）",
                        f"{old.name} has {len(ids) - 1} codes below it and {len(gone)} codings; --all removes them too "
                        "(code undo brings them back)",
                    )
                )
            changed = {
                source: [one for one in codings if one.code not in ids]
                for source, codings in held.items()
                if any(one.code in ids for one in codings)
            }
            codes = [one for one in tree.codes.values() if one.id not in ids]
            told = say(f"删去 {old.name}", f"remove {old.name}")
            self.files.write(told, codes=codes, codings=changed, codes_last=True)
        return gone

    # ---- codings ------------------------------------------------------------------------------------------------
    def apply(
        self,
        code: str,
        source: str,
        start: int,
        end: int,
        *,
        memo: str = "",
        coder: str | None = None,
        make: bool = False,
    ) -> Coded:
        """Apply a code to a passage; where this coder has done so already, only a memo is added.

        Args:
            code: By name, path or id.
            source, start, end: The address, code points of the stored text.
            memo: Why.
            coder: Who; `coder` of the workspace where none is named.
            make: Whether a code that the codebook lacks is made: at the top, or where its path says.

        Raises:
            UnknownCodeError: If there is no such code.
            UnknownSourceError: If there is no such source.
            SettingError: If the address is none.
        """
        with locked(self.files.folder):
            tree = self.changing()
            fresh = self._fresh(tree, code) if make else None
            one = fresh or tree.one(code)
            made = self._coding(one, source, start, end, memo=memo, coder=coder)
            mine = [*self.files.read().codings.get(source, ())]
            same = next((one for one in mine if one.key == made.key), None)
            if same is None:
                mine.append(made)
            elif not made.memo or made.memo == same.memo:
                return self.placed(same)
            else:
                made = replace(same, memo=made.memo, updated=now())
                mine = [made if one is same else one for one in mine]
            told = say(f"编码 {one.name}", f"code {one.name}")
            codes = None if fresh is None else [*tree.codes.values(), fresh]
            self.files.write(told, codes=codes, codings={source: mine})
        return self.placed(made)

    def _fresh(self, tree: Tree, name: str) -> Code | None:
        """A new code, where none is called so: at the top, or under the one that its path names."""
        if tree.called(name):
            return None
        above, _, last = name.rpartition("/")
        over = tree.called(above) if above and last.strip() else []
        parent, name = (over[0].id, last) if len(over) == 1 else ("", name)
        name = checked_name(name)
        tree.ensure_free(name, parent)
        at = now()
        colour = "" if parent else _COLOURS[len(tree.children("")) % len(_COLOURS)]
        return Code(new_id("c"), name, parent, colour, created=at, updated=at)

    def _coding(self, one: Code, source: str, start: int, end: int, *, memo: str, coder: str | None) -> Coding:
        doc = self._held.documents[source]
        span = check_span(source, doc.text, start, end)
        quote = quote_of(doc.text, span, doc.cleaned.kept) or span.slice(doc.text)
        at = now()
        return Coding(
            id=new_id("q"),
            code=one.id,
            source=source,
            start=start,
            end=end,
            fingerprint=fingerprint(quote),
            coder=" ".join((self.coder if coder is None else coder).split()),
            memo=checked_text(memo),
            created=at,
            updated=at,
            begins=beginning(quote),
        )

    def uncode(self, code: str, source: str, start: int, end: int, *, coder: str | None = None) -> list[Coding]:
        """Take a code off the passages that share a character with a range; only those of one coder.

        Raises:
            UnknownCodeError: If there is no such code.
            SettingError: If this coder has not coded there; the message names who has.
        """
        who = self.coder if coder is None else coder
        with locked(self.files.folder):
            one = self.changing().one(code)
            there = [c for c in self.overlapping(source, start, end) if c.coding.code == one.id]
            gone = {c.coding.id for c in there if c.coder == who}
            if not gone:
                others = say("、", ", ").join(sorted({c.coder or say("（未署名）", "(nobody named)") for c in there}))
                raise SettingError(
                    say(
                        f"{who or '（未署名）'} 没有在 {Address(source, start, end)} 用过 {one.name}"
                        + (f"；用过的是 {others}（--coder 指明）" if others else ""),
                        f"{who or '(nobody named)'} has not applied {one.name} at {Address(source, start, end)}"
                        + (f"; {others} has (--coder)" if others else ""),
                    )
                )
            return self._drop(source, gone, say(f"取消编码 {one.name}", f"uncode {one.name}"))

    def drop(self, coding_id: str) -> list[Coding]:
        """Take one coding off, by its id.

        Raises:
            UnknownCodeError: If there is no such coding.
        """
        with locked(self.files.folder):
            one = next((c for c in self.all() if c.id == coding_id), None)
            if one is None:
                raise UnknownCodeError(say(f"没有编号为 {coding_id} 的编码段", f"no coding with id {coding_id}"))
            told = self.tree.path(one.code)
            return self._drop(one.source, {coding_id}, say(f"取消编码 {told}", f"uncode {told}"))

    def _drop(self, source: str, ids: set[str], told: str) -> list[Coding]:
        mine = self.files.read().codings[source]
        self.files.write(told, codings={source: [one for one in mine if one.id not in ids]})
        return [one for one in mine if one.id in ids]

    def undo(self, only: str = "") -> str:
        """Take the last change to codes or codings back; returns what it was.

        Args:
            only: Its id, as `last` tells it: nothing else is taken back.

        Raises:
            SettingError: If there is none, it is another, or somebody has changed its files since.
        """
        with locked(self.files.folder):
            return self.files.undo(only)

    def last(self) -> tuple[str, str] | None:
        """The id of the last change that can be taken back, and what it was; None where there is none."""
        return self.files.last()

    def changing(self) -> Tree:
        """The codebook read for a change: one that cannot be read is never written over.

        Raises:
            SourceError: If it cannot be read.
        """
        from casekit.workbench.coding.records import codes_of
        from casekit.workbench.coding.store import CODEBOOK_NAME
        from casekit.workbench.notes.files import read_file

        return Tree({one.id: one for one in codes_of(read_file(self.files.folder / CODEBOOK_NAME, "codes"))})


def _told(old: Code, new: Code) -> str:
    """What a change of a code is called."""
    if new.name != old.name:
        return say(f"{old.name} 改名 {new.name}", f"rename {old.name} to {new.name}")
    if new.parent != old.parent:
        return say(f"移动 {old.name}", f"move {old.name}")
    return say(f"改 {old.name}", f"edit {old.name}")


def _joined(codings: Iterable[Coding]) -> list[Coding]:
    """Codings, those that are the same but for their memo made one."""
    found: dict[tuple[str, str, str, int, int], Coding] = {}
    for one in codings:
        same = found.get(one.key)
        if same is None:
            found[one.key] = one
        else:
            memo = "\n\n".join(dict.fromkeys(text for text in (same.memo, one.memo) if text))
            found[one.key] = replace(same, memo=memo)
    return list(found.values())
