"""The workshop wizard in JupyterLab, clicked through; what participants get, opened, answered and searched for keys."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.driving import Lab, Page, axe, open_lab, open_notebook, run_all, screenshot


def _notebook(folder: Path, name: str, *sources: str) -> str:
    """A notebook of code cells in notebooks/; returns its path from Lab's root."""
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for i, source in enumerate(sources)
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks" / name).write_text(json.dumps(made), "utf-8")
    return f"notebooks/{name}"


def test_the_wizard_makes_a_workshop(page: Page, lab: Lab) -> None:
    path = _notebook(
        lab.folder, "wizard-test.ipynb", "from casekit.jupyter import workshop_wizard\n\nworkshop_wizard()"
    )
    open_lab(page, lab)
    open_notebook(page, path)
    run_all(page)
    page.get_by_label("找案例").wait_for()
    screenshot(page, "workshop-wizard-empty")
    page.get_by_label("沃尔玛", exact=True).check()
    page.get_by_label("找案例").fill("綾致")
    page.get_by_label("Jack & Jones（绫致）").check()
    page.get_by_label("框架", exact=True).select_option(label="三通工程")
    page.get_by_label("对象", exact=True).fill("店长")
    page.keyboard.press("Tab")
    page.get_by_text("证据够做").wait_for()
    screenshot(page, "workshop-wizard-chosen")
    assert axe(page, ".jp-OutputArea-output") == []
    page.get_by_role("button", name="写出母版").click()
    page.get_by_text("母版已写出").wait_for()
    page.get_by_role("button", name="生成学员版和主持人版").click()
    page.get_by_text("个文件在").wait_for()
    page.get_by_role("button", name="检查", exact=True).click()
    page.get_by_text("可以用").wait_for()
    screenshot(page, "workshop-wizard-done")
