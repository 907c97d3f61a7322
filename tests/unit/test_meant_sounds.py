"""Characters sound as pypinyin says, whose list is read without the rest of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from casekit.search import sounds
from casekit.workbench import Workbench


@pytest.mark.parametrize("text", ["澄湖书店", "吕梁", "女儿", "嗯哼", "㐅", "a①。é"])
def test_characters_sound_as_pypinyin_says(text: str) -> None:
    from pypinyin import lazy_pinyin

    assert [sounds._of_character(one) for one in text] == [lazy_pinyin(one)[0] for one in text]


def test_pypinyin_itself_is_not_loaded() -> None:
    code = "from casekit.search import sounds; sounds._of_character('书'); import sys; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_its_list_pypinyin_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "_readings", dict)
    sounds._of_character.cache_clear()
    assert sounds._of_character("吕") == "lv"
    sounds._of_character.cache_clear()


def test_nothing_is_proposed_for_a_word_of_the_corpus_or_by_a_name_that_it_lacks(tmp_path: Path) -> None:
    Workbench.init(tmp_path / "w")
    (tmp_path / "w" / "casekit.toml").write_text('[model]\nname = "none"\n', "utf8")
    bench = Workbench.open(tmp_path / "w")
    article = tmp_path / "床位.txt"
    article.write_text(
        "晴岚医院调度床位\n\n" + "晴岚医院的床位由护理部统一调度。沃尔玛在楼下开了一家店。\n" * 3, "utf8"
    )
    bench.add([article])
    bench.build()
    assert bench.meant("床位有多少") == ()  # sounds like 创维, but is the corpus's own word
    assert bench.meant("创伟有多少人") == ()  # 创维 is listed, but nowhere in the corpus
    assert bench.meant("沃尔马有多少人") == ("沃尔玛",)
