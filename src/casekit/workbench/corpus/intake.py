"""What files bring: their bytes, their ids, the articles of a feed, the references that lie beside them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any
from urllib.parse import unquote, urlsplit

from casekit.catalogue import check_item, metadata_of_csl
from casekit.cite import read_records
from casekit.errors import CasekitError, SourceError
from casekit.ids import check_id
from casekit.language import say
from casekit.readers import SIDECAR_SUFFIXES, ReadResult, SidecarRecord, is_page_asset, match_record, read_sidecar
from casekit.readers.feed import feed_entries
from casekit.readers.feed import suffixes as feed_suffixes

__all__ = ["Incoming", "Sidecars", "csl_for", "csl_items", "files_under", "incoming", "is_below"]

# Above any reader's own limit: keeps a mistaken path (a disk image, a video) out of memory.
_LARGEST_BYTES = 300_000_000
_REFERENCE_SUFFIXES = frozenset({".bib", ".bibtex", ".ris"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text on its way into the corpus. `result` is None where `data` is still to be read.

    `name` is what the file calls itself where that is not the id.
    """

    path: Path
    id: str
    data: bytes
    suffix: str
    result: ReadResult | None = None
    name: str | None = None


def files_under(
    paths: Iterable[Path], *, follow_links: bool = False, outside: list[Path] | None = None
) -> Iterator[tuple[Path, Path | None]]:
    """Files named, and files in folders named, as (file, folder it was found through or None).

    Hidden files and what a browser saved beside a page (frames, scripts, pictures) are passed over. So are links in a folder
    that lead out of it, to files or folders, and attachments that a reference file names outside of its own folder, unless
    `follow_links`: what comes from somebody else must not bring in what lies elsewhere on this machine. They are put into
    `outside`.
    """
    outside = [] if outside is None else outside
    for path in paths:
        if not _is_folder(path):
            attached = attachments(path)
            taken = [file for file in attached if follow_links or is_below(file, path.parent)]
            outside += [file for file in attached if file not in taken]
            yield from ((file, path.parent) for file in taken) if attached else ((path, None),)
            continue
        for inner in _inner_files(path, follow_links, outside):
            parts = inner.relative_to(path).parts
            if not any(part.startswith(".") for part in parts) and not is_page_asset(inner):
                yield inner, path


def _inner_files(folder: Path, follow_links: bool, outside: list[Path]) -> list[Path]:
    """All files in a folder, sorted; what links lead to that lies elsewhere only if asked for."""
    home = folder.resolve()
    found: list[Path] = []
    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        here = Path(place)
        for name in list(folders):
            inner = here / name
            if not inner.is_symlink():
                continue
            target = _target(inner)
            if follow_links and target is not None and target not in seen and not home.is_relative_to(target):
                seen.add(target)
                continue
            folders.remove(name)  # a link to what lies within the folder brings nothing new
            if target is not None and not target.is_relative_to(home) and not follow_links:
                outside.append(inner)
        for name in names:
            inner = here / name
            target = _target(inner) if inner.is_symlink() else inner
            if target is None:
                continue
            if target is not inner and not follow_links and not target.is_relative_to(home):
                outside.append(inner)
            elif inner.is_file():
                found.append(inner)
    return sorted(found)


def _target(link: Path) -> Path | None:
    """Where a link leads; None for one that turns in a circle."""
    try:
        return link.resolve()
    except (OSError, RuntimeError):
        return None


def attachments(path: Path) -> list[Path]:
    """The files that a reference file (a Zotero export) names as its items' attachments and that are there; else none."""
    if path.suffix.lower() not in SIDECAR_SUFFIXES or not path.is_file():
        return []
    try:
        records = read_sidecar(path)
    except CasekitError:
        return []
    named = (_attached(path, file) for record in records for file in record.files)
    return [file for file in dict.fromkeys(named) if file is not None and file.is_file()]


def is_below(file: Path, folder: Path) -> bool:
    """Whether a file, links followed, lies in a folder or in one of its folders."""
    target = _target(file)
    return target is not None and target.is_relative_to(folder.resolve())


def _attached(library: Path, named: str) -> Path | None:
    """Where an attachment lies that a reference file names: relative to that file, or anywhere on this machine."""
    try:
        return (library.parent / named.replace("\\", "/")).resolve()
    except (OSError, ValueError):
        return None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, for one: said when the file is read
        return False


def incoming(path: Path, source_id: str, name: str | None = None) -> Iterator[Incoming]:
    """The texts of a file: one, or one for each article of a feed (ids then are the feed's and the article's).

    Args:
        path: The file.
        source_id: Its id.
        name: What it calls itself, where the id was made from that.

    Raises:
        SourceError: If the file cannot be read, or is a feed without articles.
        SettingError: If the id of an article cannot be one.
    """
    data = _bytes_of(path)
    if not data or path.suffix.lower() not in feed_suffixes:
        yield Incoming(path, source_id, data, path.suffix or ".txt", name=None if name == source_id else name)
        return
    used: set[str] = set()
    for number, entry in enumerate(feed_entries(data, name=path.name), 1):
        last = _entry_name(entry, number)
        if last in used:
            last = f"{last}-{number}"
        used.add(last)
        # an article's bytes are its text: so a feed fetched again with newer articles on top brings only these
        yield Incoming(path, check_id(f"{source_id}-{last}"), entry.text.encode("utf8"), ".txt", entry)


def _entry_name(entry: ReadResult, number: int) -> str:
    """The last part of the article's address, else its title, else its number."""
    path = unquote(urlsplit(entry.metadata.url or "").path).rstrip("/")
    last = re.sub(r"\.\w{2,5}$", "", path.rpartition("/")[2])
    for found, most in ((last, 60), (entry.metadata.title or "", 40)):
        name = re.sub(r"[\W_]+", "-", found).strip("-")[:most].strip("-")
        if len(name) > 1 or name.isdigit():
            return name
    return f"{number:03d}"


def _bytes_of(path: Path) -> bytes:
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            raise SourceError(
                say(
                    f"{path} 不是普通文件（是文件夹、管道或设备）",
                    f"{path} is no regular file but a folder, pipe or device",
                )
            )
        if stat.st_size > _LARGEST_BYTES:
            raise SourceError(
                say(
                    f"{path} 有 {stat.st_size / 1e6:.0f} MB，任何格式都读不了这么大的文件；请拆成几个再加",
                    f"{path} has {stat.st_size / 1e6:.0f} MB, too much for any reader; split it first",
                )
            )
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise SourceError(
            say(f"读不到 {_short(path)}：{why}；请检查路径", f"cannot read {_short(path)}: {why}; check the path")
        ) from error


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:100]}…{text[-60:]}"


# ---- references named on the command line --------------------------------------------------------------------------
def csl_items(path: Path) -> list[dict[str, Any]]:
    """The references of a CSL-JSON, BibTeX or RIS file.

    Raises:
        SourceError: If it cannot be read.
        WorkspaceError: If a field is not of its kind.
    """
    if path.suffix.lower() in _REFERENCE_SUFFIXES:
        items: list[dict[str, Any]] = list(read_records(path))
    else:
        try:
            data = json.loads(path.read_text("utf-8-sig"))
        except (OSError, ValueError, RecursionError) as error:
            raise SourceError(say(f"读不懂 CSL-JSON 文件 {path}：{error}", f"cannot read {path}: {error}")) from error
        items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) for item in items):
        raise SourceError(say(f"{path} 不是 CSL-JSON", f"{path} is not CSL-JSON"))
    for number, item in enumerate(items, 1):
        check_item(item, f"{path} #{number}")
        metadata_of_csl(item, where=f"{path} #{number}")
    return items


def csl_for(items: Sequence[dict[str, Any]], names: Sequence[str], *, alone: bool) -> dict[str, Any] | None:
    """The reference with a source's id or name, or the only one there is for the only file."""
    for item in items:
        if str(item.get("id")) in names:
            return item
    return items[0] if alone and len(items) == 1 else None


# ---- references beside the files -----------------------------------------------------------------------------------
class Sidecars:
    """Reference files (a Zotero export) in the folders that are added: each file's own, or one above it.

    Attributes:
        used: Reference files that gave a record.
        unreadable: Reference files (.bib) that could not be read, with the reason.
    """

    def __init__(self) -> None:
        self.used: set[Path] = set()
        self.unreadable: dict[Path, str] = {}
        self._beside: dict[Path, list[tuple[Path, tuple[SidecarRecord, ...]]]] = {}

    def find(self, path: Path, folder: Path | None, title: str | None) -> tuple[SidecarRecord, Path] | None:
        """The record that belongs to a file found through `folder`, and the reference file it stands in."""
        if folder is None:
            return None
        for above in path.parents:
            for file, records in self._records(above):
                mine = [r for r in records if any(_attached(file, name) == path.resolve() for name in r.files)]
                record = mine[0] if len(mine) == 1 else match_record(records, path, title=title)
                if record is not None and self._is_sound(record, file):
                    self.used.add(file)
                    return record, file
            if above == folder or not path.is_relative_to(folder):
                break
        return None

    def _records(self, folder: Path) -> list[tuple[Path, tuple[SidecarRecord, ...]]]:
        if folder not in self._beside:
            found = []
            for file in sorted(folder.iterdir()):
                if file.suffix.lower() in SIDECAR_SUFFIXES and file.is_file() and not file.name.startswith("."):
                    try:
                        found.append((file, read_sidecar(file)))
                    except CasekitError as error:
                        if file.suffix.lower() != ".json":  # JSON may be anything; BibTeX is meant as references
                            self.unreadable[file] = str(error)
            self._beside[folder] = found
        return self._beside[folder]

    def _is_sound(self, record: SidecarRecord, file: Path) -> bool:
        try:
            check_item(record.csl, f"{file} ({record.id})")
            metadata_of_csl(record.csl)
        except (CasekitError, ValueError, TypeError) as error:
            self.unreadable[file] = str(error)
            return False
        return True
