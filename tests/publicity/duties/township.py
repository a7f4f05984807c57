"""A township with a rule, for tests of duties; every statement is counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from publicity.categories.actions import enter_first_categories
from publicity.ledgers.actions import draft_ledger, record_starting_balance
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger
from publicity.ledgers.queries import closing_before, starting_balance
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, submit
from village_lists.people.models import Person, Post, PostKind
from village_lists.periods import Period
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Body, BodyKind, Level, Place
from village_lists.places.queries import place_by_code, villages_of
from village_lists.rulebook.models import RuleRow

DUE = "due.finance.monthly.day"
EARLY = date(2020, 1, 1)


def township(session: Session, *, villages: int) -> list[Place]:
    """Enter a county, a township whose accounts are due on the 10th from 2026 on, and its villages."""
    rows = [
        PlaceRow(code="330299", name="宁川县"),
        PlaceRow(code="330299101", name="松坪镇"),
    ]
    rows += [
        PlaceRow(code=f"330299101{201 + number}", name=f"{number}号村", books="both") for number in range(villages)
    ]
    import_places(session, rows=rows)
    town = place_by_code(session, code="330299101", level=Level.TOWNSHIP)
    assert town
    enter_first_categories(session)
    add_rule(session, day=10, level=Level.TOWNSHIP, place=town, since=date(2026, 1, 1))
    for key, value in (
        ("review.order", ["supervision.approve", "secretary.confirm"]),
        ("display.days", 15),
    ):
        session.add(RuleRow(key=key, level=Level.NATIONAL, value={"value": value}, valid_from=EARLY))
    session.commit()
    return villages_of(session, township=town)


def add_rule(session: Session, *, day: int, level: Level, place: Place | None, since: date) -> None:
    """Enter a row of the rule book: accounts are due on that day of the next month."""
    session.add(
        RuleRow(
            key=DUE,
            level=level,
            place_id=place.id if place else None,
            value={"value": day},
            valid_from=since,
        )
    )
    session.flush()


def collective(village: Place) -> Body:
    """Return the village's collective."""
    return next(body for body in village.bodies if body.kind == BodyKind.COLLECTIVE)


def start(session: Session, body: Body, period: str) -> None:
    """Record that the body's books begin with a month, at 1000.00."""
    clerk = official(session, body, PostKind.CLERK)
    begin = Period.parse(period)
    record_starting_balance(
        session,
        body=body,
        period=begin,
        amount_fen=100_000,
        basis="",
        by=clerk,
        now=_at(EARLY),
    )


def official(session: Session, body: Body, kind: PostKind) -> Person:
    """Return who holds the post in the body's village; the person is made where there is none."""
    known = session.scalars(
        select(Person).join(Person.posts).where(Post.place_id == body.village_id, Post.kind == kind)
    )
    person = known.first() or Person(name=f"{kind.value}{body.village_id}")
    if not person.posts:
        session.add(person)
        session.flush()
        session.add(
            Post(
                person_id=person.id,
                place_id=body.village_id,
                kind=kind,
                starts_on=EARLY,
            )
        )
        session.flush()
        session.refresh(person, ["posts"])
    return person


def submitted(session: Session, body: Body, period: str, *, on: date) -> Version:
    """Enter a month with one line of income of 1.00 and submit it at noon of the day."""
    month = Period.parse(period)
    begins = starting_balance(session, body=body)
    opening = closing_before(session, body=body, period=month) or (begins.amount_fen if begins else 0)
    line = ParsedEntry(
        row=1,
        date=month.first_day,
        voucher=f"收-{month.month:03d}",
        summary="存款利息",
        income_fen=100,
        spending_fen=0,
    )
    parsed = ParsedLedger("", body.kind.value, period, opening, 100, 0, opening + 100, (line,))
    clerk = official(session, body, PostKind.CLERK)
    version = draft_ledger(session, body=body, parsed=parsed, source="账本.xlsx", by=clerk, now=_at(on))
    submit(
        session,
        version=version,
        by=clerk,
        now=_at(on),
        seen=Seen(revision=version.revision),
    )
    return version


def post(session: Session, body: Body, period: str, *, on: date) -> None:
    """Publish a month at noon of the day, through the deeds that people use."""
    version = submitted(session, body, period, on=on)
    for deed, kind in (
        (approve, PostKind.SUPERVISION_HEAD),
        (confirm, PostKind.SECRETARY),
    ):
        by = official(session, body, kind)
        deed(
            session,
            version=version,
            by=by,
            now=_at(on),
            seen=Seen(revision=version.revision),
        )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


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
