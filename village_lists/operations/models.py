"""Submissions that had their effect."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from village_lists.db import Base


class Operation(Base):
    """A form that was sent and had its effect, under the random key that the form carried.

    Written in the same transaction as the effect: a second sending of the same key finds it and gets the same answer
    (security.md, 5). `digest` is the SHA-256 (hex) of what was sent, `answer` the address that was answered.
    """

    __tablename__ = "operation"

    key: Mapped[str] = mapped_column(String(16), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(String(300), default="")
