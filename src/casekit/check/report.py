"""Findings for machines (JSON rows), for a browser (one HTML file) and for a terminal (lines)."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, get_args

from casekit.check.records import Draft, Finding, Place, Status
from casekit.language import current, say

__all__ = ["exit_code", "status_label", "summary_lines", "to_html", "to_rows"]

_COLOURS: Final[dict[Status, str]] = {
    "ok": "#d7f0d7",
    "unmatched": "#e8e8e8",
    "unproven": "#e8e8e8",
    "acknowledged": "#e8e8e8",
    "other-wording": "#e3ecf7",
    "ambiguous": "#fff0c2",
    "truncated": "#ffe0b8",
    "kind-changed": "#ffe0b8",
}
_WRONG_COLOUR: Final = "#ffcfcf"
_STYLE: Final = (
    "body{font:16px/1.7 'Noto Serif CJK SC','Songti SC',SimSun,serif;max-width:52em;margin:2em auto;padding:0 1em;color:#222}"
    "h1{font-size:1.4em}.draft{white-space:pre-wrap;border:1px solid #ddd;padding:1em}"
    "table{border-collapse:collapse;width:100%;font-size:.9em;margin:1em 0}td,th{border:1px solid #ddd;padding:.3em .5em;"
    "vertical-align:top;text-align:left}a{color:inherit}mark:target{outline:2px solid #06c}"
)
_SHOWN_CHARS: Final = 60  # of a quotation in a list; the whole stands in the text
_SENTENCE_CHARS: Final = 120  # of a sentence that a figure stands in


def to_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as `casekit check --json` prints them."""
    return [asdict(finding) for finding in findings]


def exit_code(findings: Sequence[Finding], *, strict: bool = False) -> int:
    """1 where something is wrong, else 0; with `strict` also where something is not verified or worded otherwise.

    What the writer has acknowledged is never an error.
    """
    fine = ("ok", "acknowledged")
    return int(any(finding.wrong or (strict and finding.status not in fine) for finding in findings))


def status_label(status: Status) -> str:
    """A status in the language in force."""
    labels: dict[Status, str] = {
        "ok": say("一致", "ok"),
        "altered": say("有改动", "altered"),
        "truncated": say("断章", "truncated"),
        "wrong-source": say("出处不符", "wrong source"),
        "wrong-speaker": say("说话人不符", "wrong speaker"),
        "retelling": say("转述", "a retelling, nobody's words"),
        "kind-changed": say("性质变了", "kind changed"),
        "not-found": say("找不到", "not found"),
        "ambiguous": say("有歧义", "ambiguous"),
        "other-subject": say("主体不符", "another subject"),
        "other-measure": say("指标不符", "another measure"),
        "other-period": say("时间不符", "another period"),
        "direction": say("升降相反", "turned round"),
        "other-wording": say("用词不同", "other wording"),
        "acknowledged": say("作者已注明", "acknowledged"),
        "unproven": say("没有核实", "not verified"),
        "unmatched": say("语料未提", "not verified: nothing comparable"),
    }
    return labels[status]


def summary_lines(
    draft: Draft, findings: Sequence[Finding], *, all_findings: bool = False, strict: bool = False
) -> list[str]:
    """One line for each finding that is wrong (of a figure also both sentences), then one with the counts.

    Args:
        draft: The draft.
        findings: Its findings.
        all_findings: Whether to list what is right, too.
        strict: Whether to list what is not verified, too.
    """
    lines = []
    for finding in findings:
        if finding.wrong or all_findings or exit_code([finding], strict=strict):
            where = _where(draft.place(finding.start))
            lines.append(
                f"{draft.name}{where} [{status_label(finding.status)}] {_shown(finding.text)} — {finding.message}"
            )
            lines += _sentences(finding)
    lines.append(f"{draft.name}: {_counts(findings)}")
    return lines


def _sentences(finding: Finding) -> list[str]:
    """Both sentences of a figure that is wrong."""
    if finding.kind != "figure" or not finding.wrong or finding.sentence is None or finding.source_sentence is None:
        return []
    return [
        say("    稿中：", "    draft: ") + _shown(finding.sentence, _SENTENCE_CHARS),
        say("    原文：", "    source: ") + _shown(finding.source_sentence, _SENTENCE_CHARS) + f" [{finding.address}]",
    ]


def _counts(findings: Sequence[Finding]) -> str:
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


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    n = place.number
    names = {
        "line": say(f"第 {n} 行", f"line {n}"),
        "paragraph": say(f"第 {n} 段", f"paragraph {n}"),
        "cell": say(f"单元 {n}", f"cell {n}"),
    }
    return " " + names[place.kind]


def _shown(text: str, most: int = _SHOWN_CHARS) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def to_html(draft: Draft, findings: Sequence[Finding], *, titles: Mapping[str, str] | None = None) -> str:
    """One HTML page that needs nothing else: the counts, a table of what is wrong, and the draft with its findings marked.

    Args:
        draft: The draft.
        findings: Its findings, in order of place.
        titles: Source id to title, for reading; ids are shown where it lacks one.
    """
    e = html.escape
    language = "en" if current() == "en" else "zh-Hans"
    heading = say(f"核对报告：{draft.name}", f"Check report: {draft.name}")
    parts = [
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{e(heading)}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{e(heading)}</h1><p>{e(_counts(findings))}</p>",
    ]
    wrong = [(n, finding) for n, finding in enumerate(findings) if finding.wrong]
    if wrong:
        head = (
            say("位置", "Place"),
            say("结果", "Result"),
            say("稿中", "Draft"),
            say("说明", "Explanation"),
            say("语料", "Corpus"),
        )
        parts.append("<table><tr>" + "".join(f"<th>{e(cell)}</th>" for cell in head) + "</tr>")
        for n, finding in wrong:
            cells = (
                f'<a href="#f{n}">{e(_where(draft.place(finding.start)).strip() or str(finding.start))}</a>',
                e(status_label(finding.status)),
                e(_shown(finding.text)),
                e(finding.message),
                e(_address(finding, titles or {})),
            )
            parts.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        parts.append("</table>")
    parts.append(f'<div class="draft">{_marked(draft, findings, titles or {})}</div></body></html>\n')
    return "".join(parts)


def _address(finding: Finding, titles: Mapping[str, str]) -> str:
    if finding.source is None:
        return ""
    return f"{titles.get(finding.source) or finding.source} [{finding.address}]"


def _marked(draft: Draft, findings: Sequence[Finding], titles: Mapping[str, str]) -> str:
    e = html.escape
    pieces: list[str] = []
    at = 0
    for n, finding in enumerate(findings):
        if finding.start < at:
            continue  # inside a finding that is already marked
        label = f"{status_label(finding.status)}: {finding.message} {_address(finding, titles)}".strip()
        colour = _COLOURS.get(finding.status, _WRONG_COLOUR)
        pieces += (
            e(draft.text[at : finding.start]),
            f'<mark id="f{n}" style="background:{colour}" title="{e(label)}">',
            e(draft.text[finding.start : finding.end]),
            "</mark>",
        )
        if finding.wrong:
            pieces.append(f"<sup>[{e(status_label(finding.status))}]</sup>")
        at = finding.end
    pieces.append(e(draft.text[at:]))
    return "".join(pieces)
