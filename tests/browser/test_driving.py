"""The browser tests' own instruments see what they are there to see."""

from __future__ import annotations

from tests.browser.driving import Browser, Page, axe, has_tofu, new_context


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
