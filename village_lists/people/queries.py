"""Questions about people: who signs in, who holds which post."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from village_lists.people.models import Account, Appointment, Person, Post, PostKind, SignInAttempt, SignInSession
from village_lists.people.rules import holds_on, normal_phone
from village_lists.places.models import Body, Place


def account_by_id(session: Session, *, number: int) -> Account | None:
    """Return the account with its person and posts, or None."""
    return session.scalar(
        select(Account)
        .where(Account.id == number)
        .options(selectinload(Account.person).selectinload(Person.posts).selectinload(Post.place))
    )


def accounts_named(session: Session, *, name: str) -> list[Account]:
    """Return the accounts that a user name or phone number may mean, oldest first."""
    wanted = name.strip()
    if not wanted.isprintable():
        return []
    return list(
        session.scalars(
            select(Account)
            .join(Account.person)
            .where(or_(Account.user_name == wanted.lower(), Person.phone == normal_phone(wanted)))
            .order_by(Account.id)
        )
    )


def session_by_digest(session: Session, *, digest: str) -> SignInSession | None:
    """Return the server-side session of a cookie's digest, or None."""
    return session.scalar(select(SignInSession).where(SignInSession.digest == digest))


def failures_since(session: Session, *, key: str, since: datetime) -> int:
    """Return how many sign-ins failed for the throttle key since the instant."""
    return (
        session.scalar(select(func.count(SignInAttempt.id)).where(SignInAttempt.key == key, SignInAttempt.at > since))
        or 0
    )


def holders(session: Session, *, place: Place, kind: PostKind, on: date) -> list[Post]:
    """Return the posts of a kind that are held in the place on the day."""
    found = session.scalars(select(Post).where(Post.place_id == place.id, Post.kind == kind).order_by(Post.id))
    return [post for post in found if holds_on(post, on)]


def officials_of(session: Session, *, place: Place, on: date) -> list[Post]:
    """Return every post held in the place on the day, with its person."""
    found = session.scalars(
        select(Post).where(Post.place_id == place.id).options(selectinload(Post.person)).order_by(Post.id)
    )
    return [post for post in found if holds_on(post, on)]


def posts_in(session: Session, *, places: Collection[Place]) -> list[Post]:
    """Return every post ever held in the places, with persons, in the order in which they were given."""
    return list(
        session.scalars(
            select(Post)
            .where(Post.place_id.in_([place.id for place in places]))
            .options(selectinload(Post.person))
            .order_by(Post.id)
        )
    )


def has_account(session: Session, *, person: Person) -> bool:
    """Say whether the person can sign in: an account that is active."""
    found = select(Account.id).where(Account.person_id == person.id, Account.is_active).limit(1)
    return session.scalar(found) is not None


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office in one of the two bodies, and what else its holder is on the same day in the same village.

    `posts`: the posts that Mingbai knows of the same person; `beside`: (body's name, title) of further offices.
    """

    number: int
    body_id: int
    body_name: str
    person_id: int
    name: str
    title: str
    starts_on: date
    ends_on: date | None
    posts: tuple[PostKind, ...]
    beside: tuple[tuple[str, str], ...]


def appointments_of(session: Session, *, village: Place, on: date) -> list[Office]:
    """Return who holds which office in the two bodies of a village on the day, the collective's first, by position.

    Two statements. A person is known by being one person, never by the name: two of one name stay two.
    """
    held = [one for one in all_appointments(session, village=village) if holds_on(one, on)]
    posts: dict[int, list[PostKind]] = {}
    for post in officials_of(session, place=village, on=on):
        posts.setdefault(post.person_id, []).append(post.kind)
    return [
        Office(
            number=one.id,
            body_id=one.body_id,
            body_name=one.body.name,
            person_id=one.person_id,
            name=one.person.name,
            title=one.title,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            posts=tuple(posts.get(one.person_id, ())),
            beside=tuple(
                (other.body.name, other.title)
                for other in held
                if other.person_id == one.person_id and other.id != one.id
            ),
        )
        for one in held
    ]


def all_appointments(session: Session, *, village: Place) -> list[Appointment]:
    """Return every office ever entered for the village's bodies, with body and person: by body, position and entry."""
    return list(
        session.scalars(
            select(Appointment)
            .join(Appointment.body)
            .where(Body.village_id == village.id)
            .options(contains_eager(Appointment.body), joinedload(Appointment.person))
            .order_by(Body.kind, Appointment.position, Appointment.id)
        )
    )


def appointment_numbered(session: Session, *, village: Place, number: int) -> Appointment | None:
    """Return the office of that id if it is one of the village's bodies, or None."""
    return next((one for one in all_appointments(session, village=village) if one.id == number), None)
