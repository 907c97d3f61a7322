"""Every command: its options and what it prints."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.cli.parser import Command, UsageError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["COMMANDS"]


def _open(options: argparse.Namespace) -> Workbench:
    from casekit.workbench import Workbench

    return Workbench.open(options.workspace)


def _emit(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


# ---- init ---------------------------------------------------------------------------------------------------------
def _init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", metavar="DIR", help=say("新工作区的文件夹", "folder of the new workspace"))
    parser.add_argument(
        "--example", action="store_true", help=say("带上随附的范例语料", "with the bundled example corpus")
    )


def _init(options: argparse.Namespace) -> int:
    from casekit.workbench import Workbench

    bench = Workbench.init(options.dir, example=options.example)
    if options.json:
        _emit({"workspace": str(bench.workspace.root), "sources": len(bench.catalogue)})
    else:
        print(say(f"已建立工作区 {bench.workspace.root}", f"made the workspace {bench.workspace.root}"))
        nearby = options.dir
        print(
            say(
                f"下一步: casekit {'build' if options.example else 'add 文件…'} --workspace {nearby}",
                f"next: casekit {'build' if options.example else 'add FILE…'} --workspace {nearby}",
            )
        )
    return 0


# ---- add, remove, corpus, log ---------------------------------------------------------------------------------------
def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help=say("文件或文件夹(会递归)", "files, or folders (recursive)")
    )
    parser.add_argument(
        "--id", help=say("编号(只有一个文件时);默认用文件名", "id, for a single file (default: file stem)")
    )
    parser.add_argument(
        "--id-from",
        choices=("stem", "path"),
        default="stem",
        help=say("编号取文件名还是相对路径", "id from stem or relative path"),
    )
    parser.add_argument("--csl", metavar="FILE", help=say("题录(CSL-JSON)", "bibliographic records (CSL-JSON)"))
    parser.add_argument(
        "--replace", action="store_true", help=say("同编号的新版本,替换旧的", "a new version replaces the old one")
    )


def _add(options: argparse.Namespace) -> int:
    from casekit.cli.screen import counter

    bench = _open(options)
    with counter(say("读取", "reading"), quiet=options.json) as tick:
        report = bench.add(
            options.files,
            id=options.id,
            csl=options.csl,
            replace=options.replace,
            id_from=options.id_from,
            progress=tick,
        )
    if options.json:
        _emit([_record_json(one.record) for one in report.added])
    else:
        words = {
            "added": say("已加入", "added"),
            "replaced": say("已更新", "replaced"),
            "present": say("已有", "present"),
        }
        for one in report.added:
            meta = one.record.metadata
            facts = [meta.title_folded or meta.title, "、".join(meta.authors), meta.publisher, meta.date]
            print(f"{words[one.status]} {one.record.id}  {' · '.join(str(f) for f in facts if f)}")
    for one in report.added:
        for warning in one.warnings:
            _tell(f"{one.path}: {warning}")
    for refused in report.refused:
        _tell(say(f"没有加入 {refused.path}:{refused.reason}", f"not added {refused.path}: {refused.reason}"))
    if report.skipped:
        names = ", ".join(path.name for path in report.skipped[:3])
        _tell(
            say(
                f"跳过 {len(report.skipped)} 个不认识的文件({names}…)",
                f"skipped {len(report.skipped)} files of other kinds ({names}…)",
            )
        )
    if not report.added and (report.refused or not report.skipped):
        if not report.refused:
            raise UsageError(say("这里没有可读的文件", "no readable file here"))
        return 2
    if not options.json:
        print(say("下一步: casekit build", "next: casekit build"))
    return 1 if report.refused else 0


def _record_json(record: Any) -> dict[str, Any]:
    meta = record.metadata
    return {
        "id": record.id,
        "sha256": record.sha256,
        "title": meta.title,
        "authors": list(meta.authors),
        "publisher": meta.publisher,
        "date": meta.date,
        "language": meta.language,
        "script": meta.script,
        "chars": record.chars,
    }


def _ids_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help=say("来源编号", "source ids"))


def _remove(options: argparse.Namespace) -> int:
    bench = _open(options)
    folders = bench.remove(options.ids)
    if options.json:
        _emit([{"id": i, "trash": str(f)} for i, f in zip(dict.fromkeys(options.ids), folders, strict=True)])
    else:
        for source_id, folder in zip(dict.fromkeys(options.ids), folders, strict=True):
            print(say(f"已移除 {source_id},放在 {folder}", f"removed {source_id} to {folder}"))
        print(say("下一步: casekit build", "next: casekit build"))
    return 0


def _corpus(options: argparse.Namespace) -> int:
    bench = _open(options)
    rows = bench.corpus()
    if options.json:
        _emit(rows)
        return 0
    from casekit.cli.screen import table

    table(
        [
            say(*h)
            for h in (
                ("编号", "id"),
                ("标题", "title"),
                ("类别", "kind"),
                ("日期", "date"),
                ("字数", "chars"),
                ("状态", "state"),
            )
        ],
        [
            [r["id"], r["title"] or "", r["kind"] or "", r["date"] or "", str(r["chars"] or ""), r["state_text"]]
            for r in rows
        ],
    )
    return 0


def _log(options: argparse.Namespace) -> int:
    rows = _open(options).store.history()
    if options.json:
        _emit(rows)
    else:
        for row in rows:
            rest = " ".join(f"{k}={v}" for k, v in row.items() if k not in ("at", "event", "id", "sha256"))
            print(f"{row.get('at', '')}  {row.get('event', ''):9} {row.get('id', '')}  {rest}".rstrip())
    return 0


def _nothing(parser: argparse.ArgumentParser) -> None:
    """A command without arguments of its own."""


# ---- build ---------------------------------------------------------------------------------------------------------
def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--full", action="store_true", help=say("全部重建", "everything anew"))


def _build(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from casekit.cli.screen import stages

    bench = _open(options)
    with stages(quiet=options.json) as tick:
        report = bench.build(full=options.full, progress=tick)
    if options.json:
        _emit({**asdict(report), "failed": [{"id": i, "reason": r} for i, r in report.failed]})
    else:
        print(
            say(
                f"{report.sources} 个来源,{report.passages} 段:新增 {report.added},更新 {report.changed},"
                f"移除 {report.removed},不变 {report.unchanged};用时 {report.seconds:.1f} 秒",
                f"{report.sources} sources, {report.passages} passages: {report.added} added, {report.changed} changed, "
                f"{report.removed} removed, {report.unchanged} unchanged; {report.seconds:.1f} s",
            )
        )
    for note in report.notes:
        _tell(note)
    for source_id, reason in report.failed:
        _tell(say(f"没有建入 {source_id}:{reason}", f"not built {source_id}: {reason}"))
    return 1 if report.failed else 0


# ---- show, text, cut, keep, undo -----------------------------------------------------------------------------------
def _id_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help=say("来源编号", "source id"))


def _show(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    shown = _open(options).show(options.id)
    if options.json:
        body = shown.cleaned
        _emit(
            {
                "id": shown.id,
                "metadata": asdict(body.metadata) | {"authors": list(body.metadata.authors)},
                "body": [[s.start, s.end] for s in body.kept],
                "cuts": [_cut_json(cut) for cut in body.cuts],
                "doubts": [_cut_json(cut) for cut in body.doubts],
                "headings": [[h.span.start, h.span.end] for h in body.headings],
                "overrides": [
                    {"action": o.action, "start": o.span.start, "end": o.span.end, "at": o.at} for o in shown.overrides
                ],
            }
        )
        return 0
    from casekit.cli.screen import show_source

    show_source(shown)
    return 0


def _cut_json(cut: Any) -> dict[str, Any]:
    from casekit.clean import RULES

    reason = say(*RULES[cut.rule]) if cut.rule in RULES else cut.reason
    return {"start": cut.span.start, "end": cut.span.end, "rule": cut.rule, "reason": reason}


def _text_arguments(parser: argparse.ArgumentParser) -> None:
    _id_arguments(parser)
    parser.add_argument("start", nargs="?", type=int, help=say("起点(字)", "first code point"))
    parser.add_argument("end", nargs="?", type=int, help=say("终点(不含)", "end, exclusive"))


def _text(options: argparse.Namespace) -> int:
    bench = _open(options)
    text = bench.text(options.id, options.start, options.end)
    if options.json:
        _emit({"id": options.id, "sha256": bench.catalogue[options.id].sha256, "text": text})
    else:
        sys.stdout.write(text)
    return 0


def _range_arguments(parser: argparse.ArgumentParser) -> None:
    _id_arguments(parser)
    parser.add_argument("start", type=int, help=say("起点(字)", "first code point"))
    parser.add_argument("end", type=int, help=say("终点(不含)", "end, exclusive"))


def _rule(options: argparse.Namespace) -> int:
    bench = _open(options)
    (bench.cut if options.command == "cut" else bench.keep)(options.id, options.start, options.end)
    verb = {"cut": say("判为非正文", "cut"), "keep": say("判为正文", "kept")}[options.command]
    if options.json:
        _emit({"id": options.id, "action": options.command, "start": options.start, "end": options.end})
    else:
        print(
            say(
                f"{options.id}:{options.start}-{options.end} {verb};casekit undo {options.id} 可收回,casekit build 后生效",
                f"{options.id}:{options.start}-{options.end} {verb}; casekit undo takes it back, build makes it count",
            )
        )
    return 0


def _undo(options: argparse.Namespace) -> int:
    ruling = _open(options).undo(options.id)
    if options.json:
        _emit(
            None
            if ruling is None
            else {"id": options.id, "action": ruling.action, "start": ruling.span.start, "end": ruling.span.end}
        )
    elif ruling is None:
        print(say(f"{options.id} 没有可收回的裁定", f"nothing to undo for {options.id}"))
    else:
        print(
            say(
                f"已收回 {ruling.action} {options.id}:{ruling.span.start}-{ruling.span.end}",
                f"took back {ruling.action} {options.id}:{ruling.span.start}-{ruling.span.end}",
            )
        )
    return 0


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
    parser.add_argument(
        "--since", metavar="DATE", help=say("只要此日期及以后的来源", "only sources of this date or later")
    )
    parser.add_argument(
        "--until", metavar="DATE", help=say("只要此日期及以前的来源", "only sources of this date or earlier")
    )


def _answer_json(query_id: str, answer: Any) -> dict[str, Any]:
    return {
        "id": query_id,
        "query": answer.query,
        "answerable": answer.answerable,
        "hits": [_hit_json(hit) for hit in answer.hits],
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
    bench = _open(options)
    filters: dict[str, Any] = {"sources": options.source, "since": options.since, "until": options.until}
    if options.batch is not None:
        for query_id, query in _batch(Path(options.batch)):
            answer = bench.search(query, options.k, **filters)
            if options.json:
                _emit(_answer_json(query_id, answer))
            else:
                best = answer.hits[0] if answer.hits else None
                at = f"{best.passage.source}:{best.passage.span.start}-{best.passage.span.end}" if best else "-"
                print(f"{query_id}\t{at}\t{query}")
        return 0
    answer = bench.search(options.query, options.k, **filters)
    if options.json:
        _emit(_answer_json("", answer))
        return 0
    from casekit.cli.screen import show_answer

    show_answer(answer, bench)
    return 0


def _batch(path: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = path.read_text("utf8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(say(f"读不到 {path}:{error}", f"cannot read {path}: {error}")) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["query"])
        except (ValueError, KeyError, TypeError):
            raise UsageError(
                say(f'{path} 第 {number} 行不是 {{"id","query"}}', f'{path} line {number} is not {{"id","query"}}')
            ) from None


def _like_arguments(parser: argparse.ArgumentParser) -> None:
    _range_arguments(parser)
    parser.add_argument("-k", type=int, default=10, metavar="N", help=say("要几段,默认 10", "how many passages (10)"))


def _like(options: argparse.Namespace) -> int:
    bench = _open(options)
    hits = bench.like(options.id, options.start, options.end, options.k)
    if options.json:
        query = bench.text(options.id, options.start, options.end)
        _emit({"id": "", "query": query, "answerable": bool(hits), "hits": [_hit_json(hit) for hit in hits]})
        return 0
    from casekit.cli.screen import show_hits

    show_hits(hits, bench)
    return 0


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text", metavar="TEXT", help=say("要找的原文,繁简、全半角、标点不计", "text to find, in any script")
    )


def _find(options: argparse.Namespace) -> int:
    bench = _open(options)
    found = bench.find(options.text) if options.command == "find" else bench.kwic(options.text)
    if options.json:
        _emit(
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
    _range_arguments(parser)
    parser.add_argument("--style", default="gbt7714-2025", help=say("著录格式", "reference style"))


def _quote(options: argparse.Namespace) -> int:
    quotation = _open(options).quote(options.id, options.start, options.end, style=options.style)
    if options.json:
        _emit(
            {
                "text": quotation.text,
                "quote": quotation.quote,
                "reference": quotation.reference,
                "locator": quotation.locator,
            }
        )
    else:
        print(quotation.quote)
        print(f"—— {quotation.reference} {quotation.locator}  [{options.id}:{options.start}-{options.end}]")
    return 0


# ---- verify, model ---------------------------------------------------------------------------------------------------
def _verify(options: argparse.Namespace) -> int:
    report = _open(options).verify()
    if options.json:
        _emit(report)
    else:
        for row in report["problems"]:
            print(f"✗ {row['where']}: {row['problem']}")
        print(
            say(
                f"核对 {report['files']} 个索引文件、{report['sources']} 个来源:{len(report['problems'])} 处问题",
                f"checked {report['files']} index files, {report['sources']} sources: {len(report['problems'])} problems",
            )
        )
    return 1 if report["problems"] else 0


COMMANDS = (
    Command("init", "新建工作区", "make a new workspace", _init_arguments, _init),
    Command("add", "加入文章", "add articles", _add_arguments, _add),
    Command("remove", "移除来源(进回收站)", "remove sources (to the trash)", _ids_arguments, _remove),
    Command("build", "建立或更新索引", "build or update the index", _build_arguments, _build),
    Command("corpus", "列出来源与状态", "list sources and their state", _nothing, _corpus),
    Command("show", "正文、剔除处与理由", "body, cuts and why", _id_arguments, _show),
    Command("text", "存下的原文", "the stored text", _text_arguments, _text),
    Command("cut", "判一段为非正文", "rule a range out of the body", _range_arguments, _rule),
    Command("keep", "判一段为正文", "rule a range into the body", _range_arguments, _rule),
    Command("undo", "收回最近一次裁定", "take the latest ruling back", _id_arguments, _undo),
    Command("log", "语料变更记录", "what changed in the corpus", _nothing, _log),
    Command("search", "按意思查找", "search by meaning", _search_arguments, _search, "ask"),
    Command("like", "找相似段落", "similar passages", _like_arguments, _like, "ask"),
    Command("find", "找原文出现处(繁简皆可)", "exact occurrences, any script", _find_arguments, _find, "ask"),
    Command("kwic", "逐条列出词语及上下文", "key word in context", _find_arguments, _find, "ask"),
    Command("quote", "引文及出处", "a quotation with its reference", _quote_arguments, _quote, "ask"),
    Command("verify", "核对索引与原文是否完好", "check index and originals", _nothing, _verify, "care"),
)
