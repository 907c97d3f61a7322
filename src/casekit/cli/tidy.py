"""Commands that keep a corpus in order: families, versions, metadata, exchange with reference managers, packs."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from casekit.cli.common import emit, id_argument, no_arguments, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.cli.versions import diff_arguments, restore, restore_arguments, show_difference
from casekit.language import say

__all__ = ["COMMANDS"]


# ---- families ------------------------------------------------------------------------------------------------------
def _families(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    groups = bench.family_groups()
    if options.json:
        emit(
            [
                {
                    "family": family.id,
                    "members": [
                        {"id": member, "share": share}
                        for member, share in zip(family.members, family.shares, strict=True)
                    ],
                }
                for family in groups
            ]
        )
        return 0
    for family in groups:
        print(f"{family.id}  {bench.catalogue[family.id].metadata.title or ''}".rstrip())
        for member, share in zip(family.members, family.shares, strict=True):
            if member != family.id:
                print(f"  {member}  " + say(f"含其 {share:.0%}", f"holds {share:.0%} of it"))
    if not groups:
        print(say("没有重复或节选的文章", "no article occurs twice"))
    return 0


# ---- edit ----------------------------------------------------------------------------------------------------------
_LABELS = {
    "title": ("标题", "title"),
    "author": ("作者(可重复)", "author (repeatable)"),
    "publisher": ("发布者", "publisher"),
    "date": ("日期,如 2021-01-19", "date, as 2021-01-19"),
    "certainty": ("日期的把握", "certainty of the date"),
    "kind": ("类别", "kind of source"),
    "interest": ("谁在替谁说话", "whose interest speaks"),
    "republished-from": ("转自", "republished from"),
    "posted-by": ("发帖人", "posted by"),
    "language": ("语言", "language"),
    "script": ("文字", "script"),
    "url": ("网址", "address"),
}


def _edit_arguments(parser: argparse.ArgumentParser) -> None:
    id_argument(parser)
    for name, label in _LABELS.items():
        repeat = {"action": "append"} if name == "author" else {}
        parser.add_argument(f"--{name}", metavar="TEXT", help=say(*label), **repeat)  # type: ignore[arg-type]  # argparse's own keywords
    parser.add_argument(
        "--clear",
        action="append",
        default=[],
        choices=tuple(_LABELS),
        metavar="FIELD",
        help=say("清空一项(可重复)", "empty a field (repeatable)"),
    )
    parser.add_argument("--undo", action="store_true", help=say("收回最近一次修改", "take the latest change back"))


def _edit(options: argparse.Namespace) -> int:
    given = {name: getattr(options, name.replace("-", "_")) for name in _LABELS}
    values = {name: value for name, value in given.items() if value is not None}
    if options.undo and (values or options.clear):
        raise UsageError(say("--undo 不能与其他修改同用", "--undo goes with no other change"))
    if not options.undo and not values and not options.clear:
        raise UsageError(say("没有说要改什么;例如 --title 新标题", "say what to change, as --title TEXT"))
    bench = open_workbench(options)
    if options.undo:
        changes = bench.undo_edit(options.id)
    else:
        _, changes = bench.edit(options.id, values, clear=options.clear)
    if options.json:
        rows = [{"field": place, "old": old, "new": new} for place, (old, new) in (changes or {}).items()]
        emit({"id": options.id, "changes": rows})
        return 0
    if changes is None:
        print(say(f"{options.id} 没有可收回的修改", f"nothing to undo for {options.id}"))
    elif not changes:
        print(say("与原来相同,没有改动", "nothing changed"))
    else:
        for place, (old, new) in changes.items():
            print(f"{place.removeprefix('custom.casekit.')}: {_of_json(old)} → {_of_json(new)}")
        undo = "" if options.undo else say("casekit edit --undo 可收回;", "edit --undo takes it back; ")
        print(undo + say("casekit build 后生效", "casekit build makes it count"))
    return 0


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


# ---- catalogue -----------------------------------------------------------------------------------------------------
def _catalogue_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=("export", "import"), help=say("export 导出、import 导入", "export or import")
    )
    parser.add_argument(
        "file", metavar="FILE", help=say(".json(CSL-JSON)、.bib 或 .ris 文件", "a .json (CSL-JSON), .bib or .ris file")
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help=say("只导出这些来源", "export only these sources"))


def _catalogue(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    if options.action == "export":
        n = bench.export_catalogue(options.file, options.ids)
        if options.json:
            emit({"file": options.file, "records": n})
        else:
            print(say(f"已导出 {n} 条题录到 {options.file}", f"wrote {n} records to {options.file}"))
        return 0
    if options.ids:
        raise UsageError(say("导入不能指定编号", "import takes no ids"))
    report = bench.import_catalogue(options.file)
    if options.json:
        rows = {**asdict(report), "refused": [{"id": name, "reason": reason} for name, reason in report.refused]}
        emit(rows)
    else:
        print(
            say(
                f"更新 {len(report.updated)} 条,新增 {len(report.added)} 条,不变 {len(report.unchanged)} 条",
                f"{len(report.updated)} updated, {len(report.added)} new, {len(report.unchanged)} unchanged",
            )
        )
        if report.updated:
            print(say("casekit edit 编号 --undo 可收回一条", "casekit edit ID --undo takes one back"))
    for name, reason in report.refused:
        tell(say(f"没有导入 {name}:{reason}", f"not imported {name}: {reason}"))
    return 1 if report.refused else 0


# ---- pack, unpack --------------------------------------------------------------------------------------------------
def _pack_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="OUT.zip", help=say("写到哪个 zip 文件", "the zip file to write"))
    parser.add_argument(
        "--no-sources",
        action="store_true",
        help=say(
            "不带原文,只带目录、案例卡、词典、笔记与自写的文章",
            "no source texts: catalogue, cards, lexicon, notebooks, our own texts",
        ),
    )


def _pack(options: argparse.Namespace) -> int:
    report = open_workbench(options).pack(options.file, sources=not options.no_sources)
    if options.json:
        emit(
            {
                "file": str(report.path),
                "files": list(report.files),
                "left_behind": list(report.left_behind),
                "notes": list(report.notes),
            }
        )
    else:
        print(
            say(
                f"已打包 {len(report.files)} 个文件到 {report.path};{len(report.left_behind)} 个来源的原文没有带上",
                f"packed {len(report.files)} files into {report.path}; the texts of {len(report.left_behind)} sources stayed behind",
            )
        )
    for note in report.notes:
        tell(note)
    return 0


def _unpack_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.zip", help=say("casekit pack 打的包", "a pack made by casekit pack"))
    parser.add_argument(
        "dir", metavar="DIR", help=say("新工作区的文件夹(新的或空的)", "folder of the new workspace (new or empty)")
    )


def _unpack(options: argparse.Namespace) -> int:
    from casekit.workbench import Workbench

    workspace = Workbench.unpack(options.file, options.dir)
    bench = Workbench(workspace)
    absent = [record.id for record in bench.catalogue if record.file is None]
    if options.json:
        emit({"workspace": str(workspace.root), "sources": len(bench.catalogue), "not_imported": absent})
        return 0
    print(say(f"已建立工作区 {workspace.root}", f"made the workspace {workspace.root}"))
    if absent:
        print(
            say(
                f"{len(absent)} 个来源的原文不在包里;用 casekit add 加入您自己的副本",
                f"the texts of {len(absent)} sources are not in the pack; casekit add takes your own copies",
            )
        )
    return 0


COMMANDS = (
    Command("families", "同一篇文章的各份与节选", "copies and excerpts of one article", no_arguments, _families),
    Command("diff", "比较一个来源的两个版本", "compare two versions of a source", diff_arguments, show_difference),
    Command(
        "restore", "从回收站取回来源或旧版本", "take a source or version out of the trash", restore_arguments, restore
    ),
    Command("edit", "改题录(可收回)", "change metadata (can be undone)", _edit_arguments, _edit),
    Command(
        "catalogue",
        "题录导出导入(Zotero 等)",
        "records to and from Zotero and the like",
        _catalogue_arguments,
        _catalogue,
    ),
    Command(
        "pack", "打包工作区,可不带原文", "the workspace as a zip, with or without texts", _pack_arguments, _pack, "care"
    ),
    Command("unpack", "解开打好的包", "make a workspace of a pack", _unpack_arguments, _unpack, "care"),
)
