"""Findings for machines (JSON rows) and for a terminal (lines)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

from casekit.check.records import Draft, Finding, Status
from casekit.check.telling import place_label, shortened, status_label, told_sentences
from casekit.language import say

__all__ = ["counts_line", "exit_code", "summary_lines", "to_rows"]


def to_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as `casekit check --json` prints them."""
    return [asdict(finding) for finding in findings]


def exit_code(findings: Sequence[Finding], *, strict: bool = False) -> int:
    """1 where something is wrong, else 0; with `strict` also where something is not verified or worded otherwise.

    What the writer has acknowledged is never an error.
    """
    fine = ("ok", "acknowledged")
    return int(any(finding.wrong or (strict and finding.status not in fine) for finding in findings))


def summary_lines(
    draft: Draft, findings: Sequence[Finding], *, all_findings: bool = False, strict: bool = False
) -> list[str]:
    """One line for each finding that is wrong (of a figure also both sentences), what is not checked here, then the counts.

    Args:
        draft: The draft.
        findings: Its findings.
        all_findings: Whether to list what is right, too.
        strict: Whether to list what is not verified, too.
    """
    lines = []
    own = [finding for finding in findings if finding.status == "acknowledged"]
    for finding in findings:
        if finding.status != "acknowledged" and (finding.wrong or all_findings or exit_code([finding], strict=strict)):
            head = f"{_where(draft, finding)} [{status_label(finding.status)}]"
            lines.append(f"{head} {shortened(finding.text)} — {finding.message}")
            both = [f"    {label}{sentence}" for label, sentence in told_sentences(finding)]
            lines += [*both[:-1], f"{both[-1]} [{finding.address}]"] if both else []
    if own:
        lines.append(f"{draft.name}{say('：这里不核对', ': not checked here')}")
        lines += [f"    {_where(draft, finding)} {shortened(finding.text)} — {finding.message}" for finding in own]
    lines.append(f"{draft.name}: {counts_line(findings)}")
    return lines


def counts_line(findings: Sequence[Finding]) -> str:
    """How many quotations and figures there are of each verdict."""
    if not findings:
        return say("没有引文或数字", "no quotations or figures")
    counts = Counter((finding.kind, finding.status) for finding in findings)
    parts = []
    for kind, label in (("quote", say("引文", "quotations")), ("figure", say("数字", "figures"))):
        own = [(status, n) for (k, status), n in counts.items() if k == kind]
        if own:
            order = get_args(Status)
            shown = say("、", ", ").join(
                f"{status_label(status)} {n}" for status, n in sorted(own, key=lambda item: order.index(item[0]))
            )
            parts.append(f"{label} {sum(n for _, n in own)}{say('（', ' (')}{shown}{say('）', ')')}")
    return say("；", "; ").join(parts)


def _where(draft: Draft, finding: Finding) -> str:
    return f"{draft.name} {place_label(draft.place(finding.start))}".rstrip()
