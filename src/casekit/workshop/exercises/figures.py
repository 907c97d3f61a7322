"""What a figure proves: may it be told as this company's achievement, or is it a target, an estimate, hearsay?

An item is asked only where card and sentence agree: the card says what the figure is, and the sentence has the word that
makes it so (打算, 预计, 据说), or has none. What the two do not agree on is discussed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from casekit.casebook.labels import figure_text, period_text, speaker_text
from casekit.casebook.records import Case, Statement
from casekit.cues import CuePattern, cue_form
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.basis import Nature, deciding_word, measure_of, nature_of, says
from casekit.workshop.giveaway import shared_words
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, shuffled

__all__ = ["Figure", "figures_of", "make_figures", "said_as", "told_bare", "weighed_in_figures", "when_of"]

_ITEMS = {1: 3, 2: 5, 3: 6}
_ASKED: tuple[Nature, ...] = ("fact", "target", "estimate", "hearsay")
# A figure takes a minute and a half to find and to judge.
_MINUTES_AN_ITEM = 1.5
_BOUNDS = CuePattern("%{sum-measures/bounds}")
_LEAST = CuePattern("%{qualifiers/least}")
_SECTIONS = ("results", "actions", "background", "challenge")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a taught card: its evidence and what it may be used for."""

    card: Case
    statement: Statement
    refs: tuple[Ref, ...]
    nature: Nature

    @property
    def quotes(self) -> str:
        """The sentences that it rests on."""
        return " ".join(ref.shown.quote or "" for ref in self.refs)


def figures_of(material: Material, pack: Pack) -> list[Figure]:
    """The figures of the taught cards that name what they measure and whose sentences can be shown to participants."""
    found = []
    for card, field, one in material.statements(*_SECTIONS):
        if one.metric and one.figure and one.kind and one.certainty:
            refs = pack.refs(card, field, one.evidence)
            own = field.startswith(("results", "actions")) or _names_case(material, card, refs)
            if own and all(ref.shown.quote for ref in refs):
                found.append(Figure(card, one, refs, nature_of(one, material.docs)))
    return found


def _names_case(material: Material, card: Case, refs: tuple[Ref, ...]) -> bool:
    """Whether the sentence names the case: what a card tells as background is often of the whole trade."""
    known = material.lexicon.entities.get(card.entity or "")
    names = (card.name.zh_hans, card.name.en, *card.aliases, *((known.name, *known.aliases) if known else ()))
    told = match_key(" ".join(ref.shown.quote or "" for ref in refs))
    return any(key in told for name in names if (key := match_key(name)))


def said_as(figure: Figure) -> Nature | None:
    """What a figure is where card and sentence agree; None where that can be disputed."""
    words = says(figure.quotes)
    if figure.nature == "fact":
        # a size says how many there are, not what was done: which of the two it is can be argued
        bound = _BOUNDS.search(cue_form(f"{figure.statement.figure} {figure.quotes}"))
        return "fact" if words == "fact" and figure.statement.kind == "achieved" and not bound else None
    if figure.nature in ("target", "estimate", "hearsay") and deciding_word(figure.nature, figure.quotes):
        # "is said to aim at": both words stand there
        return figure.nature if words == figure.nature else None
    return None


def weighed_in_figures(unsure: Sequence[Figure]) -> list[Figure]:
    """The targets, estimates and hearsay that are sorted by what they can be used for; the others stand in the summary.

    A figure that was judged in one exercise needs no thought in the next.
    """
    return list(unsure[::2])


def told_bare(figure: Figure) -> str:
    """The figure without any word of what kind it is: "海角便利：用户数 90万（年底）"; empty where no measure is left.

    A bound (最高30%) is such a word: where it stands, the answer is seldom "done".
    """
    one = figure.statement
    measure = measure_of(one)
    if not measure:
        return ""
    told = f"{measure} {_unbound(figure_text(one))}{when_of(one)}"
    return say(f"{case_name(figure.card)}：{told}", f"{case_name(figure.card)}: {told}")


def _unbound(figure: str) -> str:
    folded = cue_form(figure)
    for found in (_BOUNDS.search(folded), _LEAST.search(folded)):
        if found is not None and found.start() == 0:
            return figure[found.end() :].strip() or figure
    return figure


def when_of(one: Statement) -> str:
    """The period of a figure in brackets, without what the card says about it in brackets of its own."""
    period = re.split("[（(]", period_text(one))[0].strip()
    return say(f"（{period}）", f" ({period})") if period else ""


def _label(nature: str) -> str:
    return {
        "fact": say("可以作为成绩引用，写明出处和时间", "cite it as done, with source and date"),
        "target": say("只能写成要努力的方向，还没有结果", "only where somebody wants to get to"),
        "estimate": say("只能写成推算，不是数出来的", "only as reckoned, not counted"),
        "hearsay": say("不能引用，先要找人核实", "not to be cited before somebody confirms it"),
    }[nature]


def make_figures(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """The figures of the cases, each to be sorted by what it can be used for."""
    known = [(one, nature) for one in figures_of(material, pack) if (nature := said_as(one)) and told_bare(one)]
    kept_here = weighed_in_figures([one for one, nature in known if nature != "fact"])
    known = [(one, nature) for one, nature in known if nature == "fact" or any(one is other for other in kept_here)]
    chosen = _varied(known, rng, _ITEMS[level])
    if len(chosen) < 2 or len({nature for _, nature in chosen}) < 2:
        return Why(
            "figures",
            say(
                "所选案例里引文能说清性质的数字不足两种",
                "fewer than two kinds of figures whose sentences say what they are",
            ),
        )
    offered = shuffled(rng, list(_ASKED))
    options = letters([_label(name) for name in offered])
    letter = {name: option.letter for name, option in zip(offered, options, strict=True)}
    kept = [(one, n) for one, n in chosen if not shared_words(told_bare(one), _label(n), [o.text for o in options])]
    items = tuple(Item(str(i), told_bare(one)) for i, (one, _) in enumerate(kept, 1))
    parts = [(item.label, one, nature) for item, (one, nature) in zip(items, kept, strict=True)]
    if len(items) < 2:
        return Why("figures", say("题目会泄露答案", "the items would give their answers away"))
    return Task(
        kind="figures",
        title=kind_name("figures"),
        prompt=(
            say(
                "您要在给老板的报告里用下面的数字。先在证据里找到说它的那句话，看谁说的、用了什么字眼，再选：它能怎样用？",
                "You want these figures in a report. Find the sentence of each in the evidence, see who says it and in "
                "which words, then choose what it can be used for.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer={label: letter[nature] for label, _, nature in parts},
        key=tuple(Line(say(f"第 {label} 项 {letter[n]}", f"item {label}: {letter[n]}"), one.refs) for label, one, n in parts),
        reasons={label: _reason(one, nature) for label, one, nature in parts},
        look={label: one.refs for label, one, _ in parts},
        natures={label: nature for label, _, nature in parts},
        misconceptions=(
            say("把“最高”读成平均，把打算读成结果。", "“Up to” is read as an average, an aim as a result."),
            say("数字具体，就以为它可靠。", "An exact figure is taken for a reliable one."),
        ),
        column=say("数字", "Figure"),
        minutes=max(5, round(_MINUTES_AN_ITEM * len(items))),
    )  # fmt: skip


def _reason(figure: Figure, nature: Nature) -> str:
    one = figure.statement
    who = say(f"说话人：{one.by}。", f"said by {speaker_text(one)}. ") if one.by else ""
    told = figure_text(one)
    if told != _unbound(told):
        who += say(f"资料写的是“{told}”。", f"the evidence has “{told}”. ")
    if nature == "fact":
        return who + say(
            "句子直说其事，没有“据说”“预计”“打算”一类的字眼；引用时仍要带上说话人和时间。",
            "the sentence says it outright, with no word such as “reportedly”, “expected”, “plans to”; name speaker and date.",
        )
    word = deciding_word(nature, figure.quotes)
    told = {
        "target": say("这是要做到的，不是做到的", "this is meant to be reached, not reached"),
        "estimate": say("这是推算或统计口径，不是实数", "this is reckoned, not counted"),
        "hearsay": say("说的人自己也没有证实", "even who tells it does not vouch for it"),
    }[nature]
    return who + say(f"句中有“{word}”：{told}。", f"the sentence has “{word}”: {told}.")


def _varied(known: list[tuple[Figure, Nature]], rng: random.Random, most: int) -> list[tuple[Figure, Nature]]:
    """Of each kind in turn; in the order of the cards."""
    groups: dict[str, list[tuple[Figure, Nature]]] = {}
    for one in rng.sample(known, len(known)):
        groups.setdefault(one[1], []).append(one)
    chosen: list[tuple[Figure, Nature]] = []
    told: set[str] = set()
    # where nearly all are of one kind, that kind is the answer to everything
    groups["fact"] = groups.get("fact", [])[: max(1, len(known) - len(groups.get("fact", []))) + 1]
    order = shuffled(rng, sorted(groups))
    while len(chosen) < most and any(groups.values()):
        for name in order:
            if groups[name] and len(chosen) < most:
                one = groups[name].pop(0)
                same = match_key(one[0].statement.figure or "")
                if same not in told:  # two cards that tell one figure of one event would ask for one answer twice
                    chosen.append(one)
                    told.add(same)
    return [one for one in known if one in chosen]
