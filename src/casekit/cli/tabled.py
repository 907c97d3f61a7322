"""`--csv` and `--xlsx`: the answer of any verb that gives rows, as a file; in Excel its addresses lead to the words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.cli.terminal import one_line
from casekit.language import say
from casekit.tables import Sheet, csv_text, save_bytes, table_of, write_workbook
from casekit.verbs import UsageError

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["no_table", "save_table"]


def save_table(called: str, bench: Workbench | None, data: Any, options: argparse.Namespace) -> None:
    """Write the rows into the files that the options name; `-` is stdout, for CSV alone.

    Raises:
        UsageError: If the verb gives no rows.
    """
    if isinstance(data, Iterator):  # one answer a query
        data = [{"query": one.get("query"), **row} for one in data for row in one.get("hits", ())]
    table = table_of(data)
    if table is None:
        raise no_table(called)
    columns, rows = table
    if options.csv == "-":
        sys.stdout.write(csv_text(columns, rows).replace("\r\n", "\n"))
    elif options.csv:
        _told(save_bytes(Path(options.csv), "\ufeff" + csv_text(columns, rows)), len(rows))
    if options.xlsx:
        sheet = Sheet(called, columns, rows)
        write = write_workbook if bench is None else bench.save_sheets
        _told(write([sheet], options.xlsx), len(rows))


def no_table(called: str) -> UsageError:
    """What is said where a verb gives no rows."""
    return UsageError(
        say(f"{called} 的回答不是表格，没有 --csv 和 --xlsx", f"{called} gives no table: no --csv, no --xlsx")
    )


def _told(path: Path, n: int) -> None:
    print(one_line(say(f"{path}：{n} 行", f"{path}: {n} rows")), file=sys.stderr)
