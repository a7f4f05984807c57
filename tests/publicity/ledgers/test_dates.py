"""Dates: every form of product.md 4.1, and days that do not exist."""

from datetime import date

import pytest

from publicity.ledgers.dates import Known, read_date
from publicity.ledgers.problems import Unreadable
from village_lists.exchange.grids import Cell, Value

SEPTEMBER = Known(2026, 9)


def day_of(value: Value, known: Known = SEPTEMBER, text: str | None = None) -> date:
    return read_date(Cell("A1", value, str(value) if text is None else text), known)


@pytest.mark.parametrize(
    "value",
    [
        "9月3日", "9月3号", "９月３日", "9.3", "9/3", "9-3", "09.03", "2026/9/3", "2026-09-03", "2026.9.3",
        "2026年9月3日",
        "26.9.3", "20260903", "3日", "3", "03", "九月三日", "二〇二六年九月三日", "2026-09-03 00:00:00", " 9 月 3 日 ",
        "'2026-09-03", "0903", 20260903, 46268, 46268.5, "46268", 9.3, 3, date(2026, 9, 3),
    ],
)  # fmt: skip
def test_the_third_of_september(value: Value) -> None:
    assert day_of(value) == date(2026, 9, 3)


def test_twenty_in_chinese_numerals() -> None:
    assert day_of("九月二十八日") == date(2026, 9, 28)
    assert day_of("九月十日") == date(2026, 9, 10)
    assert day_of("九月二十日") == date(2026, 9, 20)


def test_a_number_is_read_as_it_is_shown() -> None:
    assert day_of(9.1, text="9.10") == date(2026, 9, 10)
    assert day_of(9.1, text="9.1") == date(2026, 9, 1)


@pytest.mark.parametrize("value", ["2026-09-31", "2026-02-30", "9月31日", "9.32", "31", "13月1日", "20260931"])
def test_days_that_do_not_exist(value: str) -> None:
    with pytest.raises(Unreadable, match="不存在"):
        day_of(value)


@pytest.mark.parametrize(
    "value",
    ["上旬", "9月", "9.3-9.5", "2026年9月", "九月", "#REF!", "9,3", "903", "2026", "9月3日、5日", 0.5, 1234567, "TRUE"],
)
def test_what_is_no_date_is_refused(value: Value) -> None:
    with pytest.raises(Unreadable):
        day_of(value)


def test_without_a_year_nothing_is_guessed() -> None:
    with pytest.raises(Unreadable, match="哪年哪月"):
        day_of("9月3日", Known())
    with pytest.raises(Unreadable, match="哪年哪月"):
        day_of("3日", Known(2026, None))
    assert day_of("2026-09-03", Known()) == date(2026, 9, 3)
