"""The tools of assistants, made from the telling of the verbs: names, parameters and what is said of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from casekit.verbs import VERBS, Act, Argument, Asked, Option, Tool, Verb, settle
from casekit.verbs.telling import places_of

__all__ = ["TOOLS", "ToolOf", "asked_with", "signature_of"]

_SOURCE = "id of a source, as `sources` and the hits give it"
_START, _END = "first code point of the address", "end of the address, exclusive"
_KINDS: Mapping[str, Any] = {"number": int, "share": float, "flag": bool}


@dataclass(frozen=True, slots=True)
class ToolOf:
    """A tool with the act that it is."""

    name: str
    doc: str
    verb: Verb
    act: Act


def _tools() -> Iterator[ToolOf]:
    for verb in VERBS:
        for act in (*verb.acts, *((verb.cell,) if verb.cell is not None else ())):
            if isinstance(act.tool, Tool):
                yield ToolOf(act.tool.name, act.tool.doc, verb, act)


TOOLS: Mapping[str, ToolOf] = {tool.name: tool for tool in _tools()}
"""The tools by name, in the order of the verbs."""


def signature_of(act: Act) -> inspect.Signature:
    """The parameters of a tool, each with its type, default and what it means."""
    told = [one for argument in act.arguments for one in _of_argument(argument)]
    told += [_of_option(option) for option in act.at("mcp")]
    told.sort(key=lambda one: one.default is not inspect.Parameter.empty)
    return inspect.Signature(told, return_annotation=dict[str, Any])


def _parameter(name: str, kind: Any, told: str, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    from pydantic import Field

    annotation = Annotated[kind, Field(description=told)]
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=annotation)


def _of_argument(argument: Argument) -> Iterator[inspect.Parameter]:
    if argument.takes in ("place", "range"):
        yield _parameter("source", str, _SOURCE)
        whole = argument.takes == "range"
        more: Any = {"default": None} if whole else {}
        yield _parameter("start", int | None if whole else int, _START, **more)
        yield _parameter("end", int | None if whole else int, _END, **more)
        return
    kind: Any = _KINDS.get(argument.takes, str)
    if argument.many:
        yield _parameter(argument.name, list[kind], argument.en, *(() if argument.least else ([],)))
    elif argument.least:
        yield _parameter(argument.name, kind, argument.en)
    else:
        yield _parameter(argument.name, kind | None, argument.en, None)


def _of_option(option: Option) -> inspect.Parameter:
    known = option.known()
    told = option.en if option.takes != "style" else f"{option.en}: {', '.join(known)}"
    kind: Any = Literal[known] if known and option.takes != "style" else _KINDS.get(option.takes, str)
    if option.many:
        return _parameter(option.name, list[kind], told, [])
    empty = option.empty()
    return _parameter(option.name, kind if empty is not None else kind | None, told, empty)


def asked_with(tool: ToolOf, given: Mapping[str, Any]) -> Asked:
    """What a call of a tool asks of its verb.

    Raises:
        UsageError: If something is missing or cannot be.
    """
    return settle(tool.verb, tool.act, places_of(tool.act, given), door="mcp")
