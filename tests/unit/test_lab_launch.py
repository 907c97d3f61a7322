"""How `casekit lab` and `casekit page` are started: settings, flags, errors. No server runs here."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.samples import Cli

from casekit import language
from casekit.errors import CasekitError, SettingError
from casekit.jupyter.lab import launch as launching
from casekit.jupyter.lab import page as paging
from casekit.jupyter.lab.launch import Launch, MissingPackageError, plan_lab
from casekit.jupyter.lab.page import plan_page
from casekit.jupyter.lab.ports import choose_port
from casekit.jupyter.lab.settings import EXTENSIONS, Prepared, lab_overrides, prepare_folder
from casekit.workspace import Workspace

pytest.importorskip("jupyterlab")


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf8"))


# ---- settings --------------------------------------------------------------------------------------------------------
def test_lab_speaks_the_workspaces_language_and_asks_for_no_news() -> None:
    for named, locale in (("zh", "zh_CN"), ("en", "default")):
        made = lab_overrides(named)
        assert made["@jupyterlab/translation-extension:plugin"] == {"locale": locale}
        assert made["@jupyterlab/apputils-extension:notification"] == {"fetchNews": "false", "checkForUpdates": False}
        assert made["@jupyterlab/extensionmanager-extension:plugin"] == {"enabled": False}


def test_every_setting_is_one_that_lab_knows_with_a_value_it_takes() -> None:
    from jupyterlab.commands import get_app_dir  # type: ignore[import-untyped]

    for name, values in lab_overrides("zh").items():
        package, _, plugin = name.partition(":")
        homes = [
            Path(get_app_dir()) / "schemas",
            *(Path(sys.prefix) / "share/jupyter/labextensions").glob("*/*/schemas"),
        ]
        found = [home / package / f"{plugin}.json" for home in homes if (home / package / f"{plugin}.json").is_file()]
        assert found, name
        known = _read(found[0])["properties"]
        for key, value in values.items():
            assert key in known, (name, key)
            allowed = [one["const"] for one in known[key].get("oneOf", [])]
            assert not allowed or value in allowed
            assert known[key]["type"] == {str: "string", bool: "boolean"}[type(value)]


def test_what_an_administrator_set_is_kept_unless_it_contradicts(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    notify = "@jupyterlab/apputils-extension:notification"
    set_there = {"a:b": {"c": 1}, notify: {"fetchNews": "true", "doNotDisturbMode": True}}
    (theirs / "overrides.json").write_text(json.dumps(set_there), "utf8")
    (theirs / "page_config.json").write_text('{"disabledExtensions": {"x:y": true}}', "utf8")
    made = prepare_folder(tmp_path / "run", language="zh", inherited=theirs)
    overrides = _read(made.settings / "overrides.json")
    assert overrides["a:b"] == {"c": 1}
    assert overrides[notify] == {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    disabled = _read(made.settings / "page_config.json")["disabledExtensions"]
    assert disabled["x:y"] is True
    assert disabled["@jupyterlab/apputils-extension:announcements"] is True
    assert _read(theirs / "overrides.json") == set_there


@pytest.mark.parametrize("broken", ["{", "[]", '{"@jupyterlab/translation-extension:plugin": 5}'])
def test_a_broken_file_of_settings_is_passed_over(broken: str, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "overrides.json").write_text(broken, "utf8")
    made = prepare_folder(tmp_path / "run", language="zh", inherited=tmp_path / "theirs")
    assert _read(made.settings / "overrides.json")["@jupyterlab/translation-extension:plugin"]["locale"] == "zh_CN"


def test_the_kernel_is_the_python_that_runs_casekit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyter_client.kernelspec import KernelSpecManager

    other = tmp_path / "other" / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(
        '{"argv": ["/nowhere/python"], "display_name": "?", "language": "python"}', "utf8"
    )
    made = prepare_folder(tmp_path / "run", language="zh")
    monkeypatch.setenv("JUPYTER_PATH", os.pathsep.join([str(made.jupyter_path), str(tmp_path / "other")]))
    find: Any = KernelSpecManager()
    assert find.get_kernel_spec("python3").argv[:3] == [sys.executable, "-m", "ipykernel_launcher"]


def test_casekits_extensions_are_found_under_their_names(tmp_path: Path) -> None:
    from jupyterlab_server.config import get_federated_extensions

    made = prepare_folder(tmp_path / "run", language="zh")
    found = get_federated_extensions([str(made.labextensions)])
    built = {name for name, source in EXTENSIONS.items() if (source / "package.json").is_file()}
    assert set(found) == built >= {"@casekit/fallback"}
    for name, one in found.items():
        load = one["jupyterlab"]["_build"]["load"]
        assert (made.labextensions / name / load).is_file()


# ---- the command line of Lab -----------------------------------------------------------------------------------------
@pytest.fixture
def launch(workspace: Workspace) -> Launch:
    """A launch in an empty workspace."""
    return Launch(workspace, port=8123, token="k1", opened="notebooks/一 张.ipynb")


def test_lab_listens_on_loopback_with_a_token_in_the_workspace(launch: Launch, tmp_path: Path) -> None:
    given = launch.arguments(Prepared(tmp_path))
    for wanted in (
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=8123",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={launch.workspace.root}",
        "--IdentityProvider.token=k1",
        "--PasswordIdentityProvider.hashed_password=",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
        f"--LabApp.app_settings_dir={tmp_path / 'settings'}",
        f"--LabApp.extra_labextensions_path={tmp_path / 'labextensions'}",
        "--ServerApp.jpserver_extensions=casekit.jupyter.service=True",
        "--ServerApp.jpserver_extensions=jupyterlab_jupytext=True",
        "--HTMLExporter.template_name=casekit",
    ):
        assert wanted in given
    assert not any("user_settings_dir" in one for one in given)  # the user's own settings stay where they are
    assert launch.url == "http://127.0.0.1:8123/lab/tree/notebooks/%E4%B8%80%20%E5%BC%A0.ipynb?token=k1"


def test_every_option_is_one_that_jupyter_knows(launch: Launch, tmp_path: Path) -> None:
    from jupyter_client.manager import KernelManager
    from jupyter_server.auth.identity import PasswordIdentityProvider
    from jupyter_server.serverapp import ServerApp
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]
    from nbconvert.exporters import SlidesExporter
    from nbconvert.filters import DataTypeFilter

    classes: set[Any] = {
        one
        for last in (
            ServerApp,
            LabApp,
            PasswordIdentityProvider,
            MappingKernelManager,
            KernelManager,
            SlidesExporter,
            DataTypeFilter,
        )
        for one in last.__mro__
    }
    known: dict[str, Any] = {one.__name__: one for one in classes}
    for given in launch.arguments(Prepared(tmp_path)):
        owner, _, name = given.removeprefix("--").partition("=")[0].partition(".")
        assert known[owner].class_traits(config=True).get(name) is not None, given


def test_the_tabs_of_each_workspace_are_kept_apart_from_the_users_other_ones(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEKIT_CACHE", str(tmp_path / "cache"))
    other = Workspace.create(tmp_path / "other")
    kept = [
        next(one for one in Launch(ws, 1, "k").arguments(Prepared(tmp_path)) if "workspaces_dir" in one)
        for ws in (workspace, workspace, other)
    ]
    assert kept[0] == kept[1] != kept[2]
    assert str(tmp_path / "cache") in kept[0]


# ---- what is opened, and where ---------------------------------------------------------------------------------------
def test_a_file_is_found_here_or_in_the_workspace(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace.root / "notebooks" / "a.ipynb").write_text("{}", "utf8")
    monkeypatch.chdir(workspace.root / "notebooks")
    for named in ("a.ipynb", "notebooks/a.ipynb", workspace.root / "notebooks" / "a.ipynb", "../notebooks/a.ipynb"):
        assert plan_lab(workspace, named, port=0).opened == "notebooks/a.ipynb"
    assert plan_lab(workspace, "..", port=0).path == "/lab"


def test_a_file_in_a_hidden_folder_keeps_its_name(workspace: Workspace) -> None:
    (workspace.root / ".drafts").mkdir()
    (workspace.root / ".drafts" / "a.ipynb").write_text("{}", "utf8")
    assert plan_lab(workspace, ".drafts/a.ipynb", port=0).opened == ".drafts/a.ipynb"


def test_a_file_elsewhere_or_nowhere_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "b.ipynb").write_text("{}", "utf8")
    for named in (tmp_path / "b.ipynb", workspace.root / "nothing.ipynb", workspace.root / ".." / "b.ipynb"):
        with pytest.raises(SettingError, match=r"b\.ipynb|nothing\.ipynb"):
            plan_lab(workspace, named, port=0)


def test_a_link_out_of_the_workspace_opens_as_what_it_is_called(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "b.ipynb").write_text("{}", "utf8")
    (workspace.root / "notebooks" / "link.ipynb").symlink_to(tmp_path / "b.ipynb")
    assert plan_lab(workspace, workspace.root / "notebooks" / "link.ipynb", port=0).opened == "notebooks/link.ipynb"


def test_tokens_differ(workspace: Workspace) -> None:
    assert len({plan_lab(workspace, port=0).token for _ in range(5)}) == 5
    assert all(len(plan_page(workspace, port=0).token) >= 40 for _ in range(2))


def test_a_taken_port_is_refused_and_a_free_one_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=str(port)):
            choose_port(port, first=1)
        assert choose_port(None, first=port) > port
    assert choose_port(0, first=1) > 1023
    for impossible in (-1, 65536):
        with pytest.raises(SettingError, match=str(impossible)):
            choose_port(impossible, first=1)


@pytest.mark.parametrize(
    ("module", "plan", "package", "advice"),
    [(launching, plan_lab, "jupyterlab", "pip install jupyterlab"), (paging, plan_page, "voila", r"casekit\[page\]")],
)
def test_a_missing_package_is_told_in_one_line_with_what_to_install(
    module: Any,
    plan: Callable[..., Any],
    package: str,
    advice: str,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import importlib.util

    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == package else known(name, *rest)
    )
    for named in ("zh", "en"):
        language.use(named)
        with pytest.raises(MissingPackageError, match=advice) as told:
            plan(workspace, port=0)
        assert isinstance(told.value, CasekitError)
        assert "\n" not in str(told.value)


# ---- the commands ----------------------------------------------------------------------------------------------------
@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been started; nothing is."""
    plans: list[Any] = []

    def run(plan: Any, *, ready: Callable[[Any], None]) -> None:
        plans.append(plan)
        ready(plan)

    monkeypatch.setattr(launching, "run_lab", run)
    monkeypatch.setattr(paging, "run_page", run)
    return plans


@pytest.mark.parametrize("command", ["lab", "page"])
def test_the_address_is_printed_and_is_the_one_document_of_json(
    command: str, root: Path, cli: Cli, started: list[Any]
) -> None:
    ran = cli(command, "--no-browser", "--port", "0", cwd=root)
    assert ran.code == 0
    assert ran.out.strip() == started[0].url
    assert started[0].open_browser is False
    ran = cli(command, "--port", "0", "--json", cwd=root)
    assert json.loads(ran.out) == {"url": started[1].url, "token": started[1].token}
    assert started[1].open_browser is True


@pytest.mark.parametrize("command", ["lab", "page"])
def test_there_must_be_a_workspace(command: str, tmp_path: Path, cli: Cli, started: list[Any]) -> None:
    (tmp_path / "笔记.txt").write_text("不相干", "utf8")
    ran = cli(command, cwd=tmp_path)
    assert ran.code == 2
    assert "casekit.toml" in ran.complaint
    assert started == []
    assert [path.name for path in tmp_path.iterdir()] == ["笔记.txt"]


def test_an_empty_folder_becomes_a_workspace_that_lab_opens(tmp_path: Path, cli: Cli, started: list[Any]) -> None:
    folder = tmp_path / "新的"
    folder.mkdir()
    assert cli("page", cwd=folder).code == 2  # a page has nothing to add articles with
    assert list(folder.iterdir()) == []
    ran = cli("lab", "--port", "0", "--json", cwd=folder, lang="zh")
    assert ran.code == 0
    assert "已建立工作区" in ran.err
    assert json.loads(ran.out)["url"] == started[0].url
    assert Workspace.open(folder).root == folder


def test_an_empty_folder_below_a_workspace_that_cannot_be_read_stays_empty(
    root: Path, cli: Cli, started: list[Any]
) -> None:
    (root / "casekit.toml").write_text("[", "utf8")
    (root / "空").mkdir()
    assert cli("lab", cwd=root / "空").code == 2
    assert list((root / "空").iterdir()) == []
    assert started == []


def test_without_an_index_lab_says_so_and_starts(workspace: Workspace, cli: Cli, started: list[Any]) -> None:
    ran = cli("lab", "--port", "0", cwd=workspace.root)
    assert ran.code == 0
    assert "casekit build" in ran.err
    assert len(started) == 1
    assert not list(workspace.index.glob("gen-*"))


@pytest.mark.parametrize(
    ("answer", "builds"), [("y\n", True), ("\n", False), ("n\n", False), ("", False), ("是\n", True)]
)
def test_on_a_terminal_building_is_offered_and_done_only_on_yes(
    answer: str, builds: bool, workspace: Workspace, cli: Cli, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    (workspace.sources / "a.txt").parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ran = cli("lab", "--port", "0", cwd=workspace.root)
    assert ran.code == 0
    assert "[y/N]" in ran.err
    assert bool(list(workspace.index.glob("gen-*"))) is builds
    assert len(started) == 1


def test_a_port_in_use_is_told_in_one_line(root: Path, cli: Cli, started: list[Any]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = cli("lab", "--port", str(taken.getsockname()[1]), cwd=root)
    assert ran.code == 2
    assert "--port" in ran.complaint
    assert started == []
