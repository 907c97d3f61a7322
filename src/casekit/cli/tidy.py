"""How families, versions, metadata, exchanged records, packs, the model and scores look in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Edited, Exported
    from casekit.workbench import Workbench
    from casekit.workbench.corpus.pushing import PushReport

__all__ = ["SCREENS"]


def _pushing(quiet: bool) -> AbstractContextManager[Any]:
    from casekit.cli.screen import stages

    return stages(quiet=quiet)


def _pushed(bench: Workbench, asked: Asked, report: PushReport) -> None:
    print(
        say(
            f"{report.url}：{report.passages} 段，写入 {report.written}，不变 {report.unchanged}，移除 {report.removed}；"
            f"用时 {report.seconds:.1f} 秒",
            f"{report.url}: {report.passages} passages, {report.written} written, {report.unchanged} unchanged, "
            f"{report.removed} removed; {report.seconds:.1f} s",
        )
    )
    print(say(f"下一步：casekit search 问题 --at {report.url}", f"next: casekit search QUESTION --at {report.url}"))


def _tell_of_lacks(bench: Workbench, asked: Asked, report: PushReport) -> None:
    for why in report.cannot.values():
        tell(say(f"那里不能按词查找：{why}", f"it cannot search by words: {why}"))


def _families(bench: Workbench, asked: Asked, groups: Any) -> None:
    for family in groups:
        print(f"{family.id}  {bench.catalogue[family.id].metadata.title or ''}".rstrip())
        for member, share in zip(family.members, family.shares, strict=True):
            if member != family.id:
                print(f"  {member}  " + say(f"含其 {share:.0%}", f"holds {share:.0%} of it"))
    if not groups:
        print(say("没有重复或节选的文章", "no article occurs twice"))
    for one in bench.retold():
        print(one.told())


def _diff(bench: Workbench, asked: Asked, found: Any) -> None:
    from casekit.cli.versions import show_difference, show_versions

    if asked["list"]:
        show_versions(found)
    else:
        show_difference(found)


def _restored(bench: Workbench | None, asked: Asked, back: Any) -> None:
    if asked["backup"]:
        root = back.workspace.root
        print(
            say(
                f"已从备份恢复工作区 {root}；运行 casekit build 建索引",
                f"restored the workspace {root}; run casekit build",
            )
        )
        return
    print(say(f"已恢复 {back.record.id}", f"restored {back.record.id}"))
    print(say("下一步：casekit build", "next: casekit build"))


def _tell_of_evidence(bench: Workbench | None, asked: Asked, back: Any) -> None:
    if asked["backup"]:
        from casekit.kept import differences

        for one in differences(back.workspace.root):
            if one.is_fault:
                tell(say(f"备份时就是这样：{one.name}：{one.told}", f"so it was backed up: {one.name}: {one.told}"))
        return
    for line in back.carried.told() if back.carried else ():
        tell(line)


def _edited(bench: Workbench, asked: Asked, edited: Edited) -> None:
    if edited.changes is None:
        print(say(f"{edited.id} 没有可收回的修改", f"nothing to undo for {edited.id}"))
    elif not edited.changes:
        print(say("与原来相同，没有改动", "nothing changed"))
    else:
        for place, (old, new) in edited.changes.items():
            print(f"{place.removeprefix('custom.casekit.')}: {_of_json(old)} → {_of_json(new)}")
        undo = "" if asked["undo"] else say("casekit edit --undo 可收回；", "edit --undo takes it back; ")
        print(undo + say("casekit build 后生效", "casekit build makes it count"))


def _of_json(value: object) -> str:
    """A value of a CSL-JSON item on one line."""
    if isinstance(value, list):
        return "、".join(_of_json(one) for one in value)
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if isinstance(parts, list):
            return "/".join("-".join(f"{int(p):02d}" for p in part) for part in parts)
        return str(value.get("literal") or "".join(str(value.get(k) or "") for k in ("family", "given")))
    return "—" if value is None else str(value)


def _exported(bench: Workbench, asked: Asked, made: Exported) -> None:
    print(say(f"已导出 {made.records} 条题录到 {made.file}", f"wrote {made.records} records to {made.file}"))


def _imported(bench: Workbench, asked: Asked, report: Any) -> None:
    print(
        say(
            f"更新 {len(report.updated)} 条，新增 {len(report.added)} 条，不变 {len(report.unchanged)} 条",
            f"{len(report.updated)} updated, {len(report.added)} new, {len(report.unchanged)} unchanged",
        )
    )
    if report.updated:
        print(say("casekit edit 编号 --undo 可收回一条", "casekit edit ID --undo takes one back"))


def _tell_of_refused(bench: Workbench, asked: Asked, report: Any) -> None:
    for name, reason in report.refused:
        tell(say(f"没有导入 {name}：{reason}", f"not imported {name}: {reason}"))


def _packed(bench: Workbench, asked: Asked, report: Any) -> None:
    print(
        say(
            f"已打包 {len(report.files)} 个文件到 {report.path}；{len(report.left_behind)} 个来源的原文没有带上",
            f"packed {len(report.files)} files into {report.path}; the texts of {len(report.left_behind)} sources stayed behind",
        )
    )


def _notes(bench: Workbench, asked: Asked, report: Any) -> None:
    for note in report.notes:
        tell(note)


def _backed_up(bench: Workbench | None, asked: Asked, made: Any) -> None:
    size = f"{made.size / 1e6:.1f} MB" if made.size >= 100_000 else f"{made.size / 1e3:.1f} kB"
    if bench is None:
        print(
            say(
                f"备份完好：{made.files} 个文件（{size}），{made.made} 所做",
                f"the backup is sound: {made.files} files ({size}), made {made.made}",
            )
        )
        return
    print(
        say(
            f"已备份 {made.files} 个文件（{size}）到 {made.path}，读回核对无误",
            f"backed up {made.files} files ({size}) to {made.path}, read back and checked",
        )
    )


def _tell_of_problems(bench: Workbench | None, asked: Asked, made: Any) -> None:
    for problem in made.problems:
        tell(say(f"照样备份了，但 {problem}", f"backed up as it is, but {problem}"))


def _purged(bench: Workbench, asked: Asked, gone: Any) -> None:
    named = say("、", ", ").join(gone.ids) or say("回收站", "the trash")
    print(
        say(
            f"已彻底删除 {named}：{gone.versions} 个版本、{gone.generations} 代索引；运行 casekit build 重建索引",
            f"deleted {named} for good: versions {gone.versions}, generations of the index {gone.generations}; run "
            "casekit build to make the index anew",
        )
    )
    print(
        say(
            "此前的备份、打出的包和 Git 历史里还会有，请自行处理",
            "earlier backups, packs and the history of Git may still hold it: see to them yourself",
        )
    )


def _tell_of_quoted(bench: Workbench, asked: Asked, gone: Any) -> None:
    for name, letters in gone.quoted:
        how = (
            say(f"引有原文（{letters} 字）", f"quotes it ({letters} letters)") if letters else say("提到它", "names it")
        )
        tell(say(f"{name} {how}，没有动", f"{name} {how}; it was not touched"))


def _unpacked(bench: None, asked: Asked, made: Workbench) -> None:
    absent = [record.id for record in made.catalogue if record.file is None]
    print(say(f"已建立工作区 {made.workspace.root}", f"made the workspace {made.workspace.root}"))
    if absent:
        print(
            say(
                f"{len(absent)} 个来源的原文不在包里；用 casekit add 加入您自己的副本",
                f"the texts of {len(absent)} sources are not in the pack; casekit add takes your own copies",
            )
        )


def _model(bench: Workbench, asked: Asked, shown: Mapping[str, Any]) -> None:
    from casekit.cli.screen import table

    labels = {"setting": say("设置", "setting"), "cache": say("缓存", "cache")}
    index = shown["index"] or {"name": "none"}
    rows = [[labels[key], str(shown[key])] for key in labels]
    rows += [[f"{say('索引', 'index')} · {key}", str(value)] for key, value in index.items() if value not in ("", None)]
    table([say("项目", "item"), say("内容", "value")], rows)


def _fetched(bench: None, asked: Asked, made: Any) -> None:
    print(say(f"权重已放在 {made.path}", f"the weights are in {made.path}"))


def _scores(bench: Workbench, asked: Asked, figures: Any) -> None:
    if isinstance(figures, list):
        import json

        for row in figures:
            print(json.dumps(row, ensure_ascii=False))
        return
    for name, value in figures.items():
        if name not in ("groups", "fell"):
            print(f"{name:16} {value}")
    for group, scores in figures.get("groups", {}).items():
        print(f"{group}: " + say("，", ", ").join(f"{name} {value}" for name, value in scores.items()))
    for row in figures.get("fell", ()):
        of = f"{row['group']} " if row["group"] else ""
        print(say("变差：", "fell: ") + f"{of}{row['figure']} {row['was']} → {row['is']}")
    if figures.get("fell") == []:
        print(say("没有变差的", "nothing fell"))


SCREENS = {
    "families": Screen(_families),
    "diff": Screen(_diff),
    "restore": Screen(_restored, _tell_of_evidence),
    "edit": Screen(_edited),
    "catalogue export": Screen(_exported),
    "catalogue import": Screen(_imported, _tell_of_refused),
    "pack": Screen(_packed, _notes),
    "unpack": Screen(_unpacked),
    "push": Screen(_pushed, _tell_of_lacks, _pushing),
    "backup": Screen(_backed_up, _tell_of_problems),
    "purge": Screen(_purged, _tell_of_quoted),
    "model show": Screen(_model),
    "model get": Screen(_fetched),
    "eval": Screen(_scores),
}
