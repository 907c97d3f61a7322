"""Evidence is found where its words stand, or refused; never at a wrong place.

All articles here are invented. The generated copies are tracked piece by piece, so the right place is known from how a
copy was made, not from the code under test.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples

from casekit.casebook import Case, Names, Statement, readdress_card, verify_card, verify_cards
from casekit.evidence import evidence_at
from casekit.fold import match_key, to_simplified, to_traditional
from casekit.types import Address, Cleaned, Doc, Evidence, Metadata, Source, Span

# words whose traditional forms depend on the word (后 後, 发 發髮, 里 裡里, 面 麵, 干 乾幹, 台 臺颱)
SUBJECTS = [
    "某连锁药房",
    "海边的小面馆",
    "台中一家书店",
    "这家干货铺",
    "后街的理发店",
    "乡里合作社",
    "云上花店",
    "老周便利",
]
VERBS = ["发出了", "收回", "重新整理了", "只卖掉", "里外翻新了", "预订", "征集到", "系统地核对了"]
OBJECTS = ["会员卡", "面粉和鸡蛋", "优惠券", "台历", "干果礼盒", "后台账目", "头发护理套餐", "复购名单"]
CHROME = ["首页 > 资讯 > 正文", "相关阅读", "版权所有 不得转载", "点击查看更多", "上一篇 下一篇", "App 内打开"]


def sentence(rng: random.Random, serial: int) -> str:
    """A sentence that no other serial gives."""
    return f"{rng.choice(SUBJECTS)}在第{serial}周{rng.choice(VERBS)}{rng.randint(2, 98)}份{rng.choice(OBJECTS)}。"


@dataclass
class Copy:
    """A copy under construction: its text, the body's ranges, and where each sentence went."""

    text: str = ""
    kept: list[Span] = field(default_factory=list)
    places: dict[int, list[Span]] = field(default_factory=dict)

    def add(self, piece: str, *, body: bool = True, serial: int | None = None, pinyin_at: int | None = None) -> None:
        start = len(self.text)
        if pinyin_at is not None and body:
            head, tail = piece[:pinyin_at], piece[pinyin_at:]
            self.text += head + "(xī)" + tail
            self.kept += [Span(start, start + len(head)), Span(start + len(head) + 4, len(self.text))]
        else:
            self.text += piece
            if body:
                self.kept.append(Span(start, len(self.text)))
        if serial is not None:
            self.places.setdefault(serial, []).append(Span(start, len(self.text)))

    def doc(self, source: str = "a") -> Doc:
        return doc_of(self.text, self.kept, source)


def doc_of(text: str, kept: list[Span] | None = None, source: str = "a") -> Doc:
    spans = tuple(kept) if kept is not None else (Span(0, len(text)),)
    return Doc(Source(source, "0" * 64, text), Cleaned(spans, (), (), (), Metadata(title="测试")))


def card_of(*evidence: Evidence) -> Case:
    return Case("c", Names("某", "某", "X"), background=(Statement("自己的话", evidence),))


def letters_of(doc: Doc, span: Span) -> str:
    parts = [Span(max(k.start, span.start), min(k.end, span.end)) for k in doc.cleaned.kept if k.overlaps(span)]
    return match_key("".join(part.slice(doc.text) for part in parts))


def to_plain_traditional(text: str) -> str:
    return to_traditional(text, taiwan=False)


CONVERSIONS: list[Callable[[str], str]] = [str, to_traditional, to_plain_traditional, to_simplified]


def recopy(rng: random.Random, sentences: dict[int, str], target: int) -> tuple[Copy, str]:
    """Another copy of an article and what was done to the target sentence: "kept", "doubled", "changed" or "dropped"."""
    convert = rng.choice(CONVERSIONS)
    fate = rng.choices(["kept", "doubled", "changed", "dropped"], weights=[7, 1, 2, 1])[0]
    copy = Copy()
    for _ in range(rng.randint(0, 4)):
        copy.add(rng.choice(CHROME) + "\n", body=False)
    if rng.random() < 0.3:  # a teaser in the chrome repeats the sentence
        copy.add(convert(sentences[target]) + "\n", body=False)
    for i in range(rng.choice([0, 0, 1, 5])):
        copy.add(convert(sentence(rng, 900 + i)))
    for serial, one in sentences.items():
        told = convert(one)
        if serial == target:
            if fate == "dropped":
                continue
            if fate == "changed":
                at = rng.randrange(len(told) - 1)
                told = told[:at] + ("甲" if told[at] != "甲" else "乙") + told[at + 1 :]
        pinyin = rng.randrange(1, len(told) - 1) if rng.random() < 0.2 else None
        copy.add(told, serial=serial, pinyin_at=pinyin)
        if serial == target and fate == "doubled":
            copy.add(rng.choice(["", "\n", sentence(rng, 950)]))
            copy.add(told, serial=serial)
        if rng.random() < 0.3:
            copy.add("\n")
    for _ in range(rng.randint(0, 3)):
        copy.add("\n" + rng.choice(CHROME), body=False)
    return copy, fate


def test_in_500_recopied_articles_no_evidence_lands_at_a_wrong_place() -> None:
    rng = random.Random(20260301)
    found = moved = 0
    present = 0
    for _ in range(500):
        sentences = {serial: sentence(rng, serial) for serial in rng.sample(range(1, 200), rng.randint(3, 12))}
        if rng.random() < 0.3:
            sentences = {serial: to_traditional(one) for serial, one in sentences.items()}
        first = Copy()
        for serial, one in sentences.items():
            first.add(one, serial=serial)
        target = rng.choice(list(sentences))
        place = first.places[target][0]
        evidence = evidence_at(first.doc(), place.start, place.end)
        copy, fate = recopy(rng, sentences, target)
        [verdict] = verify_card(card_of(evidence), {"a": copy.doc()})
        right = copy.places.get(target, [])
        if fate == "kept":
            present += 1
            if verdict.found is not None:
                [place] = right
                assert letters_of(copy.doc(), verdict.found.span) == match_key(sentences[target])
                # a mark before it may come along where the address still fits all the letters
                assert place.start - 1 <= verdict.found.start < verdict.found.end <= place.end
                found += 1
                moved += verdict.status == "moved"
        elif fate == "doubled":
            # at one of its two places by chance of the address, else refused
            assert verdict.status in ("ambiguous", "ok")
            if verdict.found is not None:
                assert any(one.start - 1 <= verdict.found.start < verdict.found.end <= one.end for one in right)
        else:
            assert verdict.status == "gone", (fate, verdict)
            assert verdict.found is None
    assert present > 250
    # nothing in these copies hides the sentence, so all must be found, most of them at another address
    assert found == present
    assert moved > 200


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(st.text(max_size=40), st.text(max_size=40))
def test_text_put_before_and_after_never_sends_evidence_astray(before: str, after: str) -> None:
    told = "后街理发店在第七周预订了三十份台历,又退回两份。"
    evidence = evidence_at(doc_of(told), 0, len(told))
    new = doc_of(before + told + after)
    [verdict] = verify_card(card_of(evidence), {"a": new})
    if verdict.found is not None:
        assert match_key(verdict.found.slice(new.text)) == match_key(told)
    else:
        assert verdict.status == "ambiguous"


# --- the five answers, on an invented text ---

FIRST = "开头一句。老周便利在第三周发出了二十份会员卡。结尾一句。"
QUOTE = Span(5, 23)


@pytest.fixture
def evidence() -> Evidence:
    return evidence_at(doc_of(FIRST), QUOTE.start, QUOTE.end)


def status(evidence: Evidence, doc: Doc | None) -> str:
    [verdict] = verify_card(card_of(evidence), {doc.id: doc} if doc else {})
    return verdict.status


def test_evidence_holds_address_and_fingerprint_of_the_letters(evidence: Evidence) -> None:
    # the 17 letters from 老 to 卡; the full stop counts for nothing
    assert (evidence.source, evidence.start, evidence.end) == ("a", 5, 23)
    assert evidence.fingerprint.startswith("fp1:17:")


def test_ok_at_its_address_in_either_script(evidence: Evidence) -> None:
    assert status(evidence, doc_of(FIRST)) == "ok"
    assert status(evidence, doc_of(to_traditional(FIRST))) == "ok"


def test_moved_shows_where(evidence: Evidence) -> None:
    new = doc_of("新添的导语。" + FIRST)
    [verdict] = verify_card(card_of(evidence), {"a": new})
    assert verdict.status == "moved"
    assert verdict.found is not None
    assert verdict.found.start == QUOTE.start + 6
    assert verdict.quote == verdict.found.slice(new.text)
    assert str(verdict.found.start) in verdict.message


def test_two_other_places_are_ambiguous_and_both_are_shown(evidence: Evidence) -> None:
    [verdict] = verify_card(card_of(evidence), {"a": doc_of("导语。" + FIRST + FIRST)})
    assert (verdict.status, verdict.found, len(verdict.places)) == ("ambiguous", None, 2)


def test_a_short_quotation_is_not_taken_for_moved() -> None:
    short = evidence_at(doc_of("前言。会员日。后记。"), 3, 7)
    [verdict] = verify_card(card_of(short), {"a": doc_of("另外的一篇文章。会员日。")})
    assert verdict.status == "ambiguous"
    assert verdict.places == (Address("a", 8, 11),)


def test_one_changed_character_is_gone(evidence: Evidence) -> None:
    assert status(evidence, doc_of(FIRST.replace("二十", "三十"))) == "gone"
    assert status(evidence, doc_of("")) == "gone"


def test_words_outside_the_body_are_gone_but_told(evidence: Evidence) -> None:
    text = "正文只有这一句话。\n相关阅读：" + FIRST
    [verdict] = verify_card(card_of(evidence), {"a": doc_of(text, [Span(0, 9)])})
    assert verdict.status == "gone"
    assert [place.source for place in verdict.places] == ["a"]


def test_a_source_that_is_not_there_is_said_to_be_so_and_others_are_searched_only_when_asked(
    evidence: Evidence,
) -> None:
    others = {"b": doc_of("导语。" + FIRST, source="b")}
    assert status(evidence, None) == "not-imported"
    [plain] = verify_card(card_of(evidence), others)
    [wide] = verify_card(card_of(evidence), others, elsewhere=True)
    assert (plain.status, plain.places) == ("not-imported", ())
    assert wide.status == "not-imported"
    assert wide.places == (Address("b", QUOTE.start + 3, wide.places[0].end),)


def test_injected_characters_are_no_part_of_the_evidence(evidence: Evidence) -> None:
    text = FIRST.replace("会员", "会(huì)员")
    at = text.index("(")
    [verdict] = verify_card(card_of(evidence), {"a": doc_of(text, [Span(0, at), Span(at + 5, len(text))])})
    assert verdict.found is not None
    assert verdict.found.slice(text) == FIRST[5:23].replace("会员", "会(huì)员")
    assert verdict.quote == FIRST[5:23]
    assert status(evidence, doc_of(text)) == "gone"


def test_readdressing_takes_over_what_moved_and_nothing_else(evidence: Evidence) -> None:
    card = card_of(evidence, Evidence(Address("b", 0, 9), evidence.fingerprint))
    docs = {"a": doc_of("新添的导语。" + FIRST)}
    fresh = readdress_card(card, verify_card(card, docs))
    assert [v.status for v in verify_card(fresh, docs)] == ["ok", "not-imported"]
    assert fresh.background[0].evidence[1] == card.background[0].evidence[1]


def test_verdicts_name_card_and_field(evidence: Evidence) -> None:
    verdicts = verify_cards([card_of(evidence, evidence)], {"a": doc_of(FIRST)})
    assert [(v.card, v.field) for v in verdicts] == [
        ("c", "background[0].evidence[0]"),
        ("c", "background[0].evidence[1]"),
    ]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 5), (0, 400)])
def test_evidence_needs_letters_inside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="出处"):
        evidence_at(doc_of("开头一句。结尾。"), start, end)
