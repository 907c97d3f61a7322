"""The verb `fact`, and what `relation` has beside hand-made ones: found records that people reject, figures whose subject they give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import WRITES, as_it_is
from casekit.verbs.telling import Act, Argument, Option, Verb

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["FACT", "RELATION_ACTS", "VERBS"]

_SHAPE: Final = '[{"kind","source","start","end","text","subject","relation","object","note","sentence","fingerprint"}]'
_LISTED: Final = _SHAPE.replace('"}]', '","status","found"}]')
_GIVEN: Final = '[{"source","start","end","text","subject","note","sentence","fingerprint"}]'
_NOTE: Final = Option("--note", "text", "编者的话", "a note")
_PLACES: Final = Argument(
    "places",
    "text",
    "数字的地址（casekit facts 第一列），可以多个",
    "addresses of figures (first column of casekit facts)",
    "SOURCE:START-END",
    most=None,
)
_ENDS: Final = (
    Argument("subject", "name", "主体", "the subject", "NAME"),
    Argument("relation", "relation", "关系，如 uses_tool", "the relation, such as uses_tool", "NAME"),
    Argument("object", "name", "客体；achieved 的是数字", "the object; a figure for achieved", "NAME"),
)


def _json(bench: Workbench, asked: Asked, found: Sequence[Any]) -> list[dict[str, Any]]:
    return [one.to_json() for one in found]


def _listed_json(bench: Workbench, asked: Asked, found: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {**one.to_json(), "status": v.status, "found": [v.found.start, v.found.end] if v.found else None}
        for one, v in found
    ]


def _ends(asked: Asked) -> dict[str, str]:
    return asked.some("subject", "relation", "object")


def _act(name: str, zh: str, en: str, do: Any, **more: Any) -> Act:
    told = {"json": _json, "shape": _SHAPE, "tool": WRITES, "errors": ("SettingError", "NotBuiltError")}
    return Act(name=name, zh=zh, en=en, do=do, **{**told, **more})


RELATION_ACTS: Final = (
    _act(
        "reject",
        "否决找到的关系：每次构建都不再算数",
        "reject a found one, for every build to come",
        lambda bench, asked: bench.reject_relations(**_ends(asked), evidence=asked["evidence"], note=asked["note"]),
        example="relation reject 沃尔玛 uses_tool 企业微信",
        example_en="relation reject Walmart uses_tool WeCom",
        arguments=_ENDS,
        options=(
            Option(
                "--evidence",
                "text",
                "reject 只否决这一处，可重复；不写就是全部出处",
                "`reject`: only at this place; repeatable (all its places)",
                many=True,
                metavar="SOURCE:START-END",
            ),
            _NOTE,
        ),
    ),
    _act(
        "undo",
        "收回否决",
        "take a rejection back",
        lambda bench, asked: bench.take_back_relations(**_ends(asked)),
        example="relation undo 沃尔玛 uses_tool 企业微信",
        example_en="relation undo Walmart uses_tool WeCom",
        arguments=_ENDS,
    ),
    _act(
        "rejected",
        "列出否决了的",
        "list those rejected",
        lambda bench, asked: bench.rejected("relation"),
        json=_listed_json,
        shape=_LISTED,
        example="relation rejected",
        tool=("否决了的不再出现在 relations 里", "`relations` no longer holds them"),
    ),
)
"""What can be done with relations that were found."""

FACT: Final = Verb(
    name="fact",
    zh="否决找到的数字，指定没有主语的数字是谁的",
    en="reject figures that were found; say whose those without a subject are",
    group="know",
    acts=(
        _act(
            "reject",
            "否决：每次构建都不再算数",
            "reject figures, for every build to come",
            lambda bench, asked: bench.reject_facts(asked["places"], note=asked["note"]),
            example="fact reject 某页:120-124 --note 是行业数字",
            example_en="fact reject page:120-124 --note 'of the whole trade'",
            arguments=(_PLACES,),
            options=(_NOTE,),
        ),
        _act(
            "undo",
            "收回否决",
            "take rejections back",
            lambda bench, asked: bench.take_back_facts(asked["places"]),
            example="fact undo 某页:120-124",
            example_en="fact undo page:120-124",
            arguments=(_PLACES,),
        ),
        _act(
            "rejected",
            "列出否决了的",
            "list those rejected",
            lambda bench, asked: bench.rejected("fact"),
            json=_listed_json,
            shape=_LISTED,
            example="fact rejected",
            tool=("否决了的不再出现在 facts 里", "`facts` no longer holds them"),
        ),
        _act(
            "open",
            "列出没有说是谁的数字，带上下文和前文的名称",
            "list figures that the text leaves to nobody, with what stands beside them and names before them",
            lambda bench, asked: bench.open_figures(source=asked["source"], limit=asked["n"]),
            json=as_it_is,
            shape='[{"source","start","end","text",…,"left","right","near":["…"]}]',
            example="fact open --source 某页 -n 20",
            example_en="fact open --source page -n 20",
            options=(
                Option("--source", "source", "只看一个来源", "only one source", metavar="SOURCE"),
                Option("-n", "number", "列几个，默认 30", "how many to list (30)", default=30, metavar="N"),
            ),
            tool=("near 是前文的名称，供人挑选，不是结论", "`near` are names before it, to choose from, no finding"),
        ),
        _act(
            "assign",
            "指定是谁的数字：每次构建都算数，各处标明是您指定的",
            "say whose figures are, for every build to come; marked everywhere as your word",
            lambda bench, asked: bench.assign_facts(asked["places"], asked["subject"] or "", note=asked["note"]),
            shape=_GIVEN,
            example="fact assign 某页:120-124 --subject 沃尔玛 --note 上一段说的是它",
            example_en="fact assign page:120-124 --subject Walmart --note 'named two paragraphs above'",
            arguments=(_PLACES,),
            options=(
                Option("--subject", "name", "谁的数字（必写）", "whose they are (required)", metavar="NAME"),
                _NOTE,
            ),
        ),
        _act(
            "unassign",
            "收回指定的主语",
            "take a subject given back",
            lambda bench, asked: bench.unassign_facts(asked["places"]),
            shape=_GIVEN,
            example="fact unassign 某页:120-124",
            example_en="fact unassign page:120-124",
            arguments=(_PLACES,),
        ),
        _act(
            "assigned",
            "列出指定了的",
            "list the subjects given",
            lambda bench, asked: bench.assigned(),
            json=_listed_json,
            shape=_GIVEN.replace('"}]', '","status","found"}]'),
            example="fact assigned",
            tool=("facts 里这些数字的 assigned 是 true", "in `facts`, `assigned` is true of these"),
        ),
    ),
)
"""What can be done with figures that were found."""

VERBS: Final = (FACT,)
