"""What people made is written whole, noted, read back; the record says what differs from what was acknowledged."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.samples import TEXTS, make_workspace, write_texts

from casekit import kept
from casekit.casebook import save_card
from casekit.errors import SettingError, WorkspaceError
from casekit.kept import record
from casekit.lexicon import Decision, load_decisions, save_decisions
from casekit.lexicon.table import LexiconError
from casekit.workbench import Workbench
from casekit.workspace import Workspace
from casekit.writing import append_lines, write_atomically

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and limits of POSIX")


@pytest.fixture
def root(workspace: Workspace) -> Path:
    return workspace.root


def faults(root: Path) -> dict[str, str]:
    return {one.name: one.kind for one in kept.differences(root) if one.is_fault}


# ---- how a file is written -------------------------------------------------------------------------------------------
@POSIX
def test_a_file_keeps_its_mode_and_a_new_one_obeys_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("1", "utf8")
    old.chmod(0o600)
    before = os.umask(0o027)
    try:
        write_atomically(old, "2")
        write_atomically(new, "3")
    finally:
        os.umask(before)
    assert (old.read_text("utf8"), stat.S_IMODE(old.stat().st_mode)) == ("2", 0o600)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@POSIX
def test_a_link_stays_a_link_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real, link, dangling = tmp_path / "far" / "real.json", tmp_path / "link.json", tmp_path / "dangling.json"
    real.write_text("1", "utf8")
    link.symlink_to(Path("far") / "real.json")
    dangling.symlink_to(tmp_path / "far" / "later.json")
    for path in (link, dangling):
        write_atomically(path, "2")
        assert path.is_symlink()
    assert real.read_text("utf8") == (tmp_path / "far" / "later.json").read_text("utf8") == "2"
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(OSError, match="symbolic links"):
        write_atomically(loop, "2")
    assert loop.is_symlink()


def test_a_file_that_does_not_read_back_takes_nothings_place(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", "utf8")

    def check(written: Path) -> None:
        assert written.read_text("utf8") == "new"
        raise SettingError("reads back otherwise")

    with pytest.raises(SettingError):
        write_atomically(path, "new", check=check)
    assert path.read_text("utf8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_and_folder_are_waited_for_before_and_after_the_renaming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, happened = tmp_path / "a.json", []
    replace = Path.replace

    def waited(handle: int) -> None:
        happened.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")

    def renamed(one: Path, other: Path) -> Path:
        happened.append("renamed")
        return replace(one, other)

    monkeypatch.setattr(os, "fsync", waited)
    monkeypatch.setattr(Path, "replace", renamed)
    write_atomically(path, "1")
    assert happened == ["file", "renamed", "folder"]


def test_a_torn_last_line_is_ended_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "log"
    append_lines(path, [b"one"])
    path.write_bytes(path.read_bytes() + b"tor")
    append_lines(path, [b"two"])
    assert path.read_bytes() == b"one\ntor\ntwo\n"


# ---- the record ------------------------------------------------------------------------------------------------------
def test_what_is_kept_is_what_was_acknowledged_until_something_else_changes_it(root: Path) -> None:
    path = root / "corpus" / "overrides.json"
    kept.keep(path, "{}\n")
    assert kept.differences(root) == []
    path.write_text("{} \n", "utf8")
    assert faults(root) == {"corpus/overrides.json": "changed"}
    path.unlink()
    assert faults(root) == {"corpus/overrides.json": "missing"}
    kept.accept(root)
    assert kept.differences(root) == []


def test_what_something_else_changed_stays_named_after_casekit_wrote_over_it(root: Path) -> None:
    path = root / "corpus" / "overrides.json"
    kept.keep(path, "{}\n")
    path.write_text("[]", "utf8")
    kept.keep(path, '{"a": []}\n')
    assert faults(root) == {"corpus/overrides.json": "outside"}
    kept.accept(root)
    kept.keep(path, "{}\n")
    assert kept.differences(root) == []


def test_a_workspace_of_before_begins_its_record_with_all_that_is_there(root: Path) -> None:
    (root / "corpus" / "lexicon" / "own.txt").write_text("company 云雀杂货\n", "utf8")
    assert {one.kind for one in kept.differences(root)} == {"unrecorded"}
    kept.keep(root / "corpus" / "overrides.json", "{}\n")
    assert kept.differences(root) == []
    (root / "corpus" / "lexicon" / "more.txt").write_text("company 山雀杂货\n", "utf8")
    (one,) = kept.differences(root)
    assert (one.name, one.kind, one.is_fault) == ("corpus/lexicon/more.txt", "unrecorded", False)


@pytest.mark.parametrize("moment", ["before", "between", "after"])
def test_wherever_a_writer_is_stopped_the_record_is_true(
    moment: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit.kept import writing

    path = root / "corpus" / "overrides.json"
    kept.keep(path, "{}\n")
    calls = {"before": ("write_atomically", 0), "between": ("write_atomically", 1), "after": ("save_record", 2)}
    name, at = calls[moment]
    real: Callable[..., object] = getattr(writing, name)
    seen = []

    class Stopped(BaseException):
        pass

    def stopping(*arguments: object, **options: object) -> None:
        seen.append(1)
        if name == "save_record" and len(seen) == at:
            raise Stopped
        if name == "write_atomically" and at == 1:
            real(*arguments, **options)
            raise Stopped
        if name == "write_atomically":
            raise Stopped
        real(*arguments, **options)

    # a process that is killed settles nothing
    monkeypatch.setattr(writing, "settle", lambda root, kept: None)
    monkeypatch.setattr(writing, name, stopping)
    with pytest.raises(Stopped):
        kept.keep(path, '{"a": []}\n')
    monkeypatch.undo()
    assert path.read_text("utf8") == ("{}\n" if moment == "before" else '{"a": []}\n')
    assert kept.differences(root) == []
    kept.keep(root / "corpus" / "relations.yaml", "")  # the next change settles what was under way
    assert record.read_record(root) is not None
    path.write_text("{}  \n", "utf8")
    assert faults(root) == {"corpus/overrides.json": "changed"}


def test_a_full_disk_leaves_file_and_record(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "corpus" / "overrides.json"
    kept.keep(path, "{}\n")
    before = (root / "corpus" / "kept.json").read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        kept.keep(path, '{"a": []}\n')
    monkeypatch.undo()
    assert path.read_text("utf8") == "{}\n"
    assert (root / "corpus" / "kept.json").read_bytes() == before
    assert kept.differences(root) == []


@pytest.mark.parametrize("damage", ["flip", "cut", "delete", "empty"])
def test_a_damaged_record_is_named_and_can_be_made_anew(damage: str, root: Path) -> None:
    kept.append_events(root, [{"event": "added", "id": "a"}])
    kept.keep(root / "corpus" / "overrides.json", "{}\n")
    path = root / "corpus" / "kept.json"
    data = path.read_bytes()
    at = data.index(b'"since": 1')
    if damage == "delete":
        path.unlink()
    else:
        path.write_bytes({"flip": data[:at] + b'"since": 3' + data[at + 10 :], "cut": data[:-9], "empty": b""}[damage])
    assert faults(root) == {"corpus/kept.json": "record"}
    if damage == "delete":  # a change goes on, and the loss is still named
        kept.keep(root / "corpus" / "overrides.json", '{"a": []}\n')
        assert faults(root) == {"corpus/kept.json": "record"}
    else:
        with pytest.raises(WorkspaceError, match=r"kept\.json"):
            kept.keep(root / "corpus" / "overrides.json", '{"a": []}\n')
    kept.accept(root)
    assert kept.differences(root) == []


# ---- the log ---------------------------------------------------------------------------------------------------------
def test_events_are_numbered_and_whatever_changes_a_line_is_named(root: Path) -> None:
    for name in "abc":
        kept.append_events(root, [{"event": "added", "id": name}])
    assert [(event["n"], event["id"]) for event in kept.read_events(root)] == [(1, "a"), (2, "b"), (3, "c")]
    path = root / "corpus" / "log.jsonl"
    good = path.read_bytes()
    lines = good.split(b"\n")
    damaged = [
        good.replace(b'"a"', b'"x"'),
        good.replace(b'"c"', b'"x"'),
        b"\n".join(lines[1:]),
        b"\n".join([lines[0], *lines[2:]]),
        b"\n".join(lines[:2]) + b"\n",
        b"\n".join([lines[1], lines[0], *lines[2:]]),
        b"",
    ]
    for data in damaged:
        path.write_bytes(data)
        assert faults(root) == {"corpus/log.jsonl": "log"}, data
    path.unlink()
    assert faults(root) == {"corpus/log.jsonl": "log"}
    path.write_bytes(good)
    assert kept.differences(root) == []
    path.write_bytes(damaged[0])
    kept.accept(root)
    kept.append_events(root, [{"event": "added", "id": "d"}])
    assert kept.differences(root) == []


def test_a_torn_line_swallows_no_event_and_is_no_fault(root: Path) -> None:
    kept.append_events(root, [{"event": "added", "id": "a"}])
    path = root / "corpus" / "log.jsonl"
    path.write_bytes(path.read_bytes() + b'{"n": 2, "at": "20')
    kept.append_events(root, [{"event": "added", "id": "b"}])
    assert [event["id"] for event in kept.read_events(root)] == ["a", "b"]
    (one,) = kept.differences(root)
    assert (one.kind, one.is_fault) == ("torn", False)


def test_a_log_of_before_there_were_numbers_goes_on(root: Path) -> None:
    path = root / "corpus" / "log.jsonl"
    path.write_text('{"at": "x", "event": "added", "id": "a"}\n' * 3, "utf8")
    kept.append_events(root, [{"event": "added", "id": "b"}])
    assert kept.read_events(root)[-1]["n"] == 4
    assert [one for one in kept.differences(root) if one.is_fault] == []
    path.write_bytes(path.read_bytes().replace(b'"id": "a"', b'"id": "x"', 1))
    assert faults(root) == {"corpus/log.jsonl": "log"}


# ---- what is refused -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["   ", "", "\u3000"])
def test_a_blank_name_is_refused_and_every_decision_stays(name: str, tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.decide("青禾茶铺", "reject")
    for verdict in ("reject", "accept"):
        with pytest.raises(SettingError):
            bench.decide(name, verdict, type="company")
    with pytest.raises(LexiconError):
        save_decisions(bench.workspace.lexicon / "decisions.yaml", [Decision("reject", name)])
    assert [one.name for one in load_decisions(bench.workspace.lexicon / "decisions.yaml")] == ["青禾茶铺"]


def test_a_name_with_half_a_character_is_refused(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    with pytest.raises(SettingError):
        bench.decide("青禾\udcff茶铺", "reject")
    assert not (bench.workspace.lexicon / "decisions.yaml").exists()


@pytest.mark.parametrize("text", ["上一行\x85下一行", "a\x85", "行一\u2028行二\u2029行三", "tab\t\x85 \x85"])
def test_a_note_with_odd_line_breaks_comes_back_as_it_was(text: str, tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in"))
    bench.notes.add("chenlu", 11, 24, text)
    assert [note.text for note in Workbench(bench.workspace.root).notes.all()] == [text.strip(" \t\n")]


# ---- the catalogue ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "file",
    [
        "catalogue.json",
        "kept.json",
        "lexicon/decisions.yaml",
        "sources/b.txt",
        "sources/a.html.layer.json",
        "trash/x/y.txt",
        "sources/../catalogue.json",
        "sources//a.txt",
        "sources/.lock",
        "sources/x/y.txt",
        "sources\\a.txt",
        "sources/",
    ],
)
def test_a_record_can_only_name_a_file_of_its_own(file: str, tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in", {"a": TEXTS["chenlu"], "b": TEXTS["lanjing"]}))
    path = bench.workspace.catalogue
    items = json.loads(path.read_text("utf8"))
    items[0]["custom"]["casekit"]["file"] = file
    path.write_text(json.dumps(items), "utf8")
    with pytest.raises(WorkspaceError, match="file"):
        Workbench(bench.workspace.root).remove(["a"])
    assert path.exists()


def test_a_lost_catalogue_is_damage_and_nothing_is_dropped(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in"))
    bench.build()
    root = bench.workspace.root
    data = bench.workspace.catalogue.read_bytes()
    bench.workspace.catalogue.unlink()
    with pytest.raises(WorkspaceError, match=r"catalogue\.json"):
        Workbench(root)
    with pytest.raises(WorkspaceError, match=r"catalogue\.json"):
        bench.build()
    bench.workspace.catalogue.write_text("[]\n", "utf8")  # emptied, by hand or by accident
    with pytest.raises(WorkspaceError, match="--accept"):
        Workbench(root).build()
    bench.workspace.catalogue.write_bytes(data)
    report = Workbench(root).build()
    assert (report.removed, report.unchanged) == (0, 4)
    bench.workspace.catalogue.write_text("[]\n", "utf8")
    meant = Workbench(root)
    assert meant.verify(accept=True)["accepted"] == ["corpus/catalogue.json"]
    assert meant.build().removed == 4


def test_a_changed_digit_in_a_text_layer_is_quoted_nowhere(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><h1>店里的一天</h1><p>早上八点开门，会员有300万人，店长说都来扫码。</p></body></html>", "utf8"
    )
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add([page])
    layer = bench.workspace.sources / "page.html.layer.json"
    layer.write_text(layer.read_text("utf8").replace("300", "400"), "utf8")
    fresh = Workbench(bench.workspace.root)
    report = fresh.build()
    assert [name for name, _ in report.failed] == ["page"]
    assert "page" in {row["where"] for row in fresh.verify()["problems"]}
    assert fresh.add([page], replace=True).added[0].status == "replaced"
    assert "300" in Workbench(bench.workspace.root).text("page")


def test_a_planted_text_layer_of_a_plain_file_is_not_read(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in"))
    body: dict[str, object] = {"text": "别的文字", "declared": None, "blocks": [], "made": None, "receipt": None}
    (bench.workspace.sources / "chenlu.txt.layer.json").write_text(json.dumps(body), "utf8")
    assert Workbench(bench.workspace.root).text("chenlu") == TEXTS["chenlu"]


# ---- verify ----------------------------------------------------------------------------------------------------------
def test_verify_says_that_all_is_as_acknowledged_or_names_what_is_not(tmp_path: Path) -> None:
    from tests.unit.workshop_sample import DOCS, card_a

    bench = Workbench(make_workspace(tmp_path / "ws"))
    root = bench.workspace.root
    bench.add(write_texts(tmp_path / "in", {name: doc.text for name, doc in DOCS.items()} | dict(TEXTS)))
    bench.build()
    bench.cut("chenlu", 0, 9)
    bench.decide("青禾茶铺", "reject")
    bench.notes.add("chenlu", 11, 24, "记一笔")
    save_card(card_a(), root / "casebook" / f"{card_a().id}.yaml")
    bench.remove(["lanjing"])
    bench.build()
    report = bench.verify()
    assert report["problems"] == []
    record = bench.workspace.trash / next(bench.workspace.trash.iterdir()).name
    watched = {
        "corpus/overrides.json": "corpus/overrides.json",
        "corpus/lexicon/decisions.yaml": "corpus/lexicon/decisions.yaml",
        "notebooks/notes/chenlu.yaml": "notebooks/notes/chenlu.yaml",
        f"casebook/{card_a().id}.yaml": f"casebook/{card_a().id}.yaml",
        "corpus/catalogue.json": "corpus/catalogue.json",
        f"corpus/trash/{record.name}/record.json": f"corpus/trash/{record.name}/record.json",
        f"corpus/trash/{record.name}/lanjing.txt": f"corpus/trash/{record.name}",
        "corpus/sources/songguo.txt": "songguo",
    }
    for name, where in watched.items():
        path = root / name
        data = path.read_bytes()
        path.write_bytes(data.replace(b"1", b"7", 1) if b"1" in data else data + b" ")
        found = Workbench(root).verify()["problems"]
        assert where in {row["where"] for row in found}, name
        path.write_bytes(data)
    assert Workbench(root).verify()["problems"] == []


def test_the_newest_version_is_the_newest_though_the_clock_went_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from casekit.store import trash

    class Clock(datetime):
        year_now = 2030

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(cls.year_now, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(trash, "datetime", Clock)
    bench = Workbench(make_workspace(tmp_path / "ws"))
    for number, year in enumerate((2030, 2024, 2027, 2021)):
        Clock.year_now = year
        (path,) = write_texts(tmp_path / "in", {"a": f"第{number}版。\n\n店长说，顾客扫码之后就能领取优惠券。\n"})
        bench.add([path], replace=True)
        bench.remove(["a"])
    assert [one.record.chars is not None and one.number for one in bench.versions("a")] == [1, 2, 3, 4]
    bench.restore("a")
    assert bench.text("a").startswith("第3版")


@pytest.mark.parametrize("stopped", ["before", "behind"])
def test_a_log_that_was_being_written_anew_is_no_damage(
    stopped: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        kept.append_events(root, [{"event": "noted", "id": str(n)}])

    def gone(row: dict[str, object]) -> dict[str, object]:
        return {**row, "id": ""}

    def write(path: Path, data: bytes) -> None:
        if stopped == "behind":
            write_atomically(path, data)
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr("casekit.kept.log.write_atomically", write)
        with pytest.raises(KeyboardInterrupt):
            kept.rewrite_events(root, gone)
    assert faults(root) == {}
    assert [row["id"] for row in kept.read_events(root)][-1] == ("" if stopped == "behind" else "2")
    kept.append_events(root, [{"event": "noted", "id": "3"}])
    assert faults(root) == {}
    path = root / "corpus" / "log.jsonl"
    path.write_bytes(path.read_bytes().replace(b"noted", b"voted", 1))
    assert faults(root) == {"corpus/log.jsonl": "log"}
