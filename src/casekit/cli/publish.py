"""Commands that hand the casebook on: export to a file, the web site."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.casebook import Case
    from casekit.cli.selection import Place, Selection
    from casekit.export import Quotes
    from casekit.site import SiteContent
    from casekit.types import Doc
    from casekit.workbench import Workbench

__all__ = ["COMMANDS"]

_COMPARE = ("facets", "tools", "tactics", "frameworks", "metrics")
_QUOTES = ("short", "all", "none")


def _quote_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quotes",
        choices=_QUOTES,
        default="short",
        help=say(
            "案例和检索所得的原句:short 在每篇的引文上限之内(默认),all 全部,none 只给位置",
            "original sentences of cards and searches: short within each source's budget (default), all, none",
        ),
    )
    parser.add_argument(
        "--quote-percent",
        type=float,
        metavar="N",
        help=say(
            "每篇原文最多引用正文的百分之几,默认 10(casekit.toml 的 [quotes] percent)",
            "budget: percent of a source's body (10; casekit.toml: [quotes] percent)",
        ),
    )


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    from casekit.export import FORMATS, PRINTED_STYLES

    parser.add_argument(
        "cases",
        nargs="*",
        metavar="CASE",
        help=say("案例的编号或名称;什么都不选则为全部", "cases by id or name; all if nothing is chosen"),
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=say("写到这个文件;md 和 html 可不给", "file to write (md, html: stdout)")
    )
    parser.add_argument(
        "--format", choices=FORMATS, help=say("格式;不给则看文件结尾", "format; by default the file's ending")
    )
    parser.add_argument(
        "--compare",
        action="append",
        default=[],
        choices=_COMPARE,
        help=say("附上这些案例的比较表,可重复", "add a comparison of the cases; repeatable"),
    )
    parser.add_argument(
        "--no-cards", action="store_true", help=say("只要比较表,不要案例卡", "only the comparisons, no cards")
    )
    parser.add_argument(
        "--search", metavar="QUERY", help=say("附上检索到的段落", "add the passages that a query finds")
    )
    parser.add_argument(
        "-k", type=int, default=10, metavar="N", help=say("检索要几段,默认 10", "how many passages (10)")
    )
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="ID:START-END",
        help=say("附上这一处的引文,可重复", "add the quotation at this address; repeatable"),
    )
    parser.add_argument(
        "--list",
        metavar="FILE",
        help=say("附上文件里列的引文:每行一个位置,或 search --json 的结果", "addresses, one a line, or search --json"),
    )
    parser.add_argument("--title", help=say("文件的标题", "title of the document"))
    parser.add_argument(
        "--style", choices=PRINTED_STYLES, default="gbt7714-2025", metavar="STYLE", help=", ".join(PRINTED_STYLES)
    )
    parser.add_argument(
        "--font", metavar="NAME|FILE", help=say("PDF 用的中文字体或字体文件", "Chinese font or font file for PDF")
    )
    _quote_arguments(parser)


def _export(options: argparse.Namespace) -> int:
    from casekit.casebook import compare_cards, find_card
    from casekit.cli.selection import evidence_cards, held_back, select_places
    from casekit.export import References, casebook_document, format_of, render, save_document, sources_of

    format = options.format or (format_of(options.output) if options.output else "md")
    if options.output is None and (format in ("docx", "pdf") or options.json):
        raise UsageError(say("请用 -o 给出文件", "name the file with -o"))
    bench = open_workbench(options)
    selected = select_places(options, bench)
    places = selected.places
    all_cards = _cards(bench)
    chosen = [find_card(all_cards, name) for name in options.cases]
    if not chosen and (options.compare or options.no_cards or not places):
        chosen = all_cards
    if not chosen and not places:
        raise UsageError(say("没有可导出的案例卡", "there is no case card to export"))
    chosen = list(dict.fromkeys(chosen))
    matrices = [compare_cards(chosen, by) for by in dict.fromkeys(options.compare)]
    cards = [] if options.no_cards else chosen
    docs = _docs(bench, [*sources_of(chosen), *(source for source, _, _ in places)])
    quotes = _rationed(bench, cards, docs, options)
    held = held_back(selected, quotes, docs, mode=options.quotes)
    evidence = evidence_cards(bench, selected, docs, options.style, held, percent=quotes.percent)
    records = {record.id: record.to_json() for record in bench.catalogue}
    references = References(sources_of(cards, evidence, matrices), records, options.style)
    document = casebook_document(cards, quotes, references, matrices=matrices, evidence=evidence, title=options.title)
    warnings = _warnings(quotes, selected, docs, held, options)
    for warning in warnings:
        tell(warning)
    if options.output is None:
        sys.stdout.write(render(document, format).decode("utf-8"))
        return 0
    path = save_document(document, options.output, format, font=options.font)
    if options.json:
        emit(
            {
                "file": str(path),
                "format": format,
                "cases": [card.id for card in cards],
                "comparisons": list(dict.fromkeys(options.compare)),
                "quotations": len(evidence),
                "references": len(references),
                "warnings": warnings,
            }
        )
    else:
        tell(say(f"已写入 {path}", f"written to {path}"))
    return 0


# ---- what goes in ----------------------------------------------------------------------------------------------------
def _cards(bench: Workbench) -> list[Case]:
    from casekit.casebook import load_cards

    return load_cards(bench.workspace.root / "casebook")


def _docs(bench: Workbench, sources: list[str]) -> dict[str, Doc]:
    """The named sources whose file is in the workspace."""
    found = {}
    for source in dict.fromkeys(sources):
        record = bench.catalogue.get(source)
        if record is not None and record.file is not None:
            found[source] = bench.doc(source)
    return found


def _percent(bench: Workbench, options: argparse.Namespace) -> float:
    from casekit.export import budget_of
    from casekit.workspace import SETTINGS_NAME

    given: float | None = options.quote_percent
    return given if given is not None else budget_of(bench.workspace.root / SETTINGS_NAME)


def _rationed(bench: Workbench, cards: list[Case], docs: dict[str, Doc], options: argparse.Namespace) -> Quotes:
    from casekit.export import ration_quotes

    return ration_quotes(cards, docs, mode=options.quotes, percent=_percent(bench, options))


def _warnings(
    quotes: Quotes, selected: Selection, docs: dict[str, Doc], held: set[Place], options: argparse.Namespace
) -> list[str]:
    """Sources of which the document quotes too much, cards and selected quotations together; what was held back."""
    from casekit.cli.selection import printed_span
    from casekit.export import measure_usage

    if not selected.places:
        return quotes.warnings()
    spans = [(q.source, q.span) for q in quotes.shown.values() if q.text is not None]
    spans += [(place[0], printed_span(place, docs)) for place in selected.places if place not in held]
    told = measure_usage(spans, docs, percent=quotes.percent).warnings(way_out=options.quotes == "all")
    if held and options.quotes == "short":
        n = len(held)
        told.append(
            say(
                f"{n} 段检索结果只给了位置:再引就超过该来源正文的 {quotes.percent:g}%;--quotes all 全部引出",
                f"{n} of the passages found are shown as addresses: quoting them would go beyond {quotes.percent:g} % of their "
                "source's body; --quotes all quotes them all",
            )
        )
    return told


# ---- the site --------------------------------------------------------------------------------------------------------
def _site_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("build", "serve"),
        help=say("建成文件夹;或在本机打开看", "build a folder; or show it on this machine"),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help=say(
            "网站的文件夹;build 默认是工作区里的 site,serve 默认临时现建",
            "the site's folder (build: site in the workspace; serve: made afresh for the time being)",
        ),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8765,
        metavar="N",
        help=say("serve 的端口,默认 8765,0 为任选", "port (8765; 0: any)"),
    )
    parser.add_argument("--title", help=say("网站的名称", "the site's title"))
    _quote_arguments(parser)


def _site(options: argparse.Namespace) -> int:
    from casekit.site import build_site

    if options.action == "serve":
        return _serve(options)
    bench = open_workbench(options)
    report = build_site(_content(bench, options), options.output or bench.workspace.root / "site")
    for warning in report.warnings:
        tell(warning)
    if options.json:
        emit({**asdict(report), "folder": str(report.folder)})
    else:
        tell(
            say(
                f"已建成 {report.pages} 页,{report.cases} 个案例:{report.folder / 'index.html'}",
                f"built {report.pages} pages, {report.cases} cases: {report.folder / 'index.html'}",
            )
        )
    return 0


def _serve(options: argparse.Namespace) -> int:
    from casekit.site import build_site

    if options.output is not None:
        return _run_server(Path(options.output), options)
    with tempfile.TemporaryDirectory(prefix="casekit-site-") as folder:
        for warning in build_site(_content(open_workbench(options), options), folder).warnings:
            tell(warning)
        return _run_server(Path(folder), options)


def _run_server(folder: Path, options: argparse.Namespace) -> int:
    from casekit.site import open_server

    with open_server(folder, options.port) as server:
        if options.json:
            emit({"url": server.url})
            sys.stdout.flush()
        tell(say(f"{server.url}(只有本机能看;Ctrl-C 结束)", f"{server.url} (this machine only; Ctrl-C ends it)"))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _content(bench: Workbench, options: argparse.Namespace) -> SiteContent:
    from casekit.export import sources_of
    from casekit.site import SiteContent, Study

    cards = _cards(bench)
    if not cards:
        raise UsageError(say("casebook 里还没有案例卡", "the casebook holds no card yet"))
    cited = sources_of(cards)
    named = dict.fromkeys(card.study for card in cards if card.study)
    docs = _docs(bench, cited)
    studies = {
        source: Study(source, doc.cleaned.metadata.title or source, doc.text)
        for source, doc in _docs(bench, [s for s in named if s]).items()
    }
    return SiteContent(
        cards=tuple(cards),
        quotes=_rationed(bench, cards, docs, options),
        records={record.id: record.to_json() for record in bench.catalogue},
        metadata={record.id: record.metadata for record in bench.catalogue},
        imported=frozenset(docs),
        others=sum(r.id not in cited and r.id not in named for r in bench.catalogue),
        studies=studies,
        lexicon=bench.lexicon,
        title=options.title or "",
    )


COMMANDS = (
    Command("export", "案例与引文导出为文件", "cases and quotations as a file", _export_arguments, _export, "case"),
    Command("site", "案例网站", "the casebook as a web site", _site_arguments, _site, "case"),
)
