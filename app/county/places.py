"""The county that a steward's page is about, the places in it, and who is signed in."""

from flask import abort

from app import clock
from app.access import current_person, posts_today
from app.database import session
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Level, Place
from village_lists.places.queries import chain_of, place_by_code

LEVEL_OF_LENGTH = {6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}


def me() -> Person:
    """Return the person signed in; the gate lets nobody else in here."""
    return current_person() or abort(403)


def my_county(code: str) -> Place:
    """Return the county of the address; the gate has already seen that the person holds a post there."""
    return place_by_code(session(), code=code, level=Level.COUNTY) or abort(404)


def my_counties() -> list[str]:
    """Return the codes of the counties whose steward the person is today, in the order of the posts."""
    return [code for kind, code in posts_today(me(), clock.today()) if kind == PostKind.COUNTY_STEWARD]


def place_in(county: Place, code: str) -> Place:
    """Return the county itself, or the place in it of that code; what lies elsewhere is not there (404)."""
    level = LEVEL_OF_LENGTH.get(len(code)) or abort(404)
    place = place_by_code(session(), code=code, level=level) or abort(404)
    chain = chain_of(session(), place=place)
    return place if any(link.id == county.id for link in chain) else abort(404)


def keeper_in(county: Place, code: str) -> Place:
    """Return the county or a township in it, which keep lists here; a village's own list is the village's (404)."""
    place = place_in(county, code)
    return place if place.level in (Level.COUNTY, Level.TOWNSHIP) else abort(404)
