"""Which row of the rule book wins."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from village_lists.places.models import Level

NEARNESS = [Level.NATIONAL, Level.PROVINCE, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE]


class Row(Protocol):
    """What is asked of a row: its level and its dates."""

    level: Level
    valid_from: date
    valid_until: date | None


Chosen = TypeVar("Chosen", bound=Row)


def nearest(rows: Sequence[Chosen], *, on: date) -> Chosen | None:
    """Return the valid row of the nearest level; of two at one level the later beginning wins."""
    valid = [row for row in rows if row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)]
    return max(valid, key=lambda row: (NEARNESS.index(row.level), row.valid_from), default=None)
