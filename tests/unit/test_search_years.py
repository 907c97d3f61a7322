"""A question about a year is answered by what is told of that year."""

from __future__ import annotations

import pytest

from casekit.search.years import OPEN, years_fit


@pytest.mark.parametrize(
    ("asked", "sentence", "before", "own", "fit"),
    [
        (2021, "2021年营收为19亿元", "", None, 1.0),
        (2021, "2018年、2019年及2020年收入分别为17亿元、19亿元及24亿元", "", 2021, 0.0),
        (2019, "2018-2020年的收入合计60亿元", "", None, 1.0),
        (2021, "去年关店12家", "", 2022, 1.0),
        (2021, "今年关店12家", "", 2022, 0.0),
        (2021, "净亏损12亿元", "2021年财报出炉。", 2023, 1.0),
        (2020, "月流水突破2000万元", "", 2022, 0.0),
        (2022, "月流水突破2000万元", "", 2022, OPEN),
        (2022, "月流水突破2000万元", "", None, OPEN),
        (2021, "revenue rose to 2021 million", "in 2021, it grew. ", None, 1.0),
    ],
)
def test_a_sentence_speaks_of_the_year_asked_about(
    asked: int, sentence: str, before: str, own: int | None, fit: float
) -> None:
    assert years_fit(frozenset({asked}), sentence, before, "", own) == fit
