"""Queries, increments, opening and bytes beside txtai's hybrid, in one run: the table of docs (decisions).

Every query is asked of both, the one right after the other, and the ratio is the median of these pairs.

python -m tests.bench.bench_peers 15000 100000
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.bench.measuring import cpu_ms, increments_ms, opening_s, paired, size_of, workspace_of

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Print the table."""
    from tests.bench.peers import Peer

    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "faiss-cpu", "txtai")))
    for passages in map(int, arguments or ["15000"]):
        with tempfile.TemporaryDirectory() as folder:
            bench = workspace_of(Path(folder) / "ws", passages)
            opening = opening_s(Path(folder) / "ws")
            ours_size = size_of(Path(folder) / "ws")
            peer = Peer(passages)
            asked = paired(bench.search, peer.search)
            add, remove = increments_ms(bench)
            bench.close()
            their_size = peer.save(Path(folder) / "peer")
            their_add = statistics.median(cpu_ms(peer.add, n, Path(folder) / "peer") for n in range(5))
            their_remove = statistics.median(cpu_ms(peer.remove, n, Path(folder) / "peer") for n in range(5))
        print(f"\n{passages:,} passages, load {os.getloadavg()[0]:.1f}    casekit      txtai     ratio")
        for name, own, other, ratio in (
            ("query p50, ms of CPU", asked.own.p50, asked.other.p50, asked.cpu_ratio),
            ("query p95, ms of CPU", asked.own.p95, asked.other.p95, asked.own.p95 / asked.other.p95),
            ("one article more, ms", add, their_add, add / their_add),
            ("one article less, ms", remove, their_remove, remove / their_remove),
            ("bytes, MB", ours_size / 1e6, their_size / 1e6, ours_size / their_size),
        ):
            print(f"{name:24}{own:14.2f}{other:11.2f}{ratio:10.2f}", flush=True)
        print(f"{'a query as time passes':49}{asked.wall_ratio:10.2f}")
        print(f"{'first answer, s':24}{opening:14.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
