"""`casekit lab`: JupyterLab in Chinese, in the workspace, with no pop-ups and no request to another machine."""

from __future__ import annotations

from tests.browser.driving import Lab, Page, has_tofu, open_lab, screenshot


def test_lab_opens_in_chinese_without_pop_ups(page: Page, lab: Lab) -> None:
    open_lab(page, lab)
    menu = page.locator("#jp-MainMenu")
    menu.wait_for()
    assert "文件" in menu.inner_text()
    page.wait_for_timeout(1500)  # pop-ups come a moment later
    assert page.locator(".Toastify__toast").count() == 0
    assert page.locator(".jp-Dialog").count() == 0
    assert has_tofu(page) == []
    screenshot(page, "lab")
