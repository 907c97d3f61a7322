"""Argue from sources: a claim that goes further than the evidence, upheld or refuted with it. Discussed, never marked."""

from __future__ import annotations

import random

from casekit.casebook.labels import facet_text, statement_text
from casekit.casebook.records import Case, Facet, Statement
from casekit.language import current, say
from casekit.workshop.basis import nature_label, nature_of
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.sides import Sides, sides_of
from casekit.workshop.tasks import Line, Task, Why, kind_name

__all__ = ["make_argue"]

# Ten minutes to write a paragraph that cites, five to hear two of them.
_MINUTES = 15


def make_argue(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """A claim about one of the cases, or about all of them at level 3."""
    cards = [card for card in material.cards if card.results and (card.actions or card.facets.tactics)]
    if not cards:
        return Why("argue", say("案例卡没有做法和结果", "the cards have no actions and results"))
    card = rng.choice(cards)
    means = _told_with_results(material, card)
    chosen = rng.choice(means) if means else None
    what = _means(material, chosen) if chosen else say("报道里的做法", "what the reports tell of")
    about = list(material.cards) if level == 3 and len(material.cards) > 1 else [card]
    if len(about) > 1:
        *before, last = (case_name(one) for one in about)
        names = say(f"{'、'.join(before)}和{last}", f"{', '.join(before)} and {last}")
        claim = say(
            f"{names}的经历已经证明：照着做，我们也会有同样的成绩。",
            f"What {names} went through proves it: if we do the same, we shall have the same results.",
        )
    else:
        named = f"“{what}”" if chosen else what
        claim = say(
            f"{case_name(card)}的成绩主要来自{named}，我们应当照搬。",
            f"{case_name(card)} owes its results mainly to {named}; we should copy it.",
        )
    sides = sides_of(material, pack, about)
    if not sides.pro and not sides.con_refs:
        return Why("argue", say("案例卡的结果没有证据", "the results of the cards have no evidence"))
    return Task(
        kind="argue",
        title=kind_name("argue"),
        prompt=(
            say(f"论点：{claim}", f"Claim: {claim}"),
            say(
                "选一边，写 100–200 字。写明用的是哪几条证据（E 编号），再写出最能推翻您自己的一条，并说它为什么还推不翻。"
                "这一题不判对错，两人互读，用下面三问：引的是做到的，还是目标、估计、传闻？说的是同一件事吗？换一个原因说得通吗？",
                "Take a side and write 60-120 words. Name your evidence (E numbers), and what speaks most against you and why it "
                "does not overturn you. Not marked: read each other's and ask: is it done, or aimed at, reckoned, hearsay? Is it "
                "about the same thing? Would another cause explain it as well?",
            ),
        ),
        items=(),
        options=(),
        form="essay",
        answer=(),
        key=_lines(sides, what, _tied(card, chosen) if len(about) == 1 else set()),
        misconceptions=(
            say("只挑支持自己的证据；引了数字不说是谁说的。", "Only supporting evidence is picked; figures without their speaker."),
        ),
        likely=(
            say(
                "范文骨架：先说证据能证明到哪一步，再说从这一步到“照搬”还缺什么（对照、成本、同样的条件），最后给一个小规模试的办法。",
                "a model: how far the evidence goes; what is missing from there to “copy it” (a comparison, the cost, like "
                "conditions); how to try it on a small scale.",
            ),
        ),
        minutes=_MINUTES,
    )  # fmt: skip


def _means(material: Material, facet: Facet) -> str:
    return material.name(facet.entity) if facet.entity and current() == "en" else facet_text(facet)


def _told_with_results(material: Material, card: Case) -> list[Facet]:
    """The tactics and tools that the results are told with, else those of the actions: others nobody would credit with them."""
    means = [*card.facets.tactics, *card.facets.tools]
    parts = {
        id(one): (field, nature_of(one, material.docs))
        for c, field, one in material.statements("results", "actions")
        if c is card
    }

    def tied(facet: Facet, *, done: bool, part: str) -> bool:
        told = (
            one for one in (*card.results, *card.actions) if id(one) in parts and parts[id(one)][0].startswith(part)
        )
        return any(_tells(one, facet) and (not done or parts[id(one)][1] == "fact") for one in told)

    for done, part in ((True, "results"), (False, "results"), (True, "actions")):
        found = [one for one in means if tied(one, done=done, part=part)]
        if found:
            return found
    return []


def _tells(one: Statement, facet: Facet) -> bool:
    """Whether a statement names what a facet names."""
    return facet.entity in one.about if facet.entity and one.about else facet.text in one.text


def _tied(card: Case, facet: Facet | None) -> set[str]:
    """The results that name the means, as they are told; empty where none does."""
    return {statement_text(one) for one in card.results if facet is not None and _tells(one, facet)}


def _lines(sides: Sides, what: str, tied: set[str]) -> tuple[Line, ...]:
    """What can be said for the claim, what stands beside it, what may be cited only with what it is, and what speaks against."""
    aside = say("旁证，说的不是这个做法：", "beside the point: ") if tied and what else ""
    plain = say("支持：", "for: ")
    made = [Line((plain if not aside or one.text in tied else aside) + one.text, one.refs) for one in sides.pro] or [
        Line(plain + say("资料里没有做到的数字，只有叙述", "no figure that was reached, only a story"), sides.con_refs)
    ]
    for one in sides.con:
        label = nature_label(one.nature) if one.nature else ""
        head = say(f"引用要说明是{label}：", f"cite as {label} only: ") if label else say("反对：", "against: ")
        made.append(Line(head + one.text, one.refs))
    made.append(
        Line(
            say(
                "反对的要害：先后不等于因果；没有对照；见报的案例是挑出来的",
                "against, at the root: what comes after need not come from it; nothing to compare with; reported cases are chosen",
            )
        )
    )
    return tuple(made)  # fmt: skip
