"""How a month of accounts stands: on time, late, missing, waiting. A month is judged once it has ended."""

import calendar
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class DueRule:
    """The day of the next month by which accounts are due, and the row that says so."""

    day: int
    basis: str
    level: str
    is_sample: bool


def due_on(period: Period, *, rule_day: int) -> date:
    """Return the day by which the accounts of a month are due: that day of the next month, or its last day."""
    following = period.next
    last = calendar.monthrange(following.year, following.month)[1]
    return date(following.year, following.month, min(rule_day, last))


def standing(*, due: date, first_published_on: date | None, is_in_review: bool, on: date) -> Standing:
    """Return how a month stands on a day; a posting counts by the day of its first publication.

    In review but not yet due: waiting. Past due and unpublished: missing, whether in review or not.
    """
    if first_published_on is not None:
        return Standing.MET if first_published_on <= due else Standing.LATE
    if on > due:
        return Standing.MISSING
    return Standing.WAITING if is_in_review else Standing.UPCOMING
