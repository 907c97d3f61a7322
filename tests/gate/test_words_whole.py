"""The names of the labelled articles stay whole in the build's own words, as they are and in the other script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.samples import make_workspace

from casekit.fold import to_simplified, to_traditional
from casekit.lexicon import load_lexicon
from casekit.segment import Segmenter
from casekit.workbench import Workbench

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCRIPTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "simplified": lambda text: "".join(map(to_simplified, text)),
    "traditional": lambda text: "".join(to_traditional(one, taiwan=False) for one in text),
}
# What the labels describe in a clause, explain in brackets or put together from quotations is no name: 入驻企业的团队,
# 消费者三特征(全渠道、…), 从"单兵作战"到"炮火支援".
_DESCRIBED = re.compile('[的(（、"]|[發发]一[個个]')

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data (../shared) is not here"),
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_stay_whole_where_they_stand(script: str, tmp_path: Path) -> None:
    """Character by character, so that every address is the same in the other script."""
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    for path in sorted((SHARED / "sources").glob("*.txt")):
        text = path.read_bytes().decode("utf8")
        converted = "".join(new if len(new) == 1 else old for old in text for new in [SCRIPTS[script](old)])
        assert len(converted) == len(text)
        (tmp_path / path.name).write_bytes(converted.encode("utf8"))
        bench.add([tmp_path / path.name])
    bench.build()
    kept = bench.generation.words
    assert kept is not None
    borders = {}
    for source, words in kept.all():
        borders[source] = {*words.starts.tolist(), *words.ends.tolist()}
    asked, cut = 0, []
    for line in (SHARED / "gold" / "mentions.jsonl").read_text("utf8").splitlines():
        name = json.loads(line)
        if _DESCRIBED.search(name["text_clean"]):
            continue
        asked += 1
        inside = range(name["start"] + 1, name["end"])
        # a border where only what was cut out of the name (its pinyin) stands is none inside it
        if any(place in borders[name["source"]] for place in inside) and not _one_word(bench, name):
            cut.append(name["text_clean"])
    print(f"\n{script}: {asked} names, cut: {cut}")
    assert asked > 150
    assert not cut


def _one_word(bench: Workbench, name: dict[str, object]) -> bool:
    """Whether the characters of a name all belong to one word of the layer."""
    kept = bench.generation.words
    assert kept is not None
    words = kept.words(str(name["source"]))
    assert words is not None
    start, end = int(str(name["start"])), int(str(name["end"]))
    over = [(a, b) for a, b in zip(words.starts.tolist(), words.ends.tolist(), strict=True) if a < end and b > start]
    return len(set(over)) == 1


def test_every_listed_form_is_one_word_in_both_scripts() -> None:
    lexicon = load_lexicon()
    segmenter = Segmenter(lexicon.names(hant=False))
    asked, cut = 0, []
    for entity in json.loads((SHARED / "gold" / "entities.json").read_text("utf8"))["entities"]:
        for form in {entity["canonical_zh"], *entity["aliases_simplified"], *entity["aliases_traditional"]}:
            if _DESCRIBED.search(form):
                continue
            for name in (form, to_simplified(form), to_traditional(form, taiwan=False)):
                asked += 1
                words = segmenter.cut(name)
                if len(words) != 1:
                    cut.append((name, words))
    print(f"\n{asked} forms, cut: {cut}")
    assert asked > 500
    assert not cut
