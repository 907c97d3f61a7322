"""Proposals as they come: JSON Lines, each line by itself, so that a bad one never stops the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casekit.errors import SourceError
from casekit.language import say
from casekit.workbench.proposed.kinds import KINDS
from casekit.workbench.proposed.words import RefusedError

__all__ = ["Given", "given_of", "read_lines"]

_PLACE: Final = ("words", "source", "start", "end", "at")
_MOST_BYTES: Final = 20_000_000
_MOST_CHARS: Final = 2000  # of one field
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Given:
    """A proposal as it was given: its kind, by whom, its fields, and what names its place."""

    what: str
    by: str
    says: Mapping[str, str]
    place: Mapping[str, Any]


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The lines of a file that hold something, each with its number and its JSON; a line that is none gives its error.

    Raises:
        SourceError: If the file cannot be read or is too long.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            mb = _MOST_BYTES // 10**6
            raise SourceError(say(f"{path} 超过 {mb} MB；请拆成几份", f"{path} is above {mb} MB; split it"))
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            say(f"无法读取 {path}（需要 UTF-8 文本）：{error}", f"cannot read {path} (UTF-8 wanted): {error}")
        ) from error
    return parsed(text.split("\n"))


def parsed(lines: Iterable[str]) -> Iterator[tuple[int, Any]]:
    """Numbered lines with their JSON, or the error in its place."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            yield number, RefusedError(say(f"不是 JSON：{error}", f"no JSON: {error}"))


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def given_of(row: Any, by: str) -> Given:
    """The proposal that a row states; `by` is who proposes it where the row does not say.

    Raises:
        RefusedError: If it is none.
    """
    if isinstance(row, RefusedError):
        raise row
    if not isinstance(row, dict):
        raise RefusedError(say("应是一个 JSON 对象", "wanted a JSON object"))
    what = row.get("propose")
    if not isinstance(what, str) or what not in KINDS:
        listed = say("、", ", ").join(KINDS)
        raise RefusedError(
            say(f"propose 应为 {listed} 之一，这里是 {what!r}", f"propose is {what!r}; wanted one of {listed}")
        )
    kind = KINDS[what]
    strangers = sorted(str(name) for name in row if name not in ("propose", "proposed_by", *_PLACE, *kind.fields))
    if strangers:
        listed = say("、", ", ").join((*_PLACE, *kind.fields))
        raise RefusedError(
            say(f"没有字段 {strangers[0]}；可用：{listed}", f"unknown field {strangers[0]}; known: {listed}")
        )
    who = _text("proposed_by", row.get("proposed_by")) or " ".join(by.split())
    if not who:
        raise RefusedError(
            say("缺少 proposed_by：谁提的（或用 --by）", "proposed_by is missing: who proposes it (or --by)")
        )
    says = {name: value for name in kind.fields if (value := _text(name, row.get(name)))}
    return Given(what, who, says, {name: row[name] for name in _PLACE if row.get(name) is not None})


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and name == "about" and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    if not isinstance(value, str):
        raise RefusedError(say(f"{name} 应为文字，这里是 {value!r:.40}", f"{name} is {value!r:.40}; wanted text"))
    if len(value) > _MOST_CHARS:
        raise RefusedError(
            say(
                f"{name} 有 {len(value)} 字，最多 {_MOST_CHARS}",
                f"{name} has {len(value)} characters, at most {_MOST_CHARS}",
            )
        )
    if _UNSEEN.search(value):
        raise RefusedError(say(f"{name} 里有看不见的控制字符", f"{name} holds control characters that nobody sees"))
    return value.strip()
