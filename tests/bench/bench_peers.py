"""Queries, increments, opening and bytes beside txtai's hybrid, in one run: the table of docs (performance).

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

from tests.bench.measuring import cpu_ms, increments_ms, opening_s, query_ms, size_of, workspace_of

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Print the table."""
    from tests.bench.peers import Peer

    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "faiss-cpu", "txtai")))
    for passages in map(int, arguments or ["15000"]):
        with tempfile.TemporaryDirectory() as folder:
            bench = workspace_of(Path(folder) / "ws", passages)
            ours = query_ms(bench.search)
            opening = opening_s(Path(folder) / "ws")
            ours_size = size_of(Path(folder) / "ws")
            add, remove = increments_ms(bench)
            bench.close()
            peer = Peer(passages)
            theirs = query_ms(peer.search)
            their_size = peer.save(Path(folder) / "peer")
            their_add = statistics.median(cpu_ms(peer.add, n, Path(folder) / "peer") for n in range(5))
            their_remove = statistics.median(cpu_ms(peer.remove, n, Path(folder) / "peer") for n in range(5))
        print(f"\n{passages:,} passages              casekit      txtai     ratio")
        for name, own, other in (
            ("query p50, ms", ours.p50, theirs.p50),
            ("query p95, ms", ours.p95, theirs.p95),
            ("one article more, ms", add, their_add),
            ("one article less, ms", remove, their_remove),
            ("bytes, MB", ours_size / 1e6, their_size / 1e6),
        ):
            print(f"{name:24}{own:14.2f}{other:11.2f}{own / other:10.2f}", flush=True)
        print(f"{'first answer, s':24}{opening:14.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
