"""What a written answer is: the sentences that hold, each with its place, and what was struck, with the reason alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casekit.types import Address, Fact
from casekit.workbench.knowledge.asking import Reply

__all__ = ["Sentence", "Struck", "Written"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the model's that its source bears out: `evidence` is the source's own sentence, `quote` its words.

    `facts` are the figures there, with their subject, kind, certainty and time.
    """

    text: str
    evidence: Address
    quote: str
    title: str
    facts: tuple[Fact, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {"text": self.text, **self.evidence.to_json(), "quote": self.quote, "title": self.title}


@dataclass(frozen=True, slots=True)
class Struck:
    """A sentence that was struck out: which (from 1), and why. Its words are kept nowhere: they may be false."""

    number: int
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {"number": self.number, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Written:
    """A reply of the corpus with what a model wrote to it.

    Attributes:
        reply: What the corpus itself says; where it is not answerable, no model was asked.
        model: The model's name; "" where none was asked.
        sentences: What holds, in the model's order.
        struck: What does not.
        declined: Whether the model said that the passages do not answer.
        sent: The passages that went out.
    """

    reply: Reply
    model: str = ""
    sentences: tuple[Sentence, ...] = ()
    struck: tuple[Struck, ...] = ()
    declined: bool = False
    sent: tuple[Address, ...] = ()
