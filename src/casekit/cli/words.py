"""How words look in a terminal: what was taught, how a text is cut, which words there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.lessons import Lesson
    from casekit.segment import Token
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]

_HEADS = {
    "word": ("词", "word"),
    "tag": ("词性", "tag"),
    "count": ("次数", "count"),
    "sources": ("来源数", "sources"),
    "per_thousand": ("每千词", "per 1,000"),
    "elsewhere": ("别处", "elsewhere"),
    "g2": ("G²", "G²"),
    "log_ratio": ("倍数（log2）", "log ratio"),
    "together": ("一起", "together"),
    "log_dice": ("logDice", "logDice"),
    "parts": ("现在切成", "cut now as"),
    "pmi": ("相依（比特）", "pmi (bits)"),
    "freedom": ("自由（比特）", "freedom (bits)"),
}


def _lessons(bench: Workbench, asked: Asked, lessons: list[Lesson]) -> None:
    for lesson in lessons:
        print(lesson.line())


def _next_build(bench: Workbench, asked: Asked, lessons: list[Lesson]) -> None:
    tell(
        say(
            "下次 casekit build 时生效，只重切含有这些词的来源",
            "counts from the next casekit build on; only sources that hold these words are cut again",
        )
    )


def _none_taught(bench: Workbench, asked: Asked, lessons: list[Lesson]) -> None:
    if not lessons:
        tell(say("还没有教过词", "nothing was taught yet"))


def _tokens(bench: Workbench, asked: Asked, tokens: list[Token]) -> None:
    print("  ".join(f"{token.text}/{token.tag}" if token.tag else token.text for token in tokens))


def _rows(bench: Workbench, asked: Asked, rows: list[dict[str, Any]]) -> None:
    from casekit.cli.screen import table

    if not rows:
        tell(say("没有这样的词", "no such words"))
        return
    table(
        [say(*_HEADS[name]) for name in rows[0]],
        [[" ".join(cell) if isinstance(cell, list) else str(cell) for cell in row.values()] for row in rows],
    )


SCREENS = {
    "words add": Screen(_lessons, _next_build),
    "words join": Screen(_lessons, _next_build),
    "words split": Screen(_lessons, _next_build),
    "words forget": Screen(_lessons, _next_build),
    "words list": Screen(_lessons, _none_taught),
    "words cut": Screen(_tokens),
    "words new": Screen(_rows),
    "terms": Screen(_rows),
}
