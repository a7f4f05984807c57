"""The table of months from the database: nearest rule, first publication, and few statements."""

from datetime import date

from publicity.duties.queries import accounts_cells, months_before
from publicity.duties.rules import Standing
from publicity.records.models import State
from tests.publicity.duties.township import (
    add_rule,
    at_most,
    collective,
    months,
    post,
    start,
    submitted,
    township,
)
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code, villages_of

ON = date(2026, 10, 20)


def test_the_current_month_is_not_shown():
    assert [str(month) for month in months_before(date(2026, 1, 31), 3)] == [
        "2025-10",
        "2025-11",
        "2025-12",
    ]


def test_each_month_says_how_it_stands_and_why(session):
    (village,) = township(session, villages=1)
    body = collective(village)
    start(session, body, "2026-06")
    post(session, body, "2026-06", on=date(2026, 7, 10))
    post(session, body, "2026-07", on=date(2026, 8, 12))
    submitted(session, body, "2026-08", on=date(2026, 9, 8))
    cells = accounts_cells(session, villages=[village], periods=months("2026-05", "2026-09"), on=ON)
    mine = {period: cell for (of, period), cell in cells.items() if of == body.id}
    assert [cell.standing for cell in mine.values()] == [
        Standing.BEFORE,
        Standing.MET,
        Standing.LATE,
        Standing.MISSING,
        Standing.MISSING,
    ]
    assert (mine["2026-07"].days_late, mine["2026-08"].days_late) == (2, 40)
    assert (mine["2026-08"].state, mine["2026-09"].state) == (State.SUBMITTED, None)
    rule = mine["2026-09"].rule
    assert rule
    assert (rule.level, rule.place, mine["2026-09"].due) == (
        Level.TOWNSHIP,
        "松坪镇",
        date(2026, 10, 10),
    )


def test_a_village_with_two_sets_of_books_has_two_rows(session):
    villages = township(session, villages=2)
    cells = accounts_cells(session, villages=villages, periods=months("2026-09", "2026-09"), on=ON)
    assert [cell.body_kind for cell in cells.values()] == [
        "collective",
        "committee",
    ] * 2


def test_the_nearest_rule_wins_for_its_village_alone(session):
    near, other = township(session, villages=2)
    add_rule(session, day=25, level=Level.VILLAGE, place=near, since=date(2026, 1, 1))
    add_rule(session, day=5, level=Level.NATIONAL, place=None, since=date(2020, 1, 1))
    cells = accounts_cells(session, villages=[near, other], periods=months("2025-11", "2026-09"), on=ON)
    assert cells[collective(near).id, "2026-09"].due == date(2026, 10, 25)
    assert cells[collective(other).id, "2026-09"].due == date(2026, 10, 10)
    assert cells[collective(near).id, "2025-11"].due == date(2025, 12, 5), "the township's row was not valid then"


def test_where_no_rule_is_valid_nothing_is_missing(session):
    (village,) = township(session, villages=1)
    cells = accounts_cells(session, villages=[village], periods=months("2025-06", "2025-06"), on=ON)
    cell = cells[collective(village).id, "2025-06"]
    assert (cell.due, cell.rule, cell.standing) == (None, None, Standing.UPCOMING)


def test_many_villages_need_no_more_statements_than_one(session):
    villages = township(session, villages=60)
    for village in villages[:3]:
        start(session, collective(village), "2026-09")
        post(session, collective(village), "2026-09", on=date(2026, 10, 2))
    session.commit()
    session.expire_all()
    town = place_by_code(session, code="330299101", level=Level.TOWNSHIP)
    assert town
    villages = villages_of(session, township=town)
    with at_most(session, statements=11):
        cells = accounts_cells(session, villages=villages, periods=months("2025-11", "2026-09"), on=ON)
    assert len(cells) == 60 * 2 * 11
