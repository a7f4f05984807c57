"""The month to which an account or a posting belongs."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
