"""Figures in tables: the heads of rows and columns say whom, what, when and in what unit. All tables are invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from casekit.facts import find_figures
from casekit.facts.tables import head_unit
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.readers import read_bytes
from casekit.types import Cleaned, Doc, Fact, Metadata, Source, Span

COMPANIES = (
    ("公司", "门店数", "营收(亿元)", "同比"),
    ("沃尔玛", "400家", "320.5", "12%"),
    ("澄湖超市", "320家", "1000.5", "-3%"),
    ("步步高", "586", "128", "8.5%"),
)
YEARS = (("指标", "2019年", "2020年"), ("营业收入", "12.5亿元", "15.1亿元"), ("门店数", "320家", "410家"))
ACROSS = (("", "沃尔玛", "步步高"), ("会员数", "3000万", "1000万"), ("到家订单", "日均20万单", "日均3万单"))
ITEMS = (("项目", "金额(万元)", "占比"), ("食品", "1200", "45%"), ("日用品", "2000", "30%"))


def markdown(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["见下表。\n", lines[0], "|" + "---|" * len(rows[0]), *lines[1:], "\n表后的话。\n"])


def tabs(rows: Sequence[Sequence[str]]) -> str:
    return "见下表。\n" + "\n".join("\t".join(row) for row in rows) + "\n表后的话。\n"


def from_html(rows: Sequence[Sequence[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><body><p>见下表。</p><table>{body}</table><p>表后的话。</p></body></html>"
    return read_bytes(page.encode(), name="a.html").text


def facts_of(text: str) -> dict[str, Fact]:
    doc = Doc(Source("a", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    found = find_figures(text, find_mentions(doc, load_lexicon()))
    assert all(fact.span.slice(text) == fact.text for fact in found)
    return {fact.text: fact for fact in found}


LAYOUTS = pytest.mark.parametrize("layout", [markdown, tabs, from_html])


@LAYOUTS
def test_rows_of_companies_take_measure_and_unit_from_the_column(layout) -> None:  # type: ignore[no-untyped-def]
    found = facts_of(layout(COMPANIES))
    told = {text: (f.subject, f.metric, f.value_min, f.unit) for text, f in found.items()}
    assert told == {
        "400家": ("沃尔玛", "门店数", 400, "家"),
        "320.5": ("沃尔玛", "营收", 32_050_000_000, "元"),
        "12%": ("沃尔玛", "同比", 12, "%"),
        "320家": ("澄湖超市", "门店数", 320, "家"),
        "1000.5": ("澄湖超市", "营收", 100_050_000_000, "元"),
        "-3%": ("澄湖超市", "同比", -3, "%"),
        "586": ("步步高", "门店数", 586, "家"),
        "128": ("步步高", "营收", 12_800_000_000, "元"),
        "8.5%": ("步步高", "同比", 8.5, "%"),
    }


@LAYOUTS
def test_rows_of_measures_take_the_time_from_the_column(layout) -> None:  # type: ignore[no-untyped-def]
    found = facts_of(layout(YEARS))
    assert {t: (f.metric, f.date_iso) for t, f in found.items() if f.kind != "date"} == {
        "12.5亿元": ("营业收入", "2019"),
        "15.1亿元": ("营业收入", "2020"),
        "320家": ("门店数", "2019"),
        "410家": ("门店数", "2020"),
    }


@LAYOUTS
def test_columns_of_companies_are_the_subjects(layout) -> None:  # type: ignore[no-untyped-def]
    found = facts_of(layout(ACROSS))
    assert {t: (f.subject_entity, f.metric) for t, f in found.items()} == {
        "3000万": ("walmart", "会员数"),
        "1000万": ("bubugao", "会员数"),
        "20万单": ("walmart", "到家订单"),
        "3万单": ("bubugao", "到家订单"),
    }


def test_items_and_measures_are_told_together_and_no_amount_is_a_year() -> None:
    found = facts_of(tabs(ITEMS))
    assert {t: (f.metric, f.value_min, f.unit, f.kind == "date") for t, f in found.items()} == {
        "1200": ("食品金额", 12_000_000, "元", False),
        "45%": ("食品占比", 45, "%", False),
        "2000": ("日用品金额", 20_000_000, "元", False),
        "30%": ("日用品占比", 30, "%", False),
    }


@pytest.mark.parametrize(
    "text",
    [
        "他说A|B测试让转化率提升了3%。\n后来又提升了5%。\n",
        "单价|数量|10元|3件\n双11|618|200元|5件\n",  # no heads
        "步骤\t说明\n第一步\t店长在300家门店里挑出20家，连续三周每天记录到店人数\n",  # a sentence speaks for itself
    ],
)
def test_what_is_no_table_of_figures_is_read_as_before(text: str) -> None:
    assert not {"数量", "说明", "测试"} & {fact.metric for fact in facts_of(text).values()}


@pytest.mark.parametrize(
    ("head", "name", "scale"),
    [
        ("营收(亿元)", "元", 10**8),
        ("员工（万人）".replace("（", "(").replace("）", ")"), "人", 10**4),
        ("revenue (million yuan)", "元", 10**6),
        ("门店(家)", "家", 1),
        ("占比(%)", "%", 1),
    ],
)
def test_units_in_heads(head: str, name: str, scale: int) -> None:
    unit = head_unit(head)
    assert unit is not None
    assert (unit.name, int(unit.scale)) == (name, scale)


@pytest.mark.parametrize("head", ["门店数", "增长(同口径)", "沃尔玛(中国)", ""])
def test_brackets_without_a_unit_are_words(head: str) -> None:
    assert head_unit(head) is None
