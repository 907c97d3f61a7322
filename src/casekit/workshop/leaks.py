"""The leak test: is any of the key in what participants get, in whatever wrapping?

Files are opened the way a curious participant would: zip members (Word, slides, notebooks in archives), PDF text, PNG and
gzip streams, base64 and hex runs, HTML and URL escapes, JSON strings; names count too. What is looked for is what only the
facilitator has: the words of keys, likely answers and board plan, the answers written out, and fast hashes of them.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import hashlib
import html
import io
import json
import re
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.answers import canonical
from casekit.workshop.editions import keys_of
from casekit.workshop.keys import Key
from casekit.workshop.markup import plain_of_md
from casekit.workshop.notebook import Notebook
from casekit.workshop.slides import DATA

__all__ = ["Leak", "Secrets", "find_leaks", "leaks_in", "secrets_of"]

# Letters in a row that no two texts share by chance in this field: of all runs of 14 letters in five articles on one topic
# none stands in two of them, but for names (re-count with fold.key_spans over a corpus before lowering it).
_RUN: Final = 14
# English words are longer: 40 letters are about eight words. A run of 14 counts only where most of it is Chinese.
_LONG_RUN, _HAN_IN_RUN = 40, 9
_DEPTH: Final = 4
_OTHER_ENCODINGS: Final = 500_000  # bytes; texts are smaller, and what is larger and no UTF-8 is a picture or a font
_LARGEST: Final = 50_000_000  # bytes; what is larger when unpacked is no workshop material
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX: Final = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
_PNG_TEXT: Final = re.compile(rb"(?:zTXt|iTXt|tEXt)")
_HIDDEN: Final = re.compile(r"<(style|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAGS: Final = re.compile(r"<[^<>]*>")
_MARKUP: Final = re.compile(r"\A[\ufeff\s]*<[?!a-zA-Z]")
_PAGE: Final = re.compile(r"<(?:!doctype html|html)", re.IGNORECASE)
_VALUE: Final = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Drawing and styling: numbers without end, and no words.
_DRAWN: Final = frozenset({"style", "class", "d", "points", "viewBox", "transform", "src"})
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_NAME: Final = re.compile(r"^### (.+)$", re.MULTILINE)
_OPTION: Final = re.compile(r"^- \*\*[A-Z]\*\* (.+)$", re.MULTILINE)
_EVIDENCE: Final = re.compile(r"E\d+")
_FIELDS: Final = re.compile(
    r"^(?:answers?|solutions?|keys?|correct|explanations?|misconceptions?|likely|答案|讲解)$", re.I
)
# Parts of the master that participants read anyway: a key may quote them.
_READING: Final = (
    "title",
    "about",
    "objectives",
    "agenda",
    "reading",
    "decision",
    "outcome",
    "evidence",
    "questions",
    "references",
)


@dataclass(frozen=True, slots=True)
class Leak:
    """Something of the key that stands in a file for participants: where, and what it looks like."""

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.file} · {self.where} · {self.what}"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be found, with the exercise or part it is of: runs of letters, answers written out, computed numbers (both
    as patterns), fast hashes of answers (their first 16 hex digits). `names` are the keys of what cases
    and options are called, which stand everywhere and so are passed over. `heads` are the first letters of the runs: most
    texts hold none of them and are done with after one look."""

    names: tuple[str, ...]
    runs: Mapping[str, str]
    heads: frozenset[str]
    answers: Mapping[str, re.Pattern[str]]
    numbers: Mapping[str, re.Pattern[str]]
    hashes: Mapping[str, str]


def secrets_of(master: Notebook) -> Secrets:
    """The secrets of a workshop: everything that only the facilitator has."""
    open_text = "\n".join(cell.source for cell in master.of_part(*_READING) if cell.for_participants)
    asked = "\n".join(cell.source for cell in master.of_part("exercise") if cell.for_participants)
    shown = {match_key(plain_of_md(m[1])) for m in (*_NAME.finditer(open_text), *_OPTION.finditer(asked))}
    shown |= {match_key(str(name)) for name in master.info.get("names") or ()}
    names = tuple(sorted(shown - {""}, key=lambda name: (-len(name), name)))
    known = _runs(match_key(plain_of_md(open_text)), names)
    runs: dict[str, str] = {}
    keys = keys_of(master)
    texts = [
        (key.id, line)
        for key in keys.values()
        for line in (*key.explanation, *key.reasons.values(), *key.likely, *key.misconceptions)
    ]
    for cell in master.cells:
        if not cell.for_participants and cell.kind != "raw":
            texts += [(cell.part or cell.id, line) for line in plain_of_md(cell.source).splitlines()]
    for where, line in texts:
        # numbers of evidence stand in every list of evidence
        for run in _runs(match_key(_EVIDENCE.sub(" ", line)), names) - known:
            runs.setdefault(run, where)
    answers = {key.id: pattern for key in keys.values() if (pattern := _written(key)) is not None}
    numbers = {key.id: pattern for key in keys.values() if (pattern := _computed(key)) is not None}
    hashes = {one: key.id for key in keys.values() for one in _hashes(key)}
    return Secrets(names, runs, frozenset(run[:_RUN] for run in runs), answers, numbers, hashes)


def _runs(key: str, names: tuple[str, ...]) -> set[str]:
    key = _nameless(key, names)
    short = {key[i : i + _RUN] for i in range(len(key) - _RUN + 1)}
    long = {key[i : i + _LONG_RUN] for i in range(len(key) - _LONG_RUN + 1)}
    return {one for one in short if sum(char >= "\u2e80" for char in one) >= _HAN_IN_RUN} | long


def _nameless(key: str, names: tuple[str, ...]) -> str:
    for name in names:
        key = key.replace(name, "")
    return key


def _written(key: Key) -> re.Pattern[str] | None:
    """The answer written out in any of the usual ways: {"1": "C", "2": "A"}, 1-C 2-A, [B, D], CA, 答案：B."""
    gap = r"[^0-9A-Za-z\u4e00-\u9fff.]{1,12}"
    if isinstance(key.answer, Mapping):
        if len(key.answer) < 2:  # one letter after one number stands anywhere
            return None
        pairs = [rf"{re.escape(part)}{gap}{re.escape(value)}" for part, value in key.answer.items()]
        return re.compile(rf"(?<![0-9A-Za-z]){gap.join(pairs)}(?![0-9A-Za-z])")
    if key.answer and len(key.answer) > 1:
        listed = r"[\s\"',，、;；]{1,6}".join(map(re.escape, key.answer))
        together = "".join(map(re.escape, key.answer))
        return re.compile(
            rf"\[[\s\"']*{listed}[\s\"']*\]|(?:答案|answer|key|solution)\W{{0,8}}(?:{listed}|{together})(?!\w)", re.I
        )
    return None


def _computed(key: Key) -> re.Pattern[str] | None:
    """A number that is to be computed: a solution by itself."""
    if not isinstance(key.answer, Mapping):
        return None
    numbers = [re.escape(v) for part, v in key.answer.items() if part in key.decimals and "." in v]
    return re.compile(rf"(?<![\d.])(?:{'|'.join(numbers)})(?![\d.])") if numbers else None


def _hashes(key: Key) -> Iterator[str]:
    """Hashes that can be searched in no time: unsalted, or of the plain forms of an answer."""
    if key.form in ("essay", "open"):
        return
    answer = dict(key.answer) if isinstance(key.answer, Mapping) else list(key.answer)
    forms = {
        canonical("set" if key.form == "set" else "mapping", answer, key.parts, key.decimals) or "",
        key.told(),
        json.dumps(answer),
        str(answer),
    }
    if isinstance(answer, dict):
        forms |= {
            "".join(answer.values()),
            ",".join(answer.values()),
            *(f"{p}{v}" for p, v in answer.items()),
            *answer.values(),
        }
    else:
        forms |= {"".join(answer), ",".join(answer)}
    for form in forms - {""}:
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            # the first 16 hex digits: hashes are often cut
            yield hashlib.new(name, form.encode("utf-8"), usedforsecurity=False).hexdigest()[:16]


def find_leaks(folder: Path, secrets: Secrets, looked_at: Mapping[str, bytes] | None = None) -> list[Leak]:
    """Every leak in the files of a folder, and in their names, but for files that were looked at, by their names in it."""
    found: list[Leak] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if looked_at is None or looked_at.get(name) != data:
            found += leaks_in(name, data, secrets)
    return found


def leaks_in(name: str, data: bytes, secrets: Secrets) -> list[Leak]:
    """Every leak in one file, each kind once for a place."""
    for library in ("reveal.js", "reveal.css"):
        text = (DATA / "reveal" / library).read_text("utf-8")
        data = data.replace(text.encode("utf-8"), b"").replace(
            text.replace("</script", "<\\/script").encode("utf-8"), b""
        )
    found = dict.fromkeys(_look(name, say("文件名", "file name"), name, secrets))
    if name.endswith(".ipynb"):
        for field in suspicious_fields(data.decode("utf-8", "replace")):
            found[Leak(name, field, say("有这个名字的字段", "a field of this name"))] = None
    clean: set[str] = set()  # a document's strings are met again and again: by themselves, in their lists, unescaped
    for where, text in _texts(data, name, 0):
        if text not in clean:
            leaks = dict.fromkeys(_look(name, where, text, secrets))
            found |= leaks
            if not leaks:
                clean.add(text)
    return list(found)


def _look(file: str, where: str, text: str, secrets: Secrets) -> Iterator[Leak]:
    key = _nameless(match_key(text), secrets.names)
    seen: set[str] = set()
    for form in (key, key[::-1]):  # words written backwards are still there to be read
        if secrets.heads.isdisjoint([form[i : i + _RUN] for i in range(len(form) - _RUN + 1)]):
            continue
        for i in range(len(form) - _RUN + 1):
            owner = secrets.runs.get(form[i : i + _RUN]) or secrets.runs.get(form[i : i + _LONG_RUN])
            if owner is not None and owner not in seen:
                seen.add(owner)
                yield Leak(
                    file, where, say(f"有 {owner} 的主持人文字", f"holds words of {owner} that are the facilitator's")
                )
    plain = unicodedata.normalize("NFKC", text)
    for owner, pattern in secrets.answers.items():
        if pattern.search(plain):
            yield Leak(file, where, say(f"写出了 {owner} 的答案", f"spells out the answer of {owner}"))
    prose = _prose(plain)
    for owner, pattern in secrets.numbers.items():
        if pattern.search(prose):
            yield Leak(file, where, say(f"写出了 {owner} 的得数", f"spells out a result of {owner}"))
    if re.search(r"[0-9a-f]{16}", plain):
        for found in re.findall(r"(?<![0-9a-f])[0-9a-f]{16,128}(?![0-9a-f])", plain.lower()):
            owner = secrets.hashes.get(found[:16])
            if owner is not None:
                yield Leak(
                    file, where, say(f"有 {owner} 答案的快速哈希", f"holds a fast hash of the answer of {owner}")
                )


def _prose(text: str) -> str:
    """The words that people read: without tags, styles and scripts, and nothing of binary files (widths are numbers too)."""
    if text[:4] in ("%PDF", "PK\x03\x04") or "\x00" in text:
        return ""
    if not text.lstrip().startswith("<") and "<w:" not in text:
        return text
    return _TAGS.sub(" ", _HIDDEN.sub(" ", text))


def _texts(data: bytes, where: str, depth: int) -> Iterator[tuple[str, str]]:
    """The texts in a file: itself decoded, and what is wrapped in it, down to `_DEPTH` wrappings."""
    text = data.decode("utf-8", "replace")
    if _MARKUP.search(text[:200]):
        yield from _marked_up(text, where)
        if not _PAGE.search(text[:200]):
            text = _TAGS.sub("", text)
    yield where, text
    if "\ufffd" in text and len(data) <= _OTHER_ENCODINGS:
        for encoding in ("utf-16-le", "utf-16-be", "gb18030"):
            yield f"{where} ({encoding})", data.decode(encoding, "replace")
    elif b"\x00" in data[:200]:
        yield f"{where} (utf-16)", data.replace(b"\x00", b"").decode("utf-8", "replace")
    unescaped = html.unescape(urllib.parse.unquote(text))
    if "\\u" in text or "\\x" in text:
        unescaped += re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1] or m[2], 16)), text)
    if unescaped != text:
        yield f"{where} ({say('转义', 'escapes')})", unescaped
    if depth >= _DEPTH:
        return
    if text.lstrip()[:1] in ("{", "["):
        yield from _json(text, where)
    for inner, raw in _wrapped(data, where):
        yield from _texts(raw, inner, depth + 1)


def _marked_up(text: str, where: str) -> Iterator[tuple[str, str]]:
    """What stands in XML or HTML: its words as they are read, across the tags within a word; attributes and comments each by itself.

    Read as it is written, a document hides a word that changes its face halfway, and letters of its tags join those beside them.
    """
    yield where, html.unescape(_TAGS.sub("", _HIDDEN.sub("", _COMMENT.sub("", text))))
    for found in _COMMENT.finditer(text):
        yield f"{where} ({say('批注', 'comment')})", found[1]
    tags = "\n".join(_TAGS.findall(text))
    for value in dict.fromkeys(a or b for name, a, b in _VALUE.findall(tags) if name not in _DRAWN):
        if len(value) >= _RUN:
            yield f"{where} ({say('属性', 'attribute')})", html.unescape(value)


def _json(text: str, where: str) -> Iterator[tuple[str, str]]:
    """The strings of a JSON document, each list of strings also joined (a cell's source is a list of lines)."""
    try:
        data = json.loads(text)
    except ValueError:
        return
    stack: list[tuple[str, object]] = [("", data)]
    while stack:
        at, value = stack.pop()
        if isinstance(value, Mapping):
            stack += [(f"{at}/{key}", one) for key, one in value.items()]
            stack += [(f"{at}/", str(key)) for key in value]
            yield f"{where}{at}", json.dumps(value, ensure_ascii=False) if len(value) < 20 else ""
        elif isinstance(value, list):
            if value and all(isinstance(one, str) for one in value):
                yield f"{where}{at}", "".join(value)
            stack += [(f"{at}/{i}", one) for i, one in enumerate(value)]
        elif isinstance(value, str):
            yield f"{where}{at}", value


def _wrapped(data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """What is packed inside: archives (also behind other bytes), streams, base64, hex."""
    if b"PK\x03\x04" in data:
        yield from _members(data, where)
    if data[:2] == b"\x1f\x8b":
        with contextlib.suppress(OSError, EOFError, zlib.error):
            yield f"{where}!gzip", gzip.decompress(data)
    if data[:4] == b"%PDF":
        yield from _pdf(data, where)
    if data[:4] == b"\x89PNG":
        for match in _PNG_TEXT.finditer(data):
            length = int.from_bytes(data[match.start() - 4 : match.start()], "big")
            chunk = data[match.end() : match.end() + length]
            yield f"{where}!{match[0].decode()}", chunk
            packed = chunk.find(b"\x00\x00")
            if packed >= 0:
                with contextlib.suppress(zlib.error):
                    yield f"{where}!{match[0].decode()}", zlib.decompress(chunk[packed + 2 :])
    for match in _BASE64.finditer(data):
        raw = match[0].replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
        try:
            yield f"{where}!base64", base64.b64decode(raw + b"=" * (-len(raw) % 4))
        except (binascii.Error, ValueError):
            continue
    for match in _HEX.finditer(data):
        yield f"{where}!hex", bytes.fromhex(match[0].decode())


def _members(data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            yield f"{where}!{say('文件名', 'name')}", member.filename.encode("utf-8", "replace")
            if member.file_size > _LARGEST:
                continue
            with contextlib.suppress(zipfile.BadZipFile, RuntimeError, zlib.error, NotImplementedError, EOFError):
                yield f"{where}!{member.filename}", archive.read(member)


def _pdf(data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for i, page in enumerate(document):
            yield f"{where}!p{i + 1}", page.get_textpage().get_text_range().encode("utf-8", "replace")
        told = " ".join(str(value) for value in document.get_metadata_dict().values())
        yield f"{where}!metadata", told.encode("utf-8", "replace")
    finally:
        document.close()


def suspicious_fields(text: str) -> Iterator[str]:
    """The names of fields in a JSON document that a solution would go by."""
    for where, value in _json(text, ""):
        if where.endswith("/") and _FIELDS.match(value):
            yield f"{where}{value}"
