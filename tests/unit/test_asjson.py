"""Records as JSON and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.asjson import blocks_of_json, blocks_to_json, from_json, to_json
from casekit.types import Address, Block, Cleaned, Cut, Fact, Heading, Mention, Metadata, Relation, Span

SPANS = st.integers(0, 99).flatmap(lambda start: st.integers(start + 1, 120).map(lambda end: Span(start, end)))
NAMES = st.text(max_size=5)
MAYBE = st.none() | NAMES
NUMBERS = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
METADATA = st.builds(Metadata, title=MAYBE, authors=st.lists(NAMES, max_size=3).map(tuple), date=MAYBE)
RECORDS = st.one_of(
    METADATA,
    st.builds(Mention, NAMES, SPANS, NAMES, st.sampled_from(("company", "tactic")), NAMES, NAMES),
    st.builds(Fact, NAMES, SPANS, NAMES, MAYBE, MAYBE, MAYBE, NUMBERS, NUMBERS, MAYBE, NAMES, NAMES, MAYBE),
    st.builds(
        Relation,
        *(NAMES, MAYBE, NAMES, MAYBE, MAYBE, MAYBE, st.just("planned"), NAMES),
        st.lists(st.builds(Address.of, NAMES.filter(bool), SPANS), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(
        Cleaned,
        st.lists(SPANS, max_size=3).map(tuple),
        st.lists(st.builds(Cut, SPANS, NAMES), max_size=3).map(tuple),
        st.lists(st.builds(Cut, SPANS, NAMES), max_size=3).map(tuple),
        st.lists(st.builds(Heading, SPANS, st.integers(1, 6)), max_size=3).map(tuple),
        METADATA,
    ),
)


@given(RECORDS)
def test_every_record_survives_json(record: object) -> None:
    assert from_json(type(record), json.loads(json.dumps(to_json(record)))) == record


@given(
    st.lists(
        st.builds(Block, SPANS, NAMES, st.integers(0, 6), st.integers(0, 9), st.lists(NAMES, max_size=3).map(tuple))
    )
)
def test_blocks_survive_json(blocks: list[Block]) -> None:
    assert blocks_of_json(json.loads(json.dumps(blocks_to_json(blocks)))) == tuple(blocks)


def test_a_record_is_written_in_the_order_in_which_it_is_read() -> None:
    fact = Fact("news", Span(3, 8), "300万", "沃尔玛", None, "会员", 3000000, 3000000, "人")
    assert list(to_json(fact)) == [
        *("source", "start", "end", "text", "subject", "subject_entity", "metric", "value_min", "value_max", "unit"),
        *("qualifier", "period", "date_iso", "kind", "certainty"),  # so far as design.md lists them
        *(
            "measure",
            "modifier",
            "direction",
            "change",
            "value_from",
            "change_value",
            "change_unit",
            "headline",
            "assigned",
        ),
    ]
    mention = Mention("news", Span(3, 6), "沃尔玛", "company", "walmart", "沃尔玛")
    assert list(to_json(mention)) == ["source", "start", "end", "text", "type", "entity", "name", "unlisted"]


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Span"):
        to_json(Span(0, 1))
    with pytest.raises(TypeError, match="Block"):
        from_json(Block, {})
