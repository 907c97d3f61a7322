"""The documentation's search finds Chinese words and whole questions, opened from a folder."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from types import ModuleType

import pytest
from tests.browser.driving import REPOSITORY, Browser

pytest.importorskip("sphinx")


def _extension() -> ModuleType:
    path = REPOSITORY / "docs" / "extensions" / "chinese_search.py"
    spec = importlib.util.spec_from_file_location("chinese_search", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def search_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The search page of three small documents, built with the documentation's own search."""
    folder = tmp_path_factory.mktemp("docs")
    texts = {
        "index": "# 起点\n\n```{toctree}\none\ntwo\n```\n",
        "one": "# 甲篇\n\n步步高把超1000万存量会员数字化，靠的是三通工程。\n",
        "two": "# 乙篇\n\n导购在企业微信里和顾客聊天。FAISS flips no bits. 字化数会。\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf8")
    extensions = REPOSITORY / "docs" / "extensions"
    (folder / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(extensions)!r})\n"
        "extensions = ['myst_parser', 'chinese_search']\nlanguage = 'zh_CN'\nhtml_theme = 'furo'\n",
        "utf8",
    )
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", folder, folder / "html"], check=True)
    return (folder / "html" / "search.html").as_uri()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("会员", ["one.html"]),
        ("会员数字化", ["one.html"]),
        ("企业微信", ["two.html"]),
        ("faiss", ["two.html"]),
        ("三通工程 会员", ["one.html"]),
        ("会员数字货币", []),
    ],
)
def test_a_query_finds_the_page_that_has_its_words(
    chromium: Browser, search_page: str, query: str, found: list[str]
) -> None:
    page = chromium.new_page()
    try:
        page.goto(f"{search_page}?q={query}")
        page.wait_for_function("document.querySelector('#search-results .search-summary')?.textContent.length > 0")
        page.wait_for_function("!document.querySelector('#search-progress')?.textContent.includes('…')")
        links = page.eval_on_selector_all("#search-results li a", "all => all.map(a => a.getAttribute('href'))")
    finally:
        page.close()
    assert sorted({link.split("?")[0].split("#")[0] for link in links}) == found


def test_page_and_query_are_cut_alike(chromium: Browser, search_page: str) -> None:
    pairs = _extension().ChinesePairs({})
    page = chromium.new_page()
    try:
        page.goto(search_page)
        for text in ("会员数字化", "购", "FAISS 与 jieba 的词", "360度看顾客,nDCG@10", "𠮷野家 豈"):
            asked = page.evaluate("text => splitQuery(text)", text)
            held = {pairs.stem(word) for word in pairs.split(text)}
            assert asked or not held
            assert {word.lower() for word in asked} <= held
    finally:
        page.close()
