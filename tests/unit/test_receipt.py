"""The receipt: every character accounted for, everything left out named."""

from casekit.clean import clean_text
from casekit.receipt import Receipt, Tally, receipt_of_json, receipt_to_json, tallies, with_body

_TEXT = "首页\n晨光百货开店\n2021-03-05 10:20  来源：晨报\n晨光百货今年开了三家门店，会员数达到五百万人。\n版权所有 不得转载"


def test_kept_and_cut_characters_together_are_the_visible_ones():
    receipt = with_body(Receipt(), _TEXT, clean_text(_TEXT))
    assert receipt.visible == len("".join(_TEXT.split()))
    assert receipt.kept + sum(one.count for one in receipt.cut) == receipt.visible
    assert receipt.has_body
    assert receipt.cut


def test_a_receipt_survives_the_way_through_json():
    whole = Receipt(
        9, 5, (Tally("nav", 4),), tallies({"picture": 2}), "gb18030", ("unreadable",), ("columns",), "请登录"
    )
    assert receipt_of_json(receipt_to_json(whole)) == whole
