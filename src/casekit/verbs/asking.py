"""Verbs that ask the corpus by meaning: passages, the sentences that answer, similar passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from casekit.errors import SettingError
from casekit.language import say
from casekit.sections import ROLES
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import CERTAINTIES, FILES, KINDS, PLACE, K
from casekit.verbs.telling import Act, Argument, Option, Route, Tool, single

if TYPE_CHECKING:
    from casekit.search import Answer
    from casekit.types import Hit
    from casekit.verbs.results import Passages
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.asking import Reply, Saying

__all__ = ["VERBS", "Batch", "answer_json", "filters_of", "hit_json"]


# ---- search ---------------------------------------------------------------------------------------------------------


Batch: TypeAlias = "Iterator[Passages]"
"""The answers to the queries of a file, each made when it is asked for."""

_TYPED: Final = (
    ("--company", "只要提到这家公司的段落", "only passages that name this company"),
    ("--tool", "只要提到这个工具的段落", "only passages that name this tool"),
    ("--tactic", "只要提到这个打法的段落", "only passages that name this tactic"),
    ("--person", "只要提到这个人的段落", "only passages that name this person"),
    ("--framework", "只要提到这个框架的段落", "only passages that name this framework"),
    ("--naming", "只要提到这个名称的段落，不管是哪一类", "only passages that name this, whatever it is"),
)
_FILTERS: Final = (
    Option(
        "--source", "source", "只在这个来源里找，可重复", "only this source; repeatable", True, metavar="ID"
    ),
    *(Option(flag, "framework" if flag == "--framework" else "name", zh, en, True, metavar="NAME") for flag, zh, en in _TYPED),
    Option(
        "--kind", "choice", "只要含这类数字的段落", "only passages with a figure of this kind", True, choices=KINDS
    ),
    Option(
        "--certainty", "choice", "只要含这样说的数字的段落（明确陈述、传闻、预期）", "only passages with a figure told so surely", True, choices=CERTAINTIES
    ),
    Option(
        "--role", "choice", "只在这类章节里找（故事、做法、结果……），可重复", "only sections of this role; repeatable", True, choices=ROLES
    ),
    Option(
        "--keyword", "text", "只要带这个标签的来源（Zotero 的分类和标签），可重复", "only sources with this keyword (Zotero's collections and tags); repeatable", True, metavar="WORD"
    ),
    Option("--since", "date", "只要此日期及以后的来源", "only sources of this date or later", metavar="DATE"),
    Option("--until", "date", "只要此日期及以前的来源", "only sources of this date or earlier", metavar="DATE"),
    Option(
        "--noted",
        "flag",
        "只要自己写过笔记的段落",
        "only passages that you wrote a note on",
        closed={"mcp": ("笔记是使用者自己的", "notes are the user's own")},
    ),
)  # fmt: skip


_AT: Final = Option(
    "--at",
    "text",
    "在索引的这份副本里找（casekit push 抄去的）",
    "look in this copy of the index (made by casekit push)",
    metavar="URL",
    closed={"mcp": ("在哪里找由工作区的设置决定", "where to look is a setting of the workspace"), "http": ("在哪里找由工作区的设置决定", "where to look is a setting of the workspace")},
)  # fmt: skip


def filters_of(asked: Asked) -> dict[str, Any]:
    """The filters of a search as `Workbench.search` and `Panel.search` take them."""
    given = asked.values
    return {
        "sources": given["source"],
        "since": given["since"],
        "until": given["until"],
        **asked.some("company", "tool", "tactic", "person", "framework", "naming"),
        "kinds": given["kind"],
        "certainties": given["certainty"],
        "roles": given["role"],
        "keywords": given["keyword"],
        "noted": given["noted"],
    }


def _search(bench: Workbench, asked: Asked) -> Passages | Batch:
    if asked["batch"] is not None:
        return _batch(bench, asked, _queries(Path(asked["batch"]), asked["k"]))
    return _passages(bench, asked, asked["query"], "")


def _passages(bench: Workbench, asked: Asked, query: str, query_id: str) -> Passages:
    from casekit.verbs.results import Passages

    answer = bench.search(query, asked["k"], at=asked["at"], **filters_of(asked))
    return Passages(answer, bench.facets(answer) if asked["facets"] else None, query_id)


def _batch(bench: Workbench, asked: Asked, queries: list[tuple[str, str]]) -> Batch:
    for query_id, query in queries:
        yield _passages(bench, asked, query, query_id)


def _queries(path: Path, k: int) -> list[tuple[str, str]]:
    """The queries of a file, all of them checked before the first is answered."""
    import json

    from casekit.search import check_query

    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(say(f"读不到 {path}：{error}", f"cannot read {path}: {error}")) from error
    queries = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = say(f"{path} 第 {number} 行", f"{path} line {number}")
        try:
            row = json.loads(line)
            query_id, query = str(row["id"]), row["query"]
        except (ValueError, KeyError, TypeError, RecursionError):
            query = None
        if not isinstance(query, str):
            raise UsageError(where + say('不是 {"id","query"}', ' is not {"id","query"}'))
        try:
            check_query(query, k)
        except SettingError as error:
            raise UsageError(f"{where}: {error}") from error
        queries.append((query_id, query))
    return queries


def _search_json(bench: Workbench, asked: Asked, found: Passages | Batch) -> Any:
    from casekit.verbs.results import Passages

    return answer_json(found) if isinstance(found, Passages) else (answer_json(one) for one in found)


def answer_json(found: Passages) -> dict[str, Any]:
    """An answer as `--json` prints it."""
    answer = found.answer
    return {
        "id": found.id,
        "query": answer.query,
        "answerable": answer.answerable,
        **refusal_json(answer),
        **({"following": answer.following} if answer.following else {}),
        "hits": [hit_json(hit) for hit in answer.hits],
        **({} if found.facets is None else {"facets": found.facets}),
    }


def refusal_json(answer: Answer | Reply) -> dict[str, Any]:
    """Why nothing answers, in words and part by part, and what else was looked for."""
    from casekit.search import refusal_told

    evidence = answer.evidence
    return {
        "reason": refusal_told(evidence) or None,
        "missing": list(evidence.missing) if evidence.reason else [],
        "absent": list(evidence.absent),
        "expansion": list(answer.expansion),
        "meant": list(answer.meant),
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit as `--json` prints it."""
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
        "standing": hit.standing,
        "also": list(hit.also),
        "locator": hit.locator,
        "sentence": None if hit.sentence is None else [hit.sentence.start, hit.sentence.end],
    }


_HITS: Final = (
    '{"id","query","answerable","reason","missing","absent","expansion","meant","hits":[{"rank","score","source","start","end","text",'
    '"quote","heading","why","standing","also","locator","sentence":[s,e]}],"facets"}'
)
_LIKE_HITS: Final = (
    '{"id","query","answerable","hits":[{"rank","score","source","start","end","text","quote","heading","why","standing","also",'
    '"locator","sentence"}]}'
)
_SEARCH: Final = Act(
    do=_search,
    json=_search_json,
    zh="按意思查找",
    en="search by meaning",
    example="search 会员数字化做到什么程度 -k 3 --company 步步高",
    example_en="search 'how far is membership digitised' -k 3 --company 'Better Life'",
    shape=_HITS,
    arguments=(
        Argument(
            "query",
            "words",
            "要找什么：问题、词、繁简英皆可",
            "what to look for, any script or English",
            "QUERY",
        ),
    ),
    options=(
        Option(
            "--batch",
            "file",
            '每行一个 {"id","query"} 的 JSONL',
            'JSON Lines of {"id","query"}',
            metavar="FILE",
            instead="query",
            closed={"mcp": FILES},
        ),
        K,
        *_FILTERS,
        _AT,
        Option("--facets", "flag", "按类列出命中段落提到什么", "count what the hits name, by type"),
    ),
    errors=("SettingError", "NotBuiltError", "UnknownSourceError"),
    tool=Tool(
        "search",
        "Passages that answer a question, best first, with their addresses.\n\n"
        "When `answerable` is false the corpus does not hold the answer: say so instead of guessing from the hits.",
    ),
    route=Route("search", {"query": "q", "noted": "notes"}, {"k": 20, "query": ""}),
)


# ---- ask ------------------------------------------------------------------------------------------------------------
def saying_json(bench: Workbench, one: Saying) -> dict[str, Any]:
    """A sentence that answers as `--json` prints it."""
    from casekit.asjson import to_json

    return {
        **one.address.to_json(),
        "quote": one.quote,
        "passage": [one.passage.start, one.passage.end],
        "reference": bench.reference(one.address.source) if one.address.source in bench.catalogue else None,
        "locator": one.locator,
        "standing": one.standing,
        "says": one.says or None,
        "fact": None if one.fact is None else to_json(one.fact),
    }


def _reply_json(bench: Workbench, asked: Asked, reply: Reply) -> dict[str, Any]:
    return {
        "query": reply.query,
        "answerable": reply.answerable,
        **refusal_json(reply),
        "factual": reply.factual,
        "answers": [saying_json(bench, one) for one in reply.sayings],
        "cases": [
            {"source": case.source, "title": case.title, "sentences": [saying_json(bench, one) for one in case.sayings]}
            for case in reply.cases
        ],
    }


def _ask(bench: Workbench, asked: Asked) -> Any:
    if not asked["llm"]:
        return bench.ask(asked["question"], asked["k"], at=asked["at"], **filters_of(asked))
    from casekit.llm import Server

    server = Server(asked["llm"], asked["model"], max(1.0, asked["seconds"]))
    return bench.write(asked["question"], server, asked["k"], at=asked["at"], **filters_of(asked))


def _asked_json(bench: Workbench, asked: Asked, found: Any) -> dict[str, Any]:
    if not asked["llm"]:
        return _reply_json(bench, asked, found)
    written = {
        "model": found.model,
        "declined": found.declined,
        "sentences": [one.to_json() for one in found.sentences],
        "struck": [one.to_json() for one in found.struck],
        "sent": [str(one) for one in found.sent],
    }
    return {**_reply_json(bench, asked, found.reply), "written": written}


_NO_MODEL: Final = (
    "这里不问别的模型；请用命令行或笔记本",
    "no other model is asked from here: use the shell or a notebook",
)
_MODELS: Final = (
    Option(
        "--llm",
        "text",
        "让这个网址的模型作答（OpenAI 接口），逐句核对，立不住的删去",
        "have the model at this address answer (OpenAI's interface); every sentence is checked, what does not hold is struck",
        metavar="URL",
        closed={"mcp": _NO_MODEL, "http": _NO_MODEL},
    ),
    Option(
        "--model",
        "text",
        "模型的名字；钥匙放在环境变量 CASEKIT_LLM_KEY",
        "the model's name; a key goes into CASEKIT_LLM_KEY",
        default="default",
        metavar="NAME",
        closed={"mcp": _NO_MODEL, "http": _NO_MODEL},
    ),
    Option(
        "--seconds",
        "share",
        "最多等模型几秒，默认 60",
        "how long to wait for the model (60)",
        default=60.0,
        metavar="S",
        closed={"mcp": _NO_MODEL, "http": _NO_MODEL},
    ),
)

_ASK: Final = Act(
    do=_ask,
    json=_asked_json,
    zh="问一个问题：原文里回答它的句子",
    en="ask a question: the sentences of the corpus that answer it",
    example="ask 沃尔玛扫码购有多少用户",
    example_en="ask 'how many people use Scan & Go at Walmart'",
    shape='{"query","answerable","reason","missing","absent","expansion","meant","factual","answers":[{"source","start","end","quote",'
    '"passage":[s,e],"reference","locator","standing","says":"first"/"same"/"other"/null,"fact":{…}/null}],'
    '"cases":[{"source","title","sentences":[…]}],"written":{"model","declined","sentences":[{"text","source","start","end",'
    '"quote","title"}],"struck":[{"number","reason"}],"sent":[…]}}',
    arguments=(Argument("question", "words", "问题，繁简英皆可", "the question, any script or English", "QUESTION"),),
    options=(K, *_FILTERS, _AT, *_MODELS),
    errors=("SettingError", "NotBuiltError", "UnknownSourceError"),
    tool=Tool(
        "ask",
        "The sentences of the corpus that answer a question, each at its address with its reference. For one fact: the value "
        "with its qualifier, kind, certainty and time, and every other original that says the same or another value.\n\n"
        "When `answerable` is false, `reason` says what the corpus lacks: say so instead of guessing.",
    ),
)


# ---- like -----------------------------------------------------------------------------------------------------------
def _like(bench: Workbench, asked: Asked) -> tuple[Hit, ...]:
    place = asked.place
    return bench.like(place.source, place.start, place.end, asked["k"])


def _like_json(bench: Workbench, asked: Asked, hits: tuple[Hit, ...]) -> dict[str, Any]:
    query = bench.text(*asked.range)
    return {"id": "", "query": query, "answerable": bool(hits), "hits": [hit_json(hit) for hit in hits]}


_LIKE: Final = Act(
    do=_like,
    json=_like_json,
    zh="找相似段落",
    en="similar passages",
    example="like case-bubugao 713 733 -k 3",
    shape=_LIKE_HITS,
    arguments=(PLACE,),
    options=(K,),
    errors=("UnknownSourceError", "SettingError", "NotBuiltError"),
    tool=Tool("like", "Passages of other places that say something similar to the one at an address, nearest first."),
    route=Route("like"),
)


VERBS: Final = (
    single("search", "ask", _SEARCH),
    single("ask", "ask", _ASK),
    single("like", "ask", _LIKE),
)
