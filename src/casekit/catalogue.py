"""The catalogue: one CSL-JSON record a source, in `corpus/catalogue.json`, that people may edit by hand.

Standard fields follow the CSL-JSON schema (https://github.com/citation-style-language/schema); what casekit adds
stands in `custom.casekit`: sha256 and file of the original, and the metadata that CSL has no field for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from casekit.csl import bad_field, check_item, check_metadata, csl_of_metadata, metadata_of_csl, rank_of_csl
from casekit.errors import UnknownSourceError, WorkspaceError
from casekit.kept import keep
from casekit.language import say
from casekit.types import Metadata, Rank

__all__ = ["Catalogue", "Record", "check_item", "csl_of_metadata", "metadata_of_csl"]


_KEYWORD_PARTS = re.compile(r"[,;，；、|\n]")
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
    `name` is what the file was called where that could be no id; `layer` the SHA-256 of the file that holds the
    text layer ("": it has none, its bytes are its text; None: an older version of casekit added it).
    """

    id: str
    sha256: str
    file: str | None
    chars: int | None = None
    added: str | None = None
    csl: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    layer: str | None = None

    @property
    def metadata(self) -> Metadata:
        """What the record says of the publication."""
        return metadata_of_csl(self.csl)

    @property
    def rank(self) -> Rank:
        """The rank that `metadata` says, alone: which few of many sources are no originals is asked at every opening."""
        return rank_of_csl(self.csl)

    @property
    def keywords(self) -> tuple[str, ...]:
        """The record's keywords in order (collections and tags, where it comes from a reference manager)."""
        written = self.csl.get("keyword")
        words = _KEYWORD_PARTS.split(written) if isinstance(written, str) else ()
        return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))

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
        own = {**(custom.get("casekit") or {}), "sha256": self.sha256, "file": self.file, "layer": self.layer}
        if self.layer is None:
            del own["layer"]
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
            near = near or get_close_matches(source_id, list(self._records)[:10_000], n=3)
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
        items = [record.to_json() for record in self]

        def check(path: Path) -> None:
            if [record.to_json() for record in _load(path)] != items:
                raise ValueError("a catalogue must read back as it was")

        try:
            keep(self.path, json.dumps(items, ensure_ascii=False, indent=1) + "\n", check=check)
        except BaseException:
            self.reload()
            raise


# Where the file of a record may lie in corpus/: the copies of what was added, and what a workspace brings along in Git.
_FILES_IN = ("sources", "digests", "cases")
_NO_ID = frozenset("/\\\0\n\r")
"""Characters that stand in no id."""
_NO_NAME = _NO_ID | {":"}


def _load(path: Path) -> Iterator[Record]:
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise NotADirectoryError(say(f"{path.parent} 不是文件夹", f"{path.parent} is no folder"))
        if not path.exists():
            _refuse_lost(path)
        items = json.loads(path.read_text("utf-8-sig")) if path.exists() else []
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, WorkspaceError):
            raise
        raise WorkspaceError(
            say(
                f"无法读取目录 {path}：{error}；请改好它，或从备份恢复（casekit restore --backup）",
                f"cannot read the catalogue {path}: {error}; repair it, or restore a copy (casekit restore --backup)",
            )
        ) from error
    if not isinstance(items, list):
        raise WorkspaceError(say(f"{path} 应是 CSL-JSON 数组", f"{path}: wanted an array of CSL-JSON items"))
    seen: set[str] = set()
    owners: dict[str, str] = {}
    for number, item in enumerate(items, 1):
        record = _record(item, f"{path} #{number}", seen)
        if record.file is not None and (other := owners.setdefault(record.file, record.id)) != record.id:
            where = f"{path} #{number} ({record.id})"
            raise bad_field(
                where, "file", record.file, say(f"自己的文件（它属于 {other}）", f"a file of its own ({other} has it)")
            )
        yield record


def _refuse_lost(path: Path) -> None:
    """Pass where a workspace without a catalogue is a new one; where it holds sources or an index, its catalogue was lost.

    Raises:
        WorkspaceError: If it was lost.
    """
    corpus = path.parent
    if path.name != "catalogue.json":
        return
    signs = [corpus / "sources", corpus / "trash"]
    found = [folder for folder in signs if folder.is_dir() and any(one.name[0] != "." for one in folder.iterdir())]
    current = corpus.parent / "index" / "CURRENT"
    found += [current] if current.exists() else []
    if found:
        raise WorkspaceError(
            say(
                f"目录 {path} 不见了，而 {found[0]} 还在：语料没有动，也不会按空语料处理；请从备份恢复"
                "（casekit restore --backup），没有备份就写一个内容为 [] 的目录，再把 corpus/sources 里的文件重新加入",
                f"the catalogue {path} is gone, while {found[0]} is there: nothing was touched, and this is no empty corpus; "
                "take it from a backup (casekit restore --backup); without one, write a catalogue that says [] and add the "
                "files of corpus/sources again",
            )
        )


def _record(item: object, where: str, seen: set[str]) -> Record:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not item["id"]:
        raise WorkspaceError(say(f"{where}：缺少 id", f"{where}: no id"))
    where = f"{where} ({item['id']})"
    if not _NO_ID.isdisjoint(item["id"]):
        raise bad_field(where, "id", item["id"], say("不含 / 和 \\ 的编号", "an id without / and \\"))
    if item["id"] in seen:
        raise WorkspaceError(say(f"{where}：id {item['id']!r} 重复", f"{where}: id {item['id']!r} occurs twice"))
    seen.add(item["id"])
    check_item(item, where)
    own = (item.get("custom") or {}).get("casekit") or {}
    sha256, file = own.get("sha256") or "", own.get("file")
    if file is not None and not _is_own_file(file):
        wanted = say("corpus/sources 里它自己的一个文件", "a file of its own in corpus/sources")
        raise bad_field(where, "file", file, wanted)
    check_metadata(item, where)
    return Record(
        id=item["id"],
        sha256=sha256,
        file=file,
        chars=own.get("chars"),
        added=own.get("added"),
        csl=item,
        name=own.get("name"),
        layer=own.get("layer"),
    )


def _is_own_file(file: str) -> bool:
    """Whether a record may call this its file: never another record's text layer, nor anything that casekit keeps."""
    folder, _, name = file.partition("/")
    odd = not name or name.startswith(".") or name.endswith(".layer.json") or not _NO_NAME.isdisjoint(name)
    return folder in _FILES_IN and not odd
