"""From read lines to boxes: lines made by hand; the reading itself only where the extra is installed."""

from datetime import date

import pytest

from publicity.attachments import ocr
from publicity.attachments.proposals import ReadLine, proposals_for
from tests.publicity.attachments.pictures import as_jpeg, voucher

ON = date(2026, 11, 23)


def line(text, *, left=100.0, top=100.0, right=900.0, height=40.0, tilt=0.0):
    """Return a line of writing whose right end hangs `tilt` pixels lower."""
    return ReadLine(
        text=text,
        corners=((left, top), (right, top + tilt), (right, top + tilt + height), (left, top + height)),
    )


def boxes(*lines):
    """Return kind and box of what is proposed on a picture of 1000 × 1000 pixels."""
    return [(one.kind, tuple(one.box)) for one in proposals_for(lines, width=1000, height=1000, on=ON)]


def test_a_number_after_words_is_boxed_and_the_words_are_not():
    # Eight wide signs and eleven figures: the number begins after 16 of 27 widths.
    ((kind, (left, top, width, height)),) = boxes(line("手机联系电话号码13805740123"))
    begins = 100 + 800 * 16 / 27
    assert kind == "mobile"
    assert begins - 30 < left < begins
    assert left + width >= 900
    assert top < 100
    assert top + height > 140


def test_each_kind_is_found_and_other_numbers_are_not():
    found = boxes(
        line("身份证330219197805124310", top=100),
        line("卡号6228480402564890018", top=200),
        line("联系电话：13805740123", top=300),
        line("合同编号 2026-017　￥46,500.00", top=400),
        line("付款单位：上石村股份经济合作社", top=500),
    )
    assert [kind for kind, _box in found] == ["identity", "card", "mobile"]


def test_a_tilted_line_is_boxed_where_the_number_stands():
    ((_kind, (_left, top, _width, height)),) = boxes(line("收款人徐根生的联系电话号码13805740123", tilt=100))
    # Not from the beginning of the line, which is higher up.
    assert top > 140
    assert top + height > 240


def test_a_box_stays_in_the_picture():
    ((_kind, (left, top, width, height)),) = boxes(line("13805740123", left=-5, top=-5, right=1005))
    assert (left, top) == (0, 0)
    assert left + width == 1000
    assert height < 100


def test_a_line_off_the_picture_is_passed_over():
    assert boxes(line("13805740123", left=2000, right=2500)) == []
    assert boxes(line("")) == []


def test_without_the_extra_nothing_is_proposed():
    if ocr.can_propose():
        pytest.skip("the extra is installed here")
    assert ocr.propose_boxes(as_jpeg(voucher()), on=ON) == []


def test_with_the_extra_a_picture_without_writing_gives_nothing():
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not part of the gate")
    assert ocr.propose_boxes(as_jpeg(voucher()), on=ON) == []
