"""Making the cells of the master notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casekit.workshop.markup import literal
from casekit.workshop.material import Ref
from casekit.workshop.notebook import Cell, Part

__all__ = ["Cells", "answer_cell", "bullets"]


def answer_cell(name: str, answer: Mapping[str, str] | Sequence[str] | None = None) -> str:
    """The code cell that shows an exercise as a form: generated words and literals only; empty unless `answer` is given."""
    if not answer:
        return f"exercise({literal(name)})"
    if isinstance(answer, Mapping):
        inside = ", ".join(f"{literal(part)}: {literal(value)}" for part, value in answer.items())
        return f"exercise({literal(name)}, {{{inside}}})"
    return f"exercise({literal(name)}, [{', '.join(literal(one) for one in answer)}])"


class Cells:
    """The cells in their order, with ids that tell nothing."""

    def __init__(self) -> None:
        self.made: list[Cell] = []

    def add(
        self,
        source: str,
        part: Part,
        *,
        shown: bool,
        kind: str = "markdown",
        slide: str = "",
        exercise: str = "",
        refs: Sequence[Ref] = (),
    ) -> None:
        """One more cell; `shown` to participants or not."""
        tags = ["casekit-participant" if shown else "casekit-facilitator", f"casekit-part-{part}"]
        if exercise:
            tags.append(f"casekit-{exercise}")
        self.made.append(
            Cell(
                kind,  # type: ignore[arg-type]  # one of three words, below
                source.strip("\n"),
                tuple(tags),
                slide if slide or not shown or kind != "markdown" else "skip",
                f"cell-{len(self.made) + 1:03d}",
                tuple(ref.to_json() for ref in refs),
            )
        )


def bullets(lines: Sequence[str]) -> str:
    """A list of lines that are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)
