"""Filters of a search: which passages are left by source, date, names, kinds of figures and the user's own notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict, get_args, get_type_hints

from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.language import say
from casekit.search import Answer
from casekit.sections import ROLES
from casekit.types import Fact
from casekit.workbench.knowledge.meant import meant
from casekit.workbench.knowledge.naming import NAME_FILTERS, named_as, passages_naming
from casekit.workbench.knowledge.voices import with_standing

if TYPE_CHECKING:
    from casekit.workbench.held import Built
    from casekit.workbench.notes.notebook import Notes

__all__ = ["SearchFilters", "hidden_by", "names_asked", "passages_left", "searched"]


_KINDS: tuple[str, ...] = get_args(get_type_hints(Fact)["kind"])
_CERTAINTIES: tuple[str, ...] = get_args(get_type_hints(Fact)["certainty"])


_LISTED = 12


class SearchFilters(TypedDict, total=False):
    """The filters of a search; see `Workbench.search`."""

    sources: Sequence[str]
    since: str | None
    until: str | None
    company: Sequence[str]
    tool: Sequence[str]
    tactic: Sequence[str]
    person: Sequence[str]
    framework: Sequence[str]
    naming: Sequence[str]
    kinds: Sequence[str]
    certainties: Sequence[str]
    roles: Sequence[str]
    keywords: Sequence[str]
    noted: bool


def passages_left(built: Built, notes: Notes, filters: SearchFilters) -> set[int] | None:
    """Ids of the passages that the filters leave; see `Workbench.passages`."""
    allowed = _of_sources(built, filters.get("sources", ()), filters.get("since"), filters.get("until"))
    for chosen in (
        passages_naming(built, names_asked(built, filters)),
        _with_figures(built, filters.get("kinds", ()), filters.get("certainties", ())),
        _of_roles(built, filters.get("roles", ())),
        _with_keywords(built, filters.get("keywords", ())),
        notes.passages(built) if filters.get("noted") else None,
    ):
        if chosen is not None:
            allowed = chosen if allowed is None else allowed & chosen
    hidden = hidden_by(built, filters)
    return allowed - hidden if allowed is not None and hidden else allowed


def hidden_by(built: Built, filters: SearchFilters) -> frozenset[int]:
    """Ids of the passages that are no evidence, unless the filters ask for their sources or roles: then none."""
    return frozenset() if filters.get("sources") or filters.get("roles") else built.hidden


def searched(
    built: Built,
    notes: Notes,
    query: str,
    k: int,
    filters: SearchFilters,
    *,
    at: str | None = None,
    told: int | None = None,
) -> Answer:
    """The answer to a query among the passages that the filters leave, each hit with the standing of its source.

    Candidates come from the copy of the index at the URL `at`, or at the one of the settings; the first `told` hits (all,
    where it is None) carry the sentence that answers.
    """
    allowed = passages_left(built, notes, filters)
    searcher = built.searcher_at(built.backend if at is None else at)
    answer = searcher.search(query, k, allowed=allowed, hidden=hidden_by(built, filters), told=told)
    proposals = () if answer.answerable and answer.evidence.about else meant(built, query)
    return replace(answer, hits=with_standing(built, answer.hits), meant=proposals)


def names_asked(built: Built, filters: SearchFilters) -> list[str]:
    """The ids of the entities that the passages must name, each checked to be of its filter's sort.

    Raises:
        SettingError: If nothing is called so, or what is called so is of another sort; the message proposes what was meant.
    """
    given: dict[str, Sequence[str]] = {one.name: filters.get(one.name, ()) for one in NAME_FILTERS}  # type: ignore[misc]  # names of the TypedDict
    asked = [named_as(built, name, one) for one in NAME_FILTERS for name in given[one.name]]
    return [*asked, *filters.get("naming", ())]


def _of_roles(built: Built, roles: Sequence[str]) -> set[int] | None:
    if not roles:
        return None
    for role in roles:
        if role not in ROLES:
            listed = ", ".join(ROLES)
            raise SettingError(
                say(f"没有 {role!r} 这种章节；可用：{listed}", f"no role of sections {role!r}; known: {listed}")
            )
    return set(built.records.pids_of_roles(roles))


def _with_keywords(built: Built, keywords: Sequence[str]) -> set[int] | None:
    """The passages of the sources whose records have all these keywords, in either script and any width or case."""
    if not keywords:
        return None
    known = {record.id: {fold_text(word) for word in record.keywords} for record in built.catalogue}
    for word in keywords:
        if not any(fold_text(word) in words for words in known.values()):
            listed = ", ".join(list(dict.fromkeys(w for record in built.catalogue for w in record.keywords))[:_LISTED])
            raise SettingError(
                say(
                    f"没有来源带标签 {word!r}；现有：{listed or '无'}",
                    f"no source has the keyword {word!r}; there are: {listed or 'none'}",
                )
            )
    wanted = {fold_text(word) for word in keywords}
    return built.records.pids_of_sources([one for one, words in known.items() if wanted <= words])


def _with_figures(built: Built, kinds: Sequence[str], certainties: Sequence[str]) -> set[int] | None:
    """The passages with a figure of one of these kinds that is told so surely: one figure is both."""
    if not kinds and not certainties:
        return None
    for kind in kinds:
        if kind not in _KINDS:
            listed = ", ".join(_KINDS)
            raise SettingError(
                say(f"没有 {kind!r} 这种数据性质；可用：{listed}", f"no kind of figure {kind!r}; known: {listed}")
            )
    for one in certainties:
        if one not in _CERTAINTIES:
            listed = ", ".join(_CERTAINTIES)
            raise SettingError(say(f"没有 {one!r} 这种把握；可用：{listed}", f"no certainty {one!r}; known: {listed}"))
    wanted = [{"kind": kind, "certainty": one} for kind in kinds or (None,) for one in certainties or (None,)]
    found = ({name: value for name, value in fields.items() if value is not None} for fields in wanted)
    return set().union(*(built.records.pids_with("fact", fields) for fields in found))


def _of_sources(built: Built, sources: Sequence[str], since: str | None, until: str | None) -> set[int] | None:
    if not sources and since is None and until is None:
        return None
    for name, day in (("since", since), ("until", until)):
        if day is not None and not _is_date(day):
            raise SettingError(
                say(
                    f"{name} 是 {day!r}，应为 2020、2020-07 或 2020-07-31 这样的日期",
                    f"{name} is {day!r}; wanted a date such as 2020, 2020-07 or 2020-07-31",
                )
            )
    chosen = [built.catalogue[source_id] for source_id in sources] if sources else list(built.catalogue)
    ids = [record.id for record in chosen if _dated_within(record.metadata.date, since, until)]
    return built.records.pids_of_sources(ids)


def _is_date(text: str) -> bool:
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    try:
        return date.fromisoformat(padded).isoformat()[: len(text)] == text
    except ValueError:
        return False


def _dated_within(date: str | None, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    if not date:
        return False
    first, last = date.split("/")[0], date.split("/")[-1]
    return (since is None or last[: len(since)] >= since[: len(last)]) and (
        until is None or first[: len(until)] <= until[: len(first)]
    )
