"""Names, figures and relations as they were found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from casekit.claims import whose
from casekit.jupyter.kernel.bench import bench_here
from casekit.jupyter.kernel.display.parts import address, badge, head, pairs, paragraphs, table
from casekit.jupyter.kernel.display.words import figure_badges, polarity_badge, standing_badge
from casekit.language import say

if TYPE_CHECKING:
    from casekit.facts import Agreement
    from casekit.types import Address, Entity, Fact, Mention, Relation, Span
    from casekit.workbench.knowledge.relationfile import HandRelation

__all__ = [
    "agreement",
    "agreements",
    "entity",
    "fact",
    "facts",
    "hand_relation",
    "hand_relations",
    "mention",
    "mentions",
    "places",
    "relation",
    "relations",
    "said_by",
    "sentence_at",
    "standing_of",
]


def sentence_at(source: str, span: Span) -> str:
    """The sentence in which a range starts, as text; empty where the workbench at hand does not hold the source."""
    bench = bench_here()
    if bench is None or source not in bench.catalogue:
        return ""
    from casekit.errors import CasekitError

    try:
        network = bench.network
        return network.quote(source, network.sentence(source, span))
    except CasekitError:
        return ""  # not built yet


def standing_of(sources: Iterable[str]) -> str:
    """The rank of what these sources together bear out; an original's where no workbench at hand knows them."""
    bench = bench_here()
    if bench is None:
        return "original"
    from casekit.errors import CasekitError

    try:
        return bench.network.standing(sources)
    except CasekitError:
        return "original"  # not built yet


def places(evidence: Iterable[Address], most: int = 6) -> str:
    """Addresses, each once."""
    found = list(dict.fromkeys(evidence))
    rest = f" <small>+{len(found) - most}</small>" if len(found) > most else ""
    return " ".join(address(place.source, place.start, place.end) for place in found[:most]) + rest


def said_by(one: Fact) -> str:
    """Whose word a figure is; "" where nobody's, or where no workbench at hand holds its source."""
    bench = bench_here()
    if bench is None or one.source not in bench.catalogue:
        return ""
    from casekit.errors import CasekitError

    try:
        return bench.network.said_by(one)
    except CasekitError:
        return ""  # not built yet


def entity(one: Entity) -> str:
    """A named thing with all its names."""
    from casekit.graph.layout import type_name

    joined = say("、", ", ").join
    return head(one.name, badge(type_name(one.type))) + pairs(
        [
            (say("编号", "id"), address(one.id)),
            (say("繁体", "traditional"), escape(one.name_hant or "")),
            (say("英文", "English"), escape(one.name_en or "")),
            (say("别名", "aliases"), escape(joined(one.aliases))),
            (say("已知关系", "known links"), escape(joined(f"{kind} {other}" for kind, other in one.relations))),
            (say("说明", "note"), escape(one.note or "")),
        ]
    )


def mention(one: Mention) -> str:
    """A place that names something."""
    return mentions([one])


def mentions(found: Sequence[Mention]) -> str:
    """Places in a table."""
    from casekit.graph.layout import type_name

    rows = [
        (address(m.source, m.span.start, m.span.end), escape(m.text), escape(m.name), escape(type_name(m.type)))
        for m in found
    ]
    columns = (say("出处", "address"), say("原文", "text"), say("名称", "name"), say("类型", "type"))
    return table(columns, rows, caption=say(f"{len(found)} 处", f"{len(found)} places"))


def fact(one: Fact) -> str:
    """A figure with its sentence."""
    told = f"<p>{_figure(one)}</p>"
    said = sentence_at(one.source, one.span)
    return f'<div class="ck-hit">{told}{f"<blockquote>{escape(said)}</blockquote>" if said else ""}</div>'


def _figure(one: Fact) -> str:
    about = " · ".join(
        part for part in (whose(one.subject, assigned=one.assigned), one.metric, one.period or one.date_iso) if part
    )
    qualifier = f"{escape(one.qualifier)} " if one.qualifier and one.qualifier not in one.text else ""
    return (
        f"<b>{qualifier}{paragraphs(one.text)}</b> {escape(about)} {figure_badges(one.kind, one.certainty, standing_of([one.source]), said_by(one))} "
        f"{address(one.source, one.span.start, one.span.end)}"
    )


def facts(found: Sequence[Fact]) -> str:
    """Figures in a table."""
    rows = [
        (
            f"<b>{paragraphs(f.text)}</b>",
            escape(whose(f.subject, assigned=f.assigned)),
            escape(f.metric or ""),
            escape(f.period or f.date_iso or ""),
            figure_badges(f.kind, f.certainty, standing_of([f.source]), said_by(f)),
            address(f.source, f.span.start, f.span.end),
        )
        for f in found
    ]
    columns = (
        say("数字", "figure"),
        say("主体", "subject"),
        say("指标", "metric"),
        say("时间", "period"),
        say("性质", "kind"),
        say("出处", "address"),
    )
    return table(columns, rows, caption=say(f"{len(found)} 个数字", f"{len(found)} figures"))


def relation(one: Relation) -> str:
    """Who did what with what."""
    return relations([one])


def relations(found: Sequence[Relation]) -> str:
    """Relations in a table."""
    from casekit.graph.layout import relation_name

    rows = [
        (
            escape(r.subject),
            f"{escape(relation_name(r.relation))} {polarity_badge(r.polarity, r.relation)}"
            f"{standing_badge(standing_of(place.source for place in r.evidence))}",
            escape(r.object or r.object_text or ""),
            escape(r.object_text or "" if r.object else ""),
            places(r.evidence),
        )
        for r in found
    ]
    columns = (
        say("主体", "subject"),
        say("关系", "relation"),
        say("客体", "object"),
        say("角色", "role"),
        say("出处", "evidence"),
    )
    return table(columns, rows, caption=say(f"{len(found)} 条关系", f"{len(found)} relations"))


def hand_relation(one: HandRelation) -> str:
    """A relation that a person added."""
    return hand_relations([one])


def hand_relations(found: Sequence[HandRelation]) -> str:
    """Relations that people added, in a table, each with the number by which it is taken out again."""
    from casekit.graph.layout import relation_name

    rows = [
        (
            str(r.number),
            escape(r.subject),
            f"{escape(relation_name(r.relation))} {polarity_badge(r.polarity, r.relation)}",
            escape(r.object or r.text or ""),
            escape(r.text or "" if r.object else ""),
            escape(r.note or ""),
            places(e.address for e in r.evidence),
        )
        for r in found
    ]
    columns = (
        say("序号", "number"),
        say("主体", "subject"),
        say("关系", "relation"),
        say("客体", "object"),
        say("角色", "role"),
        say("说明", "note"),
        say("出处", "evidence"),
    )
    return table(columns, rows, caption=say(f"手工添加 {len(found)} 条", f"{len(found)} added by hand"))


_VERDICTS = {
    "agree": ("一致", "agree", "ok"),
    "scope": ("口径不同", "differ in scope", "warn"),
    "conflict": ("矛盾", "conflict", "bad"),
}
_REASONS = {
    "period": ("时间", "period"),
    "kind": ("性质", "kind"),
    "value": ("数值", "value"),
    "sum": ("算不拢", "does not add up"),
}


def agreement(one: Agreement) -> str:
    """Figures about the same thing, and what they say of each other."""
    zh, en, look = _VERDICTS[one.verdict]
    why = say("、", ", ").join(say(*_REASONS.get(reason, (reason, reason))) for reason in one.reasons)
    count = say(f"{one.independent} 篇原文", f"originals: {one.independent}")
    rows = "".join(
        f"<li>{_figure(f)}<br><small>{escape(sentence_at(f.source, f.span))}</small></li>" for f in one.facts
    )
    top = (
        f"<p>{badge(say(zh, en), look)} <b>{escape(one.subject)} · {escape(one.metric)}</b> "
        f"{escape(f'({why})' if why else '')} <small>{escape(count)}</small></p>"
    )
    return f'<div class="ck-hit">{top}<ul>{rows}</ul></div>'


def agreements(found: Sequence[Agreement]) -> str:
    """Groups, one below the other."""
    top = head(say(f"{len(found)} 组", f"{len(found)} groups"))
    return top + "".join(agreement(one) for one in found[:100])
