"""What residents read about duties: how each posting stands, without showing what is being written or reviewed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import Affairs, Category
from publicity.duties.queries import Cell, Duty, accounts_cells, duties_of, months_before
from publicity.duties.reasons import worst_first
from publicity.duties.rules import Standing
from publicity.ledgers.queries import starting_balance
from publicity.records.models import Record, State, Version
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.periods import Cadence, Period, Span
from village_lists.places.models import Body, Place

YEAR = 12
AWAY = frozenset({Standing.MISSING, Standing.WITHDRAWN_EARLY})
"""What ought to be public and is not."""
SHAPES = {
    Standing.MET: "good",
    Standing.LATE: "late",
    Standing.MISSING: "missing",
    Standing.WAITING: "waiting",
    Standing.UPCOMING: "waiting",
    Standing.BEFORE: "waiting",
    Standing.EXTENDED: "waiting",
    Standing.WITHDRAWN_EARLY: "missing",
}
WORDS = {
    Standing.MET: N_("按时公开"),
    Standing.LATE: N_("迟公开 %(days)s 天"),
    Standing.MISSING: N_("应公开未公开，已过期 %(days)s 天"),
    Standing.WAITING: N_("还没到公开期限"),
    Standing.UPCOMING: N_("还没到公开期限"),
    Standing.BEFORE: N_("启用明白栏以前的月份"),
    Standing.EXTENDED: N_("经乡镇同意，延期公开"),
    Standing.WITHDRAWN_EARLY: N_("公示期没满就撤下了"),
}


@dataclass(frozen=True, kw_only=True)
class MonthState:
    """How one body's month stands: `shape` is good, late, missing or waiting; `words` has the gap `days`."""

    period: Period
    body_kind: str
    body_name: str
    shape: str
    words: str
    days: int
    due: date | None
    basis: str
    published_on: date | None
    was_corrected: bool

    @property
    def is_public(self) -> bool:
        """Say whether the month can be read."""
        return self.published_on is not None


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """One month of a village with the state of each of its books."""

    period: Period
    states: tuple[MonthState, ...]


def month_rows(session: Session, *, village: Place, on: date, count: int = YEAR) -> list[MonthRow]:
    """Return the village's ended months, newest first, from the first that Mingbai knows of; at most `count`.

    A village that never posted anything still owes the month that ended last. Without rules there is nothing due.
    """
    months = months_before(on, count)
    try:
        cells = accounts_cells(session, villages=[village], periods=months, on=on)
    except Refusal:
        return []
    bodies = sorted((body for body in village.bodies if body.keeps_books), key=lambda body: body.kind, reverse=True)
    begins = [cell.period for cell in cells.values() if cell.published_on]
    for body in village.bodies:
        start = starting_balance(session, body=body)
        if start is not None:
            begins.append(Period.parse(start.period))
    first = min([*begins, months[-1]])
    return [
        MonthRow(
            period=month,
            states=tuple(_state(cells[body.id, str(month)]) for body in bodies),
        )
        for month in reversed(months)
        if month >= first
    ]


def month_states(session: Session, *, village: Place, period: Period, on: date) -> tuple[MonthState, ...]:
    """Return how a month stands for each of the village's books; nothing for a month that has not ended."""
    if period.last_day >= on:
        return ()
    try:
        cells = accounts_cells(session, villages=[village], periods=[period], on=on)
    except Refusal:
        return ()
    return tuple(_state(cell) for cell in cells.values())


def _state(cell: Cell) -> MonthState:
    return MonthState(
        period=cell.period,
        body_kind=cell.body_kind,
        body_name=cell.body_name,
        shape=SHAPES[cell.standing],
        words=WORDS[cell.standing],
        days=cell.days_late,
        due=cell.due,
        basis=cell.rule.basis if cell.rule else "",
        published_on=cell.published_on,
        was_corrected=cell.was_corrected,
    )


@dataclass(frozen=True, kw_only=True)
class DutyTally:
    """How many postings of a year were due up to a day, and how they stand.

    `met` came in time, `late` after their day, `missing` ought to be public and are not, `withdrawn` were taken down
    before their time; `extended` got a later day, `coming` are not due yet.
    """

    year: int
    met: int
    late: int
    missing: int
    withdrawn: int
    extended: int
    coming: int

    @property
    def due(self) -> int:
        """Return how many had to be public by now."""
        return self.met + self.late + self.missing + self.withdrawn

    @property
    def published(self) -> int:
        """Return how many of them are public, in time or late."""
        return self.met + self.late


def duty_tally(session: Session, *, village: Place, on: date) -> DutyTally:
    """Return how the village's duties of this year stand, as everybody may know; a dozen statements."""
    return tally_of(public_duties(session, village=village, year=on.year, on=on), year=on.year)


def tally_of(duties: Iterable[Duty], *, year: int) -> DutyTally:
    """Return how the duties stand in sum."""
    count = Counter(duty.standing for duty in duties)
    return DutyTally(
        year=year,
        met=count[Standing.MET],
        late=count[Standing.LATE],
        missing=count[Standing.MISSING],
        withdrawn=count[Standing.WITHDRAWN_EARLY],
        extended=count[Standing.EXTENDED],
        coming=count[Standing.UPCOMING] + count[Standing.WAITING],
    )


def public_duties(session: Session, *, village: Place, year: int, on: date) -> list[Duty]:
    """Return the duties that fall due in a year as everybody may know them; a dozen statements.

    A duty belongs to the year of its due day, so that the last quarter is looked for where it is posted; without a due
    day to the year of its span's end. Events are left out until they are published: that one is being written is
    nobody's business yet.
    """
    found = duties_of(session, villages=[village], since=date(year - 1, 7, 1), on=on)
    return [
        duty
        for duty in found
        if (duty.due or duty.span.last_day).year == year
        and (duty.span.cadence is not Cadence.EVENT or duty.published_on is not None)
    ]


@dataclass(frozen=True, kw_only=True)
class OnDisplay:
    """A posting that hangs on the board now; `days_left` counts today (1: it may come down tomorrow)."""

    record: int
    category: str
    category_name: str
    affairs: Affairs
    body_kind: str
    body_name: str
    span: Span
    title: str
    display_from: date
    display_to: date
    days_left: int


def on_display(session: Session, *, village: Place, on: date) -> list[OnDisplay]:
    """Return what hangs on the village's board on a day, what ends first before the others; one statement."""
    rows = session.execute(
        select(Record, Version.display_from, Version.display_to, Category, Body)
        .join(Version, Version.record_id == Record.id)
        .join(Category, Category.id == Record.category_id)
        .join(Body, Body.id == Record.body_id)
        .where(
            Record.village_id == village.id,
            Version.state == State.PUBLISHED,
            Version.display_from <= on,
            Version.display_to >= on,
        )
        .order_by(Version.display_to, Record.number)
    )
    return [
        OnDisplay(
            record=record.number,
            category=category.code,
            category_name=category.name,
            affairs=category.affairs,
            body_kind=body.kind.value,
            body_name=body.name,
            span=Span.parse(record.period),
            title=record.title,
            display_from=display_from,
            display_to=display_to,
            days_left=(display_to - on).days + 1,
        )
        for record, display_from, display_to, category, body in rows
        if display_from is not None and display_to is not None
    ]


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """A duty as residents read it: `shape` is good, late, missing or waiting; `words` has the gap `days`."""

    duty: Duty
    shape: str
    words: str


@dataclass(frozen=True, kw_only=True)
class DutyKind:
    """The duties of one category, newest period first."""

    category: str
    name: str
    lines: tuple[DutyLine, ...]
    tally: DutyTally


@dataclass(frozen=True, kw_only=True)
class DutyGroup:
    """The categories under one heading of the directory; `heading` is its key in the tree `taxonomy`."""

    taxonomy: str
    heading: str
    affairs: Affairs
    kinds: tuple[DutyKind, ...]
    tally: DutyTally


@dataclass(frozen=True, kw_only=True)
class DutiesPage:
    """What a village had to post in a year: first what is missing, then everything by heading and category."""

    year: int
    tally: DutyTally
    missing: tuple[DutyLine, ...]
    groups: tuple[DutyGroup, ...]


def duties_page(session: Session, *, village: Place, year: int, on: date) -> DutiesPage:
    """Return what the village had to post in a year, as everybody may know it on a day; a dozen statements."""
    duties = public_duties(session, village=village, year=year, on=on)
    missing = [duty for duty in worst_first(duties) if duty.standing in AWAY]
    headings = dict.fromkeys((duty.heading, duty.affairs) for duty in duties)
    return DutiesPage(
        year=year,
        tally=tally_of(duties, year=year),
        missing=tuple(duty_line(duty) for duty in missing),
        groups=tuple(
            _group([duty for duty in duties if (duty.heading, duty.affairs) == key], year) for key in headings
        ),
    )


def _group(duties: list[Duty], year: int) -> DutyGroup:
    codes = dict.fromkeys(duty.category for duty in duties)
    return DutyGroup(
        taxonomy=duties[0].taxonomy,
        heading=duties[0].heading,
        affairs=duties[0].affairs,
        kinds=tuple(_kind([duty for duty in duties if duty.category == code], year) for code in codes),
        tally=tally_of(duties, year=year),
    )


def _kind(duties: list[Duty], year: int) -> DutyKind:
    newest = sorted(duties, key=lambda duty: (duty.span, duty.serial), reverse=True)
    return DutyKind(
        category=newest[0].category,
        name=newest[0].category_name,
        lines=tuple(duty_line(duty) for duty in newest),
        tally=tally_of(duties, year=year),
    )


def duty_line(duty: Duty) -> DutyLine:
    """Return a duty with its shape and words."""
    return DutyLine(duty=duty, shape=SHAPES[duty.standing], words=WORDS[duty.standing])
