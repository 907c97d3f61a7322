"""The words of a part of the corpus, and what people teach about them, asked of a workbench."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import make_workspace

from casekit.errors import SettingError
from casekit.workbench import Workbench

TEXTS = {
    "hetang": "荷塘小馆的会员\n\n荷塘小馆的导购请顾客扫码。导购每天问候顾客，顾客扫码之后成为会员。他们也引导购买茶叶。\n",
    "maitian": "麦田书店的读书会\n\n麦田书店办读书会。店员准备书单，读者先读两章。读书会之后，读者买书。\n",
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("vocabulary")
    made = Workbench(make_workspace(root / "ws", model="none", tagger=False))
    for name, text in TEXTS.items():
        (root / f"{name}.txt").write_text(text, "utf8")
    made.add([root / f"{name}.txt" for name in TEXTS])
    made.build()
    return made


def test_terms_are_words_with_a_meaning_and_are_counted_by_places(bench: Workbench) -> None:
    rows = {row["word"]: row for row in bench.words().term_rows()}
    assert rows["顾客"]["count"] == 3
    assert rows["顾客"]["sources"] == 1
    assert rows["导购"]["count"] == 2  # not in 引导购买
    assert "的" not in rows
    assert {row["tag"][:1] for row in bench.words().term_rows(tags=["v"])} == {"v"}
    assert "的" in {row["word"] for row in bench.words().term_rows(tags=[])}
    assert list(bench.words().terms(3).columns) == ["word", "tag", "count", "sources", "per_thousand"]


def test_keyness_of_a_source_against_the_rest(bench: Workbench) -> None:
    keys = [row["word"] for row in bench.words(sources=["maitian"]).key_rows()]
    assert set(keys[:2]) == {"读者", "读书会"}
    assert "顾客" not in keys
    with pytest.raises(SettingError, match="全部语料"):
        bench.words().key_rows()


def test_what_keeps_company_with_a_word(bench: Workbench) -> None:
    rows = bench.words().collocate_rows("導購", window=3)  # in either script
    assert rows[0]["word"] == "顾客"
    assert bench.words(sources=["hetang"]).collocate_rows("导购")
    with pytest.raises(SettingError, match="没有作为一个词出现"):
        bench.words(sources=["maitian"]).collocate_rows("导购")
    with pytest.raises(SettingError, match="窗口"):
        bench.words().collocate_rows("导购", window=0)


def test_where_words_stand_is_drawn_with_the_borders_of_the_sources(bench: Workbench) -> None:
    drawn = bench.words().dispersion(["顾客", "读者"])
    assert drawn.sources == ("hetang", "maitian")
    first, border, end = drawn.borders
    assert first == 0 < border < end == len(bench.words())
    assert all(place < border for place in drawn.places["顾客"])
    assert all(place >= border for place in drawn.places["读者"])
    assert 0.3 < drawn.spread["顾客"] < 0.7
    html = drawn._repr_html_()
    assert html.count("<line") == len(drawn.places["顾客"]) + len(drawn.places["读者"])
    assert "hetang" in html


def test_a_cloud_writes_oftener_words_larger_and_escapes_them(bench: Workbench) -> None:
    cloud = bench.words().cloud(10)
    html = cloud._repr_html_()
    assert all(word in html for word, _ in cloud.words)
    assert "<script" not in html
    from casekit.workbench.wording.drawn import Cloud

    shown = Cloud((("a<b", 4), ("c", 1)))._repr_html_()
    assert "a&lt;b" in shown
    assert shown.index("2.80em") < shown.index("1.80em")
    assert Cloud(())._repr_html_() == "<p>没有词</p>"


def test_concordance_lists_words_and_not_what_stands_across_two(bench: Workbench) -> None:
    found = bench.kwic("导购")
    assert [(one.match, one.right[:1]) for one in found] == [("导购", "每"), ("导购", "请")]
    assert len(bench.kwic("导购", inside=True)) == 3
    assert bench.kwic("书单")  # a word
    assert bench.kwic("读书")  # the head of 读书会
    assert not bench.kwic("馆的")


def test_lessons_are_taught_kept_and_taken_back(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none", tagger=False))
    bench.teach("join", ["千店千面", "一店一策"])
    bench.teach("split", "读书会", parts=["读书", "会"])
    assert [lesson.line() for lesson in bench.taught()] == ["join 千店千面", "join 一店一策", "split 读书会 = 读书 会"]
    assert [token.folded for token in bench.cut_words("千店千面的讀書會")] == ["千店千面", "的", "读书", "会"]
    with pytest.raises(SettingError, match="拼起来不是"):
        bench.teach("split", "读书会", parts=["读书", "社"])
    with pytest.raises(SettingError, match="没有教过"):
        bench.forget(["千店千面", "别的"])
    assert len(bench.taught()) == 3
    assert [lesson.word for lesson in bench.forget("千店千面")] == ["千店千面"]
    assert len(bench.taught()) == 2


def test_facets_of_an_answer_have_the_words_of_several_hits(bench: Workbench) -> None:
    answer = bench.search("顾客 读者", 10)
    assert len(answer) >= 2
    terms = bench.facets(answer).get("term", {})
    assert all(1 < n <= len(answer) for n in terms.values())
    held = [{word for hit in answer.hits for word in terms if word in hit.quote}]
    assert set(terms) <= held[0]
