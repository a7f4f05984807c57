"""By when a posting is due, and how it stands: on time, late, missing, extended, taken down early. Pure computing."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from village_lists.days import WorkingDays
from village_lists.periods import Period, Span
from village_lists.rulebook.catalog import Unit, catalog

MOVES_ON = "next"
"""The value of `due.when_day_off` that moves a due day which is no working day to the next one; else it stays."""


class Standing(StrEnum):
    """How a due posting stands."""

    MET = "met"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    UPCOMING = "upcoming"
    BEFORE = "before"
    EXTENDED = "extended"
    WITHDRAWN_EARLY = "withdrawn_early"


@dataclass(frozen=True, kw_only=True)
class DueDay:
    """The last day for a posting, and how it came about.

    `count` in `unit` (the day of the month, or so many days or working days after `counted_from`, the last day of the
    period or the day of the event). `jumped`: the days off in between that were not counted (working days only).
    `moved_from`: the day it would have been, where that was no working day; then `jumped` are those it moved over.
    `unknown_years`: years whose days off nobody registered, where the answer rests on them.
    """

    day: date
    unit: Unit
    count: int
    counted_from: date
    jumped: tuple[date, ...] = ()
    moved_from: date | None = None
    unknown_years: tuple[int, ...] = ()


def unit_of(key: str) -> Unit:
    """Return the unit of a due rule: as the catalog says, else as the key's words say (due.days.anything: days)."""
    entry = catalog().entry(key)
    if entry is not None:
        return entry.unit
    words = key.split(".")
    if "working_days" in words:
        return Unit.WORKING_DAYS
    return Unit.DAYS if "days" in words else Unit.DAY_OF_MONTH


def due_on(span: Span | Period, *, unit: Unit, count: int, days: WorkingDays, moves_on: bool = False) -> DueDay:
    """Return by which day a posting about the span (a month, a quarter, the day of an event …) is due.

    DAY_OF_MONTH: that day of the month after the period's end, or that month's last day. DAYS, WORKING_DAYS: the day
    after the period's end or the event is day 1. `moves_on`: a due day that is no working day moves to the next one.
    """
    end = span.last_day
    if unit is Unit.WORKING_DAYS:
        last = days.plus(end, count)
        return DueDay(
            day=last,
            unit=unit,
            count=count,
            counted_from=end,
            jumped=days.off_between(end + timedelta(days=1), last),
            unknown_years=days.unknown_between(end + timedelta(days=1), last),
        )
    planned = end + timedelta(days=count) if unit is Unit.DAYS else _day_of_next_month(end, count)
    last = days.next_working(planned) if moves_on else planned
    return DueDay(
        day=last,
        unit=unit,
        count=count,
        counted_from=end,
        jumped=days.off_between(planned, last) if last != planned else (),
        moved_from=planned if last != planned else None,
        unknown_years=days.unknown_between(planned, last) if moves_on else (),
    )


def _day_of_next_month(end: date, count: int) -> date:
    following = Period.of(end).next
    last = calendar.monthrange(following.year, following.month)[1]
    return date(following.year, following.month, min(count, last))


def standing(
    *,
    due: date | None,
    first_published_on: date | None,
    is_in_review: bool,
    is_before_start: bool,
    on: date,
    extended_until: date | None = None,
    is_withdrawn_early: bool = False,
) -> Standing:
    """Return how a posting stands on a day; it counts by the day of its first publication.

    In review but not yet due: waiting. Past due and unpublished: missing, whether in review or not. An extension that
    was granted takes the place of the due day. Where no rule was valid (due None) nothing is late and nothing missing;
    nor is a span before the one from which the books were begun here, though it is told apart.
    """
    last = last_day(due, extended_until)
    if is_withdrawn_early:
        return Standing.WITHDRAWN_EARLY
    if first_published_on is not None:
        return Standing.MET if last is None or first_published_on <= last else Standing.LATE
    if is_before_start:
        return Standing.BEFORE
    if last is not None and on > last:
        return Standing.MISSING
    if extended_until is not None:
        return Standing.EXTENDED
    return Standing.WAITING if is_in_review else Standing.UPCOMING


def last_day(due: date | None, extended_until: date | None) -> date | None:
    """Return the last day that counts: the due day, or the later one that was granted."""
    return max(due, extended_until) if due and extended_until else due


def days_late(*, due: date | None, first_published_on: date | None, on: date) -> int:
    """Return by how many days a posting came, or still is, after its day; 0 where it is not late."""
    return max(0, ((first_published_on or on) - due).days) if due else 0
