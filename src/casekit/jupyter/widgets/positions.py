"""First places for the nodes of an interactive picture, fast enough to draw before anybody waits.

`casekit.graph.place_nodes` finds room for every label, which takes seconds for 500 nodes; on a screen that can be zoomed
it is enough that the nodes themselves stay apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["place"]

_Floats = npt.NDArray[np.float32]
# Pixels between linked nodes: a label of four characters fits between them at the first zoom.
_EDGE: Final = 92.0
# Least distance of two nodes, wider than high because labels are: by looking at pictures of 20 to 500 nodes.
_ROOM: Final = np.array([74.0, 46.0], dtype=np.float32)
# Rounds: beyond these the pictures of the benchmark network (500 nodes, 2,000 links) no longer change to the eye.
_ROUNDS: Final = 90
# Large pictures come to rest in fewer rounds, and there each costs more.
_FEWER, _LARGE = 60, 300
_PUSHES: Final = 24
# The pull to the middle, stronger upwards and downwards: screens are wide.
_MIDDLE: Final = np.array([0.05, 0.08], dtype=np.float32)
# Nodes farther apart than so many links do not push each other: long chains would stretch the picture.
_REACH: Final = 3.5


def place(
    keys: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    *,
    known: Mapping[str, tuple[float, float]] | None = None,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """A place in pixels for every key, around (0, 0); the same for the same input.

    Args:
        keys: The nodes.
        pairs: The links; ends that are no key are passed over.
        known: Places that stay as they are; the others find room around them.
        seed: Of the start.

    References:
        T. M. J. Fruchterman, E. M. Reingold (1991). Graph drawing by force-directed placement. Software 21(11), 1129-1164.
    """
    count = len(keys)
    if not count:
        return {}
    at = {key: i for i, key in enumerate(keys)}
    links = np.array(
        sorted({(min(at[a], at[b]), max(at[a], at[b])) for a, b in pairs if a in at and b in at and a != b}),
        dtype=np.int64,
    ).reshape(-1, 2)
    if known is not None and any(key in known for key in keys):
        fixed = np.array([key in known for key in keys])
        spots = _start(count, seed)
        _start_beside(spots, keys, links, fixed, known)
        spots = _push_apart(_pull(spots, links, fixed), fixed)
    else:
        spots = _packed(count, links, seed)
    return {key: (round(float(x), 1), round(float(y), 1)) for key, (x, y) in zip(keys, spots, strict=True)}


def _packed(count: int, links: npt.NDArray[np.int64], seed: int) -> _Floats:
    """Every connected part by itself, the parts side by side in rows, the largest first; shape (count, 2)."""
    spots = np.zeros((count, 2), dtype=np.float32)
    boxes = []
    for members in _parts(count, links):
        place_of = np.full(count, -1)
        place_of[members] = np.arange(len(members))
        inner = place_of[links[np.isin(links[:, 0], members)]] if len(links) else links
        free = np.zeros(len(members), dtype=np.bool_)
        own = _push_apart(_pull(_start(len(members), seed), inner, free), free)
        low, high = own.min(axis=0) - _ROOM / 2, own.max(axis=0) + _ROOM / 2
        boxes.append((members, own - low, high - low))
    boxes.sort(key=lambda box: (-float(box[2][1]), int(box[0][0])))
    area = sum(float(size[0] * size[1]) for _, _, size in boxes)
    wide = max(max(float(size[0]) for _, _, size in boxes), (area * 1.7) ** 0.5)
    left = top = tall = 0.0
    for members, own, size in boxes:
        if left and left + float(size[0]) > wide:
            left, top, tall = 0.0, top + tall + _EDGE / 3, 0.0
        spots[members] = own + np.array([left, top], dtype=np.float32)
        left, tall = left + float(size[0]) + _EDGE / 3, max(tall, float(size[1]))
    middle: _Floats = spots - (spots.min(axis=0) + spots.max(axis=0)) / 2
    return middle


def _parts(count: int, links: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """The connected parts, as sorted arrays of members."""
    root = np.arange(count)
    while len(links):
        low = np.minimum(root[links[:, 0]], root[links[:, 1]])
        before = root.copy()
        np.minimum.at(root, links[:, 0], low)
        np.minimum.at(root, links[:, 1], low)
        root = root[root]
        if (root == before).all():
            break
    return [np.flatnonzero(root == name) for name in np.unique(root)]


def _start(count: int, seed: int) -> _Floats:
    """A sunflower with a little noise, so that no two nodes start at one place; shape (count, 2)."""
    steps = np.arange(count) + 0.5
    angle, far = steps * np.pi * (3 - 5**0.5), _EDGE * 0.7 * np.sqrt(steps)
    noise = np.random.default_rng(seed).normal(scale=2.0, size=(count, 2))
    spots = np.stack([1.35 * far * np.cos(angle), far * np.sin(angle)], axis=1) + noise
    return spots.astype(np.float32)


def _start_beside(
    spots: _Floats,
    keys: Sequence[str],
    links: npt.NDArray[np.int64],
    fixed: npt.NDArray[np.bool_],
    known: Mapping[str, tuple[float, float]],
) -> None:
    """Put the known nodes where they are and the new ones near the first known neighbour."""
    for i, key in enumerate(keys):
        if fixed[i]:
            spots[i] = known[key]
    beside: dict[int, int] = {}
    for a, b in links:
        for new, old in ((int(a), int(b)), (int(b), int(a))):
            if not fixed[new] and fixed[old]:
                beside.setdefault(new, old)
    for i, (new, old) in enumerate(sorted(beside.items())):
        angle = i * np.pi * (3 - 5**0.5)
        spots[new] = spots[old] + _EDGE * np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


def _pull(spots: _Floats, links: npt.NDArray[np.int64], fixed: npt.NDArray[np.bool_]) -> _Floats:
    """Linked nodes draw together, all others apart, in steps that grow smaller; shape (n, 2)."""
    count = len(spots)
    spots = spots.copy()
    a, b = (links[:, 0], links[:, 1]) if len(links) else (np.empty(0, np.int64), np.empty(0, np.int64))
    degree = np.bincount(links.ravel(), minlength=count).astype(np.float32)
    # a hub's links may be longer: else all that surrounds it ends up in one heap
    slack = np.float32(_EDGE) * np.sqrt(1 + np.minimum(degree[a], degree[b]) / 6).astype(np.float32)
    force = np.empty_like(spots)
    rounds = _FEWER if count > _LARGE else _ROUNDS
    push, other = (np.empty((count, count), dtype=np.float32) for _ in range(2))
    for step in range(rounds):
        heat = np.float32(_EDGE * (1 - step / rounds) ** 1.4)
        # the squares of all distances, then the push that each pair gives each other; no BLAS: its threads wait for each
        # other when the machine is busy, and took ten times as long then
        np.subtract(spots[:, None, 0], spots[None, :, 0], out=push)
        np.subtract(spots[:, None, 1], spots[None, :, 1], out=other)
        push *= push
        other *= other
        push += other
        np.maximum(push, np.float32(1), out=push)
        far = push > np.float32((_REACH * _EDGE) ** 2)
        np.divide(np.float32(_EDGE**2), push, out=push)
        push[far] = 0
        force[:] = spots * push.sum(axis=1)[:, None] - np.einsum("ij,jk->ik", push, spots)
        line = spots[a] - spots[b]
        line *= (np.hypot(line[:, 0], line[:, 1]) / slack)[:, None]
        for axis in (0, 1):
            force[:, axis] -= np.bincount(a, weights=line[:, axis], minlength=count)
            force[:, axis] += np.bincount(b, weights=line[:, axis], minlength=count)
        force -= spots * _MIDDLE
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), np.float32(1e-3))
        move = np.where(fixed, np.float32(0), np.minimum(length, heat) / length)
        spots += force * move[:, None]
    return spots


def _push_apart(spots: _Floats, fixed: npt.NDArray[np.bool_]) -> _Floats:
    """Nodes that share room step aside along their shorter way out; shape (n, 2)."""
    spots = spots.copy()
    for _ in range(_PUSHES):
        first, second = _clashes(spots)
        if not len(first):
            break
        gap = spots[first] - spots[second]
        over = _ROOM - np.abs(gap)
        sign = np.where(gap == 0, np.float32(1), np.sign(gap))
        sideways = over[:, 0] * 0.6 < over[:, 1]
        step = sign * over * np.stack([sideways, ~sideways], axis=1) * np.float32(0.45)
        total = np.zeros_like(spots)
        np.add.at(total, first, step)
        np.add.at(total, second, -step)
        total[fixed] = 0
        spots += np.clip(total, -60, 60)
    return spots


def _clashes(spots: _Floats) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The pairs whose rooms overlap: only neighbours in the order of x are compared."""
    order = np.argsort(spots[:, 0], kind="stable")
    x = spots[order, 0]
    reach = np.searchsorted(x, x + _ROOM[0]) - np.arange(len(x)) - 1  # how many to the right come near enough
    first = np.repeat(np.arange(len(x)), reach)
    second = first + np.arange(len(first)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    close = np.abs(spots[order[first], 1] - spots[order[second], 1]) < _ROOM[1]
    return order[first[close]], order[second[close]]
