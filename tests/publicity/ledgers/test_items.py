"""All money under an item: what stands published, once, masked as the month's own page masks it."""

from datetime import date

import pytest
from sqlalchemy import event

from publicity.ledgers.items import by_month
from publicity.ledgers.pages import lines_under, money_under
from tests.factories import (
    OPENING,
    closing_of,
    make_draft,
    make_list,
    make_people,
    make_place_tree,
    make_published_ledger,
)

ROAD = ("2026-09-12", "支-1", "机耕路维修", "松坪市政工程有限公司", 0, 4_650_000, "A04")
HELPER = ("2026-09-15", "支-2", "付张阿德机耕路小工", "", 0, 120_000, "A04")
WAGES = ("2026-09-16", "支-3", "保洁员工资", "张阿德", 0, 80_000, "A10")
BACK = ("2026-09-17", "收-1", "退回工程押金", "松坪市政工程有限公司", 50_000, 0, "A04")
CLERK = ("2026-09-18", "支-4", "李国强垫付复印费", "李国强", 0, 3_260, "A04")


@pytest.fixture
def stage(session):
    """Return places and cast with the sample list adopted."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    return places, cast


def post(session, stage, period, lines, *, opening_fen=OPENING, **choices):
    """Publish a month of the collective, its vouchers numbered without gaps, and return its version."""
    places, cast = stage
    lines = [(day, f"支-{number}", *rest) for number, (day, _voucher, *rest) in enumerate(lines, start=1)]
    return make_published_ledger(
        session, body=places.collective, cast=cast, period=period, lines=lines, opening_fen=opening_fen, **choices
    )


def under(session, stage, **choices):
    """Return the lines of A04."""
    return lines_under(session, village=stage[0].stone, item_code="A04", item_name="小型工程", **choices)


def test_sums_by_year_and_in_all(session, stage):
    august = post(session, stage, "2026-08", [ROAD, WAGES])
    post(session, stage, "2026-09", [HELPER, BACK], opening_fen=closing_of(session, august))
    money = money_under(session, village=stage[0].stone, item_code="A04")
    assert (money.total.spending_fen, money.total.income_fen, money.total.count) == (4_770_000, 50_000, 3)
    assert [(one.year, one.spending_fen) for one in money.years] == [(2026, 4_770_000)]
    assert [(str(one.period), one.spending_fen, one.count) for one in money.records] == [
        ("2026-09", 120_000, 2),
        ("2026-08", 4_650_000, 1),
    ]
    assert money.year(2025).count == 0


def test_a_draft_counts_for_nothing(session, stage):
    make_draft(session, body=stage[0].collective, cast=stage[1], lines=[ROAD])
    assert not money_under(session, village=stage[0].stone, item_code="A04").records
    assert not under(session, stage)


def test_a_correction_replaces_what_it_corrects(session, stage):
    post(session, stage, "2026-09", [ROAD, HELPER])
    cheaper = (*ROAD[:5], 4_000_000, ROAD[6])
    post(session, stage, "2026-09", [cheaper, HELPER], reason="多记了钱")
    money = money_under(session, village=stage[0].stone, item_code="A04")
    assert (money.total.spending_fen, money.total.count) == (4_120_000, 2)
    assert sorted(entry.line.spending_fen for entry in under(session, stage)) == [120_000, 4_000_000]


def test_another_village_has_its_own(session, stage):
    post(session, stage, "2026-09", [ROAD])
    assert not money_under(session, village=stage[0].field, item_code="A04").records


def test_a_name_paid_on_another_line_is_covered_here_too(session, stage):
    post(session, stage, "2026-09", [HELPER, WAGES, CLERK])
    assert {entry.line.summary for entry in under(session, stage)} == {"付张*机耕路小工", "李国强垫付复印费"}


def test_who_was_not_in_office_that_month_is_covered(session, stage):
    post(session, stage, "2026-09", [CLERK])
    for one in stage[1].li.posts:
        one.ends_on = date(2026, 9, 29)
    session.flush()
    assert [(entry.line.summary, entry.line.payee) for entry in under(session, stage)] == [("李*垫付复印费", "李*")]


def test_lines_come_newest_first_in_pages(session, stage):
    august = post(session, stage, "2026-08", [ROAD, HELPER])
    post(session, stage, "2026-09", [ROAD, HELPER], opening_fen=closing_of(session, august))
    every = under(session, stage)
    days = [entry.line.day for entry in every]
    assert days == sorted(days, reverse=True)
    assert under(session, stage, skip=1, limit=2) == every[1:3]
    assert [(str(month.period), len(month.entries)) for month in by_month(every)] == [("2026-09", 2), ("2026-08", 2)]


def test_few_statements_however_many_months(session, stage):
    august = post(session, stage, "2026-08", [ROAD, HELPER])
    post(session, stage, "2026-09", [ROAD, HELPER], opening_fen=closing_of(session, august))
    session.commit()
    village = stage[0].stone
    session.refresh(village, ["bodies"])
    asked: list[str] = []
    engine = session.get_bind()

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        money_under(session, village=village, item_code="A04")
        under(session, stage)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT")]) <= 6
