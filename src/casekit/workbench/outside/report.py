"""What became of an exchange with another program."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Exchanged"]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Where it went or came from; names of what was taken or written, what was there already, what somebody's changes kept,
    and what was refused with the reason."""

    where: str
    done: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
