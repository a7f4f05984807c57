"""A village with posted accounts, and a visitor who has nothing but a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from app.settings import Settings
from publicity.records.models import Version
from tests.cast import Cast, Places
from tests.factories import at, make_list, make_people, make_place_tree, make_published_ledger

TODAY = date(2026, 11, 22)


@dataclass(frozen=True, kw_only=True)
class Village:
    """上石村 with the collective's September posted; nothing else is."""

    places: Places
    cast: Cast
    september: Version
    session: Session


@pytest.fixture
def village(session: Session) -> Village:
    """Return the village, kept in the database."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    september = make_published_ledger(session, body=places.collective, cast=cast)
    session.commit()
    return Village(places=places, cast=cast, september=september, session=session)


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
    web = create_app(settings)
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
