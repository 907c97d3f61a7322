"""Proposed codings: a code of the codebook for a passage; accepted, it is a coding by who proposed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from casekit.types import Evidence
from casekit.workbench.coding import Code, Codes, UnknownCodeError
from casekit.workbench.proposed.file import load_proposals, proposals_path
from casekit.workbench.proposed.ground import Bearing, Place, text
from casekit.workbench.proposed.words import RefusedError

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["FIELDS", "accept", "bear_out", "take_back"]

FIELDS = ("code", "memo")


def bear_out(bearing: Bearing, place: Place, says: Mapping[str, str]) -> None:
    """Refuse a code that the codebook lacks: making codes is the editor's.

    Raises:
        RefusedError: With the reason.
    """
    _code(bearing.held, says)


def _code(held: Held, says: Mapping[str, str]) -> Code:
    try:
        return Codes(held).tree.one(text(says, "code"))
    except UnknownCodeError as error:
        raise RefusedError(str(error)) from None


def accept(held: Held, says: Mapping[str, str], place: Place, by: str) -> None:
    """Apply the code, in the name of who proposed it.

    Raises:
        SettingError: If it cannot be applied by now.
    """
    code = _code(held, says)
    Codes(held).apply(code.id, place.doc.id, place.span.start, place.span.end, memo=says.get("memo", ""), coder=by)


def take_back(held: Held, says: Mapping[str, str], evidence: Evidence) -> bool:
    """Take the code off again; False where it is not there any more."""
    codes = Codes(held)
    try:
        code = codes.tree.one(says["code"])
    except UnknownCodeError:
        return False
    proposed = load_proposals(proposals_path(held.workspace.corpus))
    by = {one.by for one in proposed if (one.what, dict(one.says), one.evidence) == ("code", dict(says), evidence)}
    for one in codes.all():
        same = one.source == evidence.source and one.fingerprint == evidence.fingerprint
        if one.code == code.id and one.coder in by and same:  # another coder's stays
            codes.drop(one.id)
            return True
    return False
