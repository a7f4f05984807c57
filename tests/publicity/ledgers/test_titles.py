"""What titles say of month, body, village and unit."""

import pytest

from publicity.ledgers.titles import Told, body_in, told_by_sheet_name, units_in, village_in


@pytest.mark.parametrize(
    ("text", "years", "months"),
    [
        ("松坪镇上石村2026年9月份财务收支公开表", {2026}, {9}),
        ("2026年度9月财务公开", {2026}, {9}),
        ("二〇二六年十二月收支表", {2026}, {12}),
        ("2026.9", {2026}, {9}),
        ("2026-09", {2026}, {9}),
        ("202609", {2026}, {9}),
        ("财务收支(2026年10月)", {2026}, {10}),
        ("九月份财务公开", set(), {9}),
        ("下田村2026年收支明细账", {2026}, set()),
        ("2026年7-9月收支明细", {2026}, set()),
        ("2026年7月至9月收支明细", {2026}, set()),
        ("2026年9月1日至9月30日", {2026}, {9}),
        ("2026年9月1日—2026年9月30日", {2026}, {9}),
        ("公示日期：2026年10月8日", set(), set()),
        ("上报时间：2026年10月", set(), set()),
        ("2026-09月收支表", {2026}, {9}),
        ("1.2026年9月收支表", {2026}, {9}),
        ("2026.9，上石村", {2026}, {9}),
        ("收入支出202609", {2026}, {9}),
        ("上月结转:69.20355万元", set(), set()),
        ("201508.54", set(), set()),
        ("207112.71元", set(), set()),
        ("1,202508", set(), set()),
        ("村账-20008", set(), set()),
        ("村账-202610", {2026}, {10}),
        ("202508,000.00", set(), set()),
        ("总额2025.5万", set(), set()),
        ("￥202508", set(), set()),
        ("2026年9月支出合计：201508", {2026}, {9}),
        ("2026年9月支出合计为201508元", {2026}, {9}),
    ],
)
def test_months(text: str, years: set[int], months: set[int]) -> None:
    told = Told()
    told.take(text, "A1")
    assert (told.years, told.months) == (years, months)


@pytest.mark.parametrize(
    ("name", "months"), [("9", {9}), ("09", {9}), ("9月", {9}), ("九月份", {9}), ("Sheet1", set())]
)
def test_sheet_names(name: str, months: set[int]) -> None:
    assert told_by_sheet_name(name).months == months


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("上石村股份经济合作社财务公开", "collective"),
        ("上石村经济合作社", "collective"),
        ("上石村村民委员会收支表", "committee"),
        ("上石村村委会", "committee"),
        ("上石村财务公开", None),
        ("上石村村委会、经济合作社收支表", None),
    ],
)
def test_bodies(text: str, body: str | None) -> None:
    assert body_in([text]) == body


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("松坪镇上石村股份经济合作社2026年9月份财务收支公开表", "上石村"),
        ("竹岙村2026年9月资金流水", "竹岙村"),
        ("编制单位：前塘村", "前塘村"),
        ("农村集体财务公开表", ""),
        ("村级财务公开表", ""),
        ("2026年9月本村收支表", ""),
    ],
)
def test_villages(text: str, village: str) -> None:
    assert village_in(text) == village


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("单位：万元", {"万元"}),
        ("金额单位:元", {"元"}),
        ("(单位：人民币元)", {"元"}),
        ("收支表（万元）", {"万元"}),
        ("编制单位:上石村", set()),
    ],
)
def test_units(text: str, units: set[str]) -> None:
    assert units_in(text) == units
