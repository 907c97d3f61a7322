"""Ids of files: what `add` gives can be read wherever an address is written; ids of older catalogues still work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.catalogue import Record
from casekit.errors import SettingError
from casekit.evidence import evidence_at, verify_one
from casekit.ids import is_id
from casekit.types import Address
from casekit.workbench import Workbench
from casekit.workbench.corpus.naming import Naming
from casekit.workspace import Workspace

FIRST = "晨露在三个城市开了四十家门店。店长每周三晚上报空班，由店员自己认领。\n"
SECOND = "松果的导购把顾客加进群里，每周发三次新品，群里的复购率是门店的两倍。\n"


@pytest.fixture
def bench(workspace: Workspace) -> Workbench:
    return Workbench.open(workspace.root)


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_a_name_with_a_blank_gives_a_readable_id_and_says_so(bench: Workbench, tmp_path: Path) -> None:
    report = bench.add([put(tmp_path, "零售 一.txt", FIRST)])
    [one] = report.added
    assert (one.record.id, one.record.name) == ("零售-一", "零售 一")
    assert any("零售-一" in told and "零售 一" in told for told in one.warnings)
    assert Address.parse("零售-一:0-14").slice(bench.text("零售-一")) == FIRST[:14]
    assert Workbench.open(bench.workspace.root).catalogue["零售-一"].name == "零售 一"  # kept on disk


def test_two_names_that_give_the_same_id_are_told_apart(bench: Workbench, tmp_path: Path) -> None:
    files = [
        put(tmp_path, "a b.txt", FIRST),
        put(tmp_path, "a(b).txt", SECOND),
        put(tmp_path, "a-b.txt", FIRST + SECOND),
    ]
    report = bench.add(files)
    assert not report.refused
    ids = {one.path.name: one.record.id for one in report.added}
    assert ids["a-b.txt"] == "a-b"  # whose own name is an id keeps it
    assert set(ids.values()) == {"a-b", "a-b-2", "a-b-3"}
    again = bench.add([tmp_path])
    assert {one.path.name: one.record.id for one in again.added} == ids
    assert {one.status for one in again.added} == {"present"}


def test_an_id_that_another_name_was_given_is_not_replaced_by_the_file_of_that_name(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.add([put(tmp_path, "a b.txt", FIRST)])
    [one] = bench.add([put(tmp_path, "a-b.txt", SECOND)], replace=True).added
    assert (one.record.id, one.status) == ("a-b-2", "added")
    [new] = bench.add([put(tmp_path, "a-b.txt", SECOND + FIRST)], replace=True).added
    assert (new.record.id, new.status) == ("a-b-2", "replaced")
    assert bench.text("a-b") == FIRST


def test_a_new_version_of_a_file_keeps_its_id(bench: Workbench, tmp_path: Path) -> None:
    bench.add([put(tmp_path, "零售 一.txt", FIRST)])
    changed = put(tmp_path, "零售 一.txt", "导语。" + FIRST)
    [refused] = bench.add([changed]).refused
    assert "零售-一" in refused.reason
    assert "--replace" in refused.reason
    [one] = bench.add([changed], replace=True).added
    assert (one.record.id, one.status, one.record.name) == ("零售-一", "replaced", "零售 一")
    [two] = bench.add([put(tmp_path, "other.txt", FIRST)], id="零售-一", replace=True).added
    assert two.record.name == "零售 一"


def test_an_id_that_is_asked_for_is_refused_with_a_proposal(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="--id 零售-一"):
        bench.add([put(tmp_path, "a.txt", FIRST)], id="零售 一")
    assert not list(bench.catalogue)


def test_paths_as_ids_are_made_readable_part_by_part(bench: Workbench, tmp_path: Path) -> None:
    put(tmp_path / "2020 年", "报告(上).txt", FIRST)
    put(tmp_path / "2021 年", "报告(上).txt", SECOND)
    report = bench.add([tmp_path], id_from="path")
    assert [one.record.id for one in report.added] == ["2020-年__报告-上", "2021-年__报告-上"]


@given(st.lists(st.text("ab -(“一", min_size=1, max_size=5), max_size=8, unique=True))
def test_every_name_of_a_batch_gets_an_id_of_its_own(names: list[str]) -> None:
    given_ids: dict[str, str] = {}
    naming = Naming([], names)
    for name in names:
        try:
            given_ids[name] = naming.id_of(name)
        except SettingError:
            assert not any(c in "ab一" for c in name)
    assert len(set(given_ids.values())) == len(given_ids)
    assert all(is_id(one) for one in given_ids.values())
    assert all(given_ids[name] == name for name in given_ids if is_id(name))
    records = [Record(one, "", "f", name=None if one == name else name) for name, one in given_ids.items()]
    later = Naming(records, given_ids)
    assert {name: later.id_of(name) for name in given_ids} == given_ids


# ---- catalogues of older versions -----------------------------------------------------------------------------------
@pytest.fixture
def old(bench: Workbench, tmp_path: Path) -> Workbench:
    """A workspace as an older version left it: the id of a source has a blank, that of another full-width punctuation."""
    bench.add([put(tmp_path / "in", "one.txt", FIRST), put(tmp_path / "in", "two.txt", SECOND)])
    bench.cut("one", 15, 18)
    corpus = bench.workspace.corpus
    for name in ("catalogue.json", "overrides.json"):
        text = (corpus / name).read_text("utf-8")
        (corpus / name).write_text(text.replace('"one"', '"零售 一"').replace('"two"', '"零售，变革"'), "utf-8")
    return Workbench.open(bench.workspace.root)


def test_an_old_catalogue_opens_and_nothing_is_lost(old: Workbench, tmp_path: Path) -> None:
    assert [record.id for record in old.catalogue] == ["零售 一", "零售，变革"]
    assert old.text("零售 一") == FIRST
    assert [ruling.action for ruling in old.show("零售 一").overrides] == ["cut"]
    old.build()
    found = old.search("店长").hits[0].passage
    assert found.source == "零售 一"
    assert Address.parse(str(found.address)) == found.address
    assert str(found.address).startswith("{零售 一}:")
    [occurrence] = old.find("四十家门店")
    assert occurrence.source == "零售 一"
    evidence = evidence_at(old.doc("零售 一"), 0, 14)
    assert Address.parse(str(evidence.address)) == evidence.address
    assert verify_one(evidence, old.doc("零售 一")).status == "ok"
    saved = json.loads((old.workspace.corpus / "catalogue.json").read_text("utf-8"))
    assert [item["id"] for item in saved] == ["零售 一", "零售，变革"]


def test_a_new_version_of_a_source_with_an_old_id_keeps_that_id(old: Workbench, tmp_path: Path) -> None:
    [one] = old.add([put(tmp_path / "new", "零售 一.txt", "导语。" + FIRST)], replace=True).added
    assert (one.record.id, one.status) == ("零售 一", "replaced")
    [same] = old.add([put(tmp_path / "new", "零售，变革.txt", SECOND)]).added
    assert (same.record.id, same.status) == ("零售，变革", "present")
