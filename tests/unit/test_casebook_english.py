"""Cards in English: figures as English writes them, what lacks, lines to write it on, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.workshop_sample import card_a

from casekit import language
from casekit.casebook import Case, Facet, Facets, card_yaml, load_card, save_card
from casekit.casebook.editing import add_blanks
from casekit.casebook.english import english_figure, english_flaws, lacking_english
from casekit.casebook.labels import facet_text, figure_text, statement_text
from casekit.casebook.show import card_html, card_markdown
from casekit.errors import SettingError
from casekit.workbench.teachable import _refuse_chinese


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("2000万", "20 million"),
        ("400多家", "more than 400"),
        ("最高25%", "up to 25%"),
        ("近1亿", "nearly 100 million"),
        ("至少30%至40%", "at least 30%–40%"),
        ("300万元", "3 million yuan"),
        ("平均两人一张", "平均两人一张"),  # more is said than a number
        ("年底", "年底"),
    ],
)
def test_a_figure_is_written_as_english_writes_it(figure: str, told: str) -> None:
    assert english_figure(figure) == told


def _english() -> Case:
    card = card_a()
    results = (
        replace(card.results[0], text_en="Cloud Scan had 600,000 users.", metric_en="users", period_en="year end"),
    )
    return replace(card, note_en="600,000 are users.", results=(*results, *card.results[1:]))


def test_a_card_with_english_reads_back_and_shows_it_by_the_setting(tmp_path: Path) -> None:
    card = _english()
    save_card(card, tmp_path / "a.yaml")
    assert load_card(tmp_path / "a.yaml") == card
    assert "60万用户" in card_markdown(card)
    language.use("en")
    assert statement_text(card.results[0]) == "Cloud Scan had 600,000 users."
    assert figure_text(card.results[0]) == "600,000"
    assert "Cloud Scan had 600,000 users." in card_html(card)


def test_what_lacks_is_named_and_gets_a_blank_line_that_changes_nothing(tmp_path: Path) -> None:
    card, path = _english(), tmp_path / "a.yaml"
    lacking = {one.field for one in lacking_english(card)}
    assert {"results[1].text_en", "people[0].role_en"} <= lacking
    assert not {"results[0].text_en", "note_en"} & lacking
    # a note that a person wrote beside the card stays where it is
    path.write_text(card_yaml(card).replace("results:", "# mine\nresults:"), "utf-8")
    assert add_blanks(path) == len(lacking)
    once = path.read_text("utf8")
    assert add_blanks(path) == len(lacking)  # the lines are there: nothing is put in a second time
    assert path.read_text("utf8") == once
    assert load_card(path) == card
    assert path.read_text("utf-8").count('_en: ""') == len(lacking)
    assert "# mine\nresults:" in path.read_text("utf-8")


def test_a_figure_that_the_english_changes_is_a_flaw() -> None:
    card = _english()
    assert english_flaws(card) == ()
    wrong = replace(card, results=(replace(card.results[0], text_en="Cloud Scan had 60,000 users."),))
    assert [one.field for one in english_flaws(wrong)] == ["results[0].text_en"]


def test_an_english_edition_of_a_chinese_card_is_refused_by_its_name() -> None:
    language.use("en")
    with pytest.raises(SettingError, match=r"Haijiao.*casekit case english") as caught:
        _refuse_chinese([card_a()])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("facet", "told"),
    [
        (Facet("门店300家", kind="size", certainty="hearsay"), "门店300家（据说的规模）"),
        (Facet("门店300家"), "门店300家（性质未注明）"),
        (Facet("两个团队融合"), "两个团队融合"),
        (Facet("2018年开始"), "2018年开始"),
    ],
)
def test_a_facet_with_a_figure_says_how_certain_it_is(facet: Facet, told: str) -> None:
    assert facet_text(facet) == told
    assert told in card_markdown(replace(card_a(), facets=Facets(company_size=(facet,))))
