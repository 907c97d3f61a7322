"""How much of a source is quoted: counted by hand on small texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.casebook import Case, Names, Statement
from casekit.errors import SettingError, WorkspaceError
from casekit.evidence import evidence_at
from casekit.export import budget_of, measure_usage, ration_quotes
from casekit.export.quotes import QUOTE_CHARS
from casekit.types import Cleaned, Doc, Metadata, Source, Span

TEXT = "".join(chr(0x4E00 + i) for i in range(200))  # 200 different characters, so every place is known by its words


def _doc(text: str = TEXT) -> Doc:
    return Doc(Source("a", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))


def _card(name: str, *places: tuple[str, int, int]) -> Case:
    doc = _doc()
    made: dict[str, list[Statement]] = {"actions": [], "results": [], "teaching": []}
    for section, start, end in places:
        kind = {"kind": "achieved", "certainty": "stated"} if section == "results" else {}
        made[section].append(Statement("说", (evidence_at(doc, start, end),), **kind))  # type: ignore[arg-type]
    return Case(name, Names(name, name, name), **{key: tuple(value) for key, value in made.items()})  # type: ignore[arg-type]


def _shown(cards: list[Case], **options: object) -> set[tuple[str, str]]:
    quotes = ration_quotes(cards, {"a": _doc()}, **options)  # type: ignore[arg-type]
    return {key for key, quoted in quotes.shown.items() if quoted.text is not None}


def test_results_are_quoted_first_and_the_rest_while_the_budget_lasts() -> None:
    card = _card("x", ("actions", 0, 10), ("actions", 20, 30), ("results", 40, 50))
    # 10 % of 200 characters are 20: the result and one action
    assert _shown([card]) == {("x", "results[0].evidence[0]"), ("x", "actions[0].evidence[0]")}


def test_cards_take_turns() -> None:
    one = _card("one", ("actions", 0, 10), ("actions", 20, 30))
    two = _card("two", ("actions", 40, 50), ("actions", 60, 70))
    assert _shown([one, two]) == {("one", "actions[0].evidence[0]"), ("two", "actions[0].evidence[0]")}


def test_words_quoted_twice_count_once() -> None:
    one, two = _card("one", ("actions", 0, 20)), _card("two", ("actions", 0, 20))
    quotes = ration_quotes([one, two], {"a": _doc()})
    assert [(u.chars, u.percent, u.left_out) for u in quotes.usage] == [(20, 10.0, 0)]
    assert quotes.warnings() == []


def test_all_quotes_everything_and_warns_none_quotes_nothing() -> None:
    card = _card("x", ("actions", 0, 30))
    quotes = ration_quotes([card], {"a": _doc()}, mode="all")
    assert quotes.usage[0].percent == 15.0
    assert len(quotes.warnings()) == 1
    assert "15.0%" in quotes.warnings()[0]
    assert _shown([card], mode="none") == set()


def test_long_evidence_is_never_cut_short_but_left_out() -> None:
    card = _card("x", ("actions", 0, QUOTE_CHARS + 1))
    assert _shown([card], percent=100) == set()
    assert _shown([_card("x", ("actions", 0, QUOTE_CHARS))], percent=100) == {("x", "actions[0].evidence[0]")}


def test_a_card_shows_the_same_words_once() -> None:
    card = _card("x", ("actions", 0, 10), ("teaching", 0, 10))
    read = ration_quotes([card], {"a": _doc()}).reader(card)
    assert read("actions[0]", card.actions[0].evidence)[0].text == TEXT[:10]
    again = read("teaching[0]", card.teaching[0].evidence)[0]
    assert again.text is None
    assert again.span == Span(0, 10)


def test_white_space_is_no_text() -> None:
    doc = _doc("甲 乙\n丙丁")
    assert [u.percent for u in measure_usage([("a", Span(0, 3))], {"a": doc}, percent=10).usage] == [50.0]


@given(
    st.lists(st.tuples(st.integers(0, 180), st.integers(1, 20)), min_size=1, max_size=12),
    st.floats(0, 100, allow_nan=False),
)
def test_no_budget_is_ever_exceeded(places: list[tuple[int, int]], percent: float) -> None:
    card = _card("x", *(("actions", start, start + length) for start, length in places))
    quotes = ration_quotes([card], {"a": _doc()}, percent=percent)
    assert all(one.percent <= percent + 1e-9 for one in quotes.usage)
    assert quotes.warnings() == []


@pytest.mark.parametrize("bad", [-1, 101, float("nan"), True])
def test_a_budget_outside_0_to_100_is_refused(bad: float) -> None:
    with pytest.raises(SettingError):
        ration_quotes([], {}, percent=bad)


def test_the_setting_is_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "casekit.toml"
    path.write_text('language = "zh"\n', "utf8")
    assert budget_of(path) == 10
    path.write_text("[quotes]\npercent = 4.5\n", "utf8")
    assert budget_of(path) == 4.5
    path.write_text('[quotes]\npercent = "viel"\n', "utf8")
    with pytest.raises(SettingError, match="percent"):
        budget_of(path)
    with pytest.raises(WorkspaceError):
        budget_of(tmp_path / "none.toml")
