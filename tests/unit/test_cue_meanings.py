"""One list for one meaning, and no cue word of stance spelt outside the room that reads it."""

from __future__ import annotations

import ast
from itertools import combinations
from pathlib import Path

import pytest

import casekit
from casekit.cues import PACKAGE_CUES

ROOT = Path(str(casekit.__file__)).parent
STANCE = ("hearsay", "plans", "expectations", "estimates", "negation", "questions", "conditions")
# Rooms that ask `casekit.reading` how something is said.
ROOMS = ("facts", "relations", "search", "check", "mentions", "graph")
# Places where such a word means something else, or only parts text that a question or a post is asked of.
OTHER_MEANINGS = {
    ("stating.py", "不要"),  # a range of characters: [别不要…]
    ("units.py", "届时"),  # a word in which 届 counts nothing
    ("words.py", "将可"),  # a range of characters
    ("words.py", "可能"),  # a range of characters
    ("roles.py", "不再"),  # 不再担任 is the end of a post
    ("scan.py", "不是"),  # where a verb's reach ends
    ("scan.py", "而非"),
    ("scan.py", "考虑"),  # 可考虑 advises the reader
    ("deals.py", "从不"),
    ("holders.py", "据说"),  # a range of characters
    ("edges.py", "并非"),  # a range of characters
    ("layout.py", "否认"),  # what screens say of a polarity
    ("layout.py", "计划"),
    ("layout.py", "传闻"),
    ("comparing.py", "传闻"),  # what screens say of a certainty
    ("comparing.py", "目标"),
    ("comparing.py", "预计"),
    ("naming.py", "计划"),  # where a noun phrase ends
    ("naming.py", "预计"),
    ("quantities.py", "估计"),  # qualifies a number (估计300家)
    ("quantities.py", "预计"),
    ("quantities.py", "有望"),
    ("deals.py", "计划"),  # a programme that two begin
    ("uses.py", "计划"),
    ("clock.py", "明年"),  # which year a word means
    ("clock.py", "后年"),
    ("dates.py", "明年"),
    ("dates.py", "后年"),
    ("scan.py", "明年"),  # a bare month that lies ahead
    ("results.py", "关闭"),  # a shop that closes is a loss
    ("results.py", "关停"),
}
QUERIES = frozenset(("searcher.py",))  # what people ask of the corpus, not what a text says
# Large lists for other purposes: words by which a line is told to be a label, words that a query may be stripped of, and
# a dictionary that tells of a thousand words what each does in a clause.
WHOLE_LANGUAGE = frozenset(("byline-labels", "question-words", "interface", "given-names", "clause-words"))


def words_of(name: str) -> set[str]:
    return {e.text for e in PACKAGE_CUES.entries(name) if e.section != "not"}


def test_no_two_lists_hold_the_same_words() -> None:
    lists = {name: words_of(name) for name in PACKAGE_CUES.names()}
    alike = [
        (one, other)
        for one, other in combinations(lists, 2)
        if (shared := len(lists[one] & lists[other])) >= 6
        # Lists may meet in a few words; two lists of which the smaller is mostly part of the other are one.
        and shared >= 0.7 * min(len(lists[one]), len(lists[other]))
        and not {one, other} & WHOLE_LANGUAGE
        and shared >= 0.1 * max(len(lists[one]), len(lists[other]))
    ]
    assert not alike


def literals(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"
        for part in ast.walk(node)
    }
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said | docs
    ]


STANCE_WORDS = {
    word
    for name in STANCE
    for e in PACKAGE_CUES.entries(name)
    if e.section != "not" and len(word := e.text) > 1 and not word.isascii() and not set(word) & set("[]{}")
}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_keeps_words_of_stance_itself(room: str) -> None:
    found = [
        (path.name, line, word)
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, text in literals(path)
        for word in STANCE_WORDS
        if word in text and (path.name, word) not in OTHER_MEANINGS and path.name not in QUERIES
    ]
    assert not found
