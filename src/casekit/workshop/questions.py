"""Discussion questions, from the deed to the basic issues, each with a model answer that has both sides and their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casekit.address import Address
from casekit.casebook.labels import facet_text, note_text, speaker_text, statement_text
from casekit.casebook.records import Case
from casekit.fold import match_key
from casekit.language import current, say
from casekit.workshop.basis import Nature, nature_label, nature_of, told_without_reserve
from casekit.workshop.lookalikes import lookalikes
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.sides import Point, sides_of

__all__ = ["MINUTES_A_QUESTION", "Asked", "Round", "decisions_of", "rounds_of"]

# A question is answered by three or four people before it is written down: less than this is a show of hands.
MINUTES_A_QUESTION = 5
_POINTS = 3
# Letters in a row that two sentences about the same thing share.
_SHARED = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and its model answer: what speaks for, what against, and when to move on."""

    text: str
    pro: tuple[Point, ...]
    con: tuple[Point, ...]
    first: bool = False
    """Whether it is asked even where time is short."""


@dataclass(frozen=True, slots=True)
class Round:
    """Questions of one depth."""

    title: str
    asked: tuple[Asked, ...]
    misconceptions: tuple[str, ...] = ()
    decision: bool = False

    @property
    def sides(self) -> tuple[str, str]:
        """What the two halves of a model answer are called."""
        if self.decision:
            return say("企业后来这样做", "What the company did"), say("犹豫的理由", "Reasons to hesitate")
        return say("一面", "For"), say("另一面", "Against")


def decisions_of(material: Material, pack: Pack) -> Round:
    """The model answers to the question between A and B: what the company chose, and what spoke against it."""
    return Round(
        say("要作的决定", "The decision"),
        tuple(
            Asked(
                say(f"{case_name(card)}：您会怎么做？", f"{case_name(card)}: what would you do?"),
                _points(material, pack, card, "actions")
                or (Point(say("资料没有写企业做了什么", "the sources do not say what was done")),),
                (*_points(material, pack, card, "challenge"), *_unknown(card)),
            )
            for card in material.cards
        ),
        (say("一上来就谈工具：先说清顾客、员工各自卡在哪里。", "Tools come first: say first where customers and staff are stuck."),),
        decision=True,
    )  # fmt: skip


def rounds_of(material: Material, pack: Pack, *, minutes: int, level: int) -> tuple[Round, ...]:
    """What happened and why, what may be relied on, how the cases compare, what holds in general; as many as there is time for."""
    rounds = (
        _causes(material, pack),
        _reliance(material, pack),
        _comparison(material, pack),
        _basic(material, pack, level),
    )
    room = max(3, minutes // MINUTES_A_QUESTION)
    order = sorted(
        ((not asked.first, i, j) for i, one in enumerate(rounds) for j, asked in enumerate(one.asked)),
    )[:room]  # fmt: skip
    kept = {(i, j) for _, i, j in order}
    cut = [
        replace(one, asked=tuple(asked for j, asked in enumerate(one.asked) if (i, j) in kept))
        for i, one in enumerate(rounds)
    ]
    return tuple(one for one in cut if one.asked)


def _points(material: Material, pack: Pack, card: Case, section: str) -> tuple[Point, ...]:
    return tuple(
        Point(statement_text(one), pack.refs(card, field, one.evidence), nature_of(one, material.docs))
        for owner, field, one in material.statements(section)
        if owner is card
    )[:_POINTS]


def _unknown(card: Case) -> tuple[Point, ...]:
    """What nobody reports: the other side of most conclusions."""
    told = [Point(statement_text(one)) for one in (*card.limits, *card.open_questions)][:_POINTS]
    return tuple(told) or (Point(say("资料没有写成本和失败的例子", "the sources tell neither cost nor failures")),)


def _causes(material: Material, pack: Pack) -> Round:
    asked = [
        Asked(
            say(
                f"{case_name(card)}做的几件事里，哪一件少了，其余就不成立？依据是哪条证据？",
                f"Of what {case_name(card)} did, without which step would the rest fail? Which evidence says so?",
            ),
            _points(material, pack, card, "actions"),
            (
                Point(say("资料没有逐项拆开各自的作用：谁最要紧只能推断", "no source takes the effects apart: what mattered most is inferred")),
                *_unknown(card)[:2],
            ),
            first=i == 0,
        )
        for i, card in enumerate(material.cards)
        if any(owner is card for owner, _, _ in material.statements("actions"))
    ]  # fmt: skip
    notes = [
        say(f"{case_name(c)}：{note_text(c)}", f"{case_name(c)}: {note_text(c)}") for c in material.cards if c.note
    ]
    return Round(say("第一轮 为什么", "Round 1: the causes"), tuple(asked), (*notes, *lookalikes(material)))


def _reliance(material: Material, pack: Pack) -> Round:
    """What cannot be marked right or wrong: hearsay, what is handed on, what was tried, what is only aimed at."""
    asked: list[Asked] = []
    told: set[Address] = set()
    for card, field, one in material.statements("results", "actions"):
        nature = nature_of(one, material.docs)
        places = {evidence.address for evidence in one.evidence}
        if nature == "fact" or (places and places <= told):  # one sentence is one question, whichever field tells it
            continue
        told |= places
        bare = told_without_reserve(nature, statement_text(one))
        alone = len({evidence.source for evidence in one.evidence}) == 1
        asked.append(
            Asked(
                say(
                    f"{case_name(card)}：同事想在方案里写“{bare}”。能不能这样写？要改哪几个字，凭哪条证据？",
                    f"{case_name(card)}: a colleague would write “{bare}” into the proposal. Can it stand? Which words would you "
                    "change, on which evidence?",
                ),
                (
                    Point(
                        say(
                            f"可以写，但要写明谁说的、是什么性质，例如：{statement_text(one)}",
                            f"yes, with who says so and what it is, such as: {statement_text(one)}",
                        ),
                        pack.refs(card, field, one.evidence),
                        nature,
                    ),
                ),
                (Point(_weakness(nature, alone=alone)), *_near(card, bare)),
                first=not asked,
            )
        )
    limit = 2 * len(material.cards)
    return Round(
        say("第二轮 什么可以信", "Round 2: what to rely on"),
        tuple(asked[:limit]),
        (say("有数字就是有证明。", "Where there is a figure there is proof."),),
    )


def _weakness(nature: Nature, *, alone: bool) -> str:
    """Why a statement is no result, and whether anything else bears it out."""
    kind = nature_label(nature)
    what = (
        say("原文的说法有保留", "its source says it with reserve")
        if nature == "doubtful"
        else say(f"这只是{kind}", f"it is only {kind}")
    )
    more = say("，而且这里只有一个来源", ", and from one source only") if alone else ""
    return say(f"不能当作已经做到：{what}{more}", f"not as something done: {what}{more}")


def _near(card: Case, told: str) -> Iterator[Point]:
    """What the card says is not reported about this very thing: what shares a word with it, else nothing."""
    own = match_key(case_name(card))
    key = match_key(told).replace(own, " ")
    for one in (*card.limits, *card.open_questions):
        other = match_key(one.text).replace(own, " ")
        runs = (other[i : i + _SHARED] for i in range(len(other) - _SHARED + 1))
        if any(run in key for run in runs if " " not in run):
            yield Point(statement_text(one))
            return


def _comparison(material: Material, pack: Pack) -> Round:
    names = say("、", ", ").join(case_name(card) for card in material.cards)
    several = len(material.cards) > 1
    asked = [
        Asked(
            say(
                f"{names}的做法同在哪里，异在哪里？差别来自行业、规模，还是选择？"
                if several
                else f"{names}的做法，换一个行业或规模还成立吗？要改哪里？",
                f"Where do {names} agree, where do they differ, and is it the trade, the size or the choice?"
                if several
                else f"Would what {names} did hold in another trade or size? What would change?",
            ),
            tuple(_alike(material)) if several else sides_of(material, pack, material.cards).pro or _points(material, pack, material.cards[0], "actions"),
            (
                *(_apart(material) if several else ()),
                *(point for card in material.cards for point in _unknown(card)[:1]),
            ),
            first=True,
        )
    ]  # fmt: skip
    if material.framework is not None:
        asked.append(_framework(material, pack))
    return Round(say("第三轮 比较与框架", "Round 3: comparison and framework"), tuple(asked))


def _framework(material: Material, pack: Pack) -> Asked:
    assert material.framework is not None
    whole, parts = material.framework
    ids = {part.id for part in parts}
    listed = say("、", ", ").join(say(part.name, part.name_en or part.name) for part in parts)
    placed = [
        Point(f"{case_name(card)}{say('：', ': ')}{statement_text(one)}", pack.refs(card, field, one.evidence))
        for card, field, one in material.statements("challenge", "actions", "results")
        if ids & set(one.about)
    ]
    return Asked(
        say(
            f"用“{whole.name}”（{listed}）看这些案例：哪一格有证据，哪一格空着？空着是没有做，还是没有报道？",
            f"Look at the cases through “{whole.name_en or whole.name}” ({listed}): which cells have evidence, which are "
            "blank, and is a blank something not done or not reported?",
        ),
        tuple(placed[: _POINTS + 1])
        or (Point(say("案例卡没有一句标注了它的组成部分", "no statement of the cards is marked as about its parts")),),
        (Point(say("多数格子空着很正常：资料为别的目的而写；空着不等于没有做", "most cells are blank: the sources had other aims; blank is not “not done”")),),
    )  # fmt: skip


def _held(material: Material, card: Case) -> dict[str, str]:
    return {
        facet.entity or match_key(facet.text): material.name(facet.entity)
        if facet.entity and current() == "en"
        else facet_text(facet)
        for name in ("industry", "tactics", "tools")
        for facet in card.facets.get(name)
    }


def _alike(material: Material) -> Iterator[Point]:
    """What the facets of the cards share."""
    held = [_held(material, card) for card in material.cards]
    common = say("、", ", ").join(text for key, text in held[0].items() if all(key in one for one in held[1:]))
    yield Point(
        say(f"相同（卡片写明的行业、打法、工具）：{common}", f"alike (trade, tactics, tools of the cards): {common}")
        if common
        else say("卡片没有写明相同的行业、打法或工具：说相同，要自己论证", "the cards name no common trade, tactic or tool: a likeness must be argued")
    )  # fmt: skip


def _apart(material: Material) -> Iterator[Point]:
    """What sets each apart."""
    held = [_held(material, card) for card in material.cards]
    for card, own in zip(material.cards, held, strict=True):
        alone = say("、", ", ").join(
            text for key, text in own.items() if not any(key in other for other in held if other is not own)
        )
        if alone:
            yield Point(say(f"只见于{case_name(card)}：{alone}", f"only with {case_name(card)}: {alone}"))


def _basic(material: Material, pack: Pack, level: int) -> Round:
    sides = sides_of(material, pack, material.cards)
    asked = [
        Asked(
            say(
                "什么样的数字才算证明一个打法有效？这些资料里有几个够得上？",
                "Which figures would prove that a tactic works, and how many here come up to that?",
            ),
            sides.pro or (Point(say("没有一个结果是原文直接陈述的", "no result is plainly stated by an original")),),
            (
                Point(say("要有做之前的数、没做的对照、同一口径的成本", "wanted: the figure before, a comparison without it, the cost")),
                *sides.con[:_POINTS],
            ),
            first=True,
        ),
        Asked(
            say(
                "这些话是谁说的，为谁说的？少了谁的声音？这会怎样改变您的判断？",
                "Who says all this, on whose behalf, and whose voice is missing? How does that change your judgement?",
            ),
            tuple(_speakers(material)),
            tuple(_interests(material)),
        ),
    ]  # fmt: skip
    if level > 1:
        asked.append(
            Asked(
                say(
                    "把您得出的一条道理写成“在……条件下，……会……”的句子：哪个条件最可能在我们这里不成立？",
                    "Put one lesson as “given …, … leads to …”: which of its conditions is least likely to hold with us?",
                ),
                (Point(say("好答案写得出条件：规模、人手、谁出钱、谁拍板", "a good answer names conditions: size, staff, who pays, who decides")),),
                (Point(say("也写得出反例：什么情况下这条道理会错", "and a counter-example: when would it be wrong?")),),
            )
        )  # fmt: skip
    return Round(
        say("第四轮 根本问题", "Round 4: the basic issues"),
        tuple(asked),
        (
            say(
                "把厂商或平台讲的成功故事当成独立的证明。",
                "A success story told by a vendor or platform is taken for independent proof.",
            ),
        ),
    )


def _speakers(material: Material) -> Iterator[Point]:
    said = [speaker_text(one) for _, _, one in material.statements("challenge", "actions", "results") if one.by]
    listed = say("、", ", ").join(dict.fromkeys(said))
    yield Point(
        say(f"卡片里有说话人的：{listed}", f"whom the cards name as speaking: {listed}")
        if listed
        else say("卡片没有记下说话人", "the cards name no speaker")
    )


def _interests(material: Material) -> Iterator[Point]:
    sources: Sequence[str] = list(dict.fromkeys(source for card in material.cards for source in card.sources()))
    told = dict.fromkeys(material.interests[one] for one in sources if one in material.interests)
    if current() == "en" and told:  # the catalogue's own words are Chinese
        told = {f"{len(told)} of the sources speak in their own or their client's interest (see the catalogue)": None}
    yield from (Point(text) for text in told)
    yield Point(
        say(
            "通常缺的：顾客、一线员工、没有做成的同行", "mostly missing: customers, front-line staff, firms that failed"
        )
    )
