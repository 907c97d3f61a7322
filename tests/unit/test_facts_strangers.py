"""Figures of firms that nobody listed, in sentences of every kind: units, times that go back, who stands where in the clause.

Expected values are read off the sentences."""

from __future__ import annotations

import pytest
from tests.unit.test_facts_industries import facts


@pytest.mark.parametrize(
    ("text", "figure", "low", "unit"),
    [
        ("岚溪冷链要求全程不高于零下20℃。", "零下20℃", -20, "摄氏度"),
        ("这款车百公里电耗12.4度。", "12.4度", 12.4, "度"),
        ("岚溪证券两融利率下调30bp。", "30bp", 30, "个基点"),
        ("岚溪中药 销售费用 2,311 . 6 万元 。", "2,311 . 6 万元", 23_116_000, "元"),
        ("Lanxi Academy enrolled 1,240 pupils in 2023.", "1,240 pupils", 1240, "人"),
        ("Lanxi Mutual cut processing time from twelve days to four days.", "twelve days", 12, "天"),
        ("Lanxi Mutual runs twenty-five clinics.", "twenty-five", 25, "clinics"),
        ("Lanxi Mutual now has three million users.", "three million users", 3_000_000, "人"),
    ],
)
def test_the_value(text: str, figure: str, low: float, unit: str) -> None:
    found = facts(text)
    one = next(found[key] for key in found if key in figure or figure in key)
    assert (one.value_min, one.unit) == (low, unit)


@pytest.mark.parametrize("text", ["The two firms agreed.", "One of the three largest firms."])
def test_no_figure(text: str) -> None:
    assert not [one for one in facts(text).values() if one.kind != "date"]


@pytest.mark.parametrize(
    ("text", "figure", "date"),
    [
        ("2023年三、四季度，岚溪家居的营收分别为2.8亿元和3.3亿元。", "2.8亿元", "2023-07/2023-09"),
        ("2023年三、四季度，岚溪家居的营收分别为2.8亿元和3.3亿元。", "3.3亿元", "2023-10/2023-12"),
        ("2020年底，岚溪面馆有31家店；两年后变成了74家。", "74家", "2022"),
        ("岚溪大学2023届毕业生就业率为95.1%。", "95.1%", "2023"),
        ("Lanxi Wind will add 1.4 GW by the end of 2027.", "1.4 GW", "2027"),
    ],
)
def test_the_time(text: str, figure: str, date: str) -> None:
    assert facts(text)[figure].date_iso == date


@pytest.mark.parametrize(
    ("text", "figure", "kind", "certainty"),
    [
        ("岚溪仪器力争2026年出口额不低于3亿元，2024年为1.9亿元。", "3亿元", "target", "expected"),
        ("岚溪仪器力争2026年出口额不低于3亿元，2024年为1.9亿元。", "1.9亿元", "achieved", "stated"),
        ("岚溪农会今年外销要拼到4100吨。", "4100吨", "target", "expected"),
        ("岚溪农会明年外销4100吨。", "4100吨", "size", "expected"),
    ],
)
def test_what_is_meant(text: str, figure: str, kind: str, certainty: str) -> None:
    found = facts(text)[figure]
    assert found.certainty == certainty
    assert found.kind == kind or (kind == "size" and found.kind == "estimate")


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        ("三年前砺石养老的入住率只有41%。", "41%", "砺石养老"),
        ("同行去年人均创收310万元，而同在岚溪的砺石酱园是126万元。", "126万元", "砺石酱园"),
        # anybody will do something: not told whether that is a firm
        ("John Smith will hire 300 people next year.", "300 people", None),
        ("On Tmall, the skincare label Solvane sold 31,000 jars.", "31,000", "Solvane"),
        ("Solvane and Orra both reported: the former made $14 million, the latter lost $3 million.", "$3 million", "Orra"),
        ("Solvane and Orra both reported: the former made $14 million, the latter lost $3 million.", "$14 million", "Solvane"),
    ],
)  # fmt: skip
def test_whom_it_is_of(text: str, figure: str, subject: str) -> None:
    assert facts(text)[figure].subject == subject


def test_a_rate_of_a_part_compared_with_another_firms() -> None:
    assert facts("岚溪单车的车辆利用率是同行的1.4倍。")["1.4倍"].metric == "车辆利用率"


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        ("长溪医院院长白令舟表示，平均客单价1.65万元。", "1.65万元", "长溪医院"),
        # who speaks for a trade speaks of the trade
        ("东江食品联合会副会长白令舟表示，行业指数为51.2%。", "51.2%", None),
        ("东江市商务委员会主任白令舟表示，首店数量达到1200家。", "1200家", None),
    ],
)
def test_who_leads_an_institution_speaks_of_it_and_who_leads_an_association_of_its_trade(
    text: str, figure: str, subject: str | None
) -> None:
    assert facts(text)[figure].subject == subject
