"""Fields beyond retail: a hospital, machine makers, a bank. Articles and drafts of our own invention, read like anybody's.

Floors: of the articles' own organisations (eight, eight, five) at most one a field is missing among the names and the
candidates, which is nine in ten of all; of figures whose digits were
changed about none is passed as fine; a plan or a rumour told as done is never passed either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.samples import make_workspace

from casekit.fold import fold_text
from casekit.workbench import Workbench

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
FIELDS = ("hospital", "machines", "bank")


@dataclass(frozen=True)
class Field:
    """A field's workspace, and what a reader expects of it."""

    bench: Workbench
    expected: Mapping[str, Any]
    draft: Path


@pytest.fixture(scope="module", params=FIELDS)
def field(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Field:
    folder = CORPORA / request.param
    bench = Workbench(make_workspace(tmp_path_factory.mktemp(request.param) / "ws"))
    bench.add(sorted(folder.glob("*.txt")))
    bench.build()
    return Field(bench, yaml.safe_load((folder / "expected.yaml").read_text("utf8")), folder / "draft.md")


def _statuses(field: Field) -> Iterator[tuple[str, str]]:
    """(text, status) of every figure of the draft."""
    ((_, findings),) = field.bench.check([field.draft])
    for one in findings:
        if one.kind == "figure":
            yield one.text, one.status


def _of(field: Field, text: str) -> list[str]:
    return [status for told, status in _statuses(field) if re.sub(r"\s", "", text) in re.sub(r"\s", "", told)]


def test_its_own_organisations_are_known_or_proposed(field: Field) -> None:
    named = {row["name"] for row in field.bench.mention_rows() if row["type"] in ("company", "org", "brand")}
    named |= {row["name"] for row in field.bench.candidates(weak=True)}
    wanted = {fold_text(name) for name in field.expected["organisations"]}
    missing = wanted - {fold_text(name) for name in named}
    assert len(missing) <= 1, missing


def test_figures_with_changed_digits_are_never_passed_as_fine(field: Field) -> None:
    for text in field.expected["swapped"]:
        found = _of(field, text)
        assert found, f"{text} is not looked at"
        assert "ok" not in found, text


def test_plans_and_rumours_told_as_done_are_never_passed_as_fine(field: Field) -> None:
    for text in field.expected["told_otherwise"]:
        assert "ok" not in _of(field, text), text


def test_figures_that_are_right_are_not_called_wrong(field: Field) -> None:
    fine = {"ok", "unproven", "unmatched"}
    for text in field.expected["right"]:
        assert set(_of(field, text)) <= fine, text


def test_values_units_hearsay_and_targets_are_read(field: Field) -> None:
    rows = field.bench.fact_rows()
    by_text = {(row["source"], re.sub(r"\s", "", row["text"])): row for row in rows}
    for one in field.expected["figures"]:
        assert by_text[one["source"], one["text"]]["value_min"] == one["value"]
    for text in field.expected["hearsay"]:
        assert "hearsay" in {row["certainty"] for row in rows if text in row["text"]}, text
    for text in field.expected["targets"]:
        assert {"target", "estimate"} & {row["kind"] for row in rows if text in row["text"]}, text
