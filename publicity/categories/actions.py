"""Entering the categories that Mingbai begins with; further ones are made by a steward later."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS, Affairs, Category


def enter_first_categories(session: Session) -> None:
    """Enter the monthly accounts (财务收支逐笔公开) where they are not known yet."""
    if session.scalar(select(Category.id).where(Category.code == ACCOUNTS)):
        return
    session.add(
        Category(
            code=ACCOUNTS,
            affairs=Affairs.FINANCE,
            name="财务收支逐笔公开",
            position=1,
            due_rule="due.finance.monthly.day",
            review_rule="review.order",
            display_rule="display.days",
        )
    )
    session.flush()
