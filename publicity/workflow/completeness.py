"""Which of the eight classes of financial disclosure a body has spoken of in a quarter or year, and which not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from publicity.categories.disclosure import DisclosureClass, MoneySide, read_disclosure
from publicity.categories.models import ACCOUNTS, Category
from publicity.categories.queries import Directory, directory_for
from publicity.duties.facts import Counties
from publicity.ledgers.models import Entry, Ledger, StartingBalance
from publicity.postings.models import Posting
from publicity.records.models import Record, State, Version
from village_lists.periods import Cadence, Period, Span
from village_lists.places.models import Body, Place

SHOWN = 2
"""How many records a class leads to on the page; the open data name all."""


class Said(StrEnum):
    """How a class stands: posted, nil (said that there was nothing), missing, or not yet as the time still runs.

    NONE: only posted where there is such a thing, and nothing is. BEFORE: the village began here only later.
    """

    POSTED = "posted"
    NIL = "nil"
    MISSING = "missing"
    RUNNING = "running"
    NONE = "none"
    BEFORE = "before"


@dataclass(frozen=True, kw_only=True)
class ClassRecord:
    """A published record that speaks for a class; `is_nil`: it says that there was nothing."""

    number: int
    category: str
    title: str
    span: Span
    is_nil: bool


@dataclass(frozen=True, kw_only=True)
class ClassStanding:
    """A class with how it stands in `span`, and the records that speak for it, newest first."""

    key: str
    name: str
    span: Span
    said: Said
    records: tuple[ClassRecord, ...]

    @property
    def newest(self) -> tuple[ClassRecord, ...]:
        """Return the newest record of each category, two at most."""
        found: dict[str, ClassRecord] = {}
        for record in self.records:
            found.setdefault(record.category, record)
        return tuple(found.values())[:SHOWN]


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """What one body has said of the classes that concern it, in the order of the rule."""

    body: int
    body_kind: str
    body_name: str
    village: Place
    span: Span
    classes: tuple[ClassStanding, ...]

    @property
    def missing(self) -> tuple[ClassStanding, ...]:
        """Return the classes of which nothing was said though their time is over."""
        return tuple(one for one in self.classes if one.said is Said.MISSING)

    @property
    def said(self) -> tuple[ClassStanding, ...]:
        """Return the classes of which something was said, if only that there was nothing."""
        return tuple(one for one in self.classes if one.said in (Said.POSTED, Said.NIL))


@dataclass(frozen=True, kw_only=True)
class _Posted:
    """A published record of a body with its category's code; `sides` has those of the accounts that moved."""

    body: int
    code: str
    record: ClassRecord
    sides: frozenset[MoneySide] = frozenset()


def completeness_of(session: Session, *, villages: Sequence[Place], span: Span, on: date) -> list[Completeness]:
    """Return how each body of the villages stands in a quarter or year, in their order; few statements for any number.

    A class that the rule wants yearly is looked for in the whole year. What is posted counts where it lies within;
    accounts of any month within count, and say nil where that side of them is empty.
    """
    year = Span.of(Cadence.YEAR, span.first_day)
    ids = [village.id for village in villages]
    posted = [*_posted(session, ids, year), *_booked(session, ids, year)]
    counties = Counties(session, villages)
    directory, starts = directory_for(session, places=villages), _starts(session, ids)
    found: list[Completeness] = []
    for village in villages:
        county = counties.of(village)
        for body in village.bodies:
            own = [one for one in posted if one.body == body.id]
            concerning = _concerning(body, directory, county, span.last_day)
            time = _Time(span=span, start=starts.get(village.id), on=on)
            classes = tuple(_standing(one, own, time) for one in concerning)
            found.append(
                Completeness(
                    body=body.id,
                    body_kind=body.kind.value,
                    body_name=body.name,
                    village=village,
                    span=span,
                    classes=classes,
                )
            )
    return found


@dataclass(frozen=True, kw_only=True)
class _Time:
    """The span that is asked for, the month in which the village's books begin here (None: never), and today."""

    span: Span
    start: date | None
    on: date

    def said(self, one: DisclosureClass, wanted: Span) -> Said:
        """Return how a class stands of which nothing is posted in the time."""
        if one.is_when_any:
            return Said.NONE
        if self.start is None or wanted.last_day < self.start:
            return Said.BEFORE
        return Said.RUNNING if self.on <= wanted.last_day else Said.MISSING


def _concerning(body: Body, directory: Directory, county: int | None, on: date) -> Iterator[DisclosureClass]:
    return (one for one in read_disclosure().classes if _concerns(one, body, directory, county, on))


def _standing(one: DisclosureClass, posted: Sequence[_Posted], time: _Time) -> ClassStanding:
    wanted = Span.of(one.cadence, time.span.first_day) if one.cadence is Cadence.YEAR else time.span
    within = (
        said
        for said in posted
        if wanted.first_day <= said.record.span.first_day and said.record.span.last_day <= wanted.last_day
    )
    records = tuple(_records(one, within))
    if any(not record.is_nil for record in records):
        said = Said.POSTED
    else:
        said = Said.NIL if records else time.said(one, wanted)
    return ClassStanding(key=one.key, name=one.name, span=wanted, said=said, records=records)


def _concerns(one: DisclosureClass, body: Body, directory: Directory, county: int | None, on: date) -> bool:
    """Say whether a body has anything to say of a class: it keeps books, or posts the first category that is there."""
    if one.accounts is not None and body.keeps_books:
        return True
    held = (directory.in_force(code=code, county_id=county, on=on) for code in one.categories)
    first = next((found for found in held if found is not None and found.content.is_active), None)
    return first is not None and body.kind in first.content.bodies


def _records(one: DisclosureClass, posted: Iterable[_Posted]) -> Iterator[ClassRecord]:
    for said in posted:
        if said.code in one.categories:
            yield said.record
        elif said.code == ACCOUNTS and one.accounts is not None:
            record = said.record
            yield ClassRecord(
                number=record.number,
                category=record.category,
                title=record.title,
                span=record.span,
                is_nil=one.accounts not in said.sides,
            )


def _posted(session: Session, villages: Sequence[int], year: Span) -> Iterator[_Posted]:
    """Yield what stands published of a year under the categories of the classes; one statement."""
    codes = {code for one in read_disclosure().classes for code in one.categories}
    rows = session.execute(
        select(Record.body_id, Category.code, Category.name, Record.number, Record.title, Record.period, Posting.is_nil)
        .join(Record.category)
        .join(Version, Version.record_id == Record.id)
        .join(Posting, Posting.version_id == Version.id)
        .where(Record.village_id.in_(villages), Category.code.in_(codes), *_stands(year))
        .order_by(Record.period.desc(), Record.number.desc())
    )
    for body, code, category, number, title, period, is_nil in rows:
        record = ClassRecord(number=number, category=category, title=title, span=Span.parse(period), is_nil=is_nil)
        yield _Posted(body=body, code=code, record=record)


def _booked(session: Session, villages: Sequence[int], year: Span) -> Iterator[_Posted]:
    """Yield the months of accounts that stand published in a year, and which side moved in each; one statement."""
    rows = session.execute(
        select(
            Record.body_id,
            Category.name,
            Record.number,
            Record.title,
            Record.period,
            func.max(func.abs(Entry.income_fen)),
            func.max(func.abs(Entry.spending_fen)),
        )
        .join(Record.category)
        .join(Version, Version.record_id == Record.id)
        .join(Ledger, Ledger.version_id == Version.id)
        .outerjoin(Entry, Entry.ledger_id == Ledger.id)
        .where(Record.village_id.in_(villages), Category.code == ACCOUNTS, *_stands(year))
        .group_by(Record.body_id, Category.name, Record.number, Record.title, Record.period)
        .order_by(Record.period.desc(), Record.number.desc())
    )
    for body, category, number, title, period, income, spending in rows:
        moved = {MoneySide.INCOME: income, MoneySide.SPENDING: spending}
        record = ClassRecord(number=number, category=category, title=title, span=Span.parse(period), is_nil=False)
        yield _Posted(body=body, code=ACCOUNTS, record=record, sides=frozenset(side for side in moved if moved[side]))


def _starts(session: Session, villages: Sequence[int]) -> dict[int, date]:
    """Return by village the first day of the first month of any of its books here; one statement."""
    rows = session.execute(
        select(Body.village_id, func.min(StartingBalance.period))
        .join(StartingBalance, StartingBalance.body_id == Body.id)
        .where(Body.village_id.in_(villages))
        .group_by(Body.village_id)
    )
    return {village: Period.parse(period).first_day for village, period in rows}


def _stands(year: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        Version.state == State.PUBLISHED,
        or_(Record.period == str(year), Record.period.startswith(f"{year}-")),
    )
