"""Commands upon the database: bring it to the newest shape, check that it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Connection, Engine

from app.database import transaction
from app.tables import METADATA
from publicity.postings.actions import fill_published_texts

FOLDER = Path(__file__).resolve().parent.parent / "migrations"

database = AppGroup("database", help="Bring the database to the newest shape, or check it.")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision: all steps or none."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to a revision (used by tests)."""
    _run(engine, lambda config: command.downgrade(config, revision))


def differences(engine: Engine) -> list[object]:
    """Return what differs between the database and the models; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": METADATA})
        return list(compare_metadata(context, METADATA))


def _run(engine: Engine, deed: object) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection, _foreign_keys_waiting(connection), connection.begin():
        config.attributes["connection"] = connection
        deed(config)  # type: ignore[operator]
        _no_loose_ends(connection)


@contextmanager
def _foreign_keys_waiting(connection: Connection) -> Iterator[None]:
    """Let SQLite make tables anew that others point to; inside a transaction it no longer hears the pragma."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _no_loose_ends(connection: Connection) -> None:
    """Refuse to keep a change that leaves a row pointing to nothing; raise RuntimeError with the table's name."""
    if connection.dialect.name != "sqlite":
        return
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if loose is not None:
        raise RuntimeError(f"a row of {loose[0]} points to nothing")


@database.command("upgrade", help="Bring the database to the newest shape.")
def upgrade_command() -> None:
    """Upgrade the database of the settings."""
    upgrade(current_app.extensions["engine"])
    # What was published before there was a search through it has no words there yet.
    with transaction() as write:
        fill_published_texts(write)
    click.echo("The database is up to date.")


@database.command("check", help="Say whether the database has the shape of the models.")
def check_command() -> None:
    """Exit with 2 and one line for each difference."""
    found = differences(current_app.extensions["engine"])
    for difference in found:
        click.echo(f"differs: {difference}", err=True)
    if found:
        raise SystemExit(2)
    click.echo("The database has the shape of the models.")
