"""Withdrawals: what is published is taken back by two people with a reason; a tombstone stays where it stood."""

from datetime import datetime

from sqlalchemy.orm import Session

from publicity.postings.actions import drop_published_text
from publicity.records.models import Deed, State, Version
from publicity.records.queries import lock_version
from publicity.workflow.actions import DoesNotPass, Seen, still, write_deed
from publicity.workflow.gates import guarded
from publicity.workflow.models import Withdrawal
from publicity.workflow.queries import Office, offices, open_withdrawal
from publicity.workflow.rules import Step, kept_order
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind

ASKING = frozenset({PostKind.CLERK, PostKind.SECRETARY})
AGREEING = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SECRETARY})


def ask_withdrawal(
    session: Session, *, version: Version, reason: str, by: Person, now: datetime, seen: Seen
) -> Withdrawal:
    """A clerk or the secretary asks that a published version be withdrawn; the reason will be public.

    Raise Refusal where it does not stand published, where one waits already, or without a reason; DoesNotPass where
    the reason says what must not be read by everybody.
    """
    lock_version(session, version=version)
    office = _office(version, by, ASKING, now)
    _only_published(version)
    still(version, seen)
    if open_withdrawal(session, version=version) is not None:
        raise Refusal(N_("已经有人申请撤下，正等另一个人决定"))
    if not reason.strip():
        raise Refusal(N_("撤下要写明原因，原因会一起公开"))
    problems = guarded(reason, on=china_day(now), place="withdrawal")
    if problems:
        raise DoesNotPass(problems)
    withdrawal = Withdrawal(
        version_id=version.id,
        reason=reason.strip(),
        asked_by_id=by.id,
        asked_name=by.name,
        asked_post=office.post,
        asked_at=now,
    )
    session.add(withdrawal)
    session.flush()
    return withdrawal


def agree_withdrawal(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> Withdrawal:
    """Another person in office agrees: the version is withdrawn, its words leave the search, its code answers still."""
    withdrawal, office = _waiting(session, version, by, now, seen)
    _decide(withdrawal, by, office, now)
    session.flush()
    write_deed(session, version=version, deed=Deed.WITHDRAW, by=by, office=office, now=now, note=withdrawal.reason)
    # What is published never changes, its revision neither: only where it stands.
    version.state = State.WITHDRAWN
    session.flush()
    drop_published_text(session, version=version)
    session.expire(version, ["events"])
    return withdrawal


def refuse_withdrawal(
    session: Session, *, version: Version, by: Person, now: datetime, seen: Seen, note: str = ""
) -> Withdrawal:
    """Another person in office says no: the version stands as it stood; it may be asked for again."""
    withdrawal, office = _waiting(session, version, by, now, seen)
    _decide(withdrawal, by, office, now)
    withdrawal.refused_at, withdrawal.note = now, note.strip()
    session.flush()
    return withdrawal


def may_decide(version: Version, office: Office) -> bool:
    """Say whether the office decides on a withdrawal: supervision head, secretary, for party affairs the organiser."""
    if office.post is PostKind.ORGANISER:
        return bool(version.review) and Step.ORGANISER in kept_order(version.review)
    return office.post in AGREEING


def _waiting(session: Session, version: Version, by: Person, now: datetime, seen: Seen) -> tuple[Withdrawal, Office]:
    """Return the withdrawal that waits, and the office in which this person decides on it."""
    lock_version(session, version=version)
    held = offices(by, village=version.record.village, on=china_day(now))
    office = next((one for one in held if may_decide(version, one)), None)
    if office is None:
        raise NotAllowed(N_("这一步不在您的职责范围内"))
    _only_published(version)
    still(version, seen)
    withdrawal = open_withdrawal(session, version=version)
    if withdrawal is None:
        raise Stale(N_("现在没有等您决定的撤下申请，请刷新后再看"))
    if withdrawal.asked_by_id == by.id:
        raise NotAllowed(N_("申请撤下的人不能自己同意，请由其他人决定"))
    return withdrawal, office


def _decide(withdrawal: Withdrawal, by: Person, office: Office, now: datetime) -> None:
    """Write down who decided: where `refused_at` stays empty this person agreed."""
    withdrawal.agreed_by_id, withdrawal.agreed_name = by.id, by.name
    withdrawal.agreed_post, withdrawal.agreed_at = office.post, now


def _office(version: Version, by: Person, posts: frozenset[PostKind], now: datetime) -> Office:
    held = offices(by, village=version.record.village, on=china_day(now))
    office = next((one for one in held if one.post in posts), None)
    if office is None:
        raise NotAllowed(N_("这一步不在您的职责范围内"))
    return office


def _only_published(version: Version) -> None:
    if version.state != State.PUBLISHED:
        raise Refusal(N_("只有正在公开的内容可以撤下"))
