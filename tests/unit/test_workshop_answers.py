"""Checking answers without a key: forms of answers, digests, feedback."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.workshop_sample import cheap_digests

from casekit.errors import SettingError
from casekit.workshop import check, open_checks
from casekit.workshop.answers import Question, canonical
from casekit.workshop.judging import Checks
from casekit.workshop.sealing import seal, sealed_of, unseal

SALT = "ab" * 16
SENTENCES = {"E1": "到年底，用户达到60万。", "E3": "增长了30%。", "E12": "据说明年翻一番。"}
with cheap_digests():
    _ONE, _TWO = seal(SALT, "q1/1", "c", "句子直说其事"), seal(SALT, "q1/2", "23.1", "分母变了")
    _SET = sealed_of(SALT, "q2/*", "a,c")
MAPPING = Question(
    "mapping", ("1", "2"), {"2": 1}, {"1": _ONE[0], "2": _TWO[0]}, {"1": _ONE[1], "2": _TWO[1]}, {"2": "先想分母"},
    {"1": ("E1",), "2": ("E3",)}, "一题", {"1": "甲", "2": "乙"}, {"C": "丙", "D": "丁"},
)  # fmt: skip
SET = Question("set", (), {}, {"*": _SET})
CHECKS = Checks(
    SALT, {"q1": MAPPING, "q2": SET, "q3": Question("essay"), "q4": Question("open", ("1",))}, sentences=SENTENCES
)


pytestmark = pytest.mark.usefixtures("quick_digests")


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


def test_each_part_is_answered_for_by_itself_with_the_sentence_that_decides() -> None:
    feedback = CHECKS.check("q1", {"1": "D", "2": "23.1"})
    assert feedback.status == "wrong"
    assert [one.right for one in feedback.items] == [False, True]
    wrong, right = (one.told for one in feedback.items)
    assert "E1「到年底，用户达到60万。」" in wrong
    assert "句子直说其事" not in wrong  # the reason opens to the right answer only
    assert "E3「增长了30%。」" in right
    assert "分母变了" in right


def test_a_wrong_number_hears_the_hint_and_not_the_result() -> None:
    for value in ("23.2", "-23.1"):
        feedback = CHECKS.check("q1", {"1": "C", "2": value})
        assert [one.right for one in feedback.items] == [True, False]
        assert "先想分母" in feedback.items[1].told
        assert "23.1" not in str(feedback).replace(value, "")


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


def test_what_is_filled_in_is_answered_for_even_if_the_rest_is_blank() -> None:
    feedback = CHECKS.check("q1", {"1": "", "2": "23.1"})
    assert feedback.status == "blank"
    assert [one.right for one in feedback.items] == [None, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("E1 说做到了，Ｅ１２ 是传闻", ("E1「到年底，用户达到60万。」", "E12「据说明年翻一番。」")),
        ("E1 和 E9", ("E9",)),
        ("没有证据", ()),
        ("短", ()),
    ],
)
def test_a_text_is_never_marked_and_its_evidence_is_put_beside_it(text: str, told: tuple[str, ...]) -> None:
    feedback = CHECKS.check("q3", text)
    assert feedback.status == "seen"
    assert not feedback
    for words in told:
        assert any(words in one.told for one in feedback.items)
    assert all(one.right is None for one in feedback.items)


def test_what_is_open_is_not_marked() -> None:
    assert CHECKS.check("q4", {"1": "A"}).status == "seen"


def test_an_unknown_exercise_is_named() -> None:
    with pytest.raises(SettingError, match="q9"):
        CHECKS.check("q9", "A")


def test_checks_survive_json_and_hold_no_answer() -> None:
    text = CHECKS.to_json()
    assert Checks.of_json(text) == CHECKS
    assert text.isascii()
    told = json.loads(text)["questions"]["q1"]
    assert told["digests"] == dict(MAPPING.digests)
    assert "\\u5206\\u6bcd\\u53d8\\u4e86" not in text
    assert "23.1" not in text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version":3}', '{"version":2,"salt":"x","questions":{"q1":{}}}', "null"]
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
    hostile = Checks(SALT, {"q<b>": Question("mapping", ("1",), {}, {"1": "00"}, {}, {"1": "<script>"})})
    shown = hostile.check("q<b>", {"1": "A"})._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_the_same_answer_has_another_digest_in_another_place_and_workshop() -> None:
    # expected: three different values, since salt and place both enter the hash
    assert len({sealed_of(SALT, "q1/1", "a"), sealed_of(SALT, "q1/2", "a"), sealed_of("cd" * 16, "q1/1", "a")}) == 3


@given(st.text(max_size=200), st.text(min_size=1, max_size=8))
def test_a_reason_opens_to_its_answer_alone(reason: str, answer: str) -> None:
    reason = reason.encode("utf-8", "ignore").decode("utf-8")
    answer = answer.encode("utf-8", "ignore").decode("utf-8") or "x"
    _, sealed = seal(SALT, "q1/1", answer, reason)
    assert unseal(SALT, "q1/1", answer, sealed) == reason
    if len(reason) > 4:  # shorter ones may fall together by chance
        assert unseal(SALT, "q1/1", f"{answer}!", sealed) != reason


@given(st.dictionaries(st.sampled_from("123456"), st.sampled_from("ABCDEFG"), min_size=1))
def test_the_canonical_form_depends_on_parts_and_values_alone(answer: dict[str, str]) -> None:
    parts = tuple(sorted(answer))
    told = canonical("mapping", answer, parts, {})
    assert told == ";".join(f"{part}={answer[part].lower()}" for part in parts)
    assert canonical("mapping", dict(reversed(answer.items())), parts, {}) == told
