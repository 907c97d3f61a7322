"""The workshop wizard in JupyterLab, clicked through; what participants get, opened, answered and searched for keys."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import Lab, Page, awaited, axe, open_lab, open_notebook, outputs, run_all, screenshot

from casekit.workshop.editions import keys_of
from casekit.workshop.keys import Key
from casekit.workshop.notebook import load_notebook

MASTER = "notebooks/workshop-walmart-jackjones.ipynb"
PACKAGE = "notebooks/workshop-walmart-jackjones-package"


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


def _button(page: Page, name: str) -> Any:
    return page.locator(".jp-OutputArea-output").get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def keys(lab: Lab) -> dict[str, Key]:
    """The keys of the workshop that the first test made."""
    return keys_of(load_notebook(lab.folder / MASTER))


def test_the_wizard_makes_builds_and_checks_a_workshop(page: Page, lab: Lab) -> None:
    path = _notebook(
        lab.folder, "wizard-test.ipynb", "from casekit.jupyter import workshop_wizard\n\nworkshop_wizard()"
    )
    open_lab(page, lab)
    open_notebook(page, path)
    run_all(page)
    page.get_by_label("找案例").wait_for()
    page.get_by_label("沃尔玛", exact=True).check()
    page.get_by_label("找案例").fill("綾致")
    page.get_by_label("Jack & Jones（绫致）").check()
    page.get_by_label("框架", exact=True).select_option(label="三通工程")
    page.get_by_label("对象", exact=True).fill("店长")
    page.keyboard.press("Tab")  # leaving the field takes the text over
    page.get_by_text("证据够做").wait_for()
    assert page.locator(".jp-OutputArea-output").get_by_text("110–120").count() == 1
    screenshot(page, "workshop-wizard-chosen")
    assert axe(page, ".jp-OutputArea-output") == []

    # by the keyboard: from the master's field over the word to the first button
    page.get_by_label("口令").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("母版已写出").wait_for()
    assert (lab.folder / MASTER).is_file()
    _button(page, "生成学员版和主持人版").click()
    page.get_by_text("个文件在").wait_for(timeout=240_000)
    _button(page, "检查").click()
    page.get_by_text("可以用（").wait_for(timeout=240_000)
    page.get_by_text("可以用（").scroll_into_view_if_needed()
    screenshot(page, "workshop-wizard-done")
    assert axe(page, ".jp-OutputArea-output") == []

    # the dark theme, with the same findings on screen
    awaited(page, "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    page.wait_for_timeout(500)  # colours fade over
    screenshot(page, "workshop-wizard-dark")
    assert axe(page, ".jp-OutputArea-output") == []
    awaited(page, "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")

    # the same cases with other times: the file is there, so it is asked first
    before = (lab.folder / MASTER).read_bytes()
    page.get_by_label("时长（分）").fill("90")
    page.keyboard.press("Tab")
    page.get_by_text("80–90").wait_for()
    _button(page, "写出母版").click()
    page.get_by_text("已经有了").wait_for()
    assert (lab.folder / MASTER).read_bytes() == before
    _button(page, "取消").click()
    assert (lab.folder / MASTER).read_bytes() == before

    # a link opens the participants' notebook in JupyterLab itself
    page.get_by_role("link", name="participant/workshop.ipynb").click()
    page.locator(".lm-TabBar-tab.lm-mod-current", has_text="workshop.ipynb").first.wait_for()


def test_participants_are_told_right_and_wrong_and_where_to_look(page: Page, lab: Lab, keys: dict[str, Key]) -> None:
    key = next(key for key in keys.values() if key.kind == "match")
    assert isinstance(key.answer, dict)
    right = dict(key.answer)
    first = next(iter(right))
    wrong = {**right, first: "B" if right[first] == "A" else "A"}
    open_lab(page, lab)
    open_notebook(page, f"{PACKAGE}/participant/workshop.ipynb")
    run_all(page)
    assert not [one for one in outputs(page) if one["output_type"] == "error"]

    def answer(given: dict[str, str]) -> str:
        """Type the answer over the cell as a participant would, run it, and read what comes."""
        cell = page.locator(".jp-CodeCell", has_text=f'check("{key.id}"')
        cell.scroll_into_view_if_needed()
        editor = cell.locator(".cm-content")
        editor.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f'{key.id} = {given!r}\ncheck("{key.id}", {key.id})')
        page.keyboard.press("Control+Enter")
        shown = cell.locator(".jp-OutputArea-output")
        shown.get_by_text("正确" if given == right else "不对").wait_for()
        return str(shown.inner_text())

    told = answer(wrong)
    assert "✗" in told
    assert key.hints[first] in told
    screenshot(page, "workshop-answers")
    told = answer(right)
    assert "✓" in told
    assert "✗" not in told


def test_slides_open_offline(page: Page, lab: Lab) -> None:
    page.goto((lab.folder / PACKAGE / "participant" / "slides.html").as_uri())
    page.locator(".reveal.ready, .reveal .slides section.present").first.wait_for()
    screenshot(page, "workshop-slides-1")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    screenshot(page, "workshop-slides-4")
    assert page.locator("section.present").last.inner_text().strip()


def _unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and what is in them as archives and base64."""
    yield data
    if depth > 3:
        return
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.infolist():
                yield one.filename.encode()
                yield from _unpacked(archive.read(one), depth + 1)
    for found in re.findall(rb"[A-Za-z0-9+/]{24,}={0,2}", data):
        try:
            yield from _unpacked(base64.b64decode(found + b"=" * (-len(found) % 4)), depth + 1)
        except ValueError:
            continue


def test_nothing_of_the_keys_is_in_what_participants_get(lab: Lab, keys: dict[str, Key]) -> None:
    folder = lab.folder / PACKAGE / "participant"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert {path.suffix for path in files} >= {".ipynb", ".html", ".md"}
    secret = [
        line for key in keys.values() for line in (*key.explanation, *key.misconceptions, *key.likely) if len(line) > 12
    ]
    assert len(secret) > 10
    # the test can find what it looks for: all of it stands in what the facilitator keeps
    kept = (lab.folder / PACKAGE / "facilitator" / "facilitator.ipynb").read_text("utf-8")
    held = "".join("".join(cell["source"]) for cell in json.loads(kept)["cells"])
    assert any(line in held for line in secret)
    for path in files:
        assert not re.search(r"q\d|key|answer|solution", path.name)
        for data in _unpacked(path.read_bytes()):
            # whatever the spelling: escapes undone, white space and marks out
            text = data.decode("utf-8", "replace")
            if "\\u" in text:
                text += json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".ipynb" else ""
            squeezed = re.sub(r"[^\w]", "", text)
            for line in secret:
                assert re.sub(r"[^\w]", "", line) not in squeezed, f"{path.name}: {line}"
            for key in keys.values():
                pairs = dict(key.answer) if isinstance(key.answer, dict) else {}
                if len(pairs) > 1 and not key.decimals:
                    assert json.dumps(pairs) not in text
                    assert str(pairs) not in text
    notebook = json.loads((folder / "workshop.ipynb").read_text("utf-8"))
    assert all(not cell.get("outputs") and not cell.get("attachments") for cell in notebook["cells"])
    allowed: list[dict[str, object]] = [{}, {"jupyter": {"source_hidden": True}}]
    assert all({k: v for k, v in cell["metadata"].items() if k != "slideshow"} in allowed for cell in notebook["cells"])
