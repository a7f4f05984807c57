"""Collects the cells of one sheet within the limits and lays merged cells over them.

Every reader (xlsx, xls, ods, delimited text) feeds a `Collector`; so the limits stand in one place.
"""

from village_lists.exchange.grids import (
    MAXIMUM_CELL_LENGTH,
    MAXIMUM_CELLS,
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Cell,
    Row,
    Sheet,
    UnreadableWorkbook,
    Value,
    letter_of,
)
from village_lists.markers import N_

MAXIMUM_COVERED = 50_000


class Collector:
    """Takes cells by row and column (counted from 1) and gives a `Sheet`.

    Raises `UnreadableWorkbook` as soon as a limit is passed, before memory is used for it.
    """

    def __init__(self, name: str, *, hidden: bool) -> None:
        """Begin an empty sheet."""
        self.name = name
        self.hidden = hidden
        self._cells: dict[int, dict[int, Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._merged: list[tuple[int, int, int, int]] = []
        self._count = 0

    def hide_row(self, number: int) -> None:
        """Remember that a row is hidden (by hand or by a filter)."""
        if number <= MAXIMUM_ROWS:
            self._hidden_rows.add(number)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Remember a merged area; rows and columns counted from 1, both ends included."""
        self._merged.append((top, left, bottom, right))

    def add(
        self, row: int, column: int, value: Value, text: str, *, is_red: bool = False, without_value: bool = False
    ) -> None:
        """Keep one cell unless it is blank."""
        if not without_value and (value is None or value == ""):
            return
        self._guard(row, column, text)
        address = f"{letter_of(column)}{row}"
        self._cells.setdefault(row, {})[column] = Cell(address, value, text, is_red, without_value)
        self._count += 1

    def sheet(self) -> Sheet:
        """Return the sheet with its rows in order."""
        self._cover()
        return Sheet(
            self.name,
            self.hidden,
            tuple(
                Row(number, number in self._hidden_rows, tuple(cell for _, cell in sorted(cells.items())))
                for number, cells in sorted(self._cells.items())
            ),
        )

    def _guard(self, row: int, column: int, text: str) -> None:
        where = {"sheet": self.name, "cell": f"{letter_of(column)}{row}"}
        if row > MAXIMUM_ROWS or column > MAXIMUM_COLUMNS or self._count >= MAXIMUM_CELLS:
            raise UnreadableWorkbook(
                N_(
                    "工作表“%(sheet)s”太大（%(cell)s 格还有内容），最多能读 %(rows)s 行、%(columns)s 列，"
                    "请删去多余内容后再上传"
                ),
                rows=MAXIMUM_ROWS,
                columns=MAXIMUM_COLUMNS,
                **where,
            )
        if len(text) > MAXIMUM_CELL_LENGTH:
            raise UnreadableWorkbook(
                N_("工作表“%(sheet)s”的 %(cell)s 格文字太长，最多能读 %(length)s 个字"),
                length=MAXIMUM_CELL_LENGTH,
                **where,
            )

    def _cover(self) -> None:
        covered = 0
        last = max(self._cells, default=0)
        for top, left, bottom, right in self._merged:
            anchor = self._cells.get(top, {}).get(left)
            if anchor is None:
                continue
            for row in range(top, min(bottom, last) + 1):
                for column in range(left, min(right, MAXIMUM_COLUMNS) + 1):
                    if (row, column) == (top, left) or covered >= MAXIMUM_COVERED:
                        continue
                    covered += 1
                    address = f"{letter_of(column)}{row}"
                    self._cells.setdefault(row, {})[column] = Cell(address, merged_from=anchor.address)
