"""Questions about duties: the township's table of months, and one village's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.models import ACCOUNTS, Category
from publicity.duties.rules import Standing, due_on, standing
from publicity.records.models import Deed, Event, Record, State, Version
from publicity.records.queries import category
from publicity.workflow.rules import IN_REVIEW, review_due, review_order
from village_lists.periods import Period
from village_lists.places.models import Body, Place
from village_lists.rulebook.queries import Answer, rule

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How one body's month stands, and everything needed to say why.

    `waits_for` is the review it waits for (approve, confirm), "submit" for a draft, "" where nothing was begun.
    """

    village: str
    village_name: str
    body_kind: str
    body_name: str
    period: Period
    due: date
    standing: Standing
    rule: Answer
    published_on: date | None
    was_corrected: bool
    waits_for: str
    record: int | None
    events: tuple[Event, ...]
    days_late: int


def months_before(on: date, count: int) -> list[Period]:
    """Return the last `count` months that have ended, oldest first."""
    month = Period(on.year, on.month).previous
    months = [month]
    while len(months) < count:
        month = month.previous
        months.append(month)
    return months[::-1]


def accounts_cells(
    session: Session, *, villages: Sequence[Place], periods: Sequence[Period], on: date
) -> dict[tuple[int, str], Cell]:
    """Return how every body's month stands, by (body id, yyyy-mm).

    A fixed number of statements, whatever the number of villages, but for the rule book (one per village and month
    boundary at most, remembered).
    """
    bodies = [body for village in villages for body in village.bodies if body.keeps_books]
    records = session.scalars(
        select(Record)
        .join(Record.category)
        .where(
            Category.code == ACCOUNTS,
            Record.body_id.in_([body.id for body in bodies]),
            Record.period.in_([str(period) for period in periods]),
        )
        .options(selectinload(Record.versions).selectinload(Version.events))
    ).all()
    known = {(record.body_id, record.period): record for record in records}
    kind = category(session, code=ACCOUNTS)
    rules = _Rules(session, kind, on)
    cells = {}
    places = {village.id: village for village in villages}
    for body in bodies:
        village = places[body.village_id]
        for period in periods:
            cells[body.id, str(period)] = _cell(rules, village, body, period, known.get((body.id, str(period))), on)
    return cells


class _Rules:
    """The answers of the rule book, asked once for each village and month."""

    def __init__(self, session: Session, kind: Category, on: date) -> None:
        self.session, self.kind, self.on = session, kind, on
        self.due: dict[tuple[int, str], Answer] = {}
        self.order: dict[int, tuple[Deed, ...]] = {}

    def due_rule(self, village: Place, period: Period) -> Answer:
        key = (village.id, str(period))
        if key not in self.due:
            self.due[key] = rule(self.session, key=self.kind.due_rule, place=village, on=period.next.first_day)
        return self.due[key]

    def review_order(self, village: Place) -> tuple[Deed, ...]:
        if village.id not in self.order:
            answer = rule(self.session, key=self.kind.review_rule, place=village, on=self.on)
            self.order[village.id] = review_order(answer.value)
        return self.order[village.id]


def _cell(rules: _Rules, village: Place, body: Body, period: Period, record: Record | None, on: date) -> Cell:
    answer = rules.due_rule(village, period)
    due = due_on(period, rule_day=int(answer.value))
    versions = list(record.versions) if record else []
    published = [_day(version.published_at) for version in versions if version.published_at is not None]
    first = min(published, default=None)
    current = versions[-1] if versions else None
    in_review = current is not None and current.state in IN_REVIEW
    state = standing(due=due, first_published_on=first, is_in_review=in_review, on=on)
    until = first or on
    return Cell(
        village=village.code,
        village_name=village.name,
        body_kind=body.kind.value,
        body_name=body.name,
        period=period,
        due=due,
        standing=state,
        rule=answer,
        published_on=first,
        was_corrected=len(published) > 1,
        waits_for=_waits_for(rules, village, current),
        record=record.number if record else None,
        events=tuple(event for version in versions for event in version.events),
        days_late=max(0, (until - due).days),
    )


def _waits_for(rules: _Rules, village: Place, version: Version | None) -> str:
    if version is None or version.state in {State.PUBLISHED, State.CORRECTED}:
        return ""
    due = review_due(version.state, rules.review_order(village))
    return due.value if due else "submit"


def _day(moment: datetime | None) -> date:
    assert moment is not None  # noqa: S101 - only called for published versions
    return moment.astimezone(CHINA).date()
