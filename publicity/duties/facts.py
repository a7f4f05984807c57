"""What the database says about the postings of some villages, asked at once: records, extensions, where books began."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from publicity.categories.models import Category
from publicity.duties.models import Extension
from publicity.ledgers.models import StartingBalance
from publicity.postings.models import Posting
from publicity.records.models import Deed, Event, Record, State, Version
from village_lists.days import china_day
from village_lists.periods import Span
from village_lists.places.models import Level, Place

About = tuple[int, int, str, int]
"""What a duty is about: body id, category id, the span as it is written, the serial (1 but for events)."""
UNFINISHED = frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED, State.CONFIRMED, State.ENDORSED})
IN_REVIEW = UNFINISHED - {State.DRAFT}


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What is known of one record. `published`: the days of publication, oldest first.

    `state`, `key`, `is_nil` are those of the newest version; `withdrawn_on` the day of the last withdrawal and
    `hung_to` the day to which that version was to hang; `stands`: a version stands published now.
    """

    record_id: int
    number: int
    title: str
    state: State
    key: str
    published: tuple[date, ...] = ()
    is_nil: bool = False
    stands: bool = False
    withdrawn_on: date | None = None
    hung_to: date | None = None

    @property
    def first_published_on(self) -> date | None:
        """Return the day of the first publication, or None."""
        return min(self.published, default=None)

    @property
    def is_withdrawn_early(self) -> bool:
        """Say whether it was taken down before its time and nothing was published in its place."""
        if self.stands or self.withdrawn_on is None:
            return False
        return self.hung_to is None or self.withdrawn_on < self.hung_to


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known, by what it is about; `starts`: the first day of each body's books here, by body id."""

    posted: dict[About, Posted]
    extensions: dict[About, list[Extension]]
    starts: dict[int, date]

    def granted_until(self, about: About) -> date | None:
        """Return the latest day that the township granted, or None."""
        return max((one.until for one in self.extensions.get(about, ()) if one.is_granted), default=None)

    def newest_extension(self, about: About) -> Extension | None:
        """Return the extension that was asked for last, or None."""
        return max(self.extensions.get(about, ()), key=lambda one: one.id, default=None)


def facts_of(
    session: Session, *, villages: Sequence[Place], since: date, codes: Collection[str] | None = None
) -> Facts:
    """Return what is known of the villages' postings whose period ends on or after a day; four statements.

    `codes`: of these categories alone. The villages bring their bodies.
    """
    withdrawn = _withdrawn(session, villages)
    return Facts(
        posted=_posted(session, villages, since, codes, withdrawn),
        extensions=_extensions(session, villages, since),
        starts=_starts(session, villages),
    )


def _posted(
    session: Session,
    villages: Sequence[Place],
    since: date,
    codes: Collection[str] | None,
    withdrawn: dict[int, date],
) -> dict[About, Posted]:
    query = (
        select(
            Record.body_id,
            Record.category_id,
            Record.period,
            Record.serial,
            Record.id,
            Record.number,
            Record.title,
            Version.id,
            Version.key,
            Version.state,
            Version.published_at,
            Version.display_to,
            Posting.is_nil,
        )
        .join(Record.versions)
        .outerjoin(Posting, Posting.version_id == Version.id)
        .where(
            Record.village_id.in_([village.id for village in villages]),
            # Every way of writing a span begins with its year.
            Record.period >= f"{since.year:04d}",
        )
        .order_by(Version.number)
    )
    if codes is not None:
        query = query.where(Record.category_id.in_(select(Category.id).where(Category.code.in_(codes))))
    found: dict[About, Posted] = {}
    for (
        body,
        category,
        period,
        serial,
        record,
        number,
        title,
        version,
        key,
        state,
        published_at,
        hung_to,
        is_nil,
    ) in session.execute(query):
        about = (body, category, period, serial)
        former = found.get(about) or Posted(record_id=record, number=number, title=title, state=state, key=key)
        taken = state == State.WITHDRAWN
        found[about] = replace(
            former,
            state=state,
            key=key,
            is_nil=bool(is_nil),
            published=former.published + _days(published_at),
            stands=former.stands or state == State.PUBLISHED,
            withdrawn_on=withdrawn.get(version) if taken else former.withdrawn_on,
            hung_to=hung_to if taken else former.hung_to,
        )
    return found


def _days(published_at: datetime | None) -> tuple[date, ...]:
    return (china_day(published_at),) if published_at else ()


def _withdrawn(session: Session, villages: Sequence[Place]) -> dict[int, date]:
    """Return the day on which each withdrawn version was taken back, by its id."""
    rows = session.execute(
        select(Version.id, Event.at)
        .join(Version.record)
        .join(Event, and_(Event.version_id == Version.id, Event.deed == Deed.WITHDRAW))
        .where(Record.village_id.in_([village.id for village in villages]), Version.state == State.WITHDRAWN)
        .order_by(Event.id)
    )
    return {version: china_day(at) for version, at in rows}


def _extensions(session: Session, villages: Sequence[Place], since: date) -> dict[About, list[Extension]]:
    found: dict[About, list[Extension]] = {}
    for one in session.scalars(
        select(Extension)
        .where(
            Extension.body_id.in_([body.id for village in villages for body in village.bodies]),
            Extension.period >= f"{since.year:04d}",
        )
        .order_by(Extension.id)
    ):
        found.setdefault((one.body_id, one.category_id, one.period, one.serial), []).append(one)
    return found


def _starts(session: Session, villages: Sequence[Place]) -> dict[int, date]:
    bodies = [body.id for village in villages for body in village.bodies]
    rows = session.execute(
        select(StartingBalance.body_id, StartingBalance.period).where(StartingBalance.body_id.in_(bodies))
    )
    return {body_id: Span.parse(period).first_day for body_id, period in rows}


class Counties:
    """In which county each village lies; keeps what lies above in memory, so that asking again takes no statement."""

    def __init__(self, session: Session, villages: Sequence[Place]) -> None:
        """Look up what lies above the villages, whose level is below townships; two statements."""
        self._above: dict[int, Place] = {}
        wanted = {village.parent_id for village in villages if village.parent_id is not None}
        while wanted:
            found = session.scalars(select(Place).where(Place.id.in_(wanted))).all()
            self._above.update((place.id, place) for place in found)
            wanted = {place.parent_id for place in found if place.parent_id is not None}

    def of(self, village: Place) -> int | None:
        """Return the id of the village's county, or None."""
        place: Place | None = village
        while place is not None and place.level != Level.COUNTY:
            place = self._above.get(place.parent_id) if place.parent_id is not None else None
        return place.id if place else None
