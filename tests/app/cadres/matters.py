"""A village whose list parts amounts, and short ways to send the forms of its matters."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, text
from werkzeug.test import TestResponse

from publicity.matters.models import Matter
from publicity.records.models import Version
from tests.app.furnishing import village_of
from tests.app.officials import DESK, Town
from tests.publicity.matters.scene import CONTENT
from tests.publicity.workflow.stage import NOW
from tests.village_lists.powers.lists import adopt, make_version
from village_lists.places.models import Level, Place

MATTERS = f"{DESK}/matters"
TODAY = NOW.date()
FORM = {
    "item": "A04",
    "body": "committee",
    "budget": "5万",
    "procedure": "road",
    "title": "后山机耕路维修",
    "funding": "村集体自筹",
    "opened_on": "2026-09-01",
}


def adopt_small_list(town: Town, *, slug: str = "small", ago: int = 60) -> None:
    """Let the village adopt a list whose works are parted by amounts."""
    with town.session() as session:
        county = session.scalars(select(Place).where(Place.level == Level.COUNTY)).one()
        version = make_version(session, place=county, content=CONTENT, slug=slug)
        adopt(session, village=village_of(session), version=version, held_on=TODAY - timedelta(days=ago))
        session.commit()


def open_one(town: Town, role: str = "clerk", **changed: str) -> TestResponse:
    """Open a matter as somebody."""
    return town.visitors[role].post(MATTERS, {**FORM, **changed})


def send(town: Town, form: str, role: str = "clerk", number: int = 1, **fields: Any) -> TestResponse:
    """Send a form upon a matter as it stands now."""
    with town.session() as session:
        revision = session.scalar(select(Matter.revision).where(Matter.number == number))
    data = {"revision": str(revision), "happened_on": "2026-09-05", **fields}
    return town.visitors[role].post(f"{MATTERS}/{number}/{form}", data)


def shown(town: Town, role: str = "clerk", number: int = 1) -> str:
    """Return the page of a matter as somebody sees it."""
    answer = town.visitors[role].get(f"{MATTERS}/{number}")
    assert answer.status_code == 200
    return answer.text


def words_of(page: str) -> str:
    """Return a page without its marks."""
    return re.sub(r"<[^>]+>", "", page)


def count_of(town: Town, table: str) -> int:
    """Return how many rows a table has."""
    with town.session() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def day(after: int) -> str:
    """Return the day so many days after the opening."""
    return (date(2026, 9, 1) + timedelta(days=after)).isoformat()


def number_of_month(town: Town) -> str:
    """Return the number of the month that stands published."""
    with town.session() as session:
        found = session.scalars(select(Version).where(Version.key == town.desk.published)).one()
        return str(found.record.number)
