"""Exercises: what participants see, and the key with the evidence that it rests on."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from casekit.language import say
from casekit.workshop.answers import Form
from casekit.workshop.material import Material, Pack, Ref

__all__ = [
    "KINDS", "Item", "Kind", "Line", "Maker", "Option", "Task", "Why", "kind_name", "letters", "marks_of", "shuffled",
]  # fmt: skip

Kind = Literal["match", "figures", "contradiction", "order", "grid", "growth", "argue"]
KINDS: Final[tuple[Kind, ...]] = ("match", "figures", "contradiction", "order", "grid", "growth", "argue")
"""In the order in which they are worked through."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an exercise: its label and its text. It never names its evidence: finding that is half the work."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose from."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the key with the evidence that bears it out."""

    text: str
    refs: tuple[Ref, ...] = ()
    places: tuple[str, ...] = ()
    """Addresses outside the evidence pack, as "source:start-end"."""


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise. All text is plain text: whoever shows it makes it Markdown.

    `answer` maps parts to answers (forms "mapping", "order", "open"), lists letters ("set"), or is empty ("essay"). What is
    "open" or an "essay" is discussed, not marked. `reasons` says for each part why its answer is right and what speaks
    against the others, `look` which evidence decides it, `natures` what that evidence is (`casekit.workshop.basis`).
    `minutes` is what the exercise needs at least.
    """

    kind: Kind
    title: str
    prompt: tuple[str, ...]
    items: tuple[Item, ...]
    options: tuple[Option, ...]
    form: Form
    answer: dict[str, str] | tuple[str, ...]
    key: tuple[Line, ...]
    misconceptions: tuple[str, ...]
    likely: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    look: dict[str, tuple[Ref, ...]] = field(default_factory=dict)
    natures: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    decimals: dict[str, int] = field(default_factory=dict)
    column: str = ""
    minutes: int = 8


@dataclass(frozen=True, slots=True)
class Why:
    """Why an exercise could not be made from this material."""

    kind: Kind
    reason: str
    time: bool = False
    """Whether only the time is lacking, not the evidence."""


Maker: TypeAlias = Callable[[Material, Pack, random.Random, int], "Task | Why"]


def kind_name(kind: Kind) -> str:
    """What screens call a kind of exercise."""
    return {
        "match": say("工具配打法", "Tools and tactics"),
        "figures": say("这个数字能证明什么", "What a figure proves"),
        "contradiction": say("审一份摘要", "Review a summary"),
        "order": say("排先后", "What came first"),
        "grid": say("填框架", "Fill the framework"),
        "growth": say("经理的账", "A manager's sums"),
        "argue": say("用证据说话", "Argue from sources"),
    }[kind]


def letters(texts: Sequence[str]) -> tuple[Option, ...]:
    """The texts as options A, B, C …"""
    return tuple(Option(letter, text) for letter, text in zip(_LETTERS, texts, strict=False))


def shuffled(rng: random.Random, things: Sequence[str]) -> list[str]:
    """The things in another order; the same for the same generator state."""
    return rng.sample(list(things), len(things))


def marks_of(refs: Sequence[Ref]) -> str:
    """ "E1、E4" for showing."""
    return say("、", ", ").join(dict.fromkeys(ref.mark for ref in refs))
