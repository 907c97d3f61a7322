"""The stages that a text goes through, each as a function of the text alone, for measuring how its time grows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Final

from casekit.check import Checker, MemoryCorpus, text_draft
from casekit.clean import clean_text
from casekit.errors import SourceError
from casekit.facts import find_facts
from casekit.fold import fingerprint, fold_spans, match_key
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.passages import split_passages
from casekit.readers import read_bytes
from casekit.reading import read
from casekit.relations import find_relations
from casekit.segment import Segmenter, split_sentences
from casekit.types import Cleaned, Doc, Metadata, Source, Span

__all__ = ["NEEDS", "STAGES", "Stage", "bare_doc", "forget"]

Stage = Callable[[str], object]


def bare_doc(text: str) -> Doc:
    """A text all of which is body, so that the cleaner spares no stage behind it."""
    cleaned = Cleaned((Span(0, len(text)),), (), (), (), Metadata())
    return Doc(Source("a", "0" * 64, text, cleaned.metadata), cleaned)


def _reads(name: str) -> Stage:
    def stage(text: str) -> object:
        try:
            return read_bytes(text.encode("utf8"), name=name)
        except SourceError:
            return None  # a refusal is an answer, too

    return stage


def _page(text: str) -> object:
    """The text inside a page: in a paragraph, a script, an attribute and JSON-LD."""
    page = f'<html><head><title>{text[:200]}</title><script type="application/ld+json">{text}</script>'
    return _reads("a.html")(f"{page}</head><body><div class='{text[:5000]}'><p>{text}</p></div></body></html>")


def _head(text: str) -> object:
    """The text in a page's head: its style sheet, title, author, date and description, and those of its JSON-LD."""
    plain = text[:20_000].replace('"', "'")
    told = json.dumps({"@type": "Article", "headline": plain, "author": plain, "datePublished": plain})
    names = ("author", "og:title", "og:site_name", "article:published_time", "description")
    metas = "".join(f'<meta property="{name}" name="{name}" content="{plain}">' for name in names)
    page = f"<html><head><title>{plain}</title>{metas}<style>{text}</style>"
    found = read_bytes(
        f'{page}<script type="application/ld+json">{told}</script></head><body><h1>店</h1><p>会员多了。</p></body>'.encode(),
        name="a.html",
    )
    return clean_text(found.text, blocks=found.blocks, declared=found.metadata)


def _spoken(text: str) -> object:
    return _reads("a.vtt")("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text)


@lru_cache(maxsize=1)
def _doc(text: str) -> Doc:
    return bare_doc(text)


# What a later stage needs of earlier ones is remembered for one text: each stage is measured alone, and once.
_mentions = lru_cache(maxsize=1)(lambda text: find_mentions(_doc(text), load_lexicon(), tagger=False))
_document = lru_cache(maxsize=1)(lambda text: read(_doc(text), _mentions(text)))
_found = lru_cache(maxsize=1)(lambda text: find_facts(_doc(text), _mentions(text), document=_document(text)))


def _names(text: str) -> object:
    return _mentions(text)


def _tagged(text: str) -> object:
    return find_mentions(bare_doc(text), load_lexicon())


def _reading(text: str) -> object:
    return _document(text)


def _facts(text: str) -> object:
    return _found(text)


def _relations(text: str) -> object:
    return find_relations(_doc(text), _mentions(text), _found(text), load_lexicon(), document=_document(text))


NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "reading": ("names",),
    "facts": ("names", "reading"),
    "relations": ("names", "reading", "facts"),
}
"""Stage to those before it whose results it takes."""


def forget() -> None:
    """Let go of what is remembered of a text."""
    for one in (_doc, _mentions, _document, _found):
        one.cache_clear()


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


@cache
def _checker() -> Checker:
    article = "晨露茶饮在2023年有会员3万人。张三说：“会员多了，我们就开店。”门店用企业微信联系会员，其中三成下单。"
    return Checker(MemoryCorpus([bare_doc(article)]))


STAGES: Final[Mapping[str, Stage]] = {
    "txt": _reads("a.txt"),
    "md": _reads("a.md"),
    "html": _reads("a.html"),
    "page": _page,
    "csv": _reads("a.csv"),
    "srt": _reads("a.srt"),
    "spoken": _spoken,
    "head": _head,
    "clean": clean_text,
    "fold": fold_spans,
    "key": match_key,
    "fingerprint": fingerprint,
    "sentences": split_sentences,
    "passages": lambda text: list(split_passages("a", text, bare_doc(text).cleaned, size_chars=200)),
    "segment": lambda text: _segmenter().tokens(text),
    "names": _names,
    "tagged": _tagged,
    "reading": _reading,
    "facts": _facts,
    "relations": _relations,
    "check": lambda text: _checker().check(text_draft(text, name="a.md", markdown=True)),
    "check plain": lambda text: _checker().check(text_draft(text, name="a.txt")),
}
"""Name to stage. A query has 10,000 characters at most, so that searching needs no place here."""
