"""A posted table on a narrow screen: short rows stand as a table, long ones as lines that open."""

from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from app.words import written
from publicity.categories.contents import ColumnKind
from publicity.postings.tables import PublicColumn, PublicRow, PublicTable

NARROW_EMS = 17
"""What fits beside one another on 360 px in the normal type, in widths of a Chinese sign."""
MOST_COLUMNS = 3
SHORT = 2


@dataclass(frozen=True, kw_only=True)
class PhoneRow:
    """One row: what it is about, its figure, and all else as (column, text); empty cells are left out.

    `short` is what of the rest stands under it at once, figures with their column's name.
    """

    line: int
    what: str
    figure: str
    short: tuple[str, ...]
    rest: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PhoneTable:
    """A table for the phone: `cells` where it is narrow, else `rows`; `totals` as (column, sum).

    `figure_name` says what the figure beside each row is, "" where there is none.
    """

    columns: tuple[PublicColumn, ...]
    is_narrow: bool
    figure_name: str
    rows: tuple[PhoneRow, ...]
    cells: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]


def phone_table(table: PublicTable) -> PhoneTable:
    """Return the table as a phone shows it."""
    table = replace(table, rows=tuple(_in_words(table, row) for row in table.rows))
    head, figure = _leading(table), _figure(table)
    return PhoneTable(
        columns=table.columns,
        is_narrow=len(table.columns) <= MOST_COLUMNS and _ems(table) <= NARROW_EMS,
        figure_name=_headed(table.columns[figure]) if figure is not None else "",
        rows=tuple(
            PhoneRow(
                line=row.line,
                what=row.cells[head] if row.cells else "",
                figure=row.cells[figure] if figure is not None else "",
                short=_short(table, row, head, figure),
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


def _in_words(table: PublicTable, row: PublicRow) -> PublicRow:
    """Return a row with its days and months as people write them."""
    cells = (written(cell, column.kind) for column, cell in zip(table.columns, row.cells, strict=True))
    return replace(row, cells=tuple(cells))


def _short(table: PublicTable, row: PublicRow, head: int, figure: int | None) -> tuple[str, ...]:
    """Return the first cells of the rest; a bare number would say nothing."""
    filled = [
        f"{column.name} {cell}" if column.is_figure else cell
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
        if cell and place not in {head, figure}
    ]
    return tuple(filled[:SHORT])


def _headed(column: PublicColumn) -> str:
    return f"{column.name}（{column.unit}）" if column.unit else column.name


def _leading(table: PublicTable) -> int:
    """Return the place of the column that says what a row is about.

    Whom it tells apart by name first, then what it tells apart by words, then the first that is no figure.
    """
    places = range(len(table.columns))
    for kinds in ((ColumnKind.PERSON, ColumnKind.PARTY), (ColumnKind.TEXT,)):
        for place in places:
            if table.columns[place].is_identifying and table.columns[place].kind in kinds:
                return place
    return next((place for place in places if not table.columns[place].is_figure), 0)


def _figure(table: PublicTable) -> int | None:
    """Return the place of the one figure beside it; None: no figure.

    The last that must be filled in and is summed, else the last that is summed, else the last figure.
    """
    figures = [place for place, column in enumerate(table.columns) if column.is_figure]
    summed = [place for place in figures if table.totals and table.totals[place]]
    needed = {column.key for column in table.content.columns if column.is_required}
    required = [place for place in summed if table.columns[place].key in needed]
    found = required or summed or figures
    return found[-1] if found else None


def _ems(table: PublicTable) -> float:
    """Return how wide the widest cells stand beside one another."""
    texts = [(_headed(column), *(row.cells[place] for row in table.rows)) for place, column in enumerate(table.columns)]
    return sum(max(_width(text) for text in column) + 1 for column in texts)


def _width(text: str) -> float:
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.55 for sign in text)
