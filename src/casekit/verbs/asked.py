"""What a verb was asked: its arguments and options, checked in one place for every door."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import CasekitError, SettingError
from casekit.language import say
from casekit.verbs.telling import Act, Argument, Asked, Door, Option, Verb

if TYPE_CHECKING:
    from casekit.address import Address

__all__ = ["Asked", "Range", "UsageError", "distribute", "place_of", "settle", "value_of"]

_NAME: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")

Range = tuple[str, int | None, int | None]
"""A source with a range of code points, with its beginning alone, or whole."""


class UsageError(CasekitError, ValueError):
    """What was asked cannot be understood, told in one line."""


def place_of(words: Sequence[str]) -> Address:
    """The address that words are: `ID START END` or `ID:START-END`.

    Raises:
        UsageError: If they are none.
    """
    from casekit.address import Address

    if len(words) == 1:
        try:
            return Address.parse(words[0])
        except SettingError as error:
            if ":" in words[0]:
                raise UsageError(str(error)) from error
    elif len(words) == 3 and words[0] and all(map(_is_number, words[1:])):
        return Address(words[0], int(words[1]), int(words[2]))
    raise UsageError(
        say("请给出一段：编号 起点 终点，或 编号：起点-终点", "name a range: ID START END, or ID:START-END")
    )


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 12


def distribute(arguments: Sequence[Argument], words: Sequence[str], *, called: str) -> dict[str, Any]:
    """Plain words given to the arguments in their order.

    Raises:
        UsageError: If there are too few or too many.
    """
    given: dict[str, Any] = {}
    rest = list(words)
    for n, one in enumerate(arguments):
        later = sum(other.least for other in arguments[n + 1 :])
        if one.takes == "place":
            given[one.name], rest = place_of(rest), []
        elif one.takes == "range":
            given[one.name], rest = _range(rest), []
        elif one.takes == "words":
            given[one.name], rest = (" ".join(rest) or None), []
        elif one.many:
            most = max(0, len(rest) - later) if one.most is None else min(one.most, max(0, len(rest) - later))
            given[one.name], rest = rest[:most], rest[most:]
        elif rest and (one.least or len(rest) > later):
            given[one.name] = rest.pop(0)
    if rest:
        _complain_of_number(arguments, len(words), called)
    return given


def _range(words: Sequence[str]) -> Range:
    if len(words) == 1 and ":" not in words[0]:
        return words[0], None, None
    if len(words) == 2 and _is_number(words[1]):
        return words[0], int(words[1]), None
    place = place_of(words)
    return place.source, place.start, place.end


def _complain_of_number(arguments: Sequence[Argument], n: int, called: str) -> None:
    least = sum(one.least for one in arguments)
    most = None if any(one.most is None for one in arguments) else sum(one.most or 0 for one in arguments)
    if most is None:
        wanted = say(f"{least} 个或更多", f"{least} or more")
    else:
        wanted = f"{least}" if least == most else f"{least}-{most}"
    shown = say(f"{called} 要 {wanted} 个名称，给了 {n} 个", f"{called} takes {wanted} names, not {n}")
    raise UsageError(shown.replace("个或更多 个", "个或更多"))


def settle(
    verb: Verb, act: Act, given: Mapping[str, Any], *, door: Door, defaults: Mapping[str, Any] | None = None
) -> Asked:
    """What was asked: every argument and option with a value, checked.

    Args:
        verb: The verb, for what is said of it.
        act: Which of its acts.
        given: Values by name; strings are read, None counts as not given.
        door: Through which it was asked.
        defaults: Of this door, in place of the act's own.

    Raises:
        UsageError: If something is missing, of the wrong kind, or not of this act or door.
    """
    called = verb.called(act)
    known = {argument.name for argument in act.arguments} | {option.name for option in act.options}
    for name, stranger in given.items():
        if name not in known and not _is_empty(stranger):
            _complain_of_stranger(verb, act, name, stranger)
    values: dict[str, Any] = {}
    for option in act.options:
        value: Any = given.get(option.name)
        empty = (defaults or {}).get(option.name, option.empty())
        if _is_empty(value):
            values[option.name] = empty
            continue
        refusal = act.refusal(option, door)
        if refusal is not None and value != empty:
            raise UsageError(say(*refusal))
        if option.takes == "file or name" and door in ("http", "mcp") and not _NAME.fullmatch(str(value)):
            raise UsageError(
                say(
                    f"{option.flag} 这里只认名字（英文字母、数字和连字符），不读服务器上的文件",
                    f"{option.flag} takes a name here (letters, digits, hyphens): files of the server are not read",
                )
            )
        values[option.name] = [value_of(option, one) for one in value] if option.many else value_of(option, value)
    spoken_for = {option.instead for option in act.options if option.instead and not _is_empty(values[option.name])}
    for argument in act.arguments:
        value = given.get(argument.name)
        if argument.name in spoken_for:
            if not _is_empty(value):
                raise UsageError(say(f"{called}：两者只能给一个", f"{called}: give one of the two, not both"))
            values[argument.name] = [] if argument.many else None
            continue
        if _is_empty(value) and defaults and argument.name in defaults:
            values[argument.name] = defaults[argument.name]
            continue
        values[argument.name] = _argument(argument, value, called)
    return Asked(act, values)


def _argument(argument: Argument, value: Any, called: str) -> Any:
    if argument.many:
        given: Any = value or ()
        words = [value_of(argument, word) for word in given]
        if len(words) < argument.least or (argument.most is not None and len(words) > argument.most):
            _complain_of_missing(argument, called)
        return words
    if _is_empty(value):
        if argument.least:
            _complain_of_missing(argument, called)
        return None
    return value_of(argument, value)


def _complain_of_missing(argument: Argument, called: str) -> None:
    what = say(argument.zh, argument.en)
    least = argument.least
    if least > 1:
        raise UsageError(
            say(f"{called} 要两个或更多：{what}", f"{called} takes two or more: {what}")
            if least == 2
            else say(f"{called} 要 {least} 个：{what}", f"{called} takes {least}: {what}")
        )
    raise UsageError(say(f"{called} 还缺：{what}", f"{called} wants: {what}"))


def _complain_of_stranger(verb: Verb, act: Act, name: str, value: Any) -> None:
    option = next((one for one in verb.options if one.name == name), None)
    if option is None:
        raise UsageError(say(f"{verb.called(act)} 没有 {name}", f"{verb.called(act)} has no {name}"))
    if value == option.empty():
        return
    having = say("、", ", ").join(verb.called(other) for other in verb.acts if other.option(option.flag))
    raise UsageError(
        say(f"{verb.called(act)} 没有选项 {option.flag}；{having} 才有",
            f"{verb.called(act)} has no option {option.flag}; it belongs to {having}")
    )  # fmt: skip


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | list | tuple) and not value)


def value_of(one: Argument | Option, value: Any) -> Any:
    """A value as what it is declared to be.

    Raises:
        UsageError: If it is no number where one is wanted, or none of the choices.
    """
    label = one.flag if isinstance(one, Option) else one.name
    if one.takes == "flag":
        return value in (True, "1", "true")
    if one.takes in ("number", "share"):
        value = _number(one.takes, value, label)
    known = one.known() if one.choices else ()
    if known and value not in known:
        listed = say("、", ", ").join(map(str, known))
        raise UsageError(
            say(f"{label} 没有 {value} 这个选择，可选：{listed}", f"{label} knows no {value}; wanted: {listed}")
        )
    return value


def _number(takes: str, value: Any, label: str) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = str(value)
    try:
        return int(text) if takes == "number" else float(text)
    except ValueError:
        raise UsageError(
            say(f"{label} 应是整数，得到 {text}", f"{label} wants a whole number, not {text}")
            if takes == "number"
            else say(f"{label} 应是数字，得到 {text}", f"{label} wants a number, not {text}")
        ) from None
