"""The lists of cues as a whole: told, read, one for each meaning; and how many words still stand in code."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import casekit
from casekit.cues import PACKAGE_CUES
from casekit.errors import CasekitError

SOURCE = Path(casekit.__file__).parent
LISTS = SOURCE / "data" / "cues"
CODE = {path.relative_to(SOURCE).as_posix(): path.read_text("utf8") for path in sorted(SOURCE.rglob("*.py"))}
NAMES = PACKAGE_CUES.names()

_IN_PATTERN = re.compile(r"%\{{1,2}([a-z0-9-]+(?:/[^{}%]+)?)\}")
_INCLUDED = re.compile(r"\{@([a-z0-9-]+(?:/[^{}|]+)?)\}")
_ADDRESS = re.compile(r"[a-z0-9-]+(?:/[\w' -]+)?")
# calls whose texts are addresses of lists
_TAKES_LISTS = frozenset({"CueWords", "CueLetters", "Cue"})


def strings_of_calls(tree: ast.Module, names: frozenset[str]) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in names:
            found += [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return found


@cache
def addresses() -> frozenset[str]:
    """Every list or section that code or another list asks for by name."""
    found = {a for text in CODE.values() for a in _IN_PATTERN.findall(text)}
    found |= {a for path in LISTS.glob("*.txt") for a in _INCLUDED.findall(path.read_text("utf8"))}
    for text in CODE.values():
        if "CueWords(" not in text and "CueLetters(" not in text:
            continue  # parsing every file at collection costs seconds
        found.update(a for a in strings_of_calls(ast.parse(text), frozenset({"CueWords", "CueLetters"})))
    return frozenset(found)


def test_every_list_that_is_asked_for_exists() -> None:
    assert len(addresses()) > 500
    assert [address for address in sorted(addresses()) if not _entries(address)] == []


def _entries(address: str) -> bool:
    try:
        return bool(PACKAGE_CUES.entries(address))
    except (KeyError, CasekitError):
        return False


def test_every_list_is_read() -> None:
    asked = {address.partition("/")[0] for address in addresses()}
    quoted = {m for text in CODE.values() for m in re.findall(r"[\"']([a-z0-9-]+)(?:/[^\"']*)?[\"']", text)}
    assert not [name for name in NAMES if name not in asked | quoted]


def test_the_head_of_a_list_names_its_readers() -> None:
    rooms = {path.partition("/")[0].removesuffix(".py") for path in CODE}
    for name in NAMES:
        text = (LISTS / f"{name}.txt").read_text("utf8")
        head = text[: text.index("\n\n")] if "\n\n" in text else text
        assert all(line.startswith(("#", "[*]")) for line in head.split("\n")), name
        told = " ".join(line.strip("# ") for line in text.split("\n") if line.startswith("#"))
        readers = re.findall(r"([a-z]+)(?:/[a-z]+)?", told[told.lower().index("read by") :])
        assert rooms & set(readers), f"{name} does not say which room reads it"


# Pairs of which the shorter stands in the longer by half or more, and why both are kept.
OVERLAPS = {
    frozenset(pair): reason
    for *pair, reason in (
        ("interface", "byline-buttons", "buttons inside a byline; a line of interface words may hold any of them"),
        ("interface", "forum-words", "marks of a post; a line of interface words may hold any of them"),
        ("interface", "reader-counts", "words beside counts; a line of interface words may hold any of them"),
        (
            "deed-frames",
            "help-verbs",
            "the few behind which stands whom one helps, and what one does with a way of working",
        ),
        ("directions", "figure-verbs", "up or down; right before a figure, whose it is or that it is one"),
        ("author-countries", "places", "countries; of authors they stand shortened, too, as the standard prints them"),
        ("instrumental-verbs", "tool-frames", "by what means; before a name they show it to be a tool"),
        ("byline-labels", "crediting-labels", "the few labels that close an article"),
        ("byline-labels", "update-marks", "those labels that count only before a date"),
        ("byline-labels", "origin-verbs", "what a label says before a colon a notice says in a sentence"),
        ("byline-labels", "title-labels", "those labels of titles that stand above articles"),
        ("byline-labels", "reader-counts", "words beside figures, without a colon"),
        ("crumb-words", "empty-titles", "in a path's first place; a site's name that says nothing"),
        ("given-names", "function-words", "what follows a name; what makes a phrase part of a sentence"),
        ("clause-words", "measured-kinds", "a dictionary of a clause's words; kinds of things that figures count"),
        ("question-words", "given-names", "what may stand right behind a person's name"),
        ("question-words", "byline-grammar", "characters of grammar in a name's place"),
        ("question-words", "clause-resumes", "with which a clause goes on"),
        ("question-words", "function-words", "inside a phrase between commas"),
        ("question-words", "line-up", "between names"),
        ("question-words", "measure-stops", "beside a figure, where the name of its measure ends"),
        ("function-words", "measure-stops", "beside a figure, where the name of its measure ends"),
        ("help-verbs", "service-verbs", "who serves is told of by figures, who helps is no user"),
        ("help-verbs", "tool-words", "what helps a firm: a helper that is no user; a tool that it uses"),
        ("instrumental-verbs", "single-verbs", "those of one character"),
        ("instrumental-verbs", "use-verbs", "the means of something else that the sentence names"),
        ("framework-verbs", "tactic-verbs", "few verbs are said of frameworks"),
        ("no-origins", "no-authors", "in a source's place, not an author's"),
        ("quotation-frames", "speaker-frames", "what stands before a quotation, and what around a speaker's name"),
        ("sentence-openings", "speaker-frames", "with which a sentence opens; what stands around a speaker's name"),
        ("reference-units", "units", "of a work in a reference: a number before one is no figure there"),
        ("heading-units", "units", "by which a short line with a figure is told to be no heading"),
        ("time-words", "times-of-day", "a time in a source's place; how an hour is counted"),
        ("company-forms", "institution-forms", "legal forms alone; the ends of any institution's full name"),
        *(
            ("clause-words", other, "a dictionary: what each word does in a clause, whatever else it is a sign of")
            for other in (
                *("company-described", "company-measures", "generic-parties", "instrumental-verbs"),
                *("money-measures", "no-companies", "prepositions", "result-verbs"),
                *("countables", "service-verbs"),
            )
        ),
    )
}


def test_no_two_lists_have_the_same_meaning() -> None:
    entries = {name: {entry.text for entry in PACKAGE_CUES.entries(name)} for name in NAMES}
    alike = {
        frozenset((one, other))
        for one, other in combinations(NAMES, 2)
        if (shared := len(entries[one] & entries[other])) >= 4
        and shared >= 0.5 * min(len(entries[one]), len(entries[other]))
    }
    assert sorted(map(sorted, alike - OVERLAPS.keys())) == []
    assert {name for pair in OVERLAPS for name in pair} <= set(NAMES)


def test_a_list_holds_nothing_twice() -> None:
    for name in NAMES:
        kinds = Counter(entry.section for entry in PACKAGE_CUES.entries(name))
        assert sum(kinds.values()) == len({(e.section, e.text) for e in PACKAGE_CUES.entries(name)})
        assert len(kinds) == 1 or "" not in kinds, f"{name}: entries stand outside of its sections"


# ---- what still stands in code -------------------------------------------------------------------------------------
_HAN = re.compile("[\u3400-\u9fff]")
# Files whose Chinese is shown on screens without `say`, or is no word that somebody could edit.
SHOWN = {
    "verbs/": "the telling of the verbs: help and errors in Chinese and English",
    "clean/rules.py": "the reasons of cuts as people read them",
    "clean/structure.py": "the same, of cuts by structure",
    "casebook/schema.py": "names of fields on cards and in messages",
    "casebook/labels.py": "labels on screens",
    "workbench/knowledge/relationfile.py": "labels and examples of the file that people edit",
    "cues/": "messages about entries",
    "lexicon/parse.py": "messages about entries",
    "readers/plausibility.py": "the commonest characters, by which an encoding is told: statistics",
    "readers/mojibake.py": "what wrong decodings leave of characters: no words",
    "readers/numberformat.py": "number formats as the standard and spreadsheet programs write them",
    "readers/legacy.py": "names of programs in messages",
    "workbench/doctor.py": "what each package is good for, as people read it",
    "workbench/sheets.py": "columns as people read them",
    "receipt.py": "kinds of things as people read them",
    "claims.py": "how sure a figure is, as people read it",
    "locators.py": "pages, slides and cells as people read them",
    "data/fold/make_tables.py": "makes a table; not run by users",
    "cli/": "columns and prompts",
    "jupyter/": "labels on screens",
    "site/": "labels on screens",
    "graph/": "labels on screens",
    "cite/": "terms that standards prescribe",
    "workshop/": "texts of workshops",
}
# Han characters in string literals that are neither shown nor documentation, by room. May only go down: when a list leaves
# the code, write the lower number here. A new word that an expert could edit belongs into data/cues.
CEILINGS = {
    "clean": 264,
    "readers": 225,
    "mentions": 250,
    "check": 309,
    "search": 289,
    "segment": 54,
    "facts": 4080,
    "relations": 1460,
    "reading": 61,
}
REST = 510
"""All other rooms together."""


def _han_in_strings(text: str) -> int:
    if not _HAN.search(text):
        return 0
    tree = ast.parse(text)
    skip: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) == "say":
            skip.update(id(inner) for argument in node.args[:2] for inner in ast.walk(argument))
        body = getattr(node, "body", None)
        if isinstance(body, list):
            skip.update(id(s.value) for s in body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
    return sum(
        len(_HAN.findall(node.value))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skip
    )


def test_words_leave_the_code_and_do_not_come_back() -> None:
    rooms: Counter[str] = Counter()
    for path, text in CODE.items():
        if not path.startswith(tuple(SHOWN)):
            room = path.partition("/")[0]
            rooms[room if room in CEILINGS else "rest"] += _han_in_strings(text)
    over = {room: (n, CEILINGS.get(room, REST)) for room, n in rooms.items() if n > CEILINGS.get(room, REST)}
    assert over == {}, "put the words into a list in data/cues"


def test_counting_leaves_out_what_screens_show() -> None:
    text = '"""文档"""\nsay("显示", "shown")\nX = ["词", f"{1}词"]\ndef f():\n    "说明"\n'
    assert _han_in_strings(text) == 2
