"""An evidence card: one quotation with everything a reader needs to trust it, as HTML or Markdown."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casekit.casebook.labels import claim_label
from casekit.cite import format_reference
from casekit.claims import whose
from casekit.evidence import VerdictStatus, verify_one
from casekit.fold import detect_script, fold_text, to_simplified, to_traditional
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Address, Doc, Evidence, Fact, Mention, Span

__all__ = ["EvidenceCard", "evidence_card"]


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A quotation at its place. Where the evidence was not found there is no quotation, and `message` says why.

    `quote`, `before` and `after` are the source's own characters (cut ones left out); `folded` is the form that search
    compares; `converted` is the quotation in the other script, made by machine, so no quotation any more.
    """

    source: str
    title: str
    start: int
    end: int
    sha256: str
    status: VerdictStatus
    message: str
    quote: str | None
    before: str
    after: str
    folded: str
    converted: str
    reference: str
    entities: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it stands in the stored text, as it is printed."""
        return str(Address(self.source, self.start, self.end))

    def to_markdown(self) -> str:
        """A block quote with its data below."""
        if self.quote is None:
            return f"> **{self.message}**\n\n{_listed(self._data(), '- **{}** {}')}\n"
        quoted = "\n> ".join(self.quote.splitlines())
        context = f"…{_flat(self.before)}**[ … ]**{_flat(self.after)}…"
        return f"> {quoted}\n\n{_listed([(say('上下文', 'Context'), context), *self._data()], '- **{}** {}')}\n"

    def to_html(self) -> str:
        """One `<figure>`, everything escaped, nothing loaded from elsewhere."""
        e = html.escape
        parts = ['<figure class="casekit-evidence" style="border-left:4px solid #888;margin:1em 0;padding:.2em 1em">']
        if self.quote is None:
            parts.append(f"<p><strong>{e(self.message)}</strong></p>")
        else:
            quote = e(self.quote).replace("\n", "<br>")
            parts.append(
                f'<blockquote data-source="{e(self.source)}" data-start="{self.start}" data-end="{self.end}">'
                f'<span style="opacity:.7">{e(_flat(self.before))}</span><mark>{quote}</mark>'
                f'<span style="opacity:.7">{e(_flat(self.after))}</span></blockquote>'
            )
        parts.append("<figcaption><dl>")
        parts += [f"<dt>{e(label)}</dt><dd>{e(value)}</dd>" for label, value in self._data()]
        parts.append("</dl></figcaption></figure>")
        return "".join(parts)

    def _data(self) -> list[tuple[str, str]]:
        rows = [
            (say("出处", "Source"), self.reference or self.title),
            (say("位置", "Address"), self.address),
            (say("状态", "Status"), self.message),
            (say("原件 SHA-256", "SHA-256 of the original"), self.sha256),
        ]
        if self.quote is not None:
            rows.append((say("折叠后（检索用）", "Folded (for matching)"), _flat(self.folded)))
            if self.converted and self.converted != self.quote:
                rows.append(
                    (
                        say("另一种字体（机器转换，非原文）", "Other script (converted, not the original)"),
                        _flat(self.converted),
                    )
                )
        if self.entities:
            rows.append((say("提到", "Mentions"), "、".join(self.entities)))
        if self.figures:
            rows.append((say("数字", "Figures"), "；".join(self.figures)))
        return rows

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def evidence_card(
    evidence: Evidence,
    doc: Doc,
    *,
    record: Mapping[str, object] | None = None,
    reference: str | None = None,
    style: str = "gbt7714-2025",
    mentions: Sequence[Mention] = (),
    facts: Sequence[Fact] = (),
    context_chars: int = 60,
) -> EvidenceCard:
    """The evidence card of one piece of evidence.

    Args:
        evidence: Address and fingerprint; it is checked first, and shown where it stands now.
        doc: Its source with the body.
        record: The source's CSL-JSON record, for the reference.
        reference: The printed reference where it is no record's own (a retelling leads to its originals).
        style: A style of `casekit.cite.STYLES`.
        mentions: Mentions of the source (or of the corpus); those inside the quotation are listed.
        facts: Figures, likewise.
        context_chars: Characters of context on either side, 0 for none.
    Raises:
        SettingError: If the style is unknown.
        SourceError: If `record` cannot be cited.
    """
    verdict = verify_one(evidence, doc)
    span = (verdict.found or evidence.address).span
    quote = verdict.quote if verdict.found else None
    kept, text = doc.cleaned.kept, doc.text
    before = (
        quote_of(text, Span(max(0, span.start - context_chars), span.start), kept) if quote and context_chars else ""
    )
    after = (
        quote_of(text, Span(span.end, min(len(text), span.end + context_chars)), kept)
        if quote and context_chars
        else ""
    )
    inside = [m for m in mentions if quote and m.source == doc.id and m.span.overlaps(span)]
    stated = [f for f in facts if quote and f.source == doc.id and f.span.overlaps(span)]
    return EvidenceCard(
        doc.id,
        doc.cleaned.metadata.title or doc.id,
        span.start,
        span.end,
        doc.source.sha256,
        verdict.status,
        verdict.message,
        quote,
        before,
        after,
        fold_text(quote) if quote else "",
        _other_script(quote) if quote else "",
        reference or (format_reference(record, style) if record is not None else ""),
        tuple(dict.fromkeys(m.name for m in inside)),
        tuple(dict.fromkeys(map(_figure, stated))),
    )


def _other_script(quote: str) -> str:
    return to_simplified(quote) if detect_script(quote) == "zh-Hant" else to_traditional(quote, taiwan=False)


def _figure(fact: Fact) -> str:
    about = "·".join(part for part in (whose(fact.subject, assigned=fact.assigned), fact.metric) if part)
    claim = claim_label(fact.kind, fact.certainty)
    return say(f"{fact.text}（{about}；{claim}）", f"{fact.text} ({about}; {claim})")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _listed(rows: Sequence[tuple[str, str]], form: str) -> str:
    return "\n".join(form.format(label, value) for label, value in rows)
