"""An index copied to a backend, and searched there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.milvus_fake import FakeServer

from casekit.backends import Backend, register
from casekit.backends.exact import ExactBackend
from casekit.backends.milvus import server
from casekit.errors import BackendError, NotBuiltError, SettingError
from casekit.workbench import Workbench
from casekit.workbench.corpus.copied import stable_id

_QUERIES = ("会员有多少", "门店怎样使用企业微信", "茶饮", "how many members")


@pytest.fixture
def there() -> FakeServer:
    """A server that knows words, reached as fake:."""
    made = FakeServer()
    register("fake", lambda rest: server("//fake", connect=made.client))
    return made


def _open(url: str) -> Backend:
    from casekit.backends import open_backend

    return open_backend(url)


@pytest.mark.parametrize("url", [lambda folder: f"faiss:{folder / 'copy'}", lambda _: "fake:"], ids=["faiss", "milvus"])
def test_a_copy_answers_as_the_index_does(
    url: Callable[[Path], str], bench: Workbench, there: FakeServer, tmp_path: Path
) -> None:
    at = url(tmp_path)
    report = bench.push(at)
    assert report.passages == report.written == bench.generation.manifest.passages
    for query in _QUERIES:
        for filters in ({}, {"sources": ["chenlu"]}):
            own = bench.search(query, 5, **filters)  # type: ignore[arg-type]  # a dict of one filter
            copied = bench.search(query, 5, at=at, **filters)  # type: ignore[arg-type]
            assert [hit.passage for hit in copied] == [hit.passage for hit in own]
            assert [hit.score for hit in copied] == pytest.approx([hit.score for hit in own], abs=1e-4)
            assert copied.answerable == own.answerable


def test_a_second_push_writes_nothing_and_a_changed_source_alone(bench: Workbench, tmp_path: Path) -> None:
    at = f"faiss:{tmp_path / 'copy'}"
    bench.push(at)
    assert (bench.push(at).written, bench.push(at).removed) == (0, 0)
    gone = sum(1 for _ in bench.generation.records.passages_of("lanjing"))
    bench.remove(["lanjing"])
    new = tmp_path / "new.txt"
    new.write_text("雾松面馆\n\n雾松面馆在三个城市有九十家门店，会员达到四十万。\n", "utf8")
    bench.add([new])
    bench.build()
    report = bench.push(at)
    assert (report.written, report.removed) == (sum(1 for _ in bench.generation.records.passages_of("new")), gone)
    bench.build(full=True)
    assert bench.push(at).written == 0  # ids and digests are those of the texts, not of a build


def test_a_push_whose_server_dies_goes_on_where_it_was(
    bench: Workbench, there: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casekit.workbench.corpus.pushing._BATCH", 2)
    there.dies_after = 2
    with pytest.raises(BackendError, match="fake"):
        bench.push("fake:")
    there.dies_after = None
    n = bench.generation.manifest.passages
    report = bench.push("fake:")
    assert (report.written, report.unchanged) == (n - 4, 4)
    wanted = {stable_id(row.source, row.start) for row in bench.generation.records.passages_of()}
    assert _open("fake:").digests().keys() == wanted
    assert _open("fake:").count() == n


def test_what_another_workspace_put_there_is_left_alone(bench: Workbench, tmp_path: Path) -> None:
    at = f"faiss:{tmp_path / 'copy'}"
    bench.push(at)
    other = ExactBackend(tmp_path / "copy")
    rows = list(other.rows(np.array(list(other.digests()), np.int64)).values())
    strangers = [replace(row, id=row.id ^ 1, source=f"x-{row.source}") for row in rows]
    other.delete(np.array([row.id for row in rows], np.int64))
    other.upsert(strangers)
    other.close()
    with pytest.raises(SettingError, match="--replace"):
        bench.push(at)
    assert ExactBackend(tmp_path / "copy").count() == len(rows)
    assert bench.push(at, replace=True).written == len(rows)
    assert ExactBackend(tmp_path / "copy").count() == len(rows)


def test_a_server_that_knows_no_words_is_named_and_answers_alike(
    bench: Workbench, caplog: pytest.LogCaptureFixture
) -> None:
    old = FakeServer("2.3.5")
    register("fake", lambda rest: server("//fake", connect=old.client))
    assert "2.3.5" in bench.push("fake:").cannot["words"]
    with caplog.at_level(logging.WARNING):
        copied = bench.search("会员有多少", 5, at="fake:")
    assert "2.3.5" in caplog.text
    assert [hit.passage for hit in copied] == [hit.passage for hit in bench.search("会员有多少", 5)]


def test_a_copy_that_is_behind_is_told(bench: Workbench, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    at = f"faiss:{tmp_path / 'copy'}"
    bench.push(at)
    bench.remove(["lanjing"])
    bench.build()
    with caplog.at_level(logging.WARNING):
        assert all(hit.passage.source != "lanjing" for hit in bench.search("书店读书会", 9, at=at))
    assert "push" in caplog.text


def test_a_place_without_a_copy_is_one_line_and_stays_empty(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="push"):
        bench.search("会员", at=f"faiss:{tmp_path / 'nothing'}")
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(SettingError, match="faiss"):
        bench.push()


def test_the_settings_say_where_to_look(root: Path) -> None:
    Workbench.open(root).push(f"faiss:{root / 'copy'}")
    settings = root / "casekit.toml"
    settings.write_text(settings.read_text("utf8").replace('backend = "faiss:"', 'backend = "faiss:copy"'), "utf8")
    bench = Workbench.open(root)
    assert bench.push().unchanged == bench.generation.manifest.passages
    assert bench.search("会员有多少").hits == bench.search("会员有多少", at="faiss:").hits
    (root / "copy" / "passages.sqlite").unlink()
    with pytest.raises(NotBuiltError, match="push"):
        Workbench.open(root).search("会员有多少")
    settings.write_text(settings.read_text("utf8").replace("faiss:copy", "copy"), "utf8")
    with pytest.raises(SettingError, match=r"index\.backend"):
        Workbench.open(root)
