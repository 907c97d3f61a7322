"""Verbs that hand on to other programs and take in from them: tables, vaults, annotations, Zotero."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import COMPARE_BY, FILES, WRITES
from casekit.verbs.telling import Act, Argument, Option, Verb, single

if TYPE_CHECKING:
    from casekit.workbench import Workbench
    from casekit.workbench.outside.report import Exchanged

__all__ = ["EXCHANGED", "VERBS", "exchanged_code", "exchanged_json"]

EXCHANGED: Final = '{"where","done","unchanged","kept","refused":[{"name","reason"}]}'


def exchanged_json(bench: Any, asked: Asked, found: Exchanged) -> dict[str, Any]:
    """An exchange as `--json` prints it."""
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(found).items()}
    return {**told, "refused": [{"name": name, "reason": reason} for name, reason in found.refused]}


def exchanged_code(found: Exchanged) -> int:
    """1 where something was refused."""
    return int(bool(found.refused))


# ---- tables, vault --------------------------------------------------------------------------------------------------
def _tables(bench: Workbench, asked: Asked) -> Exchanged:
    cases = [card.id for card in bench.cases.list()] if asked["compare"] else []
    matrices = [bench.cases.compare(cases, by=by) for by in asked["compare"]]
    return bench.save_tables(asked["file"], matrices)


_TABLES: Final = Act(
    do=_tables,
    json=exchanged_json,
    zh="全部表格存成 Excel（出处可点）或 SQLite",
    en="all tables as an Excel workbook (addresses can be clicked) or an SQLite database",
    example="tables 全部.xlsx --compare tools",
    example_en="tables all.xlsx --compare tools",
    shape=EXCHANGED,
    arguments=(
        Argument("file", "file", "写到这个文件（.xlsx 或 .sqlite）", "file to write (.xlsx or .sqlite)", "FILE"),
    ),
    options=(
        Option(
            "--compare",
            "choice",
            "Excel 里加一张案例比较表，可重复",
            "add a comparison of the cases to the workbook; repeatable",
            many=True,
            choices=COMPARE_BY,
        ),
    ),
    errors=("SettingError", "NotBuiltError", "SourceError"),
    tool=FILES,
)
_VAULT: Final = Act(
    do=lambda bench, asked: bench.save_vault(asked["dir"]),
    json=exchanged_json,
    zh="语料、名称与案例写成 Obsidian 笔记库",
    en="corpus, names and cases as a Markdown vault for Obsidian",
    example="vault 笔记库",
    example_en="vault my-vault",
    shape=EXCHANGED,
    arguments=(Argument("dir", "file", "笔记库的文件夹", "the vault's folder", "DIR"),),
    errors=("NotBuiltError", "SourceError"),
    tool=FILES,
)

# ---- annotations ----------------------------------------------------------------------------------------------------
_SOURCES: Final = Option(
    "--source", "source", "只要这个来源的，可重复", "only those on this source; repeatable", many=True, metavar="ID"
)
_ANNOTATIONS: Final = Verb(
    name="annotations",
    zh="自己的笔记与 W3C 批注互换",
    en="your notes as W3C Web Annotations and back",
    group="care",
    acts=(
        Act(
            name="export",
            do=lambda bench, asked: bench.export_annotations(asked["file"], asked["source"]),
            json=exchanged_json,
            zh="笔记写成批注列表",
            en="write the notes as a list of annotations",
            example="annotations export 批注.json",
            example_en="annotations export notes.json",
            shape=EXCHANGED,
            arguments=(Argument("file", "file", "写到这个文件", "file to write", "FILE.json"),),
            options=(_SOURCES,),
            errors=("UnknownSourceError", "SourceError"),
            tool=FILES,
        ),
        Act(
            name="import",
            do=lambda bench, asked: bench.import_annotations(asked["file"]),
            json=exchanged_json,
            code=exchanged_code,
            wrong=("有批注没有收进来", "an annotation was not taken in"),
            zh="批注收作笔记",
            en="take annotations as notes",
            example="annotations import 批注.json",
            example_en="annotations import notes.json",
            shape=EXCHANGED,
            arguments=(
                Argument("file", "file", "批注文件（JSON 列表）", "file of annotations (a JSON list)", "FILE.json"),
            ),
            errors=("SourceError", "BusyError"),
            tool=WRITES,
        ),
    ),
)

# ---- Zotero ---------------------------------------------------------------------------------------------------------
_URL: Final = Option(
    "--url",
    "text",
    "Zotero 的地址；默认本机 23119 端口",
    "where Zotero listens (this machine, port 23119)",
    metavar="URL",
)
_ZOTERO: Final = Verb(
    name="zotero",
    zh="与 Zotero 互通",
    en="to and from Zotero",
    group="corpus",
    acts=(
        Act(
            name="pull",
            do=lambda bench, asked: bench.pull_zotero(
                asked["file"],
                url=asked["url"],
                collection=asked["collection"] or "",
                **asked.some("replace", "follow_links"),
            ),
            json=exchanged_json,
            code=exchanged_code,
            wrong=("有条目没有收进来", "an item was not taken in"),
            zh="条目连同附件收进语料，编号用引用键",
            en="take items with their files into the corpus, under their citation keys",
            example="zotero pull --collection 零售",
            example_en="zotero pull --collection retail",
            shape=EXCHANGED,
            arguments=(
                Argument("file", "file", "导出的文件（JSON、RDF、BibTeX）；不给则问本机的 Zotero", "an export (JSON, RDF, BibTeX); without one Zotero itself is asked", "FILE", 0),
            ),
            options=(
                Option("--collection", "text", "只要这个分类", "only this collection", metavar="NAME"),
                Option("--replace", "flag", "附件变了就收为新版本", "take changed files as new versions"),
                Option("--follow-links", "flag", "导出文件的文件夹之外的附件也收（默认不收）", "take attachments outside of the export's folder, too (not by default)"),
                _URL,
            ),
            errors=("SourceError", "SettingError"),
            tool=WRITES,
        ),
        Act(
            name="push",
            do=lambda bench, asked: bench.push_zotero(asked["ids"], url=asked["url"]),
            json=exchanged_json,
            code=exchanged_code,
            wrong=("有题录 Zotero 没有收下", "Zotero did not take a record"),
            zh="题录送进 Zotero",
            en="hand records to Zotero",
            example="zotero push 某页",
            example_en="zotero push page",
            shape=EXCHANGED,
            arguments=(Argument("ids", "source", "来源编号；不给为全部", "source ids; all if none is named", "ID", 0, None),),
            options=(_URL,),
            errors=("UnknownSourceError", "SourceError"),
            tool=WRITES,
        ),
    ),
)  # fmt: skip

VERBS: Final = (single("tables", "know", _TABLES), single("vault", "case", _VAULT), _ANNOTATIONS, _ZOTERO)
