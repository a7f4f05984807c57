"""What residents read about records: which were posted, in which versions, by whom. Drafts are not seen from here.

What was withdrawn leaves a tombstone: when, by whom, why; its content is not read any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import Affairs, Category
from publicity.records.models import Deed, Event, Record, State, Version
from publicity.records.queries import WAS_PUBLIC
from publicity.records.rules import LARGEST_NUMBER
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.periods import Span
from village_lists.places.models import Body, Level, Place

PUBLIC = (State.PUBLISHED, State.CORRECTED)
POST_WORDS = {
    PostKind.CLERK: N_("报账员"),
    PostKind.SECRETARY: N_("村党组织书记"),
    PostKind.ORGANISER: N_("村党组织组织委员"),
    PostKind.DIRECTOR: N_("村民委员会主任"),
    PostKind.SUPERVISION_HEAD: N_("村务监督委员会主任"),
    PostKind.SUPERVISION_MEMBER: N_("村务监督委员会成员"),
    PostKind.TOWNSHIP_AUDITOR: N_("乡镇审计人员"),
    PostKind.COUNTY_STEWARD: N_("县级管理员"),
}
ROLE_WORDS = {
    Deed.DRAFT: N_("经手"),
    Deed.APPROVE: N_("审核"),
    Deed.CONFIRM: N_("签发"),
    Deed.ENDORSE: N_("乡镇审核"),
}


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who did one deed of review, in which office, as it was then; `role` and `post` are marked words.

    `acts_as_substitute`: the director for the secretary; `is_acting`: named by the township while the post was vacant.
    """

    role: str
    post: str
    name: str
    at: datetime
    acts_as_substitute: bool
    is_acting: bool = False


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What stays where a version was withdrawn: when, who agreed in which office (marked), and why."""

    at: datetime
    post: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PublicVersion:
    """A version that was made public; `reason` is empty for the first one.

    `tombstone` stands where it was withdrawn. `is_readable` False: its content is not shown, for it or a later version
    of the record was withdrawn.
    """

    id: int
    number: int
    is_current: bool
    published_at: datetime
    display_to: date | None
    reason: str
    signers: tuple[Signer, ...]
    tombstone: Tombstone | None = None
    is_readable: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A record as the list shows it; `versions` counts those that were made public.

    `is_withdrawn`: no version stands now.
    """

    number: int
    period: Span
    title: str
    body_kind: str
    body_name: str
    category_code: str
    category: str
    affairs: Affairs
    first_published_at: datetime
    published_at: datetime
    versions: int
    is_withdrawn: bool

    @property
    def corrections(self) -> int:
        """Return how often it was corrected."""
        return self.versions - 1


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """One record with its public versions, newest first."""

    number: int
    period: Span
    title: str
    body_kind: str
    body_name: str
    category_code: str
    category: str
    affairs: Affairs
    versions: tuple[PublicVersion, ...]

    @property
    def current(self) -> PublicVersion:
        """Return the version that stands now; where none does the newest, which was withdrawn."""
        return next((version for version in self.versions if version.is_current), self.versions[0])

    @property
    def is_withdrawn(self) -> bool:
        """Say whether no version stands now."""
        return not any(version.is_current for version in self.versions)

    def version(self, number: int) -> PublicVersion | None:
        """Return the public version of that number, or None."""
        return next((version for version in self.versions if version.number == number), None)

    def before(self, number: int) -> PublicVersion | None:
        """Return the public version that stood before that number and may still be read, or None."""
        former = next((version for version in self.versions if version.number < number), None)
        return former if former is not None and former.is_readable else None


def public_records(session: Session, *, village: Place) -> list[RecordLine]:
    """Return the village's records that were made public, newest span first; one statement."""
    rows = session.execute(
        select(Record, Body.kind, Body.name, Category, Version.published_at, Version.state)
        .join(Record.body)
        .join(Record.category)
        .join(Record.versions)
        .where(Record.village_id == village.id, Version.state.in_(WAS_PUBLIC))
        .order_by(Record.number, Version.number)
    ).all()
    found: dict[int, RecordLine] = {}
    for record, kind, name, category, at, state in rows:
        if at is None:
            continue
        former = found.get(record.number)
        found[record.number] = RecordLine(
            number=record.number,
            period=Span.parse(record.period),
            title=record.title,
            body_kind=kind.value,
            body_name=name,
            category_code=category.code,
            category=category.name,
            affairs=category.affairs,
            first_published_at=former.first_published_at if former else at,
            published_at=at,
            versions=former.versions + 1 if former else 1,
            is_withdrawn=state != State.PUBLISHED and (former is None or former.is_withdrawn),
        )
    return sorted(found.values(), key=lambda line: (line.period, line.number), reverse=True)


def record_page(session: Session, *, village: Place, number: int) -> RecordPage | None:
    """Return a record with its public versions, or None where nothing of it was made public; three statements."""
    if number > LARGEST_NUMBER:
        return None
    found = session.execute(
        select(Record, Body.kind, Body.name, Category)
        .join(Record.body)
        .join(Record.category)
        .where(Record.village_id == village.id, Record.number == number)
    ).one_or_none()
    if found is None:
        return None
    record, kind, name, category = found
    versions = _public_versions(session, record.id)
    if not versions:
        return None
    return RecordPage(
        number=number,
        period=Span.parse(record.period),
        title=record.title,
        body_kind=kind.value,
        body_name=name,
        category_code=category.code,
        category=category.name,
        affairs=category.affairs,
        versions=versions,
    )


def _public_versions(session: Session, record_id: int) -> tuple[PublicVersion, ...]:
    versions = session.scalars(
        select(Version)
        .where(Version.record_id == record_id, Version.state.in_(WAS_PUBLIC))
        .order_by(Version.number.desc())
    ).all()
    deeds: dict[int, list[Event]] = {version.id: [] for version in versions}
    for event in session.scalars(select(Event).where(Event.version_id.in_(deeds)).order_by(Event.id)):
        deeds[event.version_id].append(event)
    withdrawn = max((version.number for version in versions if version.state == State.WITHDRAWN), default=0)
    return tuple(
        PublicVersion(
            id=version.id,
            number=version.number,
            is_current=version.state == State.PUBLISHED,
            published_at=version.published_at,
            display_to=version.display_to,
            reason=version.reason,
            signers=signers_of(deeds[version.id]),
            tombstone=_tombstone(deeds[version.id]) if version.state == State.WITHDRAWN else None,
            is_readable=version.number > withdrawn,
        )
        for version in versions
        if version.published_at is not None
    )


def _tombstone(events: Iterable[Event]) -> Tombstone | None:
    """Return who withdrew it and why: the deed of withdrawal carries the reason that was agreed to."""
    found = next((event for event in events if event.deed is Deed.WITHDRAW), None)
    if found is None:
        return None
    return Tombstone(at=found.at, post=POST_WORDS[found.post], name=found.name, reason=found.note)


def signers_of(events: Iterable[Event]) -> tuple[Signer, ...]:
    """Return who made, approved, confirmed and endorsed, in this order; the last valid deed of each kind counts."""
    last = {event.deed: event for event in events if not event.is_void}
    if Deed.SUBMIT in last:
        # A correction that changed nothing but the attachments has no deed of entering.
        last.setdefault(Deed.DRAFT, last[Deed.SUBMIT])
    return tuple(
        Signer(
            role=ROLE_WORDS[deed],
            post=POST_WORDS[last[deed].post],
            name=last[deed].name,
            at=last[deed].at,
            acts_as_substitute=last[deed].acts_as_substitute,
            is_acting=last[deed].is_acting,
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
