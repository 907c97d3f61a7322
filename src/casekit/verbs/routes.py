"""The panel's routes, made from the telling of the verbs: paths, and what each asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casekit.verbs import VERBS
from casekit.verbs.telling import Act, Route, Verb

__all__ = ["ROUTES", "RouteOf"]


@dataclass(frozen=True, slots=True)
class RouteOf:
    """A route below `casekit/api/` with the act that it asks for."""

    told: Route
    verb: Verb
    act: Act

    @property
    def path(self) -> str:
        """The path below `casekit/api/`."""
        return self.told.path


def _routes() -> Iterator[RouteOf]:
    for verb in VERBS:
        for act in verb.at("http"):
            told = act.route if isinstance(act.route, Route) else Route(f"verbs/{verb.called(act).replace(' ', '/')}")
            yield RouteOf(told, verb, act)


ROUTES: Final[Mapping[str, RouteOf]] = {route.path: route for route in _routes()}
"""By path, in the order of the verbs: all that look something up and touch no files."""
