"""A weight file in the default model's format with a few pieces and random weights, and an independent BERT."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casekit.embed.q4 import Q4File

HIDDEN, LAYERS, HEADS, WIDE, POSITIONS = 64, 2, 4, 128, 512
EPSILON = 1e-12
PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "q",
    "u",
    "e",
    "r",
    "y",
    ":",
    "门",
    "店",
    "书",
    "▁书",
    "书店",
    "a",
    "▁a",
)
SCORES = (0.0, 0.0, 0.0, 0.0, -2.0, *[-5.0 - 0.1 * i for i in range(8)], -6.0, -3.5, -7.0, -4.0, -3.0)

Doubles = npt.NDArray[np.float64]


def write_weights(path: Path, *, seed: int = 1) -> None:
    """The file, as q4.py's docstring describes it."""
    rng = np.random.default_rng(seed)
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *[len(piece.encode()) for piece in PIECES]]).astype("<u4")
    counts = (HIDDEN, LAYERS, HEADS, WIDE, len(PIECES), POSITIONS, 2)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *counts, EPSILON, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + ends.tobytes()
    head += np.array(SCORES, dtype="<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF01, 1, 0x21)
    tensors: dict[str, tuple[int, int, bytes]] = {}

    def floats(name: str, n: int, *, around: float = 0.0) -> None:
        tensors[name] = (0, n, (around + 0.1 * rng.normal(size=n)).astype("<f4").tobytes())

    def blocks(name: str, n: int) -> None:
        scales = np.abs(0.02 * rng.normal(size=n // 32)).astype("<f2")
        nibbles = rng.integers(0, 256, size=(n // 32, 16), dtype=np.uint8)
        tensors[name] = (1, n, b"".join(s.tobytes() + q.tobytes() for s, q in zip(scales, nibbles, strict=True)))

    blocks("emb.word", len(PIECES) * HIDDEN)
    floats("emb.pos", POSITIONS * HIDDEN)
    floats("emb.type", 2 * HIDDEN)
    floats("emb.ln.w", HIDDEN, around=1.0)
    floats("emb.ln.b", HIDDEN)
    for layer in range(LAYERS):
        for name, rows, columns in (
            ("q", HIDDEN, HIDDEN),
            ("k", HIDDEN, HIDDEN),
            ("v", HIDDEN, HIDDEN),
            ("ao", HIDDEN, HIDDEN),
            ("fi", WIDE, HIDDEN),
            ("fo", HIDDEN, WIDE),
        ):
            blocks(f"l{layer}.{name}.w", rows * columns)
            floats(f"l{layer}.{name}.b", rows)
        for name in ("aln", "oln"):
            floats(f"l{layer}.{name}.w", HIDDEN, around=1.0)
            floats(f"l{layer}.{name}.b", HIDDEN)
    directory_bytes = 4 + sum(2 + len(name) + 21 for name in tensors)
    at = len(head) + directory_bytes
    directory = struct.pack("<i", len(tensors))
    for name, (dtype, n, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", dtype, n, at, len(data))
        at += len(data)
    path.write_bytes(head + directory + b"".join(data for _, _, data in tensors.values()))


def slow_vector(model: Q4File, ids: list[int]) -> Doubles:
    """The unit sentence vector of `ids` in float64, written down from the papers without regard to speed."""

    def vector(name: str) -> Doubles:
        return model.vector(name).astype(np.float64)

    def matrix(name: str, columns: int) -> Doubles:
        return model.matrix(name, columns).astype(np.float64)

    def norm(rows: Doubles, name: str) -> Doubles:
        mean, variance = rows.mean(axis=1, keepdims=True), rows.var(axis=1, keepdims=True)
        return np.asarray((rows - mean) / np.sqrt(variance + EPSILON) * vector(f"{name}.w") + vector(f"{name}.b"))

    def dense(rows: Doubles, name: str) -> Doubles:
        return np.asarray(rows @ matrix(f"{name}.w", rows.shape[1]).T + vector(f"{name}.b"))

    rows = matrix("emb.word", HIDDEN)[ids] + matrix("emb.pos", HIDDEN)[: len(ids)] + matrix("emb.type", HIDDEN)[0]
    rows = norm(rows, "emb.ln")
    width = HIDDEN // HEADS
    for layer in range(LAYERS):
        query, key, value = (dense(rows, f"l{layer}.{name}") for name in "qkv")
        mixed = np.zeros_like(rows)
        for head in range(HEADS):
            part = slice(head * width, (head + 1) * width)
            for i in range(len(ids)):
                weights = [math.exp(float(query[i, part] @ key[j, part]) / math.sqrt(width)) for j in range(len(ids))]
                total = sum(weights)
                for j, weight in enumerate(weights):
                    mixed[i, part] += weight / total * value[j, part]
        rows = norm(rows + dense(mixed, f"l{layer}.ao"), f"l{layer}.aln")
        wide = dense(rows, f"l{layer}.fi")
        wide = np.vectorize(lambda x: 0.5 * x * (1 + math.erf(x / math.sqrt(2))))(wide)
        rows = norm(rows + dense(wide, f"l{layer}.fo"), f"l{layer}.oln")
    mean = rows.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))
