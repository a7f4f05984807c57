"""Amounts: every way of writing one, and everything that only looks like one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.ledgers.amounts import fen_of_text, is_figure, read_amount
from publicity.ledgers.problems import Unreadable
from village_lists.exchange.grids import Cell, Value


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("412.60", 41260),
        ("412.6", 41260),
        ("33,018.20", 3301820),
        ("３３，０１８．２０", 3301820),
        ("￥1,280", 128000),
        ("¥ 1 280.00", 128000),
        ("1280元", 128000),
        ("1280.00元整", 128000),
        ("人民币1280元", 128000),
        ("1.28万元", 1280000),
        ("1.2801万", 1280100),
        ("(1,280.00)", -128000),
        ("（６００．００）", -60000),
        ("-1,280", -128000),
        ("－1280", -128000),
        ("−1280", -128000),
        ("1280-", -128000),
        ("-¥1,280.00", -128000),
        ("(¥1,280.00)元", -128000),
        ("300.", 30000),
        (".5", 50),
        ("'300", 30000),
        ("1,0000.00", 1000000),
        ("叁佰元整", 30000),
        ("0.00", 0),
        ("300.000", 30000),
    ],
)
def test_written_amounts(text: str, fen: int) -> None:
    assert fen_of_text(text) == fen


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "－", "/", "无"])
def test_a_dash_stands_for_nothing(text: str) -> None:
    assert fen_of_text(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "约三百", "300左右", "1,28", "1,2,3", "1.280,00",
        "300/400", "300-400", "3OO", "l00", "1e3", "--5", "(-5)", "5.5.5",
        "３００。００", "待定", "#REF!", "TRUE", "300元500元", "9月3日", "NaN", "inf", "1,23.4.5", "$", "¥",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        fen_of_text(text)


def test_half_a_fen_is_refused_and_not_rounded() -> None:
    with pytest.raises(Unreadable, match="不足一分"):
        fen_of_text("12.345")
    with pytest.raises(Unreadable, match="不足一分"):
        read_amount(Cell("A1", 33.333333333))


def test_noise_of_floating_point_is_not_half_a_fen() -> None:
    assert read_amount(Cell("A1", 0.1 + 0.2)) == 30
    assert read_amount(Cell("A1", 195117.45000000001)) == 19511745
    assert read_amount(Cell("A1", 59249.49999999999)) == 5924950
    assert read_amount(Cell("A1", 1.286), yuan=10_000) == 1286000


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_every_saved_number_comes_out_as_the_fen_that_went_in(fen: int) -> None:
    assert read_amount(Cell("A1", fen / 100)) == fen
    assert fen_of_text(f"{fen / 100:,.2f}") == fen


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_ten_thousands_keep_every_fen(fen: int) -> None:
    assert read_amount(Cell("A1", fen / 1_000_000), yuan=10_000) == fen


def test_red_is_negative_once() -> None:
    assert read_amount(Cell("A1", 160.5, is_red=True), red_is_negative=True) == -16050
    assert read_amount(Cell("A1", -160.5, is_red=True), red_is_negative=True) == -16050
    assert read_amount(Cell("A1", "(160.5)", is_red=True), red_is_negative=True) == -16050
    assert read_amount(Cell("A1", 160.5, is_red=True)) == 16050


def test_a_date_and_a_formula_without_value_are_no_amounts() -> None:
    with pytest.raises(Unreadable, match="是日期"):
        read_amount(Cell("A1", date(2026, 9, 3), "2026-09-03"))
    with pytest.raises(Unreadable, match="公式"):
        read_amount(Cell("A1", is_formula_without_value=True))


def test_more_money_than_there_is_is_refused() -> None:
    with pytest.raises(Unreadable, match="金额太大"):
        fen_of_text("9" * 20)


@pytest.mark.parametrize(("value", "true"), [(5, True), ("97.814336", True), ("¥8", True), ("-", False), ("八", False)])
def test_a_figure_is_known_in_any_unit(value: Value, true: bool) -> None:
    assert is_figure(value) is true
