"""Questions about records and their versions."""

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from publicity.categories.models import Category
from publicity.records.models import Record, State, Version
from publicity.records.rules import LARGEST_NUMBER
from village_lists.places.models import Body, Place

UNFINISHED = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.CONFIRMED, State.ENDORSED)
OPEN = (State.PUBLISHED, State.CORRECTED)
WAS_PUBLIC = (State.PUBLISHED, State.CORRECTED, State.WITHDRAWN)


def is_readable() -> ColumnElement[bool]:
    """Return the condition upon Version that everybody may read it: it stands, or stood and was corrected.

    What was withdrawn is not read any more, nor what came before it in its record: it may say the same.
    """
    later = aliased(Version)
    withdrawn = exists().where(
        later.record_id == Version.record_id, later.number > Version.number, later.state == State.WITHDRAWN
    )
    return and_(Version.state.in_(OPEN), ~withdrawn)


def category(session: Session, *, code: str) -> Category:
    """Return the category of that code; it must exist."""
    return session.scalars(select(Category).where(Category.code == code)).one()


def record_numbered(session: Session, *, village: Place, number: int) -> Record | None:
    """Return the record of a village by its public number, versions and events loaded, or None."""
    if number > LARGEST_NUMBER:
        return None
    return session.scalar(
        select(Record)
        .where(Record.village_id == village.id, Record.number == number)
        .options(selectinload(Record.versions).selectinload(Version.events), selectinload(Record.body))
    )


def record_for(session: Session, *, body: Body, code: str, period: str, serial: int = 1) -> Record | None:
    """Return the record of a body for a category and period (of one day's events the one of that serial), or None."""
    return session.scalar(
        select(Record)
        .join(Record.category)
        .where(Record.body_id == body.id, Category.code == code, Record.period == period, Record.serial == serial)
    )


def records_of(session: Session, *, village: Place) -> list[Record]:
    """Return the village's records, newest period first, with their versions."""
    return list(
        session.scalars(
            select(Record)
            .where(Record.village_id == village.id)
            .options(selectinload(Record.versions), selectinload(Record.body), selectinload(Record.category))
            .order_by(Record.period.desc(), Record.number.desc())
        )
    )


def version_by_key(session: Session, *, village: Place, key: str) -> Version | None:
    """Return the version of that random key if it belongs to the village, with events and remarks, or None."""
    return session.scalar(
        select(Version)
        .join(Version.record)
        .where(Version.key == key, Record.village_id == village.id)
        .options(selectinload(Version.events), selectinload(Version.remarks), selectinload(Version.record))
    )


def lock_version(session: Session, *, version: Version) -> None:
    """Wait for whoever decides on the version at this moment, then read it and its deeds anew."""
    # SQLite has taken the write lock with BEGIN IMMEDIATE already and passes over FOR UPDATE.
    session.flush()
    session.refresh(version, with_for_update={"of": Version})
    session.expire(version, ["events", "remarks"])


def published_version(record: Record) -> Version | None:
    """Return the version that stands published now, or None."""
    return next((version for version in record.versions if version.state == State.PUBLISHED), None)


def unfinished_version(record: Record) -> Version | None:
    """Return the version that is being written or reviewed, or None."""
    return next((version for version in record.versions if version.state in UNFINISHED), None)


def was_public(record: Record) -> bool:
    """Say whether any version of the record stands published or stood so: another one then needs a reason."""
    return any(version.state in WAS_PUBLIC for version in record.versions)


def next_record_number(session: Session, *, village: Place) -> int:
    """Return the next free public number of the village."""
    return (session.scalar(select(func.max(Record.number)).where(Record.village_id == village.id)) or 0) + 1
