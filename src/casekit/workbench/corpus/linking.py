"""Pages that were added by their address: kept as files with address and day of access, and looked at again on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from casekit.bounded import guarded
from casekit.catalogue import Catalogue, Record
from casekit.clean import clean_text
from casekit.errors import CasekitError
from casekit.fold import match_key
from casekit.language import say
from casekit.passages import quote_of
from casekit.readers import read_bytes
from casekit.store import Store
from casekit.types import Span
from casekit.workbench.corpus.adding import AddReport, Refused
from casekit.workbench.corpus.fetching import Fetched

if TYPE_CHECKING:
    from casekit.workbench.corpus.carrying import Carried

__all__ = ["Fetcher", "Refreshed", "fetched_files", "link_of", "refresh_links", "with_links"]

Fetcher = Callable[[str], Fetched]
Adder = Callable[[Path, str, str, str], AddReport]
"""Adds a file as a new version of a source: (file, id, link, where it was found)."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a saved page; `reason` where it could not be looked at, `carried` what became of its evidence."""

    id: str
    url: str
    status: Literal["unchanged", "changed", "failed"]
    reason: str = ""
    carried: tuple[Carried, ...] = ()


def link_of(record: Record) -> str | None:
    """The address that a source was fetched from, None for one that was not."""
    own = _own(record.csl)
    link = own.get("link")
    return link if isinstance(link, str) else None


def _own(csl: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = csl.get("custom")
    own = custom.get("casekit") if isinstance(custom, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _linked(record: Record, link: str, url: str) -> Record:
    """The record with the address that was asked for, where the page was found, and today as the day of access."""
    today = datetime.now(UTC).astimezone().date()
    custom = dict(record.csl.get("custom") or {})
    custom["casekit"] = {**_own(record.csl), "link": link}
    accessed = {"date-parts": [[today.year, today.month, today.day]]}
    return replace(record, csl={**record.csl, "URL": url, "accessed": accessed, "custom": custom})


# ---- adding ----------------------------------------------------------------------------------------------------------
@contextmanager
def fetched_files(
    catalogue: Catalogue, links: Sequence[str], fetcher: Fetcher
) -> Iterator[tuple[dict[Path, tuple[str, str]], list[Refused]]]:
    """The pages as files for the time of the block: path to (link, where it was found); and the links that gave none."""
    known = {link: record.id for record in catalogue if (link := link_of(record)) is not None}
    files: dict[Path, tuple[str, str]] = {}
    refused: list[Refused] = []
    with TemporaryDirectory(prefix="casekit-") as folder:
        for link in dict.fromkeys(links):
            if link in known:
                refused.append(Refused(Path(link), _known_already(link, known[link])))
                continue
            try:
                page = fetcher(link)
            except CasekitError as error:
                refused.append(Refused(Path(link), str(error)))
                continue
            inner = Path(folder) / str(len(files))
            inner.mkdir()
            path = inner / f"{page.name}{page.suffix}"
            path.write_bytes(page.data)
            files[path] = link, page.url
        yield files, refused


def _known_already(link: str, source_id: str) -> str:
    return say(
        f"{link} 已收录为 {source_id}；casekit refresh {source_id} 看它有没有变",
        f"{link} is in the corpus as {source_id}; casekit refresh {source_id} looks whether it changed",
    )


def with_links(catalogue: Catalogue, report: AddReport, files: Mapping[Path, tuple[str, str]]) -> AddReport:
    """The report with the sources that came by a link recorded as such; the catalogue is written once."""
    added = [
        replace(one, record=_linked(one.record, *files[one.path]))
        if one.path in files and one.status != "present"
        else one
        for one in report.added
    ]
    changed = [one.record for one, before in zip(added, report.added, strict=True) if one is not before]
    if changed:
        catalogue.put(changed)
    return replace(report, added=tuple(added))


# ---- refreshing ------------------------------------------------------------------------------------------------------
def refresh_links(
    catalogue: Catalogue,
    store: Store,
    source_ids: Sequence[str],
    fetcher: Fetcher,
    add: Adder,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> list[Refreshed]:
    """Look at saved pages again; where the article changed, bring the new page in as a version.

    What changed around the article (advertisements, counts, scripts) is no change of it.

    Args:
        source_ids: The sources; none named means all that were added by a link.
        fetcher: Gives the page at a link.
        add: Adds a new version.

    Raises:
        UnknownSourceError: If an id is unknown.
    """
    named = [catalogue[one] for one in dict.fromkeys(source_ids)]
    records = named or [record for record in catalogue if link_of(record) is not None and record.file is not None]
    done = []
    for number, record in enumerate(records, 1):
        done.append(_refreshed(catalogue, store, record, fetcher, add))
        if progress is not None:
            progress(number, len(records))
    return done


def _refreshed(catalogue: Catalogue, store: Store, record: Record, fetcher: Fetcher, add: Adder) -> Refreshed:
    link = link_of(record)
    if link is None or record.file is None:
        return Refreshed(record.id, link or "", "failed", say("不是由网址加入的", "it was not added by a link"))
    try:
        page = fetcher(link)
        old = store.read_bytes(record.file)
        same = page.data == old or _body(page.data, f"{page.name}{page.suffix}") == _body(old, record.file)
        if same:
            return Refreshed(record.id, link, "unchanged")
        with TemporaryDirectory(prefix="casekit-") as folder:
            path = Path(folder) / f"{page.name}{page.suffix}"
            path.write_bytes(page.data)
            report = add(path, record.id, link, page.url)
    except CasekitError as error:
        return Refreshed(record.id, link, "failed", str(error))
    if report.refused:
        return Refreshed(record.id, link, "failed", report.refused[0].reason)
    return Refreshed(record.id, link, "changed", carried=report.carried)


def _body(data: bytes, name: str) -> str:
    """The letters and digits of the article in a page."""
    read = read_bytes(data, name=name)
    with guarded(name):
        cleaned = clean_text(read.text, blocks=read.blocks, declared=read.metadata)
    return match_key(quote_of(read.text, Span(0, len(read.text)), cleaned.kept))
