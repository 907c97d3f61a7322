"""The list of references of a document and the marks that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casekit.cite import STYLES, cited, cited_entries, format_citation
from casekit.errors import SettingError, SourceError
from casekit.export.document import Entries, Entry, Run, printable
from casekit.language import say

__all__ = ["PRINTED_STYLES", "References"]

PRINTED_STYLES: tuple[str, ...] = tuple(s for s in STYLES if s not in ("bibtex", "ris", "csl-json") and "note" not in s)
"""The styles that a list of references can be printed in."""


class References:
    """Sources with their references in the order of the list; a retelling leads to what it retells.

    Args:
        sources: Ids in the order of their first use; the order of the list where the style numbers its entries.
        records: CSL-JSON records by source id; a source without one, or whose record cannot be cited, is named by its id.
        style: One of `PRINTED_STYLES`.
    Raises:
        SettingError: If the style is unknown or prints no list.
    """

    def __init__(
        self, sources: Iterable[str], records: Mapping[str, Mapping[str, Any]], style: str = "gbt7714-2025"
    ) -> None:
        if style not in PRINTED_STYLES:
            known = ", ".join(PRINTED_STYLES)
            raise SettingError(
                say(f"文献表不能用 {style!r} 样式；可用：{known}", f"no list of references in {style!r}; use {known}")
            )
        self.style = style
        ids = list(dict.fromkeys(sources))
        told: dict[str, str] = {}
        citable: list[Mapping[str, Any]] = []
        for source in ids:
            record = records.get(source)
            if record is None:
                told[source] = say(f"{source}（目录中没有著录）", f"{source} (not in the catalogue)")
                continue
            try:
                [reference] = cited_entries([source], records.get, style)
            except SourceError as error:
                told[source] = f"{source}（{error}）"
                continue
            if reference.remark:  # a work without title is known by its id; a letter is not listed in APA
                told[source] = f"{source}（{reference.remark}）"
            else:
                citable.append({**cited(source, records.get).items[0], "id": source})
        listed = cited_entries([str(one["id"]) for one in citable], records.get, style)
        told |= {entry.id: entry.text for entry in listed}
        self.numbered = style in ("gbt7714-2025", "gbt7714-2015")
        order = (
            ids
            if self.numbered
            else [*(entry.id for entry in listed), *(i for i in ids if i not in {e.id for e in listed})]
        )
        self._numbers = {source: place for place, source in enumerate(order, 1)}
        self._texts = told
        self._citable: Sequence[Mapping[str, Any]] = citable

    def __contains__(self, source: object) -> bool:
        return source in self._numbers

    def __iter__(self) -> Any:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def text(self, source: str) -> str:
        """The printed reference of a source."""
        return self._texts[source]

    def number(self, source: str) -> int:
        """The place of a source in the list, from 1."""
        return self._numbers[source]

    def anchor(self, source: str) -> str:
        """Where the list names the source."""
        return f"ref-{self._numbers[source]}"

    def mark(self, source: str) -> str:
        """What stands in the text: [1], or author and year."""
        if not self.numbered:
            for record in self._citable:
                if record["id"] == source:
                    return format_citation(record, self.style, among=self._citable)
        return f"[{self._numbers[source]}]"

    def marked(self, source: str) -> Run:
        """The mark as a run that leads to the list."""
        return Run(self.mark(source), "muted", self.anchor(source))

    def entries(self, remarks: Mapping[str, str] | None = None) -> Entries:
        """The list as a block; `remarks` by source id stand below the entries."""
        more = remarks or {}
        return Entries(
            tuple(
                Entry(
                    f"[{number}]" if self.numbered or source not in {r["id"] for r in self._citable} else "",
                    printable(self._texts[source]),
                    printable(more.get(source, "")),
                    self.anchor(source),
                )
                for source, number in self._numbers.items()
            )
        )
