"""A township with a rule, for tests of duties; every statement is counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import event
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS, Affairs, Category
from publicity.ledgers.models import StartingBalance
from publicity.records.models import Record, State, Version
from village_lists.people.models import Person
from village_lists.periods import Period
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Body, BodyKind, Level, Place
from village_lists.places.queries import place_by_code, villages_of
from village_lists.rulebook.models import RuleRow

DUE = "due.finance.monthly.day"


def township(session: Session, *, villages: int) -> list[Place]:
    """Enter a county, a township whose accounts are due on the 10th from 2026 on, and its villages."""
    rows = [PlaceRow(code="330299", name="宁川县"), PlaceRow(code="330299101", name="松坪镇")]
    rows += [PlaceRow(code=f"330299101{201 + number}", name=f"{number}号村", books="both") for number in range(villages)]
    import_places(session, rows=rows)
    town = place_by_code(session, code="330299101", level=Level.TOWNSHIP)
    assert town
    session.add(
        Category(
            code=ACCOUNTS,
            affairs=Affairs.FINANCE,
            name="财务收支逐笔公开",
            position=1,
            due_rule=DUE,
            review_rule="review.order",
            display_rule="display.days",
        )
    )
    session.add(Person(name="李国强"))
    add_rule(session, day=10, level=Level.TOWNSHIP, place=town, since=date(2026, 1, 1))
    session.commit()
    return villages_of(session, township=town)


def add_rule(session: Session, *, day: int, level: Level, place: Place | None, since: date) -> None:
    """Enter a row of the rule book: accounts are due on that day of the next month."""
    session.add(
        RuleRow(key=DUE, level=level, place_id=place.id if place else None, value={"value": day}, valid_from=since)
    )
    session.flush()


def collective(village: Place) -> Body:
    """Return the village's collective."""
    return next(body for body in village.bodies if body.kind == BodyKind.COLLECTIVE)


def start(session: Session, body: Body, period: str) -> None:
    """Record that the body's books begin with a month."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(StartingBalance(body_id=body.id, period=period, amount_fen=1, recorded_by_id=1, recorded_at=at))
    session.flush()


def post(session: Session, body: Body, period: str, *, state: State, on: date | None = None, number: int = 1) -> None:
    """Enter a record of a month with one version, published at noon in China where a day is given."""
    kind = session.query(Category).one()
    record = Record(village_id=body.village_id, body_id=body.id, category_id=kind.id, number=number, period=period)
    session.add(record)
    session.flush()
    noon = datetime(on.year, on.month, on.day, 4, tzinfo=UTC) if on else None
    made = noon or datetime(2026, 1, 1, tzinfo=UTC)
    key = f"{body.id}-{period}"
    session.add(
        Version(record_id=record.id, number=1, key=key, made_by_id=1, made_at=made, state=state, published_at=noon)
    )
    session.flush()


def months(first: str, last: str) -> list[Period]:
    """Return the months from the first to the last."""
    return list(Period.parse(first).through(Period.parse(last)))


@contextmanager
def at_most(session: Session, statements: int) -> Iterator[None]:
    """Fail where more statements than these are sent inside."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(sent) <= statements, "\n".join(sent)
