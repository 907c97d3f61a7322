"""`check -`: a draft from standard input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.small_cases import new_bench

from casekit.cli import main


def test_a_dash_is_standard_input_and_stands_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new_bench(tmp_path / "ws", {"a.txt": "山雀超市的一年\n山雀超市今年新开了48家门店。".encode()})
    root = str(tmp_path / "ws")
    monkeypatch.setattr("sys.stdin", io.StringIO("山雀超市今年新开了84家门店。\n"))
    assert main(["check", "-", "--workspace", root]) == 1
    assert "48家" in capsys.readouterr().out
    assert main(["check", "-", "draft.md", "--workspace", root]) == 2
    assert "标准输入" in capsys.readouterr().err
