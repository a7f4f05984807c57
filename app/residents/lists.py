"""Which list a village shows: the one it adopted, or, marked as not yet adopted, the one put before it."""

from dataclasses import dataclass

from flask import abort

from app.database import session
from app.residents.places import village_or_404
from village_lists.places.models import Place
from village_lists.places.queries import chain_of
from village_lists.powers.adoptions import adoptions_of
from village_lists.powers.models import Adoption, ListVersion
from village_lists.powers.queries import ItemLine, adoption_of, item_line, offered_version


@dataclass(frozen=True, kw_only=True)
class ShownList:
    """A village with the version that it shows; without an adoption the version is only proposed."""

    village: Place
    version: ListVersion
    adoption: Adoption | None

    @property
    def version_id(self) -> int:
        """Return the key of the version."""
        return self.version.id


def list_of(village: Place) -> ShownList | None:
    """Return the list that the village shows, or None; at most two statements."""
    adoption = adoption_of(session(), village=village)
    if adoption is not None:
        return ShownList(village=village, version=adoption.version, adoption=adoption)
    offered = offered_version(session(), village=village)
    return ShownList(village=village, version=offered, adoption=None) if offered else None


def list_or_404(code: str) -> ShownList:
    """Return the list of the village of a division code, or end with the page for what is not there."""
    shown = list_of(village_or_404(code))
    if shown is None:
        abort(404)
    return shown


@dataclass(frozen=True, kw_only=True)
class FormerItem:
    """An item that a list of the village once had, that list, and the adoption that came without the item."""

    line: ItemLine
    former: ListVersion
    dropped_by: Adoption


def former_item(shown: ShownList, code: str) -> FormerItem | None:
    """Return what a code meant in the newest earlier list of the village that had it, or None.

    Printed codes outlive the list they were printed from: who scans one must not be told that it was copied wrongly.
    """
    dropped_by: Adoption | None = None
    for adoption in adoptions_of(session(), village=shown.village):
        if adoption.confirmed_at is None:
            continue
        line = item_line(session(), version_id=adoption.version_id, code=code)
        if line is not None:
            return FormerItem(line=line, former=adoption.version, dropped_by=dropped_by) if dropped_by else None
        dropped_by = adoption
    return None


@dataclass(frozen=True, kw_only=True)
class Hotline:
    """A number to ask, and whose it is."""

    place: str
    number: str


def hotline_of(village: Place) -> Hotline | None:
    """Return the number of the village, else of the nearest place above it that has one, or None."""
    above = chain_of(session(), place=village)
    return next((Hotline(place=place.name, number=place.hotline) for place in above if place.hotline), None)
