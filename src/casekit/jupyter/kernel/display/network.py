"""Answers of the network: links, ranks, ways, outcomes, what two builds found differently."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError
from casekit.jupyter.kernel.bench import bench_here
from casekit.jupyter.kernel.display.knowledge import fact, places, sentence_at, standing_of
from casekit.jupyter.kernel.display.parts import address, badge, head, more, note, pairs, table
from casekit.jupyter.kernel.display.words import polarity_badge, standing_badge
from casekit.language import say

if TYPE_CHECKING:
    from casekit.graph import Changes, Link, Rank
    from casekit.graph.build import Node
    from casekit.verbs.results import Drawn
    from casekit.workbench.knowledge.builds import BuildChanges
    from casekit.workbench.knowledge.outcomes import Figure, Outcome

__all__ = [
    "build_changes",
    "changes",
    "drawn",
    "figure",
    "graph",
    "link",
    "links",
    "node",
    "outcome",
    "outcomes",
    "rank",
    "ranks",
    "ways",
]

_MOST = 60


def _names(nodes: Any = None) -> Any:
    """What nodes are called: id → name; an id that is not known is its own name."""
    known = nodes
    if known is None:
        bench = bench_here()
        try:
            known = bench.network.graph.nodes if bench is not None else {}
        except CasekitError:
            known = {}  # not built yet

    def name(key: str) -> str:
        return str(known[key].get("name", key)) if key in known else key

    return name


def node(one: Node) -> str:
    """A node of the network."""
    from casekit.graph.layout import type_name

    return head(one.name, badge(type_name(one.type)), address(one.id)) + pairs(
        [
            (say("英文", "English"), escape(one.name_en or "")),
            (say("提到", "mentions"), str(one.mentions or "")),
            (
                say("来源", "sources"),
                " ".join(address(source) for source in one.sources) + standing_badge(one.standing),
            ),
        ]
    )


def drawn(one: Drawn) -> str:
    """A part of the network: the file that it was written to, else its names and links."""
    if one.path is None:
        return graph(one.graph)
    n, m = one.graph.number_of_nodes(), one.graph.number_of_edges()
    told = say(f"写好了：{one.path}（{n} 个名称，{m} 条关系）", f"written: {one.path} ({n} names, {m} links)")
    return note(told)


def link(one: Link) -> str:
    """A link with the sentences that bear it out."""
    return f'<div class="ck-hit">{_line(one, _names())}{_sentences(one)}</div>'


def _line(one: Link, name: Any) -> str:
    from casekit.graph.layout import relation_name

    arrow = "—" if one.relation == "partner_of" else "→"
    told = f" ({escape(one.text)})" if one.text and one.text != name(one.object) else ""
    return (
        f"<p><b>{escape(name(one.subject))}</b> — {escape(relation_name(one.relation))} {arrow} "
        f"<b>{escape(name(one.object))}</b>{told} {polarity_badge(one.polarity, one.relation)}{standing_badge(one.standing)}</p>"
    )


def _sentences(one: Link, most: int = 2) -> str:
    items = "".join(
        f"<li>{address(at.source, at.start, at.end)} {escape(sentence_at(at.source, at.span))}</li>"
        for at in one.evidence[:most]
    )
    return f"<ul>{items}</ul>{more(len(one.evidence), most)}"


def links(found: Sequence[Link], nodes: Any = None) -> str:
    """Links one below the other."""
    name = _names(nodes)
    shown = "".join(f'<div class="ck-hit">{_line(one, name)}{_sentences(one)}</div>' for one in found[:_MOST])
    return head(say(f"{len(found)} 条关系", f"{len(found)} links")) + shown + more(len(found), _MOST)


def ways(found: Sequence[Sequence[Sequence[Link]]]) -> str:
    """Ways from one node to another, shortest first."""
    name = _names()
    parts = []
    for number, way in enumerate(found[:_MOST], 1):
        steps = "".join(f"<li>{''.join(_line(one, name) + _sentences(one, 1) for one in step)}</li>" for step in way)
        title = say(f"路径 {number}（{len(way)} 步）", f"way {number} ({len(way)} steps)")
        parts.append(f'<div class="ck-hit"><p><b>{escape(title)}</b></p><ol>{steps}</ol></div>')
    return "".join(parts) + more(len(found), _MOST)


def rank(one: Rank) -> str:
    """How central one node is."""
    return ranks([one])


def ranks(found: Sequence[Rank]) -> str:
    """Nodes in a table."""
    from casekit.graph.layout import type_name

    rows = [
        (escape(r.name), escape(type_name(r.type)), str(r.degree), f"{r.betweenness:.4f}", address(r.node))
        for r in found
    ]
    columns = (
        say("名称", "name"),
        say("类型", "type"),
        say("邻居", "neighbours"),
        say("居中度", "betweenness"),
        say("编号", "id"),
    )
    return table(columns, rows, most=_MOST)


def outcome(one: Outcome) -> str:
    """Who applies a thing, and the figures reported of them: none proves that one came of the other."""
    through = say("、", ", ").join(one.through)
    told = f" <small>{escape(say(f'经由 {through}', f'through {through}'))}</small>" if through else ""
    how = polarity_badge(one.polarity) + standing_badge(standing_of(place.source for place in one.evidence))
    top = f"<p><b>{escape(one.company)}</b>{told} {how} {places(one.evidence, 3)}</p>"
    figures = "".join(figure(item) for item in one.figures[:10]) + more(len(one.figures), 10)
    none = f'<p class="ck-dim">{say("未报道结果", "no outcome reported")}</p>'
    return f'<div class="ck-card">{top}{figures if one.figures else none}</div>'


def outcomes(found: Sequence[Outcome]) -> str:
    """Outcomes, with the reminder that nearness is no cause."""
    told = say(
        "离得近不等于因果：数字与做法同句、同段或只是同一家公司。",
        "Near is not because: same sentence, same paragraph, or only the same company.",
    )
    return f'<p class="ck-dim">{escape(told)}</p>' + "".join(outcome(one) for one in found[:_MOST])


def figure(one: Figure) -> str:
    """A figure, and how near it stands."""
    near = {
        "sentence": say("同一句", "same sentence"),
        "paragraph": say("同一段", "same paragraph"),
        "company": say("同一公司", "same company"),
    }
    return f"<p>{badge(near[one.nearness])}</p>{fact(one.fact)}"


def changes(one: Changes) -> str:
    """What differs between two networks."""
    return _changes(one, None, None)


def _changes(one: Changes, old: Any, new: Any) -> str:
    parts = []
    for title, found, nodes in (
        (say("新增的关系", "links added"), one.added, new),
        (say("没有了的关系", "links gone"), one.removed, old),
        (say("出处有变的关系", "links with other evidence"), one.evidence, new),
    ):
        if found:
            parts.append(f"<p><b>{escape(title)}</b></p>{links(found, nodes)}")
    names = pairs(
        [
            (say("新增的名称", "names added"), escape(say("、", ", ").join(map(_names(new), one.nodes_added)))),
            (say("没有了的名称", "names gone"), escape(say("、", ", ").join(map(_names(old), one.nodes_removed)))),
        ]
    )
    return names + "".join(parts) if one else f"<p>{say('没有差别', 'no difference')}</p>"


def build_changes(one: BuildChanges) -> str:
    """What two builds found differently."""
    if one.changes is None:
        return f"<p>{escape(say(f'只有 {one.after} 这一次构建，没有上一次可比', f'{one.after} is the only build'))}</p>"
    old = one.old.nodes if one.old is not None else None
    return f"<p>{escape(f'{one.before} → {one.after}')}</p>" + _changes(one.changes, old, one.new.nodes)


def graph(one: Any) -> str:
    """A graph of `wb.network`: who shares what, who stands together, or how big it is; empty for any other graph."""
    edges = list(one.edges(data=True))
    if edges and all("shared" in data and "weight" in data for *_, data in edges):
        return _shared(one, edges)
    if edges and all("evidence" in data and "weight" in data for *_, data in edges):
        return _together(one, edges)
    if edges and all("relation" in data and "polarity" in data for *_, data in edges):
        from collections import Counter

        from casekit.graph.layout import relation_name

        counts = Counter(relation_name(data["relation"]) for *_, data in edges)
        n, m = one.number_of_nodes(), one.number_of_edges()
        kinds = say("、", ", ").join(f"{name} {count}" for name, count in counts.most_common())
        return head(say(f"{n} 个节点，{m} 条关系", f"{n} nodes, {m} links")) + f"<p>{escape(kinds)}</p>"
    return ""


def _shared(one: Any, edges: Sequence[Any]) -> str:
    name = _names()
    ranked = sorted(edges, key=lambda edge: (-edge[2]["weight"], name(edge[0]), name(edge[1])))
    rows = [
        (escape(name(a)), escape(name(b)), str(data["weight"]), escape(say("、", ", ").join(map(name, data["shared"]))))
        for a, b, data in ranked
    ]
    return table((say("甲", "one"), say("乙", "other"), say("个数", "count"), say("共有", "shared")), rows, most=_MOST)


def _together(one: Any, edges: Sequence[Any]) -> str:
    name = _names(one.nodes)
    ranked = sorted(edges, key=lambda edge: (-edge[2]["weight"], name(edge[0]), name(edge[1])))
    rows = [
        (
            str(data["weight"]) + standing_badge(data.get("standing", "original")),
            escape(name(a)),
            escape(name(b)),
            places(data["evidence"], 3),
        )
        for a, b, data in ranked
    ]
    columns = (say("次数", "times"), say("名称", "name"), say("名称", "name"), say("出处", "evidence"))
    return table(columns, rows, most=_MOST)
