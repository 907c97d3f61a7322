"""What all widgets share: the one bundle of the front end, questions from it, and HTML that needs no kernel."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

import anywidget
import traitlets

from casekit.errors import CasekitError
from casekit.language import current, say
from casekit.pictured import show_pictured

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["Answer", "Bench", "Failure", "Question", "Widget", "bench_of", "bundle"]

Bench = "Workbench"
_log = logging.getLogger(__name__)


class Question(TypedDict):
    """What the front end asks: `id` is its own, `ask` names one of the widget's questions."""

    id: str
    ask: str
    args: dict[str, Any]


class Answer(TypedDict):
    """The answer to the question `id`."""

    id: str
    result: Any


class Failure(TypedDict):
    """Why the question `id` has no answer, in one line."""

    id: str
    error: str


@cache
def bundle(name: str) -> str:
    """The text of a file of the built front end, read once."""
    return (files("casekit.jupyter") / "static" / name).read_text("utf8")


def bench_of(wb: Workbench | None) -> Workbench:
    """The workbench given, or that of the nearest workspace upward.

    Raises:
        WorkspaceError: If there is none.
    """
    if wb is not None:
        return wb
    from casekit.jupyter.kernel.bench import current_bench

    return current_bench()


class Widget(anywidget.AnyWidget):
    """Base of the widgets.

    `data` is all that the front end draws, as JSON; `selected` the ids of what is chosen there. A question of the front
    end is answered by the method `ask_NAME`, which takes the question's `args` as keywords.
    """

    _esm: ClassVar[str] = bundle("widgets.js")  # a text, not a path: anywidget watches paths for changes
    _css: ClassVar[str] = bundle("widgets.css")
    part = ""
    """Which of the bundle's views draws it."""

    widget = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    selected = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, bench: Workbench, data: Mapping[str, Any]) -> None:
        self.bench = bench
        super().__init__(widget=self.part, language=current(), data=dict(data))
        self.on_msg(self._asked)

    def _asked(self, _widget: object, question: object, _buffers: object) -> None:
        if not isinstance(question, dict) or not isinstance(question.get("id"), str):
            return
        self.send(self._answer(question))

    def _answer(self, question: Mapping[str, Any]) -> Answer | Failure:
        known: Callable[..., Any] | None = getattr(self, f"ask_{question.get('ask')}", None)
        args = question.get("args")
        if known is None or not isinstance(args, dict):
            return Failure(id=question["id"], error=say("读不懂界面的请求", "cannot read the view's question"))
        try:
            return Answer(id=question["id"], result=known(**{str(name): value for name, value in args.items()}))
        except CasekitError as error:
            return Failure(id=question["id"], error=_one_line(str(error)))
        except Exception as error:  # noqa: BLE001 - the view must hear of it, or it would wait for ever
            _log.exception("a widget's question failed")
            return Failure(id=question["id"], error=_one_line(f"{type(error).__name__}: {error}"))

    # ---- shown ------------------------------------------------------------------------------------------------------
    def fallback(self) -> str:
        """The widget as HTML that needs no kernel, no script and no network."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<casekit {type(self).__name__}>"

    def _repr_html_(self) -> str:
        return self.fallback()

    def _ipython_display_(self, **_options: Any) -> None:
        show_pictured(self.model_id, self.fallback(), repr(self))


def _one_line(text: str) -> str:
    return " ".join(text.split())
