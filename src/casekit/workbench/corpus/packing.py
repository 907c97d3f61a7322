"""A workspace in one zip file, with the source texts or (to share what was concluded from them) without."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from casekit.catalogue import Catalogue, Record
from casekit.errors import CasekitError, SourceError, WorkspaceError
from casekit.families import Tokens, longest_common_run, share_in, tokens_of, windows_of
from casekit.language import say
from casekit.readers.container import BROKEN_ZIP
from casekit.store import Store, sha256_of
from casekit.version import __version__
from casekit.workspace import SETTINGS_NAME, Workspace
from casekit.writing import replacing

__all__ = ["OWN_KINDS", "Packed", "pack", "unpack"]

# Kinds of source that we write ourselves: they go along even where the sources don't.
OWN_KINDS = frozenset({"digest", "case study"})
_MANIFEST = "casekit-pack.json"
_TEXTS = frozenset({".ipynb", ".md", ".yaml", ".yml", ".py", ".txt", ".csv", ".json", ".html", ".toml"})
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".css"})
# In a text that goes along without the sources: a common run of so many letters is a quotation worth naming to the person
# who shares it; of so many, or where such runs make up half of the file, a copy, which is left out. A choice: two long
# sentences; half a page.
_QUOTED_LETTERS = 60
_COPIED_LETTERS = 500
_COPIED_SHARE = 0.5
_COMMENT_LETTERS = 12
# Against zip bombs: more than any workspace of texts (100,000 articles are about 2 GB with their layers).
_LARGEST_BYTES = 8_000_000_000
_MOST_FILES = 1_000_000
# … and how many times its packed size a file may have: text layers and catalogues stay under 60, zeros have 220 to 1,030. What
# has more is packed as it is. Below some size a ratio says nothing. The manifest and the catalogue are read whole.
_MOST_RATIO = 120
_RATIO_FROM_BYTES = 16 * 2**20
_LARGEST_READ_BYTES = 300_000_000
_READ_WHOLE = frozenset({_MANIFEST, SETTINGS_NAME, "corpus/catalogue.json"})


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a pack: its files, the ids of sources whose text stayed behind, and what its giver should know."""

    path: Path
    files: tuple[str, ...]
    left_behind: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Bundle:
    files: dict[str, bytes] = field(default_factory=dict)
    left_behind: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pack(workspace: Workspace, catalogue: Catalogue, store: Store, path: Path, *, sources: bool = True) -> Packed:
    """Write the workspace into a zip file: the same workspace gives the same bytes.

    Args:
        sources: Whether all texts go along. Without them: the catalogue, case cards, lexicon, rulings, notebooks without
            their outputs, and the texts of our own (digests, case studies).
    Raises:
        WorkspaceError: If something of the workspace cannot be read, or the file cannot be written.
        SourceError: If a source's file cannot be read.
    """
    bundle = _Bundle()
    try:
        _add_records(bundle, workspace, catalogue, store, sources=sources)
        others = None if sources else _windows_of_others(bundle, catalogue, store)
        for name, data in _own_files(workspace, path):
            checked = data if others is None else _without_sources(name, data, others, bundle)
            if checked is not None:
                bundle.files[name] = checked
        checksums = {name: sha256_of(data) for name, data in sorted(bundle.files.items())}
        manifest = {"casekit": __version__, "sources": sources, "files": checksums}
        bundle.files[_MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
        _write_zip(path, bundle.files)
    except OSError as error:
        raise WorkspaceError(
            say(f"打包失败：{error.filename or path}：{error.strerror or error}", f"cannot pack: {error}")
        ) from error
    return Packed(path, tuple(sorted(bundle.files)), tuple(bundle.left_behind), tuple(bundle.notes))


def _add_records(bundle: _Bundle, workspace: Workspace, catalogue: Catalogue, store: Store, *, sources: bool) -> None:
    items = []
    for record in catalogue:
        if record.file is not None and not sources and record.metadata.source_kind not in OWN_KINDS:
            bundle.left_behind.append(record.id)
            record = replace(record, file=None)
        items.append(record.to_json())
        if record.file is not None:
            bundle.files[f"corpus/{record.file}"] = store.read_bytes(record.file)
            layer = store.path_of(f"{record.file}.layer.json")
            if layer.is_file():
                bundle.files[f"corpus/{record.file}.layer.json"] = layer.read_bytes()
    bundle.files["corpus/catalogue.json"] = (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def _own_files(workspace: Workspace, target: Path) -> Iterator[tuple[str, bytes]]:
    """Everything else that people made: settings, rulings, lexicon, cards, notebooks."""
    names = ("overrides.json", "rejected.yaml", "subjects.yaml", "relations.yaml", "proposals.yaml", "README.md")
    single = [workspace.root / SETTINGS_NAME, *(workspace.corpus / name for name in names)]
    folders = [
        workspace.lexicon,
        workspace.corpus / "cues",
        workspace.corpus / "links",
        workspace.root / "casebook",
        workspace.root / "notebooks",
    ]
    found = [path for path in single if path.is_file()]
    found += [path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in found:
        inside = path.relative_to(workspace.root)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
        if not hidden and not path.is_symlink() and path.absolute() != target.absolute():
            yield inside.as_posix(), path.read_bytes()


# ---- without the sources -------------------------------------------------------------------------------------------
def _windows_of_others(bundle: _Bundle, catalogue: Catalogue, store: Store) -> Tokens:
    """The windows of all texts that stay behind, to know them again elsewhere."""
    from casekit.workbench.corpus.carrying import text_of

    known: list[Tokens] = []
    for source_id in bundle.left_behind:
        try:
            known.append(windows_of(tokens_of(text_of(store, catalogue[source_id]))))
        except CasekitError as error:
            bundle.notes.append(
                say(
                    f"{source_id} 读不出，没能核对笔记里是否抄有它的文字：{error}",
                    f"{source_id} cannot be read, so notes could not be checked for its text: {error}",
                )
            )
    return np.unique(np.concatenate(known)) if known else np.zeros(0, dtype=np.uint64)


def _without_sources(name: str, data: bytes, others: Tokens, bundle: _Bundle) -> bytes | None:
    """A file as it may go along: no outputs, no comments that copy a source; None where it must stay."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _IMAGES:
        return data
    text = _decoded(data) if suffix in _TEXTS else None
    if text is None:
        bundle.notes.append(
            say(
                f"{name} 没有带上：不是 UTF-8 文字文件，无法核对",
                f"{name} stayed behind: no UTF-8 text, so it cannot be checked",
            )
        )
        return None
    if suffix == ".ipynb":
        text = _without_outputs(text)
    elif name.startswith("casebook/"):
        text = "".join(line for line in text.splitlines(keepends=True) if not _copies(line, others))
    tokens = tokens_of(text)
    run = longest_common_run(tokens, others)
    if run >= _COPIED_LETTERS or (run >= _QUOTED_LETTERS and share_in(tokens, others) >= _COPIED_SHARE):
        bundle.notes.append(
            say(
                f"{name} 没有带上：抄有来源的原文（{run} 字连续相同）",
                f"{name} stayed behind: it copies a source ({run} letters)",
            )
        )
        return None
    if run >= _QUOTED_LETTERS:
        bundle.notes.append(
            say(
                f"{name} 引有来源的原文（最长 {run} 字）；请看是否合适",
                f"{name} quotes a source (up to {run} letters); have a look",
            )
        )
    return text.encode("utf8")


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf8")
    except UnicodeDecodeError:
        return None


def _copies(line: str, others: Tokens) -> bool:
    """Whether a line of a card is a comment that shows the words of a source (as `card_yaml` writes them)."""
    return line.lstrip().startswith("#") and longest_common_run(tokens_of(line), others) >= _COMMENT_LETTERS


def _without_outputs(text: str) -> str:
    try:
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            if cell.get("cell_type") == "code":
                cell["outputs"], cell["execution_count"] = [], None
    except (ValueError, KeyError, TypeError, AttributeError):
        return text
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if _is_hollow(data) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def _is_hollow(data: bytes) -> bool:
    """Whether a file would be refused at unpacking, for being packed so small."""
    return len(data) > _RATIO_FROM_BYTES and len(zlib.compress(data)) * _MOST_RATIO < len(data)


# ---- unpacking -----------------------------------------------------------------------------------------------------
def unpack(path: Path, folder: Path) -> Workspace:
    """Make a workspace of a pack in a folder that is new or empty; nothing is left behind where that fails.

    Raises:
        SourceError: If the file is no pack, is damaged, or holds anything that does not belong into a workspace.
        WorkspaceError: If the folder holds something already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(say(f"{folder} 不是空文件夹；请另给一个", f"{folder} is no empty folder; name another"))
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _checked_entries(archive, path)
            folder.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
            try:
                for entry in entries:
                    target = made / entry.filename
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with archive.open(entry) as packed, target.open("wb") as file:
                        shutil.copyfileobj(packed, file, 1 << 20)
                _check_contents(made, path)
                made.chmod(0o755)
                if folder.exists():
                    folder.rmdir()
                made.replace(folder)
            except BaseException:
                shutil.rmtree(made, ignore_errors=True)
                raise
    except BROKEN_ZIP as error:
        raise SourceError(
            say(f"{path} 不是完好的 zip 文件：{error}", f"{path} is no sound zip file: {error}")
        ) from error
    except OSError as error:
        raise WorkspaceError(
            say(f"无法解开 {path}：{error.strerror or error}", f"cannot unpack {path}: {error.strerror or error}")
        ) from error
    return Workspace.open(folder)


def _checked_entries(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The files of a pack, if each lies where a workspace has its files, and all are of a bearable size."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = {entry.filename for entry in entries}
    if not {_MANIFEST, SETTINGS_NAME, "corpus/catalogue.json"} <= names:
        raise SourceError(say(f"{path} 不是 casekit pack 打的包", f"{path} is no pack made by casekit pack"))
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _LARGEST_BYTES:
        raise SourceError(say(f"{path} 解开后太大", f"{path} would be too large unpacked"))
    for entry in entries:
        _refuse_bomb(entry, path)
    if len(names) != len(entries):
        raise SourceError(say(f"{path} 里有重名的文件", f"{path} holds two files of one name"))
    for entry in entries:
        if not _belongs(entry):
            raise SourceError(
                say(
                    f"{path} 里的 {entry.filename!r} 不该在工作区里；没有解开",
                    f"{path}: {entry.filename!r} does not belong into a workspace; not unpacked",
                )
            )
    return entries


def _refuse_bomb(entry: zipfile.ZipInfo, path: Path) -> None:
    """Pass a file that is of a bearable size; no more is ever unpacked of one than it says here.

    Raises:
        SourceError: If it is too large to be read, or unpacks to far more than texts do.
    """
    size = entry.file_size
    if size > max(_RATIO_FROM_BYTES, _MOST_RATIO * entry.compress_size) or (
        entry.filename in _READ_WHOLE and size > _LARGEST_READ_BYTES
    ):
        raise SourceError(
            say(
                f"{path} 里的 {entry.filename!r} 解开有 {size / 2**20:,.0f} MB，包里只占 {entry.compress_size / 2**20:,.1f} MB，"
                "可能是压缩炸弹；没有解开",
                f"{path}: {entry.filename!r} unpacks to {size / 2**20:,.0f} MB out of {entry.compress_size / 2**20:,.1f} MB, "
                "perhaps a zip bomb; not unpacked",
            )
        )


def _belongs(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    inside = PurePosixPath(name)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    odd = any(part in ("..", ".", "") or part.startswith(".") or part.endswith((" ", ".")) for part in name.split("/"))
    if link or odd or inside.is_absolute() or any(c in name for c in '\\:*?"<>|\0\r\n'):
        return False
    return name in (_MANIFEST, SETTINGS_NAME) or inside.parts[0] in ("corpus", "casebook", "notebooks")


def _check_contents(root: Path, path: Path) -> None:
    try:
        manifest: dict[str, Any] = json.loads((root / _MANIFEST).read_text("utf8"))
        sums: dict[str, str] = dict(manifest["files"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(say(f"{path} 的清单读不出：{error}", f"{path}: unreadable manifest: {error}")) from error
    present = {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()} - {_MANIFEST}
    wrong: Sequence[str] = sorted(present ^ set(sums)) or sorted(
        name for name in sums if _sha256_of_file(root / name) != sums[name]
    )
    if wrong:
        raise SourceError(
            say(
                f"{path} 里的 {wrong[0]} 与清单不符，文件已损坏",
                f"{path}: {wrong[0]} is not what the manifest says: damaged",
            )
        )
    Workspace.open(root)
    for record in Catalogue(root / "corpus" / "catalogue.json"):
        _check_file(root, record, path)
    (root / _MANIFEST).unlink()
    for name in ("corpus/sources", "corpus/lexicon", "casebook", "notebooks", "index"):
        (root / name).mkdir(parents=True, exist_ok=True)


def _sha256_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_file(root: Path, record: Record, path: Path) -> None:
    if record.file is not None and not (root / "corpus" / record.file).is_file():
        raise SourceError(say(f"{path} 缺少 {record.file}", f"{path}: {record.file} is missing"))
