"""What participants get holds no key in any wrapping; the facilitator has everything; hostile text stays text."""

from __future__ import annotations

import ast
import base64
import codecs
import gzip
import hashlib
import html
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from tests.unit.workshop_sample import cheap_digests, made, with_hostile

from casekit import language
from casekit.errors import SettingError
from casekit.fold import match_key
from casekit.workshop.editions import checks_of, facilitator_edition, keys_of, participant_edition, sentences_of
from casekit.workshop.images import bare_image
from casekit.workshop.leaks import Secrets, find_leaks, leaks_in, secrets_of
from casekit.workshop.notebook import Cell, Notebook, read_notebook
from casekit.workshop.package import Package, make_package, write_package
from casekit.workshop.pages import handouts, teaching_note
from casekit.workshop.slides import slides_html

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_digests")]

SECRET_WORDS = "凭常识配对：工具能做的事，不等于这家企业用它做了。"  # a misconception of the matching exercise's key
PLANT = "主持人才知道的暗号梨花带雨一百零八将齐聚梁山"


@cache
def master() -> Notebook:
    """The master notebook of the sample, made when it is first asked for."""
    return made(240).notebook


@cache
def whole_package() -> Package:
    """Its package, without the papers."""
    with cheap_digests():
        return make_package(master(), papers=False)


@cache
def secrets() -> Secrets:
    """What participants must not see of it."""
    return secrets_of(master())


def _put(new: Cell, old: Cell, notebook: Notebook) -> Notebook:
    return replace(notebook, cells=tuple(new if one is old else one for one in notebook.cells))


def cell(part: str, notebook: Notebook | None = None) -> Cell:
    return (notebook or master()).of_part(part)[0]


def changed(old: Cell, new: Cell, notebook: Notebook | None = None) -> Notebook:
    return _put(new, old, notebook or master())


def png(*chunks: tuple[bytes, bytes], tail: bytes = b"") -> str:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    raw = b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*one) for one in chunks) + body + chunk(b"IEND", b"") + tail
    return base64.b64encode(raw).decode()


# ---- the participants' edition -----------------------------------------------------------------------------------------------
def test_the_package_has_neutral_names_and_two_folders() -> None:
    assert set(whole_package().files) == {
        "participant/workshop.ipynb", "participant/workshop.html", "participant/slides.html", "participant/handout-a.md",
        "participant/handout-b.md",
        "facilitator/facilitator.ipynb", "facilitator/teaching-note.md",
    }  # fmt: skip


def test_participants_get_every_part_that_is_theirs_and_no_other() -> None:
    text = whole_package().of("participant")["participant/workshop.ipynb"].decode()
    shown = participant_edition(master()).notebook
    assert len(shown.cells) == sum(one.for_participants for one in master().cells)
    for one in master().cells:
        if not one.for_participants:
            assert match_key(one.source)[:40] not in match_key(text)
    assert "seed" not in json.loads(text)["metadata"]["casekit"]


def test_the_clean_package_passes_the_leak_test() -> None:
    assert [
        leak for name, data in whole_package().of("participant").items() for leak in leaks_in(name, data, secrets())
    ] == []


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_no_seed_or_level_leaks(level: int, seed: int) -> None:
    master = made(level=level, seed=seed).notebook
    own = secrets_of(master)
    files = make_package(master, papers=False).of("participant")
    assert [leak for name, data in files.items() for leak in leaks_in(name, data, own)] == []


def test_answers_tried_in_the_master_are_not_handed_out() -> None:
    tried = replace(cell("answer"), source='exercise("q1", {"1": "B", "2": "C", "3": "E"})  # ' + PLANT)
    assert PLANT not in participant_edition(changed(cell("answer"), tried)).notebook.to_json()


def test_outputs_and_foreign_metadata_are_left_behind() -> None:
    data = json.loads(master().to_json())
    for one in data["cells"]:
        one["metadata"]["note"] = PLANT
        if one["cell_type"] == "code":
            one["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [PLANT]}]
            one["execution_count"] = 108
    data["metadata"]["widgets"] = {"state": PLANT}
    data["metadata"]["casekit"]["note"] = PLANT
    notebook = read_notebook(json.dumps(data))
    package = make_package(notebook, papers=False)
    assert all(PLANT.encode() not in one and b"108" not in one for one in package.of("participant").values())


@pytest.mark.parametrize(
    "hidden",
    [
        f"<!-- {PLANT} -->",
        f"<!-- {PLANT}",
        f"[//]: # ({PLANT})",
        f"[note]: https://example.org '{PLANT}'",
        f"<? {PLANT} ?>",
    ],
)
def test_comments_in_a_shown_cell_are_left_behind(hidden: str) -> None:
    old = cell("debrief")
    package = make_package(changed(old, replace(old, source=f"{old.source}\n\n{hidden}")), papers=False)
    assert all(PLANT.encode() not in data for data in package.of("participant").values())


@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_what_other_tools_mark_as_a_solution_is_left_behind(kind: Any) -> None:
    marked = f"x = 1\n### BEGIN SOLUTION\n{PLANT}\n### END SOLUTION\ny = 2"
    tags = ("casekit-participant",)
    cells = (
        Cell(kind, marked, tags, id="a"),
        Cell(kind, PLANT, (*tags, "solution"), id="b"),
        Cell(kind, PLANT, tags, id="c", more={"nbgrader": {"solution": True}}),
    )
    text = participant_edition(replace(master(), cells=(*master().cells, *cells))).notebook.to_json()
    assert PLANT not in text
    assert "y = 2" in text


def test_the_files_speak_the_language_of_the_master() -> None:
    language.use("en")
    english = made().notebook
    language.use("zh")
    files = make_package(english, papers=False).files
    assert "Answer: " in files["participant/handout-b.md"].decode()
    assert "### Key q1" in files["facilitator/teaching-note.md"].decode()
    assert 'lang="en"' in files["participant/slides.html"].decode()[:60]


def test_a_picture_comes_along_as_pixels_under_another_name() -> None:
    picture = png((b"tEXt", b"Comment\x00" + PLANT.encode()), (b"eXIf", b"secret"), tail=b"PK\x03\x04" + PLANT.encode())
    old = cell("debrief")
    spoiled = replace(
        old,
        source=f"{old.source}\n\n![](attachment:answer-q1-is-B.png)",
        attachments={"answer-q1-is-B.png": {"image/png": picture}, "key.txt": {"text/plain": PLANT}},
    )
    edition = participant_edition(changed(old, spoiled))
    text = edition.notebook.to_json()
    assert "answer-q1" not in text
    assert "key.txt" not in text
    shown = next(one for one in edition.notebook.cells if one.attachments)
    ((name, files),) = shown.attachments.items()
    assert f"attachment:{name}" in shown.source
    raw = base64.b64decode(files["image/png"])
    assert PLANT.encode() not in raw
    assert raw == base64.b64decode(png())
    assert f"data:image/png;base64,{files['image/png']}" in slides_html(edition.notebook)


def test_a_jpeg_loses_comments_and_what_is_no_picture_is_left_out() -> None:
    raw = b"\xff\xd8" + b"\xff\xe0\x00\x04JF" + b"\xff\xfe\x00\x08secret" + b"\xff\xda\x00\x02ab\xff\xd9" + b"more"
    bare = bare_image("image/jpeg", base64.b64encode(raw).decode())
    assert bare is not None
    assert base64.b64decode(bare) == b"\xff\xd8" + b"\xff\xe0\x00\x04JF" + b"\xff\xda\x00\x02ab\xff\xd9"
    assert bare_image("image/svg+xml", base64.b64encode(b"<svg/>").decode()) is None
    assert bare_image("image/png", "AAAA") is None
    assert bare_image("image/jpeg", base64.b64encode(b"\xff\xd8\xff").decode()) is None
    old = cell("debrief")
    spoiled = replace(old, source="![](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": "PHN2Zy8+"}})
    edition = participant_edition(changed(old, spoiled))
    assert any("a.svg" in warning for warning in edition.warnings)
    assert not any(one.attachments for one in edition.notebook.cells)


def test_a_cell_without_a_tag_is_the_facilitators_and_is_reported() -> None:
    own = Cell("markdown", PLANT, id="mine")
    notebook = replace(master(), cells=(*master().cells, own))
    edition = participant_edition(notebook)
    assert PLANT not in edition.notebook.to_json()
    assert edition.warnings
    assert PLANT in facilitator_edition(notebook).notebook.to_json()
    tagged = replace(notebook, cells=(*master().cells, replace(own, tags=("casekit-participant",))))
    assert PLANT in participant_edition(tagged).notebook.to_json()


def test_a_cell_tagged_for_both_is_the_facilitators() -> None:
    own = Cell("markdown", PLANT, ("casekit-participant", "casekit-facilitator"), id="mine")
    assert PLANT not in participant_edition(replace(master(), cells=(*master().cells, own))).notebook.to_json()


def test_the_facilitator_has_keys_timings_likely_answers_and_misconceptions() -> None:
    text = whole_package().files["facilitator/teaching-note.md"].decode()
    for words in (
        "答案 q1（",
        "讲解",
        "参考回答",
        "常见误区",
        SECRET_WORDS,
        "板书安排",
        "收尾要点",
        "主持人准备",
        "供应商供稿",
    ):
        assert words in text, words
    cells = facilitator_edition(master()).notebook.cells
    key = keys_of(master())["q1"]
    assert not isinstance(key.answer, tuple)
    filled = next(one.source for one in cells if one.part == "answer" and one.exercise == key.id)
    assert ast.literal_eval(filled.partition(", ")[2].rstrip(")")) == dict(key.answer)


def test_the_same_master_gives_the_same_files() -> None:
    assert make_package(master(), papers=False).files == whole_package().files


def test_the_handouts_have_room_for_answers_the_evidence_and_no_code() -> None:
    with cheap_digests():
        checks = checks_of(master())
    a, b = handouts(participant_edition(master(), checks), checks)
    assert b.count("答：") == 5  # the sixth exercise is a text
    assert a.count("＿" * 36) == 12  # six lines for each decision
    for half in (a, b):
        assert "open_checks" not in half
        assert "exercise(" not in half
        assert "参考文献" in half
    # B is not in A, and every quotation that an exercise needs is in B
    assert "公司用云扫码给每位店员做线上培训" not in a
    for key in keys_of(master()).values():
        for marks in key.look.values():
            for mark in marks:
                assert re.search(rf"\*\*{mark}\*\* [^\n]*\n\n> ", b), mark
    assert teaching_note(master()).startswith("# 案例研讨")


@pytest.mark.slow
def test_word_and_pdf_hold_the_same_and_no_key() -> None:
    pytest.importorskip("pypandoc")
    pytest.importorskip("typst")
    package = make_package(master())
    if "participant/handout-b.pdf" not in package.files:
        pytest.skip("no Chinese font for PDF")
    with zipfile.ZipFile(io.BytesIO(package.files["participant/handout-b.docx"])) as archive:
        text = re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode())
    assert "审一份摘要" in text
    assert "公司打算明年把用户做到90万" in text
    assert [leak for name, data in package.of("participant").items() for leak in leaks_in(name, data, secrets())] == []
    note = leaks_in("note.docx", package.files["facilitator/teaching-note.docx"], secrets())
    assert any("q1" in leak.what for leak in note)
    assert leaks_in("note.pdf", package.files["facilitator/teaching-note.pdf"], secrets())


# ---- the leak test ------------------------------------------------------------------------------------------------------------
def _docx(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return buffer.getvalue()


WRAPPINGS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda t: t.encode(),
    "spaced": lambda t: " ".join(t).encode(),
    "traditional": lambda t: t.replace("业", "業").replace("这", "這").replace("对", "對").encode(),
    "backwards": lambda t: t[::-1].encode(),
    "base64": lambda t: b"x = '" + base64.b64encode(t.encode()) + b"'",
    "urlsafe base64": lambda t: base64.urlsafe_b64encode(t.encode()),
    "base64 twice": lambda t: base64.b64encode(base64.b64encode(t.encode())),
    "base64 of zip": lambda t: base64.b64encode(_docx(t)),
    "hex": lambda t: t.encode().hex().encode(),
    "zip": _docx,
    "zip of words that change their face": lambda t: _docx("</w:t></w:r><w:r><w:t>".join(t)),
    "page with a mark in every word": lambda t: f"<html><p>{'<b></b>'.join(t)}</p></html>".encode(),
    "zip with a description": lambda t: _docx(f'</w:t><wp:docPr descr="{html.escape(t)}"/><w:t>'),
    "zip with a comment": lambda t: _docx(f"</w:t><!-- {t} --><w:t>"),
    "zip behind a picture": lambda t: base64.b64decode(png()) + _docx(t),
    "zip in a zip": lambda t: _docx(base64.b64encode(_docx(t)).decode()),
    "gzip": lambda t: gzip.compress(t.encode()),
    "json escapes": lambda t: json.dumps({"a": [t]}).encode(),
    "html escapes": lambda t: "".join(f"&#{ord(c)};" for c in t).encode(),
    "url escapes": lambda t: "".join(f"%{b:02X}" for b in t.encode()).encode(),
    "python escapes": lambda t: ascii(t).encode(),
    "utf-16": lambda t: t.encode("utf-16"),
    "utf-16 with newline": lambda t: ("\n" + t).encode("utf-16-le"),
    "split over lines of a cell": lambda t: json.dumps({"cells": [{"source": [t[:9], t[9:]]}]}).encode(),
    "png text": lambda t: base64.b64decode(png((b"tEXt", b"Comment\x00" + t.encode()))),
    "png packed text": lambda t: base64.b64decode(png((b"zTXt", b"Comment\x00\x00" + zlib.compress(t.encode())))),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_words_of_a_key_are_found_in_any_wrapping(wrapping: str) -> None:
    assert leaks_in("file.bin", WRAPPINGS[wrapping](SECRET_WORDS), secrets())


def test_letters_of_a_tag_and_the_words_beside_it_are_no_leak() -> None:
    known = next(run for run in sorted(secrets().runs) if run[0] != "e")
    only = replace(secrets(), runs={f"e{known}": "q1"}, heads=frozenset([f"e{known}"[:14]]))
    assert leaks_in("a.xml", f'<w:t xml:space="preserve">{known}</w:t>'.encode(), only) == []
    assert leaks_in("a.xml", f'<w:t xml:space="preserve">e{known}</w:t>'.encode(), only)


@pytest.mark.parametrize("wrapping", sorted(set(WRAPPINGS) - {"spaced", "traditional", "backwards"}))
def test_an_answer_written_out_is_found_in_any_wrapping(wrapping: str) -> None:
    key = keys_of(master())["q2"]
    assert not isinstance(key.answer, tuple)
    told = ", ".join(f'"{part}": "{value}"' for part, value in key.answer.items())
    assert leaks_in("file.bin", WRAPPINGS[wrapping](f"{{{told}}}"), secrets())


def test_answers_are_found_however_they_are_written() -> None:
    keys = keys_of(master())
    mapping = keys["q2"].answer
    assert not isinstance(mapping, tuple)
    for told in ("；".join(f"{p}-{v}" for p, v in mapping.items()), " ".join(f"{p}={v}" for p, v in mapping.items()),
                 "，".join(f"{p}：{v}" for p, v in mapping.items()), str(dict(mapping)), keys["q2"].told()):  # fmt: skip
        assert leaks_in("a.md", told.encode(), secrets()), told
    cell_ = next(one for one in master().of_part("key") if one.exercise == "q3")
    letters = ["A", "C", "D"]
    form = {"form": "set", "answer": letters}
    asked = json.loads(json.dumps(yaml.safe_load(cell_.source)))
    other = secrets_of(changed(cell_, replace(cell_, source=json.dumps({**asked, **form}))))
    for told in (json.dumps(letters), f"答案：{''.join(letters)}", f"key: {', '.join(letters)}"):
        assert leaks_in("a.md", told.encode(), other), told
    number = next(str(one.answer["1"]) for one in keys.values() if one.decimals and isinstance(one.answer, Mapping))
    assert leaks_in("a.md", f"结果是 {number} 左右".encode(), secrets())
    assert not leaks_in("a.md", f"1{number}9".encode(), secrets())


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "blake2b"])
@pytest.mark.parametrize("form", [json.dumps, lambda answer: "".join(answer.values()), str])
def test_fast_hashes_of_an_answer_are_found(name: str, form: Callable[[Any], str]) -> None:
    answer = keys_of(master())["q2"].answer
    assert isinstance(answer, dict)
    told = hashlib.new(name, form(answer).encode()).hexdigest()
    assert leaks_in("a.ipynb", json.dumps({"check": told}).encode(), secrets())


def test_file_names_and_field_names_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "工具能做的事，不等于这家企业用它做了.txt").write_text("")
    assert [leak.where for leak in find_leaks(tmp_path, secrets())] == ["文件名"]
    (tmp_path / "handout.md").write_text(SECRET_WORDS, "utf8")
    (tmp_path / "slides.md").write_text(SECRET_WORDS, "utf8")
    known = {"handout.md": SECRET_WORDS.encode(), "slides.md": b"as it was made"}  # the slides were changed since
    found = {leak.file for leak in find_leaks(tmp_path, secrets(), known)}
    assert "handout.md" not in found
    assert "slides.md" in found
    assert leaks_in("a.ipynb", json.dumps({"metadata": {"solution": 1}}).encode(), secrets())


def test_rot13_is_not_looked_for_but_reading_is_no_leak() -> None:
    # what participants read anyway is no secret, even where a key repeats it
    assert not leaks_in("a.md", cell("reading").source.encode(), secrets())
    assert not leaks_in("a.md", cell("references").source.encode(), secrets())
    assert not leaks_in("a.md", codecs.encode("nothing", "rot13").encode(), secrets())


# ---- hostile text ----------------------------------------------------------------------------------------------------------------
RENDER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HARMLESS = frozenset(
    ("h1", "h2", "h3", "p", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td")
)
HARMLESS |= {"blockquote", "code"}
HOSTILE = (
    '"""); __import__("os").system("touch pwned") #',
    "'''\nimport os\nos.system('id')\n'''",
    "\\\") + str(1) + (\\\"",
    "</script><script>alert(1)</script><img src=http://example.org/x onerror=alert(1)>",
    "$(touch pwned) `id` !ls %run x ${HOME}",
    "![x](http://example.org/x.png) [a](javascript:alert(1)) | a | b |",
    "]]>--><!-- \n\n# 一级\n\n```python\nimport os\n```",
    "q1 = 1\ncheck('q1', 2)\n\nid: q1\nform: set\nanswer: [A]\n---\n- x: !!python/object/apply:os.system ['id']",
    "{{ 7*7 }} {%raw%} \\u0022 \\x22 &quot; %0a",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_becomes_code_or_markup(text: str) -> None:
    composed = made(of=with_hostile(text))
    master = composed.notebook
    package = make_package(master, papers=False)
    for name in ("participant/workshop.ipynb", "facilitator/facilitator.ipynb"):
        notebook = read_notebook(package.files[name].decode())
        for one in notebook.cells:
            if one.kind == "code":
                # only names, literals and the two calls; literals hold no character of the text as syntax
                for node in ast.walk(ast.parse(one.source)):
                    assert isinstance(
                        node,
                        ast.Module | ast.ImportFrom | ast.alias | ast.Expr | ast.Call | ast.Name | ast.Load | ast.Store
                        | ast.Constant | ast.Assign | ast.Dict | ast.List,
                    )  # fmt: skip
            else:
                shown = RENDER.render(one.source)
                assert set(re.findall(r"</?([a-zA-Z0-9]+)", shown)) <= HARMLESS, one.source
                assert not re.search(r"\]\(|!\[|<[a-zA-Z!/?]", one.source)
    assert [key.kind for key in keys_of(master).values()] == [kind for _, kind, _ in composed.exercises]
    slides = package.files["participant/slides.html"].decode()
    assert slides.count("<script") == 2
    assert "<img" not in slides.partition('<div class="reveal">')[2].partition("<script>")[0]
    assert "<a " not in slides.partition('<div class="reveal">')[2].partition("<script>")[0]


def test_slides_ask_for_nothing_outside_and_run_our_scripts_alone() -> None:
    slides = whole_package().of("participant")["participant/slides.html"].decode()
    assert "default-src 'none'" in slides
    scripts = re.findall(r"<script>(.*?)</script>", slides, re.DOTALL)
    policy = re.search(r"script-src ([^;]*);", slides)
    assert policy is not None
    wanted = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    assert re.findall(r"sha256-([^']+)", policy[1]) == wanted
    assert not re.search(r"""(?:src|href)=["']?(?!data:)""", slides.partition("<body>")[2].partition("<script>")[0])
    assert "@import" not in slides
    assert "url(http" not in slides
    assert slides.count("<section") >= 12


# ---- writing -------------------------------------------------------------------------------------------------------------------
def test_files_of_others_in_the_participants_folder_are_reported_and_kept(tmp_path: Path) -> None:
    (tmp_path / "participant").mkdir()
    (tmp_path / "participant" / "handout-a.docx").write_bytes(b"old")
    (tmp_path / "participant" / "mine.txt").write_text("x")
    warnings = write_package(whole_package(), tmp_path)
    assert len(warnings) == 1
    assert "mine.txt" in warnings[0]
    assert not (tmp_path / "participant" / "handout-a.docx").exists()
    assert (tmp_path / "participant" / "workshop.ipynb").read_bytes() == whole_package().of("participant")[
        "participant/workshop.ipynb"
    ]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(SettingError, match="x"):
        write_package(whole_package(), tmp_path / "x")


def test_a_master_without_salt_or_with_two_equal_keys_is_refused() -> None:
    with pytest.raises(SettingError, match="salt"):
        checks_of(replace(master(), info={"edition": "master"}))
    with pytest.raises(SettingError, match="q1"):
        keys_of(replace(master(), cells=(*master().cells, cell("key"))))


def test_a_package_in_the_other_script_keeps_quotations_and_addresses() -> None:
    from casekit.fold import to_traditional
    from casekit.workshop.script import in_script, with_originals

    notebook = made().notebook
    other = in_script(notebook, "zh-Hant")
    with cheap_digests():
        sentences = sentences_of(notebook)
        assert sentences_of(other) == sentences
        checks = checks_of(other)
        shown = participant_edition(other, checks).notebook
        a, _ = handouts(participant_edition(other, checks), checks)
    assert all(f"> {text}" in "\n".join(cell.source for cell in shown.cells) for text in sentences.values())
    assert "當時的情況" in a
    assert "`haijiao-1:" in a
    beside = "\n".join(cell.source for cell in with_originals(shown, "zh-Hant").cells)
    for text in sentences.values():
        assert f"> {text}" in beside
        assert f"> {to_traditional(text)}" in beside
    assert beside.count("<details>") == sum(to_traditional(text) != text for text in sentences.values())
    # answers are compared by folded text, so the keys still open
    key = next(one for one in keys_of(other).values() if one.form == "mapping" and one.answer)
    with cheap_digests():
        assert checks_of(other).check(key.id, key.answer)
