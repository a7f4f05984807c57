"""A village on the eve of publication, the program that serves it, and a browser."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import Session

from app.database import open_engine
from app.signin.passwords import HASHER
from publicity.codes.actions import give_list_codes
from tests.cast import Cast
from tests.factories import (
    at,
    known_codes,
    make_list,
    make_people,
    make_person,
    make_place_tree,
    make_published_ledger,
)
from tests.journeys.people import PASSWORD
from tests.journeys.stage import ARGUMENTS, Camera, Server, Window, open_window, serving
from village_lists.people.actions import open_account
from village_lists.people.models import Person, PostKind

CHROMIUM = "/usr/bin/chromium"
AUGUST = (
    ("2026-08-06", "收-016", "集体山林承包金", "松坪竹木加工厂", 3_000_000, 0, "A12"),
    ("2026-08-12", "收-017", "农田水利补助", "松坪镇财政所", 2_400_000, 0, ""),
    ("2026-08-04", "支-038", "7月份村办公室电费", "国网松坪供电所", 0, 52_380, "A08"),
    ("2026-08-19", "支-039", "路灯维修", "亮美电器商行", 0, 118_000, "A03"),
    ("2026-08-26", "支-040", "保洁员工资（3人）", "张阿德等3人", 0, 1_080_000, "A10"),
)
AUGUST_CLOSES = 18_642_035


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "journey: goes through the whole program in a real browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here as a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def camera() -> Camera:
    """Return the camera."""
    return Camera()


@pytest.fixture(scope="session")
def village_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which 上石村 has published August 2026, closing at 186,420.35."""
    file = tmp_path_factory.mktemp("village") / "mingbai.sqlite"
    shutil.copyfile(sqlite_template, file)
    engine = open_engine(f"sqlite:///{file}")
    with Session(engine, expire_on_commit=False) as session:
        places = make_place_tree(session)
        cast = make_people(session, places)
        make_list(session, villages=[places.stone, places.field])
        give_list_codes(
            session, village=places.stone, item_codes=sorted(known_codes(session)), now=at(date(2026, 1, 5))
        )
        opening = AUGUST_CLOSES - sum(line[4] - line[5] for line in AUGUST)
        make_published_ledger(
            session, body=places.collective, cast=cast, period="2026-08", opening_fen=opening, lines=AUGUST
        )
        tang = make_person(session, "唐秋月", places.county, PostKind.COUNTY_STEWARD)
        _open_accounts(session, cast, tang)
        session.commit()
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


def _open_accounts(session: Session, cast: Cast, tang: Person) -> None:
    hashed = HASHER.hash(PASSWORD)
    for name in ("li", "chen", "yonggen", "zhao", "shen"):
        open_account(session, person=getattr(cast, name), user_name=name, password_hash=hashed)
    open_account(session, person=tang, user_name="tang", password_hash=hashed)


@pytest.fixture
def server(village_file: Path, tmp_path: Path) -> Iterator[Server]:
    """Return the program over this test's own copy of the village, on 8 October 2026."""
    file = tmp_path / "mingbai.sqlite"
    shutil.copyfile(village_file, file)
    with serving(f"sqlite:///{file}", tmp_path, at(date(2026, 10, 8), 9)) as server:
        yield server


@pytest.fixture
def windows() -> Iterator[list[Window]]:
    """Return the list of windows that were opened; none of them may have asked another host for anything."""
    opened: list[Window] = []
    yield opened
    strangers = [address for window in opened for address in window.strangers]
    for window in opened:
        window.context.close()
    assert not strangers


@pytest.fixture
def window(browser: Browser, server: Server, windows: list[Window]):
    """Return a function that opens a window; its choices are those of open_window."""

    def open_one(**choices: object) -> Window:
        opened = open_window(browser, server, **choices)  # type: ignore[arg-type] # handed through
        windows.append(opened)
        return opened

    return open_one
