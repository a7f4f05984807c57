"""Which day an instant falls on: villages live by the clock of China, whatever zone a server keeps."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def china_day(moment: datetime) -> date:
    """Return the day in China of an instant, which knows its zone."""
    return moment.astimezone(CHINA).date()
