"""Due days of every category and month of two years agree with counting on the fingers, done here a second time.

The counting below uses nothing of the house: it walks from day to day over year ends, 29 February 2028 and two Spring
Festivals with make-up days.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from publicity.categories.library import enter_directory, read_directory
from publicity.categories.models import ACCOUNTS, Category
from publicity.duties.pages import duties_page
from publicity.duties.queries import GROUND_KEYS, WHEN_DAY_OFF, Duty, duties_of
from publicity.duties.rules import Standing
from publicity.duties.touches import due_moves, due_rules_known, spans_reached
from tests.publicity.duties.kinds import (
    DAYS_OFF,
    MADE_UP,
    RULES,
    add_row,
    bodies_of,
    draft_event,
    enter_kinds,
    enter_rules,
    flat,
)
from tests.publicity.duties.township import EARLY, township
from village_lists.periods import Span
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.proposals import Proposal
from village_lists.rulebook.queries import tables_around

FIRST, LAST = date(2026, 11, 1), date(2028, 10, 31)
ONE = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
EARLIER_DAY, LATER_DAY = 20, 15
TURN = date(2027, 7, 1)
"""From this day on the twentieth becomes the fifteenth, and days off move a due day to the next working day."""


OFF, BACK = flat(DAYS_OFF), flat(MADE_UP)


def works(day: date) -> bool:
    """Say whether people work on the day, by the invented calendar."""
    return day in BACK or (day.isoweekday() <= 5 and day not in OFF)


def counted(end: date, rule: str) -> date:
    """Return by when something that ended on a day is due by one of the rules of the tests."""
    count = LATER_DAY if rule == "due.day.twentieth" and end + ONE >= TURN else RULES[rule]
    kind = "working_days" if "working_days" in rule else "days" if ".days." in rule else "day"
    return counted_by(end, kind, count)


def counted_by(end: date, kind: str, count: int) -> date:
    """Return the due day, walking from day to day."""
    moves, day = end + ONE >= TURN, end
    if kind == "working_days":
        while count:
            day += ONE
            count -= works(day)
        return day
    if kind == "days":
        while count:
            day, count = day + ONE, count - 1
    else:
        day = day + ONE
        while day.day != 1:
            day += ONE
        month = day.month
        while day.day < count and (day + ONE).month == month:
            day += ONE
    while moves and not works(day):
        day += ONE
    return day


def ends(cadence: str) -> Iterator[date]:
    """Yield the last day of every period of a cadence in the two years."""
    day = FIRST
    while day <= LAST:
        following = day + ONE
        if following.day == 1 and day.month % MONTHS[cadence] == 0:
            yield day
        day = following


def events() -> Iterator[date]:
    """Yield the days of the events: the last day of each month, and the days before holidays."""
    yield from ends("month")
    yield from (
        date(2027, 2, 4),
        date(2027, 9, 29),
        date(2028, 1, 25),
        date(2028, 2, 28),
    )


@pytest.fixture
def village(session):
    """Return a village that owes something of every cadence; both bodies owe all."""
    (village,) = township(session, villages=1)
    county = place_by_code(session, code="330299", level=Level.COUNTY)
    assert county
    enter_kinds(session)
    enter_rules(session, county=county)
    add_row(session, "due.day.twentieth", LATER_DAY, Level.COUNTY, county, TURN)
    add_row(session, WHEN_DAY_OFF, "next", Level.COUNTY, county, TURN)
    return village


@pytest.fixture
def eventful(session, village):
    """Return the village with events of one body on many days."""
    codes = session.execute(select(Category.id).where(Category.code.like("test.event.%"))).scalars().all()
    days = [(category_id, day) for category_id in codes for day in events()]
    for number, (category_id, day) in enumerate(days, start=1):
        draft_event(session, body=village.bodies[0], category_id=category_id, day=day, number=number)
    session.flush()
    return village


def expected(village: Place) -> dict[tuple[str, int, date], date]:
    """Return by (category, body, end) when each thing of the two years is due, counted here."""
    found = {}
    rules = [rule for rule in RULES if rule != "due.finance.monthly.day"]
    for body in bodies_of([village]):
        for end in ends("month"):
            found[ACCOUNTS, body.id, end] = counted(end, "due.finance.monthly.day")
        for cadence in MONTHS:
            for place, rule in enumerate(rules):
                for end in ends(cadence):
                    found[f"test.{cadence}.{place}", body.id, end] = counted(end, rule)
    for place, rule in enumerate(rules):
        for day in events():
            found[f"test.event.{place}", village.bodies[0].id, day] = counted(day, rule)
    return found


def known(session, village: Place, *, on: date = LAST + timedelta(days=90)) -> list[Duty]:
    """Return what the house says of the two years."""
    return duties_of(session, villages=[village], since=FIRST, on=on, through=LAST)


def by_end(duties: list[Duty]) -> dict[tuple[str, int, date], date | None]:
    """Return the due days by category, body and last day."""
    return {(duty.category, duty.body, duty.span.last_day): duty.due for duty in duties}


def by_span(duties: list[Duty]) -> dict[tuple[str, Span], date | None]:
    """Return the due days by category and period; both bodies have the same. Events are told by name alone."""
    return {(duty.category, duty.span): duty.due for duty in duties if duty.span.cadence != "event"}


def test_every_due_day_of_two_years_is_the_one_counted_by_hand(session, eventful):
    mine, theirs = expected(eventful), by_end(known(session, eventful))
    assert theirs.keys() == mine.keys()
    assert [(key, theirs[key], day) for key, day in mine.items() if theirs[key] != day] == []
    assert len(mine) > 600
    assert date(2028, 2, 29) in {end for _, _, end in mine}


def test_every_category_of_the_directory_is_due_when_counted_by_hand(session, village):
    """The same counting for the categories that Mingbai brings, each by a value of its rule that is set here."""
    enter_directory(session, since=EARLY)
    values = {}
    entries = read_directory().entries
    for number, rule in enumerate(sorted({entry.content.due_rule for entry in entries})):
        values[rule] = 5 + number * 3
        add_row(session, rule, values[rule], Level.NATIONAL, None, EARLY)
    theirs = {(duty.category, duty.span.last_day): duty.due for duty in known(session, village)}
    for entry in entries:
        content = entry.content
        if content.cadence == "event" or not content.is_owed:
            continue
        for end in ends(content.cadence):
            words = content.due_rule.split(".")
            kind = next((word for word in ("working_days", "days") if word in words), "day")
            assert theirs[entry.code, end] == counted_by(end, kind, values[content.due_rule]), (entry.code, end)


def test_what_is_missing_stands_on_the_residents_page_the_day_after(session, village):
    """Every duty of the months around both Spring Festivals, on its last day and on the day after."""
    days: dict[date, set[tuple[str, int, str]]] = {}
    for duty in known(session, village):
        if duty.due and (duty.due.year, duty.due.month) in {(2027, 2), (2028, 2)}:
            days.setdefault(duty.due, set()).add((duty.category, duty.body, str(duty.span)))
    assert len(days) > 8
    for day, due in days.items():
        for on, is_there in ((day, False), (day + ONE, True)):
            page = duties_page(session, village=village, year=on.year, on=on)
            missing = {(line.duty.category, line.duty.body, str(line.duty.span)) for line in page.missing}
            assert (due <= missing) is is_there
            assert is_there or not due & missing


@pytest.mark.parametrize(
    ("key", "value", "since"),
    [
        ("due.day.last", 12, date(2027, 7, 1)),
        ("due.working_days.seven", 9, date(2027, 1, 1)),
        ("due.days.five", 30, date(2028, 3, 1)),
        (WHEN_DAY_OFF, "keep", date(2028, 1, 1)),
        (
            "calendar.days_off",
            [*DAYS_OFF[2028], "2028-03-06", "2028-03-07", "2028-05-01"],
            date(2028, 1, 10),
        ),
        ("calendar.make_up_days", ["2028-03-04"], date(2028, 1, 10)),
    ],
)
def test_a_change_tells_beforehand_what_it_moves_and_then_moves_exactly_that(session, village, key, value, since):
    county = place_by_code(session, code="330299", level=Level.COUNTY)
    assert county
    proposal = Proposal(key=key, place=county, value=value, valid_from=since)
    last = date.fromisoformat(max(value)) if isinstance(value, list) else None
    spans = spans_reached(key=key, since=since, last=last)
    further = [*GROUND_KEYS, *due_rules_known(session)]
    before, after = tables_around(session, proposal=proposal, places=[village], further=further)
    moves = due_moves(session, key=key, before=before, after=after, villages=[village], spans=spans)
    was = by_span(known(session, village))
    for former in session.scalars(select(RuleRow).where(RuleRow.key == key, RuleRow.place_id == county.id)):
        if former.valid_until is None or former.valid_until >= since > former.valid_from:
            former.valid_until = since - ONE
    add_row(session, key, value, Level.COUNTY, county, since)
    will_be = by_span(known(session, village))
    really = {(*about, was[about], will_be[about]) for about in was if was[about] != will_be[about]}
    told = {(move.category, move.span, move.before, move.after) for move in moves}
    assert {each for each in told if each[1].last_day <= LAST} == {each for each in really if each[1] in spans}
    # Only a change of a due rule is told for the first few periods; a calendar is told to its end.
    assert moves
    assert key.startswith("due.") or told == really
    assert all(len(move.bodies) == 2 for move in moves)


def test_a_draft_of_an_event_is_late_for_officials_and_unknown_to_residents(session, eventful):
    on = date(2027, 2, 20)
    events_known = [duty for duty in known(session, eventful, on=on) if duty.span.cadence == "event"]
    assert Standing.MISSING in {duty.standing for duty in events_known}
    page = duties_page(session, village=eventful, year=2027, on=on)
    shown = [line.duty for group in page.groups for kind in group.kinds for line in kind.lines]
    assert shown
    assert not [duty for duty in shown if duty.span.cadence == "event"]
