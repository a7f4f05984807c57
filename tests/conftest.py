"""What every test may ask for: a database in the newest shape, on SQLite and, inside the gate, on PostgreSQL too."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from app.cli.database import upgrade
from app.database import open_engine

# The gate keeps its properties short; `make night` runs them long.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("night", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

# What the gate leaves to `make night`: further rounds of what it looks at already.
IS_NIGHT = os.environ.get("HYPOTHESIS_PROFILE") == "night"
AT_NIGHT = pytest.mark.skipif(not IS_NIGHT, reason="a further round, run by make night")
POSTGRESQL = os.environ.get("MINGBAI_TEST_POSTGRESQL", "")
ENGINES = ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"]
NUMBERS = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file that went through every migration once; tests get copies."""
    file = tmp_path_factory.mktemp("template") / "mingbai.sqlite"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    with engine.connect() as connection:
        # Everything into the one file that is copied.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[psycopg.Connection]:
    """Return a connection on which databases can be made and dropped."""
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: psycopg.Connection) -> Iterator[str]:
    """Return the name of a PostgreSQL database that went through every migration once."""
    name = f"template_{os.getpid()}"
    postgresql_server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    engine = open_engine(postgresql_url(name))
    upgrade(engine)
    engine.dispose()
    yield name
    postgresql_server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def postgresql_url(name: str) -> str:
    """Return the address of a database of the gate's own server."""
    return make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def blank_sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite database without tables, for tests of migrations."""
    return f"sqlite:///{tmp_path / 'blank.sqlite'}"


@pytest.fixture
def blank_postgresql_url(postgresql_server: psycopg.Connection) -> Iterator[str]:
    """Return the address of a PostgreSQL database without tables, dropped afterwards."""
    yield from passing_database(postgresql_server, template="template0")


@pytest.fixture(params=ENGINES)
def blank_database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database without tables; the test runs once for each engine."""
    found: str = request.getfixturevalue(f"blank_{request.param}_url")
    return found


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of this test's own SQLite database, in the newest shape and empty."""
    file = tmp_path / "mingbai.sqlite"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_database_url(postgresql_server: psycopg.Connection, postgresql_template: str) -> Iterator[str]:
    """Return the address of this test's own PostgreSQL database, in the newest shape and empty."""
    yield from passing_database(postgresql_server, template=postgresql_template)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of this test's own database, empty; the test runs once for each engine."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgresql_database_url"
    found: str = request.getfixturevalue(fixture)
    return found


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Return the program's own engine upon this test's database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return a session as a request has it; nothing is kept unless the test commits."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


def passing_database(server: psycopg.Connection, *, template: str) -> Iterator[str]:
    """Give the address of a copy of a template, and drop it afterwards."""
    # Copying files is the faster way where nothing waits for the disk.
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    yield postgresql_url(name)
    server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
