"""How a month of accounts stands: on time, late, missing, waiting. A month is judged once it has ended."""

import calendar
from datetime import date
from enum import StrEnum

from village_lists.periods import Period


class Standing(StrEnum):
    """How a due posting stands."""

    MET = "met"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    UPCOMING = "upcoming"
    BEFORE = "before"


def due_on(period: Period, *, rule_day: int) -> date:
    """Return the day by which the accounts of a month are due: that day of the next month, or its last day."""
    following = period.next
    last = calendar.monthrange(following.year, following.month)[1]
    return date(following.year, following.month, min(rule_day, last))


def standing(
    *, due: date | None, first_published_on: date | None, is_in_review: bool, is_before_start: bool, on: date
) -> Standing:
    """Return how a month stands on a day; a posting counts by the day of its first publication.

    In review but not yet due: waiting. Past due and unpublished: missing, whether in review or not.
    Where no rule was valid (due None) nothing is late and nothing missing; nor is a month before the one
    from which the books were begun here, though it is told apart.
    """
    if first_published_on is not None:
        return Standing.MET if due is None or first_published_on <= due else Standing.LATE
    if is_before_start:
        return Standing.BEFORE
    if due is not None and on > due:
        return Standing.MISSING
    return Standing.WAITING if is_in_review else Standing.UPCOMING


def days_late(*, due: date | None, first_published_on: date | None, on: date) -> int:
    """Return by how many days a posting came, or still is, after its day; 0 where it is not late."""
    return max(0, ((first_published_on or on) - due).days) if due else 0
