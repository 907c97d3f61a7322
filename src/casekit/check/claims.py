"""Whether the draft names the right speaker and the right work for a quotation that stands in the corpus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casekit.check.attribution import (
    Attribution,
    attribution_of,
    label_before,
    may_be_name,
    office_of,
    other_rank,
    person_of,
    same_person,
)
from casekit.check.places import SourceText
from casekit.check.records import CorpusSource
from casekit.check.spelling import fast_key
from casekit.cues import CuePattern
from casekit.fold.characters import simplify
from casekit.types import Span

__all__ = ["Claims", "speaker_in_source"]

_OPEN: Final = '“「『"﹁'
_CLOSE: Final = '”」』"﹂'
_OUTLET: Final = CuePattern("%{outlet-ends}$")
_MIN_OUTLET: Final = 3  # letters of an outlet's name that only its form tells
# A byline, an opening that introduces the speaker, a dateline: the first lines of an article name whose words it holds.
_HEAD_CHARS: Final = 400
_MIN_NAME: Final = 2
_ORGANISATION: Final = CuePattern("(?:%{organisation-kinds/org}|%{organisation-kinds/body}|%{work-kinds/paper})$")
_WRITERS: Final = CuePattern("%{reporters/self}")
# Titles that agree in this share of their letters are one title with a word more or less (partial ratio of RapidFuzz);
# unrelated titles of one field stay below 50.
_SAME_TITLE: Final = 70


@dataclass(frozen=True, slots=True)
class _Names:
    title: str
    people: tuple[str, ...]
    everything: str


class Claims:
    """Compares attributions with what the sources say of themselves."""

    def __init__(self, sources: Sequence[CorpusSource]) -> None:
        self.sources = sources
        self._names: dict[int, _Names] = {}
        self._titles = [fast_key(source.title or "") for source in sources]

    def _of(self, source: int) -> _Names:
        if source not in self._names:
            one = self.sources[source]
            people = tuple(fast_key(n) for n in (*one.authors, one.publisher or "", *one.other_names) if n)
            everything = "\n".join((self._titles[source], *people, fast_key(one.id), fast_key(one.text)))
            self._names[source] = _Names(self._titles[source], people, everything)
        return self._names[source]

    # ---- works --------------------------------------------------------------------------------------------------
    def wrong_work(self, claimed: Attribution, references: Sequence[str], source: int) -> str | None:
        """The work that the draft names instead of this source, or None where what it names may be this one."""
        named = [work for work in claimed.works if len(fast_key(work)) >= _MIN_NAME]
        for (
            credit
        ) in claimed.credits:  # a name in brackets is a work's only where the corpus has such an author or outlet
            if self._is(credit, source):
                continue
            if self._is_credit(credit) or self._is_another_outlet(credit, source):
                return credit
        speaker = claimed.speaker
        if speaker and self._is_outlet(speaker) and fast_key(speaker) not in self._of(source).everything:
            return speaker  # 某报写道: whose piece it is, and nobody who speaks in it
        for work in named:
            if self._is(work, source) or fast_key(work) in self._of(source).everything:
                return None
        for work in named:
            key = fast_key(work)
            if len(key) >= 4 or self._known(work) or self._is_another_outlet(work, source):
                return work
        for reference in references:
            if self._cites(reference, source):
                return None
        for reference in references:
            other = next((i for i in range(len(self.sources)) if i != source and self._cites(reference, i)), None)
            if other is not None:
                return self.sources[other].title or self.sources[other].id
            title = _title_in(reference)
            if title and self._titles[source]:
                return title
        return None

    def _is(self, work: str, source: int) -> bool:
        from rapidfuzz import fuzz

        key, names = fast_key(work), self._of(source)
        if not key:
            return False
        if names.title and (key in names.title or names.title in key):
            return True
        if any(key in person or person in key for person in names.people if len(person) >= _MIN_NAME):
            return True
        if key == fast_key(self.sources[source].id):
            return True
        shorter = min(len(key), len(names.title))
        return shorter >= 6 and fuzz.partial_ratio(key, names.title) >= _SAME_TITLE

    def _known(self, work: str) -> bool:
        return any(self._is(work, i) for i in range(len(self.sources)))

    def _is_another_outlet(self, work: str, source: int) -> bool:
        """Whether a name has an outlet's form (锌财经), the source's own author or outlet is known, and it never names this one."""
        key, names = fast_key(work), self._of(source)
        formed = len(key) >= _MIN_OUTLET and _OUTLET.search(work) is not None and not person_of(work)
        return formed and bool(names.people) and key not in names.everything

    def _is_outlet(self, name: str) -> bool:
        """Whether a name is the outlet of a source of the corpus, or looks like one where nobody of that name is known."""
        key = fast_key(name)
        if len(key) >= _MIN_NAME and any(
            key == fast_key(outlet) for one in self.sources for outlet in (one.publisher or "", *one.other_names)
        ):
            return True
        return len(key) >= _MIN_OUTLET and _OUTLET.search(name) is not None and not person_of(name)

    def _cites(self, reference: str, source: int) -> bool:
        """Whether a footnote's text may be a reference to this source."""
        from rapidfuzz import fuzz

        key, names = fast_key(reference), self._of(source)
        if len(names.title) >= 4 and (names.title in key or fuzz.partial_ratio(names.title, key) >= _SAME_TITLE):
            return True
        one = self.sources[source]
        if fast_key(one.id) in key:
            return True
        return any(name.startswith("http") and name in reference for name in one.other_names)

    # ---- speakers -----------------------------------------------------------------------------------------------
    def wrong_speaker(self, claimed: str, source: int, said_by: str, text: SourceText, place: Span) -> bool:
        """Whether the draft's speaker cannot be whom the source means.

        Args:
            claimed: The draft's description of the speaker, "" where it names none.
            source: Index of the source.
            said_by: Whom the source names beside the quotation, "" for nobody.
            text: The source's text.
            place: The quotation in the stored text.
        """
        if not claimed:
            return False
        names = self._of(source)
        name = person_of(claimed)
        key = fast_key(name or claimed)
        if len(key) < _MIN_NAME:
            return False
        if said_by and not name and other_rank(claimed, said_by):
            return True
        if not self.is_name(claimed):
            return False
        if any(key in person or person in key for person in names.people if len(person) >= _MIN_NAME):
            return bool(said_by) and bool(name) and same_person(claimed, said_by) is False and not _is_title(claimed)
        if key in names.title:
            return bool(said_by) and same_person(claimed, said_by) is False
        if name and _is_anothers_turn(text, place, name):
            return True
        if said_by:
            same = same_person(claimed, said_by)
            if same is not None:
                return not same
            office = fast_key(office_of(said_by))
            if office and not name and self._heard_of(office):
                return key not in office and office not in key
            return not self._anywhere(key, claimed, names)
        if self._anywhere(key, claimed, names):
            return bool(name) and not _near(text, place, name)
        return True

    def speaker_of(self, claimed: Attribution) -> str:
        """Whom the draft makes the speaker: named as such, or in brackets behind, where that is no author or outlet."""
        if claimed.speaker:
            return claimed.speaker
        return next((c for c in claimed.credits if person_of(c) and not self._is_credit(c)), "")

    def _is_credit(self, name: str) -> bool:
        """Whether a name in brackets is a source's author, outlet or title; a person whom a title only names is none."""
        if not person_of(name):
            return self._known(name)
        key = fast_key(name)
        return any(
            key in person or person in key
            for i in range(len(self.sources))
            for person in self._of(i).people
            if len(person) >= _MIN_NAME
        )

    def is_name(self, claimed: str) -> bool:
        """Whether a description names somebody; whatever else stands before a verb is no name that we know."""
        key = fast_key(claimed)
        return bool(person_of(claimed)) or (
            len(key) >= _MIN_NAME and (_ORGANISATION.search(claimed) is not None or self._heard_of(key))
        )

    def _heard_of(self, key: str) -> bool:
        return any(key in self._of(i).everything for i in range(len(self.sources)))

    @staticmethod
    def _anywhere(key: str, claimed: str, names: _Names) -> bool:
        if key in names.everything:
            return True
        # 腾讯公司副总裁: a description without a name stands or falls with its longest known beginning
        whole = fast_key(claimed)
        return any(whole[:n] in names.everything for n in range(len(whole), 1, -1)) if not person_of(claimed) else False


def _is_title(claimed: str) -> bool:
    return _WRITERS.search(claimed) is not None


def _near(text: SourceText, place: Span, name: str) -> bool:
    """Whether a name stands in the paragraphs around a place, or in the article's opening, or labels its turns."""
    plain = text.plain
    start, end = text.plain_range(place)
    first = start
    for _ in range(3):
        first = plain.rfind("\n", 0, max(0, first - 1))
        if first < 0:
            break
    last = end
    for _ in range(3):
        last = plain.find("\n", last + 1)
        if last < 0:
            break
    around = plain[max(0, first) : last if last >= 0 else len(plain)]
    key = fast_key(name)
    if key in fast_key(around) or key in fast_key(plain[:_HEAD_CHARS]):
        return True
    return any(key in fast_key(m[1]) for m in re.finditer(r"(?:^|\n)\s*([^\s，。：:]{2,12})[：:]", plain))


def _is_anothers_turn(text: SourceText, place: Span, name: str) -> bool:
    """Whether a place of an interview stands in a turn that is labelled as another's, where this speaker has turns of his own."""
    label = label_before(text.plain, text.plain_range(place)[0])
    if not label or name in label:
        return False
    return re.search(rf"(?:^|\n)\s*[^\s，。：:]{{0,8}}{re.escape(name)}\s*[：:]", simplify(text.plain)) is not None


def speaker_in_source(text: SourceText, place: Span) -> str:
    """Whom the source names as the speaker of a place, or "" where it names nobody beside it."""
    named = _speaker(text, place)
    return named if may_be_name(named) else ""


def _speaker(text: SourceText, place: Span) -> str:
    for span, name in text.source.speakers:
        if span.start <= place.start and place.end <= span.end:
            return name
    plain = text.plain
    start, end = text.plain_range(place)
    line = plain.rfind("\n", 0, start) + 1
    stop = plain.find("\n", end)
    stop = stop if stop >= 0 else len(plain)
    opening = _opening(plain, line, start)
    if opening is not None:
        closing = next((i for i in range(max(opening + 1, end - 1), stop) if plain[i] in _CLOSE), None)
        outer_end = closing + 1 if closing is not None else end
        named = attribution_of(plain, opening, outer_end).speaker
        # “…”他接着说：“…”: an earlier piece of the same speech in this paragraph names him
        return named or label_before(plain, opening) or _last_speaker(plain[line:opening])
    label = label_before(plain, start)
    if label and person_of(label):
        return label
    return attribution_of(plain, start, end, quoted=False).speaker


def _last_speaker(before: str) -> str:
    """The last person that the beginning of a paragraph names as speaking."""
    for m in reversed(list(re.finditer(r"[“「『\"]|[，,：:]", before))):
        named = attribution_of(before, m.start(), len(before)).speaker
        if person_of(named):
            return named
    return ""


def _opening(plain: str, line: int, start: int) -> int | None:
    """Where the quotation marks open that plain[start] stands inside of, or None outside of any."""
    depth = 0
    straight = plain.count('"', line, start) % 2 == 1
    for i in range(start - 1, line - 1, -1):
        c = plain[i]
        if c == '"':
            if straight and not depth:
                return i
        elif c in _CLOSE:
            depth += 1
        elif c in _OPEN:
            if not depth:
                return i
            depth -= 1
    return None


def _title_in(reference: str) -> str | None:
    """The title in a reference that shows by its form that it has one (《…》, or … before [J])."""
    if m := re.search(r"《([^《》]{4,60})》", reference):
        return m[1]
    if m := re.search(r"(?:^|[.．。]\s*)([^.．。\[\]]{4,60})\s*\[(?:[JNMDRC]|EB|DB)(?:/OL)?\]", reference):
        return m[1].strip()
    return None
