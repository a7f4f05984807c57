"""Questions about duties: what villages owe and how it stands; the township's table of months of accounts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS, Affairs
from publicity.categories.queries import TAXONOMY, Directory, InForce, directory_for
from publicity.duties.facts import IN_REVIEW, UNFINISHED, About, Counties, Facts, Posted, facts_of
from publicity.duties.models import Extension
from publicity.duties.rules import MOVES_ON, DueDay, Standing, days_late, due_on, last_day, standing, unit_of
from publicity.postings.year_ends import KINDS as YEAR_ENDS
from publicity.records.models import State
from village_lists.days import DAY, WorkingDays
from village_lists.periods import MONTHS_IN, Cadence, Period, Span
from village_lists.places.models import Body, Place
from village_lists.rulebook.calendars import CALENDAR_KEYS, calendar_for
from village_lists.rulebook.queries import Answer, RuleTable, rules_for

WHEN_DAY_OFF = "due.when_day_off"
GROUND_KEYS = (WHEN_DAY_OFF, TAXONOMY, *CALENDAR_KEYS)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How one body's month of accounts stands, and what says so.

    `due` and `rule` are None where the rule book had no valid row; `state` is that of the newest version, None where
    nothing was begun; `record` is the public number, None where there is no record; `days_late` counts to `on`
    for a month still missing.
    """

    village: str
    village_name: str
    body: int
    body_kind: str
    body_name: str
    period: Period
    due: date | None
    due_day: DueDay | None
    standing: Standing
    rule: Answer | None
    published_on: date | None
    was_corrected: bool
    state: State | None
    record: int | None
    days_late: int
    extended_until: date | None
    extension: Extension | None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing that a body of a village has to post, and how that stands.

    `span` is the period, or the day of the event, which `serial` and `title` tell apart. `due` counts with the
    extension granted (`extended_until`), `due_day` says how the day without it came about; both None where no row of
    the rule book was valid (`rule`, `moves` None). `moves` is the row that says whether a day off is moved.
    `extension` is the one asked for last, granted or not. `state` and `key` are those of the newest version, None and
    "" where nothing was begun; `record` is the public number, `record_id` the row. `heading` is where it stands in
    the directory tree `taxonomy` (publicity.categories.taxonomies.heading_path has the names).
    """

    village: str
    village_name: str
    body: int
    body_kind: str
    body_name: str
    category: str
    category_id: int
    category_name: str
    affairs: Affairs
    taxonomy: str
    heading: str
    position: int
    span: Span
    serial: int
    title: str
    due: date | None
    due_day: DueDay | None
    standing: Standing
    rule: Answer | None
    moves: Answer | None
    published_on: date | None
    days_late: int
    extended_until: date | None
    extension: Extension | None
    withdrawn_on: date | None
    was_corrected: bool
    was_nil: bool
    state: State | None
    key: str
    record: int | None
    record_id: int | None

    @property
    def is_public(self) -> bool:
        """Say whether it can be read now."""
        return self.published_on is not None and self.standing is not Standing.WITHDRAWN_EARLY

    @property
    def is_begun(self) -> bool:
        """Say whether a version is being written or reviewed."""
        return self.state in UNFINISHED

    @property
    def is_accounts(self) -> bool:
        """Say whether it is a month of accounts, which is uploaded and not typed."""
        return self.category == ACCOUNTS


def months_before(on: date, count: int) -> list[Period]:
    """Return the last `count` months that have ended, oldest first."""
    last = Period.of(on).previous
    return list(last.plus(1 - count).through(last))


class DueDays:
    """By when things are due in some villages: the rules that were asked for them, and each place's working days."""

    def __init__(self, rules: RuleTable) -> None:
        """Keep a table of rules that holds GROUND_KEYS and the due rules."""
        self._rules = rules
        self._calendars: dict[int, WorkingDays] = {}
        self._known: dict[tuple[int, str, Span], tuple[Answer | None, Answer | None, DueDay | None]] = {}

    def due(self, *, village: Place, key: str, span: Span) -> tuple[Answer | None, Answer | None, DueDay | None]:
        """Return the row that rules the due day, the row that rules days off, and the due day; None where no row is.

        The rows are those of the day after the span's end.
        """
        wanted = (village.id, key, span)
        if wanted not in self._known:
            self._known[wanted] = self._due(village, key, span)
        return self._known[wanted]

    def _due(self, village: Place, key: str, span: Span) -> tuple[Answer | None, Answer | None, DueDay | None]:
        after = span.last_day + DAY
        answer = self._rules.answer(key=key, place=village, on=after)
        moves = self._rules.answer(key=WHEN_DAY_OFF, place=village, on=after)
        if answer is None:
            return None, moves, None
        moves_on = moves is not None and moves.value == MOVES_ON
        day = due_on(span, unit=unit_of(key), count=int(answer.value), days=self.days(village), moves_on=moves_on)
        return answer, moves, day

    def days(self, village: Place) -> WorkingDays:
        """Return the working days of a village; its own level never rules them, so its township shares them."""
        shared = village.parent_id or village.id
        if shared not in self._calendars:
            self._calendars[shared] = calendar_for(self._rules, place=village)
        return self._calendars[shared]

    def taxonomy(self, *, village: Place, on: date) -> str:
        """Return which directory tree holds in a village."""
        answer = self._rules.answer(key=TAXONOMY, place=village, on=on)
        return str(answer.value) if answer else "three"


def duties_of(
    session: Session,
    *,
    villages: Sequence[Place],
    since: date,
    on: date,
    categories: Collection[str] | None = None,
    through: date | None = None,
) -> list[Duty]:
    """Return what the villages owe for the spans that ended from `since` to before `on`, and the events of that time.

    `categories`: of these codes alone. `through`: spans that end up to that day too, for what is coming. In the order
    of villages, categories, spans and bodies. A dozen statements at most, however many the villages (which bring their
    bodies) and categories: directory, rules and what was posted are each asked once. Not owed: what a category that is
    retired or not owed would ask, and spans before the category began, or before the village's books began here.
    Events of any category are duties once they are entered.
    """
    if not villages:
        return []
    places = Counties(session, villages)
    directory = directory_for(session, places=villages)
    codes = [code for code in directory.codes if categories is None or code in categories]
    facts = facts_of(session, villages=villages, since=since, codes=None if categories is None else codes)
    counties = {village.id: places.of(village) for village in villages}
    offered = _offered(directory, codes, set(counties.values()), since, through or on - DAY)
    events = {county_id: _Events(directory, county_id) for county_id in offered}
    wanted = [
        (village, asked)
        for village in villages
        for asked in (
            *_periodic(village, offered[counties[village.id]], facts),
            *events[counties[village.id]].wanted(village, facts, since, on),
        )
    ]
    keys = {asked.one.content.due_rule for _, asked in wanted}
    due_days = DueDays(rules_for(session, keys=[*keys, *GROUND_KEYS], places=villages))
    found = [_duty(village, asked, facts, due_days, on) for village, asked in wanted]
    return sorted(
        found, key=lambda duty: (duty.village, duty.position, duty.category, duty.span, duty.serial, duty.body_kind)
    )


Owed = tuple[InForce, Span]


def _offered(
    directory: Directory, codes: Sequence[str], counties: Iterable[int | None], since: date, through: date
) -> dict[int | None, list[Owed]]:
    """Return for each county what is owed there in the time, by the edition of each span's last day."""
    spans = [span for cadence in MONTHS_IN for span in spans_between(cadence, since, through)]
    found: dict[int | None, list[Owed]] = {}
    for county_id in counties:
        found[county_id] = []
        for code in codes:
            for span in spans:
                one = directory.in_force(code=code, county_id=county_id, on=span.last_day)
                if one is not None and is_owed(one, span):
                    found[county_id].append((one, span))
    return found


def is_owed(one: InForce, span: Span) -> bool:
    """Say whether an edition asks for a posting about the span: its own cadence, active, owed, begun before the end."""
    content = one.content
    return content.cadence == span.cadence and content.is_active and content.is_owed and one.begins <= span.last_day


def spans_between(cadence: Cadence, since: date, through: date) -> Iterator[Span]:
    """Yield the spans of a cadence (no event) that end from one day to another, both counted."""
    span = Span.of(cadence, since)
    while span.last_day <= through:
        yield span
        span = span.next


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What one body has to post: the edition that asks for it, and what it is about."""

    body: Body
    one: InForce
    about: About
    span: Span


def _periodic(village: Place, owed: Sequence[Owed], facts: Facts) -> Iterator[_Asked]:
    begun = min((facts.starts[body.id] for body in village.bodies if body.id in facts.starts), default=None)
    for one, span in owed:
        written = str(span)
        for body in village.bodies:
            if not owes(body, one):
                continue
            start = facts.starts.get(body.id, begun) if one.code == ACCOUNTS else begun
            if start is None or span.last_day >= start:
                yield _Asked(body=body, one=one, about=(body.id, one.category_id, written, 1), span=span)


def owes(body: Body, one: InForce) -> bool:
    """Say whether a body is one of those that owe the category; what comes from the books only where it keeps them."""
    from_books = one.code == ACCOUNTS or one.content.filled_from in YEAR_ENDS
    return body.kind in one.content.bodies and (body.keeps_books or not from_books)


class _Events:
    """The categories of events in one county: each record of theirs is a duty, by the day of its event."""

    def __init__(self, directory: Directory, county_id: int | None) -> None:
        self._directory = directory
        self._county_id = county_id
        newest = [directory.in_force(code=code, county_id=county_id, on=date.max) for code in directory.codes]
        self._codes = {one.category_id: one.code for one in newest if one is not None}

    def wanted(self, village: Place, facts: Facts, since: date, on: date) -> Iterator[_Asked]:
        bodies = {body.id: body for body in village.bodies}
        for about in facts.posted:
            span = Span.parse(about[2])
            if about[0] in bodies and span.cadence is Cadence.EVENT and since <= span.last_day <= on:
                one = self._in_force(about[1], span)
                if one is not None and one.content.cadence is Cadence.EVENT and one.content.is_active:
                    yield _Asked(body=bodies[about[0]], one=one, about=about, span=span)

    def _in_force(self, category_id: int, span: Span) -> InForce | None:
        code = self._codes.get(category_id)
        return self._directory.in_force(code=code, county_id=self._county_id, on=span.last_day) if code else None


@dataclass(frozen=True, kw_only=True)
class _Judged:
    due: date | None
    standing: Standing
    published_on: date | None
    days_late: int
    extended_until: date | None


def _judge(
    due_day: DueDay | None, posted: Posted | None, granted: date | None, on: date, *, is_before_start: bool = False
) -> _Judged:
    first = posted.first_published_on if posted else None
    due = due_day.day if due_day else None
    last = last_day(due, granted)
    return _Judged(
        due=last,
        standing=standing(
            due=due,
            first_published_on=first,
            is_in_review=posted is not None and posted.state in IN_REVIEW,
            is_before_start=is_before_start,
            on=on,
            extended_until=granted,
            is_withdrawn_early=posted is not None and posted.is_withdrawn_early,
        ),
        published_on=first,
        days_late=0 if is_before_start else days_late(due=last, first_published_on=first, on=on),
        extended_until=granted,
    )


def _duty(village: Place, asked: _Asked, facts: Facts, due_days: DueDays, on: date) -> Duty:
    body, one, about, content = asked.body, asked.one, asked.about, asked.one.content
    span, posted = asked.span, facts.posted.get(about)
    taxonomy = due_days.taxonomy(village=village, on=on)
    rule, moves, due_day = due_days.due(village=village, key=content.due_rule, span=span)
    judged = _judge(due_day, posted, facts.granted_until(about), on)
    return Duty(
        village=village.code,
        village_name=village.name,
        body=body.id,
        body_kind=body.kind.value,
        body_name=body.name,
        category=one.code,
        category_id=one.category_id,
        category_name=content.name,
        affairs=content.affairs,
        taxonomy=taxonomy,
        heading=dict(content.headings).get(taxonomy, content.affairs.value),
        position=content.position,
        span=span,
        serial=about[3],
        title=posted.title if posted else "",
        due=judged.due,
        due_day=due_day,
        standing=judged.standing,
        rule=rule,
        moves=moves,
        published_on=judged.published_on,
        days_late=judged.days_late,
        extended_until=judged.extended_until,
        extension=facts.newest_extension(about),
        withdrawn_on=posted.withdrawn_on if posted and not posted.stands else None,
        was_corrected=posted is not None and len(posted.published) > 1,
        was_nil=posted is not None and posted.is_nil,
        state=posted.state if posted else None,
        key=posted.key if posted else "",
        record=posted.number if posted else None,
        record_id=posted.record_id if posted else None,
    )


def accounts_cells(
    session: Session, *, villages: Sequence[Place], periods: Sequence[Period], on: date
) -> dict[tuple[int, str], Cell]:
    """Return how every body's month stands, by (body id, yyyy-mm).

    A dozen statements at most, whatever the number of villages and months; the villages bring their bodies.
    A body without a starting balance owes every month. The due rule is that of the county's edition of the day after
    the month.
    """
    if not villages or not periods:
        return {}
    places = Counties(session, villages)
    directory = directory_for(session, places=villages)
    facts = facts_of(session, villages=villages, since=min(periods).first_day, codes=[ACCOUNTS])
    counties = {village.id: places.of(village) for village in villages}
    editions = {
        (county_id, period): directory.in_force(code=ACCOUNTS, county_id=county_id, on=period.last_day + DAY)
        for county_id in set(counties.values())
        for period in periods
    }
    keys = {one.content.due_rule for one in editions.values() if one is not None}
    due_days = DueDays(rules_for(session, keys=[*keys, *GROUND_KEYS], places=villages))
    return {
        (body.id, str(period)): _cell(
            village, body, period, editions[counties[village.id], period], facts, due_days, on
        )
        for village in villages
        for body in village.bodies
        if body.keeps_books
        for period in periods
    }


def _cell(
    village: Place, body: Body, period: Period, one: InForce | None, facts: Facts, due_days: DueDays, on: date
) -> Cell:
    span = Span.of(Cadence.MONTH, period.first_day)
    about = (body.id, one.category_id if one else 0, str(period), 1)
    posted, start = facts.posted.get(about), facts.starts.get(body.id)
    rule, _moves, due_day = (
        due_days.due(village=village, key=one.content.due_rule, span=span) if one else (None, None, None)
    )
    is_before_start = start is not None and span.last_day < start
    judged = _judge(due_day, posted, facts.granted_until(about), on, is_before_start=is_before_start)
    return Cell(
        village=village.code,
        village_name=village.name,
        body=body.id,
        body_kind=body.kind.value,
        body_name=body.name,
        period=period,
        due=judged.due,
        due_day=due_day,
        standing=judged.standing,
        rule=rule,
        published_on=judged.published_on,
        was_corrected=posted is not None and len(posted.published) > 1,
        state=posted.state if posted else None,
        record=posted.number if posted else None,
        days_late=judged.days_late,
        extended_until=judged.extended_until,
        extension=facts.newest_extension(about),
    )
