"""The styles by name: references, lists of references and citations in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casekit.cite import apa, bibtex, csljson, gbt2015, gbt2025, order, ris
from casekit.cite.entry import Entry, label_of, read_entry
from casekit.cite.gbt_parts import Manner, System, anonymous, date_first
from casekit.errors import SettingError, SourceError
from casekit.language import say

__all__ = [
    "STYLES",
    "Reference",
    "format_bibliography",
    "format_citation",
    "format_entries",
    "format_file",
    "format_reference",
]

_EDITIONS: tuple[Literal[2025, 2015], ...] = (2025, 2015)
_SYSTEMS: tuple[System, ...] = ("numeric", "author-date", "note")
_GBT = {
    f"gbt7714-{edition}" + ("" if system == "numeric" else f"-{system}"): Manner(edition, system)
    for edition in _EDITIONS
    for system in _SYSTEMS
}
_DATA = {"bibtex": bibtex.write_bibtex, "ris": ris.write_ris, "csl-json": csljson.write_csl_json}
STYLES: tuple[str, ...] = (*_GBT, "apa", *_DATA)
"""The names that every function here takes as `style`."""

_GB_MAKERS = ("author", "composer", "illustrator", "director", "host", "editor")


@dataclass(frozen=True, slots=True)
class Reference:
    """A printed reference and the id of its record.

    `text` is "" for what a list of this style leaves out (a letter in APA); `remark` says why, or what the record lacks.
    """

    id: str
    text: str
    remark: str = ""


def format_reference(
    record: Mapping[str, object], style: str = "gbt7714-2025", *, missing: Literal["omit", "mark"] = "omit"
) -> str:
    """One reference.

    Args:
        record: A CSL-JSON item.
        style: One of `STYLES`.
        missing: What to do where a printed work has no place or publisher (GB/T 7714): leave it out, or mark it as
            [S.l.], [s.n.] (出版地不详, 出版者不详).
    Raises:
        SourceError: If `record` is no CSL-JSON item or holds nothing to cite.
        SettingError: If the style or `missing` is unknown.
    """
    reference = format_entries([record], style, missing=missing)[0]
    if not reference.text:
        raise SourceError(reference.remark)
    return reference.text


def format_bibliography(
    records: Sequence[Mapping[str, object]], style: str = "gbt7714-2025", *, missing: Literal["omit", "mark"] = "omit"
) -> list[str]:
    """The references of a list: as given in numeric and note systems, sorted where the style names authors first.

    Raises:
        SourceError: As for `format_reference`; the message names the record.
        SettingError: As for `format_reference`.
    """
    return [reference.text for reference in format_entries(records, style, missing=missing) if reference.text]


def format_file(references: Sequence[Reference], style: str) -> str:
    """The references as one text: a JSON array for csl-json, else one after the other."""
    texts = [reference.text for reference in references if reference.text]
    if style != "csl-json":
        return "\n".join(texts)
    return "[\n" + ",\n".join(texts) + "\n]"


def format_entries(
    records: Sequence[Mapping[str, object]], style: str = "gbt7714-2025", *, missing: Literal["omit", "mark"] = "omit"
) -> list[Reference]:
    """As `format_bibliography`, each reference with the id of its record.

    Raises:
        SourceError: As for `format_reference`.
        SettingError: As for `format_reference`.
    """
    _check(style)
    if missing not in ("omit", "mark"):
        raise SettingError(
            say(f"missing 应为 omit 或 mark，这里是 {missing!r}", f"missing must be omit or mark, not {missing!r}")
        )
    if style in _DATA:
        return [Reference(label_of(record), _DATA[style](record)) for record in map(_mapping, records)]
    entries = [read_entry(record) for record in records]
    if style == "apa":
        return [_apa_reference(e, letter) for e, letter in _sorted(entries, style)]
    manner = replace(_GBT[style], mark_missing=missing == "mark")
    print_one = gbt2015.reference if manner.edition == 2015 else gbt2025.reference
    if manner.system != "author-date":
        return [Reference(e.id, print_one(e, manner), _lacking(e)) for e in entries]
    return [
        Reference(e.id, print_one(e, replace(manner, suffix=letter)), _lacking(e))
        for e, letter in _sorted(entries, style)
    ]


def _apa_reference(entry: Entry, letter: str) -> Reference:
    if not apa.is_only_cited(entry):
        return Reference(entry.id, apa.reference(entry, letter), _lacking(entry))
    cited = f"({apa.citation_author(entry)}, {apa.citation_year(entry)})"
    return Reference(
        entry.id,
        "",
        say(
            f"APA 里私人通信只在文中引注，不列入文献表：{cited}",
            f"APA cites personal communications in the text only, not in the list: {cited}",
        ),
    )


def _lacking(entry: Entry) -> str:
    if entry["title"]:
        return ""
    return say("没有题名，以 [题名不详] 著录；请补 title", "no title, printed as [title unknown]; add a title")


def format_citation(
    records: Mapping[str, object] | Sequence[Mapping[str, object]],
    style: str = "gbt7714-2025",
    locator: str | None = None,
    *,
    among: Sequence[Mapping[str, object]] | None = None,
) -> str:
    """What stands in the text for one or more records: [1-3], （张三，2020）15-17, a note, (Smith & Jones, 2019, p. 5).

    Args:
        records: The record or records cited together.
        style: A GB/T 7714 style or apa.
        locator: Pages or the like; for a single record only.
        among: All records of the list, in its order: gives the numbers, and the letters after equal years. Without it
            the cited records are the whole list.
    Raises:
        SettingError: If the style has no citations (bibtex, ris, csl-json), a record is not in `among`, there is no
            record, or a locator goes with more than one.
        SourceError: As for `format_reference`.
    """
    _check(style)
    cited = [records] if isinstance(records, Mapping) else list(records)
    if style in _DATA:
        raise SettingError(say(f"{style} 是数据格式，没有文中引注", f"{style} is a data format without citations"))
    if not cited or (locator and len(cited) > 1):
        raise SettingError(
            say("引注要有文献；页码只能配一条文献", "a citation needs a record; a locator goes with a single record")
        )
    listed = list(among) if among is not None else cited
    places = [_place(record, listed) for record in cited]
    manner = _GBT.get(style)
    if manner is None:
        return _apa_citation(listed, places, locator)
    if manner.system == "numeric":
        return f"[{_ranges(sorted({place + 1 for place in places}))}]{locator or ''}"
    if manner.system == "note":
        printer = gbt2015.reference if manner.edition == 2015 else gbt2025.reference
        with_pages = replace(manner, locator=locator or "")
        notes = [printer(read_entry(record), with_pages).removesuffix(".") for record in cited]
        return manner.semicolon.join(notes) + "."
    entries = [read_entry(record) for record in listed]
    marks = _letters(entries, style)
    texts = []
    for place in dict.fromkeys(places):
        entry, dated = entries[place], replace(manner, suffix=marks[place])
        texts.append(_gb_author(entry) + manner.comma + date_first(entry, dated))
    return manner.bracket(manner.semicolon.join(texts)) + (locator or "")


def _check(style: str) -> None:
    if style not in STYLES:
        known = ", ".join(STYLES)
        raise SettingError(say(f"没有引文样式 {style!r}；可用：{known}", f"no style {style!r}; known: {known}"))


def _mapping(record: object) -> Mapping[str, object]:
    read_entry(record)  # refuses what is no record, with its own message
    return record if isinstance(record, Mapping) else {}


def _place(record: Mapping[str, object], listed: Sequence[Mapping[str, object]]) -> int:
    """Where `record` stands in the list: itself, else the one with its id."""
    for match in (lambda other: other is record, lambda other: other == record, lambda other: _same_id(other, record)):
        for place, other in enumerate(listed):
            if match(other):
                return place
    label = label_of(record)
    raise SettingError(say(f"文献表中没有 {label!r}", f"{label!r} is not in the list of references"))


def _same_id(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return one.get("id") is not None and one.get("id") == other.get("id")


def _ranges(numbers: Sequence[int]) -> str:
    """1,3-5: neighbours joined by a hyphen (GB/T 7714-2015, 10.1.2)."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _gb_author(entry: Entry) -> str:
    """The author in the text: whole Chinese name, Western family name; of several the first (2015: 10.2.2)."""
    roles = _GB_MAKERS[:-1] if entry.has("container-title") else _GB_MAKERS
    names = entry.first_names(*roles)
    if not names:
        return anonymous(entry)
    et_al = "等" if entry.cjk else "et al."
    return names[0].short() + (f" {et_al}" if len(names) > 1 else "")


def _keys(entries: Sequence[Entry], style: str) -> list[tuple[str, str]]:
    if style == "apa":
        return [(apa.citation_author(e), apa.year(e)) for e in entries]
    return [(_gb_author(e), date_first(e, _GBT[style])) for e in entries]


def _sorted(entries: Sequence[Entry], style: str) -> list[tuple[Entry, str]]:
    keys = _keys(entries, style)
    ranked = sorted(range(len(entries)), key=lambda at: order.sort_key(entries[at], *keys[at]))
    marks = order.letters([keys[at] for at in ranked])
    return [(entries[at], mark) for at, mark in zip(ranked, marks, strict=True)]


def _letters(entries: Sequence[Entry], style: str) -> list[str]:
    """The letter of each entry, in the order given."""
    keys = _keys(entries, style)
    ranked = sorted(range(len(entries)), key=lambda at: order.sort_key(entries[at], *keys[at]))
    marks = order.letters([keys[at] for at in ranked])
    return [mark for _, mark in sorted(zip(ranked, marks, strict=True))]


def _apa_citation(listed: Sequence[Mapping[str, object]], places: Sequence[int], locator: str | None) -> str:
    entries = [read_entry(record) for record in listed]
    marks = _letters(entries, "apa")
    shown = [
        f"{apa.citation_author(entries[at])}, {apa.citation_year(entries[at], marks[at])}"
        for at in sorted(dict.fromkeys(places), key=lambda at: apa.citation_author(entries[at]).casefold())
    ]
    page = ""
    if locator:
        several = "-" in locator or "–" in locator or "," in locator
        page = f", {'pp.' if several else 'p.'} {locator}" if locator[0].isdigit() else f", {locator}"
    return f"({'; '.join(shown)}{page})"
