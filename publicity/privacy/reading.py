"""Reads figures as a person would: in any script, split by signs, with letters in their stead.

Nothing is decided here; `runs` only says which figures could belong to one number and where they stand.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

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
# Words with which people read a number aloud or break it up: 138杠1234杠5678, 1381234，后四位是5678.
SPOKEN = re.compile(
    r"(?:[后末前]|中间)(?:面|边|几)位?(?:号码|数字|数)?[是为]?"
    r"|尾号|尾数|[是为]?(?:电话|手机|号码|微信|横杠|空格|然后|接着|杠|横|点|空|转|加|再|接|号)"
)
# 后四位 speaks of figures and is none; neither are the letters of Tel.
ABOUT_FIGURES = re.compile(
    r"(?<=[前后末])[三四五六七八](?=位)|(?<![A-Za-z])(?:telephone|tel|mobile|phone)", re.IGNORECASE
)
WIDEST_GAP = 10
LEAST = 11
LEAST_BEFORE_X = 17


class Figure(NamedTuple):
    """One figure: its value 0-9 or X, its place in the text, its script, and the gap before it.

    `gap` is empty where nothing stands between it and the figure before, and at the begin of a run.
    """

    value: str
    at: int
    script: str
    gap: str


class _Plain(dict[int, str]):
    """Each sign made plain, worked out when it is first met; one sign stays one sign."""

    def __missing__(self, point: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(point))
        self[point] = folded if len(folded) == 1 else chr(point)
        return self[point]


class _Signs(dict[int, str]):
    """What each sign can be in a number: d, h, l a figure by its script, x, u unseen, p parting, t a tab, n none."""

    def __missing__(self, point: int) -> str:
        self[point] = _sign(chr(point))
        return self[point]


class _Values(dict[int, str]):
    """The figure that each sign stands for, X for X; what stands for none is left as it is."""

    def __missing__(self, point: int) -> str:
        read = _figure(chr(point))
        self[point] = read[0] if read else "X" if plain(chr(point)) in "Xx×" else chr(point)
        return self[point]


_plain = _Plain()
_signs = _Signs()
_values = _Values()
_candidates = re.compile("[dhlx]")
SCRIPTS = {"d": "digit", "x": "digit", "h": "han", "l": "letter"}


def plain(text: str) -> str:
    """Return the text with full-width and similar signs made plain, character by character, length unchanged."""
    return text.translate(_plain)


@lru_cache(maxsize=4096)
def _figure(sign: str) -> tuple[str, str] | None:
    """Return value and script of a sign that can stand for a figure."""
    if sign in HAN_FIGURES:
        return HAN_FIGURES[sign], "han"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit), "digit"
    if plain(sign) in LETTER_FIGURES:
        return LETTER_FIGURES[plain(sign)], "letter"
    return None


def _sign(sign: str) -> str:
    """Return what one sign can be; an unseen one takes no room on paper: zero-width, joiner, the box of a key-cap."""
    read = _figure(sign)
    if read is not None:
        return read[1][0]
    if plain(sign) in "Xx×":
        return "x"
    category = unicodedata.category(sign)
    if category in {"Cf", "Mn", "Me"}:
        return "u"
    if sign == "\t":
        return "t"
    # Signs of reckoning and of money stand between amounts, never inside one number.
    parts = sign not in "%％‰=＝÷" and category != "Sc" and (category[0] in "PSZ" or sign in "\r\n")
    return "p" if parts else "n"


def _one_number(words: str, signs: str) -> bool:
    """Tell whether figures before and after this gap can belong to one number; `signs` is what its signs can be."""
    if len(words) > WIDEST_GAP:
        return False
    if "n" not in signs and "x" not in signs:
        return True
    return all(_signs[ord(sign)] in "pt" for sign in SPOKEN.sub("", words))


def runs(text: str) -> list[list[Figure]]:
    """Return the stretches of figures that could be one number, each in the order of the text.

    A text with fewer figures than the shortest number has none.
    """
    text = ABOUT_FIGURES.sub(lambda found: "几" * len(found[0]), text)
    signs = text.translate(_signs)
    if sum(map(signs.count, "dhl")) < LEAST:
        return []
    values = text.translate(_values)
    found: list[list[Figure]] = []
    run: list[Figure] = []
    last = -1
    for candidate in _candidates.finditer(signs):
        at, kind = candidate.start(), candidate[0]
        gap = "" if at == last + 1 else _seen(text, signs, last + 1, at)
        joins = bool(run) and (not gap or _one_number(gap, signs[last + 1 : at]))
        if kind == "x" and not (joins and len(run) >= LEAST_BEFORE_X):
            continue
        if not joins:
            run = []
            found.append(run)
        run.append(Figure(values[at], at, SCRIPTS[kind], gap if joins else ""))
        last = at
    return found


def _seen(text: str, signs: str, start: int, end: int) -> str:
    """Return the signs of a stretch that take room; of a long one only so much as tells that it is too long."""
    end = min(end, start + 4 * WIDEST_GAP)
    return "".join(text[at] for at in range(start, end) if signs[at] != "u")


def borders(run: Sequence[Figure]) -> frozenset[int]:
    """Return where in a run a number may begin or end: at its ends, at a gap, or where the script changes."""
    inside = (index for index, (before, here) in enumerate(pairwise(run), start=1) if here.gap or before[2] != here[2])
    return frozenset((0, len(run), *inside))


def shape(part: Sequence[Figure]) -> tuple[int, ...]:
    """Return how many figures stand between the gaps: 138 1234 5678 is (3, 4, 4)."""
    lengths = [0]
    for index, figure in enumerate(part):
        if figure.gap and index:
            lengths.append(0)
        lengths[-1] += 1
    return tuple(lengths)


def digits(part: Sequence[Figure]) -> str:
    """Return the figures as plain text."""
    return "".join(figure.value for figure in part)
