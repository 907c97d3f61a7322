"""Folding: every character keeps its origin, and all spellings of one thing become one."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sampled import few
from tests.strategies import kept_spans, raw_texts

from casekit.fold import (
    Folded,
    detect_script,
    fold_spans,
    fold_text,
    key_spans,
    match_key,
    to_simplified,
    to_traditional,
)
from casekit.types import Span

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"

# Expected forms: the conventions in the module docstrings; Taiwan words after OpenCC's TWPhrasesRev or common usage.
FORMS = [
    ("網際網路", "互联网"),
    ("网际网路", "互联网"),
    ("數位化與數位轉型", "数字化与数字化转型"),
    ("資訊、軟體、程式", "信息、软件、程序"),
    ("「你好」『內』“外”‘里’", "\"你好\"'内'\"外\"'里'"),
    ("ＡＢＣ１２３％，！？：；（）", "abc123%,!?:;()"),
    ("㍿㎡½②ﬁ", "株式会社m21/22fi"),
    ("𠮷野家", "𠮷野家"),
    ("e\u0301 Å ｶﾞ", "é å ガ"),
    ("👨‍👩‍👧❤️", "👨👩👧❤"),
    ("一\r\n二\u2028三\u3000 四", "一\n二\n三 四"),
    ("隨著、著名、著作、所著、名著", "随着、著名、著作、所著、名著"),
    ("乾隆、乾淨、皇后、後面", "乾隆、干净、皇后、后面"),
    ("鍾、鐘、錢鍾書", "钟、钟、钱钟书"),
    ("規畫、計劃、企畫", "规划、计划、企划"),
    ("O’Reilly—《〈》…", "o'reilly-《《》..."),
]
# Words of mainland usage, or words that only look like Taiwan ones across a border, stay as they are.
UNTOUCHED = [
    "品质和质量",
    "程序和信息",
    "执行指标",
    "文件与档案",
    "建立核心",
    "人数位居第一",
    "投资讯息",
    "执行长期战略",
]
UNTOUCHED += ["发行销售", "方程式", "数位专家", "智慧零售", "线上线下", "互联网路由", "软体家具", "打坏", "于伦敦"]


@pytest.mark.parametrize(("text", "folded"), FORMS)
def test_spellings_fold_to_the_agreed_form(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize("text", UNTOUCHED)
def test_mainland_words_are_not_rewritten(text: str) -> None:
    assert fold_text(text) == text
    assert fold_text(to_traditional(text)) == text


def test_vocabulary_can_be_left_alone() -> None:
    assert fold_text("網際網路", vocabulary=False) == "网际网路"


def test_a_phrase_gives_its_whole_range_to_each_character() -> None:
    folded = fold_spans("在網際網路上")
    assert folded.text == "在互联网上"
    assert [folded.span(i, i + 1) for i in range(5)] == [Span(0, 1), Span(1, 5), Span(1, 5), Span(1, 5), Span(5, 6)]


@pytest.mark.parametrize(
    ("text", "kept", "folded"),
    [
        ("聯(lián)商網", [(0, 1), (7, 9)], "联商网"),
        ("甲段。\n廣告\n乙段", [(0, 3), (7, 9)], "甲段。\n乙段"),
        ("甲段。\n廣告\n乙段", [(0, 4), (7, 9)], "甲段。\n乙段"),
        ("Jack  Jones", [(0, 4), (6, 11)], "jack jones"),
        ("甲乙", [(0, 0)], ""),
    ],
)
def test_kept_characters_join_but_lines_stay_apart(text: str, kept: list[tuple[int, int]], folded: str) -> None:
    assert fold_spans(text, [Span(*pair) for pair in kept]).text == folded


def test_phrases_are_found_across_an_injection() -> None:
    text = "網(wǎng)際網(wǎng)路"
    kept = [Span(0, 1), Span(7, 9), Span(15, 16)]
    folded = fold_spans(text, kept)
    assert folded.text == "互联网"
    assert folded.span(0, 3) == Span(0, 16)


def test_locate_finds_the_folded_range_of_a_source_range() -> None:
    folded = fold_spans("看㍿和網路")
    assert folded.text == "看株式会社和网络"
    assert folded.locate(Span(1, 2)) == (1, 5)
    assert folded.locate(Span(4, 5)) == (6, 8)  # half of a phrase is the phrase
    assert folded.locate(Span(2, 2)) == (5, 5)


def _check_origins(folded: Folded, text: str) -> None:
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert folded.starts.dtype == folded.ends.dtype == "int32"
    for array in (folded.starts, folded.ends):
        assert all(a <= b for a, b in pairwise(array.tolist()))
    assert all(0 <= a <= b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))


@given(raw_texts())
def test_every_character_has_an_origin(text: str) -> None:
    folded = fold_spans(text)
    assert folded.text == fold_text(text)
    _check_origins(folded, text)
    assert all(a < b for a, b in zip(folded.starts, folded.ends, strict=True))


@given(raw_texts())
def test_every_origin_folds_to_its_character(text: str) -> None:
    # By the character-level key, in which a character's form does not hang on its neighbours (but for combining marks);
    # phrases and vocabulary have tests of their own.
    folded = fold_spans(text, vocabulary=False)
    for i, character in enumerate(folded.text):
        origin = folded.span(i, i + 1).slice(text)
        if unicodedata.normalize("NFKC", origin) != "".join(unicodedata.normalize("NFKC", c) for c in origin):
            assert character in fold_text(origin, vocabulary=False)
        else:
            assert match_key(character) in match_key(origin)


@given(raw_texts())
def test_text_of_whole_origins_folds_back(text: str) -> None:
    folded = fold_spans(text)
    first, last = folded.locate(Span(0, len(text)))
    assert (first, last) == (0, len(folded))
    assert fold_text(folded.span(first, last).slice(text)) == folded.text


@given(raw_texts(), st.booleans())
def test_folding_twice_is_folding_once(text: str, vocabulary: bool) -> None:
    once = fold_text(text, vocabulary=vocabulary)
    assert fold_text(once, vocabulary=vocabulary) == once


@given(raw_texts())
def test_both_scripts_of_a_simplified_text_fold_alike(text: str) -> None:
    simplified = to_simplified(text)
    assert fold_text(to_traditional(simplified, taiwan=False)) == fold_text(simplified)


@given(st.data(), raw_texts())
def test_only_kept_characters_are_folded(data: st.DataObject, text: str) -> None:
    kept = [Span(*pair) for pair in data.draw(kept_spans(len(text)))]
    folded = fold_spans(text, kept)
    _check_origins(folded, text)
    key = key_spans(text, kept)
    _check_origins(key, text)
    assert key.text == "".join(match_key(span.slice(text)) for span in kept)
    for i in range(len(key.text)):
        assert key.text[i] in match_key(key.span(i, i + 1).slice(text))


@given(raw_texts())
def test_locate_turns_span_round(text: str) -> None:
    folded = fold_spans(text)
    for i in range(len(folded.text)):
        first, last = folded.locate(folded.span(i, i + 1))
        assert first <= i < last


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("零售企业把顾客请到线上", "zh-Hans"),
        ("零售企業把顧客請到線上", "zh-Hant"),
        ("Retailers bring shoppers online", "en"),
        ("這個實驗證明這些问题关于发现与经营", "mixed"),
        ("O2O", "en"),
        ("中文 with Word", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_script_is_told_from_telling_characters(text: str, script: str) -> None:
    assert detect_script(text) == script


def _texts(name: str) -> list[str]:
    path = BENCH / name
    if not path.exists():
        pytest.skip(f"needs {name} of the shared bench folder")
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return [record["text"] for record in records if record["kind"] == "doc"]


def _share_of_differences(left: list[str], right: list[str]) -> float:
    # Same-length conversions only, so that positions correspond.
    pairs = [(a, b) for x, y in zip(left, right, strict=True) for a, b in zip(x, y, strict=True)]
    return sum(a != b for a, b in pairs) / len(pairs)


def test_characters_agree_with_opencc_on_real_traditional_text() -> None:
    # Our own variants (牠 它, 部份 部分, 衞 卫, 所著) differ on purpose: 0.03 % measured.
    opencc = pytest.importorskip("opencc")
    texts = _texts("drcd_dev.jsonl")
    convert = opencc.OpenCC("tw2s").convert
    from casekit.fold.characters import simplify
    from casekit.fold.vocabulary import spell_zhe

    ours = [spell_zhe(simplify(text)) for text in texts]
    assert _share_of_differences(ours, [convert(text) for text in texts]) < 0.0004


@pytest.mark.slow
def test_real_simplified_text_folds_alike_in_both_scripts() -> None:
    texts = _texts("cmrc.jsonl")[:: few(3, 1)]
    for taiwan, most in ((False, 0), (True, few(2, 5))):  # the few left are 著 in Taiwan's spelling: 驾驶着名为
        bad = sum(fold_text(to_traditional(text, taiwan=taiwan)) != fold_text(text) for text in texts)
        assert bad <= most
