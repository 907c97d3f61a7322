"""The browser is led to the page without its token on a command line."""

from __future__ import annotations

import os
import stat
import sys
import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from casekit.jupyter.lab.launch import Launch
from casekit.jupyter.lab.opening import opened_by_file, redirecting
from casekit.jupyter.lab.settings import Prepared
from casekit.workspace import Workspace


def test_the_browser_s_command_line_holds_a_file_that_only_the_user_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    with opened_by_file("http://127.0.0.1:8866/?token=k123", number=8866):
        (address,) = asked
        assert "k123" not in address
        file = Path(unquote(urlsplit(address).path)) if os.name != "nt" else next((tmp_path / "runtime").iterdir())
        assert "token=k123" in file.read_text("utf8")
        if sys.platform != "win32":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.exists()


def test_the_address_cannot_end_the_script_that_holds_it() -> None:
    page = redirecting("http://127.0.0.1:1/?a=</script><script>x()</script>\"'")
    assert "<script>x()" not in page
    assert page.count("</script>") == 1


def test_lab_opens_the_browser_by_a_file_whatever_the_machine_s_settings_say(workspace: Workspace) -> None:
    launch = Launch(workspace, port=8888, token="k123", open_browser=True)
    made = Prepared(*([workspace.root] * len(Prepared.__dataclass_fields__)))
    assert "--ServerApp.use_redirect_file=True" in launch.arguments(made)
