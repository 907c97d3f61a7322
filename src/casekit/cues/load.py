"""The lists of cues: the package's, and a workspace's own laid over them. Each list is read when first asked for."""

from __future__ import annotations

import difflib
import hashlib
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from casekit.cues.parse import ANY_SECTION, CuesError, Entry, fail, folder_files, parse_cues
from casekit.cues.templates import TemplateError, any_phrase, is_plain, literal, pieces
from casekit.language import say

__all__ = ["PACKAGE_CUES", "Cues", "load_cues"]

logger = logging.getLogger(__name__)

PACKAGE_DATA = Path(__file__).resolve().parent.parent / "data" / "cues"
T = TypeVar("T")


class Cues:
    """Lists of words and phrases by name; `address` below is a list's name (`posts`) or a section of it (`posts/head`).

    All entries are in cue form (simplified, half-width, lower case). Safe to share between threads.

    Examples:
        >>> PACKAGE_CUES.words("places/letter")[:3]
        ('京', '沪', '粤')
    """

    def __init__(self, own: dict[str, bytes] | None = None) -> None:
        """`own` are the workspace's files by list name; without them these are the package's lists."""
        self._own = own or {}
        self._lists: dict[str, tuple[Entry, ...]] = {}
        self._patterns: dict[str, str] = {}
        self._made: dict[object, object] = {}

    def names(self) -> tuple[str, ...]:
        """The names of all lists, sorted."""
        return tuple(sorted(path.stem for path in PACKAGE_DATA.glob("*.txt")))

    def sections(self, name: str) -> tuple[str, ...]:
        """The sections of a list in their order; one empty name where it has none."""
        return tuple(dict.fromkeys(entry.section for entry in self._list(name)))

    def entries(self, address: str) -> tuple[Entry, ...]:
        """The entries of a list or section, in the order of the file, each once.

        Raises:
            CuesError: If there is no such list or section, or its file breaks the format.
        """
        name, _, section = address.partition("/")
        found = self._list(name)
        if not section:
            return found
        picked = tuple(entry for entry in found if entry.section == section)
        if not picked and section not in self.sections(name):
            raise _unknown(address, (f"{name}/{one}" for one in self.sections(name)))
        return picked

    def words(self, address: str) -> tuple[str, ...]:
        """The entries of a list of plain words.

        Raises:
            CuesError: As `entries`, and if one has a gap or choice: this list is looked up word by word.
        """
        return self.made(("words", address), lambda: self._words(address))

    def _words(self, address: str) -> tuple[str, ...]:
        entries = self.entries(address)
        for entry in entries:
            if not is_plain(entry.text):
                raise fail(
                    entry.where,
                    f"“{entry.text}”：这份名单逐词查找，不能用 [..] 或 {{}}（要符号本身请写 \\[ \\{{）",
                    f"{entry.text!r}: this list is looked up word by word; no [..] or {{}} (\\[ \\{{ for the signs)",
                )
        return tuple(dict.fromkeys(literal(entry.text) for entry in entries))

    def rows(self, address: str) -> tuple[tuple[str, ...], ...]:
        """The entries of a list of plain words, each with what stands behind tabs on its line."""
        self.words(address)
        return tuple((literal(entry.text), *entry.values) for entry in self.entries(address))

    def letters(self, address: str) -> frozenset[str]:
        """All characters of a list; a line may hold many."""
        return self.made(("letters", address), lambda: frozenset("".join(self.words(address))))

    def pattern(self, address: str) -> str:
        """A regular expression, one group without a number, for any entry of a list, longest first.

        Raises:
            CuesError: As `entries`, and if an entry's gap or choice is badly written.
        """
        if address not in self._patterns:
            self._patterns[address] = any_phrase(way for entry in self.entries(address) for way in self._pieces(entry))
        return self._patterns[address]

    def _pieces(self, entry: Entry) -> list[tuple[str, ...]]:
        try:
            return pieces(entry.text, self.pattern)
        except TemplateError as error:
            raise fail(entry.where, f"“{entry.text}”{error.zh}", f"{entry.text!r}: {error.en}") from error
        except RecursionError as error:
            raise fail(entry.where, f"“{entry.text}”引用了自己", f"{entry.text!r} refers to itself") from error

    def made(self, key: object, make: Callable[[], T]) -> T:
        """What `make` makes of these lists, made once for each key."""
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])

    def digest(self, *names: str) -> str:
        """SHA-256 of what these lists were read from, the package's bytes and the workspace's; of all lists by default."""
        total = hashlib.sha256()
        for name in names or sorted({*self.names(), *self._own}):
            for raw in (_package_bytes(name), self._own.get(name, b"")):
                total.update(f"{name} {len(raw)}\n".encode())
                total.update(raw)
        return total.hexdigest()

    def _list(self, name: str) -> tuple[Entry, ...]:
        if name not in self._lists:
            entries = [entry for entry in _package_entries(name) if entry.text != ANY_SECTION]
            if name in self._own:
                entries = _overlay(list(_package_entries(name)), parse_cues(self._own[name], f"{name}.txt", own=True))
            self._lists[name] = tuple({(entry.section, entry.text): entry for entry in entries}.values())
        return self._lists[name]


def _unknown(address: str, known: Iterable[str]) -> CuesError:
    near = difflib.get_close_matches(address, list(known), n=1)
    asked = (f"；是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
    return CuesError(say(f"没有名为 {address} 的线索词名单{asked[0]}", f"There is no list of cues {address}{asked[1]}"))


@lru_cache(maxsize=256)
def _package_bytes(name: str) -> bytes:
    try:
        return (PACKAGE_DATA / f"{name}.txt").read_bytes()
    except OSError as error:
        raise _unknown(name, PACKAGE_CUES.names()) from error


@lru_cache(maxsize=256)
def _package_entries(name: str) -> tuple[Entry, ...]:
    return tuple(parse_cues(_package_bytes(name), f"{name}.txt"))


def _overlay(base: list[Entry], own: Iterable[Entry]) -> list[Entry]:
    """The package's entries with a workspace's: added at the end, or taken away."""
    sections = {entry.section for entry in base}
    out = list(base)
    for entry in own:
        if entry.removes:
            rest = [one for one in out if one.text != entry.text or entry.section not in ("", one.section)]
            if len(rest) == len(out):
                logger.warning(
                    "%s",
                    say(
                        f"线索词 {entry.where}：名单里没有“{entry.text}”，未去掉什么",
                        f"Cues {entry.where}: the list does not hold {entry.text!r}; nothing taken away",
                    ),
                )
            out = rest
            continue
        if entry.section not in sections and not (entry.section and any(one.text == ANY_SECTION for one in base)):
            wanted = ", ".join(f"[{one}]" for one in sorted(sections) if one) or say("不分节", "no sections")
            raise fail(
                entry.where,
                f"“{entry.text}”应放在这份名单的一节里：{wanted}",
                f"{entry.text!r} should stand in a section of this list: {wanted}",
            )
        out.append(entry)
    return [entry for entry in out if entry.text != ANY_SECTION]


PACKAGE_CUES = Cues()
"""The lists that come with casekit."""


@lru_cache(maxsize=8)
def _workspace_cues(files: tuple[tuple[str, bytes], ...]) -> Cues:
    return Cues(dict(files))


def load_cues(workspace_folder: Path | None = None) -> Cues:
    """The package's lists, with a workspace's `corpus/lexicon/cues/*.txt` laid over them.

    The files are read at each call; as long as they stay the same, so does the object, with all that was made of it.

    Args:
        workspace_folder: Root of a workspace (the folder that holds `corpus/`); None for the package's lists alone.

    Raises:
        CuesError: If a file breaks the format or extends no list that casekit has; the message names file and line.
    """
    if workspace_folder is None:
        return PACKAGE_CUES
    own = folder_files(workspace_folder / "corpus" / "lexicon" / "cues")
    if not own:
        return PACKAGE_CUES
    known = PACKAGE_CUES.names()
    for name in own:
        if name not in known:
            raise _unknown(name, known)
    cues = _workspace_cues(tuple(own.items()))
    for name in own:
        cues.pattern(name)  # a bad entry is told when the lists are opened, not in the middle of a build
    return cues
