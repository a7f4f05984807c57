"""Small grids for tests of the ledger reader, as the file readers would give them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from publicity.ledgers.parsed import ParsedWorkbook
from village_lists.exchange.grids import Cell, Row, Sheet, Value, Workbook, letter_of


def red(value: Value) -> Cell:
    """Return a cell in red letters; its place is given by `sheet`."""
    return Cell("", value, str(value), is_red=True)


def covered(anchor: str) -> Cell:
    """Return a cell covered by a merged one."""
    return Cell("", merged_from=anchor)


def never_worked_out() -> Cell:
    """Return a formula without a saved value."""
    return Cell("", is_formula_without_value=True)


def sheet(rows: Sequence[Any], name: str = "9月", *, hidden: bool = False, hidden_rows: Sequence[int] = ()) -> Sheet:
    """Return a sheet whose first row is number 1; None and empty texts are blank."""
    made = []
    for number, values in enumerate(rows, start=1):
        cells = []
        for column, value in enumerate(values, start=1):
            address = f"{letter_of(column)}{number}"
            if isinstance(value, Cell):
                cells.append(replace(value, address=address))
            elif value is not None and value != "":
                cells.append(Cell(address, value, str(value)))
        if cells:
            made.append(Row(number, number in hidden_rows, tuple(cells)))
    return Sheet(name, hidden, tuple(made))


def book(*sheets: Sheet) -> Workbook:
    """Return a workbook of sheets."""
    return Workbook(tuple(sheets))


def cells_of(parsed: ParsedWorkbook) -> list[str]:
    """Return the cells at which problems are told."""
    return [problem.cell for problem in parsed.problems]


def sentences(parsed: ParsedWorkbook) -> str:
    """Return all problems and notices as one text."""
    told = [one.sentence for one in parsed.problems] + [one.sentence for one in parsed.notices]
    return "\n".join(told)


TITLE = ["上石村2026年9月财务收支公开表"]
UNIT = ["", "", "", "", "", "单位：元"]
HEADER = ["日期", "凭证号", "摘要", "收入", "支出", "收款人"]


def month(*lines: Sequence[Any], opening: Value | Cell = 1000, closing: Value | Cell = 1000) -> Workbook:
    """Return a September with title, unit, header in row 3, opening in row 4, the lines from row 5 and the closing."""
    return book(sheet([TITLE, UNIT, HEADER, ["", "", "上月结余", opening], *lines, ["", "", "本月结余", closing]]))
