"""A BERT in numpy: the same weights and vectors as torch, ready in a tenth of a second and no slower.

It reads the files of an ordinary sentence-transformers folder (`config.json`, `model.safetensors`) and maps the weights
instead of loading them. Texts are laid end to end, so nothing is computed for padding, and batches run in threads of
their own (see threads.py).

References:
    Devlin et al., "BERT", NAACL 2019. Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26 (erf).
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from casekit.embed.encoder import Progress
from casekit.embed.threads import single_threaded_blas, usable_cores
from casekit.types import Floats1d, Floats2d

__all__ = ["LightBert"]

# Tokens worked on together: large enough that matrix products are efficient, small enough that the widest
# intermediate (tokens x 1536 x float32, 6 MB) stays near the caches. 512 to 4096 are within 5 % of each other.
_TOKENS_AT_ONCE = 1024
_GELU_BLOCK = 32768  # numbers; 4 blocks of 128 kB share a second-level cache
# erf(z) = 1 - (a1 t + … + a5 t^5) exp(-z^2), t = 1 / (1 + 0.3275911 z); here halved, and z = x / sqrt 2
_ERF_SCALE = np.float32(0.3275911 / math.sqrt(2.0))
_ERF = tuple(np.float32(a / 2) for a in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))


# Between the layers, a column is a token: shape (dim, tokens). The products then have the stored weights on the left,
# which the matrix library takes as they are; the other way round it is a third slower on a query's few tokens.


@dataclass(frozen=True, slots=True)
class _Dense:
    weight: Floats2d
    bias: Floats1d

    def __call__(self, columns: Floats2d) -> Floats2d:
        out: Floats2d = self.weight @ columns
        out += self.bias[:, None]
        return out


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Floats1d
    bias: Floats1d
    epsilon: float

    def __call__(self, columns: Floats2d) -> Floats2d:
        """`columns` itself, changed in place."""
        columns -= columns.mean(axis=0)
        variance = np.einsum("ij,ij->j", columns, columns) / np.float32(len(columns))
        columns *= np.float32(1.0) / np.sqrt(variance + np.float32(self.epsilon))
        columns *= self.weight[:, None]
        columns += self.bias[:, None]
        return columns


@dataclass(frozen=True, slots=True)
class _Layer:
    query: _Dense
    key: _Dense
    value: _Dense
    attended: _Dense
    attended_norm: _Norm
    widen: _Dense
    narrow: _Dense
    norm: _Norm


class LightBert:
    """Mean-pooled, unit-length sentence vectors of token ids."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tensors = _map_tensors(folder / "model.safetensors")
        self._heads = int(config["num_attention_heads"])
        self.dim = int(config["hidden_size"])
        epsilon = float(config["layer_norm_eps"])

        def dense(name: str) -> _Dense:
            return _Dense(tensors[f"{name}.weight"], tensors[f"{name}.bias"])

        def norm(name: str) -> _Norm:
            return _Norm(tensors[f"{name}.weight"], tensors[f"{name}.bias"], epsilon)

        self._words = tensors["embeddings.word_embeddings.weight"]
        self._positions = tensors["embeddings.position_embeddings.weight"]
        self._type = tensors["embeddings.token_type_embeddings.weight"][0]
        self._norm = norm("embeddings.LayerNorm")
        self._layers = [
            _Layer(
                query=dense(f"encoder.layer.{i}.attention.self.query"),
                key=dense(f"encoder.layer.{i}.attention.self.key"),
                value=dense(f"encoder.layer.{i}.attention.self.value"),
                attended=dense(f"encoder.layer.{i}.attention.output.dense"),
                attended_norm=norm(f"encoder.layer.{i}.attention.output.LayerNorm"),
                widen=dense(f"encoder.layer.{i}.intermediate.dense"),
                narrow=dense(f"encoder.layer.{i}.output.dense"),
                norm=norm(f"encoder.layer.{i}.output.LayerNorm"),
            )
            for i in range(int(config["num_hidden_layers"]))
        ]

    def encode(self, token_ids: Sequence[Sequence[int]], *, progress: Progress | None = None) -> Floats2d:
        """Unit rows, float32, shape (len(token_ids), dim); each text's ids include the start and end tokens."""
        rows = np.empty((len(token_ids), self.dim), dtype=np.float32)
        batches = _batches([len(text) for text in token_ids])
        workers = min(len(batches), usable_cores())
        with single_threaded_blas():
            if workers <= 1:
                for batch in batches:
                    rows[batch] = self._forward(token_ids[batch])
                    _report(progress, batch.stop)
                return rows
            with ThreadPoolExecutor(workers) as pool:
                parts = [pool.submit(self._forward, token_ids[batch]) for batch in batches]
                try:
                    for batch, part in zip(batches, parts, strict=True):
                        rows[batch] = part.result()
                        _report(progress, batch.stop)
                except BaseException:  # Ctrl-C, or a progress bar that failed: don't go on with the rest first
                    pool.shutdown(cancel_futures=True)
                    raise
        return rows

    def _forward(self, texts: Sequence[Sequence[int]]) -> Floats2d:
        """One pass over the texts laid end to end: no padding, attention inside each text only."""
        ids = np.concatenate([np.asarray(text, dtype=np.int64) for text in texts])
        places = np.concatenate([np.arange(len(text)) for text in texts])
        ends = np.cumsum([len(text) for text in texts]).tolist()
        spans = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
        embedded = self._words[ids] + self._positions[places] + self._type
        columns = self._norm(np.ascontiguousarray(embedded.T))
        for layer in self._layers:
            attended = layer.attended(self._attend(layer, columns, spans))
            attended += columns
            columns = layer.attended_norm(attended)
            narrow = layer.narrow(_gelu(layer.widen(columns)))
            narrow += columns
            columns = layer.norm(narrow)
        pooled = np.stack([columns[:, span].mean(axis=1) for span in spans])
        pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled, dtype=np.float32)

    def _attend(self, layer: _Layer, columns: Floats2d, spans: Sequence[slice]) -> Floats2d:
        shape = (self._heads, self.dim // self._heads, columns.shape[1])
        query = layer.query(columns)
        query *= np.float32(1.0 / math.sqrt(shape[1]))
        queries = query.reshape(shape).transpose(0, 2, 1)
        keys = layer.key(columns).reshape(shape)
        values = layer.value(columns).reshape(shape)
        out = np.empty(shape, dtype=np.float32)
        for span in spans:
            weights = queries[:, span] @ keys[:, :, span]  # (heads, tokens asking, tokens asked)
            weights -= weights.max(axis=2, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=2, keepdims=True)
            out[:, :, span] = values[:, :, span] @ weights.transpose(0, 2, 1)
        return out.reshape(self.dim, -1)


def _batches(lengths: Sequence[int]) -> list[slice]:
    """Neighbouring texts together, up to the number of tokens that are worked on at once."""
    batches: list[slice] = []
    first, tokens = 0, 0
    for i, length in enumerate(lengths):
        if i > first and tokens + length > _TOKENS_AT_ONCE:
            batches.append(slice(first, i))
            first, tokens = i, 0
        tokens += length
    if first < len(lengths):
        batches.append(slice(first, len(lengths)))
    return batches


def _report(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done)


def _gelu(columns: Floats2d) -> Floats2d:
    """x * Phi(x) in place, float32, within 5e-7: erf by Abramowitz and Stegun 7.1.26, block by block in the cache."""
    flat = columns.reshape(-1)
    scratch = np.empty((3, min(_GELU_BLOCK, flat.size)), dtype=np.float32)
    for first in range(0, flat.size, _GELU_BLOCK):
        x = flat[first : first + _GELU_BLOCK]
        size, t, tail = scratch[:, : x.size]
        np.abs(x, out=size)
        np.multiply(size, _ERF_SCALE, out=t)
        t += np.float32(1.0)
        np.reciprocal(t, out=t)
        np.multiply(t, _ERF[0], out=tail)
        for coefficient in _ERF[1:]:
            tail += coefficient
            tail *= t
        np.multiply(x, x, out=t)
        t *= np.float32(-0.5)
        np.exp(t, out=t)
        tail *= t  # 1 - Phi(|x|)
        # x Phi(x) = x / 2 + |x| (1/2 - tail), on either side of 0
        np.subtract(np.float32(0.5), tail, out=tail)
        tail *= size
        x *= np.float32(0.5)
        x += tail
    return columns


def _map_tensors(path: Path) -> dict[str, Floats2d]:
    """The float32 tensors of a safetensors file, mapped, not read: 8 bytes of header length, a JSON header, data."""
    with path.open("rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + header_bytes)
    tensors: dict[str, Floats2d] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        tensors[name] = np.asarray(data[start:end]).view("<f4").reshape(entry["shape"])
    return tensors
