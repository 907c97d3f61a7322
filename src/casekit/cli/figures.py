"""Figures compared: what came of a tactic, and the same figure in several places."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casekit.cli.common import emit, tell
from casekit.cli.relation import address_of, flat, polarity_of
from casekit.language import say

if TYPE_CHECKING:
    from casekit.facts import Agreement
    from casekit.types import Fact, Span
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.network import Network
    from casekit.workbench.knowledge.outcomes import Figure

__all__ = ["addresses", "show_agreements", "show_facets", "show_outcomes"]


def addresses(evidence: Iterable[tuple[str, Span]]) -> list[dict[str, Any]]:
    """Places as JSON rows, sorted, each once."""
    return [{"source": s, "start": span.start, "end": span.end} for s, span in sorted(set(evidence))]


def show_outcomes(bench: Workbench, options: argparse.Namespace) -> int:
    """Who applies a tactic or tool, and the figures reported of them."""
    network = bench.network
    found = network.outcomes(options.names[0])
    if options.json:
        emit(
            [
                {
                    "company": o.company,
                    "company_id": o.company_id,
                    "relation": o.relation,
                    "polarity": o.polarity,
                    "through": list(o.through),
                    "evidence": [{**p, "quote": network.quote(s, span)} for (s, span), p in zip(o.evidence, addresses(o.evidence), strict=True)],
                    "figures": [_figure_json(network, figure) for figure in o.figures],
                }
                for o in found
            ]
        )  # fmt: skip
        return 0
    nearness = {
        "sentence": say("同一句", "same sentence"),
        "paragraph": say("同一段", "same paragraph"),
        "company": say("同一公司", "same company"),
    }
    for o in found:
        how = polarity_of(o.polarity)
        through = say(f"(经由 {'、'.join(o.through)})", f" (through {', '.join(o.through)})") if o.through else ""
        print(f"{o.company}{through}{how}  " + " ".join(address_of(p) for p in addresses(o.evidence)[:3]))
        for figure in o.figures[: options.n]:
            row = _figure_json(network, figure)
            print(
                f"  {nearness[figure.nearness]}  {row['metric'] or ''} {row['text']}  ({_kind(row['kind'], row['certainty'])})"
            )
            print(f"      {address_of(row)}  {flat(row['sentence'])}")
        if not o.figures:
            print("  " + say("未报道结果", "no outcome reported"))
    if not found:
        print(
            say(
                f"语料里没有谁采用“{options.names[0]}”的说法",
                f"no source says that anybody applies {options.names[0]!r}",
            )
        )
    return 0


def _figure_json(network: Network, figure: Figure) -> dict[str, Any]:
    return {**_fact_json(network, figure.fact, figure.sentence), "nearness": figure.nearness}


def _fact_json(network: Network, fact: Fact, sentence: Span) -> dict[str, Any]:
    data = asdict(fact)
    span = data.pop("span")
    return {
        "source": data.pop("source"),
        **span,
        **data,
        "sentence": network.quote(fact.source, sentence),
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
    }


def _kind(kind: str, certainty: str) -> str:
    from casekit.casebook.labels import certainty_label, kind_label

    return " ".join(filter(None, (kind_label(kind), certainty_label(certainty) if certainty != "stated" else "")))


def show_agreements(network: Network, *, source: str | None, entity: str | None, as_json: bool) -> int:
    """Groups of figures about the same thing, each with its sentences."""
    rows = [_agreement_json(network, group) for group in network.compare(source=source, entity=entity)]
    if as_json:
        emit(rows)
        return 0
    verdicts = {
        "agree": say("一致", "agree"),
        "scope": say("口径不同", "differ in scope"),
        "conflict": say("矛盾", "conflict"),
    }
    reasons = {"period": say("时间", "period"), "kind": say("性质", "kind"), "value": say("数值", "value")}
    for row in rows:
        why = say("、", ", ").join(reasons.get(reason, reason) for reason in row["reasons"])
        sources = say(f"{row['independent']} 个独立来源", f"{row['independent']} independent sources")
        print(
            f"{verdicts[row['verdict']]}  {row['subject']} · {row['metric']}"
            + (f" ({why})" if why else "")
            + f"  {sources}"
        )
        for fact in row["facts"]:
            print(f"    {fact['text']}  {address_of(fact)}  {flat(fact['sentence'])}")
    tell(say(f"共 {len(rows)} 组", f"{len(rows)} groups"))
    return 0


def _agreement_json(network: Network, group: Agreement) -> dict[str, Any]:
    return {
        "subject": group.subject,
        "metric": group.metric,
        "unit": group.unit,
        "verdict": group.verdict,
        "reasons": list(group.reasons),
        "independent": group.independent,
        "facts": [_fact_json(network, fact, network.sentence(fact.source, fact.span)) for fact in group.facts],
    }


def show_facets(facets: Mapping[str, Mapping[str, int]]) -> None:
    """What the hits of a search name, by type, with the number of hits."""
    from casekit.graph.layout import type_name

    print()
    for kind, counts in facets.items():
        print(f"{type_name(kind)}: " + say("、", ", ").join(f"{name} {n}" for name, n in counts.items()))
