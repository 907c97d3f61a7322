"""Verbs that weigh what was found: figures by how sure they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from casekit.claims import FOOTINGS
from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.found import fact_json
from casekit.verbs.shared import FILES, STYLE, K
from casekit.verbs.telling import Act, Argument, Option, Tool, single

if TYPE_CHECKING:
    from casekit.verbs.results import Briefed
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.board import Board, Claim
    from casekit.workbench.knowledge.bonds import Bond

__all__ = ["VERBS", "board_json"]

QUERY: Final = Argument(
    "query", "words", "问题或词，繁简英皆可", "a question or words, any script or English", "QUERY", least=0
)
CASE: Final = Option("--case", "case", "改看这张案例卡", "a case card instead", metavar="NAME")
TACTIC: Final = Option(
    "--tactic", "name", "改看这个打法、工具或框架", "a tactic, tool or framework instead", metavar="NAME"
)


def one_of(*given: Any) -> None:
    """Refuse unless exactly one of these is given.

    Raises:
        UsageError: Otherwise.
    """
    if sum(map(bool, given)) != 1:
        raise UsageError(
            say("给出一个问题，或 --case、--tactic 之一", "give a question, or one of --case and --tactic")
        )


def _board(bench: Workbench, asked: Asked) -> Board:
    one_of(asked["query"], asked["case"], asked["tactic"])
    return bench.board(asked["query"] or "", k=asked["k"], **asked.some("case", "tactic"))


def board_json(bench: Workbench, asked: Asked, board: Board) -> dict[str, Any]:
    """A board as `--json` prints it."""
    from casekit.search import refusal_told

    return {
        "about": board.about,
        "answerable": board.answerable,
        "reason": refusal_told(board.grounds) or None,
        **{footing: [_claim_json(bench, one) for one in board.on(footing)] for footing in FOOTINGS},
        "relations": [_bond_json(one) for one in board.bonds],
    }


def _bond_json(one: Bond) -> dict[str, Any]:
    from casekit.workbench.knowledge.told import bond_how_told, bond_told

    made, at = one.relation, one.sentence
    return {
        "footing": one.footing,
        "subject": made.subject,
        "relation": made.relation,
        "object": made.object,
        "object_text": made.object_text,
        "polarity": made.polarity,
        "remark": one.remark or None,
        "originals": list(one.originals),
        "told": bond_told(one),
        "claim": bond_how_told(one),
        "sentence": {"source": at.source, "start": at.start, "end": at.end},
        "quote": one.quote,
    }


def _claim_json(bench: Workbench, one: Claim) -> dict[str, Any]:
    from casekit.claims import claim_label

    return {
        "claim": claim_label(one.fact.kind, one.fact.certainty, say("、", ", ").join(one.by)),
        "by": list(one.by),
        "remark": one.remark or None,
        "originals": list(one.originals),
        "facts": [fact_json(bench.network, fact, bench.network.sentence(fact.source, fact.span)) for fact in one.facts],
    }


_BOARD: Final = Act(
    do=_board,
    json=board_json,
    zh="哪些是实据、自称、计划、传闻",
    en="what is proven, claimed, planned, hearsay",
    example="board 步步高的会员有多少",
    example_en="board --case 'Better Life'",
    shape='{"about","answerable","reason","proven":[{"claim","by","remark","originals":[id],"facts":[…]}],"claimed","planned","hearsay",'
    '"relations":[{"footing","subject","relation","object","object_text","polarity","remark","originals","told","claim","sentence","quote"}]}',
    arguments=(QUERY,),
    options=(CASE, TACTIC, K),
    errors=("SettingError", "NotBuiltError", "SourceError"),
    tool=Tool(
        "board",
        "Figures and relations that speak to a question, a case or a tactic, sorted into told as fact, claimed by somebody, planned and "
        "hearsay, each with its sentence and the originals behind it.",
    ),
)


# ---- a brief ---------------------------------------------------------------------------------------------------------
def _brief(bench: Workbench, asked: Asked) -> Briefed:
    from casekit.export import format_of, render, save_document
    from casekit.verbs.results import Briefed

    one_of(asked["query"], asked["case"], asked["tactic"], asked["basket"])
    format: Any = asked["format"] or (format_of(asked["output"]) if asked["output"] else "md")
    if asked["output"] is None and format not in ("md", "html"):
        raise UsageError(say("请用 -o 给出文件", "name the file with -o"))
    places = [one.address for one in bench.basket.items()] if asked["basket"] else []
    if asked["basket"] and not places:
        raise UsageError(say("资料篮是空的：先在面板里加几段", "the basket is empty: add passages in the panel first"))
    made = bench.brief(asked["query"] or "", places=places, **asked.some("case", "tactic", "style", "k"))
    if asked["output"] is None:
        return Briefed(made, None, format, render(made.document, format).decode("utf-8"))
    return Briefed(made, save_document(made.document, asked["output"], format), format)


def _brief_json(bench: Workbench, asked: Asked, done: Briefed) -> dict[str, Any]:
    made = done.brief
    return {
        "about": made.about,
        "file": None if done.path is None else str(done.path),
        "format": done.format,
        "text": done.text or None,
        "missing": list(made.missing),
        "withheld": [place.to_json() for place in made.withheld],
        "checked": dict(Counter(one.status for one in made.findings).most_common()),
    }


_BRIEF: Final = Act(
    do=_brief,
    json=_brief_json,
    zh="两页简报：实据、自称、计划、传闻，引文，没人报道的",
    en="two pages: proven, claimed, planned, hearsay, quotations, what nobody reports",
    example="brief 步步高的会员有多少 -o 简报.docx",
    example_en="brief --tactic 'community marketing' -o brief.pptx",
    shape='{"about","file","format","text","missing","withheld":[{"source","start","end"}],"checked":{status:n}}',
    arguments=(QUERY,),
    options=(
        CASE,
        TACTIC,
        Option("--basket", "flag", "用资料篮里的段落", "of the passages in the basket"),
        Option("--output", "file", "写到这个文件", "write to this file", metavar="FILE", short="-o"),
        Option(
            "--format",
            "choice",
            "格式；默认看文件名的结尾",
            "format; that of the file's ending if not given",
            choices=("md", "docx", "pptx", "pdf", "html"),
        ),
        STYLE,
        K,
    ),
    errors=("SettingError", "NotBuiltError", "SourceError"),
    tool=FILES,
)

VERBS: Final = (single("board", "know", _BOARD), single("brief", "know", _BRIEF))
