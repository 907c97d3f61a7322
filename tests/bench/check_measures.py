"""How well the draft checker does on the five shared articles, measure by measure; run it before and after a change.

    python tests/bench/check_measures.py [figures] [speakers] [outlets] [lead-ins] [--verbose]

figures   every labelled figure, told once or twice in words of our own (own_words.jsonl) with another value: how many are flagged,
          how many confirmed; and the same with the true value, of which none may be called wrong; `core` are those that must be found
speakers  every quotation whose speaker the checker confirms, given to each other speaker of the corpus in twelve forms
outlets   the same with other outlets, authors and titles
lead-ins  true quotations behind fifty lead-ins that name nobody: none may be called wrong
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.small_cases import SHARED, articles_bench

from casekit.check.records import Finding
from casekit.types import Doc
from casekit.workbench import Workbench

OWN_WORDS = Path(__file__).with_name("own_words.jsonl")
SPEAKER_FORMS = (
    ("{}说：", ""),
    ("{}表示，", ""),
    ("{}反复强调：", ""),
    ("采访中{}指出：", ""),
    ("在{}看来，", ""),
    ("{}的回答是：", ""),
    ("{}总结为：", ""),
    ("{}笑着说：", ""),
    ("", "（{}）"),
    ("", "{}说。"),
    ("正如{}所言，", ""),
    ("{}告诉记者：", ""),
)
OUTLET_FORMS = (
    ("据{}报道，", ""),
    ("{}的报道写道：", ""),
    ("{}的文章指出：", ""),
    ("", "（{}，2019）"),
    ("", "（{}）"),
    ("{}写道：", ""),
)
TITLE_FORMS = (("", "——《{}》"), ("《{}》一文写道：", ""), ("", "（《{}》）"))
LEAD_INS = (
    "文中写道：",
    "书里写道：",
    "文章提到：",
    "报道写道：",
    "文末写道：",
    "文章开头说：",
    "该文指出：",
    "原文是：",
    "原话是：",
    "一句话概括：",
    "受访者说：",
    "有人说：",
    "一位店长说：",
    "有高管表示：",
    "业内人士认为，",
    "问题出在组织上：",
    "答案是：",
    "结论是：",
    "理由很简单：",
    "换句话说，",
    "用一句话说，",
    "总的来说，",
    "事实上，",
    "其中一段写道：",
    "这篇报道的说法是：",
    "材料显示，",
    "公开资料显示，",
    "会上有人提出：",
    "演讲中提到：",
    "采访中提到：",
    "访谈中谈到：",
    "记者写道：",
    "作者写道：",
    "作者认为，",
    "笔者注意到这句话：",
    "值得注意的是：",
    "文中有这样一句：",
    "下面这段话很说明问题：",
    "有一个细节：",
    "在零售业看来，",
    "在从业者看来，",
    "从这个意义上说，",
    "一种看法是：",
    "第一，",
    "其一：",
    "例如：",
    "比如：",
    "正如文中所说，",
    "引用原文：",
    "海报上写着：",
)


def _docs(bench: Workbench) -> list[Doc]:
    return [bench.doc(record.id) for record in bench.imported()]


def quotations(bench: Workbench) -> Iterator[tuple[str, str]]:
    """Sentences of the articles of 14 to 60 characters, and the source of each."""
    from casekit.segment import split_sentences

    for doc in _docs(bench):
        text = "".join(doc.text[kept.start : kept.end] for kept in doc.cleaned.kept)
        for span in split_sentences(text):
            sentence = text[span.start : span.end].strip()
            if 14 <= len(sentence) <= 60 and not re.search('[“”「」『』"《》\n]', sentence):
                yield doc.source.id, sentence


def found(bench: Workbench, draft: str, kind: str) -> list[Finding]:
    """The findings of a kind in a draft."""
    return [one for one in bench.check_text(draft, name="draft.md")[1] if one.kind == kind]


def measure_lead_ins(bench: Workbench, *, verbose: bool) -> Counter[str]:
    """True quotations behind lead-ins that name nobody."""
    rng = random.Random(5)
    true = [
        q for q in quotations(bench) if [f.status for f in found(bench, f"原文有一句：“{q[1]}”", "quote")] == ["ok"]
    ]
    total: Counter[str] = Counter()
    for lead in LEAD_INS:
        for _, sentence in rng.sample(true, 3):
            wrong = [f for f in found(bench, f"{lead}“{sentence}”", "quote") if f.wrong]
            total.update(tried=1, flagged=bool(wrong))
            if wrong and verbose:
                print(lead, wrong[0].status, wrong[0].message)
    return total


def _attributed(bench: Workbench, names: Sequence[str], forms: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Quotations that the checker gives to a name: (name, sentence)."""
    out = []
    for _, sentence in quotations(bench):
        for name in names:
            leads = forms[:1]
            if all(
                [f.status for f in found(bench, f"{a.format(name)}“{sentence}”{b}", "quote")] == ["ok"]
                for a, b in leads
            ):
                out.append((name, sentence))
    return out


def measure_attributions(
    bench: Workbench, names: Sequence[str], forms: Sequence[tuple[str, str]], status: str, *, verbose: bool
) -> Counter[str]:
    """True quotations given to somebody else of the corpus."""
    rng = random.Random(6)
    total: Counter[str] = Counter()
    true = _attributed(bench, names, forms)
    whose: dict[str, set[str]] = {}
    for name, sentence in true:
        whose.setdefault(sentence, set()).add(name)
    only = [(next(iter(who)), sentence) for sentence, who in whose.items() if len(who) == 1]
    for name, sentence in rng.sample(only, min(20, len(only))):
        for lead, behind in forms:
            right = found(bench, f"{lead.format(name)}“{sentence}”{behind.format(name)}", "quote")
            other = rng.choice([one for one in names if one != name])
            wrong = found(bench, f"{lead.format(other)}“{sentence}”{behind.format(other)}", "quote")
            caught = any(f.status == status for f in wrong)
            total.update(tried=1, caught=caught, true_flagged=any(f.wrong for f in right))
            if verbose and not caught:
                print(lead, behind, other, [f.status for f in wrong], sentence[:20])
            if verbose and any(f.wrong for f in right):
                print("TRUE FLAGGED", lead, behind, name, [f.status for f in right], sentence[:20])
    return total


def measure_figures(bench: Workbench, *, verbose: bool) -> Counter[str]:
    """Every labelled figure in words of our own, once or twice, with another value and with its own."""
    labelled = (SHARED / "gold" / "facts.jsonl").read_text("utf8").splitlines()
    gold = {label["id"]: label for label in map(json.loads, filter(str.strip, labelled))}
    total: Counter[str] = Counter()
    for line in OWN_WORDS.read_text("utf8").splitlines():
        row: dict[str, Any] = json.loads(line)
        told = {kind: f"{row['said'].format(row[kind])}。" for kind in ("false", "true")}
        false, true = (found(bench, told[kind], "figure") for kind in ("false", "true"))
        flagged = any(f.wrong for f in false)
        confirmed = any(f.status == "ok" and row["false"] in f.text for f in false)
        total.update(
            tried=1,
            flagged=flagged,
            confirmed=confirmed,
            true_wrong=any(f.wrong for f in true),
            true_confirmed=any(f.status == "ok" for f in true),
        )
        if gold[row["figure"]]["tier"] == "core":
            total.update(core=1, core_flagged=flagged)
        if verbose and (confirmed or not flagged):
            print("FALSE", told["false"], [(f.text, f.status, f.message) for f in false])
        if verbose and any(f.wrong for f in true):
            print("TRUE WRONG", told["true"], [(f.text, f.status, f.message) for f in true])
    return total


def main() -> None:
    """Print the measures asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="figures, speakers, outlets, lead-ins; all by default")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--workspace", type=Path, help="one that holds the articles already")
    options = parser.parse_args()
    what = options.what or ["figures", "speakers", "outlets", "lead-ins"]
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench.open(options.workspace) if options.workspace else articles_bench(Path(folder) / "ws")
        people = sorted({m["name"] for m in bench.mention_rows() if m["type"] == "person"})
        outlets = sorted({d.cleaned.metadata.publisher for d in _docs(bench) if d.cleaned.metadata.publisher})
        titles = sorted({d.cleaned.metadata.title for d in _docs(bench) if d.cleaned.metadata.title})
        if "figures" in what:
            print("figures", dict(measure_figures(bench, verbose=options.verbose)))
        if "lead-ins" in what:
            print("lead-ins", dict(measure_lead_ins(bench, verbose=options.verbose)))
        if "speakers" in what:
            total = measure_attributions(bench, people, SPEAKER_FORMS, "wrong-speaker", verbose=options.verbose)
            print("speakers", dict(total))
        if "outlets" in what:
            total = measure_attributions(bench, outlets, OUTLET_FORMS, "wrong-source", verbose=options.verbose)
            total += measure_attributions(bench, titles, TITLE_FORMS, "wrong-source", verbose=options.verbose)
            print("outlets and titles", dict(total))


if __name__ == "__main__":
    main()
