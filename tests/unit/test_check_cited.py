"""Quotations with an address behind them, as writers in Quarto, LaTeX and Typst put it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.verbs_table import RETAIL

from casekit.address import Address
from casekit.check import Checker, MemoryCorpus, read_draft
from casekit.check.cited import cited_behind
from casekit.types import Cleaned, Doc, Metadata, Source, Span

QUOTE = "绫致使用企业微信，导购用它联系会员"
AT = RETAIL.index(QUOTE)
RIGHT = f"{AT}-{AT + len(QUOTE)}"


@pytest.fixture(scope="module")
def checker() -> Checker:
    whole = Cleaned((Span(0, len(RETAIL)),), (), (), (), Metadata())
    return Checker(MemoryCorpus([Doc(Source("retail", "0" * 64, RETAIL, Metadata()), whole)]))


@pytest.mark.parametrize(
    ("name", "behind", "status"),
    [
        ("a.md", f"[@retail:{RIGHT}]", "ok"),
        ("a.qmd", f"[see @retail:{RIGHT}]", "ok"),
        ("a.md", f"。[@retail:{AT + 3}-{AT + 9}]", "ok"),
        ("a.md", "[@retail:60-90]", "wrong-source"),
        ("a.md", "[@nobody:3-9]", "wrong-source"),
        ("a.md", "[@retail]", "ok"),
        ("a.md", "[9:30-10]", "ok"),
        ("a.tex", f"\\parencite[{RIGHT}]{{retail}}", "ok"),
        ("a.tex", "\\cite[60--90]{retail}", "wrong-source"),
        ("a.typ", f" @retail[{RIGHT}]", "ok"),
        ("a.typ", " @retail[60-90]", "wrong-source"),
    ],
)
def test_a_quotation_stands_where_its_address_says(
    checker: Checker, tmp_path: Path, name: str, behind: str, status: str
) -> None:
    (tmp_path / name).write_text(f"书里写道：“{QUOTE}”{behind}。\n", "utf8")
    (found,) = [one for one in checker.check(read_draft(tmp_path / name)) if one.kind == "quote"]
    assert found.status == status
    if status != "ok":
        assert f"retail:{RIGHT}" in found.message


def test_an_address_further_on_is_another_sentence_s() -> None:
    assert cited_behind("甲说“有会员”，这是后话[@news:3-8]。", 6) is None
    assert cited_behind("“有会员”[@{零售 一}:3-8]", 4) == Address("零售 一", 3, 8)
