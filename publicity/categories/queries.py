"""Questions about categories: which are in force for a place on a day, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from publicity.categories.contents import CategoryContent, from_plain
from publicity.categories.models import Category, CategoryEdition, EditionState
from village_lists.places.models import Place
from village_lists.places.queries import chain_of
from village_lists.rulebook.queries import rules_for

KEPT_IN_MIND = 2000
TAXONOMY = "directory.taxonomy"
STOOD = (EditionState.IN_FORCE, EditionState.REPLACED)


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A category with the edition that holds for a place on a day; `begins` is the first day it was ever owed there."""

    category_id: int
    code: str
    edition_id: int
    content: CategoryContent
    begins: date


class Directory:
    """The editions that may hold for some places, asked once; answers without asking the database again."""

    def __init__(self, rows: Sequence[tuple[Category, CategoryEdition]]) -> None:
        """Keep the editions that stand or stood, oldest first."""
        self._editions: dict[str, list[tuple[Category, CategoryEdition]]] = {}
        for category, edition in rows:
            self._editions.setdefault(category.code, []).append((category, edition))

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all categories known here."""
        return tuple(self._editions)

    def in_force(self, *, code: str, county_id: int | None, on: date) -> InForce | None:
        """Return the edition of a category that holds in the county on the day, or None; a county's own wins.

        Of two of one owner the later beginning wins. Retired ones (`content.is_active` False) are returned too.
        """
        fitting = [
            (category, edition)
            for category, edition in self._editions.get(code, ())
            if edition.place_id in {None, county_id} and edition.valid_from is not None
        ]
        valid = [pair for pair in fitting if pair[1].valid_from is not None and pair[1].valid_from <= on]
        if not valid:
            return None
        category, edition = max(
            valid, key=lambda pair: (pair[1].place_id is not None, pair[1].valid_from or on, pair[1].number)
        )
        return InForce(
            category_id=category.id,
            code=category.code,
            edition_id=edition.id,
            content=content_of(edition),
            begins=min(other.valid_from for _, other in fitting if other.valid_from is not None),
        )

    def all_in_force(self, *, county_id: int | None, on: date) -> list[InForce]:
        """Return every active category that holds in the county on the day, in the order of their positions."""
        found = [self.in_force(code=code, county_id=county_id, on=on) for code in self._editions]
        return sorted(
            (one for one in found if one is not None and one.content.is_active),
            key=lambda one: (one.content.position, one.code),
        )


def directory_for(session: Session, *, places: Sequence[Place], codes: Sequence[str] = ()) -> Directory:
    """Return the directory of the places' counties (each place is its county or lies below it); two statements.

    With `codes` only those categories are in it: each row brings a whole content.
    """
    counties = {county_of(session, place=place) for place in places}
    rows = session.execute(
        select(Category, CategoryEdition)
        .join(CategoryEdition.category)
        .where(
            CategoryEdition.state.in_(STOOD),
            or_(CategoryEdition.place_id.is_(None), CategoryEdition.place_id.in_(counties - {None})),
            Category.code.in_(codes) if codes else true(),
        )
        .order_by(CategoryEdition.id)
    ).all()
    return Directory([(category, edition) for category, edition in rows])


def county_of(session: Session, *, place: Place) -> int | None:
    """Return the id of the county in which a place lies (itself for a county)."""
    return next((above.id for above in chain_of(session, place=place) if above.level == "county"), None)


def categories_for(session: Session, *, place: Place, on: date) -> list[InForce]:
    """Return every active category that holds at a place on a day, in the order of their positions."""
    county = county_of(session, place=place)
    return directory_for(session, places=[place]).all_in_force(county_id=county, on=on)


def category_in_force(session: Session, *, code: str, place: Place, on: date) -> InForce | None:
    """Return a category as it holds at a place on a day, or None; retired ones are returned too."""
    county = county_of(session, place=place)
    return directory_for(session, places=[place], codes=[code]).in_force(code=code, county_id=county, on=on)


_read: dict[str, CategoryContent] = {}


def taxonomy_for(session: Session, *, place: Place, on: date) -> str:
    """Return the directory tree that holds at a place (`directory.taxonomy`), "three" where no row says."""
    answer = rules_for(session, keys=[TAXONOMY], places=[place]).answer(key=TAXONOMY, place=place, on=on)
    return str(answer.value) if answer else "three"


def content_of(edition: CategoryEdition) -> CategoryContent:
    """Return what an edition says; each content is read once in a process, by its digest."""
    if edition.digest not in _read:
        if len(_read) > KEPT_IN_MIND:
            _read.clear()
        _read[edition.digest] = from_plain(edition.content)
    return _read[edition.digest]
