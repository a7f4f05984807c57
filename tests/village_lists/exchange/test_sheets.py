"""Every kind of file gives the same grid, with what only the look of the cells tells."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.village_lists.exchange.files import WORKBOOK, rich_ods, rich_xls, rich_xlsx, sheet_xml, smallest_xlsx
from village_lists.exchange.child import read_content
from village_lists.exchange.grids import (
    Cell,
    Row,
    Sheet,
    Workbook,
    column_of,
    letter_of,
    workbook_as_json,
    workbook_from_json,
)
from village_lists.exchange.sheets import read_workbook

RICH: list[Callable[[Path], None]] = [rich_xlsx, rich_xls, rich_ods]


def cells(workbook: Workbook, sheet: int = 0) -> dict[str, Cell]:
    return {cell.address: cell for row in workbook.sheets[sheet].rows for cell in row.cells}


@pytest.mark.parametrize("write", RICH)
def test_values_and_looks_are_the_same_in_every_kind(write: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "没有名堂"
    write(path)
    if not path.exists():
        path = path.with_suffix(".ods")
    workbook = read_workbook(path)
    found = cells(workbook)
    assert [(sheet.name, sheet.hidden) for sheet in workbook.sheets] == [("9月", False), ("底稿", True)]
    assert found["A1"].value == "标题"
    assert found["B1"] == Cell("B1", merged_from="A1")
    assert found["A2"].value == date(2026, 9, 3)
    assert (found["B2"].value, found["B2"].is_red) == (412.6, False)
    assert (found["C2"].value, found["C2"].is_red) == (160.5, True)
    assert (found["D2"].value, found["D2"].is_red) == (-5, True)
    assert [row.number for row in workbook.sheets[0].rows if row.hidden] == [3]
    assert found["A4"].is_formula_without_value
    assert not found["A4"].is_blank
    assert (found["B4"].value, found["B4"].text) == (41, "041")


@pytest.mark.parametrize("name", ["账.xlsx", "账.csv", "账"])
@pytest.mark.parametrize("write", [rich_xlsx, rich_xls])
def test_the_content_decides_not_the_ending(write: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    write(path)
    assert read_workbook(path).sheets[0].name == "9月"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_in_every_encoding(encoding: str, delimiter: str) -> None:
    text = "".join(
        delimiter.join(row) + "\r\n" for row in [["日期", "摘要", "金额"], ["9月3日", "“办公”用品", "412.60"]]
    )
    workbook = read_content(text.encode(encoding), "九月.csv")
    assert workbook.sheets[0].name == "九月.csv"
    assert [cell.value for cell in workbook.sheets[0].rows[1].cells] == ["9月3日", "“办公”用品", "412.60"]


def test_quotes_mixed_line_ends_and_blank_lines_keep_the_row_numbers() -> None:
    workbook = read_content('甲,"1,280.00"\n\r\n乙,"两\n行"\r\n丙,3'.encode(), "a.csv")
    assert [(row.number, row.cells[1].value) for row in workbook.sheets[0].rows] == [
        (1, "1,280.00"),
        (3, "两\n行"),
        (4, "3"),
    ]


def test_rows_and_cells_without_addresses_are_counted() -> None:
    workbook = read_content(smallest_xlsx("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), "a")
    assert {address: cell.value for address, cell in cells(workbook).items()} == {"A1": 1, "B1": 2, "A2": 3}


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    rows = '<row r="1"><c r="A1" s="1"><v>44806</v></c></row>'
    old = WORKBOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    found = read_content(smallest_xlsx(rows, xl__workbook_xml=old, xl__styles_xml=styles), "a")
    assert cells(found)["A1"].value == date(2026, 9, 3)
    usual = read_content(smallest_xlsx(rows.replace("44806", "46268"), xl__styles_xml=styles), "a")
    assert cells(usual)["A1"].value == date(2026, 9, 3)


def test_a_formula_with_an_empty_answer_is_blank_and_one_without_answer_is_told() -> None:
    empty, bare = '<c r="A1" t="str"><f>B1</f><v></v></c>', '<c r="C1"><f>B1</f></c>'
    rows = f'<row r="1">{empty}{bare}<c r="D1" t="str"><f>B1</f><v>甲</v></c></row>'
    found = cells(read_content(smallest_xlsx(rows), "a"))
    assert "A1" not in found
    assert found["C1"].is_formula_without_value
    assert found["D1"].value == "甲"


def test_rich_texts_are_put_together_without_reading_aids() -> None:
    strings = (
        "<sst><si><r><t>办公</t></r><r><t>用品</t></r><rPh><t>bangong</t></rPh></si><si><t>两_x000A_行</t></si></sst>"
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="e"><v>#REF!</v></c></row>'
    found = cells(read_content(smallest_xlsx(rows, xl__sharedStrings_xml=strings), "a"))
    assert [cell.value for cell in found.values()] == ["办公用品", "两\n行", "#REF!"]


def test_macros_and_links_are_left_out_and_mentioned() -> None:
    workbook = read_content(
        smallest_xlsx(
            "<row><c><v>1</v></c></row>", xl__vbaProject_bin=b"x", xl__externalLinks__externalLink1_xml="<a/>"
        ),
        "a",
    )
    assert len(workbook.notices) == 2
    assert workbook.sheets[0].rows


def test_the_surroundings_are_not_handed_to_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PYTHONSTARTUP", "nowhere")
    monkeypatch.setitem(os.environ, "PYTHONPATH", "/nowhere")
    path = tmp_path / "a.xlsx"
    path.write_bytes(smallest_xlsx("<row><c><v>1</v></c></row>"))
    assert read_workbook(path).sheets[0].rows[0].cells[0].value == 1


def test_far_formatting_without_content_does_no_harm() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert list(cells(read_content(smallest_xlsx(rows), "a"))) == ["A1"]


def test_a_merged_cell_over_the_whole_sheet_covers_only_what_is_used() -> None:
    part = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row>', after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    assert len(cells(read_content(smallest_xlsx("", xl__worksheets__sheet1_xml=part), "a"))) == 100


@given(st.integers(min_value=1, max_value=16384))
def test_letters_of_columns_there_and_back(column: int) -> None:
    assert column_of(letter_of(column)) == column


@given(
    st.lists(
        st.one_of(
            st.text(max_size=5),
            st.integers(),
            st.floats(allow_nan=False),
            st.dates(),
            st.decimals(allow_nan=False),
            st.none(),
        )
    )
)
def test_a_grid_survives_the_pipe(values: list[str | int | float | date | None]) -> None:
    row = Row(
        1,
        False,
        tuple(Cell(f"{letter_of(column)}1", value, str(value)) for column, value in enumerate(values, start=1)),
    )
    workbook = Workbook((Sheet("9月", True, (row,)),), (("文件带有宏", {}),))
    assert workbook_from_json(workbook_as_json(workbook)) == workbook
