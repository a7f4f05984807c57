"""Working days: weekends, days off, make-up days, and years that nobody registered."""

from datetime import date

import pytest

from village_lists.days import WorkingDays
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code
from village_lists.rulebook.calendars import CALENDAR_KEYS, calendar_for
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.queries import rules_for

OCTOBER = frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7))
DAYS = WorkingDays(
    days_off=OCTOBER, make_up_days=frozenset({date(2026, 9, 27), date(2026, 10, 10)}), known_years=frozenset({2026})
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 3), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 9, 27), True),
    ],
)
def test_which_days_are_worked(day, expected):
    assert DAYS.is_working(day) is expected


def test_counting_jumps_over_holidays_and_counts_make_up_days():
    # 8, 9, 10 (made up), 12 October.
    assert DAYS.plus(date(2026, 9, 30), 4) == date(2026, 10, 12)
    assert DAYS.plus(date(2026, 9, 30), 0) == date(2026, 9, 30)
    assert DAYS.next_working(date(2026, 10, 1)) == date(2026, 10, 8)
    assert DAYS.next_working(date(2026, 10, 10)) == date(2026, 10, 10)
    assert len(DAYS.off_between(date(2026, 10, 1), date(2026, 10, 11))) == 8
    assert DAYS.count_between(date(2026, 10, 8), date(2026, 10, 12)) == 4
    assert DAYS.unknown_between(date(2026, 12, 31), date(2027, 1, 2)) == (2027,)


def test_counting_ends_even_where_every_day_is_off():
    mad = WorkingDays(days_off=frozenset(date.fromordinal(739000 + day) for day in range(400)))
    assert mad.plus(date.fromordinal(739000), 2) > date.fromordinal(739000)


@pytest.fixture
def places(session) -> tuple[Place, Place]:
    """Return a county and a village in it."""
    rows = [PlaceRow(code="330299", name="宁川县"), PlaceRow(code="330299101", name="松坪镇")]
    import_places(session, rows=[*rows, PlaceRow(code="330299101201", name="上石村")])
    county = place_by_code(session, code="330299", level=Level.COUNTY)
    village = place_by_code(session, code="330299101201", level=Level.VILLAGE)
    assert county
    assert village
    return county, village


def add(session, key: str, days: list[str], since: str, until: str = "", place: Place | None = None) -> None:
    """Enter a row of a calendar for a county, or for the province."""
    session.add(
        RuleRow(
            key=key,
            level=Level.COUNTY if place else Level.PROVINCE,
            place_id=place.id if place else None,
            value={"value": days},
            valid_from=date.fromisoformat(since),
            valid_until=date.fromisoformat(until) if until else None,
        )
    )
    session.flush()


def test_the_nearest_row_of_each_year_counts(session, places):
    county, village = places
    add(session, "calendar.days_off", ["2026-05-01", "2026-10-01"], "2026-01-01")
    add(session, "calendar.days_off", ["2027-01-01", "2027-05-03"], "2027-01-01")
    add(session, "calendar.days_off", ["2026-10-01", "2026-10-02"], "2026-01-01", place=county)
    add(session, "calendar.make_up_days", ["2026-10-10"], "2026-01-01", "2026-12-31", place=county)
    days = calendar_for(session, place=village)
    assert days.is_working(date(2026, 5, 1)), "the county's row of 2026 takes the place of the province's"
    assert not days.is_working(date(2026, 10, 2))
    assert not days.is_working(date(2027, 5, 3)), "the county says nothing about 2027"
    assert days.is_working(date(2026, 10, 10))
    assert days.known_years == {2026, 2027}
    table = rules_for(session, keys=CALENDAR_KEYS, places=[village])
    assert calendar_for(table, place=village) == days


def test_a_row_counts_from_its_first_day_to_its_last(session, places):
    county, village = places
    add(session, "calendar.days_off", ["2026-04-06", "2026-10-01"], "2026-01-01", "2026-06-30", place=county)
    add(session, "calendar.days_off", ["2026-04-07", "2026-10-02"], "2026-07-01", place=county)
    days = calendar_for(session, place=village)
    assert [
        day
        for day in ("2026-04-06", "2026-04-07", "2026-10-01", "2026-10-02")
        if not days.is_working(date.fromisoformat(day))
    ] == ["2026-04-06", "2026-10-02"]


def test_without_rows_only_weekends_count_and_no_year_is_known(session, places):
    days = calendar_for(session, place=places[1])
    assert (days.is_working(date(2026, 10, 1)), days.is_working(date(2026, 10, 3))) == (True, False)
    assert not days.known_years
