"""What residents read about duties: how each month of accounts stands, without showing what is being reviewed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.duties.queries import Cell, accounts_cells, months_before
from publicity.duties.rules import Standing
from publicity.ledgers.queries import starting_balance
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.places.models import Place

YEAR = 12
SHAPES = {
    Standing.MET: "good",
    Standing.LATE: "late",
    Standing.MISSING: "missing",
    Standing.WAITING: "waiting",
    Standing.UPCOMING: "waiting",
    Standing.BEFORE: "waiting",
}
WORDS = {
    Standing.MET: N_("按时公开"),
    Standing.LATE: N_("迟公开 %(days)s 天"),
    Standing.MISSING: N_("应公开未公开，已过期 %(days)s 天"),
    Standing.WAITING: N_("还没到公开期限"),
    Standing.UPCOMING: N_("还没到公开期限"),
    Standing.BEFORE: N_("启用明白栏以前的月份"),
}


@dataclass(frozen=True, kw_only=True)
class MonthState:
    """How one body's month stands: `shape` is good, late, missing or waiting; `words` has the gap `days`."""

    period: Period
    body_kind: str
    body_name: str
    shape: str
    words: str
    days: int
    due: date | None
    basis: str
    published_on: date | None
    was_corrected: bool

    @property
    def is_public(self) -> bool:
        """Say whether the month can be read."""
        return self.published_on is not None


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """One month of a village with the state of each of its books."""

    period: Period
    states: tuple[MonthState, ...]


def month_rows(session: Session, *, village: Place, on: date, count: int = YEAR) -> list[MonthRow]:
    """Return the village's ended months, newest first, from the first that Mingbai knows of; at most `count`.

    A village that never posted anything still owes the month that ended last. Without rules there is nothing due.
    """
    months = months_before(on, count)
    try:
        cells = accounts_cells(session, villages=[village], periods=months, on=on)
    except Refusal:
        return []
    bodies = sorted((body for body in village.bodies if body.keeps_books), key=lambda body: body.kind, reverse=True)
    begins = [cell.period for cell in cells.values() if cell.published_on]
    for body in village.bodies:
        start = starting_balance(session, body=body)
        if start is not None:
            begins.append(Period.parse(start.period))
    first = min([*begins, months[-1]])
    return [
        MonthRow(
            period=month,
            states=tuple(_state(cells[body.id, str(month)]) for body in bodies),
        )
        for month in reversed(months)
        if month >= first
    ]


def month_states(session: Session, *, village: Place, period: Period, on: date) -> tuple[MonthState, ...]:
    """Return how a month stands for each of the village's books; nothing for a month that has not ended."""
    if period.last_day >= on:
        return ()
    try:
        cells = accounts_cells(session, villages=[village], periods=[period], on=on)
    except Refusal:
        return ()
    return tuple(_state(cell) for cell in cells.values())


def _state(cell: Cell) -> MonthState:
    return MonthState(
        period=cell.period,
        body_kind=cell.body_kind,
        body_name=cell.body_name,
        shape=SHAPES[cell.standing],
        words=WORDS[cell.standing],
        days=cell.days_late,
        due=cell.due,
        basis=cell.rule.basis if cell.rule else "",
        published_on=cell.published_on,
        was_corrected=cell.was_corrected,
    )
