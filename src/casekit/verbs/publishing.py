"""The verbs `export` and `site`: cards and quotations as a file, the casebook as a web site."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import COMPARE_BY, FILES, SERVES, printed_styles
from casekit.verbs.telling import Act, Argument, Option, Verb, single

if TYPE_CHECKING:
    from casekit.address import Address
    from casekit.casebook import Case
    from casekit.export import Quotes
    from casekit.site import SiteContent, SiteReport
    from casekit.types import Doc
    from casekit.verbs.results import Published, Served
    from casekit.verbs.selecting import Selection
    from casekit.workbench import Workbench

__all__ = ["VERBS"]


# ---- export ---------------------------------------------------------------------------------------------------------
def _export(bench: Workbench, asked: Asked) -> Published:
    from casekit.casebook import compare_cards, find_card
    from casekit.export import References, casebook_document, glyph_warnings, render, save_document, sources_of
    from casekit.verbs.results import Published
    from casekit.verbs.selecting import evidence_cards, held_back, select_places

    format = _format(asked)
    selected = select_places(asked, bench)
    places = selected.places
    all_cards = _cards(bench)
    chosen = [find_card(all_cards, name) for name in asked["cases"]]
    if not chosen and (asked["compare"] or asked["no_cards"] or not places):
        chosen = all_cards
    if not chosen and not places:
        raise UsageError(say("没有可导出的案例卡", "there is no case card to export"))
    chosen = list(dict.fromkeys(chosen))
    comparisons = tuple(dict.fromkeys(asked["compare"]))
    matrices = [compare_cards(chosen, by) for by in comparisons]
    cards = [] if asked["no_cards"] else chosen
    docs = _docs(bench, [*sources_of(chosen), *(place.source for place in places)])
    quotes = _rationed(bench, cards, docs, asked)
    held = held_back(selected, quotes, docs, mode=asked["quotes"])
    evidence = evidence_cards(bench, selected, docs, asked["style"], held, percent=quotes.percent)
    records = {record.id: record.to_json() for record in bench.catalogue}
    references = References(sources_of(cards, evidence, matrices), records, asked["style"])
    document = casebook_document(
        cards,
        quotes,
        references,
        matrices=matrices,
        evidence=evidence,
        title=asked["title"],
        author=asked["author"] or "",
        day=_day(asked),
    )
    glyphs = glyph_warnings(document, format, font=asked["font"])
    warnings = (*_warnings(quotes, selected, docs, held, asked), *glyphs)
    path, text = None, ""
    if asked["output"] is None:
        text = render(document, format).decode("utf-8")
    else:
        path = save_document(document, asked["output"], format, font=asked["font"])
    ids = tuple(card.id for card in cards)
    return Published(path, format, ids, comparisons, len(evidence), len(references), warnings, text)


def _day(asked: Asked) -> str:
    """The day that the document says it was made."""
    from datetime import date

    return asked["date"] or date.today().isoformat()


def _format(asked: Asked) -> Any:
    from casekit.export import format_of

    format = asked["format"] or (format_of(asked["output"]) if asked["output"] else "md")
    if asked["output"] is None and format in ("docx", "pdf", "pptx"):
        raise UsageError(say("请用 -o 给出文件", "name the file with -o"))
    return format


def _published_json(bench: Workbench, asked: Asked, made: Published) -> dict[str, Any]:
    if made.path is None:
        raise UsageError(say("请用 -o 给出文件", "name the file with -o"))
    return {
        "file": str(made.path),
        "format": made.format,
        "cases": list(made.cases),
        "comparisons": list(made.comparisons),
        "quotations": made.quotations,
        "references": made.references,
        "warnings": list(made.warnings),
    }


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


def _percent(bench: Workbench, asked: Asked) -> float:
    from casekit.export import budget_of
    from casekit.workspace import SETTINGS_NAME

    given: float | None = asked["quote_percent"]
    return given if given is not None else budget_of(bench.workspace.root / SETTINGS_NAME)


def _rationed(bench: Workbench, cards: list[Case], docs: dict[str, Doc], asked: Asked) -> Quotes:
    from casekit.export import ration_quotes

    return ration_quotes(cards, docs, mode=asked["quotes"], percent=_percent(bench, asked))


def _warnings(quotes: Quotes, selected: Selection, docs: dict[str, Doc], held: set[Address], asked: Asked) -> list[str]:
    """Sources of which the document quotes too much, cards and selected quotations together; what was held back."""
    from casekit.export import measure_usage
    from casekit.verbs.selecting import printed_span

    if not selected.places:
        return quotes.warnings()
    spans = [(q.source, q.span) for q in quotes.shown.values() if q.text is not None]
    spans += [(place.source, printed_span(place, docs)) for place in selected.places if place not in held]
    told = measure_usage(spans, docs, percent=quotes.percent).warnings(way_out=asked["quotes"] == "all")
    if held and asked["quotes"] == "short":
        n = len(held)
        told.append(
            say(
                f"{n} 段检索结果只给了位置：再引就超过该来源正文的 {quotes.percent:g}%；--quotes all 全部引出",
                f"{n} of the passages found are shown as addresses: quoting them would go beyond {quotes.percent:g} % of their "
                "source's body; --quotes all quotes them all",
            )
        )
    return told


# ---- the site -------------------------------------------------------------------------------------------------------
def _build(bench: Workbench, asked: Asked) -> SiteReport:
    from casekit.site import build_site

    return build_site(_content(bench, asked), asked["output"] or bench.workspace.root / "site")


def _serve(bench: Workbench, asked: Asked) -> Served:
    from casekit.verbs.results import Served

    if asked["output"] is not None:
        return Served(Path(asked["output"]), None, asked["port"])
    return Served(None, _content(bench, asked), asked["port"])


def _content(bench: Workbench, asked: Asked) -> SiteContent:
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
        quotes=_rationed(bench, cards, docs, asked),
        records={record.id: record.to_json() for record in bench.catalogue},
        metadata={record.id: record.metadata for record in bench.catalogue},
        imported=frozenset(docs),
        others=sum(r.id not in cited and r.id not in named for r in bench.catalogue),
        studies=studies,
        lexicon=bench.lexicon,
        title=asked["title"] or "",
    )


# ---- the verbs ------------------------------------------------------------------------------------------------------
def _formats() -> tuple[str, ...]:
    from casekit.export import FORMATS

    return tuple(FORMATS)


_QUOTES: Final = (
    Option(
        "--quotes",
        "choice",
        "案例和检索所得的原句：short 在每篇的引文上限之内（默认），all 全部，none 只给位置",
        "original sentences of cards and searches: short within each source's budget (default), all, none",
        default="short",
        choices=("short", "all", "none"),
    ),
    Option(
        "--quote-percent",
        "share",
        "每篇原文最多引用正文的百分之几，默认 10（casekit.toml 的 [quotes] percent）",
        "budget: percent of a source's body (10; casekit.toml: [quotes] percent)",
        metavar="N",
    ),
)
_EXPORT: Final = Act(
    do=_export,
    json=_published_json,
    zh="案例与引文导出为文件",
    en="cases and quotations as a file",
    example="export 沃尔玛 步步高 --compare tools -o 案例.docx",
    example_en="export Walmart 'Better Life' --compare tools -o cases.docx",
    shape='{"file","format","cases","comparisons","quotations","references","warnings"}',
    arguments=(
        Argument(
            "cases",
            "case",
            "案例的编号或名称；什么都不选则为全部",
            "cases by id or name; all if nothing is chosen",
            "CASE",
            0,
            None,
        ),
    ),
    options=(
        Option(
            "--output",
            "file",
            "写到这个文件；md 和 html 可不给",
            "file to write (md, html: stdout)",
            metavar="FILE",
            short="-o",
        ),
        Option(
            "--format",
            "choice",
            "格式；不给则看文件结尾",
            "format; by default the file's ending",
            choices=_formats,
        ),
        Option(
            "--compare",
            "choice",
            "附上这些案例的比较表，可重复",
            "add a comparison of the cases; repeatable",
            many=True,
            choices=COMPARE_BY,
        ),
        Option("--no-cards", "flag", "只要比较表，不要案例卡", "only the comparisons, no cards"),
        Option("--search", "text", "附上检索到的段落", "add the passages that a query finds", metavar="QUERY"),
        Option("-k", "number", "检索要几段，默认 10", "how many passages (10)", default=10, metavar="N"),
        Option(
            "--at",
            "text",
            "附上这一处的引文，可重复",
            "add the quotation at this address; repeatable",
            many=True,
            metavar="ID:START-END",
        ),
        Option(
            "--list",
            "file",
            "附上文件里列的引文：每行一个位置，或 search --json 的结果",
            "addresses, one a line, or search --json",
            metavar="FILE",
        ),
        Option("--title", "text", "文件的标题", "title of the document"),
        Option("--author", "text", "文件的作者，写在标题下", "who made it, below the title", metavar="NAME"),
        Option("--date", "date", "文件的日期，默认今天", "its date (today)", metavar="DATE"),
        Option(
            "--style",
            "style",
            "著录格式，默认 gbt7714-2025",
            "reference style (gbt7714-2025)",
            default="gbt7714-2025",
            choices=printed_styles,
            metavar="STYLE",
        ),
        Option(
            "--font",
            "file",
            "PDF 用的中文字体或字体文件",
            "Chinese font or font file for PDF",
            metavar="NAME|FILE",
        ),
        *_QUOTES,
    ),
    errors=("SourceError", "SettingError", "UnknownSourceError", "NotBuiltError"),
    tool=FILES,
)
_TITLE: Final = Option("--title", "text", "网站的名称", "the site's title")
_FOLDER: Final = Option(
    "--output",
    "file",
    "网站的文件夹；build 默认是工作区里的 site，serve 默认临时现建",
    "the site's folder (build: site in the workspace; serve: made afresh for the time being)",
    metavar="DIR",
    short="-o",
)

VERBS: Final = (
    single("export", "case", _EXPORT),
    Verb(
        name="site",
        zh="案例网站",
        en="the casebook as a web site",
        group="case",
        acts=(
            Act(
                name="build",
                do=_build,
                json=lambda bench, asked, report: {**asdict(report), "folder": str(report.folder)},
                zh="建成文件夹",
                en="build a folder",
                example="site build -o 网站",
                example_en="site build -o site",
                shape='{"folder","pages","cases","warnings",…}',
                options=(_FOLDER, _TITLE, *_QUOTES),
                errors=("SourceError", "WorkspaceError"),
                tool=FILES,
            ),
            Act(
                name="serve",
                do=_serve,
                json=lambda bench, asked, served: None,
                zh="在本机打开看",
                en="show it on this machine",
                example="site serve --port 0",
                shape='{"url"}',
                options=(
                    _FOLDER,
                    Option(
                        "--port",
                        "number",
                        "serve 的端口，默认 8765,0 为任选",
                        "port (8765; 0: any)",
                        default=8765,
                        metavar="N",
                    ),
                    _TITLE,
                    *_QUOTES,
                ),
                errors=("SourceError", "WorkspaceError"),
                tool=FILES,
                magic=SERVES,
            ),
        ),
    ),
)
