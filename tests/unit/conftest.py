"""Fixtures of the unit tests: workshops whose digests don't take the time that they are meant to take."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.unit.workshop_sample import SCRYPT_N, cheap_digests


@pytest.fixture
def quick_digests() -> Iterator[None]:
    """Digests of answers cost next to nothing, in this process alone."""
    with cheap_digests():
        yield


@pytest.fixture
def digests_for_kernels(quick_digests: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Digests as another process reckons them too, each at the lowest price that a notebook can ask."""
    from casekit.workshop import answers, keys

    monkeypatch.setattr(answers, "_SCRYPT_N", SCRYPT_N)
    monkeypatch.setattr(keys, "times_for", lambda number: 1)
    answers.digest.cache_clear()
    yield
    answers.digest.cache_clear()
