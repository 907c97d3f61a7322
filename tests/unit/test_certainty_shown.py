"""No figure stands on a screen without its kind and its certainty, and no label says both that it is so and that it is rumour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casekit.casebook import Statement
from casekit.casebook.labels import claim_label, figure_label
from casekit.types import Fact, Span
from casekit.workbench.knowledge.outcomes import Figure

KINDS = ("achieved", "target", "estimate", "size", "survey", "date")
CERTAINTIES = ("stated", "hearsay", "expected")
CLAIMS = [(kind, certainty) for kind in KINDS for certainty in CERTAINTIES]


def fact(kind: str, certainty: str) -> Fact:
    return Fact(
        "first",
        Span(3, 6),
        "30%",
        "晨露",
        "晨露",
        "占比",
        30,
        30,
        "%",
        kind=kind,  # type: ignore[arg-type]  # one of the kinds
        certainty=certainty,  # type: ignore[arg-type]  # one of the certainties
    )


def _row(one: Fact) -> dict[str, Any]:
    from casekit.asjson import to_json

    return {**to_json(one), "standing": "original"}


def _frame(one: Fact) -> str:
    import pandas as pd

    from casekit.jupyter.kernel.display.frames import frame

    made = pd.DataFrame([_row(one)])
    made.attrs["casekit"] = "facts"
    return frame(made)


def _display(name: str) -> Callable[[Fact], str]:
    def shown(one: Fact) -> str:
        from casekit.facts import Agreement
        from casekit.jupyter.kernel.display import knowledge, network

        if name == "agreement":
            return knowledge.agreement(Agreement("晨露", "占比", "%", "agree", (), (one,), 2))
        if name == "outcome":
            return network.figure(Figure(one, "sentence", one.span))
        return knowledge.facts([one]) if name == "table" else knowledge.fact(one)

    return shown


def _statement(one: Fact) -> Statement:
    return Statement("占比30%", figure="30%", kind=one.kind, certainty=one.certainty, metric="占比")  # type: ignore[arg-type]  # cards have no dates


def _case(one: Fact) -> str:
    from casekit.jupyter.kernel.display.cases import statement

    return statement(_statement(one))


def _screen(one: Fact, capsys: pytest.CaptureFixture[str]) -> str:
    from casekit.cli.knowledge import SCREENS
    from casekit.verbs import Asked

    class Given(Asked):
        def __getitem__(self, name: str) -> Any:
            return False

    SCREENS["facts"].show(None, Given.__new__(Given), [_row(one)])
    return capsys.readouterr().out


def _drawn(one: Fact) -> str:
    from casekit.jupyter.widgets.fallback.figures import chart_html, timeline_html
    from casekit.jupyter.widgets.figures import _figure, kinds_of

    row = _figure("first:3-6", _row(one), (2019.0, 2020.0), "甲文", "original")
    data = {"title": "甲", "lanes": "subject", "kinds": kinds_of([row]), "figures": [row], "left_out": 0}
    groups = [{"id": "a", "label": "占比", "unit": "%", "figures": [row], "bare": 0, "left_out": 0}]
    return timeline_html(data) + chart_html({"title": "甲", "groups": groups, "kinds": data["kinds"]})


def _marked(one: Fact) -> str:
    from casekit.workbench.panel.reading import _figure

    return _figure(one)


def _cell(one: Fact) -> str:
    from casekit.jupyter.service.cells import _figure

    return _figure(one)


def _evidence(one: Fact) -> str:
    from casekit.casebook.evidence import _figure

    return _figure(one)


def _table(one: Fact) -> str:
    from casekit.graph import metric_table

    told = metric_table([one], told=lambda f: claim_label(f.kind, f.certainty))
    return claim_label(one.kind, one.certainty) if one.kind == "date" else str(told.iloc[0, 0])


SHOWN: dict[str, Callable[[Fact], str]] = {
    "a figure in a cell": _display("fact"),
    "figures in a table": _display("table"),
    "the same in several places": _display("agreement"),
    "what came of it": _display("outcome"),
    "a data frame": _frame,
    "a statement of a card": _case,
    "a figure of a card": lambda one: figure_label(_statement(one)),
    "timeline and chart": _drawn,
    "the reader's mark": _marked,
    "an evidence card": _cell,
    "evidence of a card": _evidence,
    "who has which figure": _table,
}


@pytest.mark.parametrize("where", SHOWN)
def test_every_display_says_kind_and_certainty(where: str) -> None:
    for kind, certainty in CLAIMS:
        if where == "timeline and chart" and kind == "date":
            continue
        shown = SHOWN[where](fact(kind, certainty))
        assert claim_label(kind, certainty) in shown, (kind, certainty)


def test_the_terminal_says_kind_and_certainty(capsys: pytest.CaptureFixture[str]) -> None:
    for kind, certainty in CLAIMS:
        assert claim_label(kind, certainty) in _screen(fact(kind, certainty), capsys)


def test_no_label_contradicts_itself() -> None:
    labels = {(kind, certainty): claim_label(kind, certainty) for kind, certainty in CLAIMS}
    assert len(set(labels.values())) == len(labels)
    assert all("已实现" not in label for (_, certainty), label in labels.items() if certainty != "stated")
    assert labels["achieved", "hearsay"] == "据说达到"
