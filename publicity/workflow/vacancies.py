"""Vacant posts: which villages have nobody who may take a step, what waits for that, and who stands in (代行)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from publicity.categories.queries import county_of, directory_for
from publicity.records.models import State
from publicity.workflow.queries import step_due, unfinished_versions
from publicity.workflow.rules import POSTS_FOR, Step, review_order
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.actions import give_acting_post
from village_lists.people.models import Person, Post, PostKind
from village_lists.people.queries import has_account, posts_in
from village_lists.people.rules import holds_on
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.places.queries import villages_of
from village_lists.rulebook.queries import rules_for

NEEDED = (PostKind.CLERK, PostKind.SECRETARY, PostKind.SUPERVISION_HEAD)
ACTING = (*NEEDED, PostKind.ORGANISER)
LONGEST_MONTHS = 6
LONGEST_REASON = 200
TOLD_DAYS = 60
"""So long the page tells that somebody's standing in has ended."""


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """A post of a village that nobody holds in his own right today.

    `acting` stands in for it, or None; `substitutes` are the names of directors who may confirm meanwhile; `waiting`
    counts the versions whose next step belongs to this post; `since` is the day after the last holder's, None where
    there never was one; `candidates` are who holds another post in the village, each once.
    """

    village: Place
    kind: PostKind
    acting: Post | None
    substitutes: tuple[str, ...]
    waiting: int
    since: date | None
    candidates: tuple[Person, ...]

    @property
    def is_open(self) -> bool:
        """Say whether nobody can take the step at all."""
        return self.acting is None and not self.substitutes


@dataclass(frozen=True, kw_only=True)
class EndedActing:
    """Somebody's standing in that ended lately; `successors` hold the post in their own right now."""

    village: Place
    post: Post
    successors: tuple[str, ...]


def vacancies(session: Session, *, township: Place, on: date) -> list[Vacancy]:
    """Return the vacant posts of a township's villages on a day, by village, then in the order of the steps."""
    villages = villages_of(session, township=township)
    posts = posts_in(session, places=villages)
    needs_organiser = _with_organiser(session, township, villages, on)
    waiting = _waiting(session, villages, on)
    found = []
    for village in villages:
        here = [post for post in posts if post.place_id == village.id]
        kinds = ACTING if village.id in needs_organiser else NEEDED
        for kind in kinds:
            if not any(_holds_himself(post, kind, on) for post in here):
                found.append(_vacancy(village, kind, here, waiting, on))
    return found


def ended_acting(session: Session, *, township: Place, on: date) -> list[EndedActing]:
    """Return whose standing in ended in the last 60 days, newest first, with who holds the post now."""
    villages = {village.id: village for village in villages_of(session, township=township)}
    posts = posts_in(session, places=list(villages.values()))
    since = on - timedelta(days=TOLD_DAYS)
    ended = [post for post in posts if post.is_acting and post.ends_on is not None and since <= post.ends_on < on]
    return [
        EndedActing(
            village=villages[post.place_id],
            post=post,
            successors=tuple(
                other.person.name
                for other in posts
                if other.place_id == post.place_id and _holds_himself(other, post.kind, on)
            ),
        )
        for post in sorted(ended, key=lambda post: post.ends_on or on, reverse=True)
    ]


def name_acting(
    session: Session,
    *,
    village: Place,
    kind: PostKind,
    person: Person,
    until: date,
    reason: str,
    by: Person,
    now: datetime,
) -> Post:
    """An auditor of the township names who stands in for a vacant post, for six months at most, with a reason.

    The person holds another post in the village or has an account. It ends with the day `until`, or by itself the day
    before somebody is given the post. Raise NotAllowed for who is no auditor of the township, Refusal where the post
    is held, the term too long, the reason missing, or where supervision and village posts would meet in one person
    (村民委员会组织法 Art 37).
    """
    on = china_day(now)
    if not any(
        post.kind is PostKind.TOWNSHIP_AUDITOR and post.place_id == village.parent_id and holds_on(post, on)
        for post in by.posts
    ):
        raise NotAllowed(N_("只有本乡镇的审计人员可以指定代行"))
    # Two auditors at once: the second waits, then finds the post held.
    session.get_one(Place, village.id, with_for_update={"key_share": True}, populate_existing=True)
    posts = posts_in(session, places=[village])
    _check(posts, kind, until, reason, on=on)
    if person.id == by.id:
        raise Refusal(N_("不能指定自己代行"))
    if not any(post.person_id == person.id and holds_on(post, on) for post in posts) and not has_account(
        session, person=person
    ):
        raise Refusal(N_("%(name)s 在本村没有职务，也没有账号，不能代行"), name=person.name)
    post = give_acting_post(
        session,
        person=person,
        place=village,
        kind=kind,
        starts_on=on,
        ends_on=until,
        by=by,
        because=" ".join(reason.split()),
    )
    session.expire(person, ["posts"])
    return post


def latest_day(on: date) -> date:
    """Return the last day up to which somebody may be named on a day: six months later."""
    month = Period.of(on).plus(LONGEST_MONTHS)
    return date(month.year, month.month, min(on.day, monthrange(month.year, month.month)[1]))


def _check(posts: Sequence[Post], kind: PostKind, until: date, reason: str, *, on: date) -> None:
    if kind not in ACTING:
        raise Refusal(N_("这个职务不能指定代行"))
    if any(_holds_himself(post, kind, on) for post in posts):
        raise Refusal(N_("这个职务现在有人担任，不用代行"))
    acting = next((post for post in posts if post.kind is kind and post.is_acting and holds_on(post, on)), None)
    if acting is not None:
        words = N_("这个职务已经由 %(name)s 代行到 %(day)s")
        raise Refusal(words, name=acting.person.name, day=str(acting.ends_on))
    if not on <= until <= latest_day(on):
        words = N_("代行到哪一天要在 %(first)s 和 %(last)s 之间")
        raise Refusal(words, first=on.isoformat(), last=latest_day(on).isoformat())
    if not reason.strip():
        raise Refusal(N_("请写明为什么要代行"))
    if len(reason.strip()) > LONGEST_REASON:
        raise Refusal(N_("原因太长，最多 %(longest)d 个字"), longest=LONGEST_REASON)


def _holds_himself(post: Post, kind: PostKind, on: date) -> bool:
    return post.kind is kind and not post.is_acting and holds_on(post, on)


def _vacancy(
    village: Place, kind: PostKind, posts: Sequence[Post], waiting: dict[tuple[int, PostKind], int], on: date
) -> Vacancy:
    holding = [post for post in posts if holds_on(post, on)]
    ended = [post.ends_on for post in posts if post.kind is kind and not post.is_acting and post.ends_on]
    last = max((day for day in ended if day < on), default=None)
    candidates = {post.person_id: post.person for post in holding if post.kind is not kind}
    return Vacancy(
        village=village,
        kind=kind,
        acting=next((post for post in holding if post.kind is kind and post.is_acting), None),
        substitutes=tuple(post.person.name for post in holding if post.is_substitute and kind is PostKind.SECRETARY),
        waiting=waiting.get((village.id, kind), 0),
        since=last + timedelta(days=1) if last else None,
        candidates=tuple(candidates.values()),
    )


def _with_organiser(session: Session, township: Place, villages: Sequence[Place], on: date) -> set[int]:
    """Return the villages (ids) where some order of review needs an organiser today."""
    county = county_of(session, place=township)
    held = directory_for(session, places=[township]).all_in_force(county_id=county, on=on)
    keys = sorted({one.content.review_rule for one in held})
    table = rules_for(session, keys=keys, places=villages)
    found = set()
    for village in villages:
        answers = [table.answer(key=key, place=village, on=on) for key in keys]
        if any(answer is not None and Step.ORGANISER in review_order(answer.value) for answer in answers):
            found.add(village.id)
    return found


def _waiting(session: Session, villages: Sequence[Place], on: date) -> dict[tuple[int, PostKind], int]:
    """Return how many versions wait in each village for each post."""
    versions = unfinished_versions(session, villages=villages)
    found: dict[tuple[int, PostKind], int] = {}
    for version in versions:
        step = Step.SUBMIT if version.state == State.DRAFT else step_due(session, version=version, on=on)
        for kind in POSTS_FOR[step] if step else ():
            key = (version.record.village_id, kind)
            found[key] = found.get(key, 0) + 1
    return found
