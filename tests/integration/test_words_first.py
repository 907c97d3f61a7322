"""Many new sources: their words can be searched while the model still reads them, and the build ends as any other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.integration.test_build import QUERIES, answers, ids_of, invented, layers
from tests.samples import Cli, make_workspace, set_model, write_texts

from casekit.embed import Encoder
from casekit.embed.encoder import Progress
from casekit.embed.hashing import HashingEncoder
from casekit.types import Floats2d
from casekit.workbench import Workbench
from casekit.workbench.corpus import leading


class Slow(HashingEncoder):
    """Vectors that are waited for: what is done meanwhile is up to `meanwhile`."""

    meanwhile: Any = None

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        if Slow.meanwhile is not None:
            Slow.meanwhile()
        return super().encode_passages(texts, progress=progress)

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        return super().encode_passages(texts)


def load(spec: str, **options: Any) -> Encoder | None:
    return Slow()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "ws", tagger=False).root
    set_model(made, "slow")
    monkeypatch.setattr(leading, "_MANY_CHARS", 1000)
    monkeypatch.setattr(Slow, "meanwhile", None)
    return made


def added(root: Path, numbers: range) -> Workbench:
    bench = Workbench(root, load=load)
    bench.add(write_texts(root.parent / "in", {f"d{n:03}": invented(n) for n in numbers}))
    return bench


def test_words_are_found_while_the_model_reads_and_nothing_is_lost(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Any] = []

    def look() -> None:
        if not seen:
            with caplog.at_level(logging.WARNING):
                reader = Workbench(root, load=load)
                answer = reader.search("顾客换积分", 5)
                rows = reader.corpus()
            seen.append((answer, [row["state"] for row in rows], answer._repr_html_()))

    first = added(root, range(8))
    monkeypatch.setattr(Slow, "meanwhile", look)
    assert first.build().added == 8
    answer, states, shown = seen.pop()
    assert answer.hits
    assert answer.following > 8
    assert states == ["following"] * 8
    assert str(answer.following) in shown
    assert "casekit build" in caplog.text
    more = added(root, range(8, 16))
    assert more.build().encoded > 8  # those that are new; what was there keeps its vectors
    answer, states, _ = seen.pop()
    assert states == ["built"] * 8 + ["following"] * 8
    assert "d008" in {hit.passage.source for hit in Workbench(root, load=load).search("第8号店", 3).hits}
    monkeypatch.setattr(Slow, "meanwhile", None)
    grown = Workbench(root, load=load)
    assert grown.search("顾客", 3).following == 0
    assert grown.build().unchanged == 16
    before = answers(grown, QUERIES), layers(grown)
    assert grown.build(full=True).encoded == grown.generation.manifest.passages
    assert (answers(grown, QUERIES), layers(grown)) == before


def test_a_build_that_is_stopped_goes_on_from_its_words(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    bench = added(root, range(6))
    monkeypatch.setattr(Slow, "meanwhile", stop)
    with pytest.raises(KeyboardInterrupt):
        bench.build()
    assert not list((root / "index").glob(".draft-*"))
    monkeypatch.setattr(Slow, "meanwhile", None)
    stopped = Workbench(root, load=load)
    assert stopped.search("顾客换积分").following
    assert stopped.facts().empty
    stopped.remove(["d002"])  # whose vectors never were
    report = stopped.build()
    assert (report.added, report.removed, report.encoded) == (5, 1, report.passages)
    assert ids_of(stopped) == {f"d{n:03}" for n in (0, 1, 3, 4, 5)}
    assert not stopped.facts().empty
    assert stopped.search("顾客换积分").following == 0
    made = answers(stopped), layers(stopped)
    stopped.build(full=True)
    assert (answers(stopped), layers(stopped)) == made


def test_few_sources_and_cheap_models_make_one_generation(
    root: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setattr(leading, "_MANY_CHARS", 10_000_000)
    assert added(root, range(3)).build().generation == "gen-000001"
    set_model(root, "hashing")
    monkeypatch.setattr(leading, "_MANY_CHARS", 1)
    bench = Workbench(root)
    bench.add(write_texts(root.parent / "in", {"d003": invented(3)}))
    assert bench.build().generation == "gen-000002"
    ran = cli("search", "顾客换积分", cwd=root)
    assert (ran.code, ran.err) == (0, "")
