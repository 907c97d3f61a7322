"""The first page of an export for clients: who made it when, what is in it on one page, and how its places are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from casekit.casebook import Case, Matrix
from casekit.casebook.english import lacking_english
from casekit.casebook.labels import name_of
from casekit.claims import FOOTINGS, footing_label, footing_of
from casekit.export.document import Block, Heading, Items, Paragraph, Run, runs
from casekit.language import current, say

__all__ = ["left_chinese", "overview_blocks", "summary_of"]

_SUMMARY_CHARS = 160
_SHARED = 8


def overview_blocks(cards: Sequence[Case], matrices: Sequence[Matrix]) -> list[Block]:
    """The summary: each case in two lines with what its figures rest on, what the cases share, and how addresses are read."""
    items = [(Paragraph(runs(Run(name_of(card.name), "strong"), say("　", " — "), _told(card))),) for card in cards]
    blocks: list[Block] = [Heading(1, say("一页概览", "On one page"))]
    if items:
        blocks.append(Items(tuple(items)))
    blocks += [Paragraph(runs(Run(f"{one.title}{say('：', ': ')}", "strong"), _shared(one))) for one in matrices]
    blocks += left_chinese(cards)
    blocks.append(Paragraph(runs(Run(_how_to_read(), "muted"))))
    return blocks


def left_chinese(cards: Sequence[Case]) -> list[Block]:
    """Which parts of an English document stay Chinese, and where they would get their English."""
    if current() != "en":
        return []
    lacking = [(name_of(card.name), len(found)) for card in cards if (found := lacking_english(card))]
    if not lacking:
        return []
    listed = ", ".join(f"{name} ({count} fields)" for name, count in lacking)
    told = f"{listed}. Their cards have no English there yet (casekit case english NAME lists the fields). Quotations are in the originals' words."
    return [Paragraph(runs(Run("Stays Chinese: ", "strong"), told))]


def summary_of(card: Case) -> str:
    """The card's summary in the language in force, or what there is."""
    first, second = card.summary_zh, card.summary_en
    if current() == "en":
        first, second = second, first
    return first or second or ""


def _told(card: Case) -> str:
    summary = " ".join(summary_of(card).split())
    short = summary if len(summary) <= _SUMMARY_CHARS else summary[:_SUMMARY_CHARS].rstrip("，。；、 ") + "…"
    figures = [
        one for name in ("background", "challenge", "actions", "results") for one in card.section(name) if one.figure
    ]
    counts = Counter(
        footing_of(one.kind or "achieved", one.certainty or "stated", spoken=bool(one.by)) for one in figures
    )
    listed = say("；", "; ").join(f"{footing_label(one)} {counts[one]}" for one in FOOTINGS if counts[one])
    return short + (say(f"（数字：{listed}）", f" (figures: {listed})") if listed else "")


def _shared(matrix: Matrix) -> str:
    """The rows that more than one of the cases fills."""
    rows = [
        name
        for name, row in zip(matrix.rows, matrix.cells, strict=True)
        if sum(cell.state != "not-reported" for cell in row) > 1
    ]
    if not rows:
        return say("没有几个案例都报道的项目", "nothing that several cases report")
    more = say(" 等", " …") if len(rows) > _SHARED else ""
    return say("几个案例都有：", "shared by several: ") + say("、", ", ").join(rows[:_SHARED]) + more


def _how_to_read() -> str:
    return say(
        "怎么读出处：[1] 是文末参考文献的编号；其后的 713–733 是原文的第 713 到 733 个字符，用 casekit text 来源 713 733 可以看到；"
        "“未报道”是来源没有说，不是没有。",
        "How places are read: [1] is the number of the reference at the end; 713–733 behind it are the characters of the original text, "
        "which casekit text SOURCE 713 733 shows; “not reported” means that the sources do not say, not that it is not so.",
    )
