"""Files of every kind with the same small content, and the smallest archives that call themselves workbooks."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TableRowProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Font

CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = f"""<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>
<sheet name="9月" sheetId="1" r:id="rId1"/></sheets></workbook>"""
LINKS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """Return a sheet part around the rows."""
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def archive(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def smallest_xlsx(rows: str, **more: str | bytes) -> bytes:
    """Return a .xlsx of one sheet; `more` adds or replaces parts, names with __ for / and _ for the last point."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    }
    parts.update(
        {name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): part for name, part in more.items()}
    )
    return archive(parts)


def rich_xlsx(path: Path) -> None:
    """Write a .xlsx with a date, red letters and format, a hidden row and sheet, a merged cell and a bare formula."""
    book = openpyxl.Workbook()
    one = book.active
    one.title = "9月"
    one["A1"] = "标题"
    one.merge_cells("A1:B1")
    one["A2"] = date(2026, 9, 3)
    one["B2"] = 412.6
    one["C2"] = 160.5
    one["C2"].font = Font(color="FFFF0000")
    one["D2"] = -5
    one["D2"].number_format = "0.00;[Red]-0.00"
    one["A3"] = "藏"
    one.row_dimensions[3].hidden = True
    one["A4"] = "=SUM(B2:B3)"
    one["B4"] = 41
    one["B4"].number_format = "000"
    two = book.create_sheet("底稿")
    two["A1"] = 1
    two.sheet_state = "hidden"
    book.save(path)


def rich_xls(path: Path) -> None:
    """Write a .xls with the same facts."""
    book = xlwt.Workbook()
    one = book.add_sheet("9月")
    one.write_merge(0, 0, 0, 1, "标题")
    one.write(1, 0, date(2026, 9, 3), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    one.write(1, 1, 412.6)
    one.write(1, 2, 160.5, xlwt.easyxf("font: colour red"))
    one.write(1, 3, -5, xlwt.easyxf(num_format_str="0.00;[Red]-0.00"))
    one.write(2, 0, "藏")
    one.row(2).hidden = True
    one.write(3, 0, xlwt.Formula("SUM(B2:B3)"))
    one.write(3, 1, 41, xlwt.easyxf(num_format_str="000"))
    two = book.add_sheet("底稿")
    two.write(0, 0, 1)
    two.visibility = 1
    book.save(str(path))


def rich_ods(path: Path) -> None:
    """Write a .ods with the same facts."""
    document = OpenDocumentSpreadsheet()
    red = Style(name="red", family="table-cell")
    red.addElement(TextProperties(color="#ff0000"))
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    low = Style(name="low", family="table-row")
    low.addElement(TableRowProperties(rowheight="5mm"))
    for style in (red, unseen, low):
        document.automaticstyles.addElement(style)
    one = Table(name="9月")
    title = TableRow()
    merged = TableCell(valuetype="string", numbercolumnsspanned=2, numberrowsspanned=1)
    merged.addElement(P(text="标题"))
    title.addElement(merged)
    title.addElement(CoveredTableCell())
    one.addElement(title)
    row = TableRow(stylename=low)
    row.addElement(_cell("date", "2026-09-03", datevalue="2026-09-03"))
    row.addElement(_cell("float", "412.60", value="412.6"))
    row.addElement(_cell("float", "160.50", value="160.5", stylename=red))
    row.addElement(_cell("float", "-5.00", value="-5", stylename=red))
    one.addElement(row)
    hidden = TableRow(visibility="collapse")
    hidden.addElement(_cell("string", "藏"))
    one.addElement(hidden)
    last = TableRow()
    last.addElement(TableCell(formula="of:=SUM([.B2:.B3])"))
    last.addElement(_cell("float", "041", value="41"))
    last.addElement(TableCell(numbercolumnsrepeated=16000))
    one.addElement(last)
    one.addElement(TableRow(numberrowsrepeated=1_000_000))
    document.spreadsheet.addElement(one)
    two = Table(name="底稿", stylename=unseen)
    only = TableRow()
    only.addElement(_cell("float", "1", value="1"))
    two.addElement(only)
    document.spreadsheet.addElement(two)
    document.save(str(path))


def _cell(kind: str, text: str, **more: object) -> TableCell:
    cell = TableCell(valuetype=kind, **more)
    cell.addElement(P(text=text))
    return cell
