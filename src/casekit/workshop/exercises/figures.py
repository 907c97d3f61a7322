"""Put figures in context: what was achieved, what is a target, an estimate, a survey, hearsay?"""

from __future__ import annotations

import random
from dataclasses import dataclass

from casekit.casebook.labels import kind_label
from casekit.casebook.records import Case, Statement
from casekit.language import say
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, marks_of, shuffled

__all__ = ["Figure", "category", "figures_of", "make_figures"]

_ITEMS = {1: 3, 2: 5, 3: 6}
# "About 8 million, by an incomplete count": whether that is an estimate or a survey can be argued, so never both are offered.
_ALIKE = ("estimate", "survey")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a card with its evidence."""

    card: Case
    statement: Statement
    refs: tuple[Ref, ...]

    def told(self) -> str:
        """ "海角便利：用户数 超50万（年底）"."""
        one = self.statement
        when = f"（{one.period}）" if one.period else ""
        return say(
            f"{case_name(self.card)}：{one.metric} {one.figure}{when}",
            f"{case_name(self.card)}: {one.metric} {one.figure}{f' ({one.period})' if one.period else ''}",
        )


def figures_of(material: Material, pack: Pack, *, others: bool) -> list[Figure]:
    """The figures of the cards that name what they measure and how sure they are.

    References are given to the figures of the taught cases only; `others` are numbered when they are used.
    """
    found = []
    sections = ("results", "actions", "background", "challenge")
    for card, field, one in material.statements(*sections, others=others):
        if one.metric and one.figure and one.kind and one.certainty:
            refs = pack.refs(card, field, one.evidence) if card in material.cards else ()
            found.append(Figure(card, one, refs))
    return found


def with_refs(material: Material, pack: Pack, figure: Figure) -> Figure:
    """The figure with numbered evidence."""
    for card, field, one in material.statements("results", "actions", "background", "challenge", others=True):
        if card is figure.card and one is figure.statement:
            return Figure(card, one, pack.refs(card, field, one.evidence))
    return figure


def category(one: Statement) -> str:
    """achieved, target, estimate, size, survey or hearsay: what a reader must know before he uses the figure."""
    if one.certainty == "hearsay":
        return "hearsay"
    if one.kind == "target":
        return "target"
    return "estimate" if one.certainty == "expected" else one.kind or "achieved"


def _label(name: str) -> str:
    return {
        "achieved": say("已经做到（文中明确陈述）", "achieved (plainly stated)"),
        "target": say("目标（打算做到）", "a target (meant to be reached)"),
        "estimate": say("估计或预期", "an estimate or expectation"),
        "size": say("规模或存量（只说有多少，不是做出来的成绩）", "a size or stock (how many there are, no result)"),
        "survey": say("调查统计", "a survey"),
        "hearsay": say("传闻（未经证实）", "hearsay (not confirmed)"),
    }[name]


def make_figures(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """The figures of the cases, each to be sorted by what it is worth."""
    known = figures_of(material, pack, others=True)
    # a size and a result are hard to tell apart: only for the highest level
    known = [one for one in known if level == 3 or category(one.statement) != "size"]
    doubtful = rng.choice(_ALIKE)
    if {category(one.statement) for one in known} >= set(_ALIKE):
        known = [one for one in known if category(one.statement) != doubtful]
    chosen = _varied(known, material, rng, _ITEMS[level])
    names = {category(one.statement) for one in chosen}
    if len(chosen) < 2 or len(names) < 2:
        return Why("figures", say("卡片里性质不同的数字不足两个", "the cards hold fewer than two kinds of figures"))
    chosen = [with_refs(material, pack, one) for one in chosen]
    extra = [name for name in ("achieved", "target", "hearsay", "estimate", "survey") if name not in names]
    alike = _ALIKE[0] if _ALIKE[1] in names else _ALIKE[1] if _ALIKE[0] in names else doubtful
    extra = [name for name in extra if name != alike]
    offered = shuffled(rng, [*sorted(names), *extra[: max(level, 4 - len(names))]])
    options = letters([_label(name) for name in offered])
    letter = {name: option.letter for name, option in zip(offered, options, strict=True)}
    items = tuple(Item(str(i), one.told(), one.refs) for i, one in enumerate(chosen, 1))
    answer = {item.label: letter[category(one.statement)] for item, one in zip(items, chosen, strict=True)}
    return Task(
        kind="figures",
        title=kind_name("figures"),
        prompt=(
            say(
                "下面的数字都来自资料。回到证据，看是谁说的、用了什么字眼，判断每个数字的性质，填选项字母。同一选项可以用多次。",
                "All figures come from the sources. Go back to the evidence: who says so, in which words? Give the letter "
                "for each; a letter may be used more than once.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer=answer,
        key=tuple(_key(item, answer[item.label], one) for item, one in zip(items, chosen, strict=True)),
        misconceptions=(
            say("把“最高”读成平均，把“据说”读成事实。", "“Up to” is read as an average, “reportedly” as a fact."),
            say("把全行业的估计算到一家企业头上。", "An estimate of an industry is taken for one company's."),
        ),
        hints={
            item.label: say(f"看 {marks_of(item.refs)}", f"see {marks_of(item.refs)}") for item in items if item.refs
        },
        columns=(say("数字", "Figure"), say("证据", "Evidence")),
    )


def _key(item: Item, letter: str, figure: Figure) -> Line:
    one = figure.statement
    name = say("传闻", "hearsay") if category(one) == "hearsay" else kind_label(one.kind or "achieved")
    who = say(f"；说话人 {one.by}", f"; said by {one.by}") if one.by else ""
    return Line(
        say(f"第 {item.label} 项 {letter}：{name}{who}", f"item {item.label}: {letter}, {name}{who}"), item.refs
    )


def _varied(known: list[Figure], material: Material, rng: random.Random, most: int) -> list[Figure]:
    """Of each kind in turn, the taught cases first; in the order of the cards."""
    groups: dict[str, list[Figure]] = {}
    for taught in (True, False):
        group = [one for one in known if (one.card in material.cards) == taught]
        for one in rng.sample(group, len(group)):
            groups.setdefault(category(one.statement), []).append(one)
    order = shuffled(rng, sorted(groups))
    taught_total = sum(one.card in material.cards for one in known)
    chosen: list[Figure] = []
    while len(chosen) < most and any(groups.values()):
        for name in order:
            if groups[name] and len(chosen) < most:
                # figures of other cases only make up for kinds or numbers that the taught ones lack
                own = groups[name][0].card in material.cards
                if own or not any(category(c.statement) == name for c in chosen) or taught_total < 2:
                    chosen.append(groups[name].pop(0))
                else:
                    groups[name].clear()
    return [one for one in known if one in chosen]
