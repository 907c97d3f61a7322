"""What verbs give where the workbench's own record is not all: defined apart, since a line of help needs none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casekit.casebook import Case
    from casekit.catalogue import Record
    from casekit.check import Draft, Finding
    from casekit.graph import Graph
    from casekit.search import Answer
    from casekit.site import SiteContent
    from casekit.store import Override
    from casekit.workbench.briefing import Brief
    from casekit.workbench.corpus.carrying import Carried

__all__ = [
    "Briefed",
    "Card",
    "Checked",
    "Drafted",
    "Drawn",
    "Edited",
    "Exported",
    "Fetched",
    "Passages",
    "Published",
    "Removed",
    "Restored",
    "Ruled",
    "Served",
    "TextOf",
    "Undone",
]


@dataclass(frozen=True, slots=True)
class Passages:
    """The answer to one query, with how many hits name each thing where that was asked for."""

    answer: Answer
    facets: dict[str, dict[str, int]] | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Briefed:
    """A brief with the file that it was written to, or its text where it was written to none."""

    brief: Brief
    path: Path | None
    format: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its findings; `everything` where what is right is wanted, too, `strict` where what isn't verified is wrong.

    `report` is the HTML file that was written, `comments` the Word file and how many comments it got, `sealed` how many marks
    of the writer's got their digest.
    """

    draft: Draft
    findings: Sequence[Finding]
    everything: bool = False
    report: Path | None = None
    comments: tuple[Path, int] | None = None
    strict: bool = False
    sealed: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of the network, and the file it was written to (None: to none)."""

    graph: Graph
    whole: int
    path: Path | None = None
    format: str | None = None
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A card and what it says, in Markdown."""

    case: Case
    markdown: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new card and its file."""

    case: Case
    path: Path


@dataclass(frozen=True, slots=True)
class Removed:
    """A source that was removed, and the folder of the trash that holds it."""

    id: str
    trash: Path


@dataclass(frozen=True, slots=True)
class TextOf:
    """A stretch of a source's stored text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling: a range of a source cut out of, or kept in, its body."""

    id: str
    action: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The ruling that was taken back; None where there was none."""

    id: str
    ruling: Override | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A source that was taken back, and what became of the evidence in it."""

    record: Record
    carried: Carried | None


@dataclass(frozen=True, slots=True)
class Edited:
    """What changed in a record, by field: the old value and the new; None where there was nothing to take back."""

    id: str
    changes: Mapping[str, tuple[Any, Any]] | None


@dataclass(frozen=True, slots=True)
class Exported:
    """Records written to a file."""

    file: str
    records: int


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: the file, or the text where there is none."""

    path: Path | None
    format: str
    cases: tuple[str, ...]
    comparisons: tuple[str, ...]
    quotations: int
    references: int
    warnings: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A site to show: its folder, or what it is made of."""

    folder: Path | None
    content: SiteContent | None
    port: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the weights are."""

    path: Path
