"""Commands about the corpus: adding, building, seeing and overruling."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from casekit.cli.common import emit, id_argument, no_arguments, open_workbench, range_arguments, settle_range, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

__all__ = ["COMMANDS"]


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
        emit({"workspace": str(bench.workspace.root), "sources": len(bench.catalogue)})
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

    bench = open_workbench(options)
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
        emit([_record_json(one.record) for one in report.added])
    else:
        words = {
            "added": say("已加入", "added"),
            "replaced": say("已更新", "replaced"),
            "present": say("已有", "present"),
        }
        for one in report.added:
            meta = one.record.metadata
            facts = [meta.title, "、".join(meta.authors), meta.publisher, meta.date]
            print(f"{words[one.status]} {one.record.id}  {' · '.join(str(f) for f in facts if f)}")
    for one in report.added:
        for warning in one.warnings:
            tell(f"{one.path}: {warning}")
        for relative in one.relatives[:3]:
            tell(f"{one.record.id}: {relative.told()}")
    for note in (*report.notes, *(line for one in report.carried for line in one.told())):
        tell(note)
    for refused in report.refused:
        tell(say(f"没有加入 {refused.path}:{refused.reason}", f"not added {refused.path}: {refused.reason}"))
    if report.skipped:
        names = ", ".join(path.name for path in report.skipped[:3])
        tell(
            say(
                f"跳过 {len(report.skipped)} 个不认识的文件({names}…)",
                f"skipped {len(report.skipped)} files of other kinds ({names}…)",
            )
        )
    if not report.added:
        if not report.refused and not report.skipped:
            raise UsageError(say("这里没有可读的文件", "no readable file here"))
        return 2
    if not options.json:
        print(say("下一步: casekit build", "next: casekit build"))
    return 1 if report.refused or any(one.lost for one in report.carried) else 0


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
    bench = open_workbench(options)
    folders = bench.remove(options.ids)
    if options.json:
        emit([{"id": i, "trash": str(f)} for i, f in zip(dict.fromkeys(options.ids), folders, strict=True)])
    else:
        for source_id, folder in zip(dict.fromkeys(options.ids), folders, strict=True):
            print(say(f"已移除 {source_id},放在 {folder}", f"removed {source_id} to {folder}"))
        print(say("下一步: casekit build", "next: casekit build"))
    return 0


def _corpus(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    rows = bench.corpus()
    if options.json:
        emit(rows)
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


_EVENTS = {
    "added": ("加入", "added"),
    "replaced": ("更新", "replaced"),
    "removed": ("移除", "removed"),
    "restored": ("取回", "restored"),
    "edited": ("改题录", "edited"),
    "cut": ("剔除", "cut"),
    "keep": ("保留", "kept"),
    "undo": ("收回", "undone"),
}


def _log(options: argparse.Namespace) -> int:
    rows = open_workbench(options).store.history()
    if options.json:
        emit(rows)
    else:
        for row in rows:
            known = [(k, v) for k, v in row.items() if k not in ("at", "event", "id", "sha256")]
            rest = " ".join(f"{k}={v}" for k, v in known if isinstance(v, str | int))
            event = str(row.get("event", ""))
            print(
                f"{row.get('at', '')}  {say(*_EVENTS.get(event, (event, event)))}  {row.get('id', '')}  {rest}".rstrip()
            )
    return 0


# ---- build ---------------------------------------------------------------------------------------------------------
def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--full", action="store_true", help=say("全部重建", "everything anew"))


def _build(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from casekit.cli.screen import stages

    bench = open_workbench(options)
    with stages(quiet=options.json) as tick:
        report = bench.build(full=options.full, progress=tick)
    if options.json:
        emit({**asdict(report), "failed": [{"id": i, "reason": r} for i, r in report.failed]})
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
        tell(note)
    for source_id, reason in report.failed:
        tell(say(f"没有建入 {source_id}:{reason}", f"not built {source_id}: {reason}"))
    return 1 if report.failed else 0


# ---- show, text, cut, keep, undo -----------------------------------------------------------------------------------
def _show(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    shown = open_workbench(options).show(options.id)
    if options.json:
        body = shown.cleaned
        emit(
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
    from casekit.clean import reason_of

    return {"start": cut.span.start, "end": cut.span.end, "rule": cut.rule, "reason": reason_of(cut.rule)}


def _text_arguments(parser: argparse.ArgumentParser) -> None:
    id_argument(parser)
    parser.add_argument("start", nargs="?", type=int, help=say("起点(字)", "first code point"))
    parser.add_argument("end", nargs="?", type=int, help=say("终点(不含)", "end, exclusive"))


def _text(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    text = bench.text(options.id, options.start, options.end)
    if options.json:
        emit({"id": options.id, "sha256": bench.catalogue[options.id].sha256, "text": text})
    else:
        sys.stdout.write(text)
    return 0


def _rule(options: argparse.Namespace) -> int:
    settle_range(options)
    bench = open_workbench(options)
    (bench.cut if options.command == "cut" else bench.keep)(options.id, options.start, options.end)
    verb = {"cut": say("判为非正文", "cut"), "keep": say("判为正文", "kept")}[options.command]
    if options.json:
        emit({"id": options.id, "action": options.command, "start": options.start, "end": options.end})
    else:
        print(
            say(
                f"{options.id}:{options.start}-{options.end} {verb};casekit undo {options.id} 可收回,casekit build 后生效",
                f"{options.id}:{options.start}-{options.end} {verb}; casekit undo takes it back, build makes it count",
            )
        )
    return 0


def _undo(options: argparse.Namespace) -> int:
    ruling = open_workbench(options).undo(options.id)
    if options.json:
        emit(
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


# ---- verify, model ---------------------------------------------------------------------------------------------------
def _verify(options: argparse.Namespace) -> int:
    report = open_workbench(options).verify()
    if options.json:
        emit(report)
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
    Command("corpus", "列出来源与状态", "list sources and their state", no_arguments, _corpus),
    Command("show", "正文、剔除处与理由", "body, cuts and why", id_argument, _show),
    Command("text", "存下的原文", "the stored text", _text_arguments, _text),
    Command("cut", "判一段为非正文", "rule a range out of the body", range_arguments, _rule),
    Command("keep", "判一段为正文", "rule a range into the body", range_arguments, _rule),
    Command("undo", "收回最近一次裁定", "take the latest ruling back", id_argument, _undo),
    Command("log", "语料变更记录", "what changed in the corpus", no_arguments, _log),
    Command("verify", "核对索引与原文是否完好", "check index and originals", no_arguments, _verify, "care"),
)
