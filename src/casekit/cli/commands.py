"""Every command, in the order of the help, made from the telling of the verbs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from casekit.cli.declared import asked_of, declare
from casekit.language import say
from casekit.verbs import VERBS, Act, Verb

__all__ = ["COMMANDS", "Command"]


@dataclass(frozen=True, slots=True)
class Command:
    """A verb at the command line."""

    verb: Verb

    @property
    def name(self) -> str:
        """What it is called."""
        return self.verb.name

    @property
    def zh(self) -> str:
        """What it does, in Chinese."""
        return self.verb.zh

    @property
    def en(self) -> str:
        """What it does, in English."""
        return self.verb.en

    @property
    def group(self) -> str:
        """Where the help lists it."""
        return self.verb.group

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments and options."""
        declare(parser, self.verb)

    def epilog(self, acts: Sequence[Act] = ()) -> str:
        """Examples, what `--json` prints, and when the exit code is 1; of all acts where none are given."""
        acts = acts or self.verb.at("shell")
        lines = [say("例：", "for example:"), *(f"  casekit {act.shown_example()}" for act in acts)]
        lines += [say("--json 输出：", "--json prints:"), *(f"  {_shape(self.verb, act)}" for act in acts if act.shape)]
        wrong = [(self.verb.called(act), say(*act.wrong)) for act in acts if act.wrong]
        lines += [say(f"退出码 1：{name}：{why}", f"exit code 1: {name}: {why}") for name, why in wrong]
        return "\n".join(lines)

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit code."""
        from casekit.cli.running import run

        act, asked = asked_of(self.verb, options)
        return run(self.verb, act, asked, options)


def _shape(verb: Verb, act: Act) -> str:
    return f"{act.name}: {act.shape}" if verb.actions else act.shape


COMMANDS: tuple[Command, ...] = tuple(Command(verb) for verb in VERBS if verb.at("shell"))
