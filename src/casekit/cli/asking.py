"""Commands that ask the corpus: search, similar passages, exact places, quotations."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from casekit.cli.common import emit, open_workbench, range_arguments, settle_range, tell
from casekit.cli.parser import Command, UsageError
from casekit.errors import SettingError
from casekit.language import say

__all__ = ["COMMANDS"]


# ---- search, like, find, kwic, quote --------------------------------------------------------------------------------
def _search_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "query", nargs="?", help=say("要找什么:问题、词、繁简英皆可", "what to look for, any script or English")
    )
    what.add_argument(
        "--batch", metavar="FILE", help=say('每行一个 {"id","query"} 的 JSONL', 'JSON Lines of {"id","query"}')
    )
    parser.add_argument("-k", type=int, default=10, metavar="N", help=say("要几段,默认 10", "how many passages (10)"))
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="ID",
        help=say("只在这个来源里找,可重复", "only this source; repeatable"),
    )
    for option, zh, en in (
        ("--company", "只要提到这家公司的段落", "only passages that name this company"),
        ("--tool", "只要提到这个工具的段落", "only passages that name this tool"),
        ("--tactic", "只要提到这个打法的段落", "only passages that name this tactic"),
        ("--person", "只要提到这个人的段落", "only passages that name this person"),
    ):
        parser.add_argument(option, action="append", default=[], metavar="NAME", help=say(zh, en))
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=("achieved", "target", "estimate", "size", "survey", "date"),
        help=say("只要含这类数字的段落", "only passages with a figure of this kind"),
    )
    parser.add_argument(
        "--since", metavar="DATE", help=say("只要此日期及以后的来源", "only sources of this date or later")
    )
    parser.add_argument(
        "--until", metavar="DATE", help=say("只要此日期及以前的来源", "only sources of this date or earlier")
    )
    parser.add_argument(
        "--facets", action="store_true", help=say("按类列出命中段落提到什么", "count what the hits name, by type")
    )


def _answer_json(query_id: str, answer: Any, facets: Any = None) -> dict[str, Any]:
    more = {} if facets is None else {"facets": facets}
    return {
        "id": query_id,
        "query": answer.query,
        "answerable": answer.answerable,
        "hits": [_hit_json(hit) for hit in answer.hits],
        **more,
    }


def _hit_json(hit: Any) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "score": hit.score,
        "source": hit.passage.source,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "text": hit.text,
        "quote": hit.quote,
        "heading": list(hit.passage.heading),
        "why": hit.why,
    }


def _search(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    filters: dict[str, Any] = {
        "sources": options.source,
        "since": options.since,
        "until": options.until,
        "naming": [*options.company, *options.tool, *options.tactic, *options.person],
        "kinds": options.kind,
    }
    if options.batch is not None:
        for query_id, query in _batch(Path(options.batch), options.k):
            answer = bench.search(query, options.k, **filters)
            if options.json:
                emit(_answer_json(query_id, answer, bench.facets(answer) if options.facets else None))
            else:
                best = answer.hits[0] if answer.hits else None
                at = f"{best.passage.source}:{best.passage.span.start}-{best.passage.span.end}" if best else "-"
                print(f"{query_id}\t{at}\t{query}")
        return 0
    answer = bench.search(options.query, options.k, **filters)
    if options.json:
        emit(_answer_json("", answer, bench.facets(answer) if options.facets else None))
        return 0
    from casekit.cli.screen import show_answer

    show_answer(answer, bench)
    if options.facets:
        from casekit.cli.figures import show_facets

        show_facets(bench.facets(answer))
    return 0


def _batch(path: Path, k: int) -> list[tuple[str, str]]:
    """The queries of a file, all of them checked before the first is answered."""
    from casekit.search import check_query

    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(say(f"读不到 {path}:{error}", f"cannot read {path}: {error}")) from error
    queries = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = say(f"{path} 第 {number} 行", f"{path} line {number}")
        try:
            row = json.loads(line)
            query_id, query = str(row["id"]), row["query"]
        except (ValueError, KeyError, TypeError, RecursionError):
            query = None
        if not isinstance(query, str):
            raise UsageError(where + say('不是 {"id","query"}', ' is not {"id","query"}'))
        try:
            check_query(query, k)
        except SettingError as error:
            raise UsageError(f"{where}: {error}") from error
        queries.append((query_id, query))
    return queries


def _like_arguments(parser: argparse.ArgumentParser) -> None:
    range_arguments(parser)
    parser.add_argument("-k", type=int, default=10, metavar="N", help=say("要几段,默认 10", "how many passages (10)"))


def _like(options: argparse.Namespace) -> int:
    settle_range(options)
    bench = open_workbench(options)
    hits = bench.like(options.id, options.start, options.end, options.k)
    if options.json:
        query = bench.text(options.id, options.start, options.end)
        emit({"id": "", "query": query, "answerable": bool(hits), "hits": [_hit_json(hit) for hit in hits]})
        return 0
    from casekit.cli.screen import show_hits

    show_hits(hits, bench)
    return 0


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text", metavar="TEXT", help=say("要找的原文,繁简、全半角、标点不计", "text to find, in any script")
    )


def _find(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    found = bench.find(options.text) if options.command == "find" else bench.kwic(options.text)
    if options.json:
        emit(
            [
                {"source": o.source, "start": o.start, "end": o.end, "left": o.left, "match": o.match, "right": o.right}
                for o in found
            ]
        )
        return 0
    from casekit.cli.screen import show_occurrences

    show_occurrences(found)
    return 0


def _quote_arguments(parser: argparse.ArgumentParser) -> None:
    range_arguments(parser)
    parser.add_argument("--style", default="gbt7714-2025", help=say("著录格式", "reference style"))
    parser.add_argument(
        "--script",
        choices=("zh-Hans", "zh-Hant"),
        help=say("转成这种字体,并注明是转换的", "put it into this script, marked as converted"),
    )
    parser.add_argument(
        "--annotation", action="store_true", help=say("输出 W3C 网页批注(JSON)", "print a W3C Web Annotation (JSON)")
    )


def _quote(options: argparse.Namespace) -> int:
    from casekit.workbench.knowledge.quoting import converted_note

    settle_range(options)
    found = open_workbench(options).quote(
        options.id, options.start, options.end, style=options.style, script=options.script
    )
    if found.percent > found.budget:
        tell(
            say(
                f"这段引文占该来源正文的 {found.percent:g}%,超过引用预算 {found.budget:g}%([quotes] percent);请考虑节引或征得许可",
                f"this quotation is {found.percent:g} % of the source's body, above the budget of {found.budget:g} % "
                "([quotes] percent); quote less, or ask for permission",
            )
        )
    if options.annotation:
        emit(found.annotation)
        return 0
    if options.json:
        emit(
            {
                "text": found.text,
                "quote": found.quote,
                "reference": found.reference,
                "locator": found.locator,
                "converted": found.converted,
                "link": found.link,
            }
        )
        return 0
    mark = f"〔{converted_note(found.converted)}〕" if found.converted else ""
    print(f"{found.quote}{mark}")
    print(f"—— {found.reference} {found.locator}  [{options.id}:{options.start}-{options.end}]")
    return 0


COMMANDS = (
    Command("search", "按意思查找", "search by meaning", _search_arguments, _search, "ask"),
    Command("like", "找相似段落", "similar passages", _like_arguments, _like, "ask"),
    Command("find", "找原文出现处(繁简皆可)", "exact occurrences, any script", _find_arguments, _find, "ask"),
    Command("kwic", "逐条列出词语及上下文", "key word in context", _find_arguments, _find, "ask"),
    Command("quote", "引文及出处", "a quotation with its reference", _quote_arguments, _quote, "ask"),
)
