"""What auditors and officials read about one record: what happened, in which order, and at whom it waits."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.models import ACCOUNTS, Category
from publicity.records.models import Deed, Event, Record, Remark, State, Version
from publicity.records.pages import POST_WORDS
from publicity.workflow.models import Filing, Override, Withdrawal
from publicity.workflow.queries import step_due
from publicity.workflow.rules import POSTS_FOR, Step, may_do
from village_lists.markers import N_
from village_lists.people.models import Post
from village_lists.people.queries import officials_of
from village_lists.places.models import Place

DEED_WORDS = {
    Deed.DRAFT: N_("录入"),
    Deed.SUBMIT: N_("提交审核"),
    Deed.RETURN: N_("退回"),
    Deed.APPROVE: N_("审核同意"),
    Deed.CONFIRM: N_("签发"),
    Deed.ENDORSE: N_("乡镇审核同意"),
    Deed.PUBLISH: N_("公开"),
    Deed.SUPERSEDE: N_("被新的版本更正"),
    Deed.WITHDRAW: N_("同意撤下，已撤下"),
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
    is_acting: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordStory:
    """What happened to a record, oldest first, and at whom it waits now.

    `waits_for` is None where nothing waits; `waits_posts` are marked words; `holders` are (marked post, name) of those
    who may take the step, empty where the post is vacant; `waits_since` is None where nothing was begun.
    """

    happenings: tuple[Happening, ...]
    waits_for: Deed | None
    waits_posts: tuple[str, ...]
    holders: tuple[tuple[str, str], ...]
    waits_since: datetime | None


MonthStory = RecordStory


def month_story(session: Session, *, village: Place, body: int, period: str, on: date) -> RecordStory:
    """Return the story of a month of accounts; `body` is the id of the body, `period` yyyy-mm; a dozen statements."""
    number = session.scalar(
        select(Record.id)
        .join(Record.category)
        .where(Record.body_id == body, Record.period == period, Category.code == ACCOUNTS)
    )
    return record_story(session, village=village, record=number, on=on)


def record_story(session: Session, *, village: Place, record: int | None, on: date) -> RecordStory:
    """Return the story of a record (its id; None where nothing was begun); a dozen statements at most."""
    found = _record(session, record)
    happenings = sorted(_happenings(session, found), key=lambda happening: happening.at) if found else []
    waits = _waits_for(session, found, on)
    return RecordStory(
        happenings=tuple(happenings),
        waits_for=waits.deed if waits else None,
        waits_posts=post_words(waits),
        holders=holders_of(session, village=village, step=waits, on=on),
        waits_since=happenings[-1].at if happenings and waits else None,
    )


def post_words(step: Step | None) -> tuple[str, ...]:
    """Return the marked names of the posts that carry a step."""
    return tuple(sorted(POST_WORDS[kind] for kind in POSTS_FOR[step])) if step else ()


def holders_of(session: Session, *, village: Place, step: Step | None, on: date) -> tuple[tuple[str, str], ...]:
    """Return (marked post, name) of everybody who may take a step on the day; the township's for its endorsement."""
    if step is None:
        return ()
    place = village
    if step is Step.ENDORSE and village.parent_id is not None:
        place = session.get_one(Place, village.parent_id)
    posts = officials_of(session, place=place, on=on)
    return tuple((POST_WORDS[post.kind], post.person.name) for post in posts if _may(step, post))


def _may(step: Step, post: Post) -> bool:
    return may_do(step, post=post.kind, is_substitute=post.is_substitute)


def _record(session: Session, record: int | None) -> Record | None:
    if record is None:
        return None
    return session.scalar(
        select(Record)
        .where(Record.id == record)
        .options(
            selectinload(Record.versions).selectinload(Version.events),
            selectinload(Record.versions).selectinload(Version.remarks),
        )
    )


def _waits_for(session: Session, record: Record | None, on: date) -> Step | None:
    """Return the step that the record waits for: to be submitted, or the review that is due."""
    if record is None or not record.versions or record.versions[-1].state == State.DRAFT:
        return Step.SUBMIT
    return step_due(session, version=record.versions[-1], on=on)


def _happenings(session: Session, record: Record) -> Iterator[Happening]:
    versions = [version.id for version in record.versions]
    for version in record.versions:
        for event in version.events:
            yield _deed(event)
        for remark in version.remarks:
            yield from _said(remark)
    yield from beside(session, versions=versions)


def beside(session: Session, *, versions: Collection[int]) -> Iterator[Happening]:
    """Yield what was done beside the review of these versions (ids): overrides, withdrawals, filings."""
    for override in session.scalars(select(Override).where(Override.version_id.in_(versions)).order_by(Override.id)):
        yield from _overridden(override)
    found = session.scalars(select(Withdrawal).where(Withdrawal.version_id.in_(versions)).order_by(Withdrawal.id))
    for withdrawal in found:
        yield from _withdrawn(withdrawal)
    for filing in session.scalars(select(Filing).where(Filing.version_id.in_(versions)).order_by(Filing.id)):
        if filing.filed_at is not None:
            words = N_("乡镇收到备案")
            yield Happening(
                at=filing.filed_at, post="", name=filing.filed_name, words=words, values={}, note=filing.note
            )


def _deed(event: Event) -> Happening:
    return Happening(
        at=event.at,
        post=POST_WORDS[event.post],
        name=event.name,
        words=DEED_WORDS[event.deed],
        values={},
        note=event.note,
        is_void=event.is_void,
        is_acting=event.is_acting,
    )


def _said(remark: Remark) -> Iterator[Happening]:
    words = N_("对整份内容提意见") if remark.line is None else N_("对第 %(line)d 笔提意见")
    values: dict[str, object] = {} if remark.line is None else {"line": remark.line}
    yield Happening(at=remark.at, post="", name=remark.name, words=words, values=values, note=remark.words)
    if remark.answered_at:
        answered = N_("答复意见")
        yield Happening(
            at=remark.answered_at, post="", name=remark.answered_by, words=answered, values={}, note=remark.answer
        )


def _overridden(override: Override) -> Iterator[Happening]:
    words = N_("申请放行一处隐私提醒")
    yield Happening(
        at=override.asked_at, post="", name=override.asked_by.name, words=words, values={}, note=override.reason
    )
    if override.agreed_by is not None and override.agreed_at is not None:
        words = N_("同意放行一处隐私提醒")
        yield Happening(at=override.agreed_at, post="", name=override.agreed_by.name, words=words, values={})


def _withdrawn(withdrawal: Withdrawal) -> Iterator[Happening]:
    yield Happening(
        at=withdrawal.asked_at,
        post=POST_WORDS[withdrawal.asked_post],
        name=withdrawal.asked_name,
        words=N_("申请撤下"),
        values={},
        note=withdrawal.reason,
    )
    if withdrawal.refused_at is not None:
        yield Happening(
            at=withdrawal.refused_at,
            post=POST_WORDS[withdrawal.agreed_post] if withdrawal.agreed_post else "",
            name=withdrawal.agreed_name,
            words=N_("不同意撤下"),
            values={},
            note=withdrawal.note,
        )
