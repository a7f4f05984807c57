"""The township's table over all categories: villages by categories, each cell the duties of one window. Plain counting.

A cell stands for all postings of one village in one category (both bodies, every period of the window) and shows the
worst of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publicity.categories.models import Affairs
from publicity.duties.pages import DutyTally, tally_of
from publicity.duties.queries import Duty
from publicity.duties.reasons import RANK
from publicity.duties.rules import Standing
from village_lists.places.models import Place


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """The duties of one village in one category; `standing` is that of the worst, None where nothing is owed.

    `bad` counts those with that standing, of `count` altogether.
    """

    village: str
    category: str
    standing: Standing | None
    count: int
    bad: int
    duties: tuple[Duty, ...]


@dataclass(frozen=True, kw_only=True)
class MatrixColumn:
    """A category as a column."""

    category: str
    name: str
    affairs: Affairs
    heading: str
    tally: DutyTally


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A village as a row, a cell for each column."""

    village: str
    name: str
    cells: tuple[MatrixCell, ...]
    tally: DutyTally


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The whole table; rows with most missing come first."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    tally: DutyTally

    @property
    def behind(self) -> tuple[MatrixRow, ...]:
        """Return the villages with something missing, the worst first."""
        return tuple(row for row in self.rows if row.tally.missing)

    def cell(self, *, village: str, category: str) -> MatrixCell | None:
        """Return a cell of the table, or None."""
        cells = (cell for row in self.rows for cell in row.cells)
        return next((cell for cell in cells if (cell.village, cell.category) == (village, category)), None)


def matrix_of(duties: Sequence[Duty], *, villages: Sequence[Place], year: int) -> Matrix:
    """Return the table of the duties: villages with most missing first, categories in the order of the directory."""
    by_cell: dict[tuple[str, str], list[Duty]] = {}
    by_category: dict[str, list[Duty]] = {}
    for duty in duties:
        by_cell.setdefault((duty.village, duty.category), []).append(duty)
        by_category.setdefault(duty.category, []).append(duty)
    categories = sorted(by_category, key=lambda code: (by_category[code][0].position, code))
    rows = [_row(village, categories, by_cell, year) for village in villages]
    return Matrix(
        columns=tuple(_column(code, by_category[code], year) for code in categories),
        rows=tuple(sorted(rows, key=lambda row: (-row.tally.missing, -row.tally.withdrawn, -row.tally.late))),
        tally=tally_of(duties, year=year),
    )


def _column(code: str, duties: Sequence[Duty], year: int) -> MatrixColumn:
    first = duties[0]
    return MatrixColumn(
        category=code,
        name=first.category_name,
        affairs=first.affairs,
        heading=first.heading,
        tally=tally_of(duties, year=year),
    )


def _row(village: Place, categories: Iterable[str], cells: dict[tuple[str, str], list[Duty]], year: int) -> MatrixRow:
    own = [(code, cells.get((village.code, code), [])) for code in categories]
    return MatrixRow(
        village=village.code,
        name=village.name,
        cells=tuple(_cell(village.code, code, duties) for code, duties in own),
        tally=tally_of((duty for _, duties in own for duty in duties), year=year),
    )


def _cell(village: str, category: str, duties: Sequence[Duty]) -> MatrixCell:
    ranked = sorted(duties, key=lambda duty: (RANK.get(duty.standing.value, 9), -duty.days_late))
    worst = ranked[0].standing if ranked else None
    return MatrixCell(
        village=village,
        category=category,
        standing=worst,
        count=len(duties),
        bad=sum(duty.standing is worst for duty in duties),
        duties=tuple(ranked),
    )
