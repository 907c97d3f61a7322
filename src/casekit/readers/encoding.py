"""Bytes to characters: which encoding a Chinese text is in, and whether the characters make sense.

A wrong decoding is worse than none, since its characters would be indexed and quoted. So strict UTF-8 comes first, then
GB18030 and Big5 compete by how much their result looks like Chinese, and a text that only makes sense when it is encoded
back (mojibake: UTF-8 once read as GBK or Latin-1 and saved again) is refused with the reason.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from casekit.errors import SourceError
from casekit.language import say
from casekit.receipt import Receipt, tallies

__all__ = ["Decoded", "check_characters", "decode_text", "looks_chinese"]

_SAMPLE = 200_000
"""Characters that are judged: enough for stable shares, cheap for long books (cut at both ends and the middle)."""

_COMMON = frozenset(
    "的一是不了人在有我他这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没"
    "成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已"
    "其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加"
    "电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民"
    "岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢业市产品企商服务销售店户网络数据消费合同建设"
    "這個們來時為說國過還後會從對於學沒開樣現經長兒愛給間兩進話與見問點幾實聲車機氣別書體卻電門聽東處記應場報關張認萬邊風師數業產務網"
    "營銷費設讓將區員頭發當無種動歡麼裡當，。、：；！？「」『』“”《》（）"
)
"""Function words and everyday characters of both scripts (any list of the most frequent characters does; written down from
general knowledge of Chinese, not counted in any corpus)."""

_ARTEFACTS = re.compile("锟斤拷|锘匡拷|烫烫烫|屯屯屯")
_LATIN_PAIR = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"RIFF",
          b"\xfd7zXZ", b"SQLite format 3", b"ID3", b"OggS", b"II*\x00", b"MM\x00*", b"BM\xf6")  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "utf-8", "us-ascii": "utf-8",
    "utf8": "utf-8", "utf-8": "utf-8", "windows-1252": "cp1252",
}  # fmt: skip
_REPAIRS = (
    ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("gb18030", "utf-8"), ("big5hkscs", "utf-8"), ("latin-1", "gb18030"), ("cp1252", "gb18030"),
    ("latin-1", "big5hkscs"), ("gb18030", "big5hkscs"), ("big5hkscs", "gb18030"), ("shift_jis", "gb18030"), ("shift_jis", "utf-8"),
    ("cp949", "gb18030"),
)  # fmt: skip
# A text of ordinary Chinese scores 1.3-1.9 here, one decoded wrongly below 0.5 (tried on invented texts of both scripts in
# both wrong directions; tests/unit/test_readers_encoding.py repeats the trial). The gap is wide; the floor lies in it.
_PLAUSIBLE = 0.8
_BROKEN_SHARE = 0.01
"""More unreadable characters than this share, and a text is refused; fewer are a warning. One in a hundred is about two a
passage: quoting would no longer be safe."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters of a file, without a byte-order mark, and how they were found.

    `repaired` are the codes of what was put right (`casekit.receipt`).
    """

    text: str
    encoding: str
    warnings: tuple[str, ...]
    repaired: tuple[str, ...] = ()

    @property
    def receipt(self) -> Receipt:
        """What decoding has to say for the receipt."""
        return Receipt(repaired=self.repaired, skipped=tallies({"character": self.text.count("\ufffd")}))


def decode_text(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The characters of `data`, newlines untouched.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        declared: An encoding that the file itself names (a meta tag, a MIME header); believed only if it fits.

    Raises:
        SourceError: If the bytes are empty, binary, truncated inside a character, in no encoding that makes sense, or if
            the characters are mojibake.

    Examples:
        >>> decode_text("会员数字化，门店也一样。".encode("gb18030"), name="a.txt").encoding
        'gb18030'
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise SourceError(
            say(
                f"{name}：文件是空的；请检查是否保存完整",
                f"{name}: the file is empty; check whether it was saved completely",
            )
        )
    decoded = _decode(data, name, _codec(declared))
    if not decoded.text.strip("\ufeff \t\r\n\u3000\u00a0\u200b"):
        raise SourceError(
            say(
                f"{name}：文件里没有文字；请检查是否保存完整",
                f"{name}: the file holds no text; check whether it was saved completely",
            )
        )
    repaired = []
    if _codec(declared) not in (None, decoded.encoding):
        repaired.append("declared-encoding")
    if decoded.encoding == "gb18030" and "€" in decoded.text and b"\x80" in data:
        repaired.append("windows-code-page")
    if "\ufffd" in decoded.text:
        repaired.append("unreadable")
    warnings = decoded.warnings + check_characters(decoded.text, name=name)
    return Decoded(decoded.text, decoded.encoding, warnings, tuple(repaired))


def _codec(declared: str | None) -> str | None:
    """The Python codec that a declared charset means in practice, None if there is none such."""
    wanted = (declared or "").strip().strip("\"'").lower()
    if not wanted:
        return None
    if wanted in _ALIASES:
        return _ALIASES[wanted]
    try:
        return codecs.lookup(wanted).name
    except LookupError:
        return None


def _decode(data: bytes, name: str, declared: str | None) -> Decoded:
    for bom, codec, label in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data.decode(codec), label, ())
            except UnicodeDecodeError as error:
                raise _truncated_or_broken(name, label, error, len(data)) from error
    if data.startswith(_MAGIC):
        raise _binary(name)
    nul_share = data[:65536].count(0) / min(len(data), 65536)
    if nul_share:
        wide = _wide(data)
        if wide is not None:
            return wide
        # a stray NUL or two happens in text saved by old tools; a thousandth and more is a binary file
        if nul_share > 0.001 or _control_share(data) > 0.01:
            raise _binary(name)
    if _control_share(data) > 0.02:
        raise _binary(name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError as error:
        utf8_error = error
    return _compete(data, name, declared, utf8_error)


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark, if that reads as text."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        sample = _sample(text)
        ascii_share = sum(" " <= c <= "~" or c in "\r\n\t" for c in sample) / len(sample)
        if ascii_share > 0.7 or looks_chinese(sample) > _PLAUSIBLE:
            return Decoded(text, codec, ())
    return None


def _control_share(data: bytes) -> float:
    head = data[:65536]
    return sum(head.count(code) for code in range(32) if code not in (0, 9, 10, 12, 13, 27)) / len(head)


def _compete(data: bytes, name: str, declared: str | None, utf8_error: UnicodeDecodeError) -> Decoded:
    """The best of the encodings that are no clean UTF-8."""
    candidates: list[tuple[float, str, str]] = []
    lossy = data.decode("utf-8", "replace")
    broken = lossy.count("\ufffd")
    multibyte = sum(c > "\x7f" for c in lossy) - broken
    if utf8_error.end == len(data) and utf8_error.reason == "unexpected end of data" and multibyte > 4 * broken:
        raise _truncated_or_broken(name, "utf-8", utf8_error, len(data))
    if multibyte > 20 * broken:
        return Decoded(lossy, "utf-8", ())  # check_characters counts and reports the broken ones
    for codec in ("gb18030", "big5hkscs", "cp950"):
        text = data.decode(codec, _WINDOWS if codec == "gb18030" else "replace")
        bad = text.count("\ufffd")
        sample = _sample(text)
        score = looks_chinese(sample) - 20 * bad / max(1, sum(c > "\x7f" for c in text))
        if declared == codec or (declared == "big5hkscs" and codec == "cp950"):
            score += 0.1  # a tie-break only: declarations are often wrong
        candidates.append((score, codec, text))
    western = _western(data)
    if western is not None:
        candidates.append((1.0, "cp1252", western))
    score, codec, text = max(candidates, key=lambda item: item[0])
    if score < _PLAUSIBLE and declared not in (None, "utf-8", "gb18030", "big5hkscs", "cp1252"):
        try:
            return Decoded(data.decode(declared), declared, ())
        except UnicodeDecodeError:
            pass
    if score < _PLAUSIBLE / 2:
        raise SourceError(
            say(
                f"{name}：认不出文字编码（试过 UTF-8、GB18030、Big5），或者不是文字文件；请在编辑器里另存为 UTF-8 再添加",
                f"{name}: unknown text encoding (tried UTF-8, GB18030, Big5), or no text file; save it as UTF-8 and add it again",
            )
        )
    if text.endswith("\ufffd") and text.count("\ufffd") == 1 and codec != "cp1252":
        raise _truncated_or_broken(name, codec, None, len(data))
    return Decoded(text, codec, ())


def _euro(error: UnicodeError) -> tuple[str, int]:
    """The character for a byte that GB 18030 does not know: Windows' code page 936 has the euro at 80."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return ("€" if error.object[error.start] == 0x80 else "\ufffd"), error.start + 1


_WINDOWS = "casekit-cp936"
codecs.register_error(_WINDOWS, _euro)


def _western(data: bytes) -> str | None:
    """Windows-1252 text: mostly ASCII letters, with single high bytes among them."""
    head = data[:65536]
    runs = re.findall(rb"[\x80-\xff]+", head)
    letters = len(re.findall(rb"[A-Za-z ]", head))
    # in a Chinese double-byte text high bytes come in pairs and rows; in English they are lone quotes and accents
    if letters < 0.6 * len(head) or sum(len(run) == 1 for run in runs) < 0.8 * len(runs):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third = _SAMPLE // 3
    middle = len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]


def looks_chinese(text: str) -> float:
    """How much the characters beyond ASCII look like Chinese prose: about 1.5 for real text, under 0.5 for a wrong decoding.

    The share of everyday characters (times two, at most 1) plus the share of those in the first planes of GB 2312 or Big5,
    less five times the share of private-use, replacement and unassigned ones. 0 if the text holds none beyond ASCII.

    Examples:
        >>> looks_chinese("步步高的会员数字化") > looks_chinese("姝ユ楂樼殑浼氬憳")
        True
    """
    counts = Counter(c for c in text if c > "\x7f")
    total = sum(counts.values())
    if not total:
        return 0.0
    common = known = odd = 0
    for char, times in counts.items():
        if char in _COMMON:
            common += times
        if _first_plane(char):
            known += times
        elif _odd(char):
            odd += times
    return min(1.0, 2 * common / total) + known / total - 5 * odd / total


def _first_plane(char: str) -> bool:
    """Whether a standard's common plane holds the character (GB 2312 level 1 and symbols, Big5 level 1 and symbols)."""
    try:
        raw = char.encode("gb2312")
        if len(raw) == 2 and (0xB0 <= raw[0] <= 0xD7 or raw[0] in (0xA1, 0xA3)):
            return True
    except UnicodeEncodeError:
        pass
    try:
        raw = char.encode("big5")
    except UnicodeEncodeError:
        return char in "\u3000“”‘’—…·–•×℃"
    return len(raw) == 2 and (0xA4 <= raw[0] <= 0xC6 or raw[0] in (0xA1, 0xA2))


def _odd(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char == "\ufffd" or "\x80" <= char <= "\x9f" or char >= "\U000f0000"


def check_characters(text: str, *, name: str) -> tuple[str, ...]:
    """Warnings about broken characters in a text that is otherwise fine.

    Raises:
        SourceError: If the text as a whole, or too much of it, is mojibake.
    """
    sample = _sample(text)
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
    if score > _PLAUSIBLE + 0.2 and score > now + 0.5:
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


def _binary(name: str) -> SourceError:
    return SourceError(
        say(
            f"{name}：是二进制文件，不是文字；可读的格式见 casekit add --help",
            f"{name}: a binary file, no text; casekit add --help lists the formats it reads",
        )
    )


def _truncated_or_broken(name: str, codec: str, error: UnicodeDecodeError | None, size: int) -> SourceError:
    if error is None or error.end >= size - 1:
        return SourceError(
            say(
                f"{name}：文件在一个字的中间断了（{codec}），没有传完或存完；请重新下载后再添加",
                f"{name}: the file ends inside a character ({codec}), it is truncated; download it again",
            )
        )
    return SourceError(
        say(
            f"{name}：有 {codec} 的标记，但第 {error.start} 字节起不是 {codec}；请在编辑器里另存为 UTF-8 再添加",
            f"{name}: marked as {codec}, but byte {error.start} is not; save it as UTF-8 and add it again",
        )
    )
