"""Reported faults of the draft checker, each with its right answer; and the same kinds in drafts of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.check_samples import doc_of, shelf

from casekit.check import Checker, MemoryCorpus, read_draft, text_draft

FAULTS = Path(__file__).resolve().parents[3] / "shared" / "cases" / "faults"


@pytest.mark.skipif(not FAULTS.exists(), reason="needs ../shared/cases/faults")
@pytest.mark.parametrize(
    ("name", "draft", "found"),
    [
        ("check-nested-quotation", "draft.md", ["ok", "ambiguous"]),
        ("check-wrong-year-ok", "draft.md", ["other-period", "other-period", "direction"]),
        ("docx-draft-strike", "draft.docx", ["unmatched", "ok"]),
    ],
)
def test_reported_faults_are_gone(name: str, draft: str, found: list[str]) -> None:
    source = doc_of("src", (FAULTS / name / "src.txt").read_text("utf-8"))
    findings = Checker(MemoryCorpus([source])).check(read_draft(FAULTS / name / draft))
    assert [finding.status for finding in findings] == found


def test_a_quotation_in_a_quotation_is_judged_itself_and_one_never_closed_is_named() -> None:
    text = (
        "海棠网的报道这样写：“顾远山说：‘门店不是越多越好，每一家都要算得清自己的账。’”\n\n"
        "顾远山说：“门店不是越多越好，每一家都要算得清自己的账。"
    )
    assert [f.status for f in Checker(shelf()).check(text_draft(text, markdown=True))] == ["ok", "ambiguous"]
