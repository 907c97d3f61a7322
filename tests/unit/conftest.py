"""Fixtures of the unit tests: workshops whose digests don't take the time that they are meant to take."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.unit.workshop_sample import ROUNDS, cheap_digests


@pytest.fixture
def quick_digests() -> Iterator[None]:
    """Digests of answers cost next to nothing, in this process alone."""
    with cheap_digests():
        yield


@pytest.fixture
def digests_for_kernels(quick_digests: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Digests as another process reckons them, too."""
    from casekit.workshop import sealing

    monkeypatch.setattr(sealing, "ROUNDS", ROUNDS)
    sealing._derived.cache_clear()
    yield
    sealing._derived.cache_clear()
