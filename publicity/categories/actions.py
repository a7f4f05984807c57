"""Entering the categories that Mingbai brings."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.contents import CategoryContent, Sheet, digest_of, to_plain
from publicity.categories.models import ACCOUNTS, Affairs, Category, CategoryEdition, EditionState
from village_lists.periods import Cadence
from village_lists.places.models import BodyKind

SINCE = date(2010, 1, 1)
MONTHLY_ACCOUNTS = CategoryContent(
    name="财务收支逐笔公开",
    affairs=Affairs.FINANCE,
    sheet=Sheet.ACCOUNTS,
    cadence=Cadence.MONTH,
    about="村里每一笔收入和支出",
    headings=(("three", "finance"), ("four", "finance")),
    bodies=(BodyKind.COMMITTEE, BodyKind.COLLECTIVE),
    due_rule="due.finance.monthly.day",
    position=1,
    may_be_nil=False,
)


def enter_first_categories(session: Session) -> None:
    """Enter the monthly accounts (财务收支逐笔公开) where they are not known yet."""
    enter_category(session, code=ACCOUNTS, content=MONTHLY_ACCOUNTS, since=SINCE)


def enter_category(session: Session, *, code: str, content: CategoryContent, since: date) -> Category:
    """Enter a category of Mingbai, or a new edition of it where its content is another than the newest one's.

    The operator's deed: it holds everywhere from the day `since` on, until a county puts its own edition in force.
    """
    category = session.scalar(select(Category).where(Category.code == code))
    if category is None:
        category = Category(
            code=code,
            affairs=content.affairs,
            name=content.name,
            position=content.position,
            due_rule=content.due_rule,
            review_rule=content.review_rule,
            display_rule=content.display_rule,
        )
        session.add(category)
        session.flush()
    own = [edition for edition in category.editions if edition.place_id is None]
    if own and own[-1].digest == digest_of(content):
        return category
    for edition in own:
        edition.state = EditionState.REPLACED
    at = datetime.combine(since, datetime.min.time(), tzinfo=UTC)
    session.add(
        CategoryEdition(
            category_id=category.id,
            place_id=None,
            number=len(own) + 1,
            content=to_plain(content),
            digest=digest_of(content),
            made_by_id=None,
            made_at=at,
            state=EditionState.IN_FORCE,
            put_at=at,
            valid_from=since,
        )
    )
    session.flush()
    session.expire(category, ["editions"])
    return category
