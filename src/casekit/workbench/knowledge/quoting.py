"""A quotation ready to be used: original characters, reference, place, annotation, and a link that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from casekit.cite import cited
from casekit.errors import SettingError
from casekit.export import budget_of
from casekit.fold import detect_script, match_key, to_simplified, to_traditional
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Address, Doc, Span
from casekit.workbench.corpus.documents import check_span
from casekit.workbench.knowledge.finding import paragraph_of
from casekit.workbench.knowledge.omitting import Omitted, marked
from casekit.workspace import SETTINGS_NAME

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Quotation", "converted_note", "quotation", "reference_of"]

_CONTEXT_CHARS = 32  # prefix and suffix of a text quote selector
_NAMES = {"zh-Hans": ("转为简体", "converted to simplified"), "zh-Hant": ("转为繁体", "converted to traditional")}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation at an address.

    `text` is the raw slice, `quote` its kept characters with […] for what `omitted` names; `converted` names the script that
    `quote` was put into on demand, None where they are the source's own characters. `link` opens the stored file at the passage (RFC 5147),
    a PDF at its page (RFC 8118) and the picture of what was recognised; None for other files. `annotation` is a W3C Web Annotation. `percent` is the share of the source's
    body that is quoted, `budget` what the workspace allows ([quotes] percent in casekit.toml). `rests_on` are the places of
    the originals that a retelling's words rest on, where it says them. `recognised` is the confidence of text that a machine
    recognised, None for any other; `page` the page it begins on, where there are pages.

    References:
        RFC 5147, URI Fragment Identifiers for the text/plain Media Type; W3C Web Annotation Data Model (2017), 4.2.
    """

    text: str
    quote: str
    reference: str
    locator: str
    converted: str | None
    link: str | None
    annotation: dict[str, Any]
    percent: float
    budget: float
    rests_on: tuple[Address, ...] = ()
    recognised: float | None = None
    page: int | None = None
    omitted: tuple[Omitted, ...] = ()


def quotation(
    held: Held,
    source_id: str,
    start: int,
    end: int,
    *,
    style: str,
    script: Literal["zh-Hans", "zh-Hant"] | None,
) -> Quotation:
    """The quotation at an address; see `Workbench.quote`."""
    doc = held.documents[source_id]
    span = check_span(source_id, doc.text, start, end)
    own = quote_of(doc.text, span, doc.cleaned.kept)
    if not own:
        raise SettingError(
            say(
                f"{Address.of(source_id, span)} 全被剔除，不是正文，不能引用；casekit show {source_id} 看理由",
                f"{Address.of(source_id, span)} was cut and is no body text; casekit show {source_id} tells why",
            )
        )
    number = paragraph_of(doc.text, doc.cleaned, span)
    place = held.places.of(source_id, span)
    quote, omitted = marked(doc, span)
    converted = None
    if script is not None and detect_script(own) not in (script, "en"):
        other = to_simplified(quote) if script == "zh-Hans" else to_traditional(quote)
        converted = script if other != quote else None
        quote = other
    return Quotation(
        text=span.slice(doc.text),
        quote=quote,
        reference=reference_of(held, source_id, style),
        locator=_locator(held, source_id, span, number),
        converted=converted,
        link=_link(held, source_id, span),
        annotation=_annotation(held, source_id, doc.text, span),
        percent=round(100 * len(match_key(own)) / max(1, _body_chars(doc)), 2),
        budget=budget_of(held.workspace.root / SETTINGS_NAME),
        rests_on=_rests_on(held, doc, span),
        recognised=place.recognised if place is not None else None,
        page=int(place.first.value)
        if place is not None and place.first is not None and place.first.kind == "page"
        else None,
        omitted=omitted,
    )


def _locator(held: Held, source_id: str, span: Span, paragraph: int) -> str:
    """The page, slide, cell or time; where the format has none, the number of the paragraph."""
    found = held.places.of(source_id, span)
    told = say(f"第{paragraph}段", f"para. {paragraph}")
    if found is None:
        return told
    return found.told() if found.first is not None else f"{told}{found.note()}"


def _rests_on(held: Held, doc: Doc, span: Span) -> tuple[Address, ...]:
    if held.catalogue[doc.id].metadata.rank != "retelling":
        return ()
    from casekit.workbench.knowledge.resting import places_of

    return places_of(held, doc, span)


def reference_of(held: Held, source_id: str, style: str) -> str:
    """The reference of a source; of a retelling those of its originals, marked as quoted at second hand."""
    held.catalogue[source_id]  # an unknown source is refused by its own error
    return cited(source_id, lambda one: _item(held, one)).text(style)


def _item(held: Held, source_id: str) -> dict[str, Any] | None:
    record = held.catalogue.get(source_id)
    return None if record is None else record.to_json()


def _body_chars(doc: Doc) -> int:
    return len(match_key(quote_of(doc.text, Span(0, len(doc.text)), doc.cleaned.kept)))


def converted_note(script: str) -> str:
    """What is printed behind a converted quotation."""
    return say(*_NAMES[script])


def _link(held: Held, source_id: str, span: Span) -> str | None:
    file = held.catalogue[source_id].file
    if file is None:
        return None
    place = held.places.of(source_id, span)
    if place is not None and place.first is not None and place.first.kind == "page":
        page = f"#page={place.first.value}" if file.endswith(".pdf") else ""
        return f"{held.store.path_of(file).absolute().as_uri()}{page}"
    if not file.endswith((".txt", ".md")):
        return None
    return f"{held.store.path_of(file).absolute().as_uri()}#char={span.start},{span.end}"


def _annotation(held: Held, source_id: str, text: str, span: Span) -> dict[str, Any]:
    record = held.catalogue[source_id]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": {
            "source": record.metadata.url or f"urn:sha256:{record.sha256}",
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": span.slice(text),
                    "prefix": text[max(0, span.start - _CONTEXT_CHARS) : span.start],
                    "suffix": text[span.end : span.end + _CONTEXT_CHARS],
                },
            ],
        },
    }
