"""Layer keys: every maker of a layer is part of its key, and a change of one changes just the keys of what it makes."""

from __future__ import annotations

import ast
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

import casekit
from casekit.index import layers
from casekit.index.layers import CARRIERS, LAYERS, Layer, Made, Outdated, key_of, made_with, outdated, rooms_of
from casekit.workbench.corpus.ageing import told_of_age
from casekit.workspace import Workspace

PACKAGE = Path(casekit.__file__).parent
EACH = pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
CACHES = (layers._room, layers._package_parts, layers._data_parts, layers._list_references, layers._all_rooms)


# ---- what a layer is made of is all in its key -----------------------------------------------------------------------
@cache
def modules(room: str) -> Sequence[Path]:
    path = PACKAGE / f"{room}.py"
    return [path] if path.is_file() else sorted((PACKAGE / room).rglob("*.py"))


@cache
def imported(path: Path) -> Sequence[str]:
    """The modules of casekit that a module imports when it runs, as the syntax tree has them."""
    return list(_imported(ast.parse(path.read_text("utf8"))))


def _imported(tree: ast.AST) -> Iterator[str]:
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "casekit":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("casekit."):
            yield str(node.module).removeprefix("casekit.")
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix("casekit.") for a in node.names if a.name.startswith("casekit."))


def closure(rooms: tuple[str, ...]) -> set[str]:
    """Rooms that these import, directly or not; a module of the conductor is followed no further."""
    found: set[str] = set()
    waiting = list(rooms)
    while waiting:
        room = waiting.pop()
        if room not in found:
            found.add(room)
            if "/" not in room:
                waiting += [one.split(".")[0] for path in modules(room) for one in imported(path)]
                waiting = [one for one in waiting if one not in CARRIERS]
    return found


@EACH
def test_every_room_that_the_makers_of_a_layer_import_is_part_of_its_key(layer: Layer) -> None:
    assert set(rooms_of(layer)) == closure(layer.rooms), (
        f"{layer.name}: casekit.index.layers must see what its makers import; if it is a room that decides nothing of what "
        "is found (it carries, words or stores it), add it to CARRIERS"
    )


def data_named(node: ast.AST, folders: set[str]) -> Iterator[str]:
    """The file, or the whole folder, of `data/` that a path made with `/` or a longer one is under."""
    parts: list[str] = []
    while isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant):
        parts.insert(0, str(node.right.value))
        node = node.left
    if "data" in parts and parts[-1] != "data" and parts[parts.index("data") + 1] in folders:
        rest = parts[parts.index("data") + 1 :]
        yield "/".join(rest)


@EACH
def test_every_data_file_and_list_that_the_makers_of_a_layer_name_is_part_of_its_key(
    layer: Layer, tmp_path: Path
) -> None:
    parts = made_with(Workspace.create(tmp_path / "w"))[layer.name]
    for path in (path for room in rooms_of(layer) for path in modules(room) if room != "cues"):
        assert files_named(path) <= parts.keys(), path


@cache
def files_named(path: Path) -> frozenset[str]:
    """The data files and word lists that a module names, as its syntax tree has them."""
    lists = {path.stem for path in (PACKAGE / "data" / "cues").glob("*.txt")}
    folders = {path.name for path in (PACKAGE / "data").iterdir() if path.is_dir()} - {"cues"}
    nodes = list(ast.walk(ast.parse(path.read_text("utf8"))))
    longer = [one for one in nodes if isinstance(one, ast.BinOp) and isinstance(one.right, ast.Constant)]
    parts_of_longer = {id(one.left) for one in longer}
    named: set[str] = set()
    for node in (one for one in nodes if id(one) not in parts_of_longer):
        for name in data_named(node, folders):
            found = PACKAGE / "data" / name
            own = [found] if found.is_file() else [one for one in found.rglob("*") if one.is_file()]
            own = [one for one in own if one.suffix not in (".md", ".py", ".pyc")]
            assert own, (path, name)
            named |= {f"casekit/{one.relative_to(PACKAGE).as_posix()}" for one in own}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = [*re.findall(r"%\{([\w-]+)", node.value), node.value.partition("/")[0]]
            named |= {f"casekit/data/cues/{word}.txt" for word in set(words) & lists}
    return frozenset(named)


def test_whatever_the_build_calls_is_part_of_some_key() -> None:
    known = {room for layer in LAYERS for room in rooms_of(layer)} | CARRIERS | {"workbench"}
    conductors = {room for layer in LAYERS for room in layer.rooms if "/" in room}
    called = {"workbench/corpus/building", "workbench/corpus/encoding", "workbench/corpus/learning", *conductors}
    assert {one.split(".")[0] for name in called for one in imported(PACKAGE / f"{name}.py")} <= known
    for name in conductors:  # one module of the conductor may make use of another: that must be in the key, too
        own = {one.replace(".", "/") for one in imported(PACKAGE / f"{name}.py") if one.startswith("workbench.")}
        for layer in LAYERS:
            assert name not in layer.rooms or own <= set(layer.rooms), name


def test_the_layers_a_layer_is_made_of_come_before_it() -> None:
    names = [layer.name for layer in LAYERS]
    assert all(names.index(one) < names.index(layer.name) for layer in LAYERS for one in layer.of)


# ---- what changes a key ----------------------------------------------------------------------------------------------
def forget() -> None:
    """What was read of the package is read again."""
    for one in CACHES:
        one.cache_clear()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, for the whole file."""
    unread = shutil.ignore_patterns("__pycache__", "labextension", "ui", "static", "example")
    return Path(shutil.copytree(PACKAGE, tmp_path_factory.mktemp("package") / "casekit", ignore=unread))


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    return {
        path.relative_to(folder): ((stat := path.stat()).st_size, stat.st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def untouched(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What the layers of a new workspace are made with before anything is changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "_PACKAGE", copy)
        patch.setattr(layers, "_LOADED_AT", time.time() + 3600)
        forget()
        made = made_with(Workspace.create(tmp_path_factory.mktemp("untouched") / "w"))
    forget()
    return made


@pytest.fixture
def tree(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package whose files the keys are of: a copy, put back after the test."""
    monkeypatch.setattr(layers, "_PACKAGE", copy)
    monkeypatch.setattr(layers, "_LOADED_AT", time.time() + 3600)
    forget()
    before = stamps(copy)
    yield copy
    after = stamps(copy)
    for path in before.keys() | after.keys():
        if path not in before:
            (copy / path).unlink()
        elif before[path] != after.get(path):
            shutil.copy2(PACKAGE / path, copy / path)
    assert stamps(copy) == before
    forget()


def changed(
    workspace: Workspace, change: Callable[[], object], before: Made | None = None
) -> dict[str, tuple[str, ...]]:
    """The layers that are made with something else after `change`, and with what."""
    before = before or made_with(workspace)
    change()
    forget()
    return {one.layer: one.because for one in outdated(before, made_with(workspace))}


def append(path: Path, text: str) -> Callable[[], object]:
    def change() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf8") as file:
            file.write(text)

    return change


@pytest.mark.parametrize(
    ("file", "made"),
    [
        ("readers/html.py", {"text", "body"}),  # the cleaner knows Markdown's marks from the readers
        ("clean/tail.py", {"body"}),
        ("clean/readings.txt", {"body"}),
        ("data/cues/notices.txt", {"body"}),
        ("data/cues/hearsay.txt", {"facts", "relations"}),
        (
            "data/fold/words.tsv",
            {"body", "folding", "passages", "mentions", "facts", "relations", "segments", "families"},
        ),
        ("fold/tape.py", {"body", "folding", "passages", "mentions", "facts", "relations", "segments", "families"}),
        ("passages.py", {"passages", "families"}),
        ("lexical/terms.py", {"words"}),
        ("embed/light.py", {"vectors"}),
        ("vectors/exact.py", {"nearest"}),
        ("growing.py", {"words", "nearest"}),
        ("mentions/people.py", {"mentions"}),
        ("facts/units.py", {"facts"}),
        ("relations/deals.py", {"relations"}),
        ("data/lexicon/companies.txt", {"mentions", "relations", "segments"}),
        ("workbench/corpus/wording.py", {"segments"}),
        ("families.py", {"families"}),
        ("workbench/corpus/knowing.py", {"mentions", "facts", "relations"}),
        ("search/searcher.py", set()),
        ("language.py", set()),
        ("cli/corpus.py", set()),
        ("data/lexicon/README.md", set()),
    ],
)
def test_a_changed_file_changes_the_keys_of_what_it_makes_and_no_other(
    file: str, made: set[str], tree: Path, untouched: Made, tmp_path: Path
) -> None:
    assert (tree / file).is_file()
    found = changed(Workspace.create(tmp_path / "w"), append(tree / file, "\n# changed\n"), untouched)
    assert set(found) == made
    room = (
        f"casekit/{file.removesuffix('.py')}" if "/" not in file or file.startswith("workbench/") else f"casekit/{file}"
    )
    named = f"casekit/{file}" if file.startswith("data/") else f"casekit/{file.split('/')[0]}"
    assert all(because in ((room,), (named,)) for because in found.values())


def test_a_file_that_comes_or_goes_changes_the_key_too(tree: Path, tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    assert set(changed(workspace, (tree / "facts" / "clock.py").unlink)) == {"facts"}
    assert set(changed(workspace, append(tree / "relations" / "more.py", ""))) == {"relations"}


def test_a_new_import_brings_the_room_into_the_key(tree: Path, tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    found = changed(
        workspace, append(tree / "relations" / "deals.py", "\n\ndef f():\n    from casekit import families\n")
    )
    assert found == {"relations": ("casekit/families", "casekit/relations")}
    assert set(changed(workspace, append(tree / "families.py", "\n"))) == {"families", "relations"}


@pytest.mark.parametrize(
    ("file", "made"),
    [
        ("companies.txt", {"mentions", "relations", "segments"}),
        ("words.txt", {"segments"}),
        ("cues/notices.txt", {"body"}),
        ("cues/hearsay.txt", {"facts", "relations"}),
        ("notes.md", set()),
    ],
)
def test_the_workspaces_own_lists_are_part_of_the_keys_of_what_they_make(
    file: str, made: set[str], tmp_path: Path
) -> None:
    workspace = Workspace.create(tmp_path / "w")
    before = made_with(workspace)
    append(workspace.lexicon / file, "x\n")()
    found = {one.layer: one.because for one in outdated(before, made_with(workspace))}
    assert found == dict.fromkeys(made, (f"corpus/lexicon/{file}",))


def test_a_setting_is_part_of_the_key_of_the_layer_that_obeys_it(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    settings = workspace.root / "casekit.toml"
    before = made_with(workspace)
    settings.write_text(settings.read_text("utf8").replace("size_chars = 200", "size_chars = 300"), "utf8")
    (found,) = outdated(before, made_with(Workspace.open(workspace.root)))
    assert (found.layer, found.because) == ("passages", ("casekit.toml size_chars",))


def test_an_index_of_before_there_were_keys_has_every_layer_to_be_made(tmp_path: Path) -> None:
    made = made_with(Workspace.create(tmp_path / "w"))
    assert [one.layer for one in outdated({}, made)] == [layer.name for layer in LAYERS]
    assert outdated(made, made) == ()


def test_a_key_names_all_parts(tmp_path: Path) -> None:
    made = made_with(Workspace.create(tmp_path / "w"))
    key = key_of(made, "text", "body")
    assert re.fullmatch("[0-9a-f]{32}", key)
    for layer in ("text", "body"):
        part = next(iter(made[layer]))
        other = {**made, layer: {**made[layer], part: "0" * 16}}
        assert key_of(other, "text", "body") != key
    assert key_of({**made, "facts": {}}, "text", "body") == key


def test_a_file_that_changes_while_the_program_runs_is_looked_at_again_by_the_next(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code that runs may be the old one: what it makes must not pass for made by the new."""
    workspace = Workspace.create(tmp_path / "w")
    monkeypatch.setattr(layers, "_LOADED_AT", time.time() - 60)
    os.utime(tree / "facts" / "units.py", (time.time(), time.time()))
    for path in tree.rglob("*"):
        if path.is_file() and path.name != "units.py":
            os.utime(path, (0, 0))
    forget()
    running = made_with(workspace)
    monkeypatch.setattr(layers, "_LOADED_AT", time.time() + 60)
    forget()
    assert [one.layer for one in outdated(running, made_with(workspace))] == ["facts"]


@pytest.mark.parametrize(
    ("because", "told"),
    [
        (("clean/titles", "cues/notices.txt"), "索引旧了（改过：程序）；运行 casekit build 更新"),
        (
            ("cues/notices.txt", "corpus/lexicon/cues/notices.txt"),
            "索引旧了（改过：程序、corpus/lexicon/cues/notices.txt）；运行 casekit build 更新",
        ),
        (
            tuple(f"corpus/lexicon/{n}.yaml" for n in "abcd"),
            "索引旧了（改过：corpus/lexicon/a.yaml、另外 3 处）；运行 casekit build 更新",
        ),
    ],
)
def test_of_an_old_index_one_line_says_what_changed_and_what_to_do(because: tuple[str, ...], told: str) -> None:
    assert told_of_age((Outdated("body", because), Outdated("facts", because)), ()) == [told]
