"""The measures of the papers that sheets are printed on, in millimetres; static/css/sheet.css has the same figures."""

from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Paper:
    """A paper, upright: the width and height inside the margins, and what the fixed parts of a finance sheet take.

    `opening` is title and block of four figures on the first page, `running` the head of every further page, `closing`
    code, signatures and seals on the last, `turning` the foot of every page before it. `matter_head` and `matter_row`
    are the heading and one row of three of the matters that a finance sheet names, above its foot. `sizes` are the type
    sizes in points that lines may have, the smallest first. A power poster has a head, a foot and sizes of its own.
    """

    name: str
    width: float
    height: float
    opening: float
    running: float
    closing: float
    turning: float
    matter_head: float
    matter_row: float
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
    matter_head=9,
    matter_row=32,
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
    matter_head=6,
    matter_row=26,
    sizes=(10, 11, 12, 13, 14),
    poster_head=31,
    poster_foot=43,
    poster_sizes=(10, 11, 12),
)
"""For the file and the hand, not for the board; offices own A4 printers first of all."""


@dataclass(frozen=True)
class Lay:
    """A paper as a posting lies on it, upright or on its side; measures in millimetres.

    `title_steps` are (points, line height) that a title may have, the largest first; `under` is the line below it,
    `running`, `closing`, `turning` as in Paper. `sizes` are the points of the text, the smallest first. A photo takes
    `photo` with its words.
    """

    name: str
    width: float
    height: float
    title_steps: tuple[tuple[int, float], ...]
    under: float
    under_points: int
    note_points: int
    running: float
    closing: float
    turning: float
    sizes: tuple[int, ...]
    photo: float


_WALL = (14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 30, 32, 36, 40)
_HAND = (11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28)

LAYS: dict[str, tuple[Lay, Lay]] = {
    "a3": (
        Lay("a3", 267, 391, ((54, 26), (44, 22), (34, 17), (26, 13)), 15, 22, 14, 24, 82, 10, _WALL, 66),
        Lay("a3 wide", 390, 268, ((54, 26), (44, 22), (34, 17), (26, 13)), 15, 22, 14, 24, 70, 10, _WALL, 66),
    ),
    "a4": (
        Lay("a4", 186, 272, ((36, 18), (28, 14), (22, 11), (18, 9)), 11, 15, 11, 17, 94, 9, _HAND, 47),
        Lay("a4 wide", 273, 185, ((36, 17), (28, 14), (22, 11), (18, 9)), 10, 15, 11, 17, 68, 9, _HAND, 47),
    ),
}
"""Both ways of laying a posting, by the name of the paper; static/css/sheet.css has the same figures."""
