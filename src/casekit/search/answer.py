"""The answer to a query: its hits, whether they answer it, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from casekit.language import say
from casekit.search.answerability import Evidence
from casekit.search.refusal import following_told, refusal_told
from casekit.types import Hit

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a query; `meant` are known names that sound like what was typed; `answerable` is False where nothing in the corpus seems to answer it (hits stay); `following` passages of the index are found by their words alone as yet."""

    query: str
    answerable: bool
    hits: tuple[Hit, ...] = ()
    expansion: tuple[str, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)
    meant: tuple[str, ...] = ()
    following: int = 0

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def to_frame(self) -> DataFrame:
        """One row a hit: rank, score, source, start, end, heading, quote, text, why."""
        import pandas as pd

        columns = ["rank", "score", "source", "start", "end", "heading", "quote", "text", "why"]
        rows = [
            (
                *(hit.rank, hit.score, hit.passage.source, hit.passage.span.start, hit.passage.span.end),
                *(" › ".join(hit.passage.heading), hit.quote, hit.text, hit.why),
            )
            for hit in self.hits
        ]
        return pd.DataFrame(rows, columns=columns)

    def _repr_html_(self) -> str:
        """The hits as a notebook shows them; no script, so that it also stands in exported pages."""
        found = f"<p><b>{escape(self.query)}</b></p>"
        if not self.hits:
            found += f"<p>{say('没有找到', 'nothing found')}</p>"
        elif not self.answerable:
            found += f"<p>{escape(refusal_told(self.evidence))}</p>"
        if self.following:
            found += f"<p>{escape(following_told(self.following))}</p>"
        rows = []
        for hit in self.hits:
            head = " › ".join((str(hit.passage.address), *hit.passage.heading))
            quote = escape(hit.quote).replace("\n", "<br>")
            rows.append(f"<li><small>{escape(head)} · {hit.score:.3f}</small><br>{quote}</li>")
        return found + (f"<ol>{''.join(rows)}</ol>" if rows else "")
