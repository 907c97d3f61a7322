"""Every command, in the order of the help."""

from __future__ import annotations

from casekit.cli import asking, cases, check, corpus, knowledge, lab, mcp, network, publish, relation, tidy, workshop

__all__ = ["COMMANDS"]

COMMANDS = (
    *corpus.COMMANDS,
    *tidy.COMMANDS,
    *asking.COMMANDS,
    *check.COMMANDS,
    *knowledge.COMMANDS,
    *network.COMMANDS,
    *relation.COMMANDS,
    *cases.COMMANDS,
    *publish.COMMANDS,
    *workshop.COMMANDS,
    *lab.COMMANDS,
    *mcp.COMMANDS,
)
