"""The verb `check`: drafts held against the corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import FILES
from casekit.verbs.telling import Act, Argument, Option, Tool, single

if TYPE_CHECKING:
    from casekit.check import Draft, Finding
    from casekit.verbs.results import Checked
    from casekit.workbench import Workbench

__all__ = ["VERBS"]


def _check(bench: Workbench, asked: Asked) -> list[Checked]:
    drafts = asked["drafts"]
    if asked["text"] or drafts == [_STDIN]:
        return [_checked_text(bench, asked)]
    if _STDIN in drafts:
        raise UsageError(
            say(
                "- 是标准输入，要单独核对，不能和文件放在一起",
                "- is standard input and is checked by itself, without files",
            )
        )
    if len(drafts) > 1 and (asked["html"] or asked["annotate"]):
        raise UsageError(
            say("--html 和 --annotate 一次只能用于一份草稿", "--html and --annotate take one draft at a time")
        )
    return [
        _checked(bench, asked, draft, list(findings), path)
        for path, (draft, findings) in zip(drafts, bench.check(drafts), strict=True)
    ]


def _checked_text(bench: Workbench, asked: Asked) -> Checked:
    from casekit.verbs.results import Checked

    if any(asked[name] for name in _OF_FILES):
        raise UsageError(
            say("--html、--annotate、--seal 用于草稿文件", "--html, --annotate and --seal are for files of drafts")
        )
    text = sys.stdin.read() if asked["text"] in (None, "", _STDIN) else asked["text"]
    draft, findings = bench.check_text(text, name=say("这段文字", "this text"))
    return Checked(draft, findings, asked["all"], strict=asked["strict"])


def _checked(bench: Workbench, asked: Asked, draft: Draft, findings: list[Finding], path: str) -> Checked:
    from casekit.verbs.results import Checked

    report, comments, sealed = None, None, None
    if asked["seal"]:
        sealed, draft, findings = bench.seal(path, draft, findings)
    titles = {}
    if asked["html"] or asked["annotate"]:
        titles = {record.id: record.metadata.title or record.id for record in bench.sources()}
    if asked["html"]:
        from casekit.check import to_html
        from casekit.writing import write_atomically

        report = Path(asked["html"])
        write_atomically(report, to_html(draft, findings, titles=titles))
    if asked["annotate"]:
        from casekit.check import annotate_docx

        n = annotate_docx(path, asked["annotate"], findings, all_findings=asked["all"], titles=titles)
        comments = Path(asked["annotate"]), n
    return Checked(draft, findings, asked["all"], report, comments, strict=asked["strict"], sealed=sealed)


def _json(bench: Workbench, asked: Asked, found: list[Checked]) -> list[dict[str, Any]]:
    from casekit.check import to_rows

    return [{**row, "draft": one.draft.name} for one in found for row in to_rows(one.findings)]


def _code(found: list[Checked]) -> int:
    from casekit.check import exit_code

    return max((exit_code(one.findings, strict=one.strict) for one in found), default=0)


_STDIN: Final = "-"
_OF_FILES: Final = ("html", "annotate", "seal")
_WRONG: Final = ("有一处引文或数字与语料不符", "a quotation or figure does not agree with the corpus")
_SHAPE: Final = (
    '[{"start","end","text","kind","status","difference","source","source_start","source_end","message",'
    '"compared":[{"field","verdict","draft","source"}],"sentence","source_sentence","draft"}]'
)
_ALL: Final = Option(
    "--all",
    "flag",
    "无误的也列出来",
    "list what is right, too",
    closed={"mcp": ("助手总是得到全部", "assistants get everything anyway")},
)
_STRICT: Final = Option(
    "--strict",
    "flag",
    "没有核实的数字也算错",
    "what is not verified is an error, too",
    closed={"mcp": ("助手看得到每一处的判定", "assistants see every verdict")},
)

_CHECK: Final = Act(
    do=_check,
    json=_json,
    zh="核对草稿里的引文与数字",
    en="check quotations and figures of drafts",
    example="check 稿件.md --all",
    example_en="check draft.md --all",
    shape=_SHAPE,
    arguments=(
        Argument(
            "drafts",
            "file",
            "草稿（.md .txt .docx .ipynb）；- 为标准输入",
            "drafts (.md .txt .docx .ipynb); - for standard input",
            "DRAFT",
            1,
            None,
        ),
    ),
    options=(
        Option(
            "--text",
            "text",
            "核对这段 Markdown 文字，不读文件；- 为标准输入",
            "check this text in Markdown instead of files; - for standard input",
            instead="drafts",
            metavar="TEXT",
        ),
        _ALL,
        _STRICT,
        Option(
            "--html",
            "file",
            "另写一份 HTML 报告（一份草稿）",
            "write an HTML report, too (one draft)",
            metavar="FILE",
        ),
        Option(
            "--annotate",
            "file",
            "另写一份带批注的 Word（一份 .docx 草稿）",
            "write a Word copy with comments (one .docx draft)",
            metavar="FILE",
        ),
        Option(
            "--seal",
            "flag",
            "给草稿里的“语料外”标注写上指纹，认定标注处的字句由作者负责",
            "write digests into the marks of the draft: the words they stand at are the writer's own to answer for",
            closed={"mcp": ("只有作者能为自己的话负责", "only the writer answers for his words")},
        ),
    ),
    code=_code,
    wrong=_WRONG,
    errors=("SourceError", "NotBuiltError", "WorkspaceError"),
    tool=FILES,
)


def _check_text(bench: Workbench, asked: Asked) -> list[Checked]:
    from casekit.verbs.results import Checked

    draft, findings = bench.check_text(asked["text"], markdown=not asked["plain"])
    return [Checked(draft, findings, asked["all"], strict=asked["strict"])]


_CELL: Final = Act(
    do=_check_text,
    json=_json,
    zh="核对一段文字里的引文与数字",
    en="check quotations and figures of a text",
    example="check --plain",
    shape=_SHAPE,
    arguments=(Argument("text", "text", "草稿，Markdown 或纯文字", "a draft, Markdown or plain", "TEXT"),),
    options=(
        Option("--plain", "flag", "文字不是 Markdown", "the text is no Markdown"),
        _ALL,
        _STRICT,
    ),
    code=_code,
    wrong=_WRONG,
    errors=("NotBuiltError",),
    tool=Tool(
        "check",
        "Every quotation and figure of a draft against the corpus: ok, altered, truncated, wrong source, kind changed …",
    ),
    shell=("命令行核对文件", "the command line checks files"),
)

VERBS: Final = (single("check", "ask", _CHECK, cell=_CELL),)
