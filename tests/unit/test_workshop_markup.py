"""Text enters Markdown and Python as data: what is shown is the text, and nothing else happens."""

from __future__ import annotations

import ast
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casekit.fold import match_key
from casekit.types import Address
from casekit.workshop.markup import address, clean, literal, md, plain_of_md, table

HOSTILE = (
    "</script><script>alert(1)</script>",
    "$(touch /tmp/x) `rm -rf` ${HOME}",
    '""" + __import__("os").system("id") + """',
    "'''\nimport os\n'''",
    "\\') or 1==1 #",
    "![x](http://example.org/a.png) [y](javascript:alert(1)) <http://example.org>",
    "| a | b |\n| --- | --- |",
    "# 标题\n\n> 引用\n- 项\n1. 一",
    "$\\href{javascript:alert(1)}{x}$ \\(x\\)",
    "{{ 7*7 }} {% raw %} <!-- x --> &lt; &#x41;",
    "1. 一 2) 二",
    "- 减号", "+ 加号", "---", "===", "    四格", "~~~\n代码\n~~~", "**重** __下__ ~~删~~",
    "www.example.org a@example.org https://example.org",
    "[//]: # (注)", "[a]: http://example.org", "\u202e反\u2066向", "\x00\x1b[31m", "\ud800",
)  # fmt: skip
_RENDER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    shown = _RENDER.render(f"{md(text)}\n")
    assert re.sub(r"</?(?:p|code)>", "", shown).count("<") == 0
    assert html.unescape(re.sub(r"<[^>]*>", "", shown)).strip() == clean(text)


@given(st.text(alphabet=st.sampled_from("ab字1. -+*_`$\\<>&[]()!#|~=^{}:/@w\"'\n\t\u3000"), max_size=40))
def test_any_text_comes_out_of_markdown_as_it_went_in(text: str) -> None:
    shown = _RENDER.render(f"{md(text)}\n")
    assert re.sub(r"</?(?:p|code)>", "", shown).count("<") == 0
    assert html.unescape(re.sub(r"<[^>]*>", "", shown)).strip() == clean(text)


@given(st.text(max_size=30))
def test_letters_survive_so_that_quotations_can_be_checked(text: str) -> None:
    assert match_key(plain_of_md(md(text))) == match_key(clean(text))


@given(st.text(alphabet=st.sampled_from("a字|`\\$<\n*"), max_size=20))
def test_a_cell_never_breaks_its_row(text: str) -> None:
    shown = _RENDER.render(table(("x", "y"), [(md(text), "z")]) + "\n")
    assert shown.count("<td>") == 2


@given(st.text())
def test_a_python_literal_is_one_line_of_ascii_that_reads_back(text: str) -> None:
    made = literal(text)
    assert made.isascii()
    assert "\n" not in made
    assert ast.literal_eval(made) == text


def test_addresses_are_code_whatever_the_id_holds() -> None:
    assert address(Address("a-1", 3, 9)) == "`a-1:3-9`"
    for source in ("a`b", "a<b$", "零售 一", "a|b", "a\\b"):
        at = Address(source, 1, 2)
        [(_, found)] = Address.find_all(_RENDER.render(address(at)))
        assert found == at
        assert f"<code>{at}</code>" in _RENDER.render(address(at))


def test_two_dollars_in_one_text_make_no_formula() -> None:
    # MathJax passes over code elements, and only there do dollars stand
    assert _RENDER.render(md("5$ 到 6$")).strip() == "<p>5<code>$</code> 到 6<code>$</code></p>"
