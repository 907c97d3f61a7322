"""Backups are whole or refused; what is purged is nowhere in the workspace."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from tests.samples import TEXTS, make_workspace, snapshot, write_texts

from casekit.errors import SourceError, UnknownSourceError, WorkspaceError
from casekit.workbench import Workbench

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
SECRET = "顾客扫码之后就能领取优惠券"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    bench = Workbench(make_workspace(tmp_path / "ws", tagger=False))
    bench.add(write_texts(tmp_path / "in"))
    page = tmp_path / "in" / "page.html"
    page.write_text(
        "<html><body><h1>店里的一天</h1><p>早上八点开门，会员有300万人，店长说都来扫码。</p></body></html>", "utf8"
    )
    bench.add([page])
    bench.cut("chenlu", 0, 9)
    bench.decide("青禾茶铺", "reject")
    bench.notes.add("songguo", 11, 24, "记一笔")
    bench.remove(["lanjing"])
    return bench


def rewritten(path: Path, change: dict[str, bytes | None], target: Path) -> Path:
    """The zip with some members other, or gone."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = change.get(entry.filename, old.read(entry))
            if data is not None:
                new.writestr(entry.filename, data)
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name] or b"")
    return target


# ---- backups ---------------------------------------------------------------------------------------------------------
def test_a_workspace_comes_back_as_it_was_with_trash_and_log(bench: Workbench, tmp_path: Path) -> None:
    made = bench.back_up(tmp_path / "b.zip")
    assert made.problems == ()
    assert Workbench.check_backup(tmp_path / "b.zip").files == made.files
    other = Workbench(Workbench.from_backup(tmp_path / "b.zip", tmp_path / "other"))
    assert snapshot(other.workspace.root) == snapshot(bench.workspace.root)
    assert (other.workspace.corpus / "kept.json").read_bytes() == (bench.workspace.corpus / "kept.json").read_bytes()
    other.build()
    assert other.verify()["problems"] == []
    other.restore("lanjing")
    assert other.text("lanjing") == TEXTS["lanjing"]


def test_a_damaged_backup_is_refused_wherever_it_is_hit(bench: Workbench, tmp_path: Path) -> None:
    path, hit = tmp_path / "b.zip", tmp_path / "hit.zip"
    bench.back_up(path)
    data, chance = path.read_bytes(), random.Random(5)
    with zipfile.ZipFile(path) as archive:
        starts = [
            (one.header_offset + 30 + len(one.filename.encode()), one.compress_size) for one in archive.infolist()
        ]
    for _ in range(60):
        start, size = chance.choice(starts)
        damaged = bytearray(data)
        damaged[start + chance.randrange(size)] ^= 1 << chance.randrange(8)
        hit.write_bytes(damaged)
        try:
            Workbench.check_backup(hit)
        except SourceError:
            with pytest.raises(SourceError):
                Workbench.from_backup(hit, tmp_path / "none")
        else:  # the bit means nothing to a zip file (padding of the extra field): then all comes back
            made = Workbench.from_backup(hit, tmp_path / "some")
            assert snapshot(made.root) == snapshot(bench.workspace.root)
            shutil.rmtree(tmp_path / "some")
    for cut in (0, 10, len(data) // 2, len(data) - 1):
        hit.write_bytes(data[:cut])
        with pytest.raises(SourceError):
            Workbench.check_backup(hit)
    assert not (tmp_path / "none").exists()
    assert not list(tmp_path.glob(".casekit-*"))


def test_a_backup_that_holds_more_less_or_other_files_is_refused(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    bench.back_up(path)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("casekit-backup.json"))
    outside = {**manifest, "files": {**manifest["files"], "../outside.txt": ["0" * 64, 1, 420]}}
    changes: list[dict[str, bytes | None]] = [
        {"corpus/sources/chenlu.txt": None},
        {"corpus/sources/chenlu.txt": b"other"},
        {"corpus/sources/more.txt": b"more"},
        {"casekit-backup.json": None},
        {"casekit-backup.json": b"[]"},
        {"casekit-backup.json": json.dumps({**manifest, "format": 9}).encode()},
        {"casekit-backup.json": json.dumps(outside).encode(), "../outside.txt": b"x"},
        {"casekit.toml": None},
    ]
    for change in changes:
        with pytest.raises(SourceError):
            Workbench.from_backup(rewritten(path, change, tmp_path / "o.zip"), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "outside.txt").exists()


def test_a_backup_goes_over_nothing(bench: Workbench, tmp_path: Path) -> None:
    bench.back_up(tmp_path / "b.zip")
    for folder in (bench.workspace.root, tmp_path):
        with pytest.raises(WorkspaceError):
            Workbench.from_backup(tmp_path / "b.zip", folder)


def test_what_is_not_as_acknowledged_is_backed_up_and_named(bench: Workbench, tmp_path: Path) -> None:
    layer = bench.workspace.sources / "page.html.layer.json"
    layer.write_text(layer.read_text("utf8").replace("300", "400"), "utf8")
    (bench.workspace.lexicon / "decisions.yaml").write_text("[]\n", "utf8")
    problems = bench.back_up(tmp_path / "b.zip").problems
    assert len(problems) == 2
    assert {one.split("：")[0] for one in problems} == {
        "corpus/lexicon/decisions.yaml",
        "corpus/sources/page.html.layer.json",
    }


@POSIX
def test_modes_and_linked_files_come_along(bench: Workbench, tmp_path: Path) -> None:
    notes = bench.workspace.root / "notebooks" / "notes" / "songguo.yaml"
    notes.chmod(0o600)
    real = tmp_path / "elsewhere.json"
    bench.workspace.catalogue.rename(real)
    bench.workspace.catalogue.symlink_to(real)
    (bench.workspace.root / "casebook" / "round").symlink_to(bench.workspace.root / "casebook")
    bench.edit("songguo", {"title": "别的标题"})
    assert bench.workspace.catalogue.is_symlink()
    bench.back_up(tmp_path / "b.zip")
    other = Workbench(Workbench.from_backup(tmp_path / "b.zip", tmp_path / "other"))
    assert stat.S_IMODE((other.workspace.root / "notebooks" / "notes" / "songguo.yaml").stat().st_mode) == 0o600
    assert other.catalogue["songguo"].metadata.title == "别的标题"
    assert not other.workspace.catalogue.is_symlink()


# ---- purging ---------------------------------------------------------------------------------------------------------
def holding(root: Path, words: str) -> set[str]:
    """The files that hold the words, in any encoding that casekit writes."""
    forms = (words.encode("utf8"), words.encode("utf-16-le"), json.dumps(words)[1:-1].encode())
    files = [path for path in root.rglob("*") if path.is_file()]
    return {p.relative_to(root).as_posix() for p in files if any(form in p.read_bytes() for form in forms)}


def test_what_is_purged_is_nowhere_any_more(bench: Workbench, tmp_path: Path) -> None:
    root = bench.workspace.root
    bench.build()
    (newer,) = write_texts(tmp_path / "new", {"chenlu": "新版\n\n" + TEXTS["chenlu"]})
    bench.add([newer], replace=True)
    bench.build()
    assert len(holding(root, SECRET)) > 3
    gone = bench.purge(["chenlu"])
    assert (gone.ids, gone.versions, gone.generations, gone.quoted) == (("chenlu",), 2, 2, ())
    assert holding(root, SECRET) == set()
    assert holding(root, "chenlu") == set()
    fresh = Workbench(root)
    fresh.build()
    assert fresh.verify()["problems"] == []
    assert "chenlu" not in fresh.catalogue
    assert fresh.text("songguo") == TEXTS["songguo"]
    assert fresh.versions("lanjing")  # another's version in the trash stays
    with pytest.raises(UnknownSourceError):
        fresh.purge(["chenlu"])


def test_what_people_wrote_about_it_is_named_and_left(bench: Workbench) -> None:
    root = bench.workspace.root
    bench.notes.add("chenlu", 15, 60, f"书里说“{SECRET}，下次到店可以直接抵扣”，要问清楚")
    (root / "notebooks" / "own.md").write_text("见 chenlu 一篇\n", "utf8")
    (root / "notebooks" / "other.md").write_text("与此无关\n", "utf8")
    gone = bench.purge(["chenlu"])
    assert {name for name, _ in gone.quoted} == {"notebooks/notes/chenlu.yaml", "notebooks/own.md"}
    assert dict(gone.quoted)["notebooks/own.md"] == 0
    assert dict(gone.quoted)["notebooks/notes/chenlu.yaml"] >= 20


def test_the_trash_can_be_emptied_damaged_folders_too(bench: Workbench) -> None:
    bench.remove(["harbour"])
    broken = bench.workspace.trash / "t000009-20260101T000000-broken"
    broken.mkdir()
    (broken / "record.json").write_text("{", "utf8")
    gone = bench.purge(trash=True)
    assert gone.versions == 2
    assert list(bench.workspace.trash.iterdir()) == []
    assert "songguo" in Workbench(bench.workspace.root).catalogue
    assert bench.verify()["problems"][0]["where"].endswith("index")  # built anew next
    bench.add(write_texts(bench.workspace.root / "in", {"harbour": TEXTS["harbour"]}))
    assert bench.remove(["harbour"])[0].name.startswith("t00000")  # numbers are not used twice
    assert int(bench.remove(["songguo"])[0].name[1:7]) > 3
