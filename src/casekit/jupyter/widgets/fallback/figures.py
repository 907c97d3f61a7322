"""Figures as bars on a line of time, and as marks on a scale of values; both with their values as text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from casekit.jupyter.widgets.fallback.axes import log_ticks, nice_ticks, number, scale, year_ticks
from casekit.jupyter.widgets.fallback.svg import PAPER, QUIET, RULE, card, draw, line, mark, plain, table, words
from casekit.language import say

__all__ = ["chart_html", "timeline_html"]

_WIDTH: Final = 900.0
_GUTTER: Final = 170.0
_ROW: Final = 19.0
_MOST_DRAWN: Final = 70  # rows of a picture that still fits a page
_MOST_LISTED: Final = 150
_FEW: Final = 12  # with fewer figures every one is drawn, however far off
_MOST_GROUPS: Final = 4
_LETTER: Final = 11.5  # pixels of a Chinese character at 11 px with its air


def timeline_html(data: Mapping[str, Any]) -> str:
    """The timeline's data as HTML."""
    figures: list[Any] = data["figures"]
    if not figures:
        return card(data["title"], say("没有带日期的数据", "no dated figures"))
    note = say(f"{len(figures)} 个数据", f"{len(figures)} figures")
    if data["left_out"]:
        note += say(f"，另有 {data['left_out']} 个未画", f", {data['left_out']} more are not drawn")
    near = _usual(figures)
    if len(near) < len(figures):
        far = len(figures) - len(near)
        note += say(
            f"，其中 {far} 个早得多或晚得多，只在表中", f", {far} of them long before or after, in the table alone"
        )
    return card(data["title"], note, _timeline(data, near), _listed(figures))


def _usual(figures: Sequence[Any]) -> Sequence[Any]:
    """The figures without the few that would press all others into a corner of the picture."""
    middles = sorted((row["begin"] + row["end"]) / 2 for row in figures)
    low, high = middles[int(len(middles) * 0.06)], middles[min(len(middles) - 1, math.ceil(len(middles) * 0.94))]
    whole = max(row["end"] for row in figures) - min(row["begin"] for row in figures)
    if len(figures) < _FEW or high - low > whole / 2:
        return figures
    pad = max(0.3, (high - low) * 0.15)
    return [row for row in figures if row["end"] >= low - pad and row["begin"] <= high + pad]


def _timeline(data: Mapping[str, Any], figures: Sequence[Any]) -> str:
    lanes: dict[str, list[Any]] = {}
    for row in figures:
        lanes.setdefault(row[data["lanes"]] or say("（未注明）", "(not named)"), []).append(row)
    order = sorted(lanes, key=lambda name: (-len(lanes[name]), name))
    shown: list[tuple[str, list[Any]]] = []
    for name in order:
        if sum(len(rows) for _, rows in shown) + len(lanes[name]) <= _MOST_DRAWN or not shown:
            shown.append((name, lanes[name][:_MOST_DRAWN]))
    begin = min(row["begin"] for _, rows in shown for row in rows)
    end = max(row["end"] for _, rows in shown for row in rows)
    pad = max(0.1, (end - begin) * 0.03)
    at = scale(begin - pad, end + pad, _GUTTER, _WIDTH - 70)
    looks = {row["kind"]: row for row in data["kinds"]}
    parts: list[str] = []
    top = 26.0
    for name, rows in shown:
        parts.append(line(0, top, _WIDTH, top, RULE))
        parts.append(words(4, top + 14, _short(name, 13), size=12))
        ends: list[float] = []
        for row in sorted(rows, key=lambda r: (r["begin"], r["end"])):
            x1, x2 = at(row["begin"]), max(at(row["end"]), at(row["begin"]) + 4)
            label = _short(_label(row, data["lanes"]), 22)
            wide = 12 + len(label) * _LETTER
            before = x2 + wide > _WIDTH and x1 - wide > _GUTTER  # beside the right edge the text stands on the left
            level = next((i for i, used in enumerate(ends) if used < x1 - 8 - before * wide), len(ends))
            ends[level : level + 1] = [x2 + (4 if before else wide)]
            y = top + 6 + level * _ROW
            parts.append(_bar(row, looks[row["kind"]], x1, x2, y))
            if before:
                parts.append(words(x1 - 9, y + 10, label, size=11, anchor="end", halo=True))
            else:
                parts.append(words(x2 + 5, y + 10, label, size=11, halo=True))
        top += 8 + _ROW * max(1, len(ends))
    ticks = year_ticks(begin - pad, end + pad)
    rules = [line(at(year), 20, at(year), top, RULE, dash="2 3") for year in ticks]
    rules += [words(at(year), 14, f"{year:.0f}", size=11, colour=QUIET, anchor="middle") for year in ticks]
    return draw(_WIDTH, top + 30, data["title"], [*rules, *parts, *_legend(data["kinds"], top + 18)])


def _bar(row: Mapping[str, Any], look: Mapping[str, Any], x1: float, x2: float, y: float) -> str:
    hollow = _hollow(row)
    dash = ";stroke-dasharray:2 2" if row["certainty"] == "hearsay" else ";stroke-dasharray:5 3" if hollow else ""
    fill = PAPER if hollow else look["colour"]
    told = " ".join(filter(None, (row["told"], row["date"], row["claim"], row["mark"], row["id"])))
    bar = (
        f'<rect x="{x1:.1f}" y="{y:.1f}" width="{x2 - x1:.1f}" height="11" rx="2" '
        f'style="fill:{fill};stroke:{look["colour"]};stroke-width:1.4{dash}"><title>{plain(told)}</title></rect>'
    )
    return bar + mark(look["shape"], x1, y + 5.5, 5.5, look["colour"], hollow=hollow)


def _hollow(row: Mapping[str, Any]) -> bool:
    """What is aimed at, expected or hearsay is drawn as an outline: it is not what was reached."""
    return row["kind"] in ("target", "estimate") or row["certainty"] != "stated"


def _legend(kinds: Iterable[Mapping[str, Any]], y: float) -> list[str]:
    parts, x = [], 12.0
    for row in kinds:
        hollow = row["kind"] in ("target", "estimate")
        parts.append(mark(row["shape"], x, y, 5.5, row["colour"], hollow=hollow))
        parts.append(words(x + 10, y + 4, f"{row['label']} {row['count']}", size=11))
        x += 40 + _LETTER * len(row["label"]) + 12
    parts.append(
        words(x, y + 4, say("空心：目标、预期或传闻", "outlined: target, expected, hearsay"), size=11, colour=QUIET)
    )
    return parts


def chart_html(data: Mapping[str, Any]) -> str:
    """The chart's data as HTML."""
    groups = [group for group in data["groups"] if group["figures"]]
    if not groups:
        return card(data["title"], say("没有可画的数值", "no values to draw"))
    body: list[str] = []
    for group in groups[:_MOST_GROUPS]:
        body.append(f'<div style="font-weight:600;margin-top:10px">{plain(group["label"])}</div>')
        body.append(_chart(data, group))
        body.append(_listed(group["figures"]))
    rest = [group["label"] for group in groups[_MOST_GROUPS:]]
    if rest:
        body.append(f'<div style="color:{QUIET}">{plain(say("另有：", "also: ") + "、".join(rest))}</div>')
    note = say("单位不同的数据分开画", "figures of different units are drawn apart")
    return card(data["title"], note, *body)


def _chart(data: Mapping[str, Any], group: Mapping[str, Any]) -> str:
    rows = sorted(group["figures"], key=lambda row: (-_middle(row), row["id"]))[:_MOST_DRAWN]
    values = [value for row in rows for value in (row["low"], row["high"]) if value is not None]
    low, high = min(values), max(values)
    log = low > 0 and high / low > 500  # beyond this the small ones would all lie on the axis
    if not log:
        low, high = min(0.0, low), max(0.0, high) or 1.0
        high += (high - low) * 0.08
    else:
        low, high = low / 1.6, high * 1.6
    right = _WIDTH - 150
    at = scale(low, high, _GUTTER, right, log=log)
    looks = {row["kind"]: row for row in data["kinds"]}
    bottom = 24 + _ROW * len(rows)
    parts = []
    for tick in log_ticks(low, high) if log else nice_ticks(low, high):
        parts.append(line(at(tick), 20, at(tick), bottom, RULE, dash="2 3"))
        parts.append(words(at(tick), 14, number(tick), size=11, colour=QUIET, anchor="middle"))
    for i, row in enumerate(rows):
        parts.append(_value(row, looks[row["kind"]], at, 30 + _ROW * i, right))
    used = {row["kind"] for row in rows}
    kinds = [
        {**look, "count": sum(row["kind"] == kind for row in rows)} for kind, look in looks.items() if kind in used
    ]
    return draw(_WIDTH, bottom + 30, group["label"], [*parts, *_legend(kinds, bottom + 18)])


def _value(row: Mapping[str, Any], look: Mapping[str, Any], at: Any, y: float, right: float) -> str:
    low = row["low"] if row["low"] is not None else row["high"]
    high = row["high"] if row["high"] is not None else row["low"]
    x1, x2 = at(low), at(high)
    hollow = _hollow(row)
    parts = [
        words(_GUTTER - 8, y + 4, _short(row["subject"] or say("（未注明）", "(not named)"), 13), anchor="end", size=12)
    ]
    end = x2
    if x2 > x1:
        parts.append(line(x1, y, x2, y, look["colour"], width=4))
    if row["open"]:
        far = x1 + 46 if row["open"] == "up" else x1 - 46
        far = min(far, right + 20) if row["open"] == "up" else max(far, _GUTTER - 4)
        tip = 5 if row["open"] == "up" else -5
        parts.append(line(x1, y, far, y, look["colour"], dash="4 3", width=2))
        parts.append(line(far - tip, y - 4, far, y, look["colour"], width=2))
        parts.append(line(far - tip, y + 4, far, y, look["colour"], width=2))
        end = max(x2, far)
    parts += [mark(look["shape"], x, y, 5.5, look["colour"], hollow=hollow, title=row["id"]) for x in sorted({x1, x2})]
    parts.append(words(end + 9, y + 4, _short(_beside(row), 24), size=11, halo=True))
    return "".join(parts)


def _middle(row: Mapping[str, Any]) -> float:
    known = [value for value in (row["low"], row["high"]) if value is not None]
    return float(sum(known) / len(known)) if known else 0.0


def _label(row: Mapping[str, Any], lanes: str) -> str:
    """What stands beside a mark: the figure, and what the lane does not say already."""
    other = row["subject"] if lanes == "metric" else row["metric"]
    sure = " · ".join(filter(None, (row["claim"], row["mark"])))
    return say(f"{row['told']}（{sure}）{other}", f"{row['told']} ({sure}){' ' + other if other else ''}")


def _beside(row: Mapping[str, Any]) -> str:
    notes = " · ".join(note for note in (row["period"] or row["date"], row["claim"], row["mark"]) if note)
    return str(row["told"]) + (say(f"（{notes}）", f" ({notes})") if notes else "")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _listed(figures: Sequence[Mapping[str, Any]]) -> str:
    head = [
        *(say("日期", "date"), say("主体", "subject"), say("指标", "metric"), say("数值", "figure")),
        *(say("性质", "kind and certainty"), say("谁说", "told by"), say("出处", "place")),
    ]
    rows = [
        [
            *(row["date"] or row["period"], row["subject"], row["metric"], row["told"]),
            *(row["claim"], row["mark"] or say("原文", "original"), row["id"]),
        ]
        for row in figures
    ]
    more = say("另有 {n} 个数据没有列出", "{n} more figures are not listed")
    return table(head, rows, most=_MOST_LISTED, more=more)
