"""What is cited where a retelling is: the originals it retells, marked as read at second hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casekit.catalogue import metadata_of_csl
from casekit.cite.styles import Reference, format_entries, format_reference
from casekit.language import say

__all__ = ["Cited", "cited", "cited_entries", "cited_items"]

_DATA = frozenset({"bibtex", "ris", "csl-json"})
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cited:
    """The CSL-JSON items to cite for a source, and a remark on how they were read ("" where the source is cited itself)."""

    items: tuple[Item, ...]
    remark: str = ""

    def text(self, style: str) -> str:
        """The printed reference; formats for reference managers give the items alone.

        Raises:
            SourceError: If an item cannot be cited.
            SettingError: If the style is unknown.
        """
        told = [format_reference(item, style) for item in self.items]
        if style in _DATA:
            return (",\n" if style == "csl-json" else "\n").join(told)
        *before, last = told
        return say("；", "; ").join([*(one.removesuffix(".") for one in before), last]) + self.remark


def cited(source: str, record: Callable[[str], Item | None]) -> Cited:
    """What to cite for a source: itself, or of a retelling those of its originals that are known.

    Args:
        source: The id of a source.
        record: Gives the CSL-JSON item of an id, None where there is none.

    Raises:
        KeyError: If there is no item of `source`.
        SourceError: If a record holds a value that cannot be.
    """
    own = record(source)
    if own is None:
        raise KeyError(source)
    metadata = metadata_of_csl(own, where=source)
    if metadata.rank != "retelling":
        return Cited((own,))
    origins = tuple(item for item in map(record, metadata.retells) if item is not None)
    if not origins:
        return Cited((own,), say("（转述，不是原话）", " (a retelling, nobody's own words)"))
    return Cited(origins, _remark(source, [str(item["id"]) for item in origins if _imported(item)]))


def _imported(item: Item) -> bool:
    return bool(((item.get("custom") or {}).get("casekit") or {}).get("file"))


def _remark(source: str, here: Sequence[str]) -> str:
    """What is said of a retelling that stands for its originals; `here` are those whose text is in the workspace."""
    if here:
        ids = "、".join(here)
        return say(
            f"（{source} 是转述，不是原话；原文在语料里，请引 {ids}）",
            f" ({source} is a retelling, nobody's own words; its original is here: quote {', '.join(here)})",
        )
    return say(
        f"（转引自 {source}：转述，不是原话）", f" (at second hand from {source}, a retelling, nobody's own words)"
    )


def cited_entries(sources: Iterable[str], record: Callable[[str], Item | None], style: str) -> list[Reference]:
    """The references of sources, each once, in the order of the style; those of retellings lead to their originals.

    Raises:
        KeyError: If there is no item of a source.
        SourceError: If an item cannot be cited.
        SettingError: If the style is unknown.
    """
    led = {source: cited(source, record) for source in dict.fromkeys(sources)}
    items = cited_items(led, record)
    # as they are printed: an odd id is printed otherwise than it is written
    told = {
        format_entries([item], style)[0].id: one.text(style)
        for item, one in zip(items, led.values(), strict=True)
        if one.remark
    }
    return [replace(one, text=told.get(one.id, one.text)) for one in format_entries(items, style)]


def cited_items(sources: Iterable[str], record: Callable[[str], Item | None]) -> list[dict[str, Any]]:
    """The items of a list of references, one a source and under its id; that of a retelling is its first original.

    Raises:
        KeyError: If there is no item of a source.
        SourceError: If a record holds a value that cannot be.
    """
    return [{**cited(source, record).items[0], "id": source} for source in dict.fromkeys(sources)]
