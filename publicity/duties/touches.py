"""Which due days a change of the rule book would move: the next months, by village and set of books."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from publicity.duties.rules import due_on
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.rulebook.queries import RuleTable

MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class DueMove:
    """A month whose due day moves for these sets of books (names of their bodies); None: nothing is, or was, due."""

    period: Period
    before: date | None
    after: date | None
    bodies: tuple[str, ...]


def due_moves(
    *, key: str, before: RuleTable, after: RuleTable, villages: Sequence[Place], since: date, count: int = MONTHS
) -> tuple[DueMove, ...]:
    """Return what moves of the first `count` months that the day `since` can still reach, earliest first.

    A month's due day is asked on the first of the month after it (publicity.duties.queries), so a rule that begins
    later than that leaves it as it is.
    """
    moved: defaultdict[tuple[Period, date | None, date | None], list[str]] = defaultdict(list)
    first = Period.of(since).previous if since.day == 1 else Period.of(since)
    for period in first.through(first.plus(count - 1)):
        for village in villages:
            old, new = _due(before, key, village, period), _due(after, key, village, period)
            if old != new:
                moved[period, old, new] += [body.name for body in village.bodies if body.keeps_books]
    return tuple(
        DueMove(period=period, before=old, after=new, bodies=tuple(bodies))
        for (period, old, new), bodies in sorted(moved.items(), key=lambda each: each[0][0])
        if bodies
    )


def _due(table: RuleTable, key: str, village: Place, period: Period) -> date | None:
    answer = table.answer(key=key, place=village, on=period.next.first_day)
    return due_on(period, rule_day=int(answer.value)) if answer else None
