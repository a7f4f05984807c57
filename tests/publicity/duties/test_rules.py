"""How a month stands: the day it was due counts as on time; what no rule demands is never late."""

from datetime import date

import pytest

from publicity.duties.rules import Standing, days_late, due_on, standing, unit_of
from village_lists.days import WorkingDays
from village_lists.periods import Span
from village_lists.rulebook.catalog import Unit

DUE = date(2026, 10, 10)


def stands(**given: object) -> Standing:
    """Return how a month due on 10 October stands on 20 October, unless said otherwise."""
    usual = {
        "due": DUE,
        "first_published_on": None,
        "is_in_review": False,
        "is_before_start": False,
    }
    return standing(**{**usual, "on": date(2026, 10, 20), **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"first_published_on": DUE}, Standing.MET),
        ({"first_published_on": date(2026, 10, 11)}, Standing.LATE),
        ({}, Standing.MISSING),
        ({"is_in_review": True}, Standing.MISSING),
        ({"is_in_review": True, "on": DUE}, Standing.WAITING),
        ({"on": DUE}, Standing.UPCOMING),
        ({"is_before_start": True}, Standing.BEFORE),
        ({"is_before_start": True, "first_published_on": DUE}, Standing.MET),
        ({"due": None}, Standing.UPCOMING),
        ({"due": None, "first_published_on": date(2026, 12, 1)}, Standing.MET),
    ],
)
def test_how_a_month_stands(given, expected):
    assert stands(**given) == expected


@pytest.mark.parametrize(
    ("month", "day", "due"),
    [
        ("2026-09", 10, DUE),
        ("2026-01", 31, date(2026, 2, 28)),
        ("2026-12", 5, date(2027, 1, 5)),
    ],
)
def test_a_month_is_due_in_the_next_one(month, day, due):
    assert due_on(Span.parse(month), unit=Unit.DAY_OF_MONTH, count=day, days=WorkingDays()).day == due


def test_days_late_count_to_the_posting_or_to_today():
    assert days_late(due=DUE, first_published_on=date(2026, 10, 13), on=date(2026, 11, 1)) == 3
    assert days_late(due=DUE, first_published_on=None, on=date(2026, 10, 20)) == 10
    assert days_late(due=DUE, first_published_on=date(2026, 10, 1), on=date(2026, 10, 20)) == 0
    assert days_late(due=None, first_published_on=None, on=date(2026, 10, 20)) == 0


def test_a_due_day_that_is_no_working_day_stays_or_moves():
    days = WorkingDays(known_years=frozenset({2026}))
    kept = due_on(Span.parse("2026-09"), unit=Unit.DAY_OF_MONTH, count=10, days=days)
    moved = due_on(Span.parse("2026-09"), unit=Unit.DAY_OF_MONTH, count=10, days=days, moves_on=True)
    assert (kept.day, kept.jumped, kept.moved_from) == (date(2026, 10, 10), (), None)
    assert (moved.day, moved.moved_from) == (date(2026, 10, 12), date(2026, 10, 10))
    assert moved.jumped == (date(2026, 10, 10), date(2026, 10, 11))


def test_a_year_that_nobody_registered_is_told():
    days = WorkingDays(known_years=frozenset({2026}))
    due = due_on(Span.parse("2026-12"), unit=Unit.WORKING_DAYS, count=10, days=days)
    assert (due.day, due.unknown_years) == (date(2027, 1, 14), (2027,))
    assert due_on(Span.parse("2026-12"), unit=Unit.DAYS, count=10, days=days).unknown_years == ()


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("due.finance.monthly.day", Unit.DAY_OF_MONTH),
        ("due.major.days", Unit.DAYS),
        ("due.working_days.anything", Unit.WORKING_DAYS),
        ("due.days.anything", Unit.DAYS),
        ("unheard.of", Unit.DAY_OF_MONTH),
    ],
)
def test_the_unit_of_a_due_rule(key, unit):
    assert unit_of(key) is unit


def test_taken_down_early_and_extended():
    assert stands(first_published_on=DUE, is_withdrawn_early=True) == Standing.WITHDRAWN_EARLY
    assert stands(extended_until=date(2026, 10, 20)) == Standing.EXTENDED
    assert stands(extended_until=date(2026, 10, 19)) == Standing.MISSING
    assert stands(first_published_on=date(2026, 10, 15), extended_until=date(2026, 10, 19)) == Standing.MET
