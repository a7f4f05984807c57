"""The measures of the papers that sheets are printed on, in millimetres; static/css/sheet.css has the same figures."""

from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Paper:
    """A paper, upright: the width and height inside the margins, and what the fixed parts of a finance sheet take.

    `opening` is title and block of four figures on the first page, `running` the head of every further page, `closing`
    code, signatures and seals on the last, `turning` the foot of every page before it. `sizes` are the type sizes in
    points that lines may have, the smallest first. A power poster has a head, a foot and sizes of its own.
    """

    name: str
    width: float
    height: float
    opening: float
    running: float
    closing: float
    turning: float
    sizes: tuple[int, ...]
    poster_head: float
    poster_foot: float
    poster_sizes: tuple[int, ...]


A3 = Paper(
    name="a3",
    width=267,
    height=392,
    opening=84,
    running=24,
    closing=82,
    turning=9,
    sizes=(14, 15, 16, 17, 18, 19, 20, 22, 24),
    poster_head=42,
    poster_foot=52,
    poster_sizes=(14, 16, 18),
)
"""Never under 14 pt: read standing before the board (domain.md section 8)."""

A4 = Paper(
    name="a4",
    width=186,
    height=273,
    opening=60,
    running=18,
    closing=93,
    turning=9,
    sizes=(10, 11, 12, 13, 14),
    poster_head=31,
    poster_foot=43,
    poster_sizes=(10, 11, 12),
)
"""For the file and the hand, not for the board; offices own A4 printers first of all."""
