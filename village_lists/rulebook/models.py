"""Rows of the rule book."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.people.models import Person
from village_lists.places.models import Level, Place


class RuleRow(Base):
    """One value of one rule, at one level, with its basis and dates of validity.

    `value` is a JSON object {"value": …}; `place` is empty at national and province level.
    """

    __tablename__ = "rule_row"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity_runs_forward"),
        Index("ix_rule_row_key_place", "key", "place_id"),
    )

    key: Mapped[str] = mapped_column(String(60))
    level: Mapped[Level]
    value: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    basis: Mapped[str] = mapped_column(String(200), default="")
    is_sample: Mapped[bool] = mapped_column(default=True)

    place: Mapped[Place | None] = relationship(init=False)


class ChangeState(StrEnum):
    """A change of the rule book is proposed by one steward and decided by another."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RuleChange(Base):
    """A proposed row of the rule book; accepted by a second person it becomes a `RuleRow` and ends the one before it.

    `value` is what `RuleRow.value` would be; None proposes only that the row in force ends with `valid_until`.
    """

    __tablename__ = "rule_change"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="change_runs_forward"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people"),
    )

    key: Mapped[str] = mapped_column(String(60), index=True)
    level: Mapped[Level]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    value: Mapped[dict[str, Any] | None]
    valid_from: Mapped[date]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    valid_until: Mapped[date | None] = mapped_column(default=None)
    basis: Mapped[str] = mapped_column(String(200), default="")
    is_sample: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.PROPOSED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decision_note: Mapped[str] = mapped_column(Text, default="")

    place: Mapped[Place | None] = relationship(init=False)
    proposed_by: Mapped[Person] = relationship(init=False, foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[decided_by_id])
