"""casekit in an IPython in this process: loading, magics, one-line errors, completion."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from tests.timing import loops
from traitlets.config import Config

from casekit.jupyter.kernel import bench as benches
from casekit.jupyter.kernel.checked import CheckedDraft
from casekit.jupyter.kernel.lines import split_words
from casekit.jupyter.kernel.reading import Help
from casekit.jupyter.kernel.verbs import VERBS
from casekit.search import Answer
from casekit.workbench import Shown, Workbench


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An IPython without history or profile, in a folder that is no workspace."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setattr(benches, "_current", None)
    (tmp_path / "nowhere").mkdir()
    monkeypatch.chdir(tmp_path / "nowhere")
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    InteractiveShell.clear_instance()
    shell: Any = InteractiveShell.instance(config=config)
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def shell(bare: Any, root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same in a workspace, with casekit loaded."""
    monkeypatch.chdir(root)
    bare.run_line_magic("load_ext", "casekit")
    return bare


def _run(shell: Any, code: str) -> Any:
    done = shell.run_cell(code)
    if done.error_in_exec is not None:
        raise done.error_in_exec
    return done.result


def _complete(shell: Any, line: str) -> list[str]:
    with provisionalcompleter():
        return [one.text for one in shell.Completer.completions(line, len(line))]


# ---- loading --------------------------------------------------------------------------------------------------------
def test_loading_puts_the_workbench_there(shell: Any, root: Path) -> None:
    assert isinstance(shell.user_ns["wb"], Workbench)
    assert shell.user_ns["wb"].workspace.root == root


def test_importing_wb_activates_magics_and_displays(bare: Any, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    _run(bare, "from casekit.jupyter import wb")
    assert isinstance(_run(bare, "%casekit search 会员 -k 1"), Answer)


def test_without_a_workspace_loading_says_so_in_one_line(bare: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bare.run_line_magic("load_ext", "casekit")
    told = capsys.readouterr().err
    assert "casekit.toml" in told
    assert len(told.strip().splitlines()) == 1
    assert "wb" not in bare.user_ns


def test_without_a_workspace_importing_wb_fails_in_one_line(bare: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bare.run_line_magic("load_ext", "casekit")
    capsys.readouterr()
    assert bare.run_cell("from casekit.jupyter import wb").error_in_exec is not None
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert len((told.out + told.err).strip().splitlines()) == 1


def test_loading_twice_changes_nothing(shell: Any) -> None:
    from casekit.jupyter.kernel.activation import activate

    before = len(shell.Completer.custom_matchers), len(shell.events.callbacks["pre_run_cell"])
    activate(shell)
    assert (len(shell.Completer.custom_matchers), len(shell.events.callbacks["pre_run_cell"])) == before


def test_unloading_takes_the_magic_away_and_loading_brings_it_back(shell: Any) -> None:
    shell.run_line_magic("unload_ext", "casekit")
    assert "casekit" not in shell.magics_manager.magics["line"]
    assert _complete(shell, "%casekit se") != ["search"]
    shell.run_line_magic("load_ext", "casekit")
    assert _complete(shell, "%casekit se") == ["search"]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, casekit, casekit.jupyter\n"
        "heavy = {'torch', 'faiss', 'pandas', 'IPython', 'ipywidgets', 'numpy'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_for_wb_loads_no_torch_no_faiss_no_pandas(root: Path) -> None:
    code = (
        "import sys\nfrom casekit.jupyter import wb\n"
        "print(sorted({'torch', 'faiss', 'pandas', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"


def test_every_public_name_resolves(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import casekit.jupyter as surface

    monkeypatch.chdir(root)
    monkeypatch.setattr(benches, "_current", None)
    for name in surface.__all__:
        assert getattr(surface, name) is not None
        assert name in dir(surface)
    with pytest.raises(AttributeError):
        surface.nothing_of_this_name  # noqa: B018


# ---- magics ---------------------------------------------------------------------------------------------------------
def test_a_search_can_be_kept(shell: Any) -> None:
    _run(shell, "answer = %casekit search 会员 优惠券 -k 2")
    answer = shell.user_ns["answer"]
    assert isinstance(answer, Answer)
    assert answer.query == "会员 优惠券"
    assert len(answer.hits) == 2


def test_a_magic_gives_what_the_method_gives(shell: Any) -> None:
    wb = shell.user_ns["wb"]
    assert _run(shell, "%casekit find 企业微信") == wb.find("企业微信")
    assert _run(shell, "%casekit show chenlu") == wb.show("chenlu")
    assert isinstance(_run(shell, "%casekit show chenlu"), Shown)
    assert _run(shell, "%casekit quote chenlu 13 25") == wb.quote("chenlu", 13, 25)
    assert _run(shell, "%casekit quote chenlu:13-25 --script zh-Hant") == wb.quote("chenlu", 13, 25, script="zh-Hant")
    assert _run(shell, "%casekit text chenlu 13 25") == wb.text("chenlu", 13, 25)
    assert _run(shell, "%casekit like chenlu:13-40 -k1") == wb.like("chenlu", 13, 40, 1)
    assert _run(shell, "%casekit corpus") == wb.sources()
    assert _run(shell, "%casekit facts --source chenlu").equals(wb.facts(source="chenlu"))
    assert _run(shell, "%casekit mentions --entity 企业微信").equals(wb.mentions(entity="企业微信"))
    assert _run(shell, "%casekit network central") == wb.network.central()
    assert _run(shell, "%casekit case list") == wb.cases.list()
    assert [n for n, _ in _run(shell, "%casekit cite chenlu").entries] == ["chenlu"]


def test_filters_of_a_search_reach_the_workbench(shell: Any) -> None:
    answer = _run(shell, "%casekit search 门店 --source songguo --source lanjing -k 9")
    assert {hit.passage.source for hit in answer.hits} <= {"songguo", "lanjing"}
    assert answer.hits


def test_python_values_go_into_a_line(shell: Any) -> None:
    _run(shell, "which = 'lanjing'")
    assert _run(shell, "%casekit show {which}").id == "lanjing"


@pytest.mark.parametrize(
    "line",
    [
        "sarch 会员",
        "search",
        "search x --nothing",
        "search x -k viele",
        "search x -k",
        "search x --kind dream",
        "search x -k 0",
        "search x --since gestern",
        "quote chenlu",
        "quote chenlu 0 999999",
        "show gibt-es-nicht",
        "network",
        "network dance",
        "network paths 甲",
        "network neighbours 没有这个名字",
        "case show 没有这个案例",
        "case compare 一个",
        "case lens 一个",
        "cite chenlu --style nope",
        "check",
        "check nirgends.md",
    ],
)
def test_errors_are_one_line_without_a_traceback(shell: Any, capsys: pytest.CaptureFixture[str], line: str) -> None:
    capsys.readouterr()
    done = shell.run_cell(f"%casekit {line}")
    told = capsys.readouterr()
    assert done.error_in_exec is not None, "the cell must count as failed"
    assert "Traceback" not in told.out + told.err
    lines = (told.out + told.err).strip().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("casekit: ")


def test_errors_of_the_workbench_itself_are_one_line_too(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert shell.run_cell("wb.show('gibt-es-nicht')").error_in_exec is not None
    assert len(capsys.readouterr().out.strip().splitlines()) == 1


def test_other_errors_keep_their_traceback(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    shell.run_cell("1 / 0")
    assert "Traceback" in capsys.readouterr().out


def test_a_traceback_comes_back_for_developers(
    shell: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEKIT_DEBUG", "1")
    shell.run_cell("wb.show('gibt-es-nicht')")
    assert "Traceback" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "word"), [("zh", "用法"), ("en", "usage")])
def test_alone_it_gives_help_in_the_language_in_force(
    shell: Any, monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.setenv("CASEKIT_LANG", lang)
    told = _run(shell, "%casekit")
    assert isinstance(told, Help)
    assert word in repr(told)
    assert all(verb.name in repr(told) for verb in VERBS)
    assert "<pre>" in told._repr_html_()
    one = repr(_run(shell, "%casekit search --help"))
    assert "--company" in one


def test_english_help_is_english(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    for told in (Help(), *(Help(verb) for verb in VERBS)):
        assert repr(told).replace("…", "").isascii(), told.verb


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("search What's new", ["search", "What's", "new"]),
        ('search "两个 词" -k 3', ["search", "两个 词", "-k", "3"]),
        ("x --company='Jack & Jones'", ["x", "--company=Jack & Jones"]),
        ('search 沃尔玛的"扫码购"', ["search", '沃尔玛的"扫码购"']),
        ('search "半个', ["search", '"半个']),
        ("", []),
    ],
)
def test_words_are_split_where_people_mean_it(line: str, words: list[str]) -> None:
    assert split_words(line) == words


# ---- %%casekit check ------------------------------------------------------------------------------------------------
_DRAFT = "%%casekit check\n晨露茶饮在全国有五百家门店。\n\n书里写道：“蓝鲸书店每周三晚上办读书会”。\n"


def test_a_cell_of_draft_is_checked_and_returns_its_findings(shell: Any) -> None:
    found = _run(shell, _DRAFT)
    assert isinstance(found, CheckedDraft)
    assert {one.status for one in found} == {"altered", "ok"}
    assert [one.status for one in found.wrong] == ["altered"]
    for one in found:
        assert found.draft.text[one.start : one.end] == one.text


def test_findings_stand_in_the_text_with_status_difference_and_address(shell: Any) -> None:
    found = _run(shell, _DRAFT)
    data, _ = shell.display_formatter.format(found)
    html = data["text/html"]
    assert "ck-bad" in html
    assert "ck-ok" in html
    for one in found:
        assert f"{one.source}:{one.source_start}-{one.source_end}" in html
        assert one.difference is None or one.difference in html
    assert "五百" in html


def test_a_draft_is_text_never_markup(shell: Any) -> None:
    found = _run(shell, "%%casekit check --plain\n<script>alert(1)</script>晨露茶饮有五百家门店<img src=x>。\n")
    html = found._repr_html_()
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_cell_takes_no_other_verb(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert shell.run_cell("%%casekit search\n会员").error_in_exec is not None
    assert len(capsys.readouterr().out.strip().splitlines()) == 1


def test_a_draft_file_is_checked_by_the_line_magic(shell: Any, root: Path) -> None:
    (root / "draft.md").write_text("晨露茶饮在全国有五百家门店。", "utf8")
    found = _run(shell, "%casekit check draft.md")
    assert isinstance(found, CheckedDraft)
    assert [one.status for one in found] == ["altered"]


# ---- completion -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("%casekit se", "search"),
        ("answer = %casekit kw", "kwic"),
        ("    %casekit fac", "facts"),
        ("%casekit search --comp", "--company"),
        ("%casekit search 会员 --si", "--since"),
        ("%casekit show so", "songguo"),
        ("%casekit quote la", "lanjing"),
        ("%casekit search 会员 --source ch", "chenlu"),
        ("%casekit search --source=ch", "--source=chenlu"),
        ("%casekit network out", "outcomes"),
        ("%casekit case comp", "compare"),
        ("%casekit facts --entity 企业微", "企业微信"),
        ("%casekit facts --entity 企業微", "企业微信"),
        ("%casekit network neighbours WeC", "WeCom"),
        ("%casekit search --kind ach", "achieved"),
        ("%casekit cite chenlu --style gbt7714-2015-n", "gbt7714-2015-note"),
        ("%%casekit ch", "check"),
    ],
)
def test_tab_completes(shell: Any, line: str, wanted: str) -> None:
    found = _complete(shell, line)
    assert any(one.strip('"') == wanted or one == wanted for one in found), found


def test_only_casekit_answers_on_its_lines(shell: Any) -> None:
    assert _complete(shell, "%casekit show so") == ["songguo"]
    assert _complete(shell, "%casekit build zzz") == []


def test_other_lines_are_left_alone(shell: Any) -> None:
    assert "search" in "".join(_complete(shell, "wb.sear"))
    assert _complete(shell, "pri")[:1] == ["print"]


def test_names_with_blanks_are_offered_in_quotation_marks_and_read_back(shell: Any) -> None:
    found = [one for one in _complete(shell, "%casekit facts --entity jack") if " " in one]
    assert found
    assert all(one.startswith('"') and one.endswith('"') for one in found)
    again = _complete(shell, '%casekit facts --entity "jack & jo')
    assert again, "an opened quotation mark goes on completing"


def test_without_a_workspace_verbs_still_complete(bare: Any) -> None:
    bare.run_line_magic("load_ext", "casekit")
    assert _complete(bare, "%casekit se") == ["search"]
    assert _complete(bare, "%casekit show so") == []


def test_completion_is_fast(shell: Any) -> None:
    _complete(shell, "%casekit facts --entity 企")  # the lexicon is read once
    # 30 ms where the loop takes 25 (1,500 entities); ten times that still feel like at once
    assert loops(lambda: _complete(shell, "%casekit facts --entity 企")) < 12


def test_the_language_of_the_workspace_is_that_of_the_messages(
    bare: Any, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = root / "casekit.toml"
    kept = [line for line in settings.read_text("utf8").splitlines() if not line.startswith("language")]
    settings.write_text("\n".join(['language = "en"', *kept]), "utf8")
    monkeypatch.chdir(root)
    bare.run_line_magic("load_ext", "casekit")
    capsys.readouterr()
    bare.run_cell("%casekit nope")
    told = capsys.readouterr().out
    assert "no verb nope" in told
    assert told.isascii()
