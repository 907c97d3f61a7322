"""Verbs of the network: `graph` hands it on, `network` asks it, `relation` adds to it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.linked import (
    central_json,
    changes_json,
    communities_json,
    links_json,
    outcomes_json,
    paths_json,
    shared_json,
    together_json,
)
from casekit.verbs.shared import FILES, MOST
from casekit.verbs.telling import Act, Argument, Option, Tool, Verb, single

if TYPE_CHECKING:
    from casekit.verbs.results import Drawn
    from casekit.workbench import Workbench

__all__ = ["VERBS"]


# ---- graph ----------------------------------------------------------------------------------------------------------


def _graph(bench: Workbench, asked: Asked) -> Drawn:
    from casekit.verbs.results import Drawn
    from casekit.workbench.knowledge.drawing import PICTURES, most_drawn

    network, format = bench.network, asked["format"]
    chosen = {**asked.some("around", "most"), "figures": asked["figures"]}
    whole = len(network.part(figures=asked["figures"]))
    if asked["output"] is None:
        if format not in (None, "json"):
            raise UsageError(say(f"{format} 要写进文件：加 -o FILE", f"{format} goes to a file: add -o FILE"))
        return Drawn(network.part(**chosen), whole, format=format)
    path = network.save(asked["output"], format, **chosen)
    kind = format or path.suffix.lower().removeprefix(".")
    chosen["most"] = most_drawn(kind, asked["most"])
    return Drawn(network.part(**chosen), whole, path, kind, kind in PICTURES)


def _graph_json(bench: Workbench, asked: Asked, drawn: Drawn) -> Any:
    import json

    if drawn.path is None:
        return json.loads(bench.network.render("json", **asked.some("around", "most"), figures=asked["figures"]))
    return {
        "path": str(drawn.path),
        "format": drawn.format,
        "nodes": len(drawn.graph),
        "links": drawn.graph.size(),
    }


_GRAPH: Final = Act(
    do=_graph,
    json=_graph_json,
    zh="关系网络的文件（HTML、PNG、GraphML…）",
    en="the network as a file",
    example="graph -o 网络.html --around 沃尔玛",
    example_en="graph -o network.html --around Walmart",
    shape='{"nodes","links"} or, written to a file, {"path","format","nodes","links"}',
    options=(
        Option(
            "--format",
            "choice",
            "格式；默认看文件名的结尾",
            "format; that of the file's ending if not given",
            choices=("json", "graphml", "gexf", "html", "svg", "png"),
        ),
        Option("--output", "file", "写到这个文件", "write to this file", metavar="FILE", short="-o"),
        Option("--around", "name", "只要它周围两步之内", "only what is at most two links away from it", metavar="NAME"),
        Option(
            "--most",
            "number",
            "最多几个节点，联系多的优先；图片默认 400",
            "at most so many nodes, the most linked ones (pictures: 400)",
            metavar="N",
        ),
        Option("--figures", "flag", "取得的数字也作节点", "figures that somebody achieved are nodes, too"),
    ),
    errors=("SettingError", "NotBuiltError", "WorkspaceError"),
    tool=FILES,
)


# ---- network --------------------------------------------------------------------------------------------------------
def _shared(bench: Workbench, asked: Asked) -> Any:
    found = bench.network.shared(asked["by"])
    if asked["name"] is None:
        return found
    wanted = bench.network.node(asked["name"])
    return found.edge_subgraph([edge for edge in found.edges if wanted in edge]).copy()


_NAME: Final = Argument("name", "name", "名称（任何叫法或编号）", "a name, any form or id", "NAME")
_ANY_NAME: Final = Argument("name", "name", "名称（任何叫法或编号）", "a name, any form or id", "NAME", least=0)
_LINKS: Final = (
    '[{"subject","subject_id","relation","object","object_id","object_text","polarity","rule",'
    '"evidence":[{"source","start","end","quote"}],"standing"}]'
)
_PAIRS: Final = '[{"a","a_id","b","b_id",…,"standing","evidence":[{"source","start","end"}]}]'
_ERRORS: Final = ("SettingError", "NotBuiltError")


def _action(name: str, zh: str, en: str, do: Any, as_json: Any, shape: str, **more: Any) -> Act:
    options = (*more.pop("options", ()), MOST)
    words, words_en = more.pop("words", ("", ""))
    tool = more.pop("tool", ("relations 给出同样的关系", "`relations` gives the same links"))
    return Act(
        name=name,
        do=do,
        json=as_json,
        zh=zh,
        en=en,
        example=f"network {name} {words}".strip(),
        example_en=f"network {name} {words_en}".strip(),
        shape=shape,
        options=options,
        tool=tool,
        errors=_ERRORS,
        **more,
    )


_NETWORK: Final = Verb(
    name="network",
    zh="向关系网络提问",
    en="ask the network",
    group="know",
    acts=(
        _action(
            "neighbours",
            "直接关系",
            "what a thing is linked to",
            lambda bench, asked: bench.network.neighbours(asked["name"], relation=asked["relation"]),
            links_json,
            _LINKS,
            words=("沃尔玛", "Walmart"),
            arguments=(_NAME,),
            options=(
                Option(
                    "--relation",
                    "relation",
                    "neighbours 只要这种关系",
                    "`neighbours`: only this relation",
                    metavar="TYPE",
                ),
            ),
        ),
        _action(
            "paths",
            "两者之间的路径",
            "ways between two things",
            lambda bench, asked: bench.network.paths(*asked["names"], longest=asked["longest"]),
            paths_json,
            f'[{{"steps":[{_LINKS}]}}]',
            words=("沃尔玛 步步高", "Walmart 'Better Life'"),
            arguments=(
                Argument("names", "name", "两个名称（任何叫法或编号）", "two names, any form or id", "NAME", 2, 2),
            ),
            options=(
                Option(
                    "--longest",
                    "number",
                    "paths 最多几步，默认 4",
                    "`paths`: at most so many steps (4)",
                    default=4,
                    metavar="N",
                ),
            ),
        ),
        _action(
            "shared",
            "谁用同样的工具或打法",
            "who shares tools or tactics",
            _shared,
            shared_json,
            _PAIRS,
            arguments=(_ANY_NAME,),
            options=(
                Option(
                    "--by",
                    "choice",
                    "shared 按什么",
                    "what `shared` looks at",
                    default="tool",
                    choices=("tool", "tactic"),
                ),
            ),
        ),
        _action(
            "together",
            "谁常一起出现",
            "who is named together",
            lambda bench, asked: bench.network.together(asked["name"], **asked.some("within", "least")),
            together_json,
            _PAIRS,
            arguments=(_ANY_NAME,),
            options=(
                Option(
                    "--within",
                    "choice",
                    "together 在多近之内",
                    "`together`: how near",
                    default="passage",
                    choices=("sentence", "passage"),
                ),
                Option(
                    "--least",
                    "number",
                    "together 至少几次，默认 2",
                    "`together`: at least so often (2)",
                    default=2,
                    metavar="N",
                ),
            ),
        ),
        _action(
            "central",
            "谁最居中",
            "what is most central",
            lambda bench, asked: bench.network.central(),
            central_json,
            '[{"id","name","type","degree","betweenness","evidence"}]',
        ),
        _action(
            "communities",
            "分群",
            "groups",
            lambda bench, asked: bench.network.communities(),
            communities_json,
            '[{"members":[{"id","name","type"}],"evidence"}]',
        ),
        _action(
            "single-source",
            "只有一篇说的",
            "what one source alone says",
            lambda bench, asked: bench.network.single_source(),
            links_json,
            _LINKS,
        ),
        _action(
            "changes",
            "两次构建的差别",
            "what differs between two builds",
            lambda bench, asked: bench.network.changes(),
            changes_json,
            '{"from","to","nodes_added","nodes_removed","added","removed","evidence"}',
        ),
        _action(
            "outcomes",
            "打法或工具带来什么",
            "what came of a tactic or tool",
            lambda bench, asked: bench.network.outcomes(asked["name"]),
            outcomes_json,
            '[{"company","company_id","relation","polarity","through","standing","evidence","figures"}]',
            words=("扫码购", "'Scan and Go'"),
            arguments=(_NAME,),
            tool=Tool(
                "outcomes",
                "Who applies a tactic or uses a tool, and the figures that the corpus reports near it; no figures means that no "
                "outcome is reported.",
            ),
        ),
    ),
)

VERBS: Final = (single("graph", "know", _GRAPH), _NETWORK)
