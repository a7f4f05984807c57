"""Questions about people: who signs in, who holds which post."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from village_lists.people.models import Account, Person, Post, PostKind, SignInAttempt, SignInSession
from village_lists.people.rules import holds_on, normal_phone
from village_lists.places.models import Place


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
