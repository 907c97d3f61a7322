"""`casekit mcp`: the workspace for assistants that speak the Model Context Protocol."""

from __future__ import annotations

import argparse

from casekit.cli.common import no_arguments, open_workbench
from casekit.cli.parser import Command

__all__ = ["COMMANDS"]


def _mcp(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    from casekit.mcp import serve

    serve(bench)
    return 0


COMMANDS = (
    Command(
        "mcp",
        "供 AI 助手查阅的 MCP 服务(标准输入输出,只读)",
        "MCP server for assistants (standard input and output, read-only)",
        no_arguments,
        _mcp,
        "care",
    ),
)
