"""What was posted before: the version that a correction replaces, and the same category's last period."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.postings.models import Posting
from publicity.records.models import Record, State, Version

WAS_OPEN = (State.PUBLISHED, State.CORRECTED)


def replaced_version(version: Version) -> Version | None:
    """Return the version of the same record that stood published last before this one, or None."""
    before = [one for one in version.record.versions if one.number < version.number and one.state in WAS_OPEN]
    return before[-1] if before else None


def former_period(session: Session, *, version: Version) -> Version | None:
    """Return what stands published of the same body and category for the last earlier period, or None.

    Nil reports are passed over: they hold no rows to go by.
    """
    record = version.record
    return session.scalar(
        select(Version)
        .join(Version.record)
        .join(Posting, Posting.version_id == Version.id)
        .where(
            Record.body_id == record.body_id,
            Record.category_id == record.category_id,
            Record.period < record.period,
            Version.state == State.PUBLISHED,
            Posting.is_nil.is_(False),
        )
        .order_by(Record.period.desc(), Record.serial.desc())
        .limit(1)
    )
