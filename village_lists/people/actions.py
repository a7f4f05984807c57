"""Deeds upon people: entering persons, giving posts and accounts, counting failed sign-ins."""

import hashlib
import hmac
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.people.models import Account, Person, Post, PostKind, SignInAttempt, SignInSession
from village_lists.people.rules import normal_identity, normal_phone
from village_lists.places.models import Place

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})
SUPERVISED = frozenset({PostKind.CLERK, PostKind.SECRETARY, PostKind.DIRECTOR})


def keyed_hash(secret: str, text: str) -> str:
    """Return a hash of the text that nobody without the secret can try out (HMAC-SHA-256, hex)."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def enter_person(session: Session, *, name: str, phone: str = "", identity: str = "", secret: str = "") -> Person:
    """Enter a natural person once; raise Refusal where the phone or ID number is already somebody's."""
    number = normal_phone(phone) or None
    digest = keyed_hash(secret, normal_identity(identity)) if identity else None
    if number and session.scalar(select(Person.id).where(Person.phone == number)):
        covered = f"{number[:3]}****{number[-4:]}"
        raise Refusal(N_("手机号 %(phone)s 已经登记在另一个人名下，一个人只登记一次"), phone=covered)
    if digest and session.scalar(select(Person.id).where(Person.identity_digest == digest)):
        raise Refusal(N_("这个身份证号已经登记过，一个人只登记一次"))
    person = Person(name=name.strip(), phone=number, identity_digest=digest)
    session.add(person)
    session.flush()
    return person


def give_post(
    session: Session,
    *,
    person: Person,
    place: Place,
    kind: PostKind,
    starts_on: date,
    ends_on: date | None = None,
    is_substitute: bool = False,
) -> Post:
    """Give a person a post for a term; whoever stands in for it (代行) ends the day before.

    Raise Refusal where supervision and village posts would meet in one person
    (村民委员会组织法 Art 37: committee members are not members of the supervision body).
    """
    _keep_apart(session, person=person, place=place, kind=kind, starts_on=starts_on, ends_on=ends_on)
    for acting in session.scalars(
        select(Post).where(Post.place_id == place.id, Post.kind == kind, Post.is_acting, Post.ends_on >= starts_on)
    ):
        acting.ends_on = max(acting.starts_on, starts_on - timedelta(days=1))
    post = Post(
        person_id=person.id,
        place_id=place.id,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        is_substitute=is_substitute,
    )
    session.add(post)
    session.flush()
    return post


def give_acting_post(
    session: Session,
    *,
    person: Person,
    place: Place,
    kind: PostKind,
    starts_on: date,
    ends_on: date,
    by: Person,
    because: str,
) -> Post:
    """Let a person stand in for a vacant post up to and with a day, named by another; refuse as give_post does."""
    _keep_apart(session, person=person, place=place, kind=kind, starts_on=starts_on, ends_on=ends_on)
    post = Post(
        person_id=person.id,
        place_id=place.id,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        is_acting=True,
        named_by_id=by.id,
        named_because=because,
    )
    session.add(post)
    session.flush()
    return post


def _keep_apart(
    session: Session, *, person: Person, place: Place, kind: PostKind, starts_on: date, ends_on: date | None
) -> None:
    for post in session.scalars(select(Post).where(Post.person_id == person.id, Post.place_id == place.id)):
        overlap = (ends_on is None or post.starts_on <= ends_on) and (post.ends_on is None or post.ends_on >= starts_on)
        clash = {kind, post.kind} & SUPERVISION and {kind, post.kind} & SUPERVISED
        if overlap and clash:
            raise Refusal(N_("%(name)s 不能同时担任村务监督委员会成员和村里的其他职务"), name=person.name)


def open_account(
    session: Session, *, person: Person, user_name: str, password_hash: str, is_demonstration: bool = False
) -> Account:
    """Open an account for a person; raise Refusal where the user name is taken."""
    wanted = user_name.strip().lower()
    if session.scalar(select(Account.id).where(Account.user_name == wanted)):
        raise Refusal(N_("用户名「%(name)s」已经有人用了"), name=wanted)
    account = Account(
        person_id=person.id, user_name=wanted, password_hash=password_hash, is_demonstration=is_demonstration
    )
    session.add(account)
    session.flush()
    return account


def note_failure(session: Session, *, key: str, now: datetime) -> None:
    """Count a failed sign-in, and forget those too old to matter."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - timedelta(minutes=10)))
    session.add(SignInAttempt(key=key, at=now))


def drop_old_sessions(session: Session, *, before: datetime) -> None:
    """Forget the sessions that began before the instant: nobody can use them any more."""
    session.execute(delete(SignInSession).where(SignInSession.started_at < before))


def end_sessions(session: Session, *, account: Account) -> None:
    """End every session of the account at once."""
    session.execute(delete(SignInSession).where(SignInSession.account_id == account.id))
