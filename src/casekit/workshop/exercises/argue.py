"""Argue from sources: a claim that goes a little further than the evidence, to be upheld or refuted with it."""

from __future__ import annotations

import random

from casekit.language import say
from casekit.workshop.exercises.figures import category, figures_of
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Line, Task, Why, kind_name, marks_of

__all__ = ["make_argue"]

_LEAST = {1: 2, 2: 2, 3: 3}


def make_argue(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """A claim about one of the cases, or about all of them at level 3."""
    cards = [card for card in material.cards if card.results and (card.actions or card.facets.tactics)]
    if not cards:
        return Why("argue", say("案例卡没有做法和结果", "the cards have no actions and results"))
    card = rng.choice(cards)
    means = [*card.facets.tactics, *card.facets.tools]
    what = rng.choice(means).text if means else say("这些做法", "these measures")
    if level == 3 and len(material.cards) > 1:
        names = say("和", " and ").join(case_name(one) for one in material.cards)
        claim = say(
            f"{names}的经历已经证明：照着做，我们的门店也会有同样的成绩。",
            f"What {names} went through proves it: if we do the same, our stores will have the same results.",
        )
        about = list(material.cards)
    else:
        claim = say(
            f"{case_name(card)}的成绩主要来自“{what}”，我们应当照搬。",
            f"{case_name(card)} owes its results mainly to “{what}”; we should copy it.",
        )
        about = [card]
    strong: list[Ref] = []
    weak: list[Ref] = []
    for one in figures_of(material, pack, others=False):
        if one.card in about:
            (strong if category(one.statement) == "achieved" else weak).extend(one.refs)
    weak = [ref for ref in weak if ref not in strong]
    told: list[Ref] = []
    if not strong and not weak:  # no figures: what was told of results and actions is all there is
        for one_card, field, statement in material.statements("results", "actions"):
            if one_card in about:
                told.extend(pack.refs(one_card, field, statement.evidence))
    if not strong + weak + told:
        return Why("argue", say("案例卡的结果没有证据", "the results of the cards have no evidence"))
    limits = [one.text for card in about for one in card.limits]
    lines = []
    if strong:
        lines.append(
            Line(
                say("支持一方最硬的证据：做到的数字", "strongest for the claim: figures that were achieved"),
                tuple(dict.fromkeys(strong)),
            )
        )
    if weak:
        lines.append(
            Line(
                say("用时要说明性质的：规模、估计、传闻", "to be qualified: sizes, estimates, hearsay"),
                tuple(dict.fromkeys(weak)),
            )
        )
    if told:
        lines.append(
            Line(
                say("没有数字可用，只有叙述：说服力有限", "no figures, only a story: of limited weight"),
                tuple(dict.fromkeys(told)),
            )
        )
    lines.append(
        Line(
            say(
                "反驳一方的要害：先后不等于因果；没有对照；样本是挑出来的",
                "against it: what comes after need not come from it; nothing to compare with; a chosen sample",
            )
        )
    )
    least = _LEAST[level]
    return Task(
        kind="argue",
        title=kind_name("argue"),
        prompt=(
            say(f"论点：{claim}", f"Claim: {claim}"),
            say(
                f"写 100–200 字支持或反驳它。至少引用 {least} 条证据（写明 E 编号），并指出最能削弱你自己论证的一条。",
                f"Uphold or refute it in 60-120 words. Cite at least {least} pieces of evidence by their E number, and name "
                "the one that weakens your own argument most.",
            ),
        ),
        items=(),
        options=(),
        form="essay",
        answer=(),
        key=tuple(lines),
        misconceptions=(
            say("只挑支持自己的证据；引了数字不说是谁说的。", "Only supporting evidence is picked; figures without their speaker."),
        ),
        likely=(*limits, *([say(f"可用的证据编号：{marks_of(strong + weak)}", f"useful: {marks_of(strong + weak)}")] if strong or weak else [])),
        hints={"*": say("先找做到的数字，再找资料自己承认的局限", "first the figures achieved, then what the sources admit not to know")},
        minutes=14,
        least=least,
    )  # fmt: skip
