"""An index belongs to one model."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from casekit.embed import ModelIdentity, check_same, load_encoder, model_identity
from casekit.errors import ModelError


def identity(spec: str) -> ModelIdentity:
    encoder = load_encoder(spec)
    assert encoder is not None
    return model_identity(encoder)


def test_the_same_model_has_the_same_identity() -> None:
    assert identity("hashing:64") == identity("hashing:64")
    assert identity("hashing:64") != identity("hashing:65")


def test_an_index_of_the_same_model_is_accepted() -> None:
    encoder = load_encoder("hashing:64")
    assert encoder is not None
    check_same(model_identity(encoder), encoder)


def test_a_model_that_only_moved_is_accepted() -> None:
    encoder = load_encoder("hashing:64")
    assert encoder is not None
    check_same(replace(model_identity(encoder), name="/elsewhere/model"), encoder)


@pytest.mark.parametrize("field", ["sha256", "dim", "query_prefix", "passage_prefix"])
@pytest.mark.parametrize(("language", "advice"), [("zh", "casekit build"), ("en", "Run casekit build")])
def test_another_model_is_refused_with_the_way_out(
    field: str, language: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEKIT_LANG", language)
    encoder = load_encoder("hashing:64")
    assert encoder is not None
    values = {**asdict(model_identity(encoder)), field: 65 if field == "dim" else "another"}
    other = ModelIdentity(**values)
    with pytest.raises(ModelError, match=advice) as caught:
        check_same(other, encoder)
    assert field in str(caught.value)
    assert "\n" not in str(caught.value)
