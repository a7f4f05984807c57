"""From data files to tables: a list of the library as a published version of a county, and the rule book's rows."""

from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_lists.editions.actions import make_version, publish_as_operator
from village_lists.editions.contents import ListContent
from village_lists.errors import NotFound
from village_lists.library import contents
from village_lists.library.editions import Titles, cited, list_content
from village_lists.library.load import DATA, read_library
from village_lists.markers import N_
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code
from village_lists.powers.models import ListVersion
from village_lists.rulebook.models import RuleRow

FIRST_LIST = "sample-36"


class LibraryList(NamedTuple):
    """A list that ships with the library, as the choice of a template names it."""

    slug: str
    title: str
    items: int


def library_lists(folder: Path = DATA) -> list[LibraryList]:
    """Return every list of the library: slug, title, number of items."""
    return [
        LibraryList(slug=template.slug, title=template.title, items=len(template.items))
        for template in _library(folder).lists
    ]


def template_content(slug: str, folder: Path = DATA) -> ListContent:
    """Return what a list of the library says; raise NotFound for an unknown slug."""
    library = _library(folder)
    return list_content(library, _template(library, slug))


def load_library(
    session: Session, *, county_code: str, on: date, folder: Path = DATA, slug: str = FIRST_LIST
) -> ListVersion:
    """Put a list of the library as a new published version of the county's list, and the rule rows it has not yet.

    Raise NotFound for an unknown county or list, Refusal while someone there is writing a version of this list,
    village_lists.library.load's errors for a library with mistakes.
    """
    county = place_by_code(session, code=county_code, level=Level.COUNTY)
    if county is None:
        raise NotFound(N_("没有区划代码为 %(code)s 的县"), code=county_code)
    library = _library(folder)
    template = _template(library, slug)
    load_rules(session, county=county, folder=folder)
    version = make_version(
        session,
        place=county,
        slug=slug,
        content=list_content(library, template),
        by=None,
        now=datetime.combine(on, time(), tzinfo=UTC),
    )
    publish_as_operator(session, version=version, on=on)
    return version


@cache
def _library(folder: Path) -> contents.Library:
    """Read the data files once in a process; what they give is frozen."""
    return read_library(folder)


def _template(library: contents.Library, slug: str) -> contents.ListTemplate:
    for template in library.lists:
        if template.slug == slug:
            return template
    raise NotFound(N_("清单库里没有「%(slug)s」这份清单"), slug=slug)


def load_rules(session: Session, *, county: Place, folder: Path = DATA) -> None:
    """Enter the rule book's rows of the library that the county has not yet; none that is there changes."""
    library = _library(folder)
    titles = {source.id: source.title for source in library.sources}
    known = {(row.key, row.level, row.place_id, row.valid_from) for row in session.scalars(select(RuleRow))}
    towns = session.scalars(select(Place).where(Place.parent_id == county.id).order_by(Place.code)).all()
    for row in library.rules:
        places: list[int | None] = [None]
        if row.level == Level.COUNTY:
            places = [county.id]
        elif row.level == Level.TOWNSHIP:
            places = [town.id for town in towns]
        for place_id in places:
            if (row.key, row.level, place_id, row.valid_from) not in known:
                session.add(_rule_row(row, place_id, titles))
    session.flush()


def _rule_row(row: contents.RuleRow, place_id: int | None, titles: Titles) -> RuleRow:
    value = list(row.value) if isinstance(row.value, tuple) else row.value
    return RuleRow(
        key=row.key,
        level=row.level,
        place_id=place_id,
        value={"value": value, "unit": row.unit.value},
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        basis=cited(row.basis, titles) if row.basis else row.note,
        is_sample=row.is_sample,
    )
