"""The database: one engine per app, one session per request, one place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


def open_engine(url: str) -> Engine:
    """Return an engine for the URL, with the pragmas and explicit BEGIN that SQLite needs."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once for a writer: upgrading a read later fails under load."""
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def init_database(app: Flask, engine: Engine) -> None:
    """Give the app its engine; sessions close when their request or command ends."""
    app.extensions["engine"] = engine
    app.teardown_appcontext(_close)


def session() -> Session:
    """Return the session of this request or command, for reading."""
    if "session" not in g:
        g.session = Session(current_app.extensions["engine"], autoflush=True, expire_on_commit=False)
    found: Session = g.session
    return found


@contextmanager
def transaction() -> Iterator[Session]:
    """Write: everything inside is kept together or not at all. The only commit of the program.

    What was read before in this request is read again, so that a decision rests on what is locked.
    """
    current = session()
    current.rollback()
    current.expire_all()
    current.connection(execution_options={"immediate": True})
    try:
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        raise


def _close(_error: BaseException | None) -> None:
    current = g.pop("session", None)
    if current is not None:
        current.close()
