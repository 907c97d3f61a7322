"""What participants read: each case in our own words in two halves, its evidence, the references."""

from __future__ import annotations

from collections.abc import Sequence

from casekit.casebook.labels import speaker_text, statement_text
from casekit.casebook.records import Case
from casekit.language import current, say
from casekit.workshop.cells import Cells, bullets
from casekit.workshop.halves import (
    decider,
    outcome_refs,
    outcome_statements,
    people_refs,
    situation_refs,
    situation_statements,
)
from casekit.workshop.markup import address, md
from casekit.workshop.material import Material, Pack, Ref, case_name

__all__ = ["add_decision", "add_outcome", "add_references", "add_situation"]


def _title(section: str) -> str:
    return {
        "background": say("背景", "Background"),
        "challenge": say("难处", "Challenge"),
        "actions": say("做了什么", "What was done"),
        "results": say("报道的结果", "Reported results"),
    }[section]


def add_situation(cells: Cells, material: Material, pack: Pack) -> None:
    """A of every case: the situation up to the decision, and its evidence."""
    for card in material.cards:
        blocks = [f"## {md(say(f'{case_name(card)} · A 当时的情况', f'{case_name(card)} · A: the situation'))}"]
        blocks += _sections(card, pack, list(situation_statements(material, card)))
        people = [
            _statement(say(f"{name}，{role}", f"{name}, {role}"), None, refs)
            for name, role, refs in people_refs(pack, card)
        ]
        if people:
            blocks.append(f"**{say('人物（当时的职务）', 'People (roles at the time)')}**\n\n" + bullets(people))
        if len(blocks) == 1:
            blocks.append(say("资料没有写当时的情况。", "The sources do not tell the situation."))
        cells.add("\n\n".join(blocks), "reading", shown=True, slide="slide")
        refs, kept = situation_refs(material, pack, card)
        _evidence(cells, pack, refs, say(f"{case_name(card)} · A 的证据", f"{case_name(card)} · evidence of A"), kept)


def add_decision(cells: Cells, material: Material) -> None:
    """The question between the two halves, with room for what each would have done."""
    for i, card in enumerate(material.cards, 1):
        who, name = decider(card), case_name(card)
        you = say(f"您是{who}", f"You are {who}") if who else say(f"当时由您替{name}作主", f"You decide for {name}")
        asked = [
            say("您会怎么做？只能选一件先做。", "What would you do? Only one thing can come first."),
            say("您最大的顾虑是什么？", "What worries you most?"),
            say("动手之前，您要先弄清哪一件事？向谁问？", "What must you know before you start, and who knows it?"),
        ]
        listed = "\n".join(f"{n}. {md(text)}" for n, text in enumerate(asked, 1))
        then = say("先写下来，再往下读 B。", "Write it down before you read B.")
        title = md(say(f"{name} · 要作的决定", f"{name} · the decision"))
        cells.add(
            f"## {title}\n\n{md(you)}{say('。', '.')}\n\n{listed}\n\n{then}", "decision", shown=True, slide="slide"
        )
        cells.add(f'note("d{i}")', "decision", shown=True, kind="code")


def add_outcome(cells: Cells, material: Material, pack: Pack) -> None:
    """B of every case: what was done, what came of it, and the evidence."""
    for card in material.cards:
        blocks = [f"## {md(say(f'{case_name(card)} · B 后来', f'{case_name(card)} · B: what followed'))}"]
        blocks += _sections(card, pack, list(outcome_statements(material, card)))
        if len(blocks) == 1:
            blocks.append(say("资料没有写后来怎样。", "The sources do not tell what followed."))
        cells.add("\n\n".join(blocks), "outcome", shown=True, slide="slide")
        refs = outcome_refs(material, pack, card)
        _evidence(cells, pack, refs, say(f"{case_name(card)} · B 的证据", f"{case_name(card)} · evidence of B"))


def _sections(card: Case, pack: Pack, told: Sequence[tuple[str, object]]) -> list[str]:
    blocks = []
    for section in ("background", "challenge", "actions", "results"):
        lines = []
        for field, _ in told:
            name, _, rest = field.partition("[")
            if name == section:
                one = card.section(section)[int(rest[:-1])]
                lines.append(_statement(statement_text(one), speaker_text(one), pack.refs(card, field, one.evidence)))
        if lines:
            blocks.append(f"**{_title(section)}**\n\n" + bullets(lines))
    return blocks


def _statement(text: str, by: str | None, refs: Sequence[Ref]) -> str:
    who = say(f"（{by}）", f" ({by})") if by else ""
    marks = " ".join(dict.fromkeys(ref.mark for ref in refs))
    return f"{md(text + who)} **{marks}**" if marks else md(text + who)


def _evidence(cells: Cells, pack: Pack, refs: Sequence[Ref], title: str, kept: frozenset[str] = frozenset()) -> None:
    if not refs:
        return
    blocks = [f"### {md(title)}", *(_shown(ref, pack, later=ref.mark in kept) for ref in refs)]
    cells.add("\n\n".join(blocks), "evidence", shown=True, refs=refs)


def _shown(ref: Ref, pack: Pack, *, later: bool) -> str:
    one = ref.evidence
    head = f"**{ref.mark}** [{pack.number(one.source)}] {address(one.address)}"
    if later:
        return f"{head} — {say('引文见 B', 'quoted in B')}"
    if ref.shown.quote:
        told = pack.told(ref) if current() == "en" else ()
        english = f"\n\n*As the case tells it:* {md(' '.join(told))}" if told else ""
        return f"{head}\n\n> {md(ref.shown.quote)}{english}"
    if ref.shown.remark:
        return f"{head} — {md(ref.shown.remark)}"
    if not ref.shown.found:
        return f"{head} — {say('原文不在这个工作区', 'the original is not in this workspace')}"
    return f"{head} — {say('为少引原文没有摘录，请到该处读', 'not quoted, to quote sparingly: read it there')}"


def add_references(cells: Cells, pack: Pack) -> None:
    """The list of references."""
    told = [f"[{i}] {md(text)}" for i, text in enumerate(pack.references(), 1)]
    cells.add(f"## {say('参考文献', 'References')}\n\n" + "\n\n".join(told), "references", shown=True)
