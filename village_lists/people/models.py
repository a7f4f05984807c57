"""Persons, posts, accounts and sign-ins."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.places.models import Body, Place


class PostKind(StrEnum):
    """The posts that Mingbai knows; each is held in one place for a term."""

    CLERK = "clerk"
    SECRETARY = "secretary"
    ORGANISER = "organiser"
    DIRECTOR = "director"
    SUPERVISION_HEAD = "supervision_head"
    SUPERVISION_MEMBER = "supervision_member"
    TOWNSHIP_AUDITOR = "township_auditor"
    COUNTY_STEWARD = "county_steward"


class Person(Base):
    """A natural person: unique by normalised phone and, where given, by a keyed hash of the ID number."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True, default=None)
    identity_digest: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)

    posts: Mapped[list["Post"]] = relationship(
        init=False, back_populates="person", order_by="Post.id", foreign_keys="Post.person_id"
    )


class Post(Base):
    """A post that a person holds in a place from a day to a day (None: no end yet).

    `is_acting`: named by the township to stand in while the post is vacant (代行), with the reason and by whom; such a
    post always has an end.
    """

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term_runs_forward"),
        CheckConstraint("is_substitute = false OR kind = 'director'", name="only_the_director_substitutes"),
        CheckConstraint(
            "is_acting = false OR (ends_on IS NOT NULL AND named_by_id IS NOT NULL AND named_by_id <> person_id)",
            name="acting_is_named_and_ends",
        ),
        Index("ix_post_place_kind", "place_id", "kind"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    kind: Mapped[PostKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    is_substitute: Mapped[bool] = mapped_column(default=False)
    is_acting: Mapped[bool] = mapped_column(default=False)
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    named_because: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship(init=False, back_populates="posts", foreign_keys=[person_id])
    named_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[named_by_id])
    place: Mapped[Place] = relationship(init=False)


class Appointment(Base):
    """An office of a person in one of the two legal bodies, as residents read it (村委会主任, 理事长, 监事长).

    It says who is who; what somebody may do in Mingbai, posts say. `title` as the body calls it.
    """

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term_runs_forward"),)

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)

    body: Mapped[Body] = relationship(init=False)
    person: Mapped[Person] = relationship(init=False)


class Account(Base):
    """A way to sign in; several may belong to one person, and duties are kept apart by person."""

    __tablename__ = "account"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    user_name: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(init=False)


class SignInSession(Base):
    """A server-side session: the cookie holds a random key, this row its digest and what is remembered."""

    __tablename__ = "sign_in_session"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), default=None, index=True)
    content: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)


class SignInAttempt(Base):
    """A failed sign-in, kept only as long as the throttle needs it; name and address as keyed hashes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)

    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
