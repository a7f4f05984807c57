"""How a posting goes through a village in the demonstration: begun, filled, submitted, reviewed, published."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.cli.demonstration.scene import Said
from publicity.categories.models import Affairs
from publicity.postings.actions import begin_posting, save_posting
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, send_back, submit
from village_lists.people.models import Person
from village_lists.periods import Span
from village_lists.places.models import Body, BodyKind, Place

STEPS = ("draft", "submitted", "approved", "published")


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Who acts for a village: three of its own people, the organiser for party affairs, the township's auditor."""

    village: Place
    clerk: Person
    head: Person
    secretary: Person
    organiser: Person
    auditor: Person

    def body(self, kind: BodyKind) -> Body:
        """Return the village's committee or collective."""
        return next(body for body in self.village.bodies if body.kind == kind)


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What is to be posted and when the clerk begins; `fate`: draft, submitted, approved, published or returned."""

    at: datetime
    code: str
    affairs: Affairs
    body: BodyKind
    span: Span
    said: Said
    title: str = ""
    reason: str = ""
    fate: str = "published"


def post(session: Session, staff: Staff, posted: Posted, *, now: datetime) -> Version:
    """Take a posting as far as its fate and the time allow: a review a day later, the signature the day after."""
    version = draft(session, staff, posted)
    carry_on(session, staff, posted, version, now=now)
    return version


def draft(session: Session, staff: Staff, posted: Posted) -> Version:
    """Begin a posting and fill it, as the clerk does."""
    said = posted.said
    version = begin_posting(
        session,
        body=staff.body(posted.body),
        code=posted.code,
        span=posted.span,
        title=posted.title,
        reason=posted.reason,
        by=staff.clerk,
        now=posted.at,
    )
    save_posting(
        session,
        version=version,
        head=said.head,
        rows=said.rows,
        note=said.note,
        is_nil=said.is_nil,
        by=staff.clerk,
        now=posted.at + timedelta(minutes=12),
        seen=version.revision,
    )
    return version


def carry_on(session: Session, staff: Staff, posted: Posted, version: Version, *, now: datetime) -> None:
    """Send a filled draft on; no step lies after `now`."""
    submitted = posted.at + timedelta(minutes=25)
    if posted.fate == "draft" or submitted > now:
        return
    submit(session, version=version, by=staff.clerk, now=submitted, seen=seen(version))
    reviewer = staff.organiser if posted.affairs is Affairs.PARTY else staff.head
    reviewed, signed = posted.at + timedelta(days=1, hours=1), posted.at + timedelta(days=2, minutes=40)
    if posted.fate == "submitted" or reviewed > now:
        return
    if posted.fate == "returned":
        remarks = {1: "价格和合同上写的不一样，请核对"} if posted.said.rows else {}
        note = "请核对合同以后再报"
        send_back(session, version=version, by=reviewer, now=reviewed, seen=seen(version), note=note, remarks=remarks)
        return
    approve(session, version=version, by=reviewer, now=reviewed, seen=seen(version))
    if posted.fate == "published" and signed <= now:
        confirm(session, version=version, by=staff.secretary, now=signed, seen=seen(version))


def seen(version: Version) -> Seen:
    """Return what a person has on the screen who looks at the version now."""
    return Seen(revision=version.revision)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return that hour of the day in China; a weekend's work is done on the Monday after."""
    if day.weekday() > FRIDAY:
        day += timedelta(days=7 - day.weekday())
    return datetime.combine(day, time(hour, minute), tzinfo=UTC) - timedelta(hours=8)


FRIDAY = 4
