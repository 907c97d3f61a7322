"""An answer asked of a model and shown as far as it holds: passages out, sentences back, each held to its passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from casekit.check import text_draft
from casekit.language import say
from casekit.llm import Server, complete
from casekit.passages import quote_of
from casekit.search import Answer
from casekit.types import Address
from casekit.workbench.checking import checker_of
from casekit.workbench.knowledge.asking import Reply
from casekit.workbench.written.aligning import Run
from casekit.workbench.written.ground import Passages
from casekit.workbench.written.holding import StruckError, borne_out
from casekit.workbench.written.prompt import SentPassage, messages_of
from casekit.workbench.written.reading import Said, read_answer
from casekit.workbench.written.records import Sentence, Struck, Written

if TYPE_CHECKING:
    from casekit.check import Checker
    from casekit.workbench.held import Built, Held

__all__ = ["write_answer"]

_MOST_PASSAGES: Final = 8  # some 2,000 characters of them: what small models still read


def write_answer(held: Held, built: Built, reply: Reply, answer: Answer, server: Server) -> Written:
    """What a model writes to a question, as far as its sentences hold; it is not asked where the corpus does not answer.

    Raises:
        ServerError: If the server cannot be asked, or answers with something else.
    """
    if not reply.answerable:
        return Written(reply)
    sent = _passages(built, answer)
    if not sent:
        return Written(reply)
    places = tuple(one.address for one in sent)
    said = read_answer(complete(server, messages_of(reply.query, sent)))
    if said is None:
        return Written(reply, server.model, declined=True, sent=places)
    sentences, struck = _held_to(said, Passages(built, places), checker_of(held))
    return Written(reply, server.model, tuple(sentences), tuple(struck), sent=places)


def _passages(built: Built, answer: Answer) -> list[SentPassage]:
    """The passages that go out: of originals alone, best first, each once."""
    found: dict[Address, SentPassage] = {}
    for hit in answer.hits:
        row = built.records.source(hit.passage.source)
        if row is None or hit.standing != "original" or len(found) >= _MOST_PASSAGES:
            continue
        meta, at = row.cleaned.metadata, hit.passage.address
        words = quote_of(row.text, at.span, row.cleaned.kept)
        found.setdefault(at, SentPassage(at, meta.title or row.id, meta.date or "", words))
    return list(found.values())


def _held_to(said: Sequence[Said], passages: Passages, checker: Checker) -> tuple[list[Sentence], list[Struck]]:
    sentences: list[Sentence] = []
    struck: list[Struck] = []
    before: Run | None = None
    shown: set[str] = set()
    for number, one in enumerate(said, 1):
        try:
            run = borne_out(one, passages, before=before)
            _ensure_checked(one.text, run, checker)
        except StruckError as error:
            struck.append(Struck(number, str(error)))
            continue
        before = run
        text = one.text.strip()
        if text not in shown:  # models repeat themselves
            shown.add(text)
            sentences.append(_sentence(text, run))
    return sentences, struck


def _ensure_checked(text: str, run: Run, checker: Checker) -> None:
    """Refuse what the draft checker calls wrong, as in any draft; and what it finds elsewhere than the sentence says.

    Raises:
        StruckError: With what the checker says of it.
    """
    for finding in checker.check(text_draft(text, markdown=False)):
        if finding.wrong:
            raise StruckError(say(f"核对：{_label(finding.status)}", f"checked: {_label(finding.status)}"))


def _label(status: str) -> str:
    from casekit.check import status_label

    return status_label(status)  # type: ignore[arg-type]  # one of the checker's


def _sentence(text: str, run: Run) -> Sentence:
    unit = run.unit
    return Sentence(text, unit.address, unit.text, unit.article.title, tuple(run.facts))
