"""Whether passages are still what the user saw: sources go, and new versions move their text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casekit.errors import SettingError, UnknownSourceError
from casekit.fold import match_key
from casekit.jupyter.service.cells import Item
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Span

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench

__all__ = ["ensure_unchanged"]

_MOST_TOLD = 5


def ensure_unchanged(bench: Workbench, items: Sequence[Item]) -> None:
    """Refuse passages whose source was removed, or whose address holds other words than the user saw there.

    Raises:
        UnknownSourceError: If sources are gone; it names the passages by their number in the list.
        SettingError: If words have changed; likewise.
        SourceError: If a source cannot be read.
    """
    gone = [number for number, item in enumerate(items, start=1) if item.source not in bench.catalogue]
    changed = [
        number
        for number, item in enumerate(items, start=1)
        if item.seen and item.source in bench.catalogue and not _holds(bench, item)
    ]
    if not gone and not changed:
        return
    if len(items) == 1:
        told = [_gone(items[0]) if gone else _changed(bench, items[0])]
        todo = say("请重新检索", "search again")
    else:
        told = [say(f"第 {n} 段：", f"passage {n}: ") + _gone(items[n - 1]) for n in gone]
        told += [say(f"第 {n} 段：", f"passage {n}: ") + _changed(bench, items[n - 1]) for n in changed]
        todo = say("请移出后重新检索", "take it out and search again")
    if len(told) > _MOST_TOLD:
        told[_MOST_TOLD:] = [say(f"另有 {len(told) - _MOST_TOLD} 段", f"{len(told) - _MOST_TOLD} more")]
    refused = UnknownSourceError if gone else SettingError
    raise refused(say(f"{'；'.join(told)}。{todo}", f"{'; '.join(told)}; {todo}"))


def _gone(item: Item) -> str:
    return say(f"来源 {item.source} 已不在语料里", f"the source {item.source} is no longer in the corpus")


def _changed(bench: Workbench, item: Item) -> str:
    title = bench.catalogue[item.source].metadata.title or item.source
    return say(f"“{title}”的这一处已是别的文字", f"this place in “{title}” holds other words now")


def _holds(bench: Workbench, item: Item) -> bool:
    """Whether the passage begins with the words that were seen; script, width and punctuation don't count."""
    doc = bench.doc(item.source)
    if not 0 <= item.start < item.end <= len(doc.text):
        return False
    now = quote_of(doc.text, Span(item.start, item.end), doc.cleaned.kept)
    return match_key(now).startswith(match_key(item.seen))
