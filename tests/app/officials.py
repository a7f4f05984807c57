"""The running program over a small village in every state of review, and visitors who sign in to it."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import create_app
from app.database import open_engine
from app.settings import Settings
from publicity.ledgers.actions import keep_upload
from publicity.ledgers.queries import ledger_of
from publicity.workflow.actions import send_back
from tests.app.furnishing import Things, furnish_postings, furnish_registers, keep_minutes, village_of
from tests.cast import FIELD
from tests.publicity.workflow.stage import AUGUST, NOW, PASSWORD, SEPTEMBER, SINCE, STONE, Stage, seen, set_stage
from village_lists.editions.adapting import begin_adaptation
from village_lists.library.actions import load_library
from village_lists.people.models import Post, PostKind
from village_lists.places.models import Place
from village_lists.powers.models import Adoption, ListVersion
from village_lists.rulebook.actions import propose_change
from village_lists.rulebook.proposals import Proposal

ROLES = (
    "anonymous",
    "clerk",
    "secretary",
    "substitute",
    "director",
    "head",
    "member",
    "auditor",
    "steward",
    "elsewhere",
)
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
DESK = f"/desk/{STONE}"
BOOK = (
    "上石村股份经济合作社2026年10月收支明细,,,,,\n日期,凭证号,摘要,收入,支出,结余\n,,上月结余,,,1830000.00\n"
    "2026-10-01,记-001,店面租金,10.00,,1830010.00\n,,本月合计,10.00,,\n,,本月结余,,,1830010.00\n"
)


@dataclass(frozen=True)
class Desk:
    """What stands in the village, by the random keys of its versions."""

    published: str
    submitted: str
    approved: str
    returned: str
    upload: str
    remark: int
    document: str = ""
    things: Things | None = None


def furnish(session: Session) -> Desk:
    """Make a published, a submitted, an approved and a returned month, an upload, and the adopted sample list."""
    stage = set_stage(session)
    stage.enter("director", PostKind.DIRECTOR, name="林长青")
    published = stage.published()
    ledger = ledger_of(session, version=published)
    assert ledger
    submitted = stage.submitted(SEPTEMBER, opening_fen=ledger.closing_fen)
    approved = stage.approved(AUGUST, body=stage.committee)
    ledger = ledger_of(session, version=approved)
    assert ledger
    returned = stage.submitted(SEPTEMBER, body=stage.committee, opening_fen=ledger.closing_fen)
    remarks = {2: "请附电费单"}
    send_back(session, version=returned, by=stage["head"], now=NOW, seen=seen(returned), note="", remarks=remarks)
    upload = keep_upload(
        session, body=stage.collective, name="10月.csv", content=BOOK.encode(), by=stage["clerk"], now=NOW
    )
    # The committee has not said yet what its books start from, so that there is something to say.
    session.execute(text("DELETE FROM starting_balance WHERE body_id = :id"), {"id": stage.committee.id})
    _adopt(session, stage)
    return Desk(published.key, submitted.key, approved.key, returned.key, upload.key, returned.remarks[0].id)


def _adopt(session: Session, stage: Stage) -> None:
    version = load_library(session, county_code="330299", on=SINCE)
    session.add(
        Adoption(
            village_id=stage.village.id,
            version_id=version.id,
            meeting="村民代表会议",
            held_on=SINCE,
            due=30,
            present=28,
            in_favour=28,
            recorded_at=NOW,
            confirmed_at=NOW,
        )
    )
    session.flush()


def furnish_fully(session: Session) -> Desk:
    """Furnish the village, and leave unfinished work of lists and rules too, so that every address has its thing."""
    desk = furnish(session)
    village = village_of(session)
    people = {post.kind: post.person for post in session.scalars(select(Post)) if post.place_id != _elsewhere(session)}
    clerk, steward = people[PostKind.CLERK], people[PostKind.COUNTY_STEWARD]
    template = session.scalars(select(ListVersion)).one()
    begin_adaptation(session, village=village, template=template, by=clerk, now=NOW)
    town = session.get_one(Place, village.parent_id)
    proposal = Proposal(
        key="due.finance.monthly.day", place=town, value=12, valid_from=NOW.date() + timedelta(days=40), basis="示例"
    )
    propose_change(session, proposal=proposal, by=steward, now=NOW)
    things = furnish_postings(session, people=people, village=village)
    things = replace(things, paper=furnish_registers(session, people=people, village=village))
    return replace(desk, document=keep_minutes(session, village=village, by=clerk), things=things)


def _elsewhere(session: Session) -> int:
    return session.scalars(select(Place.id).where(Place.code == FIELD)).one()


def make_app(database_url: str, folder: Path, *, is_production: bool = False, at: datetime = NOW) -> Flask:
    """Return the program over a database, its clock standing still."""
    app = create_app(
        Settings(
            instance=folder,
            database_url=database_url,
            public_url="https://localhost" if is_production else "http://localhost",
            secret_key="a secret of the test only, long enough",
            is_production=is_production,
            is_testing=True,
        )
    )
    app.config["CLOCK"] = lambda: at
    return app


class Visitor:
    """A browser: keeps cookies, and sends the token of its session with every form."""

    def __init__(self, app: Flask, name: str = "anonymous", *, address: str = "127.0.0.1") -> None:
        """Open the browser; sign in under the name unless anonymous."""
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.address = address
        # A form is sent only over the same scheme and host; production has https.
        self.base = app.config["PUBLIC_URL"]
        if name != "anonymous":
            answer = self.sign_in(name)
            assert answer.status_code == 303, answer.text

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, base_url=self.base, environ_base={"REMOTE_ADDR": self.address}, buffered=True)

    def token(self) -> str:
        """Return the token that this session's forms carry."""
        found = TOKEN.search(self.get("/account/sign-in").text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, object] | None = None, *, token: str | None = None) -> TestResponse:
        """Send a form with the session's token, or with another."""
        form = {"csrf_token": self.token() if token is None else token, **(data or {})}
        return self.client.post(
            path,
            data=form,
            base_url=self.base,
            headers={"Referer": self.base + "/"},
            environ_base={"REMOTE_ADDR": self.address},
            buffered=True,
        )

    def sign_in(self, name: str, password: str = PASSWORD, **more: object) -> TestResponse:
        """Send the sign-in form."""
        return self.post("/account/sign-in", {"name": name, "password": password, **more})

    def cookie(self) -> str:
        """Return the key that the browser keeps, or nothing."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        found = self.client.get_cookie(name, domain="localhost")
        return found.value if found else ""

    def keep_cookie(self, key: str) -> None:
        """Put a key into the browser's cookie."""
        self.client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], key, domain="localhost")


@dataclass
class Town:
    """The program over a furnished village; `reset` brings the database back to how it began."""

    app: Flask
    desk: Desk
    visitors: dict[str, Visitor]
    cookies: dict[str, str]
    file: Path
    template: Path

    def reset(self) -> None:
        """Take back everything that was changed since."""
        self.app.extensions["engine"].dispose()
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.file)
        for role, key in self.cookies.items():
            self.visitors[role].keep_cookie(key)

    def revision(self, key: str) -> int:
        """Return the revision that a version has now."""
        statement = text("SELECT revision FROM version WHERE key = :key")
        with self.session() as session:
            return int(session.execute(statement, {"key": key}).scalar_one())

    def state(self, key: str) -> str:
        """Return the state that a version has now."""
        with self.session() as session:
            return str(session.execute(text("SELECT state FROM version WHERE key = :key"), {"key": key}).scalar_one())

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table but the sessions, to see whether anything changed."""
        with self.session() as session:
            names = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            wanted = sorted(set(names) - {"sign_in_session"})
            return {name: [tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))] for name in wanted}

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session beside the program."""
        with Session(self.app.extensions["engine"]) as session:
            yield session


def build_town(sqlite_template: Path, folder: Path, *, furnish: Callable[[Session], Desk] = furnish) -> Town:
    """Make the village once, sign everybody in, and keep the file as the template to go back to."""
    file, template = folder / "town.sqlite", folder / "template.sqlite"
    shutil.copyfile(sqlite_template, file)
    url = f"sqlite:///{file}"
    engine = open_engine(url)
    with Session(engine, expire_on_commit=False) as session:
        desk = furnish(session)
        session.commit()
    engine.dispose()
    app = make_app(url, folder)
    visitors = {role: Visitor(app, role) for role in ROLES}
    visitors["anonymous"].token()
    # The last connection to close brings everything into the one file.
    app.extensions["engine"].dispose()
    shutil.copyfile(file, template)
    cookies = {role: visitor.cookie() for role, visitor in visitors.items()}
    return Town(app, desk, visitors, cookies, file, template)
