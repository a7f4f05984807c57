"""Migrations: they lead to the models and back, are numbered without a gap, and import nothing of ours."""

import re

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from app.cli.database import differences, downgrade, upgrade
from app.database import open_engine
from tests.house.tree import PACKAGES, ROOT, imports, parsed, python_files

FILES = [file for file in python_files("app") if file.parent.name == "versions"]
NAME = re.compile(r"(?P<number>\d{4})_[a-z][a-z0-9_]+")


@pytest.fixture
def blank(blank_database_url):
    """Return an engine upon a database without tables."""
    engine = open_engine(blank_database_url)
    yield engine
    engine.dispose()


def test_the_head_has_the_shape_of_the_models(blank):
    upgrade(blank)
    assert differences(blank) == []


def test_a_shape_that_differs_is_told(blank):
    upgrade(blank)
    with blank.begin() as connection:
        connection.execute(text("CREATE TABLE stranger (id INTEGER PRIMARY KEY)"))
    assert differences(blank)


def test_down_takes_away_everything_and_up_brings_it_back(blank):
    upgrade(blank)
    built = shape(blank)
    downgrade(blank, "base")
    assert shape(blank) == set()
    upgrade(blank)
    assert shape(blank) == built


def test_each_step_can_be_taken_back_alone(blank):
    for file in FILES:
        number = file.name[:4]
        before = shape(blank)
        upgrade(blank, number)
        downgrade(blank, "-1")
        assert shape(blank) == before
        upgrade(blank, number)


def test_they_are_numbered_without_a_gap():
    assert FILES
    assert [file.stem[:4] for file in FILES] == [f"{number:04}" for number in range(1, len(FILES) + 1)]
    assert all(NAME.fullmatch(file.stem) for file in FILES), "a number and a sentence: 0031_give_records_a_digest.py"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_says_its_own_number_and_the_one_before(file):
    code = (ROOT / file).read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for node in parsed(file).body:
        line = code.splitlines()[node.lineno - 1]
        if match := re.fullmatch(r"(revision|down_revision)(?:: .+)? = (?:['\"](\w+)['\"]|None)", line):
            names[match[1]] = match[2]
    number = int(file.stem[:4])
    assert names == {"revision": f"{number:04}", "down_revision": f"{number - 1:04}" if number > 1 else None}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_imports_nothing_of_ours(file):
    assert not [name for name, _line in imports(file) if name.split(".")[0] in PACKAGES], "what it imports may change"


def shape(engine: Engine) -> set[tuple[str, str]]:
    """Return what stands in the database: tables with columns and indexes, views, triggers, functions.

    Alembic's own table, which stays once it was made, is left out.
    """
    with engine.connect() as connection:
        found = {("rule", name) for name in _rules(connection)}
        for table in set(inspect(connection).get_table_names()) - {"alembic_version"}:
            found.add(("table", table))
            found |= {(table, column["name"]) for column in inspect(connection).get_columns(table)}
            found |= {(table, str(index["name"])) for index in inspect(connection).get_indexes(table)}
        return found


def _rules(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    else:
        query = (
            "SELECT tgname || ' on ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
            " UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " UNION ALL SELECT viewname FROM pg_views WHERE schemaname = 'public'"
        )
    return [str(name) for name in connection.execute(text(query)).scalars()]
