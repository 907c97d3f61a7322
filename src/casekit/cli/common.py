"""What commands share: opening the workspace, printing JSON and messages."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING

from casekit.cli.parser import UsageError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["emit", "id_argument", "no_arguments", "open_workbench", "range_arguments", "settle_range", "tell"]


def open_workbench(options: argparse.Namespace) -> Workbench:
    """The workbench of the workspace that the options name."""
    from casekit.workbench import Workbench

    return Workbench.open(options.workspace)


def emit(data: object) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def tell(text: str) -> None:
    """A message on stderr."""
    print(text, file=sys.stderr)


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """A command without arguments of its own."""


def id_argument(parser: argparse.ArgumentParser) -> None:
    """The id of one source."""
    parser.add_argument("id", metavar="ID", help=say("来源编号", "source id"))


def range_arguments(parser: argparse.ArgumentParser) -> None:
    """An address: a source and a range of code points, as three words or as `ID:START-END`."""
    parser.add_argument("id", metavar="ID", help=say("来源编号,或 编号:起点-终点", "source id, or ID:START-END"))
    parser.add_argument("start", nargs="?", type=int, help=say("起点(字)", "first code point"))
    parser.add_argument("end", nargs="?", type=int, help=say("终点(不含)", "end, exclusive"))


def settle_range(options: argparse.Namespace) -> None:
    """Take `ID:START-END` apart.

    Raises:
        UsageError: If there is no range.
    """
    if options.start is not None and options.end is not None:
        return
    found = re.fullmatch(r"(.+):(\d+)-(\d+)", options.id) if options.start is None else None
    if found is None:
        raise UsageError(
            say("请给出一段:编号 起点 终点,或 编号:起点-终点", "name a range: ID START END, or ID:START-END")
        )
    options.id, options.start, options.end = found[1], int(found[2]), int(found[3])
