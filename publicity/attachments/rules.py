"""Boxes over a photo: how they are sent, what is accepted, and the grid of fields for a page without scripts."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from village_lists.errors import Refusal
from village_lists.markers import N_

MAXIMUM = 30
"""Attachments of one version."""
MAXIMUM_BOXES = 60
WHOLE = 1000
"""Boxes are measured in thousandths of the picture, so that they hold for every size of it."""
CAPTION_LENGTH = 60
COLUMNS = 12
ROWS = range(6, 25)
BOX = re.compile(r"([0-9]{1,4}),([0-9]{1,4}),([0-9]{1,4}),([0-9]{1,4})")
CELL = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")


class BoxesUnreadable(Refusal):
    """What was sent is no set of boxes; the words say why."""


class Box(NamedTuple):
    """A rectangle over a picture, in thousandths of its width and height, from the upper left corner."""

    x: int
    y: int
    width: int
    height: int

    def __str__(self) -> str:
        """Return it as a form sends it: 100,250,300,40."""
        return ",".join(map(str, self))


class Grid(NamedTuple):
    """How many fields a picture is parted into, for who chooses fields instead of drawing boxes."""

    columns: int
    rows: int

    def box(self, row: int, column: int) -> Box:
        """Return the field of that row and column (from 0) as a box, without a gap to its neighbours."""
        left, right = (WHOLE * step // self.columns for step in (column, column + 1))
        top, bottom = (WHOLE * step // self.rows for step in (row, row + 1))
        return Box(left, top, right - left, bottom - top)

    def cells_under(self, boxes: Iterable[Sequence[int]]) -> frozenset[str]:
        """Return the fields that any of the boxes touches, as «row-column»: what a page fills in beforehand."""
        known = [Box(*box) for box in boxes]
        return frozenset(
            f"{row}-{column}"
            for row in range(self.rows)
            for column in range(self.columns)
            if any(_touch(self.box(row, column), box) for box in known)
        )


def grid_of(size: Sequence[int]) -> Grid:
    """Return a grid of nearly square fields for a picture of that width and height in pixels."""
    width, height = size if len(size) == 2 else (3, 4)
    rows = round(COLUMNS * height / max(1, width))
    return Grid(COLUMNS, min(max(rows, ROWS[0]), ROWS[-1]))


def read_boxes(texts: Iterable[str], cells: Iterable[str] = (), *, grid: Grid) -> list[Box]:
    """Return the boxes that a form sent: drawn ones as «x,y,width,height», chosen fields as «row-column».

    Neighbouring fields of a row become one box. Raise BoxesUnreadable for anything else, for a box outside of the
    picture, and for too many.
    """
    drawn = dict.fromkeys(_box(text) for text in texts)
    boxes = [*drawn, *_of_cells(cells, grid)]
    if len(boxes) > MAXIMUM_BOXES:
        raise BoxesUnreadable(N_("框太多了，最多 %(count)d 个；请把挨着的合成一个大的"), count=MAXIMUM_BOXES)
    return boxes


def check_boxes(boxes: Iterable[Sequence[int]]) -> list[Box]:
    """Return the boxes in their order, each once; raise BoxesUnreadable where one does not lie in the picture."""
    return [Box(*map(int, box)) for box in dict.fromkeys(_inside(Box(*box)) for box in boxes)]


def _box(text: str) -> Box:
    found = BOX.fullmatch(text.strip())
    if not found:
        raise _no_box()
    return _inside(Box(*map(int, found.groups())))


def _inside(box: Box) -> Box:
    if min(box) < 0 or not box.width or not box.height or box.x + box.width > WHOLE or box.y + box.height > WHOLE:
        raise _no_box()
    return box


def _of_cells(cells: Iterable[str], grid: Grid) -> list[Box]:
    chosen = sorted({_cell(text, grid) for text in cells})
    boxes: list[Box] = []
    for place, (row, column) in enumerate(chosen):
        box = grid.box(row, column)
        if place and chosen[place - 1] == (row, column - 1):
            before = boxes.pop()
            box = Box(before.x, before.y, before.width + box.width, before.height)
        boxes.append(box)
    return boxes


def _cell(text: str, grid: Grid) -> tuple[int, int]:
    found = CELL.fullmatch(text)
    if not found:
        raise _no_box()
    row, column = int(found[1]), int(found[2])
    if row >= grid.rows or column >= grid.columns:
        raise _no_box()
    return row, column


def _touch(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _no_box() -> BoxesUnreadable:
    return BoxesUnreadable(N_("框没有读懂，请重新框一遍"))
