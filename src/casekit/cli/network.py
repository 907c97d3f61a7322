"""Commands of the network: `graph` hands it on, `network` asks it."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.figures import addresses, show_outcomes
from casekit.cli.parser import Command, UsageError
from casekit.cli.relation import address_of, flat, polarity_of
from casekit.language import say

if TYPE_CHECKING:
    from casekit.graph import Graph, Link
    from casekit.types import Span
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.network import Network

__all__ = ["COMMANDS"]


# ---- graph ----------------------------------------------------------------------------------------------------------
def _graph_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("json", "graphml", "gexf", "html", "svg", "png"),
        help=say("格式;默认看文件名的结尾", "format; that of the file's ending if not given"),
    )
    parser.add_argument("-o", "--output", metavar="FILE", help=say("写到这个文件", "write to this file"))
    parser.add_argument(
        "--around", metavar="NAME", help=say("只要它周围两步之内", "only what is at most two links away from it")
    )
    parser.add_argument(
        "--most",
        type=int,
        metavar="N",
        help=say(
            "最多几个节点,联系多的优先;图片默认 400", "at most so many nodes, the most linked ones (pictures: 400)"
        ),
    )


def _graph(options: argparse.Namespace) -> int:
    from casekit.workbench.knowledge.network import PICTURE_NODES, PICTURES

    network = open_workbench(options).network
    chosen = {"around": options.around, "most": options.most}
    if options.output is None:
        if options.format not in (None, "json"):
            raise UsageError(
                say(f"{options.format} 要写进文件:加 -o FILE", f"{options.format} goes to a file: add -o FILE")
            )
        if options.json or options.format == "json":
            emit(json.loads(network.render("json", **chosen)))
        else:
            print(_summary(network.part(**chosen)))
        return 0
    path = network.save(options.output, options.format, **chosen)
    kind = options.format or path.suffix.lower().removeprefix(".")
    if kind in PICTURES and options.most is None:
        chosen["most"] = PICTURE_NODES
    part = network.part(**chosen)
    if options.json:
        emit({"path": str(path), "format": kind, "nodes": len(part), "links": part.size()})
    else:
        print(f"{path}  {_summary(part)}")
    if len(part) < len(network.graph) and options.most is None and kind in PICTURES:
        n = len(network.graph)
        tell(
            say(
                f"网络共 {n} 个节点,画出 {len(part)} 个;--most N 多画些,--around 名称 只画它周围",
                f"{len(part)} of {n} nodes are drawn; --most N draws more, --around NAME what surrounds it",
            )
        )
    return 0


def _summary(graph: Graph) -> str:
    from casekit.graph import links
    from casekit.graph.layout import relation_name

    found = links(graph)
    counts = Counter(x.relation for x in found)
    kinds = say("、", ", ").join(f"{relation_name(name)} {n}" for name, n in counts.most_common())
    n = len(graph)
    return say(f"{n} 个节点,{len(found)} 条关系", f"{n} nodes, {len(found)} links") + (f" ({kinds})" if kinds else "")


# ---- network --------------------------------------------------------------------------------------------------------
def _network_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=tuple(_ACTIONS),
        help=say(
            "neighbours 直接关系、paths 两者之间的路径、shared 谁用同样的工具或打法、together 谁常一起出现、central 谁最居中、"
            "communities 分群、single-source 只有一篇说的、changes 两次构建的差别、outcomes 打法或工具带来什么",
            "neighbours NAME, paths A B, shared (who shares tools or tactics), together (named together), central, "
            "communities, single-source, changes (between builds), outcomes NAME (what came of a tactic or tool)",
        ),
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=say("名称(任何叫法或编号)", "names, any form or id"))
    parser.add_argument(
        "--by", choices=("tool", "tactic"), default="tool", help=say("shared 按什么", "what `shared` looks at")
    )
    parser.add_argument(
        "--relation", metavar="TYPE", help=say("neighbours 只要这种关系", "`neighbours`: only this relation")
    )
    parser.add_argument(
        "--longest",
        type=int,
        default=4,
        metavar="N",
        help=say("paths 最多几步,默认 4", "`paths`: at most so many steps (4)"),
    )
    parser.add_argument(
        "--within",
        choices=("sentence", "passage"),
        default="passage",
        help=say("together 在多近之内", "`together`: how near"),
    )
    parser.add_argument(
        "--least",
        type=int,
        default=2,
        metavar="N",
        help=say("together 至少几次,默认 2", "`together`: at least so often (2)"),
    )
    parser.add_argument(
        "-n", type=int, default=30, metavar="N", help=say("屏幕上列几条,默认 30", "how many to show (30)")
    )


def _network(options: argparse.Namespace) -> int:
    run, least, most = _ACTIONS[options.action]
    if not least <= len(options.names) <= most:
        wanted = str(least) if least == most else f"{least}-{most}"
        raise UsageError(
            say(f"{options.action} 要 {wanted} 个名称,给了 {len(options.names)} 个",
                f"{options.action} takes {wanted} names, not {len(options.names)}")
        )  # fmt: skip
    return run(open_workbench(options), options)


def _neighbours(bench: Workbench, options: argparse.Namespace) -> int:
    network = bench.network
    return _links(network, network.neighbours(options.names[0], relation=options.relation), options)


def _single_source(bench: Workbench, options: argparse.Namespace) -> int:
    return _links(bench.network, bench.network.single_source(), options)


def _links(network: Network, links: Sequence[Link], options: argparse.Namespace) -> int:
    if options.json:
        emit(network.links_json(links))
        return 0
    _print_links(network.links_json(links[: options.n]))
    _told(len(links), options.n)
    return 0


def _print_links(rows: Iterable[dict[str, Any]], *, indent: str = "") -> None:
    from casekit.graph.layout import relation_name

    for row in rows:
        other = row["object"] or row["object_text"]
        role = f" ({row['object_text']})" if row["object"] and row["object_text"] else ""
        how = polarity_of(row["polarity"])
        print(
            f"{indent}{row['subject']} —{relation_name(row['relation'])}{'—' if row['relation'] == 'partner_of' else '→'} {other}{role}{how}"
        )
        for place in row["evidence"][:2]:
            print(f"{indent}    {address_of(place)}  {flat(place['quote'])}")
        if len(row["evidence"]) > 2:
            more = len(row["evidence"]) - 2
            print(indent + say(f"    另有 {more} 处", f"    and {more} more places"))


def _told(total: int, shown: int) -> None:
    more = say(f",列出 {shown}", f", {shown} shown") if total > shown else ""
    tell(say(f"共 {total} 条", f"{total} in all") + more)


def _paths(bench: Workbench, options: argparse.Namespace) -> int:
    network = bench.network
    ways = network.paths(options.names[0], options.names[1], longest=options.longest)
    rows = [[network.links_json(step) for step in way] for way in ways]
    if options.json:
        emit([{"steps": way} for way in rows])
        return 0
    for number, way in enumerate(rows, 1):
        print(say(f"路径 {number}({len(way)} 步)", f"way {number} ({len(way)} steps)"))
        for step in way:
            _print_links(step, indent="  ")
    if not rows:
        print(say("没有路径相连", "nothing connects them"))
    return 0


def _shared(bench: Workbench, options: argparse.Namespace) -> int:
    network = bench.network
    found = network.shared(options.by)
    nodes, links = network.graph.nodes, network.graph.get_edge_data
    relation = {"tool": "uses_tool", "tactic": "applies_tactic"}[options.by]

    def use(company: str, thing: str) -> list[dict[str, Any]]:
        edges = (links(company, thing) or {}).values()
        kept = [e for e in edges if e["relation"] == relation and e["polarity"] != "negated"]
        return addresses(place for edge in kept for place in edge["evidence"])

    pairs = sorted(found.edges(data=True), key=lambda e: (-e[2]["weight"], e[0], e[1]))
    rows = [
        {
            "a": nodes[a]["name"],
            "a_id": a,
            "b": nodes[b]["name"],
            "b_id": b,
            "shared": [
                {"name": nodes[thing]["name"], "id": thing, "evidence": [*use(a, thing), *use(b, thing)]}
                for thing in data["shared"]
            ],
        }
        for a, b, data in pairs
        if not options.names or network.node(options.names[0]) in (a, b)
    ]
    if options.json:
        emit(rows)
        return 0
    for row in rows[: options.n]:
        print(f"{row['a']} · {row['b']}:" + say("、", ", ").join(thing["name"] for thing in row["shared"]))
        for thing in row["shared"]:
            print(f"    {thing['name']}  " + " ".join(address_of(place) for place in thing["evidence"][:4]))
    _told(len(rows), options.n)
    return 0


def _together(bench: Workbench, options: argparse.Namespace) -> int:
    name = options.names[0] if options.names else None
    found = bench.network.together(name, within=options.within, least=options.least)
    pairs = sorted(found.edges(data=True), key=lambda e: (-e[2]["weight"], e[0], e[1]))
    rows = [
        {
            "a": found.nodes[a]["name"],
            "a_id": a,
            "b": found.nodes[b]["name"],
            "b_id": b,
            "count": data["weight"],
            "evidence": addresses(data["evidence"]),
        }
        for a, b, data in pairs
    ]
    if options.json:
        emit(rows)
        return 0
    from casekit.cli.screen import table

    table(
        [say("次数", "times"), say("名称", "name"), say("名称", "name"), say("出处", "evidence")],
        [
            [str(row["count"]), row["a"], row["b"], " ".join(address_of(place) for place in row["evidence"][:3])]
            for row in rows[: options.n]
        ],
    )
    _told(len(rows), options.n)
    return 0


def _central(bench: Workbench, options: argparse.Namespace) -> int:
    network = bench.network
    ranks = network.central()
    if options.json:
        places: dict[str, set[tuple[str, Span]]] = {}
        for a, b, data in network.graph.edges(data=True):
            for end in (a, b):
                places.setdefault(end, set()).update(data["evidence"])
        emit(
            [
                {
                    "id": r.node,
                    "name": r.name,
                    "type": r.type,
                    "degree": r.degree,
                    "betweenness": r.betweenness,
                    "evidence": addresses(places.get(r.node, ())),
                }
                for r in ranks
            ]
        )
        return 0
    from casekit.cli.screen import table
    from casekit.graph.layout import type_name

    table(
        [say("名称", "name"), say("类型", "type"), say("邻居", "neighbours"), say("居中度", "betweenness")],
        [[r.name, type_name(r.type), str(r.degree), f"{r.betweenness:.4f}"] for r in ranks[: options.n]],
    )
    return 0


def _communities(bench: Workbench, options: argparse.Namespace) -> int:
    network = bench.network
    graph = network.graph
    rows = []
    for group in network.communities():
        inside = set(group)
        edges = (data["evidence"] for a, b, data in graph.edges(data=True) if a in inside and b in inside)
        members = [{"id": key, "name": graph.nodes[key]["name"], "type": graph.nodes[key]["type"]} for key in group]
        rows.append({"members": members, "evidence": addresses(place for some in edges for place in some)})
    if options.json:
        emit(rows)
        return 0
    for number, row in enumerate(rows[: options.n], 1):
        print(f"{number}. " + say("、", ", ").join(str(member["name"]) for member in row["members"]))
    return 0


def _changes(bench: Workbench, options: argparse.Namespace) -> int:
    network = bench.network
    found = network.changes()
    if found.changes is None or found.old is None:
        if options.json:
            nothing: dict[str, list[Any]] = {
                name: [] for name in ("nodes_added", "nodes_removed", "added", "removed", "evidence")
            }
            emit({"from": None, "to": found.after, **nothing})
        else:
            print(
                say(
                    f"只有 {found.after} 这一次构建,没有上一次可比",
                    f"{found.after} is the only build; nothing to compare",
                )
            )
        return 0
    changes, new, old = found.changes, found.new, found.old
    before = network.previous()
    try:
        data = {
            "from": found.before,
            "to": found.after,
            "nodes_added": [{"id": key, "name": new.nodes[key]["name"]} for key in changes.nodes_added],
            "nodes_removed": [{"id": key, "name": old.nodes[key]["name"]} for key in changes.nodes_removed],
            "added": network.links_json(changes.added, new),
            "removed": network.links_json(changes.removed, old, before),
            "evidence": network.links_json(changes.evidence, new),
        }
    finally:
        if before is not None:
            before.close()
    if options.json:
        emit(data)
        return 0
    print(f"{found.before} → {found.after}")
    for key, zh, en in (
        ("added", "新增的关系", "links added"),
        ("removed", "没有了的关系", "links gone"),
        ("evidence", "出处有变的关系", "links with other evidence"),
    ):
        rows: Any = data[key]
        print(f"{say(zh, en)}: {len(rows)}")
        _print_links(rows[: options.n], indent="  ")
    return 0


_ACTIONS: dict[str, tuple[Callable[[Workbench, argparse.Namespace], int], int, int]] = {
    "neighbours": (_neighbours, 1, 1),
    "paths": (_paths, 2, 2),
    "shared": (_shared, 0, 1),
    "together": (_together, 0, 1),
    "central": (_central, 0, 0),
    "communities": (_communities, 0, 0),
    "single-source": (_single_source, 0, 0),
    "changes": (_changes, 0, 0),
    "outcomes": (show_outcomes, 1, 1),
}


COMMANDS = (
    Command("graph", "关系网络的文件(HTML、PNG、GraphML…)", "the network as a file", _graph_arguments, _graph, "know"),
    Command("network", "向关系网络提问", "ask the network", _network_arguments, _network, "know"),
)
