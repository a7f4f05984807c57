"""The outline of a version as the desk shows it: what is filtered, how many problems stand where, who may do what."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import clock
from app.county.editions import Edition
from app.county.places import me
from app.database import session
from app.editing.categories import CategoryRow, in_tree_order
from village_lists.editions.contents import ItemContent, ListContent
from village_lists.editions.queries import deeds_of, writers_of
from village_lists.people.models import PostKind
from village_lists.people.queries import holders
from village_lists.places.models import Level, Place
from village_lists.powers.models import ListDeed, ListDeedKind
from village_lists.rulebook.queries import places_of


@dataclass(frozen=True, kw_only=True)
class OutlineRow:
    """A category with its depth, and its own items that fit the search."""

    row: CategoryRow
    items: tuple[ItemContent, ...]


@dataclass(frozen=True, kw_only=True)
class OutlinePage:
    """The outline and the next step: an `is_writer` does not publish, `publishers` (names) may."""

    rows: tuple[OutlineRow, ...]
    search: str
    shown: int
    is_writer: bool
    publishers: tuple[str, ...]
    last_deed: ListDeed | None
    submitted: ListDeed | None
    returned: ListDeed | None
    has_former: bool
    towns: tuple[Place, ...]


def outline_page(edition: Edition, *, search: str) -> OutlinePage:
    """Return the outline; with a search only items whose code, name or sentence has its words."""
    words = search.lower().split()
    content = edition.content
    items = [item for item in content.items if all(word in _text(item) for word in words)]
    rows = outlined(content, items)
    deeds = deeds_of(session(), version=edition.version)
    writers = writers_of(session(), version=edition.version)
    stewards = holders(session(), place=edition.county, kind=PostKind.COUNTY_STEWARD, on=clock.today())
    latest = deeds[0] if deeds else None
    return OutlinePage(
        rows=tuple(row for row in rows if row.items or not words),
        search=search,
        shown=len(items),
        is_writer=me().id in writers,
        publishers=tuple(post.person.name for post in stewards if post.person_id not in writers),
        last_deed=latest,
        submitted=next((deed for deed in deeds if deed.deed is ListDeedKind.SUBMIT), None),
        returned=latest if latest and latest.deed is ListDeedKind.RETURN else None,
        has_former=edition.version.number > 1,
        towns=towns_of(edition),
    )


def outlined(content: ListContent, items: Sequence[ItemContent]) -> tuple[OutlineRow, ...]:
    """Return the categories of a content in the order of its tree, each with its own of these items."""
    return tuple(
        OutlineRow(row=row, items=tuple(item for item in items if item.category == row.category.code))
        for row in in_tree_order(content.categories)
    )


def towns_of(edition: Edition) -> tuple[Place, ...]:
    """Return the townships that a published version may be put to: those of the county, or the township itself."""
    owner = edition.version.power_list.place
    if owner.level is Level.TOWNSHIP:
        return (owner,)
    places = places_of(session(), county=edition.county)
    return tuple(place for place in places if place.level is Level.TOWNSHIP)


def _text(item: ItemContent) -> str:
    return f"{item.code} {item.name} {item.sentence} {' '.join(item.keywords)}".lower()
