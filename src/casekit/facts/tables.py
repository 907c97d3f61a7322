"""What the heads of a table's rows and columns say of the figures in its cells.

Readers lay tables out as lines with a border between cells. The first line gives the columns their heads, the first cell
each row its own. A head is a name (whom the figures are about), a time (when they hold), or what is measured, with its unit
in brackets perhaps; which of the two heads is which is told by what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.heads import head_of
from casekit.facts.measures import measures_in
from casekit.facts.naming import Named, Subject
from casekit.facts.units import read_unit
from casekit.reading.cells import CELL

__all__ = ["Cell", "HeadUnit", "Tables", "head_unit"]

_RULE: Final = re.compile(rf"[\s\-:=+{re.escape(CELL)}]*")
_TIME: Final = re.compile(
    r"民?国?(?P<roc>1[0-3]\d)年度?|(?P<y>(?:19|20)\d\d)\s?年?(?:[-/.]?(?P<m>1[0-2]|0?[1-9])月?|\s?[上下]半年|(?:第?[一二三四1-4]季度)|\s?q[1-4]|\s?h[12]|年?度|底|末|初)?"
    r"(?:[-–~至](?:19|20)?\d\d年?)?|[上下]半年|第?[一二三四1-4]季度|q[1-4]|[去今前明]年|(?:1[0-2]|[1-9])月|合计|总计|全年|本期|上期|上年同期|本年|上年"
)
_TIMES: Final = CuePattern("%{row-words/time-heads}")
_NO_TIME: Final = re.compile(r"合计|总计")
_HOLDER: Final = CuePattern(
    r"%{row-words/holders}|公司(?:名称?)?|企业(?:名称?)?|品牌(?:名称?)?|名称|机构|商家|商户|零售商|超市|平台|客户|案例|单位|对象|简称|company|brand|name|retailer|firm"
)
_MEASURES: Final = re.compile(r"指标(?:名称)?|项目|科目|内容|数据|维度|metrics?|items?|measures?|indicators?")
_BRACKET: Final = re.compile(
    r"\s*[(\[](?:单位[::]?\s*)?(?P<u>[^()\[\]]{1,16})[)\]]\s*$|[/,](?P<v>亿元|万元|元|万人|人|家|%)$"
)
_SCALES: Final = {"亿": 10**8, "万": 10**4, "千": 10**3, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百": 100, "": 1}
_SCALED: Final = re.compile(r"(?P<s>十亿|千万|百万|亿|万|千|百|)(?P<u>.*)")
_EN_SCALED: Final = re.compile(r"(?P<s>thousand|million|billion)s?(?: of)? (?:yuan|rmb|cny)")
_EN_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_EN_SCALED_BEHIND: Final = re.compile(r"(?:in )?(?:rmb|cny|yuan)[ ,]?(?P<s>thousand|million|billion)s?")
_UNIT_OF_ALL: Final = re.compile(
    r"单位\s?[:为]?\s?(?P<u>[^\s()\[\],;。|]{1,10})|(?:in\s|\()(?P<en>(?:rmb|cny|yuan)[ ,]?(?:thousand|million|billion)s?|(?:thousand|million|billion)s?(?: of)? (?:yuan|rmb|cny))"
)
_LONGEST_CAPTION: Final = 60  # characters; what is longer is a paragraph
_NUMBERED: Final = re.compile(r"\s*[附图]?表\s?[\d一二三四五六七八九十.-]*[:.、\s]*")
_CLOSED: Final = re.compile(r"[。!?]")
_NEGATIVE: Final = re.compile(r"\(\s?[\d,.]+\s?%?\s?\)")
_NOTE: Final = re.compile(r"说明|备注|描述|内容|详情|做法|notes?|remarks?|description")
_PLAIN: Final = re.compile(r"数值|数量|数据|数字|值|结果|values?|figures?|numbers?")
_LONGEST_CELL: Final = 20  # characters; what is longer, or has marks of a sentence, speaks for itself
_SENTENCE: Final = re.compile(r"[,。;!?](?!\d{3})")
_LONGEST_HEAD: Final = 24  # characters; what is longer is a sentence, and the lines no table
_LEAST_ROWS: Final = 2


def _never(string: str) -> bool:
    """No string of a caption counts as repeated."""
    return False


@dataclass(frozen=True, slots=True)
class HeadUnit:
    """The unit that a head gives in brackets: 营收(亿元)."""

    name: str
    scale: Decimal
    money: bool = False


_UNIT_LABEL: Final = "单位:"


@dataclass(frozen=True, slots=True)
class Cell:
    """What the heads say of a cell: whom it is about, what is measured (positions of folded text), when, in what unit."""

    subject: Subject | None = None
    metric: tuple[tuple[int, int], ...] = ()
    period: tuple[int, int] | None = None
    unit: HeadUnit | None = None
    start: int = 0
    end: int = 0
    negative: bool = False


@dataclass(frozen=True, slots=True)
class _Caption:
    """What the lines above a table say of all of it: whom it is about, what is measured, in what unit."""

    subject: Subject | None = None
    metric: tuple[int, int] | None = None
    unit: HeadUnit | None = None
    period: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[tuple[int, int], ...]


class Tables:
    """The tables of a text."""

    def __init__(self, text: str, names: Sequence[Named]) -> None:
        self._text, self._names = text, names
        self._starts = [n.start for n in names]
        self._cells: list[Cell] = []
        rows: list[_Row] = []
        above: list[tuple[int, int]] = []  # the lines right above the table
        at = 0
        for line in text.split("\n"):
            row = self._row(at, at + len(line)) if CELL in line else None
            if row is None or (rows and not self._goes_on(rows, row)):
                self._read(rows, above)
                above = [] if rows else above
                rows = []
            if row is not None and row.cells:
                rows.append(row)
            elif row is None and line.strip():
                above = [*above[-1:], (at, at + len(line))]
            at += len(line) + 1
        self._read(rows, above)
        self._places = [cell.start for cell in self._cells]

    def at(self, place: int) -> Cell | None:
        """The cell that holds a place, None outside of tables and in their heads."""
        i = bisect_right(self._places, place) - 1
        return self._cells[i] if i >= 0 and place < self._cells[i].end else None

    def _row(self, start: int, end: int) -> _Row:
        """The cells of a line; none for the rule under a Markdown head."""
        if _RULE.fullmatch(self._text, start, end):
            return _Row(())
        if self._text[start : start + 1] == CELL and self._text[start:end].rstrip()[-1:] == CELL:
            start, end = start + 1, start + len(self._text[start:end].rstrip()) - 1
        cells, at = [], start
        for border in (*re.finditer(re.escape(CELL), self._text[start:end]), None):
            stop = start + border.start() if border else end
            piece = self._text[at:stop]
            cells.append((at + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())))
            at = stop + 1
        return _Row(tuple((a, max(a, b)) for a, b in cells))

    @staticmethod
    def _goes_on(rows: Sequence[_Row], row: _Row) -> bool:
        head = len(rows[0].cells)
        # an empty corner cell may have been dropped with the space at the head of the line
        return not row.cells or len(row.cells) == len(rows[-1].cells) or (len(rows) == 1 and len(row.cells) == head + 1)

    def _caption(self, lines: Sequence[tuple[int, int]]) -> _Caption:
        """What the short lines above a table say: 表1 李宁主要财务数据(单位:万元)."""
        said = _Caption()
        for start, end in lines:
            words = self._text[start:end]
            if len(words) > _LONGEST_CAPTION or _CLOSED.search(words):
                continue
            if (m := _UNIT_OF_ALL.search(words)) and (unit := unit_of(m["u"] or m["en"])) is not None:
                said = replace(said, unit=unit)
            names = [
                n for n in self._names if start <= n.start and n.end <= end and n.type in ("company", "brand", "org")
            ]
            if len({n.entity for n in names}) == 1:
                said = replace(said, subject=Subject(names[0].name, names[0].entity, names[0].start, names[0].end))
            elif not names and (numbered := _NUMBERED.match(self._text, start, end)) is not None:
                called = head_of(self._text, numbered.end(), end, (), _never)
                said = replace(said, subject=called.subject) if called.kind == "own" else said
            found = list(measures_in(self._text, start, end))
            if len(found) == 1:
                said = replace(said, metric=(found[0].start, found[0].end))
            years = list(_TIME.finditer(self._text, start, end))
            if len(years) == 1 and years[0]["y"]:
                said = replace(said, period=years[0].span())
        return said

    def _read(self, rows: Sequence[_Row], above: Sequence[tuple[int, int]] = ()) -> None:
        if len(rows) < _LEAST_ROWS or len(rows[-1].cells) < 2:
            return
        head, body = rows[0], rows[1:]
        columns = list(head.cells)
        if len(columns) == len(body[0].cells) - 1:
            columns = [(columns[0][0], columns[0][0]), *columns]
        if not all(self._is_head(cell) for cell in columns[1:]):
            return
        corner = self._text[slice(*columns[0])]
        caption = self._caption(above)
        if (
            caption.unit is None
            and (unit := head_unit(corner) or unit_of(corner.removeprefix(_UNIT_LABEL).strip())) is not None
            and not _TIMES.fullmatch(corner.strip())
        ):
            caption = replace(caption, unit=unit)
        corner = "" if corner.startswith(_UNIT_LABEL) else _BRACKET.sub("", corner).strip()
        if caption.subject is None and self._heads_measures(corner, columns[1:], body):
            at = columns[0][0]
            caption = replace(caption, subject=self._name(columns[0]) or Subject(corner, None, at, at + len(corner)))
        for row in body:
            first = row.cells[0]
            if not self._is_head(first):
                continue
            for column, (start, end) in zip(columns[1:], row.cells[1:], strict=False):
                words = self._text[start:end]
                if 0 < len(words) <= _LONGEST_CELL and not _SENTENCE.search(words):
                    cell = self._cell(corner, column, first, start, end)
                    self._cells.append(_with_caption(cell, caption, words))

    def _is_head(self, cell: tuple[int, int]) -> bool:
        words = self._text[slice(*cell)]
        if not words or _TIME.fullmatch(words) or self._name(cell) is not None:
            return True
        return len(words) <= _LONGEST_HEAD and not re.search(r"\d", _TIME.sub("", _BRACKET.sub("", words)))

    def _cell(self, corner: str, column: tuple[int, int], row: tuple[int, int], start: int, end: int) -> Cell:
        who_above, who_beside = self._name(column), self._name(row)
        unit = self._unit(column) or self._unit(row)
        above, beside = self._text[slice(*column)], self._text[slice(*row)]
        when = next(
            (
                c
                for c in (column, row)
                if (w := self._text[slice(*c)]) and _TIME.fullmatch(w) and not _NO_TIME.search(w)
            ),
            None,
        ) or self._time_within(column)
        holder = _HOLDER.fullmatch(corner.strip()) is not None or self._lists_things(corner, above, row)
        if who_beside is None and who_above is None and beside and holder:
            who_beside = Subject(beside, None, *row)
        says_above = not (_TIME.fullmatch(above) or _NOTE.fullmatch(above) or _PLAIN.fullmatch(above))
        says_beside = not _TIME.fullmatch(beside)
        metric: list[tuple[int, int]] = []
        if who_beside is not None:
            metric = [column] if says_above else self._behind_name(who_beside, row)
        elif who_above is not None or not says_above:
            metric = [row] if says_beside else []
        elif _MEASURES.fullmatch(corner.strip()):
            metric = [row, column] if says_beside else [column]  # 食品 | 金额(万元)
        elif self._measures(row, "count") is False and self._measures(column, "count"):
            metric = [row]  # 单店投资 | 直营店 | 加盟店
        else:
            metric = [column]
        spans = tuple(bare for one in metric if (bare := self._bare(one)) is not None)
        return Cell(who_beside or who_above, spans, when, unit, start, end)

    def _measures(self, cell: tuple[int, int], kind: str) -> bool | None:
        """Whether the listed measure that a head names is of a kind; None where it names none."""
        found = list(measures_in(self._text, *cell))
        return None if not found else found[-1].measure.kind == kind

    def _behind_name(self, who: Subject, row: tuple[int, int]) -> list[tuple[int, int]]:
        """What a row's head measures behind the name that it begins with (甲研发投入)."""
        start = who.end + (self._text[who.end : who.end + 1] == "的")
        if not row[0] <= who.start < start < row[1] or next(measures_in(self._text, start, row[1]), None) is None:
            return []
        return [(start, row[1])]

    def _heads_measures(self, corner: str, columns: Sequence[tuple[int, int]], body: Sequence[_Row]) -> bool:
        """Whether the corner names whom the table is about: the rows are measures and the columns times (or the other way)."""
        if not corner or _MEASURES.fullmatch(corner) or _HOLDER.fullmatch(corner) or _TIME.fullmatch(corner):
            return False
        if next(measures_in(corner, 0, len(corner)), None) is not None or unit_of(corner) is not None:
            return False
        times = all(_TIME.fullmatch(self._text[slice(*cell)]) for cell in columns)
        return times and all(next(measures_in(self._text, *row.cells[0]), None) is not None for row in body)

    def _lists_things(self, corner: str, above: str, row: tuple[int, int]) -> bool:
        """Whether the rows are of things (港口, 地区, 产品) under heads that are times: no measure's name stands beside them."""
        if not corner.strip() or _MEASURES.fullmatch(corner.strip()) or not _TIME.fullmatch(above):
            return False
        return (
            next(measures_in(corner, 0, len(corner)), None) is None
            and next(measures_in(self._text, *row), None) is None
        )

    def _name(self, cell: tuple[int, int]) -> Subject | None:
        """The name that a head consists of."""
        start, end = cell
        i = bisect_right(self._starts, start - 1)
        found = next(
            (n for n in self._names[i : i + 4] if n.end <= end and n.type in ("company", "brand", "org")), None
        )
        if found is None:
            return None
        if 2 * (found.end - found.start) < end - start:
            measured = [one.end for one in measures_in(self._text, found.end, end)]
            if found.start != start or measured[-1:] != [end]:
                return None  # 甲研发投入 names a firm and what is measured
        return Subject(found.name, found.entity, found.start, found.end)

    def _unit(self, cell: tuple[int, int]) -> HeadUnit | None:
        return head_unit(self._text[slice(*cell)])

    def _time_within(self, cell: tuple[int, int]) -> tuple[int, int] | None:
        """The year that a head names beside what is measured: 2022年营收."""
        found = _TIME.search(self._text, *cell)
        within = found is not None and found["y"] and found.span() != cell
        return found.span() if found is not None and within else None

    def _bare(self, cell: tuple[int, int]) -> tuple[int, int] | None:
        """A head without its unit; None where nothing is left."""
        start, end = cell
        if (bracket := _BRACKET.search(self._text[start:end])) and head_unit(self._text[start:end]):
            end = start + bracket.start()
        if (when := self._time_within((start, end))) is not None:
            start, end = (when[1], end) if when[0] == start else (start, when[0]) if when[1] == end else (start, end)
            start += self._text[start : start + 1] == "的"
        return (start, end) if start < end else None


def _with_caption(cell: Cell, caption: _Caption, words: str) -> Cell:
    """The cell with what the caption says where its own heads say nothing, and its sign: (1,234) is below zero."""
    return replace(
        cell,
        subject=cell.subject or caption.subject,
        metric=cell.metric or ((caption.metric,) if caption.metric else ()),
        period=cell.period or caption.period,
        unit=cell.unit or caption.unit,
        negative=_NEGATIVE.fullmatch(words) is not None,
    )


def unit_of(words: str | None) -> HeadUnit | None:
    """The unit that words name and nothing else: 万元, 人民币百万元, RMB million; None where they name none."""
    words = (words or "").strip().removeprefix("人民币")
    if english := _EN_SCALED.fullmatch(words) or _EN_SCALED_BEHIND.fullmatch(words):
        return HeadUnit("元", Decimal(_EN_SCALES[english["s"]]), True)
    scaled = _SCALED.fullmatch(words)
    unit = read_unit(scaled["u"], 0) if scaled is not None and scaled["u"] else None
    if scaled is None or unit is None or unit.end != len(scaled["u"]):
        return None
    return HeadUnit(unit.name, Decimal(_SCALES[scaled["s"]]), unit.kind == "money")


def head_unit(head: str) -> HeadUnit | None:
    """The unit in brackets at the end of a head: 营收(亿元) is in 元, each a hundred million."""
    found = _BRACKET.search(head)
    if found is not None and found["u"] and (english := _EN_SCALED.fullmatch(found["u"].strip())):
        return HeadUnit("元", Decimal(_EN_SCALES[english["s"]]), True)
    if found is None or (scaled := _SCALED.fullmatch((found["u"] or found["v"] or "").strip())) is None:
        return None
    unit = read_unit(scaled["u"], 0) if scaled["u"] else None
    if unit is None or unit.end != len(scaled["u"]):
        return None
    return HeadUnit(unit.name, Decimal(_SCALES[scaled["s"]]), unit.kind == "money")
