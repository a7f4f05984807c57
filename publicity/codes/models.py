"""Printed codes: once given, a code means the same thing for ever (B2)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.places.models import Place


class TargetKind(StrEnum):
    """What a code leads to."""

    RECORD = "record"
    POWER = "power"
    VILLAGE = "village"
    MATTER = "matter"
    HOLDING = "holding"


class ShortCode(Base):
    """A seven-character code and what it means: a number or an item's code within a village."""

    __tablename__ = "short_code"
    __table_args__ = (UniqueConstraint("village_id", "kind", "target"),)

    code: Mapped[str] = mapped_column(String(7), unique=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    kind: Mapped[TargetKind]
    target: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]

    village: Mapped[Place] = relationship(init=False)
