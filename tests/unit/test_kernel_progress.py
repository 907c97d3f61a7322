"""Bars in notebooks: one output, changed in place, and one line in the end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from IPython import display as screen

from casekit.jupyter.kernel import progress
from casekit.jupyter.kernel.bench import NotebookBench


class Screen:
    """What a front end would hold: outputs by display id, and how often each was sent."""

    def __init__(self) -> None:
        self.outputs: list[dict[str, str]] = []
        self.sent = 0

    def display(self, bundle: dict[str, str], *, raw: bool, display_id: bool) -> Screen:
        assert raw
        assert display_id
        self.outputs.append(bundle)
        self.sent += 1
        return self

    def update(self, bundle: dict[str, str], *, raw: bool) -> None:
        assert raw
        self.outputs[-1] = bundle
        self.sent += 1


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A kernel's screen."""
    held = Screen()
    monkeypatch.setattr(progress, "surroundings", lambda: "kernel")
    monkeypatch.setattr(screen, "display", held.display)
    return held


def test_a_build_leaves_one_output_of_one_line(root: Path, shown: Screen) -> None:
    report = NotebookBench(root).build(full=True)
    assert len(shown.outputs) == 1
    plain = shown.outputs[0]["text/plain"]
    assert len(plain.splitlines()) == 1
    assert str(report.passages) in plain
    assert "<progress" not in shown.outputs[0]["text/html"]


def test_adding_files_leaves_one_line(root: Path, shown: Screen, tmp_path: Path) -> None:
    path = tmp_path / "新店.txt"
    path.write_text("新店开张\n\n新店第一天来了三百位顾客，店长很高兴。\n", "utf8")
    report = NotebookBench(root).add(path)
    assert len(report.added) == 1
    assert len(shown.outputs) == 1
    assert "加入 1" in shown.outputs[0]["text/plain"]


def test_an_evaluation_counts_its_questions(root: Path, shown: Screen, tmp_path: Path) -> None:
    path = tmp_path / "qrels.jsonl"
    rows = [{"query": "导购怎样联系顾客", "rel": ["chenlu"]}, {"query": "读书会", "rel": ["lanjing"]}]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf8")
    from casekit.workbench import Workbench

    assert NotebookBench(root).evaluate(path, k=3) == Workbench.open(root).evaluate(path, k=3)
    assert "2 道题" in shown.outputs[0]["text/plain"]


def test_whoever_brings_his_own_progress_gets_no_bar(root: Path, shown: Screen) -> None:
    ticks: list[tuple[str, int, int]] = []
    NotebookBench(root).build(full=True, progress=lambda *tick: ticks.append(tick))
    assert ticks
    assert shown.outputs == []


def test_long_work_is_not_sent_more_than_ten_times_a_second(shown: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with progress.bars("工作") as bars:
        for done in range(1, 5001):
            now[0] += 0.001
            bars.tick("read", done, 5000)
    # 5 s of work: none in the first 0.4 s, ten a second after that, and the last line
    assert 40 <= shown.sent <= 48
    assert len(shown.outputs) == 1


def test_bars_say_how_far_they_are_to_eyes_and_screen_readers(shown: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with progress.bars("<工作>") as bars:
        now[0] = 1.0
        bars.tick("read", 3, 12)
        html = shown.outputs[0]["text/html"]
        assert 'max="12" value="3"' in html
        assert 'aria-label="清洗与分段"' in html
        assert "3/12" in shown.outputs[0]["text/plain"]
        assert "<工作>" not in html


def test_work_that_fails_says_so_and_the_error_goes_on(shown: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def fail() -> None:
        with progress.bars("工作") as bars:
            now[0] = 1.0
            bars.tick("read", 1, 2)
            raise ValueError("disk")

    with pytest.raises(ValueError, match="disk"):
        fail()
    assert "没有完成" in shown.outputs[0]["text/plain"]


def test_what_fails_at_once_leaves_no_output(shown: Screen) -> None:
    def fail() -> None:
        with progress.bars("工作"):
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert shown.outputs == []


def test_a_workshop_says_which_step_it_is_at_and_leaves_one_line(
    root: Path, shown: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit.jupyter.kernel.magics import run
    from casekit.workbench import workshops
    from casekit.workbench.workshops import Built

    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    seen: list[str] = []

    def build(
        path: str,
        output: str | None,
        *,
        papers: bool,
        word: str,
        script: str,
        progress: Callable[[int, int, str], None],
    ) -> Built:
        assert not papers
        for done, what in enumerate(("讲义", "幻灯片")):
            now[0] += 1.0
            progress(done, 2, what)
            seen.append(shown.outputs[0]["text/html"])
        return Built(Path(path).parent, ("a.ipynb", "b.ipynb"), ())

    monkeypatch.setattr(workshops, "build_workshop", build)
    made = run("workshop build 课.ipynb --no-papers", lambda: NotebookBench(root))
    assert made.files == ("a.ipynb", "b.ipynb")
    assert "讲义" in seen[0]
    assert "幻灯片" in seen[1]
    assert 'max="2" value="1"' in seen[1]
    assert len(shown.outputs) == 1
    assert shown.outputs[0]["text/plain"].endswith("2 个文件")


def test_work_of_unknown_length_shows_at_once(shown: Screen) -> None:
    with progress.working("生成") as bars:
        assert "<progress" in shown.outputs[0]["text/html"]
        bars.result = "12 个文件"
    assert shown.outputs[0]["text/plain"].endswith("12 个文件")
    assert len(shown.outputs) == 1


def test_without_ipython_nothing_is_shown(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "surroundings", lambda: "none")
    NotebookBench(root).build()
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "surroundings", lambda: "terminal")
    NotebookBench(root).build()
    told = capsys.readouterr()
    assert told.out == ""
    assert "4 个来源" in told.err


def test_surroundings_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.core.getipython as getter

    class Shell:
        kernel: Any = None

    make: Callable[[], Any] = Shell
    shell = make()
    monkeypatch.setattr(getter, "get_ipython", lambda: shell)
    assert progress.surroundings() == "terminal"
    shell.kernel = object()
    assert progress.surroundings() == "kernel"
    monkeypatch.setattr(getter, "get_ipython", lambda: None)
    assert progress.surroundings() == "none"
