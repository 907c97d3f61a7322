"""Frames of what was found: which columns, in which order, of which type; the index is the address of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

from casekit.address import Address

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["COLUMNS", "Kind", "frame_of", "settled"]

Kind = Literal["facts", "mentions", "relations", "codings"]

COLUMNS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "facts": (
        "text", "subject", "metric", "value_min", "value_max", "unit", "qualifier", "period", "date_iso", "kind", "certainty",
        "standing", "measure", "modifier", "direction", "change", "value_from", "change_value", "change_unit", "headline",
        "assigned", "subject_entity", "source", "start", "end",
    ),
    "mentions": ("text", "name", "type", "entity", "unlisted", "source", "start", "end"),
    "relations": (
        "subject", "relation", "object", "object_text", "polarity", "standing", "evidence", "subject_id", "object_id", "rule",
    ),
    "codings": (
        "quote", "code", "coder", "memo", "title", "state", "colour", "code_id", "id", "created", "updated", "source", "start", "end",
    ),
}  # fmt: skip
"""The columns of each frame: first what people read, last what programs go by."""

_WHOLE: Final = ("start", "end")
_NUMBERS: Final = ("value_min", "value_max", "value_from", "change_value")
_FLAGS: Final = ("unlisted", "headline", "assigned")


def frame_of(kind: Kind, rows: Iterable[Mapping[str, Any]]) -> DataFrame:
    """JSON rows as a frame, shape (rows, columns of the kind), indexed by `address`.

    Texts are pandas strings, numbers float64, offsets int64, yes or no bool; what is not known, and an empty text, is missing.
    The evidence of a relation is text, addresses parted by "; ", and its index is the first of them.
    """
    import pandas as pd

    known = [_flat(row) for row in rows]
    columns = list(COLUMNS[kind])
    extra = sorted({name for row in known for name in row} - {*columns, "address"})
    made = pd.DataFrame(known, columns=["address", *columns, *extra])
    return settled(made).set_index("address")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    places = [Address.of_json(place) for place in row["evidence"]] if "evidence" in row else [Address.of_json(row)]
    flat = {"address": str(places[0]) if places else None, **row}
    return {**flat, "evidence": "; ".join(map(str, places))} if "evidence" in row else flat


def settled(frame: DataFrame) -> DataFrame:
    """The frame with the type of each known column; other columns stay as they are."""
    import numpy as np
    import pandas as pd

    text = pd.StringDtype(na_value=np.nan)
    texts = {"address", *(name for names in COLUMNS.values() for name in names)} - {*_WHOLE, *_NUMBERS, *_FLAGS}
    for name in frame.columns:
        if name in _NUMBERS:
            frame[name] = pd.to_numeric(frame[name]).astype("float64")
        elif name in _WHOLE:
            frame[name] = frame[name].astype("int64")
        elif name in _FLAGS:
            frame[name] = frame[name].map({True: True, False: False, "True": True, "False": False}).astype("bool")
        elif name in texts:
            texts_of = frame[name].astype(text)
            frame[name] = texts_of.mask(texts_of == "")
    return frame
