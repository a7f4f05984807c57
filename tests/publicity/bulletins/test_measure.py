"""What the planning assumes about widths is compared with the type faces themselves."""

import string

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from publicity.bulletins.measure import lines, width
from tests.publicity.bulletins.sheets import STATIC

FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


@pytest.mark.parametrize("face", FACES)
def test_no_character_is_wider_than_assumed(face: str) -> None:
    with TTFont(STATIC / "fonts" / face) as font:
        names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        real = {chr(code): advances[name][0] / em for code, name in names.items()}
    too_wide = [character for character, advance in real.items() if 0 < width(character) < advance - 0.001]
    assert too_wide == []


def test_figures_are_not_assumed_much_wider_than_they_are() -> None:
    assert 5.3 < width("186,420.35") < 5.7


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("", 10, 1),
        ("会议桌椅", 4, 1),
        ("会议桌椅", 3.9, 2),
        ("保洁员工资（6人）", 8.5, 2),
        ("一二三四五，六", 5.5, 2),
        ("支-041", 3.5, 1),
        ("一" * 100, 10, 10),
    ],
)
def test_lines(text: str, ems: float, expected: int) -> None:
    assert lines(text, ems) == expected


def test_an_item_goes_to_the_next_line_as_a_whole() -> None:
    assert lines("保洁员工资", 9, "误工补贴与报酬", 0.78) == 2
    assert lines("保洁员工资", 12, "误工补贴与报酬", 0.78) == 1
    assert lines("保洁", 4, "误工补贴与报酬发放", 0.78) == 4


@given(st.text(alphabet=string.printable + "一二，。（）", max_size=80), st.floats(min_value=2, max_value=60))
def test_a_text_never_takes_less_than_its_width(text: str, ems: float) -> None:
    assert lines(text, ems) >= width(text) / (ems + 0.001) - 1e-6
