"""What the widgets draw, without a kernel: places, times, figures, questions of the view. Expectations by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import make_workspace, write_texts
from tests.timing import loops
from tests.unit.widgets_sample import HOSTILE, make_sample

from casekit import language
from casekit.errors import SettingError
from casekit.jupyter.widgets import chart, matrix, network, search_box, timeline
from casekit.jupyter.widgets.fallback.axes import log_ticks, nice_ticks, number, year_ticks
from casekit.jupyter.widgets.figures import figure_rows
from casekit.jupyter.widgets.positions import place
from casekit.jupyter.widgets.sentences import sentences_at
from casekit.jupyter.widgets.times import stretches_of
from casekit.workbench import Workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return Workbench.open(make_sample(tmp_path_factory.mktemp("widgets")))


def ask(widget: Any, question: str, **args: Any) -> Any:
    """The answer as the view hears it: through JSON."""
    told: Any = json.loads(json.dumps(widget._answer({"id": "q1", "ask": question, "args": args})))
    assert told["id"] == "q1"
    return told.get("result", told)


# ---- places ---------------------------------------------------------------------------------------------------------
def ring(count: int) -> tuple[list[str], list[tuple[str, str]]]:
    keys = [f"n{i}" for i in range(count)]
    return keys, [(keys[i], keys[(i + 1) % count]) for i in range(count)]


def test_nodes_of_a_picture_stand_apart_and_the_same_every_time() -> None:
    keys, pairs = ring(40)
    spots = place(keys, pairs)
    assert spots == place(keys, pairs)
    nearest = min(math.dist(spots[a], spots[b]) for a in keys for b in keys if a < b)
    assert nearest > 30  # a node is 14 to 34 pixels wide


def test_linked_nodes_stand_nearer_than_others() -> None:
    keys, pairs = ring(40)
    spots = place(keys, pairs)
    linked = sum(math.dist(spots[a], spots[b]) for a, b in pairs) / len(pairs)
    anyone = [math.dist(spots[a], spots[b]) for a in keys for b in keys if a < b]
    assert linked < sum(anyone) / len(anyone) / 2


def test_known_places_stay_and_newcomers_come_beside_their_neighbour() -> None:
    known = {"a": (0.0, 0.0), "b": (900.0, 0.0)}
    spots = place(["a", "b", "new"], [("b", "new")], known=known)
    assert {key: spots[key] for key in known} == known
    assert math.dist(spots["new"], spots["b"]) < math.dist(spots["new"], spots["a"]) / 2


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_pictures_have_places_too(count: int) -> None:
    assert len(place([f"n{i}" for i in range(count)], [])) == count


def test_unlinked_parts_do_not_drive_each_other_away() -> None:
    keys = [f"n{i}" for i in range(60)]
    spots = place(keys, [(keys[i], keys[i + 1]) for i in range(0, 60, 2)])
    wide = max(x for x, _ in spots.values()) - min(x for x, _ in spots.values())
    assert wide < 2200  # 30 pairs of some 170 x 50 pixels side by side fill about 900 x 500


def test_five_hundred_nodes_are_placed_in_a_fraction_of_the_two_seconds_that_drawing_may_take() -> None:
    keys = [f"n{i}" for i in range(500)]
    pairs = [(keys[i], keys[(i * 7 + j * j) % 500]) for i in range(500) for j in range(1, 5)]
    place(keys[:3], [])
    assert loops(lambda: place(keys, pairs)) < 40  # a second where the loop takes 25 ms; 13 measured


# ---- times ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2020", [(2020.0, 2021.0)]),
        ("2019-12", [(2019 + 334 / 365, 2020.0)]),
        ("2020-02-29", [(2020 + 59 / 366, 2020 + 60 / 366)]),
        ("2020-01/2020-08", [(2020.0, 2020 + 244 / 366)]),
        ("1801/1900", [(1801.0, 1901.0)]),
        ("2020-10-16,2020-10-23", [(2020 + 289 / 366, 2020 + 290 / 366), (2020 + 296 / 366, 2020 + 297 / 366)]),
        ("2020-07-31T22:00", [(2020 + 212 / 366, 2020 + 213 / 366)]),
        ("T22:00/T10:00", []),
        ("2020-13", []),
        ("2021-02-29", []),
        ("2020/2019", []),
        ("", []),
        (None, []),
    ],
)
def test_a_date_is_as_long_as_it_says(date: str | None, expected: list[tuple[float, float]]) -> None:
    assert stretches_of(date) == [pytest.approx(one, abs=1e-5) for one in expected]


# ---- scales ---------------------------------------------------------------------------------------------------------
@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12))
def test_round_numbers_lie_within_their_scale_and_are_few(low: float, span: float) -> None:
    high = low + span
    if not high > low + abs(low) * 1e-9:
        return
    ticks = nice_ticks(low, high)
    assert all(low - span * 1e-6 <= tick <= high + span * 1e-6 for tick in ticks)
    assert len(ticks) <= 8


def test_numbers_are_written_as_people_write_them() -> None:
    assert [number(v) for v in (0, 45, 1e4, 2e7, 1.5e8, 8e11, 2e12)] == [
        "0",
        "45",
        "1万",
        "2000万",
        "1.5亿",
        "8000亿",
        "2万亿",
    ]
    language.use("en")
    assert [number(v) for v in (45, 2e7, 1.5e9)] == ["45", "20M", "1.5B"]


def test_scales_of_powers_and_years() -> None:
    assert log_ticks(5, 3000) == [5, 10, 20, 50, 100, 200, 500, 1000, 2000]
    assert log_ticks(1, 1e6) == [1, 10, 100, 1e3, 1e4, 1e5, 1e6]
    assert year_ticks(2017.2, 2021.9) == [2018, 2019, 2020, 2021]
    assert year_ticks(1801, 2021, 5) == [1850, 1900, 1950, 2000]


# ---- figures --------------------------------------------------------------------------------------------------------
def figure(bench: Workbench, **changes: Any) -> Any:
    row = {"source": "qinghe", "start": 0, "end": 4, "text": "400家", "kind": "achieved", "unit": "家"}
    return figure_rows(bench, [{**row, "value_min": 400, "value_max": 400, **changes}])[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"value_max": None}, "up"),
        ({"value_min": None, "value_max": 400}, "down"),
        ({"value_min": None, "value_max": None}, ""),
        ({"qualifier": "超过"}, "up"),
        ({"qualifier": "不到"}, "down"),
        ({"qualifier": "最多"}, "down"),
        ({"qualifier": "约"}, ""),
        ({"value_min": 300, "qualifier": "超过"}, ""),  # a range says both ends
    ],
)
def test_open_ends_are_told(bench: Workbench, changes: dict[str, Any], expected: str) -> None:
    assert figure(bench, **changes)["open"] == expected


def test_qualifiers_stand_where_people_say_them(bench: Workbench) -> None:
    assert figure(bench, qualifier="超过")["told"] == "超过400家"
    assert figure(bench, qualifier="约、左右")["told"] == "约400家左右"
    assert figure(bench, text="400多家", qualifier="多")["told"] == "400多家"


def test_a_metric_is_drawn_one_unit_at_a_time(bench: Workbench) -> None:
    rows = [row for row in bench.fact_rows() if row["kind"] != "date" and not row["headline"]]
    drawn = chart([{**row, "metric": "合计"} for row in rows], wb=bench)
    units = [{one["unit"] for one in group["figures"]} for group in drawn.data["groups"]]
    assert all(len(own) == 1 for own in units)
    assert {"%", "元", "人", "家"} == set().union(*units)


def test_a_metric_is_found_by_name_in_either_script(bench: Workbench) -> None:
    for name in ("门店", "門店"):
        told = {one["told"] for group in chart(name, wb=bench).data["groups"] for one in group["figures"]}
        assert told == {"150家", "四百家", "120家", "45家"}
    with pytest.raises(SettingError, match="门店"):
        chart("没有的指标", wb=bench)
    with pytest.raises(SettingError, match="int"):
        chart([1, 2], wb=bench)


def test_figures_are_taken_as_tables_rows_and_one_by_one(bench: Workbench) -> None:
    rows = [row for row in bench.fact_rows() if row["metric"] == "门店"]
    ids = {f"{row['source']}:{row['start']}-{row['end']}" for row in rows}
    frame = bench.facts()
    for given_ in (rows, frame[frame["metric"] == "门店"]):
        drawn = chart(given_, wb=bench)
        assert {one["id"] for group in drawn.data["groups"] for one in group["figures"]} == ids
        json.dumps(drawn.data, allow_nan=False)
    assert len(chart(rows[0], wb=bench).data["groups"][0]["figures"]) == 1


def test_the_timeline_holds_every_dated_figure_once(bench: Workbench) -> None:
    dated = [row for row in bench.fact_rows() if row["date_iso"]]
    drawn = timeline(wb=bench)
    assert len(drawn.data["figures"]) == len(dated)
    assert len({one["id"] for one in drawn.data["figures"]}) == len(dated)
    sales = next(one for one in drawn.data["figures"] if one["metric"] == "销售额")
    assert (sales["begin"], sales["end"]) == pytest.approx((2020 + 182 / 366, 2020 + 213 / 366), abs=1e-5)
    own = timeline(entity="松果", wb=bench)
    assert {one["subject"] for one in own.data["figures"]} == {"松果超市"}
    assert {one["source"] for one in timeline(source="qinghe", wb=bench).data["figures"]} == {"qinghe"}


def test_a_chosen_figure_reaches_python_with_its_sentence(bench: Workbench) -> None:
    drawn = timeline(wb=bench)
    sales = next(one for one in drawn.data["figures"] if one["metric"] == "销售额")
    drawn.set_trait("selected", [sales["id"], "gone:0-1"])
    frame = drawn.selection()
    assert list(frame["text"]) == ["超过800万元"]
    assert list(frame["value_min"]) == [8000000.0]
    (sentence,) = ask(drawn, "figure", id=sales["id"])
    assert "".join(piece["text"] for piece in sentence["pieces"]) == "2020年7月，青禾茶铺的销售额超过800万元。"
    assert [piece["text"] for piece in sentence["pieces"] if piece["mark"]] == ["800万元"]
    assert "error" in ask(drawn, "figure", id="gone:0-1")


# ---- the network ----------------------------------------------------------------------------------------------------
def test_the_explorer_shows_the_whole_network_with_types_and_counts(bench: Workbench) -> None:
    shown = network(wb=bench)
    assert {row["id"] for row in shown.data["nodes"]} == set(bench.network.graph)
    assert len(shown.data["edges"]) == bench.network.graph.number_of_edges()
    counts = {row["type"]: row["count"] for row in shown.data["types"]}
    assert counts["company"] == 3
    assert {row["type"] for row in shown.data["types"] if not row["shown"]} == {"figure"}
    assert len({row["shape"] for row in shown.data["types"]}) == len(counts)  # told apart without colours


def test_around_hops_types_and_limit_choose_the_nodes(bench: Workbench) -> None:
    near = network(around="白鹿", wb=bench)
    assert {row["id"] for row in near.data["nodes"]} == {"bailu", "songguo", "keeper"}
    assert near.data["focus"] == "bailu"
    only = network(around="bailu", hops=2, types=["公司"], wb=bench)
    assert {row["type"] for row in only.data["nodes"]} == {"company"}
    assert len(network(limit=2, wb=bench).data["nodes"]) == 2
    wrong: dict[str, Any]
    for wrong in ({"types": ["planet"]}, {"hops": 0, "around": "bailu"}, {"limit": 0}, {"around": "不存在的店"}):
        with pytest.raises(SettingError):
            network(wb=bench, **wrong)


def test_the_search_field_finds_names_in_any_script_also_those_not_shown(bench: Workbench) -> None:
    shown = network(around="白鹿", wb=bench)
    assert [one["id"] for one in ask(shown, "find", text="青禾")] == ["qinghe"]
    assert ask(shown, "find", text="雲掌櫃")[0]["id"] == "keeper"
    assert ask(shown, "find", text="Greenstalk")[0]["id"] == "qinghe"
    assert ask(shown, "find", text="  ") == []
    assert ask(shown, "show", id="qinghe") == 1
    assert "qinghe" in {row["id"] for row in shown.data["nodes"]}


def test_expanding_adds_neighbours_and_leaves_the_others_where_they_are(bench: Workbench) -> None:
    shown = network(around="bailu", wb=bench)
    before = {row["id"]: (row["x"], row["y"]) for row in shown.data["nodes"]}
    came = ask(shown, "expand", id="songguo")
    after = {row["id"]: (row["x"], row["y"]) for row in shown.data["nodes"]}
    assert came == len(after) - len(before) > 0
    assert {key: after[key] for key in before} == before
    assert ask(shown, "expand", id="songguo") == 0


def test_a_link_opens_its_sentences_word_for_word(bench: Workbench) -> None:
    shown = network(wb=bench)
    denied = next(row for row in shown.data["edges"] if row["polarity"] == "negated")
    told = ask(shown, "edge", id=denied["id"])
    (sentence,) = told["sentences"]
    text = "".join(piece["text"] for piece in sentence["pieces"])
    assert "白鹿书店没有使用云掌柜" in text  # what was cut is left out
    assert shown.edge is not None
    assert (shown.edge["subject"], shown.edge["polarity"]) == ("白鹿书店", "negated")
    assert shown.edge["evidence"][0]["quote"] == text
    assert "error" in ask(shown, "edge", id="no edge")


def test_what_is_too_long_to_show_is_left_out_away_from_the_address_and_said_to_be(tmp_path: Path) -> None:
    before = "、".join(f"第{i}家门店也用企业微信服务会员" for i in range(90))
    text = f"门店报告\n\n{before}，松果超市{before}。\n\n下一段说别的事情。\n"
    made = Workbench(make_workspace(tmp_path / "ws"))
    made.add(write_texts(tmp_path / "in", {"long": text}))
    made.build()
    at = text.index("松果超市")
    (told,) = sentences_at(made, [("long", at, at + 4)])
    left, middle, right = (piece["text"] for piece in told["pieces"])
    assert (left[0], middle, right[-1]) == ("…", "松果超市", "…")
    assert left[1:] + middle + right[:-1] in text


def test_chosen_nodes_reach_python_as_a_table(bench: Workbench) -> None:
    shown = network(around="bailu", wb=bench)
    shown.select("青禾", "白鹿书店")
    assert shown.selected == ["qinghe", "bailu"]
    assert list(shown.selection()["name"]) == ["青禾茶铺", "白鹿书店"]
    assert set(shown.links()["subject"]) <= {"青禾茶铺", "白鹿书店", "松果超市"}


# ---- the matrix -----------------------------------------------------------------------------------------------------
def test_cells_say_how_sure_they_are_and_open_their_evidence(bench: Workbench) -> None:
    table = matrix(["青禾茶铺", "songguo"], by="metrics", wb=bench)
    cells = {
        f"{row[0]}/{column[0]}": cell
        for row, line in zip(table.data["rows"], table.data["cells"], strict=True)
        for column, cell in zip(table.data["columns"], line, strict=True)
    }
    assert [tag["tag"] for tag in cells["复购率/qinghe"]["tags"]] == ["hearsay"]
    assert [tag["tag"] for tag in cells["门店/qinghe"]["tags"]] == ["size", "expected"]
    assert cells["复购率/songguo"]["state"] == "not-reported"
    told = ask(table, "cell", id="销售额/qinghe")
    assert "800万元" in "".join(piece["text"] for one in told for piece in one["pieces"])
    table.set_trait("selected", ["销售额/qinghe"])
    assert table.selection().iloc[0]["case"] == "青禾茶铺"
    assert ask(table, "by", by="tools") is True
    assert table.data["by"] == "tools"
    assert table.selected == []
    assert "error" in ask(table, "by", by="colour")


# ---- the search box -------------------------------------------------------------------------------------------------
def test_the_box_finds_marks_and_quotes(bench: Workbench) -> None:
    box = search_box(wb=bench)
    found = ask(box, "search", text="茶話日")
    assert box.query == "茶話日"
    marked = [piece["text"] for hit in found["hits"] for piece in hit["pieces"] if piece["mark"]]
    assert "茶话日" in marked
    first = found["hits"][0]
    quote = ask(box, "quote", id=first["id"])
    assert (
        "".join(piece["text"] for piece in quote["pieces"]).split()
        == "".join(piece["text"] for piece in first["pieces"]).split()
    )
    box.set_trait("selected", [first["id"]])
    assert list(box.selection()["source"]) == [first["source"]]
    assert box.quotes()[0].reference == quote["reference"]
    assert ask(box, "search", text="") == {"query": "", "message": "", "hits": []}
    assert "error" in ask(box, "quote", id="gone:0-1")


def test_hostile_text_is_sent_as_it_is(bench: Workbench) -> None:
    found = ask(search_box(wb=bench), "search", text="白鹿书店与松果超市合作")
    whole = "".join(piece["text"] for hit in found["hits"] for piece in hit["pieces"])
    assert HOSTILE in whole  # as text: the view puts it into text nodes


# ---- questions ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "question",
    [
        {"id": "1", "ask": "nothing", "args": {}},
        {"id": "1", "ask": "find", "args": {"wrong": 1}},
        {"id": "1", "ask": "find", "args": {"text": 5}},
        {"id": "1", "ask": "find", "args": None},
        {"id": "1", "ask": "find"},
        {"id": "1", "ask": "__init__", "args": {}},
        {"id": "1"},
    ],
)
def test_a_question_that_makes_no_sense_has_one_line_as_its_answer(bench: Workbench, question: dict[str, Any]) -> None:
    told: Any = network(wb=bench)._answer(question)
    assert told["id"] == "1"
    assert "error" in told
    assert "\n" not in told["error"]


def test_what_is_no_question_is_passed_over(bench: Workbench) -> None:
    sent: list[object] = []
    shown = network(wb=bench)
    shown.send = lambda content, buffers=None: sent.append(content)
    for message in (None, "text", 7, {}, {"id": 3}):
        shown._asked(shown, message, [])
    assert sent == []
    shown._asked(shown, {"id": "1", "ask": "find", "args": {"text": "云"}}, [])
    assert len(sent) == 1


def test_the_workspace_is_found_where_none_is_given(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(bench.workspace.root)
    assert len(network().data["nodes"]) == len(bench.network.graph)
    monkeypatch.chdir(tmp_path)
    from casekit.errors import WorkspaceError

    with pytest.raises(WorkspaceError):
        network()
