"""Reads days, months and birth dates as clerks write them into 2026-09-12 and 2026-09; a missing year is the span's."""

import re
from datetime import date

from publicity.ledgers.amounts import is_dash
from publicity.ledgers.dates import Known, complete, written_date
from publicity.ledgers.problems import Unreadable
from publicity.ledgers.wording import plain, with_digits
from publicity.postings.unreadable import CellUnreadable
from village_lists.markers import N_
from village_lists.periods import Cadence, Span

NO_DAY = N_("「%(found)s」不是日期，请填写完整的年月日，例如 2026-09-12。")
NO_SUCH_DAY = N_("「%(found)s」这一天不存在，请改成真实的日期，例如 2026-09-12。")
NO_YEAR = N_("看不出「%(found)s」是哪一年，请填写完整的年月日，例如 2026-09-12。")
NO_MONTH = N_("「%(found)s」不是月份，请填写年和月，例如 2026-09。")
FIRST_YEAR, LAST_YEAR = 1900, 2100
HALF_A_YEAR = 183
_MONTH = re.compile(r"(\d{4})(?:年|[-./])?(\d{1,2})月?(?:份)?")
_MONTH_ALONE = re.compile(r"(\d{1,2})月(?:份)?")
_BIRTH = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?(?:出?生)?(?:00:00(?::00)?)?")
_BIRTH_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")


def read_day(text: str, *, span: Span | None) -> str | None:
    """Return the day as 2026-09-12, None for blanks; 9月3日 needs the span to tell the year."""
    if is_dash(text):
        return None
    try:
        written = written_date(text, text)
    except Unreadable as error:
        raise CellUnreadable(NO_DAY, found=text) from error
    try:
        day = complete(written, _known(span))
    except Unreadable as error:
        words = NO_SUCH_DAY if "不存在" in error.words else NO_YEAR
        raise CellUnreadable(words, found=text) from error
    # 12月30日 told on 5 January may be of either year.
    if written.year is None and span is not None and abs((day - span.last_day).days) > HALF_A_YEAR:
        within = span.first_day <= day <= span.last_day
        if not within:
            raise CellUnreadable(NO_YEAR, found=text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellUnreadable(NO_SUCH_DAY, found=text)
    return day.isoformat()


def _known(span: Span | None) -> Known:
    if span is None:
        return Known()
    month = span.first_day.month if span.cadence in {Cadence.MONTH, Cadence.EVENT} else None
    return Known(span.first_day.year, month)


def read_month(text: str, *, span: Span | None) -> str | None:
    """Return the month as 2026-09, None for blanks; a whole date gives its month, 9月 the span's year."""
    if is_dash(text):
        return None
    written = with_digits(plain(text)).lstrip("'")
    if found := _MONTH.fullmatch(written):
        year, month = int(found[1]), int(found[2])
    elif (found := _MONTH_ALONE.fullmatch(written)) and span is not None:
        year, month = span.first_day.year, int(found[1])
    elif found := _BIRTH.fullmatch(written):
        year, month = int(found[1]), int(found[2])
    else:
        raise CellUnreadable(NO_MONTH, found=text)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise CellUnreadable(NO_MONTH, found=text)
    return f"{year:04d}-{month:02d}"


def read_birth(text: str) -> str | None:
    """Return the day of birth as 1958-03-02, None for blanks; always with four figures of the year."""
    if is_dash(text):
        return None
    written = with_digits(plain(text)).lstrip("'")
    found = _BIRTH.fullmatch(written) or _BIRTH_COMPACT.fullmatch(written)
    if found is None:
        raise CellUnreadable(N_("「%(found)s」不是出生日期，请填写年月日，例如 1958-03-02。"), found=text)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise CellUnreadable(NO_SUCH_DAY, found=text) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellUnreadable(NO_SUCH_DAY, found=text)
    return day.isoformat()
