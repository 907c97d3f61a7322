"""The workbench from Python: any text goes in, every passage is a slice, and what was ruled stays ruled."""

from __future__ import annotations

import inspect
import json
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import TEXTS, make_workspace, write_texts
from tests.strategies import examples, raw_texts

import casekit
from casekit import workbench
from casekit.cli.commands import COMMANDS
from casekit.errors import CasekitError, NotBuiltError, SettingError, SourceError, UnknownSourceError
from casekit.fold import match_key
from casekit.workbench import Workbench
from casekit.workspace import Workspace


# ---- the public surface ----------------------------------------------------------------------------------------------
def test_every_public_name_exists() -> None:
    for name in workbench.__all__:
        assert getattr(workbench, name).__doc__
    with pytest.raises(AttributeError):
        workbench.no_such_name  # noqa: B018
    assert casekit.__version__


# Commands that are written otherwise in Python, because one method serves them or because Python has a better word.
ELSEWHERE = {"corpus", "log", "case", "cite", "lexicon", "model", "eval", "init"}


def test_a_command_is_a_method_of_the_same_name() -> None:
    spine = {"init", "add", "remove", "build", "corpus", "show", "text", "cut", "keep", "undo"}
    spine |= {"search", "like", "find", "kwic", "quote", "verify", "mentions", "facts", "relations"}
    assert spine <= {command.name for command in COMMANDS}
    for name in spine:
        method = getattr(Workbench, name)
        assert inspect.getdoc(method), name


def test_public_methods_are_documented_and_annotated() -> None:
    for name, method in inspect.getmembers(Workbench, inspect.isfunction):
        if not name.startswith("_"):
            assert method.__doc__, name
            assert "return" in method.__annotations__, name


def test_a_workbench_opens_by_path_by_workspace_or_upward(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Workbench(root).search("会员").hits
    assert Workbench(str(root)).search("会员").hits
    assert Workbench(Workspace.open(root)).search("会员").hits
    assert Workbench.open(root).search("会员").hits
    monkeypatch.chdir(root / "notebooks")
    assert Workbench.open().search("会员").hits


# ---- any text --------------------------------------------------------------------------------------------------------
def check_sources(bench: Workbench) -> None:
    """What must hold of every built source, whatever its text."""
    records = bench.generation.records
    for source_id in records.keys():  # noqa: SIM118 - a method, no dict
        source = records.source(source_id)
        assert source is not None
        text = bench.text(source_id)
        assert source.text == text
        kept = {i for span in source.cleaned.kept for i in range(span.start, span.end)}
        cut = {i for one in source.cleaned.cuts for i in range(one.span.start, one.span.end)}
        assert not kept & cut
        assert all(text[i].isspace() for i in set(range(len(text))) - kept - cut)
        for row in records.passages_of(source_id):
            assert 0 <= row.start < row.end <= len(text)
            assert row.end - row.start <= 600
            assert records.slice(source_id, row.start, row.end) == text[row.start : row.end]
            # the kept characters, but for white space: line breaks are made plain
            quoted = "".join(text[i] for i in range(row.start, row.end) if i in kept)
            assert "".join(row.quote.split()) == "".join(quoted.split())
    assert bench.verify()["problems"] == []


@settings(
    max_examples=examples(10),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    texts=st.lists(raw_texts(max_pieces=25), min_size=1, max_size=3), suffix=st.sampled_from([".txt", ".md", ".html"])
)
def test_any_text_is_built_or_refused_in_one_line(texts: list[str], suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(make_workspace(Path(folder) / "ws", tagger=False))
        paths = []
        for number, text in enumerate(texts):
            path = Path(folder) / f"t{number}{suffix}"
            body = f"<html><body><p>{text}</p></body></html>" if suffix == ".html" else text
            path.write_bytes(body.encode("utf8", "surrogatepass"))
            paths.append(path)
        report = bench.add(paths)
        assert len(report.added) + len(report.refused) == len(paths)
        for refused in report.refused:
            assert len(refused.reason.splitlines()) == 1
        for one in report.added:
            if suffix == ".txt" and one.record.id == one.path.stem:
                written = texts[int(one.path.stem[1:])]
                assert bench.text(one.record.id) == written.removeprefix("\ufeff")
        built = bench.build()
        assert built.failed == ()
        assert built.sources == len({one.record.id for one in report.added})
        check_sources(bench)
        for query in ("会员", "顧客", "Jack & Jones"):
            for hit in bench.search(query, 5).hits:
                assert hit.text == bench.text(hit.passage.source)[hit.passage.span.start : hit.passage.span.end]
        bench.close()


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".epub", ".mhtml", ".xml", ""]),
)
def test_any_bytes_are_taken_or_refused_in_one_line(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(make_workspace(Path(folder) / "ws"))
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        report = bench.add([path])
        assert len(report.added) + len(report.refused) == 1
        for refused in report.refused:
            assert len(refused.reason.splitlines()) == 1
            assert list(bench.workspace.sources.iterdir()) == []
        if report.added:
            assert bench.build().failed == ()
            check_sources(bench)
        bench.close()


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rulings=st.lists(st.tuples(st.booleans(), st.integers(0, 150), st.integers(1, 60)), max_size=5))
def test_the_last_ruling_wins_and_undo_takes_it_all_back(
    rulings: list[tuple[bool, int, int]], bench: Workbench
) -> None:
    text = TEXTS["chenlu"]
    before = bench.show("chenlu").cleaned
    wanted: dict[int, bool] = {}
    done = 0
    for keep, start, length in rulings:
        end = min(start + length, len(text))
        if start >= end:
            continue
        (bench.keep if keep else bench.cut)("chenlu", start, end)
        wanted.update(dict.fromkeys(range(start, end), keep))
        done += 1
    kept = {i for span in bench.show("chenlu").cleaned.kept for i in range(span.start, span.end)}
    for at, keep in wanted.items():
        if not text[at].isspace():
            assert (at in kept) is keep
    assert len(bench.show("chenlu").overrides) == done
    for _ in range(done):
        assert bench.undo("chenlu") is not None
    assert bench.undo("chenlu") is None
    assert bench.show("chenlu").cleaned == before


# ---- places ----------------------------------------------------------------------------------------------------------
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.sampled_from(sorted(TEXTS)), data=st.data())
def test_whatever_stands_in_a_body_is_found_where_it_stands(name: str, data: st.DataObject, bench: Workbench) -> None:
    text = TEXTS[name]
    span = data.draw(st.sampled_from(bench.show(name).cleaned.kept))
    start = data.draw(st.integers(span.start, span.end - 1))
    end = data.draw(st.integers(start + 1, min(span.end, start + 40)))
    piece = text[start:end]
    if not match_key(piece):
        with pytest.raises(SettingError):
            bench.find(piece)
        return
    places = [(place.start, place.end) for place in bench.find(piece) if place.source == name]
    assert any(start <= a and b <= end and match_key(text[a:b]) == match_key(piece) for a, b in places)
    for place in bench.find(piece):
        assert place.match == TEXTS[place.source][place.start : place.end]
        assert unicodedata.normalize("NFKC", place.match).strip()


def test_find_shows_what_stands_around(bench: Workbench) -> None:
    (place,) = bench.find("试饮邀请")
    assert place.source == "chenlu"
    assert place.left.endswith("导购会把")
    assert place.right.startswith("发给老顾客")


def test_kwic_sorts_by_what_follows(bench: Workbench) -> None:
    places = bench.kwic("顾客")
    assert len(places) >= 3
    assert [place.right for place in places] == sorted(place.right for place in places)


def test_text_takes_exact_ranges_only(bench: Workbench) -> None:
    text = TEXTS["lanjing"]
    assert bench.text("lanjing") == text
    assert bench.text("lanjing", 3) == text[3:]
    assert bench.text("lanjing", end=3) == text[:3]
    for start, end in ((-1, 3), (3, 3), (4, 3), (0, len(text) + 1), (len(text), len(text) + 1)):
        with pytest.raises(SettingError, match="lanjing"):
            bench.text("lanjing", start, end)


def test_quote_gives_reference_and_paragraph(bench: Workbench) -> None:
    start = TEXTS["lanjing"].index("读书会之后")
    quotation = bench.quote("lanjing", start, start + 5)
    assert (quotation.text, quotation.quote) == ("读书会之后", "读书会之后")
    assert "蓝鲸书店" in quotation.reference
    assert quotation.locator.startswith("第")


def test_unknown_ids_are_refused_everywhere(bench: Workbench) -> None:
    for call in (
        lambda: bench.text("nobody"),
        lambda: bench.show("nobody"),
        lambda: bench.cut("nobody", 0, 1),
        lambda: bench.keep("nobody", 0, 1),
        lambda: bench.undo("nobody"),
        lambda: bench.remove(["chenlu", "nobody"]),
        lambda: bench.like("nobody", 0, 1),
        lambda: bench.quote("nobody", 0, 1),
        lambda: bench.reference("nobody"),
        lambda: bench.search("会员", sources=["nobody"]),
    ):
        with pytest.raises(UnknownSourceError, match="nobody"):
            call()
    assert "chenlu" in bench.catalogue


def test_asking_an_empty_workspace(workspace: Workspace, tmp_path: Path) -> None:
    bench = Workbench(workspace)
    with pytest.raises(NotBuiltError, match="casekit build"):
        bench.search("会员")
    report = bench.build()
    assert (report.sources, report.passages, report.encoded) == (0, 0, 0)
    assert bench.search("会员").hits == ()
    assert bench.find("会员") == []
    bench.add(write_texts(tmp_path / "in"))
    with pytest.raises(NotBuiltError, match="chenlu"):
        bench.like("chenlu", 0, 5)
    assert bench.show("chenlu").text == TEXTS["chenlu"]  # needs no index


def test_a_corpus_emptied_again_answers_nothing(bench: Workbench) -> None:
    bench.remove(list(TEXTS))
    report = bench.build()
    assert (report.sources, report.passages, report.removed) == (0, 0, 4)
    assert bench.search("会员").hits == ()
    assert bench.verify()["problems"] == []


def test_a_record_without_its_original_is_listed_but_neither_built_nor_an_error(root: Path) -> None:
    import json

    path = root / "corpus" / "catalogue.json"
    items = json.loads(path.read_text("utf8"))
    items.append({"id": "elsewhere", "title": "没有副本", "custom": {"casekit": {"sha256": "e" * 64, "file": None}}})
    path.write_text(json.dumps(items), "utf8")
    bench = Workbench(root)
    report = bench.build()
    assert (report.sources, report.failed) == (4, ())
    assert {row["id"]: row["state"] for row in bench.corpus()}["elsewhere"] == "not-imported"
    with pytest.raises(SourceError, match="casekit add"):
        bench.show("elsewhere")
    with pytest.raises(CasekitError):
        bench.text("elsewhere")


def test_verify_finds_what_is_wrong(root: Path) -> None:
    assert Workbench(root).verify()["problems"] == []
    (root / "corpus" / "sources" / "lanjing.txt").write_text("改过", "utf8")
    (root / "index" / "gen-000001" / "vectors-zh-Hant" / "block-000001.bin").unlink()
    problems = Workbench(root).verify()["problems"]
    assert any("lanjing" in row["where"] for row in problems)
    assert any("vectors-zh-Hant" in row["problem"] for row in problems)


@pytest.mark.parametrize("written", [None, "0" * 64], ids=["before forms were named", "another form"])
def test_an_index_of_another_version_says_so_and_the_next_build_makes_it_anew(root: Path, written: str | None) -> None:
    from casekit.index.manifest import sha256_of_manifest

    (path,) = (root / "index").glob("gen-*/manifest.json")
    data = json.loads(path.read_text("utf8"))
    del data["sha256"], data["format"]
    if written is not None:
        data["format"] = written
    data["sha256"] = sha256_of_manifest(data)
    path.write_text(json.dumps(data, ensure_ascii=False), "utf8")
    bench = Workbench.open(root)
    with pytest.raises(NotBuiltError, match="casekit build"):
        bench.search("会员")
    report = bench.build()
    assert report.added == len(bench.sources())
    assert bench.search("会员").hits
