"""What stands beside the deeds of review: overrides of the privacy guard, withdrawals, filings with the township."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.records.models import Version
from village_lists.db import Base
from village_lists.people.models import Person, PostKind


class Override(Base):
    """Two people say, with a reason, that something the privacy guard found may be posted all the same (P7).

    `place` says where in the version (GateProblem.place), `digest` is the SHA-256 (hex) of the text that was judged:
    another text there is judged anew. It counts once somebody else (`agreed_by`) has agreed.
    """

    __tablename__ = "override"
    __table_args__ = (
        UniqueConstraint("version_id", "place", "kind", "digest"),
        CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> asked_by_id", name="two_people"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    place: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)

    version: Mapped[Version] = relationship(init=False)
    asked_by: Mapped[Person] = relationship(init=False, foreign_keys=[asked_by_id])
    agreed_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[agreed_by_id])


class Withdrawal(Base):
    """What is published is taken back: one person asks with a reason, another agrees; the tombstone stays public.

    Names and offices as they were. `agreed_by` is who decided: with `refused_at` this person said no, and it may be
    asked for again; without it what was published is withdrawn. `note` is what a refusal says.
    """

    __tablename__ = "withdrawal"
    __table_args__ = (CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> asked_by_id", name="two_people"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_name: Mapped[str] = mapped_column(String(40))
    asked_post: Mapped[PostKind]
    asked_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    agreed_name: Mapped[str] = mapped_column(String(40), default="")
    agreed_post: Mapped[PostKind | None] = mapped_column(default=None)
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(Text, default="")

    version: Mapped[Version] = relationship(init=False)


class Filing(Base):
    """The township has received what was published (备案); due by a day where the rule book asks for it."""

    __tablename__ = "filing"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), unique=True)
    due: Mapped[date]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    filed_name: Mapped[str] = mapped_column(String(40), default="")
    filed_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(Text, default="")

    version: Mapped[Version] = relationship(init=False)
