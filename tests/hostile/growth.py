"""How the time of each stage grows with each pathological text.

    python -m tests.hostile.growth [--sizes 10000,100000] [--stages clean,facts] [--patterns digits] [--every N] [--most SECONDS]

One line a stage and pattern: CPU seconds at each size and the ratio of each step; "***" where a step of ten takes more than
fifteen times as long, or a size takes more than the most. A stage is measured without those before it whose results it takes, and
not at all where one of them took too long.
"""

from __future__ import annotations

import argparse
import signal
import sys
import warnings
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from math import inf
from types import FrameType

from tests.hostile.pathological import PATTERNS, Pattern
from tests.hostile.stages import NEEDS, STAGES, Stage, forget
from tests.timing import cpu_s

__all__ = ["main", "ratio_of"]

_LEAST_S = 0.03
"""What takes less counts as this: below it the clock and the caches are measured, not the work."""
_MOST_RATIO = 15.0


def ratio_of(stage: Stage, pattern: Pattern, chars: int, *, rounds: int = 2) -> float:
    """How many times as long a stage takes for ten times the text, the best of some rounds each (CPU time)."""
    stage(pattern(100))  # tables are read once
    short, long = pattern(chars), pattern(10 * chars)

    def once(text: str) -> float:
        forget()
        return cpu_s(lambda: stage(text))

    def best(text: str) -> float:
        return max(_LEAST_S, min(once(text) for _ in range(rounds)))

    return best(long) / best(short)


class _TooLongError(BaseException):
    """The most was passed."""


def _within(most_s: float, work: Callable[[], object]) -> float:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, most_s)
    try:
        return cpu_s(work)
    except _TooLongError:
        return inf
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def main(arguments: list[str] | None = None) -> int:
    """Measure; returns 1 where something grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--stages", default=",".join(STAGES))
    parser.add_argument("--patterns", default="")
    parser.add_argument("--most", type=float, default=240.0, help="CPU seconds for one text")
    parser.add_argument("--every", type=int, default=1, help="take each n-th pattern only")
    asked = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    sizes = [int(size) for size in asked.sizes.split(",")]
    stages = asked.stages.split(",")
    for stage in stages:
        STAGES[stage]("会员多了。")  # tables are read once
    worst = 0.0
    for name in asked.patterns.split("|") if asked.patterns else list(PATTERNS)[:: asked.every]:
        spent: dict[str, list[float]] = {stage: [] for stage in stages}
        for size in sizes:
            text = PATTERNS[name](size)
            forget()
            for stage in stages:
                before = [spent[one] for one in (stage, *NEEDS.get(stage, ())) if one in spent]
                if not any(inf in times for times in before):
                    spent[stage].append(_within(asked.most, partial(STAGES[stage], text)))
        for stage, times in spent.items():
            steps = [after / max(_LEAST_S, before) for before, after in pairwise(times)]
            worst = max([worst, *steps])
            told = " ".join(f"{one:8.3f}" for one in times) + " | " + " ".join(f"{one:5.1f}" for one in steps)
            print(f"{stage:12} {name:28} {told}{' ***' if any(one > _MOST_RATIO for one in steps) else ''}", flush=True)
    print(f"the steepest step: {worst:.1f}")
    return 1 if worst > _MOST_RATIO else 0


if __name__ == "__main__":
    sys.exit(main())
