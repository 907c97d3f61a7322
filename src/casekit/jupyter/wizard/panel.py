"""The wizard as widgets: three steps of choices, a live preview, and the buttons that write, build and check."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets  # type: ignore[import-untyped]  # it has no types

from casekit.casebook import Case
from casekit.casebook.labels import name_of
from casekit.errors import CasekitError
from casekit.jupyter.wizard.pages import (
    checked_html,
    heading_html,
    level_name,
    links_html,
    note_html,
    preview_html,
    summary_html,
)
from casekit.jupyter.wizard.parts import WIDE, button, checkbox, full, html, progress_bar, script_box, word_box, wrapped
from casekit.jupyter.wizard.planner import LARGEST_SEED, Planner
from casekit.jupyter.wizard.working import Stopped, Work
from casekit.language import say
from casekit.pictured import show_pictured
from casekit.workshop.agenda import LEAST_MINUTES, MOST_MINUTES
from casekit.workshop.package import Progress
from casekit.workshop.tasks import KINDS, kind_name

__all__ = ["WorkshopWizard"]

# More boxes than this nobody reads through; the search field narrows them down.
_SHOWN_CASES: Final = 40


class WorkshopWizard(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Choose cases and times, see agenda and exercises at once, write the master, build and check it.

    Attributes:
        planner: What is chosen and made, for use from Python.
    """

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self._boxes: dict[str, Any] = {}
        self._cases()
        self._settings()
        self._exercises()
        self._actions()
        choices = widgets.VBox(
            [
                html(heading_html(say("1 案例", "1 Cases"))),
                self.search,
                self.list,
                self.more,
                html(heading_html(say("2 怎么上", "2 Setting"))),
                self.framework,
                self.minutes,
                self.audience,
                self.level,
                widgets.HBox([self.seed, self.reseed], layout=wrapped()),
                html(heading_html(say("3 练习", "3 Exercises"))),
                self.exercises,
            ],
            layout=widgets.Layout(flex="1 1 22em", min_width="20em"),
        )
        shown = widgets.VBox(
            [html(heading_html(say("预览", "Preview"))), self.preview],
            layout=widgets.Layout(flex="1 1 22em", min_width="20em"),
        )
        super().__init__(
            [
                widgets.HBox([choices, shown], layout=wrapped()),
                html(heading_html(say("4 写出、打包、检查", "4 Make, build, check"))),
                self.master,
                self.script,
                self.word,
                widgets.HBox([self.make, self.build, self.check], layout=wrapped()),
                self.asking,
                widgets.HBox([self.progress, self.stop], layout=wrapped()),
                self.status,
                self.links,
                self.findings,
            ]
        )
        self._refresh()
        self._list_cases()
        self._list_masters()

    # ---- the parts ----------------------------------------------------------------------------------------------------
    def _cases(self) -> None:
        self.search = widgets.Text(
            description=say("找案例", "Find cases"),
            placeholder=say("名称、行业、工具、打法；繁简英都可以", "name, industry, tool, tactic; any script"),
            style=WIDE,
            layout=full(),
        )
        self.search.observe(lambda change: self._list_cases(), "value")
        self.list = widgets.VBox([], layout=widgets.Layout(max_height="17em", overflow="hidden auto", display="block"))
        self.more = html("")

    def _settings(self) -> None:
        chosen = self.planner.choices
        parts = [(say(one.name, one.name_en or one.name), one.id) for one in self.planner.frameworks]
        self.framework = widgets.Dropdown(
            description=say("框架", "Framework"),
            options=[(say("不用框架", "none"), ""), *parts],  # None would show as an empty box
            value=chosen.framework or "",
            style=WIDE,
            layout=full(),
        )
        self.minutes = widgets.BoundedIntText(
            description=say("时长（分）", "Minutes"),
            value=chosen.minutes,
            min=LEAST_MINUTES,
            max=MOST_MINUTES,
            step=10,
            style=WIDE,
            layout=full(),
        )
        self.audience = widgets.Text(
            description=say("对象", "Audience"),
            value=chosen.audience,
            placeholder=say("例如：店长", "e.g. store managers"),
            continuous_update=False,
            style=WIDE,
            layout=full(),
        )
        self.level = widgets.Dropdown(
            description=say("难度", "Level"),
            options=[(level_name(one), one) for one in (1, 2, 3)],
            value=chosen.level,
            style=WIDE,
            layout=full(),
        )
        self.seed = widgets.BoundedIntText(
            description=say("题号", "Seed"),
            value=chosen.seed,
            min=0,
            max=LARGEST_SEED,
            style=WIDE,
            tooltip=say("同一个题号出同一套题", "the same seed gives the same exercises"),
            layout=widgets.Layout(width="14em"),
        )
        self.reseed = widgets.Button(
            description=say("换一套题", "Other exercises"), layout=widgets.Layout(width="auto")
        )
        self.reseed.on_click(lambda _: setattr(self.seed, "value", self.planner.reseed()))
        for name in ("framework", "minutes", "audience", "level", "seed"):
            getattr(self, name).observe(self._chooser(name), "value")

    def _chooser(self, name: str) -> Callable[[Any], None]:
        def changed(change: Any) -> None:
            value = change["new"]
            self.planner.choose(**{name: (value or None) if name == "framework" else value})
            self._refresh()

        return changed

    def _exercises(self) -> None:
        boxes = []
        for kind in KINDS:
            box = checkbox(kind_name(kind), True)
            box.layout.width = "12em"
            box.observe(lambda change, kind=kind: self._want(kind, change["new"]), "value")
            boxes.append(box)
        self.exercises = widgets.HBox(boxes, layout=wrapped())

    def _want(self, kind: Any, wanted: bool) -> None:
        self.planner.want(kind, wanted=wanted)
        self._refresh()

    def _actions(self) -> None:
        self.preview = html("")
        self.master = widgets.Dropdown(
            description=say("母版", "Master"),
            options=[(say("先写出一个", "make one first"), "")],
            style=WIDE,
            layout=widgets.Layout(width="100%", max_width="44em"),
        )
        self.master.observe(lambda change: self._use(change["new"] or None), "value")
        self.word, self.script = word_box(), script_box()
        self.make = button(say("写出母版", "Make master"), self._make, primary=True)
        self.build = button(say("生成学员版和主持人版", "Build package"), self._build)
        self.check = button(say("检查", "Check"), self._check)
        self.asked = html("")
        self.asking = widgets.HBox(
            [
                self.asked,
                button(say("覆盖", "Overwrite"), lambda: self._write(overwrite=True)),
                button(say("另存一份", "Keep both"), lambda: self._write(number=True)),
                button(say("取消", "Cancel"), lambda: self._ask("")),
            ],
            layout=widgets.Layout(display="none", flex_flow="row wrap", align_items="center"),
        )
        self.progress = progress_bar()
        self.work = Work()
        self.stop = button(say("停下", "Stop"), self.work.stop)
        self.stop.layout.visibility = "hidden"
        self.status = html("")
        # an Output, since JupyterLab opens relative links in itself only in what it renders
        self.links = widgets.Output()
        self.findings = html("")

    # ---- cases ----------------------------------------------------------------------------------------------------------
    def _list_cases(self) -> None:
        """Chosen cases first, then what the search field matches."""
        found = self.planner.matching(self.search.value)
        chosen = self.planner.choices.cases
        rest = [card for card in found if card.id not in chosen]
        boxes = [self._box(name) for name in chosen] + [self._box(card.id, card) for card in rest[:_SHOWN_CASES]]
        self.list.children = boxes
        name = self.search.value.strip()
        if name and not found:
            add = widgets.Button(
                description=say(f"没有案例卡，从语料起草：{name}", f"No card: draft one from the corpus: {name}"),
                layout=widgets.Layout(width="auto"),
            )
            add.on_click(lambda _: self._pick(name, True))
            self.list.children = (*boxes, add)
        hidden = len(rest) - _SHOWN_CASES
        told = (
            say(f"还有 {hidden} 个案例，用上面的框缩小范围", f"{hidden} more: narrow them down above")
            if hidden > 0
            else ""
        )
        if not self.planner.cards:
            told = say(
                "这个工作区还没有案例卡；可以输入公司名，从语料起草",
                "no case cards yet: type a company's name to draft one",
            )
        self.more.value = note_html(told)

    def _box(self, name: str, card: Case | None = None) -> Any:
        """The box of a case; made once, so that it keeps its state."""
        if name not in self._boxes:
            card = card or next((one for one in self.planner.cards if one.id == name), None)
            label = name_of(card.name) if card else say(f"{name}（由语料起草）", f"{name} (drafted from the corpus)")
            told = say(card.summary_zh or "", card.summary_en or "") if card else ""
            box = checkbox(label, name in self.planner.choices.cases, told)
            box.observe(lambda change: self._pick(name, change["new"]), "value")
            self._boxes[name] = box
        return self._boxes[name]

    def _pick(self, name: str, chosen: bool) -> None:
        self.planner.pick(name, chosen=chosen)
        if name not in {card.id for card in self.planner.cards}:
            self._list_cases()  # a company without a card has no other place in the list
            self._boxes[name].value = chosen
        self._refresh()

    # ---- preview and actions --------------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        preview = self.planner.preview()
        self.preview.value = preview_html(preview)
        self.make.disabled = preview.planned == 0
        self._ask("")

    def _list_masters(self) -> None:
        folder = self.planner.bench.workspace.root / "notebooks"
        found = [(path.relative_to(folder).as_posix(), path) for path in self.planner.masters()]
        now = self.planner.master
        self.master.options = [(say("先写出一个", "make one first"), ""), *found]
        self.master.value = now if now in [path for _, path in found] else ""
        self._enable()

    def _enable(self) -> None:
        self.build.disabled = self.check.disabled = self.planner.master is None

    def _use(self, path: Path | None) -> None:
        if path != self.planner.master:
            self.planner.use(path)
            self.findings.value = self.status.value = ""
            self._link()
        self._enable()

    def _ask(self, question: str) -> None:
        self.asked.value = note_html(question)
        self.asking.layout.display = "flex" if question else "none"

    def _make(self) -> None:
        with self._telling():
            clash = self.planner.clash()
            if clash is not None:
                self._ask(
                    say(
                        f"{clash.name} 已经有了，内容不同（可能有人改过）。",
                        f"{clash.name} exists and is different (somebody may have edited it).",
                    )
                )
                return
            self._write()

    def _write(self, *, overwrite: bool = False, number: bool = False) -> None:
        self._ask("")
        with self._telling():
            path = self.planner.make(overwrite=overwrite, number=number)
            self._list_masters()
            self.findings.value = ""
            self._link()
            self._tell(
                say(
                    f"母版已写出：{path.name}。打开改好、存盘，再生成两个版本。",
                    f"Master written: {path.name}. Open, edit and save it, then build.",
                ),
                "ok",
            )

    def _build(self) -> None:
        def job(step: Progress) -> None:
            done = self.planner.build(step, word=self.word.value, script=self.script.value)
            self._link()
            told = say(
                f"{len(done.files)} 个文件在 {done.folder.name}/", f"{len(done.files)} files in {done.folder.name}/"
            )
            self._tell(told, "ok")
            self.findings.value = "".join(note_html(one) for one in done.warnings)

        self._begin(job)

    def _check(self) -> None:
        def job(step: Progress) -> None:
            self.findings.value = checked_html(self.planner.check(step))
            self.status.value = ""

        self.findings.value = ""
        self._begin(job)

    def _link(self) -> None:
        text = links_html(self.planner.files(), _notebook_folder())
        self.links.outputs = (
            ({"output_type": "display_data", "data": {"text/html": text, "text/plain": ""}, "metadata": {}},)
            if text
            else ()
        )

    # ---- telling ----------------------------------------------------------------------------------------------------------
    def _tell(self, text: str, level: str = "note") -> None:
        self.status.value = note_html(text, level)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Errors of casekit become one line in the wizard; others (bugs) go where JupyterLab logs them."""
        try:
            yield
        except CasekitError as error:
            self._tell(" ".join(str(error).split()), "wrong")
        except OSError as error:
            self._tell(say(f"读写文件出错：{error}", f"cannot read or write: {error}"), "wrong")

    def _step(self, done: int, total: int, what: str) -> None:
        self.progress.max, self.progress.value = total, done
        self._tell(f"{what} …")

    def _begin(self, job: Callable[[Progress], None]) -> None:
        """Do it beside the kernel, with the bar and a way to stop."""

        def whole(step: Progress) -> None:
            with self._telling(), self._working():
                try:
                    job(step)
                except Stopped as stopped:
                    self._tell(str(stopped))

        self.work.start(whole, self._step)

    @contextmanager
    def _working(self) -> Iterator[None]:
        buttons = (self.make, self.build, self.check)
        before = [one.disabled for one in buttons]
        for one in buttons:
            one.disabled = True
        self.progress.value = 0
        self.progress.layout.visibility = self.stop.layout.visibility = "visible"
        try:
            yield
        finally:
            self.progress.layout.visibility = self.stop.layout.visibility = "hidden"
            for one, disabled in zip(buttons, before, strict=True):
                one.disabled = disabled

    def _ipython_display_(self, **_options: Any) -> None:
        """The widget, and for notebooks without a kernel what it showed."""
        self.add_class("casekit-drawn")
        show_pictured(self.model_id, summary_html(self.planner, self.planner.preview()), "<casekit workshop wizard>")


def _notebook_folder() -> Path:
    """The folder of the notebook that runs: JupyterLab's server names the file, else the kernel starts there."""
    name = os.environ.get("JPY_SESSION_NAME", "")
    path = Path(name)
    return path.parent if name.endswith(".ipynb") and path.is_absolute() else Path.cwd()
