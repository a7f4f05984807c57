"""Every line stands on exactly one page, carried sums are right, and the type is as large as the pages allow."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.bulletins.compose import Block, Composition, EntryLine, LineTooLong, Side, compose
from publicity.bulletins.papers import A3, A4, Paper
from tests.publicity.bulletins.sheets import INCOME, SPENDING, finance_sheet, many

ENTRIES = st.lists(
    st.builds(
        EntryLine,
        day=st.none(),
        voucher=st.sampled_from(["支-041", "记字第1041号", ""]),
        summary=st.text(alphabet="修路水电费（）ab1", max_size=60),
        payee=st.text(alphabet="松坪镇公司", max_size=25),
        amount_fen=st.integers(min_value=-10_000_000, max_value=1_000_000_000),
        item=st.sampled_from(["", "小型工程", "误工补贴与报酬发放"]),
    ),
    max_size=130,
).map(tuple)
PAPERS = st.sampled_from([A3, A4])


def blocks_of(composition: Composition, side: Side) -> list[Block]:
    """Return the parts of one table in the order of the pages."""
    return [block for page in composition.pages for block in page.blocks if block.side is side]


@settings(max_examples=40, deadline=None)
@given(ENTRIES, ENTRIES, PAPERS)
def test_every_line_stands_once_and_carried_sums_are_right(
    income: tuple[EntryLine, ...], spending: tuple[EntryLine, ...], paper: Paper
) -> None:
    composition = compose(finance_sheet(income, spending), paper)
    for side, rows in ((Side.INCOME, income), (Side.SPENDING, spending)):
        blocks = blocks_of(composition, side)
        assert tuple(row for block in blocks for row in block.rows) == rows
        assert blocks[0].brought_fen is None
        assert blocks[-1].carried_fen is None
        assert blocks[-1].total_fen == sum(row.amount_fen for row in rows)
        for before, after in pairwise(blocks):
            assert before.carried_fen == after.brought_fen
            assert before.total_fen is None
        running = 0
        for block in blocks:
            running += sum(row.amount_fen for row in block.rows)
            assert block.carried_fen in (None, running)


@settings(max_examples=20, deadline=None)
@given(ENTRIES, PAPERS)
def test_no_page_is_empty_and_numbers_run(spending: tuple[EntryLine, ...], paper: Paper) -> None:
    pages = compose(finance_sheet(spending=spending), paper).pages
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert {page.of for page in pages} == {len(pages)}
    assert all(page.blocks for page in pages)


def test_few_lines_are_set_large_and_fill_the_sheet() -> None:
    composition = compose(finance_sheet())
    assert len(composition.pages) == 1
    assert composition.points >= 20


def test_sixty_lines_at_fourteen_points_take_two_pages() -> None:
    composition = compose(finance_sheet(spending=many(57)))
    assert (len(composition.pages), composition.points) == (2, 14)


def test_many_lines_take_pages_and_never_smaller_type() -> None:
    composition = compose(finance_sheet(spending=many(197)))
    assert composition.points >= 14
    assert 5 <= len(composition.pages) <= 7


def test_more_lines_never_take_fewer_pages() -> None:
    counts = [len(compose(finance_sheet(spending=many(count))).pages) for count in range(0, 90, 10)]
    assert counts == sorted(counts)


def test_columns_widen_for_long_vouchers_and_large_amounts() -> None:
    narrow = compose(finance_sheet())
    assert not narrow.wide_voucher
    assert not narrow.wide_amount
    assert narrow.figures == 0
    large = replace(SPENDING[0], voucher="记字第1041号", amount_fen=1_234_567_890)
    wide = compose(finance_sheet(spending=(large,)))
    assert wide.wide_voucher
    assert wide.wide_amount
    assert wide.figures == 1


def test_a_table_without_lines_is_still_shown() -> None:
    income = compose(finance_sheet(income=())).pages[0].blocks[0]
    assert (income.count, income.rows, income.total_fen) == (0, (), 0)


def test_a_line_that_no_page_holds_is_refused_by_its_voucher() -> None:
    endless = replace(SPENDING[0], summary="修" * 3_000)
    with pytest.raises(LineTooLong, match="支-041"):
        compose(finance_sheet(spending=(endless,)))


def test_a_draft_has_no_code() -> None:
    draft = replace(finance_sheet(income=INCOME), code="", url="")
    assert compose(draft).qr is None
