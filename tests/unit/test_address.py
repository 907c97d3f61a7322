"""One grammar of ids and addresses: what is printed is read back, and nothing else is."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path, PurePath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import casekit
from casekit.errors import SettingError
from casekit.ids import ID_CHARS, check_id, free_id, is_id, readable_id
from casekit.types import Address, Evidence, Span

_LETTERS = "零售業数智abcXYZ019é_ｱЖ한"
_INSIDE = _LETTERS + ".+&·-"


@st.composite
def ids(draw: st.DrawFn) -> str:
    """Ids of the grammar, in both scripts."""
    first = draw(st.sampled_from(_LETTERS))
    rest = draw(st.text(_INSIDE, max_size=20))
    return first + (rest + draw(st.sampled_from(_LETTERS + "+")) if rest else "")


def names() -> st.SearchStrategy[str]:
    """What files, people and older catalogues call things: ids, and anything else."""
    return st.one_of(
        ids(), st.text(_INSIDE + " 　,;:[]{}()<>《》@%`|\"'“”/\\", min_size=1, max_size=20), st.text(min_size=1)
    )


def ranges(top: int = 10**12 - 1) -> st.SearchStrategy[Span]:
    return (
        st.tuples(st.integers(0, top), st.integers(0, top))
        .filter(lambda p: p[0] != p[1])
        .map(lambda p: Span(*sorted(p)))
    )


def addresses(sources: st.SearchStrategy[str] | None = None, top: int = 10**12 - 1) -> st.SearchStrategy[Address]:
    return st.builds(Address.of, ids() if sources is None else sources, ranges(top))


# ---- ids ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "a",
        "7",
        "_",
        "000_7c82a78245649356",
        "零售",
        "零售業-2020.上",
        "A&B",
        "C++",
        "a--b",
        "聯商·觀察",
        "x" * ID_CHARS,
    ],
)
def test_file_stems_that_are_ids_as_they_are(text: str) -> None:
    assert check_id(text) == text == readable_id(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("零售 一", "零售-一"),
        ("零售\u3000一", "零售-一"),
        ("a:b", "a-b"),
        ("对话：零售，变革", "对话-零售-变革"),
        ("《零售》读后感（上）", "零售-读后感-上"),
        ("report (1)", "report-1"),
        ("[a]{b}", "a-b"),
        ("a\n\x00b", "a-b"),
        ("a - b", "a-b"),
        ("a -- b--c", "a-b--c"),
        (".hidden", "hidden"),
        ("-k", "k"),
        ("etc.", "etc"),
        ("a@b,c;d`e|f", "a-b-c-d-e-f"),
        ("a/b\\c", "a-b-c"),
        ("Cafe\u0301 x", "Café-x"),
        ("a\u200bb\ufeff", "a-b"),
        ("x" * 151, "x" * 150),
    ],
)
def test_other_names_are_refused_with_the_nearest_id(text: str, near: str) -> None:
    assert not is_id(text)
    assert readable_id(text) == near
    with pytest.raises(SettingError, match="--id ") as told:
        check_id(text)
    assert str(told.value).endswith(f"--id {near}")


@pytest.mark.parametrize("text", ["", " ", ".", "..", "—", "《》", "\udcb3"])
def test_a_name_without_a_letter_gives_no_id(text: str) -> None:
    assert readable_id(text) == ""
    with pytest.raises(SettingError, match="--id"):
        check_id(text)


@given(names())
@example("-" * 200 + "a")
@example("a" * 149 + " b")
def test_what_a_name_gives_is_an_id_or_nothing(name: str) -> None:
    near = readable_id(name)
    assert near == "" or is_id(near)
    assert readable_id(near) == near
    assert near == name or not is_id(name)


@given(ids())
def test_ids_are_file_names_everywhere_and_no_options(source: str) -> None:
    assert PurePath(source).name == source == PureWindowsPath(source).name
    assert not source.startswith("-")
    assert PurePath(f"{source}.txt").stem == source


@given(st.lists(st.sampled_from(["a", "a-2", "x" * ID_CHARS]), max_size=8))
def test_a_taken_id_gets_the_next_number(wanted: list[str]) -> None:
    taken: set[str] = set()
    for name in wanted:
        free = free_id(name, taken.__contains__)
        assert is_id(free)
        assert free not in taken
        taken.add(free)


# ---- one address ----------------------------------------------------------------------------------------------------
@given(addresses(names()))
@example(Address("零售 一", 99990, 99999))
@example(Address("{a}:1-2", 0, 1))
@example(Address("a%20b c", 0, 1))
@example(Address("\udcb3", 0, 1))
@example(Address("a\u3000\nb", 0, 1))
def test_every_address_is_read_back_as_it_was(address: Address) -> None:
    assert Address.parse(str(address)) == address
    assert Address.parse(f" {address}\n") == address
    assert Address.of_json(address.to_json()) == address
    assert "\n" not in str(address)


@given(addresses(ids()))
def test_an_address_of_the_grammar_prints_plainly(address: Address) -> None:
    assert str(address) == f"{address.source}" + ":" + f"{address.start}" + "-" + f"{address.end}"


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "a",
            "a:",
            "a:1",
            "a:1-",
            "a:-1-2",
            "a:1–2",
            "a:1-2-3",
            "a:1-2 b",
            ":1-2",
            "a 1 2",
            "a:1-2:3-4",
            "{}:1-2",
        ],
        *[
            "a:01-2",
            "a:1-1234567890123",
            "a:１-２",
            "a b:1-2",
            "零售，变革:1-2",
            "a/b:1-2",
            "[a:1-2]",
            "@a:1-2",
            "{a\nb}:1-2",
        ],
        "a:" + "9" * 5000 + "-" + "9" * 5001,
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match=r"address|地址"):
        Address.parse(text)
    with pytest.raises(ValueError, match=r"address|地址"):  # callers may catch it as what it is
        Address.parse(text)


def test_the_refusal_of_an_id_with_a_blank_says_how_to_write_it() -> None:
    with pytest.raises(SettingError) as told:
        Address.parse("零售 一:543-585")
    proposed = "{零售 一}:543-585"
    assert proposed in str(told.value)
    assert Address.parse(proposed) == Address("零售 一", 543, 585)


@pytest.mark.parametrize("text", ["a:5-5", "a:9-5"])
def test_an_empty_or_reversed_range_is_refused_but_found(text: str) -> None:
    with pytest.raises(SettingError, match=r"range|一段"):
        Address.parse(text)
    [(_, address)] = Address.find_all(text)
    assert not address.is_range


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"source": "a", "start": 1},
        {"source": "", "start": 1, "end": 2},
        {"source": 7, "start": 1, "end": 2},
        {"source": "a", "start": True, "end": 2},
        {"source": "a", "start": 1.0, "end": 2},
        {"source": "a", "start": "1", "end": 2},
        {"source": "a", "start": -1, "end": 2},
        {"source": "a", "start": 2, "end": 2},
    ],
)
def test_json_that_is_no_address_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no address|no range"):
        Address.of_json(row)


# ---- beside each other ----------------------------------------------------------------------------------------------
@given(addresses(st.sampled_from("ab"), 12), addresses(st.sampled_from("ab"), 12))
def test_contains_and_overlaps_are_those_of_the_characters(one: Address, other: Address) -> None:
    mine = {(one.source, at) for at in range(one.start, one.end)}
    theirs = {(other.source, at) for at in range(other.start, other.end)}
    assert one.overlaps(other) == bool(mine & theirs) == other.overlaps(one)
    assert one.contains(other) == (theirs <= mine)


@given(st.lists(addresses(names(), 30), max_size=8), st.randoms(use_true_random=False))
def test_addresses_sort_by_source_start_end(places: list[Address], rng: random.Random) -> None:
    shuffled = places.copy()
    rng.shuffle(shuffled)
    assert sorted(shuffled) == sorted(places, key=lambda a: (a.source, a.start, a.end))


# ---- in running text ------------------------------------------------------------------------------------------------
_BEFORE = st.sampled_from(["", "见 ", "见（", "[", "`", "- ", "，", "[@", "：", "(", "“", "| ", "@{", "><", "\n", "——"])
_AFTER = st.sampled_from(
    ["", "。", "]", "`", ")", "；", "，", ". ", ".", " 与", "可知", "; ", "}", "\n", "</b>", " - ", "|"]
)


@given(st.lists(st.tuples(_BEFORE, addresses(names(), 99999), _AFTER), max_size=5))
@example([("", Address("a", 1, 2), "")])
def test_planted_addresses_are_found_where_they_stand(planted: list[tuple[str, Address, str]]) -> None:
    text, wanted = "文中没有。", []
    for before, address, after in planted:
        text += before or " "
        wanted.append((Span(len(text), len(text) + len(str(address))), address))
        text += str(address) + after + "。另外 "
    assert list(Address.find_all(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        *[
            "9:00-9:30",
            "9:30-10:15",
            "10:1-2-3",
            "a:1-2.5",
            "a:1-2b",
            "a:1-2_",
            "a:01-2",
            "无 : 1-2",
            "a：1-2",
            "12:5 - 13",
        ],
        *["x" * 200 + ":1-2", "a:1-1234567890123", "2021-01-19", "https://a.example/b?c=1", "{a\nb}:1-2"],
    ],
)
def test_times_dates_and_the_like_are_no_addresses(text: str) -> None:
    assert list(Address.find_all(text)) == []


def test_an_id_with_a_blank_is_not_read_as_the_source_of_its_last_word() -> None:
    assert [str(a) for _, a in Address.find_all("`{零售 一}:99990-99999`")] == ["{零售 一}:99990-99999"]


# ---- evidence -------------------------------------------------------------------------------------------------------
@given(addresses(names()), st.integers(1, 10**8), st.integers(0, 2**64 - 1))
def test_evidence_is_flat_in_json_and_comes_back(address: Address, letters: int, digest: int) -> None:
    evidence = Evidence(address, f"fp1:{letters}:{digest:016x}")
    assert evidence.to_json() == {**address.to_json(), "fingerprint": evidence.fingerprint}
    assert Evidence.of_json(evidence.to_json()) == evidence
    assert (evidence.source, evidence.start, evidence.end, evidence.span) == (
        *(address.source, address.start, address.end),
        address.span,
    )


@pytest.mark.parametrize(
    "mark", [None, "", "fp1:0:0123456789abcdef", "fp2:3:0123456789abcdef", "fp1:3:0123", "fp1:3:0123456789ABCDEF"]
)
def test_evidence_without_a_fingerprint_is_refused(mark: str | None) -> None:
    with pytest.raises(ValueError, match="no fingerprint"):
        Evidence.of_json({"source": "a", "start": 1, "end": 2, "fingerprint": mark})


# ---- in one place ----------------------------------------------------------------------------------------------------
_SRC = Path(casekit.__file__).parent
_HOME = _SRC / "address.py"
_READS = re.compile(r":\(?(?:\?P<\w+>)?(?:\\d|\[0-9\])[^:]{0,9}\)?-\(?(?:\?P<\w+>)?(?:\\d|\[0-9\])")
_PRINTS = re.compile(r"\{[^{}]*\}:\{[^{}]*\}-\{|%[sr]:%[sd]-%[sd]")

# What a file holds that does either, however its strings are written: reading all of them as Python takes seconds.
_MAY_BE = re.compile(r"""\}["']?\s*[frFR]*["']?-|%[sd]-|(?:\\d|\[0-9\])[^:]{0,30}-""")


def made_by_hand(code: str) -> list[str]:
    """f-strings, formats and patterns that print or read `source:start-end` by themselves."""
    found: list[str] = []
    if not _MAY_BE.search(code):
        return found
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            shape = "".join(
                "{}" if isinstance(one, ast.FormattedValue) else str(getattr(one, "value", "")) for one in node.values
            )
            if "{}:{}-{}" in shape:
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [node.value] if _READS.search(node.value) or _PRINTS.search(node.value) else []
    return found


@pytest.mark.parametrize(
    "code",
    [
        'f"{a.source}:{a.start}-{a.end}"',
        'f"see {source}:{start}-{end} there"',
        '(f"{source}:{start}"\n f"-{end}")',
        '"{}:{}-{}".format(a, b, c)',
        '"%s:%d-%d" % (a, b, c)',
        r're.compile(r"(.+):(\d+)-(\d+)")',
        r're.compile(r"(?:`|^- )([^\s`:]{1,150}):(\d+)-(\d+)")',
        r're.compile(r"\[([^:]+:\d+-\d+)\]")',
        r're.compile(r"(.+):(\d{1,12})-(\d{1,12})")',
        r're.compile(r"(?P<id>.+):(?P<start>[0-9]+)-(?P<end>[0-9]+)")',
    ],
)
def test_the_scan_sees_addresses_made_by_hand(code: str) -> None:
    assert len(made_by_hand(code)) == 1


def test_addresses_are_printed_and_read_in_one_place() -> None:
    by_hand = {
        path.relative_to(_SRC).as_posix(): found
        for path in _SRC.rglob("*.py")
        if path != _HOME and (found := made_by_hand(path.read_text("utf-8")))
    }
    assert not by_hand, "use Address.parse, Address.find_all and str(address)"


def test_the_front_ends_print_addresses_in_two_places_and_read_none() -> None:
    ours = [path for path in (_SRC / "jupyter" / "ui").rglob("*.ts") if "node_modules" not in path.parts]
    text = {path.name: path.read_text("utf-8") for path in ours}
    assert text
    prints = [name for name, code in text.items() if re.search(r"\$\{[^}]*\}:\$\{[^}]*\}-\$\{", code)]
    assert sorted(prints) == ["api.ts", "sentences.ts"]
    assert not [name for name, code in text.items() if _READS.search(code)]
