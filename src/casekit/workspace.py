"""A workspace is a folder: where things lie, and its settings.

casekit.toml   settings
corpus/        catalogue.json, sources/, overrides.json, lexicon/, trash/, log.jsonl, kept.json
casebook/      case cards
notebooks/     where people work
index/         derived; may be deleted at any time
"""

from __future__ import annotations

import difflib
import logging
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from casekit import language
from casekit.errors import BusyError, SettingError, WorkspaceError
from casekit.kept import RECORD_NAME
from casekit.language import say
from casekit.writing import write_atomically

__all__ = ["OWN_INDEX", "SETTINGS_NAME", "Settings", "Workspace"]

logger = logging.getLogger(__name__)
SETTINGS_NAME = "casekit.toml"
# Every setting that some part of casekit reads; what else a casekit.toml holds is warned about.
SETTING_KEYS = (
    "coding.coder",
    "index.backend",
    "language",
    "model.name",
    "model.reranker",
    "names.tagger",
    "passages.size_chars",
    "quotes.percent",
    "reading.script",
)
OWN_INDEX = "faiss:"
"""The URL of a workspace's own index."""
LANGUAGES = ("zh", "en")
SCRIPTS = ("", "zh-Hans", "zh-Hant")
FOLDERS = ("corpus", "corpus/sources", "corpus/lexicon", "casebook", "notebooks", "index")


@dataclass(frozen=True, slots=True)
class Settings:
    """What casekit.toml says; every value has a default."""

    language: str = "zh"
    model: str = "default"
    size_chars: int = 200
    tagger: bool = True
    reranker: str = "none"
    script: str = ""
    coder: str = ""
    backend: str = OWN_INDEX


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace folder."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def corpus(self) -> Path:
        """What we read."""
        return self.root / "corpus"

    @property
    def sources(self) -> Path:
        """Copies of the files that the user added."""
        return self.root / "corpus" / "sources"

    @property
    def trash(self) -> Path:
        """Where removed sources go."""
        return self.root / "corpus" / "trash"

    @property
    def lexicon(self) -> Path:
        """The workspace's own lexicon files."""
        return self.root / "corpus" / "lexicon"

    @property
    def catalogue(self) -> Path:
        """The CSL-JSON records of the corpus."""
        return self.root / "corpus" / "catalogue.json"

    @property
    def index(self) -> Path:
        """Derived data."""
        return self.root / "index"

    @classmethod
    def find(cls, start: Path | None = None) -> Workspace:
        """The workspace at `start` or the nearest folder above it.

        Raises:
            WorkspaceError: If there is none, or its settings cannot be read.
        """
        here = (start or Path.cwd()).absolute()
        for folder in (here, *here.parents):
            if (folder / SETTINGS_NAME).is_file() or (folder / "corpus" / RECORD_NAME).is_file():
                return cls.open(folder)
        raise WorkspaceError(
            say(
                f"{here} 及其上级文件夹里没有 {SETTINGS_NAME}；请先运行 casekit init 文件夹，或用 --workspace 指明",
                f"no {SETTINGS_NAME} in {here} or above; run casekit init FOLDER first, or name one with --workspace",
            )
        )

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The workspace whose folder is exactly `root`.

        Raises:
            WorkspaceError: If `root` holds no readable settings file.
        """
        path = root / SETTINGS_NAME
        if not path.is_file() and (root / "corpus" / RECORD_NAME).is_file():
            raise WorkspaceError(
                say(
                    f"{path} 不见了，工作区的其余还在；从备份恢复它，或运行 casekit init {root} 写一份默认的（别的不动）",
                    f"{path} is gone, the rest of the workspace is there; take it from a backup, or run casekit init {root}, "
                    "which writes the defaults and touches nothing else",
                )
            )
        if not path.is_file():
            raise WorkspaceError(
                say(
                    f"{root} 不是 casekit 工作区（没有 {SETTINGS_NAME}）；请先运行 casekit init {root}",
                    f"{root} is no casekit workspace (no {SETTINGS_NAME}); run casekit init {root} first",
                )
            )
        data = _read_toml(path)
        settings = _settings_of(data, path)
        language.use(settings.language)
        for key in _unknown_keys(data):
            _warn_of_key(path.absolute(), key)
        return cls(root=root.absolute(), settings=settings)

    @classmethod
    def create(cls, root: Path) -> Workspace:
        """A new, empty workspace at `root` (an existing folder keeps what it holds, its `.gitignore` too).

        Raises:
            WorkspaceError: If `root` is a file, is a workspace already, or cannot be written.
        """
        if root.exists() and not root.is_dir():
            raise WorkspaceError(
                say(
                    f"{root} 是一个文件，不能作为工作区；请换一个文件夹名",
                    f"{root} is a file, not a folder; choose another name",
                )
            )
        if (root / SETTINGS_NAME).exists():
            raise WorkspaceError(
                say(
                    f"{root} 已经是 casekit 工作区，未作改动", f"{root} is a casekit workspace already; nothing changed"
                )
            )
        try:
            for name in FOLDERS:
                (root / name).mkdir(parents=True, exist_ok=True)
            write_atomically(root / SETTINGS_NAME, _first("casekit.toml"))
            if not (root / "corpus" / "catalogue.json").exists() and _is_new(root):
                write_atomically(root / "corpus" / "catalogue.json", "[]\n")
            if not (root / ".gitignore").exists():
                write_atomically(root / ".gitignore", _first("gitignore"))
        except OSError as error:
            raise WorkspaceError(
                say(f"无法在 {root} 建立工作区：{error}", f"cannot make a workspace in {root}: {error}")
            ) from error
        return cls.open(root)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace for writing; readers are never blocked.

        Raises:
            BusyError: If another process holds it.
            WorkspaceError: If the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.corpus / ".lock", timeout=0)
        try:
            self.corpus.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise BusyError(
                say(
                    f"另一个 casekit 正在写 {self.root}；请等它结束再试",
                    f"another casekit is writing to {self.root}; try again when it has finished",
                )
            ) from None
        except OSError as error:
            raise WorkspaceError(
                say(
                    f"无法写入工作区 {self.corpus}：{error.strerror or error}；请检查权限与磁盘空间",
                    f"cannot write to the workspace {self.corpus}: {error.strerror or error}; "
                    "check permissions and disk space",
                )
            ) from error
        try:
            yield
        finally:
            lock.release()


def _first(name: str) -> str:
    """A file that a new workspace begins with: settings with their comments, and what git leaves out.

    That is other people's texts, what can be derived, and the records of what happened on this machine.
    """
    return (files("casekit.data") / "workspace" / name).read_text("utf8")


def _is_new(root: Path) -> bool:
    """Whether nothing in the folder speaks of a catalogue that was lost."""
    corpus = root / "corpus"
    held = [
        *(corpus / "sources").iterdir(),
        *(corpus / "trash").glob("*"),
        root / "index" / "CURRENT",
        corpus / RECORD_NAME,
    ]
    return not any(path.exists() and path.name != ".gitkeep" for path in held)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))  # editors on Windows put a byte-order mark before it
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(
            say(f"无法读取设置 {path}：{error}", f"cannot read the settings {path}: {error}")
        ) from error


def _settings_of(data: Mapping[str, Any], path: Path) -> Settings:
    tables = {name: data.get(name, {}) for name in ("model", "passages", "names", "reading", "coding", "index")}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise _bad_setting(path, name, table, say(f"一节 [{name}]", f"a table [{name}]"))
    model, passages, names, reading, coding, index = tables.values()
    settings = Settings(
        language=data.get("language", "zh"),
        model=model.get("name", "default"),
        size_chars=passages.get("size_chars", 200),
        tagger=names.get("tagger", True),
        reranker=model.get("reranker", "none"),
        script=reading.get("script", ""),
        coder=coding.get("coder", ""),
        backend=index.get("backend", OWN_INDEX),
    )
    if not isinstance(settings.coder, str):
        raise _bad_setting(path, "coding.coder", settings.coder, say("编码者的名字", "the name of the coder"))
    if not isinstance(settings.backend, str) or ":" not in settings.backend:
        wanted = say(
            '"faiss:"、"milvus+lite:FILE.db" 或 "milvus://HOST:PORT"',
            '"faiss:", "milvus+lite:FILE.db" or "milvus://HOST:PORT"',
        )
        raise _bad_setting(path, "index.backend", settings.backend, wanted)
    if settings.script not in SCRIPTS:
        wanted = say('""（原文的字形）、"zh-Hans" 或 "zh-Hant"', '"" (the source\'s own), "zh-Hans" or "zh-Hant"')
        raise _bad_setting(path, "reading.script", settings.script, wanted)
    if not isinstance(settings.language, str) or not settings.language.lower().startswith(LANGUAGES):
        raise _bad_setting(path, "language", settings.language, say('"zh" 或 "en"', '"zh" or "en"'))
    for key, found in (("name", settings.model), ("reranker", settings.reranker)):
        if not isinstance(found, str) or not found.strip():
            raise _bad_setting(path, f"model.{key}", found, say("一个模型名", "the name of a model"))
    if type(settings.size_chars) is not int or not 80 <= settings.size_chars <= 400:
        wanted = say("80 到 400 的整数", "an integer from 80 to 400")
        raise _bad_setting(path, "passages.size_chars", settings.size_chars, wanted)
    if type(settings.tagger) is not bool:
        raise _bad_setting(path, "names.tagger", settings.tagger, say("true 或 false", "true or false"))
    return settings


def _unknown_keys(data: Mapping[str, Any]) -> list[str]:
    """The keys, with dots, that no part of casekit reads; a table is one key where nothing of that name is known."""
    tables = {key.partition(".")[0] for key in SETTING_KEYS if "." in key}
    found = []
    for name, value in data.items():
        if isinstance(value, dict) and name in tables:
            found += [f"{name}.{inner}" for inner in value]
        else:
            found.append(name)
    return [key for key in found if key not in SETTING_KEYS and key not in tables]


@cache
def _warn_of_key(path: Path, key: str) -> None:
    """Once a process: opening a workspace again tells nothing new."""
    near = _nearest(key)
    logger.warning(
        "%s",
        say(
            f"{path}：没有 {key} 这个设置，未起作用" + (f"；是不是 {near}？" if near else ""),
            f"{path}: no setting is called {key}; it does nothing" + (f" (did you mean {near}?)" if near else ""),
        ),
    )


def _nearest(key: str) -> str | None:
    """The known setting whose name, with or without its table, is spelled most like `key`."""
    last = {known.rpartition(".")[2]: known for known in SETTING_KEYS}
    inner = difflib.get_close_matches(key.rpartition(".")[2], last, n=1)
    whole = difflib.get_close_matches(key, [*SETTING_KEYS, *(known.partition(".")[0] for known in SETTING_KEYS)], n=1)
    return last[inner[0]] if inner else (whole[0] if whole else None)


def _bad_setting(path: Path, name: str, found: object, wanted: str) -> SettingError:
    return SettingError(
        say(f"{path} 中 {name} 是 {found!r}，应为{wanted}", f"{path}: {name} is {found!r}; wanted {wanted}")
    )
