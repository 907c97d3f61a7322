"""Twelve selections of cases from other trades: nothing about other cases, no key on hearsay or retellings, nothing overfull,
no evidence missing; where the cases carry fewer exercises, that is said."""

from __future__ import annotations

import re
from functools import cache

import pytest
from tests.unit.trades_sample import SELECTIONS, SOURCES, cards, material_of
from tests.unit.workshop_sample import cheap_digests

from casekit.workshop.answers import MARKED
from casekit.workshop.audit import audit
from casekit.workshop.deck import deck_of
from casekit.workshop.editions import asked_of, checks_of, keys_of, participant_edition, sentences_of
from casekit.workshop.leaks import leaks_in, secrets_of
from casekit.workshop.master import Made, Plan, make_master
from casekit.workshop.package import make_package
from casekit.workshop.pages import handouts
from casekit.workshop.tasks import KINDS

NUMBERS = range(len(SELECTIONS))


@cache
def made(number: int) -> Made:
    chosen, framework, level = SELECTIONS[number]
    return make_master(material_of(chosen, framework), Plan(240, "", 5, level))


def others_of(chosen: tuple[str, ...]) -> dict[str, str]:
    return {card.name.zh_hans: card.id for card in cards().values() if card.id not in chosen and card.id != "reader"}


def test_the_selections_are_what_is_asked_for() -> None:
    assert len(SELECTIONS) == 12
    assert {len(chosen) for chosen, _, _ in SELECTIONS} == {1, 2, 3, 4}
    assert len({framework for _, framework, _ in SELECTIONS} - {None}) == 3
    assert len({level for _, _, level in SELECTIONS}) >= 2


@pytest.mark.parametrize("number", NUMBERS)
def test_the_check_finds_nothing_wrong(number: int) -> None:
    chosen, _, _ = SELECTIONS[number]
    with cheap_digests():
        found = audit(made(number).notebook, SOURCES, others_of(chosen))
    assert [one.message for one in found if one.level == "wrong"] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_item_is_about_a_case_that_was_not_chosen(number: int) -> None:
    chosen, _, _ = SELECTIONS[number]
    notebook = made(number).notebook
    for key in keys_of(notebook).values():
        asked = asked_of(notebook, key.id)
        text = " ".join([*asked.items.values(), *asked.options.values()])
        assert not [name for name in others_of(chosen) if name in text and "青禾医院读后" not in text]
        assert {one["case"] for one in key.evidence} <= set(chosen)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_marked_key_rests_on_hearsay_or_a_retelling_unless_that_is_what_is_asked(number: int) -> None:
    for key in keys_of(made(number).notebook).values():
        if key.form not in MARKED:
            continue
        assert not {one["source"] for one in key.evidence} & {"retold"}
        for part, nature in key.natures.items():
            if nature == "hearsay":
                assert key.kind in ("figures", "contradiction")
                # and the key says so
                assert "据" in key.reasons[part] or "传闻" in key.reasons[part]
            if key.kind in ("growth", "match", "order"):
                assert nature in ("fact", "target")
                assert nature == "fact" or "目标" in asked_of(made(number).notebook, key.id).items[part]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_edition_has_the_evidence_and_every_slide_fits(number: int) -> None:
    notebook = made(number).notebook
    with cheap_digests():
        checks = checks_of(notebook)
        shown = participant_edition(notebook, checks)
    sentences, paper = sentences_of(notebook), "\n\n".join(handouts(shown, checks))
    for key in keys_of(notebook).values():
        for part in key.parts if key.form in MARKED else ():
            assert key.look[part]
            for mark in key.look[part]:
                assert sentences[mark] in checks.sentences.values()
                assert re.search(rf"\*\*{mark}\*\* [^\n]*\n\n> ", paper)
    assert [slide.title for slide in deck_of(shown.notebook) if slide.overfull] == []


def test_what_the_cases_do_not_carry_is_left_out_and_said() -> None:
    for number in NUMBERS:
        done = made(number)
        assert {one.kind for one in done.left_out} | {kind for _, kind, _ in done.exercises} == set(KINDS)
        assert all(one.reason for one in done.left_out)
    # hearsay alone, and a retelling alone, carry nothing that is marked
    for number, (chosen, _, _) in enumerate(SELECTIONS):
        if set(chosen) <= {"xiaoyan", "reader"}:
            assert {kind for _, kind, _ in made(number).exercises} <= {"argue", "grid"}
    # a case with figures of every kind carries at least four
    assert len(made(1).exercises) >= 4


def test_the_sums_of_a_manager_come_from_the_case() -> None:
    # by hand: (48 - 40) / 40 = 20 %, (60 - 48) / 48 = 25 %, 480,000 / 300 = 1,600; 9,600 / 12 = 800
    wanted = {"门诊量": {"20.0", "25.0", "1600.0"}, "产量": {"800.0"}}
    got: dict[str, set[str]] = {"门诊量": set(), "产量": set()}
    for number in NUMBERS:
        notebook = made(number).notebook
        for key in keys_of(notebook).values():
            if key.kind == "growth" and not isinstance(key.answer, tuple):
                for part, text in asked_of(notebook, key.id).items.items():
                    for name in got:
                        if f"“{name}”" in text:
                            got[name].add(key.answer[part])
    assert got["门诊量"] <= wanted["门诊量"]
    assert {"20.0", "25.0"} <= got["门诊量"]
    assert got["产量"] <= wanted["产量"]
    assert got["产量"]


def test_events_are_sorted_by_the_dates_that_were_taken_out_of_them() -> None:
    notebook = made(1).notebook
    key = next(one for one in keys_of(notebook).values() if one.kind == "order")
    options = asked_of(notebook, key.id).options
    assert not isinstance(key.answer, tuple)
    told = [options[letter] for letter in key.answer.values()]
    assert [re.search("信息科|导诊屏|化验", one)[0] for one in told] == ["信息科", "导诊屏", "化验"]  # type: ignore[index]  # each has one
    assert not any(re.search(r"\d", one) for one in told)


def test_what_was_only_tried_is_discussed_and_not_marked() -> None:
    notebook = made(2).notebook
    assert not any(
        "尝试" in text
        for key in keys_of(notebook).values()
        if key.form in MARKED
        for text in asked_of(notebook, key.id).items.values()
    )
    assert any("尝试" in cell.source for cell in notebook.of_part("questions"))  # fmt: skip


@pytest.mark.parametrize("number", [1, 10])
def test_nothing_leaks_into_any_edition(number: int) -> None:
    notebook = made(number).notebook
    secrets = secrets_of(notebook)
    with cheap_digests():
        files = make_package(notebook, papers=False).of("participant")
    assert [leak for name, data in files.items() for leak in leaks_in(name, data, secrets)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_answer_is_given_away_by_another_exercise_or_by_a_bound(number: int) -> None:
    notebook = made(number).notebook
    keys = {key.kind: key for key in keys_of(notebook).values()}
    if not {"figures", "contradiction"} <= keys.keys():
        return
    figures, summary = keys["figures"], keys["contradiction"]
    weighed = {mark for part, nature in figures.natures.items() if nature != "fact" for mark in figures.look[part]}
    again = {mark for part, nature in summary.natures.items() if nature != "fact" for mark in summary.look[part]}
    assert not weighed & again
    assert not any(word in text for text in asked_of(notebook, figures.id).items.values() for word in ("最高", "至少"))
