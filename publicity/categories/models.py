"""Categories of postings (公开目录, P1) and their editions: a county changes one without touching what was posted."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.people.models import Person
from village_lists.places.models import Place


class Affairs(StrEnum):
    """The three affairs: 党务, 村务, 财务."""

    PARTY = "party"
    VILLAGE = "village"
    FINANCE = "finance"


class Category(Base):
    """A kind of posting. Its code never changes; all else stands in its editions.

    `place` is the county that made it, None for those that Mingbai brings (`data/directory`). `affairs`, `name`,
    `position` and the three rule keys repeat what the newest edition in force says (for a category of Mingbai: its own
    edition, not a county's), for lists that need no more.
    """

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    affairs: Mapped[Affairs]
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    due_rule: Mapped[str] = mapped_column(String(60))
    review_rule: Mapped[str] = mapped_column(String(60))
    display_rule: Mapped[str] = mapped_column(String(60))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None, index=True)

    place: Mapped[Place | None] = relationship(init=False)
    editions: Mapped[list["CategoryEdition"]] = relationship(
        init=False, back_populates="category", order_by="CategoryEdition.id", default_factory=list
    )


class EditionState(StrEnum):
    """Where an edition stands: written, sent to a second steward, in force, replaced by a later one."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


class CategoryEdition(Base):
    """What a category says from a day on, everywhere (`place` None) or in one county, whose edition wins there.

    `content` is a publicity.categories.contents.CategoryContent in plain values, `digest` its SHA-256 (hex). Two
    stewards put it in force; the operator's library needs none (`made_by` None). What came into force never changes.
    """

    __tablename__ = "category_edition"
    __table_args__ = (
        UniqueConstraint("category_id", "place_id", "number"),
        CheckConstraint("put_by_id IS NULL OR put_by_id <> made_by_id", name="two_people"),
        Index("ix_category_edition_category_id_state", "category_id", "state"),
    )

    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    state: Mapped[EditionState] = mapped_column(default=EditionState.DRAFT)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    put_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    put_at: Mapped[datetime | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)

    category: Mapped[Category] = relationship(init=False, back_populates="editions")
    place: Mapped[Place | None] = relationship(init=False)
    made_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[made_by_id])
    put_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[put_by_id])


ACCOUNTS = "finance.monthly-accounts"
