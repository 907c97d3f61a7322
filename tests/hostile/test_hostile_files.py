"""A seeded sample of the hostile files (the whole suite: python -m tests.hostile.run)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.forked import Forks
from tests.hostile.files import HOSTILE, write_hostile
from tests.hostile.run import try_file
from tests.samples import make_workspace

from casekit.workbench import Workbench

_ALL_TOGETHER = (
    *(
        "ld-deep.html",
        "ld-lists.html",
        "ld-kinds.html",
        "ld-number.html",
        "time-stamp.html",
        "deep-frame.html",
        "script.html",
    ),
    *("laughs.xhtml", "outside.xhtml", "deep-sdt.docx", "laughs.docx", "outside.docx", "circle.docx", "climbs.docx"),
    *("number.docx", "cells.xlsx", "parts.xlsx", "half.docx", "crc.docx", "zeros.epub", "ratio.docx"),
    *("tiny.pdf", "circle.pdf", "count.pdf", "script.pdf", "parts.mhtml", "deep.xml", "laughs.xml", "quotes.csv"),
    *(
        "surrogates.txt",
        "turned.txt",
        "nul.txt",
        "<img src=x onerror=alert(1)>.txt",
        "a\nb.txt",
        "\x1b[31m红.txt",
        "-rf.txt",
    ),
)


def test_there_are_two_hundred() -> None:
    assert len(HOSTILE) == 200


def test_every_hostile_file_is_added_or_refused_by_name_and_the_next_one_is_done(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none", tagger=False))
    try:
        paths = [write_hostile(tmp_path / "in", name) for name in _ALL_TOGETHER]
    except OSError:
        pytest.skip("this file system takes no such names")
    report = bench.add(paths)
    assert len(report.added) + len(report.refused) == len(paths)
    assert all("\n" not in one.reason.replace("a\nb", "") for one in report.refused)
    refused = {one.path.name for one in report.refused}
    assert refused >= {"deep-sdt.docx", "half.docx", "ratio.docx", "zeros.epub", "tiny.pdf", "parts.mhtml"}
    added = {one.path.name for one in report.added}
    assert added >= {"ld-deep.html", "ld-lists.html", "ld-kinds.html", "script.html", "outside.xhtml", "climbs.docx"}
    assert "root:" not in "".join(bench.text(one.record.id) for one in report.added)  # no file of this machine came in
    assert {path.name for path in tmp_path.iterdir()} == {"ws", "in"}
    built = bench.build()
    assert built.failed == ()
    assert built.sources == len({one.record.id for one in report.added})


def test_a_text_of_endless_lines_is_refused_by_name_and_blank_ones_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("店\n" * 100_001, "utf8")
    (tmp_path / "blank.txt").write_text("店里会员多了三成。" + "\n" * 200_000, "utf8")
    bench = Workbench(make_workspace(tmp_path / "ws", model="none", tagger=False))
    report = bench.add([tmp_path / "lines.txt", tmp_path / "blank.txt"])
    assert [one.record.id for one in report.added] == ["blank"]
    (refused,) = report.refused
    assert "lines.txt" in refused.reason
    assert "100001" in refused.reason


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bomb.pdf"])
def test_a_bomb_is_refused_within_bounds_by_the_command_line(name: str, tmp_path: Path, forks: Forks) -> None:
    outcome = try_file(name, tmp_path / "one", forks, build=False)
    assert outcome.wrong == ()
    assert outcome.code == 2
