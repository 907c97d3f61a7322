"""What participants read: the cases in our own words, the evidence packs, the references."""

from __future__ import annotations

from collections.abc import Sequence

from casekit.language import say
from casekit.workshop.cells import Cells, bullets
from casekit.workshop.markup import address, md
from casekit.workshop.material import Material, Pack, Ref, case_name

__all__ = ["add_evidence", "add_reading", "add_references"]


def add_reading(cells: Cells, material: Material, pack: Pack) -> None:
    """The cases in our own words, each sentence with its evidence."""
    names = [case_name(card) for card in material.cards]
    cells.add(
        f"## {say('读案例', 'Reading')}\n\n"
        + bullets([md(name) for name in names])
        + "\n\n"
        + say("每句话后面的 E 编号是它的证据。", "The E number after a sentence is its evidence."),
        "reading",
        shown=True,
        slide="slide",
    )
    titles = {
        "background": say("背景", "Background"),
        "challenge": say("挑战", "Challenge"),
        "actions": say("做法", "What was done"),
        "results": say("报道的结果", "Reported results"),
    }
    for card in material.cards:
        blocks = [f"### {md(case_name(card))}"]
        for section, title in titles.items():
            lines = [_statement(one.text, one.by, pack.refs(c, field, one.evidence))
                     for c, field, one in material.statements(section) if c is card]  # fmt: skip
            if lines:
                blocks.append(f"**{title}**\n\n" + bullets(lines))
        people = [
            _statement(
                say(f"{one.name}，{one.role}", f"{one.name}, {one.role}"),
                None,
                pack.refs(card, f"people[{i}]", one.evidence),
            )
            for i, one in enumerate(card.people)
            if one.role and one.evidence
        ]
        if people:
            blocks.append(f"**{say('人物（当时的职务）', 'People (roles at the time)')}**\n\n" + bullets(people))
        cells.add("\n\n".join(blocks), "reading", shown=True)


def _statement(text: str, by: str | None, refs: Sequence[Ref]) -> str:
    who = say(f"（{by}）", f" ({by})") if by else ""
    marks = " ".join(dict.fromkeys(ref.mark for ref in refs))
    return f"{md(text + who)} **{marks}**" if marks else md(text + who)


def add_evidence(cells: Cells, material: Material, pack: Pack) -> None:
    """The evidence packs: addresses, and quotations where the originals are in the workspace."""
    groups: dict[str, list[Ref]] = {}
    own = {card.id: case_name(card) for card in material.cards}
    for ref in pack:
        groups.setdefault(ref.case if ref.case in own else "", []).append(ref)
    for case in [*own, ""]:
        refs = groups.get(case, [])
        if not refs:
            continue
        title = (
            say(f"证据包：{own[case]}", f"Evidence: {own[case]}")
            if case
            else say("证据包：练习用到的其他案例", "Evidence: other cases in the exercises")
        )
        blocks = [f"### {md(title)}", *(_shown(ref, pack, retold=not case) for ref in refs)]
        cells.add("\n\n".join(blocks), "evidence", shown=True, refs=refs)


def _shown(ref: Ref, pack: Pack, *, retold: bool) -> str:
    """A piece of evidence; `retold` where participants do not read its case, and so need what the card says."""
    one = ref.evidence
    head = f"**{ref.mark}** [{pack.number(one.source)}] {address(one.address)}"
    if ref.shown.quote:
        return f"{head}\n\n> {md(ref.shown.quote)}"
    if retold and (told := pack.told(ref)):
        return f"{head} — {say('用我们的话说：', 'in our words:')}\n\n{bullets([md(text) for text in told])}"
    if ref.shown.remark:
        return f"{head} — {md(ref.shown.remark)}"
    if not ref.shown.found:
        return f"{head} — {say('原文不在这个工作区', 'the original is not in this workspace')}"
    return f"{head} — {say('为少引原文没有摘录，请到该处读', 'not quoted, to quote sparingly: read it there')}"


def add_references(cells: Cells, pack: Pack) -> None:
    """The list of references."""
    told = [f"[{i}] {md(text)}" for i, text in enumerate(pack.references(), 1)]
    cells.add(f"## {say('参考文献', 'References')}\n\n" + "\n\n".join(told), "references", shown=True)
