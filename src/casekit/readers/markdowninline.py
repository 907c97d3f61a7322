"""What of a line of Markdown is mark-up, by a CommonMark parser that says where each of its rules began and ended.

The parser is markdown-it; its rules are wrapped so that their places are known, which its tokens do not tell. Two things differ
from CommonMark, for Chinese writing: emphasis begins and ends beside wide characters and punctuation as if there were blanks
(**注：**会员), and an asterisk between two figures multiplies them. A tag is one only if HTML has an element of that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from casekit.readers.layer import is_note_mark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["InlineMarks", "find_references", "inline_marks"]

_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)((?:[^\]\[\\\n]|\\.)+)\]:[ \t]*(<[^<>\n]*>|\S+)[ \t]*(?:[\"'(].*[\"')])?[ \t]*$", re.MULTILINE)  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center cite code col colgroup "
        "data dd del details dfn div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe "
        "img input ins kbd label legend li link main map mark meta nav nobr object ol option p param picture pre q rp rt ruby "
        "s samp script section select small source span strike strong style sub summary sup svg table tbody td textarea tfoot "
        "th thead time title tr track tt u ul var video wbr",
    )
)
_STRUCK = ("s", "del", "strike")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—\U00020000-\U0003ffff]")
_FOOTNOTE = re.compile(r"\[\^[^\]\[]+\]")


@dataclass(slots=True)
class InlineMarks:
    """Ranges of a line, in order: its mark-up, what is struck out, marks of notes; how many pictures it shows."""

    markup: list[tuple[int, int]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    pictures: int = 0
    link_chars: int = 0
    delimiters: list[tuple[Token, int, int]] = field(default_factory=list)
    tags: list[tuple[str, bool, int, int]] = field(default_factory=list)


def find_references(text: str) -> Iterator[tuple[str, int, int]]:
    """(label, start, end) of each line that defines a link's address: [label]: https://…"""
    for found in _DEFINITION.finditer(text):
        yield found[1], found.start(), found.end()


def inline_marks(line: str, labels: Iterable[str] = (), *, table: bool = False) -> InlineMarks:
    """The mark-up of a line of Markdown, without what makes it a heading, an item or a quotation.

    Args:
        line: The line's text.
        labels: Labels of links that the document defines elsewhere.
        table: Whether bars part cells.

    Examples:
        >>> inline_marks("[词条](a_(b))说a<b、x>y").markup
        [(0, 1), (3, 11)]
    """
    parser, state_of = _parser()
    state = state_of(line, {"references": _references(labels)})
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    marks: InlineMarks = state.marks
    _settle_delimiters(marks)
    _settle_tags(marks, line)
    if table:
        taken = {at for start, end in marks.markup for at in range(start, end)}
        bars = (at for at, char in enumerate(line) if char == "|" and at not in taken)
        marks.markup += [(at, at + 1) for at in bars if not at or line[at - 1] != "\\"]
    marks.markup.sort()
    marks.struck.sort()
    return marks


def _references(labels: Iterable[str]) -> Mapping[str, Any]:
    from markdown_it.common.utils import normalizeReference

    return {normalizeReference(label): {"href": "#", "title": ""} for label in labels}


def _settle_delimiters(marks: InlineMarks) -> None:
    """Signs that became emphasis are mark-up, the others text; what stands between two pairs of tildes is struck out."""
    opened: list[int] = []
    for token, start, end in marks.delimiters:
        if token.type == "text" and token.content:
            continue
        marks.markup.append((start, end))
        if token.type == "s_open":
            opened.append(end)
        elif token.type == "s_close" and opened:
            marks.struck.append((opened.pop(), start))


def _settle_tags(marks: InlineMarks, line: str) -> None:
    """Elements that strike their text out or raise a note's mark."""
    opened: dict[str, int] = {}
    for name, closes, start, end in marks.tags:
        if not closes:
            opened[name] = end
        elif name in opened:
            begin = opened.pop(name)
            if name in _STRUCK and begin < start:
                marks.struck.append((begin, start))
            elif name == "sup" and is_note_mark(line[begin:start], line[: begin - len("<sup>")]):
                marks.notes.append((begin, start))
            elif name == "sup" and line[: begin - len("<sup>")][-1:].isdigit() and line[begin:start].isdigit():
                # the tags stay: without them 10<sup>6</sup> would read 106
                tags = ((begin - len("<sup>"), begin), (start, end))
                marks.markup = [one for one in marks.markup if one not in tags]


@cache
def _parser() -> tuple[MarkdownIt, Callable[[str, dict[str, Any]], Any]]:
    """The parser with its rules wrapped, and what makes a state that takes their places down."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Scanned

    class State(StateInline):
        def __init__(self, line: str, env: dict[str, Any]) -> None:
            super().__init__(line, parser, env, [])
            self.marks = InlineMarks()

        def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parser's names
            found = super().scanDelims(start, canSplitWord)
            before = self.src[start - 1 : start]
            after = self.src[start + found.length : start + found.length + 1]
            if self.src[start] == "*" and found.length == 1 and before.isdigit() and after.isdigit():
                return Scanned(False, False, found.length)
            if self.src[start] == "_" or not (_WIDE.match(before) or _WIDE.match(after)):
                return found
            opens, closes = bool(after) and not after.isspace(), bool(before) and not before.isspace()
            return Scanned(opens, closes, found.length)

    parser = MarkdownIt("commonmark").enable("strikethrough")
    parser.inline.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
    for rule in list(parser.inline.ruler.__rules__):
        parser.inline.ruler.at(rule.name, _recording(rule.name, rule.fn, State))
    parser.inline.ruler.before("link", "footnote", _recording("footnote", _footnote, State))
    return parser, State


def _footnote(state: StateInline, silent: bool) -> bool:
    found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.pos = found.end()
    if not found.start() and state.src.startswith(":", state.pos):
        state.pos += 1  # the note itself
    return True


def _recording(name: str, rule: Callable[[StateInline, bool], bool], kind: type) -> Callable[[StateInline, bool], bool]:
    """The rule, taking down where it began and ended."""

    def run(state: Any, silent: bool) -> bool:
        foreign = type(state) is not kind  # the text of a picture is parsed by itself
        if silent or foreign:
            return rule(state, silent)
        start, count = state.pos, len(state.tokens)
        label = -1
        if name == "link" and state.src[start] == "[":
            label = state.md.helpers.parseLinkLabel(state, start, True)
        done = rule(state, False)
        if done:
            _note(state, name, start, state.tokens[count:], label)
        return done

    return run


def _note(state: Any, name: str, start: int, tokens: list[Token], label: int) -> None:
    marks: InlineMarks = state.marks
    end = state.pos
    if name == "link":
        marks.markup += [(start, start + 1), (label, end)]
        marks.link_chars += label - start - 1
    elif name in ("image", "footnote"):
        marks.markup.append((start, end))
        marks.pictures += name == "image"
    elif name == "html_inline":
        tag = _TAG.match(state.src, start)
        if tag is None or tag[2].lower() in _ELEMENTS:
            marks.markup.append((start, end))
        if tag is not None:
            marks.tags.append((tag[2].lower(), bool(tag[1]), start, end))
    elif name == "autolink":
        marks.markup += [(start, start + 1), (end - 1, end)]
    elif name == "escape":
        marks.markup.append((start, start + 1))
    elif name == "backticks" and tokens and tokens[-1].type == "code_inline":
        fence = len(tokens[-1].markup)
        marks.markup += [(start, start + fence), (end - fence, end)]
    elif name in ("emphasis", "strikethrough"):
        at = start
        for token in tokens:
            if token.type == "text" and set(token.content) <= set("*_~"):
                marks.delimiters.append((token, at, at + len(token.content)))
                at += len(token.content)
