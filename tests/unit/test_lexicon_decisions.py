"""Decisions about candidate names: kept, replayed, checked. All names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from casekit.lexicon import Decision, LexiconError, apply_decisions, load_decisions, load_lexicon, save_decisions


def test_decisions_survive_the_file(tmp_path: Path) -> None:
    made = [
        Decision("accept", "青禾便利", "company"),
        Decision("reject", "大单品时代", note="口号"),
        Decision("merge", "沃记", into="walmart"),
    ]
    save_decisions(tmp_path / "lexicon" / "decisions.yaml", made)
    assert load_decisions(tmp_path / "lexicon" / "decisions.yaml") == made


def test_the_last_word_on_a_name_counts(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    save_decisions(path, [Decision("reject", "青禾"), Decision("accept", "「青禾」", "brand")])
    assert load_decisions(path) == [Decision("accept", "「青禾」", "brand")]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "none.yaml") == []


def test_accept_merge_and_reject_change_the_lexicon() -> None:
    lexicon = apply_decisions(
        load_lexicon(),
        [
            Decision("accept", "青禾便利", "company"),
            Decision("merge", "沃记", into="walmart"),
            Decision("reject", "优衣库"),
        ],
    )
    accepted, merged = lexicon.lookup("青禾便利"), lexicon.lookup("沃记")
    assert accepted is not None
    assert accepted.type == "company"
    assert merged is not None
    assert merged.id == "walmart"
    assert lexicon.lookup("优衣库") is None


def test_accepting_takes_a_rejection_back() -> None:
    lexicon = apply_decisions(load_lexicon(), [Decision("reject", "青禾"), Decision("accept", "青禾", "brand")])
    assert lexicon.lookup("青禾") is not None


def test_merging_into_nothing_is_an_error() -> None:
    with pytest.raises(LexiconError, match="nobody"):
        apply_decisions(load_lexicon(), [Decision("merge", "沃记", into="nobody")])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_merges_hold_in_whatever_order_the_file_has_them(order: tuple[int, ...]) -> None:
    made = (
        Decision("accept", "青禾便利", "company"),
        Decision("merge", "青禾", into="青禾便利"),
        Decision("merge", "小青禾", into="青禾"),  # which was merged itself since
    )
    lexicon = apply_decisions(load_lexicon(), [made[i] for i in order])
    assert {lexicon.lookup(name).name for name in ("青禾", "小青禾")} == {"青禾便利"}  # type: ignore[union-attr]


def test_merges_in_a_circle_are_an_error_and_no_endless_search() -> None:
    with pytest.raises(LexiconError, match="undo"):
        apply_decisions(
            load_lexicon(), [Decision("merge", "甲乙", into="丙丁"), Decision("merge", "丙丁", into="甲乙")]
        )


def test_a_workspace_replays_its_decisions(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "lexicon"
    save_decisions(folder / "decisions.yaml", [Decision("accept", "青禾便利", "company")])
    assert load_lexicon(tmp_path).lookup("青禾便利") is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("verdict: accept\n", "列表"),
        ("- {verdict: maybe, name: 甲}\n", "maybe"),
        ("- {verdict: reject}\n", "name"),
        ("- {verdict: accept, name: 甲}\n", "type"),
        ("- {verdict: merge, name: 甲}\n", "into"),
        ("- [\n", "YAML"),
        ("- 甲\n", "第 1 条"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=word):
        load_decisions(path)
