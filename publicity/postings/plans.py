"""The plan of a year as it stands published, and the year's accounts beside it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.disclosure import PlanColumns, read_disclosure
from publicity.categories.models import Category
from publicity.ledgers.figures import AgainstPlan, YearPlan, against_plan
from publicity.ledgers.pages import published_figures
from publicity.postings.cells import Cell
from publicity.postings.models import Posting
from publicity.records.models import Record, State, Version
from village_lists.periods import Period
from village_lists.places.models import Body, Place


def year_plan(session: Session, *, village: Place, body_kind: str, year: int) -> YearPlan | None:
    """Return what a body's published plan of the year comes to (fen), or None where none stands; two statements."""
    columns = read_disclosure().plan
    posting = session.scalars(
        select(Posting)
        .join(Posting.version)
        .join(Version.record)
        .join(Record.category)
        .join(Record.body)
        .where(
            Record.village_id == village.id,
            Body.kind == body_kind,
            Category.code == columns.category,
            Record.period == str(year),
            Version.state == State.PUBLISHED,
        )
        .options(selectinload(Posting.rows), selectinload(Posting.version).selectinload(Version.record))
        .order_by(Record.number)
        .limit(1)
    ).first()
    if posting is None:
        return None
    income, spending = planned([row.cells for row in posting.rows], columns=columns)
    return YearPlan(year=year, record=posting.version.record.number, income_fen=income, spending_fen=spending)


def planned(rows: Iterable[Mapping[str, Cell]], *, columns: PlanColumns) -> tuple[int, int]:
    """Return what the rows of a plan plan to take in and to spend, in fen; rows without an amount count as nought."""
    sums = {columns.income: 0, columns.spending: 0}
    for row in rows:
        side, fen = str(row.get(columns.side) or ""), row.get(columns.amount)
        if side in sums and isinstance(fen, int):
            sums[side] += fen
    return sums[columns.income], sums[columns.spending]


def year_against_plan(session: Session, *, village: Place, body_kind: str, period: Period) -> AgainstPlan | None:
    """Return a body's year up to and with a month beside its plan, or None where no plan stands; four statements."""
    plan = year_plan(session, village=village, body_kind=body_kind, year=period.year)
    if plan is None:
        return None
    months = list(Period(period.year, 1).through(period))
    known = published_figures(session, village=village, periods=months)
    return against_plan(plan, known, body_kind, period)
