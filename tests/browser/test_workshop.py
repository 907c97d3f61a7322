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
from tests.unit.workshop_sample import made

from casekit.workshop.editions import keys_of
from casekit.workshop.keys import Key
from casekit.workshop.notebook import load_notebook
from casekit.workshop.package import make_package, write_package

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
    page.get_by_text("个文件在").wait_for()
    _button(page, "检查").click()
    page.get_by_text("可以用（").wait_for()
    page.get_by_text("可以用（").scroll_into_view_if_needed()
    screenshot(page, "workshop-wizard-done")
    assert axe(page, ".jp-OutputArea-output") == []
    _holds_no_key(lab.folder / PACKAGE, keys_of(load_notebook(lab.folder / MASTER)))

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
    page.locator(".jp-OutputArea-output").get_by_text(re.compile(r"^\d+–90$")).wait_for()
    _button(page, "写出母版").click()
    page.get_by_text("已经有了").wait_for()
    assert (lab.folder / MASTER).read_bytes() == before
    _button(page, "取消").click()
    assert (lab.folder / MASTER).read_bytes() == before

    # a link opens the participants' notebook in JupyterLab itself
    page.get_by_role("link", name="participant/workshop.ipynb").click()
    page.locator(".lm-TabBar-tab.lm-mod-current", has_text="workshop.ipynb").first.wait_for()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Key]]:
    """What participants get of the two invented companies, whose sources are there, and the keys."""
    master = made(240, level=3).notebook
    folder = tmp_path_factory.mktemp("package")
    write_package(make_package(master, papers=False), folder)
    return folder / "participant", keys_of(master)


def _answered(page: Page, form: Any, key: Key, *, wrong: str = "") -> None:
    """Choose the right options, but for one part, and have them checked."""
    assert isinstance(key.answer, dict)
    for part, letter in key.answer.items():
        box = form.locator(".ck-row", has_text=re.compile(f"^{part} ")).locator("select")
        box.select_option("A" if part == wrong and letter != "A" else "B" if part == wrong else letter)
    form.get_by_role("button", name="核对").click()


def test_participants_click_in_the_notebook_and_hear_item_by_item(page: Page, lab: Lab, package: Any) -> None:
    folder, keys = package
    key = next(key for key in keys.values() if key.kind == "figures")
    (lab.folder / "notebooks" / "participant-forms.ipynb").write_bytes((folder / "workshop.ipynb").read_bytes())
    open_lab(page, lab)
    open_notebook(page, "notebooks/participant-forms.ipynb")
    run_all(page)
    assert not [one for one in outputs(page) if one["output_type"] == "error"]
    form = page.locator(".ck-form", has=page.locator("label", has_text="用户数 60万"))
    form.scroll_into_view_if_needed()
    _answered(page, form, key, wrong="1")
    form.get_by_text("错 1 项").wait_for()
    told = form.locator(".ck-told").all_inner_texts()
    assert "到年底，云扫码用户达到60万" in told[0]
    assert key.reasons["1"] not in told[0]
    assert key.reasons["2"] in told[1]
    screenshot(page, "workshop-answers")
    _answered(page, form, key)
    form.get_by_text("全部正确").wait_for()


def test_the_web_page_works_offline_keeps_answers_and_shows_originals(bare_page: Page, package: Any) -> None:
    folder, keys = package
    key = next(key for key in keys.values() if key.kind == "figures")
    bare_page.goto((folder / "workshop.html").as_uri())
    assert bare_page.locator("#b").is_hidden()
    bare_page.locator("textarea").first.fill("先培训店员")
    bare_page.get_by_role("button", name="我写好了，读 B").click()
    form = bare_page.locator(f"[data-form={key.id}]")
    _answered(bare_page, form, key)
    form.get_by_text("全部正确").wait_for()
    assert axe(bare_page, "body") == []
    bare_page.reload()
    assert bare_page.locator("textarea").first.input_value() == "先培训店员"
    bare_page.get_by_label("阅读字体").select_option("hant")
    quote = bare_page.locator("blockquote[data-original]").first
    assert "顧客走了就再也聯繫不上" in quote.inner_text()
    quote.get_by_role("button").click()
    assert "顾客走了就再也联系不上" in quote.inner_text()
    screenshot(bare_page, "workshop-page")


def test_slides_open_offline_and_none_is_taller_than_its_slide(bare_page: Page, package: Any) -> None:
    bare_page.goto((package[0] / "slides.html").as_uri())
    bare_page.locator(".reveal.ready, .reveal .slides section.present").first.wait_for()
    screenshot(bare_page, "workshop-slides-1")
    sizes = bare_page.evaluate(
        """() => Array.from(document.querySelectorAll('.slides section:not(.stack)'), (one) => {
          for (const box of [one, one.parentElement]) { if (box.tagName === 'SECTION') { box.style.display = 'block'; box.hidden = false; } }
          return [one.querySelector('h2').innerText, one.scrollHeight, one.clientHeight];
        })"""
    )
    assert len(sizes) > 10
    assert [one for one in sizes if one[1] > one[2] + 1] == []


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


def _holds_no_key(package: Path, keys: dict[str, Key]) -> None:
    """Nothing of the keys is in what participants get."""
    folder = package / "participant"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert {path.suffix for path in files} >= {".ipynb", ".html", ".md"}
    secret = [
        line for key in keys.values() for line in (*key.explanation, *key.misconceptions, *key.likely) if len(line) > 12
    ]
    assert len(secret) > 3
    # the test can find what it looks for: all of it stands in what the facilitator keeps
    kept = (package / "facilitator" / "facilitator.ipynb").read_text("utf-8")
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
