"""REFI-QDA projects: every code at its characters, out and back, whoever counted; hostile files are refused in a line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import TEXTS
from tests.strategies import examples
from tests.timing import cpu_s

from casekit.errors import SourceError
from casekit.exchange.refi import QdaCode, QdaCoding, QdaProject, QdaSelection, QdaText, lf_text, read_qdpx, write_qdpx
from casekit.fold import fold_text
from casekit.workbench import Workbench
from casekit.workbench.outside.qdpx import _Taking

GUIDS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(100)]
TEXT = "晨露茶饮😀的一天\n\n導購👩‍🍳帶顧客看新品𪚥，會員很開心🎉。\n老顾客说：“好！😀😀”\n"


def project(text: str, spans: list[tuple[int, int]], *, origin: str = "") -> QdaProject:
    codes = (
        QdaCode(GUIDS[0], "服务", "", "#0072b2", "做的事\n第二行", "备忘 <&>"),
        QdaCode(GUIDS[1], "导购", GUIDS[0]),
    )
    selections = tuple(
        QdaSelection(
            GUIDS[10 + n], start, end, (QdaCoding(GUIDS[50 + n], GUIDS[n % 2], "甲", "看😀", "2026-01-02T03:04:05Z"),)
        )
        for n, (start, end) in enumerate(spans)
    )
    return QdaProject("项目", codes, (QdaText(GUIDS[2], "茶饮", text, selections),), origin)


def places(read: QdaProject) -> list[str]:
    return [text.text[one.start : one.end] for text in read.texts for one in text.selections]


def span(phrase: str, text: str = TEXT) -> tuple[int, int]:
    at = text.index(phrase)
    return at, at + len(phrase)


PHRASES = ["😀", "導購👩‍🍳帶", "𪚥", "開心🎉", "“好！😀😀”"]


# ---- the format -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("positions", ["code-points", "utf-16"])
def test_out_and_back_is_equal(positions: str) -> None:
    made = project(TEXT, [span(one) for one in PHRASES])
    data = write_qdpx(made, positions=positions)  # type: ignore[arg-type]
    back = read_qdpx(data, name="a.qdpx")
    assert places(back) == PHRASES
    assert (back.codes, back.refused, back.texts[0].text) == (made.codes, (), TEXT)
    assert [one.codings for one in back.texts[0].selections] == [one.codings for one in made.texts[0].selections]
    assert write_qdpx(made, positions=positions) == data  # type: ignore[arg-type]


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=st.text(st.sampled_from("会員a b😀👩‍🍳𪚥\n，\u200d"), min_size=1, max_size=40), data=st.data())
def test_any_text_comes_back_at_its_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert places(read_qdpx(write_qdpx(project(text, [(start, end)])), name="a")) == [text[start:end]]


def _renumbered(
    made: QdaProject, numbers: list[tuple[int, int]], text: str, origin: str, *, named: bool = True
) -> bytes:
    """The project as another program would write it: its numbers, its line ends."""
    source = io.BytesIO(write_qdpx(made))
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            raw = old.read(entry)
            if entry == "project.qde":
                xml = raw.decode().replace('origin=""', f'origin="{origin}"')
                for (start, end), one in zip(numbers, made.texts[0].selections, strict=True):
                    xml = xml.replace(
                        f'startPosition="{one.start}" endPosition="{one.end}"',
                        f'startPosition="{start}" endPosition="{end}"',
                        1,
                    )
                if not named:
                    import re

                    xml = re.sub(r'(<PlainTextSelection [^>]*?) name="[^"]*"', r"\1", xml)
                raw = xml.encode()
            elif entry.endswith(".txt"):
                raw = b"\xef\xbb\xbf" + text.encode()
            new.writestr(entry.replace("Sources/", "sources/"), raw)
    return out.getvalue()


CRLF = TEXT.replace("\n", "\r\n")


def _utf16(at: int, text: str) -> int:
    return len(text[:at].encode("utf-16-le")) // 2


@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
@pytest.mark.parametrize("program", ["NVivo", "ATLAS.ti", "QualCoder"])
def test_whoever_counted_the_codes_stand_at_their_characters(program: str, named: bool) -> None:
    made = project(TEXT, [span(one) for one in PHRASES])
    if program == "NVivo":  # UTF-16 code units, of a text with CR LF
        numbers = [tuple(_utf16(at, CRLF) for at in span(one, CRLF)) for one in PHRASES]
        data = _renumbered(made, numbers, CRLF, "NVivo Win", named=named)  # type: ignore[arg-type]
    elif program == "ATLAS.ti":  # CR LF in the file counts as one
        data = _renumbered(made, [span(one) for one in PHRASES], CRLF, "ATLAS.ti Windows", named=named)
    else:
        data = _renumbered(made, [span(one) for one in PHRASES], TEXT, "QualCoder", named=named)
    assert places(read_qdpx(data, name="a.qdpx")) == PHRASES


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


_XML = b'<Project xmlns="urn:QDA-XML:project:1.0" name="a">%s</Project>'
HOSTILE: dict[str, bytes] = {
    "no zip": b"PK\x03\x04 nothing",
    "nothing": b"",
    "no project": _archive({"a.txt": b"a"}),
    "no XML": _archive({"project.qde": b"<Project"}),
    "a bomb": _archive({"project.qde": _XML % b"", "Sources/a.txt": b"\0" * 30_000_000}),
    "entities": _archive({"project.qde": b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + _XML % b"&b;"}),
    "an outside entity": _archive({"project.qde": b'<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + _XML % b"&a;"}),
    "too deep": _archive(
        {"project.qde": _XML % (b"<CodeBook><Codes>" + b'<Code guid="00000000-0000-4000-8000-000000000000" name="a">' * 90
                                + b"</Code>" * 90 + b"</Codes></CodeBook>")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_a_line(name: str, bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(SourceError) as told:
        bench.import_codes(path)
    assert "\n" not in str(told.value)
    assert not list(bench.codes.folder.glob("*.yaml"))


def test_a_text_is_one_source_s_and_its_selections_hold_no_multiple_of_it() -> None:
    selection = '<PlainTextSelection name="会员" guid="%s" startPosition="0" endPosition="%d">' + (
        f'<Coding guid="{GUIDS[3]}"><CodeRef targetGUID="{GUIDS[0]}"/></Coding></PlainTextSelection>'
    )
    text = "会员多了。😀\r\n" * 1000
    many = "".join(selection % (GUIDS[1], len(text)) for _ in range(3000))
    codes = f'<CodeBook><Codes><Code guid="{GUIDS[0]}" name="a"/></Codes></CodeBook>'
    sources = "".join(
        f'<TextSource guid="{GUIDS[n]}" name="{n}" plainTextPath="internal://a.txt">{many}</TextSource>' for n in (1, 2)
    )
    data = _archive(
        {"project.qde": _XML % f"{codes}<Sources>{sources}</Sources>".encode(), "Sources/a.txt": text.encode()}
    )
    made: list[QdaProject] = []
    assert cpu_s(lambda: made.append(read_qdpx(data, name="a"))) < 3  # it was half a minute
    assert [one.name for one in made[0].texts] == ["1"]
    assert 150 < len(made[0].texts[0].selections) < 250
    assert [name for name, _ in made[0].refused] == ["1", "2"]


def test_ten_thousand_codes_are_taken_in_no_time(bench: Workbench, tmp_path: Path) -> None:
    codes = "".join(f'<Code guid="00000000-0000-4000-8000-{n:012d}" name="a{n}"/>' for n in range(10_000))
    (tmp_path / "a.qdpx").write_bytes(
        _archive({"project.qde": _XML % f"<CodeBook><Codes>{codes}</Codes></CodeBook>".encode()})
    )
    project = read_qdpx((tmp_path / "a.qdpx").read_bytes(), name="a")
    taking = _Taking(bench.held, bench.codes, project, "")
    assert cpu_s(taking.take_codes) < 2  # each was compared with all before it
    assert len(taking.codes) == 10_000


@pytest.mark.parametrize(
    "path", ["absolute:///etc/hostname", "relative://../a.txt", "internal://../../etc/hostname", ""]
)
def test_texts_outside_the_archive_are_never_read(path: str) -> None:
    inner = f'<Sources><TextSource guid="{GUIDS[1]}" name="外面的" plainTextPath="{path}"/></Sources>'
    read = read_qdpx(_archive({"project.qde": _XML % inner.encode()}), name="a")
    assert (read.texts, [name for name, _ in read.refused]) == ((), ["外面的"])


# ---- the workspace ----------------------------------------------------------------------------------------------------
def _state(bench: Workbench) -> list[tuple[object, ...]]:
    return sorted((one.path, str(one.address), one.quote, one.coder, one.coding.memo) for one in bench.codes.retrieve())


def _coded(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir(exist_ok=True)
    (tmp_path / "in" / "emoji.txt").write_bytes(CRLF.encode())
    bench.add([tmp_path / "in" / "emoji.txt"])
    stored = bench.text("emoji")
    bench.codes.add("服务", definition="做的事", memo="再想")
    bench.codes.add("导购/店员", under="服务")
    for phrase in PHRASES:
        at = stored.index(phrase)
        bench.codes.apply("导购/店员", "emoji", at, at + len(phrase), coder="甲", memo="看😀")
        bench.codes.apply("服务", "emoji", at, at + len(phrase), coder="乙")
    at = TEXTS["songguo"].index("數位轉型")
    bench.codes.apply("服务", "songguo", at, at + 4, coder="甲")


def test_a_workspace_goes_out_and_comes_back_equal(bench: Workbench, tmp_path: Path) -> None:
    _coded(bench, tmp_path)
    before = _state(bench)
    made = bench.export_codes(tmp_path / "a.qdpx")
    assert (len(made.done), made.refused) == (11, ())
    again = bench.import_codes(tmp_path / "a.qdpx")
    assert (again.done, len(again.unchanged), again.refused) == ((), 11, ())
    bench.codes.remove("服务", everything=True)
    taken = bench.import_codes(tmp_path / "a.qdpx")
    assert (len(taken.done), taken.refused) == (11, ())
    assert _state(bench) == before
    bench.export_codes(tmp_path / "b.qdpx")
    codes_a, codes_b = (read_qdpx((tmp_path / name).read_bytes(), name=name).codes for name in ("a.qdpx", "b.qdpx"))
    assert codes_a == codes_b  # the same GUIDs, so that a colleague's program knows them again
    bench.codes.undo()
    assert _state(bench) == []


def test_another_copy_of_a_text_is_known_by_what_it_says(bench: Workbench, tmp_path: Path) -> None:
    """Another script, other line ends, a sentence more at the front: what is found is taken, the rest named."""
    theirs = "別處加的一句。\n" + fold_text(TEXTS["songguo"]).replace("三成", "四成") + "松果超市很大\n"
    phrases = ["店员用平板电脑查询库存", "会员人数成长了四成", "松果超市"]
    made = project(theirs, [span(one, fold_text(theirs) if one not in theirs else theirs) for one in phrases])
    (tmp_path / "a.qdpx").write_bytes(write_qdpx(made))
    taken = bench.import_codes(tmp_path / "a.qdpx", coder="丙")
    found = bench.codes.retrieve()
    assert [(one.source, fold_text(one.quote)) for one in found] == [("songguo", fold_text(phrases[0]))]
    assert len(taken.refused) == 2
    assert "四成" in "".join(reason for _, reason in taken.refused)


def test_a_text_that_is_not_here_is_refused_by_name_and_the_codebook_comes(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "a.qdpx").write_bytes(write_qdpx(project(TEXT, [span("導購👩‍🍳帶")])))
    taken = bench.import_codes(tmp_path / "a.qdpx")
    assert [name.split()[0] for name, _ in taken.refused] == ["茶饮"]
    assert [(one.path, one.codings) for one in bench.codes.codebook()] == [("服务", 0), ("服务/导购", 0)]


def test_what_cannot_be_kept_of_a_code_is_told_and_the_others_are_taken(bench: Workbench, tmp_path: Path) -> None:
    codes = (
        QdaCode(GUIDS[0], "长" * 300, "", "#FF0072B2", "定" * 30_000),
        QdaCode(GUIDS[1], "长" * 299, "", "#0072B2"),
    )
    (tmp_path / "a.qdpx").write_bytes(write_qdpx(QdaProject("项目", codes, ())))
    taken = bench.import_codes(tmp_path / "a.qdpx")
    assert [(len(one.code.name) <= 200, one.code.definition, one.code.colour) for one in bench.codes.codebook()] == [
        (True, "", ""), (True, "", "#0072b2")
    ]  # fmt: skip
    assert len(taken.refused) == 1


def test_line_ends_are_line_feeds_in_what_goes_out(bench: Workbench, tmp_path: Path) -> None:
    _coded(bench, tmp_path)
    bench.export_codes(tmp_path / "a.qdpx", ["emoji"])
    (text,) = read_qdpx((tmp_path / "a.qdpx").read_bytes(), name="a").texts
    assert text.text == lf_text(bench.text("emoji")) == TEXT
