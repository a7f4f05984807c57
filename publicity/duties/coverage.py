"""The township's table of months as it is read: rows and columns with their totals. Plain counting."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publicity.duties.queries import Cell
from publicity.duties.rules import Standing
from village_lists.periods import Period

JUDGED = (Standing.MET, Standing.LATE, Standing.MISSING)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many months stand how; `judged` leaves out those not yet due, in review, or before the start."""

    met: int
    late: int
    missing: int
    waiting: int

    @property
    def judged(self) -> int:
        """Return how many months were due."""
        return self.met + self.late + self.missing


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """One set of books; `has_sister` where its village keeps two; `missing_in_a_row` counts back from the newest."""

    body: int
    village_name: str
    body_kind: str
    has_sister: bool
    cells: tuple[Cell, ...]
    tally: Tally
    missing_in_a_row: int


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The whole table; `behind` are the rows with a month missing, the worst first."""

    periods: tuple[Period, ...]
    rows: tuple[CoverageRow, ...]
    columns: tuple[Tally, ...]
    tally: Tally
    villages: int
    behind: tuple[CoverageRow, ...]


def coverage(cells: Mapping[tuple[int, str], Cell], *, periods: Sequence[Period]) -> Coverage:
    """Return the table of the cells, one row for each body, in the order in which the cells come."""
    of_body: dict[int, list[Cell]] = {}
    for (body, _period), cell in cells.items():
        of_body.setdefault(body, []).append(cell)
    sets = Counter(row[0].village for row in of_body.values())
    rows = tuple(_row(body, row, has_sister=sets[row[0].village] > 1) for body, row in of_body.items())
    behind = sorted((row for row in rows if row.tally.missing), key=lambda row: -row.tally.missing)
    return Coverage(
        periods=tuple(periods),
        rows=rows,
        columns=tuple(tally([row.cells[place] for row in rows]) for place in range(len(periods))),
        tally=tally(list(cells.values())),
        villages=len(sets),
        behind=tuple(behind),
    )


def _row(body: int, cells: list[Cell], *, has_sister: bool) -> CoverageRow:
    streak = 0
    for cell in reversed(cells):
        if cell.standing in {Standing.WAITING, Standing.UPCOMING} and not streak:
            continue
        if cell.standing != Standing.MISSING:
            break
        streak += 1
    return CoverageRow(
        body=body,
        village_name=cells[0].village_name,
        body_kind=cells[0].body_kind,
        has_sister=has_sister,
        cells=tuple(cells),
        tally=tally(cells),
        missing_in_a_row=streak,
    )


def tally(cells: Sequence[Cell]) -> Tally:
    """Return how many of the cells stand how."""
    count = Counter(cell.standing for cell in cells)
    return Tally(
        met=count[Standing.MET],
        late=count[Standing.LATE],
        missing=count[Standing.MISSING],
        waiting=count[Standing.WAITING],
    )
