"""Whatever stands in a workbook, the reader answers: a content or problems, each at a cell that exists."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.village_lists.exchange.lists.generated import TRAPS
from village_lists.exchange.grids import Cell, Row, Sheet, Workbook, letter_of
from village_lists.exchange.lists.book_reading import read_list_workbook
from village_lists.exchange.lists.book_writing import write_workbook
from village_lists.exchange.lists.columns import PLAN
from village_lists.exchange.lists.yaml_reading import read_yaml
from village_lists.exchange.lists.yaml_writing import write_yaml

SAID = (
    *TRAPS,
    "采购",
    "采购",
    "甲",
    "1",
    "2",
    "3",
    "结束",
    "甲→2；乙→1",
    "1、2",
    "5日",
    "小额",
    "5万元",
    "判断",
    "并行",
    "同意",
)
values = st.one_of(st.sampled_from(SAID), st.sampled_from(SAID), st.integers(-2, 12), st.just(date(2026, 1, 2)))


@st.composite
def grids(draw):
    """Return a workbook of the sheets of a list, with columns at random and anything under them."""
    sheets = []
    for key, plan in PLAN.sheets.items():
        if key != "items" and draw(st.booleans()):
            continue
        columns = draw(st.lists(st.sampled_from(plan.columns), unique_by=lambda one: one.role, min_size=1, max_size=9))
        kept = [plan.column(role) for role in plan.needs if role not in {one.role for one in columns}]
        heads = [draw(st.sampled_from((one.title, one.header, *one.words))) for one in (*kept, *columns)]
        rows = [Row(1, False, tuple(Cell(f"{letter_of(n)}1", text, text) for n, text in enumerate(heads, 1)))]
        for number in range(2, draw(st.integers(2, 7))):
            cells = []
            for column in range(1, len(heads) + 2):
                value = draw(st.one_of(st.none(), values))
                if value is not None:
                    cells.append(Cell(f"{letter_of(column)}{number}", value, str(value)))
            rows.append(Row(number, draw(st.booleans()), tuple(cells)))
        sheets.append(Sheet(plan.title, False, tuple(rows)))
    return Workbook(tuple(sheets))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(grids())
def test_every_grid_is_answered(workbook):
    reading = read_list_workbook(workbook)
    assert (reading.content is None) == any(problem.hinders_import for problem in reading.problems)
    names = {sheet.name for sheet in workbook.sheets} | {""}
    assert all(problem.spot.sheet in names for problem in reading.problems)
    assert all(str(problem) for problem in reading.problems)
    if reading.content is not None:
        assert read_yaml(write_yaml(reading.content)).content == reading.content
        assert write_workbook(reading.content)
