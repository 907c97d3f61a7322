"""The cleaner against the hand-made truth of whole articles (needs ../shared; scored as its tools/score.py does)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from casekit.clean import clean_text
from casekit.fold import to_simplified, to_traditional
from casekit.types import Cleaned

SHARED = Path(__file__).resolve().parents[3] / "shared"
# Floors of the quality gate; measured when written: 1.0, 0 and 1.0 for both articles.
F_FLOOR = 0.98

if not (SHARED / "gold" / "bodies.json").exists():
    pytest.skip(f"{SHARED}/gold is not here", allow_module_level=True)

GOLD: dict[str, Any] = json.loads((SHARED / "gold" / "bodies.json").read_text("utf-8"))


def source(name: str) -> str:
    return (SHARED / "sources" / f"{name}.txt").read_bytes().decode("utf-8")


def chars(spans: Iterable[Any]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def norm(text: object) -> str:
    return re.sub(r"[\W_]+", "", str(text or "")).lower()


def body_score(gold: dict[str, Any], text: str, cleaned: Cleaned) -> tuple[float, int]:
    """(F1 over characters, injected characters left)."""
    free = chars(gold["optional"]) | chars(gold["captions"]) | {i for i, c in enumerate(text) if c.isspace()}
    noise = chars(x["span"] for x in gold["noise_inside"])
    want = chars(gold["body"]) - noise - free
    have = chars((s.start, s.end) for s in cleaned.kept) - free
    injected = chars(x["span"] for x in gold["noise_inside"] if x["kind"] in ("pinyin", "injected_spam"))
    return 2 * len(want & have) / (len(want) + len(have)), len(injected & have)


@pytest.mark.parametrize(
    "convert", [str, to_simplified, lambda t: to_traditional(t, taiwan=False)], ids=["own", "t2s", "s2t"]
)
@pytest.mark.parametrize("name", GOLD)
def test_body_reaches_its_floor_in_either_script(name: str, convert: Any) -> None:
    text = convert(source(name))
    f1, left = body_score(GOLD[name], text, clean_text(text))
    assert f1 >= F_FLOOR
    assert left == 0


@pytest.mark.parametrize("name", GOLD)
def test_metadata_is_right(name: str) -> None:
    gold, meta = GOLD[name], clean_text(source(name)).metadata
    assert norm(meta.title) in {norm(x) for x in gold["title_forms"]}
    assert {norm(a) for a in meta.authors} <= {norm(x) for x in gold["author_forms"]}
    assert bool(meta.authors) == bool(gold["authors"])
    assert norm(meta.publisher) in {norm(x) for x in (*gold["publisher_forms"], gold["publisher"])}
    if gold["date"]:
        assert str(meta.date).startswith(gold["date"])
    else:
        assert not meta.date or meta.date_certainty != "stated"


@pytest.mark.parametrize("name", GOLD)
def test_headings_are_those_of_the_truth(name: str) -> None:
    text = source(name)
    want = {tuple(span) for span in GOLD[name]["headings"]}
    have = {(h.span.start, h.span.end) for h in clean_text(text).headings}
    assert len(want & have) >= 0.9 * max(len(want), len(have))


def test_every_article_keeps_a_body_and_loses_only_its_edges_and_noise() -> None:
    """No truth is at hand for all five, so only what holds for any article."""
    for path in sorted((SHARED / "sources").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        cleaned = clean_text(text)
        size = sum(map(len, cleaned.kept))
        assert size > 0.4 * len(text)
        assert cleaned.metadata.title
        middle = [c for c in cleaned.cuts if cleaned.kept[0].start < c.span.start < cleaned.kept[-1].end]
        assert {c.rule for c in middle} <= {"annotation", "spliced", "decoration", "byline"}
