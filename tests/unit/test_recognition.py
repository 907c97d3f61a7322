"""Text recognition: pictures and scanned pages where it is asked for, marked with its confidence. All texts are invented."""

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from casekit.bounded import OutOfBoundsError
from casekit.errors import SourceError
from casekit.locators import locate
from casekit.readers import ReadResult, read_bytes
from casekit.readers.rapid import engine
from casekit.readers.recognise import Recognised, Recognition, recognised_lines, recognising
from casekit.types import Span
from casekit.workbench import Workbench

FONTS = [Path(f"/usr/share/fonts/opentype/noto/Noto{face}CJK-Regular.ttc") for face in ("Serif", "Sans")]
needs_font = pytest.mark.skipif(not FONTS[0].exists(), reason="no Chinese font (Debian: fonts-noto-cjk)")


class Engine:
    """Says what it is told to, of another shop on each of three pages, and how often it was asked."""

    def __init__(self, *lines: tuple[str, float]) -> None:
        self.said = lines
        self.asked = 0

    def lines(self, picture: Any) -> Sequence[Recognised]:
        self.asked += 1
        page = (self.asked - 1) % len(SHOPS)
        shop, share = SHOPS[page], f"复购率升到 {41 + page}%。"
        return [
            Recognised(text.replace(SHOPS[0], shop).replace("41%。", share), 100, 300 + 40 * i, 900, 328 + 40 * i, sure)
            for i, (text, sure) in enumerate(self.said)
        ]


SHOPS = ("青禾超市", "白石书店", "澄湖商场连同网上的铺子")
SAID = (("青禾超市去年新开了三百二十家门店，会员里回来再买的人多了，", 0.99), ("41%。", 0.91), ("污点", 0.2))


def _picture(pages: int = 1, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    frames = [Image.new("L", (1000, 1400), 255) for _ in range(pages)]
    more = {"save_all": True, "append_images": frames[1:]} if pages > 1 else {}
    frames[0].save(out, kind, **more)
    return out.getvalue()


def _scan(pages: int) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("L", (1000, 1400), 255 - i) for i in range(pages)]
    frames[0].save(out, "PDF", resolution=150, save_all=True, append_images=frames[1:])
    return out.getvalue()


def _told(result: ReadResult, piece: str) -> str:
    at = result.text.index(piece)
    found = locate(result.text, result.blocks, Span(at, at + len(piece)))
    return found.told() if found else ""


def test_a_picture_is_read_only_where_that_is_asked_for() -> None:
    with pytest.raises(SourceError, match="--ocr"):
        read_bytes(_picture(), name="照片.png")
    with recognising(Recognition(Engine(*SAID))):
        result = read_bytes(_picture(), name="照片.png")
    assert result.text == "青禾超市去年新开了三百二十家门店，会员里回来再买的人多了，复购率升到 41%。"
    assert _told(result, "41%") == "第1页（OCR 识别，置信度 91%）"
    assert result.receipt.repaired == ("recognised",)


def test_each_scanned_page_is_a_page_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    with recognising(Recognition(Engine(*SAID), lambda done, total: told.append((done, total)))):
        result = read_bytes(_scan(3), name="扫描.pdf")
        again = read_bytes(_scan(3), name="扫描.pdf")
    assert told[:3] == [(1, 3), (2, 3), (3, 3)]
    assert [_told(result, share) for share in ("41%", "42%", "43%")] == [
        f"第{n}页（OCR 识别，置信度 91%）" for n in (1, 2, 3)
    ]
    assert (result.text, result.blocks) == (again.text, again.blocks)
    with pytest.raises(SourceError, match="--ocr"):
        read_bytes(_scan(1), name="扫描.pdf")


def test_boxes_at_one_height_are_a_row_and_what_is_unsure_is_no_text() -> None:
    found = [
        Recognised("销售额", 400, 100, 500, 130, 0.9),
        Recognised("门店", 100, 102, 200, 131, 0.95),
        Recognised("噪点", 100, 300, 120, 310, 0.3),
    ]
    (line,) = recognised_lines(found, 0, scale=0.48, height=700)
    assert (line.text, line.cells, line.recognised) == ("门店\t销售额", True, 0.9)


def test_damaged_and_empty_pictures_are_refused() -> None:
    with recognising(Recognition(Engine())):
        for data in (_picture()[:60], b"no picture"):
            with pytest.raises(SourceError, match="损坏"):
                read_bytes(data, name="a.png")
        with pytest.raises(SourceError, match="没有认出"):
            read_bytes(_picture(), name="a.png")


def test_pictures_are_held_one_at_a_time_and_none_is_larger_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casekit.readers.picture._MOST_PIXELS", 2_000_000)
    frames = [Image.new("L", size, 255) for size in ((100, 100), (100, 100), (2000, 1100))]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    recogniser = Engine(*SAID)
    with recognising(Recognition(recogniser)), pytest.raises(SourceError, match="2000×1100"):
        read_bytes(out.getvalue(), name="a.tif")
    assert recogniser.asked == 2  # the first two were read before the third was looked at: they are not held together


def test_no_program_runs_for_a_picture_that_is_none() -> None:
    postscript = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"
    gif = io.BytesIO()
    Image.new("L", (10, 10)).save(gif, "GIF")
    with recognising(Recognition(Engine(*SAID))):
        for data in (postscript, gif.getvalue()):
            with pytest.raises(SourceError, match="损坏"):
                read_bytes(data, name="a.png")


def test_a_page_that_says_it_is_a_wall_is_drawn_small() -> None:
    out = io.BytesIO()
    Image.new("L", (1000, 1000), 255).save(out, "PDF", resolution=5)  # 14,400 points on each side
    shapes: list[tuple[int, ...]] = []

    class Measuring(Engine):
        def lines(self, picture: Any) -> Sequence[Recognised]:
            shapes.append(picture.shape)
            return super().lines(picture)

    with recognising(Recognition(Measuring(*SAID))):
        read_bytes(out.getvalue(), name="a.pdf")
    ((height, width, _),) = shapes
    assert 30_000_000 < height * width < 41_000_000


def test_with_recognition_asked_for_other_files_stay_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Worker:
        def call(self, work: str, options: Any, data: bytes, *, name: str) -> Any:
            asked.append(name)
            raise OutOfBoundsError("too much")

    monkeypatch.setattr("casekit.readers.apart.shared_worker", Worker)
    with recognising(Recognition(Engine(*SAID))):
        for name, data in (("a.txt", "店".encode() * 500_000), ("a.pdf", _scan(1))):
            with pytest.raises(OutOfBoundsError):
                read_bytes(data, name=name)
    assert asked == ["a.txt", "a.pdf"]


def test_stopping_between_pages_adds_nothing(tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    (tmp_path / "扫描.pdf").write_bytes(_scan(3))

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    recogniser = Engine(*SAID)
    with pytest.raises(KeyboardInterrupt):
        bench.add([tmp_path / "扫描.pdf"], ocr=recogniser, progress=stop)
    assert recogniser.asked == 2
    assert bench.sources() == []
    assert list((tmp_path / "ws" / "corpus" / "sources").glob("*")) == []


class Slow(Engine):
    """Reads line by line, and says so."""

    def lines_told(self, picture: Any, told: Callable[[float], None]) -> Sequence[Recognised]:
        for share in (0.25, 0.5, 1.0):
            told(share)
        return self.lines(picture)


def test_within_a_page_the_bar_moves_and_it_can_be_stopped(tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    (tmp_path / "扫描.pdf").write_bytes(_scan(2))
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.add([tmp_path / "扫描.pdf"], ocr=Slow(*SAID), progress=stop)
    assert told == [(25, 200), (50, 200), (99, 200), (100, 200), (125, 200)]
    assert bench.sources() == []
    assert list((tmp_path / "ws" / "corpus" / "sources").glob("*")) == []


def test_quoting_what_was_recognised_says_so_and_opens_its_page(tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    (tmp_path / "扫描.pdf").write_bytes(_scan(2))
    (tmp_path / "照片.png").write_bytes(_picture())
    report = bench.add([tmp_path / "扫描.pdf", tmp_path / "照片.png"], ocr=Engine(*SAID))
    assert [one.record.id for one in report.added] == ["扫描", "照片"]
    at = bench.text("扫描").index("41%")
    quoted = bench.quote("扫描", at, at + 3)
    assert quoted.locator == "第1页（OCR 识别，置信度 91%）"
    assert quoted.recognised == 0.91
    assert quoted.link is not None
    assert quoted.link.endswith(".pdf#page=1")
    for source, page in (("扫描", 2), ("照片", 1)):
        with Image.open(io.BytesIO(bench.page_image(source, page))) as shown:
            assert shown.format == "PNG"
    with pytest.raises(SourceError, match="第 9 页"):
        bench.page_image("扫描", 9)


def test_pictures_of_a_folder_are_passed_over_unless_recognition_is_asked_for(tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "照片.png").write_bytes(_picture())
    (folder / "旧稿.doc").write_bytes(b"x")
    report = bench.add([folder])
    assert [path.name for path in report.skipped] == ["照片.png"]
    assert [(one.path.name, ".docx" in one.reason) for one in report.refused] == [("旧稿.doc", True)]
    assert [one.record.id for one in bench.add([folder], ocr=Engine(*SAID)).added] == ["照片"]


PAGE = [
    "青禾超市会员运营纪要",
    "一、现状：去年新开门店 320 家，会员达到 1,250 万人，复购率 41%。",
    "二、做法：导购用企业微信联系老顾客，每周推送三次，转化率提高 2.5 个百分点。",
    "三、目标：明年线上销售额超过 18 亿元，占比由 12% 提到 20%。",
]


@pytest.mark.model
@needs_font
def test_rendered_chinese_at_150_dpi_is_read_with_less_than_three_errors_in_a_hundred() -> None:
    picture = Image.new("L", (1240, 420), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONTS[0], round(10.5 / 72 * 150), index=2)
    for i, line in enumerate(PAGE):
        draw.text((100, 60 + 60 * i), line, font=font, fill=0)
    out = io.BytesIO()
    picture.save(out, "PNG")
    told: list[tuple[int, int]] = []
    with recognising(Recognition(engine(), lambda done, total: told.append((done, total)))):
        text = read_bytes(out.getvalue(), name="a.png").text
    assert told == sorted(told)
    assert told[-1] == (100, 100)
    assert len(told) > len(PAGE)
    said, wanted = re.sub(r"\s", "", text), re.sub(r"\s", "", "".join(PAGE))
    assert Levenshtein.distance(said, wanted) < 0.03 * len(wanted)
    assert all(figure in said for figure in ("320", "41%", "2.5", "18亿元", "12%", "20%"))


def _deck_and_sheet() -> dict[str, bytes]:
    """A deck and a sheet with a figure in each of several places."""
    deck = pptx.Presentation()
    for said in ("会员达到320万人", "复购率升到44%"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = "青禾超市"
        slide.shapes.add_textbox(0, 2_000_000, 4_000_000, 500_000).text_frame.text = said
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "门店"
    for row in (("门店", "销售额"), ("华东店", "1200万元"), ("华南店", "900万元")):
        sheet.append(row)
    files = {}
    for name, one in (("方案.pptx", deck), ("报表.xlsx", book)):
        out = io.BytesIO()
        one.save(out)
        files[name] = out.getvalue()
    return files


def test_deck_sheet_and_scan_read_twice_are_the_same_and_each_figure_stands_at_its_place(tmp_path: Path) -> None:
    files = {**_deck_and_sheet(), "扫描.pdf": _scan(3)}
    told = []
    for run in ("一", "二"):
        folder = tmp_path / run
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        bench = Workbench.init(tmp_path / f"ws-{run}")
        bench.add([folder], ocr=Engine(*SAID))
        ids = [one.id for one in bench.sources()]
        texts = {one: bench.text(one) for one in ids}
        places = {}
        for one, text in texts.items():
            for found in re.finditer(r"\d+(?:万人|万元|%)", text):
                places[f"{one}:{found[0]}"] = bench.quote(one, *found.span()).locator
        told.append((texts, places))
    assert told[0] == told[1]
    assert told[0][1] == {
        "方案:320万人": "第1张幻灯片",
        "方案:44%": "第2张幻灯片",
        "报表:1200万元": "单元格 门店!B2",
        "报表:900万元": "单元格 门店!B3",
        **{f"扫描:4{n}%": f"第{n}页（OCR 识别，置信度 91%）" for n in (1, 2, 3)},
    }
