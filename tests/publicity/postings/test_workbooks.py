"""The template: a clerk fills it, and it reads back as what was filled in."""

from datetime import date
from io import BytesIO

import openpyxl

from publicity.postings.readings import read_workbook_table
from publicity.postings.workbooks import template_workbook
from tests.publicity.postings.made import NOTICE, SUBSIDY, WORKS
from village_lists.exchange.child import read_content


def filled_in(content, cells, tmp_path):
    """Return the reading of a template in which cells were filled in."""
    book = openpyxl.load_workbook(BytesIO(template_workbook(content, village="上石村", period="2026年")))
    for address, value in cells.items():
        book["填写"][address] = value
    book.save(tmp_path / "表.xlsx")
    return read_workbook_table(content, read_content((tmp_path / "表.xlsx").read_bytes(), "表.xlsx"))


def test_a_table_filled_in_reads_back(tmp_path):
    cells = {"A3": "张阿德", "B3": "第一组", "C3": 3.5, "D3": 120, "E3": 420, "G3": date(2026, 9, 3)}
    reading = filled_in(SUBSIDY, cells, tmp_path)
    assert [problem.sentence for problem in reading.problems] == []
    assert reading.rows[0]["paid_on"] == "2026-09-03"
    assert (reading.rows[0]["rate"], reading.rows[0]["amount"]) == (12_000, 42_000)
    assert reading.notices == ()


def test_a_head_filled_in_reads_back(tmp_path):
    reading = filled_in(WORKS, {"B2": "后山路", "B4": 4.65, "A7": "2026-09-12", "B7": 100}, tmp_path)
    assert reading.problems == ()
    assert reading.head == {"project": "后山路", "price": 4_650_000}
    assert reading.rows[0]["paid"] == 10_000
    assert filled_in(NOTICE, {"B2": "村民会议"}, tmp_path).head == {"meeting": "村民会议"}


def test_choices_notes_and_the_same_bytes():
    content = template_workbook(SUBSIDY, village="上石村", period="2026年")
    assert content == template_workbook(SUBSIDY, village="上石村", period="2026年")
    sheet = openpyxl.load_workbook(BytesIO(content))["填写"]
    assert "第一组,第二组,第三组" in sheet.data_validations.dataValidation[0].formula1
    assert "只在公开栏的纸上公开" in sheet["F2"].comment.text
    assert sheet["D2"].value == "标准（元/亩）"
    assert sheet["F3"].number_format == "@"
