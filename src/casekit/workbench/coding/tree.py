"""The codebook as a tree: what is under what, what is meant by a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.language import say
from casekit.workbench.coding.records import Code, Coding, Listed, UnknownCodeError

__all__ = ["Tree"]


class Tree:
    """The codes of a codebook, by id."""

    def __init__(self, codes: Mapping[str, Code]) -> None:
        self.codes = codes
        self._under: dict[str, list[Code]] = {}
        for one in codes.values():
            self._under.setdefault(one.parent, []).append(one)

    def children(self, code_id: str) -> list[Code]:
        """The codes right under one ("": at the top), in their order."""
        return self._under.get(code_id, [])

    def below(self, code_id: str) -> list[str]:
        """The ids of a code and all below it, as they are listed."""
        found = [code_id]
        for child in self.children(code_id):
            found += self.below(child.id)
        return found

    def path(self, code_id: str) -> str:
        """The code's name behind the names above it, parted by "/"; of a code that is gone its id."""
        one = self.codes.get(code_id)
        if one is None:
            return code_id
        return f"{self.path(one.parent)}/{one.name}" if one.parent else one.name

    def colour(self, code_id: str) -> str:
        """Its colour, else that of the code above it; "" where none has one."""
        one = self.codes.get(code_id)
        return "" if one is None else one.colour or self.colour(one.parent)

    def one(self, ref: str) -> Code:
        """The code of this id, path or name (in either script).

        Raises:
            UnknownCodeError: If there is none, or several of this name.
        """
        found = self.called(ref)
        if len(found) == 1:
            return found[0]
        if found:
            listed = say("、", ", ").join(self.path(one.id) for one in found)
            raise UnknownCodeError(
                say(
                    f"有 {len(found)} 个编码叫 {ref}，请写全路径：{listed}",
                    f"{ref} is several codes; write one of: {listed}",
                )
            )
        known = say("、", ", ").join(self.path(one.id) for one in list(self.codes.values())[:12])
        raise UnknownCodeError(
            say(f"没有 {ref} 这个编码；已有：{known}", f"there is no code {ref}; known: {known}")
            if known
            else say(
                f"没有 {ref} 这个编码；先用 casekit code add {ref}",
                f"there is no code {ref}; casekit code add {ref} makes it",
            )
        )

    def called(self, ref: str) -> list[Code]:
        """The codes of this id, else path, else name (in either script)."""
        if ref in self.codes:
            return [self.codes[ref]]
        wanted = fold_text(ref.strip())
        found = [one for one in self.codes.values() if fold_text(self.path(one.id)) == wanted]
        return found or [one for one in self.codes.values() if fold_text(one.name) == wanted]

    def ids(self, ref: str, *, below: bool) -> list[str]:
        """The id of a code, with all below it if so asked."""
        one = self.one(ref)
        return self.below(one.id) if below else [one.id]

    def ensure_free(self, name: str, parent: str) -> None:
        """Refuse a name that a code under the same parent has.

        Raises:
            SettingError: If it is taken.
        """
        if any(one.name == name for one in self.children(parent)):
            where = self.path(parent) if parent else say("最上层", "the top")
            raise SettingError(say(f"{where} 已有编码 {name}", f"{where} has a code {name} already"))

    def listed(self, codings: Iterable[Coding]) -> list[Listed]:
        """Every code below the one it is under, with its codings and sources counted."""
        counts: dict[str, list[str]] = {}
        for one in codings:
            counts.setdefault(one.code, []).append(one.source)

        def under(parent: str, depth: int) -> list[Listed]:
            found: list[Listed] = []
            for one in self.children(parent):
                mine = counts.get(one.id, [])
                found.append(Listed(one, self.path(one.id), depth, len(mine), len(set(mine))))
                found += under(one.id, depth + 1)
            return found

        return under("", 0)
