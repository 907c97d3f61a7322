"""The review of names nobody listed: what hangs on them, decisions in bulk, merging into candidates, undoing."""

from __future__ import annotations

from pathlib import Path

import pytest

from casekit.errors import SettingError
from casekit.lexicon import Decision, load_decisions
from casekit.workbench import Workbench

TEXT = (
    "禾朗軒的擴張\n\n在禾朗軒內部，導購都用企業微信。禾朗軒宣布，去年營收增長了12%。禾朗軒的門店有300家。\n\n"
    "禾朗軒的創始人汪若川表示，明年再開五十家。汪若川說，會員已有200萬人。\n"
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("review")
    made = Workbench.init(root / "ws")
    settings = root / "ws" / "casekit.toml"
    settings.write_text(settings.read_text("utf8").replace('name = "default"', 'name = "none"'), "utf8")
    (root / "horan.txt").write_text(TEXT, "utf8")
    bench = Workbench(made.workspace.root)
    bench.add([root / "horan.txt"])
    bench.build()
    return bench


@pytest.fixture
def decisions(bench: Workbench) -> Path:
    path = bench.workspace.lexicon / "decisions.yaml"
    path.unlink(missing_ok=True)
    bench.held.renew_lexicon()
    return path


def test_candidates_show_their_own_characters_and_what_hangs_on_them(bench: Workbench, decisions: Path) -> None:
    first = bench.candidates()[0]
    assert (first["name"], first["text"], first["type"]) == ("禾朗轩", "禾朗軒", "company")
    assert first["figures"] + first["relations"] > 0
    assert {context["text"] for context in first["contexts"]} == {"禾朗軒"}


def test_pending_counts_names_and_figures_without_subject(bench: Workbench, decisions: Path) -> None:
    names, figures = bench.pending()
    assert names >= 2
    bench.decide(["禾朗轩", "汪若川"], "accept")
    assert bench.pending() == (names - 2, figures)


def test_as_many_names_are_listed_as_are_counted_and_weaker_ones_only_on_demand(
    bench: Workbench, decisions: Path
) -> None:
    names, _ = bench.pending()
    listed = [row["name"] for row in bench.candidates()]
    assert len(listed) == len(set(listed)) == names
    assert {row["name"] for row in bench.candidates(weak=True)} >= set(listed)
    bench.decide(listed[0], "reject")
    assert [row["name"] for row in bench.candidates()] == listed[1:]
    assert bench.pending()[0] == names - 1


def test_several_are_accepted_at_once_with_their_own_types(bench: Workbench, decisions: Path) -> None:
    bench.decide(["禾朗轩", "汪若川"], "accept")
    assert load_decisions(decisions) == [
        Decision("accept", "禾朗轩", "company"),
        Decision("accept", "汪若川", "person"),
    ]
    bench.decide(["禾朗轩", "汪若川"], "undo")
    assert load_decisions(decisions) == []


def test_names_merge_into_a_candidate_which_is_accepted_with_them(bench: Workbench, decisions: Path) -> None:
    bench.decide(["禾朗", "禾朗連鎖"], "merge", into="禾朗轩")
    assert [one.verdict for one in load_decisions(decisions)] == ["accept", "merge", "merge"]
    entity = bench.lexicon.lookup("禾朗連鎖")
    assert entity is not None
    assert entity.name == "禾朗轩"


def test_one_name_of_several_that_is_no_good_leaves_all_as_they_were(bench: Workbench, decisions: Path) -> None:
    with pytest.raises(SettingError, match="没听说过"):
        bench.decide(["禾朗轩", "没听说过"], "accept")
    with pytest.raises(SettingError, match="没有这个"):
        bench.decide(["禾朗"], "merge", into="没有这个")
    assert load_decisions(decisions) == []


def _verdicts(path: Path) -> dict[str, str]:
    return {one.name: one.verdict for one in load_decisions(path)}


def test_accepting_a_name_again_that_others_are_merged_into_leaves_them_merged(
    bench: Workbench, decisions: Path
) -> None:
    bench.decide("禾朗", "merge", into="禾朗轩")
    bench.decide("禾朗轩", "accept", type="品牌")
    entity = bench.lexicon.lookup("禾朗")
    assert entity is not None
    assert (entity.name, entity.type) == ("禾朗轩", "brand")


@pytest.mark.parametrize("verdict", ["reject", "undo"])
def test_what_is_merged_into_a_name_goes_with_it(bench: Workbench, decisions: Path, verdict: str) -> None:
    bench.decide(["禾朗", "禾朗連鎖"], "merge", into="禾朗轩")
    told = bench.decide("禾朗轩", verdict)
    assert {(one.name, one.verdict) for one in told} == {("禾朗轩", verdict), ("禾朗", "undo"), ("禾朗連鎖", "undo")}
    assert _verdicts(decisions) == ({"禾朗轩": "reject"} if verdict == "reject" else {})
    assert bench.lexicon.lookup("禾朗") is None


def test_what_is_merged_into_a_name_goes_along_where_that_is_merged_itself(bench: Workbench, decisions: Path) -> None:
    bench.decide("禾朗", "merge", into="禾朗轩")
    bench.decide("禾朗轩", "merge", into="汪若川")
    assert {bench.lexicon.lookup(name).name for name in ("禾朗", "禾朗轩")} == {"汪若川"}  # type: ignore[union-attr]


def test_what_cannot_be_is_said_in_one_line_and_nothing_is_written(bench: Workbench, decisions: Path) -> None:
    bench.decide("汪若川", "accept")
    for names, verdict, into, words in (
        (["汪若川", "没见过"], "undo", None, "没有裁定过 没见过"),
        (["禾朗"], "merge", None, "--into"),
        (["禾朗轩"], "merge", "禾朗轩", "自己"),
    ):
        with pytest.raises(SettingError, match=words):
            bench.decide(names, verdict, into=into)
    assert _verdicts(decisions) == {"汪若川": "accept"}


def test_all_others_are_accepted_once_the_wrong_ones_are_rejected(bench: Workbench, decisions: Path) -> None:
    from casekit.verbs import Asked
    from casekit.verbs.found import LEXICON

    bench.decide("汪若川", "reject")
    act = LEXICON.act("accept")
    assert act is not None
    act.do(bench, Asked(act, {"names": [], "type": None, "rest": True}))
    assert bench.candidates() == []
    assert _verdicts(decisions)["汪若川"] == "reject"
