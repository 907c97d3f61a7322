"""Who says something and who issued a figure; all people, firms and sentences are our own."""

from __future__ import annotations

import re

import pytest

from casekit.facts import find_figures
from casekit.fold import to_traditional
from casekit.reading import Document, issuer_at, read_text, speaker_at
from casekit.types import EntityType, Mention, Span

KINDS: dict[str, EntityType] = {
    "顾远山": "person",
    "沈知秋": "person",
    "青禾超市": "company",
    "海棠咨询": "org",
    "Lin Xiaoyu": "person",
    "零售年鉴": "report",
}


def document(text: str) -> Document:
    mentions = [
        Mention("s", Span(m.start(), m.end()), m[0], kind, name, name)
        for name, kind in KINDS.items()
        for form in dict.fromkeys((name, to_traditional(name)))
        for m in re.finditer(re.escape(form), text)
    ]
    return read_text(text, mentions=mentions, source="s")


def asked(text: str, words: str) -> tuple[Document, Span]:
    at = text.index(words)
    return document(text), Span(at, at + len(words))


SPOKEN = [
    ("顾远山说：“门店不是越多越好。”", "门店不是", "顾远山"),
    ("“门店不是越多越好，”顾远山表示，“账要算清。”", "门店不是", "顾远山"),
    ("“门店不是越多越好，”顾远山表示，“账要算清。”", "账要算清", "顾远山"),
    ("顾远山（总经理）笑着说：「會員有300萬。」", "會員", "顾远山"),
    ("顾远山指出，会员已有300万人。", "300万", "顾远山"),
    ("会员已有300万人，顾远山说。", "300万", "顾远山"),
    ("顾远山：会员已有300万人。门店也多了。", "门店", "顾远山"),
    ("顾远山说：“第一句。第二句有300万。”", "300万", "顾远山"),
    ("顾远山在年会上发言。他说：“会员有300万。”", "300万", "顾远山"),
    ("顾远山说：“沈知秋告诉我，‘会员有300万’。”", "会员", "沈知秋"),
    ("“Stores are fine,” said Lin Xiaoyu.", "Stores", "Lin Xiaoyu"),
    ("青禾超市表示，会员达到300万。", "300万", "青禾超市"),
    ("会员达到300万。", "300万", None),
    ("一位店长说：“会员有300万。”", "300万", None),
    ("顾远山来到门店。会员达到300万。", "300万", None),
    ("顾远山说完就走了。", "走了", None),
    ("顾远山读过《他说》。会员达到300万。", "300万", None),
]


@pytest.mark.parametrize(("text", "words", "who"), SPOKEN)
def test_the_speaker_is_the_name_in_the_grammar_of_speech(text: str, words: str, who: str | None) -> None:
    found = speaker_at(*asked(text, words))
    assert (found.name if found else None) == who


ISSUED = [
    ("据海棠咨询的报告，青禾超市的会员达到300万。", "300万", "海棠咨询"),
    ("根据海棠咨询发布的最新统计，会员达到300万。", "300万", "海棠咨询"),
    ("海棠咨询的数据显示，青禾超市的会员达到300万。", "300万", "海棠咨询"),
    ("海棠咨询发布的白皮书中，会员达到300万。", "300万", "海棠咨询"),
    ("根據海棠諮詢的調查，會員達到300萬。", "300萬", "海棠咨询"),
    ("据青禾超市财报，会员达到300万。", "300万", "青禾超市"),
    ("According to 海棠咨询, members reached 3 million.", "3 million", "海棠咨询"),
    ("据《零售年鉴》统计，会员达到300万。", "300万", "零售年鉴"),
    ("数据显示，青禾超市的会员达到300万。", "300万", None),
    ("青禾超市的会员达到300万。海棠咨询的报告说到这里为止。", "300万", None),
    ("青禾超市的会员达到300万。", "300万", None),
]


@pytest.mark.parametrize(("text", "words", "who"), ISSUED)
def test_the_issuer_is_whose_report_the_figure_is_from(text: str, words: str, who: str | None) -> None:
    found = issuer_at(*asked(text, words))
    assert (found.name if found else None) == who


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("据海棠咨询的报告，会员达到300万。", None),
        ("海棠咨询的调查显示，会员达到300万。", None),
        ("海棠咨询的数据显示，青禾超市的会员达到300万。", "青禾超市"),
        ("根据青禾超市财报，会员达到300万。", "青禾超市"),
        ("青禾超市的数据显示，会员达到300万。", "青禾超市"),
    ],
)
def test_a_figure_is_not_about_whoever_issued_it_unless_a_firm_tells_of_itself(text: str, subject: str | None) -> None:
    doc = document(text)
    names = [n.mention for s in doc.sentences for n in s.names]
    (figure,) = find_figures(text, names, source="s")
    assert figure.subject == subject
