"""Categories of postings (P1, in first form)."""

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from village_lists.db import Base


class Affairs(StrEnum):
    """The three affairs: 党务, 村务, 财务."""

    PARTY = "party"
    VILLAGE = "village"
    FINANCE = "finance"


class Category(Base):
    """A kind of posting; the rule book's keys say when it is due, who reviews it, how long it hangs."""

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    affairs: Mapped[Affairs]
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    due_rule: Mapped[str] = mapped_column(String(60))
    review_rule: Mapped[str] = mapped_column(String(60))
    display_rule: Mapped[str] = mapped_column(String(60))


ACCOUNTS = "finance.monthly-accounts"
