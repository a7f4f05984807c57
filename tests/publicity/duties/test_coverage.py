"""The township's table: totals of rows and columns, and who is behind."""

from datetime import date

from publicity.duties.coverage import coverage
from publicity.duties.queries import accounts_cells
from tests.publicity.duties.township import collective, months, post, start, township


def test_totals_leave_out_what_was_not_due(session):
    good, bad = township(session, villages=2)
    for village in (good, bad):
        for body in village.bodies:
            start(session, body, "2026-08")
    for body in good.bodies:
        post(session, body, "2026-08", on=date(2026, 10, 9))
        post(session, body, "2026-09", on=date(2026, 10, 9))
    periods = months("2026-07", "2026-09")
    cells = accounts_cells(session, villages=[good, bad], periods=periods, on=date(2026, 10, 20))
    table = coverage(cells, periods=periods)
    assert [(row.tally.met, row.tally.judged) for row in table.rows] == [
        (1, 2),
        (1, 2),
        (0, 2),
        (0, 2),
    ]
    assert [(column.met, column.judged) for column in table.columns] == [
        (0, 0),
        (0, 4),
        (2, 4),
    ]
    assert (table.tally.met, table.tally.late, table.tally.missing, table.villages) == (
        2,
        2,
        4,
        2,
    )
    assert [row.village_name for row in table.behind] == [bad.name, bad.name]
    assert table.behind[0].missing_in_a_row == 2
    assert table.rows[0].has_sister
    assert table.rows[0].body == collective(good).id
