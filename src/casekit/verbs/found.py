"""Verbs about what was found: names, figures, relations, the lexicon's review queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import CERTAINTIES, ENTITY, KINDS, ONE_SOURCE, WRITES, as_it_is
from casekit.verbs.telling import Act, Argument, Option, Tool, Verb, single

if TYPE_CHECKING:
    from casekit.facts import Agreement
    from casekit.types import Fact, Span
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.network import Network
    from casekit.workbench.knowledge.verdicts import Decided

__all__ = ["LEXICON", "VERBS", "agreement_json", "fact_json"]

_ERRORS: Final = ("SettingError", "UnknownSourceError", "NotBuiltError")

_MENTIONS: Final = Act(
    do=lambda bench, asked: bench.mention_rows(source=asked["source"], entity=asked["entity"]),
    json=as_it_is,
    zh="文中的名称",
    en="names found",
    example="mentions --entity 企业微信",
    example_en="mentions --entity WeCom",
    shape='[{"source","start","end","text","type","entity","name","unlisted"}]',
    options=(ONE_SOURCE, ENTITY),
    errors=_ERRORS,
    tool=("facts 和 relations 带着名称", "`facts` and `relations` bring the names along"),
)


# ---- figures --------------------------------------------------------------------------------------------------------
def _facts(bench: Workbench, asked: Asked) -> list[dict[str, Any]] | list[Agreement]:
    chosen, kind, sure = asked.some("source", "entity"), asked["kind"], asked["certainty"]
    if asked["compare"]:
        groups = bench.network.compare(**chosen)
        return [
            group for group in groups if any(_is_meant(fact.kind, fact.certainty, kind, sure) for fact in group.facts)
        ]
    rows = [row for row in bench.fact_rows(**chosen) if _is_meant(row["kind"], row["certainty"], kind, sure)]
    return [row for row in rows if row["subject"] is None and row["kind"] != "date"] if asked["no_subject"] else rows


def _is_meant(kind: str, certainty: str, wanted_kind: str | None, wanted_certainty: str | None) -> bool:
    return wanted_kind in (None, kind) and wanted_certainty in (None, certainty)


def _facts_json(bench: Workbench, asked: Asked, found: Any) -> Any:
    return [agreement_json(bench.network, group) for group in found] if asked["compare"] else found


def agreement_json(network: Network, group: Agreement) -> dict[str, Any]:
    """The same figure in several places, as `--json` prints it."""
    return {
        "subject": group.subject,
        "metric": group.metric,
        "unit": group.unit,
        "verdict": group.verdict,
        "reasons": list(group.reasons),
        "independent": group.independent,
        "facts": [fact_json(network, fact, network.sentence(fact.source, fact.span)) for fact in group.facts],
    }


def fact_json(network: Network, fact: Fact, sentence: Span) -> dict[str, Any]:
    """A figure with its sentence, as `--json` prints it."""
    data = asdict(fact)
    span = data.pop("span")
    return {
        "source": data.pop("source"),
        **span,
        **data,
        "standing": network.standing([fact.source]),
        "sentence": network.quote(fact.source, sentence),
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
    }


_FACTS: Final = Act(
    do=_facts,
    json=_facts_json,
    zh="文中的数字",
    en="figures found",
    example="facts --entity 步步高 --kind achieved",
    example_en="facts --entity 'Better Life' --kind achieved",
    shape='[{"source","start","end","text","subject","subject_entity","metric","value_min","value_max","unit",'
    '"qualifier","period","date_iso","kind","certainty","measure","modifier","direction","change","value_from",'
    '"change_value","change_unit","headline","assigned","standing"}]',
    options=(
        ONE_SOURCE,
        ENTITY,
        Option("--kind", "choice", "只要这类数字", "only figures of this kind", choices=KINDS),
        Option(
            "--certainty",
            "choice",
            "只要这样说的数字：明确陈述、传闻、预期",
            "only figures told so surely",
            choices=CERTAINTIES,
        ),
        Option("--no-subject", "flag", "只要没有主语的数字", "only figures without a subject"),
        Option(
            "--compare",
            "flag",
            "同一数字在几处的说法：一致、口径不同、矛盾",
            "the same figure in several places: agree, scope, conflict",
        ),
    ),
    errors=_ERRORS,
    tool=Tool(
        "facts",
        "Figures of the corpus: value, unit, subject, whether achieved or a target, stated or hearsay, and the address.",
    ),
)

_RELATIONS: Final = Act(
    do=lambda bench, asked: bench.relation_rows(source=asked["source"], entity=asked["entity"]),
    json=as_it_is,
    zh="谁用什么做了什么",
    en="who did what with which tool",
    example="relations --entity 沃尔玛",
    example_en="relations --entity Walmart",
    shape='[{"subject","subject_id","relation","object","object_id","object_text","polarity","rule",'
    '"evidence":[{"source","start","end"}],"standing"}]',
    options=(ONE_SOURCE, ENTITY),
    errors=_ERRORS,
    tool=Tool(
        "relations",
        "Who uses which tool, applies which tactic, holds which office …, with the sentences' addresses.",
    ),
)


# ---- the lexicon's review queue -------------------------------------------------------------------------------------


def _deciding(verdict: str) -> Any:
    def do(bench: Workbench, asked: Asked) -> list[Decided]:
        given: Mapping[str, Any] = asked.values
        names = [row["name"] for row in bench.candidates()] if given.get("rest") else asked["names"]
        return bench.decide(names, verdict, type=given.get("type"), into=given.get("into"))

    return do


_NAMES: Final = Argument("names", "text", "候选名称，可以多个", "the candidates' names", "NAME", most=None)


def _decision(verdict: str, zh: str, en: str, *options: Option) -> Act:
    more = {"merge": " --into 1234", "accept": " --type company"}.get(verdict, "")
    return Act(
        name=verdict,
        do=_deciding(verdict),
        json=lambda bench, asked, found: [asdict(one) for one in found],
        zh=zh,
        en=en,
        example=f"lexicon {verdict} 名称{more}",
        example_en=f"lexicon {verdict} NAME{more}",
        shape='[{"name","verdict","type","into"}]',
        arguments=(_NAMES,),
        options=options,
        errors=("SettingError",),
        tool=WRITES,
    )


_TYPE: Final = Option(
    "--type",
    "text",
    "接受为哪一类：公司、人物、工具……；不写就照猜的",
    "type to accept it as: company, person, tool …; as guessed where it isn't given",
)
_REST: Final = Option("--rest", "flag", "待定的其余全部", "all others that await a decision", instead="names")
LEXICON: Final = Verb(
    name="lexicon",
    zh="词典的候选与裁定",
    en="the lexicon's review queue",
    group="know",
    acts=(
        Act(
            name="review",
            do=lambda bench, asked: bench.candidates(weak=asked["all"])[: asked["n"]],
            json=as_it_is,
            zh="看候选",
            en="see candidates",
            example="lexicon review -n 10",
            shape='[{"name","text","type","why","count","sources","figures","relations","contexts"}]',
            options=(
                Option("-n", "number", "列几条，默认 30", "how many to list (30)", default=30, metavar="N"),
                Option(
                    "--all",
                    "flag",
                    "review 连迹象不足的和短语也列",
                    "`review`: also what too little speaks for, and phrases",
                ),
            ),
            errors=("NotBuiltError",),
            tool=("裁定是编者的事", "deciding is the editor's"),
        ),
        _decision("accept", "接受", "accept", _TYPE, _REST),
        _decision("reject", "拒绝", "reject", _REST),
        _decision("merge", "并入", "merge", Option("--into", "name", "并入哪个条目或候选", "entry or candidate to merge them into", metavar="ID")),
        _decision("undo", "收回裁定", "take back what was decided"),
    ),
)  # fmt: skip

VERBS: Final = (
    single("mentions", "know", _MENTIONS),
    single("facts", "know", _FACTS),
    single("relations", "know", _RELATIONS),
    LEXICON,
)
