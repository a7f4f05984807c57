"""The directory as a county's stewards see it: every category with where it stands, and what a change touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import column, func, or_, select, table
from sqlalchemy.orm import Session, aliased, selectinload

from publicity.categories.contents import CategoryContent
from publicity.categories.models import Category, CategoryEdition, EditionState
from publicity.categories.queries import content_of
from village_lists.places.models import Place

UNFINISHED = (EditionState.DRAFT, EditionState.SUBMITTED)
POSTED = ("published", "corrected")
IN_WORK = ("draft", "submitted", "approved", "confirmed", "endorsed")
# Records know their categories, not the other way round: their tables are asked by name, for two numbers.
RECORD = table("record", column("id"), column("category_id"), column("village_id"))
VERSION = table("version", column("record_id"), column("state"))


@dataclass(frozen=True, kw_only=True)
class CategoryLine:
    """A category in a county: what it says there, since when, and what is being written.

    `edition` holds (or will, from `since` on) in the county, None for a category not in force yet; `is_own`: it is the
    county's edition, not Mingbai's. `unfinished`: the county's draft, or what waits for a second steward. `posted`
    counts the county's records under the category that stand published, `in_work` versions being written or reviewed.
    """

    category: Category
    edition: CategoryEdition | None
    content: CategoryContent
    unfinished: CategoryEdition | None
    posted: int
    in_work: int

    @property
    def is_own(self) -> bool:
        """Say whether the county says itself what holds."""
        return self.edition is not None and self.edition.place_id is not None

    @property
    def since(self) -> date | None:
        """Return the first day of what holds, or None."""
        return self.edition.valid_from if self.edition else None


def category_lines(session: Session, *, county: Place) -> list[CategoryLine]:
    """Return every category that Mingbai or the county has, by position and code; four statements."""
    found = session.scalars(
        select(Category)
        .where(or_(Category.place_id.is_(None), Category.place_id == county.id))
        .options(selectinload(Category.editions).joinedload(CategoryEdition.made_by))
    )
    posted, in_work = _posted(session, county), _in_work(session, county)
    lines = [line_of(category, county=county, posted=posted, in_work=in_work) for category in found]
    return sorted(lines, key=lambda line: (line.content.position, line.category.code))


def line_of(
    category: Category, *, county: Place, posted: Mapping[int, int], in_work: Mapping[int, int]
) -> CategoryLine:
    """Return where a category stands in a county; the numbers come by the id of the category."""
    edition = newest_standing(category, county=county)
    unfinished = next((one for one in category.editions if one.place_id == county.id and one.state in UNFINISHED), None)
    shown = edition or unfinished or category.editions[-1]
    return CategoryLine(
        category=category,
        edition=edition,
        content=content_of(shown),
        unfinished=unfinished,
        posted=posted.get(category.id, 0),
        in_work=in_work.get(category.id, 0),
    )


def category_line(session: Session, *, county: Place, code: str) -> CategoryLine | None:
    """Return one category of Mingbai or of the county, or None; four statements."""
    category = category_by_code(session, county=county, code=code)
    if category is None:
        return None
    return line_of(category, county=county, posted=_posted(session, county), in_work=_in_work(session, county))


def category_by_code(session: Session, *, county: Place, code: str) -> Category | None:
    """Return a category of Mingbai or of the county; another county's is not there (None)."""
    return session.scalar(
        select(Category).where(Category.code == code, or_(Category.place_id.is_(None), Category.place_id == county.id))
    )


def edition_of(session: Session, *, county: Place, code: str, number: int) -> CategoryEdition | None:
    """Return the county's own edition of a category by its number, or None."""
    return session.scalar(
        select(CategoryEdition)
        .join(CategoryEdition.category)
        .where(Category.code == code, CategoryEdition.place_id == county.id, CategoryEdition.number == number)
    )


def categories_of(session: Session, *, county: Place) -> list[Category]:
    """Return the categories that the county made, oldest first."""
    return list(session.scalars(select(Category).where(Category.place_id == county.id).order_by(Category.id)))


def own_editions(category: Category, *, county: Place) -> list[CategoryEdition]:
    """Return the county's editions of a category, oldest first."""
    return sorted((one for one in category.editions if one.place_id == county.id), key=lambda one: one.number)


def newest_standing(category: Category, *, county: Place) -> CategoryEdition | None:
    """Return the edition in force that wins in the county: its own, else Mingbai's; None where there is none."""
    standing = [one for one in category.editions if one.state is EditionState.IN_FORCE]
    fitting = [one for one in standing if one.place_id in {None, county.id}]
    return max(fitting, key=lambda one: (one.place_id is not None, one.number), default=None)


def _posted(session: Session, county: Place) -> dict[int, int]:
    return _counted(session, county, POSTED)


def _in_work(session: Session, county: Place) -> dict[int, int]:
    return _counted(session, county, IN_WORK)


def _counted(session: Session, county: Place, states: tuple[str, ...]) -> dict[int, int]:
    """Return how many records of the county's villages have a version in one of the states, by category."""
    village, township = aliased(Place), aliased(Place)
    rows = session.execute(
        select(RECORD.c.category_id, func.count(RECORD.c.id.distinct()))
        .join_from(RECORD, VERSION, VERSION.c.record_id == RECORD.c.id)
        .join(village, village.id == RECORD.c.village_id)
        .join(township, township.id == village.parent_id)
        .where(township.parent_id == county.id, VERSION.c.state.in_(states))
        .group_by(RECORD.c.category_id)
    )
    return dict(iter(rows))
