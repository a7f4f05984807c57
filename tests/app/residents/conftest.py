"""A village with posted accounts, and a visitor who has nothing but a phone."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import open_engine
from app.settings import Settings
from publicity.records.models import Version
from tests.cast import Cast, Places
from tests.conftest import passing_database, postgresql_url
from tests.factories import (
    at,
    cast_again,
    make_list,
    make_people,
    make_place_tree,
    make_published_ledger,
    places_again,
)
from tests.program import program

TODAY = date(2026, 11, 22)


@dataclass(frozen=True, kw_only=True)
class Village:
    """上石村 with the collective's September posted; nothing else is."""

    places: Places
    cast: Cast
    september: Version
    session: Session


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file in which the village stands; it takes half a second, so tests get copies."""
    file = tmp_path_factory.mktemp("village") / "mingbai.sqlite"
    shutil.copyfile(sqlite_template, file)
    _furnish(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def furnished_postgresql(postgresql_server: psycopg.Connection, postgresql_template: str) -> Iterator[str]:
    """Return the name of a PostgreSQL database in which the village stands."""
    name = f"village_{os.getpid()}"
    names = (sql.Identifier(name), sql.Identifier(postgresql_template))
    postgresql_server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(*names))
    _furnish(postgresql_url(name))
    yield name
    postgresql_server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of this test's own SQLite database: a copy of the village where the test asks for it."""
    file = tmp_path / "mingbai.sqlite"
    template = "furnished_sqlite" if "furnished" in request.fixturenames else "sqlite_template"
    shutil.copyfile(request.getfixturevalue(template), file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_database_url(request: pytest.FixtureRequest, postgresql_server: psycopg.Connection) -> Iterator[str]:
    """Return the address of this test's own PostgreSQL database: a copy of the village where the test asks for it."""
    template = "furnished_postgresql" if "furnished" in request.fixturenames else "postgresql_template"
    yield from passing_database(postgresql_server, template=request.getfixturevalue(template))


@pytest.fixture
def furnished() -> None:
    """Ask for a database in which the village stands already."""


def _furnish(url: str) -> None:
    engine = open_engine(url)
    with Session(engine, expire_on_commit=False) as session:
        places = make_place_tree(session)
        cast = make_people(session, places)
        make_list(session, villages=[places.stone])
        make_published_ledger(session, body=places.collective, cast=cast)
        session.commit()
    if engine.dialect.name == "sqlite":
        # Everything into the one file that is copied.
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture
def village(session: Session, furnished: None) -> Village:
    """Return the village, kept in the database."""
    return Village(
        places=places_again(session),
        cast=cast_again(session),
        september=session.scalars(select(Version)).one(),
        session=session,
    )


@pytest.fixture
def web(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return the app upon the test's database, on 22 November 2026."""
    settings = Settings(
        instance=tmp_path,
        database_url=database_url,
        public_url="http://127.0.0.1:5000",
        secret_key="a secret of the tests alone, thirty-two",
        is_testing=True,
    )
    web = program(settings)
    web.config["CLOCK"] = lambda: at(TODAY, 10)
    yield web
    web.extensions["engine"].dispose()


@pytest.fixture
def visitor(web: Flask) -> FlaskClient:
    """Return a visitor who refuses cookies."""
    return web.test_client(use_cookies=False)


@pytest.fixture
def read(visitor: FlaskClient, village: Village) -> Callable[[str], str]:
    """Return what asks for an address of the village and gives the text of the page, which must be there."""

    def read(address: str) -> str:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        return answer.text

    return read
