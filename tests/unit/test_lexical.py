"""Terms, and the word index: what it says of every passage is what plain counting says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples, raw_texts

from casekit.errors import IndexDamagedError
from casekit.fold import fold_text
from casekit.lexical import K1, NUMBER, B, LexicalDraft, LexicalIndex, LexicalRow, best, terms_of
from casekit.lexical.blocks import block_of, joined, read_block, write_block
from casekit.lexical.terms import key_of, keyed


def test_terms_are_characters_pairs_and_runs() -> None:
    # by the module's definition: single Han characters, Han bigrams, runs of letters or digits
    assert terms_of("会员制 o2o，𠮷野3家") == ["会", "员", "制", "会员", "员制", "o2o", "𠮷", "野", "𠮷野", "3", "家"]
    assert terms_of("") == []
    assert terms_of("，。！ _-") == []


def test_a_border_between_scripts_is_a_border_between_terms() -> None:
    assert terms_of("用app下单") == ["用", "app", "下", "单", "下单"]


@given(raw_texts())
def test_terms_stand_in_the_text_and_hold_no_white_space(raw: str) -> None:
    folded = fold_text(raw)
    for term in terms_of(folded):
        assert term in folded or term.startswith(NUMBER)
        assert term
        assert not any(c.isspace() for c in term)


@given(st.lists(raw_texts().map(fold_text) | st.text(max_size=40), max_size=6))
def test_the_terms_of_many_texts_at_once_are_those_of_each(texts: list[str]) -> None:
    expected = sorted(key_of(term) << 16 | number for number, text in enumerate(texts) for term in terms_of(text))
    assert keyed(texts).tolist() == expected


@given(st.sets(st.text(min_size=1, max_size=4)))
def test_terms_have_keys_of_their_own(words: set[str]) -> None:
    terms = {term for word in words for term in terms_of(word)}
    assert len({key_of(term) for term in terms}) == len(terms)
    assert all(0 <= key_of(term) < 2**48 for term in terms)


# ---- the formula --------------------------------------------------------------------------------------------------------
def plain_scores(texts: Sequence[str], query: Mapping[str, float]) -> list[float]:
    """BM25 by its formula (Robertson & Zaragoza 2009, eq. 3.15, with the usual +1 inside the logarithm), text by text."""
    counts = [Counter(terms_of(text)) for text in texts]
    lengths = [sum(one.values()) for one in counts]
    average = sum(lengths) / len(lengths) if lengths else 0.0
    scores = []
    for own, length in zip(counts, lengths, strict=True):
        score = 0.0
        for term, weight in query.items():
            df = sum(term in other for other in counts)
            idf = math.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
            norm = K1 * (1 - B + B * length / average) if average else K1
            score += weight * idf * own[term] * (K1 + 1) / (own[term] + norm) if own[term] else 0.0
        scores.append(score)
    return scores


def made(folder: Path, texts: Mapping[int, str], *, steps: int = 1, gone: Sequence[int] = ()) -> LexicalIndex:
    """An index of texts by id, grown in so many steps, each upon the files of the one before; `gone` are taken out last."""
    rows = [LexicalRow(pid, text, f"s{pid % 3}", 10 * (pid % 999)) for pid, text in sorted(texts.items())]
    before: Path | None = None
    for step in range(steps + bool(gone)):
        draft = LexicalDraft(folder / str(step), previous=before)
        draft.add(rows[len(rows) * step // steps : len(rows) * (step + 1) // steps] if step < steps else [])
        if step == steps:
            draft.remove(gone)
        draft.commit()
        before = folder / str(step)
    assert before is not None
    return LexicalIndex(before)


def query(text: str) -> dict[str, float]:
    return dict.fromkeys(terms_of(text), 1.0)


WORDS = ["会员", "导购", "门店", "2000万", "两千万", "app", "数字化", "的", "哈哈哈", "，", "crm", " "]
CORPORA = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), min_size=1, max_size=20)


@settings(deadline=None, max_examples=examples(60))
@given(CORPORA, st.lists(st.sampled_from(WORDS), max_size=4).map("".join), st.integers(1, 4), st.data())
def test_scores_are_those_of_the_formula_in_whatever_steps_it_grew(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], asked: str, steps: int, data: st.DataObject
) -> None:
    by_id = {7 * number + 1: text for number, text in enumerate(texts)}
    gone = data.draw(st.lists(st.sampled_from(sorted(by_id)), unique=True))
    hidden = data.draw(st.lists(st.sampled_from(sorted(by_id)), unique=True))
    index = made(tmp_path_factory.mktemp("x"), by_id, steps=steps, gone=gone)
    weights = {term: 0.5 + number for number, term in enumerate(query(asked))}
    left = [pid for pid in by_id if pid not in gone and pid not in hidden]
    chosen = index.without(hidden)
    expected = dict(zip(left, plain_scores([by_id[pid] for pid in left], weights), strict=True))
    found = dict(zip(index.pids.tolist(), chosen.scores(weights).tolist(), strict=True))
    assert {pid: found[pid] for pid in left} == pytest.approx(expected)
    assert all(found[pid] == 0 for pid in found if pid not in expected)
    assert chosen.n == len(left)
    held = [Counter(terms_of(by_id[pid])) for pid in left]
    frequencies = {term: sum(term in one for one in held) for term in weights}
    assert chosen.frequencies(weights) == {term: n for term, n in frequencies.items() if n}
    both = [pid for pid in left if weights and all(term in terms_of(by_id[pid]) for term in weights)]
    assert index.pids[chosen.holding(weights, 100)].tolist() == both


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map("".join), min_size=1, max_size=60),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join),
    st.integers(1, 9),
    st.booleans(),
    st.data(),
)
def test_the_best_rows_are_those_that_adding_up_all_finds(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    asked: str,
    limit: int,
    arrays: bool,
    data: st.DataObject,
) -> None:
    """Bit for bit, whether terms are left out, looked up in lists or in arrays of their own."""
    index = made(tmp_path_factory.mktemp("x"), dict(enumerate(texts, 1)), steps=data.draw(st.integers(1, 3)))
    some = st.lists(st.sampled_from(range(1, len(texts) + 1)), unique=True)
    chosen = index.without(data.draw(some))
    weights = {term: 0.5 + number for number, term in enumerate(query(asked))}
    also = np.sort(index.rows_of(data.draw(some)))
    among = index.mask_of(data.draw(some)) if data.draw(st.booleans()) else None
    if among is not None and chosen.mask is not None:
        among &= chosen.mask
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {"_FEW": 0, "_RARE": 3, "_SURE": 0.5, "_COMMON": 1000 if arrays else 0}.items():
            patched.setattr(best, name, value)
        rows, scores = chosen.best(weights, limit, also=also, among=among)
    every = chosen.scores(weights)
    assert scores.tolist() == every[rows].tolist()
    allowed = every if among is None else np.where(among, every, 0.0)
    least = np.sort(allowed)[::-1][:limit][-1]
    wanted = set(np.flatnonzero((allowed > 0) & (allowed >= least - 1e-6)).tolist())
    assert set(rows.tolist()) <= wanted | set(also.tolist())
    assert set(also.tolist()) <= set(rows.tolist())
    if len(wanted) <= 4 * limit:  # no more of those that are alike are taken
        assert wanted <= set(rows.tolist())
    assert (np.diff(rows) > 0).all()


def test_common_characters_are_left_out_among_many_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {pid: "会员" * (pid % 3) + ("导购" if pid % 40 == 0 else "门店的人") for pid in range(1, 2001)}
    index = made(tmp_path, texts)
    monkeypatch.setattr(best, "_FEW", 100)
    added = []
    monkeypatch.setattr(best, "add_up", lambda found, norms, term: added.append(term.term))
    rows, scores = index.without().best({"导购": 5.0, "会": 0.1, "员": 0.1}, 10, also=np.empty(0, np.int64))
    assert added == []
    monkeypatch.undo()
    assert scores.tolist() == index.without().scores({"导购": 5.0, "会": 0.1, "员": 0.1})[rows].tolist()
    assert len(rows) >= 10


def test_repetitions_count_each(tmp_path: Path) -> None:
    index = made(tmp_path, {1: "会" * 400, 2: "会员"})
    assert index.without().scores(query("会")).tolist() == pytest.approx(
        plain_scores(["会" * 400, "会员"], query("会"))
    )


def test_rows_are_known_by_id_and_place(tmp_path: Path) -> None:
    big = 2**40
    index = made(tmp_path, {1: "会员", 5: "导购", big: "会员"}, steps=3, gone=[5])
    rows = index.rows_of([big, 77, 1]).tolist()
    assert [int(index.pids[row]) for row in rows] == [big, 1]
    assert [index.place(row) for row in rows] == [("s1", 10 * (big % 999)), ("s1", 10)]
    assert index.mask_of([1]).tolist() == [pid == 1 for pid in index.pids.tolist()]


def test_what_is_not_committed_is_not_found(tmp_path: Path) -> None:
    made(tmp_path, {1: "会员"})
    draft = LexicalDraft(tmp_path / "next", previous=tmp_path / "0")
    draft.add([LexicalRow(2, "会员", "s", 0)])
    assert LexicalIndex(tmp_path / "next").pids.tolist() == [1]
    draft.commit()
    assert LexicalIndex(tmp_path / "next").pids.tolist() == [1, 2]
    assert draft.largest_pid() == 2


def test_one_more_passage_writes_what_it_brings(tmp_path: Path) -> None:
    """Files of before are taken over as they are; only small ones are joined with what is new."""
    made(tmp_path, {pid: f"第{pid}段说会员" for pid in range(1, 4097)})
    (large,) = (tmp_path / "0").glob("block-*")
    before = large.read_bytes()
    for step in range(1, 4):
        before_it, folder = tmp_path / str(step - 1), tmp_path / str(step)
        draft = LexicalDraft(folder, previous=before_it, link=lambda source, target: target.hardlink_to(source))
        draft.add([LexicalRow(5000 + step, "又一段", "s", 0)])
        draft.remove([step])
        draft.commit()
        assert (tmp_path / str(step) / large.name).samefile(large)
        assert sum(path.stat().st_size for path in (tmp_path / str(step)).iterdir() if path.name != large.name) < 2000
    assert large.read_bytes() == before
    assert LexicalIndex(tmp_path / "3").without().n == 4096


def test_what_is_gone_goes_from_the_files_when_it_is_much(tmp_path: Path) -> None:
    index = made(tmp_path, {pid: f"第{pid}段说会员" for pid in range(1, 101)}, gone=range(1, 60))
    assert index.pids.tolist() == list(range(60, 101))
    assert [path.name for path in (tmp_path / "1").iterdir() if path.name.startswith("gone")] == []


def test_joined_blocks_are_the_block_of_all(tmp_path: Path) -> None:
    texts = ["会员日", "导购 app", "", "2000万会员", "，"]
    rows = [LexicalRow(pid, text, f"s{pid % 2}", pid) for pid, text in enumerate(texts)]
    whole = block_of(rows)
    parts = [block_of(rows[:2]), block_of(rows[2:3]), block_of(rows[3:])]
    write_block(tmp_path / "b", joined(parts, [np.ones(len(part), dtype=bool) for part in parts]))
    found = read_block(tmp_path / "b")
    for name in ("pids", "lengths", "begins", "owners", "keys", "starts", "entries", "counts", "sources"):
        assert np.array_equal(getattr(found, name), getattr(whole, name)), name


@pytest.mark.parametrize("odd", ["'", '"', "AND", "or NOT", "terms:x", "+-&&||!(){}[]^~*?:\\/", "\x00", "\u200b"])
def test_terms_are_never_read_as_a_query_language(odd: str, tmp_path: Path) -> None:
    index = made(tmp_path / "x", {1: "会员" + fold_text(odd), 2: "导购"})
    assert np.flatnonzero(index.without().scores({**query("会员"), odd: 1.0})).tolist() == [0]


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    index = made(tmp_path, {})
    chosen = index.without()
    assert (chosen.n, chosen.average, chosen.scores(query("会员")).tolist()) == (0, 0.0, [])
    assert chosen.frequencies(["会"]) == {}
    assert index.rows_of([1]).tolist() == []


@pytest.mark.parametrize("content", [b"", b"no block", b"CKTERMS\x01" + b"\xff" * 60])
def test_a_folder_that_holds_no_index_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="casekit build"):
        LexicalIndex(tmp_path / "nowhere")
    made(tmp_path, {1: "会员"})
    next((tmp_path / "0").glob("block-*")).write_bytes(content)
    with pytest.raises(IndexDamagedError, match="casekit build"):
        LexicalIndex(tmp_path / "0")
