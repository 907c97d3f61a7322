"""The default encoder beside sentence-transformers on the same weights: passages a second, query time, start-up.

`python tests/bench/bench_embed.py [PASSAGES]` prints the table (wall and CPU seconds: on a busy machine compare the
latter); `pytest -m bench tests/bench/bench_embed.py` times one query with pytest-benchmark. Passages are invented.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from typing import Protocol

import numpy as np
import pytest

from casekit.embed import Encoder, load_encoder
from casekit.embed.cache import default_model_folder

WORDS = [
    "书店",
    "会员",
    "店员",
    "顾客",
    "手机",
    "推荐",
    "咖啡",
    "老板",
    "镇上",
    "周末",
    "读书会",
    "积分",
    "小票",
    "货架",
    "新书",
    "订阅",
    "快递",
    "雨天",
    "学生",
    "旧书",
]


class Benchmark(Protocol):
    def __call__(self, function: object, *args: object) -> object: ...


def invented_passages(n: int, *, seed: int = 1) -> list[str]:
    """Texts of 120 to 280 characters, 200 in the mean."""
    chance = random.Random(seed)
    texts = []
    for _ in range(n):
        length = chance.randint(120, 280)
        text = ""
        while len(text) < length:
            text += "".join(chance.choices(WORDS, k=chance.randint(4, 9))) + chance.choice("，。；")
        texts.append(text[:length])
    return texts


def _encoders() -> dict[str, Encoder]:
    folder, _ = default_model_folder()
    found = {"numpy": load_encoder("default"), "sentence-transformers": load_encoder(str(folder))}
    return {name: encoder for name, encoder in found.items() if encoder is not None}


def _start_up(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(n: int) -> None:
    folder, _ = default_model_folder()
    for name, code in {
        "first query, numpy": "from casekit.embed import load_encoder; load_encoder().encode_queries(['书'])",
        "import sentence_transformers": "import sentence_transformers",
        "first query, sentence-transformers": (
            f"from casekit.embed import load_encoder; load_encoder({str(folder)!r}).encode_queries(['书'])"
        ),
    }.items():
        print(f"{name:<36} {_start_up(code):6.2f} CPU s", flush=True)
    passages = invented_passages(n)
    rows = []
    for name, encoder in _encoders().items():
        encoder.encode_queries(["书店"])
        wall, cpu = time.perf_counter(), time.process_time()
        rows.append(encoder.encode_passages(passages))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        times = []
        for i in range(60):
            started = time.perf_counter()
            encoder.encode_queries([f"镇上第{i}家书店怎样留住老顾客，会员多少？"])
            times.append(1e3 * (time.perf_counter() - started))
        p50, p95 = np.percentile(times, [50, 95])
        print(
            f"{name:<36} {n / wall:6.1f} passages/s, {1e3 * cpu / n:6.1f} CPU ms a passage; "
            f"query p50 {p50:.1f} ms, p95 {p95:.1f} ms",
            flush=True,
        )
    print(f"largest difference of a number: {np.abs(rows[0] - rows[1]).max():.1e}")


@pytest.mark.bench
@pytest.mark.model
def test_one_query(benchmark: Benchmark) -> None:
    encoder = load_encoder("default")
    if encoder is None:
        pytest.fail("no default encoder")
    encoder.encode_queries(["书店"])
    benchmark(lambda: encoder.encode_queries(["镇上的书店怎样留住老顾客？"]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 128)
