"""How relations added by hand look in a terminal; and how evidence is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.rejected import RELATION_SCREENS
from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS", "address_of", "flat", "polarity_of", "standing_of"]


def address_of(place: dict[str, Any]) -> str:
    """The address of a row, as it is printed."""
    return str(Address.of_json(place))


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def polarity_of(polarity: str, relation: str = "") -> str:
    """How a relation is said, in brackets; nothing for a plain assertion but of a figure, whose certainty is always told."""
    if polarity == "asserted" and relation != "achieved":
        return ""
    from casekit.graph.layout import polarity_name

    return f" [{polarity_name(polarity, relation)}]"


def standing_of(standing: str) -> str:
    """The mark of what no original says, in brackets; nothing where one does."""
    from casekit.workbench.knowledge.voices import marked

    told = marked("", standing)
    return f" {told}" if told else ""


def _added(bench: Workbench, asked: Asked, made: Any) -> None:
    from casekit.workbench.knowledge.relationfile import relations_path

    path = relations_path(bench.workspace.corpus)
    print(say(f"第 {made.number} 条，写进 {path}", f"entry {made.number}, written to {path}"))


def _removed(bench: Workbench, asked: Asked, gone: Any) -> None:
    for entry in gone:
        print(say("已删除：", "removed: ") + f"{entry.subject} {entry.relation} {entry.object or entry.text}")


def _listed(bench: Workbench, asked: Asked, checked: Any) -> None:
    for entry, verdicts in checked:
        what = entry.object or ""
        text = f" ({entry.text})" if entry.text else ""
        how = polarity_of(entry.polarity, entry.relation)
        print(
            f"{entry.number}. {entry.subject} {entry.relation} {what}{text}{how}"
            + (f"  # {entry.note}" if entry.note else "")
        )
        for v in verdicts:
            mark = "✓" if v.status == "ok" else "✗"
            print(f"    {mark} {v.evidence.address} {v.message}  {flat(v.quote or '')}")
    tell(say(f"共 {len(checked)} 条", f"{len(checked)} in all"))


SCREENS = {
    "relation add": Screen(_added),
    "relation remove": Screen(_removed),
    "relation list": Screen(_listed),
    **RELATION_SCREENS,
}
