"""The file of proposals, `corpus/proposals.yaml`: what awaits a person, and what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casekit.errors import SettingError
from casekit.keptrows import load_rows, save_rows
from casekit.language import say
from casekit.workbench.proposed.records import Proposal

__all__ = ["load_proposals", "proposals_path", "save_proposals"]

_HEADER = "# What was proposed and awaits you, and what became of it.\n# casekit propose, casekit proposal list|accept|reject|undo\n"


def proposals_path(corpus: Path) -> Path:
    """Where the proposals lie."""
    return corpus / "proposals.yaml"


def load_proposals(path: Path) -> list[Proposal]:
    """The proposals, oldest first; none where there is no such file.

    Raises:
        SettingError: If it is no list of them; the message names the entry.
    """
    found = load_rows(path, Proposal.of_json)
    if len({one.number for one in found}) < len(found):
        raise SettingError(say(f"{path.name} 有两条编号相同", f"{path.name}: two entries have the same number"))
    return found


def save_proposals(path: Path, proposals: Sequence[Proposal]) -> None:
    """Write the proposals.

    Raises:
        WorkspaceError: If the file cannot be written; it is as it was.
        SettingError: If YAML cannot hold what they say; then too.
    """
    wanted = list(proposals)
    save_rows(path, [one.to_json() for one in wanted], load_proposals, wanted, header=_HEADER)
