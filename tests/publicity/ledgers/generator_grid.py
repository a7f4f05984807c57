"""A sheet as cells, and the writers of it: .xlsx, .xls, .ods and CSV. Knows nothing of ledgers."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TableRowProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Value = str | int | float | date | None


@dataclass
class Cell:
    """One cell: value, whether red, its number format, and its formula (value then is what was calculated)."""

    value: Value = None
    red: bool = False
    number_format: str = ""
    formula: str = ""


@dataclass
class Grid:
    """One sheet: cells by (row, column) counted from 1, merged ranges, hidden rows, hidden or not."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, cell: Cell | Value) -> None:
        """Place a cell or a bare value."""
        self.cells[row, column] = cell if isinstance(cell, Cell) else Cell(cell)

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merge a range whose first cell is already placed; a single cell is left alone."""
        if (row, column) != (last_row, last_column):
            self.merged.append((row, column, last_row, last_column))

    @property
    def size(self) -> tuple[int, int]:
        """Last row and column."""
        return max((r for r, _ in self.cells), default=0), max((c for _, c in self.cells), default=0)


def address(row: int, column: int) -> str:
    """A1-style address."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def write(grids: list[Grid], path: Path, form: str, *, since_1904: bool = False) -> None:
    """Write the sheets to path in the form xlsx, xls, ods, csv-utf8, csv-bom or csv-gb18030."""
    if form == "xlsx":
        _write_xlsx(grids, path, since_1904=since_1904)
    elif form == "xls":
        _write_xls(grids, path)
    elif form == "ods":
        _write_ods(grids, path)
    else:
        _write_csv(grids[0], path, {"csv-utf8": "utf-8", "csv-bom": "utf-8-sig", "csv-gb18030": "gb18030"}[form])


def _write_xlsx(grids: list[Grid], path: Path, *, since_1904: bool) -> None:
    book = xlsxwriter.Workbook(str(path), {"date_1904": since_1904})
    shown = False
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        for top, left, bottom, right in grid.merged:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        for (row, column), cell in grid.cells.items():
            looks = {"num_format": cell.number_format} if cell.number_format else {}
            if cell.red:
                looks["font_color"] = "red"
            look = book.add_format(looks) if looks else None
            at = (row - 1, column - 1)
            if cell.formula:
                sheet.write_formula(*at, cell.formula, look, "" if cell.value is None else cell.value)
            elif isinstance(cell.value, date):
                sheet.write_datetime(*at, cell.value, look)
            elif isinstance(cell.value, str):
                sheet.write_string(*at, cell.value, look)
            elif cell.value is not None:
                sheet.write_number(*at, cell.value, look)
        for row in grid.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        if grid.hidden:
            sheet.hide()
        elif not shown:
            sheet.activate()
            sheet.set_first_sheet()
            shown = True
    book.close()


def _write_xls(grids: list[Grid], path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    looks: dict[tuple[bool, str], xlwt.XFStyle] = {}
    for grid in grids:
        sheet = book.add_sheet(grid.name, cell_overwrite_ok=True)
        for (row, column), cell in grid.cells.items():
            key = (cell.red, cell.number_format)
            if key not in looks:
                looks[key] = xlwt.XFStyle()
                looks[key].num_format_str = cell.number_format or "General"
                if cell.red:
                    looks[key].font = xlwt.Font()
                    looks[key].font.colour_index = xlwt.Style.colour_map["red"]
            if cell.value is not None:
                sheet.write(row - 1, column - 1, cell.value, looks[key])
        for top, left, bottom, right in grid.merged:
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for row in grid.hidden_rows:
            sheet.row(row - 1).hidden = True
        if grid.hidden:
            sheet.visibility = 1
    book.active_sheet = next(i for i, g in enumerate(grids) if not g.hidden)
    book.save(str(path))


def _write_ods(grids: list[Grid], path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    red = Style(name="red", family="table-cell")
    red.addElement(TextProperties(color="#ff0000"))
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    plain_row = Style(name="plainrow", family="table-row")
    plain_row.addElement(TableRowProperties(rowheight="0.5cm"))
    for style in (red, unseen, plain_row):
        book.automaticstyles.addElement(style)
    for grid in grids:
        table = Table(name=grid.name, stylename=unseen) if grid.hidden else Table(name=grid.name)
        last_row, last_column = grid.size
        spans = {(t, x): (b - t + 1, r - x + 1) for t, x, b, r in grid.merged}
        covered = {
            (row, column)
            for t, x, b, r in grid.merged
            for row in range(t, b + 1)
            for column in range(x, r + 1)
            if (row, column) != (t, x)
        }
        row = 1
        while row <= last_row:
            has_cells = any((row, c) in grid.cells or (row, c) in covered for c in range(1, last_column + 1))
            if not has_cells:  # LibreOffice writes a run of empty rows as one repeated row.
                run = 1
                while row + run <= last_row and not any(
                    (row + run, c) in grid.cells or (row + run, c) in covered for c in range(1, last_column + 1)
                ):
                    run += 1
                line = TableRow(stylename=plain_row, numberrowsrepeated=run)
                line.addElement(TableCell(numbercolumnsrepeated=max(last_column, 1)))
                table.addElement(line)
                row += run
                continue
            line = TableRow(stylename=plain_row, **({"visibility": "collapse"} if row in grid.hidden_rows else {}))
            column = 1
            while column <= last_column:
                if (row, column) in covered:
                    line.addElement(CoveredTableCell())
                elif (row, column) in grid.cells and (cell := grid.cells[row, column]).value is not None:
                    line.addElement(_ods_cell(cell, spans.get((row, column)), red))
                else:
                    run = 1
                    while (
                        column + run <= last_column
                        and (row, column + run) not in covered
                        and (row, column + run) not in grid.cells
                    ):
                        run += 1
                    line.addElement(TableCell(numbercolumnsrepeated=run))
                    column += run - 1
                column += 1
            table.addElement(line)
            row += 1
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cell(cell: Cell, span: tuple[int, int] | None, red: Style) -> TableCell:
    wanted: dict[str, object] = {}
    if cell.red:
        wanted["stylename"] = red
    if span:
        wanted["numberrowsspanned"], wanted["numbercolumnsspanned"] = span
    if cell.formula:
        wanted["formula"] = "of:" + cell.formula
    if isinstance(cell.value, date):
        made = TableCell(valuetype="date", datevalue=cell.value.isoformat(), **wanted)
        made.addElement(P(text=f"{cell.value.year}/{cell.value.month}/{cell.value.day}"))
    elif isinstance(cell.value, str):
        made = TableCell(valuetype="string", **wanted)
        made.addElement(P(text=cell.value))
    else:
        made = TableCell(valuetype="float", value=repr(cell.value), **wanted)
        made.addElement(P(text=repr(cell.value)))
    return made


def _write_csv(grid: Grid, path: Path, encoding: str) -> None:
    last_row, last_column = grid.size
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in range(1, last_row + 1):
        writer.writerow([_csv_text(grid.cells.get((row, column))) for column in range(1, last_column + 1)])
    path.write_bytes(out.getvalue().encode(encoding))


def _csv_text(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, date):
        return f"{cell.value.year}/{cell.value.month}/{cell.value.day}"
    if isinstance(cell.value, float):
        return repr(int(cell.value)) if cell.value.is_integer() else f"{cell.value:.6f}".rstrip("0").rstrip(".")
    return str(cell.value)
