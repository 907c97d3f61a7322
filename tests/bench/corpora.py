"""Large corpora made of drawn words, with an index of them and vectors that cost nothing: for measuring, never for quality.

Words are drawn by how common they are in the dictionary, so that a character stands in as many passages as in real texts; the
sentences mean nothing. The same number always makes the same corpus.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from casekit import index
from casekit.catalogue import Catalogue, Record
from casekit.embed import Encoder, model_identity
from casekit.embed.encoder import Progress
from casekit.fold import match_key
from casekit.index import Manifest, PassageRow, SourceRow
from casekit.index.layers import made_with
from casekit.index.packing import sentences_packed
from casekit.segment import split_sentences
from casekit.segment.dictionary import rows as dictionary_rows
from casekit.types import Cleaned, Floats2d, Mention, Metadata, Span
from casekit.workbench import Workbench
from casekit.workbench.corpus.planning import plan_build
from casekit.workspace import Workspace

__all__ = ["DIM", "FreeEncoder", "Text", "built", "queries", "texts", "vectors_of"]

DIM = 384
_PASSAGES = 10  # an article
_CHARS = 220  # a passage, about
_TRADES = ("超市", "茶饮", "书店", "服饰", "家居", "药房", "咖啡", "母婴")
_ENDS = ("有多少", "是什么", "怎么做", "为什么增长", "")


@dataclass(frozen=True, slots=True)
class Text:
    """An invented article: its id, title and paragraphs, each a passage; every paragraph begins with the firm's name."""

    id: str
    title: str
    firm: str
    paragraphs: tuple[str, ...]


@cache
def _words() -> tuple[Sequence[str], Sequence[int]]:
    """Words and their running totals."""
    words, counts, _ = dictionary_rows()
    kept = [(word, count) for word, count in zip(words, counts, strict=True) if count > 20 and len(word) < 5]
    totals = np.cumsum([count for _, count in kept]).tolist()
    return [word for word, _ in kept], totals


@cache
def _firms() -> Sequence[str]:
    chance = random.Random(2)
    characters = "岚澄棠屿穗桐澜柚栖禾砚汀蔚麓笙芷"
    names = {"".join(chance.sample(characters, 2)) + chance.choice(_TRADES) for _ in range(600)}
    return sorted(names)


def texts(passages: int, *, seed: int = 11) -> Iterator[Text]:
    """Articles of ten passages each."""
    words, totals = _words()
    for number in range(passages // _PASSAGES):
        chance = random.Random(seed * 1_000_003 + number)
        firm = chance.choice(_firms())
        paragraphs = []
        for _ in range(_PASSAGES):
            drawn = iter(chance.choices(words, cum_weights=totals, k=_CHARS))
            told, size = [], 0
            while size < _CHARS:
                sentence = "".join(next(drawn) for _ in range(chance.randint(5, 12)))
                told.append(sentence + chance.choice(("，", "。", "。")))
                size += len(told[-1])
            paragraphs.append(f"{firm}在{chance.randint(2012, 2025)}年{''.join(told)}")
        yield Text(f"doc{number:06d}", f"{firm}的{chance.choice(words)}", firm, tuple(paragraphs))


def queries(number: int, *, seed: int = 3) -> list[str]:
    """Questions of the same words: some name a firm, some ask for a number, some are keywords."""
    words, totals = _words()
    chance = random.Random(seed)
    asked = []
    for _ in range(number):
        firm = chance.choice(_firms()) if chance.random() < 0.4 else ""
        asked.append(firm + "".join(chance.choices(words, cum_weights=totals, k=4)) + chance.choice(_ENDS))
    return asked


def vectors_of(number: int, *, seed: int) -> Floats2d:
    """Unit rows in clusters of ten around one direction, as those of a text encoder are; float32, shape (number, DIM)."""
    rng = np.random.default_rng(seed)
    shared = 2.0 * rng.standard_normal(DIM, dtype=np.float32)
    centres = np.repeat(rng.standard_normal((-(-number // _PASSAGES), DIM), dtype=np.float32), _PASSAGES, axis=0)
    rows = shared + centres[:number] + 0.7 * rng.standard_normal((number, DIM), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows, dtype=np.float32)


@cache
def _pool() -> Floats2d:
    return vectors_of(4096, seed=99)


class FreeEncoder:
    """Vectors without any work: a text's comes from its digest alone."""

    name = "free"
    revision = "1"
    sha256 = hashlib.sha256(b"free").hexdigest()
    dim = DIM
    query_prefix = ""
    passage_prefix = ""

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        """Rows of a pool."""
        pool = _pool()
        return pool[[crc32(text.encode()) % len(pool) for text in texts]]

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Rows of a pool."""
        return self.encode_passages(texts)


def load_free(name: str) -> Encoder:
    """What a workbench loads instead of a model."""
    return FreeEncoder()


def built(folder: Path, passages: int) -> Workbench:
    """A workspace whose index holds so many passages: written straight into it, without the reading that a build does."""
    if not (folder / "casekit.toml").exists():
        Workbench.init(folder)
        settings = folder / "casekit.toml"
        text = settings.read_text("utf8").replace('name = "default"', 'name = "free"')
        settings.write_text(text.replace("tagger = true", "tagger = false"), "utf8")
        _fill(Workspace.open(folder), passages)
    return Workbench(folder, load=load_free)


def _cuts(title: str, paragraph: str, at: int) -> bytes:
    spans = split_sentences(paragraph)
    shift = len(title) + 1
    return sentences_packed([(s.start + at, s.end + at, s.start + shift, s.end + shift) for s in spans], at)


def _fill(workspace: Workspace, passages: int) -> None:
    vectors = vectors_of(passages, seed=5)
    records = []
    draft = index.begin(workspace, None)
    done = 0
    for text in texts(passages):
        body = f"{text.title}\n\n" + "\n\n".join(text.paragraphs) + "\n"
        digest = hashlib.sha256(body.encode()).hexdigest()
        records.append(
            Record(text.id, digest, f"sources/{text.id}.txt", len(body), csl={"title": text.title}, layer="")
        )
        cleaned = Cleaned((Span(0, len(body)),), (), (), (), Metadata(title=text.title, script="zh-Hans"))
        rows, at = [], len(text.title) + 2
        for paragraph in text.paragraphs:
            key = hashlib.sha256(paragraph.encode()).hexdigest()[:32]
            place = (text.id, at, at + len(paragraph))
            folded = f"{text.title}\n{paragraph}".replace("，", ",")
            rows.append(
                PassageRow(
                    0, *place, text.title, (), paragraph, folded, "zh-Hans", key, None, _cuts(text.title, paragraph, at)
                )
            )
            at += len(paragraph) + 2
        row = SourceRow(text.id, digest, "", "zh-Hans", body, match_key(body), cleaned)
        rows = draft.add_source(row, rows)
        draft.records.add_found(
            Mention(text.id, Span(one.start, one.start + len(text.firm)), text.firm, "company", text.firm, text.firm)
            for one in rows
        )
        draft.add_vectors("zh-Hans", [one.pid for one in rows], vectors[done : done + len(rows)])
        done += len(rows)
    catalogue = Catalogue(workspace.catalogue)
    catalogue.put(records)
    made = made_with(workspace)
    keys = plan_build(list(catalogue), {}, None, made).keys
    for record in records:
        source = draft.records.source(record.id)
        assert source is not None
        draft.records.add_source(
            SourceRow(
                source.id, source.sha256, keys[source.id], source.script, source.text, source.match_key, source.cleaned
            )
        )
    identity = asdict(model_identity(FreeEncoder()))
    settings = {"size_chars": workspace.settings.size_chars, "model": "free"}
    draft.commit(
        lambda name: Manifest(name, identity, layers=made, settings=settings, sources=len(records), passages=done)
    ).close()
