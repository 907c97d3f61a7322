"""What commands share: opening the workspace, printing JSON and messages."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["emit", "id_argument", "no_arguments", "open_workbench", "range_arguments", "tell"]


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
    """An address: a source and a range of code points."""
    id_argument(parser)
    parser.add_argument("start", type=int, help=say("起点(字)", "first code point"))
    parser.add_argument("end", type=int, help=say("终点(不含)", "end, exclusive"))
