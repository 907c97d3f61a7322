"""Metadata changed by hand: checked, logged, taken back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import Cli, snapshot
from tests.strategies import examples

from casekit.errors import SettingError, UnknownSourceError
from casekit.workbench import Workbench
from casekit.workbench.corpus.editing import FIELDS, edit


def test_edited_metadata_is_what_the_catalogue_and_the_next_build_say(bench: Workbench) -> None:
    values = {
        "title": "晨露茶飲的會員改造",
        "author": ["何雨", "Ines Harrow"],
        "publisher": "河湾日报",
        "date": "2021-01/2021-03",
        "kind": "advertorial",
        "interest": "茶饮公司出资",
        "url": "https://example.org/1",
        "language": "zh-Hans",
    }
    record, changes = bench.edit("chenlu", values)
    meta = record.metadata
    assert (meta.title, meta.title_folded) == ("晨露茶飲的會員改造", "晨露茶饮的会员改造")
    assert meta.authors == ("何雨", "Ines Harrow")
    assert (meta.date, meta.date_certainty) == ("2021-01/2021-03", "stated")
    assert changes["custom.casekit.source_kind"] == (None, "advertorial")
    again = Workbench.open(bench.workspace.root)
    assert again.catalogue["chenlu"].metadata == meta
    assert again.build().changed == 1
    assert again.doc("chenlu").cleaned.metadata.publisher == "河湾日报"


def test_clear_empties_a_field(bench: Workbench) -> None:
    bench.edit("chenlu", {"date": "2021", "author": "何雨", "interest": "甲"})
    record, _ = bench.edit("chenlu", clear=["date", "author", "interest"])
    meta = record.metadata
    assert (meta.date, meta.date_certainty, meta.authors, meta.interest) == (None, "unknown", (), None)


def test_edits_are_taken_back_one_by_one(bench: Workbench) -> None:
    path = bench.workspace.catalogue
    states = [path.read_bytes()]
    bench.edit("chenlu", {"title": "一"})
    states.append(path.read_bytes())
    bench.edit("songguo", {"title": "别家"})
    bench.edit("chenlu", {"author": ["甲", "乙"], "date": "2020-02-29"})
    bench.undo_edit("songguo")
    assert bench.undo_edit("chenlu") is not None
    assert json.loads(path.read_bytes()) == json.loads(states[1])
    bench.edit("chenlu", {"kind": "news"})
    bench.undo_edit("chenlu")
    bench.undo_edit("chenlu")
    assert json.loads(path.read_bytes()) == json.loads(states[0])
    assert bench.undo_edit("chenlu") is None


def test_names_with_family_and_given_part_survive_an_edit_that_keeps_them(bench: Workbench) -> None:
    record = bench.catalogue["chenlu"]
    name = {"family": "何", "given": "雨"}
    csl = {**record.csl, "author": [name], "volume": "7"}
    bench.catalogue.put([type(record)(record.id, record.sha256, record.file, record.chars, record.added, csl)])
    edited, _ = bench.edit("chenlu", {"author": ["何雨", "江一白"]})
    assert edited.to_json()["author"] == [name, {"literal": "江一白"}]
    bench.undo_edit("chenlu")
    assert bench.catalogue["chenlu"].to_json()["author"] == [name]
    assert bench.catalogue["chenlu"].to_json()["volume"] == "7"


def test_undo_refuses_where_somebody_changed_the_value_since(bench: Workbench) -> None:
    bench.edit("chenlu", {"title": "一"})
    path = bench.workspace.catalogue
    path.write_text(path.read_text("utf8").replace('"一"', '"二"'), "utf8")
    before = path.read_bytes()
    with pytest.raises(SettingError, match="title"):
        bench.undo_edit("chenlu")
    assert path.read_bytes() == before


def test_the_same_value_is_no_change(bench: Workbench) -> None:
    bench.edit("chenlu", {"title": "一"})
    n = len(bench.store.history())
    assert bench.edit("chenlu", {"title": "一"})[1] == {}
    assert len(bench.store.history()) == n


BAD = {
    "date": ["2021-13", "2021-02-30", "21-1-1", "去年", "2021/", "2021-05/2021-02", "2021-1-9"],
    "certainty": ["sure", "已知"],
    "script": ["zh", "Hans"],
    "url": ["example.org", "javascript:alert(1)", "https://a b"],
    "language": ["中文", "chinese language"],
    "title": ["", "  ", "两\n行", "x" * 2001],
    "author": [""],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD.items() for value in values])
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(bench: Workbench, field: str, value: str) -> None:
    before = snapshot(bench.workspace.root)
    with pytest.raises(SettingError, match=field):
        bench.edit("chenlu", {field: value})
    assert snapshot(bench.workspace.root) == before


def test_unknown_fields_and_sources_are_refused(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="colour"):
        bench.edit("chenlu", {"colour": "red"})
    with pytest.raises(UnknownSourceError):
        bench.edit("nobody", {"title": "一"})
    with pytest.raises(SettingError, match="title"):
        bench.edit("chenlu", {"title": "一"}, clear=["title"])


_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40).filter(str.strip)
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": _TEXT,
        "author": st.lists(_TEXT, min_size=1, max_size=3),
        "publisher": _TEXT,
        "date": st.dates().map(str),
        "kind": _TEXT,
        "interest": _TEXT,
        "posted-by": _TEXT,
        "republished-from": _TEXT,
    },
)


@given(st.lists(_VALUES, min_size=1, max_size=4))
@settings(max_examples=examples(25), deadline=None)
def test_undoing_every_edit_leads_back(tmp_path_factory: pytest.TempPathFactory, edits: list[dict[str, str]]) -> None:
    from tests.samples import make_workspace, write_texts

    root = tmp_path_factory.mktemp("edit")
    bench = Workbench(make_workspace(root / "ws", model="none"))
    bench.add(write_texts(root / "in", {"a": "甲店开业\n\n甲店今天开业，门口排了很长的队伍。\n"}))
    first = bench.catalogue["a"].to_json()
    done = 0
    for values in edits:
        before = bench.catalogue["a"].metadata
        record, changes = edit(bench.catalogue, bench.store, "a", values)
        done += bool(changes)
        for name in set(FIELDS.values()) - {FIELDS[n] for n in values} - {"date_certainty"}:
            assert getattr(record.metadata, name) == getattr(before, name)
    for _ in range(done):
        assert bench.undo_edit("a")
    assert bench.undo_edit("a") is None
    now = bench.catalogue["a"].to_json()
    assert _filled(now) == _filled(first)


def _filled(item: dict[str, object]) -> dict[str, object]:
    custom = item["custom"]
    assert isinstance(custom, dict)
    return {**item, "custom": {name: value for name, value in custom["casekit"].items() if value is not None}}


def test_edit_and_undo_on_the_command_line(bench: Workbench, cli: Cli) -> None:
    root = bench.workspace.root
    ran = cli(
        "edit", "chenlu", "--title", "新题", "--author", "甲", "--author", "乙", "--date", "2020-05", "--json", cwd=root
    )
    assert ran.code == 0
    changes = {row["field"]: (row["old"], row["new"]) for row in json.loads(ran.out)["changes"]}
    assert changes["title"][1] == "新题"
    assert changes["author"][1] == [{"literal": "甲"}, {"literal": "乙"}]
    assert "date: 2020-05" in cli("edit", "chenlu", "--undo", cwd=root).out
    assert Workbench.open(root).catalogue["chenlu"].metadata.title == "晨露茶饮的会员改造"
    assert "没有可收回的修改" in cli("edit", "chenlu", "--undo", cwd=root, lang="zh").out
    assert "nothing changed" in cli("edit", "chenlu", "--title", "晨露茶饮的会员改造", cwd=root).out
    for arguments in (
        ("chenlu",),
        ("chenlu", "--undo", "--title", "x"),
        ("chenlu", "--date", "2021-13"),
        ("chenlu", "--clear", "colour"),
        ("nobody", "--title", "x"),
    ):
        ran = cli("edit", *arguments, cwd=root)
        assert ran.code == 2
        assert ran.complaint
    assert any(row["event"] == "edited" for row in json.loads(cli("log", "--json", cwd=root).out))


def test_a_source_that_retells_others_is_a_retelling_until_that_is_taken_back(bench: Workbench) -> None:
    before = json.loads(bench.workspace.catalogue.read_bytes())
    record, _ = bench.edit("chenlu", {"retells": ["songguo", "别处"]})
    assert (record.metadata.rank, record.metadata.retells) == ("retelling", ("songguo", "别处"))
    again = Workbench.open(bench.workspace.root)
    assert again.catalogue["chenlu"].metadata.retells == ("songguo", "别处")
    record, _ = bench.edit("chenlu", {"rank": "original"})
    assert (record.metadata.rank, record.metadata.retells) == ("original", ())
    bench.undo_edit("chenlu")
    bench.undo_edit("chenlu")
    assert json.loads(bench.workspace.catalogue.read_bytes()) == before


def test_nothing_retells_itself(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="retells"):
        bench.edit("chenlu", {"retells": ["chenlu"]})
    assert bench.catalogue["chenlu"].metadata.rank == "original"


def test_a_commentary_keeps_its_rank_when_it_is_said_of_what_it_speaks(bench: Workbench) -> None:
    record, _ = bench.edit("chenlu", {"rank": "commentary", "retells": ["songguo"]})
    assert record.metadata.rank == "commentary"


def test_an_unknown_rank_is_refused(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="original, retelling, commentary"):
        bench.edit("chenlu", {"rank": "summary"})
