"""The verbs of `%casekit`: those of the telling that notebooks have, and the list of references, which only they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casekit import verbs
from casekit.verbs import Act, Asked, Option, Verb
from casekit.verbs.shared import STYLE
from casekit.verbs.telling import single

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS", "verb_called"]

_ONLY_HERE: Final = ("只有笔记本里才有", "only a notebook has one")


def _references(bench: Workbench, asked: Asked) -> Any:
    from casekit.jupyter.kernel.references import references

    return references(style=asked["style"], notebook=asked["notebook"], wb=bench)


def _references_json(bench: Workbench, asked: Asked, found: Any) -> list[dict[str, str]]:
    return [{"id": source, "text": text} for source, text in found.entries]


_REFERENCES: Final = Act(
    do=_references,
    json=_references_json,
    zh="这本笔记本引用了什么，列成文献表",
    en="what this notebook cites, as a list of references",
    example="references --style apa",
    shape='[{"id","text"}]',
    options=(
        STYLE,
        Option("--notebook", "file", "另一本笔记本的文件", "the file of another notebook", metavar="FILE"),
    ),
    errors=("SourceError",),
    tool=_ONLY_HERE,
    shell=_ONLY_HERE,
)

VERBS: Final[tuple[Verb, ...]] = (
    *(verb for verb in verbs.VERBS if verb.at("magic")),
    single("references", "ask", _REFERENCES),
)
"""All verbs of a notebook, in the order of the help."""


def verb_called(name: str) -> Verb | None:
    """The verb of this name."""
    return next((verb for verb in VERBS if verb.name == name), None)
