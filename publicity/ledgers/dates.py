"""Reads one date as clerks write it; the year and month of the ledger complete what is left out."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from publicity.ledgers.problems import Unreadable
from publicity.ledgers.wording import plain, with_digits
from village_lists.exchange.grids import Cell, Value
from village_lists.markers import N_

OPEN_DAY = N_(
    "第 %(row)s 行 %(column)s 列：看不出“%(found)s”是哪年哪月，请在标题写明年月，或填写完整日期，例如 2026-09-03"
)
_FULL = re.compile(r"(\d{4}|\d{2})(?:年|[-./,])(\d{1,2})(?:月|[-./,])(\d{1,2})[日号]?(?:\d{1,2}:\d{2}(?::\d{2})?.*)?")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_SHORT = re.compile(r"(\d{2})(\d{2})")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_SERIALS = range(36_526, 73_051)  # 2000-01-01 to 2099-12-31


@dataclass(frozen=True)
class Known:
    """What the title says: year and month, each None if it does not."""

    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Written:
    """The parts of a date as far as they are written."""

    year: int | None
    month: int | None
    day: int


def read_date(cell: Cell, known: Known) -> date:
    """Return the date of a non-blank cell; raises `Unreadable` for no such day and for what is no date."""
    return complete(written_date(cell.value, cell.text), known)


def written_date(value: Value, text: str = "") -> Written:
    """Return what a cell says of a date; raises `Unreadable`. A number is a serial, 20260903, 9.3 or a day alone."""
    if isinstance(value, date):
        return Written(value.year, value.month, value.day)
    if isinstance(value, int) and value in _SERIALS:
        return _of_serial(value)
    if isinstance(value, float) and int(value) in _SERIALS:
        return _of_serial(int(value))
    if not isinstance(value, str):
        # A number is read as it is shown: 9.1 in the format 0.00 is 9.10.
        value = text or str(value)
    written = with_digits(plain(value)).lstrip("'")
    for pattern in (_FULL, _COMPACT):
        if found := pattern.fullmatch(written):
            year, month, day = (int(part) for part in found.groups())
            return Written(year + 2000 if year < 100 else year, month, day)
    if written.isdigit() and int(written) in _SERIALS:
        return _of_serial(int(written))
    if found := _MONTH_DAY.fullmatch(written) or _SHORT.fullmatch(written):
        return Written(None, int(found[1]), int(found[2]))
    if found := _DAY.fullmatch(written):
        return Written(None, None, int(found[1]))
    raise Unreadable(N_("第 %(row)s 行 %(column)s 列：“%(found)s”不是日期，请填写日期，例如 2026-09-03"))


def complete(written: Written, known: Known) -> date:
    """Return the day, completed by what the title says; raises `Unreadable` when it stays open or does not exist."""
    month = written.month if written.month is not None else known.month
    year = written.year if written.year is not None else known.year
    if year is None or month is None:
        raise Unreadable(OPEN_DAY)
    try:
        return date(year, month, written.day)
    except ValueError as error:
        raise Unreadable(N_("第 %(row)s 行 %(column)s 列：“%(found)s”这一天不存在，请改成真实的日期")) from error


def could_be_tenfold(cell: Cell) -> bool:
    """Tell whether a number such as 9.1 may have been typed as 9.10, since spreadsheets drop the last nought."""
    return isinstance(cell.value, float) and bool(re.fullmatch(r"\d{1,2}\.[123]", cell.text))


def _of_serial(serial: int) -> Written:
    day = date(1899, 12, 30) + timedelta(days=serial)
    return Written(day.year, day.month, day.day)
