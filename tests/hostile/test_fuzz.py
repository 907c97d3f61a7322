"""Anything at all into what reads and loads: an answer, or one of casekit's own refusals, never another error.

A run of the tests tries a few examples of each; `make fuzz` tries many that no run has seen before.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hostile.files import HOSTILE
from tests.hostile.pathological import PATTERNS
from tests.hostile.stages import STAGES, bare_doc
from tests.strategies import examples, raw_texts

from casekit.catalogue import Catalogue
from casekit.check import Checker, MemoryCorpus, text_draft
from casekit.clean import clean_text
from casekit.cues.parse import parse_cues
from casekit.errors import CasekitError, SourceError
from casekit.facts import find_facts
from casekit.fold import fold_spans, match_key
from casekit.lexicon.glossary import parse_glossary
from casekit.lexicon.parse import parse_lines
from casekit.readers import read_bytes
from casekit.readers.sidecar import read_sidecar
from casekit.search import check_query
from casekit.segment import split_sentences
from casekit.workspace import Workspace

_HERE = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
_SEEDS = {
    **{
        ".docx": ("circle.docx", "number.docx"),
        ".epub": ("flipped-2.epub",),
        ".html": ("ld-kinds.html", "script.html"),
    },
    **{".mhtml": ("parts-100.mhtml",), ".xml": ("laughs.xml",), ".xlsx": ("cells.xlsx",), ".vtt": ()},
    **{".csv": (), ".md": (), ".txt": (), ".srt": (), ".pptx": ()},
}
"""Endings, and files to change at random; PDF goes to a process of its own and is tried by the hostile files."""
_SIGNS = st.text(
    "（）“”《》「」，。：；、！？\"'()[]{}*_`#|<>&%+-—…·\n\t \u3000\u200b\u202e0123456789年月日万亿元成多约从到张三说店会员a",
    max_size=300,
)
_TEXTS = st.one_of(raw_texts(), _SIGNS, st.sampled_from(list(PATTERNS)).map(lambda name: PATTERNS[name](400)))


def _changed(data: bytes) -> st.SearchStrategy[bytes]:
    flips = st.lists(st.tuples(st.integers(0, max(0, len(data) - 1)), st.integers(0, 255)), min_size=1, max_size=12)

    def change(found: list[tuple[int, int]]) -> bytes:
        made = bytearray(data)
        for at, value in found:
            made[at] = value
        return bytes(made)

    return flips.map(change)


@pytest.mark.parametrize("suffix", _SEEDS)
def test_readers_read_or_refuse(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_DEBUG", "1")  # an error that would be told as a refusal is raised as it is
    seeds = [HOSTILE[name]()[:20_000] for name in _SEEDS[suffix]]
    inputs = st.one_of(
        st.binary(min_size=1, max_size=400),
        _TEXTS.map(lambda t: t.encode("utf8", "replace") or b" "),
        *map(_changed, seeds),
    )

    @settings(_HERE, max_examples=examples(12))
    @given(inputs)
    def read(data: bytes) -> None:
        try:
            result = read_bytes(data, name=f"a{suffix}")
        except SourceError:
            return
        assert all(0 <= b.span.start <= b.span.end <= len(result.text) for b in result.blocks)

    read()


@settings(_HERE, max_examples=examples(40))
@given(_TEXTS)
def test_the_cleaner_keeps_or_cuts_every_character(text: str) -> None:
    cleaned = clean_text(text)
    held = [*cleaned.kept, *(cut.span for cut in cleaned.cuts)]
    covered = {i for span in held for i in range(span.start, span.end)}
    assert all(i in covered or text[i].isspace() for i in range(len(text)))


@settings(_HERE, max_examples=examples(40))
@given(_TEXTS)
def test_folding_leads_back_to_the_text(text: str) -> None:
    folded = fold_spans(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts.tolist(), folded.ends.tolist(), strict=True))
    match_key(text)


@settings(_HERE, max_examples=examples(40))
@given(_TEXTS)
def test_sentences_hold_every_character(text: str) -> None:
    covered = {i for span in split_sentences(text) for i in range(span.start, span.end)}
    assert all(i in covered or text[i].isspace() for i in range(len(text)))


@settings(_HERE, max_examples=examples(25))
@given(_TEXTS)
def test_figures_stand_where_they_say(text: str) -> None:
    for fact in find_facts(bare_doc(text), []):
        assert text[fact.span.start : fact.span.end] == fact.text


@settings(_HERE, max_examples=examples(10))
@given(_TEXTS)
def test_quotations_of_a_draft_are_answered(text: str) -> None:
    checker = Checker(MemoryCorpus([bare_doc("晨露茶饮在2023年有会员3万人。张三说：“会员多了，我们就开店。”")]))
    for markdown in (True, False):
        for finding in checker.check(text_draft(text, name="a", markdown=markdown)):
            assert 0 <= finding.start <= finding.end <= len(text)


@settings(_HERE, max_examples=examples(40))
@given(_TEXTS)
def test_queries_are_taken_or_refused(text: str) -> None:
    try:
        check_query(text, 3)
    except CasekitError:
        return
    STAGES["segment"](text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "title",
                    "author",
                    "issued",
                    "date-parts",
                    "custom",
                    "casekit",
                    "file",
                    "sha256",
                    "date",
                    "script",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


def _loads(write: Callable[[Path], object], load: Callable[[Path], object], path: Path) -> None:
    write(path)
    told = ""
    try:
        load(path)
    except CasekitError as error:
        told = str(error).strip()
    assert "\n" not in told


@settings(_HERE, max_examples=examples(60))
@given(_JSON)
def test_a_catalogue_is_loaded_or_refused(tmp_path: Path, data: object) -> None:
    item = {"id": "a", **data} if isinstance(data, dict) else data
    _loads(lambda path: path.write_text(json.dumps([item]), "utf8"), Catalogue, tmp_path / "catalogue.json")


@settings(_HERE, max_examples=examples(40))
@given(st.one_of(_TEXTS, st.text(max_size=200)))
def test_word_lists_are_loaded_or_refused(text: str) -> None:
    for load in (
        lambda: parse_cues(text.encode("utf8", "replace"), "a.txt", own=True),
        lambda: parse_glossary(text, "a.txt"),
        lambda: list(parse_lines(text, "a.txt")),
    ):
        try:
            load()
        except CasekitError:
            continue


@settings(_HERE, max_examples=examples(30))
@given(_TEXTS, st.sampled_from([".bib", ".ris", ".json", ".rdf"]))
def test_reference_files_are_loaded_or_refused(tmp_path: Path, text: str, suffix: str) -> None:
    _loads(lambda path: path.write_bytes(text.encode("utf8", "replace")), read_sidecar, tmp_path / f"a{suffix}")


@settings(_HERE, max_examples=examples(30))
@given(_TEXTS)
def test_settings_are_loaded_or_refused(tmp_path: Path, text: str) -> None:
    def write(path: Path) -> None:
        path.write_bytes(text.encode("utf8", "replace"))

    _loads(write, lambda path: Workspace.open(path.parent), tmp_path / "casekit.toml")
