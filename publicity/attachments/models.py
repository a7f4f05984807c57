"""Attachments of versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.records.models import Version
from village_lists.db import Base
from village_lists.documents.models import Document


class Standing(StrEnum):
    """How far an attachment is: nobody looked, covered and not yet confirmed, public so or so, or never public."""

    NEW = "new"
    TO_CONFIRM = "to_confirm"
    COVERED = "covered"
    CLEAN = "clean"
    INSIDE = "inside"


class Attachment(Base):
    """A photo or PDF of a version: `original` as it was sent (drawn anew, stripped), `shown` what the public sees.

    `line` None: it belongs to the whole. `boxes` tells of the picture: the covered rectangles as {"boxes": [[x, y,
    width, height] …]} in thousandths of it, its "size" in pixels, its "likeness" (publicity.attachments.likeness), and
    who "checked" it. `is_checked`: a person looked and covered what must not be seen, or said that there is nothing;
    until then the version does not pass the gate. `shown` None and checked: for officials alone, never public.
    """

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("line IS NULL OR line > 0", name="line_counts_from_one"),)

    key: Mapped[str] = mapped_column(String(20), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    position: Mapped[int]
    original_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    line: Mapped[int | None] = mapped_column(default=None)
    caption: Mapped[str] = mapped_column(String(120), default="")
    shown_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
    boxes: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    is_checked: Mapped[bool] = mapped_column(default=False)

    version: Mapped[Version] = relationship(init=False)
    original: Mapped[Document] = relationship(init=False, foreign_keys=[original_id])
    shown: Mapped[Document | None] = relationship(init=False, foreign_keys=[shown_id])

    @property
    def standing(self) -> Standing:
        """Return how far it is."""
        if not self.is_checked:
            return Standing.NEW if self.shown_id is None else Standing.TO_CONFIRM
        if self.shown_id is None:
            return Standing.INSIDE
        return Standing.CLEAN if self.shown_id == self.original_id else Standing.COVERED

    @property
    def shown_digest(self) -> str:
        """Return the digest of what the public gets, or would get; "" where that is nothing."""
        return self.shown.digest if self.shown is not None else ""

    @property
    def box_count(self) -> int:
        """Return how many places are covered."""
        return len(self.boxes.get("boxes", ()))
