"""The workbook that a clerk fills for a category: its columns, a note on every header, drop-downs for choices."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask
from village_lists.places.models import Place

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zones; always the same, so that the bytes are
TABLE, GUIDE = "填写", "说明"
SPARE_ROWS = 2_000
LONGEST_LIST = 255
WIDE, NARROW = 28, 14
EXAMPLES = {
    ColumnKind.TEXT: "文字",
    ColumnKind.PROSE: "文字，可以分段",
    ColumnKind.PERSON: "姓名，一行一人",
    ColumnKind.PARTY: "单位或个人的名称",
    ColumnKind.MONEY: "金额，例如 1234.50",
    ColumnKind.NUMBER: "数字，例如 12.5",
    ColumnKind.COUNT: "整数，例如 38",
    ColumnKind.DATE: "日期，例如 2026-09-12",
    ColumnKind.MONTH: "月份，例如 2026-09",
    ColumnKind.CHOICE: "从下拉框里选",
    ColumnKind.PHONE: "电话号码，例如 0000-1234567",
    ColumnKind.IDENTITY: "身份证号码，18 位",
    ColumnKind.CARD: "银行卡号",
    ColumnKind.BIRTH: "出生日期，例如 1958-03-02",
}
AUDIENCES = {
    Audience.WEB: "网上和纸上都公开",
    Audience.PAPER: "只在公开栏的纸上公开，网上不显示",
    Audience.NEVER: "不公开，只留给经办人员核对",
}
TEXTS = frozenset({ColumnKind.PHONE, ColumnKind.IDENTITY, ColumnKind.CARD, ColumnKind.PERSON, ColumnKind.TEXT})


def header_of(column: Column) -> str:
    """Return what stands over a column: its name, its unit in brackets."""
    return f"{column.name}（{column.unit}）" if column.unit else column.name


def template_workbook(content: CategoryContent, *, village: Place | str, period: str) -> bytes:
    """Return a .xlsx that `read_workbook_table` reads back: title, head lines, header with notes, drop-downs.

    `village` is a place or its name, `period` the words of the span (2026年9月). Texts stay texts whatever they look
    like. The second sheet says for each column what to write and who will read it.
    """
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    name = village if isinstance(village, str) else village.name
    book.set_properties({"created": CREATED, "author": "", "title": f"{name}{content.name}"[:200]})
    looks = _Looks(book)
    _write_table(book.add_worksheet(TABLE), content, f"{name} {period} {content.name}", looks)
    _write_guide(book.add_worksheet(GUIDE), content, looks)
    book.close()
    return stream.getvalue()


class _Looks:
    """How the cells look."""

    def __init__(self, book: Workbook) -> None:
        line = {"border": 1, "border_color": "#c9c5bb", "valign": "vcenter", "text_wrap": True}
        self.title: Format = book.add_format({"bold": True, "font_size": 15})
        self.head: Format = book.add_format({**line, "bold": True, "bg_color": "#e6efe9"})
        self.text: Format = book.add_format({**line, "num_format": "@"})
        self.money: Format = book.add_format({**line, "num_format": "#,##0.00"})
        self.number: Format = book.add_format({**line, "num_format": "General"})
        self.day: Format = book.add_format({**line, "num_format": "yyyy-mm-dd"})
        self.month: Format = book.add_format({**line, "num_format": "yyyy-mm"})
        self.guide: Format = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, column: Column) -> Format:
        """Return the look of a column's cells; numbers of people are texts, so that no figure is lost."""
        if column.kind is ColumnKind.MONEY and not column.unit.startswith("万"):
            return self.money
        if column.kind in TEXTS:
            return self.text
        return {ColumnKind.DATE: self.day, ColumnKind.BIRTH: self.day, ColumnKind.MONTH: self.month}.get(
            column.kind, self.number
        )


def _write_table(sheet: Worksheet, content: CategoryContent, title: str, looks: _Looks) -> None:
    sheet.write_string(0, 0, title, looks.title)
    row = 1
    for column in content.fields:
        sheet.write_string(row, 0, header_of(column), looks.head)
        sheet.write_blank(row, 1, None, looks.of(column))
        _offer(sheet, column, (row, 1, row, 1))
        _explain(sheet, row, 0, column)
        row += 1
    if content.columns:
        _write_columns(sheet, content, row + (1 if content.fields else 0), looks)
    else:
        sheet.set_column(0, 0, NARROW + 4)
        sheet.set_column(1, 1, 2 * WIDE)


def _write_columns(sheet: Worksheet, content: CategoryContent, row: int, looks: _Looks) -> None:
    sheet.freeze_panes(row + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(row)
    for place, column in enumerate(content.columns):
        wide = column.kind in {ColumnKind.TEXT, ColumnKind.PROSE, ColumnKind.PARTY, ColumnKind.IDENTITY}
        sheet.set_column(place, place, WIDE if wide else NARROW)
        sheet.write_string(row, place, header_of(column), looks.head)
        _explain(sheet, row, place, column)
        _offer(sheet, column, (row + 1, place, row + SPARE_ROWS, place))
        for below in range(row + 1, row + 31):
            sheet.write_blank(below, place, None, looks.of(column))


def _explain(sheet: Worksheet, row: int, place: int, column: Column) -> None:
    sheet.write_comment(row, place, "\n".join(_advice(column)), {"author": "", "x_scale": 1.6, "font_size": 10})


def _advice(column: Column) -> list[str]:
    lines = [f"{'必填。' if column.is_required else ''}{EXAMPLES[column.kind]}", AUDIENCES[column.audience]]
    if column.audience is not Audience.NEVER and Mask.NONE not in {column.web_mask, column.paper_mask}:
        lines.append("公开时遮住一部分")
    elif column.audience is Audience.WEB and column.web_mask is not Mask.NONE:
        lines.append("网上公开时遮住一部分，纸上写全")
    if column.choices:
        lines.append(f"可选：{'、'.join(column.choices)}")
    return [*lines, *([column.hint] if column.hint else [])]


def _offer(sheet: Worksheet, column: Column, area: tuple[int, int, int, int]) -> None:
    if column.kind is ColumnKind.CHOICE and column.choices and len(",".join(column.choices)) <= LONGEST_LIST:
        sheet.data_validation(*area, {"validate": "list", "source": list(column.choices), "show_error": False})


def _write_guide(sheet: Worksheet, content: CategoryContent, looks: _Looks) -> None:
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, 3 * WIDE)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, content.name, looks.title)
    sheet.write_string(1, 1, "在「填写」表里一行写一样，表头的字不要改；合计不用写，会自动算。", looks.guide)
    for row, column in enumerate((*content.fields, *content.columns), start=2):
        sheet.write_string(row, 0, header_of(column), looks.head)
        sheet.write_string(row, 1, "；".join(_advice(column)), looks.guide)
