"""The words of bodies: kept as they were cut, whole where a name stands, and as a workspace taught them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import make_workspace

from casekit.lessons import Lesson, LessonError, Taught, lessons_in, load_lessons, save_lessons, taught_of
from casekit.segment import Segmenter
from casekit.segment.coded import BodyWords
from casekit.segment.tags import part_of_speech
from casekit.workbench import Workbench

words = st.tuples(
    st.integers(0, 3),
    st.integers(0, 5),
    st.sampled_from(["会员", "门店", "saas", "𠮷野家"]),
    st.sampled_from(["n", ""]),
)


# ---- kept ------------------------------------------------------------------------------------------------------------
@settings(deadline=None)
@given(st.lists(words))
def test_what_is_packed_comes_out_as_it_was(steps: list[tuple[int, int, str, str]]) -> None:
    rows, at = [], 0
    for gap, length, word, tag in steps:
        rows.append((at + gap, at + gap + length, word, tag))
        at += gap
    packed = BodyWords.of(rows)
    read = BodyWords.from_bytes(packed.to_bytes())
    assert read == packed
    assert [(t.span.start, t.span.end, t.folded, t.tag) for t in read.tokens(" " * 999)] == rows
    assert read.counts().sum() == len(rows)


def test_other_bytes_are_refused() -> None:
    for broken in (b"", b"nothing", BodyWords.of([(0, 2, "会员", "n")]).to_bytes()[:-4]):
        with pytest.raises(ValueError, match=r".*"):
            BodyWords.from_bytes(broken)


@pytest.mark.parametrize(
    ("word", "tag"),
    [("门店", "n"), ("扩张", "v"), ("三百二十", "m"), ("1,200", "m"), ("o2o", "eng"), ("4s", "eng"), ("嗯嗯嗯嗯", "")],
)
def test_parts_of_speech_are_those_of_the_dictionary_or_unknown(word: str, tag: str) -> None:
    assert part_of_speech(word) == tag


# ---- taught ----------------------------------------------------------------------------------------------------------
def cut(text: str, *lines: str) -> list[str]:
    return Segmenter(taught=taught_of(lessons_in(lines))).cut(text)


def test_what_is_added_joined_and_split_is_cut_so_in_both_scripts() -> None:
    assert cut("导购日当天") == ["导购", "日", "当天"]
    assert cut("导购日当天", "add 导购日 = n") == cut("導購日當天", "add 導購日") == ["导购日", "当天"]
    assert cut("千店千面的做法", "join 千店千面")[0] == "千店千面"
    assert cut("数字化转型", "split 数字化 = 数字 化") == ["数字", "化", "转型"]
    assert cut("用 Q-box 收银", "join q-box") == ["用", "q-box", "收银"]


def test_an_added_word_yields_to_common_words_around_it_and_a_joined_one_does_not() -> None:
    assert "导购" not in cut("引导购买", "add 导购")
    assert "导购" in cut("引导购买", "join 导购")


def test_the_later_lesson_about_a_word_counts() -> None:
    taught = taught_of(lessons_in(["join 会员中台", "split 会员中台 = 会员 中台", "# 说明", ""]))
    assert taught == Taught(split={"会员中台": ("会员", "中台")})


def test_lessons_are_kept_in_a_file_that_people_can_edit(tmp_path: Path) -> None:
    lessons = [
        Lesson("add", "会员日", tag="n"),
        Lesson("join", "千店千面"),
        Lesson("split", "引导购买", ("引导", "购买")),
    ]
    save_lessons(tmp_path, [Lesson("join", "会员日"), *lessons])
    assert load_lessons(tmp_path) == lessons
    assert "split 引导购买 = 引导 购买" in (tmp_path / "words.txt").read_text("utf8").splitlines()
    assert load_lessons(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    "line",
    [
        "添 会员日",
        "add",
        "add 一",
        "add 会员日 = 名词",
        "split 会员日 = 会员",
        "split 会员日 = 会员 月",
        "join 会员日 = n",
        "join ，，",
    ],
)
def test_a_line_that_is_no_lesson_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(LessonError, match="第 2 行"):
        lessons_in(["join 千店千面", line])


# ---- a layer of the index --------------------------------------------------------------------------------------------
ARTICLES = {
    "qingdou": "青豆便利的会员日\n\n青豆便利把每月八号定为会员日。许茵茵说，导购会引导购买过咖啡的人办卡。\n",
    "hupo": "琥珀書店的櫃檯\n\n琥珀書店在三個城市開了門市。店員每天整理書單，會員可以先讀兩章。\n",
}


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench(make_workspace(tmp_path / "ws", model="none", tagger=False))
    for name, text in ARTICLES.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf8")
    made.add([tmp_path / f"{name}.txt" for name in ARTICLES])
    made.build()
    return made


def words_of(bench: Workbench, source_id: str) -> list[str]:
    kept = bench.generation.words
    assert kept is not None
    found = kept.words(source_id)
    assert found is not None
    text = bench.text(source_id)
    for token in found.tokens(text):
        assert token.text == text[token.span.start : token.span.end]
    return [token.folded for token in found.tokens(text)]


def test_a_build_cuts_every_body_at_its_addresses(bench: Workbench) -> None:
    found = words_of(bench, "qingdou")
    assert {"会员日", "导购", "引导", "购买", "咖啡"} <= set(found)
    assert {"会员", "书单", "三个"} <= set(words_of(bench, "hupo"))
    assert "许茵茵" in found  # no list has the name: the article itself establishes it


def test_a_lesson_reaches_just_the_sources_that_hold_its_word_at_the_next_build(bench: Workbench) -> None:
    before = {name: words_of(bench, name) for name in ARTICLES}
    save_lessons(bench.workspace.lexicon, [Lesson("split", "會員日", ("會員", "日"))])
    assert words_of(bench, "qingdou") == before["qingdou"]
    report = bench.build()
    assert [(one.layer, one.because, one.sources, one.changed) for one in report.layers] == [
        ("segments", ("corpus/lexicon/words.txt",), 1, 1)
    ]
    assert (report.changed, report.unchanged) == (0, 2)
    assert "会员日" not in words_of(bench, "qingdou")
    assert words_of(bench, "hupo") == before["hupo"]
    assert bench.searcher.words("会员日") == ["会员", "日"]  # queries are cut as the texts are
    save_lessons(bench.workspace.lexicon, [])
    assert [(one.sources, one.changed) for one in bench.build().layers] == [(1, 1)]
    assert {name: words_of(bench, name) for name in ARTICLES} == before


def test_words_grow_and_go_with_their_sources(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "neu.txt").write_text("南浦面馆的外卖\n\n南浦面馆把外卖交给店员来送。\n", "utf8")
    bench.add([tmp_path / "neu.txt"])
    bench.build()
    assert "外卖" in words_of(bench, "neu")
    bench.remove(["neu"])
    bench.build()
    kept = bench.generation.words
    assert kept is not None
    assert kept.sources() == set(ARTICLES)


def test_queries_keep_the_names_of_the_lexicon_whole(bench: Workbench) -> None:
    assert bench.searcher.words("名创优品有多少会员")[:1] == ["名创优品"]
