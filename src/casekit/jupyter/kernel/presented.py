"""The object that a verb gives, as a notebook holds it: the record that Python calls give, which shows itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.search import Answer
from casekit.verbs import Act, Asked, Verb

if TYPE_CHECKING:
    from casekit.jupyter.kernel.checked import CheckedDraft
    from casekit.workbench import Workbench

__all__ = ["FacetedAnswer", "do"]


@dataclass(frozen=True, slots=True)
class FacetedAnswer(Answer):
    """An answer with the number of hits that name each thing, by type."""

    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def do(verb: Verb, act: Act, asked: Asked, bench: Workbench | None) -> Any:
    """What the act gives, as a notebook holds it; long work shows how far it is.

    Raises:
        CasekitError: What the workbench refuses.
    """
    called = verb.called(act)
    found = _with_bars(called, act, asked, bench) if called in _LONG else act.do(bench, asked)
    presented = _PRESENTED.get(called)
    return presented(bench, asked, found) if presented is not None else found


# ---- long work ------------------------------------------------------------------------------------------------------
def _built_files(built: Any) -> str:
    n = len(built.files)
    return say(f"{n} 个文件", f"{n} files")


def _verdict(checked: Any) -> str:
    return say("有问题", "something is wrong") if checked.wrong else say("可以用", "ready to use")


# The bench of a notebook has bars of its own for the other long verbs.
_LONG: Final[Mapping[str, tuple[tuple[str, str], Callable[[Any], str]]]] = {
    "workshop build": (("生成研讨课", "building the workshop"), _built_files),
    "workshop check": (("检查研讨课", "checking the workshop"), _verdict),
}


def _with_bars(called: str, act: Act, asked: Asked, bench: Workbench | None) -> Any:
    from casekit.jupyter.kernel.progress import bars

    title, result = _LONG[called]
    with bars(say(*title)) as shown:
        found = act.do(bench, asked.telling(shown.step))
        shown.result = result(found)
    return found


# ---- objects --------------------------------------------------------------------------------------------------------
def _answer(bench: Workbench, asked: Asked, found: Any) -> Any:
    from casekit.verbs.results import Passages

    return _of_passages(found) if isinstance(found, Passages) else [_of_passages(one) for one in found]


def _of_passages(found: Any) -> Answer:
    answer: Answer = found.answer
    if found.facets is None:
        return answer
    known = (answer.query, answer.answerable, answer.hits, answer.expansion, answer.evidence, answer.meant)
    return FacetedAnswer(*known, facets=found.facets)


def _frame(kind: str) -> Callable[[Any, Asked, Any], Any]:
    """The rows as the workbench's own table, which is shown with addresses and in words."""

    def present(bench: Any, asked: Asked, found: Any) -> Any:
        if asked.values.get("compare"):
            return found
        frame = getattr(bench, kind)(**asked.some("source", "entity"))
        for column in ("kind", "certainty"):
            chosen = asked.values.get(column)
            if chosen is not None and len(frame):
                frame = frame[frame[column] == chosen]
        return frame

    return present


def _references(bench: Workbench | None, asked: Asked, found: Any) -> Any:
    from casekit.jupyter.kernel.references import ReferenceList

    return ReferenceList(tuple((entry.id, entry.text) for entry in found), asked["style"])


def _checked(bench: Workbench, asked: Asked, found: Any) -> CheckedDraft | list[CheckedDraft]:
    from casekit.jupyter.kernel.checked import CheckedDraft

    made = [CheckedDraft(one.draft, one.findings, everything=one.everything) for one in found]
    return made[0] if len(made) == 1 else made


_PRESENTED: Final[Mapping[str, Callable[[Any, Asked, Any], Any]]] = {
    "search": _answer,
    "quote": lambda bench, asked, found: found.annotation if asked["annotation"] else found,
    "cite": _references,
    "check": _checked,
    "text": lambda bench, asked, found: found.text,
    "corpus": lambda bench, asked, found: bench.sources() if asked["what"] is None else found,
    "facts": _frame("facts"),
    "mentions": _frame("mentions"),
    "relations": _frame("relations"),
    "case show": lambda bench, asked, found: found.case,
    "case new": lambda bench, asked, found: found.case,
}
