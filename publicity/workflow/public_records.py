"""What residents read about records of every kind: the directory, one record with its versions, its tombstone.

Drafts and what is being reviewed are not seen from here.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.attachments.queries import PublicAttachment, public_attachments
from publicity.categories.contents import Audience, CategoryContent
from publicity.categories.models import ACCOUNTS, Affairs, Category
from publicity.categories.queries import county_of, directory_for
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.postings.compare import Difference, differences
from publicity.postings.tables import PublicTable
from publicity.postings.views import table_for
from publicity.records.models import Event, Record, State, Version
from publicity.records.pages import POST_WORDS, Signer, signers_of
from publicity.records.rules import LARGEST_NUMBER
from publicity.workflow.models import Withdrawal
from publicity.workflow.public_words import PublicWords
from village_lists.days import china_day
from village_lists.periods import Span
from village_lists.places.models import Body, Place

SEEN = (State.PUBLISHED, State.CORRECTED, State.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class RecordCard:
    """A record as lists show it; `versions` counts those that were made public, `is_withdrawn`: none stands now."""

    number: int
    span: Span
    title: str
    code: str
    category: str
    affairs: Affairs
    body_kind: str
    body_name: str
    first_published_at: datetime
    published_at: datetime
    display_to: date | None
    versions: int
    is_withdrawn: bool

    @property
    def corrections(self) -> int:
        """Return how often it was corrected."""
        return self.versions - 1

    @property
    def is_accounts(self) -> bool:
        """Say whether it is a month's accounts, which have pages of their own."""
        return self.code == ACCOUNTS

    def days_left(self, on: date) -> int | None:
        """Return for how many days it still hangs on the board, today included; None once it may come down."""
        if self.is_withdrawn or self.display_to is None or self.display_to < on:
            return None
        return (self.display_to - on).days + 1


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What stands where something was withdrawn: why, when, by whom; offices are marked words."""

    reason: str
    at: datetime
    asked_by: tuple[str, str]
    agreed_by: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class VersionCard:
    """A version that was made public; `tombstone` where it was withdrawn.

    `is_readable` False: it or a later one was withdrawn, so its content is shown nowhere (it may say the same).
    """

    id: int
    number: int
    state: State
    published_at: datetime
    display_from: date | None
    display_to: date | None
    reason: str
    signers: tuple[Signer, ...]
    tombstone: Tombstone | None
    is_readable: bool

    @property
    def is_current(self) -> bool:
        """Say whether it stands now."""
        return self.state == State.PUBLISHED


@dataclass(frozen=True, kw_only=True)
class PublicRecord:
    """One record with its public versions, newest first, and one of them opened.

    `table`, `changes` and `attachments` are of the opened version; a withdrawn one and accounts have no table here.
    """

    village: str
    card: RecordCard
    content: CategoryContent | None
    versions: tuple[VersionCard, ...]
    opened: VersionCard
    former: VersionCard | None
    table: PublicTable | None
    changes: tuple[Difference, ...]
    attachments: tuple[PublicAttachment, ...]
    short_code: str | None


def record_cards(session: Session, *, village: Place) -> list[RecordCard]:
    """Return every record of the village that was made public, the latest period first; one statement."""
    rows = session.execute(
        select(Record, Body.kind, Body.name, Category, Version)
        .join(Record.body)
        .join(Record.category)
        .join(Record.versions)
        .where(Record.village_id == village.id, Version.state.in_(SEEN))
        .order_by(Record.number, Version.number)
    ).all()
    found: defaultdict[int, list[tuple[Record, str, str, Category, Version]]] = defaultdict(list)
    for record, kind, name, category, version in rows:
        found[record.number].append((record, kind.value, name, category, version))
    cards = [_card(group) for group in found.values()]
    return sorted(cards, key=lambda card: (card.span, card.published_at, card.number), reverse=True)


def _card(group: Sequence[tuple[Record, str, str, Category, Version]]) -> RecordCard:
    record, kind, name, category, _ = group[0]
    versions = [version for *_rest, version in group]
    standing = next((version for version in versions if version.state == State.PUBLISHED), None)
    latest = standing or versions[-1]
    moments = [version.published_at for version in versions if version.published_at is not None]
    return RecordCard(
        number=record.number,
        span=Span.parse(record.period),
        title=record.title,
        code=category.code,
        category=category.name,
        affairs=category.affairs,
        body_kind=kind,
        body_name=name,
        first_published_at=moments[0],
        published_at=moments[-1],
        display_to=latest.display_to,
        versions=len(versions),
        is_withdrawn=standing is None,
    )


def public_record(session: Session, *, village: Place, number: int, version: int | None = None) -> PublicRecord | None:
    """Return a record with one version opened (None: the one that stands, else the newest), or None if not public."""
    if number > LARGEST_NUMBER or (version or 0) > LARGEST_NUMBER:
        return None
    record = session.scalar(
        select(Record)
        .where(Record.village_id == village.id, Record.number == number)
        .options(
            selectinload(Record.versions).selectinload(Version.events),
            selectinload(Record.body),
            selectinload(Record.category),
        )
    )
    seen = [one for one in record.versions if one.state in SEEN] if record else []
    if record is None or not seen:
        return None
    group = [(record, record.body.kind.value, record.body.name, record.category, one) for one in seen]
    words = PublicWords(session, versions=seen)
    stones = _tombstones(session, seen, words)
    gone = max((one.number for one in seen if one.state == State.WITHDRAWN), default=0)
    cards = {one.number: _version_card(one, stones.get(one.id), words, is_readable=one.number > gone) for one in seen}
    standing = next((one.number for one in seen if one.state == State.PUBLISHED), seen[-1].number)
    opened = cards.get(standing if version is None else version)
    if opened is None:
        return None
    former = max((other for other in seen if other.number < opened.number), key=lambda one: one.number, default=None)
    chosen = next(one for one in seen if one.number == opened.number)
    is_shown = opened.is_readable and record.category.code != ACCOUNTS
    table = table_for(session, version=chosen, audience=Audience.WEB) if is_shown else None
    before = (
        table_for(session, version=former, audience=Audience.WEB)
        if table is not None and former is not None and cards[former.number].is_readable
        else None
    )
    return PublicRecord(
        village=village.code,
        card=_card(group),
        content=table.content if table else _content(session, village, record),
        versions=tuple(sorted(cards.values(), key=lambda card: -card.number)),
        opened=opened,
        former=cards[former.number] if former else None,
        table=table,
        changes=tuple(differences(before, table)) if before and table else (),
        attachments=_attachments(session, chosen, words) if opened.is_readable else (),
        short_code=code_for(session, village=village, kind=TargetKind.RECORD, target=str(number)),
    )


def _content(session: Session, village: Place, record: Record) -> CategoryContent | None:
    """Return what the category says today, for a record whose table is not shown."""
    directory = directory_for(session, places=[village])
    on = china_day(record.versions[-1].made_at)
    found = directory.in_force(code=record.category.code, county_id=county_of(session, place=village), on=on)
    return found.content if found else None


def _attachments(session: Session, version: Version, words: PublicWords) -> tuple[PublicAttachment, ...]:
    return tuple(
        replace(one, caption=words.text(one.caption), name=words.text(one.name))
        for one in public_attachments(session, version=version)
    )


def _version_card(version: Version, stone: Tombstone | None, words: PublicWords, *, is_readable: bool) -> VersionCard:
    if version.published_at is None:
        raise ValueError(f"version {version.id} was made public without a day")
    events: list[Event] = list(version.events)
    return VersionCard(
        id=version.id,
        number=version.number,
        state=version.state,
        published_at=version.published_at,
        display_from=version.display_from,
        display_to=version.display_to,
        reason=words.text(version.reason),
        signers=signers_of(events),
        tombstone=stone,
        is_readable=is_readable,
    )


def _tombstones(session: Session, versions: Sequence[Version], words: PublicWords) -> dict[int, Tombstone]:
    withdrawn = [version.id for version in versions if version.state == State.WITHDRAWN]
    if not withdrawn:
        return {}
    rows = session.scalars(
        select(Withdrawal).where(Withdrawal.version_id.in_(withdrawn), Withdrawal.agreed_at.is_not(None))
    )
    return {
        row.version_id: Tombstone(
            reason=words.text(row.reason),
            at=row.agreed_at,
            asked_by=(POST_WORDS[row.asked_post], row.asked_name),
            agreed_by=(POST_WORDS[row.agreed_post], row.agreed_name),
        )
        for row in rows
        if row.agreed_at is not None and row.agreed_post is not None
    }


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """One category of the directory with its records, newest first; empty where nothing was ever posted."""

    code: str
    name: str
    about: str
    affairs: Affairs
    headings: tuple[tuple[str, str], ...]
    items: tuple[str, ...]
    cards: tuple[RecordCard, ...]

    def heading(self, taxonomy: str) -> str:
        """Return under which heading of the taxonomy it stands; that of its affairs where it names none."""
        return dict(self.headings).get(taxonomy, self.affairs.value)


def shelves_of(session: Session, *, village: Place, on: date) -> list[Shelf]:
    """Return every category that holds in the village, or of which something was posted, in the directory's order."""
    cards: defaultdict[str, list[RecordCard]] = defaultdict(list)
    for card in record_cards(session, village=village):
        cards[card.code].append(card)
    directory = directory_for(session, places=[village])
    county = county_of(session, place=village)
    active = {one.code: one.content for one in directory.all_in_force(county_id=county, on=on)}
    shelves = [
        Shelf(
            code=code,
            name=content.name,
            about=content.about,
            affairs=content.affairs,
            headings=content.headings,
            items=content.items,
            cards=tuple(cards.pop(code, ())),
        )
        for code, content in active.items()
    ]
    shelves += [
        Shelf(
            code=code,
            name=rest[0].category,
            about="",
            affairs=rest[0].affairs,
            headings=(),
            items=(),
            cards=tuple(rest),
        )
        for code, rest in cards.items()
    ]
    return shelves


def shelves_under(session: Session, *, village: Place, item: str, on: date) -> list[Shelf]:
    """Return the categories that belong to a power item, with what was posted under them."""
    return [shelf for shelf in shelves_of(session, village=village, on=on) if item in shelf.items]
