"""Options and help, in Chinese or English."""

from __future__ import annotations

import argparse
import difflib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from casekit import language
from casekit.cli.commands import COMMANDS, Command
from casekit.cli.declared import declare_act
from casekit.language import say
from casekit.verbs import GROUPS, UsageError, verb_called

__all__ = ["UsageError", "make_parser", "parse", "settle_language"]

_ARGPARSE_ZH = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+): expected one argument", r"选项 \1 后面要跟一个值"),
    (r"argument (.+): expected at least one argument", r"\1 至少要一个"),
    (r"argument (.+): invalid int value: (.+)", r"\1 应是整数，得到 \2"),
    (r"argument (.+): invalid choice: (.+?) \(choose from (.+)\)", r"\1 没有 \2 这个选择，可选：\3"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"one of the arguments (.+) is required", r"以下至少给一个：\1"),
    (r"ambiguous option: (.+) could match (.+)", r"选项 \1 有歧义，可能是 \2"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Usage and sections in the language in force."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own signature
        """Print "用法" for "usage" where Chinese is spoken."""
        super().add_usage(usage, actions, groups, prefix or say("用法：", "usage: "))

    def format_help(self) -> str:
        """The help, its headings with the colon of their language."""
        told = super().format_help()
        return re.sub(r"^(\S+):$", r"\1：", told, flags=re.MULTILINE) if language.current() == "zh" else told


class _Parser(argparse.ArgumentParser):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "formatter_class": _Help, "add_help": False})
        self._positionals.title = say("参数", "arguments")
        self._optionals.title = say("选项", "options")
        self.add_argument("-h", "--help", action="help", help=say("显示这份说明", "show this help"))

    def error(self, message: str) -> NoReturn:
        message = _suggesting(message)
        if language.current() == "zh":
            for english, chinese in _ARGPARSE_ZH:
                if re.fullmatch(english, message, re.DOTALL):
                    message = re.sub(english, chinese, message, flags=re.DOTALL)
                    break
        hint = say(f"（{self.prog} --help 有说明）", f" (see {self.prog} --help)")
        raise UsageError(f"{message}{hint}")


class _Versions(argparse.Action):
    """Prints the versions and ends."""

    def __init__(self, option_strings: Sequence[str], dest: str, **options: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **options)

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option_string: Any = None
    ) -> NoReturn:
        from casekit.cli.running import versions

        print("\n".join(versions(namespace.workspace)))
        parser.exit(0)


def _suggesting(message: str) -> str:
    """An unknown choice with the nearest known one in place of the whole list."""
    found = re.fullmatch(r"argument (.+): invalid choice: '(.+?)' \(choose from (.+)\)", message, re.DOTALL)
    if found is None:
        return message
    known = [word.strip().strip("'") for word in found[3].split(",")]
    near = difflib.get_close_matches(found[2], known, n=1)
    if not near:
        return message
    return say(f"没有 {found[2]}；是不是 {near[0]}？", f"no {found[2]} here; did you mean {near[0]}?")


def settle_language(arguments: Sequence[str]) -> None:
    """Choose the language before anything is parsed: --lang, CASEKIT_LANG, the nearest casekit.toml, Chinese."""
    for i, argument in enumerate(arguments):
        named = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and i + 1 < len(arguments):
            named = arguments[i + 1]
        if named in ("zh", "en"):
            os.environ["CASEKIT_LANG"] = named
    if os.environ.get("CASEKIT_LANG"):
        return
    here = Path.cwd()
    for folder in (here, *here.parents):
        try:
            text = (folder / "casekit.toml").read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        found = re.search(r'^\s*language\s*=\s*"(\w+)"', text, re.MULTILINE)
        if found:
            language.use(found[1])
        return


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command line; names may stand before and after options, common options before the command too.

    Raises:
        UsageError: If it cannot be understood.
    """
    arguments = _common_behind(arguments)
    _help_of_action(arguments)
    parser = make_parser(arguments)
    options, rest = parser.parse_known_args(arguments)
    if rest and (not hasattr(options, "names") or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}{_nearest_option(arguments[0], rest)}")
    if rest:
        options.names = [*options.names, *rest]
    return options


def _help_of_action(words: Sequence[str]) -> None:
    """Where help for one action of a verb is asked for (`casekit case new --help`), print that and end."""
    command = next((one for one in COMMANDS if words and one.name == words[0]), None)
    if command is None or len(words) < 2 or not {"-h", "--help"} & set(words):
        return
    act = next((one for one in command.verb.at("shell") if one.name and one.name == words[1]), None)
    if act is None:
        return
    parser = _Parser(
        prog=f"casekit {command.name} {act.name}", description=act.meaning(), epilog=command.epilog((act,))
    )
    declare_act(parser, act)
    _declare_common(parser.add_argument_group(say("通用选项", "common options")))
    parser.print_help()
    parser.exit(0)


def _nearest_option(name: str, rest: Sequence[str]) -> str:
    """What was probably meant by an option that the verb has not."""
    verb = verb_called(name)
    wrong = next((word.partition("=")[0] for word in rest if word.startswith("-")), None)
    if verb is None or wrong is None:
        return ""
    known = [flag for act in verb.at("shell") for option in act.at("shell") for flag in option.flags]
    near = difflib.get_close_matches(wrong, [*known, *_COMMON], n=1)
    return say(f"；是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ""


_COMMON = {"--workspace": True, "--json": False, "--csv": True, "--xlsx": True, "--lang": True}
"""The options that every command takes, and whether a value follows."""


def _common_behind(arguments: Sequence[str]) -> list[str]:
    """The same command line with common options that stand before the command behind it, where they are declared.

    Given twice, the one behind the command counts.
    """
    words, at = list(arguments), 0
    while at < len(words) and words[at].startswith("--"):
        name, equals, _ = words[at].partition("=")
        meant = [option for option in _COMMON if option.startswith(name)] if len(name) > 2 else []
        if len(meant) != 1:
            break
        at += 2 if _COMMON[meant[0]] and not equals else 1
    if not 0 < at < len(words) or words[at].startswith("-"):
        return words
    return [words[at], *words[:at], *words[at + 1 :]]


def make_parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The parser of all commands.

    Given the `words` of a command line, only the commands named among them get their options: what the others need for
    theirs (reference styles, export formats …) is not loaded.
    """
    common: Any = argparse.ArgumentParser(add_help=False)
    _declare_common(common.add_argument_group(say("通用选项", "common options")))
    parser = _Parser(
        prog="casekit",
        usage=say("casekit [通用选项] 命令 [选项]", "casekit [common options] COMMAND [options]"),
        description=say(
            "中文商业案例工作台：按意思找，按原文引，每个答案都有出处。",
            "A workbench for Chinese business cases: find by meaning, quote by the source, every answer has its address.",
        ),
        epilog=_overview(COMMANDS),
    )
    parser.add_argument(
        "--version",
        action=_Versions,
        help=say("显示版本、索引与模型", "show the versions of casekit, the index and its model"),
    )
    _declare_common(
        parser.add_argument_group(
            say("通用选项（写在命令之前或之后都行）", "common options (before or after the command)")
        )
    )
    verbs = parser.add_subparsers(
        dest="command", metavar=say("命令", "COMMAND"), required=True, prog="casekit", help=argparse.SUPPRESS
    )
    for command in COMMANDS:
        text = say(command.zh, command.en)
        verb = verbs.add_parser(command.name, parents=[common], description=text, epilog=command.epilog())
        if words is None or command.name in words:
            command.arguments(verb)
        verb.set_defaults(run=command.run)
    return parser


def _declare_common(group: Any) -> None:
    """The options that every command takes."""
    group.add_argument(
        "--workspace",
        metavar="DIR",
        help=say("工作区；默认是向上最近的 casekit.toml 所在处", "workspace (default: nearest upward)"),
    )
    group.add_argument(
        "--json", action="store_true", help=say("只输出一份 JSON", "print one JSON document, nothing else")
    )
    group.add_argument(
        "--csv", metavar="FILE", help=say("把表格写成 CSV；- 为屏幕", "write the rows as CSV; - is the screen")
    )
    group.add_argument(
        "--xlsx",
        metavar="FILE",
        help=say("把表格写成 Excel，出处可点", "write the rows as an Excel workbook whose addresses can be clicked"),
    )
    group.add_argument("--lang", dest="language", choices=("zh", "en"), help=say("界面语言", "language of messages"))


def _overview(commands: Sequence[Command]) -> str:
    lines = []
    for group, names in GROUPS.items():
        some = [command for command in commands if command.group == group]
        if not some:
            continue
        lines.append(say(*names) + ":")
        lines += [f"  {command.name:<10} {say(command.zh, command.en)}" for command in some]
        lines.append("")
    lines.append(
        say(
            "casekit 命令 --help 看每个命令的选项；--lang en 用英文。",
            "casekit COMMAND --help tells a command's options.",
        )
    )
    return "\n".join(lines)
