"""The one idea: text never leaves its address. The range, the place in a source, and the place with its fingerprint.

Offsets are Unicode code points into a source's stored text, half-open. An address is printed and read here and nowhere
else; what a source may be called says `casekit.ids`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

from casekit.errors import SettingError
from casekit.ids import ID_PATTERN, is_id
from casekit.language import say

__all__ = ["Address", "Evidence", "Span", "is_fingerprint"]

_RANGE: Final = r":(?P<start>0|[1-9][0-9]{0,11})-(?P<end>0|[1-9][0-9]{0,11})"
_BRACED: Final = r"\{(?P<braced>[^{}\n]+)\}"
_WRITTEN: Final = re.compile(rf"(?:(?P<id>{ID_PATTERN})|{_BRACED}){_RANGE}")
# Not in the middle of a word or number, nor of a time or date (`9:30-10:15`, `10:1-2-3`).
_ID_IN_TEXT: Final = rf"(?<!\w)(?P<id>{ID_PATTERN})|{_BRACED}"
_ENDS: Final = rf"{_RANGE}(?![0-9A-Za-z_]|[-:.][0-9])"
_IN_TEXT: Final = re.compile(rf"(?:{_ID_IN_TEXT}){_ENDS}")
# What a braced id holds as it is: all but its own braces and what Markdown, HTML or a citation would take for itself.
_BARE: Final = re.compile(r"[^%{}\[\]<>`|\\\"@;,]")
_FINGERPRINT: Final = re.compile(r"fp1:[1-9][0-9]{0,8}:[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a source's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """The characters of `text` at this address."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where text stands: a source and a half-open range of code points in its stored text.

    Printed `source:start-end` (`str`), which `parse` reads back whatever the id is: one that breaks the grammar of
    `casekit.ids`, as catalogues of older versions may hold, is printed in braces, `{零售 一}:543-585`, with `%XX` for what
    could not stand there. In JSON an address is the three fields, flat. Addresses sort by source, start, end.

    Example:
        >>> str(Address("零售", 543, 585))
        '零售:543-585'
        >>> Address.parse("{零售 一}:543-585")
        Address(source='零售 一', start=543, end=585)
    """

    source: str
    start: int
    end: int

    @classmethod
    def of(cls, source: str, span: Span) -> Address:
        """The address of a range in a source."""
        return cls(source, span.start, span.end)

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that `text` is, all of it (white space around it aside).

        Raises:
            SettingError: If it is none, or its range is empty or reversed.
        """
        found = _WRITTEN.fullmatch(text.strip())
        address = _address_of(found) if found is not None else None
        if address is None:
            raise SettingError(_no_address(text.strip()))
        if not address.is_range:
            raise SettingError(
                say(f"{address} 不是一段：起点应在终点之前", f"{address} is no range: its start must be before its end")
            )
        return address

    @classmethod
    def find_all(cls, text: str, *, known: Iterable[str] = ()) -> Iterator[tuple[Span, Address]]:
        """Every address in running text, in its order, with the place where it is written.

        An id begins where a word begins, so in Chinese text an address needs a character before it that no id holds
        (a blank, a bracket, a back tick, punctuation). Ranges are not looked at: `is_range` tells, and whether the source
        exists is for who knows the corpus to say (`9:30-10` is an address in form).

        Args:
            text: The text.
            known: Ids of sources; those that break the grammar are also found as older versions wrote them, without braces.
        """
        odd = sorted((re.escape(one) for one in known if not is_id(one)), key=len, reverse=True)
        pattern = re.compile(rf"(?:(?<!\w)(?P<odd>{'|'.join(odd)})|{_ID_IN_TEXT}){_ENDS}") if odd else _IN_TEXT
        for found in pattern.finditer(text):
            address = Address(found["odd"], *_numbers(found)) if odd and found["odd"] else _address_of(found)
            if address is not None:
                yield Span(found.start(), found.end()), address

    @classmethod
    def of_json(cls, row: Mapping[str, Any]) -> Address:
        """The reverse of `to_json`; other fields of `row` are left alone.

        Raises:
            ValueError: If one of the three is missing or not of its kind, or they are no range.
        """
        source, start, end = (row.get(name) for name in ("source", "start", "end"))
        if not isinstance(source, str) or not source or type(start) is not int or type(end) is not int:
            raise ValueError(f"no address: {source!r}, {start!r}, {end!r}")
        address = cls(source, start, end)
        if not address.is_range:
            raise ValueError(f"no range: {address}")
        return address

    def to_json(self) -> dict[str, str | int]:
        """The three fields, as every JSON of casekit has them."""
        return {"source": self.source, "start": self.start, "end": self.end}

    @property
    def span(self) -> Span:
        """The range without the source."""
        return Span(self.start, self.end)

    @property
    def is_range(self) -> bool:
        """Whether it holds at least one character, counted from 0."""
        return 0 <= self.start < self.end

    def contains(self, other: Address) -> bool:
        """Whether all of `other` lies in this address."""
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Address) -> bool:
        """Whether the two share at least one character."""
        return self.source == other.source and self.start < other.end and other.start < self.end

    def slice(self, text: str) -> str:
        """The characters of the source's `text` at this address."""
        return text[self.start : self.end]

    def __str__(self) -> str:
        """`source:start-end`; the source in braces where it is no id of the grammar."""
        source = self.source if is_id(self.source) else f"{{{_braced(self.source)}}}"
        return f"{source}:{self.start}-{self.end}"


def _braced(source: str) -> str:
    return "".join(
        c if c.isprintable() and _BARE.fullmatch(c) else quote(c, safe="", errors="surrogatepass") for c in source
    )


def _address_of(found: re.Match[str]) -> Address | None:
    source = found["id"]
    if source is None:
        try:
            source = unquote(found["braced"], errors="surrogatepass")
        except UnicodeDecodeError:
            return None
    return Address(source, *_numbers(found))


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    return int(found["start"]), int(found["end"])


def _no_address(text: str) -> str:
    shown = text if len(text) <= 200 else f"{text[:200]}…"
    near = re.fullmatch(r"(.+):([0-9]{1,12})-([0-9]{1,12})", text, re.DOTALL)
    if near is not None and not is_id(near[1]) and len(near[1]) <= 200:
        written = Address(near[1], int(near[2]), int(near[3]))
        return say(
            f"{shown!r} 不是地址；编号里有别的字符时写成 {written}",
            f"{shown!r} is no address; write such an id as {written}",
        )
    return say(f"{shown!r} 不是地址；写成 编号：起点-终点", f"{shown!r} is no address; write ID:START-END")


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """An address, and the fingerprint of what stands there (`casekit.fold.fingerprint` of the kept characters)."""

    address: Address
    fingerprint: str

    @property
    def source(self) -> str:
        """The id of the source."""
        return self.address.source

    @property
    def start(self) -> int:
        """Where it starts in the source's text."""
        return self.address.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.address.end

    @property
    def span(self) -> Span:
        """The range without the source."""
        return self.address.span

    def to_json(self) -> dict[str, str | int]:
        """Address and fingerprint, flat, as cards, notes and notebooks hold them."""
        return {**self.address.to_json(), "fingerprint": self.fingerprint}

    @classmethod
    def of_json(cls, row: Mapping[str, Any]) -> Evidence:
        """The reverse of `to_json`; other fields of `row` are left alone.

        Raises:
            ValueError: If the address is none or the fingerprint has not the form `fp1:<n>:<16 hex digits>`.
        """
        mark = row.get("fingerprint")
        if not isinstance(mark, str) or not is_fingerprint(mark):
            raise ValueError(f"no fingerprint: {mark!r}")
        return cls(Address.of_json(row), mark)


def is_fingerprint(mark: str) -> bool:
    """Whether `mark` has the form that `casekit.fold.fingerprint` gives to one letter or more."""
    return _FINGERPRINT.fullmatch(mark) is not None
