"""Variables that a record keeps as "key: value" lines of its note, because the format or program has no field for them.

References:
    https://www.zotero.org/support/kb/item_types_and_fields ("Citing fields from Extra"); CSL-JSON cheater syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from casekit.cite.names import parse_names
from casekit.cite.text import plain

__all__ = ["DATE_VARIABLES", "NAME_VARIABLES", "lines_of", "noted", "taken_from_note"]

NAME_VARIABLES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "curator", "director",
    "editor", "editorial-director", "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator",
    "original-author", "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
    "translator",
)  # fmt: skip
DATE_VARIABLES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
_LINE = re.compile(r"\s*\{?:?\s*([a-z][a-z_-]*|[A-Z]{2,})\s*:\s*(\S.*?)\s*\}?\s*")


def noted(lines: Iterable[str]) -> dict[str, object]:
    """What the lines say; names as "family || given", one line a person."""
    said: dict[str, object] = {}
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        key, value = found[1].replace("_", "-") if found[1].islower() else found[1], found[2]
        key = "archive_location" if key == "archive-location" else key  # the one variable that CSL spells so
        if key in NAME_VARIABLES:
            family, _, given = value.partition("||")
            person = {"family": family.strip(), "given": given.strip()} if given else {"literal": value}
            people = said.setdefault(key, [])
            if isinstance(people, list):
                people.append(person)
        else:
            said[key] = value
    return said


def lines_of(record: Mapping[str, object], keys: Iterable[str]) -> list[str]:
    """The lines that keep the variables `keys` of a record, in braces: {:medium: CD}."""
    lines = []
    for key in keys:
        if key in NAME_VARIABLES:
            for name in parse_names(record.get(key)):
                person = f"{name.whole_family} || {' '.join(p for p in (name.given, name.dropping) if p)}"
                lines.append(f"{{:{key}: {name.literal or person}}}")
        elif value := plain(record.get(key)):
            lines.append(f"{{:{key}: {value}}}")
    return lines


def taken_from_note(item: dict[str, object], keys: Iterable[str]) -> None:
    """Put the variables `keys` that the note's lines in braces keep into their places; what people wrote stays."""
    note = item.get("note")
    if not isinstance(note, str):
        return
    wanted, left = set(keys), []
    for line in note.split("\n"):
        kept = noted([line]) if line.lstrip().startswith("{:") else {}
        said = {key: value for key, value in kept.items() if key in wanted}
        for key, value in said.items():
            if isinstance(value, list):
                known = item.setdefault(key, [])
                if isinstance(known, list):
                    known += value
            else:
                item[key] = value
        if not said:
            left.append(line)
    if rest := "\n".join(left).strip():
        item["note"] = rest
    else:
        item.pop("note")
