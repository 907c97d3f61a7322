"""Search results, places and quotations."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

from casekit.address import Address
from casekit.errors import CasekitError
from casekit.jupyter.kernel.bench import bench_here
from casekit.jupyter.kernel.display.knowledge import said_by
from casekit.jupyter.kernel.display.parts import address, badge, head, marked, more, note, paragraphs, table
from casekit.language import say

if TYPE_CHECKING:
    from casekit.search import Answer
    from casekit.types import Hit
    from casekit.workbench import Occurrence, Quotation
    from casekit.workbench.knowledge.asking import CaseSaying, Reply, Saying
    from casekit.workbench.written import Written

__all__ = [
    "answer",
    "case_saying",
    "faceted",
    "hit",
    "hits",
    "occurrence",
    "occurrences",
    "quotation",
    "reply",
    "saying",
    "written",
]

_MOST: Final = 50


def answer(found: Answer) -> str:
    """The hits of a query, and an honest word where nothing seems to answer it."""
    n = len(found.hits)
    top = head(found.query, f"<small>{escape(say(f'{n} 段', f'{n} passages'))}</small>")
    if not found.hits:
        return top + f"<p>{say('没有找到', 'nothing found')}</p>"
    told = ""
    from casekit.search import following_told, meant_told, refusal_told

    if not found.answerable:
        told = note(refusal_told(found.evidence))
    told += note(following_told(found.following)) if found.following else ""
    told += note(meant_told(found.meant)) if found.meant else ""
    also = ""
    if found.expansion:
        words = " ".join(found.expansion[:12])
        also = f'<p class="ck-dim">{escape(say(f"也查了：{words}", f"also searched: {words}"))}</p>'
    return top + told + also + hits(found.hits)


def reply(found: Reply) -> str:
    """The sentences that answer a question: values first, each with its reference; or case by case."""
    from casekit.search import refusal_told

    top = head(found.query, "")
    told = "" if found.answerable else note(refusal_told(found.evidence))
    rows = "".join(map(saying, found.sayings)) + "".join(map(case_saying, found.cases))
    return top + told + (rows or f"<p>{say('没有找到', 'nothing found')}</p>")


def written(found: Written) -> str:
    """What a model wrote, as far as it holds, each sentence with its place; why others were struck."""
    if not found.reply.answerable:
        return reply(found.reply)
    top = head(found.reply.query, f"<small>{escape(found.model)}</small>")
    rows = ""
    for one in found.sentences:
        place = address(one.evidence.source, one.evidence.start, one.evidence.end)
        rows += f'<div class="ck-hit"><p>{escape(one.text)} {place}</p><blockquote>{paragraphs(one.quote)}</blockquote></div>'
    for n, gone in enumerate(found.struck):
        told = say(f"删去第 {gone.number} 句：{gone.reason}", f"sentence {gone.number} struck: {gone.reason}")
        rows += f'<p class="ck-dim">{escape(told)}</p>' if n < _MOST else ""
    return top + (rows or f"<p>{say('模型说答不了', 'the model says that it cannot answer')}</p>")


def case_saying(one: CaseSaying) -> str:
    """The best sentences of one source."""
    return f"<p><b>{escape(one.title)}</b></p>" + "".join(map(saying, one.sayings))


def saying(one: Saying) -> str:
    """A sentence that answers, with the value in it."""
    from casekit.workbench.knowledge.voices import value_told

    how = {"same": say("同一说法", "the same"), "other": say("另一说法", "another value")}.get(one.says, "")
    value = f"<b>{escape(value_told(one.fact, said_by(one.fact)))}</b>" if one.fact is not None else ""
    place = address(one.address.source, one.address.start, one.address.end)
    return (
        f'<div class="ck-hit"><p>{value} <small>{escape(how)}</small> {place}</p><blockquote>{paragraphs(one.quote)}</blockquote>'
        f"{_reference(one.address.source, one.locator)}{standing(one.standing, ())}</div>"
    )


def faceted(found: Any) -> str:
    """The hits of a query, and below them what they name."""
    from casekit.jupyter.kernel.display.frames import facets

    return answer(found) + facets(found.facets)


def hits(found: Sequence[Hit]) -> str:
    """Hits one below the other."""
    if not found:
        return f"<p>{say('没有找到', 'nothing found')}</p>"
    return "".join(hit(one) for one in found[:_MOST]) + more(len(found), _MOST)


def hit(one: Hit) -> str:
    """A hit with its address, headings, what matched, and where it is from."""
    span = one.passage.span
    heading = " › ".join(one.passage.heading)
    score = f'<small title="{escape(say("相关度，0 到 1", "relevance, 0 to 1"))}">{one.score:.3f}</small>'
    return (
        '<div class="ck-hit"><p>'
        f"<b>{one.rank}.</b> {address(one.passage.source, span.start, span.end)} "
        f"<small>{escape(heading)}</small> {score}</p>"
        f"<blockquote>{marked(one.quote, _words(one.why))}</blockquote>{_reference(one.passage.source, one.locator)}"
        f"{standing(one.standing, one.also)}</div>"
    )


def standing(rank: str, also: Sequence[str]) -> str:
    """What is said of a hit's standing, where there is something to say."""
    from casekit.workbench.knowledge.voices import standing_told

    told = standing_told(rank, also)
    return f'<p class="ck-dim">{escape(told)}</p>' if told else ""


def _words(why: dict[str, Any]) -> list[str]:
    words = why.get("words", ())
    return [str(word) for word in words] if isinstance(words, list | tuple) else []


def _reference(source: str, locator: str = "") -> str:
    bench = bench_here()
    if bench is None or source not in bench.catalogue:
        return ""
    return f'<p class="ck-dim">—— {escape(bench.reference(source))}{escape(f" {locator}" if locator else "")}</p>'


def occurrence(one: Occurrence) -> str:
    """A place: the match in the middle of its line."""
    line = f"{escape(one.left)}<mark>{paragraphs(one.match)}</mark>{escape(one.right)}"
    return f"<p>{address(one.source, one.start, one.end)} {line}</p>"


def occurrences(found: Sequence[Occurrence]) -> str:
    """Places in a table, the matches below each other."""
    rows = [
        (
            f"{address(o.source, o.start, o.end)} {escape(o.locator)}".rstrip(),
            f'<div style="text-align:right">{escape(o.left)}</div>',
            f"<mark>{paragraphs(o.match)}</mark>",
            escape(o.right),
        )
        for o in found
    ]
    columns = (say("出处", "address"), say("前文", "before"), say("命中", "match"), say("后文", "after"))
    return table(columns, rows, caption=say(f"共 {len(found)} 处", f"{len(found)} places"))


def quotation(one: Quotation) -> str:
    """The quotation with reference, place and, where it was converted or is long, a word on that."""
    marks = ""
    if one.converted:
        script = {"zh-Hans": say("简体", "simplified"), "zh-Hant": say("繁体", "traditional")}.get(
            one.converted, one.converted
        )
        marks = badge(say(f"已转换为{script}", f"converted to {script}"), "warn")
    told = ""
    if one.percent > one.budget:
        told = note(
            say(
                f"这段引文占该来源正文的 {one.percent:g}%，超过引用预算 {one.budget:g}%",
                f"this quotation is {one.percent:g} % of the source's body, above the budget of {one.budget:g} %",
            )
        )
    if one.omitted:
        told += note(say("[…]：", "[…]: ") + say("；", "; ").join(dict.fromkeys(cut.reason for cut in one.omitted)))
    places = " ".join(address(place.source, place.start, place.end) for place in one.rests_on)
    original = f'<p class="ck-dim">{say("原文：", "original: ")}{places}</p>' if places else ""
    return (
        f"<blockquote{_cites(one)}>{escape(one.quote)}</blockquote>"
        f'<p class="ck-dim">—— {escape(one.reference)} {escape(one.locator)} {_place(one)} {marks}</p>{original}{told}{_page(one)}'
    )


def _page(one: Quotation) -> str:
    """The page that a quotation was recognised on, beside it: whoever quotes it must be able to look."""
    bench = bench_here()
    source = _source_of(one)
    if one.recognised is None or one.page is None or source is None or bench is None:
        return ""
    try:
        data = base64.b64encode(bench.page_image(source, one.page)).decode("ascii")
    except (CasekitError, ImportError, OSError):
        return note(say("原图打不开", "the page cannot be shown"))
    title = escape(
        say(f"第{one.page}页原图，请与识别的文字对照", f"page {one.page}; compare it with the recognised text")
    )
    return (
        f"<details open><summary>{title}</summary>"
        f'<img src="data:image/png;base64,{data}" alt="{title}" style="max-width:100%"></details>'
    )


def _place(one: Quotation) -> str:
    """The address, from the annotation and the catalogue: the quotation itself does not repeat it."""
    source = _source_of(one)
    for selector in one.annotation.get("target", {}).get("selector", ()):
        if selector.get("type") == "TextPositionSelector":
            start, end = selector["start"], selector["end"]
            return address(source, start, end) if source is not None else address(f"{start}-{end}")
    return ""


def _cites(one: Quotation) -> str:
    """The address as the list of references reads it from a saved output."""
    source = _source_of(one)
    for selector in one.annotation.get("target", {}).get("selector", ()):
        if selector.get("type") == "TextPositionSelector" and source is not None:
            return f' data-casekit-cites="{escape(str(Address(source, selector["start"], selector["end"])))}"'
    return ""


def _source_of(one: Quotation) -> str | None:
    """The id of the source, None where several or none have its address."""
    known = one.annotation.get("target", {}).get("source")
    bench = bench_here()
    records = list(bench.catalogue) if bench is not None else []
    named = [r.id for r in records if known in (r.metadata.url, f"urn:sha256:{r.sha256}")]
    return named[0] if len(named) == 1 else None
