"""What people decide of candidates: accepted, rejected, merged in bulk, taken back; nothing is written that cannot be replayed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast, get_args

from casekit.errors import SettingError
from casekit.graph.layout import TYPE_NAMES
from casekit.language import say
from casekit.lexicon import Decision, load_decisions, name_key, save_decisions, stable_id
from casekit.lexicon.decisions import DECISIONS, Verdict
from casekit.types import EntityType
from casekit.workbench.knowledge.reviewing import candidate_rows
from casekit.yamltext import yaml_text

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Decided", "decide"]


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a name: `verdict` is accept, reject, merge or undo; `type` of an accepted one, `into` the name of whom it is."""

    name: str
    verdict: str
    type: str | None = None
    into: str | None = None


def decide(
    held: Held, names: Sequence[str], verdict: str, *, type: str | None = None, into: str | None = None
) -> list[Decided]:
    """Write decisions once all are known to be good; `undo` forgets what was decided of the names.

    Names may be merged into one that nobody has accepted yet: it is accepted with them. What was merged into a name that is now
    rejected or taken back is taken back with it, and goes along where that name is merged into another.

    Returns:
        All that was written or taken back, also of names that were not given.
    Raises:
        SettingError: If the verdict, a name, the type or the target cannot be; then nothing is written.
    """
    if verdict not in (*get_args(Verdict), "undo"):
        raise SettingError(say(f"没有 {verdict!r} 这种裁定", f"no such verdict: {verdict!r}"))
    names = list(dict.fromkeys(name.strip() for name in names))
    if not all(names):
        raise SettingError(say("名称是空的，没有写", "a name is blank: nothing was written"))
    yaml_text(names)  # refuses half a character in one line, before anything is looked up
    new = list(_decisions(held, names, verdict, type, into))
    path = held.workspace.lexicon / DECISIONS
    with held.workspace.locked():
        old = load_decisions(path)
        gone = {name_key(name) for name in names} if verdict == "undo" else set()
        if unknown := [name for name in names if gone and name_key(name) not in {name_key(one.name) for one in old}]:
            raise SettingError(
                say(
                    f"没有裁定过 {'、'.join(unknown)}，没有可收回的；什么都没有改",
                    f"nothing was decided of {', '.join(unknown)}: nothing is taken back",
                )
            )
        kept, fallen = _carried(
            old, new, {stable_id(name) for name in names} if verdict in ("undo", "reject") else set()
        )
        kept = [one for one in kept if name_key(one.name) not in gone | {name_key(one.name) for one in new}]
        save_decisions(path, [*kept, *new])
    held.renew_lexicon()
    taken = [Decided(one.name, "undo") for one in old if name_key(one.name) in gone]
    return [*(_told(held, one) for one in new), *taken, *(Decided(one.name, "undo") for one in fallen)]


def _decisions(held: Held, names: list[str], verdict: str, type: str | None, into: str | None) -> Iterator[Decision]:
    """The decisions to be written, each known to be good."""
    if verdict == "merge":
        target, first = _target(held, into)
        yield from first
        for name in names:
            if stable_id(name) == target:
                raise SettingError(say(f"{name} 不能并入自己", f"{name} cannot be merged into itself"))
            yield Decision("merge", name, None, target)
    elif verdict == "accept":
        guesses = _guesses(held, names) if type is None else {}
        for name in names:
            yield Decision("accept", name, cast("EntityType", _checked_type(name, type or guesses.get(name))))
    elif verdict == "reject":
        yield from (Decision("reject", name) for name in names)


def _carried(old: list[Decision], new: list[Decision], gone: set[str]) -> tuple[list[Decision], list[Decision]]:
    """The old decisions as they go on, and those that fall with what they are merged into: its id is among `gone`.

    Where that is itself merged into another now, they go along.
    """
    moved = {stable_id(one.name): one.into for one in new if one.verdict == "merge"}
    kept, fallen = [], []
    for one in old:
        if one.into is not None and one.into in gone:
            fallen.append(one)
        else:
            kept.append(replace(one, into=moved.get(one.into or "", one.into)))
    return kept, fallen


def _told(held: Held, one: Decision) -> Decided:
    target = held.lexicon.entities.get(one.into or "")
    return Decided(one.name, one.verdict, one.type, target.name if target is not None else one.into)


def _target(held: Held, into: str | None) -> tuple[str, list[Decision]]:
    """The id to merge into, and the decision that accepts it first where it is only a candidate."""
    into = (into or "").strip()
    if not into:
        raise SettingError(
            say(
                "没有说并入哪个；用 --into 给出名称或编号",
                "it is not said whom to merge them into; name it with --into",
            )
        )
    entity = held.lexicon.entities.get(into) or held.lexicon.lookup(into)
    if entity is not None:
        return entity.id, []
    kind = _guesses(held, [into]).get(into)
    if kind is None:
        raise SettingError(
            say(
                f"词典和候选里都没有 {into!r}；用 --into 给出要并入的名称或编号",
                f"nothing is called {into!r}, not even a candidate; name the entry with --into",
            )
        )
    return stable_id(into), [Decision("accept", into, cast("EntityType", kind))]


def _guesses(held: Held, names: Collection[str]) -> dict[str, str]:
    """The likeliest type of each candidate among these names, called so or in its own characters."""
    found: dict[str, str] = {}
    for weak in (False, True):  # the texts are read again only where a name is not among those of the build
        for row in candidate_rows(held, weak=weak):
            if row["type"] is not None:
                found.setdefault(row["name"], row["type"])
                found.setdefault(row["text"], row["type"])
        if found.keys() >= set(names):
            break
    return found


def _checked_type(name: str, type: str | None) -> str:
    """The type given, by its own word or by what people call it, or the candidate's own."""
    known = get_args(EntityType)
    called: dict[str, str] = {label: kind for kind in known for label in (kind, *TYPE_NAMES.get(kind, ()))}
    found = called.get((type or "").strip())
    if found is None:
        said = say("没有说明", "not given") if type is None else repr(type)
        words = "、".join(f"{kind}（{TYPE_NAMES[kind][0]}）" for kind in known)
        raise SettingError(
            say(
                f"{name} 的类型{said}；请用 --type 给出 {words} 之一",
                f"type of {name}: {said}; give --type, one of {', '.join(known)}",
            )
        )
    return found
