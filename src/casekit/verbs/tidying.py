"""Verbs that keep a corpus in order: families, versions, metadata, exchange with reference managers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import ID, WRITES
from casekit.verbs.telling import Act, Argument, Option, Verb, single

if TYPE_CHECKING:
    from casekit.families import Family
    from casekit.types import Span
    from casekit.verbs.results import Edited, Exported, Restored
    from casekit.workbench import Workbench
    from casekit.workbench.corpus.sharing import Imported
    from casekit.workbench.corpus.versions import Difference, Version

__all__ = ["VERBS"]

_EDITORS: Final = ("版本与题录是编者的事", "versions and metadata are the editor's")


# ---- families, diff, restore ----------------------------------------------------------------------------------------
def _families_json(bench: Workbench, asked: Asked, groups: Sequence[Family]) -> list[dict[str, Any]]:
    copies = [
        {
            "family": family.id,
            "members": [
                {"id": member, "share": share} for member, share in zip(family.members, family.shares, strict=True)
            ],
        }
        for family in groups
    ]
    retold = [
        {"family": one.of, "members": [{"id": one.id, "share": round(one.share, 4)}], "proposed": "retelling"}
        for one in bench.retold()
    ]
    return [*copies, *retold]


_FAMILIES: Final = Act(
    do=lambda bench, asked: bench.family_groups(),
    json=_families_json,
    zh="同一篇文章的各份与节选，以及可能的转述",
    en="copies and excerpts of one article, and what may retell it",
    example="families",
    shape='[{"family","members":[{"id","share"}],"proposed"}]',
    tool=_EDITORS,
)


def _diff(bench: Workbench, asked: Asked) -> Difference | list[Version]:
    if asked["list"]:
        return bench.versions(asked["id"])
    return bench.diff(asked["id"], asked["version"], asked["to"])


def _diff_json(bench: Workbench, asked: Asked, found: Any) -> Any:
    return [_version_json(version) for version in found] if asked["list"] else _difference_json(found)


def _version_json(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "added": version.record.added,
        "sha256": version.record.sha256,
        "chars": version.record.chars,
        "trash": None if version.folder is None else version.folder.name,
    }


def _span_json(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _difference_json(found: Difference) -> dict[str, Any]:
    return {
        "id": found.id,
        "old": _version_json(found.old),
        "new": _version_json(found.new),
        "same": found.same,
        "respelled": found.respelled,
        "changes": [
            {
                "kind": c.kind,
                "old": _span_json(c.old),
                "new": _span_json(c.new),
                "old_text": c.old_text or None,
                "new_text": c.new_text or None,
            }
            for c in found.changes
        ],
        "metadata": [{"field": name, "old": old, "new": new} for name, old, new in found.metadata],
    }


_DIFF: Final = Act(
    do=_diff,
    json=_diff_json,
    zh="比较一个来源的两个版本",
    en="compare two versions of a source",
    example="diff 某页 1 --to 2",
    example_en="diff page 1 --to 2",
    shape='{"id","old","new","same","respelled","changes":[{"kind","old","new","old_text","new_text"}],"metadata"}'
    ' or, with --list, [{"version","added","sha256","chars","trash"}]',
    arguments=(
        ID,
        Argument(
            "version", "number", "旧版本的号；默认前一版", "older version (default: the last)", "VERSION", least=0
        ),
    ),
    options=(
        Option("--to", "number", "与哪一版比；默认现在的", "compared with (default: latest)", metavar="VERSION"),
        Option("--list", "flag", "只列出各版本", "only list the versions"),
    ),
    errors=("UnknownSourceError", "SourceError"),
    tool=_EDITORS,
)


def _restore(bench: Workbench | None, asked: Asked) -> Restored | Workbench:
    from casekit.verbs.results import Restored

    if asked["backup"]:
        if not asked["to"]:
            raise UsageError(
                say("恢复备份要用 --to 给出一个新文件夹", "a backup is restored to a new folder: give --to")
            )
        from casekit.workbench import Workbench

        return Workbench(Workbench.from_backup(asked["backup"], asked["to"]))
    if asked["to"] or not asked["id"] or bench is None:
        raise UsageError(
            say(
                "取回来源请给出编号；恢复备份用 --backup 文件 --to 新文件夹",
                "name the source to restore, or --backup FILE --to DIR",
            )
        )
    return Restored(*bench.restore(asked["id"], version=asked["version"]))


def _restored_json(bench: Workbench | None, asked: Asked, back: Any) -> dict[str, Any]:
    if asked["backup"]:
        return {"workspace": str(back.workspace.root), "sources": len(back.catalogue)}
    return {"id": back.record.id, "sha256": back.record.sha256, "file": back.record.file}


def _restored_code(back: Any) -> int:
    from casekit.verbs.results import Restored

    return int(isinstance(back, Restored) and back.carried is not None and bool(back.carried.lost))


_RESTORE: Final = Act(
    do=_restore,
    json=_restored_json,
    zh="从回收站取回来源或旧版本；从备份恢复工作区",
    en="take a source or version out of the trash; a workspace from a backup",
    example="restore 某页 --version 1",
    example_en="restore page --version 1",
    shape='{"id","sha256","file"} or, with --backup, {"workspace","sources"}',
    arguments=(replace(ID, least=0),),
    options=(
        Option(
            "--backup",
            "file",
            "casekit backup 做的备份",
            "a backup made by casekit backup",
            metavar="FILE",
            instead="id",
        ),
        Option(
            "--to",
            "file",
            "恢复到哪个文件夹（新的或空的）",
            "the folder to restore it to (new or empty)",
            metavar="DIR",
        ),
        Option(
            "--version",
            "number",
            "换回第几版（casekit diff ID --list 列出）",
            "which version (see diff ID --list)",
            metavar="N",
        ),
    ),
    code=_restored_code,
    wrong=("有出处找不回来", "some evidence was lost"),
    errors=("SourceError", "UnknownSourceError", "WorkspaceError"),
    opens=lambda asked: not asked["backup"],
    tool=WRITES,
)

# ---- edit -----------------------------------------------------------------------------------------------------------
_FIELDS: Final = {
    "title": ("标题", "title"),
    "author": ("作者（可重复）", "author (repeatable)"),
    "publisher": ("发布者", "publisher"),
    "date": ("日期，如 2021-01-19", "date, as 2021-01-19"),
    "certainty": ("日期的把握", "certainty of the date"),
    "kind": ("类别", "kind of source"),
    "interest": ("谁在替谁说话", "whose interest speaks"),
    "republished-from": ("转自", "republished from"),
    "posted-by": ("发帖人", "posted by"),
    "language": ("语言", "language"),
    "script": ("文字", "script"),
    "url": ("网址", "address"),
    "rank": ("原文、转述还是评论", "original, retelling or commentary"),
    "retells": ("转述的是哪些来源（可重复）", "the sources it retells (repeatable)"),
}


def _edit(bench: Workbench, asked: Asked) -> Edited:
    from casekit.verbs.results import Edited

    given = {name: asked[name.replace("-", "_")] for name in _FIELDS}
    values = {name: value for name, value in given.items() if value not in (None, [])}
    if asked["undo"] and (values or asked["clear"]):
        raise UsageError(say("--undo 不能与其他修改同用", "--undo goes with no other change"))
    if not asked["undo"] and not values and not asked["clear"]:
        raise UsageError(say("没有说要改什么；例如 --title 新标题", "say what to change, as --title TEXT"))
    if asked["undo"]:
        return Edited(asked["id"], bench.undo_edit(asked["id"]))
    return Edited(asked["id"], bench.edit(asked["id"], values, clear=asked["clear"])[1])


def _edited_json(bench: Workbench, asked: Asked, edited: Edited) -> dict[str, Any]:
    rows = [{"field": place, "old": old, "new": new} for place, (old, new) in (edited.changes or {}).items()]
    return {"id": edited.id, "changes": rows}


_EDIT: Final = Act(
    do=_edit,
    json=_edited_json,
    zh="改题录（可收回）",
    en="change metadata (can be undone)",
    example="edit 某页 --date 2021-01-19 --publisher 某报",
    example_en="edit page --date 2021-01-19 --publisher 'Some Daily'",
    shape='{"id","changes":[{"field","old","new"}]}',
    arguments=(ID,),
    options=(
        *(
            Option(f"--{name}", "text", zh, en, many=name in ("author", "retells"), metavar="TEXT")
            for name, (zh, en) in _FIELDS.items()
        ),
        Option(
            "--clear",
            "choice",
            "清空一项（可重复）",
            "empty a field (repeatable)",
            many=True,
            choices=tuple(_FIELDS),
            metavar="FIELD",
        ),
        Option("--undo", "flag", "收回最近一次修改", "take the latest change back"),
    ),
    errors=("UnknownSourceError", "SettingError"),
    tool=WRITES,
)


# ---- catalogue ------------------------------------------------------------------------------------------------------


def _export(bench: Workbench, asked: Asked) -> Exported:
    from casekit.verbs.results import Exported

    return Exported(asked["file"], bench.export_catalogue(asked["file"], asked["ids"]))


def _imported_json(bench: Workbench, asked: Asked, report: Imported) -> dict[str, Any]:
    return {**asdict(report), "refused": [{"id": name, "reason": reason} for name, reason in report.refused]}


_FILE: Final = Argument(
    "file", "file", ".json(CSL-JSON)、.bib 或 .ris 文件", "a .json (CSL-JSON), .bib or .ris file", "FILE"
)
_CATALOGUE: Final = Verb(
    name="catalogue",
    zh="题录导出导入（Zotero 等）",
    en="records to and from Zotero and the like",
    group="corpus",
    acts=(
        Act(
            name="export",
            do=_export,
            json=lambda bench, asked, made: asdict(made),
            zh="导出",
            en="export",
            example="catalogue export 题录.bib",
            example_en="catalogue export records.bib",
            shape='{"file","records"}',
            arguments=(
                _FILE,
                Argument("ids", "source", "只导出这些来源", "export only these sources", "ID", 0, None),
            ),
            errors=("UnknownSourceError", "SettingError"),
            tool=WRITES,
        ),
        Act(
            name="import",
            do=lambda bench, asked: bench.import_catalogue(asked["file"]),
            json=_imported_json,
            zh="导入",
            en="import",
            example="catalogue import 题录.json",
            example_en="catalogue import records.json",
            shape='{"updated","added","unchanged","refused":[{"id","reason"}]}',
            arguments=(_FILE,),
            code=lambda report: int(bool(report.refused)),
            wrong=("有题录没有导入", "a record was refused"),
            errors=("SourceError",),
            tool=WRITES,
        ),
    ),
)

VERBS: Final = (
    single("families", "corpus", _FAMILIES),
    single("diff", "corpus", _DIFF),
    single("restore", "corpus", _RESTORE),
    single("edit", "corpus", _EDIT),
    _CATALOGUE,
)
