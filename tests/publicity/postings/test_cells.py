"""Each kind of column: what villages write, what is refused, and that a form gives back what it was filled with."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.categories.contents import Audience, Column, ColumnKind, Mask
from publicity.postings.cells import CellUnreadable, read_cell, shown_cell, write_cell
from tests.publicity.postings.made import card_of, columns, filled, identity_of
from village_lists.periods import Cadence, Span

QUARTER = Span.of(Cadence.QUARTER, date(2026, 9, 1))
MONTH = Span.of(Cadence.MONTH, date(2026, 9, 1))
NEW_YEAR = Span.of(Cadence.EVENT, date(2026, 1, 5))


def column(kind: ColumnKind, **about: object) -> Column:
    """Return a column of the kind."""
    return Column(key="x", name=str(about.pop("name", "一栏")), kind=kind, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "text", "fen"),
    [
        ("元", "1234.5", 123_450),
        ("元", "￥1,234.50元", 123_450),
        ("元", "１２３４．５０", 123_450),
        ("元", "1.2万元", 1_200_000),
        ("万元", "1.2", 1_200_000),
        ("万元", "12000元", 1_200_000),
        ("元/月", "720元/月", 72_000),
        ("元/亩", "600", 60_000),
        ("元", "-35", -3_500),
        ("元", "叁佰元整", 30_000),
        ("元", "/", None),
        ("元", "　", None),
    ],
)
def test_money_as_it_is_written(unit, text, fen):
    assert read_cell(column(ColumnKind.MONEY, unit=unit), text) == fen


@pytest.mark.parametrize(
    ("kind", "about", "text", "value"),
    [
        (ColumnKind.COUNT, {"unit": "户"}, "38户", 38),
        (ColumnKind.COUNT, {"name": "户数"}, "38 户", 38),
        (ColumnKind.COUNT, {}, "1,200", 1200),
        (ColumnKind.COUNT, {}, "38.0", 38),
        (ColumnKind.NUMBER, {"unit": "亩"}, "12.50亩", "12.5"),
        (ColumnKind.NUMBER, {}, "0.10", "0.1"),
        (ColumnKind.NUMBER, {}, "-0", "0"),
        (ColumnKind.NUMBER, {"unit": "%"}, "25％", "25"),
        (ColumnKind.DATE, {}, "2026/9/3", "2026-09-03"),
        (ColumnKind.DATE, {}, "二〇二六年九月三日", "2026-09-03"),
        (ColumnKind.DATE, {}, "9月3日", "2026-09-03"),
        (ColumnKind.DATE, {}, "46268", "2026-09-03"),
        (ColumnKind.MONTH, {}, "2026年9月", "2026-09"),
        (ColumnKind.MONTH, {}, "202609", "2026-09"),
        (ColumnKind.MONTH, {}, "9月份", "2026-09"),
        (ColumnKind.MONTH, {}, "2026-09-03", "2026-09"),
        (ColumnKind.BIRTH, {}, "1958.3.2", "1958-03-02"),
        (ColumnKind.BIRTH, {}, "19580302", "1958-03-02"),
        (ColumnKind.CHOICE, {"choices": ("低保", "特困", "临时救助")}, "临时", "临时救助"),
        (ColumnKind.CHOICE, {"choices": ("是", "否")}, "√", "是"),
        (ColumnKind.PHONE, {}, "138-0000 1234", "13800001234"),
        (ColumnKind.PHONE, {}, "0000-1234567", "0000-1234567"),
        (ColumnKind.PERSON, {}, " 李　明 ", "李明"),
        (ColumnKind.PERSON, {}, "李 大 有", "李大有"),
        (ColumnKind.PARTY, {}, "松坪镇 竹木厂", "松坪镇竹木厂"),
        (ColumnKind.TEXT, {}, "一\r\n二\u200b三", "一 二三"),
        (ColumnKind.PROSE, {}, " 一 \r\n\r\n\r\n二", "一\n\n二"),
    ],
)
def test_everything_else_as_it_is_written(kind, about, text, value):
    assert read_cell(column(kind, **about), text, span=QUARTER) == value


def test_numbers_of_people():
    assert read_cell(column(ColumnKind.IDENTITY), identity_of("19580302").lower()) == identity_of("19580302")
    card = card_of(12_345)
    assert read_cell(column(ColumnKind.CARD), f"{card[:4]} {card[4:8]} {card[8:]}") == card


@pytest.mark.parametrize(
    ("kind", "about", "text", "said"),
    [
        (ColumnKind.MONEY, {}, "若干", "不是金额"),
        (ColumnKind.MONEY, {}, "0.001", "不足一分"),
        (ColumnKind.MONEY, {}, "9" * 20, "太大"),
        (ColumnKind.COUNT, {"unit": "户"}, "38人", "单位"),
        (ColumnKind.COUNT, {}, "三十八", "不是整数"),
        (ColumnKind.COUNT, {}, "38.5", "不是整数"),
        (ColumnKind.COUNT, {}, "-1", "不是整数"),
        (ColumnKind.NUMBER, {}, "1,23", "不是数字"),
        (ColumnKind.NUMBER, {}, "1e5", "不是数字"),
        (ColumnKind.DATE, {}, "2026-02-30", "不存在"),
        (ColumnKind.DATE, {}, "九月初", "不是日期"),
        (ColumnKind.MONTH, {}, "2026-13", "不是月份"),
        (ColumnKind.BIRTH, {}, "58-3-2", "不是出生日期"),
        (ColumnKind.CHOICE, {"choices": ("临时救助", "临时补助")}, "临时", "临时救助、临时补助"),
        (ColumnKind.PHONE, {}, "138000012", "不是电话号码"),
        (ColumnKind.IDENTITY, {}, "330299195803020018", "最后一位"),
        (ColumnKind.IDENTITY, {}, "12345", "身份证"),
        (ColumnKind.CARD, {}, "6230520000000000001", "卡号"),
        (ColumnKind.PERSON, {}, "13800001234", "不是姓名"),
        (ColumnKind.TEXT, {}, "长" * 501, "太长"),
    ],
)
def test_what_is_no_such_thing_is_refused_in_one_sentence(kind, about, text, said):
    with pytest.raises(CellUnreadable) as refused:
        read_cell(column(kind, **about), text)
    assert said in str(refused.value)
    assert str(refused.value).endswith("。")


def test_a_day_without_a_year_is_never_guessed():
    day = column(ColumnKind.DATE)
    with pytest.raises(CellUnreadable, match="哪一年"):
        read_cell(day, "9月3日")
    with pytest.raises(CellUnreadable, match="哪一年"):
        read_cell(day, "12月30日", span=NEW_YEAR)
    assert read_cell(day, "3日", span=MONTH) == "2026-09-03"
    with pytest.raises(CellUnreadable, match="哪一年"):
        read_cell(day, "3日", span=QUARTER)


@given(st.data())
def test_a_form_gives_back_what_filled_it(data):
    made = data.draw(columns(key="c"))
    value = data.draw(filled([made]))["c"]
    assert read_cell(made, write_cell(made, value)) == value


@settings(max_examples=60)
@given(st.data(), st.text(max_size=40))
def test_what_was_read_once_is_read_the_same_again(data, text):
    made = data.draw(columns(key="c"))
    try:
        value = read_cell(made, text, span=MONTH)
    except CellUnreadable:
        return
    assert read_cell(made, write_cell(made, value)) == value


@pytest.mark.parametrize(
    ("kind", "mask", "value", "shown"),
    [
        (ColumnKind.PERSON, Mask.NAME, "张阿德", "张*"),
        (ColumnKind.PERSON, Mask.NAME, "张阿德、欧阳小明", "张*、欧阳*"),
        (ColumnKind.PERSON, Mask.NAME, "张阿德（代李国庆）", "张*"),
        (ColumnKind.PERSON, Mask.NAME, "陈海涛", "陈海涛"),
        (ColumnKind.PARTY, Mask.NAME, "松坪竹木加工厂", "松坪竹木加工厂"),
        (ColumnKind.PARTY, Mask.NAME, "张阿德", "张*"),
        (ColumnKind.PHONE, Mask.PHONE, "13800001234", "138****1234"),
        (ColumnKind.PHONE, Mask.PHONE, "12345", "****"),
        (ColumnKind.CARD, Mask.TAIL, "6230520000000012345", "****2345"),
        (ColumnKind.IDENTITY, Mask.HIDDEN, None, "（不公开）"),
        (ColumnKind.MONEY, Mask.NAME, 100, "（不公开）"),
        (ColumnKind.MONEY, Mask.NONE, 123_450, "1,234.50"),
        (ColumnKind.PERSON, Mask.NAME, None, ""),
    ],
)
def test_masks(kind, mask, value, shown):
    masked = column(kind, web_mask=mask)
    officials = frozenset({"陈海涛"})
    assert shown_cell(masked, value, audience=Audience.WEB, officials=officials) == shown
    in_full = write_cell(masked, value) if kind is not ColumnKind.MONEY else None
    if in_full is not None:
        assert shown_cell(masked, value, audience=Audience.NEVER) == in_full


def test_who_may_not_see_a_column_reads_nothing():
    paper, never = (column(ColumnKind.TEXT, audience=audience) for audience in (Audience.PAPER, Audience.NEVER))
    assert shown_cell(paper, "一", audience=Audience.WEB) == ""
    assert shown_cell(paper, "一", audience=Audience.PAPER) == "一"
    assert shown_cell(never, "一", audience=Audience.PAPER) == ""
    assert shown_cell(never, "一", audience=Audience.NEVER) == "一"


def test_money_in_wan_is_shown_in_wan():
    assert shown_cell(column(ColumnKind.MONEY, unit="万元"), 123_456_700, audience=Audience.WEB) == "123.4567"
    assert shown_cell(column(ColumnKind.MONEY, unit="万元"), 0, audience=Audience.WEB) == "0"
