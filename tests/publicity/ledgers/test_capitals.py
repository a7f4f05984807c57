"""Capital numerals: to paper and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.ledgers.capitals import from_capitals, in_capitals
from publicity.ledgers.problems import Unreadable


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (7050000, "柒万零伍佰元整"),
        (6180290, "陆万壹仟捌佰零贰元玖角"),
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (105, "壹元零伍分"),
        (1000000, "壹万元整"),
        (10000000, "壹拾万元整"),
        (1000000000, "壹仟万元整"),
        (10000000000, "壹亿元整"),
        (10000000100, "壹亿零壹元整"),
        (100000005000, "壹拾亿零伍拾元整"),
        (10010001000, "壹亿零壹拾万零壹拾元整"),
        (-16050, "负壹佰陆拾元伍角"),
        (100000000000000, "壹万亿元整"),
    ],
)
def test_known_amounts(fen: int, words: str) -> None:
    assert in_capitals(fen) == words
    assert from_capitals(words) == fen


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_there_and_back(fen: int) -> None:
    assert from_capitals(in_capitals(fen)) == fen


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_two_amounts_never_share_their_words(one: int, other: int) -> None:
    assert (in_capitals(one) == in_capitals(other)) == (one == other)


@pytest.mark.parametrize(
    ("words", "fen"),
    [
        ("人民币（大写）：柒万零伍佰元整", 7050000),
        ("柒万零伍佰圆正", 7050000),
        ("陆万壹仟捌佰零贰元玖角整", 6180290),
        ("陆万壹仟捌佰零贰元玖角零分", 6180290),
        ("零元陆角整", 60),
        ("拾万元整", 10000000),
        ("一百二十元", 12000),
        ("柒萬零伍佰元整", 7050000),
        ("柒万伍佰元整", 7050000),
    ],
)
def test_other_spellings_are_read(words: str, fen: int) -> None:
    assert from_capitals(words) == fen


@pytest.mark.parametrize(
    "words", ["", "元整", "柒万零伍佰", "七百左右", "壹贰叁元", "佰万元", "壹佰壹佰元", "300元", "壹元贰", "拾伍拾元"]
)
def test_what_says_no_amount_is_refused(words: str) -> None:
    with pytest.raises(Unreadable):
        from_capitals(words)
