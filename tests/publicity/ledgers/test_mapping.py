"""Mappings: shown, confirmed, changed, remembered, found again in next month's file."""

import json
from dataclasses import replace

import pytest

from publicity.ledgers.mapping import BlockMapping, Mapping, SheetMapping
from publicity.ledgers.parse import parse_workbook
from publicity.ledgers.problems import Unreadable
from tests.publicity.ledgers.grids import TITLE, UNIT, book, month, sentences, sheet
from village_lists.exchange.grids import Cell, Value

STRANGE = ["甲", "乙", "丙", "丁", "戊"]
ROWS: list[list[Value | Cell]] = [
    [*TITLE], [*UNIT], [*STRANGE], ["", "", "上月结余", 1000], ["9月3日", "支-1", "办公用品", "", 100],
    ["", "", "本月结余", 900],
]  # fmt: skip
COLUMNS = ((1, "date"), (2, "voucher"), (3, "summary"), (4, "income"), (5, "spending"))
CHOSEN = Mapping((SheetMapping("9月", 3, 3, "", (BlockMapping(COLUMNS),)),))


def test_a_mapping_survives_json() -> None:
    found = parse_workbook(month(["9月3日", "支-1", "办公用品", "", 100], closing=900)).mappings
    assert Mapping.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert len(found.sheets[0].signature) == 64


def test_a_mapping_names_columns_by_letters() -> None:
    found = parse_workbook(month(["9月3日", "支-1", "办公用品", "", 100], closing=900)).mappings.as_json()
    assert found["sheets"][0]["blocks"][0]["columns"] == {
        "A": "date", "B": "voucher", "C": "summary", "D": "income", "E": "spending", "F": "payee",
    }  # fmt: skip
    assert found["sheets"][0]["header_row"] == 3
    assert found["sheets"][0]["unit"] == "元"


@pytest.mark.parametrize(
    "change", [{"columns": {"A": "king"}}, {"columns": {"1": "date"}}, {"direction": "up", "columns": {}}]
)
def test_a_mapping_of_nonsense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        Mapping.from_json({"sheets": [{"sheet": "9月", "header_row": 3, "blocks": [change]}]})


def test_the_clerk_says_what_the_columns_are() -> None:
    assert "没有找到表头" in sentences(parse_workbook(book(sheet(ROWS))))
    parsed = parse_workbook(book(sheet(ROWS)), mapping=CHOSEN)
    assert sentences(parsed) == ""
    assert parsed.ledgers[0].spending_fen == 10000


def test_the_choice_is_found_again_in_another_file_by_its_signature() -> None:
    remembered = Mapping((replace(parse_workbook(book(sheet(ROWS)), mapping=CHOSEN).mappings.sheets[0], sheet="去年"),))
    october = [["上石村2026年10月财务收支公开表"], [], *ROWS[1:]]
    october[5] = ["10月3日", "支-1", "办公用品", "", 100]
    parsed = parse_workbook(book(sheet(october, "10月")), mapping=remembered)
    assert sentences(parsed) == ""
    assert parsed.ledgers[0].period == "2026-10"


def test_the_choice_wins_over_the_words() -> None:
    workbook = month(["9月3日", "支-1", "办公用品", "", 100], closing=1100)
    columns = ((1, "date"), (2, "voucher"), (3, "summary"), (4, "spending"), (5, "income"))
    turned = Mapping((SheetMapping("9月", 3, 3, "", (BlockMapping(columns),)),))
    parsed = parse_workbook(workbook, mapping=turned)
    assert not parsed.problems
    assert parsed.ledgers[0].income_fen == 10000


def test_a_remembered_unit_never_overrules_a_title() -> None:
    rows: list[list[Value | Cell]] = [
        [*TITLE], ["单位：万元"], ["日期", "凭证号", "摘要", "收入", "支出"], ["", "", "上月结余", 1],
        ["9月3日", "支-1", "办公用品", "", 0.01], ["", "", "本月结余", 0.99],
    ]  # fmt: skip
    found = parse_workbook(book(sheet(rows))).mappings.sheets[0]
    remembered = Mapping((replace(found, unit="元"),))
    assert parse_workbook(book(sheet(rows)), mapping=remembered).ledgers[0].spending_fen == 10000
    rows[1] = []
    parsed = parse_workbook(book(sheet(rows)), mapping=Mapping((replace(found, unit="万元"),)))
    assert parsed.ledgers[0].spending_fen == 10000
    assert sentences(parsed) == ""
