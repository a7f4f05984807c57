"""The furnished village with two stewards of its county and one of the next: built once, brought back each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.app.officials import Desk, Town, Visitor, build_town, furnish
from tests.publicity.workflow.stage import QUICK, SINCE
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import PostKind
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code

COUNTY, NEXT = "330299", "330298"


@dataclass(frozen=True)
class Stewards:
    """The town with the browsers of its stewards: Shen and Lin of 宁川县, Tao of 邻川县."""

    town: Town
    shen: Visitor
    lin: Visitor
    tao: Visitor


def furnish_county(session: Session) -> Desk:
    """Furnish the village, and enter a second steward and a county next door with its own."""
    desk = furnish(session)
    import_places(session, rows=[PlaceRow(code=NEXT, name="邻川县"), PlaceRow(code=f"{NEXT}101", name="邻镇")])
    for code, name, user_name in ((COUNTY, "林若兰", "lin"), (NEXT, "陶文静", "tao")):
        place = place_by_code(session, code=code, level=Level.COUNTY)
        assert place
        person = enter_person(session, name=name)
        give_post(session, person=person, place=place, kind=PostKind.COUNTY_STEWARD, starts_on=SINCE)
        open_account(session, person=person, user_name=user_name, password_hash=QUICK)
    return desk


@pytest.fixture(scope="session")
def built_county(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stewards]:
    """Return the county with its stewards signed in; a test asks for `stewards` instead."""
    town = build_town(sqlite_template, tmp_path_factory.mktemp("county"), furnish=furnish_county)
    town.app.extensions["engine"].dispose()
    lin, tao = Visitor(town.app, "lin"), Visitor(town.app, "tao")
    town.app.extensions["engine"].dispose()
    town.template.write_bytes(town.file.read_bytes())
    yield Stewards(town, town.visitors["steward"], lin, tao)
    town.app.extensions["engine"].dispose()


@pytest.fixture
def stewards(built_county: Stewards) -> Iterator[Stewards]:
    """Return the county as it was built."""
    built_county.town.reset()
    yield built_county
    built_county.town.app.extensions["engine"].dispose()
