"""Judges for small inputs with the right answer: figures, relations, page heads, drafts' figures, CVs.

    python tests/small_cases.py figures FILE.jsonl [--verbose]

A case goes through the program in this process: text read and cleaned, names, figures, relations; nothing is indexed but for
`draft_figures`, whose sources stand in a workspace. The formats are told in the README beside the shared cases; a judge is as
lenient as that: alternatives by `|`, NONE for what must be null, subject, measure and date by part.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.clean import clean_text
from casekit.fold import fold_text
from casekit.readers import read_bytes
from casekit.types import Doc, Fact, Metadata, Relation, Source
from casekit.workbench import Workbench
from casekit.workbench.corpus.knowing import Knowledge, knowledge_of

if TYPE_CHECKING:
    from casekit.check.records import Finding
    from casekit.lexicon import Lexicon

__all__ = ["JUDGES", "SHARED", "Judged", "articles_bench", "corpora_bench", "load", "new_bench", "summary"]

Case = Mapping[str, Any]

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEUTRAL = (
    ("以下内容摘自一份整理过的读书笔记，供课堂讨论使用。", "笔记到这里告一段落，其余部分留给读者自己补充。"),
    (
        "The lines below come from reading notes kept for a seminar.",
        "The notes end here, and the rest is left to the reader.",
    ),
)
_CONFIRMED = frozenset({"ok", "agrees"})
_FIELDS = ("value_min", "value_max", "unit", "kind", "certainty", "subject", "metric", "date_iso")
_PEOPLE_UNITS = frozenset({"人", "名", "位", "人次"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one case: why it failed, and what was counted on the way."""

    name: str
    failures: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)


def load(path: Path) -> list[Case]:
    """The cases of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf8").split("\n") if line.strip()]


# ---- comparing -----------------------------------------------------------------------------------------------------
def _folded(text: object) -> str:
    return fold_text(str(text or "")).lower()


def _norm(text: object) -> str:
    return re.sub(r"[\W_]+", "", _folded(text))


def _alternatives(wanted: object) -> list[str]:
    return str(wanted).split("|")


def _by_part(wanted: object, found: object) -> bool:
    """Whether one of the alternatives is part of what was found, or the other way round; NONE wants null."""
    have = _norm(found)
    for one in _alternatives(wanted):
        if one == "NONE":
            if not have:
                return True
        elif have and ((want := _norm(one)) in have or have in want):
            return True
    return False


def _dated(wanted: object, found: str | None) -> bool:
    return any((not found) if one == "NONE" else bool(found) and one in str(found) for one in _alternatives(wanted))


def _exactly(wanted: object, found: object) -> bool:
    return any(
        found in (None, "") if one in ("NONE", "None") else _folded(found) == _folded(one)
        for one in _alternatives(wanted)
    )


def _same_number(wanted: object, found: object) -> bool:
    if wanted in (None, "NONE"):
        return found is None
    if not isinstance(found, (int, float)) or not isinstance(wanted, (int, float)):
        return False
    return abs(found - wanted) <= 1e-3 * max(1e-9, abs(wanted))  # 66.7 stands for two thirds


# ---- the program's own way from text to knowledge -------------------------------------------------------------------
@cache
def _lexicon() -> Lexicon:
    from casekit.lexicon import load_lexicon

    return load_lexicon()


def _doc(text: str) -> Doc:
    result = read_bytes(text.encode("utf8"), name="case.txt")
    cleaned = clean_text(result.text, blocks=result.blocks, declared=result.metadata)
    return Doc(Source("case", "0" * 64, result.text, cleaned.metadata), cleaned)


def _known(text: str) -> tuple[int, Knowledge]:
    """Where a text put between neutral lines begins, and the knowledge of it all."""
    before, after = NEUTRAL[0] if re.search(r"[\u4e00-\u9fff]", text) else NEUTRAL[1]
    doc = _doc(f"{before}\n\n{text}\n\n{after}\n")
    return doc.text.index(text), knowledge_of(doc, _lexicon())


# ---- figures -------------------------------------------------------------------------------------------------------
def _shown(fact: Fact) -> str:
    values = f"{fact.value_min}..{fact.value_max} {fact.unit}"
    return f"{fact.text!r} [{values}] {fact.subject}/{fact.metric} {fact.date_iso} {fact.kind}/{fact.certainty}"


def _at(text: str, wanted: str, used: Counter[str]) -> tuple[int, int] | None:
    """The n-th place of a figure's text, where n-1 figures of the case were the same text."""
    start = -1
    for _ in range(used[wanted] + 1):
        start = text.find(wanted, start + 1)
    used[wanted] += 1
    return None if start < 0 else (start, start + len(wanted))


def _field_failures(wanted: Case, fact: Fact) -> list[str]:
    def right(name: str) -> bool:
        found = getattr(fact, name)
        if name in ("value_min", "value_max"):
            return _same_number(wanted[name], found)
        if name == "date_iso":
            return _dated(wanted[name], found)
        return (_by_part if name in ("subject", "metric") else _exactly)(wanted[name], found)

    return [
        f"{name} {getattr(fact, name)} for {wanted[name]}" for name in _FIELDS if name in wanted and not right(name)
    ]


def _is_what_it_must_not(unwanted: str, facts: Sequence[Fact]) -> bool:
    if unwanted == "a figure":
        return bool(facts)
    if unwanted == "a count of people":
        return any(fact.unit in _PEOPLE_UNITS for fact in facts)
    return any(_norm(unwanted) in {_norm(f.unit), _norm(f.subject), _norm(f.metric), _norm(f.kind)} for f in facts)


def _judge_figure(
    wanted: Case, place: tuple[int, int] | None, facts: Sequence[Fact], counts: Counter[str]
) -> list[str]:
    if place is None:
        return [f"{wanted['text']}: not in the case's own text"]
    shared = {f: min(f.span.end, place[1]) - max(f.span.start, place[0]) for f in facts}
    near = [fact for fact in facts if shared[fact] > 0]
    if "not" in wanted:
        bad = _is_what_it_must_not(wanted["not"], near)
        return [f"{wanted['text']} came out as {wanted['not']}: {'; '.join(map(_shown, near))}"] if bad else []
    counts["figures"] += 1
    if not near:
        return [f"{wanted['text']}: not found"]
    # The nearest in place; of two as near, the one with fewer faults.
    best = min(
        near, key=lambda f: (-shared[f] / max(len(f.text), len(wanted["text"])), len(_field_failures(wanted, f)))
    )
    if "subject" in wanted:
        counts["subjects"] += 1
        if best.subject and not _by_part(wanted["subject"], best.subject):
            counts["subject_wrong"] += 1
    return [f"{wanted['text']}: {one}" for one in _field_failures(wanted, best)]


def judge_figures(cases: Iterable[Case]) -> list[Judged]:
    """Every field that a case names must be right; where it lists no figure, none may come out."""
    out = []
    for number, case in enumerate(cases):
        start, known = _known(case["input"])
        end = start + len(case["input"])
        facts = [f for f in known.facts if start <= f.span.start < end]
        counts: Counter[str] = Counter()
        used: Counter[str] = Counter()
        failures: list[str] = []
        for wanted in case["figures"]:
            place = _at(case["input"], wanted["text"], used)
            absolute = None if place is None else (place[0] + start, place[1] + start)
            failures += _judge_figure(wanted, absolute, facts, counts)
        if not case["figures"] and facts:
            failures.append(f"none may come out, but: {'; '.join(map(_shown, facts))}")
        out.append(Judged(str(case.get("id", number)), tuple(failures), counts))
    return out


# ---- relations -----------------------------------------------------------------------------------------------------
_FLIPPED = {"has_part": "part_of", "part_of": "has_part", "partner_of": "partner_of"}


def _means(relation: Relation, subject: str, kinds: str, target: str) -> bool:
    objects = (relation.object, relation.object_text)

    def same(one: str, others: Sequence[str | None], kind: str) -> bool:
        return kind in _alternatives(kinds) and _by_part(subject, one) and any(_by_part(target, o) for o in others if o)

    if same(relation.subject, objects, relation.relation):
        return True
    flipped = _FLIPPED.get(relation.relation)
    return flipped is not None and relation.object is not None and same(relation.object, (relation.subject,), flipped)


def _told(relation: Relation) -> str:
    return f"{relation.subject} {relation.relation} {relation.object or relation.object_text} {relation.polarity}"


def judge_relations(cases: Iterable[Case]) -> list[Judged]:
    """All relations must come out with their polarity; of what must not, nothing unless it is denied."""
    out = []
    for number, case in enumerate(cases):
        _, known = _known(case["input"])
        counts: Counter[str] = Counter(wanted=len(case["relations"]), traps=len(case["must_not"]))
        failures = []
        for subject, kind, target, polarity in case["relations"]:
            having = [r for r in known.relations if _means(r, subject, kind, target)]
            if any(_exactly(polarity, r.polarity) for r in having):
                counts["found"] += 1
            else:
                got = "; ".join(map(_told, having or known.relations)) or "nothing"
                failures.append(f"missing {subject} {kind} {target} {polarity}; got {got}")
        for subject, kind, target, *polarity in case["must_not"]:
            having = [r for r in known.relations if _means(r, subject, kind, target)]
            came = [r for r in having if (r.polarity in polarity if polarity else r.polarity != "negated")]
            counts["traps_out"] += bool(came)
            failures += [f"trap: {_told(r)}" for r in came]
        out.append(Judged(str(case.get("id", number)), tuple(failures), counts))
    return out


# ---- page heads ----------------------------------------------------------------------------------------------------
def _head_right(name: str, wanted: Any, metadata: Metadata) -> bool:
    found = getattr(metadata, name)
    if name == "authors":
        return sorted(map(_norm, wanted or [])) == sorted(map(_norm, found))
    if wanted is None:
        return not found
    if name == "date":
        return _dated(wanted, found)
    return any(_norm(one) == _norm(found) for one in _alternatives(wanted))


def judge_heads(cases: Iterable[Case]) -> list[Judged]:
    """Each expected field is right or not; null must stay null."""
    out = []
    for number, case in enumerate(cases):
        metadata = _doc(case["input"]).cleaned.metadata
        right = {name: _head_right(name, wanted, metadata) for name, wanted in case["expect"].items()}
        counts = Counter(fields=len(right), fields_right=sum(right.values()))
        failures = [
            f"{name} {getattr(metadata, name)!r} for {case['expect'][name]!r}"
            for name, good in right.items()
            if not good
        ]
        out.append(Judged(str(case.get("id", number)), tuple(failures), counts))
    return out


# ---- figures of drafts ---------------------------------------------------------------------------------------------
def new_bench(root: Path, texts: Mapping[str, bytes]) -> Workbench:
    """A workspace with these texts, built without a model of meaning."""
    Workbench.init(root)
    settings = root / "casekit.toml"
    settings.write_text(re.sub(r"(?m)^name = .*$", 'name = "none"', settings.read_text("utf8")), "utf8")
    folder = root.parent / f"{root.name}-in"
    folder.mkdir(parents=True)
    for name, data in texts.items():
        (folder / name).write_bytes(data)
    bench = Workbench.open(root)
    bench.add(sorted(folder.iterdir()))
    bench.build()
    return bench


def articles_bench(root: Path) -> Workbench:
    """The five shared articles in a new workspace."""
    return new_bench(root, {path.name: path.read_bytes() for path in (SHARED / "sources").glob("*.txt")})


def corpora_bench(root: Path) -> Workbench:
    """The invented articles of the tests in a new workspace."""
    here = Path(__file__).resolve().parent
    paths = [*sorted(here.glob("corpora/*/0*.txt")), *sorted(here.glob("questions/articles/*.md"))]
    return new_bench(root, {f"{path.parent.name}-{path.name}": path.read_bytes() for path in paths})


def _of_figure(bench: Workbench, sentence: str, figure: str) -> list[Finding]:
    """What the checker says of this figure in a draft of one sentence."""
    _, findings = bench.check_text(sentence, name="draft.md")
    start = sentence.find(figure)
    return [f for f in findings if f.kind == "figure" and f.start < start + len(figure) and start < f.end]


def judge_draft_figures(cases: Iterable[Case], articles: Workbench | None = None) -> list[Judged]:
    """The false sentence must never be confirmed, its true twin never be called wrong.

    Cases with a `source` of their own are held against these texts, those `about` the "corpora" against the invented articles
    of the tests, the others against the shared articles.
    """
    cases = list(cases)
    of_corpora = sum(case.get("about") == "corpora" for case in cases)
    own = {f"s{n:03}.txt": str(c["source"]).encode("utf8") for n, c in enumerate(cases) if "source" in c}
    with tempfile.TemporaryDirectory() as folder:
        corpora = corpora_bench(Path(folder) / "corpora") if of_corpora else None
        if articles is None and len(own) + of_corpora < len(cases):
            articles = articles_bench(Path(folder) / "articles")
        invented = new_bench(Path(folder) / "invented", own) if own else None
        out = []
        for number, case in enumerate(cases):
            bench = invented if "source" in case else corpora if case.get("about") == "corpora" else articles
            assert bench is not None
            out.append(_judge_twins(f"{case['class']} {number}", case, bench))
    return out


def _judge_twins(name: str, case: Case, bench: Workbench) -> Judged:
    false = _of_figure(bench, case["false"], case["figure"])
    true_figure = case.get("true_figure") or case["figure"]
    _, twin = bench.check_text(case["true"], name="draft.md")
    twin = [f for f in twin if f.kind == "figure"]
    counts: Counter[str] = Counter(
        confirmed=any(f.status in _CONFIRMED for f in false),
        flagged=any(f.wrong for f in false),
        twin_wrong=any(f.wrong for f in twin),
        twin_confirmed=any(f.status in _CONFIRMED and (f.text in true_figure or true_figure in f.text) for f in twin),
    )
    failures = [f"confirmed: {case['false']} {f.message}" for f in false if f.status in _CONFIRMED]
    failures += [f"twin called wrong: {case['true']} {f.status} {f.message}" for f in twin if f.wrong]
    return Judged(name, tuple(failures), counts)


# ---- CVs -----------------------------------------------------------------------------------------------------------
_FIRMS = frozenset({"company", "brand", "org"})


def _named(wanted: Sequence[str], found: Iterable[str]) -> tuple[int, int, list[str]]:
    """How many of the names were found, how many finds were none of them, and which are missing."""
    names = {_norm(one) for one in found}
    keys = {alternative for one in wanted for alternative in map(_norm, _alternatives(one))}
    missing = [one for one in wanted if not names & set(map(_norm, _alternatives(one)))]
    return len(wanted) - len(missing), len(names - keys), missing


def judge_cvs(cases: Iterable[Case]) -> list[Judged]:
    """People and organisations by their exact names as they stand; posts with their firm, former ones not as present."""
    out = []
    for number, case in enumerate(cases):
        _, known = _known(case["input"])
        counts: Counter[str] = Counter()
        failures = []
        for group, kinds in (("people", frozenset({"person"})), ("organisations", _FIRMS)):
            right, wrong, missing = _named(case[group], (m.text for m in known.mentions if m.type in kinds))
            counts.update({group: len(case[group]), f"{group}_found": right, f"{group}_invented": wrong})
            failures += [f"{group}: {one} missing" for one in missing]
        for person, post, firm, former in case["posts"]:
            counts["posts"] += 1
            right = any(_post_right(r, person, post, firm, former=former) for r in known.relations)
            counts["posts_found"] += right
            failures += [] if right else [f"post: {person} {post} {firm}{' (former)' if former else ''}"]
        out.append(Judged(str(case.get("id", number)), tuple(failures), counts))
    return out


def _post_right(relation: Relation, person: str, post: str, firm: str, *, former: bool) -> bool:
    if relation.relation != "role_at" or not _by_part(person, relation.subject) or not _by_part(firm, relation.object):
        return False
    told_as_former = relation.polarity == "negated" or bool(getattr(relation, "former", False))
    return _by_part(post, relation.object_text) and (told_as_former if former else relation.polarity == "asserted")


# ---- the command ---------------------------------------------------------------------------------------------------
JUDGES: Mapping[str, Callable[[Iterable[Case]], list[Judged]]] = {
    "figures": judge_figures,
    "relations": judge_relations,
    "heads": judge_heads,
    "draft_figures": judge_draft_figures,
    "cvs": judge_cvs,
}


def summary(judged: Sequence[Judged]) -> dict[str, int]:
    """Cases, those without a failure, and all that was counted."""
    total: Counter[str] = Counter(cases=len(judged), right=sum(not one.failures for one in judged))
    for one in judged:
        total.update(one.counts)
    return dict(total)


def main() -> None:
    """Judge a file of cases and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(JUDGES))
    parser.add_argument("file", type=Path)
    parser.add_argument("--verbose", action="store_true", help="print each failed case with its input")
    parser.add_argument("--quiet", action="store_true", help="print the totals only")
    options = parser.parse_args()
    cases = load(options.file)
    judged = JUDGES[options.kind](cases)
    for case, one in zip(cases, judged, strict=True):
        if one.failures and not options.quiet:
            print(f"{one.name}:")
            if options.verbose and "input" in case:
                print(f"    {case['input']!r}")
            for failure in one.failures:
                print(f"    - {failure}")
    total = summary(judged)
    print(f"{options.kind}: {total.pop('right')}/{total.pop('cases')} right", *(f"{k}={v}" for k, v in total.items()))


if __name__ == "__main__":
    main()
