"""What a question names, and whether the corpus holds it: listed names, names that only the articles establish, strangers.

A stranger is a name that nobody lists and no article has: told by its signs (《》, a Latin name with capitals, H&M), by the
trade that ends it at the question's beginning (X银行).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.firm_forms import TRADES, is_firm_stem, trade_at_end
from casekit.fold import fold_text, match_key
from casekit.index import Records
from casekit.lexical import LexicalIndex, terms_of
from casekit.lexicon import Lexicon, QueryExpansion, expand_query
from casekit.lexicon.table import surfaces
from casekit.search.holders import POLITE
from casekit.segment.dictionary import weights
from casekit.types import Entity

__all__ = ["HAN", "Name", "NamesOfCorpus", "Signs", "forms_of", "listed", "strangers", "topics"]

NAMED_TYPES: Final = frozenset({"company", "brand", "person", "product", "org"})
_SUBJECTS: Final = frozenset({"company", "brand", "person", "org"})
"""Types of which a passage must speak, for an answer about them: what a product does may be told without its name."""
_OWNERS: Final = frozenset({"brand_of", "made_by"})
_GENERIC_LATIN: Final = CueWords("latin-words")
_NO_NAME: Final = CueLetters("function-characters/both", "function-characters/no-name", "function-characters/pointing")
_TIME: Final = CuePattern("%{time-words/word}")
_TITLE: Final = re.compile("《([^《》]{2,30})》")
_LATIN: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]*(?:[&'.+\-]?[A-Za-z0-9]+|\s?&\s?[A-Z][a-z]*|\s[A-Z][A-Za-z0-9]+)*[+!]?"
)
HAN: Final = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]")
"""A letter of no Latin alphabet."""
_SYLLABLES: Final = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ong|iao|ian|ing|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|a|o|e|i|u|v)){2,}"
    r"(?:'s)?"
)
"""What may be the pinyin of a name."""
_LONGEST_STEM: Final = 4
_LEGAL: Final = CuePattern("%{company-forms}$")
_SEAT: Final = CuePattern(
    "(?:(?:%{places/province}|%{places/city}|%{places/further})(?:%{asked-facts/division})?)+|[^\\W\\d_]{2,3}?%{asked-facts/division}"
)
_LEAST_TOPIC: Final = 3
_SAYS_NOTHING: Final = CueWords("question-words/frame", "question-words/empty")
_LOOKED_AT: Final = 30  # passages with all terms of a name that are read for it


@dataclass(frozen=True, slots=True)
class Name:
    """A thing that a question names: its name, and all folded forms of it; `sources` are those that name it, None where unknown."""

    name: str
    forms: tuple[str, ...]
    sources: frozenset[str] | None = None

    def stands_in(self, text: str) -> bool:
        """Whether a folded text names it."""
        return any(form in text for form in self.forms)


def forms_of(entity: Entity, lexicon: Lexicon) -> list[str]:
    """All folded names of an entity, and of who owns or makes it: a question about a brand is answered by its owner's passages."""
    names = list(surfaces(entity))
    for relation, other in entity.relations:
        if relation in _OWNERS and other in lexicon:
            names += surfaces(lexicon.entities[other])
    return [fold_text(name) for name in names]


class NamesOfCorpus:
    """The firms, brands, people and organisations that the articles name, by what a question may call them."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """`rows` are (entity, type, name, text, source) of mentions, each once."""
        rows = list(rows)
        forms: dict[str, dict[str, None]] = {}
        sources: dict[str, set[str]] = {}
        names: dict[str, str] = {}
        stems: dict[str, str] = {}  # the same names stand in many sources
        for entity, kind, name, text, source in rows:
            if kind not in _SUBJECTS:
                continue
            names.setdefault(entity, name)
            sources.setdefault(entity, set()).add(source)
            for form in map(fold_text, (name, text)):
                known = forms.setdefault(entity, {})
                if len(form) > 1:
                    known[form] = None
                if kind not in ("company", "brand"):
                    continue
                if form not in stems:
                    stems[form] = _stem(form)
                if stems[form]:
                    known[stems[form]] = None
                if short := _short(form):
                    known[short] = None
        self.people = frozenset(entity for entity, kind, *_ in rows if kind == "person")
        """The ids of people."""
        self._names = {e: Name(names[e], tuple(forms[e]), frozenset(sources[e])) for e in names if forms.get(e)}
        self._by_form: dict[str, list[str]] = {}
        for entity, one in self._names.items():
            for form in one.forms:
                self._by_form.setdefault(form, []).append(entity)
        self._lengths = sorted({len(form) for form in self._by_form}, reverse=True)

    def sources(self, entity: str) -> frozenset[str]:
        """The sources that name an entity."""
        one = self._names.get(entity)
        return one.sources or frozenset() if one is not None else frozenset()

    def names(self) -> list[str]:
        """What the articles call them, each once."""
        return list(dict.fromkeys(one.name for one in self._names.values()))

    def is_persons(self, form: str) -> bool:
        """Whether a folded name is that of somebody."""
        return not self.people.isdisjoint(self._by_form.get(form, ()))

    def within(self, text: str) -> list[Name]:
        """The things that a folded text names, from left to right, the longest name first."""
        found: dict[str, Name] = {}
        at = 0
        while at < len(text):
            size = next((n for n in self._lengths if text[at : at + n] in self._by_form and n <= len(text) - at), 0)
            for entity in self._by_form[text[at : at + size]] if size else ():
                found[entity] = self._names[entity]
            at += size or 1
        return list(found.values())


def _stem(form: str) -> str:
    """What a firm is called for short: its name without the trade that ends it (鹭洲 for 鹭洲啤酒)."""
    trade = trade_at_end(form)
    stem = form.removesuffix(trade) if trade else ""
    return stem if stem and is_firm_stem(stem, trade) else ""


def _short(form: str) -> str:
    """A firm's full name without its legal form and the place before it (金屋家具 of 广元市金屋家具有限公司); "" for other names."""
    legal = _LEGAL.search(form)
    if legal is None:
        return ""
    place = _SEAT.match(form)
    short = form[place.end() if place is not None else 0 : legal.start()]
    return short if len(short) >= _LEAST_TOPIC and short not in TRADES else ""


def with_stems(forms: Sequence[str]) -> tuple[str, ...]:
    """Folded names of a firm, and what it is called for short: 恒生 for 恒生银行."""
    return tuple(dict.fromkeys((*forms, *filter(None, map(_stem, forms)))))


def listed(expansion: QueryExpansion, lexicon: Lexicon, corpus: NamesOfCorpus) -> list[Name]:
    """The listed firms, brands, people and organisations that a query names."""
    return [
        Name(entity.name, with_stems(forms_of(entity, lexicon)), corpus.sources(entity.id))
        for entity in expansion.entities
        if entity.type in _SUBJECTS
    ]


@dataclass(frozen=True, slots=True)
class Signs:
    """What is looked up to tell a stranger: the corpus's texts and the lexicon."""

    records: Records
    lexicon: Lexicon
    lexical: LexicalIndex

    def holds(self, name: str) -> bool:
        """Whether a body, or the title of a source, holds a name in any script; letters and digits count."""
        key = match_key(name)
        return not key or self._stands_in_passage(name) or bool(self.records.sources_holding(key))

    def sources_of(self, forms: Sequence[str]) -> frozenset[str]:
        """The sources of which a passage holds one of some folded forms, of the first of them."""
        found: set[str] = set()
        for folded in forms:
            rows = self.lexical.without().holding(terms_of(folded), _LOOKED_AT)
            passages = self.records.passages([int(pid) for pid in self.lexical.pids[rows]])
            found.update(row.source for row in passages.values() if folded in row.folded)
        return frozenset(found)

    def _stands_in_passage(self, name: str) -> bool:
        """Whether a passage holds a name as it is: quick where one does, and all texts are looked through where none does."""
        folded = fold_text(name)
        rows = self.lexical.without().holding(terms_of(folded), _LOOKED_AT)
        passages = self.records.passages([int(pid) for pid in self.lexical.pids[rows]])
        return any(folded in row.folded for row in passages.values())


def topics(text: str, words: Sequence[str], others: Sequence[Sequence[str]], signs: Signs) -> list[Name]:
    """What a question is about that names no firm, brand or person: other things that are listed, or what it begins with.

    What it begins with is one where the articles have it as it stands and it is no common word (贪玩蓝月, 心动网络).

    Args:
        text: The question, folded.
        words: Its words, in order.
        others: The folded forms of each listed thing.
        signs: Where to look.
    """
    found = [(forms[0], forms) for forms in others if forms]
    if not found and (first := _begins_with(text, words)):
        found = [(first, [first])]
    kept = [(name, forms, signs.sources_of(forms)) for name, forms in found]
    return [Name(name, tuple(forms), sources) for name, forms, sources in kept if sources]


def _begins_with(text: str, words: Sequence[str]) -> str:
    """What a folded question begins with that may be a name: words up to the first of grammar, one of them in no dictionary."""
    first = ""
    rare = False
    for word in words:
        signed = word.isascii() and word.isalnum()  # 融e购
        if not text.startswith(first + word) or not (signed or all(map(HAN.match, word))):
            break
        if any(c in _NO_NAME for c in word) or word in _SAYS_NOTHING:
            break
        first += word
        rare = rare or word not in weights() or (signed and first != word)
    trade = trade_at_end(first)
    firm = bool(trade) and is_firm_stem(first.removesuffix(trade), trade)
    return first if len(first) >= _LEAST_TOPIC and (rare or firm) else ""


def strangers(query: str, known: Sequence[str], signs: Signs) -> list[str]:
    """Names in a query that nobody lists and that the corpus does not hold.

    Args:
        query: As it was typed.
        known: Folded forms of the names that are known.
        signs: Where to look.
    """
    found = [m[1] for m in _TITLE.finditer(query)]
    mixed = HAN.search(query) is not None
    found += [m[0].strip() for m in _LATIN.finditer(query) if _is_latin_name(m, query, mixed, signs.lexicon)]
    found += _at_the_beginning(fold_text(POLITE.sub("", query)))
    out = []
    for name in dict.fromkeys(found):
        folded = fold_text(name)
        if _SYLLABLES.fullmatch(folded) and not mixed:
            continue  # may well spell a name that the articles have in Chinese
        if not any(folded in form or form in folded for form in known) and not signs.holds(name):
            out.append(name)
    return out


def _is_latin_name(match: re.Match[str], query: str, mixed: bool, lexicon: Lexicon) -> bool:
    name = match[0].strip()
    folded = name.lower()
    if len(name) < 2 or folded in _GENERIC_LATIN or expand_query(folded, lexicon).terms:
        return False
    return mixed or (match.start() > 0 and not name.isupper())


def _at_the_beginning(text: str) -> list[str]:
    """The name that a folded question begins with, if the trade that ends it and what stands before tell that it is one."""
    for size in range(_LONGEST_STEM, 1, -1):
        stem = text[:size]
        if len(stem) < size or any(not HAN.match(c) or c in _NO_NAME for c in stem):
            continue
        trade = next((t for n in range(4, 1, -1) if (t := text[size : size + n]) in TRADES), "")
        if trade and not _TIME.match(stem) and is_firm_stem(stem, trade):
            return [stem + trade]
    return []
