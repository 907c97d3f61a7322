"""What is proposed, as records: a proposal with its place, what was refused, and what became of what was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from casekit.evidence import Verdict
from casekit.types import Evidence

__all__ = ["STATES", "Judged", "Proposal", "Proposed", "Refused", "State"]

State = Literal["waiting", "accepted", "rejected"]
STATES: Final[tuple[State, ...]] = get_args(State)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal: what it would have made, by whom, and the words that bear it out.

    `what` is its kind (name, figure, relation, statement), `says` its fields, all texts. `number` counts from 1 and is never
    given twice. The words themselves stand in the source, at `evidence`.
    """

    number: int
    what: str
    by: str
    says: Mapping[str, str]
    evidence: Evidence
    state: State = "waiting"

    def to_json(self) -> dict[str, Any]:
        """What the file holds."""
        return {
            "number": self.number,
            "propose": self.what,
            "by": self.by,
            "state": self.state,
            **self.evidence.to_json(),
            "says": dict(self.says),
        }

    @classmethod
    def of_json(cls, row: Any) -> Proposal:
        """The reverse of `to_json`.

        Raises:
            ValueError: If a field is missing or not of its kind.
        """
        if not isinstance(row, dict):
            raise ValueError("number, propose, by, state, source, start, end, fingerprint, says")
        number, what, by, state, says = (row.get(name) for name in ("number", "propose", "by", "state", "says"))
        if type(number) is not int or number < 1:
            raise ValueError(f"number: {number!r}")
        if not isinstance(what, str) or not isinstance(by, str) or not what or not by:
            raise ValueError(f"propose, by: {what!r}, {by!r}")
        if state not in STATES:
            raise ValueError(f"state: {state!r} ({', '.join(STATES)})")
        if not isinstance(says, dict) or not all(isinstance(one, str) for pair in says.items() for one in pair):
            raise ValueError(f"says: {says!r}")
        return cls(number, what, by, says, Evidence.of_json(row), state)

    @property
    def told(self) -> str:
        """What it says, on one line."""
        return " ".join(" ".join(value.split()) for value in self.says.values())


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that was not queued: its line (from 1), its kind as far as it names one, and why."""

    line: int
    what: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {"line": self.line, "propose": self.what, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of proposals: those that now await a person, and those that were refused."""

    queued: tuple[Proposal, ...] = ()
    refused: tuple[Refused, ...] = ()
    words: Mapping[int, str] = field(default_factory=dict)
    """The source's words of what was queued, by number."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal after it was accepted, rejected or taken back; `problem` says why it was left as it is, "" where it wasn't.

    `verdict` tells where its words stand by now.
    """

    proposal: Proposal
    verdict: Verdict
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        at = self.verdict.found
        row = {**self.proposal.to_json(), "status": self.verdict.status, "words": self.verdict.quote or ""}
        row["found"] = [at.start, at.end] if at is not None else None
        return {**row, "problem": self.problem}
