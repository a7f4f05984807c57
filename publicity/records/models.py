"""Records, their versions, and the deeds of review upon them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.categories.models import Category
from village_lists.db import Base
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Body, Place


class State(StrEnum):
    """Where a version stands; it moves only through publicity.workflow.rules.TRANSITIONS."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    ENDORSED = "endorsed"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What somebody did to a version."""

    DRAFT = "draft"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    CONFIRM = "confirm"
    ENDORSE = "endorse"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


class Record(Base):
    """One posting of one body for one period; its number is its public name within the village.

    `period` is what publicity's Span writes: 2026-09, 2026-Q3, 2026-H1, 2026 or, for an event, its day. `serial` tells
    apart several events of one day (1 otherwise); `title` names what it is about where the period does not.
    """

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("village_id", "number"),
        UniqueConstraint("body_id", "category_id", "period", "serial"),
    )

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    number: Mapped[int]
    period: Mapped[str] = mapped_column(String(10))
    serial: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(120), default="")

    village: Mapped[Place] = relationship(init=False)
    body: Mapped[Body] = relationship(init=False)
    category: Mapped[Category] = relationship(init=False)
    versions: Mapped[list["Version"]] = relationship(
        init=False, back_populates="record", order_by="Version.number", default_factory=list
    )


class Version(Base):
    """A version of a record. `key` is the random 80-bit name of an unpublished one.

    `made_by_id` is the natural person who entered it; `digest` binds approvals to the content they saw;
    published_at, display_from and display_to are set by publication alone. `review` is the order of review that the
    rule book gave when it was submitted ("supervision.approve secretary.confirm"); a later change does not turn it.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("record_id", "number"),
        CheckConstraint("display_to IS NULL OR display_to >= display_from", name="display_runs_forward"),
        Index("ix_version_state", "state"),
    )

    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(20), unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    revision: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    display_from: Mapped[date | None] = mapped_column(default=None)
    display_to: Mapped[date | None] = mapped_column(default=None)
    review: Mapped[str] = mapped_column(String(200), default="")

    record: Mapped[Record] = relationship(init=False, back_populates="versions")
    made_by: Mapped[Person] = relationship(init=False)
    events: Mapped[list["Event"]] = relationship(
        init=False, back_populates="version", order_by="Event.id", default_factory=list
    )
    remarks: Mapped[list["Remark"]] = relationship(
        init=False, back_populates="version", order_by="Remark.id", default_factory=list
    )


class Event(Base):
    """A deed upon a version: by whom, in which office, over which content; name and office stay as they were."""

    __tablename__ = "event"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    deed: Mapped[Deed]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post: Mapped[PostKind]
    name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_void: Mapped[bool] = mapped_column(default=False)
    acts_as_substitute: Mapped[bool] = mapped_column(default=False)
    is_acting: Mapped[bool] = mapped_column(default=False)

    version: Mapped[Version] = relationship(init=False, back_populates="events")


class Remark(Base):
    """What a member of the supervision committee says about a line (or the whole), and the clerk's answer."""

    __tablename__ = "remark"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    line: Mapped[int | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(40), default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)

    version: Mapped[Version] = relationship(init=False, back_populates="remarks")
