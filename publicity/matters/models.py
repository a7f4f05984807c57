"""Matters, the deeds that drive them, and the papers that show they were done (P5)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.records.models import Record
from village_lists.db import Base, Fen
from village_lists.documents.models import Document
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Body, Place
from village_lists.powers.models import ListVersion, Procedure


class MatterState(StrEnum):
    """Where a matter stands; computed from its deeds (publicity.matters.replay) and kept for lists."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class MatterDeed(StrEnum):
    """What happened in a matter. What each does to the course: publicity.matters.course."""

    DONE = "done"
    DECIDED = "decided"
    SKIPPED = "skipped"
    HANDED_OVER = "handed_over"
    MET = "met"
    POSTED = "posted"
    TAKEN_DOWN = "taken_down"
    BUDGETED = "budgeted"
    MOVED = "moved"
    STOPPED = "stopped"
    VOIDED = "voided"


class Matter(Base):
    """A real case of one body under an item of the list; its number is its public name within the village.

    `code` is what people write (A04-2026-03: item, year, count). `procedure_id` is the procedure that it was opened
    with, fixed at that moment; a later one is taken over by a deed (MOVED). `opened_name` stays as it was.
    """

    __tablename__ = "matter"
    __table_args__ = (
        UniqueConstraint("village_id", "number"),
        UniqueConstraint("village_id", "code"),
        Index("ix_matter_village_state", "village_id", "state"),
    )

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    item_code: Mapped[str] = mapped_column(String(20))
    list_version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    opened_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_name: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime]
    budget_fen: Mapped[Fen | None] = mapped_column(default=None)
    funding: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[MatterState] = mapped_column(default=MatterState.RUNNING)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=1)

    village: Mapped[Place] = relationship(init=False)
    body: Mapped[Body] = relationship(init=False)
    list_version: Mapped[ListVersion] = relationship(init=False)
    procedure: Mapped[Procedure] = relationship(init=False)
    opened_by: Mapped[Person] = relationship(init=False)
    events: Mapped[list["MatterEvent"]] = relationship(
        init=False, back_populates="matter", order_by="MatterEvent.sequence", default_factory=list
    )


class MatterEvent(Base):
    """A deed in a matter: at which step, on which day, by whom, in which office. Rows are added and never changed.

    `step` is the path of the step (node keys joined by `/`, from the embedding step inwards: `wuyi/show`), empty for
    deeds upon the whole matter. `happened_on` is the day of the deed, `at` when it was entered. `exit` is the label of
    the exit that a decision took. `content` by deed: MET decision_body, meeting, due, present, in_favour, passes, and
    arithmetic (village_lists.powers.resolutions.frozen); POSTED where, days, record (number or None); BUDGETED
    budget_fen, former, band (publicity.matters.choices.frozen_band, or None); MOVED procedure, list_version (ids) and
    former, former_version; VOIDED sequence. A member of the supervision committee who did not enter it may
    check it once (`checked_*`); until then residents read 监委会还没有核对. The check does not reach papers that were
    added after it (publicity.matters.rules.papers_after_check): they are told to be unchecked.
    """

    __tablename__ = "matter_event"
    __table_args__ = (
        UniqueConstraint("matter_id", "sequence"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> by_id", name="two_people"),
    )

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    sequence: Mapped[int]
    deed: Mapped[MatterDeed]
    happened_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post: Mapped[PostKind]
    name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(200), default="")
    exit: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    checked_name: Mapped[str] = mapped_column(String(40), default="")
    checked_at: Mapped[datetime | None] = mapped_column(default=None)

    matter: Mapped[Matter] = relationship(init=False, back_populates="events")
    evidence: Mapped[list["Evidence"]] = relationship(
        init=False, back_populates="event", order_by="Evidence.id", default_factory=list
    )


class Evidence(Base):
    """A paper or photo that shows a deed was done; `name` is what the step asks for (会议记录, 签到册, 公示照片).

    The original is for officials. `shown_id` is what the public gets: None while nobody looked at it
    (`is_checked` False) or where it stays inside. `boxes` as for attachments, in thousandths of the picture.
    """

    __tablename__ = "evidence"

    key: Mapped[str] = mapped_column(String(20), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("matter_event.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    original_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    shown_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
    boxes: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    is_checked: Mapped[bool] = mapped_column(default=False)

    event: Mapped[MatterEvent] = relationship(init=False, back_populates="evidence")
    original: Mapped[Document] = relationship(init=False, foreign_keys=[original_id])
    shown: Mapped[Document | None] = relationship(init=False, foreign_keys=[shown_id])


class MatterRecord(Base):
    """A record that belongs to a matter (the works sheet before, during, after; a resolution): tied once, at a step."""

    __tablename__ = "matter_record"
    __table_args__ = (UniqueConstraint("matter_id", "record_id"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(200), default="")

    matter: Mapped[Matter] = relationship(init=False)
    record: Mapped[Record] = relationship(init=False)
