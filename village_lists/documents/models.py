"""Attached documents as a table."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.people.models import Person
from village_lists.places.models import Place


class DocumentKind(StrEnum):
    """What an attachment is: a photo that was drawn anew, or a PDF that is only ever downloaded."""

    PHOTO = "photo"
    PDF = "pdf"


class Document(Base):
    """An attachment of a place under a random key of 80 bits; `digest` is the SHA-256 of `content` in hex."""

    __tablename__ = "document"

    key: Mapped[str] = mapped_column(String(16), unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[DocumentKind]
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)

    place: Mapped[Place] = relationship(init=False)
    entered_by: Mapped[Person | None] = relationship(init=False)
