"""How figures compared look in a terminal: what came of a tactic, and the same figure in several places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casekit.cli.relation import address_of, flat, polarity_of, standing_of
from casekit.cli.running import tell
from casekit.language import say
from casekit.verbs.found import agreement_json
from casekit.verbs.linked import figure_json
from casekit.verbs.shared import addresses

if TYPE_CHECKING:
    from casekit.facts import Agreement
    from casekit.workbench.knowledge.network import Network

__all__ = ["show_agreements", "show_facets", "show_outcomes"]


def show_outcomes(network: Network, found: Sequence[Any], name: str, most: int) -> None:
    """Who applies a tactic or tool, and the figures reported of them."""
    nearness = {
        "sentence": say("同一句", "same sentence"),
        "paragraph": say("同一段", "same paragraph"),
        "company": say("同一公司", "same company"),
    }
    for o in found:
        how = polarity_of(o.polarity) + standing_of(network.standing(place.source for place in o.evidence))
        through = say(f"（经由 {'、'.join(o.through)}）", f" (through {', '.join(o.through)})") if o.through else ""
        print(f"{o.company}{through}{how}  " + " ".join(address_of(p) for p in addresses(o.evidence)[:3]))
        for figure in o.figures[:most]:
            row = figure_json(network, figure)
            print(f"  {nearness[figure.nearness]}  {row['metric'] or ''} {row['text']}  ({_kind(row)})")
            print(f"      {address_of(row)}  {flat(row['sentence'])}")
        if not o.figures:
            print("  " + say("未报道结果", "no outcome reported"))
    if not found:
        print(
            say(
                f"语料里没有谁采用“{name}”的说法",
                f"no source says that anybody applies {name!r}",
            )
        )


def _kind(row: Mapping[str, Any]) -> str:
    from casekit.casebook.labels import claim_label

    return claim_label(row["kind"], row["certainty"]) + standing_of(row["standing"])


def show_agreements(network: Network, groups: Sequence[Agreement]) -> None:
    """Groups of figures about the same thing, each with its sentences."""
    rows = [agreement_json(network, group) for group in groups]
    verdicts = {
        "agree": say("一致", "agree"),
        "scope": say("口径不同", "differ in scope"),
        "conflict": say("矛盾", "conflict"),
    }
    reasons = {
        "period": say("时间", "period"),
        "kind": say("性质", "kind"),
        "value": say("数值", "value"),
        "sum": say("算不拢", "does not add up"),
    }
    for row in rows:
        why = say("、", ", ").join(reasons.get(reason, reason) for reason in row["reasons"])
        sources = say(f"{row['independent']} 篇原文", f"originals: {row['independent']}")
        print(
            f"{verdicts[row['verdict']]}  {row['subject']} · {row['metric']}"
            + (f" ({why})" if why else "")
            + f"  {sources}"
        )
        for fact in row["facts"]:
            print(f"    {fact['text']}  ({_kind(fact)})  {address_of(fact)}  {flat(fact['sentence'])}")
    tell(say(f"共 {len(rows)} 组", f"{len(rows)} groups"))


def show_facets(facets: Mapping[str, Mapping[str, int]]) -> None:
    """What the hits of a search name, by type, with the number of hits."""
    from casekit.graph.layout import type_name

    print()
    for kind, counts in facets.items():
        print(f"{type_name(kind)}: " + say("、", ", ").join(f"{name} {n}" for name, n in counts.items()))
