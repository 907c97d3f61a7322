"""Marking never drops or changes a character: in Python, and in the pages that mark text in the browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from tests.strategies import raw_texts

from casekit.jupyter.kernel.display.parts import marked
from casekit.marking import marked_pieces, places_of_words
from casekit.types import Span
from casekit.workbench.panel.pieces import pieces_of

RANGES = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=12)
NODE = shutil.which("node")


@given(raw_texts(), RANGES)
def test_pieces_joined_are_the_text(text: str, ranges: list[tuple[int, int]]) -> None:
    pieces = marked_pieces(text, ranges)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    covered = [any(start <= i < end for start, end in ranges) for i in range(len(text))]
    assert [hit for piece, hit in pieces for _ in piece] == covered


@given(raw_texts(), RANGES)
def test_pieces_of_the_panel_are_the_same(text: str, ranges: list[tuple[int, int]]) -> None:
    spans = [Span(max(0, a), min(b, len(text))) for a, b in ranges if max(0, a) < min(b, len(text))]
    told = [(one.text, one.mark) for one in pieces_of(text, spans)]
    assert told == marked_pieces(text, ((s.start, s.end) for s in spans))


@given(raw_texts(), st.lists(st.text(min_size=1, max_size=4), max_size=4), st.data())
def test_a_marked_notebook_cell_reads_as_its_text(text: str, words: list[str], data: st.DataObject) -> None:
    if len(text) > 3:
        start = data.draw(st.integers(0, len(text) - 3))
        words = [*words, text[start : start + 3], text[start + 1 : start + 3]]
    text = re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "", text)  # what no page can hold
    page = lxml_html.fragment_fromstring(marked(text, words).replace("<br>", "\n"), create_parent="div")
    assert page.text_content() == text


def test_overlapping_words_are_one_mark() -> None:
    text = "「提升营销的精准度」"
    pieces = marked_pieces(text, places_of_words(text, ["精准", "准度", "精准度", "营销"]))
    assert [piece for piece, hit in pieces if hit] == ["营销", "精准度"]


# ---- in the browser's language -----------------------------------------------------------------------------------------
def _in_node(script: str, given: Any) -> Any:
    if NODE is None:
        pytest.skip("node is not installed")
    done = subprocess.run([NODE, "-e", script], input=json.dumps(given), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _source(*names: str) -> str:
    return "".join(files("casekit").joinpath("data", *name.split("/")).read_text("utf8") for name in names)


def _cases() -> list[tuple[str, list[tuple[int, int]]]]:
    """Texts and ranges that nest, touch, overlap and run over the ends; the same ones every time."""
    import random

    chance = random.Random(7)
    letters = "精准度「」会员𪚥😀a1 \n（）"
    made = []
    for _ in range(400):
        text = "".join(chance.choice(letters) for _ in range(chance.randrange(24)))
        ranges = [(chance.randrange(-2, 26), chance.randrange(-2, 26)) for _ in range(chance.randrange(6))]
        made.append((text, ranges))
    return made


def _units(text: str, place: int) -> int:
    """A place in code points as one in UTF-16 units; places beyond the text stay beyond it."""
    inside = max(0, min(place, len(text)))
    return len(text[:inside].encode("utf-16-le")) // 2 + (place - inside)


def test_the_browsers_highlighter_is_the_same() -> None:
    cases = _cases()
    given_ = [[text, [[_units(text, a), _units(text, b)] for a, b in ranges]] for text, ranges in cases]
    script = _source("marking.js") + (
        'const given = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "console.log(JSON.stringify(given.map(([text, ranges]) => casekitMarking.pieces(text, ranges))));"
    )
    for (text, ranges), told in zip(cases, _in_node(script, given_), strict=True):
        assert [tuple(one) for one in told] == marked_pieces(text, ranges), (text, ranges)


# A page of which the search needs so much: elements that hold text, and nothing else of a browser.
_PAGE = """
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const element = (tag) => ({ tag, parts: [], style: {}, append(...more) { this.parts.push(...more); }, replaceChildren(...more) { this.parts = more; },
  addEventListener() {}, focus() {}, set textContent(text) { this.parts = [text]; },
  get textContent() { return this.parts.map((one) => (typeof one === "string" ? one : one.textContent)).join(""); } });
const byId = { q: element("input"), hits: element("div"), told: element("p"), search: element("form") };
globalThis.window = { CASEKIT: given.index };
globalThis.document = { getElementById: (id) => byId[id], createElement: element };
globalThis.location = { search: "?q=" + encodeURIComponent(given.query) };
globalThis.history = { replaceState() {} };
"""
_LINES = """
const lines = byId.hits.parts.flatMap((article) => article.parts.filter((one) => one.tag === "p").map((line) => line.parts.slice(2)));
console.log(JSON.stringify(lines.map((line) => line.map((one) => (typeof one === "string" ? [one, false] : [one.textContent, true])))));
"""


@pytest.mark.parametrize(
    "query", ["精准 准度 精准度", "精準度", "营销的精准度", "度」 」 准度」", "𪚥店 店", "会员 会员数", "提升"]
)
def test_the_sites_search_shows_every_character(query: str) -> None:
    rows = [
        "他说「提升营销的精准度」，会员数因此多了。",
        "前面很长" * 12 + "😀" * 3 + "「精准度」" + "后面也长" * 40,
        "精准度精准度，𪚥店的会员数",
    ]
    index = {
        "pages": [["a.html", "甲", "", 1.0]],
        "rows": [[0, f"r{i}", "节", text] for i, text in enumerate(rows)],
        "from": "準銷",
        "to": "准销",
        "words": {"none": "", "near": "", "count": "{n}", "more": "{n}"},
    }
    lines = _in_node(_PAGE + _source("marking.js", "export/site/search.js") + _LINES, {"index": index, "query": query})
    assert lines
    for line in lines:
        told = "".join(piece for piece, _ in line).removeprefix("…").removesuffix("…")
        assert told, line
        assert any(told in row for row in rows), told
        assert any(hit for _, hit in line)
