"""Words: names stay whole in both scripts, across injections, and whatever cuts them."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import kept_spans, raw_texts

from casekit.fold import fold_text, to_traditional
from casekit.lexicon import load_lexicon
from casekit.segment import Segmenter
from casekit.segment.words import Cutter, cutter_of_jieba, cutter_of_rjieba
from casekit.types import Span

NAMES = ["香飘飘", "Jack & Jones", "Meco", "一物一码", "扫码购", "企业微信", "智慧零售", "优衣库", "乐事7.7", "O2O模式"]
NAMES += ["林晓舟", "三只松鼠", "泡泡玛特", "7-ELEVEn", "SaaS", "元气森林", "智慧零售战略合作部", "U-Shop", "沃尔玛"]

# Our own sentences with the words that must come out whole; each is tried in both scripts.
CASES = [
    ("香飘飘用一物一码认识了买奶茶的人。", ["香飘飘", "一物一码", "奶茶"]),
    ("导购把顾客加到企业微信里。", ["导购", "顾客", "企业微信"]),
    ("扫码购让排队变短，购物变快。", ["扫码购", "排队", "购物"]),
    ("Jack & Jones的店员和Jack&Jones的会员。", ["jack & jones", "店员", "会员"]),
    ("Meco果汁茶卖得比meco奶茶好。", ["meco", "果汁", "奶茶"]),
    ("优衣库、沃尔玛都在做智慧零售。", ["优衣库", "沃尔玛", "智慧零售"]),
    ("智慧零售战略合作部派人去了门店。", ["智慧零售战略合作部", "门店"]),
    ("三只松鼠的小程序上有三千种单品。", ["三只松鼠", "小程序", "单品"]),
    ("林晓舟说私域不是朋友圈刷屏。", ["林晓舟", "私域", "朋友圈"]),
    ("泡泡玛特的会员复购率达到3.14倍。", ["泡泡玛特", "会员", "复购率", "3.14"]),
    ("7-Eleven便利店和SaaS公司谈了O2O模式。", ["7-eleven", "便利店", "saas", "o2o模式"]),
    ("T恤和U盘都在线上卖。", ["t恤", "u盘", "线上"]),
    ("数字化中台带来1,200万元收入。", ["数字化", "中台", "1,200", "收入"]),
    ("元气森林在视频号直播间带货。", ["元气森林", "视频号", "直播间", "带货"]),
    ("见https://example.com/shop?id=3这个网址。", ["https://example.com/shop?id=3", "网址"]),
]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(NAMES)


@pytest.mark.parametrize(("text", "words"), CASES)
def test_names_and_new_words_stay_whole_in_both_scripts(segmenter: Segmenter, text: str, words: list[str]) -> None:
    for form in (text, to_traditional(text), to_traditional(text, taiwan=False)):
        found = segmenter.cut(form)
        assert [word for word in words if word not in found] == []


@pytest.mark.parametrize(("text", "words"), CASES)
def test_both_scripts_are_cut_alike(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert segmenter.cut(to_traditional(text)) == segmenter.cut(text)
    assert set(words) <= set(segmenter.cut(text))


@pytest.mark.parametrize("frame", ["{}", "我们在{}看到", "，{}，", "{}的做法"])
def test_every_name_of_the_lexicon_is_one_word_in_both_scripts(frame: str) -> None:
    lexicon = load_lexicon()
    names = Segmenter(lexicon.names(hant=False))
    forms = [name for name in lexicon.names() if name[0] != "《"]
    assert len(forms) > 7000
    cut = {}
    for name in forms:
        words = names.cut(frame.format(name))
        if fold_text(name).replace(" ", "") not in {word.replace(" ", "") for word in words}:
            cut[name] = words
    assert not cut


def test_a_users_own_names_are_whole_from_the_next_load_on(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "own.txt").write_text("type: company\n白露渡口 | Ferry & Dew | 渡口小食堂 |\n", "utf8")
    names = Segmenter(load_lexicon(tmp_path).names(hant=False))
    for form in ("白露渡口", "白露渡口的導購", "在渡口小食堂吃饭", "Ferry&Dew的店"):
        assert {"白露渡口", "渡口小食堂", "ferry & dew"} & set(names.cut(form))


def test_a_word_keeps_its_address_across_an_injection(segmenter: Segmenter) -> None:
    text = "在優(yōu)衣庫買"
    kept = [Span(0, 2), Span(7, 10)]
    tokens = segmenter.tokens(text, kept)
    assert [(t.folded, t.span, t.text) for t in tokens] == [
        ("在", Span(0, 1), "在"),
        ("优衣库", Span(1, 9), "優(yōu)衣庫"),
        ("买", Span(9, 10), "買"),
    ]


def test_a_name_inside_a_longer_latin_word_is_no_name(segmenter: Segmenter) -> None:
    assert segmenter.cut("mecosystem") == ["mecosystem"]


def test_words_of_a_query_are_its_content(segmenter: Segmenter) -> None:
    assert segmenter.words("Jack & Jones 是怎么做私域的？") == ["jack & jones", "做", "私域"]
    assert segmenter.words("香飄飄和香飘飘") == ["香飘飘"]
    assert segmenter.words("是什么？") == ["是", "什么"]
    assert segmenter.words("") == []


@settings(deadline=None)
@given(data=st.data(), text=raw_texts())
def test_tokens_are_slices_in_order_and_hold_every_kept_letter(
    segmenter: Segmenter, data: st.DataObject, text: str
) -> None:
    kept = [Span(*pair) for pair in data.draw(kept_spans(len(text)))]
    tokens = segmenter.tokens(text, kept)
    assert all(t.text == t.span.slice(text) for t in tokens)
    assert [t.span.start for t in tokens] == sorted(t.span.start for t in tokens)
    covered = {i for t in tokens for i in range(t.span.start, t.span.end)}
    for i in (i for span in kept for i in range(span.start, span.end) if "\u4e00" <= text[i] <= "\u9fff"):
        assert i in covered


class _Recorder:
    """A cutter that parts nothing, to see what is asked of one."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def add(self, word: str, least: int) -> None:
        assert least > 0
        self.words.append(word)

    def cut(self, run: str) -> list[str]:
        return [run]


def test_any_cutter_will_do() -> None:
    recorder = _Recorder()
    assert Segmenter(["优衣库", "Meco"], cutter=recorder).cut("優衣庫的Meco") == ["优衣库的", "meco"]
    assert "优衣库" in recorder.words
    assert "meco" not in recorder.words


def test_jieba_and_rjieba_cut_alike() -> None:
    pytest.importorskip("rjieba")
    cutters: list[Cutter] = [cutter_of_jieba(), cutter_of_rjieba()]
    for text in [text for text, _ in CASES] + [
        "他来到网易杭研大厦",
        "小明硕士毕业于中国科学院计算所",
        "扫码购物扫码购",
    ]:
        one, other = (Segmenter(NAMES, cutter=cutter).cut(text) for cutter in cutters)
        assert one == other


def test_jieba_stays_silent_and_its_shared_state_untouched() -> None:
    code = (
        "import jieba; from casekit.segment import Segmenter; from casekit.segment.words import cutter_of_jieba\n"
        "Segmenter(['香飘飘'], cutter=cutter_of_jieba()).cut('香飘飘在哪里')\n"
        "assert not jieba.dt.initialized and not jieba.dt.FREQ and not jieba.user_word_tag_tab\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_loads_no_dictionary() -> None:
    code = "import sys, casekit.segment; print([m for m in ('jieba', 'rjieba', 'opencc') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "[]"


def test_folded_word_is_the_folded_slice_where_nothing_was_injected(segmenter: Segmenter) -> None:
    for token in segmenter.tokens("優衣庫在線上賣衣服"):
        assert token.folded == fold_text(token.text)


def test_words_are_looked_up_as_the_whole_dictionary_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of one character alone are read for a question; all of them say the same."""
    from casekit.segment import dictionary

    monkeypatch.setattr(dictionary, "_begun", {})
    looked, whole = (dictionary._Looked[float](0), dictionary._Looked[str](1)), dictionary._entries()
    for part in (0, 1):
        some = list(whole[part].items())[::97]
        assert [looked[part][word] for word, _ in some] == [said for _, said in some]
        assert looked[part].get("门" * 9, "none") == "none"
        assert "门店" in looked[part]
        assert "" not in looked[part]
        assert "\ud800" not in looked[part]
    with pytest.raises(KeyError):
        looked[0]["没有这个词"]
    assert list(looked[0]) == list(whole[0])
    assert "门" in dictionary._begun
    assert len(dictionary._begun) < 12_000


def test_the_dictionary_is_read_by_columns_as_its_lines_stand() -> None:
    from importlib.util import find_spec
    from pathlib import Path

    from casekit.segment.dictionary import parts_of_speech, rows, weights

    found = find_spec("jieba")
    assert found is not None
    assert found.origin is not None
    lines = (Path(found.origin).parent / "dict.txt").read_text("utf8").splitlines()
    words, counts, tags = rows()
    assert [f"{word} {count} {tag}" for word, count, tag in zip(words, counts, tags, strict=True)] == lines
    assert sum(map(math.exp, weights().values())) == pytest.approx(1)
    assert parts_of_speech()["门店"] == "n"
