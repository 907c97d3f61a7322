"""Exact places: signs that belong to a word or a figure count, radicals of PDF text layers are their ideographs."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.fold import fingerprint, match_key
from casekit.index import SourceRow
from casekit.workbench.knowledge.finding import in_source


def _found(text: str, wanted: str) -> list[str]:
    row = SourceRow("s", "", "", "zh-Hans", text, match_key(text), clean_text(text))
    return [one.match for one in in_source(row, wanted)]


_SHOP = "河湾书店的书架分类在去年重新排过，店长说读者找书比从前快得多。\n教材有C++、C#、C语言和.NET，店长说A＋会员常来，ABC++没有；R & D部门买了35%，共35人，付了1.5万元和15万元。"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("C++", ["C++"]),
        ("c＋＋", ["C++"]),
        ("C#", ["C#"]),
        (".NET", [".NET"]),
        ("A+", ["A＋"]),
        ("R&D", ["R & D"]),
        ("35%", ["35%"]),
        ("1.5万元", ["1.5万元"]),
        ("15万元", ["1.5万元", "15万元"]),
        ("C语言", ["C语言"]),
        ("店长说", ["店长说", "店长说"]),
        ("“书架”分类。", ["书架分类"]),
    ],
)
def test_signs_of_words_and_figures_count_and_punctuation_does_not(wanted: str, found: list[str]) -> None:
    assert _found(_SHOP, wanted) == found


def test_radicals_are_found_and_have_the_fingerprint_of_their_ideographs() -> None:
    text = "河湾书店的店长说，⻓期来看⾼层要⽀持，⻔店与⻋队也要跟上。"
    assert _found(text, "长期") == ["⻓期"]
    assert _found(text, "门店与车队") == ["⻔店与⻋队"]
    assert fingerprint("⻓期来看⾼层") == fingerprint("长期来看高层")
