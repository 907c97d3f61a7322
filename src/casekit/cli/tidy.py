"""How families, versions, metadata, exchanged records, packs, the model and scores look in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Edited, Exported, Restored
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


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


def _restored(bench: Workbench, asked: Asked, back: Restored) -> None:
    print(say(f"已恢复 {back.record.id}", f"restored {back.record.id}"))
    print(say("下一步：casekit build", "next: casekit build"))


def _tell_of_evidence(bench: Workbench, asked: Asked, back: Restored) -> None:
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
    for key, value in shown.items():
        print(f"{key}: {value}")


def _fetched(bench: None, asked: Asked, made: Any) -> None:
    print(say(f"权重已放在 {made.path}", f"the weights are in {made.path}"))


def _scores(bench: Workbench, asked: Asked, figures: Mapping[str, float]) -> None:
    for name, value in figures.items():
        print(f"{name:16} {value}")


SCREENS = {
    "families": Screen(_families),
    "diff": Screen(_diff),
    "restore": Screen(_restored, _tell_of_evidence),
    "edit": Screen(_edited),
    "catalogue export": Screen(_exported),
    "catalogue import": Screen(_imported, _tell_of_refused),
    "pack": Screen(_packed, _notes),
    "unpack": Screen(_unpacked),
    "model show": Screen(_model),
    "model get": Screen(_fetched),
    "eval": Screen(_scores),
}
