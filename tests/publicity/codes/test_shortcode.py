"""The seven characters: what they promise is proved over all of the alphabet, not sampled."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.codes.shortcode import ALPHABET, LENGTH, is_valid, new_code, normalise, spoken

SEEDS = st.integers(min_value=0)


def test_the_alphabet_has_31_characters_that_are_not_confused() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set("01OIL") & set(ALPHABET)


@given(SEEDS)
def test_new_codes_are_valid(seed: int) -> None:
    code = new_code(Random(seed))
    assert len(code) == LENGTH
    assert is_valid(code)


@given(SEEDS)
def test_every_single_wrong_character_is_found(seed: int) -> None:
    code = new_code(Random(seed))
    for place in range(LENGTH):
        for other in set(ALPHABET) - {code[place]}:
            assert not is_valid(code[:place] + other + code[place + 1 :])


def test_every_pair_of_neighbours_swapped_is_found() -> None:
    for place in range(LENGTH - 1):
        for first in ALPHABET:
            for second in ALPHABET:
                code = _with(place, first, second)
                swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
                assert is_valid(swapped) == (code == swapped)


def _with(place: int, first: str, second: str) -> str:
    """Return a valid code that has `first` and `second` at `place`; one other character is chosen to make it valid."""
    free = 0 if place > 1 else LENGTH - 1
    for character in ALPHABET:
        code = ["7"] * LENGTH
        code[place], code[place + 1], code[free] = first, second, character
        if is_valid("".join(code)):
            return "".join(code)
    raise AssertionError((place, first, second))


@pytest.mark.parametrize("typed", ["k7 3mp aq", "K7-3MP-AQ", " Ｋ７　３ＭＰ　ＡＱ\n", "k7·3mp—aq", "K73MPAQ"])
def test_what_people_type_is_read(typed: str) -> None:
    assert normalise(typed) == "K73MPAQ"


@pytest.mark.parametrize("typed", ["", "K73MPA", "K73MPAQQ", "K73MP0Q", "明白栏", "１２３４５６７"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert not is_valid(normalise(typed))


@given(SEEDS)
def test_reading_aloud_and_back(seed: int) -> None:
    code = new_code(Random(seed))
    assert normalise(spoken(code)) == code
    assert [len(group) for group in spoken(code).split(" ")] == [2, 3, 2]


def test_codes_differ() -> None:
    random = Random(1)
    codes = [new_code(random) for _ in range(500)]
    assert all(one != other for one, other in pairwise(sorted(codes)))
