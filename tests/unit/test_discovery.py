"""Candidates for the lexicon. Articles and names are invented."""

from __future__ import annotations

from casekit.lexicon import Decision, Lexicon, apply_decisions, load_lexicon
from casekit.mentions import Candidate, discover
from casekit.mentions.newwords import new_words
from casekit.types import Cleaned, Doc, Metadata, Source, Span

TEXTS = (
    "青禾优选董事长周明远表示，青禾优选今年启动“星桥计划”。\n云帆系统上线后，云帆系统很稳定。Qinghe Lab参与其中。",
    "周明远说，“星桥计划”不急。《柜台后面》值得一读。Qinghe Lab的人也在。",
)


def docs() -> list[Doc]:
    return [
        Doc(Source(f"s{i}", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
        for i, text in enumerate(TEXTS)
    ]


def by_name(lexicon: Lexicon) -> dict[str, Candidate]:
    return {candidate.name: candidate for candidate in discover(docs(), lexicon)}


def test_names_are_offered_with_type_counts_and_places() -> None:
    offered = by_name(load_lexicon())
    assert offered["青禾优选"].type == "company"
    assert offered["周明远"].type == "person"
    assert (offered["星桥计划"].count, offered["星桥计划"].sources) == (2, 2)
    assert offered["《柜台后面》"].type == "book"


def test_loose_evidence_needs_repetition() -> None:
    offered = by_name(load_lexicon())
    assert offered["云帆"].why == "suffix"
    assert offered["Qinghe Lab"].why == "latin"


def test_contexts_lead_to_the_source() -> None:
    texts = {f"s{i}": text for i, text in enumerate(TEXTS)}
    for candidate in discover(docs(), load_lexicon()):
        assert candidate.contexts
        for source, span in candidate.contexts:
            assert span.slice(texts[source]).strip("“”") == candidate.name


def test_listed_and_rejected_names_are_not_offered() -> None:
    lexicon = apply_decisions(
        load_lexicon(), [Decision("accept", "青禾优选", "company"), Decision("reject", "星桥计划")]
    )
    offered = by_name(lexicon)
    assert "青禾优选" not in offered
    assert "星桥计划" not in offered


def test_the_same_documents_give_the_same_list() -> None:
    assert discover(docs(), load_lexicon()) == discover(docs(), load_lexicon())


def test_nothing_comes_of_nothing() -> None:
    assert discover([], load_lexicon()) == []


def test_a_cohesive_string_with_free_neighbours_is_a_new_word() -> None:
    # 喆焜 stands between ever other neighbours; its two characters occur nowhere else.
    filler = "".join(map(chr, range(0x5000, 0x5200)))
    texts = [filler, "山喆焜水", "风喆焜云", "花喆焜鸟", "鱼喆焜虫", "天喆焜地", "日喆焜月"]
    assert new_words(texts, known=lambda word: False) == ["喆焜"]
    assert new_words(texts, known=lambda word: word == "喆焜") == []
