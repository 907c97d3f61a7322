"""What a spreadsheet shows for a stored number: dates, percentages, thousands and units as its cell formats them.

Only what the format says is applied; a code that is not understood leaves the number as it is stored, never another one.

References:
    ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

__all__ = ["BUILT_IN", "shown_number"]

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a file names by number alone (18.8.30), the East Asian ones as Chinese programs show them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>上午/下午|AM/PM|A/P)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)(?![a-zA-Z])|(?P<exponent>[eE][+-])"
    r"|(?P<general>General|G/通用格式)|(?P<slot>[0#?]+)|(?P<dot>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?\Z")
_ELAPSED = re.compile(r"[hms]+\Z", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\Z")
_DIGITS = 15
"""A spreadsheet keeps, and shows, fifteen significant digits; what is stored beyond them is an artefact of binary numbers."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a format code: `kind` is a group of `_TOKEN`, "literal" for what stands as it is."""

    kind: str
    text: str


def shown_number(stored: str, code: str, *, date_1904: bool = False) -> str:
    """The number as its cell shows it.

    Args:
        stored: As the file holds it ("0.155", "44197", "1.2E7").
        code: The format code ("0.0%", 'yyyy"年"m"月"').
        date_1904: Whether the book counts days from 1904 instead of 1900.

    Examples:
        >>> shown_number("0.155", "0.0%"), shown_number("44197", "yyyy/m/d"), shown_number("1200", '#,##0"万元"')
        ('15.5%', '2021/1/1', '1,200万元')
    """
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored
    if not value.is_finite():
        return stored
    value = _rounded(value)
    parts, absolute = _section(code, value)
    if any(part.kind == "date" or (part.kind == "bracket" and _ELAPSED.match(part.text)) for part in parts):
        return _date(value, parts, date_1904) or _general(value)
    return _number(abs(value) if absolute else value, parts)


def _rounded(value: Decimal) -> Decimal:
    if not value:
        return Decimal(0)
    exponent = value.adjusted() - _DIGITS + 1
    return value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP) if value.as_tuple().exponent < exponent else value  # type: ignore[operator]  # finite


def _general(value: Decimal) -> str:
    shown = format(value.normalize(), "f")
    return "0" if shown in ("-0", "") else shown


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Part, ...], ...]:
    sections: list[list[_Part]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "other" and text == ";":
            sections.append([])
        elif kind in ("quoted", "escaped", "other"):
            sections[-1].append(_Part("literal", text))
        elif kind == "bracket" and (currency := _CURRENCY.match(text)):
            sections[-1].append(_Part("literal", currency[1]))
        elif kind == "pad":
            sections[-1].append(_Part("literal", " "))
        elif kind != "fill":
            sections[-1].append(_Part(kind, text))
    return tuple(map(tuple, sections))


def _section(code: str, value: Decimal) -> tuple[tuple[_Part, ...], bool]:
    """The part of a format that applies to a value, and whether it shows the value without its sign."""
    sections = _sections(code)
    conditions = [
        next((c for p in s if p.kind == "bracket" and (c := _CONDITION.match(p.text))), None) for s in sections
    ]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition[1], Decimal(condition[2])):
                return section, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


# ---- numbers ---------------------------------------------------------------------------------------------------------
def _number(value: Decimal, parts: tuple[_Part, ...]) -> str:
    slots = [i for i, part in enumerate(parts) if part.kind == "slot"]
    if any(part.kind in ("general", "text") for part in parts):
        joined = [
            "" if p.kind == "bracket" else _general(value) if p.kind in ("general", "text") else p.text for p in parts
        ]
        return "".join(joined).strip()
    if not slots:
        return "".join(part.text for part in parts if part.kind in ("literal", "percent")).strip()
    if any(part.kind == "exponent" for part in parts) or any(p.kind == "literal" and p.text == "/" for p in parts):
        return _general(value)  # powers of ten and fractions are shown as the number they are
    value *= Decimal(100) ** sum(part.kind == "percent" for part in parts)
    scale = _thousands(parts, slots[-1])
    value /= Decimal(1000) ** scale
    dot = next((i for i, part in enumerate(parts) if part.kind == "dot"), None)
    after = "".join(parts[i].text for i in slots if dot is not None and i > dot)
    before = "".join(parts[i].text for i in slots if dot is None or i < dot)
    grouped = any(p.kind == "comma" and slots[0] < i < slots[-1] for i, p in enumerate(parts) if dot is None or i < dot)
    digits = _digits(value, before, after, grouped=grouped)
    first, last = slots[0], slots[-1]
    out = []
    for i, part in enumerate(parts):
        if i == first:
            out.append(digits)
        if part.kind in ("literal", "percent") and not first < i < last:
            out.append(part.text)
        elif part.kind == "literal" and first < i < last and part.text.strip() and part.text != "-":
            return _general(value)  # text between the digits (telephone numbers): not a number to be read as one
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    return (sign + "".join(out)).strip()


def _thousands(parts: tuple[_Part, ...], last: int) -> int:
    """How many commas stand right behind the last digit: each divides by a thousand."""
    count = 0
    while last + 1 + count < len(parts) and parts[last + 1 + count].kind == "comma":
        count += 1
    return count


def _digits(value: Decimal, before: str, after: str, *, grouped: bool) -> str:
    places = len(after)
    shown = format(abs(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    whole, _, rest = shown.partition(".")
    least = before.count("0")
    whole = whole.lstrip("0").rjust(least, "0")
    if grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", ",", whole)
    while rest and len(rest) > after.rfind("0") + 1 and rest.endswith("0"):
        rest = rest[:-1]
    return f"{whole}.{rest}" if rest else whole or "0"


# ---- dates and times -------------------------------------------------------------------------------------------------
def _date(value: Decimal, parts: tuple[_Part, ...], date_1904: bool) -> str | None:
    """The date or time, None where the number is none."""
    if not 0 <= value < 2_958_466:  # the last day that a spreadsheet knows is 9999-12-31
        return None
    fraction = any(p.kind == "slot" for p in parts)
    seconds = value * 86400
    seconds = seconds.quantize(Decimal("0.001") if fraction else Decimal(1), ROUND_HALF_UP)
    base = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)
    at = base + timedelta(milliseconds=int(seconds * 1000))
    twelve = any(p.kind == "half" for p in parts)
    out = []
    for i, part in enumerate(parts):
        if part.kind == "date":
            out.append(_field(part.text, at, parts, i, twelve=twelve))
        elif part.kind == "half":
            out.append(
                ("上午" if at.hour < 12 else "下午") if part.text == "上午/下午" else "AM" if at.hour < 12 else "PM"
            )
        elif part.kind == "bracket" and _ELAPSED.match(part.text):
            unit = {"h": 3600, "m": 60, "s": 1}[part.text[0].lower()]
            out.append(str(int(seconds // unit)).rjust(len(part.text), "0"))
        elif part.kind == "slot" and i and parts[i - 1].kind == "dot":
            out.append(f"{at.microsecond:06d}"[: len(part.text)])
        elif part.kind != "bracket":
            out.append(part.text)
    return "".join(out).strip()


def _field(code: str, at: datetime, parts: tuple[_Part, ...], index: int, *, twelve: bool) -> str:
    kind, size = code[0].lower(), len(code)
    if kind == "y":
        return f"{at.year:04d}" if size > 2 else f"{at.year % 100:02d}"
    if kind == "m" and size <= 2 and _is_minute(parts, index):
        return f"{at.minute:0{size}d}"
    if kind == "m":
        return (
            _MONTHS[at.month - 1]
            if size == 4
            else _MONTHS[at.month - 1][:3]
            if size == 3
            else _MONTHS[at.month - 1][:1]
            if size > 4
            else f"{at.month:0{size}d}"
        )
    if kind == "d":
        return _DAYS[at.weekday()] if size > 3 else _DAYS[at.weekday()][:3] if size == 3 else f"{at.day:0{size}d}"
    hour = (at.hour % 12 or 12) if twelve else at.hour
    return f"{hour if kind == 'h' else at.second:0{min(size, 2)}d}"


def _is_minute(parts: tuple[_Part, ...], index: int) -> bool:
    """Whether an m is of minutes: right behind hours, or right before seconds."""

    def neighbour(numbers: range) -> str:
        for i in numbers:
            part = parts[i]
            if part.kind == "date" or (part.kind == "bracket" and _ELAPSED.match(part.text)):
                return part.text[0].lower()
        return ""

    return neighbour(range(index - 1, -1, -1)) == "h" or neighbour(range(index + 1, len(parts))) == "s"
