"""How the corpus, its changes and its texts look in a terminal."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Removed, Ruled, TextOf, Undone
    from casekit.workbench import AddReport, BuildReport, Workbench
    from casekit.workbench.corpus.linking import Refreshed

__all__ = ["SCREENS"]


# ---- init, add, remove, corpus, log ---------------------------------------------------------------------------------
def _init(bench: None, asked: Asked, made: Workbench) -> None:
    print(say(f"已建立工作区 {made.workspace.root}", f"made the workspace {made.workspace.root}"))
    nearby = asked["dir"]
    print(
        say(
            f"下一步：casekit {'build' if asked['example'] else 'add 文件…'} --workspace {nearby}",
            f"next: casekit {'build' if asked['example'] else 'add FILE…'} --workspace {nearby}",
        )
    )


def _reading(quiet: bool) -> AbstractContextManager[Any]:
    from casekit.cli.screen import counter

    return counter(say("读取", "reading"), quiet=quiet)


def _fetching(quiet: bool) -> AbstractContextManager[Any]:
    from casekit.cli.screen import counter

    return counter(say("取网页", "fetching"), quiet=quiet)


def _add(bench: Workbench, asked: Asked, report: AddReport) -> None:
    words = {"added": say("已加入", "added"), "replaced": say("已更新", "replaced"), "present": say("已有", "present")}
    from casekit.workbench.corpus.receipts import short_told

    for one in report.added:
        meta = one.record.metadata
        facts = [meta.title, "、".join(meta.authors), meta.publisher, meta.date]
        print(f"{words[one.status]} {one.record.id}  {' · '.join(str(f) for f in facts if f)}")
        if one.receipt is not None:
            print(f"  {short_told(one.receipt)}")
    if report.added:
        print(say("下一步：casekit build", "next: casekit build"))


def _tell_of_added(bench: Workbench, asked: Asked, report: AddReport) -> None:
    for one in report.added:
        for warning in one.warnings:
            tell(f"{one.path}: {warning}")
        for relative in one.relatives[:3]:
            tell(f"{one.record.id}: {relative.told()}")
    for note in (*report.notes, *(line for carried in report.carried for line in carried.told())):
        tell(note)
    for refused in report.refused:
        tell(say(f"没有加入 {refused.told()}", f"not added {refused.told()}"))
    if report.skipped:
        names = ", ".join(path.name for path in report.skipped[:3])
        tell(
            say(
                f"跳过 {len(report.skipped)} 个不认识的文件（{names}…）",
                f"skipped {len(report.skipped)} files of other kinds ({names}…)",
            )
        )


def _refreshed(bench: Workbench, asked: Asked, done: list[Refreshed]) -> None:
    words = {
        "unchanged": say("没变", "unchanged"),
        "changed": say("有新版本", "new version"),
        "failed": say("取不到", "failed"),
    }
    for one in done:
        print(f"{words[one.status]} {one.id}  {one.reason or one.url}")
    if not done:
        print(say("没有由网址加入的来源", "no source was added by a link"))
    if any(one.status == "changed" for one in done):
        print(say("下一步：casekit build", "next: casekit build"))


def _tell_of_refreshed(bench: Workbench, asked: Asked, done: list[Refreshed]) -> None:
    for line in (line for one in done for carried in one.carried for line in carried.told()):
        tell(line)


def _remove(bench: Workbench, asked: Asked, gone: list[Removed]) -> None:
    for one in gone:
        print(say(f"已移除 {one.id}，放在 {one.trash}", f"removed {one.id} to {one.trash}"))
    print(say("下一步：casekit build", "next: casekit build"))


def _corpus(bench: Workbench, asked: Asked, rows: Any) -> None:
    from casekit.cli.screen import table

    if asked["what"] is not None:
        from casekit.cli.linked import show_checked

        show_checked(rows)
        return
    table(
        [
            say("编号", "id"),
            say("标题", "title"),
            say("类别", "kind"),
            say("日期", "date"),
            say("字数", "chars"),
            say("状态", "state"),
        ],
        [
            [r["id"], r["title"] or "", r["kind"] or "", r["date"] or "", str(r["chars"] or ""), r["state_text"]]
            for r in rows
        ],
    )
    _tell_of_age(bench)


_EVENTS = {
    "added": ("加入", "added"),
    "replaced": ("更新", "replaced"),
    "removed": ("移除", "removed"),
    "restored": ("取回", "restored"),
    "edited": ("改题录", "edited"),
    "cut": ("剔除", "cut"),
    "keep": ("保留", "kept"),
    "undo": ("收回", "undone"),
    "purged": ("彻底删除", "purged"),
}


def _log(bench: Workbench, asked: Asked, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        known = [(k, v) for k, v in row.items() if k not in ("n", "at", "event", "id", "sha256", "purged")]
        rest = " ".join(f"{k}={v}" for k, v in known if isinstance(v, str | int))
        event = str(row.get("event", ""))
        print(f"{row.get('at', '')}  {say(*_EVENTS.get(event, (event, event)))}  {row.get('id', '')}  {rest}".rstrip())


# ---- build, verify --------------------------------------------------------------------------------------------------
def _building(quiet: bool) -> AbstractContextManager[Any]:
    from casekit.cli.screen import stages

    return stages(quiet=quiet)


def _build(bench: Workbench, asked: Asked, report: BuildReport) -> None:
    print(
        say(
            f"{report.sources} 个来源，{report.passages} 段：新增 {report.added}，更新 {report.changed}，"
            f"移除 {report.removed}，不变 {report.unchanged}；用时 {report.seconds:.1f} 秒",
            f"{report.sources} sources, {report.passages} passages: {report.added} added, {report.changed} changed, "
            f"{report.removed} removed, {report.unchanged} unchanged; {report.seconds:.1f} s",
        )
    )


def _tell_of_built(bench: Workbench, asked: Asked, report: BuildReport) -> None:
    for note in (*report.notes, *(layer.told() for layer in report.layers)):
        tell(note)
    names, figures = bench.pending()
    if names:
        tell(
            say(
                f"{names} 个名称待定，{figures} 个数字没有主语；casekit lexicon review 逐个看",
                f"names awaiting a decision: {names}; figures without a subject: {figures}; see casekit lexicon review",
            )
        )
    for source_id, reason in report.failed:
        tell(say(f"没有建入 {source_id}：{reason}", f"not built {source_id}: {reason}"))


def _verify(bench: Workbench | None, asked: Asked, report: dict[str, Any]) -> None:
    for name in report["accepted"]:
        print(say(f"照现在的样子确认：{name}", f"acknowledged as it is: {name}"))
    for mark, rows in (("✗", report["problems"]), ("·", report["notes"])):
        for row in rows:
            told = row["remedy"] and row["remedy"] not in row["problem"]
            remedy = say("；", "; ") + row["remedy"] if told else ""
            print(f"{mark} {row['where']}{say('：', ': ')}{row['problem']}{remedy}")
    print(_verdict(report))
    if bench is not None:
        _tell_of_age(bench)


def _verdict(report: dict[str, Any]) -> str:
    """What was held to what, and how it ended."""
    n, kept = len(report["problems"]), report["acknowledged"]
    told = say(
        f"核对 {report['files']} 个索引文件、{report['sources']} 个来源",
        f"checked {report['files']} index files, {report['sources']} sources",
    )
    if kept is not None:
        told += say(f"、{kept} 个确认过的文件", f", {kept} acknowledged files")
    if n:
        return told + say(f"：{n} 处问题", f": {n} problem{'s' if n > 1 else ''}")
    if kept is None:
        return told + say("：没有问题；还没有确认记录", ": no problems; nothing was acknowledged yet")
    return told + say("：都是您确认保存的样子", ": all is as you acknowledged it")


def _tell_of_age(bench: Workbench) -> None:
    """Say which layers are older than the program."""
    from casekit.workbench.corpus.ageing import old_layers, old_texts, told_of_age

    held = bench.held
    for line in told_of_age(old_layers(held.workspace), old_texts(held.workspace, held.catalogue, held.store)):
        tell(line)


# ---- show, text, cut, keep, undo ------------------------------------------------------------------------------------
def _show(bench: Workbench, asked: Asked, shown: Any) -> None:
    if asked["evidence"]:
        from casekit.cli.linked import show_linked

        show_linked(shown)
        return
    if asked["receipt"]:
        from casekit.workbench.corpus.receipts import receipt_told

        for label, value in receipt_told(shown.receipt):
            print(f"{label}  {value}")
        return
    from casekit.cli.screen import show_source

    show_source(shown)


def _text(bench: Workbench, asked: Asked, found: TextOf) -> None:
    sys.stdout.write(found.text)


def _ruled(bench: Workbench, asked: Asked, ruled: Ruled) -> None:
    verb = {"cut": say("判为非正文", "cut"), "keep": say("判为正文", "kept")}[ruled.action]
    at = Address(ruled.id, ruled.start, ruled.end)
    print(
        say(
            f"{at} {verb}；casekit undo {ruled.id} 可收回，casekit build 后生效",
            f"{at} {verb}; casekit undo takes it back, build makes it count",
        )
    )


def _undo(bench: Workbench, asked: Asked, undone: Undone) -> None:
    ruling = undone.ruling
    if ruling is None:
        print(say(f"{undone.id} 没有可收回的裁定", f"nothing to undo for {undone.id}"))
        return
    at = f"{ruling.action} {Address.of(undone.id, ruling.span)}"
    print(say(f"已收回 {at}", f"took back {at}"))


SCREENS = {
    "init": Screen(_init),
    "add": Screen(_add, _tell_of_added, _reading),
    "refresh": Screen(_refreshed, _tell_of_refreshed, _fetching),
    "remove": Screen(_remove),
    "corpus": Screen(_corpus),
    "log": Screen(_log),
    "build": Screen(_build, _tell_of_built, _building),
    "verify": Screen(_verify),
    "show": Screen(_show),
    "text": Screen(_text),
    "cut": Screen(_ruled),
    "keep": Screen(_ruled),
    "undo": Screen(_undo),
}
