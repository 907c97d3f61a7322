"""The verb `memo`: notes on cases, companies and other names, edges, sources and codes, linked to one another and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import WRITES
from casekit.verbs.telling import Act, Argument, Option, Tool, Verb

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS"]

_ERRORS: Final = ("SettingError", "SourceError", "BusyError", "WorkspaceError")
_ROW: Final = '{"id","about","text","tags","created","updated"}'
_LINK: Final = '[{"by","about","written","to"}]'
_ABOUT: Final = Argument(
    "about",
    "text",
    "关于什么：名称、case:案例、source:来源、code:编码，或“甲 uses_tool 乙”",
    "about what: a name, case:ID, source:ID, code:NAME, or 'A uses_tool B'",
    "THING",
)
_ID: Final = Argument("id", "text", "备忘编号（casekit memo list 可见）", "its id (casekit memo list shows it)", "ID")
_TEXT: Final = Argument("text", "words", "写什么；[[…]] 链到别的东西", "the text; [[…]] links to other things", "TEXT")
_TAGS: Final = Option("--tag", "text", "标签，可重复", "a tag; repeatable", many=True, metavar="TAG")


def _rows(bench: Workbench, asked: Asked, found: Sequence[Any]) -> list[dict[str, Any]]:
    return [one.to_json() for one in found]


def _row(bench: Workbench, asked: Asked, one: Any) -> dict[str, Any]:
    told: dict[str, Any] = one.to_json()
    return told


VERBS: Final = (
    Verb(
        name="memo",
        zh="案例、公司、关系、来源、编码的备忘，互相链接，可查反向链接",
        en="notes on cases, companies, edges, sources, codes; linked to one another and back",
        group="know",
        acts=(
            Act(
                name="add",
                do=lambda bench, asked: bench.memos.add(asked["about"], asked["text"] or "", asked["tag"]),
                json=_row,
                zh="写一条备忘",
                en="write a memo",
                example='memo add 绫致 "门店的事见 [[case:lingzhi]]"',
                example_en='memo add Bestseller "its shops: see [[case:bestseller]]"',
                shape=_ROW,
                arguments=(_ABOUT, _TEXT),
                options=(_TAGS,),
                errors=_ERRORS,
                tool=WRITES,
            ),
            Act(
                name="edit",
                do=lambda bench, asked: bench.memos.change(asked["id"], text=asked["text"], tags=asked["tag"] or None),
                json=_row,
                zh="改写一条备忘",
                en="write a memo anew",
                example='memo edit m20260101T120000-1a2b3c4d "改过的话"',
                example_en='memo edit m20260101T120000-1a2b3c4d "what I think now"',
                shape=_ROW,
                arguments=(_ID, _TEXT),
                options=(_TAGS,),
                errors=_ERRORS,
                tool=WRITES,
            ),
            Act(
                name="remove",
                do=lambda bench, asked: bench.memos.remove(asked["id"]),
                json=_row,
                zh="删去一条备忘",
                en="delete a memo",
                example="memo remove m20260101T120000-1a2b3c4d",
                shape=_ROW,
                arguments=(_ID,),
                errors=_ERRORS,
                tool=WRITES,
            ),
            Act(
                name="undo",
                do=lambda bench, asked: bench.memos.undo(),
                json=lambda bench, asked, told: {"undone": told},
                zh="收回上一次对备忘的改动",
                en="take the last change of memos back",
                example="memo undo",
                shape='{"undone"}',
                errors=_ERRORS,
                tool=WRITES,
            ),
            Act(
                name="list",
                do=lambda bench, asked: bench.memos.find(asked["about"] or "", asked["text"] or ""),
                json=_rows,
                zh="看备忘",
                en="see the memos",
                example="memo list 绫致",
                example_en="memo list Bestseller",
                shape=f"[{_ROW}]",
                arguments=(Argument("about", "text", _ABOUT.zh, _ABOUT.en, "THING", 0),),
                options=(Option("--text", "text", "要有这些字", "those that hold these words", metavar="WORDS"),),
                errors=("SettingError", "SourceError"),
                tool=Tool("list_memos", "Notes of the workspace's people on names, cases, edges, sources and codes: opinions, never evidence."),
            ),
            Act(
                name="links",
                do=lambda bench, asked: bench.memos.linked(asked["about"]),
                json=_row,
                zh="一样东西的备忘、链到哪里、谁链到它",
                en="the memos about a thing, what they link to, what links to it",
                example="memo links case:lingzhi",
                shape=f'{{"about","memos":[{_ROW}],"links":{_LINK},"backlinks":{_LINK}}}',
                arguments=(_ABOUT,),
                errors=("SettingError", "SourceError"),
                tool=Tool("memo_links", "The notes about a thing, what they link to, and what links to it: opinions, never evidence."),
            ),
        ),
    ),
)  # fmt: skip
