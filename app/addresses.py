"""The typed parts of addresses: division codes, months, record numbers, printed codes."""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError

from village_lists.periods import Period, PeriodUnreadable, Span

LARGEST = 2**31 - 1
"""The largest number that a row may have."""


class NumberConverter(IntegerConverter):
    """A number of something kept: what no row could have does not match."""

    def to_python(self, value: str) -> int:
        """Return the number, or do not match for one that no database takes."""
        try:
            return row_number(value)
        except ValueError as wrong:
            raise ValidationError from wrong


def row_number(text: str) -> int:
    """Return a number that was sent; raise ValueError for none, and for one that no row could have."""
    found = int(text[:20])
    if not 0 <= found <= LARGEST:
        raise ValueError(text)
    return found


class VillageCode(BaseConverter):
    """Twelve digits."""

    regex = r"\d{12}"


class TownshipCode(BaseConverter):
    """Nine digits."""

    regex = r"\d{9}"


class CountyCode(BaseConverter):
    """Six digits."""

    regex = r"\d{6}"


class RuleKeyConverter(BaseConverter):
    """The key of a rule of the rule book, such as display.days: words joined by dots, two at least."""

    regex = r"[a-z][a-z0-9_]{0,39}(?:\.[a-z0-9_]{1,40}){1,4}"


class MonthConverter(BaseConverter):
    """A month as yyyy-mm; gives a Period."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Period:
        """Return the Period, or do not match for month 00 or 13."""
        try:
            return Period.parse(value)
        except PeriodUnreadable as wrong:
            raise ValidationError from wrong

    def to_url(self, value: object) -> str:
        """Return yyyy-mm."""
        return str(value)


class SpanConverter(BaseConverter):
    """A stretch of days as 2026-09, 2026-Q3, 2026-H1, 2026 or 2026-09-12; gives a Span."""

    regex = r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|Q[1-4]|H[12]))?"

    def to_python(self, value: str) -> Span:
        """Return the Span, or do not match for month 13 or the 31st of June."""
        try:
            return Span.parse(value)
        except PeriodUnreadable as wrong:
            raise ValidationError from wrong

    def to_url(self, value: object) -> str:
        """Return it as it is written."""
        return str(value)


class BodyConverter(BaseConverter):
    """committee or collective."""

    regex = "committee|collective"


class KeyConverter(BaseConverter):
    """The random name of something unpublished: 16 letters and digits."""

    regex = "[a-z2-7]{16}"


class ItemCode(BaseConverter):
    """The code of an item of a list."""

    regex = r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}"


def init_addresses(app: Flask) -> None:
    """Make the typed parts known to the router."""
    app.url_map.converters.update(
        int=NumberConverter,
        village=VillageCode,
        township=TownshipCode,
        county=CountyCode,
        rule=RuleKeyConverter,
        month=MonthConverter,
        span=SpanConverter,
        body=BodyConverter,
        key=KeyConverter,
        item=ItemCode,
    )
