"""Two coders over the same sources: which units each gave which code, and how far they agree."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from casekit.errors import SettingError
from casekit.language import say
from casekit.segment import split_sentences
from casekit.workbench.coding.reliability import cohen_kappa, krippendorff_alpha, share_agreed

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.types import Doc, Span
    from casekit.workbench.coding.records import Coded
    from casekit.workbench.coding.tree import Tree
    from casekit.workbench.held import Held

__all__ = ["Agreed", "Agreement", "Unit", "agreement_of"]

Unit = Literal["sentence", "character"]


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two coders agree on one code (path; "" is all codes, unit by unit).

    `both`, `first`, `second`, `neither` count the units with the code from both, one or none of them; `percent` is in [0, 100];
    `kappa` (Cohen) and `alpha` (Krippendorff, nominal) are at most 1, and None where there is nothing to agree about.
    """

    code: str
    both: int
    first: int
    second: int
    neither: int
    percent: float | None
    kappa: float | None
    alpha: float | None

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: getattr(self, name) for name in Agreed.__slots__}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree, a code at a time and over all, on how many units of which sources."""

    coders: tuple[str, str]
    unit: Unit
    sources: tuple[str, ...]
    units: int
    codes: tuple[Agreed, ...]
    overall: Agreed

    def frame(self) -> DataFrame:
        """A row a code, the last over all; indexed by `code`."""
        import pandas as pd

        rows = [one.to_json() for one in (*self.codes, self.overall)]
        return pd.DataFrame(rows, columns=list(Agreed.__slots__)).set_index("code")

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "coders": list(self.coders), "unit": self.unit, "sources": list(self.sources), "units": self.units,
            "codes": [one.to_json() for one in self.codes], "overall": self.overall.to_json(),
        }  # fmt: skip


def agreement_of(
    held: Held,
    tree: Tree,
    codings: Sequence[Coded],
    coders: Sequence[str],
    *,
    unit: Unit,
    only: Sequence[str],
    below: bool,
    sources: Sequence[str],
) -> Agreement:
    """The agreement of two who made some of these codings; see `Retrieval.agreement`."""
    first, second = _two(codings, coders)
    found = [one for one in codings if one.state != "lost" and one.coder in (first, second)]
    by = {who: {one.source for one in found if one.coder == who} for who in (first, second)}
    chosen = sorted(dict.fromkeys(sources)) if sources else sorted(by[first] & by[second])
    if not chosen:
        raise SettingError(
            say(
                f"没有一篇是 {first} 和 {second} 都编过码的；--source 指明要比的来源",
                f"no source was coded by both {first} and {second}; name one with --source",
            )
        )
    units = {source: _units(held.documents[source], unit) for source in chosen}
    total = sum(map(len, units.values()))
    wanted = [tree.one(ref).id for ref in only]
    used = {one.coding.code for one in found if one.source in units}
    wanted = wanted or [one for one in tree.below("")[1:] if one in used or (below and used & set(tree.below(one)))]
    rows: list[Agreed] = []
    pooled: Counter[tuple[Hashable, ...]] = Counter()
    for code in wanted:
        ids = set(tree.below(code)) if below else {code}
        given: dict[str, set[tuple[str, int]]] = {first: set(), second: set()}
        for one in found:
            if one.coding.code in ids and one.source in units:
                given[one.coder] |= {(one.source, i) for i in _touched(units[one.source], one.start, one.end)}
        both = len(given[first] & given[second])
        alone = len(given[first]) - both, len(given[second]) - both
        patterns: dict[tuple[Hashable, ...], int] = {
            (True, True): both,
            (True, False): alone[0],
            (False, True): alone[1],
        }
        patterns[False, False] = total - both - sum(alone)
        pooled.update(patterns)
        rows.append(_agreed(tree.path(code), patterns))
    return Agreement((first, second), unit, tuple(chosen), total, tuple(rows), _agreed("", pooled))


def _agreed(code: str, patterns: Mapping[Any, int]) -> Agreed:
    held = {key: n for key, n in patterns.items() if n}
    share = share_agreed(held)
    return Agreed(
        code,
        both=held.get((True, True), 0),
        first=held.get((True, False), 0),
        second=held.get((False, True), 0),
        neither=held.get((False, False), 0),
        percent=None if share is None else round(100 * share, 6),
        kappa=cohen_kappa(held),
        alpha=krippendorff_alpha(held),
    )


def _two(codings: Sequence[Coded], coders: Sequence[str]) -> tuple[str, str]:
    known = sorted({one.coder for one in codings})
    chosen = list(dict.fromkeys(coders or known))
    for one in chosen:
        if one not in known:
            listed = say("、", ", ").join(name for name in known if name)
            raise SettingError(
                say(f"{one} 没有编过码；编过的有：{listed}", f"{one} has coded nothing; known: {listed}")
            )
    if len(chosen) != 2:
        listed = say("、", ", ").join(name or say("（未署名）", "(nobody named)") for name in known)
        raise SettingError(
            say(
                f"要正好两位编码者，现有 {len(known)} 位：{listed}；用 --first、--second 指明",
                f"two coders are wanted, there are {len(known)}: {listed}; name them with --first and --second",
            )
        )
    return chosen[0], chosen[1]


def _units(doc: Doc, unit: Unit) -> list[Span]:
    """The units of a source's body, in order, disjoint."""
    if unit == "sentence":
        return split_sentences(doc.text, doc.cleaned.kept)
    from casekit.types import Span as Range

    text = doc.text
    return [
        Range(at, at + 1) for kept in doc.cleaned.kept for at in range(kept.start, kept.end) if not text[at].isspace()
    ]


def _touched(units: Sequence[Span], start: int, end: int) -> range:
    """The numbers of the units that share a character with a range."""
    first = bisect_left(units, start, key=lambda unit: unit.end - 1)
    last = bisect_left(units, end, key=lambda unit: unit.start)
    return range(first, max(first, last))
