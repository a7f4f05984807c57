"""Cuts a sheet into parts: one for each title that names another month, with the tables under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from publicity.ledgers.amounts import is_figure
from publicity.ledgers.columns import Header
from publicity.ledgers.dates import Written, written_date
from publicity.ledgers.labels import Label, is_note, label_of, section_of
from publicity.ledgers.lines import Table
from publicity.ledgers.problems import Unreadable
from publicity.ledgers.synonyms import Words
from publicity.ledgers.titles import Told
from publicity.ledgers.wording import plain
from village_lists.exchange.grids import Cell, Row, Sheet


@dataclass
class Part:
    """Titles and tables that belong together; `loose` are the rows outside the tables."""

    titles: list[Cell] = field(default_factory=list)
    loose: list[Row] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    def take_titles(self, rows: Sequence[Row], words: Words) -> None:
        """Add rows above a header."""
        self.loose.extend(rows)
        self.titles.extend(_cells(rows))
        _take_period(self.told, rows, words)

    def join(self, other: "Part") -> None:
        """Add all of a later part; what its titles say of the month is left out."""
        self.titles.extend(other.titles)
        self.loose.extend(other.loose)
        self.tables.extend(other.tables)


def cut(sheet: Sheet, headers: Sequence[Header], words: Words) -> list[Part]:
    """Return the parts of a sheet from top to bottom; every header begins a table."""
    parts = [Part()]
    rest = [row for row in sheet.rows if row.number < headers[0].top]
    for index, header in enumerate(headers):
        part = _part_for(rest, parts, words, bool(index))
        part.take_titles(rest, words)
        section = _section(rest, words, part if not part.tables else None)
        end = headers[index + 1].top if index + 1 < len(headers) else sheet.rows[-1].number + 1
        rows = [row for row in sheet.rows if header.bottom < row.number < end]
        body, rest = _without_titles(rows, words) if index + 1 < len(headers) else (rows, [])
        continued = bool(index) and headers[index - 1].signature == header.signature and not section
        part.tables.append(Table(header, tuple(body), section, continued))
    return parts


def _part_for(titles: Sequence[Row], parts: list[Part], words: Words, later: bool) -> Part:
    told = Told()
    _take_period(told, titles, words)
    current = parts[-1]
    if later and told.months and told.months != current.told.months:
        parts.append(Part(told=Told(years=set(current.told.years))))
    return parts[-1]


def _cells(rows: Sequence[Row]) -> Iterator[Cell]:
    return (cell for row in rows for cell in row.cells if not cell.is_blank)


def _take_period(told: Told, rows: Sequence[Row], words: Words) -> None:
    """Add what rows above a table say of its month; a figure beside, below or behind its label says nothing."""
    over: set[int] = set()
    for row in rows:
        labels: set[int] = set()
        beside = 0
        for cell in row.cells:
            if cell.is_blank:
                continue
            label = label_of(cell.value, words.rows, None) if isinstance(cell.value, str) else None
            if label is None and is_figure(cell.value) and (beside or cell.column in over):
                labels.discard(beside)
                beside = 0
                continue
            beside = cell.column if label is not None and not label.value else 0
            if beside:
                labels.add(beside)
            if _may_name_month(cell, label):
                told.take(str(cell.value), cell.address)
        over = labels


def _may_name_month(cell: Cell, label: Label | None) -> bool:
    """Tell whether a cell above a table may name its month; what is left of another month or a figure may not."""
    if not isinstance(cell.value, str) or len(cell.value) > 80:
        return False
    if label is not None and (label.value or label.kind in {"opening", "opening_year", "closing"}):
        return False
    return "结余" not in cell.value and "余额" not in cell.value


def _section(titles: Sequence[Row], words: Words, first: Part | None) -> str:
    """Return the side that the nearest heading names; a title of the sheet such as 支出明细表 does as well."""
    for row in reversed(titles):
        filled = [cell for cell in row.cells if not cell.is_blank]
        if len(filled) == 1 and (section := section_of(filled[0].text, words.rows)):
            return section
    texts = "".join(plain(cell.text) for cell in _cells(titles)) if first is not None else ""
    if "收支" in texts or ("收入" in texts and "支出" in texts):
        return ""
    return "income" if "收入" in texts else "spending" if "支出" in texts else ""


def _without_titles(rows: list[Row], words: Words) -> tuple[list[Row], list[Row]]:
    """Part the rows above a later header into those of the table before it and its own titles."""
    cut_at = len(rows)
    while cut_at and _is_title_row(rows[cut_at - 1], words):
        cut_at -= 1
    return rows[:cut_at], rows[cut_at:]


def _is_title_row(row: Row, words: Words) -> bool:
    filled = [cell for cell in row.cells if not cell.is_blank]
    if not filled or len(filled) > 4:
        return not filled
    for cell in filled:
        if not isinstance(cell.value, str) or is_figure(cell.value):
            return False
        if label_of(cell.value, words.rows, None) is not None:
            return False
    if any(is_note(cell.text) for cell in filled):
        return True
    return len(filled) == 1 or not any(_is_date(cell) for cell in filled)


def _is_date(cell: Cell) -> bool:
    try:
        written_date(cell.value, cell.text)
    except Unreadable:
        return False
    return True


def dates_written(part: Part) -> Iterator[Written]:
    """Yield what the dates of all lines say, as far as they can be read; to find the month when no title names it."""
    for table in part.tables:
        for block in table.header.blocks:
            for row in table.rows:
                cells = {cell.column: cell for cell in row.cells if not cell.is_blank}
                yield from _written(cells, block.column("date"), block.column("month"), block.column("day"))


def _written(cells: dict[int, Cell], day: int | None, month: int | None, day_only: int | None) -> Iterator[Written]:
    if month and day_only and month in cells and day_only in cells:
        number = plain(cells[month].text).rstrip("月份")
        if number.isdigit() and 1 <= int(number) <= 12:
            yield Written(None, int(number), 1)
    elif day and day in cells:
        try:
            yield written_date(cells[day].value, cells[day].text)
        except Unreadable:
            return
