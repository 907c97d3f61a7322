"""Noise inside the body: annotations, spliced phrases, spam runs, scripts, ornaments. All sentences are invented."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.clean.annotations import annotation_cuts, is_syllable, zhuyin
from casekit.types import Cleaned

# Common characters with their readings as the dictionaries print them (现代汉语词典).
READINGS = {"業": "yè", "數": "shù", "發": "fā", "網": "wǎng", "經": "jīng", "現": "xiàn", "產": "chǎn", "內": "nèi"}
PLAIN = "這家企業用數據發現網點的經營問題,把產品和內容放在一起賣。店長說(她姓林)效果不錯(比去年好)。"


def kept(text: str, cleaned: Cleaned | None = None) -> str:
    return "".join(span.slice(text) for span in (cleaned or clean_text(text)).kept)


def annotated(form: str, plain: str = PLAIN) -> str:
    return "".join(c + form.format(READINGS[c]) if c in READINGS else c for c in plain)


@pytest.mark.parametrize(
    "form", ["({})", "\uff08{}\uff09", "[{}]", "【{}】", "\uff08{})", "〔{}〕", "( {} )", "{{{}}}"]
)
def test_toned_pinyin_in_any_brackets_goes_and_real_parentheses_stay(form: str) -> None:
    assert kept(annotated(form)) == PLAIN


def test_pinyin_without_brackets_goes() -> None:
    assert kept(annotated("{}")) == PLAIN


def test_decomposed_tone_marks_are_the_same_pinyin() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", annotated("({})"))
    assert kept(text) == PLAIN


def test_pinyin_with_tone_numbers_and_without_tones_goes_where_it_is_a_habit() -> None:
    assert kept(PLAIN.replace("數", "數(shu4)")) == PLAIN
    toneless = PLAIN.replace("數", "數(shu)").replace("網", "網(wang)").replace("業", "業(ye)").replace("發", "發(fa)")
    assert kept(toneless) == PLAIN


def test_single_toneless_syllable_is_only_doubted() -> None:
    text = PLAIN.replace("數", "數(shu)")
    cleaned = clean_text(text)
    assert kept(text, cleaned) == text
    assert [d.span.slice(text) for d in cleaned.doubts] == ["(shu)"]


@pytest.mark.parametrize("form", ["({})", "\uff08{}\uff09", "{}"])
def test_zhuyin_goes(form: str) -> None:
    marks = {c: zhuyin(r) for c, r in READINGS.items()}
    text = "".join(c + form.format(marks[c]) if c in marks else c for c in PLAIN)
    assert kept(text) == PLAIN


@pytest.mark.parametrize(
    ("syllable", "expected"),
    # 注音符號 of the 教育部重編國語辭典
    [
        ("shù", "ㄕㄨˋ"),
        ("yuè", "ㄩㄝˋ"),
        ("xuǎn", "ㄒㄩㄢˇ"),
        ("wéi", "ㄨㄟˊ"),
        ("yóu", "ㄧㄡˊ"),
        ("zhī", "ㄓ"),
        ("lǜ", "ㄌㄩˋ"),
        ("yōng", "ㄩㄥ"),
        ("ér", "ㄦˊ"),
    ],
)
def test_zhuyin_of_a_syllable(syllable: str, expected: str) -> None:
    assert zhuyin(syllable) == expected


@pytest.mark.parametrize("word", ["Jay", "APP", "SaaS", "CEO", "online", "sku", "kpi", "gmv", "China", "brand"])
def test_english_words_in_parentheses_are_no_syllables(word: str) -> None:
    text = f"店里的数据({word})每天更新一次，由店长负责核对。"
    assert kept(text) == text
    assert not is_syllable(word) or word[0].isupper()


def test_gloss_of_a_rare_or_ambiguous_character_stays() -> None:
    text = "书店开在妫(guī)水河边，店主姓单(shàn)，左邻右舍都叫他老单。"
    cleaned = clean_text(text)
    assert kept(text, cleaned) == text
    assert [d.rule for d in cleaned.doubts] == ["annotation", "annotation"]


def test_annotation_inside_title_and_names_goes_from_metadata() -> None:
    text = f"數(shù)據(jù)的生意\n\n(來源:南湖商業(yè)評論 羅敏)\n\n{annotated('({})')}"
    meta = clean_text(text).metadata
    assert meta.title == "數據的生意"
    assert meta.publisher == "南湖商業評論"
    assert meta.authors == ("羅敏",)


def test_garbled_stretch_behind_a_broken_annotation_is_doubted_not_cut() -> None:
    broken = annotated("({})") + "導購充當?shù)\ue123氖菊\ue045機會。"
    certain, doubts = annotation_cuts(broken)
    assert [d.rule for d in doubts] == ["broken-annotation"]
    assert doubts[0].span.slice(broken).startswith("?shù)")
    assert not any(c.rule == "broken-annotation" for c in certain)


def test_rest_of_an_annotation_goes_where_nothing_is_garbled() -> None:
    text = annotated("({})") + "門店的會員數shù)量很多。"
    assert kept(text).endswith("門店的會員數量很多。")


def test_zero_width_characters_go_and_emoji_stay() -> None:
    text = "店\u200b长说\ufeff，全家👨\u200d👩\u200d👧都来买早餐。"
    assert kept(text) == "店长说，全家👨\u200d👩\u200d👧都来买早餐。"


# ---- spliced phrases ---------------------------------------------------------------------------------------------
STORY = (
    "青禾便利把订单分成三类，店长每天早上先看缺货的那一类，再安排补货。\n\n"
    "以前店长只能凭经验猜第二天的销量，{}却没有办法知道顾客为什么不来。现在系统会给出一个区间。\n\n"
    "总部认为，区间比一个数字更有用，因为店长可以按天气和附近的活动自己调整。"
)


@pytest.mark.parametrize(
    "phrase",
    ["时时彩开奖直播,", "红烧肉菜谱与家常菜谱大全,", "澳门娱乐城投注平台,", "周公解梦大全查询,", "无痛人流多少钱,"],
)
def test_search_phrase_spliced_into_a_sentence_goes(phrase: str) -> None:
    text = STORY.format(phrase)
    cleaned = clean_text(text)
    assert kept(text, cleaned) == STORY.format("")
    assert [c.rule for c in cleaned.cuts] == ["spliced"]


def test_phrase_on_the_topic_of_the_article_stays() -> None:
    text = (
        "厨房小站靠菜谱起家，用户每天上传两千份菜谱。\n\n"
        "编辑把它们分成三类，家常菜菜谱大全，烘焙菜谱大全，减肥食谱大全，但并不删除重复的。\n\n"
        "用户最喜欢家常菜菜谱，其次才是烘焙。"
    )
    assert kept(text) == text


def test_unknown_name_in_a_sentence_of_a_spammed_page_is_doubted() -> None:
    text = "您的位置: 主页 > 时时彩开奖直播 > 便利店的早晨\n\n" + STORY.format("王家沟村委会,")
    cleaned = clean_text(text)
    assert "王家沟村委会" in kept(text, cleaned)
    assert [d.span.slice(text) for d in cleaned.doubts] == ["王家沟村委会"]


def test_phrase_that_a_site_generator_puts_into_copies_goes() -> None:
    text = "店长每天先看缺货清单。本文来自织梦\n\n再安排补货，并且记下原因。"
    assert kept(text) == "店长每天先看缺货清单。再安排补货，并且记下原因。"


# ---- runs, scripts, ornaments ------------------------------------------------------------------------------------
SPAM = [
    "亚洲一区_国产精品_在线观看免费_久久久久_99视频_成人影院",
    "国产精品视频 | 在线观看免费 | 久久精品 | 中文字幕在线 | 成人福利",
    "六合彩开奖结果 时时彩计划 澳门娱乐城 百家乐 老虎机 现场报码",
    "主站蜘蛛池模板: 花店 | 在线观看 | 某某机械",
]


@pytest.mark.parametrize("spam", SPAM)
@pytest.mark.parametrize("place", ["head", "middle", "tail", "glued"])
def test_spam_run_goes_wherever_it_stands(spam: str, place: str) -> None:
    first, last = STORY.format("").split("\n\n")[:2]
    text = {
        "head": f"{spam}\n{first}\n{last}",
        "middle": f"{first}\n{spam}\n{last}",
        "tail": f"{first}\n{last}\n{spam}",
        "glued": f"{first}\n{last}{spam}",
    }[place]
    cleaned = clean_text(text)
    assert kept(text, cleaned).replace("\n", "") == first + last
    assert {c.rule for c in cleaned.cuts} == {"spam"}


def test_ordinary_keyword_list_stays() -> None:
    text = "青禾便利的早晨\n\n店里卖豆浆。\n\n会员 | 社群 | 小程序 | 免费配送 | 在线下单 | 视频号\n\n顾客喜欢热的。"
    assert "会员 | 社群 | 小程序 | 免费配送 | 在线下单 | 视频号" in kept(text)


@pytest.mark.parametrize(
    "line",
    [
        "(adsbygoogle = window.adsbygoogle || []).push({});",
        "var _hmt = _hmt || []; (function() { })();",
        "document.write('<a href=\"x\">y</a>');",
    ],
)
def test_leaked_script_goes(line: str) -> None:
    first, last = STORY.format("").split("\n\n")[:2]
    assert kept(f"{first}\n{line}\n{last}") == first + last


@pytest.mark.parametrize("line", ["-----------", "* * *", "◆◆◆", "————————", "★☆★☆★", "= = = = ="])
def test_ornament_goes(line: str) -> None:
    first, last = STORY.format("").split("\n\n")[:2]
    assert kept(f"{first}\n\n{line}\n\n{last}") == first + last


def test_ellipsis_on_a_line_of_its_own_stays() -> None:
    first, last = STORY.format("").split("\n\n")[:2]
    text = f"{first}\n\n……\n\n{last}"
    assert kept(text) == text


def test_part_number_beside_a_heading_goes() -> None:
    first, last = STORY.format("").split("\n\n")[:2]
    text = f"{first}\n\n缺货这件事\n\nTWO\n\n{last}"
    cleaned = clean_text(text)
    assert [c.span.slice(text) for c in cleaned.cuts] == ["TWO"]
    assert [h.span.slice(text) for h in cleaned.headings] == ["缺货这件事"]
