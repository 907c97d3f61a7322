"""Building a thousand articles: time outside the encoder beside txtai's for the same documents.

Both engines get the same vectors for nothing, so that what is timed is everything else. casekit does more in that time
than its peer: it cleans, folds with origins, cuts passages, and finds names, figures and relations.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.bench.test_build_speed import documents, first_build, holding

pytestmark = pytest.mark.bench

N_DOCUMENTS = 1000


def test_time_outside_the_encoder_against_txtai(tmp_path: Path) -> None:
    txtai = pytest.importorskip("txtai", reason="the peer is installed by `make bench`")
    np = pytest.importorskip("numpy")
    rng = np.random.default_rng(0)

    def vectors(texts: list[str]) -> object:
        return rng.standard_normal((len(texts), 384)).astype("float32")

    texts = documents(N_DOCUMENTS)
    bench = holding(tmp_path, texts)
    plain = [(name, f"{title}\n{text}", None) for name, title, text in texts]
    theirs = []
    ours = []
    for _ in range(3):
        start = time.perf_counter()
        peer = txtai.Embeddings({"method": "external", "transform": vectors, "hybrid": True, "content": True})
        peer.index(plain)
        peer.save(str(tmp_path / "peer"))
        theirs.append(time.perf_counter() - start)
        report = first_build(bench)
        ours.append(report.seconds - report.seconds_encoding)
    ratio = min(ours) / min(theirs)
    print(f"\noutside the encoder: casekit {min(ours):.2f} s, txtai {min(theirs):.2f} s, ratio {ratio:.2f}")
    # A guard against getting slower, not the goal (0.33): here nothing overlaps, since these vectors cost nothing; with
    # a real encoder casekit does all this while the encoder works. 6 was measured on an idle machine, 16 on a busy one.
    assert ratio < 30
