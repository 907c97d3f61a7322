"""Records in two files are the records of one: whatever came, changed and went, and whenever the small file was written into the large."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from tests.unit.test_index import commit, passage, source

from casekit import index
from casekit.index import Generation, layered
from casekit.index.form import RECORDS_FILE
from casekit.types import Fact, Mention, Span
from casekit.workspace import Workspace


def text_of(number: int, version: int) -> str:
    return f"第{number}篇第{version}版说会员" + "有很多话" * 40


def put(draft: index.Draft, number: int, version: int) -> None:
    """A source with two passages, a name and a figure, in the place of what stood there."""
    name, text = f"s{number}", text_of(number, version)
    draft.remove_sources([name])
    draft.add_source(source(name, text), [passage(0, name, text[:9]), passage(0, name, text[9:], start=9)])
    draft.records.add_found(
        [Mention(name, Span(0, 2), text[:2], "company", f"e{number % 3}", "甲"), Fact(name, Span(10, 11), str(version))]
    )


def told(generation: Generation) -> dict[str, Any]:
    """All that the records tell, but for passage ids."""
    records = generation.records
    rows = [(row.source, row.start, row.folded) for row in records.passages_of()]
    places = {row.pid: (row.source, row.start) for row in records.passages_of()}
    return {
        "keys": records.keys(),
        "checksums": records.checksums(),
        "passages": rows,
        "by id": sorted((row.source, row.start) for row in records.passages(records.pids()).values()),
        "in order of ids": sorted(places[row.pid] for row in records.passages_by_id()),
        "number": records.n_passages(),
        "names": [records.mentions(entity=f"e{n}") for n in range(3)],
        "all names": records.names(),
        "facts": records.facts(),
        "found": [records.found_within(Fact, name, 0, 99) for name in sorted(records.keys())],
        "naming": [sorted(places[pid] for pid in records.pids_naming(f"e{n}")) for n in range(3)],
        "with": sorted(places[pid] for pid in records.pids_with("fact", {"text": "1"})),
        "of sources": sorted(places[pid] for pid in records.pids_of_sources(["s1", "s2"])),
        "holding": records.sources_holding("第3篇"),
        "slices": [records.slice(name, 0, 9) for name in sorted(records.keys())],
        "words": sorted(generation.lexical.without().frequencies(["会", "版"]).items()),
    }


@pytest.fixture(params=[0, 40_000], ids=["always joined", "joined at times"])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(layered, "_SMALL_BYTES", request.param)
    return int(request.param)


@pytest.mark.parametrize("seed", range(3))
def test_records_in_two_files_are_those_of_one(seed: int, small: int, workspace: Workspace, tmp_path: Path) -> None:
    chance = random.Random(seed)
    now: dict[int, int] = {}
    layers = 0
    generation: Generation | None = None
    for step in range(9):
        draft = index.begin(workspace, generation)
        for number in chance.sample(range(40), 9 if step else 25):
            if number in now and chance.random() < 0.4:
                draft.remove_sources([f"s{number}"])
                del now[number]
                continue
            now[number] = step
            put(draft, number, step)
        if step % 3 == 2 and now:
            number = min(now)
            draft.records.remove_found("fact", f"s{number}")
            draft.records.add_found([Fact(f"s{number}", Span(10, 11), str(now[number]))])
        generation = commit(draft)
        layers += layered.base_of(generation.folder / RECORDS_FILE).exists()
        other = Workspace.create(tmp_path / f"other{step}")
        fresh = index.begin(other, None)
        for number in sorted(now):
            put(fresh, number, now[number])
        assert told(generation) == told(commit(fresh))
    assert layers > 3


def test_one_more_source_writes_what_it_brings(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layered, "_SMALL_BYTES", 100_000)
    draft = index.begin(workspace, None)
    for number in range(300):
        put(draft, number, 1)
    first = commit(draft)
    large = layered.base_of(first.folder / RECORDS_FILE)
    draft = index.begin(workspace, first)
    put(draft, 5, 2)
    put(draft, 900, 1)
    second = commit(draft)
    assert layered.base_of(second.folder / RECORDS_FILE).samefile(large)
    assert (second.folder / RECORDS_FILE).stat().st_size < large.stat().st_size / 3
    kept = second.records.source("s5")
    assert kept is not None
    assert kept.text == text_of(5, 2)
    assert first.records.source("s900") is None  # a reader of the older one sees nothing of it
