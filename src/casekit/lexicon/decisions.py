"""What people decided about candidate names: accept, reject or merge, kept in one plain file and replayed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from casekit.keptrows import load_rows, save_rows
from casekit.language import say
from casekit.lexicon.names import name_key, stable_id
from casekit.lexicon.table import Lexicon, LexiconError
from casekit.types import Entity, EntityType

__all__ = ["DECISIONS", "Decision", "Verdict", "apply_decisions", "load_decisions", "save_decisions"]

DECISIONS = "decisions.yaml"
Verdict = Literal["accept", "reject", "merge"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on one name: `accept` makes an entity of `type`, `merge` makes it an alias of entity `into`.

    `reject` keeps the name from being offered or found again.
    """

    verdict: Verdict
    name: str
    type: EntityType | None = None
    into: str | None = None
    note: str | None = None


def _checked(row: object) -> Decision:
    def fail(zh: str, en: str) -> ValueError:
        return ValueError(say(zh, en))

    if not isinstance(row, dict):
        raise fail("应是 键：值 的映射", "should be a mapping")
    verdict: Verdict = row.get("verdict", "")
    name = str(row.get("name") or "").strip()
    if verdict not in get_args(Verdict):
        raise fail(
            f"verdict 是“{verdict}”，应为 accept、reject 或 merge",
            f"verdict is {verdict!r}, not accept, reject or merge",
        )
    if not name:
        raise fail("缺少 name", "name is missing")
    kind = row.get("type")
    if verdict == "accept" and kind not in get_args(EntityType):
        raise fail(f"“{name}”需要 type（{', '.join(get_args(EntityType))}）", f"{name}: a type is needed")
    if verdict == "merge" and not row.get("into"):
        raise fail(f"“{name}”需要 into（并入哪个 id）", f"{name}: `into` (an entity id) is needed")
    note = row.get("note")
    return Decision(
        verdict,
        name,
        kind,
        str(row["into"]) if row.get("into") else None,
        str(note) if note else None,
    )


def load_decisions(path: Path) -> list[Decision]:
    """The decisions of a file, oldest first; none when there is no such file.

    Raises:
        LexiconError: If it is no YAML list of decisions; the message names the entry.
    """
    return load_rows(path, _checked, error=LexiconError)


def save_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write `decisions` as YAML; where a name was decided twice, only the last is kept.

    Raises:
        SettingError: If YAML cannot hold a name or note; the file is as it was.
        LexiconError: If a decision is none that can be read again (a blank name, say); the file is as it was.
        WorkspaceError: If it cannot be written; the file is as it was.
    """
    last: dict[str, Decision] = {}
    for decision in decisions:
        last.pop(name_key(decision.name), None)
        last[name_key(decision.name)] = decision
    rows = [
        {k: v for k in ("verdict", "name", "type", "into", "note") if (v := getattr(decision, k)) is not None}
        for decision in last.values()
    ]
    wanted = list(last.values())
    for row in rows:
        try:
            _checked(row)
        except ValueError as wrong:
            raise LexiconError(f"{path.name}{say('：', ': ')}{wrong}") from wrong
    save_rows(path, rows, load_decisions, wanted, error=LexiconError)


def apply_decisions(lexicon: Lexicon, decisions: Iterable[Decision]) -> Lexicon:
    """`lexicon` with the decisions replayed: names that are accepted or rejected in order, then what is merged into them.

    What a name was merged into may itself have been merged into another since: then both are that one's.

    Raises:
        LexiconError: If a merge names an entity that does not exist.
    """
    entities = dict(lexicon.entities)
    rejected: set[str] = set(lexicon.rejected)
    merges: dict[str, Decision] = {}
    changed = False
    for decision in decisions:
        changed = True
        key = name_key(decision.name)
        merges.pop(key, None)
        rejected.discard(key)
        if decision.verdict == "reject":
            rejected.add(key)
        elif decision.verdict == "merge":
            merges[key] = decision
        elif decision.type is not None:
            new = Entity(id=stable_id(decision.name), type=decision.type, name=decision.name, note=decision.note)
            entities.setdefault(new.id, new)
    further = {stable_id(one.name): one.into or "" for one in merges.values()}
    for one in merges.values():
        target = entities.get(_end(one.into or "", entities, further))
        if target is None:
            raise LexiconError(
                say(
                    f"corpus/lexicon/{DECISIONS}：“{one.name}”要并入的“{one.into}”不在词典里；"
                    f"casekit lexicon undo {one.name} 收回",
                    f"corpus/lexicon/{DECISIONS}: {one.name} is to be merged into {one.into!r}, which the lexicon does not "
                    f"hold; casekit lexicon undo {one.name} takes it back",
                )
            )
        aliases = tuple(dict.fromkeys((*target.aliases, one.name)))
        entities[target.id] = replace(target, aliases=aliases)
    return Lexicon(entities.values(), lexicon.glossary, rejected) if changed else lexicon


def _end(into: str, entities: Container[str], further: Mapping[str, str]) -> str:
    """The entity that a chain of merges ends with."""
    seen = set()
    while into not in entities and into in further and into not in seen:
        seen.add(into)
        into = further[into]
    return into
