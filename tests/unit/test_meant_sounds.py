"""Characters sound as pypinyin says, whose list is read without the rest of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casekit.workbench.knowledge import meant


@pytest.mark.parametrize("text", ["澄湖书店", "吕梁", "女儿", "嗯哼", "㐅", "a①。é"])
def test_characters_sound_as_pypinyin_says(text: str) -> None:
    from pypinyin import lazy_pinyin

    assert [meant._of_character(one) for one in text] == [lazy_pinyin(one)[0] for one in text]


def test_pypinyin_itself_is_not_loaded() -> None:
    code = "from casekit.workbench.knowledge import meant; meant._of_character('书'); import sys; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_its_list_pypinyin_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meant, "_readings", dict)
    meant._of_character.cache_clear()
    assert meant._of_character("吕") == "lv"
    meant._of_character.cache_clear()
