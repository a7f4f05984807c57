"""Reads figures as a person would: in any script, split by signs, with letters in their stead.

Nothing is decided here; `runs` only says which figures could belong to one number and where they stand.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

HAN_FIGURES = {
    sign: figure
    for figure, signs in {
        "0": "零〇○洞",
        "1": "一幺壹",
        "2": "二贰两",
        "3": "三叁",
        "4": "四肆",
        "5": "五伍",
        "6": "六陆",
        "7": "七柒拐",
        "8": "八捌",
        "9": "九玖勾",
    }.items()
    for sign in signs
}
LETTER_FIGURES = dict.fromkeys("OoОо", "0") | dict.fromkeys("lI", "1")
# Words with which people read a number aloud or break it up: 138杠1234杠5678.
SPOKEN = re.compile(r"(?:电话|手机|号码|微信|横杠|空格|然后|杠|横|点|空|转|加|再|号)")
WIDEST_GAP = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value 0-9 or X, its place in the text, its script, and whether a gap stands before it."""

    value: str
    at: int
    script: str
    after_gap: bool


def plain(text: str) -> str:
    """Return the text with full-width and similar signs made plain, character by character, length unchanged."""
    return "".join(_plain_sign(sign) for sign in text)


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


@lru_cache(maxsize=4096)
def _figure(sign: str) -> tuple[str, str] | None:
    """Return value and script of a sign that can stand for a figure."""
    if sign in HAN_FIGURES:
        return HAN_FIGURES[sign], "han"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit), "digit"
    if _plain_sign(sign) in LETTER_FIGURES:
        return LETTER_FIGURES[_plain_sign(sign)], "letter"
    return None


@lru_cache(maxsize=4096)
def _unseen(sign: str) -> bool:
    """Tell a sign that takes no room on paper: zero-width, joiner, the box of a key-cap."""
    return unicodedata.category(sign) in {"Cf", "Mn", "Me"}


@lru_cache(maxsize=4096)
def _parts(sign: str) -> bool:
    """Tell a sign that may stand between two figures of one number; a tab parts cells, the rest amounts."""
    return (
        sign not in "\t%％‰=＝×÷"
        and unicodedata.category(sign) != "Sc"
        and (unicodedata.category(sign)[0] in "PSZ" or sign in "\r\n")
    )


def _one_number(gap: str) -> bool:
    return len(gap) <= WIDEST_GAP and all(_parts(sign) for sign in SPOKEN.sub("", gap))


def runs(text: str) -> list[list[Figure]]:
    """Return the stretches of figures that could be one number, each in the order of the text."""
    found: list[list[Figure]] = []
    gap = ""
    for at, sign in enumerate(text):
        if _unseen(sign):
            continue
        read = _figure(sign)
        joins = bool(found) and _one_number(gap)
        if read is None and joins and len(found[-1]) >= 17 and _plain_sign(sign) in "Xx×":
            read = ("X", "digit")
        if read is None:
            gap += sign
            continue
        if not joins:
            found.append([])
        found[-1].append(Figure(*read[:1], at, read[1], bool(gap) and joins))
        gap = ""
    return found


def begins(run: Sequence[Figure], index: int) -> bool:
    """Tell whether a number may begin here: after a gap or where the script changes."""
    return index == 0 or run[index].after_gap or run[index].script != run[index - 1].script


def ends(run: Sequence[Figure], index: int) -> bool:
    """Tell whether a number may end before `index`."""
    return index == len(run) or begins(run, index)


def shape(part: Sequence[Figure]) -> tuple[int, ...]:
    """Return how many figures stand between the gaps: 138 1234 5678 is (3, 4, 4)."""
    lengths = [0]
    for index, figure in enumerate(part):
        if figure.after_gap and index:
            lengths.append(0)
        lengths[-1] += 1
    return tuple(lengths)


def digits(part: Sequence[Figure]) -> str:
    """Return the figures as plain text."""
    return "".join(figure.value for figure in part)
