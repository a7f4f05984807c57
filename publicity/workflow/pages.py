"""What an auditor reads about one month of one set of books: what happened, and at whom it waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.models import ACCOUNTS, Category
from publicity.records.models import Deed, Event, Record, Remark, State, Version
from publicity.records.pages import POST_WORDS
from publicity.workflow.queries import order_for
from publicity.workflow.rules import POSTS_FOR, may_do, review_due
from village_lists.markers import N_
from village_lists.people.models import Post
from village_lists.people.queries import officials_of
from village_lists.places.models import Place

DEED_WORDS = {
    Deed.DRAFT: N_("录入账目"),
    Deed.SUBMIT: N_("提交审核"),
    Deed.RETURN: N_("退回"),
    Deed.APPROVE: N_("审核同意"),
    Deed.CONFIRM: N_("签发"),
    Deed.PUBLISH: N_("公开"),
    Deed.SUPERSEDE: N_("被新的版本更正"),
}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened, as it was then; `post` and `words` are marked, `values` fill the words."""

    at: datetime
    post: str
    name: str
    words: str
    values: dict[str, object]
    note: str = ""
    is_void: bool = False


@dataclass(frozen=True, kw_only=True)
class MonthStory:
    """What happened to a month, oldest first, and at whom it waits now.

    `waits_for` is None where nothing waits; `holders` are (marked post, name) of those who may take the step,
    empty where the post is vacant; `waits_since` is None where nothing was begun.
    """

    happenings: tuple[Happening, ...]
    waits_for: Deed | None
    waits_posts: tuple[str, ...]
    holders: tuple[tuple[str, str], ...]
    waits_since: datetime | None


def month_story(session: Session, *, village: Place, body: int, period: str, on: date) -> MonthStory:
    """Return the story of a body's month; `body` is its id, `period` yyyy-mm; a dozen statements at most."""
    record = session.scalar(
        select(Record)
        .join(Record.category)
        .where(Record.body_id == body, Record.period == period, Category.code == ACCOUNTS)
        .options(
            selectinload(Record.versions).selectinload(Version.events),
            selectinload(Record.versions).selectinload(Version.remarks),
        )
    )
    happenings = sorted(_happenings(record), key=lambda happening: happening.at) if record else []
    waits = _waits_for(session, record, on)
    posts = officials_of(session, place=village, on=on)
    return MonthStory(
        happenings=tuple(happenings),
        waits_for=waits,
        waits_posts=tuple(sorted(POST_WORDS[kind] for kind in POSTS_FOR[waits])) if waits else (),
        holders=tuple((POST_WORDS[post.kind], post.person.name) for post in posts if waits and _may(waits, post)),
        waits_since=happenings[-1].at if happenings and waits else None,
    )


def _may(deed: Deed, post: Post) -> bool:
    return may_do(deed, post=post.kind, is_substitute=post.is_substitute)


def _waits_for(session: Session, record: Record | None, on: date) -> Deed | None:
    """Return the step that the month waits for: to be submitted, or the review that is due."""
    if record is None or not record.versions:
        return Deed.SUBMIT
    state = record.versions[-1].state
    if state == State.DRAFT:
        return Deed.SUBMIT
    return review_due(state, order_for(session, record=record, on=on))


def _happenings(record: Record) -> Iterator[Happening]:
    for version in record.versions:
        for event in version.events:
            yield _deed(event)
        for remark in version.remarks:
            yield from _said(remark)


def _deed(event: Event) -> Happening:
    return Happening(
        at=event.at,
        post=POST_WORDS[event.post],
        name=event.name,
        words=DEED_WORDS[event.deed],
        values={},
        note=event.note,
        is_void=event.is_void,
    )


def _said(remark: Remark) -> Iterator[Happening]:
    words = N_("对整份账目提意见") if remark.line is None else N_("对第 %(line)d 笔提意见")
    values: dict[str, object] = {} if remark.line is None else {"line": remark.line}
    yield Happening(at=remark.at, post="", name=remark.name, words=words, values=values, note=remark.words)
    if remark.answered_at:
        answered = N_("答复意见")
        yield Happening(
            at=remark.answered_at, post="", name=remark.answered_by, words=answered, values={}, note=remark.answer
        )
