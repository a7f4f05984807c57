"""Ten workbooks as ten clerks would keep them, written to real files and read back: each with a habit of its own."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Font

from publicity.ledgers.check import check_file

Rows = Sequence[Any]


def xlsx(path: Path, sheets: dict[str, Rows], merged: Sequence[str] = ()) -> Any:
    """Write sheets of rows and return the open workbook for more; blank texts stay blank."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value != "":
                    sheet.cell(number, column, value)
        for area in merged:
            sheet.merge_cells(area)
    made.save(path)
    return made


def figures(document: dict[str, Any]) -> list[tuple[object, ...]]:
    """Return period, opening, income, spending and closing in yuan of every ledger."""
    return [
        (one["period"], *(one[key] / 100 for key in ("opening_fen", "income_fen", "spending_fen", "closing_fen")))
        for one in document["ledgers"]
    ]


def lines(document: dict[str, Any], number: int = 0) -> list[tuple[object, ...]]:
    """Return row, date, voucher, income and spending in yuan of every line of one ledger."""
    return [
        (one["row"], one["date"], one["voucher"], one["income_fen"] / 100, one["spending_fen"] / 100)
        for one in document["ledgers"][number]["entries"]
    ]


def test_old_bookkeeper_with_a_header_of_two_rows(tmp_path: Path) -> None:
    """2026年 over 月 and 日, 凭证 over 字 and 号, the month written once, ditto marks, a running balance."""
    rows = [
        ["石塘村现金日记账"],
        [],
        ["2026年", "", "凭证", "", "摘要", "借方", "贷方", "余额"],
        ["月", "日", "字", "号", "", "", "", ""],
        ["", "", "", "", "承上月", "", "", 500],
        [9, 2, "记", 11, "收卫生费", 1200, "", 1700],
        ["", 5, "记", 12, "付清洁工具", "", 86.5, 1613.5],
        ["", "〃", "记", 13, "付电费", "", 13.5, 1600],
        ["", "", "", "", "本月合计", 1200, 100, 1600],
    ]
    path = tmp_path / "a.xlsx"
    xlsx(path, {"Sheet1": rows}, ["A3:B3", "C3:D3", "E3:E4", "F3:F4", "G3:G4", "H3:H4"])
    document, _ = check_file(path)
    assert document["problems"] == []
    assert figures(document) == [("2026-09", 500, 1200, 100, 1600)]
    assert lines(document) == [
        (6, "2026-09-02", "记11", 1200, 0), (7, "2026-09-05", "记12", 0, 86.5), (8, "2026-09-05", "记13", 0, 13.5),
    ]  # fmt: skip


def test_clerk_who_types_everything_as_text_in_ten_thousands(tmp_path: Path) -> None:
    """The unit in the title, yuan behind single figures, full-width digits, opening and closing in one line on top."""
    rows = [
        ["岭后村股份经济合作社二〇二六年九月收支公布（单位：万元）"],
        ["上月结余：１２.３４万元", "", "", "本月结余", "12.2912"],
        ["序号", "时间", "票据号", "用途", "收入", "支出", "收款单位（人）"],
        ["1", "九月三日", "收据0012", "老屋出租", "０．３", "", "陈大伟"],
        ["2", "９．８", "发票0107", "路灯", "", "3,488元", "亮美电器"],
        ["合计", "", "", "", "0.3", "0.3488", ""],
        ["审核意见：同意公布", "", "", "", "", "监委会主任：（签字）"],
    ]
    path = tmp_path / "b.xlsx"
    xlsx(path, {"公布": rows})
    document, _ = check_file(path)
    assert document["problems"] == []
    assert document["ledgers"][0]["body"] == "collective"
    assert figures(document) == [("2026-09", 123400, 3000, 3488, 122912)]


def test_old_xls_with_serial_days_red_reversals_and_a_hidden_row(tmp_path: Path) -> None:
    """Days are bare serial numbers, the reversal is red without a minus sign, one row is folded away but counts."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("9月")
    red = xlwt.easyxf("font: colour red")
    sheet.write_merge(0, 0, 0, 5, "前塘村2026年9月份财务收支明细表")
    sheet.write(1, 5, "单位:元")
    rows: Rows = [
        ["日期", "凭证编号", "摘要", "对方户名", "收入金额", "支出金额"],
        ["期初余额", "", "", "", 800],
        [46266, "1#", "山林租金", "陈根生", 2600, ""],
        [46270, "2#", "办公用纸", "文具店", "", 120],
        [46275, "3#", "冲销2#多付", "文具店", "", 20],
        ["期末余额", "", "", "", 3300],
    ]
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            if value != "":
                style = red if value == 20 else xlwt.easyxf()
                sheet.write(number, column, value, style)
    sheet.row(4).hidden = True
    path = tmp_path / "c.xls"
    book.save(str(path))
    document, _ = check_file(path)
    assert document["problems"] == []
    assert figures(document) == [("2026-09", 800, 2600, 100, 3300)]
    assert [row for row, *_ in lines(document)] == [5, 6, 7]
    assert any("第 5 行是隐藏的行" in one["words"] for one in document["notices"])


def test_two_blocks_without_a_heading_over_them_in_ods(tmp_path: Path) -> None:
    """收入项目 on the left, 支出项目 on the right; both columns end in the same old-fashioned sum."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="2026年9月")
    rows: Rows = [
        ["中堡村村民委员会财务公开表"],
        ["", "", "", "", "", "", "单位：元"],
        ["日期", "收入项目", "凭证号", "金额", "日期", "支出项目", "凭证号", "金额"],
        ["", "上月结余", "", "1000.00", "9.4", "垃圾清运", "支-7", "300.00"],
        ["9.2", "摊位费", "收-3", "500.00", "9.20", "水费", "支-8", "50.50"],
        ["", "", "", "", "", "结余", "", "1149.50"],
        ["", "总计", "", "1500.00", "", "总计", "", "1500.00"],
    ]
    for row in rows:
        made = TableRow()
        for text in row:
            cell = TableCell(valuetype="string") if text else TableCell()
            if text:
                cell.addElement(P(text=text))
            made.addElement(cell)
        table.addElement(made)
    document.spreadsheet.addElement(table)
    path = tmp_path / "d.ods"
    document.save(str(path))
    found, _ = check_file(path)
    assert found["problems"] == []
    assert figures(found) == [("2026-09", 1000, 500, 350.5, 1149.5)]
    assert lines(found) == [
        (5, "2026-09-02", "收-3", 500, 0), (4, "2026-09-04", "支-7", 0, 300), (5, "2026-09-20", "支-8", 0, 50.5),
    ]  # fmt: skip


def test_bank_list_as_unicode_text(tmp_path: Path) -> None:
    """Exported from the bank: tabs, UTF-16, one signed column with brackets, a running balance, no closing row."""
    rows = [
        "海头村2026年9月银行流水",
        "交易日期\t凭证号码\t摘要\t对方户名\t交易金额(元)\t账户余额",
        "\t\t期初余额\t\t\t2,000.00",
        "20260901\t1\t利息\t农商银行\t3.21\t2,003.21",
        "20260909\t2\t电费\t供电所\t(403.21)\t1,600.00",
        "20260930\t3\t养老补助\t王阿婆等3人\t-600.00\t1,000.00",
    ]
    path = tmp_path / "e.txt"
    path.write_bytes("\r\n".join(rows).encode("utf-16"))
    document, _ = check_file(path)
    assert document["problems"] == []
    assert figures(document) == [("2026-09", 2000, 3.21, 1003.21, 1000)]


def test_three_months_below_one_another(tmp_path: Path) -> None:
    """One sheet for the quarter, a title and a header for every month."""
    rows: list[list[object]] = []
    for month, opening in ((7, 100), (8, 90), (9, 80)):
        rows += [
            [f"下田村2026年{month}月收支表", "", "", "", "单位：元"], ["日期", "凭证号", "内容", "收入", "支出"],
            ["", "", "上月结余", opening], [f"{month}月{month}日", f"支-{month}", "茶叶", "", 10],
            ["", "", "本月结余", opening - 10], [],
        ]  # fmt: skip
    path = tmp_path / "f.xlsx"
    xlsx(path, {"三季度": rows})
    document, _ = check_file(path)
    assert document["problems"] == []
    assert figures(document) == [("2026-07", 100, 0, 10, 90), ("2026-08", 90, 0, 10, 80), ("2026-09", 80, 0, 10, 70)]
    assert lines(document, 2) == [(16, "2026-09-09", "支-9", 0, 10)]


def test_sections_with_totals_in_capitals(tmp_path: Path) -> None:
    """一、收入 above, 二、支出 below, one column of figures, totals in figures and in capitals."""
    rows = [
        ["竹岙村2026年9月份村务公开（财务）"],
        ["单位：元"],
        ["（一）上月结余", 70500],
        ["一、收入部分"],
        ["日期", "凭证号", "项目", "金额"],
        ["9/1", "收字第1号", "公益林补偿", 18650],
        ["收入小计", "", "", 18650],
        ["二、支出部分"],
        ["日期", "凭证号", "项目", "金额"],
        ["9/10", "支字第1号", "慰问品", 980],
        ["9/22", "支字第2号", "水泥", 20.5],
        ["支出小计（大写）：壹仟元零伍角整", "", "", 1000.5],
        ["（四）本月结余", 88149.5],
        ["公示期：2026年10月1日至10月15日"],
    ]
    path = tmp_path / "g.xlsx"
    xlsx(path, {"9": rows})
    document, _ = check_file(path)
    assert document["problems"] == []
    assert figures(document) == [("2026-09", 70500, 18650, 1000.5, 88149.5)]


def test_direction_column_with_pages_and_remarks_between_the_lines(tmp_path: Path) -> None:
    """收/支 in a column of its own, a header on each page, remarks between the lines, a date merged over two lines."""
    header = ["业务日期", "凭证", "收/支", "事项", "金额", "经办人"]
    rows = [
        ["松坪镇上石村村委会"],
        ["2026年9月"],
        ["第1页", "", "", "", "单位：元"],
        header,
        ["上期结余", "", "", "", "¥300.00"],
        [date(2026, 9, 3), "41#", "支", "复印", "¥12.00", "李"],
        ["", "42#", "收", "废品", "¥5.00", "李"],
        ["本页小计", "", "支", "", 12],
        ["松坪镇上石村村委会"],
        ["第2页", "", "", "", "单位：元"],
        header,
        [date(2026, 9, 30), "43#", "支", "话费", "¥93.00", "李"],
        ["", "", "", "（话费为8、9两个月）"],
        ["期末结余", "", "", "", "¥200.00"],
    ]
    path = tmp_path / "h.xlsx"
    xlsx(path, {"流水": rows}, ["A6:A7"])
    document, _ = check_file(path)
    assert figures(document) == [("2026-09", 300, 5, 105, 200)]
    assert [one["cell"] for one in document["problems"]] == []
    assert lines(document)[1] == (7, "2026-09-03", "42#", 5, 0)
    assert any("当作说明文字" in one["words"] for one in document["notices"])


def test_a_list_from_a_program_without_any_title(tmp_path: Path) -> None:
    """GB18030, the header in the first row, full days, spending negative throughout, month known by the days alone."""
    rows = [
        ["序号", "记账日期", "凭证字号", "摘要", "收入", "支出", "余额", "附件张数"],
        ["", "", "", "期初余额", "", "", "900.00", ""],
        ["1", "2026-09-04 00:00:00", "记-1", "出售旧砖", "100.00", "0.00", "1000.00", "1"],
        ["2", "2026-09-11 00:00:00", "记-2", "误工补贴", "0.00", "-400.00", "600.00", "2"],
        ["", "", "", "期末余额", "", "", "600.00", ""],
    ]
    path = tmp_path / "导出.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(rows)
    document, _ = check_file(path)
    assert document["problems"] == []
    assert figures(document) == [("2026-09", 900, 100, 400, 600)]
    assert any("全部写成负数" in one["words"] for one in document["notices"])


def test_a_clerk_in_a_hurry(tmp_path: Path) -> None:
    """Last month's file copied: title not changed, a figure left as formula, a date left out, one voucher twice."""
    rows = [
        ["石塘村2026年8月财务收支表", "", "", "", "单位：元"],
        ["日期", "凭证号", "摘要", "收入", "支出", "收款人"],
        ["", "", "上月结余", 1000],
        ["9.1", "支1", "买扫把", "", 25],
        ["", "支1", "买簸箕", "", "二十五"],
        ["9.31", "支2", "修水泵", "", "=100+20"],
        ["9.30", "支5", "防疫物资", "", "1,20"],
        ["", "", "支出合计", "", 290],
        ["", "", "结余", 710],
    ]
    path = tmp_path / "j.xlsx"
    made = xlsx(path, {"9月": rows})
    made["9月"]["E4"].font = Font(color="FF0000FF")
    made.save(path)
    document, status = check_file(path)
    told = [one["cell"] for one in document["problems"]]
    assert status == 1
    assert told == ["A1", "A5", "B5", "E5", "A6", "E6", "B7", "E7", "E8", "D9"]
    assert document["ledgers"][0]["period"] == "2026-09"
    assert all(one["words"].startswith("第 ") for one in document["problems"])
