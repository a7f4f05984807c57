"""The month, quarter, half-year, year or day to which an account or a posting belongs."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from village_lists.errors import Refusal
from village_lists.markers import N_

FIRST_YEAR, LAST_YEAR = 1900, 2999
WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


class PeriodUnreadable(Refusal):
    """What was written is no month."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One calendar month, earlier before later; ValueError outside the years 1900 to 2999 or the months 1 to 12."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month that does not exist; that is a fault of the caller, not of a person."""
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read 2026-09; PeriodUnreadable for anything else."""
        found = WRITTEN.fullmatch(written)
        try:
            if found:
                return cls(int(found[1]), int(found[2]))
        except ValueError:
            pass
        raise PeriodUnreadable(N_("「%(written)s」不是月份，请写成2026-09这样。"), written=written)

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month in which the day lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """Return 2026-09, as in addresses and files."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        """Return 2026年9月, as on the sheets."""
        return f"{self.year}年{self.month}月"

    @property
    def next(self) -> Self:
        """Return the following month; ValueError past the last year."""
        return self.plus(1)

    @property
    def previous(self) -> Self:
        """Return the month before; ValueError past the first year."""
        return self.plus(-1)

    @property
    def first_day(self) -> date:
        """Return the first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Return the last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Self:
        """Return the month so many months later, or earlier if negative; ValueError outside the years."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def through(self, last: "Period") -> Iterator[Self]:
        """Yield this month and every following one up to and with `last`; nothing if `last` lies before."""
        for months in range((last.year - self.year) * 12 + last.month - self.month + 1):
            yield self.plus(months)


class Cadence(StrEnum):
    """How often something is posted; EVENT: each time it happens, on the day it happened."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    EVENT = "event"


MONTHS_IN = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}
_SPANS = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|-Q(?P<quarter>[1-4])|-H(?P<half>[12]))?"
)
HALVES = {1: "上半年", 2: "下半年"}


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The stretch of days a posting is about, both ends counted; ordered by its last day, then by its first.

    Written 2026-09 (month), 2026-Q3, 2026-H1, 2026 (year) or 2026-09-12 (the day of an event).
    """

    last_day: date
    first_day: date
    cadence: Cadence

    @classmethod
    def of(cls, cadence: Cadence, day: date) -> Self:
        """Return the month, quarter, half-year or year in which the day lies; for an event the day itself."""
        if cadence is Cadence.EVENT:
            return cls(last_day=day, first_day=day, cadence=cadence)
        length = MONTHS_IN[cadence]
        first = Period(day.year, (day.month - 1) // length * length + 1)
        return cls(last_day=first.plus(length - 1).last_day, first_day=first.first_day, cadence=cadence)

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read what `str` writes; PeriodUnreadable for anything else."""
        found = _SPANS.fullmatch(written)
        try:
            if found:
                return cls._read(found)
        except ValueError:
            pass
        raise PeriodUnreadable(
            N_("「%(written)s」不是期间，请写成2026-09、2026-Q3、2026-H1、2026或2026-09-12这样。"), written=written
        )

    @classmethod
    def _read(cls, found: re.Match[str]) -> Self:
        year = int(found["year"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"no such year: {year}")
        if found["day"]:
            return cls.of(Cadence.EVENT, date(year, int(found["month"]), int(found["day"])))
        if found["month"]:
            return cls.of(Cadence.MONTH, date(year, int(found["month"]), 1))
        if found["quarter"]:
            return cls.of(Cadence.QUARTER, date(year, int(found["quarter"]) * 3, 1))
        if found["half"]:
            return cls.of(Cadence.HALF_YEAR, date(year, int(found["half"]) * 6, 1))
        return cls.of(Cadence.YEAR, date(year, 1, 1))

    def __str__(self) -> str:
        """Return how it stands in addresses, files and tables."""
        first = self.first_day
        if self.cadence is Cadence.EVENT:
            return first.isoformat()
        if self.cadence is Cadence.MONTH:
            return f"{first.year:04d}-{first.month:02d}"
        if self.cadence is Cadence.QUARTER:
            return f"{first.year:04d}-Q{first.month // 3 + 1}"
        if self.cadence is Cadence.HALF_YEAR:
            return f"{first.year:04d}-H{first.month // 6 + 1}"
        return f"{first.year:04d}"

    @property
    def words(self) -> str:
        """Return 2026年9月, 2026年第3季度, 2026年上半年, 2026年 or 2026年9月12日, as on the sheets."""
        first = self.first_day
        if self.cadence is Cadence.EVENT:
            return f"{first.year}年{first.month}月{first.day}日"
        if self.cadence is Cadence.MONTH:
            return f"{first.year}年{first.month}月"
        if self.cadence is Cadence.QUARTER:
            return f"{first.year}年第{first.month // 3 + 1}季度"
        if self.cadence is Cadence.HALF_YEAR:
            return f"{first.year}年{HALVES[first.month // 6 + 1]}"
        return f"{first.year}年"

    @property
    def next(self) -> Self:
        """Return the following stretch of the same length; for an event the next day."""
        return type(self).of(self.cadence, self.last_day + timedelta(days=1))

    @property
    def previous(self) -> Self:
        """Return the stretch of the same length before; for an event the day before."""
        return type(self).of(self.cadence, self.first_day - timedelta(days=1))

    def through(self, last: "Span") -> Iterator[Self]:
        """Yield this stretch and every following one up to and with `last`; nothing if `last` lies before."""
        current = self
        while current <= last:
            yield current
            current = current.next
