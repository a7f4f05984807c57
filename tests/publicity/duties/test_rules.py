"""How a month stands: the day it was due counts as on time; what no rule demands is never late."""

from datetime import date

import pytest

from publicity.duties.rules import Standing, days_late, due_on, standing
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
