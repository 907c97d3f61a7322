"""A magic's line taken apart, and the help that `%casekit` prints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from casekit.jupyter.kernel.asked import Asked, Option, UsageError, Verb
from casekit.jupyter.kernel.verbs import VERBS, verb_called
from casekit.language import say

__all__ = ["Help", "read_line", "split_words"]

# A word is quoted only where it begins with the mark: an apostrophe inside a word is an apostrophe.
_WORD = re.compile(r"""(--?[\w-]+=)?(?:"([^"]*)"|'([^']*)')(?=\s|$)|(\S+)""")


@dataclass(frozen=True, slots=True)
class Help:
    """The help of all verbs, or of one."""

    verb: Verb | None = None

    def __repr__(self) -> str:
        if self.verb is not None:
            return "\n".join(self._of_verb(self.verb))
        lines = [say("用法: %casekit 动词 …   结果可以接住:answer = %casekit search 会员数字化",
                     "usage: %casekit VERB …   keep the result: answer = %casekit search member data"), ""]  # fmt: skip
        lines += [f"  {f'{verb.name} {verb.shape}'.strip():<26}{verb.meaning()}" for verb in VERBS]
        return "\n".join(
            [
                *lines,
                "",
                say(
                    "%casekit 动词 --help 看选项;%%casekit check 核对一格文字;Tab 补全动词、选项、编号和名称。",
                    "%casekit VERB --help tells the options; %%casekit check checks a cell's text; Tab completes.",
                ),
            ]
        )

    @staticmethod
    def _of_verb(verb: Verb) -> list[str]:
        lines = [f"%casekit {verb.name} {verb.shape}".rstrip(), verb.meaning()]
        if verb.actions:
            lines += ["", "  " + " | ".join(verb.actions)]
        if verb.options:
            lines.append("")
        for one in verb.options:
            value = "" if one.takes == "nothing" else f" {'|'.join(one.choices) or one.takes.upper()}"
            lines.append(f"  {one.flag + value:<26}{say(one.zh, one.en)}")
        return lines

    def _repr_html_(self) -> str:
        from casekit.jupyter.kernel.display.parts import framed

        return framed(f"<pre>{escape(repr(self))}</pre>")


def split_words(line: str) -> list[str]:
    """The words of a line; quotation marks around a word (or an option's value) hold it together."""
    found = []
    for match in _WORD.finditer(line):
        option, double, single, plain = match.groups()
        found.append(plain if plain is not None else (option or "") + (double if double is not None else single))
    return found


def read_line(line: str) -> tuple[Verb, Asked] | Help:
    """The verb of a line with what it is asked, or the help where that is wanted.

    Raises:
        UsageError: If it cannot be understood.
    """
    words = split_words(line)
    if not words or words[0] in ("help", "--help", "-h"):
        named = verb_called(words[1]) if len(words) > 1 else None
        return Help(named)
    verb = verb_called(words[0])
    if verb is None:
        near = difflib.get_close_matches(words[0], [one.name for one in VERBS], n=1)
        more = (
            say(f";是不是 {near[0]}?", f"; did you mean {near[0]}?")
            if near
            else say(";%casekit 列出全部", "; see %casekit")
        )
        raise UsageError(say(f"没有 {words[0]} 这个动词", f"no verb {words[0]}") + more)
    if {"--help", "-h"} & set(words[1:]):
        return Help(verb)
    return verb, _asked(verb, words[1:])


def _asked(verb: Verb, words: Sequence[str]) -> Asked:
    given: dict[str, Any] = {one.name: ([] if one.many else one.default) for one in verb.options}
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            plain += rest
        elif len(word) > 1 and word[0] == "-" and not word[1].isdigit():
            flag, equals, value = word.partition("=")
            option = verb.option(flag) or _short(verb, word)
            if option is None:
                raise UsageError(
                    say(f"{verb.name} 没有选项 {flag};%casekit {verb.name} --help 列出全部",
                        f"{verb.name} has no option {flag}; see %casekit {verb.name} --help")
                )  # fmt: skip
            if option.takes == "nothing":
                given[option.name] = True
                continue
            if not equals:
                value = word[2:] if not word.startswith("--") and len(word) > 2 else next(rest, "")
            made = _value(option, value)
            given[option.name] = [*given[option.name], made] if option.many else made
        else:
            plain.append(word)
    return Asked(tuple(plain), given)


def _short(verb: Verb, word: str) -> Option | None:
    """`-k5` is `-k 5`."""
    return verb.option(word[:2]) if not word.startswith("--") else None


def _value(option: Option, value: str) -> Any:
    if not value:
        raise UsageError(say(f"选项 {option.flag} 后面要跟一个值", f"option {option.flag} wants a value"))
    if option.takes == "number":
        if not value.isdecimal():
            raise UsageError(
                say(f"{option.flag} 应是整数,得到 {value}", f"{option.flag} wants a whole number, not {value}")
            )
        return int(value)
    if option.choices and value not in option.choices:
        listed = say("、", ", ").join(option.choices)
        raise UsageError(
            say(
                f"{option.flag} 没有 {value} 这个选择,可选:{listed}",
                f"{option.flag} knows no {value}; wanted: {listed}",
            )
        )
    return value
