"""Two writers, a builder and ten readers at once, each a process of its own: all that was acknowledged is there, no reader is hurt.

python -m tests.suites.crowd --seconds 30
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from casekit.errors import BusyError, CasekitError
from casekit.workbench import Workbench

__all__ = ["crowd", "main"]

_QUERIES = ("会员有多少人", "导购怎样联系顾客", "读书会")


def _writer(root: Path, until: float, number: int) -> list[str]:
    """Notes, decisions and rulings, one after another; gives the names of those that were acknowledged."""
    bench, done, n = Workbench(root), [], 0
    while time.time() < until:
        n += 1
        name = f"名{number}之{n}"
        acts: list[tuple[str, Callable[[], object]]] = [
            (f"note {name}", lambda name=name: bench.notes.add("retail", 11, 24, name)),  # type: ignore[misc]
            (f"decision {name}", lambda name=name: bench.decide(name, "reject")),  # type: ignore[misc]
            (f"author {name}", lambda name=name: bench.edit("retail", {"interest": name})),  # type: ignore[misc]
        ]
        for told, act in acts:
            try:
                act()
            except BusyError:
                continue  # said so, and wrote nothing
            done.append(told)
    return done


def _builder(root: Path, until: float, number: int) -> list[str]:
    done: list[str] = []
    while time.time() < until:
        try:
            done.append(Workbench(root).build(full=len(done) % 2 == 0).generation)
        except BusyError:
            time.sleep(0.02)
    return done


def _reader(root: Path, until: float, number: int) -> list[str]:
    bench, done = Workbench(root), []
    good = bench.text("retail")
    while time.time() < until:
        bench.refresh()
        for query in _QUERIES:
            assert bench.search(query, 3).hits
        assert bench.text("retail") == good
        bench.notes.all()
        assert bench.notes.problems() == []
        assert bench.sources()
        assert "retail" in {record.id for record in Workbench(root).sources()}
        done.append("read")
    return done


def crowd(root: Path, seconds: float, readers: int = 10) -> dict[str, object]:
    """Let them all work on a built workspace for so long; gives what was acknowledged, lost, read and went wrong."""
    until = time.time() + seconds
    roles = [*[("writer", _writer)] * 2, ("builder", _builder), *[("reader", _reader)] * readers]
    children = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (role, work) in enumerate(roles):
            answer = Path(folder) / f"{number}.json"
            pid = os.fork()
            if pid == 0:
                try:
                    told: object = work(root, until, number)
                except (CasekitError, AssertionError, OSError, ValueError) as error:
                    told = {"error": f"{type(error).__name__}: {error}"}
                answer.write_text(json.dumps(told), "utf8")
                os._exit(0)
            children.append((pid, role, answer))
        acknowledged: list[str] = []
        errors, done = [], Counter[str]()
        for pid, role, answer in children:
            os.waitpid(pid, 0)
            told = json.loads(answer.read_text("utf8")) if answer.exists() else {"error": "it died"}
            if isinstance(told, dict):
                errors.append(f"{role}: {told['error']}")
                continue
            done[role] += len(told)
            acknowledged += told if role == "writer" else []
    bench = Workbench(root)
    there = {f"note {note.text}" for note in bench.notes.all()} | {f"decision {name}" for name in _rejected(bench)}
    edits = [row for row in bench.store.history() if row.get("event") == "edited"]
    there |= {
        f"author {row['changes']['custom.casekit.interest'][1]}"
        for row in edits
        if "custom.casekit.interest" in row["changes"]
    }
    lost = [one for one in acknowledged if one not in there]
    problems = [f"{row['where']}: {row['problem']}" for row in bench.verify()["problems"]]
    return {"acknowledged": len(acknowledged), "lost": lost, "errors": errors, "problems": problems, **done}


def _rejected(bench: Workbench) -> list[str]:
    from casekit.lexicon import load_decisions

    return [one.name for one in load_decisions(bench.workspace.lexicon / "decisions.yaml")]


def main(arguments: list[str]) -> int:
    """Make a workspace, let the crowd in, and tell."""
    from tests.samples import make_workspace, write_texts
    from tests.unit.verbs_table import RETAIL

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--readers", type=int, default=10)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(make_workspace(Path(folder) / "ws", tagger=False))
        bench.add([*write_texts(Path(folder) / "in"), *write_texts(Path(folder) / "in", {"retail": RETAIL})])
        bench.build()
        root = bench.workspace.root
        bench.close()
        report = crowd(root, asked.seconds, asked.readers)
    print(json.dumps(report, ensure_ascii=False))
    return int(bool(report["lost"] or report["errors"] or report["problems"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
