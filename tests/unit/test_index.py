"""Records in SQLite, and generations that appear whole or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from casekit import index
from casekit.errors import IndexDamagedError, WorkspaceError
from casekit.index import Draft, Generation, Manifest, PassageRow, Records, SourceRow
from casekit.types import Address, Cleaned, Cut, Fact, Floats2d, Heading, Mention, Metadata, Relation, Span
from casekit.workspace import Workspace

CLEANED = Cleaned(
    kept=(Span(0, 3), Span(5, 9)),
    cuts=(Cut(Span(3, 5), "rule"),),
    doubts=(Cut(Span(0, 1), "doubt"),),
    headings=(Heading(Span(0, 3), 2),),
    metadata=Metadata(title="题", authors=("甲", "乙"), date="2020", date_certainty="inferred", script="zh-Hant"),
)


def source(source_id: str, text: str) -> SourceRow:
    return SourceRow(source_id, "0" * 64, "key", "zh-Hans", text, text, CLEANED)


def passage(pid: int, source_id: str, text: str, *, start: int = 0, script: str = "zh-Hans") -> PassageRow:
    return PassageRow(
        pid,
        source_id,
        start,
        start + len(text),
        "题",
        ("上", "下"),
        text,
        text,
        script,
        f"{script}:{text}",
    )


def holding(made: Generation, *terms: str) -> list[int]:
    """Ids of the passages that hold one of these terms."""
    scores = made.lexical.without().scores(dict.fromkeys(terms, 1.0))
    return [int(pid) for pid in made.lexical.pids[scores > 0]]


def unit(*values: float) -> Floats2d:
    row = np.array([values], dtype=np.float32)
    return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


# ---- records ---------------------------------------------------------------------------------------------------------
def test_slices_are_code_points_whatever_the_text_holds(tmp_path: Path) -> None:
    text = "𠮷野\x00家👨‍👩‍👧\r\n「會員」'\"; DROP TABLE source; --"
    records = Records(tmp_path / "r.sqlite", writable=True)
    records.add_source(source("a'b", text))
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            assert records.slice("a'b", start, end) == text[start:end]
    assert records.slice("nobody", 0, 3) == ""
    row = records.source("a'b")
    assert row is not None
    assert (row.text, row.cleaned) == (text, CLEANED)
    records.close()


def test_passages_come_back_as_they_went_in(tmp_path: Path) -> None:
    records = Records(tmp_path / "r.sqlite", writable=True)
    rows = [passage(pid, f"s{pid % 3}", f"第{pid}段", start=pid) for pid in range(1, 1200)]
    records.add_passages(rows)
    assert records.passages([row.pid for row in rows] + [99999]) == {row.pid: row for row in rows}
    assert [row.start for row in records.passages_of("s1")] == sorted(row.start for row in rows if row.source == "s1")
    assert records.pids_of_sources(["s0", "nobody"]) == {row.pid for row in rows if row.source == "s0"}
    assert records.largest_pid() == 1199
    assert records.n_passages() == 1199
    assert [row.pid for row in records.passages_by_id()] == [row.pid for row in rows]
    assert {row.pid for row in records.remove_passages("s1")} == {row.pid for row in rows if row.source == "s1"}
    assert list(records.passages_of("s1")) == []
    records.close()


def test_found_records_are_kept_by_kind_and_address(tmp_path: Path) -> None:
    records = Records(tmp_path / "r.sqlite", writable=True)
    facts = [Fact("b", Span(5, 6), "3"), Fact("a", Span(9, 10), "2"), Fact("a", Span(1, 2), "1")]
    name = Mention("a", Span(0, 1), "甲", "company", "jia", "甲")
    link = Relation(
        "甲", "jia", "uses_tool", "乙", None, None, "asserted", "r", (Address("a", 4, 8), Address("a", 2, 3))
    )
    records.add_found([*facts, name, link])
    assert [fact.text for fact in records.facts()] == ["1", "2", "3"]
    assert records.facts("b") == facts[:1]
    assert records.found_within(Fact, "a", 2, 10) == facts[1:2]
    assert (records.mentions(entity="jia"), records.mentions(entity="yi")) == ([name], [])
    assert records.relations("a") == records.found_within(Relation, "a", 2, 3) == [link]
    records.add_source(source("a", "文"))
    records.remove_source("a")
    assert records.facts() == facts[:1]
    assert (records.mentions(), records.relations()) == ([], [])
    records.remove_found("fact", "b")
    assert records.facts() == []
    records.close()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x01" * 200])
def test_a_file_that_is_no_record_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "r.sqlite").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="casekit build"):
        Records(tmp_path / "r.sqlite")


def test_reading_never_writes(tmp_path: Path) -> None:
    records = Records(tmp_path / "r.sqlite", writable=True)
    records.add_source(source("a", "文"))
    records.close(commit=True)
    before = (tmp_path / "r.sqlite").read_bytes()
    again = Records(tmp_path / "r.sqlite")
    assert again.keys() == {"a": "key"}
    again.close()
    assert (tmp_path / "r.sqlite").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["r.sqlite"]


# ---- generations -----------------------------------------------------------------------------------------------------
def commit(draft: Draft) -> Generation:
    n = draft.records.n_passages()
    return draft.commit(lambda name: Manifest(generation=name, model=None, passages=n))


def filled(workspace: Workspace) -> Generation:
    draft = index.begin(workspace, None)
    for number, (script, text) in enumerate((("zh-Hans", "会员日"), ("zh-Hant", "會員日"), ("zh-Hans", "导购")), 1):
        (row,) = draft.add_source(source(f"s{number}", text), [passage(0, f"s{number}", text, script=script)])
        draft.add_vectors(script, [row.pid], unit(1, number, 0))
    return commit(draft)


def test_nothing_built_is_no_generation(workspace: Workspace) -> None:
    assert index.current(workspace) is None
    shutil.rmtree(workspace.index)
    assert index.current(workspace) is None


def test_a_generation_holds_what_the_draft_was_given(workspace: Workspace) -> None:
    made = filled(workspace)
    found = index.current(workspace)
    assert found is not None
    assert found.manifest == made.manifest
    assert found.scripts == ("zh-Hans", "zh-Hant")
    assert holding(found, "会员") == [1]
    scores, ids = found.vectors("zh-Hans").search(unit(1, 3, 0), 2)
    assert ids.tolist() == [[3, 1]]
    assert scores[0, 0] == pytest.approx(1)
    assert found.is_current()
    assert set(found.manifest.files) >= {
        "records.sqlite",
        "vectors-zh-Hans/block-000001.bin",
        "vectors-zh-Hant/block-000001.bin",
    }


def test_an_abandoned_draft_leaves_nothing(workspace: Workspace) -> None:
    made = filled(workspace)
    draft = index.begin(workspace, made)
    draft.remove_sources(["s1"])
    draft.abandon()
    assert [p.name for p in workspace.index.glob(".draft-*")] == []
    found = index.current(workspace)
    assert found is not None
    assert found.manifest == made.manifest
    assert set(found.records.keys()) == {"s1", "s2", "s3"}


def test_a_stale_draft_is_swept_by_the_next(workspace: Workspace) -> None:
    (workspace.index / ".draft-1" / "lexical").mkdir(parents=True)
    made = filled(workspace)
    assert [p.name for p in workspace.index.glob(".draft-*")] == []
    assert made.is_current()


def test_removing_gives_vectors_back_for_reuse_and_forgets_the_rest(workspace: Workspace) -> None:
    draft = index.begin(workspace, filled(workspace))
    assert draft.remove_sources(["s3", "s2", "nobody"]) == 2
    spare = draft.spare_vector("zh-Hans:导购")
    assert spare is not None
    assert spare.tolist() == pytest.approx(unit(1, 3, 0)[0].tolist())
    assert draft.spare_vector("zh-Hans:会员日") is None
    made = commit(draft)
    assert made.scripts == ("zh-Hans",)  # the last passage in traditional script is gone
    assert made.vectors("zh-Hans").ids().tolist() == [1]
    assert made.lexical.without().frequencies(["会员", "导购"]) == {"会员": 1}
    assert holding(made, "导", "会") == [1]


def test_the_generation_before_the_current_stays_and_earlier_ones_go(workspace: Workspace) -> None:
    first = filled(workspace)
    draft = index.begin(workspace, first)
    draft.remove_sources(["s1"])
    second = commit(draft)
    assert not first.is_current()
    assert set(first.records.keys()) == {"s1", "s2", "s3"}  # a reader that holds it keeps it
    assert holding(first, "会员") == [1]
    first.close()
    draft = index.begin(workspace, second)
    draft.remove_sources(["s2"])
    third = commit(draft)
    assert sorted(p.name for p in workspace.index.glob("gen-*")) == ["gen-000002", "gen-000003"]
    assert third.is_current()
    assert set(Generation(workspace.index / "gen-000002").records.keys()) == {"s2", "s3"}


def test_a_generation_that_is_still_read_is_not_swept_away(workspace: Workspace) -> None:
    read = filled(workspace)
    for gone in ("s1", "s2"):
        draft = index.begin(workspace, index.current(workspace))
        draft.remove_sources([gone])
        commit(draft).close()
    assert (workspace.index / "gen-000001").is_dir()
    assert holding(read, "会员") == [1]  # opened only now
    assert read.records.source("s1") is not None
    del read
    draft = index.begin(workspace, index.current(workspace))
    draft.remove_sources(["s3"])
    commit(draft).close()
    assert not (workspace.index / "gen-000001").exists()


def test_rows_under_way_stay_readable_when_the_records_are_closed(workspace: Workspace) -> None:
    records = filled(workspace).records
    rows = records.passages_of()
    first = next(rows)
    records.close()
    assert first.pid < next(rows).pid
    with pytest.raises(sqlite3.ProgrammingError):
        list(records.passages_of())


def test_every_file_is_in_the_manifest_with_its_checksum(workspace: Workspace) -> None:
    import hashlib

    made = filled(workspace)
    files = {
        path.relative_to(made.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made.folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.name not in ("manifest.json", ".verified")
    }
    assert json.loads((made.folder / "manifest.json").read_text("utf8"))["files"] == files


def test_a_large_index_is_hashed_again_only_after_a_change(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit.index import manifest

    monkeypatch.setattr(manifest, "_ALWAYS_HASHED_BYTES", 0)
    made = filled(workspace)
    hashed: list[Path] = []
    real = manifest.sha256_of_file

    def watched(path: Path) -> str:
        hashed.append(path)
        return real(path)

    monkeypatch.setattr(manifest, "sha256_of_file", watched)
    Generation(made.folder)
    assert hashed == []
    path = made.folder / "vectors-zh-Hans" / "block-000001.bin"
    path.write_bytes(path.read_bytes())  # another time stamp
    Generation(made.folder)
    assert path in hashed
    data = bytearray(path.read_bytes())
    data[20] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"vectors.*casekit build"):
        Generation(made.folder)


@pytest.mark.parametrize("data", ["", "[]", "{}", '{"generation": 1}', "null"])
def test_a_manifest_that_is_none_is_refused(data: str, workspace: Workspace) -> None:
    made = filled(workspace)
    (made.folder / "manifest.json").write_text(data, "utf8")
    with pytest.raises(IndexDamagedError, match=r"manifest\.json.*casekit build"):
        index.current(workspace)


def test_an_index_that_is_a_file_is_refused(workspace: Workspace) -> None:
    workspace.index.rmdir()
    workspace.index.write_text("mine", "utf8")
    with pytest.raises(WorkspaceError):
        index.current(workspace)
    with pytest.raises(WorkspaceError):
        index.begin(workspace, None)
    assert workspace.index.read_text("utf8") == "mine"
