"""Workbooks out: an empty template that the reader reads back without a question."""

from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from village_lists.periods import Period

HEADERS = ("日期", "凭证号", "摘要", "收入金额", "支出金额", "收款（交款）单位或个人", "备注")
LINES = 60


def template_workbook(body: str, period: Period) -> bytes:
    """Return an .xlsx with title, unit, opening row, header, empty lines, total and closing rows for a month."""
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(f"{period.month}月")
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#eeeeea"})
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    day = book.add_format({"num_format": "yyyy/m/d", "border": 1})
    plain = book.add_format({"border": 1})
    sheet.merge_range(0, 0, 0, 6, f"{body} {period.words}财务收支明细", title)
    sheet.write_string(1, 6, "单位：元")
    for column, (name, width) in enumerate(zip(HEADERS, (12, 12, 34, 14, 14, 28, 18), strict=True)):
        sheet.write_string(2, column, name, head)
        sheet.set_column(column, column, width)
    sheet.write_string(3, 2, "上月结余", plain)
    sheet.write_blank(3, 3, None, money)
    for row in range(4, 4 + LINES):
        for column, style in enumerate((day, plain, plain, money, money, plain, plain)):
            sheet.write_blank(row, column, None, style)
    sheet.data_validation(
        4,
        0,
        3 + LINES,
        0,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2999, 12, 31),
            "error_title": "日期",
            "error_message": "请填写日期，例如 2026/9/3",
        },
    )
    last = 4 + LINES
    sheet.write_string(last, 2, "本月合计", head)
    for column, letter in ((3, "D"), (4, "E")):
        sheet.write_formula(last, column, f"=SUM({letter}5:{letter}{last})", money, 0)
    sheet.write_string(last + 1, 2, "本月结余", head)
    sheet.write_formula(last + 1, 3, f"=D4+D{last + 1}-E{last + 1}", money, 0)
    sheet.freeze_panes(3, 0)
    book.close()
    return stream.getvalue()
