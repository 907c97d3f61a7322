"""Relations and figures as pandas tables whose cells lead to their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from casekit.language import say
from casekit.types import Address, Fact, Rank, Relation, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["address", "cross_table", "metric_table", "not_reported", "relation_table"]

_MARKS: Final = {"asserted": "", "negated": "✗ ", "planned": "… ", "hearsay": "? "}


def address(source: str, span: Span) -> str:
    """How a cell names a place: its address as it is printed everywhere."""
    return str(Address.of(source, span))


def not_reported() -> str:
    """What an empty cell says: absence of a report is no zero."""
    return say("未报道", "not reported")


def relation_table(
    relations: Iterable[Relation],
    text_of: Callable[[Address], str] | None = None,
    bearing: Callable[[Iterable[str]], Rank] | None = None,
) -> pd.DataFrame:
    """One row a relation: subject, relation, object, text, polarity, rule, sources (count), standing, evidence (addresses).

    Args:
        relations: Merged relations.
        bearing: The rank of what some sources bear out together; `sources` counts those of that rank. All are originals
            where None.
        text_of: Gives the sentence at an address; with it there is a column `sentence`, the first evidence's.
    """
    import pandas as pd

    rows = []
    for r in relations:
        standing = bearing([place.source for place in r.evidence]) if bearing is not None else "original"
        row: dict[str, object] = {
            "subject": r.subject,
            "relation": r.relation,
            "object": r.object,
            "text": r.object_text,
            "polarity": r.polarity,
            "rule": r.rule,
            "sources": len({p.source for p in r.evidence if bearing is None or bearing([p.source]) == standing}),
            "standing": standing,
            "evidence": "; ".join(map(str, r.evidence)),
        }
        if text_of is not None:
            row["sentence"] = text_of(r.evidence[0]) if r.evidence else ""
        rows.append(row)
    columns = ["subject", "relation", "object", "text", "polarity", "rule", "sources", "standing", "evidence"]
    return pd.DataFrame(rows, columns=[*columns, *(["sentence"] if text_of is not None else [])])


def cross_table(
    relations: Iterable[Relation],
    relation: str = "uses_tool",
    mark: Callable[[Iterable[str]], str] | None = None,
) -> pd.DataFrame:
    """Who uses what: a row a subject, a column an object, the cells hold the addresses that say so.

    A cell begins with ✗ where the source denies it, … where it is planned, ? where it is hearsay. An empty cell means that
    no source says anything.

    Args:
        relations: Merged relations.
        relation: "uses_tool" (company x tool), "applies_tactic" (company x tactic), or any other type.
        mark: What a cell says first of evidence from these sources: that they only retell; nothing where None.
    """
    import pandas as pd

    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in relations:
        if r.relation == relation and r.object is not None:
            where = " ".join(map(str, r.evidence))
            told = mark([place.source for place in r.evidence]) if mark is not None else ""
            cells[r.subject, r.object].append(f"{told} " * bool(told) + _MARKS[r.polarity] + where)
    rows = sorted({a for a, _ in cells}, key=lambda a: (-sum(x == a for x, _ in cells), a))
    columns = sorted({b for _, b in cells}, key=lambda b: (-sum(y == b for _, y in cells), b))
    table = [["; ".join(cells.get((a, b), [])) for b in columns] for a in rows]
    return pd.DataFrame(table, index=pd.Index(rows, name="subject"), columns=pd.Index(columns, name="object"))


def metric_table(
    facts: Iterable[Fact],
    subjects: Sequence[str] | None = None,
    metrics: Sequence[str] | None = None,
    told: Callable[[Fact], str] | None = None,
) -> pd.DataFrame:
    """What is known of whom: a row a subject, a column a metric, the cells hold figure and address, or 未报道.

    Args:
        facts: Figures; those without subject or metric are left out.
        subjects: Rows, in this order; all subjects where None.
        metrics: Columns, in this order; where None, the metrics of at least one figure, most frequent first.
        told: What a cell says of a figure's kind, certainty and source; its kind and certainty as codes where None.
    """
    import pandas as pd

    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    count: dict[str, int] = defaultdict(int)
    for f in facts:
        if f.subject and f.metric and f.kind != "date":
            note = told(f) if told is not None else f"{f.kind}/{f.certainty}"
            note += say("；主体您指定", "; subject by your word") if f.assigned else ""
            period = f" ({f.period})" if f.period else ""
            cells[f.subject, f.metric].append(f"{f.qualifier}{f.text}{period} [{note}] {address(f.source, f.span)}")
            count[f.metric] += 1
    rows = list(subjects) if subjects is not None else sorted({a for a, _ in cells})
    columns = list(metrics) if metrics is not None else sorted(count, key=lambda m: (-count[m], m))
    table = [["; ".join(cells.get((a, b), [])) or not_reported() for b in columns] for a in rows]
    return pd.DataFrame(table, index=pd.Index(rows, name="subject"), columns=pd.Index(columns, name="metric"))
