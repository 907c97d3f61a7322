"""What panel and reader show: pieces that join to the text, marks in both scripts, facets from the passages alone."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import TEXTS, make_workspace, write_texts
from tests.strategies import raw_texts

from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.index import Records
from casekit.lexicon import load_lexicon
from casekit.types import Block, Cut, Heading, Span
from casekit.workbench import Workbench
from casekit.workbench.panel.blocks import text_blocks
from casekit.workbench.panel.pieces import Wanted, mark, pieces_of, wanted_of
from casekit.workbench.panel.reading import Mark, ReadBlock, Removed, _converted, _pieces, _Range


def marked(quote: str, wanted: Wanted) -> list[str]:
    return [piece.text for piece in mark(quote, wanted).pieces if piece.mark]


# ---- pieces of a hit ------------------------------------------------------------------------------------------------
@given(
    raw_texts(), st.lists(st.sampled_from(["零售", "数字化", "网络", "导购", "o2o", "的", "顾客", "麵包"]), max_size=4)
)
def test_pieces_join_to_the_passage(quote: str, words: list[str]) -> None:
    pieces = mark(quote, Wanted(tuple(map(fold_text, words)))).pieces
    assert "".join(piece.text for piece in pieces) == quote
    assert all(piece.text for piece in pieces)
    assert all(a.mark != b.mark for a, b in pairwise(pieces))


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_overlapping_ranges_make_one_piece(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b), min(max(a, b), len(text))) for a, b in places if min(a, b) < min(max(a, b), len(text))]
    pieces = pieces_of(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    shown = [piece.mark for piece in pieces for _ in piece.text]
    assert shown == [any(span.start <= i < span.end for span in spans) for i in range(len(text))]


@pytest.mark.parametrize(
    ("quote", "word", "found"),
    [
        ("松果超市把會員資料整合", "会员", ["會員"]),
        ("网络与網路，還有 ＡＰＰ", "网络", ["网络", "網路"]),  # a Taiwan word for the same thing
        ("用 ＡＰＰ 下單", "app", ["ＡＰＰ"]),
        ("he said: ai is fine", "ai", ["ai"]),  # not inside "said"
        ("只提到数字的地方", "数字化", ["数字"]),  # part of a longer word, as the index finds it
        ("什么都没有", "会员", []),
    ],
)
def test_what_matches_is_marked_in_its_own_characters(quote: str, word: str, found: list[str]) -> None:
    assert marked(quote, Wanted((fold_text(word),))) == found


def test_other_names_of_what_is_asked_for_are_marked() -> None:
    lexicon = load_lexicon()
    wanted = wanted_of("Walmart", ["walmart"], lexicon)
    result = mark("沃爾瑪和 Walmart 是一家", wanted)
    assert [piece.text for piece in result.pieces if piece.mark] == ["沃爾瑪", "Walmart"]
    assert "walmart" in result.words
    assert "沃尔玛" in result.names


def test_single_characters_count_only_when_nothing_else_is_asked_for() -> None:
    lexicon = load_lexicon()
    assert "店" not in wanted_of("店会员", ["店", "会员"], lexicon).words
    assert wanted_of("店", ["店"], lexicon).words == ("店",)


# ---- search ---------------------------------------------------------------------------------------------------------
def test_a_hit_is_shown_as_search_finds_it(bench: Workbench) -> None:
    for query in ("会员人数", "導購怎樣聯繫顧客", "morning queue"):
        shown, hits = bench.panel.search(query, 5).hits, bench.search(query, 5).hits
        assert [(h.source, h.start, h.end, h.score) for h in shown] == [
            (h.passage.source, h.passage.span.start, h.passage.span.end, h.score) for h in hits
        ]
        assert ["".join(p.text for p in h.pieces) for h in shown] == [h.quote for h in hits]


def test_facets_count_passages_that_name_a_thing(bench: Workbench) -> None:
    found = bench.panel.search("顾客", 20)
    tools = {v.label: v.count for facet in found.facets if facet.facet == "tool" for v in facet.values}
    passages = {
        (row["source"], p.pid)
        for row in bench.mention_rows(entity="企业微信")
        for p in bench.generation.records.passages_of(row["source"])
        if p.start <= row["start"] < p.end
    }
    assert tools["企业微信"] == len(passages) == 1


def test_facets_are_about_what_was_asked_for(bench: Workbench) -> None:
    # four short texts: every passage is among the best hundred, but not every one is about bread
    found = bench.panel.search("Harbour Bakery 的面包", 1)
    assert found.hits[0].source == "harbour"
    labels = {v.label for facet in found.facets for v in facet.values}
    assert "企业微信" not in labels
    single = bench.panel.search("微", 1)
    assert "企业微信" in {v.label for facet in single.facets for v in facet.values}


def test_facets_read_only_the_passages_own_records(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_a_source(*args: object) -> None:
        raise AssertionError("all records of a source were read")

    for name in ("mentions", "facts", "relations"):
        monkeypatch.setattr(Records, name, all_of_a_source)
    assert bench.panel.search("顾客").hits
    assert isinstance(bench.facets(bench.search("顾客")), dict)


def test_facets_by_year(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in"))
    bench.edit("chenlu", {"date": "2019-11/2020-02"})
    bench.edit("lanjing", {"date": "2020-05-01"})
    bench.build()
    years = next(f for f in bench.panel.search("顾客").facets if f.facet == "year")
    assert [v.value for v in years.values] == ["2020", "2019"]
    chosen = bench.panel.search("店员", since="2019", until="2019")
    assert {hit.source for hit in chosen.hits} == {"chenlu"}
    years = next(f for f in chosen.facets if f.facet == "year")
    assert {v.value: v.chosen for v in years.values} == {"2019": True, "2020": False}


def test_a_rebuilt_index_is_read_anew(bench: Workbench, tmp_path: Path) -> None:
    assert bench.panel.search("顾客", naming=["企业微信"]).hits
    bench.remove(["chenlu"])
    bench.build()
    found = bench.panel.search("顾客")
    labels = {v.label for facet in found.facets for v in facet.values}
    assert "企业微信" not in labels
    assert "企业微信" in {one.name for one in bench.panel.suggest("企业微信")}  # the lexicon knows it still
    with pytest.raises(SettingError):
        bench.panel.search("顾客", naming=["没有这样的东西"])


def test_an_index_that_was_deleted_and_built_again_is_read_anew(bench: Workbench, tmp_path: Path) -> None:
    assert bench.panel.suggest("企业微信")[0].label.endswith("1 处")
    other = Workbench.open(bench.workspace.root)
    other.add(write_texts(tmp_path / "in", {"weike": "微客书店\n\n导购用企业微信联系顾客，店长也用企业微信排班。\n"}))
    shutil.rmtree(bench.workspace.index)  # the folders count from 1 again
    other.build()
    assert bench.panel.suggest("企业微信")[0].label.endswith("3 处")
    assert "weike" in {hit.source for hit in bench.panel.search("企业微信").hits}


def test_suggestions_begin_with_what_the_corpus_names(bench: Workbench) -> None:
    first = bench.panel.suggest("微信")[0]
    assert first.name == "企业微信" or "处" in first.label
    assert bench.panel.suggest("   ") == ()
    assert bench.panel.suggest("zzzzqqq") == ()


# ---- the reader -----------------------------------------------------------------------------------------------------
@given(
    raw_texts(),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.sampled_from(["p", "h", "li", "td"])), max_size=8),
)
def test_blocks_cover_any_text(text: str, places: list[tuple[int, int, str]]) -> None:
    blocks = [Block(Span(min(a, b), max(a, b)), kind) for a, b, kind in places]
    made = text_blocks(text, blocks, [Heading(Span(0, 1), 9)] if text else [])
    assert "".join(text[block.start : block.end] for block in made) == text
    assert all(a.end == b.start for a, b in pairwise(made))
    assert all(not text[block.start : block.end].isspace() for block in made[1:])


@given(
    raw_texts(),
    st.lists(
        st.tuples(st.integers(0, 120), st.integers(1, 40), st.sampled_from(["cut", "doubt", "mark"])), max_size=12
    ),
    st.sampled_from(["zh-Hans", "zh-Hant"]),
)
def test_pieces_of_any_text_join_to_it(text: str, places: list[tuple[int, int, str]], script: str) -> None:
    what: dict[str, Removed | str | Mark] = {
        "cut": Removed("rule", "why"),
        "doubt": "perhaps",
        "mark": Mark("mention", "company", "x", "x"),
    }
    ranges = [_Range(a, min(a + n, len(text)), what[kind]) for a, n, kind in places if a < len(text)]
    blocks = _pieces(text, text_blocks(text, (), ()), ranges)
    pieces = [piece for block in blocks for piece in block.pieces]
    assert "".join(piece.text for piece in pieces) == text
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][: len(pieces)]
    for piece in pieces:
        over = {
            kind for a, n, kind in places if a < len(text) and a <= piece.start and piece.end <= min(a + n, len(text))
        }
        assert (piece.cut is not None, piece.doubt is not None, bool(piece.marks)) == (
            "cut" in over,
            "doubt" in over,
            "mark" in over,
        )
    turned, _ = _converted(blocks, script)
    assert [(p.start, p.end, p.marks) for b in turned for p in b.pieces] == [(p.start, p.end, p.marks) for p in pieces]


def test_a_word_across_pieces_is_converted_as_a_word() -> None:
    # 发 of 头发 is 髮, of 发现 發: a piece of its own must not decide
    text = "头发与发现"
    ranges = [_Range(1, 2, Mark("mention", "company", "x", "x"))]
    blocks, changed = _converted(_pieces(text, text_blocks(text, (), ()), ranges), "zh-Hant")
    assert changed
    assert "".join(piece.text for block in blocks for piece in block.pieces) == "頭髮與發現"


def test_characters_put_into_a_word_do_not_part_it() -> None:
    text = "头(tóu)发很长"
    blocks = _pieces(text, text_blocks(text, (), ()), [_Range(1, 6, Removed("pinyin", "注音"))])
    turned, _ = _converted(blocks, "zh-Hant")
    assert [piece.text for piece in turned[0].pieces] == ["頭", "(tóu)", "髮很長"]
    assert [piece.cut is None for piece in turned[0].pieces] == [True, False, True]


def test_cuts_come_with_their_reason(bench: Workbench) -> None:
    start = TEXTS["chenlu"].index("下雨天")
    bench.cut("chenlu", start, start + 10)
    pieces = [piece for block in bench.read("chenlu").blocks for piece in block.pieces]
    cut = [piece for piece in pieces if piece.start >= start and piece.end <= start + 10]
    assert cut
    assert all(piece.cut is not None and piece.cut.reason for piece in cut)


def test_headings_and_notes_are_in_the_reading(bench: Workbench) -> None:
    at = TEXTS["chenlu"].index("平均等候")
    bench.notes.add("chenlu", at, at + 4, "记下来", ["服务"])
    reading = bench.read("chenlu")
    headings = ["".join(p.text for p in b.pieces).strip() for b in reading.blocks if b.kind == "h"]
    assert "二、配送" in headings
    noted = [(p.start, p.end, m.label) for b in reading.blocks for p in b.pieces for m in p.marks if m.type == "note"]
    assert noted == [(at, at + 4, "记下来")]


def test_marks_of_an_older_version_are_left_out(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "chenlu.txt"
    path.write_text("全新的一篇\n\n" + TEXTS["chenlu"], "utf8")
    bench.add([path], id="chenlu", replace=True)
    reading = bench.read("chenlu")
    assert "".join(p.text for b in reading.blocks for p in b.pieces) == path.read_text("utf8")
    assert not [m for b in reading.blocks for p in b.pieces for m in p.marks]
    bench.build()
    assert [m for b in bench.read("chenlu").blocks for p in b.pieces for m in p.marks]


def test_a_page_is_read_in_its_own_blocks(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><h1>青瓦餐馆的新菜单</h1><p>第一段写的是菜单怎样改。改了三次才定下来。</p>"
        "<ul><li>早餐有豆浆</li><li>午餐有面条</li></ul><p>第二段写的是顾客怎么说。大家都觉得好。</p></body></html>",
        "utf8",
    )
    bench.add([page])
    blocks: tuple[ReadBlock, ...] = bench.read("page").blocks
    assert "".join(p.text for b in blocks for p in b.pieces) == bench.text("page")
    assert {"li", "p"} <= {block.kind for block in blocks}


def test_an_unknown_script_is_refused(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="latin"):
        bench.read("chenlu", script="latin")


def test_reasons_are_told_in_the_language_in_force(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def reasons() -> list[str]:
        pieces = [piece for block in bench.read("chenlu").blocks for piece in block.pieces]
        return [piece.cut.reason for piece in pieces if piece.cut is not None]

    chinese = reasons()
    monkeypatch.setenv("CASEKIT_LANG", "en")
    english = reasons()
    assert len(chinese) == len(english) > 0
    assert not all(reason.isascii() for reason in chinese)
    assert all(reason.isascii() for reason in english)


def test_a_cut_has_a_place_in_the_reading() -> None:
    cut = Cut(Span(0, 2), "rule")
    pieces = _pieces("ab\n\ncd\n", text_blocks("ab\n\ncd\n", (), ()), [_Range(0, 2, Removed(cut.rule, "why"))])
    assert [[(p.text, p.cut is not None) for p in b.pieces] for b in pieces] == [
        [("ab", True), ("\n\n", False)],
        [("cd\n", False)],
    ]
