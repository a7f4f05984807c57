"""What a piece becomes when it is set: cells, the part that stands on a page, and heights that all pieces share.

The measures are those of static/css/sheet.css, class `posting`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from publicity.bulletins.flow import Run
from publicity.bulletins.measure import lines
from publicity.bulletins.papers import MM_PER_POINT, Lay
from publicity.bulletins.pieces import Fact, Photo

LINE = 1.3
PAD_STEP, RULE = 0.25, 0.5
HEADING_SCALE, HEADING_GAP = 1.15, 5.0
ROW_LINES = 14
"""A row with more lines is set in parts."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A printed cell: its words, how they stand (fen, tight, ""), the unit under a head, how many columns it takes."""

    text: str
    way: str = ""
    unit: str = ""
    span: int = 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """What of a piece stands on one page; `kind` says which of the other fields the template reads.

    `widths` are millimetres by column; for column blocks side by side `names`, `widths` and `bands` hold every
    block's, with None for the gutter, and their sums are sentences (`brought_words`, `sums_words`), each over `span`
    columns. `brought` and `carried` are sums by column, `totals` the last row.
    """

    kind: str
    heading: str = ""
    told: str = ""
    goes_on: bool = False
    after: str = ""
    names: tuple[Cell | None, ...] = ()
    widths: tuple[int, ...] = ()
    bands: tuple[tuple[Cell | None, ...], ...] = ()
    span: int = 1
    brought: tuple[Cell, ...] = ()
    carried: tuple[Cell, ...] = ()
    totals: tuple[Cell, ...] = ()
    brought_words: tuple[str, ...] = ()
    sums_words: tuple[str, ...] = ()
    facts: tuple[tuple[Fact, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()
    photos: tuple[tuple[Photo, ...], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    step: int = 0


@dataclass(frozen=True)
class Galley:
    """A piece set in one size: its run for a padding (in steps of PAD_STEP mm), its parts, its tallest row in lines."""

    run: Callable[[int], Run]
    part: Callable[[int, int], Part]
    tallest: int = 1


def line_height(points: int) -> float:
    """Return the height of a line in millimetres."""
    return points * MM_PER_POINT * LINE


def heading_height(heading: str, lay: Lay, points: int) -> float:
    """Return what a heading takes with the room around it; nothing without one."""
    if not heading:
        return 0.0
    count = lines(heading, lay.width / (points * MM_PER_POINT * HEADING_SCALE))
    return count * line_height(points) * HEADING_SCALE + HEADING_GAP


def around(pad: int) -> float:
    """Return what padding and rule add to a row; `pad` in steps of PAD_STEP mm."""
    return 2 * pad * PAD_STEP + RULE
