"""Tables as clerks make them: titles, units, merged heads, sums, notes, other orders; every fault told by its cell."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from publicity.categories.contents import CategoryContent, Column, ColumnKind, Sheet
from publicity.categories.models import Affairs
from publicity.postings.readings import TableReading, read_pasted, read_workbook_table
from tests.publicity.postings.made import NOTICE, RELIEF, SUBSIDY, WORKS, card_of, identity_of
from village_lists.exchange.child import read_content
from village_lists.periods import Cadence, Span

YEAR = Span.of(Cadence.YEAR, date(2026, 1, 1))


@pytest.fixture
def book(tmp_path: Path):
    """Return a function that writes sheets (name → rows) with merged areas and reads them back."""

    def made(sheets: dict[str, list[list[object]]], *, merged=(), hidden=(), content=SUBSIDY) -> TableReading:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for area in merged:
                sheet.merge_cells(area)
            for row in hidden:
                sheet.row_dimensions[row].hidden = True
        workbook.save(tmp_path / "表.xlsx")
        return read_workbook_table(content, read_content((tmp_path / "表.xlsx").read_bytes(), "表.xlsx"), span=YEAR)

    return made


def told(reading: TableReading) -> list[tuple[str, str]]:
    """Return the problems as address and sentence."""
    return [(problem.address, problem.sentence) for problem in reading.problems]


def test_a_plain_table_in_another_order_with_title_units_sum_and_signatures(book):
    reading = book(
        {
            "补贴": [
                ["上石村2026年耕地地力保护补贴发放表"],
                ["单位：元、亩", None, None, None, None, "2026年9月"],
                ["序号", "户主姓名", "村民小组", "补贴面积（亩）", "补贴标准", "发放金额（元）", "发放日期", "证明人"],
                [1, "张阿德", "第一组", 3.5, 120, 420, date(2026, 9, 3), "王永根"],
                [2, "李　明", "第二组", 10.1, 120, 1212, "9月3日", None],
                ["合计", None, None, 13.6, None, 1632],
                ["制表人：李国强", None, "审核：王永根"],
            ]
        }
    )
    assert told(reading) == []
    assert reading.rows == (
        {
            "household": "张阿德",
            "group": "第一组",
            "area": "3.5",
            "rate": 12_000,
            "amount": 42_000,
            "card": None,
            "paid_on": "2026-09-03",
        },
        {
            "household": "李明",
            "group": "第二组",
            "area": "10.1",
            "rate": 12_000,
            "amount": 121_200,
            "card": None,
            "paid_on": "2026-09-03",
        },
    )
    notices = [notice.sentence for notice in reading.notices]
    assert "「证明人」这一栏没有用上" in notices
    assert ("户主姓名", "户主") in reading.matched


def test_a_head_of_two_rows_with_merged_cells(book):
    reading = book(
        {
            "表": [
                ["耕地补贴"],
                ["序号", "农户", None, "补贴", None, "备注"],
                [None, "户主", "组别", "面积", "金额", None],
                [1, "张阿德", "第一组", 3.5, 420],
                [2, "李明", None, 10, 1200],
            ]
        },
        merged=("A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3", "C4:C5"),
    )
    assert told(reading) == []
    assert [(row["household"], row["group"], row["amount"]) for row in reading.rows] == [
        ("张阿德", "第一组", 42_000),
        ("李明", "第一组", 120_000),
    ]


def test_a_wrong_sum_is_told_at_its_cell_and_nothing_is_taken(book):
    reading = book(
        {
            "表": [
                ["户主", "面积", "金额"],
                ["张阿德", 3, 300],
                ["小计", 3, 300],
                ["李明", 4, 400],
                ["小计", 4, 500],
                ["合计", 7, 700],
            ]
        }
    )
    assert told(reading) == [("C5", "这里写的合计是 500.00，各行加起来是 400.00，请核对。")]
    assert reading.rows == ()
    assert reading.count == 2


def test_every_fault_is_told_by_its_cell(book):
    reading = book(
        {
            "表": [
                ["户主", "面积", "金额", "银行卡号", "发放日期"],
                ["张阿德", "三亩", 300, card_of(5), "2026-02-30"],
                [None, 4, "若干", "123", None],
                ["李明", 4, None, None, None],
            ]
        }
    )
    assert [address for address, _ in told(reading)] == ["B2", "E2", "A3", "C3", "D3", "C4"]
    assert "「三亩」不是数字" in told(reading)[0][1]
    assert told(reading)[2][1] == "「户主」是空的，请填写。"
    assert told(reading)[5][1] == "「金额」是空的，请填写。"


def test_a_missing_column_is_told_once(book):
    reading = book({"表": [["户主", "面积"], ["张阿德", 3], ["李明", 4]]})
    assert told(reading) == [("A1", "没有找到「金额」这一栏，请在表里加上，或把表头改成这个名称。")]


def test_a_sheet_without_a_head_and_an_empty_one(book):
    assert told(book({"表": [["甲", "乙"], ["丙", "丁"]]})) == [
        ("A1", "没有认出表头，表头要有这些栏目：户主、组别、面积、标准、金额、银行卡号、发放日期。")
    ]
    assert "没有读到任何一行" in told(book({"表": [["户主", "面积", "金额"]]}))[0][1]
    assert told(book({"表": []}))[0][1].startswith("这个文件里没有内容")


def test_of_several_sheets_the_best_is_read(book):
    rows = [["户主", "面积", "金额"], ["张阿德", 3, 300]]
    reading = book({"说明": [["请先填写户主"]], "旧表": [["户主", "面积"], ["李明", 1]], "新表": rows})
    assert (reading.sheet, len(reading.rows)) == ("新表", 1)
    assert any("没有读：旧表" in notice.sentence for notice in reading.notices)


def test_printed_pages_sections_and_hidden_rows(book):
    head = ["户主", "面积", "金额", "组别"]
    reading = book(
        {
            "表": [
                head,
                ["第一组", None, None, None],
                ["张阿德", 3, 300, "第一组"],
                ["李明", 4, 400, "同上"],
                ["第1页，共2页"],
                head,
                ["王五一", 5, 500, "第二组"],
                [],
                ["注：以上金额已打卡发放"],
            ]
        },
        merged=("A2:D2",),
        hidden=(4,),
    )
    assert told(reading) == []
    assert [(row["household"], row["group"]) for row in reading.rows] == [
        ("张阿德", "第一组"),
        ("李明", "第一组"),
        ("王五一", "第二组"),
    ]
    notices = " ".join(notice.sentence for notice in reading.notices)
    assert "第 4 行是隐藏的" in notices
    assert "以上金额已打卡发放" in notices


def test_units_of_a_line_and_of_a_header(book):
    reading = book({"表": [["单位：万元"], ["户主", "面积", "金额", "补贴标准（元）"], ["张阿德", 3, 1.5, 120]]})
    assert (reading.rows[0]["amount"], reading.rows[0]["rate"]) == (1_500_000, 12_000)


def test_a_roster_printed_in_two_halves(book):
    head = ["序号", "户主", "面积", "金额", None]
    reading = book(
        {
            "表": [
                [*head, *head[:4]],
                [1, "张阿德", 3, 300, None, 3, "王五一", 5, 500],
                [2, "李明", 4, 400, None, 4, "若干", 6, "六百"],
                ["合计", None, 7, 700, None, "合计", None, 11, 1100],
            ]
        }
    )
    assert told(reading) == [("I3", "「六百」不是金额，请填写数字，例如 300.00。")]
    reading = book({"表": [[*head, *head[:4]], [1, "张阿德", 3, 300, None, 2, "王五一", 5, 500], [3, "李明", 4, 400]]})
    assert [row["household"] for row in reading.rows] == ["张阿德", "李明", "王五一"]
    assert reading.notices == ()


def test_a_column_that_stands_twice_is_not_guessed(book):
    reading = book({"表": [["户主", "面积", "金额", "金额"], ["张阿德", 3, 300, 400]]})
    assert told(reading) == [("D1", "「金额」这一栏出现了两次，不知道该读哪一栏，请只留一栏。")]


def test_a_sum_that_stands_above_the_rows(book):
    rows = [["户主", "面积", "金额"], ["合计", 7, 700], ["张阿德", 3, 300], ["李明", 4, 400]]
    assert told(book({"表": rows})) == []
    rows[1] = ["合计", 7, 800]
    assert [address for address, _ in told(book({"表": rows}))] == ["C2"]


def test_merged_money_is_not_counted_twice(book):
    reading = book(
        {"表": [["户主", "面积", "金额"], ["张阿德", 3, 300], ["李明", 4, None]]},
        merged=("C2:C3",),
    )
    assert told(reading) == [("C3", "「金额」是空的，请填写。")]


def test_numbers_that_a_spreadsheet_has_spoilt(book):
    number = int(identity_of("19580302", 110)[:-1] + "0")
    reading = book({"表": [["户主", "月保障金额", "身份证号"], ["张阿德", 720, number]]}, content=RELIEF)
    assert [address for address, _ in told(reading)] == ["C2"]
    assert "设成「文本」" in told(reading)[0][1]
    noise = book({"表": [["户主", "面积", "金额"], ["张阿德", 0.1 + 0.2, 1.1 * 3]]})
    assert (noise.rows[0]["area"], noise.rows[0]["amount"]) == ("0.3", 330)


def test_a_formula_that_was_never_worked_out(book):
    reading = book({"表": [["户主", "面积", "金额"], ["张阿德", 3, "=B2*100"]]})
    assert told(reading)[0][0] == "C2"
    assert "公式" in told(reading)[0][1]
    assert len(reading.problems) == 1


def test_the_head_of_works_stands_above_the_table(book):
    reading = book(
        {
            "表": [
                ["工程项目名称：后山路"],
                ["项目名称", "后山机耕路维修", None, "中标单位", "松坪市政工程有限公司"],
                ["合同价（万元）：4.65"],
                ["日期", "已付款（元）", "备注"],
                ["2026-09-12", 46_500, "第二期"],
            ]
        },
        content=WORKS,
    )
    assert told(reading) == []
    assert reading.head == {"project": "后山机耕路维修", "builder": "松坪市政工程有限公司", "price": 4_650_000}


def test_a_notice_has_a_head_alone(book):
    reading = book({"表": [["会议名称", "村民代表会议"], ["决议内容", "同意修路"]]}, content=NOTICE)
    assert (reading.rows, reading.head) == ((), {"meeting": "村民代表会议", "resolution": "同意修路"})


PASTED = '户主\t面积\t金额\t备注\r\n张阿德\t3.5\t420.00\t\r\n"李\n明"\t10\t1,200\t"两\n行"\r\n'


def test_pasted_with_a_head():
    reading = read_pasted(SUBSIDY, PASTED)
    assert told(reading) == []
    assert [(row["household"], row["amount"]) for row in reading.rows] == [("张阿德", 42_000), ("李明", 120_000)]


def test_pasted_without_a_head():
    rows = "1\t张阿德\t第一组\t3.5\t120\t420\t\t2026-09-03\n2\t李明\t第二组\t10\t120\t1200\t\t\n"
    reading = read_pasted(SUBSIDY, rows)
    assert told(reading) == []
    assert [row["household"] for row in reading.rows] == ["张阿德", "李明"]
    comma = read_pasted(SUBSIDY, "张阿德,第一组,3.5,120,420\n李明,第二组,x,120,420\n")
    assert told(comma) == [("第 2 行第 3 列", "「x」不是数字，请只填数字，例如 12.5。")]


def test_pasted_nonsense():
    assert "还没有粘贴" in told(read_pasted(SUBSIDY, " \n\t\n"))[0][1]
    assert "没有认出表头" in told(read_pasted(SUBSIDY, "只有一句话"))[0][1]
    assert "没有认出表头" in told(read_pasted(SUBSIDY, "一\t二\t三\t四\t五\t六\t七\t八\t九\t十"))[0][1]


def test_no_more_than_five_thousand_rows():
    rows = "户主\t面积\t金额\n" + "张阿德\t1\t1\n" * 5001
    reading = read_pasted(SUBSIDY, rows)
    assert told(reading) == [("第 5002 行第 1 列", "一份最多 5000 行，后面的没有读，请分成几份。")]


def test_everyday_words_only_where_they_are_clear():
    """姓名 is the only person column's header; where two columns may be meant, none is taken."""
    reading = read_pasted(SUBSIDY, "姓名\t亩数\t面积\t补贴金额\n张阿德\t1\t2\t3\n")
    assert reading.rows[0]["household"] == "张阿德"
    two = CategoryContent(
        name="两人",
        affairs=Affairs.VILLAGE,
        sheet=Sheet.TABLE,
        cadence=Cadence.YEAR,
        columns=(
            Column(key="one", name="申请人", kind=ColumnKind.PERSON),
            Column(key="two", name="经办人", kind=ColumnKind.PERSON),
            Column(key="area", name="面积"),
            Column(key="place", name="坐落"),
        ),
    )
    reading = read_pasted(two, "姓名\t面积\t地点\n张阿德\t3\t后山\n")
    assert reading.rows == ({"one": None, "two": None, "area": "3", "place": "后山"},)
    assert [notice.sentence for notice in reading.notices] == ["「姓名」这一栏没有用上"]
