"""Metadata changed by hand, checked value by value, logged with what stood there before, and taken back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, get_args

from casekit.catalogue import Catalogue, Record
from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.language import say
from casekit.store import Store
from casekit.types import DateCertainty, Metadata, Rank, Script

__all__ = ["FIELDS", "Changes", "changes_between", "edit", "undo_edit"]

Changes: TypeAlias = Mapping[str, tuple[Any, Any]]
"""Old and new value by place in the CSL-JSON item: "issued", "custom.casekit.interest"; None where there is none."""

# What people call a field, to its name in Metadata.
FIELDS: Mapping[str, str] = {
    "title": "title",
    "author": "authors",
    "publisher": "publisher",
    "date": "date",
    "certainty": "date_certainty",
    "kind": "source_kind",
    "interest": "interest",
    "republished-from": "republished_from",
    "posted-by": "posted_by",
    "language": "language",
    "script": "script",
    "url": "url",
    "rank": "rank",
    "retells": "retells",
}
_LONGEST = 2000  # characters: an interest may be told in a few sentences, more is a pasted article
_OWN = "custom.casekit."
_ABSENT = ("rank", "retells")  # not written of an original
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def edit(
    catalogue: Catalogue,
    store: Store,
    source_id: str,
    values: Mapping[str, str | Sequence[str]],
    clear: Sequence[str] = (),
) -> tuple[Record, Changes]:
    """Change the metadata of a source; only what differs is written and logged.

    Args:
        values: New values by the names of `FIELDS`; "author" and "retells" take a list. Naming what a source retells
            makes it a retelling where no rank is given.
        clear: Names of fields to empty.
    Returns:
        The record as it is now, and what changed.
    Raises:
        UnknownSourceError: If the id is unknown.
        SettingError: If a field is unknown, given and cleared at once, or its value cannot be.
        WorkspaceError: If the catalogue cannot be written; then nothing has changed.
    """
    before = catalogue[source_id]
    for name in [*values, *clear]:
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            raise SettingError(say(f"没有字段 {name!r}；可用：{known}", f"no field {name!r}; known: {known}"))
    both = [name for name in clear if name in values]
    if both:
        raise SettingError(say(f"{both[0]} 不能又给值又清空", f"{both[0]} cannot be given a value and cleared at once"))
    given = {FIELDS[name]: _checked(name, value) for name, value in values.items()}
    if source_id in given.get("retells", ()):
        raise _wrong("retells", source_id, say("别的来源的编号", "ids of other sources"))
    given |= {FIELDS[name]: getattr(Metadata(), FIELDS[name]) for name in clear}
    after = before.with_metadata(_with(before.metadata, given))
    changes = changes_between(before, after)
    if changes:
        catalogue.put([after])
        store.log("edited", source_id, changes=changes)
    return after, changes


def _with(metadata: Metadata, given: Mapping[str, Any]) -> Metadata:
    values = dict(given)
    if "title" in values:
        values["title_folded"] = fold_text(values["title"]) if values["title"] else None
    if "date" in values and "date_certainty" not in values:
        values["date_certainty"] = "stated" if values["date"] else "unknown"
    if values.get("retells") and "rank" not in values and metadata.rank == "original":
        values["rank"] = "retelling"
    if values.get("rank") == "original":
        values["retells"] = ()
    return replace(metadata, **values)


def _checked(name: str, value: str | Sequence[str]) -> Any:
    if name == "author":
        names = [value] if isinstance(value, str) else value
        return tuple(dict.fromkeys(_line(name, one) for one in names))
    if name == "retells":
        ids = [value] if isinstance(value, str) else value
        return tuple(dict.fromkeys(_line(name, one) for one in ids))
    if not isinstance(value, str):
        raise _wrong(name, value, say("一个值", "a single value"))
    text = _line(name, value)
    if name == "date":
        first, _, last = text.partition("/")
        if (
            not _is_date(first)
            or (last and not _is_date(last))
            or ("/" in text and not last)
            or (last and last < first)
        ):
            wanted = say(
                "2021、2021-01、2021-01-19 或 2020-01/2020-08 这样的日期",
                "2021, 2021-01, 2021-01-19 or 2020-01/2020-08",
            )
            raise _wrong(name, text, wanted)
    for field, allowed in (
        ("certainty", get_args(DateCertainty)),
        ("script", get_args(Script)),
        ("rank", get_args(Rank)),
    ):
        if name == field and text not in allowed:
            raise _wrong(name, text, ", ".join(allowed))
    if name == "url" and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://\S+$", text):
        raise _wrong(name, text, "https://…")
    if name == "language" and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise _wrong(name, text, "zh-CN, zh-Hant, en …")
    return text


def _line(name: str, value: str) -> str:
    text = value.strip()
    if not text:
        raise _wrong(name, value, say("文字；要清空请用 --clear", "a text; --clear empties the field"))
    if len(text) > _LONGEST or any(ord(c) < 32 or c in "\x7f\u2028\u2029" for c in text):
        raise _wrong(name, text, say(f"一行文字，至多 {_LONGEST} 字", f"one line of at most {_LONGEST} characters"))
    return text


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _wrong(name: str, value: object, wanted: str) -> SettingError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
    return SettingError(say(f"{name} 是 {shown}，应为{wanted}", f"{name} is {shown}; wanted {wanted}"))


# ---- what changed, and back -----------------------------------------------------------------------------------------
def changes_between(before: Record, after: Record) -> dict[str, tuple[Any, Any]]:
    """Old and new value of everything in the item that differs."""
    old, new = _places(before), _places(after)
    return {
        place: (old.get(place), new.get(place))
        for place in dict.fromkeys([*old, *new])
        if old.get(place) != new.get(place)
    }


def _places(record: Record) -> dict[str, Any]:
    item = record.to_json()
    own = item.pop("custom")["casekit"]
    return item | {f"{_OWN}{name}": value for name, value in own.items()}


def undo_edit(catalogue: Catalogue, store: Store, source_id: str) -> Changes | None:
    """Take the latest `edit` (or import) of a source's metadata back; None if there is none.

    Raises:
        UnknownSourceError: If the id is unknown.
        SettingError: If a value has been changed in another way since then.
        WorkspaceError: If the catalogue cannot be written; then nothing has changed.
    """
    record = catalogue[source_id]
    edits: list[dict[str, Any]] = []
    for row in store.history():
        if row.get("id") != source_id:
            continue
        if row.get("event") in ("edited", "imported") and isinstance(row.get("changes"), dict):
            edits.append(row["changes"])
        elif row.get("event") == "edit-undone" and edits:
            edits.pop()
    if not edits:
        return None
    now = _places(record)
    item = dict(record.csl)
    custom = dict(item.get("custom") or {})
    own = dict(custom.get("casekit") or {})
    changes: dict[str, tuple[Any, Any]] = {}
    for place, (old, new) in edits[-1].items():
        if now.get(place) != new:
            name = place.removeprefix(_OWN)
            raise SettingError(
                say(
                    f"{source_id} 的 {name} 后来又改成了 {now.get(place)!r}，不能自动收回；请用 casekit edit 直接改",
                    f"{name} of {source_id} has been changed to {now.get(place)!r} since; edit it directly",
                )
            )
        changes[place] = (new, old)
        holder, name = (own, place.removeprefix(_OWN)) if place.startswith(_OWN) else (item, place)
        if old is None and (holder is item or name in _ABSENT):
            holder.pop(name, None)
        else:
            holder[name] = old
    catalogue.put([replace(record, csl={**item, "custom": {**custom, "casekit": own}})])
    store.log("edit-undone", source_id, changes=changes)
    return changes
