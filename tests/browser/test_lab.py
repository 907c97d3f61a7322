"""`casekit lab`: JupyterLab in Chinese, in the workspace, with no pop-ups and no request to another machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import (
    REPOSITORY,
    Lab,
    Page,
    Watched,
    awaited,
    clear_lab,
    has_tofu,
    held_by_panel,
    open_lab,
    open_notebook,
    outputs,
    run_all,
    save,
    screenshot,
)
from tests.browser.panel_driving import PANEL, open_facet, open_panel, search
from tests.browser.putting_back import Kept

BUILT_PANEL = REPOSITORY / "src" / "casekit" / "jupyter" / "labextension" / "package.json"


def _ask(page: Page, lab: Lab, path: str) -> Any:
    """What the server answers a page of its own, as JSON."""
    return awaited(page, "async url => (await fetch(url)).json()", lab.url(path))


def test_lab_opens_in_chinese_without_pop_ups(page: Page, lab: Lab, watched: Watched) -> None:
    open_lab(page, lab)
    menu = page.locator("#jp-MainMenu")
    menu.wait_for()
    assert menu.inner_text().split() == ["文件", "编辑", "查看", "运行", "内核", "标签页", "设置", "帮助"]
    page.wait_for_timeout(2000)  # pop-ups come a moment later
    assert page.locator(".Toastify__toast, .jp-Notification-Toast").count() == 0
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator("[data-id='extensionmanager.main-view']").count() == 0
    for selector in ("body", ".jp-DirListing", ".lm-MenuBar"):
        assert has_tofu(page, selector) == [], selector
    screenshot(page, "lab")
    assert watched.errors == []


def test_the_folder_shown_is_the_workspace(page: Page, lab: Lab) -> None:
    open_lab(page, lab)
    page.locator(".jp-DirListing-item").first.wait_for()
    assert {"casebook", "corpus", "notebooks", "casekit.toml"} <= {
        name.strip() for name in page.locator(".jp-DirListing-itemName").all_inner_texts()
    }


def test_the_panels_server_answers_in_the_workspace(page: Page, lab: Lab) -> None:
    open_lab(page, lab)
    state = _ask(page, lab, "casekit/api/state")
    assert state["workspace"]["name"] == lab.folder.name
    assert state["built"] is True


@pytest.mark.skipif(not BUILT_PANEL.exists(), reason="the panel is not built")
def test_the_panel_is_there_although_nothing_was_installed_into_the_environment(page: Page, lab: Lab) -> None:
    open_lab(page, lab)
    name = json.loads(BUILT_PANEL.read_text("utf8"))["name"]
    config = json.loads(page.locator("#jupyter-config-data").inner_text())
    assert name in [one["name"] for one in config["federated_extensions"]]
    assert awaited(page, "async name => window.jupyterapp.listPlugins().some(id => id.startsWith(name))", name)
    assert page.locator(".lm-TabBar-tab[data-id*='casekit']").count() == 1


def test_the_kernel_is_casekits_own_python_and_no_notebook_is_paired_unasked(page: Page, lab: Lab) -> None:
    source = "import sys, os\nprint(sys.executable)\nfrom casekit.jupyter import wb\nprint(wb.workspace.root)"
    path = lab.folder / "notebooks" / "试一试.ipynb"
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    path.write_text(
        json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}), "utf8"
    )
    open_lab(page, lab)
    open_notebook(page, "notebooks/试一试.ipynb")
    run_all(page)
    printed = "".join("".join(one.get("text", "")) for one in outputs(page)).split("\n")
    assert Path(printed[0]) == Path(sys.executable)
    assert Path(printed[1]) == lab.folder
    save(page)
    assert path.is_file()
    assert not path.with_suffix(".py").exists()


def test_english_by_the_workspaces_setting_and_the_users_own_choice_wins(
    page: Page, bundled: Path, tmp_path: Path, start_lab: Callable[..., Lab]
) -> None:
    """One server: casekit.toml says English, and the user chose the dark theme in Lab's own settings."""
    folder = tmp_path / "ws"
    folder.mkdir()
    text = (bundled / "casekit.toml").read_text("utf8")
    (folder / "casekit.toml").write_text(text.replace('language = "zh"', 'language = "en"'), "utf8")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "catalogue.json").write_text("[]", "utf8")
    own = (
        tmp_path
        / "config"
        / "lab"
        / "user-settings"
        / "@jupyterlab"
        / "apputils-extension"
        / "themes.jupyterlab-settings"
    )
    own.parent.mkdir(parents=True)
    own.write_text('{"theme": "JupyterLab Dark"}', "utf8")
    lab = start_lab(folder, JUPYTER_CONFIG_DIR=str(tmp_path / "config"))
    try:
        open_lab(page, lab)
        assert page.locator("#jp-MainMenu").inner_text().split()[:2] == ["File", "Edit"]
        assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
        screenshot(page, "lab-english-dark")
        assert own.read_text("utf8") == '{"theme": "JupyterLab Dark"}'
    finally:
        code = lab.server.stop()
    assert code == 0
    assert any("no article yet" in line for line in lab.server.said)


def test_a_lab_that_is_cleared_and_put_back_is_as_it_was(page: Page, lab: Lab, kept: dict[Path, Kept]) -> None:
    """The page goes to the next test, whatever the one before did in the panel."""
    open_panel(page, lab)
    before = held_by_panel(page)
    search(page, "会员").first.focus()
    page.keyboard.press("b")
    open_facet(page, "公司与机构")
    page.locator("#casekit-tab-basket .casekit-Facet-count").wait_for()
    page.locator("#casekit-tab-basket").click()
    maker = page.locator(f"{PANEL} .casekit-Maker")
    maker.locator("input").fill("别的题目")
    maker.locator("select").first.select_option("word")
    maker.locator("select").last.select_option(index=1)
    page.locator(f"{PANEL} .casekit-BasketItem-tools button").last.click()  # can be undone
    for tab in ("notes", "codes"):
        page.locator(f"#casekit-tab-{tab}").click()
        page.locator(f"#casekit-view-{tab} .casekit-Notes-search").fill("没有")
    page.locator("#casekit-tab-review").click()
    page.locator("#casekit-tab-search").click()
    page.locator(f"{PANEL} [data-choice=find]").click()
    page.locator(f"{PANEL} [data-choice=near]").click()
    left = held_by_panel(page)
    assert {name for name in before if left.get(name) != before[name]} >= {
        "searching.text", "searching.mode", "searching.way", "facets.open", "basket.title", "basket.form", "desk._style",
        "notes.input", "codes.input",
    }  # fmt: skip
    kept[lab.folder].put_back()
    assert clear_lab(page)
    assert held_by_panel(page) == before
    assert page.evaluate(_STORED) == [0, 0]


# What the browser and Lab's own store hold of casekit's.
_STORED = """async () => {
    const panel = [...window.jupyterapp.shell.widgets('left')].find(one => one.id === 'casekit-panel');
    return [localStorage.length, (await panel.desk.db.list('casekit')).ids.length];
}"""
