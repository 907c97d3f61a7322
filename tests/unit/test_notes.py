"""Personal notes: kept in plain files, found again in new versions, never lost to a broken file, never in the corpus."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import TEXTS, snapshot
from tests.strategies import examples

from casekit.errors import CasekitError, SettingError, UnknownSourceError
from casekit.workbench import Workbench
from casekit.workbench.notes.files import read_file, writable
from casekit.workbench.notes.records import UnknownNoteError

PHRASE = "导购会把试饮邀请发给老顾客"


def place(source: str, phrase: str) -> tuple[int, int]:
    at = TEXTS[source].index(phrase)
    return at, at + len(phrase)


def folder(bench: Workbench) -> Path:
    return bench.workspace.root / "notebooks" / "notes"


def test_a_note_is_kept_for_the_next_workbench(bench: Workbench) -> None:
    made = bench.notes.add("chenlu", *place("chenlu", PHRASE), "问学员：为什么是老顾客？\n再问一次", ["讨论", "会员"])
    assert (made.state, made.quote, made.title) == ("ok", PHRASE, "晨露茶饮的会员改造")
    (again,) = Workbench.open(bench.workspace.root).notes.find()
    assert again == made
    assert again.note.text == "问学员：为什么是老顾客？\n再问一次"
    assert again.note.tags == ("讨论", "会员")


def test_the_file_can_be_read_by_people(bench: Workbench) -> None:
    bench.notes.add("chenlu", *place("chenlu", PHRASE), "第一行\n第二行", ["讨论"])
    text = (folder(bench) / "chenlu.yaml").read_text("utf8")
    assert text.startswith("#")
    assert "\n    第一行\n    第二行\n" in text
    assert yaml.safe_load(text)["source"] == "chenlu"


def test_notes_are_no_evidence(bench: Workbench) -> None:
    before = snapshot(bench.workspace.root)
    bench.notes.add("chenlu", *place("chenlu", PHRASE), "独角兽")
    after = snapshot(bench.workspace.root)
    changed = {name for name in after if after[name] != before.get(name)}
    assert all(name.startswith("notebooks/notes/") for name in changed)
    bench.build()
    assert not [hit for hit in bench.search("独角兽").hits if "独角兽" in hit.quote]
    assert bench.find("独角兽") == []


def test_words_and_tags_are_found_in_either_script(bench: Workbench) -> None:
    bench.notes.add("chenlu", *place("chenlu", PHRASE), "顾客关系很重要", ["會員"])
    bench.notes.add("lanjing", *place("lanjing", "蓝鲸书店每周三"), "另一件事", ["讨论"])
    for query in ("顧客", "关系 重要", "会员", "會員"):
        assert [one.note.source for one in bench.notes.find(query)] == ["chenlu"]
    assert bench.notes.find("顾客 讨论") == []
    assert [one.note.source for one in bench.notes.find(tag="会员")] == ["chenlu"]
    assert [one.note.source for one in bench.notes.find(source="lanjing")] == ["lanjing"]
    assert bench.notes.tags() == {"會員": 1, "讨论": 1}


def test_a_note_is_changed_deleted_and_brought_back(bench: Workbench) -> None:
    notes = bench.notes
    made = notes.add("chenlu", *place("chenlu", PHRASE), "一")
    changed = notes.change(made.note.id, text="二", tags=["甲", "甲", " "])
    assert (changed.note.text, changed.note.tags, changed.note.created) == ("二", ("甲",), made.note.created)
    gone = notes.remove(made.note.id)
    assert notes.find() == []
    assert not (folder(bench) / "chenlu.yaml").exists()
    back = notes.add(gone.source, gone.start, gone.end, gone.text, gone.tags, note_id=gone.id)
    assert back.note.id == made.note.id
    with pytest.raises(SettingError, match=made.note.id):
        notes.add(gone.source, gone.start, gone.end, "x", note_id=gone.id)


def test_a_deleted_note_comes_back_as_it_was_to_the_last_field(bench: Workbench) -> None:
    folder(bench).mkdir(parents=True)
    path = folder(bench) / "会员.yaml"
    path.write_text(
        "# 我的\nsource: chenlu\nnotes:\n"
        "- start: 0\n  end: 4\n  text: 一\n"
        "- start: 5\n  end: 9\n  text: 二\n  colour: red\n  created: 2020-01-02\n"
        "- start: 5\n  end: 9\n  text: 三\n",
        "utf8",
    )
    before = bench.notes.find()
    assert [one.note.id for one in before] == ["会员-0-4", "会员-5-9-2", "会员-5-9"]  # the undated one sorts first
    for one in before:
        gone = bench.notes.remove(one.note.id)
        bench.notes.add(gone.source, one.start, one.end, gone.text, gone.tags, note_id=gone.id)
        assert bench.notes.find() == before
    for one in before:
        bench.notes.remove(one.note.id)
    assert not path.exists()
    for one in reversed(before):
        bench.notes.add("chenlu", one.start, one.end, one.note.text, one.tags, note_id=one.note.id)
    assert path.read_text("utf8").startswith("# 我的\nsource: chenlu\n")
    assert {one.note.text for one in bench.notes.find()} == {"一", "二", "三"}


def test_of_two_notes_with_one_id_the_deleted_one_comes_back(bench: Workbench) -> None:
    folder(bench).mkdir(parents=True)
    path = folder(bench) / "mine.yaml"
    path.write_text(
        "source: chenlu\nnotes:\n- {id: a, start: 0, end: 4, text: 一}\n- {id: a, start: 5, end: 9, text: 二}\n", "utf8"
    )
    before, text = bench.notes.find(), path.read_text("utf8")
    gone = bench.notes.remove("a")
    bench.notes.add("chenlu", gone.start, gone.end, gone.text, note_id="a")
    assert bench.notes.find() == before
    bench.notes.remove("a")
    path.write_text(text, "utf8")
    with pytest.raises(SettingError, match="a"):  # somebody was quicker
        bench.notes.add("chenlu", gone.start, gone.end, gone.text, note_id="a")


def test_a_hand_written_note_keeps_its_id_when_another_goes(bench: Workbench) -> None:
    folder(bench).mkdir(parents=True)
    (folder(bench) / "mine.yaml").write_text(
        "source: chenlu\nnotes:\n- {start: 0, end: 4, text: 一}\n- {start: 5, end: 9, text: 二}\n", "utf8"
    )
    first, second = bench.notes.find()
    bench.notes.remove(first.note.id)
    assert bench.notes.find() == [second]


def test_a_lost_note_that_comes_back_stays_lost(bench: Workbench, tmp_path: Path) -> None:
    made = bench.notes.add("chenlu", *place("chenlu", PHRASE), "一")
    path = folder(bench) / "chenlu.yaml"
    path.write_text(path.read_text("utf8").replace(made.note.fingerprint, "fp1:12:0123456789abcdef"), "utf8")
    (lost,) = bench.notes.find()
    assert lost.state == "lost"
    bench.notes.remove(lost.note.id)
    assert bench.notes.add("chenlu", lost.start, lost.end, "一", (), note_id=lost.note.id) == lost
    bench.notes.remove(lost.note.id)
    bench.remove(["chenlu"])
    bench.notes.add("chenlu", lost.start, lost.end, "一", (), note_id=lost.note.id)
    assert [one.note for one in bench.notes.find()] == [lost.note]


def test_notes_that_cannot_be(bench: Workbench) -> None:
    at = place("chenlu", PHRASE)
    with pytest.raises(SettingError):
        bench.notes.add("chenlu", *at, "  \n ", [" "])
    with pytest.raises(SettingError):
        bench.notes.add("chenlu", 5, 5, "x")
    with pytest.raises(SettingError):
        bench.notes.add("chenlu", 0, 10**6, "x")
    with pytest.raises(SettingError):
        bench.notes.add("chenlu", *at, "x" * 20_001)
    with pytest.raises(SettingError):
        bench.notes.add("chenlu", *at, "x", note_id="../../evil")
    with pytest.raises(UnknownSourceError):
        bench.notes.add("nobody", 0, 5, "x")
    with pytest.raises(UnknownNoteError):
        bench.notes.change("nothing", text="x")
    with pytest.raises(UnknownNoteError):
        bench.notes.remove("nothing")
    assert not list(folder(bench).glob("*.yaml"))


# ---- people edit the files ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ("source: chenlu\nnotes:\n  - id: [", "第 4 行"),
        ("- just\n- a list\n", "notes:"),
        ("source: chenlu\nnotes: 5\n", "notes:"),
        ("source: chenlu\nnotes:\n  - start: 1\n    end: x\n", "第 1 条"),
        ("source: chenlu\nnotes:\n  - plain words\n", "第 1 条"),
        ("notes:\n  - start: 1\n    end: 5\n", "source"),
        ("\x00\x01", ""),
    ],
)
def test_a_broken_file_is_named_and_never_written_over(bench: Workbench, broken: str, named: str) -> None:
    folder(bench).mkdir(parents=True)
    path = folder(bench) / "chenlu.yaml"
    path.write_text(broken, "utf8")
    bench.notes.add("lanjing", *place("lanjing", "蓝鲸书店每周三"), "还在")
    assert [one.note.source for one in bench.notes.find()] == ["lanjing"]
    (problem,) = bench.notes.problems()
    assert "chenlu.yaml" in problem
    assert named in problem
    assert len(problem.splitlines()) == 1
    with pytest.raises(CasekitError, match=r"chenlu\.yaml"):
        bench.notes.add("chenlu", *place("chenlu", PHRASE), "新的")
    assert path.read_text("utf8") == broken


def test_what_people_wrote_by_hand_stays(bench: Workbench) -> None:
    start, end = place("chenlu", PHRASE)
    folder(bench).mkdir(parents=True)
    path = folder(bench) / "mine.yml"
    path.write_text(
        f"# 我的笔记\n\n# 第二行\nsource: chenlu\ncourse: 门店管理\nnotes:\n- start: {start}\n  end: {end}\n"
        "  text: 手写的\n  tags: 讨论\n  colour: red\n",
        "utf8",
    )
    (mine,) = bench.notes.find()
    assert (mine.state, mine.quote, mine.note.tags) == ("ok", PHRASE, ("讨论",))
    bench.notes.add("chenlu", *place("chenlu", "三百家门店"), "另一条")
    assert not (folder(bench) / "chenlu.yaml").exists()  # the file that holds this source's notes is taken
    bench.notes.change(mine.note.id, text="改过的")
    text = path.read_text("utf8")
    assert text.startswith("# 我的笔记\n\n# 第二行\n")
    data = yaml.safe_load(text)
    assert data["course"] == "门店管理"
    assert [(item["text"], item.get("colour")) for item in data["notes"]] == [("改过的", "red"), ("另一条", None)]


def test_a_change_on_disk_is_seen(bench: Workbench) -> None:
    made = bench.notes.add("chenlu", *place("chenlu", PHRASE), "一")
    Workbench.open(bench.workspace.root).notes.change(made.note.id, text="别人改的")
    assert [one.note.text for one in bench.notes.find()] == ["别人改的"]


def test_a_source_called_searches_has_its_own_file(tmp_path: Path) -> None:
    from tests.samples import make_workspace, write_texts

    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in", {"searches": TEXTS["lanjing"], "Searches": TEXTS["chenlu"]}))
    for source in ("searches", "Searches"):
        bench.notes.add(source, 0, 5, f"关于 {source}")
    bench.notes.searches.save("一", "会员")
    assert {one.note.text for one in bench.notes.find()} == {"关于 searches", "关于 Searches"}
    assert [saved.name for saved in bench.notes.searches.all()] == ["一"]
    names = [path.name.lower() for path in folder(bench).glob("*.yaml")]
    assert len(set(names)) == 3  # also where capitals make no difference


def test_two_people_lose_nothing(bench: Workbench) -> None:
    others = [Workbench.open(bench.workspace.root) for _ in range(4)]
    threads = [
        threading.Thread(target=lambda b=b, i=i: [b.notes.add("chenlu", 20, 30, f"{i}-{j}") for j in range(5)])
        for i, b in enumerate(others)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert {one.note.text for one in bench.notes.find()} == {f"{i}-{j}" for i in range(4) for j in range(5)}
    assert not [path for path in folder(bench).iterdir() if path.name.endswith(".tmp")]


# ---- new versions ---------------------------------------------------------------------------------------------------
def new_version(bench: Workbench, tmp_path: Path, text: str) -> None:
    path = tmp_path / "chenlu.txt"
    path.write_text(text, "utf8")
    bench.add([path], id="chenlu", replace=True)


def test_a_note_moves_with_its_words(bench: Workbench, tmp_path: Path) -> None:
    made = bench.notes.add("chenlu", *place("chenlu", PHRASE), "看这里")
    moved_text = (
        TEXTS["chenlu"]
        .replace("二、配送", "二、外送")
        .replace("一、导购怎样", "新加的一段话放在前面。\n\n一、导购怎样")
    )
    new_version(bench, tmp_path, moved_text)
    bench.build()
    (now,) = bench.notes.find()
    assert (now.state, now.quote) == ("moved", PHRASE)
    assert moved_text[now.start : now.end] == PHRASE
    assert bench.notes.overlapping([("chenlu", now.start, now.start + 1)])[0]
    changed = bench.notes.change(made.note.id, text="改了")
    assert (changed.state, changed.start) == ("ok", now.start)


def test_a_note_whose_words_are_gone_is_kept_and_says_so(bench: Workbench, tmp_path: Path) -> None:
    bench.notes.add("chenlu", *place("chenlu", PHRASE), "看这里")
    new_version(bench, tmp_path, TEXTS["chenlu"].replace(PHRASE, "什么也没有发生"))
    (now,) = bench.notes.find()
    assert (now.state, now.note.text) == ("lost", "看这里")
    assert now.quote == PHRASE  # its first characters, as the file has them
    bench.remove(["chenlu"])
    assert [one.state for one in bench.notes.find()] == ["lost"]


def test_a_search_can_be_kept_to_what_has_notes(bench: Workbench) -> None:
    assert bench.search("顾客", noted=True).hits == ()
    bench.notes.add("lanjing", *place("lanjing", "读书会之后"), "看")
    assert {hit.passage.source for hit in bench.search("顾客", noted=True).hits} == {"lanjing"}
    (hit,) = [h for h in bench.panel.search("读书会").hits if h.notes]
    assert (hit.source, hit.notes) == ("lanjing", 1)


# ---- saved searches -------------------------------------------------------------------------------------------------
def test_searches_are_saved_and_forgotten(bench: Workbench) -> None:
    kept = bench.notes.searches
    one = kept.save("会员", "會員 複購", {"kind": ["target"], "naming": ["wecom\t企业微信"]})
    assert kept.all() == [one]
    kept.remove(one.id)
    assert kept.all() == []
    assert kept.save("会员", "x", search_id=one.id).id == one.id
    with pytest.raises(UnknownNoteError):
        kept.remove("nothing")
    with pytest.raises(SettingError):
        kept.save(" ", "")


def test_searches_written_by_hand_can_be_forgotten(bench: Workbench) -> None:
    folder(bench).mkdir(parents=True)
    (folder(bench) / "searches.yaml").write_text(
        "searches:\n- query: 会员\n- {id: 7, query: 门店}\n- {id: 2020-01-02, query: 导购}\n", "utf8"
    )
    kept = bench.notes.searches
    kept.save("新的", "门店", search_id="7")
    assert [one.query for one in kept.all()] == ["会员", "导购", "门店"]
    for one in reversed(kept.all()):
        kept.remove(one.id)
    assert kept.all() == []


def test_any_filters_leave_a_file_that_can_be_read(bench: Workbench) -> None:
    saved = bench.notes.searches.save("一", "会员", {"\ud800\x00kind": ["\udfff1"]})
    assert bench.notes.searches.all() == [saved]
    assert saved.filters == {"kind": ["1"]}


def test_a_search_keeps_how_it_was_looked_for(bench: Workbench) -> None:
    kept = bench.notes.searches
    near = kept.save("会员附近的门店", "会员 门店", mode="find", way="near", near=5)
    asked = kept.save("问会员", "有多少会员", mode="ask")
    plain = kept.save("会员", "会员")
    assert kept.all() == [near, asked, plain]
    assert [(one.mode, one.way, one.near) for one in kept.all()] == [
        ("find", "near", 5),
        ("ask", "phrase", 10),
        ("passages", "phrase", 10),
    ]
    with pytest.raises(SettingError, match="guess"):
        kept.save("一", "会员", mode="guess")
    path = folder(bench) / "searches.yaml"
    path.write_text("searches:\n- {name: 一, query: 会员, mode: find, way: near, near: 多}\n", "utf8")
    with pytest.raises(CasekitError, match="near"):
        kept.all()


def test_a_search_that_is_too_long_is_told_to_be(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="2000"):
        bench.notes.searches.save("一", "会" * 2001)


def test_filters_that_yaml_knows_and_json_does_not(bench: Workbench) -> None:
    folder(bench).mkdir(parents=True)
    (folder(bench) / "searches.yaml").write_text(
        "searches:\n- name: 一\n  query: 会员\n  filters: {since: 2020-01-01, weight: .nan, 5: [yes, null]}\n", "utf8"
    )
    (saved,) = bench.notes.searches.all()
    assert saved.filters == {"since": "2020-01-01", "weight": "nan", "5": [True, None]}


def test_a_broken_file_of_searches_stays(bench: Workbench) -> None:
    folder(bench).mkdir(parents=True)
    path = folder(bench) / "searches.yaml"
    path.write_text("searches: [", "utf8")
    with pytest.raises(CasekitError, match=r"searches\.yaml"):
        bench.notes.searches.all()
    with pytest.raises(CasekitError, match=r"searches\.yaml"):
        bench.notes.searches.save("一", "二")
    assert path.read_text("utf8") == "searches: ["


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(min_size=1, max_size=80),
    tags=st.lists(st.text(min_size=1, max_size=10), max_size=3),
)
def test_any_text_comes_back_as_it_was_written(bench: Workbench, text: str, tags: list[str]) -> None:
    kept = [tag for tag in dict.fromkeys(" ".join(writable(tag).split()) for tag in tags) if tag]
    if not writable(text).strip() and not kept:
        return
    made = bench.notes.add("chenlu", 20, 30, text, tags)
    try:
        held = read_file(folder(bench) / "chenlu.yaml", "notes").items[-1]
        assert held["text"] == made.note.text == writable(text).strip()
        assert held["tags"] == list(made.note.tags) == kept
        assert Workbench.open(bench.workspace.root).notes.find()[-1].note == made.note
    finally:
        bench.notes.remove(made.note.id)


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029", "\ufeff", "\t", "\u00a0", "\u200b", "👍🏽"])
def test_a_rare_character_inside_a_note_is_kept(bench: Workbench, mark: str) -> None:
    for text in (f"第一行{mark}第二行", f"第一行\n第二{mark}行\n第三行"):
        made = bench.notes.add("chenlu", *place("chenlu", PHRASE), text)
        assert made.note.text == text
        assert Workbench.open(bench.workspace.root).notes.find()[-1].note.text == text
        bench.notes.remove(made.note.id)


def test_control_characters_and_halves_of_characters_are_left_out_and_the_answer_shows_it(bench: Workbench) -> None:
    made = bench.notes.add("chenlu", *place("chenlu", PHRASE), "会\x07员\ud83d卡\x9b\uffff")
    assert made.note.text == "会员卡"
    assert Workbench.open(bench.workspace.root).notes.find() == [made]
