"""`casekit check`: drafts held against the corpus."""

from __future__ import annotations

import argparse
from pathlib import Path

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

__all__ = ["COMMANDS"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("drafts", nargs="+", metavar="DRAFT", help=".md .txt .docx .ipynb")
    parser.add_argument("--all", action="store_true", help=say("无误的也列出来", "list what is right, too"))
    parser.add_argument(
        "--html", metavar="FILE", help=say("另写一份 HTML 报告(一份草稿)", "write an HTML report, too (one draft)")
    )
    parser.add_argument(
        "--annotate",
        metavar="FILE",
        help=say("另写一份带批注的 Word(一份 .docx 草稿)", "write a Word copy with comments (one .docx draft)"),
    )


def _check(options: argparse.Namespace) -> int:
    from casekit.check import annotate_docx, exit_code, summary_lines, to_html, to_rows
    from casekit.workspace import write_atomically

    if len(options.drafts) > 1 and (options.html or options.annotate):
        raise UsageError(
            say("--html 和 --annotate 一次只能用于一份草稿", "--html and --annotate take one draft at a time")
        )
    bench = open_workbench(options)
    rows = []
    code = 0
    for draft, findings in bench.check(options.drafts):
        code = max(code, exit_code(findings))
        if options.json:
            rows += [{**row, "draft": draft.name} for row in to_rows(findings)]
        else:
            for line in summary_lines(draft, findings, all_findings=options.all):
                print(line)
        if options.html:
            titles = {record.id: record.metadata.title or record.id for record in bench.sources()}
            write_atomically(Path(options.html), to_html(draft, findings, titles=titles))
            tell(say(f"报告已写入 {options.html}", f"the report is in {options.html}"))
        if options.annotate:
            n = annotate_docx(options.drafts[0], options.annotate, findings, all_findings=options.all)
            tell(say(f"{n} 条批注已写入 {options.annotate}", f"{n} comments are in {options.annotate}"))
    if options.json:
        emit(rows)
    return code


COMMANDS = (
    Command("check", "核对草稿里的引文与数字", "check quotations and figures of drafts", _arguments, _check, "ask"),
)
