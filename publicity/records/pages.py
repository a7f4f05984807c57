"""What residents read about records: which were posted, in which versions, by whom. Drafts are not seen from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import Affairs, Category
from publicity.records.models import Deed, Event, Record, State, Version
from publicity.records.rules import LARGEST_NUMBER
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.periods import Period
from village_lists.places.models import Body, Level, Place

PUBLIC = (State.PUBLISHED, State.CORRECTED)
POST_WORDS = {
    PostKind.CLERK: N_("报账员"),
    PostKind.SECRETARY: N_("村党组织书记"),
    PostKind.DIRECTOR: N_("村民委员会主任"),
    PostKind.SUPERVISION_HEAD: N_("村务监督委员会主任"),
    PostKind.SUPERVISION_MEMBER: N_("村务监督委员会成员"),
    PostKind.TOWNSHIP_AUDITOR: N_("乡镇审计人员"),
    PostKind.COUNTY_STEWARD: N_("县级管理员"),
}
ROLE_WORDS = {Deed.DRAFT: N_("经手"), Deed.APPROVE: N_("审核"), Deed.CONFIRM: N_("签发")}


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who did one deed of review, in which office, as it was then; `role` and `post` are marked words."""

    role: str
    post: str
    name: str
    at: datetime
    acts_as_substitute: bool


@dataclass(frozen=True, kw_only=True)
class PublicVersion:
    """A version that was made public; `reason` is empty for the first one."""

    id: int
    number: int
    is_current: bool
    published_at: datetime
    display_to: date | None
    reason: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A record as the list shows it; `versions` counts those that were made public."""

    number: int
    period: Period
    body_kind: str
    body_name: str
    category: str
    affairs: Affairs
    first_published_at: datetime
    published_at: datetime
    versions: int

    @property
    def corrections(self) -> int:
        """Return how often it was corrected."""
        return self.versions - 1


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """One record with its public versions, newest first."""

    number: int
    period: Period
    body_kind: str
    body_name: str
    category: str
    affairs: Affairs
    versions: tuple[PublicVersion, ...]

    @property
    def current(self) -> PublicVersion:
        """Return the version that stands now."""
        return next((version for version in self.versions if version.is_current), self.versions[0])

    def version(self, number: int) -> PublicVersion | None:
        """Return the public version of that number, or None."""
        return next((version for version in self.versions if version.number == number), None)

    def before(self, number: int) -> PublicVersion | None:
        """Return the public version that stood before that number, or None."""
        return next((version for version in self.versions if version.number < number), None)


def public_records(session: Session, *, village: Place) -> list[RecordLine]:
    """Return the village's records that were made public, newest period first; one statement."""
    rows = session.execute(
        select(
            Record.number,
            Record.period,
            Body.kind,
            Body.name,
            Category.name,
            Category.affairs,
            Version.published_at,
        )
        .join(Record.body)
        .join(Record.category)
        .join(Record.versions)
        .where(Record.village_id == village.id, Version.state.in_(PUBLIC))
        .order_by(Record.period.desc(), Record.number.desc(), Version.number)
    ).all()
    found: dict[int, RecordLine] = {}
    for number, period, kind, name, category, affairs, at in rows:
        if at is None:
            continue
        former = found.get(number)
        found[number] = RecordLine(
            number=number,
            period=Period.parse(period),
            body_kind=kind.value,
            body_name=name,
            category=category,
            affairs=affairs,
            first_published_at=former.first_published_at if former else at,
            published_at=at,
            versions=former.versions + 1 if former else 1,
        )
    return list(found.values())


def record_page(session: Session, *, village: Place, number: int) -> RecordPage | None:
    """Return a record with its public versions, or None where nothing of it was made public; three statements."""
    if number > LARGEST_NUMBER:
        return None
    record = session.execute(
        select(Record.id, Record.period, Body.kind, Body.name, Category.name, Category.affairs)
        .join(Record.body)
        .join(Record.category)
        .where(Record.village_id == village.id, Record.number == number)
    ).one_or_none()
    if record is None:
        return None
    versions = _public_versions(session, record[0])
    if not versions:
        return None
    return RecordPage(
        number=number,
        period=Period.parse(record[1]),
        body_kind=record[2].value,
        body_name=record[3],
        category=record[4],
        affairs=record[5],
        versions=versions,
    )


def _public_versions(session: Session, record_id: int) -> tuple[PublicVersion, ...]:
    versions = session.scalars(
        select(Version).where(Version.record_id == record_id, Version.state.in_(PUBLIC)).order_by(Version.number.desc())
    ).all()
    deeds: dict[int, list[Event]] = {version.id: [] for version in versions}
    for event in session.scalars(select(Event).where(Event.version_id.in_(deeds)).order_by(Event.id)):
        deeds[event.version_id].append(event)
    return tuple(
        PublicVersion(
            id=version.id,
            number=version.number,
            is_current=version.state == State.PUBLISHED,
            published_at=version.published_at,
            display_to=version.display_to,
            reason=version.reason,
            signers=signers_of(deeds[version.id]),
        )
        for version in versions
        if version.published_at is not None
    )


def signers_of(events: Iterable[Event]) -> tuple[Signer, ...]:
    """Return who made, approved and confirmed, in this order; the last valid deed of each kind counts."""
    last = {event.deed: event for event in events if not event.is_void}
    return tuple(
        Signer(
            role=ROLE_WORDS[deed],
            post=POST_WORDS[last[deed].post],
            name=last[deed].name,
            at=last[deed].at,
            acts_as_substitute=last[deed].acts_as_substitute,
        )
        for deed in ROLE_WORDS
        if deed in last
    )


@dataclass(frozen=True, kw_only=True)
class VillageLine:
    """A village as the search shows it."""

    code: str
    name: str
    township: str


def villages_named(session: Session, *, words: str, limit: int = 50) -> list[VillageLine]:
    """Return at most `limit` villages whose name or code has the words in it, in the order of their codes."""
    township = Place.__table__.alias("township")
    rows = session.execute(
        select(Place.code, Place.name, township.c.name)
        .outerjoin(township, township.c.id == Place.parent_id)
        .where(Place.level == Level.VILLAGE, Place.name.contains(words, autoescape=True) | (Place.code == words))
        .order_by(Place.code)
        .limit(limit)
    ).all()
    return [VillageLine(code=code, name=name, township=above or "") for code, name, above in rows]
