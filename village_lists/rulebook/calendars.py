"""Working days of a place, from the days off (放假) and make-up days (补班) that the rule book registers by year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from village_lists.days import WorkingDays
from village_lists.places.models import Place
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.queries import RuleTable, rules_for
from village_lists.rulebook.rules import nearest

DAYS_OFF = "calendar.days_off"
MAKE_UP_DAYS = "calendar.make_up_days"
CALENDAR_KEYS = (DAYS_OFF, MAKE_UP_DAYS)


def calendar_for(rules: RuleTable | Session, *, place: Place) -> WorkingDays:
    """Return the working days of a place, all years that anybody registered for it.

    From a table of rules that holds CALENDAR_KEYS no statement, from a session three. On each day the nearest valid row
    that says anything about that year counts: a county's row of this year does not hide the province's of the next.
    """
    table = rules if isinstance(rules, RuleTable) else rules_for(rules, keys=CALENDAR_KEYS, places=[place])
    off = _by_year(table.rows(key=DAYS_OFF, place=place))
    made_up = _by_year(table.rows(key=MAKE_UP_DAYS, place=place))
    return WorkingDays(days_off=_named(off), make_up_days=_named(made_up), known_years=frozenset(off))


Dated = tuple[RuleRow, frozenset[date]]


def _by_year(rows: Sequence[RuleRow]) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = {}
    for row in rows:
        days = frozenset(date.fromisoformat(str(day)) for day in row.value["value"])
        for year in {day.year for day in days}:
            found.setdefault(year, []).append((row, days))
    return found


def _named(years: dict[int, list[Dated]]) -> frozenset[date]:
    named = set()
    for year, rows in years.items():
        for day in {day for _, days in rows for day in days if day.year == year}:
            chosen = nearest([row for row, _ in rows], on=day)
            named |= {day for row, days in rows if row is chosen and day in days}
    return frozenset(named)
