"""Bytes to characters: which encoding a Chinese text is in.

A wrong decoding is worse than none, since its characters would be indexed and quoted. So strict UTF-8 comes first, then
GB18030 and Big5 compete by how much their result looks like Chinese, and a text that only makes sense when it is encoded
back (mojibake: UTF-8 once read as GBK or Latin-1 and saved again) is refused with the reason.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.mojibake import check_characters
from casekit.readers.plausibility import PLAUSIBLE, looks_chinese, sample_of
from casekit.receipt import Receipt, tallies

__all__ = ["Decoded", "decode_text"]

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
        sample = sample_of(text)
        ascii_share = sum(" " <= c <= "~" or c in "\r\n\t" for c in sample) / len(sample)
        if ascii_share > 0.7 or looks_chinese(sample) > PLAUSIBLE:
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
        sample = sample_of(text)
        score = looks_chinese(sample) - 20 * bad / max(1, sum(c > "\x7f" for c in text))
        if declared == codec or (declared == "big5hkscs" and codec == "cp950"):
            score += 0.1  # a tie-break only: declarations are often wrong
        candidates.append((score, codec, text))
    western = _western(data)
    if western is not None:
        candidates.append((1.0, "cp1252", western))
    score, codec, text = max(candidates, key=lambda item: item[0])
    if score < PLAUSIBLE and declared not in (None, "utf-8", "gb18030", "big5hkscs", "cp1252"):
        try:
            return Decoded(data.decode(declared), declared, ())
        except UnicodeDecodeError:
            pass
    if score < PLAUSIBLE / 2:
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
