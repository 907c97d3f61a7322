"""The report of a draft as one HTML page that needs nothing else: findings in groups to be worked through, and the draft marked."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Final, Literal, get_args

from casekit.check.records import Draft, Finding, Status
from casekit.check.report import counts_line
from casekit.check.telling import place_label, status_label, told_lines
from casekit.language import current, say

__all__ = ["to_html"]

Group = Literal["wrong", "open", "worded", "told", "fine"]
_ORDER: Final = get_args(Status)
# The page carries its style and script; nothing is fetched, whatever a draft holds.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def to_html(draft: Draft, findings: Sequence[Finding], *, titles: Mapping[str, str] | None = None) -> str:
    """One HTML page that needs nothing else: counts, findings grouped by verdict, and the draft with its findings marked.

    It can be worked through with buttons and keys (j and k for the next and the one before, 1 only what is wrong, 2 only what is
    not verified, 0 all); without its script it is a plain list.

    Args:
        draft: The draft.
        findings: Its findings, in order of place.
        titles: Source id to title, for reading; ids are shown where it lacks one.
    """
    e = html.escape
    language = "en" if current() == "en" else "zh-Hans"
    heading = say(f"核对报告：{draft.name}", f"Check report: {draft.name}")
    parts = [
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{e(heading)}</title><style>{_asset('report.css')}</style></head><body>",
        f"<h1>{e(heading)}</h1><p>{e(counts_line(findings))}</p>{_navigation(findings)}",
        *_sections(draft, findings, titles or {}),
        f"<h2>{say('草稿', 'The draft')}</h2>",
        f'<div class="draft">{_marked(draft, findings)}</div>',
        f"<script>{_asset('report.js')}</script></body></html>\n",
    ]
    return "".join(parts)


def _asset(name: str) -> str:
    return (files("casekit") / "data" / "report" / name).read_text("utf-8")


def group_of(finding: Finding) -> Group:
    """What there is to do about it: wrong, not verified, the writer's own, or nothing."""
    if finding.wrong:
        return "wrong"
    settled: dict[Status, Group] = {"ok": "fine", "acknowledged": "told", "other-wording": "worded"}
    return settled.get(finding.status, "open")


def _group_label(group: Group) -> str:
    labels: dict[Group, str] = {
        "wrong": say("有误", "Wrong"),
        "open": say("没有核实", "Not verified"),
        "worded": say("用词不同（另一地区的说法）", "Other wording (of the other region)"),
        "told": say("这里不核对（作者已注明）", "Not checked here (acknowledged)"),
        "fine": say("一致", "Agrees"),
    }
    return labels[group]


def _navigation(findings: Sequence[Finding]) -> str:
    counts = Counter(group_of(finding) for finding in findings)
    labels = {
        "all": say("全部", "All"),
        "wrong": say("只看有误", "Only wrong"),
        "open": say("只看没有核实", "Only not verified"),
        "told": say("只看作者注明", "Only acknowledged"),
    }
    amounts = {"all": len(findings)} | {str(group): n for group, n in counts.items()}
    only = "".join(
        f'<button data-only="{name}" aria-pressed="{"true" if name == "all" else "false"}">{label} {amounts.get(name, 0)}</button>'
        for name, label in labels.items()
    )
    keys = say(
        "按键：j 下一处，k 上一处，1 只看有误，2 只看没有核实，3 只看作者注明，0 全部，回车到稿中该处",
        "Keys: j next, k previous, 1 only wrong, 2 only not verified, 3 only acknowledged, 0 all, Enter shows it in the draft",
    )
    return (
        f'<nav hidden><button data-step="-1">{say("上一处", "Previous")}</button><button data-step="1">{say("下一处", "Next")}'
        f"</button>{only}<output></output><small>{keys}</small></nav>"
    )


def _sections(draft: Draft, findings: Sequence[Finding], titles: Mapping[str, str]) -> list[str]:
    """One section a group, one list a verdict in it, in the order of the draft."""
    numbered = sorted(enumerate(findings), key=lambda item: _ORDER.index(item[1].status))
    parts = []
    for group in get_args(Group):
        own = [(n, finding) for n, finding in numbered if group_of(finding) == group]
        if not own:
            continue
        parts.append(f'<section data-group="{group}"><h2>{html.escape(_group_label(group))} {len(own)}</h2>')
        for status, members in groupby(own, key=lambda item: item[1].status):
            held = list(members)
            if group in ("wrong", "open"):
                parts.append(f"<h3>{html.escape(status_label(status))} {len(held)}</h3>")
            parts += [_article(draft, n, finding, titles) for n, finding in held]
        parts.append("</section>")
    return parts


def _article(draft: Draft, n: int, finding: Finding, titles: Mapping[str, str]) -> str:
    e = html.escape
    group = group_of(finding)
    where = place_label(draft.place(finding.start)) or str(finding.start)
    first, *more = told_lines(finding, titles)
    lines = "".join(f"<p>{e(line)}</p>" for line in more)
    return (
        f'<article id="f{n}" class="{group}" data-group="{group}" data-mark="m{n}" tabindex="-1">'
        f'<p><a href="#m{n}">{e(where)}</a> {e(first)}</p>{lines}</article>'
    )


def _marked(draft: Draft, findings: Sequence[Finding]) -> str:
    e = html.escape
    pieces: list[str] = []
    at = 0
    for n, finding in enumerate(findings):
        if finding.start < at:
            pieces.append(f'<span id="m{n}"></span>')  # inside a finding that is already marked
            continue
        title = e(f"[{status_label(finding.status)}] {finding.message}")
        pieces += (
            e(draft.text[at : finding.start]),
            f'<mark id="m{n}" class="{group_of(finding)}" title="{title}">{e(draft.text[finding.start : finding.end])}</mark>',
        )
        if finding.wrong:
            pieces.append(f'<sup><a href="#f{n}">[{e(status_label(finding.status))}]</a></sup>')
        at = finding.end
    pieces.append(e(draft.text[at:]))
    return "".join(pieces)
