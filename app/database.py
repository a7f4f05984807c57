"""The database: one engine per app, one session per request, one place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass
class Bracket:
    """Several writings of one request that are kept together; `first` is called with the session before the first.

    `is_open`: something was written. `was_refused`: one of the writings was taken back.
    """

    first: Callable[[Session], None]
    is_open: bool = False
    was_refused: bool = False


@contextmanager
def transaction() -> Iterator[Session]:
    """Write: everything inside is kept together or not at all. The only commit of the program.

    What was read before in this request is read again, so that a decision rests on what is locked. Inside a bracket
    it is a part (a savepoint) of the bracket's transaction: a refusal takes back its own part alone.
    """
    bracket: Bracket | None = g.get("bracket")
    if bracket is None:
        with _committed(_begun()) as current:
            yield current
        return
    try:
        with _part_of(bracket).begin_nested():
            yield session()
    except BaseException:
        bracket.was_refused = True
        raise


@contextmanager
def bracket(first: Callable[[Session], None]) -> Iterator[Bracket]:
    """Make every `transaction()` inside a part of one that is kept at the end; it begins with the first of them.

    So what takes long and writes nothing (reading a workbook) may stand before, while others write.
    """
    g.bracket = found = Bracket(first)
    try:
        with _committed(session()):
            yield found
    finally:
        g.pop("bracket", None)


def _begun() -> Session:
    current = session()
    current.rollback()
    current.expire_all()
    current.connection(execution_options={"immediate": True})
    return current


def _part_of(bracket: Bracket) -> Session:
    if not bracket.is_open:
        current = _begun()
        bracket.is_open = True
        bracket.first(current)
    current = session()
    current.flush()
    current.expire_all()
    return current


@contextmanager
def _committed(current: Session) -> Iterator[Session]:
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
