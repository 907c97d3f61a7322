"""The catalogue: one CSL-JSON record a source, in `corpus/catalogue.json`, that people may edit by hand.

Standard fields follow the CSL-JSON schema (https://github.com/citation-style-language/schema); what casekit adds
stands in `custom.casekit`: sha256 and file of the original, and the metadata that CSL has no field for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from casekit.errors import SourceError, UnknownSourceError, WorkspaceError
from casekit.language import say
from casekit.types import DateCertainty, Metadata, Rank, Script
from casekit.workspace import write_atomically

__all__ = ["Catalogue", "Record", "check_item", "csl_of_metadata", "metadata_of_csl"]


_CSL_NAMES = {
    "title": "title",
    "authors": "author",
    "publisher": "container-title",
    "date": "issued",
    "language": "language",
    "url": "URL",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A source as the catalogue knows it.

    `file` is relative to corpus/ (None: the original is not imported here). `csl` is the whole CSL-JSON item as read,
    so that fields casekit does not use survive a round trip. `edited` metadata wins over what the cleaner recognises.
    `name` is what the file was called where that could be no id.
    """

    id: str
    sha256: str
    file: str | None
    chars: int | None = None
    added: str | None = None
    csl: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None

    @property
    def metadata(self) -> Metadata:
        """What the record says of the publication."""
        return metadata_of_csl(self.csl)

    def with_metadata(self, metadata: Metadata) -> Record:
        """The same record saying `metadata`; CSL fields that casekit does not use stay."""
        before = self.metadata
        dropped = {key for name, key in _CSL_NAMES.items() if getattr(before, name) and not getattr(metadata, name)}
        kept = {key: value for key, value in self.csl.items() if key not in dropped}
        return replace(self, csl={**kept, **csl_of_metadata(metadata, self.csl)})

    @classmethod
    def of_json(cls, item: object, where: str) -> Record:
        """The reverse of `to_json`, checked; `where` names the item in messages.

        Raises:
            WorkspaceError: If it is no record of a catalogue.
            SourceError: If a field has a value that cannot be.
        """
        return _record(item, where, set())

    def to_json(self) -> dict[str, Any]:
        """The CSL-JSON item."""
        item = {**self.csl, "id": self.id}
        custom = dict(item.get("custom") or {})
        own = {**custom.get("casekit", {}), "sha256": self.sha256, "file": self.file}
        if self.chars is not None:
            own["chars"] = self.chars
        if self.added is not None:
            own["added"] = self.added
        if self.name is not None:
            own["name"] = self.name
        item["custom"] = {**custom, "casekit": own}
        item.setdefault("type", "webpage")
        return item


class Catalogue:
    """The records of a workspace in their file's order.

    Raises:
        WorkspaceError: On loading, if the file is not a catalogue; the message names the record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._records: dict[str, Record] = {record.id: record for record in _load(path)}

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._records

    def get(self, source_id: str) -> Record | None:
        """The record of `source_id`, or None."""
        return self._records.get(source_id)

    def __getitem__(self, source_id: str) -> Record:
        record = self._records.get(source_id)
        if record is None:
            named = [one.id for one in self if one.name == source_id]
            near = named or [known for known in self._records if source_id and source_id in known][:3]
            hint_zh = f"；相近的有 {'、'.join(near)}" if near else "；casekit corpus 列出所有来源"
            hint_en = f"; near: {', '.join(near)}" if near else "; casekit corpus lists all sources"
            raise UnknownSourceError(
                say(f"没有编号为 {source_id!r} 的来源{hint_zh}", f"no source with id {source_id!r}{hint_en}")
            )
        return record

    def by_sha256(self, sha256: str) -> Record | None:
        """The imported record of the same bytes, or None."""
        return next((r for r in self if r.sha256 == sha256 and r.file is not None), None)

    def waiting_for(self, sha256: str) -> Record | None:
        """The record of a file with these bytes that is not imported here, or None."""
        return next((r for r in self if r.sha256 == sha256 and r.file is None), None)

    def put(self, records: Iterable[Record]) -> None:
        """Add or replace records and write the file once."""
        # a new dict: other threads may be going through the old one
        self._records = {**self._records, **{record.id: record for record in records}}
        self.save()

    def drop(self, source_ids: Iterable[str]) -> None:
        """Take records out and write the file once."""
        gone = set(source_ids)
        self._records = {name: record for name, record in self._records.items() if name not in gone}
        self.save()

    def reload(self) -> None:
        """Take in what other processes wrote; to be called with the workspace locked, before a change."""
        self._records = {record.id: record for record in _load(self.path)}

    def save(self) -> None:
        """Write the file in one atomic step.

        Raises:
            WorkspaceError: If it cannot be written; the file stays as it was, and so do the records held here.
        """
        text = json.dumps([record.to_json() for record in self], ensure_ascii=False, indent=1)
        try:
            write_atomically(self.path, text + "\n")
        except OSError as error:
            self.reload()
            raise WorkspaceError(
                say(
                    f"无法写入目录 {self.path}：{error.strerror or error}；目录未变，请检查磁盘空间与权限",
                    f"cannot write the catalogue {self.path}: {error.strerror or error}; it is unchanged, "
                    "check disk space and permissions",
                )
            ) from error


def _load(path: Path) -> Iterator[Record]:
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise NotADirectoryError(say(f"{path.parent} 不是文件夹", f"{path.parent} is no folder"))
        items = json.loads(path.read_text("utf-8-sig")) if path.exists() else []
    except (OSError, ValueError, RecursionError) as error:
        raise WorkspaceError(
            say(
                f"无法读取目录 {path}：{error}；请改好它，或从备份恢复",
                f"cannot read the catalogue {path}: {error}; repair it, or restore a copy",
            )
        ) from error
    if not isinstance(items, list):
        raise WorkspaceError(say(f"{path} 应是 CSL-JSON 数组", f"{path}: wanted an array of CSL-JSON items"))
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        yield _record(item, f"{path} #{number}", seen)


def _record(item: object, where: str, seen: set[str]) -> Record:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not item["id"]:
        raise WorkspaceError(say(f"{where}：缺少 id", f"{where}: no id"))
    where = f"{where} ({item['id']})"
    if any(character in "/\\\0\n\r" for character in item["id"]):
        raise _bad_field(where, "id", item["id"], say("不含 / 和 \\ 的编号", "an id without / and \\"))
    if item["id"] in seen:
        raise WorkspaceError(say(f"{where}：id {item['id']!r} 重复", f"{where}: id {item['id']!r} occurs twice"))
    seen.add(item["id"])
    check_item(item, where)
    own = (item.get("custom") or {}).get("casekit") or {}
    sha256, file = own.get("sha256") or "", own.get("file")
    if file is not None and (Path(file).is_absolute() or ".." in Path(file).parts):
        raise WorkspaceError(say(f"{where}：file 必须在 corpus/ 之内", f"{where}: file must lie inside corpus/"))
    metadata_of_csl(item, where=where)
    return Record(
        id=item["id"],
        sha256=sha256,
        file=file,
        chars=own.get("chars"),
        added=own.get("added"),
        csl=item,
        name=own.get("name"),
    )


_TEXTS = ("title", "container-title", "publisher", "language", "URL")
_OWN_TEXTS = (
    *("sha256", "file", "added", "name", "title_folded", "publisher", "republished_from", "posted_by", "date"),
    *("date_certainty", "script", "source_kind", "interest", "rank", "retells"),
)


def check_item(item: Mapping[str, Any], where: str) -> None:
    """Pass only if each field that casekit reads is of its kind: people edit CSL-JSON by hand.

    Raises:
        WorkspaceError: If one is not; `where` names the record.
    """
    a_text, an_object = say("文字", "text"), say("对象", "an object")
    custom = item.get("custom")
    own = custom.get("casekit") if isinstance(custom, Mapping) else None
    for name, value in (("custom", custom), ("custom.casekit", own), ("issued", item.get("issued"))):
        if not (value is None or isinstance(value, Mapping)):
            raise _bad_field(where, name, value, an_object)
    for prefix, texts, holder in (("", _TEXTS, item), ("custom.casekit.", _OWN_TEXTS, own or {})):
        for name in texts:
            if not (holder.get(name) is None or isinstance(holder[name], str)):
                raise _bad_field(where, prefix + name, holder[name], a_text)
    chars = (own or {}).get("chars")
    if not (chars is None or type(chars) is int):
        raise _bad_field(where, "custom.casekit.chars", chars, say("整数", "an integer"))
    authors = item.get("author")
    if not (authors is None or (isinstance(authors, list) and all(isinstance(a, Mapping) for a in authors))):
        raise _bad_field(where, "author", authors, say('[{"literal": "姓名"}]', '[{"literal": "NAME"}]'))
    parts = (item.get("issued") or {}).get("date-parts")
    if not (parts is None or (isinstance(parts, list) and all(isinstance(part, list) for part in parts))):
        raise _bad_field(where, "issued.date-parts", parts, "[[2021, 1, 19]]")


def _bad_field(where: str, name: str, found: object, wanted: str) -> WorkspaceError:
    shown = repr(found)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
    return WorkspaceError(
        say(f"{where}：{name} 是 {shown}，应为{wanted}", f"{where}: {name} is {shown}; wanted {wanted}")
    )


def metadata_of_csl(item: Mapping[str, Any], *, where: str = "") -> Metadata:
    """The casekit metadata of a CSL-JSON item.

    Raises:
        SourceError: If a field has a value that cannot be (an unknown date certainty or script, a malformed date).
    """
    custom = item.get("custom")
    own: Mapping[str, Any] = custom.get("casekit", {}) if isinstance(custom, Mapping) else {}
    date = own.get("date") or _date_of_parts(item.get("issued"))
    certainty: Any = own.get("date_certainty") or ("stated" if date else "unknown")
    script = own.get("script")
    rank: Any = own.get("rank") or ("retelling" if own.get("retells") else "original")
    for name, value, allowed in (
        ("date_certainty", certainty, get_args(DateCertainty)),
        ("script", script, (*get_args(Script), None)),
        ("rank", rank, get_args(Rank)),
    ):
        if value not in allowed:
            raise SourceError(
                say(
                    f"{where} {name} 是 {value!r}，应为 {'、'.join(str(a) for a in allowed if a)} 之一",
                    f"{where} {name} is {value!r}; wanted one of {', '.join(str(a) for a in allowed if a)}",
                ).strip()
            )
    return Metadata(
        title=item.get("title"),
        title_folded=own.get("title_folded"),
        authors=tuple(_name(author) for author in item.get("author") or ()),
        publisher=own.get("publisher") or item.get("container-title") or item.get("publisher"),
        republished_from=own.get("republished_from"),
        posted_by=own.get("posted_by"),
        date=date,
        date_certainty=certainty,
        language=item.get("language"),
        script=script,
        source_kind=own.get("source_kind"),
        interest=own.get("interest"),
        url=item.get("URL"),
        rank=rank,
        retells=tuple((own.get("retells") or "").split()),
    )


def csl_of_metadata(metadata: Metadata, base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The CSL-JSON fields of `metadata`; `base` gives fields of `custom` to keep."""
    item: dict[str, Any] = {"type": (base or {}).get("type") or "webpage"}
    if metadata.title:
        item["title"] = metadata.title
    if metadata.authors:
        known = {_name(author): author for author in (base or {}).get("author") or ()}
        item["author"] = [known.get(name, {"literal": name}) for name in metadata.authors]
    if metadata.publisher:
        item["container-title"] = metadata.publisher
    if metadata.date:
        parts = metadata.date.split("T")[0].split("/")[0].split("-")
        item["issued"] = {"date-parts": [[int(part) for part in parts if part.isdigit()]]}
    if metadata.language:
        item["language"] = metadata.language
    if metadata.url:
        item["URL"] = metadata.url
    custom = dict((base or {}).get("custom") or {})
    own = dict(custom.get("casekit", {}))
    for name in (
        "title_folded",
        "publisher",
        "republished_from",
        "posted_by",
        "date",
        "date_certainty",
        "script",
        "source_kind",
        "interest",
    ):
        own[name] = getattr(metadata, name)
    # of an original, which most sources are, nothing is written; ids hold no blanks
    own.pop("rank", None)
    own.pop("retells", None)
    if metadata.rank != "original":
        own["rank"] = metadata.rank
    if metadata.retells:
        own["retells"] = " ".join(metadata.retells)
    item["custom"] = {**custom, "casekit": own}
    return item


def _name(author: Mapping[str, Any]) -> str:
    if author.get("literal"):
        return str(author["literal"])
    family, given = str(author.get("family") or ""), str(author.get("given") or "")
    joint = "" if any("一" <= c <= "鿿" for c in family + given) else " "
    return (family + given if not joint else f"{given} {family}").strip()


def _date_of_parts(issued: object) -> str | None:
    if not isinstance(issued, Mapping) or not issued.get("date-parts"):
        return None
    parts = [int(part) for part in issued["date-parts"][0][:3] if str(part).isdigit()]
    return "-".join(f"{part:04d}" if i == 0 else f"{part:02d}" for i, part in enumerate(parts)) or None
