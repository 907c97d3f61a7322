"""Passages like the one at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.errors import SettingError
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Address, Hit
from casekit.workbench.corpus.documents import check_span
from casekit.workbench.knowledge.voices import with_standing

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["like"]


def like(built: Built, source_id: str, start: int, end: int, k: int) -> tuple[Hit, ...]:
    """Passages similar to the one at an address, other than those that overlap it; see `Workbench.like`."""
    if k < 1:
        raise SettingError(say(f"-k 是 {k}，应为 1 或以上", f"-k is {k}; wanted 1 or more"))
    source = built.source(source_id)
    span = check_span(source_id, source.text, start, end)
    quote = quote_of(source.text, span, source.cleaned.kept)
    if not quote.strip():
        raise SettingError(
            say(f"{Address.of(source_id, span)} 里没有正文", f"{Address.of(source_id, span)} holds no body text")
        )
    found = built.searcher.like(
        quote,
        k,
        script=source.script,
        exclude=lambda row: row.source == source_id and row.start < end and start < row.end,
        hidden=built.hidden,
    )
    return with_standing(built, found)
