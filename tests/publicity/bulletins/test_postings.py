"""Planning the sheet of a posting: pages, type, column blocks, orientation, carried sums."""

from dataclasses import replace
from itertools import pairwise

import pytest

from publicity.bulletins.papers import A3, A4, Paper
from publicity.bulletins.pieces import Grid, GridColumn, Prose
from publicity.bulletins.postings import compose_sheet
from tests.publicity.bulletins.tables import assets, debts, pay, roster, sheet


@pytest.mark.parametrize("paper", [A3, A4])
def test_more_rows_never_have_larger_type_on_as_many_pages(paper: Paper) -> None:
    plans = [compose_sheet(sheet(roster(count)), paper) for count in (3, 8, 20, 45, 110, 300)]
    for fewer, more in pairwise(plans):
        assert (len(fewer.pages), -fewer.points) <= (len(more.pages), -more.points)
    assert plans[0].points >= 20
    assert plans[-1].points >= (14 if paper is A3 else 11)


@pytest.mark.parametrize("count", [1, 13, 60, 299])
def test_every_row_stands_once_in_the_order_of_reading(count: int) -> None:
    plan = compose_sheet(sheet(roster(count)))
    numbers: list[int] = []
    for page in plan.pages:
        (part,) = page.parts
        blocks = part.names.count(None) + 1
        step = 5 + 1
        for block in range(blocks):
            cells = [band[block * step] for band in part.bands]
            numbers += [int(cell.text) for cell in cells if cell is not None and cell.text]
    assert numbers == list(range(1, count + 1))


def test_a_long_roster_stands_in_column_blocks() -> None:
    (part, *_) = compose_sheet(sheet(roster(110))).pages[0].parts
    assert part.names.count(None) >= 1
    (few,) = compose_sheet(sheet(roster(8))).pages[0].parts
    assert None not in few.names


def test_fourteen_columns_lie_on_their_side_and_stay_readable() -> None:
    plan = compose_sheet(sheet(assets(9)), A3)
    assert plan.lay.name == "a3 wide"
    assert plan.points >= 14
    assert len(plan.pages) == 1


def test_seven_columns_stand_upright() -> None:
    assert compose_sheet(sheet(roster(20))).lay.name == "a3"
    assert compose_sheet(sheet(debts())).lay.name == "a3 wide"


def test_carried_sums_are_those_of_the_rows_before() -> None:
    plan = compose_sheet(sheet(assets(45)))
    seen = 0
    for page, following in pairwise(plan.pages):
        (part,), (after,) = page.parts, following.parts
        seen += len(part.bands)
        assert part.carried
        assert [cell.text for cell in part.carried][1:] == [cell.text for cell in after.brought][1:]
    (last,) = plan.pages[-1].parts
    assert last.totals
    assert seen + len(last.bands) == 45


def test_covered_figures_are_not_summed() -> None:
    columns = (GridColumn(name="名称"), GridColumn(name="金额", is_figure=True, is_tight=True))
    grid = Grid(columns=columns, rows=(("甲", "不公开"),) * 200, totals=("", "9.00"))
    plan = compose_sheet(replace(sheet(pay()), pieces=(grid,)))
    (part,) = plan.pages[0].parts
    assert len(plan.pages) > 1
    assert part.carried == ()


def test_thirty_columns_come_in_parts_with_the_names_repeated() -> None:
    columns = tuple(GridColumn(name=f"第{number}栏", is_figure=True, is_tight=True) for number in range(30))
    grid = Grid(columns=columns, rows=(("123,456.00",) * 30,) * 3)
    plan = compose_sheet(replace(sheet(pay()), pieces=(grid,)))
    parts = [part for page in plan.pages for part in page.parts]
    assert len(parts) > 1
    assert all([cell.text for cell in part.names if cell][:2] == ["第0栏", "第1栏"] for part in parts)
    assert {cell.text for part in parts for cell in part.names if cell} == {column.name for column in columns}


def test_a_text_longer_than_a_page_goes_on_in_the_next_row() -> None:
    words = "这一项的说明很长，一页放不下。" * 400
    grid = Grid(columns=(GridColumn(name="名称"), GridColumn(name="说明")), rows=(("甲", words),))
    plan = compose_sheet(replace(sheet(pay()), pieces=(grid,)), A4)
    printed = [band[1].text for page in plan.pages for part in page.parts for band in part.bands if band[1]]
    assert "".join(printed) == words
    assert len(plan.pages) > 1


def test_a_long_text_is_whole() -> None:
    words = "村民代表会议讨论了下列事项，并作出决定。" * 300
    plan = compose_sheet(replace(sheet(pay()), pieces=(Prose(paragraphs=(words,)),)))
    printed = "".join(paragraph for page in plan.pages for part in page.parts for paragraph in part.paragraphs)
    assert printed.strip("　") == words


@pytest.mark.parametrize("title", ["公开", "关于" + "上石村后山机耕路维修工程" * 9])
def test_titles_of_any_length_leave_room(title: str) -> None:
    plan = compose_sheet(replace(sheet(pay()), title=title))
    assert len(plan.pages) == 1
    assert plan.title_step == (0 if len(title) < 5 else 3)
