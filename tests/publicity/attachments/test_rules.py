"""Boxes as forms send them, and the grid for pages without scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.attachments.rules import MAXIMUM_BOXES, WHOLE, Box, BoxesUnreadable, Grid, grid_of, read_boxes

GRID = Grid(12, 16)


def test_drawn_boxes_and_chosen_fields_are_read_together():
    boxes = read_boxes(["100,200,300,40", "100,200,300,40"], ["0-0", "0-1", "2-11"], grid=GRID)
    assert boxes == [Box(100, 200, 300, 40), Box(0, 0, 166, 62), GRID.box(2, 11)]
    assert str(boxes[0]) == "100,200,300,40"


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "-1,0,5,5", "0,0,0,5", "990,0,20,5", "1e3,0,5,5", "0,0,5,5,5"]
)
def test_what_is_no_box_is_refused(text):
    with pytest.raises(BoxesUnreadable, match="没有读懂"):
        read_boxes([text], grid=GRID)


@pytest.mark.parametrize("text", ["", "16-0", "0-12", "x-1", "1--1", "100-1"])
def test_what_is_no_field_is_refused(text):
    with pytest.raises(BoxesUnreadable, match="没有读懂"):
        read_boxes([], [text], grid=GRID)


def test_too_many_boxes_are_refused():
    many = [f"{number},0,5,5" for number in range(MAXIMUM_BOXES + 1)]
    assert len(read_boxes(many[:-1], grid=GRID)) == MAXIMUM_BOXES
    with pytest.raises(BoxesUnreadable, match="最多 60 个"):
        read_boxes(many, grid=GRID)


@pytest.mark.parametrize(
    ("size", "rows"), [((900, 1200), 16), ((1200, 900), 9), ((10, 4000), 24), ((4000, 10), 6), ((), 16)]
)
def test_fields_are_nearly_square(size, rows):
    assert grid_of(size) == Grid(12, rows)


@given(st.integers(1, 30), st.integers(1, 30))
def test_the_fields_of_a_grid_leave_no_gap(columns, rows):
    grid = Grid(columns, rows)
    assert sum(grid.box(0, column).width for column in range(columns)) == WHOLE
    assert sum(grid.box(row, 0).height for row in range(rows)) == WHOLE


@given(st.sets(st.tuples(st.integers(0, 15), st.integers(0, 11)), min_size=1, max_size=40))
def test_chosen_fields_come_back_as_the_same_fields(chosen):
    cells = {f"{row}-{column}" for row, column in chosen}
    assert GRID.cells_under(read_boxes([], cells, grid=GRID)) == cells
