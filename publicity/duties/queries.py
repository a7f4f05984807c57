"""Questions about duties: the township's table of months, and one village's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS, Category
from publicity.duties.rules import Standing, days_late, due_on, standing
from publicity.ledgers.models import StartingBalance
from publicity.records.models import Record, State, Version
from publicity.records.queries import category
from village_lists.days import china_day
from village_lists.periods import Period
from village_lists.places.models import Body, Place
from village_lists.rulebook.queries import Answer, rules_for

IN_REVIEW = frozenset({State.SUBMITTED, State.APPROVED, State.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How one body's month stands, and what says so.

    `due` and `rule` are None where the rule book had no valid row; `state` is that of the newest version, None where
    nothing was begun; `record` is the public number, None where there is no record; `days_late` counts to `on`
    for a month still missing.
    """

    village: str
    village_name: str
    body: int
    body_kind: str
    body_name: str
    period: Period
    due: date | None
    standing: Standing
    rule: Answer | None
    published_on: date | None
    was_corrected: bool
    state: State | None
    record: int | None
    days_late: int


@dataclass(frozen=True, kw_only=True)
class _Posted:
    """What the database says of a record: its number, the newest version's state, the days of publication."""

    number: int
    state: State
    published: tuple[date, ...]


def months_before(on: date, count: int) -> list[Period]:
    """Return the last `count` months that have ended, oldest first."""
    last = Period.of(on).previous
    return list(last.plus(1 - count).through(last))


def accounts_cells(
    session: Session, *, villages: Sequence[Place], periods: Sequence[Period], on: date
) -> dict[tuple[int, str], Cell]:
    """Return how every body's month stands, by (body id, yyyy-mm).

    Six statements at most, whatever the number of villages and months; the villages bring their bodies.
    A body without a starting balance owes every month.
    """
    kind = category(session, code=ACCOUNTS)
    rules = rules_for(session, keys=[kind.due_rule], places=villages)
    posted = _posted(session, villages, periods)
    starts = _starts(session, villages)
    return {
        (body.id, str(period)): _cell(
            rules.answer(key=kind.due_rule, place=village, on=period.next.first_day),
            village,
            body,
            period,
            posted.get((body.id, str(period))),
            is_before_start=str(period) < starts.get(body.id, ""),
            on=on,
        )
        for village in villages
        for body in village.bodies
        if body.keeps_books
        for period in periods
    }


def _starts(session: Session, villages: Sequence[Place]) -> dict[int, str]:
    """Return the month from which each body's books were begun here, yyyy-mm by body id."""
    bodies = [body.id for village in villages for body in village.bodies]
    rows = session.execute(
        select(StartingBalance.body_id, StartingBalance.period).where(StartingBalance.body_id.in_(bodies))
    )
    return {body_id: period for body_id, period in rows}  # noqa: C416 - dict() of rows has no types


def _posted(session: Session, villages: Sequence[Place], periods: Sequence[Period]) -> dict[tuple[int, str], _Posted]:
    rows = session.execute(
        select(Record.body_id, Record.period, Record.number, Version.state, Version.published_at)
        .join(Record.category)
        .join(Record.versions)
        .where(
            Category.code == ACCOUNTS,
            Record.village_id.in_([village.id for village in villages]),
            Record.period.in_([str(period) for period in periods]),
        )
        .order_by(Version.number)
    ).all()
    found: dict[tuple[int, str], _Posted] = {}
    for body_id, period, number, state, published_at in rows:
        former = found.get((body_id, period))
        days = former.published if former else ()
        days += (_day(published_at),) if published_at else ()
        found[body_id, period] = _Posted(number=number, state=state, published=days)
    return found


def _cell(
    answer: Answer | None,
    village: Place,
    body: Body,
    period: Period,
    posted: _Posted | None,
    *,
    is_before_start: bool,
    on: date,
) -> Cell:
    due = due_on(period, rule_day=int(answer.value)) if answer else None
    published = posted.published if posted else ()
    first = min(published, default=None)
    in_review = posted is not None and posted.state in IN_REVIEW
    return Cell(
        village=village.code,
        village_name=village.name,
        body=body.id,
        body_kind=body.kind.value,
        body_name=body.name,
        period=period,
        due=due,
        standing=standing(
            due=due, first_published_on=first, is_in_review=in_review, is_before_start=is_before_start, on=on
        ),
        rule=answer,
        published_on=first,
        was_corrected=len(published) > 1,
        state=posted.state if posted else None,
        record=posted.number if posted else None,
        days_late=0 if is_before_start else days_late(due=due, first_published_on=first, on=on),
    )


def _day(moment: datetime) -> date:
    return china_day(moment)
