"""The wizard: what it chooses, shows, writes and asks; first its plain logic, then the widgets without a browser."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from casekit.errors import SettingError
from casekit.jupyter.wizard import workshop_wizard
from casekit.jupyter.wizard.pages import links_html, preview_html, summary_html
from casekit.jupyter.wizard.panel import WorkshopWizard
from casekit.jupyter.wizard.planner import Planner
from casekit.workbench import Workbench
from casekit.workshop.notebook import load_notebook
from casekit.workshop.tasks import KINDS

# ipywidgets warns of its own traits on Python 3.11
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:ipywidgets.*"),
    pytest.mark.usefixtures("quick_digests"),
]


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """The bundled cards, not built: a wizard must not need an index."""
    return Workbench.init(tmp_path / "w", example=True)


@pytest.fixture
def planner(bench: Workbench) -> Planner:
    made = Planner(bench)
    for case in ("walmart", "jackjones"):
        made.pick(case)
    made.choose(framework="santong", audience="店长")
    return made


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


# ---- choosing ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("沃尔玛", "walmart"),  # simplified
        ("沃爾瑪", "walmart"),  # traditional
        ("WALMART", "walmart"),  # English, any case
        ("綾致", "jackjones"),  # part of a name
        ("扫码购", "walmart"),  # a tool of its facets
        ("冷鏈 預測", "weiquan"),  # two words of the summary, other script
    ],
)
def test_cases_are_found_in_any_script_by_name_tool_and_summary(planner: Planner, query: str, expected: str) -> None:
    assert expected in [card.id for card in planner.matching(query)]
    assert len(planner.matching(query)) < len(planner.cards)


def test_every_word_of_a_query_counts_and_words_do_not_run_over_fields(planner: Planner) -> None:
    assert planner.matching("沃尔玛 味全") == []
    assert planner.matching("") == list(planner.cards)
    card = planner.cards[0]
    assert planner.matching(f"{card.id}{card.name.zh_hans}") == []


def test_picking_keeps_the_order_and_takes_back(planner: Planner) -> None:
    planner.pick("bubugao")
    planner.pick("walmart", chosen=False)
    planner.pick("walmart")
    assert planner.choices.cases == ("jackjones", "bubugao", "walmart")


def test_another_seed_is_another_set_that_can_be_repeated(planner: Planner) -> None:
    seeds = {planner.reseed() for _ in range(5)}
    assert len(seeds) > 1
    assert planner.choices.seed in seeds


def test_frameworks_to_choose_have_parts(planner: Planner) -> None:
    ids = {one.id for one in planner.frameworks}
    assert "santong" in ids
    assert all(any(("part_of", name) in e.relations for e in planner.bench.lexicon.entities.values()) for name in ids)


# ---- preview -----------------------------------------------------------------------------------------------------------
def test_the_preview_is_what_is_then_written(planner: Planner) -> None:
    preview = planner.preview()
    assert sum(slot.minutes for slot in preview.slots) == 120
    notebook = load_notebook(planner.make())
    asked = {cell.exercise for cell in notebook.of_part("exercise")}
    assert len(asked) == preview.planned
    exercises = next(slot.minutes for slot in preview.slots if slot.name == "exercises")
    assert sum(row.minutes or 0 for row in preview.rows) == exercises


def test_the_preview_tells_evidence_from_time(planner: Planner) -> None:
    long = planner.preview()
    planner.choose(minutes=30)
    short = planner.preview()
    assert short.planned <= long.planned
    assert short.possible == long.possible  # the evidence is the same
    figures = next(row for row in short.rows if row.kind == "figures")
    assert not figures.possible  # the bundled workspace has no originals
    assert "casekit add" in figures.reason


def test_exercises_that_nobody_wants_are_left_out(planner: Planner) -> None:
    planner.want("grid", wanted=False)
    row = next(row for row in planner.preview().rows if row.kind == "grid")
    assert (row.chosen, row.minutes) == (False, None)
    assert "grid" not in {key for _, key, _ in planner._draft().made.exercises}
    for kind in KINDS:
        planner.want(kind, wanted=False)
    assert planner.preview().error
    planner.want("growth")
    planner.want("match")
    assert planner.choices.exercises == ("match", "growth")  # in the order in which they are worked through


def test_an_error_is_one_line_of_the_preview(planner: Planner) -> None:
    planner.choose(minutes=7)
    assert "7" in planner.preview().error
    assert "\n" not in planner.preview().error
    planner.choose(minutes=120)
    planner.pick("没有这家公司")
    assert "没有这家公司" in planner.preview().error


def test_nothing_chosen_is_no_error(bench: Workbench) -> None:
    preview = Planner(bench).preview()
    assert (preview.error, preview.slots, preview.planned) == ("", (), 0)


# ---- writing -----------------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_master_is_never_overwritten_without_asking(planner: Planner) -> None:
    path = planner.make()
    assert planner.clash() is None  # the very same may be written again
    planner.make()
    edited = path.read_text("utf-8").replace("店长", "区域经理")
    path.write_text(edited, "utf-8")
    assert planner.clash() == path
    with pytest.raises(SettingError, match=path.stem):
        planner.make()
    assert path.read_text("utf-8") == edited
    other = planner.make(number=True)
    assert other.name == f"{path.stem}-2.ipynb"
    assert path.read_text("utf-8") == edited
    assert planner.make(number=True).name == f"{path.stem}-3.ipynb"
    assert planner.make(overwrite=True) == path
    assert path.read_text("utf-8") != edited


def test_another_plan_for_the_same_cases_asks_too(planner: Planner) -> None:
    path = planner.make()
    planner.choose(minutes=90)
    assert planner.clash() == path


def test_masters_are_found_again_and_other_notebooks_are_not(planner: Planner, bench: Workbench) -> None:
    path = planner.make()
    (path.parent / "other.ipynb").write_text('{"nbformat": 4, "metadata": {}, "cells": []}', "utf-8")
    (path.parent / "broken.ipynb").write_text("{", "utf-8")
    assert Planner(bench).masters() == [path]


def test_building_and_checking_need_a_master(planner: Planner) -> None:
    for act in (planner.build, planner.check):
        with pytest.raises(SettingError, match="母版"):
            act()
    assert planner.files() == []


@pytest.mark.slow
def test_building_lists_participants_files_first_and_tells_progress(planner: Planner) -> None:
    planner.choose(minutes=30)
    planner.make()
    told: list[tuple[int, int, str]] = []
    built = planner.build(lambda done, total, what: told.append((done, total, what)))
    assert [one[0] for one in told] == list(range(told[0][1]))
    assert all(what for _, _, what in told)
    files = planner.files()
    assert files[0] == planner.master
    assert all(path.is_file() for path in files)
    folders = [path.parent.name for path in files[1:]]
    assert folders == sorted(folders, key=lambda name: name != "participant")
    assert len(files) == len(built.files) + 1


# ---- pages -------------------------------------------------------------------------------------------------------------
class _Seen(HTMLParser):
    """Tags that are opened, and whether each is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_summary_stands_alone_and_holds_choices_and_times(planner: Planner) -> None:
    planner.choose(audience='<img src=x onerror=alert(1)> "店长" & 同事')
    page = summary_html(planner, planner.preview())
    seen = _Seen()
    seen.feed(page)
    assert seen.open == []
    assert not {"script", "img", "link", "iframe"} & set(seen.tags)
    assert "http" not in page
    told = text_of(page)
    assert "三通工程" in told
    assert "沃尔玛" in told
    assert "120" in told
    assert "工具配打法" in told


def test_a_preview_without_cases_says_what_to_do(bench: Workbench) -> None:
    assert "先选" in text_of(preview_html(Planner(bench).preview()))


def test_links_are_relative_to_the_notebook_and_escaped(tmp_path: Path) -> None:
    page = links_html([tmp_path / "a b#1.ipynb", tmp_path / "p" / "slides.html"], tmp_path / "sub")
    assert re.findall(r'href="([^"]+)"', page) == ["../a%20b%231.ipynb", "../p/slides.html"]


# ---- widgets -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def wizard(bench: Workbench) -> WorkshopWizard:
    return workshop_wizard(wb=bench)


def box(wizard: WorkshopWizard, label: str) -> Any:
    return next(one for one in wizard.list.children if one.description == label)


@pytest.mark.slow
def test_clicking_through_the_wizard(wizard: WorkshopWizard) -> None:
    assert wizard.make.disabled
    assert wizard.build.disabled
    box(wizard, "沃尔玛").value = True
    wizard.search.value = "綾致"
    assert [one.description for one in wizard.list.children] == ["沃尔玛", "Jack & Jones（绫致）"]
    box(wizard, "Jack & Jones（绫致）").value = True
    wizard.framework.value = "santong"
    wizard.minutes.value = 60
    assert "60" in text_of(wizard.preview.value)
    wizard.make.click()
    assert wizard.planner.master is not None
    assert not wizard.build.disabled
    assert "母版已写出" in wizard.status.value
    assert wizard.master.value == wizard.planner.master


@pytest.mark.slow
def test_a_clash_is_asked_and_nothing_is_written_before_the_answer(wizard: WorkshopWizard) -> None:
    box(wizard, "沃尔玛").value = True
    wizard.make.click()
    path = wizard.planner.master
    assert path is not None
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    wizard.level.value = 3
    wizard.make.click()
    assert wizard.asking.layout.display == "flex"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    _, overwrite, both, cancel = wizard.asking.children
    cancel.click()
    assert wizard.asking.layout.display == "none"
    wizard.make.click()
    both.click()
    assert wizard.planner.master is not None
    assert wizard.planner.master.name.endswith("-2.ipynb")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    wizard.make.click()
    overwrite.click()
    assert hashlib.sha256(path.read_bytes()).hexdigest() != before


def test_errors_are_told_in_the_wizard(wizard: WorkshopWizard) -> None:
    box(wizard, "沃尔玛").value = True
    wizard.make.click()
    assert wizard.planner.master is not None
    wizard.planner.master.write_text("{}", "utf-8")
    wizard.build.click()
    wizard.work.wait(60)
    assert 'role="alert"' in wizard.status.value
    assert not wizard.build.disabled  # it can be tried again
    assert wizard.progress.layout.visibility == "hidden"


def test_a_build_runs_beside_the_kernel_and_stops_when_asked(
    wizard: WorkshopWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    begun, asked = Event(), Event()

    def build(step: Any, *, word: str, script: str) -> None:
        step(0, 3, "第一步")
        begun.set()
        asked.wait(30)
        step(1, 3, "第二步")
        raise AssertionError("went on after it was asked to stop")

    monkeypatch.setattr(wizard.planner, "build", build)
    wizard.script.value = "zh-Hant"
    wizard._build()  # comes back at once, with the job under way
    assert begun.wait(30)
    assert wizard.work.running
    assert wizard.stop.layout.visibility == wizard.progress.layout.visibility == "visible"
    assert wizard.build.disabled
    wizard.stop.click()
    asked.set()
    wizard.work.wait(30)
    assert "已停下" in wizard.status.value
    assert wizard.stop.layout.visibility == "hidden"


def test_a_company_without_a_card_can_be_named(wizard: WorkshopWizard) -> None:
    wizard.search.value = "没有这家公司"
    (add,) = wizard.list.children
    add.click()
    assert wizard.planner.choices.cases == ("没有这家公司",)
    assert "没有这家公司" in text_of(wizard.preview.value)
    wizard.search.value = ""
    box(wizard, "没有这家公司（由语料起草）").value = False
    assert not wizard.planner.choices.cases


def test_every_control_has_a_label(wizard: WorkshopWizard) -> None:
    stack, controls = [wizard], []
    while stack:
        one = stack.pop()
        children = getattr(one, "children", ())
        stack += children
        if hasattr(one, "description") and not children:
            controls.append(one)
    assert len(controls) > 20
    assert all(one.description.strip() for one in controls if type(one).__name__ != "HTML")


def shown_picture(wizard: WorkshopWizard, monkeypatch: pytest.MonkeyPatch) -> str:
    """What stays of the wizard where there is no kernel."""
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    wizard._ipython_display_()
    picture, live = shown
    assert live["application/vnd.jupyter.widget-view+json"]["model_id"] == wizard.model_id
    return str(picture["text/html"])


def test_a_saved_notebook_shows_the_choices_without_a_kernel(
    wizard: WorkshopWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    box(wizard, "沃尔玛").value = True
    picture = shown_picture(wizard, monkeypatch)
    assert "沃尔玛" in text_of(picture)
    assert "议程" in text_of(picture)


def test_english_where_english_is_spoken(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    wizard = workshop_wizard(wb=bench)
    box(wizard, "Walmart").value = True
    page = text_of(wizard.preview.value + shown_picture(wizard, monkeypatch))
    assert "Agenda" in page
    assert not re.search(r"[\u4e00-\u9fff]", page)
