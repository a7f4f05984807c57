"""Filling the demonstration through the same deeds that people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from flask import current_app
from sqlalchemy.orm import Session

from app.cli.demonstration.accounts import Officials, Told, hour_of, post_books
from app.cli.demonstration.appointments import appoint_all
from app.cli.demonstration.cases import open_cases
from app.cli.demonstration.cast import COUNTY, ROLES, TOWNSHIP, Seat, seats, village_code, village_name
from app.cli.demonstration.desk import Staff
from app.cli.demonstration.directory import Timetable, owed_from
from app.cli.demonstration.lists import Cadres, renew
from app.cli.demonstration.registers import register_all
from app.cli.demonstration.scene import scene_of
from app.cli.demonstration.statements import post_statements
from app.cli.demonstration.stories import post_all
from app.signin.passwords import HASHER
from publicity.categories.library import enter_directory
from publicity.categories.queries import directory_for
from publicity.codes.actions import give_list_codes
from village_lists.days import china_day
from village_lists.library.actions import load_library
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import Person, PostKind
from village_lists.periods import Period
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import BodyKind, Level, Place
from village_lists.places.queries import place_by_code
from village_lists.powers.actions import adopt
from village_lists.powers.models import ListVersion
from village_lists.powers.queries import items_of

PASSWORD = "mingbai-yanshi"  # noqa: S105 - printed for everybody, and refused in production
TWO_BOOKS = (0, 4)
SUBSTITUTES = frozenset({"d1", "d3"})


@dataclass(frozen=True)
class Filled:
    """What was made: the one password, and (role, place, name, user name) of each account."""

    password: str
    sign_ins: list[tuple[str, str, str, str]]


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
    # A session forgets what nobody holds: these are asked for at every deed.
    county, township = _place(session, COUNTY, Level.COUNTY), _place(session, TOWNSHIP, Level.TOWNSHIP)
    session.info["held"] = (county, township, directory_for(session, places=[county]))
    hashed = HASHER.hash(PASSWORD)
    sign_ins, stewards, auditor = _township_people(session, periods[0].first_day, hashed)
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
                post_books(session, body, officials, periods, number, now, chance, frozenset(codes), told)
        table = Timetable(scene=scene, begins=begins, owed_from=owed, now=now, today=today, seed=seed)
        post_all(session, staff, table)
        post_statements(session, staff, table)
        step()
    renew(
        session,
        first=version,
        county=county,
        township=township,
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
    session: Session, since: date, hashed: str
) -> tuple[list[tuple[str, str, str, str]], tuple[Person, Person], Person]:
    """Enter the auditor and the two stewards; return how they sign in, the stewards, and the auditor."""
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
        now=hour_of(held_on, 17),
    )
    give_list_codes(session, village=village, item_codes=codes, now=hour_of(first.first_day, 9))
