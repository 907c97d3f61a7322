"""What a quotation leaves out is marked with its reason; only what never was text closes silently."""

from __future__ import annotations

import pytest

from casekit.check import Checker, MemoryCorpus, text_draft
from casekit.fold import fingerprint
from casekit.passages import quote_of
from casekit.types import Cleaned, Cut, Doc, Metadata, Source, Span
from casekit.workbench.knowledge.omitting import marked


def doc_with(text: str, *cuts: tuple[str, str]) -> Doc:
    """A document whose body is all but these (words, rule)."""
    found = [Cut(Span(text.index(words), text.index(words) + len(words)), rule) for words, rule in cuts]
    edges = [0, *(i for cut in found for i in (cut.span.start, cut.span.end)), len(text)]
    kept = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    return Doc(Source("note", "", text, Metadata()), Cleaned(kept, tuple(found), (), (), Metadata()))


@pytest.mark.parametrize(
    ("text", "cuts", "quote", "reasons"),
    [
        (
            "门店要先缩短动线加V领红包再谈会员。",
            [("加V领红包", "spliced")],
            "门店要先缩短动线[…]再谈会员。",
            ["插入句中的无关短语"],
        ),
        (
            "门店要先缩短动线?lian再谈会员。",
            [("?lian", "broken-annotation")],
            "门店要先缩短动线[…]再谈会员。",
            ["注音插入造成的残留或乱码"],
        ),
        ("门店要先缩短\ufffd\ufffd，再谈会员。", [], "门店要先缩短[…]，再谈会员。", ["乱码，原字不明"]),
        ("聯(lián)商的门店。", [("(lián)", "annotation")], "聯商的门店。", []),
        ("门店的动线。", [], "门店的动线。", []),
    ],
)
def test_cut_out_spam_and_mojibake_are_marked_pinyin_closes(
    text: str, cuts: list[tuple[str, str]], quote: str, reasons: list[str]
) -> None:
    doc = doc_with(text, *cuts)
    shown, omitted = marked(doc, Span(0, len(text)))
    assert (shown, [one.reason for one in omitted]) == (quote, reasons)
    assert all(one.span.slice(text) in (cuts[0][0] if cuts else "\ufffd\ufffd") for one in omitted)
    # the mark has no letters: fingerprints and the checker see the kept characters
    assert fingerprint(shown) == fingerprint(quote_of(text, Span(0, len(text)), doc.cleaned.kept))


def test_what_stands_outside_the_range_is_not_marked() -> None:
    text = "门店要先缩短动线加V领红包再谈会员。"
    doc = doc_with(text, ("加V领红包", "spliced"))
    assert marked(doc, Span(0, 8)) == ("门店要先缩短动线", ())
    assert marked(doc, Span(text.index("再谈"), len(text))) == ("再谈会员。", ())


def test_a_marked_quotation_pasted_into_a_draft_is_as_in_the_source() -> None:
    text = "门店要先缩短顾客的动线加V领红包再谈会员的复购。"
    doc = doc_with(text, ("加V领红包", "spliced"))
    shown, _ = marked(doc, Span(0, len(text)))
    (found,) = Checker(MemoryCorpus([doc])).check(text_draft(f"文中写道：“{shown}”"))
    assert found.status == "ok"
