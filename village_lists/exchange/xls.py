"""Reads the old .xls (BIFF) with xlrd, which alone also tells fonts, hidden rows and merged cells."""

import os
import struct
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code

from village_lists.exchange.collecting import Collector
from village_lists.exchange.grids import MAXIMUM_SHEETS, Sheet, UnreadableWorkbook, Value, Workbook
from village_lists.exchange.numberformats import day_of_serial, is_red_format, shown
from village_lists.exchange.xlsx import is_red
from village_lists.markers import N_


def read_xls(content: bytes) -> Workbook:
    """Return all sheets; raises `UnreadableWorkbook` for a file with a password or a broken one."""
    try:
        with Path(os.devnull).open("w", encoding="ascii") as nowhere:
            book = xlrd.open_workbook(
                file_contents=content, formatting_info=True, ragged_rows=True, on_demand=True, logfile=nowhere
            )
            if book.nsheets > MAXIMUM_SHEETS:
                raise UnreadableWorkbook(N_("工作表太多，最多能读 %(sheets)s 张"), sheets=MAXIMUM_SHEETS)
            return Workbook(tuple(_read_sheet(book, index) for index in range(book.nsheets)))
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UnreadableWorkbook(N_("文件加了密码，请去掉密码后再上传")) from error
        raise _broken() from error
    except (AssertionError, IndexError, KeyError, ValueError, TypeError, AttributeError, struct.error) as error:
        raise _broken() from error


def _broken() -> UnreadableWorkbook:
    return UnreadableWorkbook(N_("文件已损坏，打不开；请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传"))


def _read_sheet(book: xlrd.Book, index: int) -> Sheet:
    sheet = book.sheet_by_index(index)
    collector = Collector(sheet.name, hidden=sheet.visibility != 0)
    for row in range(sheet.nrows):
        information = sheet.rowinfo_map.get(row)
        if information is not None and information.hidden:
            collector.hide_row(row + 1)
        for column in range(sheet.row_len(row)):
            _take_cell(collector, book, sheet, row, column)
    for top, bottom, left, right in sheet.merged_cells:
        collector.merge(top + 1, left + 1, bottom, right)
    book.unload_sheet(index)
    return collector.sheet()


def _take_cell(collector: Collector, book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> None:
    cell = sheet.cell(row, column)
    style = book.xf_list[cell.xf_index]
    form = book.format_map[style.format_key].format_str
    colour = book.colour_map.get(book.font_list[style.font_index].colour_index)
    red = colour is not None and is_red("{:02x}{:02x}{:02x}".format(*colour))
    value: Value = None
    text = ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        value = text = cell.value
    elif cell.ctype == xlrd.XL_CELL_DATE:
        value = day_of_serial(cell.value, from_1904=book.datemode == 1) or cell.value
        text = str(value)
    elif cell.ctype == xlrd.XL_CELL_NUMBER:
        value = int(cell.value) if cell.value.is_integer() and abs(cell.value) < 1e15 else cell.value
        text = shown(cell.value, form)
        red = red or is_red_format(form, cell.value)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = text = "TRUE" if cell.value else "FALSE"
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        value = text = error_text_from_code.get(cell.value, "#ERR")
    # BIFF saves an empty text as the answer of a formula that was never worked out (libraries.md, warning 19).
    without_value = cell.ctype == xlrd.XL_CELL_TEXT and cell.value == ""
    collector.add(row + 1, column + 1, value, text, is_red=red, without_value=without_value)
