"""The village that a desk page is about, and what belongs to it; what belongs elsewhere is not there (404)."""

from flask import abort

from app.access import current_person
from app.database import session
from publicity.ledgers.models import Upload
from publicity.ledgers.queries import upload_by_key
from publicity.postings.models import Posting
from publicity.postings.queries import posting_of
from publicity.records.models import Version
from publicity.records.queries import version_by_key
from village_lists.people.models import Person
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code


def my_village(code: str) -> Place:
    """Return the village of the address; the gate has already seen that the person holds a post there."""
    place = place_by_code(session(), code=code, level=Level.VILLAGE)
    return place or abort(404)


def my_version(village: Place, key: str) -> Version:
    """Return the version of that key in this village, or answer 404."""
    return version_by_key(session(), village=village, key=key) or abort(404)


def my_upload(village: Place, key: str) -> Upload:
    """Return the upload of that key in this village, or answer 404."""
    return upload_by_key(session(), village=village, key=key) or abort(404)


def me() -> Person:
    """Return the person signed in; the gate lets nobody else in here."""
    return current_person() or abort(403)


def my_posting(village: Place, key: str) -> Posting:
    """Return what the version of that key says, or answer 404 where it is no posting of this village."""
    return posting_of(session(), version=my_version(village, key)) or abort(404)
