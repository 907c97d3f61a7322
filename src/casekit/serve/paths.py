"""What is served: a path for each verb that only looks something up, made from its telling, and drafts to be checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from casekit.language import say
from casekit.verbs import VERBS, Act, Argument, Asked, Option, Tool, Verb, settle
from casekit.verbs.asked import UsageError
from casekit.verbs.routes import ROUTES
from casekit.verbs.telling import places_of

__all__ = ["PATHS", "Parameter", "Path", "asked_of", "parameters_of"]

PREFIX: Final = "/v1/"
_MOST: Final = {"k": 100, "n": 1000}
"""The largest of these parameters: an answer must have an end."""
_HIGHEST: Final = 10**12


ParameterKind = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Path:
    """A path with the act that it asks for; `posted` where its parameters come as a JSON object."""

    path: str
    verb: Verb
    act: Act
    posted: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a path: what it is called, of which kind, and what it means."""

    name: str
    kind: ParameterKind
    many: bool
    needed: bool
    told: str
    known: tuple[str, ...] = ()


_NOT_HERE: Final = frozenset(
    {"completion", "diff", "doctor", "fact", "lexicon", "log", "model", "proposal", "verify", "words"}
)
"""Verbs of those who look after a workspace: programs that ask it have no use for them."""


def _paths() -> Iterator[Path]:
    for route in ROUTES.values():
        if route.verb.name not in _NOT_HERE and not route.act.name.startswith("rejected"):
            yield Path(PREFIX + route.verb.called(route.act).replace(" ", "/"), route.verb, route.act)
    for verb in VERBS:
        if verb.name == "graph":  # to no file
            yield from (Path(PREFIX + verb.name, verb, act) for act in verb.acts)
        if verb.cell is not None and isinstance(verb.cell.tool, Tool):
            yield Path(PREFIX + verb.cell.tool.name, verb, verb.cell, posted=True)


PATHS: Final[Mapping[str, Path]] = {one.path: one for one in _paths()}
"""By path, in the order of the verbs."""


def parameters_of(path: Path) -> list[Parameter]:
    """The parameters of a path, arguments first."""
    found = [one for argument in path.act.arguments for one in _of_argument(argument, path.act)]
    return [*found, *(_of_option(option) for option in _options(path))]


def _options(path: Path) -> tuple[Option, ...]:
    """The options of a path: a posted one has them where assistants have."""
    options = path.act.at("mcp") if path.posted else path.act.at("http")
    return tuple(one for one in options if path.verb.name != "graph" or one.name != "format")


_KINDS: Final[Mapping[str, ParameterKind]] = {
    "number": "integer",
    "share": "number",
    "flag": "boolean",
}


def _of_argument(argument: Argument, act: Act) -> Iterator[Parameter]:
    told = say(argument.zh, argument.en)
    if argument.takes in ("place", "range"):
        needed = argument.takes == "place"
        yield Parameter("source", "string", False, True, say("来源编号", "source id"))
        yield Parameter("start", "integer", False, needed, say("起点（字）", "first code point"))
        yield Parameter("end", "integer", False, needed, say("终点（不含）", "end, exclusive"))
        return
    spoken_for = any(option.instead == argument.name for option in act.at("http"))
    needed = argument.least > 0 and not spoken_for
    kind = _KINDS.get(argument.takes, "string")
    yield Parameter(argument.name, kind, argument.many, needed, told, tuple(map(str, argument.known())))


def _of_option(option: Option) -> Parameter:
    known = tuple(map(str, option.known())) if option.choices else ()
    return Parameter(
        option.name, _KINDS.get(option.takes, "string"), option.many, False, say(option.zh, option.en), known
    )


def asked_of(path: Path, given: Mapping[str, Any]) -> Asked:
    """What a request asks of its verb.

    Args:
        path: Which path.
        given: Values by name: texts, lists of texts, or what JSON made of them.

    Raises:
        UsageError: If something is missing, unknown or cannot be.
    """
    known = {one.name: one for one in parameters_of(path)}
    if strangers := sorted(set(given) - set(known)):
        listed = ", ".join(known)
        raise UsageError(
            say(f"没有参数 {strangers[0]}；可用：{listed}", f"no parameter {strangers[0]}; known: {listed}")
        )
    values = {name: _value(known[name], value) for name, value in given.items()}
    for one in known.values():
        if one.needed and one.name in ("source", "start", "end") and values.get(one.name) in (None, ""):
            raise UsageError(say(f"缺少参数 {one.name}", f"parameter {one.name} is missing"))
    return settle(path.verb, path.act, places_of(path.act, values), door="mcp" if path.posted else "http")


def _value(one: Parameter, value: Any) -> Any:
    if one.many:
        rows = value if isinstance(value, list) else [value]
        return [_single(one, row) for row in rows if row not in (None, "")]
    if isinstance(value, list):
        if len(value) != 1:
            raise UsageError(say(f"{one.name} 只能给一个", f"{one.name}: give one"))
        value = value[0]
    return None if value is None or value == "" else _single(one, value)


def _single(one: Parameter, value: Any) -> Any:
    if one.kind == "boolean":
        if value in (True, "1", "true", "True"):
            return True
        if value in (False, "0", "false", "False"):
            return False
        raise UsageError(say(f"{one.name} 应是 true 或 false", f"{one.name} wants true or false"))
    if one.kind in ("integer", "number"):
        return _number(one, value)
    if not isinstance(value, str):
        raise UsageError(say(f"{one.name} 应是文字", f"{one.name} wants text"))
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise UsageError(say(f"{one.name} 里有不是文字的字符", f"{one.name} holds what is no character"))
    return value


def _number(one: Parameter, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        value = ""
    try:
        number = float(value) if one.kind == "number" else int(str(value), 10)
    except (ValueError, OverflowError):
        raise UsageError(say(f"{one.name} 应是数", f"{one.name} wants a number")) from None
    if not 0 <= number <= _MOST.get(one.name, _HIGHEST):
        most = _MOST.get(one.name, _HIGHEST)
        raise UsageError(say(f"{one.name} 应在 0 到 {most} 之间", f"{one.name} wants 0 to {most}"))
    return number
