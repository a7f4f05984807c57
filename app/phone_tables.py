"""A posted table on a narrow screen: short rows stand as a table, long ones as lines that open."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from publicity.postings.tables import PublicColumn, PublicTable

NARROW_EMS = 17
"""What fits beside one another on 360 px in the normal type, in widths of a Chinese sign."""
MOST_COLUMNS = 3


@dataclass(frozen=True, kw_only=True)
class PhoneRow:
    """One row: what it is about, its figure, and all else as (column, text); empty cells are left out."""

    line: int
    what: str
    figure: str
    rest: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PhoneTable:
    """A table for the phone: `cells` where it is narrow, else `rows`; `totals` as (column, sum)."""

    columns: tuple[PublicColumn, ...]
    is_narrow: bool
    rows: tuple[PhoneRow, ...]
    cells: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]


def phone_table(table: PublicTable) -> PhoneTable:
    """Return the table as a phone shows it."""
    head, figure = _leading(table), _figure(table)
    return PhoneTable(
        columns=table.columns,
        is_narrow=len(table.columns) <= MOST_COLUMNS and _ems(table) <= NARROW_EMS,
        rows=tuple(
            PhoneRow(
                line=row.line,
                what=row.cells[head] if row.cells else "",
                figure=row.cells[figure] if figure is not None else "",
                rest=tuple(
                    (_headed(column), cell)
                    for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
                    if cell and place not in {head, figure}
                ),
            )
            for row in table.rows
        ),
        cells=tuple(row.cells for row in table.rows),
        totals=tuple(
            (_headed(column), total) for column, total in zip(table.columns, table.totals or (), strict=False) if total
        ),
    )


def _headed(column: PublicColumn) -> str:
    return f"{column.name}（{column.unit}）" if column.unit else column.name


def _leading(table: PublicTable) -> int:
    """Return the place of the column that says what a row is about: the first that is no figure."""
    return next((place for place, column in enumerate(table.columns) if not column.is_figure), 0)


def _figure(table: PublicTable) -> int | None:
    """Return the place of the one figure beside it: the last that is summed, else the last figure; None: no figure."""
    figures = [place for place, column in enumerate(table.columns) if column.is_figure]
    summed = [place for place in figures if table.totals and table.totals[place]]
    return (summed or figures or [None])[-1]  # type: ignore[list-item]


def _ems(table: PublicTable) -> float:
    """Return how wide the widest cells stand beside one another."""
    texts = [(_headed(column), *(row.cells[place] for row in table.rows)) for place, column in enumerate(table.columns)]
    return sum(max(_width(text) for text in column) + 1 for column in texts)


def _width(text: str) -> float:
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.55 for sign in text)
