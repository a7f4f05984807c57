"""What waits for a township: versions to endorse, filings to receive; and one version as its auditor looks at it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.records.models import Record, State, Version
from publicity.workflow.models import Filing
from publicity.workflow.queries import step_due
from publicity.workflow.rules import IN_REVIEW, Step
from village_lists.places.models import Place


@dataclass(frozen=True, kw_only=True)
class FilingDue:
    """A published version that the township has not received yet."""

    filing: Filing
    version: Version
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class TownshipReviews:
    """What waits for the township, oldest first, and what it received lately, newest first."""

    to_endorse: tuple[Version, ...]
    filings: tuple[FilingDue, ...]
    received: tuple[Filing, ...]


RECENT = 20
# What is loaded with a version so that it can be named.
ABOUT = selectinload(Version.record).options(
    selectinload(Record.village), selectinload(Record.body), selectinload(Record.category)
)


def township_reviews(session: Session, *, township: Place, on: date) -> TownshipReviews:
    """Return what waits for the township's auditors on a day; a dozen statements, however many versions."""
    return TownshipReviews(
        to_endorse=tuple(versions_to_endorse(session, township=township, on=on)),
        filings=tuple(filings_due(session, township=township, on=on)),
        received=tuple(_received(session, township)),
    )


def versions_to_endorse(session: Session, *, township: Place, on: date) -> list[Version]:
    """Return the versions of the township's villages that wait for its endorsement, first submitted first."""
    versions = session.scalars(
        select(Version)
        .join(Version.record)
        .join(Place, Place.id == Record.village_id)
        .where(Place.parent_id == township.id, Version.state.in_(IN_REVIEW), Version.review.contains(Step.ENDORSE))
        .options(ABOUT)
        .order_by(Version.submitted_at, Version.id)
    )
    return [one for one in versions if step_due(session, version=one, on=on) is Step.ENDORSE]


def filings_due(session: Session, *, township: Place, on: date) -> list[FilingDue]:
    """Return what of its villages the township has still to receive, earliest day first."""
    rows = session.execute(
        select(Filing, Version)
        .join(Filing.version)
        .join(Version.record)
        .join(Place, Place.id == Record.village_id)
        .where(Place.parent_id == township.id, Filing.filed_at.is_(None), Version.state == State.PUBLISHED)
        .options(ABOUT)
        .order_by(Filing.due, Filing.id)
    )
    return [FilingDue(filing=filing, version=version, is_late=filing.due < on) for filing, version in rows]


def township_version(session: Session, *, township: Place, key: str) -> Version | None:
    """Return the version of that random key where it belongs to the township and was submitted, or None."""
    return session.scalar(
        select(Version)
        .join(Version.record)
        .join(Place, Place.id == Record.village_id)
        .where(Version.key == key, Place.parent_id == township.id, Version.state != State.DRAFT)
        .options(ABOUT, selectinload(Version.events), selectinload(Version.remarks))
    )


def _received(session: Session, township: Place) -> list[Filing]:
    return list(
        session.scalars(
            select(Filing)
            .join(Filing.version)
            .join(Version.record)
            .join(Place, Place.id == Record.village_id)
            .where(Place.parent_id == township.id, Filing.filed_at.is_not(None))
            .options(selectinload(Filing.version).options(ABOUT))
            .order_by(Filing.filed_at.desc(), Filing.id.desc())
            .limit(RECENT)
        )
    )
