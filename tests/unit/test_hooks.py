"""The hooks and the workflow that repositories of drafts take over: they ask only for what casekit has."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from casekit.check import DRAFT_SUFFIXES
from casekit.cli.parser import parse

ROOT = Path(__file__).resolve().parents[2]


def hooks() -> list[dict[str, str]]:
    return list(yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")))


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_a_hook_checks_every_format_of_drafts_and_nothing_else(hook: dict[str, str]) -> None:
    assert all(re.search(hook["files"], f"稿件{suffix}") for suffix in DRAFT_SUFFIXES)
    assert not re.search(hook["files"], "a.py")
    words = [*shlex.split(hook["entry"])[1:], "--workspace", "案例", "a.md", "b.docx"]
    asked = parse(words)
    assert asked.drafts == ["a.md", "b.docx"]


def test_the_pages_name_the_hooks_as_they_are_called() -> None:
    for language in ("zh", "en"):
        page = (ROOT / "docs" / language / "howto" / "pre-commit.md").read_text("utf-8")
        assert {hook["id"] for hook in hooks()} <= set(re.findall(r"\bcasekit-check(?:-system)?\b", page))
        assert "casekit-check.yml" in page


def test_the_workflow_asks_for_what_casekit_has() -> None:
    text = (ROOT / "docs" / "static" / "casekit-check.yml").read_text("utf-8")
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    lines = [line.strip() for step in steps for line in str(step.get("run", "")).splitlines()]
    asked = [line.partition(" || ")[0] for line in lines if line.startswith("casekit ")]
    assert [shlex.split(line)[1] for line in asked] == ["build", "check"]
    for line in asked:
        parse(shlex.split(line)[1:])
