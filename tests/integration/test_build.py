"""Builds: only what changed, all or nothing, whatever happens meanwhile; and what was built is what is asked."""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest
from tests.forked import Forks, Hit, Running
from tests.sampled import few, sampled
from tests.samples import TEXTS, Cli, make_workspace, set_model, snapshot, write_texts
from tests.shared_builds import built_texts

from casekit.embed import Encoder, load_encoder
from casekit.embed.hashing import HashingEncoder
from casekit.errors import BusyError, ModelError
from casekit.index import generation as generations
from casekit.index.packing import fold_unpacked
from casekit.lexical import terms_of
from casekit.workbench import Workbench
from casekit.workspace import Workspace

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and limits")
QUERIES = ("顾客怎样领优惠券", "導購怎樣聯繫顧客", "how do assistants help", "读书会的书单")
_VERBS = (
    "扫码领券",
    "联系导购",
    "参加读书会",
    "在门店取货",
    "换积分",
    "看直播",
    "试饮新品",
    "排队结账",
    "推荐朋友",
    "退换商品",
)


def invented(number: int, *, paragraphs: int = 5) -> str:
    """A text of one small vocabulary, so that every query has many candidates."""
    dice = random.Random(number)
    lines = [f"第{number}号店的记录"]
    for _ in range(paragraphs):
        said = "，".join(f"有{dice.randint(2, 99)}位顾客{dice.choice(_VERBS)}" for _ in range(dice.randint(6, 16)))
        lines.append(f"{said}。")
    return "\n\n".join(lines) + "\n"


def answers(bench: Workbench, queries: Sequence[str] = QUERIES, k: int = 20) -> list[Any]:
    """What a person sees of the answers: addresses, scores and reasons, no internal numbers."""
    found: list[Any] = []
    for query in queries:
        answer = bench.search(query, k)
        found.append(answer.answerable)
        for hit in answer.hits:
            why = {key: value for key, value in hit.why.items() if key != "cosine"}
            span = hit.passage.span
            found.append((hit.passage.source, span.start, span.end, hit.text, hit.quote, round(hit.score, 5), why))
    return found


def layers(bench: Workbench) -> dict[str, list[Any]]:
    """The text layers as exported records: everything in SQLite but for passage ids."""
    file = bench.generation.folder / "records.sqlite"
    with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) as db:
        rows = {
            "source": db.execute("SELECT * FROM source ORDER BY id").fetchall(),
            "passage": db.execute(
                "SELECT source, start, end, title, heading, quote, folded, script, embed_key FROM passage "
                "ORDER BY source, start"
            ).fetchall(),
            "record": db.execute("SELECT * FROM record ORDER BY kind, source, start, end, data").fetchall(),
        }
    db.close()
    terms = {term for row in rows["passage"] for term in terms_of(fold_unpacked(row[6], row[5]))}
    rows["df"] = sorted(bench.generation.lexical.without().frequencies(terms).items())
    return rows


def ids_of(bench: Workbench) -> set[str]:
    return set(bench.generation.records.keys())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace, whose builds hear no tagger: who is named plays no part here."""
    return make_workspace(tmp_path / "ws", tagger=False)


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """The folder of such a workspace that holds TEXTS, built."""
    return Path(shutil.copytree(built_texts(tmp_path_factory, tagger=False), tmp_path / "ws"))


# ---- only what changed -----------------------------------------------------------------------------------------------
def test_a_build_does_only_what_changed(workspace: Workspace, tmp_path: Path) -> None:
    paths = write_texts(tmp_path / "in")
    bench = Workbench(workspace)
    bench.add(paths[:3])
    first = bench.build()
    assert (first.sources, first.added, first.changed, first.removed, first.unchanged) == (3, 3, 0, 0, 0)
    assert first.encoded == first.passages
    bench.add(paths[3:])
    second = bench.build()
    assert (second.sources, second.added, second.changed, second.removed, second.unchanged) == (4, 1, 0, 0, 3)
    assert second.encoded == second.passages - first.passages > 0
    bench.remove(["chenlu"])
    third = bench.build()
    assert (third.sources, third.added, third.changed, third.removed, third.unchanged) == (3, 0, 0, 1, 3)
    assert third.encoded == 0
    paths[1].write_text(
        TEXTS["songguo"] + "\n二、後續\n\n明年還會在更多門市裝設自助結帳機，並訓練店員協助長輩。\n", "utf8"
    )
    bench.add([paths[1]], replace=True)
    fourth = bench.build()
    assert (fourth.sources, fourth.added, fourth.changed, fourth.removed, fourth.unchanged) == (3, 0, 1, 0, 2)
    assert 0 < fourth.encoded < third.passages
    assert fourth.reused > 0


def test_a_build_with_nothing_to_do_makes_no_new_generation(bench: Workbench) -> None:
    before = {p: p.stat().st_mtime_ns for p in bench.workspace.index.rglob("*")}
    report = bench.build()
    assert report.generation == "gen-000001"
    assert (report.added, report.changed, report.removed, report.unchanged, report.encoded) == (0, 0, 0, 4, 0)
    assert {p: p.stat().st_mtime_ns for p in bench.workspace.index.rglob("*") if p.name != ".verified"} == {
        p: t for p, t in before.items() if p.name != ".verified"
    }


def test_a_full_build_makes_everything_anew_and_answers_alike(bench: Workbench) -> None:
    before, records = answers(bench), layers(bench)
    report = bench.build(full=True)
    assert report.added == report.sources == 4
    assert report.encoded == report.passages
    assert (answers(bench), layers(bench)) == (before, records)


def test_growing_step_by_step_equals_building_at_once(tmp_path: Path) -> None:
    # enough passages of one vocabulary that the lists of 100 candidates are cut, with deletions in between
    texts = {f"d{n:03}": invented(n) for n in range(90)}
    paths = write_texts(tmp_path / "in", texts)
    grown = Workbench(make_workspace(tmp_path / "grown", tagger=False))
    for step in (
        paths[:40],
        [f"d{n:03}" for n in range(0, 40, 3)],
        paths[40:],
        [f"d{n:03}" for n in range(41, 80, 4)],
        paths[:20:3],
    ):
        if isinstance(step[0], Path):
            grown.add(step)
        else:
            grown.remove([str(name) for name in step])
        grown.build()
    whole = Workbench(make_workspace(tmp_path / "whole", tagger=False))
    whole.add([path for path in paths if path.stem in ids_of(grown)])
    assert whole.build().passages > 150
    assert ids_of(whole) == ids_of(grown)
    queries = [a + b for a in _VERBS for b in ("的顾客", "有多少位", "号店")][:: few(3, 1)]
    assert answers(grown, queries) == answers(whole, queries)
    assert layers(grown) == layers(whole)
    full = answers(grown, queries)
    grown.build(full=True)
    assert answers(grown, queries) == full


def test_adding_and_removing_leaves_no_trace(bench: Workbench, tmp_path: Path) -> None:
    before, records = answers(bench), layers(bench)
    bench.add(write_texts(tmp_path / "more", {f"d{n}": invented(n) for n in range(3)}))
    bench.build()
    assert answers(bench) != before
    assert bench.find("位顾客换积分")
    bench.remove(["d0", "d1", "d2"])
    bench.build()
    assert (answers(bench), layers(bench)) == (before, records)
    assert not bench.find("位顾客换积分")


def test_the_same_input_gives_byte_identical_text_layers(tmp_path: Path) -> None:
    paths = write_texts(tmp_path / "in", {**TEXTS, **{f"d{n}": invented(n) for n in range(5)}})
    made = []
    for name, order in (("a", paths), ("b", paths[::-1])):
        bench = Workbench(make_workspace(tmp_path / name, tagger=False))
        bench.add(order)
        bench.build()
        shown = [json.dumps([bench.text(i), repr(bench.show(i).cleaned)]) for i in sorted(ids_of(bench))]
        made.append((layers(bench), shown, answers(bench)))
    assert made[0] == made[1]


def test_a_ruling_is_built_into_the_answers_and_survives_rebuilds(bench: Workbench) -> None:
    text = bench.text("chenlu")
    start = text.index("下雨天")
    end = text.index("\n", start)
    assert bench.find("骑手从后门取货")
    bench.cut("chenlu", start, end)
    report = bench.build()
    assert (report.changed, report.unchanged) == (1, 3)
    for full in (False, True):
        bench.build(full=full)
        assert not bench.find("骑手从后门取货")
        assert all("骑手" not in hit.quote for hit in bench.search("骑手从后门取货", 50).hits)
        assert bench.text("chenlu") == text
    assert bench.undo("chenlu") is not None
    bench.build()
    assert bench.find("骑手从后门取货")
    assert bench.undo("chenlu") is None


def test_a_changed_setting_is_built_in(root: Path) -> None:
    path = root / "casekit.toml"
    path.write_text(path.read_text("utf8").replace("size_chars = 200", "size_chars = 80"), "utf8")
    bench = Workbench(root)
    report = bench.build()
    assert (report.changed, report.unchanged) == (1, 3)  # the others are one passage with either
    assert [(one.layer, one.sources, one.changed) for one in report.layers] == [("passages", 4, 1)]
    assert bench.build().layers == ()


def test_an_edited_catalogue_is_built_in(root: Path) -> None:
    path = root / "corpus" / "catalogue.json"
    items = json.loads(path.read_text("utf8"))
    items[0]["title"] = "另一个题目"
    path.write_text(json.dumps(items), "utf8")
    bench = Workbench(root)
    assert bench.show("chenlu").cleaned.metadata.title == "另一个题目"
    report = bench.build()
    assert (report.changed, report.unchanged) == (1, 3)
    assert bench.search("另一个题目").hits[0].passage.source == "chenlu"


# ---- sources that cannot be built ------------------------------------------------------------------------------------
def test_a_stored_file_that_was_edited_or_lost_is_named_and_the_rest_built(root: Path, cli: Cli) -> None:
    (root / "corpus" / "sources" / "chenlu.txt").write_text("改过了", "utf8")
    (root / "corpus" / "sources" / "songguo.txt").unlink()
    ran = cli("build", "--full", "--json", cwd=root)
    assert ran.code == 1
    report = json.loads(ran.out)
    assert [row["id"] for row in report["failed"]] == ["chenlu", "songguo"]
    assert report["sources"] == 2
    assert len(ran.err.splitlines()) == 2
    assert {row["id"]: row["state"] for row in json.loads(cli("corpus", "--json", cwd=root).out)} == {
        "chenlu": "changed",
        "songguo": "missing",
        "lanjing": "built",
        "harbour": "built",
    }
    name = (root / "index" / "CURRENT").read_text("utf8")
    assert cli("build", cwd=root).code == 1
    assert (root / "index" / "CURRENT").read_text("utf8") == name  # nothing but the same failures: no new generation


def test_a_ruling_beyond_the_text_stops_its_source_only(root: Path, cli: Cli) -> None:
    (root / "corpus" / "overrides.json").write_text('{"chenlu": [{"action": "cut", "start": 5, "end": 99999}]}', "utf8")
    ran = cli("build", "--json", cwd=root)
    assert ran.code == 1
    report = json.loads(ran.out)
    assert ([row["id"] for row in report["failed"]], report["sources"]) == (["chenlu"], 3)
    assert "casekit undo chenlu" in ran.complaint
    assert cli("show", "chenlu", cwd=root).code == 2
    assert cli("undo", "chenlu", cwd=root).code == 0
    assert cli("build", cwd=root).code == 0
    assert cli("show", "chenlu", cwd=root).code == 0


def test_a_lost_stored_file_comes_back_by_adding_the_file_again(root: Path, tmp_path: Path, cli: Cli) -> None:
    (root / "corpus" / "sources" / "chenlu.txt").unlink()
    assert cli("show", "chenlu", cwd=root).code == 2
    (tmp_path / "chenlu.txt").write_bytes(TEXTS["chenlu"].encode("utf8"))
    assert cli("add", tmp_path / "chenlu.txt", cwd=root).code == 0
    assert cli("show", "chenlu", cwd=root).code == 0
    assert cli("build", cwd=root).code == 0


# ---- the model -------------------------------------------------------------------------------------------------------
def test_another_model_name_refuses_to_answer_until_everything_is_encoded_again(root: Path, cli: Cli) -> None:
    set_model(root, "hashing:128")
    for lang in ("zh", "en"):
        ran = cli("search", "会员", cwd=root, lang=lang)
        assert ran.code == 2
        assert "casekit build" in ran.complaint
    assert cli("find", "会员", cwd=root).code == 0  # needs no model
    report = json.loads(cli("build", "--json", cwd=root).out)
    assert report["encoded"] == report["passages"]
    assert report["unchanged"] == 4
    ran = cli("search", "会员", "--json", cwd=root)
    assert ran.code == 0
    assert json.loads(ran.out)["hits"]


@pytest.mark.parametrize(("was", "now"), [("hashing", "none"), ("none", "hashing")])
def test_from_words_only_to_a_model_and_back(was: str, now: str, root: Path) -> None:
    set_model(root, was)
    Workbench(root).build()
    set_model(root, now)
    bench = Workbench(root)
    with pytest.raises(ModelError, match="casekit build"):
        bench.search("会员")
    report = bench.build()
    assert report.encoded == (0 if now == "none" else report.passages)
    assert bench.search("会员").hits
    assert bool(bench.generation.scripts) == (now != "none")


def test_other_weights_under_the_same_name_refuse_and_are_noticed_by_the_next_build(root: Path) -> None:
    class Retrained(HashingEncoder):
        @property
        def sha256(self) -> str:
            return "0" * 64

    def load(spec: str, **options: Any) -> Encoder | None:
        return Retrained()

    with pytest.raises(ModelError, match="casekit build"):
        Workbench(root, load=load).search("会员")
    bench = Workbench(root, load=load)
    report = bench.build()
    assert report.encoded == report.passages
    assert bench.search("会员").hits
    assert bench.build().encoded == 0


def test_a_model_that_fails_leaves_the_index_as_it_was(root: Path, tmp_path: Path) -> None:
    def fail(spec: str, **options: Any) -> Encoder | None:
        raise ModelError("no such model")

    before = answers(Workbench(root))
    bench = Workbench(root, load=fail)
    bench.add(write_texts(tmp_path / "more", {"d1": invented(1)}))
    with pytest.raises(ModelError, match="no such model"):
        bench.build()
    assert not list((root / "index").glob(".draft-*"))
    assert answers(Workbench(root)) == before
    assert Workbench(root).build().added == 1


def test_an_exact_index_that_outgrows_its_kind_becomes_approximate(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit.vectors import blocks

    monkeypatch.setattr(blocks, "EXACT_UP_TO", 20)
    bench = Workbench(workspace)
    paths = write_texts(tmp_path / "in", {f"d{n}": invented(n) for n in range(10)})
    bench.add(paths[:2])
    bench.build()
    assert bench.generation.vectors("zh-Hans").kind == "blocks"
    bench.add(paths[2:])
    bench.build()
    assert bench.generation.vectors("zh-Hans").kind == "cells"
    grown = answers(bench)
    bench.build(full=True)
    assert bench.generation.vectors("zh-Hans").kind == "cells"
    assert answers(bench) == grown


# ---- several at once -------------------------------------------------------------------------------------------------
def test_what_another_process_added_meanwhile_is_neither_lost_nor_left_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    paths = write_texts(tmp_path / "in")
    one, other = Workbench(workspace), Workbench(workspace)
    one.add(paths[:1])
    other.add(paths[1:2])
    one.add(paths[2:3])
    other.remove(["chenlu"])
    report = one.build()
    assert ids_of(one) == {"songguo", "lanjing"}
    assert report.sources == 2
    assert [record.id for record in Workbench(workspace).catalogue] == ["songguo", "lanjing"]


def test_a_workbench_sees_what_others_have_built_since(root: Path, tmp_path: Path) -> None:
    notebook, other = Workbench(root), Workbench(root)
    assert notebook.search("会员").hits
    for n in range(3):
        other.add(write_texts(tmp_path / "more", {f"d{n}": invented(n)}))
        other.build()
    assert notebook.search("位顾客换积分").hits[0].passage.source in {"d0", "d1", "d2"}
    assert {place.source for place in notebook.find("位顾客换积分")} <= {"d0", "d1", "d2"}
    gc.collect()  # what the notebook let go may hang in a circle until now
    other.build(full=True)  # what the notebook had open goes with the next build
    assert len(list((root / "index").glob("gen-*"))) == 2


_HOLD = """
import time
from pathlib import Path
from casekit.workbench import Workbench
bench, flag = Workbench("."), Path(arguments[0])
def wait(stage, done, total):
    flag.touch()
    while not flag.with_suffix(".go").exists():
        time.sleep(0.01)
print(bench.build(full=True, progress=wait).sources)
"""


@pytest.fixture
def holding(root: Path, tmp_path: Path, forks: Forks) -> Iterator[Running]:
    """Another process in the middle of a build."""
    flag = tmp_path / "flag"
    child = forks.start([flag], cwd=root, patched=_HOLD)
    try:
        deadline = time.monotonic() + 240
        while not flag.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield child
    finally:
        flag.with_suffix(".go").touch()
        child.wait()


def test_two_builds_at_once_are_refused_but_asking_goes_on(
    holding: Running, root: Path, tmp_path: Path, cli: Cli
) -> None:
    (tmp_path / "new.txt").write_text(invented(1), "utf8")
    for arguments in (
        ["build"],
        ["add", tmp_path / "new.txt"],
        ["remove", "chenlu"],
        ["cut", "chenlu", 0, 5],
        ["undo", "chenlu"],
    ):
        english = cli(*arguments, cwd=root, lang="en")
        chinese = cli(*arguments, cwd=root, lang="zh")
        assert english.code == chinese.code == 2
        assert "another casekit" in english.complaint
        assert english.complaint != chinese.complaint
    with pytest.raises(BusyError):
        Workbench(root).build()
    for arguments in (["search", "会员"], ["find", "会员"], ["show", "chenlu"], ["corpus"], ["verify"]):
        assert cli(*arguments, cwd=root).code == 0
    (tmp_path / "flag.go").touch()
    done = holding.wait()
    assert (done.returncode, done.stdout) == (0, "4\n")
    assert (root / "index" / "CURRENT").read_text("utf8") == "gen-000002\n"


# ---- when things go wrong in the middle -------------------------------------------------------------------------------
# Where a build can be hit: (module, class or "", function) whose call is the moment.
MOMENTS = {
    "begin": ("casekit.index.draft", "Draft", "__init__"),
    "reading": ("casekit.workbench.corpus.building", "", "load_doc"),
    "records": ("casekit.index.draft", "Draft", "add_source"),
    "words": ("casekit.lexical.draft", "LexicalDraft", "commit"),
    "vectors": ("casekit.index.draft", "Draft", "_write_vectors"),
    "checksums": ("casekit.index.draft", "", "files_of"),
    "manifest": ("casekit.index.draft", "", "sha256_of_manifest"),
    "pointer": ("casekit.index.draft", "", "next_name"),
    "sweeping": ("casekit.index.draft", "", "sweep"),
}


class Hitting(Protocol):
    """Runs a command in a process of its own in which something happens at a moment."""

    def __call__(self, moment: str, what: str, *command: object, cwd: Path) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def hit(forks: Forks) -> Hitting:
    def run(moment: str, what: str, *command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        return forks.run(command, cwd=cwd, hit=Hit(MOMENTS[moment], what))

    return run


@pytest.fixture
def grown(root: Path, tmp_path: Path) -> Path:
    """A built workspace with something more to build."""
    Workbench(root).add(write_texts(tmp_path / "more", {f"d{n}": invented(n) for n in range(4)}))
    Workbench(root).remove(["lanjing"])
    return root


def refused_and_unchanged(root: Path, do: Callable[[], subprocess.CompletedProcess[str]]) -> str:
    before, corpus = answers(Workbench(root)), snapshot(root)
    done = do()
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert snapshot(root) == corpus
    assert answers(Workbench(root)) == before
    assert not list((root / "index").glob(".draft-*"))
    return done.stderr


def builds_after_all(root: Path) -> None:
    bench = Workbench(root)
    report = bench.build()
    assert (report.added, report.removed, report.unchanged) == (4, 1, 3)
    assert bench.verify()["problems"] == []
    assert not list((root / "index").glob(".draft-*"))
    grown = answers(bench)
    bench.build(full=True)
    assert answers(bench) == grown


@POSIX
@pytest.mark.parametrize("moment", sampled(("begin", "words", "vectors", "manifest"), 2, always=("begin",)))
def test_a_full_disk_while_building_leaves_the_old_index(moment: str, grown: Path, hit: Hitting) -> None:
    for limit in (0, 20_000) if moment == "begin" else (0, 1000):
        message = refused_and_unchanged(grown, partial(hit, moment, f"limit{limit}", "build", cwd=grown))
        assert "disk space" in message
    builds_after_all(grown)


@POSIX
def test_a_full_disk_from_the_start_leaves_everything(grown: Path, tmp_path: Path, forks: Forks) -> None:
    def limited(limit: int, *command: object) -> subprocess.CompletedProcess[str]:
        return forks.run(command, cwd=grown, file_limit=limit)

    new = write_texts(tmp_path / "new", {f"e{n}": invented(100 + n) for n in range(6)})
    tries: list[tuple[int, list[object]]] = [
        (1500, ["add", *new]),
        (1500, ["remove", "chenlu"]),
        (10, ["cut", "chenlu", 0, 5]),
        (50_000, ["build"]),
    ]
    for limit, command in tries:
        refused_and_unchanged(grown, partial(limited, limit, *command))
    assert limited(0, "search", "会员").returncode in (0, 2)  # asking needs no disk
    builds_after_all(grown)


@POSIX
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    "moment", sampled(("begin", "reading", "records", "words", "checksums", "pointer"), 2, always=("pointer",))
)
def test_ctrl_c_while_building_leaves_the_old_index(moment: str, grown: Path, hit: Hitting) -> None:
    message = refused_and_unchanged(grown, partial(hit, moment, "SIGINT", "build", cwd=grown))
    assert "interrupted" in message
    builds_after_all(grown)


@POSIX
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_ctrl_c_at_any_time_gives_one_line(delay: float, grown: Path, forks: Forks) -> None:
    child = forks.start(["build", "--full"], cwd=grown)
    while not list((grown / "index").glob(".draft-*")):
        time.sleep(0.005)
    time.sleep(delay)
    os.kill(child.pid, signal.SIGINT)  # nobody else gets this number before it is waited for
    done = child.wait()
    if done.returncode != 0:  # it may have been done already
        assert done.returncode == 2
        assert done.stderr == "casekit: interrupted; nothing half-done is left, data is unchanged\n"
    assert not list((grown / "index").glob(".draft-*"))
    assert Workbench(grown).search("会员").hits


@POSIX
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_adding_leaves_the_corpus_as_it_was(grown: Path, tmp_path: Path, hit: Hitting) -> None:
    MOMENTS["storing"] = ("casekit.store", "Store", "put")
    MOMENTS["cataloguing"] = ("casekit.catalogue", "Catalogue", "put")
    new = write_texts(tmp_path / "new", {"e1": invented(101), "chenlu": invented(102)})
    for moment in ("storing", "cataloguing"):
        message = refused_and_unchanged(grown, partial(hit, moment, "SIGINT", "add", "--replace", *new, cwd=grown))
        assert "interrupted" in message


@POSIX
@pytest.mark.parametrize(
    "moment", sampled(("reading", "words", "vectors", "pointer", "sweeping"), 3, always=("pointer", "sweeping"))
)
def test_a_killed_build_does_no_harm_and_the_next_one_works(moment: str, grown: Path, hit: Hitting) -> None:
    before, corpus = answers(Workbench(grown)), snapshot(grown)
    done = hit(moment, "SIGKILL", "build", cwd=grown)
    assert done.returncode == -signal.SIGKILL
    assert snapshot(grown) == corpus
    now = answers(Workbench(grown))
    if moment == "sweeping":  # the new index was current already
        assert now != before
        gc.collect()  # a generation that somebody reads stays: nobody does any more
        bench = Workbench(grown)
        assert bench.build().generation == "gen-000002"
        assert bench.build(full=True).sources == 7
        assert len(list((grown / "index").glob("gen-*"))) == 2
    else:
        assert now == before
        builds_after_all(grown)


@POSIX
def test_an_add_killed_in_the_middle_does_no_harm(grown: Path, tmp_path: Path, hit: Hitting) -> None:
    MOMENTS["cataloguing"] = ("casekit.catalogue", "Catalogue", "put")
    new = write_texts(tmp_path / "new", {"e1": invented(101), "chenlu": invented(102)})
    texts = {record.id: Workbench(grown).text(record.id) for record in Workbench(grown).catalogue}
    done = hit("cataloguing", "SIGKILL", "add", "--replace", *new, cwd=grown)
    assert done.returncode == -signal.SIGKILL
    assert {record.id: Workbench(grown).text(record.id) for record in Workbench(grown).catalogue} == texts
    report = Workbench(grown).add(new, replace=True)
    assert [one.status for one in report.added] == ["replaced", "added"] or [one.status for one in report.added] == [
        "added",
        "replaced",
    ]
    assert Workbench(grown).text("chenlu") == invented(102)


@POSIX
@pytest.mark.parametrize("moment", ["cataloguing", "settling"])
def test_rulings_never_apply_to_another_text_wherever_a_replacement_is_killed(
    moment: str, root: Path, tmp_path: Path, hit: Hitting
) -> None:
    MOMENTS["cataloguing"] = ("casekit.catalogue", "Catalogue", "put")  # before the catalogue names the new text
    MOMENTS["settling"] = ("casekit.workbench.corpus.adding", "", "settle_rulings")  # right after
    bench, words = Workbench(root), "店长说，顾客扫码之后就能领取优惠券"
    old = bench.text("chenlu")
    bench.cut("chenlu", old.index(words), old.index(words) + len(words))
    new = "编者按：本文有删节。\n\n" + old
    (path,) = write_texts(tmp_path / "new", {"chenlu": new})
    for command in (("add", "--replace", path), ("restore", "chenlu", "--version", "1")):
        at = "cataloguing" if command[0] == "restore" else moment
        assert hit(at, "SIGKILL", *command, cwd=root).returncode == -signal.SIGKILL
        now = Workbench(root)
        text, shown = now.text("chenlu"), now.show("chenlu")
        assert text == (old if at == "cataloguing" and command[0] == "add" else new)
        assert [o.span.slice(text) for o in shown.overrides] == [words]
        assert [c.span.slice(text) for c in shown.cleaned.cuts if c.rule == "manual"] == [words]
        if command[0] == "add" and moment == "cataloguing":
            now.add([path], replace=True)
    Workbench(root).restore("chenlu", version=1)
    assert Workbench(root).text("chenlu") == old
    assert [o.span.slice(old) for o in Workbench(root).show("chenlu").overrides] == [words]
    assert Workbench(root).undo("chenlu") is not None
    assert Workbench(root).undo("chenlu") is None


@POSIX
@pytest.mark.parametrize("moment", ["cataloguing", "settling"])
def test_rulings_never_apply_to_another_reading_of_the_same_file_wherever_reading_anew_is_killed(
    moment: str, root: Path, tmp_path: Path, hit: Hitting
) -> None:
    MOMENTS["cataloguing"] = ("casekit.catalogue", "Catalogue", "put")
    MOMENTS["settling"] = ("casekit.workbench.corpus.adding", "", "settle_rulings")
    page, words = tmp_path / "page.html", "店长说，顾客扫码之后就能领取优惠券"
    page.write_text(f"<html><body><h1>店里的一天</h1><p>早上八点开门。{words}。</p></body></html>", "utf8")
    bench = Workbench(root)
    bench.add([page])
    new = bench.text("page")
    path = bench.workspace.sources / "page.html.layer.json"
    layer = json.loads(path.read_text("utf8"))
    # what earlier readers made of it: a line more at its head
    old = "返回上一页的链接\n\n" + new
    shift = len(old) - len(new)
    blocks = [[start + shift, end + shift, *rest] for start, end, *rest in layer["blocks"]]
    path.write_text(json.dumps({**layer, "text": old, "blocks": blocks, "made": None}), "utf8")
    bench.catalogue.put([replace(bench.catalogue["page"], layer=bench.store.layer_sha256("sources/page.html"))])
    bench.cut("page", old.index(words), old.index(words) + len(words))
    sha256 = bench.catalogue["page"].sha256
    assert hit(moment, "SIGKILL", "add", "--replace", page, cwd=root).returncode == -signal.SIGKILL
    now = Workbench(root)
    assert now.catalogue["page"].sha256 == sha256
    for _ in range(2):  # where it was killed, and after it was done again
        text, shown = now.text("page"), now.show("page")
        assert [o.span.slice(text) for o in shown.overrides] == [words]
        assert [c.span.slice(text) for c in shown.cleaned.cuts if c.rule == "manual"] == [words]
        assert now.build().failed == ()
        assert now.generation.records.slice("page", 0, len(text)) == text  # the same text is built and shown
        assert "page" not in {place.source for place in now.find(words)}
        now.add([page], replace=True)
    assert text == new
    assert now.undo("page") is not None
    assert now.undo("page") is None


# ---- derived data may go at any time ----------------------------------------------------------------------------------
def test_an_index_deleted_by_hand_is_rebuilt(root: Path, cli: Cli) -> None:
    before = answers(Workbench(root))
    shutil.rmtree(root / "index")
    assert cli("search", "会员", cwd=root).code == 2
    assert Workbench(root).build().added == 4
    assert answers(Workbench(root)) == before


def test_parts_of_an_index_deleted_by_hand_are_rebuilt(root: Path) -> None:
    before = answers(Workbench(root))
    shutil.rmtree(root / "index" / "gen-000001")
    assert Workbench(root).build().added == 4
    assert answers(Workbench(root)) == before
    (root / "index" / "CURRENT").unlink()
    Workbench(root).build()
    assert answers(Workbench(root)) == before


def test_texts_remembered_from_adding_are_checked_before_they_are_used(root: Path, tmp_path: Path) -> None:
    bench = Workbench(root)
    bench.add(write_texts(tmp_path / "more", {"d1": invented(1)}))
    file = root / "index" / "prepared.sqlite"
    data = file.read_bytes()
    needle = "位顾客".encode()
    assert needle in data
    file.write_bytes(data.replace(needle, "位来客".encode()))
    bench.build()
    assert bench.find("位来客") == []
    assert bench.find("位顾客")
    for damaged in (b"", b"no database at all", data[: len(data) // 2]):
        file.write_bytes(damaged)
        assert Workbench(root).build(full=True).sources == 5
        Workbench(root).add(write_texts(tmp_path / "more", {f"d{len(damaged)}": invented(len(damaged))}))
        Workbench(root).build()
        Workbench(root).remove([f"d{len(damaged)}"])
        Workbench(root).build()
    assert answers(Workbench(root)) == answers(bench)


def test_a_source_of_a_removed_article_is_gone_after_the_next_build_only(bench: Workbench, cli: Cli) -> None:
    root = bench.workspace.root
    bench.remove(["songguo"])
    assert cli("search", "自助結帳", cwd=root).code == 0  # shown with what is known, though no longer in the catalogue
    assert cli("build", cwd=root).code == 0
    assert "songguo" not in cli("search", "自助結帳", "-k", "50", "--json", cwd=root).out
    assert cli("find", "自助結帳", "--json", cwd=root).out == "[]\n"
    trash = list((root / "corpus" / "trash").iterdir())
    assert len(trash) == 1
    assert (trash[0] / "songguo.txt").read_text("utf8") == TEXTS["songguo"]
    assert json.loads((trash[0] / "record.json").read_text("utf8"))["id"] == "songguo"


def test_the_default_loader_is_what_the_settings_name(root: Path) -> None:
    encoder = load_encoder(Workspace.open(root).settings.model)
    assert isinstance(encoder, HashingEncoder)
    manifest = generations.current(Workspace.open(root))
    assert manifest is not None
    assert manifest.manifest.model is not None
    assert manifest.manifest.model["name"] == encoder.name


# ---- the real model --------------------------------------------------------------------------------------------------
@pytest.mark.model
@POSIX
@pytest.mark.usefixtures("interruptible")
def test_the_default_model_builds_answers_and_stops_at_ctrl_c_without_torch(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", model="default").root
    bench = Workbench(root)
    bench.add(write_texts(tmp_path / "in"))
    bench.build()
    script = "import sys; from casekit.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    for command in (["search", "顧客怎樣領優惠券", "--json"], ["build"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command], cwd=root, capture_output=True, text=True, check=True, timeout=300
        )
        imported = {name.split(".")[0] for name in done.stderr.split()}
        assert not imported & {"torch", "sentence_transformers", "transformers"}
    more = {f"d{n}": invented(n, paragraphs=40) for n in range(12)}
    bench.add(write_texts(tmp_path / "more", more))
    child = subprocess.Popen(
        [sys.executable, "-m", "casekit", "build", "--lang", "en"], cwd=root, stderr=subprocess.PIPE, text=True
    )
    while child.poll() is None and not list((root / "index").glob(".draft-*")):
        time.sleep(0.01)
    time.sleep(1.5)  # in the middle of encoding
    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=300)
    assert (child.returncode, err) == (2, "casekit: interrupted; nothing half-done is left, data is unchanged\n")
    stopped_s = time.monotonic() - began
    # a batch under way is finished, but not the rest: what that takes is told by a few passages, on the machine as it is now
    text = "".join(more.values())
    encoder = load_encoder("default")
    assert encoder is not None
    encoder.encode_passages(["一"])
    began = time.monotonic()
    encoder.encode_passages([text[start : start + 200] for start in range(0, 6400, 200)])
    assert stopped_s < (time.monotonic() - began) * len(text) / 6400 / 2
    assert ids_of(Workbench(root)) == set(TEXTS)
