"""What came of it: achieved, from a company to a figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from casekit.cues import CuePattern
from casekit.fold import fold_spans
from casekit.lexicon import Lexicon
from casekit.reading import LETTERS, Document
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity
from casekit.types import Fact, Span

__all__ = ["find_results", "is_result"]

_MARK: Final = re.compile(r"[,;:。!?\n()|](?!\d{3}(?!\d))")
_WORD: Final = "(?<![a-z]){}(?![a-z])"
_FALL: Final = CuePattern("%{result-signs/fall}|" + _WORD.format("%{result-signs/fall-en}"))
# Less of these is what one works for: a fall of costs or losses is a result.
_BURDEN: Final = CuePattern("%{result-signs/burden}")
_LOSS: Final = CuePattern("%{result-signs/loss}|" + _WORD.format("%{result-signs/loss-en}"))
_RECOVERED: Final = CuePattern("%{result-signs/recovered}")
_PAID: Final = CuePattern("%{result-signs/paid}|" + _WORD.format("%{result-signs/paid-en}"))
_INPUT: Final = CuePattern("%{result-signs/input}了?[^,;:。!?]{0,8}#")
_WORTH: Final = CuePattern("%{result-signs/worth}")
_BEFORE: Final = CuePattern("%{result-signs/before}")
_SINCE: Final = CuePattern("%{result-signs/since}")
_SPAM: Final = CuePattern("%{result-signs/advert}")


def find_results(reading: Document, facts: Sequence[Fact], lexicon: Lexicon) -> Iterator[Claim]:
    """The figures that a company, brand, organisation or tool reached (or aims at: planned), with their sentences.

    Left out are falls and losses (but for falls of costs and the like), prices paid, stakes, valuations, what was so
    before a change, and advertisements: figures all the same, but nobody's results.
    """
    named = {n.entity: Party.of(n) for s in reading.sentences for n in s.names if n.letter in "COT"}
    starts = [s.span.start for s in reading.sentences]
    for fact in facts:
        if fact.kind not in {"achieved", "target"} or fact.subject_entity is None:
            continue
        party = named.get(fact.subject_entity)
        if party is None and (entity := lexicon.entities.get(fact.subject_entity)) is not None:
            party = Party(entity.id, entity.name, LETTERS[entity.type])
        i = bisect_right(starts, fact.span.start) - 1
        if party is None or party.letter not in "COT" or i < 0:
            continue
        if not is_result(reading.text, reading.sentences[i].span, fact):
            continue
        how: Polarity = "hearsay" if fact.certainty == "hearsay" else "planned" if fact.kind == "target" else "asserted"
        yield Claim(party, "achieved", None, how, "figure", (reading.sentences[i].span,), fact.text)


def is_result(text: str, sentence: Span, fact: Fact) -> bool:
    """Whether the figure is something gained, by its sign and the words of its clause.

    Args:
        text: The source's stored text.
        sentence: The sentence that states the figure.
        fact: The figure.
    """
    head = fold_spans(text[max(sentence.start, fact.span.start - _SIGHT) : fact.span.start]).text.lower()
    tail = fold_spans(text[fact.span.end : min(sentence.end, fact.span.end + _SIGHT)]).text.lower()
    left = max((m.end() for m in _MARK.finditer(head)), default=0)
    right = m.start() if (m := _MARK.search(tail)) else len(tail)
    near = head[left:] + "#" + tail[:right]
    measured = f"{fact.metric or ''}{head[left:]}"
    if _SPAM.search(head) or _SPAM.search(tail):
        return False
    if "从" in fact.qualifier.split("、") or _last(_BEFORE, head) > _last(_SINCE, head):
        return False
    if _INPUT.search(near) or _PAID.search(near) or _WORTH.search(measured) or _WORTH.match(tail.lstrip("的 ")):
        return False
    falls = _FALL.search(f"{measured}#{tail[:_BESIDE]}") is not None or (
        fact.value_max is not None and fact.value_max < 0
    )
    if falls and not _BURDEN.search(measured):
        return False
    return _LOSS.search(near) is None or _RECOVERED.search(near) is not None or (falls and "亏" in measured)


# Characters of the sentence that are read on either side of the figure: as far as the facts' own cues.
_SIGHT: Final = 120
# Characters after the figure in which a fall still belongs to it (22%的降幅).
_BESIDE: Final = 5


def _last(pattern: CuePattern, text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)
