"""Grids: what is left of a workbook once it has been read, and how a grid travels from child to parent as JSON.

A grid knows nothing of ledgers. Only cells that hold something (or are covered by a merged cell that does) are kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from village_lists.errors import Refusal

MAXIMUM_BYTES = 10 * 1024 * 1024
MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 100
MAXIMUM_CELLS = 400_000
MAXIMUM_CELL_LENGTH = 8_000
MAXIMUM_SHEETS = 100

Value = str | int | float | Decimal | date | None


class UnreadableWorkbook(Refusal):
    """The file cannot be read at all; the sentence says what and where."""


@dataclass(frozen=True)
class Cell:
    """One cell: `address` like "E12", `value` as stored, `text` as shown, and what only the look of it tells.

    `merged_from` is the address of the merged cell that covers this one; `value` is then None.
    """

    address: str
    value: Value = None
    text: str = ""
    is_red: bool = False
    is_formula_without_value: bool = False
    merged_from: str | None = None

    @property
    def column(self) -> int:
        """Return the column counted from 1."""
        return column_of(self.address)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing stands in the cell."""
        return not self.is_formula_without_value and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )


@dataclass(frozen=True)
class Row:
    """One row that holds something; `number` is counted from 1 as on the sheet."""

    number: int
    hidden: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet with the rows that hold something, from top to bottom."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """All sheets, and `notices` (sentence, values) on what was left out, for instance macros."""

    sheets: tuple[Sheet, ...]
    notices: tuple[tuple[str, Mapping[str, object]], ...] = ()


def letter_of(column: int) -> str:
    """Return the letters of a column counted from 1: 1 -> "A", 28 -> "AB"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(address: str) -> int:
    """Return the column, counted from 1, of an address or of its letters: "AB12" -> 28."""
    number = 0
    for sign in address:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


def row_of(address: str) -> int:
    """Return the row number of an address: "AB12" -> 12; 0 where there is none."""
    digits = re.search(r"\d+", address)
    return int(digits[0]) if digits else 0


def workbook_as_json(workbook: Workbook) -> dict[str, Any]:
    """Return the workbook as plain JSON values for the pipe between child and parent."""
    return {
        "notices": [[words, dict(values)] for words, values in workbook.notices],
        "sheets": [
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "rows": [[row.number, row.hidden, [_cell_as_json(cell) for cell in row.cells]] for row in sheet.rows],
            }
            for sheet in workbook.sheets
        ],
    }


def workbook_from_json(document: Mapping[str, Any]) -> Workbook:
    """Return the workbook that `workbook_as_json` wrote."""
    return Workbook(
        tuple(
            Sheet(
                sheet["name"],
                sheet["hidden"],
                tuple(
                    Row(number, hidden, tuple(_cell_from_json(cell) for cell in cells))
                    for number, hidden, cells in sheet["rows"]
                ),
            )
            for sheet in document["sheets"]
        ),
        tuple((words, values) for words, values in document["notices"]),
    )


def _cell_as_json(cell: Cell) -> list[Any]:
    value: Any = cell.value
    if isinstance(value, date):
        value = ["date", value.isoformat()]
    elif isinstance(value, float | Decimal):
        value = [type(value).__name__, str(value)]
    return [cell.address, value, cell.text, cell.is_red, cell.is_formula_without_value, cell.merged_from]


def _cell_from_json(document: list[Any]) -> Cell:
    address, value, text, is_red, without_value, merged_from = document
    if isinstance(value, list):
        kind, written = value
        value = (
            date.fromisoformat(written) if kind == "date" else float(written) if kind == "float" else Decimal(written)
        )
    return Cell(address, value, text, is_red, without_value, merged_from)
