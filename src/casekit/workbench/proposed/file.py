"""The file of proposals, `corpus/proposals.yaml`: what awaits a person, and what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casekit.errors import SettingError
from casekit.kept import keep
from casekit.language import say
from casekit.workbench.proposed.records import Proposal
from casekit.yamltext import yaml_text

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
    if not path.is_file():
        return []
    import yaml

    try:
        rows = yaml.load(path.read_text("utf-8-sig"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or []
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise SettingError(
            say(f"{path.name} 不是有效的 YAML：{error}", f"{path.name} is no valid YAML: {error}")
        ) from error
    if not isinstance(rows, list):
        raise SettingError(say(f"{path.name} 应是一个列表", f"{path.name} should be a list"))
    found: list[Proposal] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(Proposal.of_json(row))
        except ValueError as error:
            raise SettingError(
                say(f"{path.name} 第 {number} 条有误：{error}", f"{path.name} entry {number} is wrong: {error}")
            ) from error
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

    def check(written: Path) -> None:
        if load_proposals(written) != wanted:
            raise SettingError(
                say(f"{path.name} 没有写：读回来不一样", f"{path.name} not written: it reads back otherwise")
            )

    keep(path, _HEADER + (yaml_text([one.to_json() for one in wanted]) if wanted else ""), check=check)
