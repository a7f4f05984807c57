"""Money in words for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_lists.amounts import change, exact, wan, yuan

FEN = st.integers(min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(7_050_000, "70,500.00"), (0, "0.00"), (-5, "-0.05"), (100_000_000, "1,000,000.00"), (-123_456, "-1,234.56")],
)
def test_yuan(fen: int, shown: str) -> None:
    """Commas every three places, two places after the point, minus as -."""
    assert yuan(fen) == shown


@given(FEN)
def test_yuan_loses_no_fen(fen: int) -> None:
    """The figures without signs are the fen again."""
    assert int(yuan(fen).replace(",", "").replace(".", "")) == fen


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (7_050_000, "7.05万元"),
        (1_000_000, "1万元"),
        (41_260, "412.60元"),
        (201_600_000, "201.6万元"),
        (-7_050_000, "-7.05万元"),
        (7_054_999, "7.05万元"),
        (7_055_000, "7.06万元"),
    ],
)
def test_wan(fen: int, shown: str) -> None:
    """From one wan on in wan, below exactly."""
    assert wan(fen) == shown


@given(FEN.filter(lambda fen: abs(fen) >= 1_000_000))
def test_wan_is_right_to_half_a_hundred_yuan(fen: int) -> None:
    """What is shown lies at most 50 yuan beside the amount."""
    hundredths = round(float(wan(fen).removesuffix("万元").replace(",", "")) * 100)
    assert abs(hundredths * 10_000 - fen) <= 5_000


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (100, 150, "比上期多50.0%"),
        (150, 100, "比上期少33.3%"),
        (100, 100, "与上期相同"),
        (0, 5, "上期没有"),
        (-5, 5, "上期是负数，不能按百分比比较"),
        (10**7, 10**7 + 1, "与上期基本相同"),
    ],
)
def test_change(before: int, after: int, shown: str) -> None:
    """A sentence for each case, no percentage where there is none."""
    assert str(change(before, after)) == shown


@given(FEN, FEN)
def test_change_says_the_right_direction(before: int, after: int) -> None:
    """More is never called less."""
    words = str(change(before, after))
    assert not (after > before and "少" in words)
    assert not (after < before and "多" in words)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (500_000_00, "50万元"),
        (15_000_00, "1.5万元"),
        (12_345_00, "12,345元"),
        (5_000_00, "5,000元"),
        (12_345, "123.45元"),
    ],
)
def test_a_limit_is_never_rounded(fen: int, words: str) -> None:
    assert exact(fen) == words
