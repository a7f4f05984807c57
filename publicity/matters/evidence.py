"""How a deed is shown to be true: its papers, added, covered and let out; its check; the records tied to the matter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from publicity.matters.courses import course_for
from publicity.matters.models import Evidence, Matter, MatterEvent, MatterRecord
from publicity.matters.queries import clerk_on, records_tied, supervisor_on
from publicity.matters.rules import check_words
from publicity.records.models import Record
from publicity.records.rules import random_key
from village_lists.days import china_day
from village_lists.documents.models import Document
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person


def add_evidence(
    session: Session, *, event: MatterEvent, name: str, document: Document, by: Person, now: datetime
) -> Evidence:
    """Put a photo or paper behind a deed; for officials until somebody looked at it."""
    today = china_day(now)
    if not clerk_on(by, village=event.matter.village, on=today):
        raise NotAllowed(N_("只有本村的报账员可以添材料"))
    evidence = Evidence(
        key=random_key(),
        event_id=event.id,
        name=check_words(name, on=today, most=120) or N_("材料"),
        original_id=document.id,
        by_id=by.id,
        at=now,
    )
    session.add(evidence)
    session.flush()
    session.expire(event, ["evidence"])
    return evidence


def seen_digest(evidence: Evidence) -> str:
    """Return the digest of what the page of a paper shows: what the public gets or would get, else the paper itself."""
    return (evidence.shown or evidence.original).digest


def let_out(session: Session, *, evidence: Evidence, is_covered: bool, seen: str, by: Person, now: datetime) -> None:
    """Let everybody have a paper after a look: as it was covered, or as it is.

    `seen`: the digest (`seen_digest`) of what the page showed when it was looked at. Raise Stale where it was covered
    anew, or its covering taken off, since; NotFound where nothing was covered yet; NotAllowed as `show_evidence`.
    """
    session.refresh(evidence, with_for_update=True)
    shown = evidence.shown if is_covered else evidence.original
    if shown is None:
        raise NotFound(N_("还没有遮过，请先遮"))
    if seen != seen_digest(evidence):
        raise Stale(N_("这份材料刚才又改过，和您看的不一样了，请重新看一遍再确认"))
    boxes = evidence.boxes if is_covered else {}
    show_evidence(session, evidence=evidence, shown=shown, boxes=boxes, by=by, now=now)


def show_evidence(
    session: Session,
    *,
    evidence: Evidence,
    shown: Document | None,
    boxes: Mapping[str, Any] | None = None,
    is_checked: bool = True,
    by: Person,
    now: datetime,
) -> None:
    """Say what the public gets of it: a document that somebody looked at and covered, or nothing (None).

    Not `is_checked`: it was covered, and nobody has looked at the result yet, so nobody else gets it. A former drawing
    is deleted: nowhere is there a picture with fewer boxes but the original itself.
    """
    if not clerk_on(by, village=evidence.event.matter.village, on=china_day(now)):
        raise NotAllowed(N_("只有本村的报账员可以决定公开什么"))
    former = evidence.shown
    evidence.shown_id = shown.id if shown else None
    evidence.boxes = dict(boxes or {})
    evidence.is_checked = is_checked
    session.flush()
    session.expire(evidence, ["shown"])
    if former is not None and former.id not in {evidence.original_id, evidence.shown_id}:
        session.delete(former)
        session.flush()


def check_deed(session: Session, *, event: MatterEvent, by: Person, now: datetime) -> None:
    """Say, as a member of the supervision committee who did not enter it, that a deed is as it was written down."""
    session.refresh(event, with_for_update=True)
    if supervisor_on(by, village=event.matter.village, on=china_day(now)) is None:
        raise NotAllowed(N_("只有本村的村务监督委员会可以核对"))
    if by.id == event.by_id or any(one.by_id == by.id for one in event.evidence):
        raise NotAllowed(N_("自己登记的不能自己核对"))
    if event.checked_by_id is not None:
        raise Stale(N_("这一条已经核对过了"))
    event.checked_by_id, event.checked_name, event.checked_at = by.id, by.name, now
    session.flush()


def tie_record(
    session: Session, *, matter: Matter, record: Record, step: str, by: Person, now: datetime
) -> MatterRecord:
    """Tie a record of the village to a matter, at a step ("" for the whole).

    Raise Refusal for one that is tied already, or a step that was not reached; NotAllowed for another village's, or
    for anybody but a clerk.
    """
    if not clerk_on(by, village=matter.village, on=china_day(now)) or record.village_id != matter.village_id:
        raise NotAllowed(N_("只有本村的报账员可以把本村的公开件归到事项"))
    if any(one.record_id == record.id for one in records_tied(session, matter=matter)):
        raise Refusal(N_("这一份公开件已经归到这件事了"))
    if step and step not in {visit.path for visit in course_for(session, matter=matter, on=china_day(now)).visits}:
        raise Refusal(N_("还没有走到这一步"))
    tied = MatterRecord(matter_id=matter.id, record_id=record.id, by_id=by.id, at=now, step=step)
    session.add(tied)
    session.flush()
    return tied
