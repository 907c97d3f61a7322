"""Characters of a reference: markup taken out, straight quotation marks turned, parts joined without doubled stops."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

__all__ = [
    "HAN",
    "close",
    "curl_quotes",
    "glue",
    "inner_quotes",
    "is_cjk",
    "is_numeric",
    "plain",
    "plain_lines",
    "strip_stops",
]

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|small|span)\b[^<>]*>", re.IGNORECASE)
_INNER = str.maketrans("“”‘’", "‘’“”")
_BREAKS = re.compile(r"[ ]*[\t\r\n\v\f\u2028\u2029]+[ ]*")
# CSL 1.0.2 §"is-numeric": numbers with letters before or after, joined by hyphens, commas or ampersands.
_NUMBER = r"[A-Za-z]{0,3}\d+[A-Za-z]{0,3}"
_NUMERIC = re.compile(rf"\s*{_NUMBER}(?:\s*[-–,&]\s*{_NUMBER})*\s*")
_OPENS_AFTER = " \u00a0\u2003\u3000([{（［《〈「『【“‘—–-/："


def plain(value: object) -> str:
    """`value` as one line without rich-text tags or character references; "" for None and other non-text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = _MARKUP.sub("", str(value))
    if "&" in text:
        text = html.unescape(text)
    return _BREAKS.sub(" ", text).strip(" \t\r\n")


def plain_lines(value: object) -> list[str]:
    """The lines of a note or abstract, empty ones left out; none for what is no text."""
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else []


def curl_quotes(text: str) -> str:
    """Straight quotation marks and apostrophes of running text as typographic ones (“ ” ‘ ’)."""
    if '"' not in text and "'" not in text:
        return text
    turned: list[str] = []
    for place, char in enumerate(text):
        if char not in "\"'":
            turned.append(char)
            continue
        before = turned[-1] if place else " "
        opens = before in _OPENS_AFTER and place + 1 < len(text) and not text[place + 1].isspace()
        if char == '"':
            # between two Chinese characters only the count tells whether a mark opens or closes
            if _CJK.match(before):
                opens = turned.count("“") == turned.count("”")
            turned.append("“" if opens else "”")
        else:
            # an elision ('80s) is an apostrophe, not an opening mark
            turned.append("‘" if opens and "'" in text[place + 1 :] else "’")
    return "".join(turned)


def is_cjk(text: str) -> bool:
    """Whether `text` holds a Chinese, Japanese or Korean character."""
    return _CJK.search(text) is not None


def is_numeric(text: str) -> bool:
    """Whether a volume or edition is a plain number (2, 3a, 1-3) rather than words (修订版, 第1册)."""
    return _NUMERIC.fullmatch(text) is not None


def strip_stops(text: str) -> str:
    """`text` without full stops, as GB/T 7714-2025 prints abbreviated serial titles (Hum Dev)."""
    return text.replace(".", "")


def glue(parts: Iterable[str], mark: str) -> str:
    """The non-empty parts joined by `mark`; a stop in `mark` is not doubled after an abbreviation (et al.)."""
    joined = ""
    for part in parts:
        if not part:
            continue
        if not joined:
            joined = part
        elif mark.startswith(".") and _ended(joined):
            joined += mark[1:] + part
        else:
            joined += mark + part
    return joined


def close(text: str) -> str:
    """`text` ending in a full stop, or in the question or exclamation mark that it has."""
    return text if _ended(text) else text + "."


def inner_quotes(text: str) -> str:
    """Text that is put between double quotation marks: those it holds become single ones (“a “b” c” → “a ‘b’ c”)."""
    return text.translate(_INNER)


def _ended(text: str) -> bool:
    """Whether a sentence mark closes the text, in either width, also inside closing quotation marks (“去哪儿？”)."""
    bare = text.rstrip("”’』」")
    return bool(bare) and (bare[-1] in "?!？！。…" or (bare == text and bare[-1] == "."))
