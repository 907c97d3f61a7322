"""What is kept for good: stored files, text layers, rulings, trash, log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casekit.errors import SourceError, WorkspaceError
from casekit.store import Layer, Store, Trash, sha256_of
from casekit.types import Block, Metadata, Span
from casekit.workspace import Workspace


@pytest.fixture
def store(workspace: Workspace) -> Store:
    return Store(workspace)


def test_a_plain_file_is_its_own_text(store: Store) -> None:
    file = store.put("a", ".TXT", "正文".encode(), None)
    assert file == "sources/a.txt"
    assert store.read_bytes(file) == "正文".encode()
    assert store.layer(file) is None
    assert [p.name for p in store.workspace.sources.iterdir()] == ["a.txt"]


def test_a_text_layer_is_kept_beside_the_file(store: Store) -> None:
    layer = Layer(
        "题目\n正文𠮷",
        (Block(Span(0, 2), "h", 1), Block(Span(3, 6), "p", 0, 1, ("div#main.x", "p"))),
        Metadata(title="题目", authors=("甲",)),
        "0123456789abcdef",
    )
    file = store.put("a", ".html", b"<html>", layer)
    assert store.layer(file) == layer
    path = store.workspace.sources / "a.html.layer.json"
    for damaged in (b"", b"[]", b'{"text": "x"}', path.read_bytes()[:20]):
        path.write_bytes(damaged)
        with pytest.raises(SourceError, match="--replace"):
            store.layer(file)
    path.unlink()
    with pytest.raises(SourceError):
        store.layer(file)


def test_a_page_saved_as_txt_has_a_layer_too(store: Store) -> None:
    file = store.put("a", ".txt", b"<html>x</html>", Layer("x", (), None))
    assert store.layer(file) == Layer("x", (), None)


def test_other_bytes_never_overwrite_a_stored_file(store: Store) -> None:
    first = store.put("a", ".txt", b"one", None)
    second = store.put("a", ".txt", b"two", None)
    assert first != second
    assert (store.read_bytes(first), store.read_bytes(second)) == (b"one", b"two")
    assert store.put("a", ".txt", b"one", None) == first


def test_a_failed_write_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.store import keeping as module
    from casekit.writing import write_atomically as real

    def fail(path: Path, data: object, **options: object) -> None:
        if path.suffix == ".html":
            raise OSError(28, "No space left on device")
        real(path, data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_atomically", fail)
    with pytest.raises(WorkspaceError, match="No space left"):
        store.put("a", ".html", b"<html>", Layer("x", (), None))
    assert list(store.workspace.sources.iterdir()) == []


def test_a_stored_file_is_intact_or_not(store: Store) -> None:
    file = store.put("a", ".html", b"<html>", Layer("x", (), None))
    sha256 = sha256_of(b"<html>")
    assert store.is_intact(file, sha256)
    (store.workspace.sources / "a.html").write_bytes(b"<html> ")
    assert not store.is_intact(file, sha256)
    (store.workspace.sources / "a.html").unlink()
    assert not store.is_intact(file, sha256)


def test_the_trash_holds_copies_until_the_originals_are_erased(store: Store) -> None:
    file = store.put("a", ".html", b"<html>", Layer("x", (), None))
    folders = [Trash(store).put("a", file, {"id": "a"}) for _ in range(3)]
    assert len(set(folders)) == 3
    assert store.read_bytes(file) == b"<html>"
    store.erase(file)
    assert list(store.workspace.sources.iterdir()) == []
    for folder in folders:
        assert (folder / "a.html").read_bytes() == b"<html>"
        assert json.loads((folder / "record.json").read_text("utf8")) == {"id": "a"}
        assert (folder / "a.html.layer.json").is_file()
    store.erase(file)  # once more does no harm
    assert Trash(store).put("b", None, {"id": "b"}).is_dir()


def test_rulings_are_kept_in_order_and_taken_back_one_by_one(store: Store) -> None:
    store.add_override("a", "cut", Span(0, 5))
    store.add_override("b", "keep", Span(1, 2))
    store.add_override("a", "keep", Span(2, 3))
    again = Store(store.workspace)
    assert [(o.action, o.span) for o in again.overrides("a")] == [("cut", Span(0, 5)), ("keep", Span(2, 3))]
    taken = again.undo_override("a")
    assert taken is not None
    assert (taken.action, taken.span) == ("keep", Span(2, 3))
    again.drop_overrides(["b", "nobody"])
    assert set(again.all_overrides()) == {"a"}
    assert again.undo_override("a") is not None
    assert again.undo_override("a") is None
    assert again.overrides("a") == []


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[1]",
        '{"a": 1}',
        '{"a": [1]}',
        '{"a": [{"action": "cut"}]}',
        '{"a": [{"action": "no", "start": 0, "end": 1}]}',
    ],
)
def test_bad_rulings_are_refused_and_not_overwritten(text: str, store: Store) -> None:
    path = store.workspace.corpus / "overrides.json"
    path.write_text(text, "utf8")
    with pytest.raises(WorkspaceError, match=r"overrides\.json"):
        store.add_override("a", "cut", Span(0, 1))
    assert path.read_text("utf8") == text


def test_the_log_is_appended_to_and_survives_damage(store: Store) -> None:
    store.log("added", "a", sha256="1")
    path = store.workspace.corpus / "log.jsonl"
    path.write_bytes(path.read_bytes() + b'\xff\xfe{"broken\n[1]\n\n')
    store.log("removed", "晨露\udcb3")
    rows = store.history()
    assert [(row["event"], row["id"]) for row in rows] == [("added", "a"), ("removed", "晨露?")]


def test_no_log_is_no_error(store: Store) -> None:
    assert store.history() == []
    (store.workspace.corpus / "log.jsonl").mkdir()
    store.log("added", "a")  # the change itself is done: only a warning


def test_a_folder_in_the_place_of_a_stored_file_is_left_alone(store: Store) -> None:
    (store.workspace.sources / "a.txt").mkdir(parents=True)
    file = store.put("a", ".txt", b"x", None)
    assert store.read_bytes(file) == b"x"
    with pytest.raises(SourceError, match="--replace"):
        store.read_bytes("sources/a.txt")
