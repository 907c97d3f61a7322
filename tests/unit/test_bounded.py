"""One file's work within bounds: whatever it costs or breaks, it is that file's refusal, and the next one is done."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from casekit.bounded import Bounds, OutOfBoundsError, Worker, guarded
from casekit.errors import CasekitError, SettingError, SourceError


# ---- what the worker is asked to do ----------------------------------------------------------------------------------
def echo(options: Mapping[str, Any], data: bytes) -> tuple[Any, bytes]:
    print("what a library prints is no part of the answer")
    return {"pid": os.getpid(), **options}, data[::-1]


def misbehave(options: Mapping[str, Any], data: bytes) -> tuple[Any, bytes]:
    kind = options["kind"]
    if kind == "loops":
        while True:
            pass
    if kind == "eats":
        held = [bytes(2**20) for _ in range(2000)]
        time.sleep(len(held))
    if kind == "dies":
        os._exit(3)
    if kind == "deep":
        return misbehave(options, data)
    if kind == "setting":
        raise SettingError("一二三")
    raise ZeroDivisionError(kind)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.close()


def _call(worker: Worker, kind: str, bounds: Bounds | None = None) -> tuple[Any, bytes]:
    return worker.call(f"{__name__}:misbehave", {"kind": kind}, b"", name="a.pdf", bounds=bounds)


def test_one_process_answers_one_file_after_the_other(worker: Worker) -> None:
    first, data = worker.call(f"{__name__}:echo", {"n": 1}, b"ab\0c", name="a")
    second, _ = worker.call(f"{__name__}:echo", {"n": 2}, b"", name="b")
    assert data == b"c\0ba"
    assert first["pid"] == second["pid"] != os.getpid()
    assert (first["n"], second["n"]) == (1, 2)


@pytest.mark.parametrize(
    ("kind", "bounds", "told"),
    [
        ("loops", Bounds(seconds=1), "1 秒"),
        ("eats", Bounds(memory_bytes=200 * 2**20), "200 MB"),
        ("dies", None, "崩溃"),
        ("deep", None, "嵌套"),
        ("ZeroDivisionError", None, "ZeroDivisionError"),
    ],
)
def test_whatever_happens_is_the_file_s_refusal_and_the_next_one_is_done(
    kind: str, bounds: Bounds | None, told: str, worker: Worker
) -> None:
    with pytest.raises(OutOfBoundsError) as refused:
        _call(worker, kind, bounds)
    assert str(refused.value).startswith("a.pdf：")
    assert told in str(refused.value)
    assert worker.call(f"{__name__}:echo", {"n": 1}, b"", name="b")[0]["n"] == 1


def test_an_error_of_casekit_comes_back_as_what_it_is(worker: Worker) -> None:
    with pytest.raises(SettingError, match="一二三"):
        _call(worker, "setting")


def test_threads_take_turns(worker: Worker) -> None:
    found: list[int] = []

    def ask(n: int) -> None:
        found.append(worker.call(f"{__name__}:echo", {"n": n}, bytes(1000), name="a")[0]["n"])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(6))


def test_here_too_any_failure_is_the_file_s_refusal() -> None:
    with pytest.raises(OutOfBoundsError, match=r"b\.txt"), guarded("b.txt"):
        raise KeyError("x")
    with pytest.raises(SourceError, match="mine"), guarded("b.txt"):
        raise SourceError("mine")
    assert issubclass(OutOfBoundsError, CasekitError)
