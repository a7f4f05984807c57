"""Extensions of duties."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.categories.models import Category
from village_lists.db import Base
from village_lists.people.models import Person
from village_lists.places.models import Body


class Extension(Base):
    """A later day for one duty: the village asks with a reason, the township grants or refuses; residents see both.

    `serial` as in the record it is about (1 but for events). `until` is the new last day.
    """

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="two_people"),
        Index("ix_extension_body_id_category_id_period", "body_id", "category_id", "period"),
    )

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    period: Mapped[str] = mapped_column(String(10))
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    serial: Mapped[int] = mapped_column(default=1)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    is_granted: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")

    body: Mapped[Body] = relationship(init=False)
    category: Mapped[Category] = relationship(init=False)
    asked_by: Mapped[Person] = relationship(init=False, foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[decided_by_id])
