"""The default model's tokenizer in plain Python: starts at once, cuts as the `tokenizers` library does.

`tokenizers` needs more than a CPU second and 300 MB to load 250,000 pieces; this needs a tenth of a second, which is
what a search in a new process can afford. `save_tokenizer` writes the same rules as a `tokenizer.json` for everybody
else; tests compare the two.

References:
    Kudo, "Subword Regularization", ACL 2018 (the Unigram model; the best path is found by Viterbi search).
    Unicode Standard Annex 15 (NFKC). The vocabulary is XLM-RoBERTa's (Conneau et al., ACL 2020).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from casekit.types import Floats1d

__all__ = ["Unigram", "save_tokenizer"]

# The model's own normaliser equals NFKC but for these (compared over every code point of its table): control
# characters vanish, odd spaces become a space, and the full-width tilde stays.
_GONE = "\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f"
_SPACE = "\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd"
_TILDE, _TILDE_KEPT = "\uff5e", "\ue000"  # a private character passes NFKC unchanged
_META = "\u2581"
_UNKNOWN_PENALTY = 10.0  # below the worst piece, as in SentencePiece and `tokenizers`

_gone = re.compile(f"[{_GONE}]")
_space = re.compile(f"[{_SPACE}]")
_spaces = re.compile(" {2,}")
_words = re.compile(f"{_META}[^{_META}]*")


class Unigram:
    """Cuts text into the pieces of a Unigram vocabulary with the highest total log probability."""

    def __init__(self, pieces: Sequence[str], scores: Floats1d, *, unknown: int) -> None:
        values = scores.tolist()
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        self._scores: list[float] = values
        self._unknown = unknown
        self._unknown_score = min(values) - _UNKNOWN_PENALTY
        self._longest = max(map(len, pieces))

    def encode(self, text: str) -> list[int]:
        """Piece ids of `text`, without the start and end tokens."""
        prepared = _normalize(text).replace(" ", _META)
        if not prepared.startswith(_META):
            prepared = _META + prepared
        ids: list[int] = []
        for word in _words.findall(prepared):
            ids.extend(self._cut(word))
        return ids

    def _cut(self, word: str) -> list[int]:
        ids, scores, longest, unknown = self._ids, self._scores, self._longest, self._unknown
        n = len(word)
        best = [float("-inf")] * (n + 1)
        piece = [unknown] * (n + 1)
        came = [0] * (n + 1)
        best[0] = 0.0
        for start in range(n):
            here = best[start]
            single = False
            for end in range(start + 1, min(n, start + longest) + 1):
                found = ids.get(word[start:end])
                if found is None:
                    continue
                if end == start + 1:
                    single = True
                score = here + scores[found]
                if score > best[end]:
                    best[end], piece[end], came[end] = score, found, start
            if not single and here + self._unknown_score > best[start + 1]:
                best[start + 1], piece[start + 1], came[start + 1] = here + self._unknown_score, unknown, start
        path = []
        at = n
        while at > 0:
            path.append(piece[at])
            at = came[at]
        path.reverse()
        # a run of unknown characters is one unknown token
        return path[:1] + [b for a, b in pairwise(path) if not (a == b == unknown)]


def _normalize(text: str) -> str:
    text = _space.sub(" ", _gone.sub("", text))
    text = unicodedata.normalize("NFKC", text.replace(_TILDE, _TILDE_KEPT)).replace(_TILDE_KEPT, _TILDE)
    return _spaces.sub(" ", text)


def save_tokenizer(
    path: Path, pieces: Sequence[str], scores: Floats1d, *, bos: int, eos: int, unknown: int, limit: int
) -> None:
    """Write the same rules as a `tokenizer.json` that the `tokenizers` and `transformers` libraries read.

    `limit` is the most tokens of a text, start and end included.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = list(zip(pieces, (float(score) for score in scores), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"[{_GONE}]"), ""),
            normalizers.Replace(Regex(f"[{_SPACE}]"), " "),
            normalizers.Replace(_TILDE, _TILDE_KEPT),
            normalizers.NFKC(),
            normalizers.Replace(_TILDE_KEPT, _TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_META, prepend_scheme="always", split=True)
    start, end = pieces[bos], pieces[eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}",
        pair=f"{start} $A {end} {end} $B {end}",
        special_tokens=[(start, bos), (end, eos)],
    )
    specials = [piece for piece in pieces if re.fullmatch(r"</?\w+>", piece) and piece in _SPECIALS]
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in specials])
    tokenizer.enable_truncation(limit)
    tokenizer.save(str(path))


_SPECIALS = frozenset({"<s>", "<pad>", "</s>", "<unk>", "<mask>"})
