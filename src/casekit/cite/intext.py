"""Citations in the text for the records of a list: numbers, author and date, notes, and what only stands in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casekit.cite.entry import label_of
from casekit.cite.styles import Reference, format_citation
from casekit.errors import SettingError
from casekit.language import say

__all__ = ["format_in_text"]


def format_in_text(
    records: Sequence[Mapping[str, object]],
    style: str = "gbt7714-2025",
    *,
    only: Sequence[str] = (),
    locator: str | None = None,
) -> list[Reference]:
    """What stands in the text for each record of a list, or one citation for some of them together.

    Args:
        records: All records of the list, in its order: it gives the numbers, and the letters after equal years.
        style: A GB/T 7714 style (numbers, `-author-date`, `-note`) or apa.
        only: Ids of records that are cited together, in one pair of brackets; each by itself where none is given.
        locator: Pages or the like; for a single record only.

    Raises:
        SettingError: If the style has no citations, an id is not in the list, or a locator goes with more than one.
        SourceError: As for `format_citation`.

    Examples:
        >>> book = {"id": "a", "type": "book", "title": "慢店", "author": [{"literal": "章小北"}], "issued": {"date-parts": [[2020]]}}
        >>> format_in_text([book], "gbt7714-2025-author-date", locator="12")[0].text
        '（章小北，2020）12'
    """
    groups = [[record] for record in records]
    if only:
        known = {label_of(record): record for record in records}
        strangers = [one for one in only if one not in known]
        if strangers:
            raise SettingError(
                say(f"文献表中没有 {strangers[0]!r}", f"{strangers[0]!r} is not in the list of references")
            )
        groups = [[known[one] for one in dict.fromkeys(only)]]
    if locator and len(groups) != 1:
        raise SettingError(
            say("引注要有文献；页码只能配一条文献", "a citation needs a record; a locator goes with a single record")
        )
    return [
        Reference(" ".join(label_of(one) for one in group), format_citation(group, style, locator, among=records))
        for group in groups
    ]
