"""How names, figures, relations and the review queue look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.verdicts import Decided

__all__ = ["SCREENS"]

_Rows = list[dict[str, Any]]
# What speaks for a candidate where that is less than what makes a mention.
_WEAK = {
    "doubtful": ("迹象不足", "too little speaks for it"),
    "suffix": ("只看词尾", "by its ending"),
    "quoted": ("引号里", "in quotation marks"),
    "latin": ("外文", "in Latin letters"),
    "new-word": ("新词", "a new word"),
}
_DONE = {
    "accept": ("接受 {n} 个（{1}）：{0}", "accepted as {1}: {0}"),
    "reject": ("拒绝 {n} 个：{0}", "rejected: {0}"),
    "merge": ("并入 {1}：{0}", "merged into {1}: {0}"),
    "undo": ("收回 {n} 个：{0}", "taken back: {0}"),
}


def _mentions(bench: Workbench, asked: Asked, rows: _Rows) -> None:
    from casekit.graph.layout import type_name

    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        counts[row["type"], row["name"]] = counts.get((row["type"], row["name"]), 0) + 1
    from casekit.cli.screen import table

    table(
        [say("类型", "type"), say("名称", "name"), say("次数", "count")],
        [
            [type_name(kind), name, str(n)]
            for (kind, name), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def _facts(bench: Workbench, asked: Asked, rows: Any) -> None:
    if asked["compare"]:
        from casekit.cli.figures import show_agreements

        show_agreements(bench.network, rows)
        return
    from casekit.casebook.labels import claim_label
    from casekit.claims import whose
    from casekit.cli.screen import table
    from casekit.workbench.knowledge.voices import marked

    table(
        [
            say(*h)
            for h in (
                ("出处", "address"),
                ("数字", "figure"),
                ("主体", "subject"),
                ("指标", "metric"),
                ("性质", "kind"),
            )
        ],
        [
            [
                str(Address.of_json(r)),
                r["text"] if not r["qualifier"] or r["qualifier"] in r["text"] else f"{r['qualifier']} {r['text']}",
                whose(r["subject"], assigned=r["assigned"]),
                r["metric"] or "",
                marked(claim_label(r["kind"], r["certainty"]), r["standing"]),
            ]
            for r in rows
        ],
    )


def _relations(bench: Workbench, asked: Asked, rows: _Rows) -> None:
    from casekit.cli.screen import table
    from casekit.graph.layout import polarity_name, relation_name
    from casekit.workbench.knowledge.voices import marked

    table(
        [
            say(*h)
            for h in (
                ("主体", "subject"),
                ("关系", "relation"),
                ("客体", "object"),
                ("口气", "polarity"),
                ("出处", "evidence"),
            )
        ],
        [
            [
                r["subject"],
                relation_name(r["relation"]),
                r["object"] or r["object_text"] or "",
                marked(polarity_name(r["polarity"], r["relation"]), r["standing"]),
                " ".join(str(Address.of_json(e)) for e in r["evidence"][:2]),
            ]
            for r in rows
        ],
    )


def _candidates(bench: Workbench, asked: Asked, rows: _Rows) -> None:
    from casekit.graph.layout import type_name

    for row in rows:
        own = f"（{row['text']}）" if row["text"] not in (row["name"], row["name"].strip("《》")) else ""
        kind = type_name(row["type"]) if row["type"] else "?"
        print(f"{row['count']:>4}  {kind}  {row['name']}{own}{_evidence(row)}{_hanging(row)}")
        for context in row["contexts"][:2]:
            print(f"          {context['left']}【{context['text']}】{context['right']}")
    names, figures = bench.pending()
    if len(rows) < names or asked["all"]:
        tell(say(f"列出 {len(rows)} 个；待定的共 {names} 个", f"listed: {len(rows)}; awaiting a decision: {names}"))
    else:
        tell(
            say(f"{names} 个名称待定；更多迹象不足的：--all", f"names awaiting a decision: {names}; weaker ones: --all")
        )
    if figures:
        tell(
            say(
                f"{figures} 个数字没有主语：casekit fact open",
                f"figures without a subject: {figures}; see casekit fact open",
            )
        )
    tell(
        say(
            "casekit lexicon accept|reject 名称…（其余全部：--rest），merge 名称… --into 名称，undo 名称… 收回",
            "casekit lexicon accept|reject NAME… (all others: --rest), merge NAME… --into NAME, undo NAME… takes back",
        )
    )


def _evidence(row: dict[str, Any]) -> str:
    """What speaks for a candidate where that is less than the build wants."""
    words = _WEAK.get(row["why"])
    return f"（{say(*words)}）" if words else ""


def _hanging(row: dict[str, Any]) -> str:
    """What hangs on a candidate, in words; nothing where nothing does."""
    figures, relations = row["figures"], row["relations"]
    parts = [say(f"{figures} 个数字", f"{figures} figures")] if figures else []
    parts += [say(f"{relations} 条关系", f"{relations} relations")] if relations else []
    return say("：", ": ") + say("、", ", ").join(parts) if parts else ""


def _decided(bench: Workbench, asked: Asked, decided: Sequence[Decided]) -> None:
    """Nothing on stdout: what counts is told on stderr."""


def _tell_of_decision(bench: Workbench, asked: Asked, decided: Sequence[Decided]) -> None:
    from casekit.graph.layout import type_name

    groups: dict[tuple[str, str], list[str]] = {}
    for one in decided:
        groups.setdefault((one.verdict, one.into or one.type or ""), []).append(one.name)
    for (verdict, of), names in groups.items():
        listed = say("、", ", ").join(names)
        zh, en = _DONE[verdict]
        tell(say(zh, en).format(listed, of if verdict == "merge" else type_name(of), n=len(names)))
    tell(say("下次 casekit build 生效", "this counts from the next casekit build"))


SCREENS = {
    "mentions": Screen(_mentions),
    "facts": Screen(_facts),
    "relations": Screen(_relations),
    "lexicon review": Screen(_candidates),
    **{f"lexicon {verdict}": Screen(_decided, _tell_of_decision) for verdict in ("accept", "reject", "merge", "undo")},
}
