"""The verb `relation`: relations added by hand, and found ones rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.rejecting import RELATION_ACTS
from casekit.verbs.shared import WRITES
from casekit.verbs.telling import Act, Argument, Option, Verb

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS", "WRONG", "hand_json"]

WRONG: Final = frozenset({"moved", "ambiguous", "gone"})
"""States of evidence that somebody must look at."""


def _add(bench: Workbench, asked: Asked) -> Any:
    if not asked["evidence"]:
        raise UsageError(
            say(
                "写成 casekit relation add 主体 关系 客体 --evidence 来源：起点-终点",
                "write casekit relation add SUBJECT RELATION OBJECT --evidence SOURCE:START-END",
            )
        )
    return bench.relate(
        asked["subject"],
        asked["relation"],
        asked["object"],
        asked["evidence"],
        **asked.some("polarity", "text", "note"),
    )


def _remove(bench: Workbench, asked: Asked) -> Any:
    return bench.unrelate(asked["numbers"])


def _list(bench: Workbench, asked: Asked) -> Any:
    return bench.hand_relations()


def hand_json(entry: Any, verdicts: Sequence[Any] = ()) -> dict[str, Any]:
    """A hand-made relation as `--json` prints it, with the verdicts on its evidence where there are any."""
    status = {v.evidence: v for v in verdicts}
    return {
        "number": entry.number,
        "subject": entry.subject,
        "relation": entry.relation,
        "object": entry.object,
        "object_text": entry.text,
        "polarity": entry.polarity,
        "rule": "manual",
        "note": entry.note,
        "evidence": [
            {
                "source": e.source,
                "start": e.start,
                "end": e.end,
                "fingerprint": e.fingerprint,
                **(_verdict_json(status[e]) if e in status else {}),
            }
            for e in entry.evidence
        ],
    }


def _verdict_json(verdict: Any) -> dict[str, Any]:
    return {
        "status": verdict.status,
        "found": [verdict.found.start, verdict.found.end] if verdict.found else None,
        "quote": verdict.quote,
        "message": verdict.message,
    }


def _listed_code(checked: Any) -> int:
    return int(any(verdict.status in WRONG for _, verdicts in checked for verdict in verdicts))


_ENTRY: Final = (
    '{"number","subject","relation","object","object_text","polarity","rule","note",'
    '"evidence":[{"source","start","end","fingerprint",…}]}'
)

VERBS: Final = (
    Verb(
        name="relation",
        zh="手工添加关系，否决找到的",
        en="relations added by hand, found ones rejected",
        group="know",
        acts=(
            Act(
                name="add",
                do=_add,
                json=lambda bench, asked, made: hand_json(made),
                zh="添加一条：主体 关系 客体",
                en="add one: SUBJECT RELATION OBJECT",
                example="relation add 青禾茶铺 uses_tool 云掌柜 --evidence 某页:120-158",
                example_en="relation add 'Green Tea' uses_tool CloudShop --evidence page:120-158",
                shape=_ENTRY,
                arguments=(
                    Argument("subject", "name", "主体", "the subject", "NAME"),
                    Argument("relation", "relation", "关系，如 uses_tool", "the relation, such as uses_tool", "NAME"),
                    Argument("object", "name", "客体；achieved 的是数字", "the object; a figure for achieved", "NAME"),
                ),
                options=(
                    Option(
                        "--evidence",
                        "text",
                        "说这件事的原文位置，可重复",
                        "where a source says so; repeatable",
                        many=True,
                        metavar="SOURCE:START-END",
                    ),
                    Option(
                        "--polarity",
                        "text",
                        "口气",
                        "how it is said",
                        default="asserted",
                        metavar="asserted|negated|planned|hearsay",
                    ),
                    Option("--text", "text", "职务", "the role"),
                    Option("--note", "text", "编者的话", "a note"),
                ),
                errors=("SettingError", "UnknownSourceError"),
                tool=WRITES,
            ),
            Act(
                name="remove",
                do=_remove,
                json=lambda bench, asked, gone: [hand_json(entry) for entry in gone],
                zh="按序号删除",
                en="remove by number",
                example="relation remove 2",
                shape=f"[{_ENTRY}]",
                arguments=(
                    Argument(
                        "numbers",
                        "number",
                        "序号（casekit relation list 可见）",
                        "numbers (casekit relation list shows them)",
                        "NUMBER",
                        1,
                        None,
                    ),
                ),
                errors=("SettingError",),
                tool=WRITES,
            ),
            Act(
                name="list",
                do=_list,
                json=lambda bench, asked, checked: [hand_json(entry, verdicts) for entry, verdicts in checked],
                zh="列出，并核对出处",
                en="list them, evidence checked",
                example="relation list",
                shape=f"[{_ENTRY}]",
                code=_listed_code,
                wrong=("有一条的出处不在原处了", "the evidence of one no longer stands"),
                errors=("SettingError",),
                tool=("relations 里已有这些", "`relations` holds them"),
            ),
            *RELATION_ACTS,
        ),
    ),
)
