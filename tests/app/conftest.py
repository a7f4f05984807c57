"""The furnished village for tests of officials' pages: built once, brought back before each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.officials import Town, build_town


@pytest.fixture(scope="session")
def built_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return the village with everybody signed in; a test asks for `town` instead."""
    town = build_town(sqlite_template, tmp_path_factory.mktemp("town"))
    yield town
    town.app.extensions["engine"].dispose()


@pytest.fixture
def town(built_town: Town) -> Iterator[Town]:
    """Return the village as it was built."""
    built_town.reset()
    yield built_town
    built_town.app.extensions["engine"].dispose()
