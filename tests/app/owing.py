"""The running program over two villages that owe several kinds of postings, for pages about duties."""

from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.database import open_engine
from app.settings import Settings
from app.signin.passwords import HASHER
from publicity.categories.actions import enter_category
from publicity.categories.contents import CategoryContent, Sheet
from publicity.categories.models import Affairs
from tests.program import program
from tests.publicity.duties.kinds import add_row
from tests.publicity.duties.township import EARLY, collective, official, post, start, submitted, township
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import PostKind
from village_lists.periods import Cadence
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import BodyKind, Level, Place
from village_lists.places.queries import place_by_code

FEES, RELIEF = "party.fees", "village.relief"
FIRST, SECOND = "330299101201", "330299101202"
HASHED = HASHER.hash("a long password")


def furnish_owing(session: Session) -> tuple[Place, Place]:
    """Enter two villages: one posted July in time and August late and has September in review, one posted nothing."""
    first, second = township(session, villages=2)
    import_places(session, rows=[PlaceRow(code="330299102", name="邻镇")])
    for code, name, rule, affairs, cadence in (
        (RELIEF, "低保救助名单", "due.working_days.ten", Affairs.VILLAGE, Cadence.QUARTER),
        (FEES, "党费收缴", "due.general.quarterly.day", Affairs.PARTY, Cadence.MONTH),
        ("village.seal", "公章使用", "due.days.five", Affairs.VILLAGE, Cadence.EVENT),
    ):
        content = CategoryContent(
            name=name,
            affairs=affairs,
            sheet=Sheet.TABLE,
            cadence=cadence,
            bodies=(BodyKind.COMMITTEE,),
            due_rule=rule,
            position=5,
        )
        enter_category(session, code=code, content=content, since=EARLY)
    for key, value in (("due.working_days.ten", 10), ("due.general.quarterly.day", 20), ("due.days.five", 5)):
        add_row(session, key, value, Level.NATIONAL, None, EARLY)
    add_row(session, "calendar.days_off", ["2026-10-01", "2026-10-02"], Level.NATIONAL, None, EARLY)
    start(session, collective(first), "2026-07")
    start(session, collective(second), "2026-07")
    post(session, collective(first), "2026-07", on=date(2026, 8, 8))
    post(session, collective(first), "2026-08", on=date(2026, 9, 12))
    submitted(session, collective(first), "2026-09", on=date(2026, 10, 3))
    official(session, collective(first), PostKind.SUPERVISION_HEAD)
    return first, second


def open_accounts(session: Session, first: Place) -> None:
    """Let auditors of two townships and the first village's clerk sign in as audit, neighbour and clerk."""
    for code, name in (("330299101", "audit"), ("330299102", "neighbour")):
        place = place_by_code(session, code=code, level=Level.TOWNSHIP)
        assert place
        person = enter_person(session, name=name)
        give_post(session, person=person, place=place, kind=PostKind.TOWNSHIP_AUDITOR, starts_on=EARLY)
        open_account(session, person=person, user_name=name, password_hash=HASHED)
    clerk = official(session, collective(first), PostKind.CLERK)
    open_account(session, person=clerk, user_name="clerk", password_hash=HASHED)


def owing_app(database_url: str, folder: Path, *, at: datetime = datetime(2026, 10, 20, 4, tzinfo=UTC)) -> Flask:
    """Return the program over the two villages, its clock standing at noon of 20 October 2026."""
    engine = open_engine(database_url)
    with Session(engine, expire_on_commit=False) as session:
        first, _second = furnish_owing(session)
        open_accounts(session, first)
        session.commit()
    engine.dispose()
    app = program(
        Settings(
            instance=folder,
            database_url=database_url,
            public_url="http://127.0.0.1",
            secret_key="x" * 32,
            is_testing=True,
        )
    )
    app.config.update(WTF_CSRF_ENABLED=False, CLOCK=lambda: at)
    return app


def signed_in(app: Flask, name: str) -> FlaskClient:
    """Return a client in which somebody has signed in."""
    client: FlaskClient = app.test_client()
    answer = client.post("/account/sign-in", data={"name": name, "password": "a long password"})
    assert answer.status_code == 303
    return client
