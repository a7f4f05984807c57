"""The village that an address names."""

from flask import abort

from app.database import session
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code


def village_or_404(code: str) -> Place:
    """Return the village of a division code with its bodies, or end with the page for what is not there."""
    village = place_by_code(session(), code=code, level=Level.VILLAGE)
    if village is None:
        abort(404)
    return village
