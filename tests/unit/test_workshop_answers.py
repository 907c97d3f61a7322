"""Checking answers without a key: forms of answers, digests, feedback."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.errors import SettingError
from casekit.workshop import check, open_checks
from casekit.workshop.answers import Checks, Question, canonical, digest

SALT = "ab" * 16
MAPPING = Question("mapping", ("1", "2"), {"2": 1}, digest(SALT, "q1", "1=c;2=23.1"), {"1": "看 E3", "*": "先读题"})
SET = Question("set", (), {}, digest(SALT, "q2", "a,c"))
ESSAY = Question("essay", marks=("E1", "E2", "E12"), least=2)
CHECKS = Checks(SALT, {"q1": MAPPING, "q2": SET, "q3": ESSAY})


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """No checks are left open for the next test."""
    yield
    open_checks()


@pytest.mark.parametrize(
    "answer",
    [
        {"1": "C", "2": "23.1"},
        {"1": "c", "2": 23.1},
        {"２": "２３．１％", "１": "Ｃ"},  # full width
        {1: " C ", 2: "23.08"},  # rounds half up to one decimal: 23.1
        ["C", "23.14"],
    ],
)
def test_an_answer_is_right_whatever_its_width_case_spacing_and_rounding(answer: object) -> None:
    assert CHECKS.check("q1", answer)


@pytest.mark.parametrize("answer", [{"1": "D", "2": "23.1"}, {"1": "C", "2": "23.2"}, {"1": "C", "2": "-23.1"}])
def test_a_wrong_answer_gets_the_hints_and_not_the_key(answer: object) -> None:
    feedback = CHECKS.check("q1", answer)
    assert feedback.status == "wrong"
    assert feedback.hints == ("先读题", "1：看 E3")
    assert "23.1" not in str(feedback).replace(str(answer), "")


@pytest.mark.parametrize("answer", [["A", "C"], ["c", "a", "a"], {"A", "C"}, "A、C", "AC", "ａ c"])
def test_a_set_is_right_in_any_order_and_spelling(answer: object) -> None:
    assert CHECKS.check("q2", answer)


@pytest.mark.parametrize("answer", [["A"], ["A", "B", "C"], "B"])
def test_a_set_with_too_few_or_too_many_is_wrong(answer: object) -> None:
    assert CHECKS.check("q2", answer).status == "wrong"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("q1", {"1": "", "2": ""}), ("q1", {}), ("q1", {"1": "C"}), ("q1", "C"), ("q1", {"1": "C", "2": "many"}), ("q2", []),
     ("q2", 7), ("q3", "  "), ("q1", {"1": "C", "2": "nan"})],
)  # fmt: skip
def test_what_is_not_filled_in_or_cannot_be_read_is_no_mistake(question: str, answer: object) -> None:
    assert CHECKS.check(question, answer).status == "blank"


def test_a_blank_part_is_told_where_to_look_once_something_is_filled_in() -> None:
    assert CHECKS.check("q1", {"1": "", "2": "23.1"}).hints == ("1：看 E3",)
    assert CHECKS.check("q1", {"1": "", "2": ""}).hints == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("E1 说做到了，E12 说是传闻", "seen"),
        ("e1 与 Ｅ１２", "seen"),
        ("E1、E1、E1", "wrong"),  # one piece of evidence, three times
        ("E1 和 E9", "wrong"),  # there is no E9
        ("没有证据", "wrong"),
    ],
)
def test_an_essay_must_cite_enough_evidence_that_exists(text: str, status: str) -> None:
    assert CHECKS.check("q3", text).status == status


def test_an_unknown_exercise_is_named() -> None:
    with pytest.raises(SettingError, match="q9"):
        CHECKS.check("q9", "A")


def test_checks_survive_json_and_hold_no_answer() -> None:
    text = CHECKS.to_json()
    assert Checks.of_json(text) == CHECKS
    assert text.isascii()
    told = json.loads(text)["questions"]["q1"]
    assert told["digest"] == MAPPING.digest
    assert "23.1" not in text
    assert '"c"' not in text.lower().replace('"decimals"', "")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version":2}', '{"version":1,"salt":"x","questions":{"q1":{}}}', "null"]
)
def test_damaged_checks_are_refused(text: str) -> None:
    with pytest.raises(SettingError):
        open_checks(text)


def test_the_functions_of_a_notebook() -> None:
    assert check("q1", {"1": "C"}).status == "no-key"
    open_checks(CHECKS.to_json())
    assert check("q1", {"1": "C", "2": 23.1})
    assert "✓" in repr(check("q2", "CA"))


def test_feedback_is_escaped_in_html() -> None:
    hostile = Checks(SALT, {"q<b>": Question("mapping", ("1",), {}, "00", {"1": "<script>"})})
    shown = hostile.check("q<b>", {"1": "A"})._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_the_same_answer_has_another_digest_in_another_exercise_and_workshop() -> None:
    # expected: three different values, since salt and exercise both enter the hash
    assert len({digest(SALT, "q1", "a"), digest(SALT, "q2", "a"), digest("cd" * 16, "q1", "a")}) == 3


@given(st.dictionaries(st.sampled_from("123456"), st.sampled_from("ABCDEFG"), min_size=1))
def test_the_canonical_form_depends_on_parts_and_values_alone(answer: dict[str, str]) -> None:
    parts = tuple(sorted(answer))
    told = canonical("mapping", answer, parts, {})
    assert told == ";".join(f"{part}={answer[part].lower()}" for part in parts)
    assert canonical("mapping", dict(reversed(answer.items())), parts, {}) == told
