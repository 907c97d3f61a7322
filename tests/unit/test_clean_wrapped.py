"""Texts that a program broke at a fixed width: no break parts a figure, a name or a sentence. All texts are invented."""

import pytest

from casekit.clean import clean_text
from casekit.clean.ledger import apply_overrides
from casekit.fold.tape import tape_of
from casekit.receipt import Receipt, with_body
from casekit.types import Span

OPENING = "河湾镇上的书店不多，最老的一家开了四十年，如今由第二代人看着，他们说夜里有人来，灯就该亮着，这件事不全是为了钱，也为了街坊和下班的人。"
STORY = (
    "河湾书店从五月起夜里也开门，店员分两班，最晚的一班到凌晨两点，一晚上能多卖一千二百四十本书，去年的销售额达到320万元，其中三成来自"
    "附近的医院，书店打算把这个办法用到另外两家店，不过要等到秋天再说，因为现在的人手还不够用，店长想先把账算清楚。"
)


def broken(text: str, width: int) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


@pytest.mark.parametrize("width", [18, 19, 27, 28, 29, 41, 54, 55, 56, 57, 58])
def test_a_break_at_a_fixed_width_parts_nothing(width: int) -> None:
    text = f"河湾书店\n\n{broken(OPENING, width)}\n\n{broken(STORY, width)}\n"
    cleaned = clean_text(text)
    assert tape_of(text, cleaned.kept).text.split() == [OPENING, STORY]
    assert with_body(Receipt(), text, cleaned).repaired == ("hard-wrapped",)
    overruled = apply_overrides(cleaned, text, [("cut", Span(6, 8))])
    assert tape_of(text, overruled.kept).text.split() == [OPENING[2:], STORY]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(
            ["河湾书店夜里也开门，灯亮到两点。", "店员分两班轮流看着，谁都不累。"] * 4
        ),  # sentences of one length
        f"河湾书店\n\n{OPENING}\n{STORY}\n{OPENING}",  # a line a paragraph
        "\n".join(f"第{n}家店在河湾镇的东边那条老街上，门牌{n}号" for n in range(3, 9)),  # a list
        "\n".join(["The shop at the bend of the river stays open", "until two at night and sells forty books the"] * 4),
    ],
)
def test_lines_that_are_paragraphs_or_verses_stay_apart(text: str) -> None:
    cleaned = clean_text(text)
    assert "hard-wrapped" not in with_body(Receipt(), text, cleaned).repaired
