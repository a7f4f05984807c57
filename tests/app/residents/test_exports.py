"""Cells that no spreadsheet runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports import DANGEROUS, NUMBER, neutral


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-支出", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "-1+1", "-"])
def test_what_might_be_a_formula_gets_a_mark(cell):
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-1,234.50", "-0.05", "10800.00", "支-041", "张*", "", "2026-09-03"])
def test_numbers_and_words_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_nothing_is_an_empty_cell():
    assert neutral(None) == ""


@given(st.text())
def test_no_cell_begins_dangerously_unless_it_is_a_number(text):
    shown = neutral(text)
    assert NUMBER.fullmatch(shown) or not shown.startswith(DANGEROUS)
