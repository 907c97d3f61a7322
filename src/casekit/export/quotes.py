"""How much of a source a published set of pages may quote, and which quotations make it.

A case card is our own words; the sentences it rests on are somebody else's. Handed on together, the quotations of a whole
casebook can add up to half an article. So each source has a budget, and what does not fit is shown as an address.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from casekit.casebook import CardVerdict, Case, verify_cards
from casekit.errors import SettingError, WorkspaceError
from casekit.export.document import printable
from casekit.language import say
from casekit.types import Doc, Evidence, Span

__all__ = [
    "QUOTE_CHARS",
    "QUOTE_PERCENT",
    "QuoteMode",
    "Quoted",
    "Quotes",
    "Usage",
    "budget_of",
    "measure_usage",
    "places_beyond",
    "ration_quotes",
]

QuoteMode = Literal["short", "all", "none"]

# A choice, not a measurement: no law gives a figure, and a tenth of an article is still a quotation to most editors. A user
# sets his own in casekit.toml.
QUOTE_PERCENT = 10.0
# The longest single quotation of "short": three or four sentences. Longer evidence is shown as an address and never cut, since
# a quotation that stops early can turn round what was said.
QUOTE_CHARS = 150
# Figures need their wording most; teaching uses and limits are our own reading.
_ORDER = ("results", "actions", "challenge", "background", "people", "teaching", "open_questions", "limits")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a page shows of one piece of evidence: its place now, and the words (None: the address alone) or a remark."""

    source: str
    span: Span
    text: str | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a source's body is quoted; `left_out` quotations were held back for the budget's sake."""

    source: str
    chars: int
    body_chars: int
    left_out: int = 0

    @property
    def percent(self) -> float:
        """Share of the body's characters, in percent."""
        return 100 * self.chars / self.body_chars if self.body_chars else 0.0


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of a set of pages by (card id, field), and how much they take from each source."""

    shown: Mapping[tuple[str, str], Quoted]
    usage: tuple[Usage, ...]
    percent: float

    def reader(self, card: Case) -> Callable[[str, Sequence[Evidence]], list[Quoted]]:
        """What to show for the evidence of a field of the card; words that were shown before come back as an address."""
        seen: set[tuple[str, Span]] = set()

        def read(field: str, evidence: Sequence[Evidence]) -> list[Quoted]:
            found = []
            for i, one in enumerate(evidence):
                quoted = self.shown.get((card.id, f"{field}.evidence[{i}]")) or Quoted(one.source, one.span, None)
                again = (quoted.source, quoted.span) in seen
                found.append(replace(quoted, text=None) if again else quoted)
                if quoted.text is not None:
                    seen.add((quoted.source, quoted.span))
            return found

        return read

    def warnings(self, *, way_out: bool = True) -> list[str]:
        """One line for each source of which more is quoted than the budget allows.

        Args:
            way_out: Whether --quotes short would help, so that it is named.
        """
        advice = say("，或用 --quotes short", ", or use --quotes short") if way_out else ""
        return [
            say(
                f"{one.source} 引用了正文的 {one.percent:.1f}%（{one.chars} 字），超过 {self.percent:g}%；"
                f"公开之前请删减{advice}",
                f"{one.source}: {one.percent:.1f} % of the body is quoted ({one.chars} characters), more than "
                f"{self.percent:g} %; shorten before publishing{advice}",
            )
            for one in self.usage
            if one.percent > self.percent
        ]


def budget_of(settings: Path) -> float:
    """The budget in percent that a workspace's casekit.toml sets (`[quotes] percent = 10`), else `QUOTE_PERCENT`.

    Raises:
        WorkspaceError: If the file cannot be read.
        SettingError: If the value is no number from 0 to 100.
    """
    try:
        table = tomllib.loads(settings.read_text("utf-8-sig")).get("quotes", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(
            say(f"无法读取设置 {settings}：{error}", f"cannot read the settings {settings}: {error}")
        ) from error
    found = table.get("percent", QUOTE_PERCENT) if isinstance(table, dict) else table
    return _checked_percent(found, f"{settings} [quotes] percent")


def _checked_percent(found: object, where: str) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 100:
        raise SettingError(
            say(f"{where} 是 {found!r}，应为 0 到 100 的数", f"{where} is {found!r}; wanted a number from 0 to 100")
        )
    return float(found)


def ration_quotes(
    cards: Sequence[Case],
    docs: Mapping[str, Doc],
    *,
    mode: QuoteMode = "short",
    percent: float = QUOTE_PERCENT,
    verdicts: Sequence[CardVerdict] | None = None,
) -> Quotes:
    """The quotations that pages about these cards show.

    Args:
        cards: The cards that are published together.
        docs: The sources that are in the workspace, with their bodies.
        mode: "short": quotations of at most `QUOTE_CHARS`, whole, as long as their source's budget lasts, results first and
            the cards in turn; "all": everything, with a warning where it is too much; "none": addresses alone.
        percent: The budget: share of a source's body, in percent, over all cards together.
        verdicts: What `verify_cards` said, if it was asked already.
    Raises:
        SettingError: If the mode is unknown or the percentage is out of range.
    """
    if mode not in get_args(QuoteMode):
        known = ", ".join(get_args(QuoteMode))
        raise SettingError(say(f"引文方式没有 {mode!r}；可用：{known}", f"no quotation mode {mode!r}; known: {known}"))
    percent = _checked_percent(percent, say("引文上限", "the quotation budget"))
    found = list(verify_cards(cards, docs)) if verdicts is None else list(verdicts)
    rank = {card.id: place for place, card in enumerate(cards)}
    order = sorted((_turn(v.field, rank.get(v.card, 0)), at) for at, v in enumerate(found))
    tally = _Tally(docs)
    shown: dict[tuple[str, str], Quoted] = {}
    for _, at in order:
        verdict = found[at]
        span = (verdict.found or verdict.evidence.address).span
        text = None
        if verdict.quote and verdict.found and not verdict.field.startswith("facets.") and mode != "none":
            fits = len(span) <= QUOTE_CHARS and tally.fits(verdict.evidence.source, span, percent)
            if mode == "all" or fits:
                text = printable(verdict.quote)
                tally.add(verdict.evidence.source, span)
            else:
                tally.leave_out(verdict.evidence.source)
        remark = "" if verdict.status in ("ok", "not-imported") else verdict.message
        shown[verdict.card, verdict.field] = Quoted(verdict.evidence.source, span, text, remark)
    return Quotes(shown, tally.usage(), percent)


def measure_usage(spans: Iterable[tuple[str, Span]], docs: Mapping[str, Doc], *, percent: float) -> Quotes:
    """How much these places take from their sources together."""
    tally = _Tally(docs)
    for source, span in spans:
        tally.add(source, span)
    return Quotes({}, tally.usage(), _checked_percent(percent, say("引文上限", "the quotation budget")))


def places_beyond(
    spans: Sequence[tuple[str, Span]],
    docs: Mapping[str, Doc],
    *,
    quoted: Iterable[tuple[str, Span]] = (),
    percent: float,
) -> list[int]:
    """Which of these places, taken in turn, go beyond their source's budget.

    Args:
        quoted: What is quoted anyhow, and comes first.
    """
    tally = _Tally(docs)
    for source, span in quoted:
        tally.add(source, span)
    beyond = []
    for i, (source, span) in enumerate(spans):
        if tally.fits(source, span, percent):
            tally.add(source, span)
        else:
            beyond.append(i)
    return beyond


def _turn(field: str, card: int) -> tuple[int, int, int]:
    """Sections by importance, within them each card's first statement, then each card's second …"""
    section, _, rest = field.partition("[")
    place = int(rest.split("]")[0]) if rest[:1].isdigit() else 0
    return (_ORDER.index(section) if section in _ORDER else len(_ORDER), place, card)


class _Tally:
    """Which characters of each body have been quoted; white space and cut characters don't count."""

    def __init__(self, docs: Mapping[str, Doc]) -> None:
        self.docs = docs
        self.bodies: dict[str, frozenset[int]] = {}
        self.quoted: dict[str, set[int]] = {}
        self.held: dict[str, int] = {}

    def body(self, source: str) -> frozenset[int]:
        if source not in self.bodies:
            doc = self.docs[source]
            places = (i for kept in doc.cleaned.kept for i in range(kept.start, kept.end) if not doc.text[i].isspace())
            self.bodies[source] = frozenset(places)
        return self.bodies[source]

    def fits(self, source: str, span: Span, percent: float) -> bool:
        body = self.body(source)
        new = len(body.intersection(range(span.start, span.end)) - self.quoted.get(source, set()))
        return not new or 100 * (len(self.quoted.get(source, ())) + new) <= percent * len(body)

    def add(self, source: str, span: Span) -> None:
        self.quoted.setdefault(source, set()).update(self.body(source).intersection(range(span.start, span.end)))

    def leave_out(self, source: str) -> None:
        self.held[source] = self.held.get(source, 0) + 1

    def usage(self) -> tuple[Usage, ...]:
        named = sorted(self.quoted.keys() | self.held.keys())
        return tuple(Usage(s, len(self.quoted.get(s, ())), len(self.body(s)), self.held.get(s, 0)) for s in named)
