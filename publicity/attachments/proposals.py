"""From lines that were read on a photo to boxes over the numbers of persons; nothing here reads a picture."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from publicity.attachments.rules import MAXIMUM_BOXES, WHOLE, Box
from publicity.privacy.numbers import personal_numbers

MARGIN = 0.35
"""Of a line's height, on every side: what was read sits rather tight."""

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """A line of writing on a photo: its corners in pixels, from the upper left of the writing, clockwise."""

    text: str
    corners: tuple[Point, Point, Point, Point]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A box that may be wanted, over an `identity`, `card` or `mobile` number."""

    box: Box
    kind: str


def proposals_for(lines: Iterable[ReadLine], *, width: int, height: int, on: date) -> list[Proposal]:
    """Return boxes over the personal numbers in the lines of a picture of that size in pixels, in their order."""
    found = [
        Proposal(box=box, kind=number.kind)
        for line in lines
        for number in personal_numbers(line.text, on=on)
        if (box := _box(line, number.start, number.end, width, height)) is not None
    ]
    return found[:MAXIMUM_BOXES]


def _box(line: ReadLine, start: int, end: int, width: int, height: int) -> Box | None:
    """Return the upright box around text[start:end] of a line that may be tilted; None where it is off the picture."""
    first, last = _share(line.text, start), _share(line.text, end)
    above_left, above_right, below_right, below_left = line.corners
    around = [
        _between(above_left, above_right, first),
        _between(above_left, above_right, last),
        _between(below_left, below_right, first),
        _between(below_left, below_right, last),
    ]
    margin = MARGIN * max(abs(below_left[1] - above_left[1]), abs(below_left[0] - above_left[0]))
    left, right = _thousandths([point[0] for point in around], margin, width)
    top, bottom = _thousandths([point[1] for point in around], margin, height)
    return Box(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _share(text: str, end: int) -> float:
    """Return how far along the line the first `end` signs reach; a Chinese sign is as wide as two figures."""
    widths = [2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text]
    return sum(widths[:end]) / max(1, sum(widths))


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _thousandths(places: Sequence[float], margin: float, length: int) -> tuple[int, int]:
    low, high = (min(places) - margin) * WHOLE / length, (max(places) + margin) * WHOLE / length
    return max(0, int(low)), min(WHOLE, int(high) + 1)
