"""The words of a magic's line, and what they ask of a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from casekit.language import say
from casekit.verbs import Act, Asked, Option, UsageError, Verb, distribute, settle

__all__ = ["asked_in_cell", "read_words", "split_words"]

# A word is quoted only where it begins with the mark: an apostrophe inside a word is an apostrophe.
_WORD = re.compile(r"""(--?[\w-]+=)?(?:"([^"]*)"|'([^']*)')(?=\s|$)|(\S+)""")


def split_words(line: str) -> list[str]:
    """The words of a line; quotation marks around a word (or an option's value) hold it together."""
    found = []
    for match in _WORD.finditer(line):
        option, double, single, plain = match.groups()
        found.append(plain if plain is not None else (option or "") + (double if double is not None else single))
    return found


def read_words(verb: Verb, words: Sequence[str]) -> tuple[Act, Asked]:
    """Which act of a verb the words behind it ask for, and what of it.

    Raises:
        UsageError: If they cannot be understood, or only the command line has this act.
    """
    plain, given = _sorted(verb, verb.options, words)
    act = _act(verb, plain)
    if act.magic is not None:
        raise UsageError(
            say(f"笔记本里没有 {verb.called(act)}：", f"no {verb.called(act)} in a notebook: ") + say(*act.magic)
        )
    given |= distribute(act.arguments, plain[1:] if act.name else plain, called=verb.called(act))
    return act, settle(verb, act, given, door="magic")


def asked_in_cell(verb: Verb, act: Act, words: Sequence[str], cell: str) -> Asked:
    """What is asked of the text of a cell, with the options behind the verb.

    Raises:
        UsageError: If there is anything but options.
    """
    plain, given = _sorted(verb, act.options, words)
    if plain:
        raise UsageError(say(f"整格的 {verb.name} 后面只能有选项", f"in a cell {verb.name} takes nothing but options"))
    return settle(verb, act, {**given, act.arguments[0].name: cell}, door="magic")


def _act(verb: Verb, plain: Sequence[str]) -> Act:
    if not verb.actions:
        return verb.acts[0]
    action = plain[0] if plain else ""
    found = verb.act(action) if action else None
    if found is None:
        listed = say("、", ", ").join(verb.actions)
        raise UsageError(
            say(f"{verb.name} 后面接：{listed}", f"{verb.name} takes: {listed}")
            if not action
            else say(f"{verb.name} 没有 {action}；可用：{listed}", f"{verb.name} knows no {action}; wanted: {listed}")
        )
    return found


def _sorted(verb: Verb, options: Sequence[Option], words: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """The plain words, and the options' values as they were written."""
    plain: list[str] = []
    given: dict[str, Any] = {}
    known = _Known(verb, tuple(options))
    rest = iter(words)
    for word in rest:
        if word == "--":
            plain += rest
        elif len(word) > 1 and word[0] == "-" and not word[1].isdigit():
            option, value = known.read(word, rest)
            given[option.name] = [*given.get(option.name, []), value] if option.many else value
        else:
            plain.append(word)
    return plain, given


class _Known:
    """The options of a verb, read off its words."""

    def __init__(self, verb: Verb, options: tuple[Option, ...]) -> None:
        self._verb, self._options = verb, options

    def read(self, word: str, rest: Iterator[str]) -> tuple[Option, Any]:
        """The option of a word, with its value from there or from the word that follows."""
        flag, equals, value = word.partition("=")
        option = self._called(flag)
        if option is None and not word.startswith("--"):  # `-k5` is `-k 5`
            option, equals, value = self._called(word[:2]), "=", word[2:]
        if option is None:
            name = self._verb.name
            raise UsageError(
                say(f"{name} 没有选项 {flag}；%casekit {name} --help 列出全部",
                    f"{name} has no option {flag}; see %casekit {name} --help")
            )  # fmt: skip
        if option.takes == "flag":
            return option, True
        if not equals:
            value = next(rest, "")
        if not value:
            raise UsageError(say(f"选项 {option.flag} 后面要跟一个值", f"option {option.flag} wants a value"))
        return option, value

    def _called(self, flag: str) -> Option | None:
        from casekit.verbs.telling import option_called

        return option_called(self._options, flag)
