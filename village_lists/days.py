"""Days: which day an instant falls on in China, and which days people work (Saturdays and Sundays apart)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
FRIDAY = 4
LONGEST_HOLIDAY = 60
"""So many days off in a row nobody registers; past them a day counts as worked, so that counting ends."""


def china_day(moment: datetime) -> date:
    """Return the day in China of an instant, which knows its zone."""
    return moment.astimezone(CHINA).date()


@dataclass(frozen=True, kw_only=True)
class WorkingDays:
    """Which days are worked: Monday to Friday without the days off, and the make-up days (补班).

    `known_years` are those whose days off are registered; in any other year only weekends count.
    """

    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Say whether the day is worked; a make-up day is, even where it stands among the days off too."""
        if day in self.make_up_days:
            return True
        return day.weekday() <= FRIDAY and day not in self.days_off

    def next_working(self, day: date) -> date:
        """Return the day itself where it is worked, else the next one that is."""
        found = day
        while not self.is_working(found) and (found - day).days < LONGEST_HOLIDAY:
            found += DAY
        return found

    def plus(self, day: date, count: int) -> date:
        """Return the `count`th working day after a day, which is not counted itself; the day itself for 0."""
        for _ in range(count):
            day = self.next_working(day + DAY)
        return day

    def off_between(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days that are not worked from the first to the last, both looked at."""
        return tuple(day for day in days_through(first, last) if not self.is_working(day))

    def count_between(self, first: date, last: date) -> int:
        """Return how many days are worked from the first to the last, both looked at."""
        return sum(self.is_working(day) for day in days_through(first, last))

    def unknown_between(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years from the first day to the last whose days off nobody registered."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.known_years)


def days_through(first: date, last: date) -> Iterator[date]:
    """Yield every day from the first to the last; nothing where the last lies before."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
