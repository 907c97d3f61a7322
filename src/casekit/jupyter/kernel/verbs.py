"""The verbs of `%casekit`: the command line's, with its options, each giving the object that the workbench returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casekit.jupyter.kernel.asked import Asked, Option, UsageError, Verb
from casekit.jupyter.kernel.workshop_verb import WORKSHOP
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS", "verb_called"]


@dataclass(frozen=True, slots=True)
class _Action:
    """One question to the network: how many names it takes, and how it is asked."""

    ask: Callable[[Any, Asked], Any]
    least: int = 0
    most: int = 0


_K: Final = Option("-k", "number", "要几段,默认 10", "how many passages (10)", default=10)
_STYLE: Final = Option("--style", "style", "著录格式", "reference style", default="gbt7714-2025")
_BY_SOURCE: Final = Option("--source", "source", "只看这个来源", "only this source")
_BY_ENTITY: Final = Option("--entity", "entity", "只看这个名称(任何叫法或编号)", "only this name (any form, or id)")
_KINDS: Final = ("achieved", "target", "estimate", "size", "survey", "date")


def _search(bench: Workbench, asked: Asked) -> Any:
    given = asked.options
    if not asked.words:
        raise UsageError(say("请写出要找什么", "say what to look for"))
    return bench.search(
        asked.text,
        given["k"],
        sources=given["source"],
        since=given["since"],
        until=given["until"],
        naming=[*given["company"], *given["tool"], *given["tactic"], *given["person"]],
        kinds=given["kind"],
    )


def _text(bench: Workbench, asked: Asked) -> Any:
    if len(asked.words) == 1 and ":" not in asked.words[0]:
        return bench.text(asked.words[0])
    return bench.text(*asked.place())


def _find(bench: Workbench, asked: Asked) -> Any:
    if not asked.words:
        raise UsageError(say("请写出要找的原文", "give the text to find"))
    return bench.find(asked.text)


def _facts(bench: Workbench, asked: Asked) -> Any:
    chosen = {"source": asked.options["source"], "entity": asked.options["entity"]}
    return bench.network.compare(**chosen) if asked.options["compare"] else bench.facts(**chosen)


def _cite(bench: Workbench, asked: Asked) -> Any:
    from casekit.jupyter.kernel.references import reference_list

    return reference_list(bench, asked.words or [record.id for record in bench.sources()], style=asked.options["style"])


def _references(bench: Workbench, asked: Asked) -> Any:
    from casekit.jupyter.kernel.references import references

    return references(style=asked.options["style"], notebook=asked.options["notebook"], wb=bench)


def _check(bench: Workbench, asked: Asked) -> Any:
    from casekit.jupyter.kernel.checked import CheckedDraft

    if not asked.words:
        raise UsageError(
            say("请给出草稿文件;核对一格里的文字用 %%casekit check", "name drafts; %%casekit check takes a cell's text")
        )
    found = [CheckedDraft(draft, findings) for draft, findings in bench.check(asked.words)]
    return found[0] if len(found) == 1 else found


_NETWORK: Final[Mapping[str, _Action]] = {
    "neighbours": _Action(lambda net, a: net.neighbours(a.words[0], relation=a.options["relation"]), 1, 1),
    "paths": _Action(lambda net, a: net.paths(*a.words, longest=a.options["longest"]), 2, 2),
    "shared": _Action(lambda net, a: net.shared(a.options["by"])),
    "together": _Action(
        lambda net, a: net.together(
            a.words[0] if a.words else None, within=a.options["within"], least=a.options["least"]
        ),
        0,
        1,
    ),
    "central": _Action(lambda net, a: net.central()),
    "communities": _Action(lambda net, a: net.communities()),
    "single-source": _Action(lambda net, a: net.single_source()),
    "changes": _Action(lambda net, a: net.changes()),
    "outcomes": _Action(lambda net, a: net.outcomes(a.words[0]), 1, 1),
}
_CASE: Final = ("list", "show", "new", "check", "compare", "lens", "similar")


def _split_action(verb: str, asked: Asked, known: Sequence[str]) -> tuple[str, Asked]:
    action = asked.words[0] if asked.words else ""
    if action not in known:
        listed = say("、", ", ").join(known)
        raise UsageError(
            say(f"{verb} 后面接:{listed}", f"{verb} takes: {listed}")
            if not action
            else say(f"{verb} 没有 {action};可用:{listed}", f"{verb} knows no {action}; wanted: {listed}")
        )
    return action, Asked(asked.words[1:], asked.options)


def _network(bench: Workbench, asked: Asked) -> Any:
    name, rest = _split_action("network", asked, tuple(_NETWORK))
    action = _NETWORK[name]
    if not action.least <= len(rest.words) <= action.most:
        wanted = str(action.least) if action.least == action.most else f"{action.least}-{action.most}"
        n = len(rest.words)
        raise UsageError(say(f"{name} 要 {wanted} 个名称,给了 {n} 个", f"{name} takes {wanted} names, not {n}"))
    return action.ask(bench.network, rest)


def _case(bench: Workbench, asked: Asked) -> Any:
    action, rest = _split_action("case", asked, _CASE)
    cases, words = bench.cases, rest.words
    if action == "list":
        return cases.list()
    if action == "show":
        return cases.get(rest.one(say("案例名称", "name of a case")))
    if action == "new":
        return cases.new(rest.one(say("公司名称", "name of a company")), card_id=asked.options["id"])[0]
    if action == "check":
        return cases.check(words)
    if action == "similar":
        if not words:
            raise UsageError(say("请描述客户:行业、工具、打法", "describe the client: industry, tools, tactics"))
        return cases.similar(rest.text)
    if action == "lens":
        if not asked.options["framework"]:
            raise UsageError(say("请用 --framework 给出框架", "name a framework with --framework"))
        return cases.lens(asked.options["framework"], words)
    if len(words) < 2:
        raise UsageError(say("请给出两个或更多案例", "name two or more cases"))
    return cases.compare(words, asked.options["by"])


VERBS: Final[tuple[Verb, ...]] = (
    Verb(
        "search",
        "QUERY",
        "按意思查找",
        "search by meaning",
        _search,
        ("text",),
        (
            _K,
            Option("--source", "source", "只在这个来源里找,可重复", "only this source; repeatable", many=True),
            Option("--company", "entity", "只要提到这家公司的段落", "only passages that name this company", many=True),
            Option("--tool", "entity", "只要提到这个工具的段落", "only passages that name this tool", many=True),
            Option("--tactic", "entity", "只要提到这个打法的段落", "only passages that name this tactic", many=True),
            Option("--person", "entity", "只要提到这个人的段落", "only passages that name this person", many=True),
            Option(
                "--kind",
                "choice",
                "只要含这类数字的段落",
                "only passages with a figure of this kind",
                True,
                None,
                _KINDS,
            ),
            Option("--since", "date", "只要此日期及以后的来源", "only sources of this date or later"),
            Option("--until", "date", "只要此日期及以前的来源", "only sources of this date or earlier"),
        ),
    ),
    Verb(
        "like",
        "ID START END",
        "找相似段落",
        "similar passages",
        lambda bench, a: bench.like(*a.place(), a.options["k"]),
        ("source", "number", "number"),
        (_K,),
    ),
    Verb("find", "TEXT", "找原文出现处(繁简皆可)", "exact occurrences, any script", _find, ("text",)),
    Verb("kwic", "TEXT", "逐条列出词语及上下文", "key word in context", _find, ("text",)),
    Verb(
        "quote",
        "ID START END",
        "引文及出处",
        "a quotation with its reference",
        lambda bench, a: bench.quote(*a.place(), style=a.options["style"], script=a.options["script"]),
        ("source", "number", "number"),
        (
            _STYLE,
            Option(
                "--script",
                "choice",
                "转成这种字体,并注明是转换的",
                "put it into this script, marked as converted",
                choices=("zh-Hans", "zh-Hant"),
            ),
        ),
    ),
    Verb(
        "show",
        "ID",
        "正文、剔除处与理由",
        "body, cuts and why",
        lambda bench, a: bench.show(a.one(say("来源编号", "source id"))),
        ("source",),
    ),
    Verb("text", "ID [START END]", "存下的原文", "the stored text", _text, ("source", "number", "number")),
    Verb("corpus", "", "列出来源", "list sources", lambda bench, a: bench.sources()),
    Verb(
        "mentions",
        "",
        "名称",
        "names that were found",
        lambda bench, a: bench.mentions(source=a.options["source"], entity=a.options["entity"]),
        (),
        (_BY_SOURCE, _BY_ENTITY),
    ),
    Verb(
        "facts",
        "",
        "数字",
        "figures that were found",
        _facts,
        (),
        (
            _BY_SOURCE,
            _BY_ENTITY,
            Option(
                "--compare",
                "nothing",
                "同一数字在几处的说法:一致、口径不同、矛盾",
                "the same figure in several places: agree, scope, conflict",
                default=False,
            ),
        ),
    ),
    Verb(
        "relations",
        "",
        "谁用什么、做什么",
        "who did what with which tool",
        lambda bench, a: bench.relations(source=a.options["source"], entity=a.options["entity"]),
        (),
        (_BY_SOURCE, _BY_ENTITY),
    ),
    Verb(
        "network",
        "ACTION [NAME…]",
        "向关系网络提问",
        "ask the network",
        _network,
        ("choice", "entity"),
        (
            Option("--by", "choice", "shared 按什么", "what `shared` looks at", False, "tool", ("tool", "tactic")),
            Option("--relation", "text", "neighbours 只要这种关系", "`neighbours`: only this relation"),
            Option("--longest", "number", "paths 最多几步,默认 4", "`paths`: at most so many steps (4)", default=4),
            Option(
                "--within",
                "choice",
                "together 在多近之内",
                "`together`: how near",
                False,
                "passage",
                ("sentence", "passage"),
            ),
            Option("--least", "number", "together 至少几次,默认 2", "`together`: at least so often (2)", default=2),
        ),
        tuple(_NETWORK),
    ),
    Verb(
        "case",
        "ACTION [NAME…]",
        "案例卡",
        "case cards",
        _case,
        ("choice", "case"),
        (
            Option(
                "--by",
                "choice",
                "compare 按什么比",
                "what to compare by",
                False,
                "facets",
                ("facets", "tools", "tactics", "frameworks", "metrics"),
            ),
            Option("--framework", "framework", "lens 用哪个框架", "framework to lay over the cases"),
            Option("--id", "text", "new 的编号", "id of the new card"),
        ),
        _CASE,
    ),
    Verb(
        "cite",
        "[ID…]",
        "参考文献著录;不给编号则为全部",
        "references; of all sources if no id is given",
        _cite,
        ("source",),
        (_STYLE,),
    ),
    Verb(
        "references",
        "",
        "这本笔记本引用了什么,列成文献表",
        "what this notebook cites, as a list of references",
        _references,
        (),
        (_STYLE, Option("--notebook", "file", "另一本笔记本的文件", "the file of another notebook")),
    ),
    Verb(
        "check",
        "FILE…",
        "核对草稿里的引文与数字;%%casekit check 核对这一格的文字",
        "check drafts; %%casekit check takes the cell's text",
        _check,
        ("file",),
    ),
    WORKSHOP,
    Verb(
        "build",
        "",
        "建立或更新索引",
        "build or update the index",
        lambda bench, a: bench.build(full=a.options["full"]),
        (),
        (Option("--full", "nothing", "全部重建", "everything anew", default=False),),
    ),
)
"""All verbs, in the order of the help."""


def verb_called(name: str) -> Verb | None:
    """The verb of this name."""
    return next((verb for verb in VERBS if verb.name == name), None)
