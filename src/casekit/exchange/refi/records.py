"""What a project of REFI-QDA holds, as records; GUIDs, and the line ends of exchanged texts."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Final

__all__ = ["GUID", "NAME_CHARS", "QdaCode", "QdaCoding", "QdaProject", "QdaSelection", "QdaText", "guid_of", "lf_text"]

_SPACE: Final = uuid.UUID("6f2ad2a1-8f1e-5f0c-9d5e-3a3f6b7c1e20")  # of the GUIDs that are made from our ids
GUID: Final = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
NAME_CHARS: Final = 40
"""How much of a selection its name shows."""


@dataclass(frozen=True, slots=True)
class QdaCode:
    """A code; `parent` is the GUID of the one that it is under, "" at the top."""

    guid: str
    name: str
    parent: str = ""
    colour: str = ""
    definition: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class QdaCoding:
    """A code given to a selection: by whom, when, with which memo."""

    guid: str
    code: str
    coder: str = ""
    memo: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class QdaSelection:
    """A range of a text (code points of `QdaText.text`) with its codings; `name` is what people see of it."""

    guid: str
    start: int
    end: int
    codings: tuple[QdaCoding, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class QdaText:
    """A text with its selections."""

    guid: str
    name: str
    text: str
    selections: tuple[QdaSelection, ...] = ()


@dataclass(frozen=True, slots=True)
class QdaProject:
    """A project; `refused` are the parts that could not be read, with the reason."""

    name: str
    codes: tuple[QdaCode, ...]
    texts: tuple[QdaText, ...]
    origin: str = ""
    refused: tuple[tuple[str, str], ...] = ()


def guid_of(kind: str, own: str) -> str:
    """A GUID for something of ours: its id, where that is one already, else always the same for the same id."""
    found = GUID.fullmatch(own)
    return found[1].lower() if found else str(uuid.uuid5(_SPACE, f"{kind}:{own}"))


def lf_text(text: str) -> str:
    """The text as it is exchanged: its line ends line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
