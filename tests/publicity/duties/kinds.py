"""A village that owes something of every cadence by every unit of due rules, for tests of duties."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from publicity.categories.actions import enter_category
from publicity.categories.contents import CategoryContent, Sheet
from publicity.categories.models import Affairs
from publicity.records.models import Deed, Event, Record, Version
from tests.publicity.duties.township import official
from village_lists.people.models import PostKind
from village_lists.periods import Cadence
from village_lists.places.models import Body, BodyKind, Level, Place
from village_lists.rulebook.models import RuleRow

SINCE = date(2020, 1, 1)
DAYS_OFF = {
    2026: ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
    2027: [
        *(
            "2027-01-01",
            "2027-02-05",
            "2027-02-08",
            "2027-02-09",
            "2027-02-10",
            "2027-02-11",
            "2027-02-12",
        ),
        *(
            "2027-04-05",
            "2027-05-03",
            "2027-05-04",
            "2027-10-01",
            "2027-10-04",
            "2027-10-05",
            "2027-10-06",
        ),
    ],
    2028: [
        "2028-01-03",
        "2028-01-26",
        "2028-01-27",
        "2028-01-28",
        "2028-01-31",
        "2028-02-01",
        "2028-04-04",
    ],
}
MADE_UP = {
    2026: ["2026-09-27", "2026-10-10"],
    2027: ["2027-01-30", "2027-02-14", "2027-10-09"],
    2028: ["2028-01-22", "2028-02-05", "2028-02-26"],
}
"""Invented days off around the real Spring Festivals (6 February 2027, 26 January 2028), with make-up days."""
RULES = {
    "due.finance.monthly.day": 10,
    "due.day.last": 31,
    "due.day.twentieth": 20,
    "due.days.five": 5,
    "due.days.thirty": 30,
    "due.working_days.seven": 7,
    "due.working_days.fifteen": 15,
}


def enter_kinds(session: Session) -> None:
    """Enter a category for each cadence and each rule, owed by both bodies."""
    rules = [rule for rule in RULES if rule != "due.finance.monthly.day"]
    for cadence in Cadence:
        for place, rule in enumerate(rules):
            content = CategoryContent(
                name=f"{cadence.value} {rule}",
                affairs=list(Affairs)[place % 3],
                sheet=Sheet.TABLE,
                cadence=cadence,
                bodies=(BodyKind.COMMITTEE, BodyKind.COLLECTIVE),
                due_rule=rule,
                position=place + 2,
            )
            enter_category(
                session,
                code=f"test.{cadence.value}.{place}",
                content=content,
                since=SINCE,
            )


def enter_rules(session: Session, *, county: Place) -> None:
    """Enter the due rules for the nation, and the days off and make-up days of each year for the county."""
    for key, value in RULES.items():
        add_row(session, key, value, Level.NATIONAL, None, SINCE)
    for key, years in (
        ("calendar.days_off", DAYS_OFF),
        ("calendar.make_up_days", MADE_UP),
    ):
        for year, days in years.items():
            row = add_row(session, key, days, Level.COUNTY, county, date(year, 1, 1))
            row.valid_until = date(year, 12, 31)
    session.flush()


def add_row(
    session: Session,
    key: str,
    value: object,
    level: Level,
    place: Place | None,
    since: date,
) -> RuleRow:
    """Enter a row of the rule book."""
    row = RuleRow(
        key=key,
        level=level,
        place_id=place.id if place else None,
        value={"value": value},
        valid_from=since,
    )
    session.add(row)
    session.flush()
    return row


def draft_event(session: Session, *, body: Body, category_id: int, day: date, number: int) -> None:
    """Enter an event of a body as a draft: a duty begins to run with the day of the event."""
    clerk = official(session, body, PostKind.CLERK)
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    record = Record(
        village_id=body.village_id,
        body_id=body.id,
        category_id=category_id,
        number=number,
        period=day.isoformat(),
        title="一件事",
    )
    session.add(record)
    session.flush()
    version = Version(
        record_id=record.id,
        number=1,
        key=f"k{number:015d}",
        made_by_id=clerk.id,
        made_at=at,
    )
    session.add(version)
    session.flush()
    deed = Event(
        version_id=version.id,
        deed=Deed.DRAFT,
        by_id=clerk.id,
        post=PostKind.CLERK,
        name=clerk.name,
        at=at,
    )
    session.add(deed)


def flat(years: dict[int, list[str]]) -> set[date]:
    """Return all days of all years."""
    return {date.fromisoformat(day) for days in years.values() for day in days}


def bodies_of(villages: Sequence[Place]) -> list[Body]:
    """Return the bodies of the villages."""
    return [body for village in villages for body in village.bodies]
