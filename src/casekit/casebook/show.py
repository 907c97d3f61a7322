"""A whole card as Markdown or HTML, for screens, pages and documents."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from casekit.casebook.check import CardVerdict, verify_card
from casekit.casebook.labels import (
    facet_label,
    facet_text,
    figure_label,
    kind_of_case_label,
    measure_text,
    name_of,
    note_text,
    person_name,
    role_text,
    section_label,
    statement_text,
)
from casekit.casebook.records import FACETS, SECTIONS, Backed, Case, Facet, Person, Statement
from casekit.language import current, say
from casekit.types import Doc

__all__ = ["card_html", "card_markdown"]


def card_markdown(
    card: Case, docs: Mapping[str, Doc] | None = None, *, verdicts: Sequence[CardVerdict] | None = None
) -> str:
    """The card as Markdown; with sources, every statement is followed by the original words it rests on.

    Args:
        card: The card.
        docs: Sources by id; None or without a card's source shows addresses only.
        verdicts: What `verify_card` said of this card with these sources, if it was asked already.
    """
    quotes = _quotes(card, docs, verdicts)
    lines = [f"# {name_of(card.name)}", "", " · ".join(_kind(card)), ""]
    summary = card.summary_en if current() == "en" and card.summary_en else card.summary_zh
    if summary:
        lines += [summary, ""]
    if card.note:
        lines += [f"> {note_text(card)}", ""]
    if values := [(name, card.facets.get(name)) for name in FACETS if card.facets.get(name)]:
        lines += [f"- **{facet_label(name)}** " + "；".join(map(_facet, found)) for name, found in values]
        lines.append("")
    for name in (*SECTIONS[:4], "people", *SECTIONS[4:]):
        items: Sequence[Statement | Person] = card.people if name == "people" else card.section(name)
        if items:
            lines += [f"## {section_label(name)}", ""]
            for i, item in enumerate(items):
                lines.append(f"- {_told(item)}")
                lines += [f"  > {quote}" for quote in quotes(f"{name}[{i}]", item)]
            lines.append("")
    if card.sources():
        lines += [f"## {say('来源', 'Sources')}", "", *(f"- {source}" for source in card.sources()), ""]
    return "\n".join(lines)


def card_html(
    card: Case, docs: Mapping[str, Doc] | None = None, *, verdicts: Sequence[CardVerdict] | None = None
) -> str:
    """The card as one `<article>`, everything escaped; arguments as for `card_markdown`."""
    quotes = _quotes(card, docs, verdicts)
    e = html.escape
    parts = [f'<article class="casekit-case" id="case-{e(card.id)}"><h1>{e(name_of(card.name))}</h1>']
    parts.append(f"<p>{e(' · '.join(_kind(card)))}</p>")
    summary = card.summary_en if current() == "en" and card.summary_en else card.summary_zh
    parts += [f"<p>{e(text)}</p>" for text in (summary, note_text(card)) if text]
    parts.append("<dl>")
    for name in FACETS:
        if found := card.facets.get(name):
            parts.append(f"<dt>{e(facet_label(name))}</dt><dd>{e('；'.join(map(_facet, found)))}</dd>")
    parts.append("</dl>")
    for name in (*SECTIONS[:4], "people", *SECTIONS[4:]):
        items: Sequence[Statement | Person] = card.people if name == "people" else card.section(name)
        if items:
            parts.append(f"<h2>{e(section_label(name))}</h2><ul>")
            for i, item in enumerate(items):
                shown = "".join(f"<blockquote>{e(quote)}</blockquote>" for quote in quotes(f"{name}[{i}]", item))
                parts.append(f"<li>{e(_told(item))}{shown}</li>")
            parts.append("</ul>")
    if card.sources():
        listed = "".join(f"<li>{e(source)}</li>" for source in card.sources())
        parts.append(f"<h2>{e(say('来源', 'Sources'))}</h2><ul>{listed}</ul>")
    parts.append("</article>")
    return "".join(parts)


class _Quotes:
    def __init__(self, verdicts: Mapping[str, CardVerdict]) -> None:
        self.verdicts = verdicts

    def __call__(self, field: str, item: Backed) -> list[str]:
        """A line for each piece of evidence: the words and the address, or what became of it."""
        lines = []
        for i, evidence in enumerate(item.evidence):
            verdict = self.verdicts.get(f"{field}.evidence[{i}]")
            if verdict is None or verdict.status == "not-imported":
                lines.append(f"[{evidence.address}]")
            elif verdict.found and verdict.quote:
                at = f"[{verdict.found}]"
                moved = "" if verdict.status == "ok" else f" {verdict.message}"
                lines.append(f"{' '.join(verdict.quote.split())} {at}{moved}")
            else:
                lines.append(f"[{evidence.address}] {verdict.message}")
        return lines


def _quotes(card: Case, docs: Mapping[str, Doc] | None, verdicts: Sequence[CardVerdict] | None) -> _Quotes:
    if verdicts is None:
        verdicts = verify_card(card, docs) if docs else []
    return _Quotes({verdict.field: verdict for verdict in verdicts if verdict.card == card.id})


def _kind(card: Case) -> list[str]:
    draft = [say("草稿", "draft")] if card.status == "draft" else []
    return [kind_of_case_label(card.kind), card.id, *draft]


def _facet(value: Facet) -> str:
    told = facet_text(value)
    return say(f"{told}【背景知识】", f"{told} [background]") if value.basis == "background" else told


def _told(item: Statement | Person) -> str:
    if isinstance(item, Person):
        role = role_text(item) or say("职务不详", "role unknown")
        parts = [f"{person_name(item)}：{role}", *(part for part in (item.period, item.note) if part)]
        return "；".join(parts)
    mark = say("【背景知识】", "[background] ") if item.basis == "background" else ""
    if not item.kind:
        return f"{mark}{statement_text(item)}"
    measure = measure_text(item)
    return f"{mark}{statement_text(item)} —— {measure + ' ' if measure else ''}{figure_label(item)}"
