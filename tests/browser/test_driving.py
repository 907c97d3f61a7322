"""The browser tests' own instruments see what they are there to see."""

from __future__ import annotations

from pathlib import Path

from tests.browser.driving import Browser, Page, axe, has_tofu, new_context
from tests.browser.putting_back import Kept


def test_a_missing_glyph_is_seen_and_a_chinese_one_is_none(page: Page) -> None:
    page.set_content("<p lang='zh'>中文</p>")
    assert has_tofu(page) == []
    assert has_tofu(page, characters="中\u0378文") == ["\u0378"]
    assert has_tofu(page, characters="\u0378\u0379") == ["\u0378", "\u0379"]


def test_a_request_to_another_machine_is_refused_and_recorded(chromium: Browser) -> None:
    context, watched = new_context(chromium)
    try:
        page = context.new_page()
        page.set_content("<img src='https://cdn.example/a.png' onerror='document.title = \"refused\"'>")
        page.wait_for_function("() => document.title === 'refused'")
    finally:
        context.close()
    assert watched.outside == ["https://cdn.example/a.png"]


def test_an_uncaught_error_is_recorded(chromium: Browser) -> None:
    context, watched = new_context(chromium)
    try:
        page = context.new_page()
        page.set_content("<script>setTimeout(() => { throw new Error('oh'); }, 0)</script>")
        page.wait_for_timeout(300)
    finally:
        context.close()
    assert len(watched.errors) == 1
    assert "oh" in watched.errors[0]


def test_a_serious_fault_of_accessibility_is_found_where_it_is(page: Page) -> None:
    page.set_content(
        "<html lang='zh'><title>t</title><main><h1>标题</h1><div id='a'><button></button></div><div id='b'>好</div></main>"
    )
    assert any(found.startswith("button-name") for found in axe(page))
    assert axe(page, "#b") == []


def test_files_that_a_test_changed_made_or_deleted_are_put_back(tmp_path: Path) -> None:
    for name in ("same", "changed", "deleted/one"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf8")
    kept = Kept(tmp_path)
    assert kept.put_back() == []
    (tmp_path / "changed").write_text("otherwise", "utf8")
    (tmp_path / "deleted" / "one").unlink()
    (tmp_path / "deleted").rmdir()
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "two").write_text("new", "utf8")
    assert {path.name for path in kept.put_back()} == {"changed", "one", "two"}
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        "same", "changed", "deleted/one",
    }  # fmt: skip
    assert (tmp_path / "changed").read_text("utf8") == "changed"
    assert not (tmp_path / "made").exists()
    assert kept.put_back() == []
