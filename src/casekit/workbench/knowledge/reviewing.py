"""The lexicon's review queue: candidates with their contexts, and what people decide of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from casekit.cues import in_force
from casekit.errors import SettingError
from casekit.language import say
from casekit.lexicon import Decision, load_decisions, save_decisions
from casekit.lexicon.decisions import DECISIONS, Verdict
from casekit.passages import quote_of
from casekit.types import Doc, EntityType, Span

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["candidate_rows", "decide"]

_CONTEXT_CHARS = 20


def candidate_rows(held: Held) -> list[dict[str, Any]]:
    """Candidates as JSON rows; `contexts` are addresses with the kept characters on both sides."""
    with in_force(held.cues):
        return _candidate_rows(held)


def _candidate_rows(held: Held) -> list[dict[str, Any]]:
    from casekit.mentions import discover

    docs = {record.id: held.documents[record.id] for record in held.catalogue if record.file is not None}
    return [
        {
            "name": c.name,
            "type": c.type,
            "why": c.why,
            "count": c.count,
            "sources": c.sources,
            "contexts": [_context(docs[source], span) for source, span in c.contexts],
        }
        for c in discover(list(docs.values()), held.lexicon)
    ]


def _context(doc: Doc, span: Span) -> dict[str, Any]:
    kept, text = doc.cleaned.kept, doc.text
    left = quote_of(text, Span(max(0, span.start - 3 * _CONTEXT_CHARS), span.start), kept)
    right = quote_of(text, Span(span.end, min(len(text), span.end + 3 * _CONTEXT_CHARS)), kept)
    return {
        "source": doc.id,
        "start": span.start,
        "end": span.end,
        "left": left.rpartition("\n")[2][-_CONTEXT_CHARS:],
        "right": right.partition("\n")[0][:_CONTEXT_CHARS],
    }


def decide(held: Held, name: str, verdict: str, *, type: str | None, into: str | None) -> None:
    """Write a decision once it is known to be good; `undo` forgets what was decided of the name."""
    path = held.workspace.lexicon / DECISIONS
    if verdict not in (*get_args(Verdict), "undo"):
        raise SettingError(say(f"没有 {verdict!r} 这种裁定", f"no such verdict: {verdict!r}"))
    if verdict == "accept":
        type = _checked_type(held, name, type)
    if verdict == "merge":
        entity = held.lexicon.entities.get(into or "") or held.lexicon.lookup(into or "")
        if entity is None:
            raise SettingError(
                say(
                    f"词典里没有 {into!r}；用 --into 给出要并入的名称或编号",
                    f"nothing is called {into!r}; name the entry with --into",
                )
            )
        into = entity.id
    with held.workspace.locked():
        kept = [old for old in load_decisions(path) if old.name != name]
        if verdict != "undo":
            kept.append(Decision(cast(Verdict, verdict), name, cast("EntityType | None", type), into))
        save_decisions(path, kept)
    held.renew_lexicon()


def _checked_type(held: Held, name: str, type: str | None) -> str:
    """The type given, or the candidate's own."""
    known = get_args(EntityType)
    if type is None:
        type = next((row["type"] for row in candidate_rows(held) if row["name"] == name), None)
    if type not in known:
        found = say("没有说明", "not given") if type is None else repr(type)
        raise SettingError(
            say(
                f"{name} 的类型{found}；请用 --type 给出 {'、'.join(known)} 之一",
                f"type of {name}: {found}; give --type, one of {', '.join(known)}",
            )
        )
    return str(type)
