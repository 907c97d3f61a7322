"""Every verb, told once: the command line, notebooks, assistants and the panel are made from this telling."""

from __future__ import annotations

from typing import Final

from casekit.verbs import (
    asking,
    caring,
    cases,
    citing,
    coding,
    corpus,
    drafts,
    exact,
    exchanging,
    found,
    helping,
    memos,
    network,
    proposing,
    publishing,
    rejecting,
    relating,
    seeing,
    tidying,
    weighing,
    words,
    workshops,
)
from casekit.verbs.asked import Asked, UsageError, distribute, place_of, settle
from casekit.verbs.telling import Act, Argument, Door, Option, Route, Takes, Tool, Verb

__all__ = [
    "GROUPS",
    "VERBS",
    "Act",
    "Argument",
    "Asked",
    "Door",
    "Option",
    "Route",
    "Takes",
    "Tool",
    "UsageError",
    "Verb",
    "distribute",
    "place_of",
    "settle",
    "verb_called",
]

VERBS: Final[tuple[Verb, ...]] = (
    *corpus.VERBS,
    *seeing.VERBS,
    *tidying.VERBS,
    *asking.VERBS,
    *exact.VERBS,
    *citing.VERBS,
    *drafts.VERBS,
    *found.VERBS,
    *weighing.VERBS,
    *words.VERBS,
    *rejecting.VERBS,
    *network.VERBS,
    *relating.VERBS,
    *coding.VERBS,
    *memos.VERBS,
    *proposing.VERBS,
    *cases.VERBS,
    *publishing.VERBS,
    *exchanging.VERBS,
    *workshops.VERBS,
    corpus.VERIFY,
    *caring.VERBS,
    *helping.VERBS,
    *caring.SERVERS,
)
"""All verbs, in the order of the help."""

GROUPS: Final = {
    "corpus": ("语料", "corpus"),
    "ask": ("查找与引用", "search and quote"),
    "know": ("知识", "knowledge"),
    "case": ("案例", "cases"),
    "care": ("维护", "maintenance"),
}


def verb_called(name: str) -> Verb | None:
    """The verb of this name."""
    return next((verb for verb in VERBS if verb.name == name), None)
