"""Widths of columns: all of the paper, figures unbroken, and the room where words need it."""

from hypothesis import given
from hypothesis import strategies as st

from publicity.bulletins.measure import width
from publicity.bulletins.papers import MM_PER_POINT
from publicity.bulletins.pieces import Grid, GridColumn
from publicity.bulletins.posting_pieces import grid_of
from publicity.bulletins.widths import Widths
from tests.publicity.bulletins.tables import assets

words = st.text(alphabet="村集体收入路0123456789.,WW ", max_size=40)


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=8), st.integers(11, 30))
def test_the_paper_is_filled_to_the_millimetre(rows: list[tuple[str, ...]], points: int) -> None:
    grid = Grid(columns=tuple(GridColumn(name=name) for name in ("名称", "用途", "备注")), rows=tuple(rows))
    found = Widths(grid).millimetres(points, 267)
    assert found is not None
    assert sum(found) == 267
    assert min(found) > 0


def test_figures_are_never_broken() -> None:
    grid = grid_of(assets(6))
    found = Widths(grid).millimetres(14, 390)
    assert found is not None
    for place, column in enumerate(grid.columns):
        if column.is_tight:
            widest = max(width(row[place]) for row in grid.rows)
            assert found[place] / (14 * MM_PER_POINT) >= widest + 0.5, column.name


def test_a_type_too_large_for_the_columns_is_refused() -> None:
    assert Widths(grid_of(assets(6))).millimetres(30, 390) is None


def test_the_longest_words_get_the_most_room() -> None:
    grid = Grid(columns=(GridColumn(name="甲"), GridColumn(name="乙")), rows=(("短", "很长的说明文字" * 12),))
    found = Widths(grid).millimetres(20, 267)
    assert found is not None
    assert found[1] > 5 * found[0]
