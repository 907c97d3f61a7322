"""What may be proposed. A further kind is a file with the same four names and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casekit.types import Evidence
from casekit.workbench.proposed import codings, figures, names, relations, statements
from casekit.workbench.proposed.ground import Bearing, Place

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["KINDS", "Kind"]

_Says = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of proposals.

    Attributes:
        fields: What a proposal of it may say.
        bear_out: Raises `RefusedError` for what the words at a place do not bear.
        accept: Makes the record that a person would have made; twice is as good as once.
        take_back: Takes that record out; False where it is there no longer.
    """

    fields: tuple[str, ...]
    bear_out: Callable[[Bearing, Place, _Says], None]
    accept: Callable[[Held, _Says, Place, str], None]
    take_back: Callable[[Held, _Says, Evidence], bool]


KINDS: Final[Mapping[str, Kind]] = {
    "name": Kind(names.FIELDS, names.bear_out, names.accept, names.take_back),
    "figure": Kind(figures.FIELDS, figures.bear_out, figures.accept, figures.take_back),
    "relation": Kind(relations.FIELDS, relations.bear_out, relations.accept, relations.take_back),
    "code": Kind(codings.FIELDS, codings.bear_out, codings.accept, codings.take_back),
    "statement": Kind(statements.FIELDS, statements.bear_out, statements.accept, statements.take_back),
}
"""By the name that `propose` gives."""
