"""A magic's line read, and the help that `%casekit` prints."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from html import escape

from casekit.jupyter.kernel.lines import read_words, split_words
from casekit.jupyter.kernel.verbs import VERBS, verb_called
from casekit.language import say
from casekit.verbs import Act, Argument, Asked, Option, UsageError, Verb

__all__ = ["Help", "read_line"]


@dataclass(frozen=True, slots=True)
class Help:
    """The help of all verbs, or of one."""

    verb: Verb | None = None

    def __repr__(self) -> str:
        if self.verb is not None:
            return "\n".join(_of_verb(self.verb))
        lines = [say("用法：%casekit 动词 …   结果可以接住：answer = %casekit search 会员数字化",
                     "usage: %casekit VERB …   keep the result: answer = %casekit search member data"), ""]  # fmt: skip
        lines += [f"  {f'{verb.name} {_words(verb)}'.strip():<26}{verb.meaning()}" for verb in VERBS]
        return "\n".join(
            [
                *lines,
                "",
                say(
                    "%casekit 动词 --help 看选项；%%casekit check 核对一格文字；Tab 补全动词、选项、编号和名称。",
                    "%casekit VERB --help tells the options; %%casekit check checks a cell's text; Tab completes.",
                ),
            ]
        )

    def _repr_html_(self) -> str:
        from casekit.jupyter.kernel.display.parts import framed

        return framed(f"<pre>{escape(repr(self))}</pre>")


def _words(verb: Verb) -> str:
    """What stands behind a verb, in its short form."""
    if verb.actions:
        return "ACTION …"
    return " ".join(_word(argument) for argument in verb.acts[0].arguments)


def _word(argument: Argument) -> str:
    shown = argument.metavar or argument.name.upper()
    if argument.takes == "place":
        return f"{shown} START END"
    if argument.takes == "range":
        return f"{shown} [START END]"
    shown += "…" if argument.many else ""
    return shown if argument.least else f"[{shown}]"


def _of_verb(verb: Verb) -> list[str]:
    acts = verb.at("magic")
    lines = [f"%casekit {verb.name} {_words(verb)}".rstrip(), verb.meaning(), ""]
    if verb.actions:
        called = [(f"{act.name} {' '.join(map(_word, act.arguments))}".rstrip(), act) for act in acts]
        lines += [*(f"  {shape:<26}{act.meaning()}" for shape, act in called), ""]
    options = {option.flag: option for act in acts for option in act.at("magic")}
    for option in options.values():
        lines.append(f"  {', '.join(option.flags) + _value(option):<26}{say(option.zh, option.en)}")
    if verb.cell is not None:
        lines += ["", f"%%casekit {verb.name}  {verb.cell.meaning()}"]
        lines += [f"  {option.flag:<26}{say(option.zh, option.en)}" for option in verb.cell.at("magic")]
    lines += ["", *(_example(act) for act in acts)]
    return lines


def _value(option: Option) -> str:
    if option.takes == "flag":
        return ""
    known = option.known()
    return " " + (
        "|".join(map(str, known)) if known and option.takes != "style" else option.metavar or option.name.upper()
    )


def _example(act: Act) -> str:
    return say("例：", "e.g. ") + f"%casekit {act.shown_example()}"


def read_line(line: str) -> tuple[Verb, Act, Asked] | Help:
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
        raise UsageError(_no_verb(words[0]))
    if {"--help", "-h"} & set(words[1:]):
        return Help(verb)
    return verb, *read_words(verb, words[1:])


def _no_verb(name: str) -> str:
    from casekit.verbs import verb_called as told

    elsewhere = told(name)
    if elsewhere is not None and elsewhere.acts[0].magic is not None:
        return say(f"笔记本里没有 {name}：", f"no {name} in a notebook: ") + say(*elsewhere.acts[0].magic)
    near = difflib.get_close_matches(name, [one.name for one in VERBS], n=1)
    more = (
        say(f"；是不是 {near[0]}？", f"; did you mean {near[0]}?")
        if near
        else say("；%casekit 列出全部", "; see %casekit")
    )
    return say(f"没有 {name} 这个动词", f"no verb {name}") + more
