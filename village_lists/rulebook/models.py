"""Rows of the rule book."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
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
