"""Words and figures that a writer answers for himself, in `casebook/outside.yaml`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.check_samples import shelf

from casekit.casebook import load_cards
from casekit.check import OUTSIDE_NAME, Checker, exit_code, load_outside, text_draft
from casekit.errors import SourceError

ENTRIES = """- text: “我们的账要先给员工看。”
  reference: 作者 2025 年 6 月对店长的访谈
- text: 本店有31位店员
  reference: 作者的统计
"""
DRAFT = "店长说：“我们的账要先给员工看。”本店有31位店员。"


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    path = tmp_path / OUTSIDE_NAME
    path.write_text(ENTRIES, "utf-8")
    return Checker(shelf(), outside=load_outside(path))


def test_what_the_writer_has_noted_is_not_checked_and_never_fails(checker: Checker) -> None:
    found = checker.check(text_draft(DRAFT))
    assert [(f.kind, f.status) for f in found] == [("quote", "acknowledged"), ("figure", "acknowledged")]
    assert "访谈" in found[0].message
    assert exit_code(found, strict=True) == 0


def test_without_the_note_the_same_draft_fails() -> None:
    assert exit_code(Checker(shelf()).check(text_draft(DRAFT))) == 1


def test_a_changed_quotation_or_figure_is_no_longer_covered(checker: Checker) -> None:
    changed = DRAFT.replace("员工", "顾客").replace("31", "32")
    assert [f.status for f in checker.check(text_draft(changed))] == ["not-found", "unmatched"]


def test_a_missing_file_says_nothing_and_an_unusable_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / OUTSIDE_NAME
    assert load_outside(path) == ()
    path.write_text("- text: 只有原话\n", "utf-8")
    with pytest.raises(SourceError, match="1"):
        load_outside(path)
    assert load_cards(tmp_path) == []  # it is no card
