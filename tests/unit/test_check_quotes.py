"""Quotations of drafts against invented articles, and hundreds of changed ones made from open texts."""

from __future__ import annotations

import json
import random
import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampled import few
from tests.strategies import examples
from tests.unit.check_samples import SHOPS, doc_of, quotes_in, shelf

from casekit.check import Checker, MemoryCorpus
from casekit.fold import match_key, to_simplified, to_traditional

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(shelf())


@lru_cache(maxsize=1)
def open_texts() -> tuple[Checker, tuple[str, ...]]:
    """A corpus of 300 paragraphs of CMRC and DRCD (both scripts) and its sentences of 15 to 120 characters."""
    docs = []
    for name in ("cmrc", "drcd_dev"):
        rows = map(json.loads, (BENCH / f"{name}.jsonl").read_text("utf-8").splitlines())
        docs += [doc_of(row["id"], row["text"], title=row["title"]) for row in rows if row["kind"] == "doc"][::6][:150]
    sentences = [
        m[0].strip()
        for doc in docs
        for m in re.finditer(r"[^。！？\n]+[。！？]", doc.text)
        if 15 <= len(m[0].strip()) <= 120
    ]
    return Checker(MemoryCorpus(docs)), tuple(sentences)


needs_bench = pytest.mark.skipif(not (BENCH / "cmrc.jsonl").exists(), reason="../shared/bench is not here")


# ---- verdicts on invented articles ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "quote",
    [
        "“门店不是越多越好，每一家都要算得清自己的账。”",
        "「門店不是越多越好，每一家都要算得清自己的賬。」",
        "『门店不是越多越好，每一家都要算得清自己的账』",
        '"门店不是越多越好,每一家都要算得清自己的账."',
        "‘门店不是越多越好，每一家都要算得清自己的账。’",
        "“门店不是越多越好，\n每一家都要算得清自己的账。”",
        "“门店 不是越多越好， 每一家都要算得清自己的账”",
        "“门店不是越多越好……要算得清自己的账。”",
        "“……每一家都要算得清自己的账。”",
        "“未来三年[…]坐得住的人才等得到”",
        "“线上订单增长了３．５倍，但退货率也升到两成”",
    ],
)
def test_the_same_words_are_ok_however_they_are_set(checker: Checker, quote: str) -> None:
    (finding,) = quotes_in(checker, f"年会上有这样一句话：{quote}\n")
    assert (finding.status, finding.difference, finding.wrong) == ("ok", None, False)
    assert finding.source == "shops"


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("门店不是越多越好，每一家都要算得清自己的钱。", "altered"),  # one character
        ("门店是越多越好，每一家都要算得清自己的账。", "altered"),  # 不 dropped
        ("是越多越好，每一家都要算得清自己的账。", "altered"),  # 不 dropped at the edge: a slice of the source
        ("每一家都要算得清自己的账，门店不是越多越好。", "altered"),  # order
        ("去年河川百货的线上订单增长了35倍，但退货率也升到两成", "altered"),  # only the decimal point is gone
        ("河川百货在九座城市开了130家店，员工平均年龄三十一岁", "altered"),  # one digit
        ("你们为什么不自己开店。", "altered"),  # a question told as a statement
        ("河川百货在九座城市开了12", "truncated"),  # half a number
        ("去年河川百货的线上订单增长了3.5倍", "truncated"),  # before 但
        ("河川百货还想收购一家书店", "truncated"),  # 据说 left out before, 可能 behind
        ("未来三年实体店的价值，坐得住的人才等得到。", "truncated"),  # a piece left out inside
        ("我们打算在月亮上开一家分店，卖给兔子吃的胡萝卜。", "not-found"),
    ],
)
def test_changed_words_are_told_apart(checker: Checker, quote: str, status: str) -> None:
    (finding,) = quotes_in(checker, f"年会上有这样一句话：“{quote}”\n")
    assert finding.status == status, finding.message
    assert finding.wrong
    assert finding.text == quote


def test_an_ellipsis_may_not_swallow_a_negation(checker: Checker) -> None:
    (finding,) = quotes_in(checker, "书评说：“这份信任……用补贴换来。”")
    assert finding.status == "altered"


def test_the_difference_shows_both_readings(checker: Checker) -> None:
    (finding,) = quotes_in(checker, "有人写：“河川百货在九座城市开了130家店，员工平均年龄三十一岁”。")
    assert finding.difference is not None
    assert "[2→3]" in finding.difference
    start = SHOPS.index("河川百货在九座")
    assert (finding.source_start, finding.source_end) == (start, SHOPS.index("，是当地"))


def test_the_writer_may_tell_the_turn_himself(checker: Checker) -> None:
    (finding,) = quotes_in(checker, "报道说“去年河川百货的线上订单增长了3.5倍”，但退货率也高了。")
    assert finding.status == "ok"


def test_a_quotation_that_goes_on_after_its_speaker_is_not_truncated(checker: Checker) -> None:
    first, second = quotes_in(checker, "“去年河川百货的线上订单增长了3.5倍，”报道说，“但退货率也升到两成”。")
    assert (first.status, second.status) == ("ok", "ok")


def test_one_speech_may_leave_out_who_speaks(checker: Checker) -> None:
    (finding,) = quotes_in(checker, "沈知秋说：“会员不是一张卡，是一段关系，谁先想明白，谁就先活下来。”")
    assert finding.status == "ok"


@pytest.mark.parametrize(
    "text", ["所谓“人货场”", "“以街坊为中心的经营方法”", "《慢零售》里的“三件套”", "“首届小镇店铺论坛”"]
)
def test_terms_and_titles_that_the_corpus_lacks_are_no_quotations(checker: Checker, text: str) -> None:
    assert quotes_in(checker, text + "常被提起。") == []


def test_a_term_that_stands_in_the_corpus_is_ok(checker: Checker) -> None:
    (finding,) = quotes_in(checker, "大家常说的“慢零售”。")
    assert (finding.status, finding.source) == ("ok", "review")


# ---- whose words they are -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("顾远山说：“门店不是越多越好，每一家都要算得清自己的账。”", "ok"),
        ("河川百货董事长顾远山指出，“门店不是越多越好，每一家都要算得清自己的账”。", "ok"),
        ("“门店不是越多越好，每一家都要算得清自己的账。”顾远山说。", "ok"),
        ("顾总说：“门店不是越多越好，每一家都要算得清自己的账。”", "ok"),
        ("他说：“门店不是越多越好，每一家都要算得清自己的账。”", "ok"),
        ("河川百货表示：“门店不是越多越好，每一家都要算得清自己的账。”", "ok"),
        ("沈知秋说：“门店不是越多越好，每一家都要算得清自己的账。”", "wrong-speaker"),
        ("“门店不是越多越好，每一家都要算得清自己的账。”沈知秋说。", "wrong-speaker"),
        ("沈总说：“门店不是越多越好，每一家都要算得清自己的账。”", "wrong-speaker"),
        ("李长河表示：“门店不是越多越好，每一家都要算得清自己的账。”", "wrong-speaker"),
        ("星野商贸表示：“门店不是越多越好，每一家都要算得清自己的账。”", "wrong-speaker"),
        ("白若溪说：“未来三年实体店的价值会被重新发现，坐得住的人才等得到。”", "wrong-speaker"),
        ("白若溪说：“仓库离镇子近，菜才新鲜。”", "ok"),
        ("顾远山说：“仓库离镇子近，菜才新鲜。”", "wrong-speaker"),
        ("记者林小雨写道：“员工平均年龄三十一岁，是当地最年轻的零售队伍。”", "ok"),
        ("张海峰说：“员工平均年龄三十一岁，是当地最年轻的零售队伍。”", "wrong-speaker"),
        ("研究者引用过这样一段文字：“员工平均年龄三十一岁，是当地最年轻的零售队伍。”", "ok"),
        ("据《星野商贸的两难》，“仓库离镇子近，菜才新鲜。”", "ok"),
        ("据《河川百货的新店长》报道，“仓库离镇子近，菜才新鲜。”", "wrong-source"),
        ("“仓库离镇子近，菜才新鲜。”（来源：北窗周刊）", "ok"),
        ("“仓库离镇子近，菜才新鲜。”（来源：海棠网）", "wrong-source"),
    ],
)
def test_attributions_are_compared_with_the_source(checker: Checker, text: str, status: str) -> None:
    (finding,) = quotes_in(checker, text)
    assert finding.status == status, finding.message


def test_words_of_two_speakers_are_ambiguous_until_one_is_named(checker: Checker) -> None:
    assert [f.status for f in quotes_in(checker, "会上有人说过：“我们愿意慢一点。”")] == ["ambiguous"]
    (named,) = quotes_in(checker, "方明远说：“我们愿意慢一点。”")
    assert (named.status, named.source) == ("ok", "rival")


def test_a_footnote_names_the_source(checker: Checker) -> None:
    text = (
        "门店“不是越多越好，每一家都要算得清自己的账”[^1]。另一处说“仓库离镇子近，菜才新鲜。”[^1]\n\n"
        "[^1]: 林小雨. 河川百货的新店长[N]. 海棠网, 2021-03-05.\n"
    )
    first, second = quotes_in(checker, text, markdown=True)
    assert first.status == "ok"
    assert second.status == "wrong-source"


def test_the_line_under_a_block_quote_names_the_speaker(checker: Checker) -> None:
    text = "> 会员不是一张卡，\n> 是一段关系。\n>\n> ——{}\n"
    (right,) = quotes_in(checker, text.format("沈知秋"), markdown=True)
    (wrong,) = quotes_in(checker, text.format("顾远山"), markdown=True)
    assert (right.status, wrong.status) == ("ok", "wrong-speaker")


def test_injected_characters_do_not_hide_a_quotation() -> None:
    from casekit.types import Cleaned, Doc, Metadata, Source, Span

    text = "小镇的聯(lián)合书店卖的不只是书，还有雨天的座位。"
    at = text.index("(lián)")
    kept = (Span(0, at), Span(at + 6, len(text)))
    doc = Doc(Source("s", "", text), Cleaned(kept, (), (), (), Metadata()))
    checker = Checker(MemoryCorpus([doc]))
    (finding,) = quotes_in(checker, "文中说：“联合书店卖的不只是书，还有雨天的座位。”")
    assert (finding.status, finding.source_start) == ("ok", text.index("聯"))


# ---- generated ------------------------------------------------------------------------------------------------------
@settings(deadline=None, max_examples=examples(60))
@given(st.data())
def test_one_exchanged_letter_is_never_ok(data: st.DataObject) -> None:
    checker = Checker(shelf())
    line = data.draw(st.sampled_from([line for line in SHOPS.split("\n") if len(line) > 20 and "“" not in line]))
    at = data.draw(st.integers(0, len(line) - 1).filter(lambda i: line[i].isalnum()))
    letter = data.draw(st.sampled_from("山川草木9零不没"))
    if match_key(letter) != match_key(line[at]):
        findings = quotes_in(checker, f"文中说：“{line[:at]}{letter}{line[at + 1 :]}”")
        assert "ok" not in {f.status for f in findings}


def changed(sentence: str, kind: str, rng: random.Random, letters: str) -> str | None:
    """The sentence with one change of a kind, or None where it has no place for it."""
    if kind == "letter":
        at = rng.choice([i for i, c in enumerate(sentence) if c.isalnum()])
        return sentence[:at] + rng.choice(letters) + sentence[at + 1 :]
    if kind in ("digit", "negation"):
        wanted = str.isdigit if kind == "digit" else "不没沒未".__contains__
        places = [i for i, c in enumerate(sentence) if wanted(c)]
        if not places:
            return None
        at = rng.choice(places)
        new = str((int(sentence[at]) + rng.randrange(1, 10)) % 10) if kind == "digit" else ""
        return sentence[:at] + new + sentence[at + 1 :]
    clauses = re.split("[，,]", sentence.rstrip("。！？"))
    if len(clauses) < 2:
        return None
    at = rng.randrange(len(clauses) - 1)
    clauses[at], clauses[at + 1] = clauses[at + 1], clauses[at]
    return "，".join(clauses) + "。"


@pytest.mark.slow
@needs_bench
def test_none_of_hundreds_of_changed_quotations_is_called_ok() -> None:
    checker, sentences = open_texts()
    rng = random.Random(17)
    letters = "".join(c for s in sentences[:200] for c in s if "一" <= c <= "鿿")
    called_ok: list[str] = []
    made = 0
    while made < few(200, 500):
        sentence = rng.choice(sentences)
        new = changed(sentence, rng.choice(["letter", "digit", "negation", "order"]), rng, letters)
        if new is None or match_key(new) == match_key(sentence):
            continue
        made += 1
        marks = rng.choice(["“”", "「」", '""'])
        findings = quotes_in(checker, f"书中有这样一段：{marks[0]}{new}{marks[1]}")
        if any(f.status == "ok" for f in findings):
            called_ok.append(new)
    assert called_ok == []


@needs_bench
def test_99_of_100_true_quotations_are_called_ok() -> None:
    checker, sentences = open_texts()
    rng = random.Random(18)
    full = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}
    half = {new: old for old, new in full.items()} | {ord("。"): ord(".")}
    missed: list[tuple[str, object]] = []
    tries = few(200, 500)
    for n in range(tries):
        sentence = rng.choice(sentences)
        at = rng.randrange(2, len(sentence) - 2)
        shown = (
            sentence,
            to_traditional(sentence),
            to_simplified(sentence),
            sentence.translate(full),
            sentence.translate(half),
            f"{sentence[:at]}\n{sentence[at:]}",
        )[n % 6]
        marks = rng.choice(["“”", "「」", "『』", '""'])
        findings = quotes_in(checker, f"书中有这样一段：{marks[0]}{shown}{marks[1]}\n")
        if not any(f.status == "ok" and len(f.text) > len(shown) // 2 for f in findings) or any(
            f.wrong for f in findings
        ):
            missed.append((shown, [f.status for f in findings]))
    assert len(missed) <= tries / 100, missed[:5]


@needs_bench
def test_nine_of_ten_truncations_before_a_turn_are_marked() -> None:
    checker, sentences = open_texts()
    turn = re.compile("[，；](?=但|不过|不過|然而|可是|只是|除|预计|預計|据说|據說|可能)")
    pairs = [(s[: m.start()], s) for s in sentences for m in turn.finditer(s) if m.start() >= 10]
    random.Random(19).shuffle(pairs)
    assert len(pairs) >= 100
    statuses = [[f.status for f in quotes_in(checker, f"书中有这样一段：“{head}”")] for head, _ in pairs[:100]]
    assert sum("truncated" in found for found in statuses) >= 90


# ---- in whose name and out of what -----------------------------------------------------------------------------------
SAID = "门店不是越多越好，每一家都要算得清自己的账。"


@pytest.mark.parametrize(
    ("lead", "behind"),
    [
        ("文中写道：", ""),
        ("文件中提到：", ""),
        ("海报上写着：", ""),
        ("顾客说：", ""),
        ("受访者说：", ""),
        ("问题出在组织上：", ""),
        ("年会上有人说：", ""),
        ("", "文末这样写道。"),
        ("顾远山反复强调：", ""),
        ("顾远山打过比方：", ""),
        ("海棠网写道：", ""),
        ("方法设想如下：", ""),
        ("采访中顾远山总结为：", ""),
        ("在顾远山看来，", ""),
        ("顾远山的回答是：", ""),
        ("在行业看来，", ""),
        ("文章的结论是：", ""),
        ("店长们的看法是：", ""),
        ("总的看来，", ""),
        ("林小雨的文章指出：", ""),
        ("海棠网的报道写道：", ""),
        ("", "（林小雨，2021）"),
        ("", "（海棠网）"),
        ("", "（顾远山）"),
        ("", "——《河川百货的新店长》"),
        ("——《河川百货的新店长》：", ""),
    ],
)
def test_true_attributions_in_every_form_raise_no_alarm(lead: str, behind: str) -> None:
    (found,) = quotes_in(Checker(shelf()), f"{lead}“{SAID}”{behind}")
    assert found.status == "ok", found.message


@pytest.mark.parametrize(
    ("lead", "behind", "status"),
    [
        ("采访中白若溪反复强调：", "", "wrong-speaker"),
        ("", "（方明远）", "wrong-speaker"),
        ("河川百货副董事长说：", "", "wrong-speaker"),  # his deputy
        ("在秋实集团总裁方明远看来，", "", "wrong-speaker"),
        ("最后，白若溪给出的答案是：", "", "wrong-speaker"),
        ("方明远总结为：", "", "wrong-speaker"),
        ("去年，方明远设想过开店的打法：", "", "wrong-speaker"),
        ("锌桥网写道：", "", "wrong-source"),  # an outlet is no speaker
        ("北窗周刊指出，", "", "wrong-source"),
        ("据锌桥网报道，", "", "wrong-source"),
        ("", "（锌桥财经）", "wrong-source"),
        ("纪晓的文章指出：", "", "wrong-source"),
        ("北窗周刊的报道写道：", "", "wrong-source"),
        ("", "（纪晓，2021）", "wrong-source"),
        ("", "（北窗周刊）", "wrong-source"),
        ("", "——《秋实集团年会侧记》", "wrong-source"),
        ("——《秋实集团年会侧记》：", "", "wrong-source"),
    ],
)
def test_wrong_attributions_are_caught_in_every_form(lead: str, behind: str, status: str) -> None:
    (found,) = quotes_in(Checker(shelf()), f"{lead}“{SAID}”{behind}")
    assert found.status == status, found.message


def test_an_outlet_that_the_text_itself_names_may_be_its_own() -> None:
    text = "顾远山告诉桥财经：“门店不是越多越好，每一家都要算得清自己的账。”"
    checker = Checker(MemoryCorpus([doc_of("reposted", text, title="一家百货", publisher="海棠网")]))
    assert [f.status for f in quotes_in(checker, f"“{SAID}”（桥财经）")] == ["ok"]
    assert [f.status for f in quotes_in(checker, f"“{SAID}”（岸财经）")] == ["wrong-source"]


def test_a_quotation_that_only_introduces_another_is_that_other() -> None:
    (found,) = quotes_in(Checker(shelf()), f"文章引用道：“顾远山表示：‘{SAID}’”")
    assert (found.status, found.text) == ("ok", SAID)


def test_a_quotation_that_is_never_closed_is_named() -> None:
    (found,) = quotes_in(Checker(shelf()), f"顾远山表示：“{SAID}\n\n下一段。")
    assert found.status == "ambiguous"
    assert "没有闭合" in found.message


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("白若溪坦言：“你们为什么不自己开店？”", True),  # the reporter's question
        ("白若溪坦言：“这笔钱不如拿去修仓库。”", False),
        ("记者问：“你们为什么不自己开店？”", False),
        ("顾远山提醒同行，眼下要“先把冷链做扎实，让每一箱草莓都准时到”。", True),
        ("白若溪提醒同行，眼下要“先把冷链做扎实，让每一箱草莓都准时到”。", False),
        ("顾远山的原话是：“仓库离镇子近，菜才新鲜。”", True),
        ("白若溪的话是：“仓库离镇子近，菜才新鲜。”", False),
    ],
)
def test_a_turn_of_an_interview_is_his_whose_label_it_has(checker: Checker, draft: str, wrong: bool) -> None:
    assert [f.status == "wrong-speaker" for f in quotes_in(checker, draft)] == [wrong]
