"""Characters that make no sense: text that was read in a wrong encoding and saved again (mojibake), whole or in places."""

from __future__ import annotations

import re

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.plausibility import PLAUSIBLE, looks_chinese, sample_of

__all__ = ["check_characters"]

_ARTEFACTS = re.compile("锟斤拷|锘匡拷|烫烫烫|屯屯屯")
_LATIN_PAIR = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_REPAIRS = (
    ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("gb18030", "utf-8"), ("big5hkscs", "utf-8"), ("latin-1", "gb18030"), ("cp1252", "gb18030"),
    ("latin-1", "big5hkscs"), ("gb18030", "big5hkscs"), ("big5hkscs", "gb18030"), ("shift_jis", "gb18030"), ("shift_jis", "utf-8"),
    ("cp949", "gb18030"),
)  # fmt: skip
_BROKEN_SHARE = 0.01
"""More unreadable characters than this share, and a text is refused; fewer are a warning. One in a hundred is about two a
passage: quoting would no longer be safe."""


def check_characters(text: str, *, name: str) -> tuple[str, ...]:
    """Warnings about broken characters in a text that is otherwise fine.

    Raises:
        SourceError: If the text as a whole, or too much of it, is mojibake.
    """
    sample = sample_of(text)
    lines = [line for line in sample.splitlines() if line.strip()]
    _refuse_mojibake(sample, name)
    visible = max(1, sum(not c.isspace() for c in sample))
    replaced = sample.count("\ufffd")
    artefacts = sum(len(found) for found in _ARTEFACTS.findall(sample))
    private = sum("\ue000" <= c <= "\uf8ff" for c in sample)
    garbled = [line for line in lines if _garbled_line(line)]
    garbled_chars = sum(len(line) for line in garbled)
    lost = sum(len(found) for found in re.findall(r"\?{4,}", sample))
    broken = replaced + artefacts + private + garbled_chars
    if (broken > _BROKEN_SHARE * visible and broken > 3) or lost > 0.2 * visible:
        shown = _example(sample, garbled)
        raise SourceError(
            say(
                f"{name}：乱码太多（{broken + lost} 个字符，例如“{shown}”），没有收录；请重新下载，或在编辑器里用正确的编码打开后另存为 UTF-8",
                f"{name}: too many garbled characters ({broken + lost}, such as “{shown}”), not added; download it again, or open it "
                "with the right encoding and save it as UTF-8",
            )
        )
    if broken:
        shown = _example(sample, garbled)
        return (
            say(
                f"{name}：有 {broken} 个乱码字符（例如“{shown}”），其余正常；这几处引用时请对照原文",
                f"{name}: {broken} garbled characters (such as “{shown}”), the rest is fine; check these places against the original",
            ),
        )
    return ()


def _refuse_mojibake(sample: str, name: str) -> None:
    """Raise if the whole text only makes sense when it is encoded back and decoded otherwise."""
    beyond = sum(c > "\x7f" for c in sample)
    if beyond < 6 or beyond < 0.02 * len(sample):
        return
    now = looks_chinese(sample)
    if now >= 1.0:
        return
    best = max(
        ((_repaired(sample, wrong, right), wrong, right) for wrong, right in _REPAIRS), key=lambda item: item[0][0]
    )
    (score, repaired), wrong, right = best
    # repaired text must be clearly Chinese and clearly better than what we have: rare-character texts (names of places,
    # plants) score low but do not turn into Chinese by being decoded otherwise
    if score > PLAUSIBLE + 0.2 and score > now + 0.5:
        shown, meant = (" ".join(one[:80].split())[:12] for one in (sample.strip(), repaired.strip()))
        raise SourceError(
            say(
                f"{name}：全文是乱码（“{shown}”像是把 {right} 的“{meant}”当作 {wrong} 存成的），没有收录；请用原始文件，或改正编码后另存为 UTF-8",
                f"{name}: the text is mojibake (“{shown}” looks like {right} “{meant}” once read as {wrong}), not added; use the original "
                "file, or correct the encoding and save it as UTF-8",
            )
        )


def _repaired(text: str, wrong: str, right: str) -> tuple[float, str]:
    raw = text.encode(wrong, "ignore") if wrong != "cp1252" else _cp1252_bytes(text)
    fixed = raw.decode(right, "replace")
    beyond = max(1, sum(c > "\x7f" for c in fixed))
    lost = sum(c > "\x7f" for c in text) - sum(c > "\x7f" for c in raw.decode(wrong, "ignore"))
    # characters that cannot be encoded back, and bytes that make no character, speak against this repair; a few of both are
    # usual in real mojibake (bytes got lost when it was saved)
    return looks_chinese(fixed.replace("\ufffd", "")) - fixed.count("\ufffd") / beyond - max(0, lost) / max(
        1, len(text)
    ), fixed


def _cp1252_bytes(text: str) -> bytes:
    """Windows-1252 with the five unassigned bytes as browsers treat them."""
    parts: list[bytes] = []
    for char in text:
        try:
            parts.append(char.encode("cp1252"))
        except UnicodeEncodeError:
            if "\x80" <= char <= "\x9f":
                parts.append(char.encode("latin-1"))
    return b"".join(parts)


def _garbled_line(line: str) -> bool:
    """Whether one line is mojibake: UTF-8 read as Latin-1 or GBK."""
    if len(_LATIN_PAIR.findall(line)) >= 2:
        try:
            _cp1252_bytes("".join(_LATIN_PAIR.findall(line)))
        except UnicodeError:
            return False
        fixed = _cp1252_bytes(line).decode("utf-8", "replace")
        return fixed.count("\ufffd") * 3 < len(_LATIN_PAIR.findall(line))
    beyond = [c for c in line if c > "\x7f"]
    if len(beyond) < 6 or looks_chinese(line) >= 1.0:
        return False
    return _repaired(line, "gb18030", "utf-8")[0] > 1.2


def _example(sample: str, garbled: list[str]) -> str:
    found = _ARTEFACTS.search(sample) or re.search("[\ufffd\ue000-\uf8ff]|\\?{4,}", sample)
    if garbled and not found:
        return " ".join(garbled[0].split())[:20]
    at = found.start() if found else 0
    return " ".join(sample[max(0, at - 6) : at + 6].split())
