"""Proposed names: they stand in the words, whole, and nobody listed or rejected them yet; accepted, they are decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from casekit.fold import fold_text
from casekit.language import say
from casekit.lexicon import load_decisions, name_key
from casekit.lexicon.decisions import DECISIONS
from casekit.types import EntityType, Evidence
from casekit.workbench.knowledge.verdicts import decide
from casekit.workbench.proposed.ground import Bearing, Place, choice, text
from casekit.workbench.proposed.words import RefusedError

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["FIELDS", "accept", "bear_out", "take_back"]

FIELDS = ("name", "type")
_MOST_CHARS = 40


def bear_out(bearing: Bearing, place: Place, says: Mapping[str, str]) -> None:
    """Refuse what is no name there.

    Raises:
        RefusedError: With the reason.
    """
    name = text(says, "name")
    choice(says, "type", get_args(EntityType), "")
    if len(name) > _MOST_CHARS:
        raise RefusedError(say(f"名称有 {len(name)} 字，太长", f"a name of {len(name)} characters is none"))
    if fold_text(name) not in fold_text(place.words):
        raise RefusedError(say(f"原话里没有“{name}”", f"the words do not hold {name!r}"))
    lexicon = bearing.held.lexicon
    known = lexicon.lookup(name)
    if known is not None:
        raise RefusedError(
            say(f"词表里已有：{known.name}（{known.type}）", f"listed already: {known.name} ({known.type})")
        )
    if name_key(name) in lexicon.rejected:
        raise RefusedError(say(f"您否决过“{name}”这个名称", f"you have rejected the name {name!r}"))
    _ensure_whole(bearing, place, name)


def _ensure_whole(bearing: Bearing, place: Place, name: str) -> None:
    """Refuse what is only a part of a longer name, wherever the words have it."""
    longer = [one.text for one in bearing.mentions(place) if len(one.text) > len(name) and name in one.text]
    if longer and all(place.words.count(name) == place.words.count(one) for one in longer):
        raise RefusedError(
            say(f"“{name}”是“{longer[0]}”的一部分，不是名称", f"{name!r} is a part of {longer[0]!r}, not a name")
        )


def accept(held: Held, says: Mapping[str, str], place: Place, by: str) -> None:
    """Write the decision that makes it an entry.

    Raises:
        SettingError: If it cannot be one by now.
    """
    decide(held, [says["name"]], "accept", type=says["type"])


def take_back(held: Held, says: Mapping[str, str], evidence: Evidence) -> bool:
    """Forget that decision; False where another one was made since."""
    path = held.workspace.lexicon / DECISIONS
    made = [one for one in load_decisions(path) if one.name == says["name"]]
    if not any(one.verdict == "accept" and one.type == says["type"] for one in made):
        return False
    decide(held, [says["name"]], "undo")
    return True
