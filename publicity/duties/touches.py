"""Which due days a change of the rule book would move, of every category that is due by it; nothing is written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import CategoryEdition
from publicity.categories.queries import STOOD, Directory, content_of, directory_for
from publicity.duties.facts import Counties
from publicity.duties.queries import WHEN_DAY_OFF, DueDays, is_owed, owes, spans_between
from village_lists.days import DAY
from village_lists.periods import MONTHS_IN, Cadence, Span
from village_lists.places.models import Place
from village_lists.rulebook.calendars import CALENDAR_KEYS
from village_lists.rulebook.queries import RuleTable

FIRST_SPANS = {Cadence.MONTH: 3, Cadence.QUARTER: 2, Cadence.HALF_YEAR: 1, Cadence.YEAR: 1}
"""How many spans of each cadence are looked at: enough to see the change, few enough to read."""
LONGEST_COUNT = timedelta(days=120)
"""A day off may still be counted over by what ended so long before it."""


@dataclass(frozen=True, kw_only=True)
class DueMove:
    """A span of a category whose due day moves for these bodies (names); None: nothing is, or was, due."""

    category: str
    category_name: str
    span: Span
    before: date | None
    after: date | None
    bodies: tuple[str, ...]


def moves_everything(key: str) -> bool:
    """Say whether a rule may move the due days of every category: the calendars, and what happens on a day off."""
    return key == WHEN_DAY_OFF or key in CALENDAR_KEYS


def spans_reached(*, key: str, since: date, last: date | None = None) -> list[Span]:
    """Return the spans at which a change from a day on is looked at; `last`: the last day that a calendar names.

    A due day is asked on the day after its span (publicity.duties.queries), so a rule that begins later than that
    leaves it as it is; a calendar reaches back as far as anybody counts working days.
    """
    if key in CALENDAR_KEYS:
        through = last or since + timedelta(days=366)
        return [span for cadence in MONTHS_IN for span in spans_between(cadence, since - LONGEST_COUNT, through)]
    return [span for cadence, count in FIRST_SPANS.items() for span in _first(cadence, since, count)]


def _first(cadence: Cadence, since: date, count: int) -> Iterator[Span]:
    span = Span.of(cadence, since - DAY)
    for _ in range(count):
        yield span
        span = span.next


def due_moves(
    session: Session,
    *,
    key: str,
    before: RuleTable,
    after: RuleTable,
    villages: Sequence[Place],
    spans: Sequence[Span],
) -> tuple[DueMove, ...]:
    """Return which of the spans get another due day in the villages, earliest first, by category.

    Both tables hold GROUND_KEYS and the due rules of all categories that `key` may move. Two statements.
    """
    places = Counties(session, villages)
    directory = directory_for(session, places=villages)
    old, new = DueDays(before), DueDays(after)
    moved: defaultdict[tuple[Span, int, str, str, date | None, date | None], list[str]] = defaultdict(list)
    for village in villages:
        for code, rule, name, position, span, bodies in _owed_by(places.of(village), directory, village, spans, key):
            was, will_be = _day(old, village, rule, span), _day(new, village, rule, span)
            if was != will_be:
                moved[span, position, code, name, was, will_be] += bodies
    return tuple(
        DueMove(category=code, category_name=name, span=span, before=was, after=will_be, bodies=tuple(bodies))
        for (span, _position, code, name, was, will_be), bodies in sorted(
            moved.items(), key=lambda each: (each[0][0], each[0][1], each[0][2], str(each[0][4]))
        )
    )


def _owed_by(
    county_id: int | None, directory: Directory, village: Place, spans: Sequence[Span], key: str
) -> Iterator[tuple[str, str, str, int, Span, list[str]]]:
    """Yield what the village owes for the spans by this rule: code, due rule, name, position, span, bodies."""
    for code in directory.codes:
        for span in spans:
            one = directory.in_force(code=code, county_id=county_id, on=span.last_day)
            if one is None or not is_owed(one, span) or (one.content.due_rule != key and not moves_everything(key)):
                continue
            bodies = [body.name for body in village.bodies if owes(body, one)]
            if bodies:
                yield code, one.content.due_rule, one.content.name, one.content.position, span, bodies


def _day(due_days: DueDays, village: Place, rule: str, span: Span) -> date | None:
    due_day = due_days.due(village=village, key=rule, span=span)[2]
    return due_day.day if due_day else None


def events_ruled(session: Session, *, key: str, villages: Sequence[Place], on: date) -> tuple[str, ...]:
    """Return the names of the categories of events that are due by this rule in the villages on a day."""
    places = Counties(session, villages)
    directory = directory_for(session, places=villages)
    counties = {places.of(village) for village in villages}
    found = [one for county_id in counties for one in directory.all_in_force(county_id=county_id, on=on)]
    names = [
        one.content.name
        for one in found
        if one.content.cadence is Cadence.EVENT and (one.content.due_rule == key or moves_everything(key))
    ]
    return tuple(dict.fromkeys(names))


def due_rules_known(session: Session) -> set[str]:
    """Return the due rules of every edition that stands or stood; one statement."""
    editions = session.scalars(select(CategoryEdition).where(CategoryEdition.state.in_(STOOD)))
    return {content_of(edition).due_rule for edition in editions}
