"""Prohibitions and what they are tied to (L4)."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.people.models import PostKind


class Prohibition(Base):
    """One entry of the negative list of a list version; `who` says in plain words whom it binds.

    Without ties it stands in the list alone (清单里单列的禁止事项).
    """

    __tablename__ = "prohibition"
    __table_args__ = (UniqueConstraint("version_id", "code"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(200), default="")
    consequence: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(String(120), default="")
    watched_by: Mapped[str] = mapped_column(String(60), default="需人工判断")
    is_sample: Mapped[bool] = mapped_column(default=True)

    ties: Mapped[list["ProhibitionTie"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ProhibitionTie.id"
    )


class ProhibitionTie(Base):
    """A prohibition belongs to an item, to a step of one of its procedures, or to a post."""

    __tablename__ = "prohibition_tie"
    __table_args__ = (CheckConstraint("item_code <> '' OR post IS NOT NULL", name="tied_to_something"),)

    prohibition_id: Mapped[int] = mapped_column(ForeignKey("prohibition.id"), init=False, index=True)
    item_code: Mapped[str] = mapped_column(String(20), default="")
    node_key: Mapped[str] = mapped_column(String(40), default="")
    post: Mapped[PostKind | None] = mapped_column(default=None)
