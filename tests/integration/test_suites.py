"""A seeded sample of the suites (kills, refusing disks, damage, crowds); `make kills`, `nospace`, `damage` and `crowd` run them whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.forked import Forks
from tests.suites.damage import KINDS, damage_at_random
from tests.suites.kills import Tried, kill_at_random
from tests.suites.nospace import KINDS as REFUSALS
from tests.suites.nospace import READING, read_once, refuse_at_random, refuse_once
from tests.suites.world import COMMANDS, Command, make_world, problems_of, state_of

from casekit.errors import NotBuiltError
from casekit.verbs import VERBS
from casekit.verbs.telling import FILES, WRITES
from casekit.workbench import Workbench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kills, limits and forks of POSIX"),
]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Tried:
    one = Tried(tmp_path_factory.mktemp("tried"), forks)
    one.begin()
    return one


def test_a_kill_of_every_command_loses_nothing(tried: Tried) -> None:
    commands = [one for one in COMMANDS if one.name not in _VARIANTS]
    outcomes = kill_at_random(tried, len(commands), seed=17, commands=commands, again_every=10)
    assert [one for one in outcomes if one.wrong] == []
    assert {one.command for one in outcomes} == {one.name for one in commands}
    assert written_by(commands) == written_by(COMMANDS)


# Costly commands that do what another does, to more: `make kills` has them.
_VARIANTS = {"add several", "add replace page", "build full", "purge one in use"}


def written_by(commands: Sequence[Command]) -> set[str]:
    """The verbs, and actions of verbs, that write and that the commands try."""
    tried = {" ".join(one.words[:n]) for one in commands for n in (1, 2)}
    return _writing() & tried


def _writing() -> set[str]:
    return {f"{verb.name} {act.name}".strip() for verb in VERBS for act in verb.acts if act.tool in (WRITES, FILES)}


# What writes, but nothing over what a person made here: new folders, files of their own that can be made again, and what needs
# other machines and then does as `add --replace`.
_ELSEWHERE = {
    "init", "unpack", "refresh", "catalogue export", "graph", "export", "site build", "site serve", "workshop new",
    "workshop build", "workshop check", "model get", "eval", "case export", "tables", "vault", "brief", "annotations export",
    "zotero push", "zotero pull", "code export", "push",
}  # fmt: skip


def test_the_suites_know_every_verb_that_writes() -> None:
    assert _writing() - written_by(COMMANDS) == _ELSEWHERE


def test_a_disk_that_refuses_loses_nothing_and_is_told_in_a_line(tried: Tried) -> None:
    outcomes = refuse_at_random(tried, 10, seed=17)
    purge = next(one for one in COMMANDS if one.name == "purge")
    outcomes.append(refuse_once(tried, purge, "denied", 1))
    assert [one for one in outcomes if one.wrong] == []
    assert {one.command.rpartition("(")[2].rstrip(")") for one in outcomes} == set(REFUSALS)


def test_what_only_reads_works_where_nothing_may_be_written(tried: Tried) -> None:
    outcomes = [read_once(tried, command) for command in READING[::3]]
    assert [one for one in outcomes if one.wrong] == []
    # else it would say nothing: here what writes is refused
    writing = next(one for one in COMMANDS if one.name == "add")
    code, said = tried.run(writing, "read-only", 1, tried.copy())
    assert (code, "Read-only file system" in said) == (2, True)


def test_damage_is_named_and_answers_nothing_wrong_in_silence(tmp_path: Path) -> None:
    found = damage_at_random(tmp_path, 24, seed=17)
    assert [one for one in found if one.silent or not one.named] == []
    assert len({one.kind for one in found} & set(KINDS)) >= 5


def test_writers_a_builder_and_readers_at_once_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.suites.crowd", "--seconds", "3", "--readers", "4"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    report = json.loads(done.stdout)
    assert (report["lost"], report["errors"], report["problems"]) == ([], [], [])
    assert report["acknowledged"] > 0
    assert report["reader"] > 0


def test_a_workspace_of_an_older_version_goes_on_as_it_was(tmp_path: Path) -> None:
    """As it was before there was a record: no checksums of text layers, no numbers in log and trash, another form of index."""
    root = tmp_path / "ws"
    make_world(root)
    before = state_of(root)
    make_older(root)
    aged = Workbench(root)
    with pytest.raises(NotBuiltError):
        aged.search("会员")
    assert aged.build().failed == ()
    report = aged.verify()
    assert report["problems"] == []
    assert {row["where"] for row in report["notes"]} >= {"page"}
    now = state_of(root)
    for record in [*before["records"].values(), *now["records"].values()]:
        record["custom"]["casekit"].pop("layer", None)
    assert now == before
    logged = len(aged.store.history())
    aged.restore("lanjing")
    aged.restore("chenlu", version=1)
    aged.cut("retail", 0, 8)
    assert [event["n"] for event in aged.store.history()[logged:]] == [logged + 1, logged + 2, logged + 3]
    aged.verify(accept=True)
    assert aged.verify()["notes"] == []
    assert problems_of(root) == []
    assert [version.number for version in aged.versions("chenlu")] == [1, 2]


def make_older(root: Path) -> None:
    """Take away from a workspace what older versions of casekit did not write."""
    corpus = root / "corpus"
    (corpus / "kept.json").unlink()
    for path in (corpus / "catalogue.json", *(corpus / "trash").glob("*/record.json")):
        data = json.loads(path.read_text("utf8"))
        for item in data if isinstance(data, list) else [data]:
            item["custom"]["casekit"].pop("layer", None)
        path.write_text(json.dumps(data, ensure_ascii=False), "utf8")
    lines = [json.loads(line) for line in (corpus / "log.jsonl").read_text("utf8").splitlines()]
    plain = [{name: value for name, value in line.items() if name not in ("n", "after")} for line in lines]
    (corpus / "log.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in plain), "utf8")
    for number, folder in enumerate(sorted((corpus / "trash").iterdir())):
        name = folder.name.split("-", 2)
        folder.rename(folder.with_name(f"20250101T00000{number}000000-{name[2]}"))
    current = root / "index" / (root / "index" / "CURRENT").read_text("utf8").strip()
    manifest = json.loads((current / "manifest.json").read_text("utf8"))
    from casekit.index.manifest import sha256_of_manifest

    manifest["format"] = "older"
    manifest.pop("sha256")
    manifest["sha256"] = sha256_of_manifest(manifest)
    (current / "manifest.json").write_text(json.dumps(manifest), "utf8")
