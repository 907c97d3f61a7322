"""Finding words again: the room that cards, notes, hand-made relations, workshops and rulings ask."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casekit
from casekit.errors import SettingError
from casekit.evidence import MOVE_LETTERS, Body, evidence_at, follow_span, verify, verify_one
from casekit.fold import fingerprint
from casekit.types import Address, Cleaned, Doc, Evidence, Metadata, Source, Span

TEXT = "晨露在三个城市开了四十家门店。店长每周三晚上报空班，由店员自己认领。"
WORDS = Span(15, 27)


def doc_of(text: str, source: str = "a", kept: tuple[Span, ...] | None = None) -> Doc:
    spans = (Span(0, len(text)),) if kept is None else kept
    return Doc(Source(source, "0" * 64, text), Cleaned(spans, (), (), (), Metadata()))


def test_one_piece_of_evidence_needs_no_card() -> None:
    evidence = evidence_at(doc_of(TEXT), WORDS.start, WORDS.end)
    assert evidence.address == Address.of("a", WORDS)
    verdict = verify_one(evidence, doc_of(TEXT))
    assert (verdict.status, verdict.found) == ("ok", evidence.address)
    moved = verify_one(evidence, doc_of("新的导语。" + TEXT))
    assert (moved.status, moved.quote) == ("moved", WORDS.slice(TEXT))
    assert moved.found == Address("a", WORDS.start + 5, WORDS.end + 5)
    assert verify_one(evidence, None).status == "not-imported"
    assert verify_one(evidence, doc_of(TEXT, "b")).status == "not-imported"  # another source is no proof


def test_verdicts_come_in_the_order_of_the_evidence_each_for_its_own_source() -> None:
    one = evidence_at(doc_of(TEXT), 0, 14)
    docs = {"a": doc_of(TEXT), "b": doc_of("前言。" + TEXT, "b")}
    other = Evidence(Address("b", 0, 14), one.fingerprint)
    absent = Evidence(Address("c", 0, 14), one.fingerprint)
    assert [v.status for v in verify([other, one, absent, other], docs)] == ["moved", "ok", "not-imported", "moved"]
    [wide] = verify([absent], docs, elsewhere=True)
    assert [place.source for place in wide.places] == ["a", "b"]
    assert verify([], docs) == []


@pytest.mark.parametrize("mark", ["", "fp1:0:0123456789abcdef", "fp9:30:0123456789abcdef", "nonsense"])
def test_what_is_no_fingerprint_is_found_nowhere(mark: str) -> None:
    body = Body(TEXT)
    assert body.places(mark) == []
    assert body.only(mark) is None
    assert not body.reads(Span(0, 14), mark)
    assert verify_one(Evidence(Address("a", 0, 14), mark), doc_of(TEXT)).status == "gone"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (9, 3), (14, 15), (0, 999)])
def test_evidence_is_refused_where_no_letter_of_the_body_stands(start: int, end: int) -> None:
    with pytest.raises(SettingError):
        evidence_at(doc_of(TEXT), start, end)


def test_too_few_letters_are_no_proof() -> None:
    mark = fingerprint("四十家门店")
    assert len(Body(TEXT).places(mark)) == 1
    assert MOVE_LETTERS > 5
    assert Body(TEXT).only(mark) is None


@given(
    st.text("甲乙丙丁，。A1 ", max_size=30),
    st.text("甲乙丙丁，。A1 ", max_size=30),
    st.text("甲乙丙丁戊己，。A1", min_size=1, max_size=24),
)
def test_places_are_all_windows_that_read_the_same(before: str, after: str, words: str) -> None:
    text = before + words + after
    mark = fingerprint(words)
    if mark.startswith("fp1:0:"):
        return
    letters = int(mark.split(":")[1])
    at = [i for i, c in enumerate(text) if c.isalnum()]
    windows = [Span(at[i], at[i + letters - 1] + 1) for i in range(len(at) - letters + 1)]
    assert Body(text).places(mark) == [w for w in windows if fingerprint(w.slice(text)) == mark]


@given(st.text("甲乙丙丁戊\n", max_size=40), st.text("戊己庚辛", max_size=20), st.data())
def test_a_place_is_followed_to_the_same_words_or_given_up(old: str, put: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    span = Span(start, data.draw(st.integers(start, len(old))))
    at = data.draw(st.integers(0, len(old)))
    new = old[:at] + put + old[at:]
    found = follow_span(old, span, new)
    if found is not None:
        assert found.slice(new) == span.slice(old)
        if new.count(span.slice(old)) == 1:
            assert found.start == new.index(span.slice(old))


def test_nobody_makes_a_card_to_verify_a_place() -> None:
    root = Path(casekit.__file__).parent
    made = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "Case(" in (code := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Case"
    }
    assert made == {"casebook/draft.py", "casebook/schema.py"}


def test_a_verdict_can_be_replaced_like_any_record() -> None:
    verdict = verify_one(evidence_at(doc_of(TEXT), 0, 14), doc_of(TEXT))
    assert replace(verdict, message="") != verdict
