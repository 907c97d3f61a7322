"""Section roles: what part a section plays, by its heading."""

from __future__ import annotations

from typing import get_args

import pytest

from casekit import types
from casekit.sections import ROLES, Sections, role_of
from casekit.types import Cleaned, Doc, Heading, Metadata, Source, Span


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("故事", "story"),
        ("做法：工具与打法", "action"),
        ("結果", "result"),
        ("目标、估计与传闻", "target"),
        ("传闻", "hearsay"),
        ("五、没有报道的", "limits"),
        ("说明与来源", "limits"),
        ("3. 讨论题", "questions"),
        ("Discussion questions", "questions"),
        ("參考文獻", "sources"),
        ("问答要点（林璟骅）", None),
        ("讨论题之外", None),
    ],
)
def test_a_heading_tells_its_role_in_either_script_with_or_without_a_number(heading: str, role: str | None) -> None:
    assert role_of(("案例研究：某店", heading)) == role


def test_a_section_below_takes_the_role_of_the_one_above_unless_it_has_its_own() -> None:
    assert role_of(("说明与来源", "一个小标题")) == "limits"
    assert role_of(("说明与来源", "来源")) == "sources"


def test_places_have_the_role_of_their_section() -> None:
    text = "开头。\n讨论题\n为什么？\n结果\n卖了。"
    at = text.index
    headings = (Heading(Span(at("讨论题"), at("讨论题") + 3), 2), Heading(Span(at("结果"), at("结果") + 2), 2))
    cleaned = Cleaned((Span(0, len(text)),), (), (), headings, Metadata())
    sections = Sections.of(Doc(Source("s", "0" * 64, text), cleaned))
    found = [sections.at(text.index(word)) for word in ("开头", "为什么", "卖了")]
    assert found == [None, "questions", "result"]
    assert set(found) - {None} <= set(ROLES)


def test_the_roles_offered_are_those_of_the_records() -> None:
    assert get_args(types.Role) == ROLES
