"""Filling the demonstration through the same deeds that people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from flask import current_app
from sqlalchemy.orm import Session

from app.cli.demonstration.appointments import appoint_all
from app.cli.demonstration.books import COLLECTIVE, COMMITTEE, Month, month_of
from app.cli.demonstration.cases import CaseBook, open_cases
from app.cli.demonstration.cast import COUNTY, ROLES, TOWNSHIP, Seat, seats, village_code, village_name
from app.cli.demonstration.desk import Staff
from app.cli.demonstration.directory import Timetable, owed_from
from app.cli.demonstration.lists import Cadres, renew
from app.cli.demonstration.registers import Registers, register_all
from app.cli.demonstration.scene import scene_of
from app.cli.demonstration.statements import post_statements
from app.cli.demonstration.stories import post_all
from app.signin.passwords import HASHER
from publicity.categories.library import enter_directory
from publicity.codes.actions import give_list_codes
from publicity.ledgers.accounting import set_accounts
from publicity.ledgers.actions import draft_ledger, record_starting_balance, tie_lines
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, send_back, submit
from village_lists.days import china_day
from village_lists.library.actions import load_library
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import Person, PostKind
from village_lists.periods import Period
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Body, BodyKind, Level, Place
from village_lists.places.queries import place_by_code
from village_lists.powers.actions import adopt
from village_lists.powers.models import ListVersion
from village_lists.powers.queries import items_of

PASSWORD = "mingbai-yanshi"  # noqa: S105 - printed for everybody, and refused in production
TWO_BOOKS = (0, 4)
SUBSTITUTES = frozenset({"d1", "d3"})
LAST_MONTH = ("published", "submitted", "approved", "nothing", "draft", "stopped", "returned", "published")


@dataclass(frozen=True)
class Filled:
    """What was made: the one password, and (role, place, name, user name) of each account."""

    password: str
    sign_ins: list[tuple[str, str, str, str]]


@dataclass(frozen=True)
class Officials:
    """Who acts in a village."""

    clerk: Person
    head: Person
    secretary: Person
    organiser: Person
    names: dict[PostKind, str]


@dataclass(frozen=True)
class Told:
    """What the lines of a body's books belong to; nothing for the committee's."""

    cases: CaseBook | None
    registers: Registers | None


def fill(session: Session, *, villages: int, months: int, seed: int, now: datetime, step: Callable[[], None]) -> Filled:
    """Make county, township, villages, people, list and `months` months of accounts up to the last ended month."""
    chance = Random(seed)  # noqa: S311 - invented figures, nothing secret
    _places(session, villages)
    today = china_day(now)
    last = Period.of(today).previous
    periods = list(last.plus(1 - months).through(last))
    version = load_library(session, county_code=COUNTY, on=periods[0].first_day)
    begins = periods[0].first_day
    owed = owed_from(today, begins=begins)
    enter_directory(session, since=owed)
    sign_ins, stewards, auditor = _township_people(session, periods[0].first_day)
    hashed = HASHER.hash(PASSWORD)
    cadres = []
    codes = [item.code for item in items_of(session, version_id=version.id)]
    for number in range(villages):
        village = _place(session, village_code(number), Level.VILLAGE)
        officials = _people(session, village, seats(number, chance), periods[0].first_day, hashed, sign_ins)
        appoint_all(session, village=village, since=begins, chance=Random(f"{seed}-{number}"))  # noqa: S311 - invented
        _adopt(session, village, version, codes, periods[0], chance)
        cadres.append(Cadres(village, officials.clerk, officials.head))
        scene = scene_of(number, officials.names, seed=seed)
        staff = Staff(
            village=village,
            clerk=officials.clerk,
            head=officials.head,
            secretary=officials.secretary,
            organiser=officials.organiser,
            auditor=auditor,
        )
        cases = open_cases(session, staff, number=number, begins=begins, today=today)
        registers = register_all(session, staff, scene=scene, cases=cases, begins=begins, today=today)
        for body in village.bodies:
            if body.keeps_books:
                told = Told(cases, registers) if body.kind == BodyKind.COLLECTIVE else Told(None, None)
                _books(session, body, officials, periods, number, now, chance, frozenset(codes), told)
        table = Timetable(scene=scene, begins=begins, owed_from=owed, now=now, today=today, seed=seed)
        post_all(session, staff, table)
        post_statements(session, staff, table)
        step()
    renew(
        session,
        first=version,
        county=_place(session, COUNTY, Level.COUNTY),
        township=_place(session, TOWNSHIP, Level.TOWNSHIP),
        stewards=stewards,
        villages=cadres,
        now=now,
    )
    return Filled(PASSWORD, sign_ins)


def _places(session: Session, villages: int) -> None:
    rows = [
        PlaceRow(code=COUNTY, name="宁川县", hotline="0000-12345"),
        PlaceRow(code=TOWNSHIP, name="松坪镇", hotline="0000-1234567"),
    ]
    for number in range(villages):
        name = village_name(number)
        rows.append(
            PlaceRow(
                code=village_code(number),
                name=name,
                board_address=f"{name}文化礼堂门口公开栏",
                books="both" if number in TWO_BOOKS else "collective",
            )
        )
    import_places(session, rows=rows)


def _place(session: Session, code: str, level: Level) -> Place:
    place = place_by_code(session, code=code, level=level)
    if place is None:
        raise LookupError(code)
    session.refresh(place, ["bodies"])
    return place


def _township_people(
    session: Session, since: date
) -> tuple[list[tuple[str, str, str, str]], tuple[Person, Person], Person]:
    """Enter the auditor and the two stewards; return how they sign in, the stewards, and the auditor."""
    hashed = HASHER.hash(PASSWORD)
    found, people = [], []
    wanted = (
        (PostKind.TOWNSHIP_AUDITOR, TOWNSHIP, Level.TOWNSHIP, "赵明亮", "audit"),
        (PostKind.COUNTY_STEWARD, COUNTY, Level.COUNTY, "沈文斌", "county"),
        (PostKind.COUNTY_STEWARD, COUNTY, Level.COUNTY, "唐秋月", "county2"),
    )
    for kind, code, level, name, user_name in wanted:
        place = _place(session, code, level)
        people.append(_person(session, place, Seat(kind, name, user_name), since, hashed))
        found.append((ROLES[kind], place.name, name, user_name))
    return found, (people[1], people[2]), people[0]


def _person(session: Session, place: Place, seat: Seat, since: date, hashed: str) -> Person:
    person = enter_person(session, name=seat.name, secret=current_app.config["SECRET_KEY"])
    is_director = seat.kind == PostKind.DIRECTOR and seat.user_name in SUBSTITUTES
    give_post(session, person=person, place=place, kind=seat.kind, starts_on=since, is_substitute=is_director)
    open_account(session, person=person, user_name=seat.user_name, password_hash=hashed, is_demonstration=True)
    session.refresh(person, ["posts"])
    return person


def _people(
    session: Session,
    village: Place,
    wanted: list[Seat],
    since: date,
    hashed: str,
    sign_ins: list[tuple[str, str, str, str]],
) -> Officials:
    people = {}
    for seat in wanted:
        people[seat.kind] = _person(session, village, seat, since, hashed)
        sign_ins.append((ROLES[seat.kind], village.name, seat.name, seat.user_name))
    return Officials(
        people[PostKind.CLERK],
        people[PostKind.SUPERVISION_HEAD],
        people[PostKind.SECRETARY],
        people[PostKind.ORGANISER],
        {seat.kind: seat.name for seat in wanted},
    )


def _adopt(
    session: Session, village: Place, version: ListVersion, codes: list[str], first: Period, chance: Random
) -> None:
    due = chance.choice((30, 34, 38, 42))
    present = due - chance.randint(1, due // 6)
    held_on = first.previous.last_day
    adopt(
        session,
        village=village,
        version_id=version.id,
        meeting="村民代表会议",
        held_on=held_on,
        due=due,
        present=present,
        in_favour=present - chance.randint(0, 2),
        now=_at(held_on, 17),
    )
    give_list_codes(session, village=village, item_codes=codes, now=_at(first.first_day, 9))


def _books(
    session: Session,
    body: Body,
    officials: Officials,
    periods: list[Period],
    number: int,
    now: datetime,
    chance: Random,
    known: frozenset[str],
    told: Told,
) -> None:
    opening = chance.randint(3_000_000, 48_000_000)
    start = _at(periods[0].first_day, 9)
    basis = f"{periods[0].previous.words}银行对账单、现金盘点表"
    record_starting_balance(
        session, body=body, period=periods[0], amount_fen=opening, basis=basis, by=officials.clerk, now=start
    )
    habits = COLLECTIVE if body.kind == BodyKind.COLLECTIVE else COMMITTEE
    voucher = 1
    for place, period in enumerate(periods):
        left = len(periods) - 1 - place
        if period.month == 1:
            voucher = 1
        made = month_of(
            habits,
            period=period,
            opening_fen=opening,
            first_voucher=voucher,
            body=body.kind.value,
            chance=chance,
            extra=(*told.cases.extra, *told.registers.extra) if told.cases and told.registers else (),
        )
        fate = _fate(number, left)
        if fate == "stopped":
            return
        _post(session, body, officials, made, fate, _submitted_at(period, number, left, chance), now, known, told)
        opening, voucher = made.parsed.closing_fen or 0, voucher + len(made.parsed.entries)


def _fate(number: int, left: int) -> str:
    """Return how far a month gets: everything is published but the last month, and one village that stopped."""
    state = LAST_MONTH[number % len(LAST_MONTH)]
    if state == "stopped":
        return "published" if left > 2 else "returned" if left == 2 else "stopped"
    if left == 0:
        return "stopped" if state == "nothing" else state
    return "published"


def _submitted_at(period: Period, number: int, left: int, chance: Random) -> datetime:
    """Return when the clerk submits: mostly on the 3rd to 7th of the next month, now and then after the 10th."""
    is_late = left > 0 and (number * 7 + left * 5) % 13 == 0
    day = chance.randint(13, 24) if is_late else chance.randint(2, 6)
    return _at(period.next.first_day + timedelta(days=day - 1), chance.randint(9, 16))


def _post(
    session: Session,
    body: Body,
    officials: Officials,
    made: Month,
    fate: str,
    at: datetime,
    now: datetime,
    known: frozenset[str],
    told: Told,
) -> None:
    at = min(at, now - timedelta(hours=6))
    clerk = officials.clerk
    source = f"{made.parsed.period}账本.xlsx"
    version = draft_ledger(session, body=body, parsed=made.parsed, source=source, by=clerk, now=at)
    lines = list(enumerate(made.parsed.entries, start=1))
    tie_lines(
        session,
        version=version,
        ties=made.items,
        known=known,
        revision=version.revision,
        by=clerk,
        now=at,
        matters={line: told.cases.matter_of(entry) for line, entry in lines} if told.cases else {},
        contracts={line: told.registers.contract_of(entry) for line, entry in lines} if told.registers else {},
    )
    set_accounts(session, version=version, accounts=made.accounts, revision=version.revision, by=clerk, now=at)
    if fate == "draft":
        return
    submit(session, version=version, by=officials.clerk, now=at + timedelta(minutes=20), seen=_seen(version))
    if fate == "returned":
        remarks = {len(made.parsed.entries): "这一笔请附上验收单再报"}
        later = min(at + timedelta(days=2), now - timedelta(hours=1))
        send_back(session, version=version, by=officials.head, now=later, seen=_seen(version), note="", remarks=remarks)
    if fate in {"approved", "published"}:
        later = min(at + timedelta(days=1), now - timedelta(hours=2))
        approve(session, version=version, by=officials.head, now=later, seen=_seen(version))
    if fate == "published":
        later = min(at + timedelta(days=2), now - timedelta(hours=1))
        confirm(session, version=version, by=officials.secretary, now=later, seen=_seen(version))


def _seen(version: Version) -> Seen:
    return Seen(revision=version.revision)


def _at(day: date, hour: int) -> datetime:
    """Return that hour of the day in China."""
    return datetime.combine(day, time(hour), tzinfo=UTC) - timedelta(hours=8)
