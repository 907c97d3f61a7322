"""Discussion questions, from the immediate issue to the basic ones, with likely answers for the facilitator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casekit.casebook.records import Case
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.material import Material, Pack, Ref, case_name

__all__ = ["Asked", "Round", "rounds_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what is likely to be answered, and the evidence to hold it against."""

    text: str
    likely: tuple[str, ...]
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Questions of one depth."""

    title: str
    asked: tuple[Asked, ...]
    misconceptions: tuple[str, ...] = ()


def rounds_of(material: Material, pack: Pack, *, audience: str, level: int) -> tuple[Round, ...]:
    """Four rounds: what is to be decided now, why, how the cases compare, and what holds in general."""
    return (
        _immediate(material, pack, audience),
        _causes(material, pack),
        _comparison(material),
        _basic(material, level),
    )


def _refs(material: Material, pack: Pack, card: Case, section: str) -> tuple[Ref, ...]:
    found = [pack.refs(c, field, one.evidence) for c, field, one in material.statements(section) if c is card]
    return tuple(dict.fromkeys(ref for refs in found for ref in refs))


def _immediate(material: Material, pack: Pack, audience: str) -> Round:
    asked = []
    for card in material.cards:
        name = case_name(card)
        problem = next((one.text for one in card.challenge), "")
        text = (
            say(
                f"{name}遇到的情况：{problem}如果你是当时负责的{audience}，明天早上先做哪一件事？",
                f"{name} met this: {problem} If you were in charge ({audience}), what would you do first tomorrow morning?",
            )
            if problem
            else say(
                f"{name}当时要解决的是什么？如果你是负责的{audience}，明天早上先做哪一件事？",
                f"What had {name} to solve? If you were in charge ({audience}), what would you do first tomorrow morning?",
            )
        )
        done = "；".join(value.text for value in card.facets.decision)
        likely = (say(f"{name}自己的选择：{done}", f"what {name} chose: {done}"),) if done else ()
        asked.append(Asked(text, likely, _refs(material, pack, card, "challenge")))
    return Round(
        say("第一轮 眼前的问题", "Round 1: the immediate issue"),
        tuple(asked),
        (
            say(
                "一上来就谈工具：先说清顾客、店员各自卡在哪里。",
                "Tools come first: say first where customers and staff are stuck.",
            ),
        ),
    )


def _causes(material: Material, pack: Pack) -> Round:
    asked = []
    for card in material.cards:
        name = case_name(card)
        asked.append(
            Asked(
                say(
                    f"{name}做的几件事里，哪一件少了，其余就不成立？依据是哪条证据？",
                    f"Of what {name} did, without which step would the rest fail? Which evidence says so?",
                ),
                tuple(say(f"要追问：{one.text}", f"ask back: {one.text}") for one in card.open_questions[:2]),
                _refs(material, pack, card, "actions"),
            )
        )
    return Round(
        say("第二轮 为什么", "Round 2: the causes"),
        tuple(asked),
        tuple(
            say(f"{case_name(card)}：{card.note}", f"{case_name(card)}: {card.note}")
            for card in material.cards
            if card.note
        ),
    )


def _comparison(material: Material) -> Round:
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
            (*_alike(material), *(_use(one.text) for card in material.cards for one in card.teaching[:1])),
        )
    ]
    if material.framework is not None:
        whole, parts = material.framework
        listed = say("、", ", ").join(say(part.name, part.name_en or part.name) for part in parts)
        asked.append(
            Asked(
                say(
                    f"用“{whole.name}”（{listed}）看这些案例：哪一格有证据，哪一格空着？空着是没有做，还是没有报道？",
                    f"Look at the cases through “{whole.name_en or whole.name}” ({listed}): which cells have evidence, which "
                    "are blank, and is a blank something not done or not reported?",
                ),
                (
                    say(
                        "多数格子空着很正常：资料为别的目的而写。能说清“缺哪一类资料”就是好答案。",
                        "Most cells being blank is normal: the sources had other aims. Naming what is missing is a good answer.",
                    ),
                ),
            )
        )
    return Round(say("第三轮 比较与框架", "Round 3: comparison and framework"), tuple(asked))


def _use(text: str) -> str:
    return say(f"可以接着做：{text}", f"to go on with: {text}")


def _alike(material: Material) -> Iterator[str]:
    """What the facets of the cards share, and what sets each apart."""
    if len(material.cards) < 2:
        return
    held = [
        {facet.entity or match_key(facet.text): facet.text for name in ("industry", "tactics", "tools") for facet in card.facets.get(name)}
        for card in material.cards
    ]  # fmt: skip
    common = [text for key, text in held[0].items() if all(key in one for one in held[1:])]
    shared = say("、", ", ").join(common)
    yield (
        say(f"卡片里写明相同的：{shared}", f"what the cards have in common: {shared}")
        if common
        else say(
            "卡片里没有写明相同的行业、打法或工具：共同点要学员自己论证",
            "the cards name no common trade, tactic or tool: a likeness must be argued",
        )
    )
    for card, own in zip(material.cards, held, strict=True):
        alone = say("、", ", ").join(
            text for key, text in own.items() if not any(key in other for other in held if other is not own)
        )
        if alone:
            yield say(f"只见于{case_name(card)}：{alone}", f"only with {case_name(card)}: {alone}")


def _basic(material: Material, level: int) -> Round:
    limits = [one.text for card in material.cards for one in card.limits]
    asked = [
        Asked(
            say(
                "什么样的数字才算证明一个打法有效？这些资料里有几个够得上？",
                "Which figures would prove that a tactic works, and how many here come up to that?",
            ),
            tuple(limits[:4]),
        ),
        Asked(
            say(
                "这些话是谁说的，为谁说的？少了谁的声音？这会怎样改变你的判断？",
                "Who says all this, on whose behalf, and whose voice is missing? How does that change your judgement?",
            ),
            (
                *_speakers(material),
                *dict.fromkeys(material.interests[s] for s in _sources(material) if s in material.interests),
            ),
        ),
    ]
    if level > 1:
        asked.append(
            Asked(
                say(
                    "把你得出的一条道理写成“在……条件下，……会……”的句子：哪个条件最可能在我们这里不成立？",
                    "Put one lesson as “given …, … leads to …”: which of its conditions is least likely to hold with us?",
                ),
                (
                    say(
                        "好答案写得出反例：什么情况下这条道理会错。",
                        "A good answer can name a counter-example: when would this be wrong?",
                    ),
                ),
            )
        )
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


def _speakers(material: Material) -> Iterator[str]:
    said = [one.by for _, _, one in material.statements("challenge", "actions", "results") if one.by]
    if said:
        listed = say("、", ", ").join(dict.fromkeys(said))
        yield say(f"卡片里有说话人的：{listed}", f"whom the cards name as speaking: {listed}")


def _sources(material: Material) -> list[str]:
    """The sources of the taught cases, in order."""
    return list(dict.fromkeys(source for card in material.cards for source in card.sources()))
