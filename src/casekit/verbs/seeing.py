"""Verbs about a source as it was read: seeing its body, its text and its receipt, overruling the cleaner."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.corpus import linked_json
from casekit.verbs.shared import ID, PLACE, WRITES
from casekit.verbs.telling import Act, Argument, Option, Tool, single

if TYPE_CHECKING:
    from casekit.verbs.results import Ruled, TextOf, Undone
    from casekit.workbench import Shown, Workbench
    from casekit.workbench.knowledge.resting import Linked

__all__ = ["VERBS"]


def _show_json(bench: Workbench, asked: Asked, shown: Shown) -> dict[str, Any]:
    from casekit.receipt import receipt_to_json

    body = shown.cleaned
    return {
        "id": shown.id,
        "metadata": asdict(body.metadata) | {"authors": list(body.metadata.authors)},
        "body": [[s.start, s.end] for s in body.kept],
        "cuts": [_cut_json(cut) for cut in body.cuts],
        "doubts": [_cut_json(cut) for cut in body.doubts],
        "headings": [[h.span.start, h.span.end] for h in body.headings],
        "overrides": [
            {"action": o.action, "start": o.span.start, "end": o.span.end, "at": o.at} for o in shown.overrides
        ],
        "receipt": receipt_to_json(shown.receipt),
    }


def _cut_json(cut: Any) -> dict[str, Any]:
    from casekit.clean import reason_of

    return {"start": cut.span.start, "end": cut.span.end, "rule": cut.rule, "reason": reason_of(cut.rule)}


def _show(bench: Workbench, asked: Asked) -> Shown | Linked:
    return bench.linked(asked["id"]) if asked["evidence"] else bench.show(asked["id"])


_SHOW: Final = Act(
    do=_show,
    json=lambda bench, asked, found: linked_json(found) if asked["evidence"] else _show_json(bench, asked, found),
    zh="正文、剔除处与理由",
    en="body, cuts and why",
    example="show case-bubugao",
    shape='{"id","metadata","body":[[s,e]],"cuts":[{"start","end","rule","reason"}],"doubts","headings","overrides","receipt":{…}}'
    ' or, with --evidence, {"id","share","sentences":[{"start","end","text","status","evidence":[…],"problems":[…]}]}',
    arguments=(ID,),
    options=(
        Option(
            "--evidence",
            "flag",
            "转述的每一句与它所据的原文",
            "each sentence of a retelling with the original sentences it rests on",
        ),
        Option(
            "--receipt",
            "flag",
            "阅读回执：每个字的去向，文件里没有读的东西",
            "the reading receipt: what became of every character, what in the file was not read",
        ),
    ),
    errors=("UnknownSourceError", "SourceError"),
    tool=("read 给出正文", "`read` gives the body"),
)


def _text(bench: Workbench, asked: Asked) -> TextOf:
    from casekit.verbs.results import TextOf

    return TextOf(asked.range[0], bench.text(*asked.range))


_TEXT: Final = Act(
    do=_text,
    json=lambda bench, asked, found: {
        "id": found.id,
        "sha256": bench.catalogue[found.id].sha256,
        "text": found.text,
    },
    zh="存下的原文",
    en="the stored text",
    example="text case-bubugao 713 733",
    shape='{"id","sha256","text"}',
    arguments=(Argument("place", "range", "来源编号", "source id", "ID"),),
    errors=("UnknownSourceError", "SettingError"),
    tool=("read 给出没有杂质的正文", "`read` gives the body without the spam"),
)


def _ruling(action: str) -> Any:
    def do(bench: Workbench, asked: Asked) -> Ruled:
        from casekit.verbs.results import Ruled

        (bench.cut if action == "cut" else bench.keep)(*asked.range)
        source, start, end = asked.range
        return Ruled(source, action, start, end)

    return do


def _rule(action: str, zh: str, en: str) -> Act:
    return Act(
        do=_ruling(action),
        json=lambda bench, asked, ruled: asdict(ruled),
        zh=zh,
        en=en,
        example=f"{action} 某页 120 158",
        example_en=f"{action} page 120 158",
        shape='{"id","action","start","end"}',
        arguments=(PLACE,),
        errors=("UnknownSourceError", "SettingError"),
        tool=WRITES,
    )


def _undo(bench: Workbench, asked: Asked) -> Undone:
    from casekit.verbs.results import Undone

    return Undone(asked["id"], bench.undo(asked["id"]))


def _undo_json(bench: Workbench, asked: Asked, undone: Undone) -> dict[str, Any] | None:
    ruling = undone.ruling
    if ruling is None:
        return None
    return {"id": undone.id, "action": ruling.action, "start": ruling.span.start, "end": ruling.span.end}


_UNDO: Final = Act(
    do=_undo,
    json=_undo_json,
    zh="收回最近一次裁定",
    en="take the latest ruling back",
    example="undo 某页",
    example_en="undo page",
    shape='{"id","action","start","end"}',
    arguments=(ID,),
    errors=("UnknownSourceError",),
    tool=WRITES,
)


_READ: Final = Act(
    do=lambda bench, asked: bench.show(asked.range[0]),
    json=_show_json,
    zh="一段一段地读正文",
    en="read the body, paragraph by paragraph",
    example="read case-bubugao 713",
    shape='{"source","paragraphs":[{"start","end","quote"}],"next_start"}',
    arguments=(Argument("place", "range", "来源编号", "source id", "ID"),),
    errors=("UnknownSourceError", "SettingError"),
    tool=Tool(
        "read",
        "The genuine body of a source from an address on, in paragraphs with their addresses; cut spam is left out.",
    ),
    shell=("show 和 text 给出全文", "`show` and `text` give the whole text"),
    magic=("show 和 text 给出全文", "`show` and `text` give the whole text"),
)

VERBS: Final = (
    single("show", "corpus", _SHOW),
    single("text", "corpus", _TEXT),
    single("read", "corpus", _READ),
    single("cut", "corpus", _rule("cut", "判一段为非正文", "rule a range out of the body")),
    single("keep", "corpus", _rule("keep", "判一段为正文", "rule a range into the body")),
    single("undo", "corpus", _UNDO),
)
