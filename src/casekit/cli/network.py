"""How the network looks in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casekit.cli.figures import show_outcomes
from casekit.cli.relation import address_of, flat, polarity_of, standing_of
from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.graph import Graph
    from casekit.verbs.results import Drawn
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


# ---- graph ----------------------------------------------------------------------------------------------------------
def _graph(bench: Workbench, asked: Asked, drawn: Drawn) -> None:
    if drawn.path is not None:
        print(f"{drawn.path}  {_summary(drawn.graph)}")
    elif drawn.format == "json":
        import json

        from casekit.cli.running import emit

        emit(json.loads(bench.network.render("json", **asked.some("around", "most"), figures=asked["figures"])))
    else:
        print(_summary(drawn.graph))


def _tell_of_rest(bench: Workbench, asked: Asked, drawn: Drawn) -> None:
    shown, n = len(drawn.graph), drawn.whole
    if shown < n and asked["most"] is None and drawn.picture:
        tell(
            say(
                f"网络共 {n} 个节点，画出 {shown} 个；--most N 多画些，--around 名称 只画它周围",
                f"{shown} of {n} nodes are drawn; --most N draws more, --around NAME what surrounds it",
            )
        )


def _summary(graph: Graph) -> str:
    from casekit.graph import links
    from casekit.graph.layout import relation_name

    found = links(graph)
    counts = Counter(x.relation for x in found)
    kinds = say("、", ", ").join(f"{relation_name(name)} {n}" for name, n in counts.most_common())
    n = len(graph)
    return say(f"{n} 个节点，{len(found)} 条关系", f"{n} nodes, {len(found)} links") + (f" ({kinds})" if kinds else "")


# ---- network --------------------------------------------------------------------------------------------------------
def _links(bench: Workbench, asked: Asked, links: Any) -> None:
    _print_links(bench.network.links_json(links[: asked["n"]]))
    _told(len(links), asked["n"])


def _print_links(rows: Iterable[dict[str, Any]], *, indent: str = "") -> None:
    from casekit.graph.layout import relation_name

    for row in rows:
        other = row["object"] or row["object_text"]
        role = f" ({row['object_text']})" if row["object"] and row["object_text"] else ""
        how = polarity_of(row["polarity"], row["relation"]) + standing_of(row["standing"])
        print(
            f"{indent}{row['subject']} —{relation_name(row['relation'])}{'—' if row['relation'] == 'partner_of' else '→'} {other}{role}{how}"
        )
        for place in row["evidence"][:2]:
            print(f"{indent}    {address_of(place)}  {flat(place['quote'])}")
        if len(row["evidence"]) > 2:
            more = len(row["evidence"]) - 2
            print(indent + say(f"    另有 {more} 处", f"    and {more} more places"))


def _told(total: int, shown: int) -> None:
    more = say(f"，列出 {shown}", f", {shown} shown") if total > shown else ""
    tell(say(f"共 {total} 条", f"{total} in all") + more)


def _rows(bench: Workbench, asked: Asked, found: Any) -> Any:
    """The JSON rows of an answer: a screen tells of them what it has room for."""
    return asked.act.json(bench, asked, found)


def _paths(bench: Workbench, asked: Asked, ways: Any) -> None:
    rows = _rows(bench, asked, ways)
    for number, way in enumerate((row["steps"] for row in rows), 1):
        print(say(f"路径 {number}（{len(way)} 步）", f"way {number} ({len(way)} steps)"))
        for step in way:
            _print_links(step, indent="  ")
    if not rows:
        print(say("没有路径相连", "nothing connects them"))


def _shared(bench: Workbench, asked: Asked, found: Any) -> None:
    rows = _rows(bench, asked, found)
    for row in rows[: asked["n"]]:
        print(f"{row['a']} · {row['b']}:" + say("、", ", ").join(thing["name"] for thing in row["shared"]))
        for thing in row["shared"]:
            print(
                f"    {thing['name']}{standing_of(thing['standing'])}  "
                + " ".join(address_of(place) for place in thing["evidence"][:4])
            )
    _told(len(rows), asked["n"])


def _together(bench: Workbench, asked: Asked, found: Any) -> None:
    from casekit.cli.screen import table
    from casekit.workbench.knowledge.voices import marked

    rows = _rows(bench, asked, found)
    table(
        [say("次数", "times"), say("名称", "name"), say("名称", "name"), say("出处", "evidence")],
        [
            [
                marked(str(row["count"]), row["standing"]),
                row["a"],
                row["b"],
                " ".join(address_of(place) for place in row["evidence"][:3]),
            ]
            for row in rows[: asked["n"]]
        ],
    )
    _told(len(rows), asked["n"])


def _central(bench: Workbench, asked: Asked, ranks: Any) -> None:
    from casekit.cli.screen import table
    from casekit.graph.layout import type_name

    table(
        [say("名称", "name"), say("类型", "type"), say("邻居", "neighbours"), say("居中度", "betweenness")],
        [[r.name, type_name(r.type), str(r.degree), f"{r.betweenness:.4f}"] for r in ranks[: asked["n"]]],
    )


def _communities(bench: Workbench, asked: Asked, groups: Any) -> None:
    for number, row in enumerate(_rows(bench, asked, groups)[: asked["n"]], 1):
        print(f"{number}. " + say("、", ", ").join(str(member["name"]) for member in row["members"]))


def _changes(bench: Workbench, asked: Asked, found: Any) -> None:
    data = _rows(bench, asked, found)
    if data["from"] is None:
        print(
            say(f"只有 {data['to']} 这一次构建，没有上一次可比", f"{data['to']} is the only build; nothing to compare")
        )
        return
    print(f"{data['from']} → {data['to']}")
    for key, zh, en in (
        ("added", "新增的关系", "links added"),
        ("removed", "没有了的关系", "links gone"),
        ("evidence", "出处有变的关系", "links with other evidence"),
    ):
        rows = data[key]
        print(f"{say(zh, en)}: {len(rows)}")
        _print_links(rows[: asked["n"]], indent="  ")


def _outcomes(bench: Workbench, asked: Asked, found: Any) -> None:
    show_outcomes(bench.network, found, asked["name"], asked["n"])


SCREENS = {
    "graph": Screen(_graph, _tell_of_rest),
    "network neighbours": Screen(_links),
    "network paths": Screen(_paths),
    "network shared": Screen(_shared),
    "network together": Screen(_together),
    "network central": Screen(_central),
    "network communities": Screen(_communities),
    "network single-source": Screen(_links),
    "network changes": Screen(_changes),
    "network outcomes": Screen(_outcomes),
}
