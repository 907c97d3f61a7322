"""Arguments and options of a verb on an argparse parser, and what a command line asked read back from there."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from casekit.language import say
from casekit.verbs import Act, Argument, Asked, Option, Verb, distribute, place_of, settle

__all__ = ["asked_of", "declare", "declare_act"]

_TYPES = {"number": int, "share": float}


def declare(parser: argparse.ArgumentParser, verb: Verb) -> None:
    """Declare a verb's arguments and options."""
    acts = verb.at("shell")
    if verb.actions:
        _declare_actions(parser, acts)
        alone = {option.flag: option for act in acts for option in act.at("shell")}
        for option in alone.values():
            _declare_option(parser, option)
        return
    (act,) = acts
    declare_act(parser, act)


def declare_act(parser: argparse.ArgumentParser, act: Act) -> None:
    """Declare the arguments and options of one act."""
    groups: dict[str, Any] = {}
    for option in act.at("shell"):
        if option.instead and option.instead not in groups:
            groups[option.instead] = parser.add_mutually_exclusive_group(required=True)
    for argument in act.arguments:
        _declare_argument(groups.get(argument.name, parser), argument, alone=argument.name not in groups)
    for option in act.at("shell"):
        _declare_option(groups.get(option.instead, parser), option)


def _declare_actions(parser: argparse.ArgumentParser, acts: Sequence[Act]) -> None:
    told = say("、", "; ").join(f"{act.name} {act.meaning()}" for act in acts)
    parser.add_argument("action", choices=tuple(act.name for act in acts), help=_plain(told))
    arguments = [argument for act in acts for argument in act.arguments]
    if not arguments:
        return
    metavars = dict.fromkeys(argument.metavar for argument in arguments)
    meant = dict.fromkeys(say(argument.zh, argument.en) for argument in arguments)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="|".join(metavars) if len(metavars) < 3 else "NAME",
        help=_plain(say("；", "; ").join(meant)),
    )


def _declare_argument(parser: Any, argument: Argument, *, alone: bool) -> None:
    text = _plain(say(argument.zh, argument.en))
    if argument.takes in ("place", "range"):
        parser.add_argument("id", metavar=argument.metavar, help=text)
        parser.add_argument("start", nargs="?", type=int, help=say("起点（字）", "first code point"))
        parser.add_argument("end", nargs="?", type=int, help=say("终点（不含）", "end, exclusive"))
        return
    more: dict[str, Any] = {"type": _TYPES[argument.takes]} if argument.takes in _TYPES else {}
    if argument.many:
        more["nargs"] = "+" if argument.least and alone else "*"
        if not alone:
            more["default"] = []
    elif not argument.least or not alone:
        more["nargs"] = "?"
    parser.add_argument(argument.name, metavar=argument.metavar or None, help=text, **more)


def _declare_option(parser: Any, option: Option) -> None:
    known = option.known()
    text = say(option.zh, option.en)
    if option.takes == "style":
        text += say("：", ": ") + ", ".join(known)
    more: dict[str, Any] = {"dest": option.name, "help": _plain(text)}
    if option.takes == "flag":
        parser.add_argument(*option.flags, action="store_true", **more)
        return
    if option.many:
        more |= {"action": "append", "default": []}
    else:
        more["default"] = option.default
    if known:
        more["choices"] = known
    if option.takes in _TYPES:
        more["type"] = _TYPES[option.takes]
    parser.add_argument(*option.flags, metavar=option.metavar or None, **more)


def _plain(text: str) -> str:
    """Text that argparse's own formatting leaves as it is."""
    return text.replace("%", "%%")


def asked_of(verb: Verb, options: argparse.Namespace) -> tuple[Act, Asked]:
    """Which act a parsed command line asks for, and what of it.

    Raises:
        UsageError: If something is missing, or is not of this action.
    """
    given = dict(vars(options))
    if verb.actions:
        act = next(act for act in verb.acts if act.name == options.action)
        given |= distribute(act.arguments, given.pop("names", []), called=verb.called(act))
    else:
        (act,) = verb.acts
        for argument in act.arguments:
            if argument.takes in ("place", "range"):
                given[argument.name] = _place(argument, given)
    mine = {argument.name for argument in act.arguments} | {option.name for option in verb.options}
    return act, settle(verb, act, {name: given.get(name) for name in mine}, door="shell")


def _place(argument: Argument, given: dict[str, Any]) -> Any:
    source, start, end = given.get("id"), given.get("start"), given.get("end")
    words = [str(word) for word in (source, start, end) if word is not None]
    if argument.takes == "place":
        return place_of(words)
    return distribute((argument,), words, called="")[argument.name]
