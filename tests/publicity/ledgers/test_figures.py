"""Comparing months, and the widths of bars."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.ledgers.figures import BAR, WITHOUT_ITEM, Trend, classes_of, trend
from tests.publicity.ledgers.test_corrections import LINE


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, 100, Trend(direction="none")),
        (0, 100, Trend(direction="none")),
        (-5, 100, Trend(direction="none")),
        (100, 100, Trend(direction="same")),
        (10_000, 11_200, Trend(direction="more", percent="12%")),
        (100_000, 95_800, Trend(direction="less", percent="4.2%")),
        (10_000, 109_900, Trend(direction="more", percent="999%")),
        (10_000, 110_000, Trend(direction="more", difference_fen=100_000)),
        (9_999, 9_000, Trend(direction="less", difference_fen=999)),
    ],
)
def test_a_trend(before, after, found):
    assert trend(before, after) == found


def test_what_is_tied_to_nothing_comes_last():
    lines = [replace(LINE, category="", spending_fen=900), replace(LINE, spending_fen=100)]
    assert [bar.name for bar in classes_of(lines)] == ["财务管理", WITHOUT_ITEM]


@given(st.lists(st.integers(min_value=1, max_value=10**12), min_size=1, max_size=6))
def test_bars_are_in_proportion_and_never_nothing(amounts):
    bars = classes_of([replace(LINE, category=str(place), spending_fen=fen) for place, fen in enumerate(amounts)])
    assert sum(bar.fen for bar in bars) == sum(amounts)
    assert bars[0].width == BAR
    assert all(1 <= bar.width <= BAR for bar in bars)
