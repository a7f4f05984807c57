"""Two at once, on the engine that lets two write at once: nobody overwrites what he has not seen."""

import os
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import open_engine
from tests.village_lists.editions.test_adaptation import item
from tests.village_lists.editions.test_adapting import NOW, Village
from village_lists.editions import adapting, store
from village_lists.editions.allowances import unfinished_version
from village_lists.editions.plain import digest_of
from village_lists.errors import Refusal, Stale
from village_lists.people.models import Person
from village_lists.places.models import Place
from village_lists.powers.models import PowerItem

WAIT = 0.5
"""Seconds: long enough for the second to come to where it has to wait."""
pytestmark = pytest.mark.skipif(not os.environ.get("MINGBAI_TEST_POSTGRESQL"), reason="SQLite lets one write at a time")


@pytest.fixture
def two(postgresql_database_url):
    """Return two sessions upon one village whose own version is being written."""
    engine = open_engine(postgresql_database_url)
    with Session(engine, expire_on_commit=False) as one, Session(engine, expire_on_commit=False) as other:
        village = Village(one)
        village.begin()
        one.commit()
        yield village, other
        other.rollback()
    engine.dispose()


def test_who_read_before_the_other_wrote_is_told(two):
    village, other = two
    place, clerk = other.get_one(Place, village.places.stone.id), other.get_one(Person, village.cast.li.id)
    version = unfinished_version(other, village=place)
    assert version
    rows = other.scalars(select(PowerItem)).all()  # held, as a page may hold them
    assert rows
    seen = item(store.read_content(other, version=version), "A01")
    mine = adapting.take_up(village.session, village=village.places.stone)
    village.change_item(mine, "A01", body="先写的")
    village.session.commit()
    version = adapting.take_up(other, village=place)
    assert version
    with pytest.raises(Stale):
        adapting.change_own_item(
            other, village=place, version=version, code="A01", content=seen, seen=digest_of(seen), by=clerk, now=NOW
        )


def test_a_version_with_a_resolution_is_not_taken_back(two):
    village, other = two
    mine = adapting.take_up(village.session, village=village.places.stone)
    village.submit(mine)
    village.session.commit()
    place, clerk = other.get_one(Place, village.places.stone.id), other.get_one(Person, village.cast.li.id)
    refused: list[str] = []

    def take_back() -> None:
        try:
            version = adapting.take_up(other, village=place)
            assert version
            adapting.take_back(other, version=version, by=clerk, now=NOW)
            other.commit()
        except Refusal as refusal:
            refused.append(str(refusal))

    village.record(mine)
    second = Thread(target=take_back)
    second.start()
    second.join(WAIT)
    village.session.commit()
    second.join()
    assert refused == ["这一版的会议决议已经登记，不能再收回修改"]
