"""A list as a workbook: out and in again, the same cells, even after another program saved it."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.village_lists.exchange.lists.generated import contents
from village_lists.editions.contents import CategoryContent, ItemContent, ListContent, ProcedureContent
from village_lists.exchange.child import read_content
from village_lists.exchange.grids import MAXIMUM_CELL_LENGTH
from village_lists.exchange.lists.book_reading import read_list_workbook
from village_lists.exchange.lists.book_writing import NotForWorkbook, write_workbook
from village_lists.exchange.lists.columns import PLAN
from village_lists.flowcharts.graph import Graph
from village_lists.powers.models import ItemKind

THROWN = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def read(document: bytes):
    return read_list_workbook(read_content(document, "清单.xlsx"))


def hindering(reading):
    return [str(one) for one in reading.problems if one.hinders_import]


def cells_of(document: bytes):
    """Return every cell that openpyxl sees: sheet, address, kind, value."""
    book = openpyxl.load_workbook(io.BytesIO(document))
    return [
        (sheet.title, cell.coordinate, cell.data_type, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def saved_again(document: bytes) -> bytes:
    """Return the workbook as another program saves it."""
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(document)).save(stream)
    return stream.getvalue()


@THROWN
@given(contents())
def test_out_and_in_and_out_is_the_same_to_the_cell(content):
    written = write_workbook(content)
    reading = read(written)
    assert hindering(reading) == []
    assert reading.content == content
    again = write_workbook(reading.content)
    assert cells_of(again) == cells_of(written)
    assert read_content(again, "").sheets == read_content(written, "").sheets
    assert again == written


@settings(THROWN, max_examples=15)
@given(contents())
def test_it_survives_another_program(content):
    assume("_x" not in str(content))  # openpyxl reads _x0041_ as A and does not write it back as it was
    reading = read(saved_again(write_workbook(content)))
    assert hindering(reading) == []
    assert reading.content == content


def small(**changed) -> ListContent:
    values = {"code": "A01", "name": "甲", "kind": ItemKind.POWER, "category": "c", **changed}
    return ListContent(
        title="清单", categories=(CategoryContent(code="c", name="大类"),), items=(ItemContent(**values),)
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=cmd|"/c calc"!A1', "-2+3"])
def test_no_text_is_taken_for_a_formula(text):
    written = write_workbook(small(sentence=text, name=text))
    assert not [cell for cell in cells_of(written) if cell[2] == "f"]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in sheet for sheet in sheets)
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")
    assert read(written).content.items[0].sentence == text


def test_every_sheet_has_header_notes_widths_and_choices():
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(small())))
    assert book.sheetnames == ["说明", *(sheet.title for sheet in PLAN.sheets.values())]
    for plan in PLAN.sheets.values():
        sheet = book[plan.title]
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == [column.header for column in plan.written]
        assert all(cell.comment and len(cell.comment.text) > 4 for cell in sheet[1])
        chosen = {
            str(offer.sqref).split(":")[0].rstrip("0123456789") for offer in sheet.data_validations.dataValidation
        }
        offered = [cell.column_letter for cell, column in zip(sheet[1], plan.written, strict=True) if column.choices]
        assert chosen == set(offered)


def test_a_text_that_no_cell_holds_is_refused_in_words():
    with pytest.raises(NotForWorkbook, match="放不进表格的一格"):
        write_workbook(small(sentence="长" * (MAXIMUM_CELL_LENGTH + 1)))
    with pytest.raises(NotForWorkbook, match="自己要用的记号"):
        write_workbook(small(sentence="_x005F_x0041_"))
    with pytest.raises(NotForWorkbook, match="没有算出来的公式"):
        write_workbook(small(sentence="#VALUE!"))
    untitled = ProcedureContent(slug="注：不是注", title="", graph=Graph(title="", nodes=(), edges=()))
    with pytest.raises(NotForWorkbook, match="表下面的说明"):
        write_workbook(replace(small(), procedures=(untitled,)))


def test_the_bytes_know_no_clock(monkeypatch):
    content = small()
    first = write_workbook(content)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert write_workbook(content) == first
