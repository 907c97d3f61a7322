"""Verbs about the corpus: adding, building, seeing and overruling."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import IDS, WRITES, as_it_is
from casekit.verbs.telling import Act, Argument, Option, Tool, never, single

if TYPE_CHECKING:
    from casekit.catalogue import Record
    from casekit.errors import CasekitError
    from casekit.verbs.results import Removed
    from casekit.workbench import AddReport, BuildReport, Workbench
    from casekit.workbench.corpus.adding import Added
    from casekit.workbench.knowledge.resting import Linked

__all__ = ["VERBS", "VERIFY", "linked_json"]


# ---- init, add, remove, corpus, log ---------------------------------------------------------------------------------
def _init(bench: None, asked: Asked) -> Workbench:
    from casekit.workbench import Workbench

    return Workbench.init(asked["dir"], example=asked["example"])


_INIT: Final = Act(
    do=_init,
    json=lambda bench, asked, made: {"workspace": str(made.workspace.root), "sources": len(made.catalogue)},
    zh="新建工作区",
    en="make a new workspace",
    example="init 我的案例",
    example_en="init my-cases",
    shape='{"workspace","sources"}',
    arguments=(Argument("dir", "file", "新工作区的文件夹", "folder of the new workspace", "DIR"),),
    options=(Option("--example", "flag", "带上随附的范例语料", "with the bundled example corpus"),),
    errors=("WorkspaceError",),
    opens=never,
    tool=WRITES,
)


def _add(bench: Workbench, asked: Asked) -> AddReport:
    report = bench.add(
        asked["files"],
        **asked.some("id", "csl", "replace", "id_from", "retells", "anyway", "ocr", "allow_private", "follow_links"),
        progress=asked.progress,
    )
    if not (report.added or report.refused or report.skipped or report.notes):
        raise UsageError(say("这里没有可读的文件", "no readable file here"))
    return report


def _added_code(report: AddReport) -> int:
    if not report.added and not any(one.notice for one in report.refused):
        return 2
    return 1 if report.refused or any(one.lost for one in report.carried) else 0


def _added_json(one: Added) -> dict[str, Any]:
    from casekit.receipt import receipt_to_json

    receipt = None if one.receipt is None else receipt_to_json(one.receipt)
    return {**_record_json(one.record), "receipt": receipt}


def _record_json(record: Record) -> dict[str, Any]:
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


_PRIVATE: Final = Option(
    "--allow-private",
    "flag",
    "本机和内网的网址也取",
    "fetch from this machine and private networks, too",
)

_ADD: Final = Act(
    do=_add,
    json=lambda bench, asked, report: [_added_json(one) for one in report.added],
    zh="加入文章",
    en="add articles",
    example="add 文章 某页.html --id-from path",
    example_en="add articles page.html --id-from path",
    shape='[{"id","sha256","title","authors","publisher","date","language","script","chars",'
    '"receipt":{"visible","kept","cut":{…},"skipped":{…},"encoding","repaired":[…],"order":[…],"notice"}}]',
    arguments=(
        Argument(
            "files",
            "file",
            "文件、文件夹（会递归）或网址（只取这一页）",
            "files, folders (recursive) or web addresses (that one page)",
            "FILE",
            1,
            None,
        ),
    ),
    options=(
        Option("--id", "text", "编号（只有一个文件时）；默认用文件名", "id, for a single file (default: file stem)"),
        Option(
            "--id-from",
            "choice",
            "编号取文件名还是相对路径",
            "id from stem or relative path",
            default="stem",
            choices=("stem", "path"),
        ),
        Option("--csl", "file", "题录（CSL-JSON）", "bibliographic records (CSL-JSON)", metavar="FILE"),
        Option("--replace", "flag", "同编号的新版本，替换旧的", "a new version replaces the old one"),
        Option(
            "--retells",
            "source",
            "这些文件是摘要、案例研究或译文，转述的是哪些来源（可重复）",
            "the files are digests, case studies or translations of these sources (repeatable)",
            many=True,
            metavar="ID",
        ),
        Option(
            "--anyway",
            "flag",
            "像是提示、验证或登录页的也收",
            "take what looks like a notice, verification or log-in page, too",
        ),
        Option(
            "--ocr",
            "flag",
            "识别图片和扫描页里的文字（需要 pip install 'casekit[ocr]'）",
            "recognise the text of pictures and scanned pages (needs pip install 'casekit[ocr]')",
        ),
        _PRIVATE,
        Option(
            "--follow-links",
            "flag",
            "文件夹里指向别处的链接、题录里放在别处的附件也收（默认不收）",
            "follow links that lead out of folders, take attachments outside of the reference file's (not by default)",
        ),
    ),
    code=_added_code,
    wrong=("有文件没有加入，或有出处找不回来", "a file was refused, or evidence was lost"),
    errors=("SourceError", "SettingError", "WorkspaceError"),
    tool=WRITES,
)


_REFRESH: Final = Act(
    do=lambda bench, asked: bench.refresh_links(asked["ids"], **asked.some("allow_private"), progress=asked.progress),
    json=lambda bench, asked, done: [
        {"id": one.id, "url": one.url, "status": one.status, "reason": one.reason} for one in done
    ],
    zh="看由网址加入的页面有没有变",
    en="look whether pages added by a link have changed",
    example="refresh",
    shape='[{"id","url","status","reason"}]',
    arguments=(Argument("ids", "source", "只看这些来源", "only these sources", "ID", 0, None),),
    options=(_PRIVATE,),
    code=lambda done: int(any(one.status == "failed" or any(c.lost for c in one.carried) for one in done)),
    wrong=("有页面取不到，或有出处找不回来", "a page could not be fetched, or evidence was lost"),
    errors=("UnknownSourceError", "SourceError", "WorkspaceError"),
    tool=WRITES,
)


def _remove(bench: Workbench, asked: Asked) -> list[Removed]:
    from casekit.verbs.results import Removed

    folders = bench.remove(asked["ids"])
    return [Removed(*pair) for pair in zip(dict.fromkeys(asked["ids"]), folders, strict=True)]


_REMOVE: Final = Act(
    do=_remove,
    json=lambda bench, asked, gone: [{"id": one.id, "trash": str(one.trash)} for one in gone],
    zh="移除来源（进回收站）",
    en="remove sources (to the trash)",
    example="remove 某页",
    example_en="remove page",
    shape='[{"id","trash"}]',
    arguments=(IDS,),
    errors=("UnknownSourceError",),
    tool=WRITES,
)


def _corpus(bench: Workbench, asked: Asked) -> list[dict[str, Any]] | list[Linked]:
    if asked["what"] is None:
        return bench.corpus()
    if asked["what"] != "check":
        raise UsageError(say("corpus 后面只能接 check", "corpus takes nothing but check"))
    return bench.check_corpus(asked["ids"])


def _corpus_json(bench: Workbench, asked: Asked, found: Any) -> Any:
    return found if asked["what"] is None else [linked_json(one) for one in found]


def linked_json(one: Linked) -> dict[str, Any]:
    """A retelling's sentences with what they rest on, as `--json` prints them."""
    return {
        "id": one.source,
        "share": round(one.share, 4),
        "sentences": [
            {
                "start": sentence.address.start,
                "end": sentence.address.end,
                "text": sentence.text,
                "status": sentence.status,
                "evidence": [
                    {**(v.found or v.evidence.address).to_json(), "status": v.status, "quote": v.quote}
                    for v in sentence.evidence
                ],
                "problems": [
                    {"field": p.field, "told": p.told, "source": p.source, "message": p.message()}
                    for p in sentence.problems
                ],
            }
            for sentence in one.sentences
        ],
    }


def _corpus_code(found: Any) -> int:
    from casekit.workbench.knowledge.resting import Linked

    wrong = ("lost", "differs")
    checked = [one for one in found if isinstance(one, Linked)]
    return int(any(sentence.status in wrong for one in checked for sentence in one.sentences))


_CORPUS: Final = Act(
    do=_corpus,
    json=_corpus_json,
    zh="列出来源与状态；corpus check 核对转述的每一句",
    en="list sources and their state; corpus check holds every sentence of retellings to their originals",
    example="corpus check digest-001",
    shape='[{"id","title","kind","date","chars","state","state_text","older":[…]}] or, with check, [{"id","share","sentences":[{"start","end","text","status","evidence":[…],"problems":[…]}]}]',
    arguments=(
        Argument(
            "what",
            "text",
            "check：摘要与案例研究的每一句是否有原文为据",
            "check: whether every sentence of digests and case studies rests on the originals",
            "check",
            0,
            1,
        ),
        Argument("ids", "source", "只核对这些转述", "only these retellings", "ID", 0, None),
    ),
    code=_corpus_code,
    wrong=("有句子与所据原文不符", "a sentence differs from what it rests on"),
    errors=("UnknownSourceError", "SourceError"),
    tool=Tool("sources", "What the corpus holds: id, title, publisher, date, kind and whose interest speaks."),
)

_LOG: Final = Act(
    do=lambda bench, asked: bench.store.history(),
    json=as_it_is,
    zh="语料变更记录",
    en="what changed in the corpus",
    example="log",
    shape='[{"at","event","id","sha256",…}]',
    tool=("变更记录是编者的", "the log is the editor's"),
)


# ---- build, verify --------------------------------------------------------------------------------------------------
def _build_json(bench: Workbench, asked: Asked, report: BuildReport) -> dict[str, Any]:
    return {**asdict(report), "failed": [{"id": i, "reason": r} for i, r in report.failed]}


_BUILD: Final = Act(
    do=lambda bench, asked: bench.build(full=asked["full"], progress=asked.progress),
    json=_build_json,
    zh="建立或更新索引",
    en="build or update the index",
    example="build --full",
    shape='{"sources","passages","added","removed","unchanged","seconds","layers":[{"layer","because","sources","changed"}],…}',
    options=(Option("--full", "flag", "全部重建", "everything anew"),),
    code=lambda report: int(bool(report.failed)),
    wrong=("有来源没有建入", "a source was not built"),
    errors=("BusyError", "ModelError", "WorkspaceError"),
    tool=WRITES,
)


def _verified_damaged(folder: str | None, error: CasekitError, asked: Asked) -> dict[str, Any]:
    from casekit.workbench.verifying import verify_damaged

    return {**verify_damaged(folder, error), "accepted": []}


_VERIFY: Final = Act(
    do=lambda bench, asked: bench.verify(accept=asked["accept"]),
    json=as_it_is,
    damaged=_verified_damaged,
    zh="核对一切是否是您确认保存的样子",
    en="is everything as you acknowledged it?",
    example="verify",
    shape='{"files","sources","acknowledged","problems":[{"where","problem","remedy"}],"notes":[{"where","problem","remedy"}],'
    '"accepted","older":[{"layer","because"}],"old_texts"}',
    options=(
        Option(
            "--accept",
            "flag",
            "手工改动的照现在的样子确认",
            "acknowledge what was changed by hand as it is now",
            closed={"http": ("确认改动要在终端或笔记本里做", "acknowledging changes is done in a shell or notebook")},
        ),
    ),
    errors=("WorkspaceError", "BusyError"),
    code=lambda report: int(bool(report["problems"])),
    wrong=("有文件损坏或不符", "a file is damaged or differs"),
    tool=("维护是编者的事", "maintenance is the editor's"),
)


VERBS: Final = (
    single("init", "corpus", _INIT),
    single("add", "corpus", _ADD),
    single("refresh", "corpus", _REFRESH),
    single("remove", "corpus", _REMOVE),
    single("build", "corpus", _BUILD),
    single("corpus", "corpus", _CORPUS),
    single("log", "corpus", _LOG),
)
VERIFY: Final = single("verify", "care", _VERIFY)
