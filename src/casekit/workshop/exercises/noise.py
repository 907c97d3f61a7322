"""Spot the noise: pieces that the cleaner cut, among sentences of the body."""

from __future__ import annotations

import random
from collections.abc import Iterator

from casekit.clean import reason_of
from casekit.language import say
from casekit.passages import quote_of
from casekit.segment import split_sentences
from casekit.types import Address, Doc, Span
from casekit.workshop.material import Material, Pack
from casekit.workshop.tasks import Line, Task, Why, kind_name, letters, shuffled

__all__ = ["make_noise"]

# Noise that can be told by reading. Spam is left out (it may be anything), as are marks that are no words.
_PLAIN = frozenset({"navigation", "breadcrumb", "forum", "page-chrome", "legal", "disclaimer", "promotion"})
_ON_TOPIC = frozenset({"teasers", "related"})
# Long enough to be judged, short enough to be no excerpt.
_LEAST, _MOST = 10, 60
_BULLETS = "•·●○◆◇■□▪▶►*-–—>» "
_COUNT = {1: (2, 3), 2: (3, 4), 3: (3, 5)}


def make_noise(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Snippets of the pages that the cases rest on: which of them is not the article?"""
    cited = dict.fromkeys(one.source for card in material.cards for _, one in card.evidence())
    docs = [material.docs[source] for source in cited if source in material.docs]
    rules = {1: _PLAIN, 2: _PLAIN | _ON_TOPIC, 3: _ON_TOPIC | _PLAIN}[level]
    cuts = [found for doc in docs for found in _cuts(doc, rules)]
    if not cuts:
        docs = [doc for source, doc in sorted(material.docs.items()) if source not in cited]
        cuts = [found for doc in docs for found in _cuts(doc, rules)]
        docs = [doc for doc in docs if any(cut[0] is doc for cut in cuts)]
    n_cut, n_kept = _COUNT[level]
    body = [(doc, span) for doc in docs for span in _sentences(doc)]
    if not cuts or len(body) < n_kept:
        return Why(
            "noise",
            say(
                "这些案例的原文不在工作区，或者清洗台账里没有可读的杂质；加入原文后可得",
                "the originals are not in the workspace, or the cleaner cut nothing readable; add them to get it",
            ),
        )
    if level == 3:  # what is on topic is hardest to tell
        cuts.sort(key=lambda cut: cut[2] not in _ON_TOPIC)
    picked = cuts[:n_cut] if level == 3 else rng.sample(cuts, min(n_cut, len(cuts)))
    kept = rng.sample(body, n_kept)
    pieces: dict[str, tuple[Doc, Span, str, str]] = {}
    for doc, span, rule, reason in picked:
        pieces.setdefault(" ".join(span.slice(doc.text).split()), (doc, span, rule, reason))
    for doc, span in kept:
        pieces.setdefault(" ".join(quote_of(doc.text, span, doc.cleaned.kept).split()), (doc, span, "", ""))
    order = shuffled(rng, list(pieces))
    options = letters(order)
    noise = [option for option in options if pieces[option.text][2]]
    lines = []
    for option in noise:
        doc, span, rule, reason = pieces[option.text]
        why = say(f"{option.letter}：{reason}", f"{option.letter}: {rule}")
        lines.append(Line(say(f"{why}（清洗规则 {rule}）", why), (), (str(Address.of(doc.id, span)),)))
    return Task(
        kind="noise",
        title=kind_name("noise"),
        prompt=(
            say(
                "下面的片段都取自案例所依据的网页。哪些不属于文章正文（导航、相关文章的导语、版权说明之类），"
                "引用时会闹笑话？列出它们的字母。",
                "These snippets stand on the pages that the cases rest on. Which of them are not part of the article "
                "(navigation, teasers of other stories, legal notes)? List their letters.",
            ),
        ),
        items=(),
        options=options,
        form="set",
        answer=tuple(option.letter for option in noise),
        key=tuple(lines),
        misconceptions=(
            say(
                "页面上挨着的就当成同一篇：页尾的相关文章也谈同一话题，也有数字，但说的是别家。",
                "What stands on the same page is taken for the same article: teasers are on topic and full of figures.",
            ),
        ),
        hints={"*": say("问每一句：作者在这篇文章里说的吗？", "ask of each: does the author say it in this article?")},
        minutes=6,
    )


def _cuts(doc: Doc, rules: frozenset[str]) -> Iterator[tuple[Doc, Span, str, str]]:
    """Lines of the ledger's cuts that can be read on their own."""
    for cut in doc.cleaned.cuts:
        if cut.rule not in rules:
            continue
        at = cut.span.start
        for line in cut.span.slice(doc.text).splitlines(keepends=True):
            text = line.strip().lstrip(_BULLETS)  # a bullet would give it away
            start = at + line.find(text) if text else at
            at += len(line)
            if text and len(text) > _MOST:
                end = max((text.rfind(stop, _LEAST, _MOST) for stop in "。！？，；"), default=-1)
                text = text[: end + 1] if end > 0 else ""
            if len(text) >= _LEAST:
                yield doc, Span(start, start + len(text)), cut.rule, reason_of(cut.rule)


def _sentences(doc: Doc) -> list[Span]:
    # headings can be taken for teasers by anybody, so they are no good as body
    return [
        span
        for span in split_sentences(doc.text, doc.cleaned.kept)
        if _LEAST <= len(quote_of(doc.text, span, doc.cleaned.kept)) <= _MOST
        and not any(heading.span.overlaps(span) for heading in doc.cleaned.headings)
    ]
