"""Word drafts as they are: the final text, from wherever it stands, and comments of the report in the right run."""

from __future__ import annotations

import time
from pathlib import Path

import docx
import pytest
from tests.unit.word_samples import BOX, write_word

from casekit.bounded import OutOfBoundsError
from casekit.check import Draft, Finding, annotate_docx, read_draft, wordapart
from casekit.check.telling import place_label, told_lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(path: Path) -> list[str]:
    return read_draft(path).text.split("\n")


def finding(draft: Draft, text: str, status: str = "not-found") -> Finding:
    start = draft.text.index(text)
    return Finding(start, start + len(text), text, "quote", status, None, None, None, None, "查无此句")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (run("销售额为") + run("9", "<w:strike/>") + run("6亿元"), "销售额为6亿元"),
        (run("销售额为") + run("9", "<w:dstrike/>") + run("6亿元"), "销售额为6亿元"),
        (run("销售额为") + run("9", '<w:strike w:val="false"/>') + run("6亿元"), "销售额为96亿元"),
        (run("有") + run("暗", "<w:vanish/>") + run("字"), "有字"),
        (run("有") + '<w:ins w:id="1">' + run("新") + "</w:ins>" + run("字"), "有新字"),
        (run("有") + '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>' + run("字"), "有字"),
        (run("有") + '<w:moveFrom w:id="1">' + run("旧") + "</w:moveFrom>" + run("字"), "有字"),
        ('<w:moveTo w:id="1">' + run("移来") + "</w:moveTo>" + run("字"), "移来字"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>" + run("字"), "控件字"),
        ('<w:fldSimple w:instr="REF a">' + run("域") + "</w:fldSimple>" + run("字"), "域字"),
        ('<w:r><w:ruby><w:rt><w:r><w:t>xiāo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>销</w:t></w:r></w:rubyBase></w:ruby></w:r>', "销"),
        (run("样式") + run("删去", '<w:rStyle w:val="gone"/>'), "样式"),
        ('<w:pPr><w:pStyle w:val="gone"/></w:pPr>' + run("整段") + run("仍在", '<w:strike w:val="0"/>'), "仍在"),
    ],
)  # fmt: skip
def test_the_final_text_stands_and_nothing_else(tmp_path: Path, inner: str, shown: str) -> None:
    styles = '<w:style w:styleId="gone"><w:name w:val="划去"/><w:rPr><w:strike/></w:rPr></w:style>'
    assert lines(write_word(tmp_path / "a.docx", para(inner), styles=styles)) == [shown]


def test_paragraphs_whose_end_is_deleted_are_one_line(tmp_path: Path) -> None:
    first = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + run("上一句，") + "</w:p>"
    assert lines(write_word(tmp_path / "a.docx", first + para(run("下一句。")) + para(run("第二段。")))) == [
        "上一句，下一句。",
        "第二段。",
    ]


def test_tables_content_controls_and_deleted_rows(tmp_path: Path) -> None:
    row = f"<w:tr><w:tc>{para(run('甲'))}</w:tc><w:sdt><w:sdtContent><w:tc>{para(run('乙'))}</w:tc></w:sdtContent></w:sdt></w:tr>"
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{para(run('删'))}</w:tc></w:tr>"
    block = f"<w:sdt><w:sdtContent>{para(run('丙'))}</w:sdtContent></w:sdt>"
    assert lines(write_word(tmp_path / "a.docx", f"<w:tbl>{row}{gone}</w:tbl>{block}")) == ["甲", "乙", "丙"]


@pytest.fixture
def with_notes(tmp_path: Path) -> Path:
    body = (
        para(run("首段"), BOX.format(para(run("框中“框里的话没有人说过”"))))
        + para(run("正文“正文的话也没有人说过”"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("，余下"))
        + para(run("末段"), '<w:r><w:endnoteReference w:id="3"/></w:r>')
    )
    return write_word(
        tmp_path / "a.docx",
        body,
        footnotes=f'<w:footnote w:id="2">{para(run("注中“注里的话没有人说过”"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{para(run("林小雨. “慢店”的账本[N]. 海棠网, 2021."))}</w:endnote>',
    )


def test_boxes_and_notes_are_read_once_where_they_belong(with_notes: Path) -> None:
    draft = read_draft(with_notes)
    assert draft.text.split("\n") == [
        "首段",
        "框中“框里的话没有人说过”",
        "正文“正文的话也没有人说过”，余下",
        "末段",
        "注中“注里的话没有人说过”",
        "林小雨. “慢店”的账本[N]. 海棠网, 2021.",
    ]
    assert "慢店" not in draft.view.text  # an entry of a list of references is not checked
    assert [place_label(draft.place(draft.text.index(w))) for w in ("框中", "正文", "注中", "林小雨")] == [
        "第 1 段的文本框",
        "第 2 段",
        "脚注 1",
        "尾注 1",
    ]
    assert [note.text[:3] for note in draft.notes] == ["注中“", "林小雨"]


def test_comments_stand_at_the_words_or_at_the_anchor_of_their_box_or_note(with_notes: Path, tmp_path: Path) -> None:
    draft = read_draft(with_notes)
    words = ["框里的话没有人说过", "正文的话也没有人说过", "注里的话没有人说过"]
    found = [finding(draft, text) for text in words]
    after = tmp_path / "b.docx"
    assert annotate_docx(with_notes, after, found, titles={}) == 3
    document = docx.Document(str(after))
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    assert sorted(said.values()) == sorted("\n".join(told_lines(f, {})) for f in found)
    assert read_draft(after).text == draft.text
    start = {e.get(f"{W}id"): e for e in document.element.body.iter(f"{W}commentRangeStart")}
    held = {text: start[key].getnext() for key, text in said.items()}
    tags = {
        word: [str(e.tag).rsplit("}", 1)[-1] for e in next(v for k, v in held.items() if word in k).iter()]
        for word in words
    }
    assert "txbxContent" in tags[words[0]]
    assert "footnoteReference" in tags[words[2]]
    body_run = next(v for k, v in held.items() if words[1] in k)
    assert [e.text for e in body_run.iter(f"{W}t")] == [words[1]]
    assert not any(up.tag.endswith("txbxContent") for e in start.values() for up in e.iterancestors())


def test_the_writers_own_comments_stay(tmp_path: Path) -> None:
    before = tmp_path / "a.docx"
    document = docx.Document()
    own = document.add_paragraph("这句话“没有人说过这样的话”。")
    document.add_comment(runs=own.runs, text="再想想", author="作者")
    document.save(str(before))
    draft = read_draft(before)
    annotate_docx(before, tmp_path / "b.docx", [finding(draft, "没有人说过这样的话")])
    again = docx.Document(str(tmp_path / "b.docx"))
    assert sorted(comment.author for comment in again.comments) == ["casekit", "作者"]


def test_a_heavy_draft_is_read_in_the_worker_as_it_is_here(with_notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = read_draft(with_notes)
    assert here.notes  # else the comparison would say little
    monkeypatch.setattr(wordapart, "is_heavy", lambda data, suffix: True)
    monkeypatch.setattr(wordapart, "read_word", _not_here)
    assert read_draft(with_notes) == here


def _not_here(data: bytes, *, name: str) -> Draft:
    raise AssertionError("read in this process")


def test_marks_come_back_from_the_worker(tmp_path: Path) -> None:
    comment = f'<w:comment w:id="3" w:author="a">{para(run("语料外：作者的访谈 #3f9a1c2d"))}</w:comment>'
    body = para('<w:commentRangeStart w:id="3"/>', run("会员有三百万人。"), '<w:commentRangeEnd w:id="3"/>')
    draft = read_draft(write_word(tmp_path / "a.docx", body, comments=comment))
    assert draft.marks
    assert wordapart.draft_of_json(*wordapart.draft_to_json(draft)) == draft


@pytest.mark.parametrize("error", [RecursionError, MemoryError, KeyError])
def test_whatever_breaks_the_reading_of_a_draft_is_its_refusal(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(data: bytes, *, name: str) -> Draft:
        raise error(name)

    monkeypatch.setattr(wordapart, "read_word", breaks)
    with pytest.raises(OutOfBoundsError, match=r"a\.docx"):
        read_draft(write_word(tmp_path / "a.docx", para(run("一句。"))))


def test_a_notebook_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text("[" * 200_000, "utf8")
    with pytest.raises(OutOfBoundsError, match=r"a\.ipynb"):
        read_draft(path)


def test_runs_of_one_paragraph_are_looked_at_once_each(tmp_path: Path) -> None:
    """Four times as many take about four times as long; sixteen times would be the square."""
    times = []
    for n in (1000, 4000):
        path = write_word(tmp_path / "a.docx", para(*[run("甲")] * n))
        tries = []
        for _ in range(3):  # the best of three: others use the machine, too
            start = time.process_time()
            assert len(read_draft(path).text) == n
            tries.append(time.process_time() - start)
        times.append(min(tries))
    assert times[1] < 9 * times[0]
