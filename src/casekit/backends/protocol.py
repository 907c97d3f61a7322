"""What every backend of an index promises, whatever is behind its URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.errors import BackendError, SettingError
from casekit.language import say
from casekit.types import Floats1d

__all__ = [
    "EVERYTHING",
    "MOST",
    "Ability",
    "Backend",
    "Description",
    "Found",
    "Ids",
    "Row",
    "Where",
    "cannot_do",
    "check_rows",
    "nothing_found",
    "ordered",
]

Ids: TypeAlias = npt.NDArray[np.int64]
Ability = Literal["dense", "words"]

MOST = 10_000
"""The most that one search may ask for: Milvus gives 16,384."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as a backend keeps it.

    Attributes:
        id: Stable: made of the passage's address alone, so that writing it twice is writing it once. Not negative.
        source, start, end: Its address.
        script: "zh-Hans" or "zh-Hant"; vectors are compared within one.
        role: The role of its section, "" where the headings tell of none.
        text: Its quotable characters.
        digest: Of everything that was written for it; another one means that it has to be written again.
        vector: float32 of unit length, shape (dim,); None where it has none.
        words: The weight of each of its terms by slot (`casekit.backends.words`).
    """

    id: int
    source: str
    start: int
    end: int
    script: str
    role: str
    text: str
    digest: str
    vector: Floats1d | None = None
    words: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """Which rows count: those within all that is given; an empty part asks for nothing, `ids` None for any."""

    sources: Sequence[str] = ()
    scripts: Sequence[str] = ()
    roles: Sequence[str] = ()
    ids: Ids | None = None


EVERYTHING = Where()


@dataclass(frozen=True, slots=True)
class Found:
    """Rows found, best first, equal scores in the order of their ids: int64 and float32, shape (n,)."""

    ids: Ids
    scores: Floats1d

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Description:
    """What all rows of a backend have in common; it is settled when the first is written.

    Attributes:
        dim: Length of a vector; 0 where rows have none.
        model: SHA-256 of the model that made them, "" where there is none.
        average: Terms a passage that the weights of words were reckoned with.
    """

    dim: int
    model: str = ""
    average: float = 0.0


class Backend(Protocol):
    """Rows behind a URL. What was written is found by whatever is asked next.

    The contract suite in tests/backend_contract.py holds for every backend; `brute.BruteBackend` is the oracle.
    """

    @property
    def url(self) -> str:
        """Where it lies."""

    @property
    def cannot(self) -> Mapping[Ability, str]:
        """What it cannot do, each with the reason; asked for it raises `BackendError`, which says this."""

    def describe(self) -> Description | None:
        """What its rows have in common; None before `begin`."""

    def begin(self, description: Description) -> None:
        """Be ready for rows of this description; where it has rows of the same already, nothing changes.

        Raises:
            SettingError: If it holds rows of another dimension or model.
        """

    def upsert(self, rows: Sequence[Row]) -> None:
        """Write rows; those that are there under their ids are replaced.

        Raises:
            SettingError: If an id is negative or given twice, or a vector has the wrong length; nothing is written.
        """

    def delete(self, ids: Ids) -> None:
        """Take rows out; ids that are not there are passed over."""

    def count(self, where: Where = EVERYTHING) -> int:
        """How many rows there are."""

    def digests(self) -> dict[int, tuple[str, str]]:
        """Digest and source of every row by its id."""

    def rows(self, ids: Ids) -> dict[int, Row]:
        """Rows by id, with vectors and words as far as the backend gives them back; ids that are not there are left out."""

    def dense(self, vector: Floats1d, script: str, k: int, where: Where = EVERYTHING) -> Found:
        """The k rows of a script nearest in meaning, by cosine.

        Raises:
            BackendError: If it cannot.
        """

    def words(self, weights: Mapping[int, float], k: int, where: Where = EVERYTHING) -> Found:
        """The k rows with the largest sums of weight times own weight over slots, only sums above 0.

        Raises:
            BackendError: If it cannot.
        """

    def drop(self) -> None:
        """Remove all rows and the description with them."""

    def close(self) -> None:
        """Let it go."""


def nothing_found() -> Found:
    """No row."""
    return Found(np.empty(0, np.int64), np.empty(0, np.float32))


def ordered(ids: npt.ArrayLike, scores: npt.ArrayLike, k: int) -> Found:
    """The k best of rows that were found."""
    numbers, values = np.asarray(ids, np.int64), np.asarray(scores, np.float32)
    best = np.lexsort((numbers, -values))[:k]
    return Found(numbers[best], values[best])


def check_rows(rows: Sequence[Row], dim: int) -> None:
    """Pass only if rows can be written.

    Raises:
        SettingError: If an id is negative or given twice, or a vector has not `dim` numbers.
    """
    seen: set[int] = set()
    for row in rows:
        if row.id < 0 or row.id in seen:
            raise SettingError(
                say(f"编号 {row.id} 为负数或重复，没有写入", f"id {row.id} is negative or given twice; nothing written")
            )
        seen.add(row.id)
        if row.vector is not None and row.vector.shape != (dim,):
            raise SettingError(
                say(
                    f"编号 {row.id} 的向量有 {row.vector.shape} 个数，应为 {dim} 个，没有写入",
                    f"the vector of id {row.id} has shape {row.vector.shape}, wanted ({dim},); nothing written",
                )
            )


def cannot_do(backend: Backend, what: Ability) -> BackendError:
    """What is said where a backend is asked for what it cannot do."""
    named = {"dense": say("按意思查找", "search by meaning"), "words": say("按词查找", "search by words")}[what]
    return BackendError(
        say(
            f"{backend.url} 不能{named}：{backend.cannot[what]}",
            f"{backend.url} cannot {named}: {backend.cannot[what]}",
        )
    )
