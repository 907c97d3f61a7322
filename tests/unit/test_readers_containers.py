"""What stands in containers, beside the text or in other notations: read once, marked, or refused with the reason."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from casekit.clean import clean_text
from casekit.clean.dates import iso_date as page_date
from casekit.fold import fold_text
from casekit.readers import docx, html, markdown, mhtml
from casekit.readers.encoding import decode_text
from casekit.readers.fields import iso_date
from casekit.readers.model import ReadResult
from casekit.readers.pdfcolumns import upright_columns
from casekit.readers.pdflines import Line

PROSE = "河湾书店从五月起夜里也开门，店员分两班，最晚的一班到凌晨两点，来的多是附近医院下夜班的护士。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(body: str) -> ReadResult:
    source = f"<html><head><meta charset='utf-8'><title>河湾书店</title></head><body>{body}</body></html>"
    return html.read(source.encode(), name="a.html")


def word(body: str) -> ReadResult:
    namespaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {namespaces}><w:body>{body}</w:body></w:document>")
    return docx.read(held.getvalue(), name="a.docx")


def run(text: str, how: str = "") -> str:
    return f"<w:r><w:rPr>{how}</w:rPr><w:t>{text}</w:t></w:r>"


def body(read: ReadResult) -> str:
    cleaned = clean_text(read.text, blocks=read.blocks, declared=read.metadata)
    return "".join(span.slice(read.text) for span in cleaned.kept)


def cuts(read: ReadResult) -> list[tuple[str, str]]:
    cleaned = clean_text(read.text, blocks=read.blocks, declared=read.metadata)
    return [(one.rule, one.span.slice(read.text)) for one in cleaned.cuts]


# ---- web pages ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "held",
    [
        f"<x-card><template shadowrootmode='open'><p>{PROSE}</p></template></x-card>",
        f'<iframe srcdoc="&lt;p&gt;{PROSE}&lt;/p&gt;"></iframe>',
    ],
)
def test_a_component_and_a_frame_show_what_they_hold(held: str) -> None:
    assert page(held).text == PROSE


def test_a_template_without_a_root_is_not_shown() -> None:
    assert page(f"<p>{PROSE}</p><template><p>样板</p></template>").text == PROSE


@pytest.mark.parametrize("tag", ["s", "del", "strike", "span style='text-decoration: line-through'"])
def test_struck_text_stays_in_the_layer_and_leaves_the_body(tag: str) -> None:
    read = page(f"<article><p>{PROSE}</p><p>门店数为<{tag}>300家</{tag.split()[0]}>280家，店长说够了。</p></article>")
    assert "门店数为300家280家" in read.text
    assert "门店数为280家" in body(read)
    assert ("struck", "300家") in cuts(read)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "销售额达到12亿<sup><a href='#n2'>2</a></sup>元，会员数为500万<sup>[3]</sup>人。",
            "销售额达到12亿元，会员数为500万人。",
        ),
        (
            "书店的面积是80m<sup>2</sup>，一年卖出10<sup>4</sup>本书，店长说够了。",
            "书店的面积是80m²，一年卖出10⁴本书，店长说够了。",
        ),
    ],
)
def test_a_raised_figure_is_a_note_only_behind_chinese_text(written: str, kept: str) -> None:
    assert kept in body(page(f"<article><p>{PROSE}</p><p>{written}</p></article>"))


@pytest.mark.parametrize(
    "said",
    [
        "该内容已被发布者删除",
        "环境异常 当前环境异常，完成验证后即可继续访问。",
        "请先登录后查看全文",
        "您访问的页面不存在",
    ],
)
def test_a_notice_is_no_article(said: str) -> None:
    assert page(f"<div>{said}</div>").receipt.notice


def test_an_article_about_deleted_pages_is_one() -> None:
    read = page(f"<p>{PROSE * 8}</p><p>点开只剩一句：该内容已被发布者删除。</p>")
    assert "该内容已被发布者删除" in read.text
    assert read.receipt.notice is None


@pytest.mark.parametrize(
    "framed",
    [
        "<iframe src='cid:f1@x'></iframe><p>页脚</p>",
        "<iframe src='http://n.example/i.html'></iframe><p>页脚</p>",
        "<frameset cols='20%,80%'><frame src='none.html'><frame src='i.html'></frameset>",
    ],
)
def test_the_frames_of_a_web_archive_are_read(framed: str) -> None:
    archive = EmailMessage()
    archive["Subject"] = "a"
    archive.make_related()
    for cid, address, shown in (
        ("<f0@x>", "http://n.example/o.html", f"<title>框架</title>{framed}"),
        ("<f1@x>", "http://n.example/i.html", f"<h1>夜里开门</h1><p>{PROSE}</p>"),
    ):
        part = EmailMessage()
        part.set_content(f"<html>{shown}</html>", subtype="html")
        part["Content-ID"], part["Content-Location"] = cid, address
        archive.attach(part)
    read = mhtml.read(archive.as_bytes(), name="a.mhtml")
    assert read.text == f"夜里开门\n{PROSE}" + "\n页脚" * ("页脚" in framed)
    assert read.metadata.title != "框架"  # the page that holds the frames, not the article


# ---- Word --------------------------------------------------------------------------------------------------------
def test_a_reading_stands_behind_its_character() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>xiāo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>销</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    assert word(f"<w:p>{ruby}{run('售额')}</w:p>").text == "销(xiāo)售额"
    whole = ruby.replace("xiāo", "xiāo shòu é").replace("销", "销售额")
    assert word(f"<w:p>{whole}{run('增长')}</w:p>").text == "销(xiāo)售(shòu)额(é)增长"


def test_a_row_in_a_content_control_is_a_row() -> None:
    row = "<w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    inner = row.format(run("河湾书店"), run("12万元"))
    table = f"<w:tbl>{row.format(run('店'), run('销售额'))}<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt></w:tbl>"
    assert word(table).text == "店\t销售额\n河湾书店\t12万元"


def test_a_text_box_in_a_cell_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('会员500人')}</w:p></w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    text = word(f"<w:tbl><w:tr><w:tc><w:p>{run('左')}{both}</w:p></w:tc></w:tr></w:tbl>").text
    assert text == "左 会员500人"


def test_struck_runs_are_marked_and_a_deleted_end_joins() -> None:
    struck = word(f"<w:p>{run('门店数为')}{run('300家', '<w:strike/>')}{run('280家，店长说够了。')}</w:p>")
    assert (struck.text, body(struck)) == ("门店数为300家280家，店长说够了。", "门店数为280家，店长说够了。")
    ends = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    assert word(f"<w:p>{ends}{run('销售额')}</w:p><w:p>{run('达到12万元')}</w:p>").text == "销售额达到12万元"
    assert (
        word(f"<w:p>{run('不划', '<w:strike w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}</w:p>").text == "不划"
    )


def test_signs_and_equations_are_text() -> None:
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    assert word(f"<w:p>{run('增长')}{sign}{run('3%')}</w:p>").text == "增长≥3%"
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert word(f"<w:p>{run('均值是')}{fraction}</w:p>").text == "均值是(a+b)/2"


def test_what_a_word_file_holds_beside_its_text_is_counted() -> None:
    odd = '<w:r><w:sym w:font="Odd" w:char="F0A3"/></w:r>'
    gone = "<w:del><w:r><w:delText>300</w:delText></w:r></w:del>"
    row = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('删去的行')}</w:p></w:tc></w:tr></w:tbl>"
    read = word(f"<w:p>{run('会员数')}{gone}{run('500万人')}{run('暗语', '<w:vanish/>')}{odd}</w:p>{row}")
    assert read.text == "会员数500万人□"
    assert {one.kind: one.count for one in read.receipt.skipped} == {"deleted": 2, "hidden": 1, "symbol": 1}


def test_a_raised_figure_in_word_is_a_note_only_behind_chinese_text() -> None:
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    read = word(f"<w:p>{run('销售额达到12亿')}{raised}{run('元，面积80m')}{raised}{run('，店长说够了。')}</w:p>")
    assert body(read) == "销售额达到12亿元，面积80m²，店长说够了。"


# ---- Markdown, bytes, dates, radicals ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("[词条](https://zh.example/wiki/河湾_(书店))说有5万人。", "词条说有5万人。"),
        ("[甲](http://a.example/b_(c)_d)和[乙](http://a.example/e_(f)_g)都说有5万人。", "甲和乙都说有5万人。"),
        ("[见[注]](http://a.example/b)说有5万人。", "见[注]说有5万人。"),
        ("当a<b、x>y时利润为2亿元。", "当a<b、x>y时利润为2亿元。"),
        ("门店数为~~300家~~280家。", "门店数为280家。"),
        ('<b class="x">门店</b>有280家。', "门店有280家。"),
        ("[词条](https://zh.example/wiki/甲_(乙_(丙)))有5万人。", "词条有5万人。"),
        (
            "[河湾][1]和[书店]有5万人。\n\n[1]: http://a.example/b '题'\n[书店]: <http://a.example/c>",
            "河湾和书店有5万人。",
        ),
        ("[![图](a.png)](http://a.example)有5万人。", "有5万人。"),
        ("当a‹b、x>y时有5万人。", "当a‹b、x>y时有5万人。"),
        ("当x<y>z、<5万人>时才开门。", "当x<y>z、<5万人>时才开门。"),
        ("面积是5*3*2，他说*不算*大，**注：**有5万人。", "面积是5*3*2，他说不算大，注：有5万人。"),
        (
            "门店为<del>300家</del>280家，会员12亿<sup>2</sup>元，面积80m<sup>2</sup>。",
            "门店为280家，会员12亿元，面积80m2。",
        ),
        ("一年卖出10<sup>6</sup>本书。", "一年卖出10<sup>6</sup>本书。"),
        ("`a<b>c`和\\*星号\\*有5万人。", "a<b>c和*星号*有5万人。"),
        ("<!-- 没写完\n300家 -->\n门店有280家。", "门店有280家。"),
    ],
)
def test_markdown_links_signs_and_struck_text(written: str, kept: str) -> None:
    read = markdown.read(f"# 甲\n\n{PROSE}\n\n{written}".encode(), name="a.md")
    assert "".join(body(read).split("\n")) == PROSE + kept


def test_pictures_and_comments_of_markdown_stand_on_the_receipt() -> None:
    read = markdown.read(f"{PROSE}\n\n![甲](a.png) ![乙][b]\n\n<!-- 待补 -->\n\n[b]: b.png".encode(), name="a.md")
    assert {one.kind: one.count for one in read.receipt.skipped} == {"picture": 2, "comment": 1}


def test_windows_has_the_euro_at_80() -> None:
    text = "河湾书店向供应商付了€500，店长说这是值得的，会员也多了。"
    data = text.replace("€", "\x00").encode("gb18030").replace(b"\x00", b"\x80")
    assert decode_text(data, name="a.txt").text == text
    assert decode_text(data, name="a.txt").repaired == ("windows-code-page",)


@pytest.mark.parametrize(
    ("written", "iso"), [("民國110年3月5日", "2021-03-05"), ("中華民國99年12月31日", "2010-12-31")]
)
def test_years_of_the_republic(written: str, iso: str) -> None:
    assert iso_date(written) == iso
    assert page_date(written.replace("國", "国").replace("華", "华")) == iso


def test_radicals_of_pdf_text_layers_are_their_ideographs() -> None:
    assert fold_text("⻓期来看⾼⻔⻛") == "长期来看高门风"


# ---- PDF ---------------------------------------------------------------------------------------------------------
def column(text: list[str], left: float) -> list[Line]:
    return [Line(one, 0, left, left + 12, 100 + 14 * n, 12, 800) for n, one in enumerate(text)]


def test_columns_of_vertical_text_are_lines() -> None:
    first = column(["到2020", *"年底河湾书店的会员数达到"], 500)
    second = column(["500", *"万人店长说够了。"], 480)
    (read,) = upright_columns([*first, *second])
    assert read.text == "到2020年底河湾书店的会员数达到500万人店长说够了。"


def test_labels_below_each_other_are_no_column() -> None:
    for labels in (list("销售额"), ["一店3家", "二店4家", "三店5家", "四店6家", "五店7家", "六店8家", "七店9家"]):
        lines = column(labels, 100)
        assert upright_columns(lines) == lines


# ---- hidden by the page's own style, drawings, equations, what is no text ----------------------------------------------
@pytest.mark.parametrize(
    "noise",
    [
        "<font class='jammer'>{}</font>",
        "<span style='font-size:0px'>{}</span>",
        "<i style='color: transparent'>{}</i>",
        "<em class='zq'>{}</em>",
        "<b id='off'>{}</b>",
    ],
)
def test_text_that_the_pages_style_hides_is_cut_with_its_reason(noise: str) -> None:
    style = "<style>/* .s{display:none} */ .zq, p.x {display:none} #off{font-size:0} .s{color:red}</style>"
    read = page(
        f"{style}<article><p>{PROSE}</p><p>会员数{noise.format('e9 复制')}达到500万人，店长说够了。</p></article>"
    )
    assert "会员数达到500万人" in body(read)
    assert ("hidden", "e9 复制") in cuts(read)


def test_what_only_paper_hides_and_what_a_script_shows_again_stays() -> None:
    style = "<style>@media print {.p {display:none}} .zz{display:none} .zz.on{display:block}</style>"
    read = page(
        f"{style}<article><p>{PROSE}</p><p class='p'>店里有三家分号。</p><p class='zz on'>会员五百万人。</p></article>"
    )
    assert "店里有三家分号。\n会员五百万人。" in body(read)


def test_text_of_a_drawing_and_an_equation_are_read() -> None:
    drawn = "<svg><text>2020年</text><g><text>12<tspan>亿元</tspan></text></g></svg>"
    counted = (
        "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac><annotation>TeX</annotation></math>"
    )
    text = page(f"<p>{PROSE}</p>{drawn}<p>比例是{counted}，店长说够了。</p>").text
    assert "\n2020年\n12亿元\n比例是(a+b)/c，" in text


def test_what_a_page_shows_beside_text_is_counted() -> None:
    shown = (
        "<img src='a.jpg'><img src='b.jpg'><img class='tex' src='c.png'><iframe src='ad.html'></iframe><video></video>"
        "<canvas></canvas><object></object><select><option>甲</option></select><template><p>样板</p></template>"
        "<noscript>请开启脚本</noscript><p style='display:none'>藏起来的话</p><svg><path d='M0'/></svg>"
    )
    assert {one.kind: one.count for one in page(f"<p>{PROSE}</p>{shown}").receipt.skipped} == {
        "picture": 2, "equation": 1, "frame": 1, "media": 1, "drawing": 2, "object": 1, "form": 1, "template": 1, "script": 1, "hidden": 1,
    }  # fmt: skip
