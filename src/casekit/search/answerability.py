"""Does anything here answer the question? Several signs that nothing does, weighed together; the hits stay.

1. The question names something that the corpus does not hold.
2. It asks who holds a post of a firm, and no candidate that names the firm names anyone in that post.
3. It asks for one fact, and what is asked for (年薪, 床位, 口号), what it is of, and a value of the right kind do not meet: no
   passage about the things named holds the words asked for, or none of its sentences a value.
4. Nearly nothing of it is found.

Open questions and keywords are refused by the first and the last sign alone: people paraphrase, and a refusal must be right
more often than not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from casekit.cues import CuePattern
from casekit.fold import fold_text
from casekit.index import PassageRow
from casekit.lexicon import Lexicon, QueryExpansion
from casekit.search.holders import names_holder, post_asked
from casekit.search.named import NAMED_TYPES, NamesOfCorpus, Signs, forms_of, listed, strangers, topics, with_stems
from casekit.search.question import FACTUAL, NUMERIC, Question, Segmenting, read_question
from casekit.search.sentences import parted
from casekit.search.support import Support, Weigher, rarity_of, terms_asked
from casekit.search.values import may_answer
from casekit.types import Fact, Span

__all__ = ["Evidence", "Reader", "Reason", "is_answerable"]

Reason = Literal["", "name", "post", "asked", "apart", "value", "nothing"]
"""Why nothing answers: "" where something does; the rest is told in `casekit.search.refusal`."""

_BEST: Final = 10  # passages that are weighed
_LOOK: Final = 30  # passages among which those about the things named are weighed, too
# Logistic weights of what speaks for an answer to a question for one fact. Fitted by tests/bench/bench_refusal.py on pairs of
# CMRC 2018 and DRCD dev (a question, and the same with its passage left out) and on half of our own questions
# (tests/questions): re-run it before changing one.
_WEIGHTS: Final[Mapping[str, float]] = {
    "asked": 3.9,
    "about": 3.3,
    "value": 1.9,
    "names": 4.2,
}
_BIAS: Final = -9.85
# Log odds below which a question for one fact is refused, and one for one of several things (which, what) about something named.
_LEAST: Final = -1.0
_LEAST_OF_CHOICES: Final = -2.0
_CHOICES: Final = frozenset({"what", "which"})
_FEW: Final = 4  # content words; longer questions are put in other words than their answers
# Where the very word that is asked for is held less than this, the rest must speak for an answer more than that.
_HEAD, _SURE = 0.4, 1.0
# A value of the right kind in a passage about the things named is taken for the answer unless what is asked for is missing:
# people ask in words that no list has.
_FITS, _NAMED, _LITTLE, _MUCH = 0.9, 0.6, 0.15, 0.4
# A passage that names the thing only elsewhere in its source; and how much of what is asked for is told beside it.
_BESIDE, _TOLD = 0.3, 0.9
_SIGNED: Final = re.compile(r"[a-z\d]+[^\W\da-z_]|[^\W\da-z_][a-z\d]")
"""A word of letters or digits and Chinese characters, folded."""
_TELLS: Final = CuePattern("(?:%{speech-verbs}|%{asked-facts/tells})")
# Share of an open question's content that must be found.
_OPEN: Final = 0.15


def score_of(support: Support) -> float:
    """The log odds that a sentence answers a question for one fact."""
    return _BIAS + sum(weight * float(getattr(support, name)) for name, weight in _WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    `reason` says why nothing answers, "" where something does. `absent` are the names that the corpus does not hold,
    `missing` the words of the question (the post, or what is asked for, first) that nothing about the things named holds,
    `about` the things that it names and the corpus knows, `form` what kind of answer is asked for (`casekit.search.question`),
    `support` what the best sentence holds of it.
    """

    reason: Reason = ""
    absent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    form: str = ""
    support: Support = field(default_factory=Support)

    @property
    def factual(self) -> bool:
        """Whether one fact was asked for."""
        return self.form in FACTUAL


def is_answerable(evidence: Evidence) -> bool:
    """Whether nothing speaks against an answer."""
    return not evidence.reason


class Reader:
    """A question read once: weighs its passages, and says whether they answer it.

    Args:
        expansion: The query with what it names.
        lexicon: For names, posts and words of the same sense.
        segmenter: Cuts the query into words.
        corpus: The names that the articles establish.
        signs: Where it is looked up whether the corpus holds a name.
        frequencies: In how many passages each of some terms stands, and how many there are.
    """

    def __init__(
        self,
        expansion: QueryExpansion,
        *,
        lexicon: Lexicon,
        segmenter: Segmenting,
        corpus: NamesOfCorpus,
        signs: Signs,
        frequencies: Callable[[Sequence[str]], tuple[Mapping[str, int], int]],
    ) -> None:
        self._expansion = expansion
        self._lexicon = lexicon
        self._signs = signs
        self._corpus = corpus
        folded = fold_text(expansion.query)
        self._names = listed(expansion, lexicon, corpus)
        known = {form for name in self._names for form in name.forms}
        self._names += [name for name in corpus.within(folded) if not known & set(name.forms)]
        forms = [form for name in self._names for form in name.forms]
        forms += [form for e in expansion.entities if e.type in NAMED_TYPES for form in forms_of(e, lexicon)]
        self._asks_of_somebody = any(map(corpus.is_persons, forms))
        self._words = segmenter.cut(expansion.query)
        self._of_listed = bool(self._names)
        if not self._names:
            others = [forms_of(e, lexicon) for e in expansion.entities if e.type in NAMED_TYPES]
            self._names = topics(folded, self._words, others, signs)
            forms += [form for name in self._names for form in name.forms]
        self._post = post_asked(folded)
        self._strange = strangers(expansion.query, forms, signs)
        self.question: Question = read_question(expansion.query, [*forms, *map(fold_text, self._strange)], segmenter)
        counts, n = frequencies(terms_asked(self.question, lexicon))
        self._weighed: dict[int, tuple[int, Support] | None] = {}
        self._beside: dict[str, str] = {}
        self._years: dict[str, int | None] = {}
        self.weigher = Weigher(self.question, self._names, lexicon, rarity_of(counts, n), self._year_of)

    @property
    def looks_at(self) -> int:
        """How many of the best candidates are looked at: more where the question names something."""
        named = self._post or self._names or any(one.type in NAMED_TYPES for one in self._expansion.entities)
        return _LOOK if named else _BEST

    def weigh(self, candidates: Sequence[PassageRow]) -> Evidence:
        """The evidence of the candidates, best first."""
        self.note(candidates)
        if absent := self._absent([one.folded for one in candidates]):
            return self._evidence("name", absent=absent)
        post = self._post
        if post is not None:
            within = [form for name in self._names for form in name.forms if any(f in post.firm for f in name.forms)]
            if not names_holder(post, within, [one.folded for one in candidates]):
                asked = [word for word in post.posts if word in fold_text(self._expansion.query)]
                return self._evidence("post", missing=(self._as_asked(max(asked, key=len, default=post.posts[-1])),))
        support = self._best(candidates)
        if not self.question.words and not self._names and not self._expansion.entities:
            return self._evidence("", support=support)
        form = self.question.form
        if form not in FACTUAL and (support.about < _OPEN or not self._is_choice()):
            spoken = support.about >= _OPEN or (support.names == 1 and bool(self._names) and not self._of_listed)
            return self._evidence("" if spoken else "nothing", support=support)
        least = _LEAST if form in FACTUAL else _LEAST_OF_CHOICES
        return self._evidence(self._judged(support, least), support=support)

    def _is_choice(self) -> bool:
        """Whether one of several things is asked for, of something named, in few words."""
        heavy = sum(not word.light for word in self.question.words)
        return self.question.form in _CHOICES and self._of_listed and heavy <= _FEW

    def note(self, candidates: Sequence[PassageRow]) -> None:
        """Keep what the candidates of each source say together: a place is named once, and meant throughout."""
        if self.question.places:
            for one in candidates[:_LOOK]:
                self._beside[one.source] = self._beside.get(one.source, "") + one.folded

    def _year_of(self, source: str) -> int | None:
        """The year of a source, as its date says."""
        if source not in self._years:
            row = self._signs.records.source(source)
            date = str((row.cleaned.metadata.date if row is not None else None) or "")
            self._years[source] = int(date[:4]) if date[:4].isdigit() else None
        return self._years[source]

    def _judged(self, support: Support, least: float) -> Reason:
        if self._names and support.names == 0:
            return "apart"
        score = score_of(support)
        if self.question.form in FACTUAL and any(map(_SIGNED.search, support.lacking)):
            return "asked"  # C轮, IMAX厅: such a word is told as it is
        if self.question.form in FACTUAL and (support.places == 0 or support.years == 0):
            return "asked"
        if self.question.form in NUMERIC and support.value == 0:
            return "asked" if support.head < _HEAD and support.lacking else "value"
        if score >= least and (support.head >= _HEAD or score >= _SURE):
            return ""
        if self.question.form in FACTUAL and support.value >= _FITS and self._may_be(support):
            return ""
        return "asked" if support.lacking else "nothing"

    def _may_be(self, support: Support) -> bool:
        """Whether a value of the kind that is asked for may be the answer, told in other words: nothing speaks against it.

        What is asked for speaks against it where neither it nor a word for it stands beside the value; without such a word,
        that little of the question does.
        """
        if self.question.thing and self.weigher.is_well_known(self.question.head):
            return support.names >= _NAMED and support.head >= _HEAD
        if self.question.thing and self.question.unit_kind == "count" and support.about < _LITTLE:
            return False  # what is counted is said again, mostly
        enough = support.about >= (_LITTLE if self._names else _MUCH) or (bool(self._names) and not self.question.sizes)
        return support.names >= _NAMED and enough

    def borne_out(self, passage: PassageRow) -> float:
        """How surely a passage answers a question for one fact, in [0, 1]; 0 where another kind of answer is wanted."""
        if not (self.question.form in FACTUAL or self._is_choice()) or not self.question.words:
            return 0.0
        best = self._weigh(passage)
        if best is None or not (best[1].names and best[1].places and best[1].years and best[1].value):
            return 0.0
        return 1 / (1 + math.exp(-score_of(best[1])))

    def sentence(self, passage: PassageRow) -> Span | None:
        """The sentence of a passage that bears out most, as a range of its source; None where it has none."""
        best = self._weigh(passage)
        return None if best is None else Span(*passage.sentences()[best[0]][:2])

    def _weigh(self, passage: PassageRow) -> tuple[int, Support] | None:
        """The best sentence of a passage, with its support; a passage is weighed once."""
        if passage.pid not in self._weighed:
            parts, beside = parted(passage), self._beside.get(passage.source, "")
            if self._names and self.question.form in NUMERIC:
                best = self.weigher.best(parts, beside, lambda i: self._of_others(passage, i, parts.sentences[i]))
            else:
                best = self.weigher.best(parts, beside)
            self._weighed[passage.pid] = best
        return self._weighed[passage.pid]

    def _of_others(self, passage: PassageRow, i: int, sentence: str) -> bool:
        """Whether every figure of a sentence that might answer is another's, who is named there: 青禾 has 900 shops, not 木兰."""
        start, end, _, _ = passage.sentences()[i]
        figures = [
            one
            for one in self._signs.records.found_within(Fact, passage.source, start, end)
            if one.kind != "date" and may_answer(self.question, one.unit or "")
        ]
        return bool(figures) and all(self._is_others(one, sentence) for one in figures)

    def _is_others(self, figure: Fact, sentence: str) -> bool:
        if figure.subject_entity in self._corpus.people and not self._asks_of_somebody:
            return False  # a firm's figures are told of its people, too
        subject = fold_text(figure.subject or "")
        if figure.subject_entity is None or subject not in sentence or not self._corpus.sources(figure.subject_entity):
            return False  # nobody, or a thing that may be theirs
        if _TELLS.match(sentence, sentence.find(subject) + len(subject)):
            return False  # it tells the figure (大众点评显示): whose it is stands behind
        own = sentence.find(subject) + len(subject)
        if self._asks_of_somebody and any(sentence.find(f, own) >= 0 for name in self._names for f in name.forms):
            return False  # 青禾的店长周岚干了20年: who is asked about stands behind it
        return not any(form in subject or subject in form for name in self._names for form in name.forms)

    def _best(self, candidates: Sequence[PassageRow]) -> Support:
        """What the sentence that bears out most holds, of the best passages and of others about the things named.

        Where some speak of these things, what the others hold answers nothing.
        """
        chosen = [
            one
            for i, one in enumerate(candidates[:_LOOK])
            if i < _BEST or (self._names and all(name.stands_in(one.folded) for name in self._names))
        ]
        found = [best[1] if (best := self._weigh(one)) else Support() for one in chosen]
        found = [one for one in found if one.names > 0] or found
        found = [one for one in found if one.places > 0] or found
        found = [one for one in found if one.years > 0] or found
        if self.question.form in NUMERIC:
            # a sentence with a figure that may answer goes before one that only repeats the question
            told = any(one.names == 1 and one.asked >= _TOLD and one.value == 0 for one in found)
            # where what is asked for is told of the thing itself, without a figure, another's figure is no answer
            valued = [one for one in found if one.value > 0 and (one.names > _BESIDE or not told)]
            likely = [one for one in valued if score_of(one) >= _LEAST or one.head >= _HEAD]
            found = likely or valued or found
        return max(found, key=lambda s: round(score_of(s), 6), default=Support())

    def _absent(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Names of the question that neither a candidate nor the corpus holds."""
        absent = [*self._strange]
        for entity in self._expansion.entities:
            if entity.type not in NAMED_TYPES:
                continue
            forms = with_stems(forms_of(entity, self._lexicon))
            if any(form in text for form in forms for text in texts):
                continue
            if any(_stands(form, self._words) for form in forms) and not any(map(self._signs.holds, forms)):
                absent.append(entity.name)
        return tuple(dict.fromkeys(absent))

    def _evidence(
        self,
        reason: Reason,
        *,
        absent: tuple[str, ...] = (),
        missing: tuple[str, ...] | None = None,
        support: Support | None = None,
    ) -> Evidence:
        support = support or Support()
        lacking = sorted(
            (word for word in self.question.words if word.text in support.lacking),
            key=lambda word: (word.text != self.question.head, -word.asked, word.text),
        )
        when = self.question.years if reason and not support.years else ()
        return Evidence(
            reason,
            absent,
            missing if missing is not None else (*when, *(self._as_asked(word.text) for word in lacking)),
            tuple(name.name for name in self._names),
            self.question.form,
            support,
        )

    def _as_asked(self, word: str) -> str:
        """A folded word as the question spells it: CEO."""
        query = self._expansion.query
        folded = fold_text(query)
        at = folded.find(word) if len(folded) == len(query) else -1
        return query[at : at + len(word)] if at >= 0 else word


def _stands(name: str, words: Sequence[str]) -> bool:
    """Whether a name occurs as whole words: 立邦 does not in 建立邦交."""
    text, places, at = "".join(words), {0}, 0
    for word in words:
        at += len(word)
        places.add(at)
    name = "".join(name.split())
    at = text.find(name)
    while at >= 0:
        if at in places and at + len(name) in places:
            return True
        at = text.find(name, at + 1)
    return False
