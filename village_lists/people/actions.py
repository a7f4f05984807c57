"""Deeds upon people: entering persons, giving posts and accounts, counting failed sign-ins."""

import hashlib
import hmac
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.models import Account, Appointment, Person, Post, PostKind, SignInAttempt, SignInSession
from village_lists.people.rules import holds_on, normal_identity, normal_phone
from village_lists.places.models import Body, BodyKind, Place

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})
LONGEST_TITLE = 40
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


def appoint(
    session: Session,
    *,
    body: Body,
    person: Person,
    title: str,
    starts_on: date,
    by: Person | None = None,
    now: datetime | None = None,
) -> Appointment:
    """Enter that a person holds an office in one of the two bodies from a day on; residents read it at once.

    `by` and `now`: the clerk who enters it; without them the operator does. Raise NotAllowed for who is no clerk of the
    village then, Refusal for an empty or long title, for the same office held already, and for a member of the
    supervision committee on the village committee (村民委员会组织法 Art 37).
    """
    _entered_by_clerk(body, by=by, now=now)
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE:
        raise Refusal(N_("职务要写，最多 %(most)d 个字"), most=LONGEST_TITLE)
    held = list(session.scalars(select(Appointment).where(Appointment.body_id == body.id)))
    for other in held:
        if other.person_id == person.id and other.title == words and holds_on(other, max(starts_on, other.starts_on)):
            raise Refusal(N_("%(name)s担任%(title)s已经登记过"), name=person.name, title=words)
    if body.kind == BodyKind.COMMITTEE:
        _not_supervising(session, body=body, person=person, on=starts_on)
    place = max((other.position for other in held), default=0) + 1
    office = Appointment(body_id=body.id, person_id=person.id, title=words, starts_on=starts_on, position=place)
    session.add(office)
    session.flush()
    return office


def end_appointment(
    session: Session,
    *,
    appointment: Appointment,
    ends_on: date,
    by: Person | None = None,
    now: datetime | None = None,
) -> None:
    """Enter the last day of an office, once; raise NotAllowed as appoint does, Refusal for a day before it began."""
    _entered_by_clerk(appointment.body, by=by, now=now)
    if appointment.ends_on is not None:
        raise Refusal(N_("%(title)s的任期已经登记结束"), title=appointment.title)
    if ends_on < appointment.starts_on:
        raise Refusal(N_("结束的日子不能早于开始的日子"))
    appointment.ends_on = ends_on
    session.flush()


def _entered_by_clerk(body: Body, *, by: Person | None, now: datetime | None) -> None:
    if by is None or now is None:
        return
    on = china_day(now)
    if not any(
        post.place_id == body.village_id and post.kind == PostKind.CLERK and holds_on(post, on) for post in by.posts
    ):
        raise NotAllowed(N_("只有本村的报账员可以登记任职"))


def _not_supervising(session: Session, *, body: Body, person: Person, on: date) -> None:
    for post in session.scalars(select(Post).where(Post.person_id == person.id, Post.place_id == body.village_id)):
        if post.kind in SUPERVISION and (post.ends_on is None or post.ends_on >= on):
            raise Refusal(N_("%(name)s是村务监督委员会成员，不能在村民委员会任职"), name=person.name)
