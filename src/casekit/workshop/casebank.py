"""A case for a case bank: case text and teaching note as 中国管理案例共享中心 asks for them, filled from a card, and a lint.

Nothing is made up: what the card does not hold stays a blank that the lint names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from casekit.casebook.labels import claim_label
from casekit.casebook.records import Case, Statement
from casekit.cues import CuePattern, cue_form
from casekit.facts import parse_number
from casekit.language import say
from casekit.segment import split_sentences
from casekit.workshop.basis import nature_label, nature_of
from casekit.workshop.halves import decider
from casekit.workshop.lookalikes import lookalikes
from casekit.workshop.markup import address, md, table
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.questions import Asked, decisions_of, rounds_of
from casekit.workshop.sides import marked
from casekit.workshop.speaking import speaking

__all__ = ["ABSTRACT_CHARS", "CaseFile", "Flaw", "case_file"]

ABSTRACT_CHARS: Final = 300
"""The case bank's limit for an abstract."""
# One lesson of 90 minutes, the case bank's usual plan: before it, reading and thinking at home.
_PLAN: Final = (10, 20, 30, 20, 10)
_KEYWORDS: Final = 5
_JUDGED: Final = CuePattern("%{judgement}")
_NUMBER: Final = re.compile(r"\d[\d,.]*[万亿%]?")
_BODY: Final = ("background", "challenge", "actions", "results")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that the case bank would send back: where, and what to do."""

    kind: Literal["judgement", "decision", "figures", "empty", "length"]
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Case text and teaching note in one Markdown text, and what the lint says of it."""

    markdown: str
    flaws: tuple[Flaw, ...]


def case_file(material: Material) -> CaseFile:
    """The case of the material's one card."""
    card = material.cards[0]
    pack = Pack(material)
    text = "\n\n".join([*_case_text(card, material, pack), *_teaching_note(card, material, pack)])
    return CaseFile(f"{text}\n", tuple(_flaws(card, material)))


def _both(zh: str, en: str) -> str:
    """A title in both languages, as exhibits carry it."""
    told = []
    for language in ("zh", "en"):
        with speaking(language):
            told.append(say(zh, en))
    return " / ".join(told)


# ---- the case ----------------------------------------------------------------------------------------------------------
def _case_text(card: Case, material: Material, pack: Pack) -> Iterator[str]:
    name = case_name(card)
    yield f"# {md(say(f'{name}的选择', f'{name}: a choice'))}"
    yield md(
        say(
            "真实性说明：本案例依据文末所列公开资料整理，没有企业授权，也没有向企业核实；人物、数字和说法都出自所列资料。"
            "只供课堂讨论，无意说明某种做法是否有效。",
            "Authenticity: written from the published sources listed at the end, without authorisation by the company and without "
            "verification by it; people, figures and statements are those of the sources. For discussion in class only; it does "
            "not show whether any practice is effective.",
        )
    )
    yield f"**{say('摘要', 'Abstract')}** {md(_abstract(card) or _blank())}"
    yield f"**{say('关键词', 'Keywords')}** {md(say('；', '; ').join(_keywords(card)) or _blank())}"
    yield f"## {say('0 引言', '0 Opening')}\n\n{_opening(card)}"
    titles = (
        say("1 背景", "1 Background"),
        say("2 难处", "2 The problem"),
        say("3 做法", "3 What was done"),
        say("4 报道的结果", "4 Reported results"),
    )
    for section, title in zip(_BODY, titles, strict=True):
        lines = [
            _told(one, pack, card, field) for _, field, one in material.statements(section)
        ]  # fmt: skip
        yield f"## {title}\n\n" + ("\n\n".join(lines) or _blank())
    asked = [f"- {md(one.text)}" for one in card.open_questions]
    yield f"## {say('5 尾声：还没有答案的', '5 What is still open')}\n\n" + ("\n".join(asked) or _blank())
    yield from _exhibits(card, material, pack)
    refs = pack.references()
    yield f"## {say('参考文献', 'References')}\n\n" + "\n\n".join(f"[{i}] {md(one)}" for i, one in enumerate(refs, 1))


def _told(one: Statement, pack: Pack, card: Case, field: str) -> str:
    refs = pack.refs(card, field, one.evidence)
    who = say(f"（{one.by}）", f" ({one.by})") if one.by else ""
    numbers = "".join(dict.fromkeys(f"[{pack.number(ref.evidence.source)}]" for ref in refs))
    return f"{md(one.text + who)}{md(numbers)}"


def _blank() -> str:
    return say("（待补）", "(to be written)")


def _abstract(card: Case) -> str:
    """The card's summary, whole sentences up to the limit, without those that judge."""
    made = ""
    summary = say(card.summary_zh or "", card.summary_en or card.summary_zh or "")
    starts = [span.start for span in split_sentences(summary)]
    for start, end in pairwise([*starts, len(summary)]):
        sentence = summary[start:end]
        if not _JUDGED.search(cue_form(sentence)) and len(made) + len(sentence) <= ABSTRACT_CHARS:
            made += sentence
    return made.strip()


def _keywords(card: Case) -> list[str]:
    found = [facet.text for name in ("industry", "tactics", "tools") for facet in card.facets.get(name)]
    return list(dict.fromkeys(text.partition("（")[0] for text in found))[:_KEYWORDS]


def _opening(card: Case) -> str:
    """Time, place, who decides, and the question."""
    when = say("、", ", ").join(one.text for one in card.facets.year) or _blank()
    where = say("、", ", ").join(one.text for one in card.facets.place) or _blank()
    problem = card.challenge[0].text if card.challenge else _blank()
    who = decider(card) or _blank()
    rows = [
        (say("时间", "Time"), when),
        (say("地点", "Place"), where),
        (say("决策者", "Who decides"), who),
        (say("要决定的", "The question"), say(f"{problem}怎么办？", f"{problem} What is to be done?")),
    ]
    return "\n".join(f"- **{label}** {md(text)}" for label, text in rows)


def _exhibits(card: Case, material: Material, pack: Pack) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for _, field, one in material.statements(*_BODY):
        if one.metric and one.figure:
            numbers = {pack.number(ref.evidence.source) for ref in pack.refs(card, field, one.evidence)}
            kind = claim_label(one.kind or "achieved", one.certainty or "stated")
            cited = "".join(f"[{n}]" for n in sorted(numbers))
            rows.append(tuple(md(text) for text in (one.metric, one.figure, one.period or "", kind, cited)))
    if rows:
        head = (
            say("指标", "Measure"),
            say("数字", "Figure"),
            say("时间", "Time"),
            say("性质", "Kind"),
            say("来源", "Source"),
        )
        yield f"### {md(_both('附录1 资料里的数字', 'Exhibit 1 Figures in the sources'))}\n\n{table(head, rows)}"
    people: list[tuple[str, ...]] = [(md(one.name), md(one.role or "")) for one in card.people if one.role]
    if people:
        number = 2 if rows else 1
        title = _both(f"附录{number} 人物（当时的职务）", f"Exhibit {number} People (roles at the time)")
        yield f"### {md(title)}\n\n{table((say('姓名', 'Name'), say('职务', 'Role')), people)}"  # fmt: skip


# ---- the teaching note -------------------------------------------------------------------------------------------------
def _teaching_note(card: Case, material: Material, pack: Pack) -> Iterator[str]:
    questions = [*decisions_of(material, pack).asked]
    for one in rounds_of(material, pack, minutes=sum(_PLAN), level=2):
        questions += one.asked
    yield f"# {md(say('案例使用说明', 'Teaching note'))}"
    uses = [f"- {md(one.text)}" for one in card.teaching]
    yield f"## {say('1 教学目的与用途', '1 Objectives and use')}\n\n" + "\n".join(
        [f"- {md(say('适用：管理者培训、MBA 课上关于决策与证据的讨论', 'For managers and MBA classes on decisions and evidence'))}", *uses]
    )  # fmt: skip
    listed = "\n".join(f"{i}. {md(one.text)}" for i, one in enumerate(questions, 1))
    yield f"## {say('2 启发思考题', '2 Questions')}\n\n{listed}"
    yield f"## {say('3 分析思路', '3 Analysis')}\n\n" + "\n\n".join(
        _analysis(i, one) for i, one in enumerate(questions, 1)
    )
    theory = [f"- {md(one.text)}" for one in (*card.facets.frameworks, *card.facets.tactics)]
    yield f"## {say('4 理论依据', '4 Theory')}\n\n" + ("\n".join(theory) or _blank())
    known = [card.note or "", *material.interests.values(), *(one.text for one in card.limits)]
    background = "\n".join(f"- {md(text)}" for text in dict.fromkeys(known) if text)
    yield f"## {say('5 背景信息', '5 Background for the teacher')}\n\n" + (background or _blank())
    points = "\n".join(f"- {md(text)}" for text in _points(card, material))
    yield f"## {say('6 关键要点', '6 Key points')}\n\n" + (points or _blank())
    yield f"## {say('7 建议课堂计划', '7 Plan for the class')}\n\n{_plan()}"
    places: list[tuple[str, ...]] = [
        (ref.mark, md(f"[{pack.number(ref.evidence.source)}]"), address(ref.evidence.address)) for ref in pack
    ]
    if places:
        head = (say("编号", "Mark"), say("文献", "Source"), say("原文里的位置", "Place in the source"))
        yield f"## {say('证据编号', 'Evidence')}\n\n{table(head, places)}"


def _analysis(number: int, one: Asked) -> str:
    lines = [f"**{number}.** {md(one.text)}"]
    lines += [f"- {say('一面：', 'for: ')}{md(marked(point))}" for point in one.pro]
    lines += [f"- {say('另一面：', 'against: ')}{md(marked(point))}" for point in one.con]
    return f"{lines[0]}\n\n" + "\n".join(lines[1:])


def _points(card: Case, material: Material) -> list[str]:
    unsure = [
        say(
            f"{one.text}（{nature_label(nature)}，不能当作已经做到）",
            f"{one.text} ({nature_label(nature)}, nothing done)",
        )
        for _, _, one in material.statements("results")
        if (nature := nature_of(one, material.docs)) != "fact"
    ]
    return [*lookalikes(material), *unsure]


def _plan() -> str:
    what = (
        say("开场：时间、地点、要作的决定", "Opening: time, place, the decision"),
        say("各自写下决定，两人一组说", "Each writes down a decision, told in pairs"),
        say("全班讨论：为什么，什么可以信", "Class: why, and what to rely on"),
        say("比较与理论", "Comparison and theory"),
        say("收尾：带走的道理与还要查的", "Close: lessons and what must still be found out"),
    )
    rows: list[tuple[str, ...]] = [(str(minutes), text) for minutes, text in zip(_PLAN, what, strict=True)]
    return table((say("分钟", "Minutes"), say("内容", "What")), rows)


# ---- the lint ----------------------------------------------------------------------------------------------------------
def _flaws(card: Case, material: Material) -> Iterator[Flaw]:
    for section in _BODY:
        for i, one in enumerate(card.section(section)):
            # what a named speaker says is told as his own
            if not one.by and (word := _JUDGED.search(cue_form(one.text))):
                told = one.text[word.start() : word.end()]
                yield Flaw("judgement", f"{section}[{i}]", say(f"“{told}”是作者的判断：改成发生了什么、谁说的", f"“{told}” judges: tell what happened and who says so"))  # fmt: skip
    yield from _decision(card)
    yield from _figures(card)
    for where, there in _parts(card, material):
        if not there:
            yield Flaw("empty", where, say(f"{where} 没有内容", f"{where} is empty"))
    whole = say(card.summary_zh or "", card.summary_en or card.summary_zh or "")
    if len(whole) > ABSTRACT_CHARS:
        yield Flaw("length", "summary", say(f"概括有 {len(whole)} 字，摘要最多 {ABSTRACT_CHARS} 字，后面的句子没有进去", f"the summary has {len(whole)} characters, an abstract at most {ABSTRACT_CHARS}: later sentences were left out"))  # fmt: skip


def _decision(card: Case) -> Iterator[Flaw]:
    for where, there, zh, en in (
        ("challenge", bool(card.challenge), "没有难处，就没有要作的决定", "without a problem there is no decision"),
        ("facets.decision", bool(card.facets.decision), "没有写企业最后怎么决定", "what was decided is not told"),
        ("people", bool(decider(card)), "没有写明是谁作的决定（职务里写明是哪家企业）", "nobody is named who decides (with the company in the role)"),
        ("facets.year", bool(card.facets.year), "没有写时间", "no time is told"),
        ("facets.place", bool(card.facets.place), "没有写地点", "no place is told"),
    ):  # fmt: skip
        if not there:
            yield Flaw("decision", where, say(zh, en))


def _figures(card: Case) -> Iterator[Flaw]:
    """Two figures for one thing, and numbers of the summary that no statement has."""
    held: dict[tuple[str, str], tuple[str, str]] = {}
    statements = [(f"{section}[{i}]", one) for section in _BODY for i, one in enumerate(card.section(section))]
    for where, one in statements:
        if one.metric and one.figure:
            key = (one.metric, one.period or "")
            earlier = held.setdefault(key, (where, one.figure))
            if _value(earlier[1]) != _value(one.figure):
                yield Flaw("figures", where, say(f"“{one.metric}”在 {earlier[0]} 是 {earlier[1]}，这里是 {one.figure}", f"“{one.metric}” is {earlier[1]} in {earlier[0]}, {one.figure} here"))  # fmt: skip
    told = cue_form(" ".join(f"{one.text} {one.figure or ''} {one.period or ''}" for _, one in statements))
    for number in dict.fromkeys(_NUMBER.findall(cue_form(card.summary_zh or ""))):
        if number not in told:
            yield Flaw(
                "figures",
                "summary",
                say(f"概括里的 {number} 正文里没有", f"{number} of the summary is not in the case"),
            )


def _value(figure: str) -> object:
    found = parse_number(figure)
    return figure if found is None else (found.value_min, found.value_max, found.unit)


def _parts(card: Case, material: Material) -> Sequence[tuple[str, bool]]:
    return (
        ("background", bool(card.background)),
        ("actions", bool(card.actions)),
        ("results", bool(card.results)),
        ("open_questions", bool(card.open_questions)),
        ("summary", bool(_abstract(card))),
        ("facets.industry, tactics, tools", bool(_keywords(card))),
        ("facets.frameworks", bool(card.facets.frameworks or card.facets.tactics)),
        ("teaching", bool(card.teaching)),
        ("limits", bool(card.limits or card.note or material.interests)),
    )
