"""A BERT in numpy: the same weights and vectors as torch, ready in a tenth of a second.

For queries and for a handful of passages; long lists go through sentence-transformers. It reads the files of an
ordinary sentence-transformers folder (`config.json`, `model.safetensors`) and maps the weights instead of loading them.

References:
    Devlin et al., "BERT", NAACL 2019. Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26 (erf).
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from casekit.types import Floats1d, Floats2d

__all__ = ["LightBert"]

# Tokens worked on together: large enough that matrix products are efficient, small enough that the widest
# intermediate (tokens x 1536 x float32) stays near 25 MB.
_TOKENS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class _Dense:
    weight: Floats2d
    bias: Floats1d

    def __call__(self, rows: Floats2d) -> Floats2d:
        out: Floats2d = rows @ self.weight.T
        out += self.bias
        return out


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Floats1d
    bias: Floats1d
    epsilon: float

    def __call__(self, rows: Floats2d) -> Floats2d:
        rows = rows - rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1]
        rows /= np.sqrt(variance + self.epsilon)
        rows *= self.weight
        rows += self.bias
        return rows


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

    def encode(self, token_ids: Sequence[Sequence[int]]) -> Floats2d:
        """Unit rows, float32, shape (len(token_ids), dim); each text's ids include the start and end tokens."""
        rows = np.zeros((len(token_ids), self.dim), dtype=np.float32)
        first = 0
        while first < len(token_ids):
            last, tokens = first, 0
            while last < len(token_ids) and (last == first or tokens + len(token_ids[last]) <= _TOKENS_AT_ONCE):
                tokens += len(token_ids[last])
                last += 1
            rows[first:last] = self._forward(token_ids[first:last])
            first = last
        return rows

    def _forward(self, texts: Sequence[Sequence[int]]) -> Floats2d:
        """One pass over the texts laid end to end: no padding, attention inside each text only."""
        ids = np.concatenate([np.asarray(text, dtype=np.int64) for text in texts])
        places = np.concatenate([np.arange(len(text)) for text in texts])
        ends = np.cumsum([len(text) for text in texts]).tolist()
        spans = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
        rows = self._norm(self._words[ids] + self._positions[places] + self._type)
        for layer in self._layers:
            attended = self._attend(layer, rows, spans)
            rows = layer.attended_norm(rows + layer.attended(attended))
            rows = layer.norm(rows + layer.narrow(_gelu(layer.widen(rows))))
        pooled = np.stack([rows[span].mean(axis=0) for span in spans])
        pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled, dtype=np.float32)

    def _attend(self, layer: _Layer, rows: Floats2d, spans: Sequence[slice]) -> Floats2d:
        heads, width = self._heads, self.dim // self._heads
        # (tokens, dim) -> (heads, tokens, width)
        query = layer.query(rows).reshape(-1, heads, width).transpose(1, 0, 2)
        key = layer.key(rows).reshape(-1, heads, width).transpose(1, 2, 0)
        value = layer.value(rows).reshape(-1, heads, width).transpose(1, 0, 2)
        query = query * np.float32(1.0 / math.sqrt(width))
        out = np.empty_like(rows)
        for span in spans:
            weights = query[:, span] @ key[:, :, span]
            weights -= weights.max(axis=2, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=2, keepdims=True)
            out[span] = (weights @ value[:, span]).transpose(1, 0, 2).reshape(-1, self.dim)
        return out


def _gelu(x: Floats2d) -> Floats2d:
    """x * Phi(x), with erf to 1.5e-7 (Abramowitz and Stegun 7.1.26), element by element, float32."""
    z = np.abs(x)
    z *= np.float32(1.0 / math.sqrt(2.0))
    t = np.float32(1.0) / (np.float32(1.0) + np.float32(0.3275911) * z)
    poly = np.float32(1.061405429) * t
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        poly += np.float32(coefficient)
        poly *= t
    np.multiply(z, z, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    poly *= z  # erfc(|x| / sqrt 2)
    poly *= np.float32(0.5)
    # Phi(x) is 1 - erfc/2 on the right, erfc/2 on the left
    np.subtract(np.float32(1.0), poly, out=poly, where=x > 0)
    poly *= x
    return poly


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
