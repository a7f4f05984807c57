"""Deeds upon lists: a village takes a version into force by a resolution that a second person confirms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_lists.days import china_day
from village_lists.documents.models import Document
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.places.models import BodyKind, Place
from village_lists.powers.adoptions import adopting_bodies, choices_for, confirmers
from village_lists.powers.models import Adoption, ListDeed, ListDeedKind, ListVersion, VersionState
from village_lists.powers.resolutions import Resolution, check_day, frozen, pass_or_refuse
from village_lists.rulebook.queries import decision_rule
from village_lists.rulebook.quorums import BodyRule


def record_resolution(
    session: Session,
    *,
    village: Place,
    version_id: int,
    resolution: Resolution,
    minutes: Document | None,
    by: Person,
    now: datetime,
) -> Adoption:
    """Record the resolution by which the village's meeting adopted a version; it counts once another confirms it.

    Raise NotFound for a version that the village may not adopt, DoesNotPass with every sum where too few came or
    agreed, Refusal for a day or a body that does not fit, or while another resolution waits.
    """
    _lock(session, village)
    choice = next((one for one in choices_for(session, village=village) if one.version.id == version_id), None)
    if choice is None:
        _refuse_twice(session, village, version_id)
        raise NotFound(N_("没有编号为 %(id)s 的清单版本"), id=version_id)
    if session.scalar(select(Adoption.id).where(Adoption.village_id == village.id, Adoption.confirmed_at.is_(None))):
        raise Refusal(N_("已有一份会议决议在等人确认，请先等那一份办完"))
    check_day(resolution.held_on, offered_on=choice.offered_on, today=china_day(now))
    if minutes is None:
        raise Refusal(N_("请附上会议记录"))
    body, arithmetic = _judged(session, village, resolution)
    return _add(session, village, version_id, resolution, body, arithmetic, now, minutes=minutes, by=by)


def adopt(
    session: Session,
    *,
    village: Place,
    version_id: int,
    meeting: str,
    held_on: date,
    due: int,
    present: int,
    in_favour: int,
    now: datetime,
    decision_body: str = "representatives",
) -> Adoption:
    """Record and confirm a resolution at once, as the operator does who brings old papers in; the sums are made too.

    Of a day for which the rule book says nothing (before its rows begin) only the numbers are kept. Raise NotFound for
    an unknown version, Refusal where the numbers cannot be or are too few, or the version is adopted already.
    """
    version = session.get(ListVersion, version_id)
    if version is None or version.state not in (VersionState.PUBLISHED, VersionState.SUPERSEDED):
        raise NotFound(N_("没有编号为 %(id)s 的清单版本"), id=version_id)
    _refuse_twice(session, village, version_id)
    resolution = Resolution(
        decision_body=decision_body,
        meeting=meeting,
        held_on=held_on,
        due=due,
        present=present,
        in_favour=in_favour,
    )
    if not 0 <= in_favour <= present <= due:
        words = N_("应到 %(due)s 人、实到 %(present)s 人、同意 %(yes)s 人，这几个数对不上")
        raise Refusal(words, due=due, present=present, yes=in_favour)
    try:
        body_rule = decision_rule(session, decision_body=decision_body, place=village, on=held_on)
    except Refusal:
        body, arithmetic = BodyKind.COMMITTEE, dict[str, Any]()
    else:
        body = _side(body_rule.rule)
        arithmetic = frozen(pass_or_refuse(resolution, body_rule.rule), body_rule.answers)
    adoption = _add(session, village, version_id, resolution, body, arithmetic, now)
    adoption.confirmed_at = now
    session.flush()
    return adoption


def confirm_resolution(session: Session, *, adoption: Adoption, by: Person, now: datetime) -> None:
    """Let a recorded resolution count, as the second person whom the rule book names.

    Raise NotAllowed for who recorded it or holds no such post, Stale where it was confirmed already.
    A village's own version is published by village_lists.editions.adapting.confirm_adoption, which calls this.
    """
    _may_decide(session, adoption, by, now)
    adoption.confirmed_by_id = by.id
    adoption.confirmed_at = now
    session.flush()


def reject_resolution(session: Session, *, adoption: Adoption, note: str, by: Person, now: datetime) -> ListDeed:
    """Take an unconfirmed resolution out of the record, with a reason; what it said stays in the deed."""
    _may_decide(session, adoption, by, now)
    if not note.strip():
        raise Refusal(N_("请写明为什么不属实"))
    deed = ListDeed(
        version_id=adoption.version_id,
        deed=ListDeedKind.RETURN,
        by_id=by.id,
        at=now,
        words=N_("会议决议没有得到确认"),
        note=note.strip(),
        # No subject: it is no change of the content that an undo would take back.
        code=adoption.village.code,
        before={
            "meeting": adoption.meeting,
            "decision_body": adoption.decision_body,
            "held_on": adoption.held_on.isoformat(),
            "due": adoption.due,
            "present": adoption.present,
            "in_favour": adoption.in_favour,
            "recorded_by_id": adoption.recorded_by_id,
            "minutes_id": adoption.minutes_id,
        },
    )
    session.add(deed)
    session.delete(adoption)
    session.flush()
    return deed


def _lock(session: Session, village: Place) -> None:
    """Let two clerks who record at once wait for one another."""
    session.get_one(Place, village.id, with_for_update=True)


def _refuse_twice(session: Session, village: Place, version_id: int) -> None:
    known = session.scalar(select(Adoption).where(Adoption.village_id == village.id, Adoption.version_id == version_id))
    if known is not None:
        words = N_("%(village)s已经通过过这一版清单") if known.confirmed_at else N_("%(village)s已经登记过这一版的决议")
        raise Refusal(words, village=village.name)


def _judged(session: Session, village: Place, resolution: Resolution) -> tuple[BodyKind, dict[str, Any]]:
    """Return the side of the village that decided, and the sums with the rows of the rule book, frozen."""
    bodies = adopting_bodies(session, village=village, on=resolution.held_on)
    if resolution.decision_body not in bodies.names:
        raise Refusal(N_("按规则库，可以通过清单的会议是：%(bodies)s"), bodies="、".join(bodies.names.values()))
    found = decision_rule(session, decision_body=resolution.decision_body, place=village, on=resolution.held_on)
    verdict = pass_or_refuse(resolution, found.rule)
    return _side(found.rule), frozen(verdict, [bodies.answer, *found.answers])


def _side(body_rule: BodyRule) -> BodyKind:
    """Return the legal body that decides; a meeting of neither side, such as the party's, takes no list into force."""
    if body_rule.body is None:
        raise Refusal(N_("规则库没有写明「%(body)s」是哪一边的会议，请县级管理员补上"), body=body_rule.decision_body)
    return body_rule.body


def _add(
    session: Session,
    village: Place,
    version_id: int,
    resolution: Resolution,
    body: BodyKind,
    arithmetic: dict[str, Any],
    now: datetime,
    *,
    minutes: Document | None = None,
    by: Person | None = None,
) -> Adoption:
    adoption = Adoption(
        village_id=village.id,
        version_id=version_id,
        meeting=resolution.meeting,
        held_on=resolution.held_on,
        due=resolution.due,
        present=resolution.present,
        in_favour=resolution.in_favour,
        recorded_at=now,
        decision_body=resolution.decision_body,
        body=body,
        arithmetic=arithmetic,
        minutes_id=minutes.id if minutes else None,
        recorded_by_id=by.id if by else None,
    )
    session.add(adoption)
    session.flush()
    return adoption


def _may_decide(session: Session, adoption: Adoption, by: Person, now: datetime) -> None:
    """Raise unless this resolution waits, and waits for this person."""
    locked = session.get_one(Adoption, adoption.id, with_for_update=True, populate_existing=True)
    if by.id == locked.recorded_by_id:
        raise NotAllowed(N_("自己登记的决议，要由另一个人确认"))
    if by.id not in confirmers(session, village=locked.village, on=china_day(now)):
        raise NotAllowed(N_("这份决议不由您确认"))
    if locked.confirmed_at is not None:
        raise Stale(N_("这份决议已经确认过了"))
